"""The page: all of the text and its annotations, nothing of what may not go out, and a browser that reads it."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import Page, chromium
from composed import composed, run
from conftest import ROOT, SUITES, yinzheng
from documents import docx, paragraph
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from yinzheng import jsonl
from yinzheng.citing.cite import render
from yinzheng.citing.styles import STYLES
from yinzheng.errors import YinzhengError
from yinzheng.excerpts import excerpts
from yinzheng.exchanging import page as exchanging_page
from yinzheng.exchanging.held import held
from yinzheng.exchanging.page.marked import marked, shown
from yinzheng.exchanging.page.rows import rows
from yinzheng.exchanging.page.turned import folds, table
from yinzheng.exchanging.pictures import pictures
from yinzheng.handouts import ReadOnce
from yinzheng.letters import letters
from yinzheng.records import Name
from yinzheng.script import convert
from yinzheng.workspace import FILES, Workspace

Facts = dict[str, Any]
AXE = SUITES / "axe-core" / "axe.min.js"


def page(folder: Path, *what: str) -> Path:
    path = folder.parent / f"{folder.name}.html"
    run(folder, "export", *what, "--to", "html", "-o", str(path))
    return path


def facts(path: Path) -> Facts:
    found: Facts = json.loads(tree(path).get_element_by_id("data").text)
    return found


def tree(path: Path) -> Any:
    return lxml_html.document_fromstring(path.read_text(encoding="utf-8"))


def texts(path: Path) -> dict[str, str]:
    """What stands under each paragraph's id."""
    return {
        one.get("id"): next(child for child in one if child.tag in ("p", "h2")).text_content()
        for one in tree(path).find_class("p")
    }


def notes(folder: Path, work: str, status: Any = "accepted") -> dict[str, Any]:
    workspace = Workspace(folder)
    return {one.id: one for kind in FILES for one in workspace.annotations(work, kind, status=status)}  # type: ignore[arg-type]


# ---- what it holds ----


@pytest.mark.parametrize("what", ["demo", "odd"])
def test_every_paragraph_and_every_annotation_is_there(
    what: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue("demo") if what == "demo" else composed(tmp_path)
    work = "park2023" if what == "demo" else "odd"
    path = page(folder, work, "--status", "all")
    workspace, there, data = Workspace(folder), texts(path), facts(path)
    stored = {
        one.id: one.text
        for edition in workspace.work(work).editions
        for one in workspace.paragraphs(work, edition)
        if one.text is not None
    }
    marks: dict[int, str] = {}
    for one in tree(path).find_class("row"):
        for mark in one.iter("mark"):
            for number in map(int, mark.get("data-n").split()):
                marks[number] = marks.get(number, "") + mark.text_content()

    assert there == stored
    expected = {key: note for key, note in notes(folder, work, None).items() if note.paragraph in stored}
    assert {f"{work}.{row[0]}" for row in data["notes"]} == set(expected)
    for number, row in enumerate(data["notes"]):
        note = expected[f"{work}.{row[0]}"]
        assert marks[number] == (stored[note.paragraph] or "")[note.start : note.end]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8), st.data())
def test_marks_may_overlap_as_they_like(text: str, spans: list[tuple[int, int]], data: st.DataObject) -> None:
    fitting = [(a, b) for a, b in spans if 0 <= a < b <= len(text)]
    emphasis = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    html = marked(text, [(a, b, n, "c") for n, (a, b) in enumerate(fitting)], emphasis[: len(emphasis) // 2 * 2])
    found = lxml_html.fragment_fromstring(f"<p>x{html}</p>")  # x: this parser drops a paragraph of white space

    assert found.text_content() == "x" + shown(text)
    for number, (start, end) in enumerate(fitting):
        pieces = [m.text_content() for m in found.iter("mark") if str(number) in m.get("data-n").split()]
        assert "".join(pieces) == shown(text)[start:end]


def test_paragraphs_that_are_aligned_stand_side_by_side_in_reading_order(demo: Path) -> None:
    found = tree(page(demo, "park2023"))
    there = [[[p.get("id") for p in cell] for cell in row] for row in found.find_class("row")]
    workspace = Workspace(demo)

    for index, edition in enumerate(("digest-zh", "digest-en")):
        assert [id for row in there for id in row[index]] == [p.id for p in workspace.paragraphs("park2023", edition)]
    for zh, en in there:
        assert len(zh) == len(en) == 1
        assert en[0] in dict(workspace.aligned("park2023", zh[0]))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5), st.integers(0, 5)), max_size=14))
def test_rows_lose_and_repeat_nothing(pairs: list[tuple[int, int, int]]) -> None:
    [one, *_] = held(Workspace(ROOT), "park2023", ["digest-zh"], [])
    ids = [[f"{edition}{n}" for n in range(7 - edition)] for edition in range(3)]
    three = [replace(one, paragraphs=tuple(replace(one.paragraphs[0], id=id) for id in some)) for some in ids]
    links = [
        replace(one.links[0], source=f"0{a}", target=f"{1 + b % 2}{b}" if b < 5 else f"1{c}", source_start=None,
                source_end=None, target_start=None, target_end=None)
        for a, b, c in pairs
    ]  # fmt: skip
    made = rows(three, links)

    assert [p.id for row in made for p in row.get(0, [])] == ids[0]
    for edition in (1, 2):
        assert sorted(p.id for row in made for p in row.get(edition, [])) == ids[edition]
    if not links:
        assert [p.id for row in made for some in row.values() for p in some] == [id for some in ids for id in some]


def test_what_is_aligned_with_nothing_follows_what_stands_before_it(article: Path, demo: Path) -> None:
    yinzheng("add", str(article), cwd=demo)
    there = tree(page(demo, "park2023", "--with-local-text")).find_class("row")
    order = [p.get("id") for row in there for p in row[0]]

    assert order == [p.id for p in Workspace(demo).paragraphs("park2023", "zh")]
    assert sum(1 for row in there if len(row[0]) and len(row[2])) == 54


def test_a_text_that_is_not_free_stays_out(article: Path, demo: Path) -> None:
    yinzheng("add", str(article), cwd=demo)
    own = [p.text or "" for p in Workspace(demo).paragraphs("park2023", "zh")]
    digest = page(demo, "park2023").read_text(encoding="utf-8")
    alone = yinzheng("export", "park2023/zh", "--to", "html", cwd=demo)
    whole = texts(page(demo, "park2023/zh", "--with-local-text"))

    bodies = [p.text or "" for p in Workspace(demo).paragraphs("park2023", "zh") if p.kind == "body"]
    runs = [run for text in bodies for run in re.findall("[一-鿿]{14}", text)]
    assert len(runs) > 200
    assert not any(run in digest for run in runs)
    assert alone.returncode == 1
    assert "park2023/zh is not here, or goes out only --with-local-text: into a page for yourself" in alone.stderr
    assert list(whole.values()) == own


def test_names_are_listed_with_their_mentions(demo: Path) -> None:
    listed = {row.get("id"): row for row in tree(page(demo, "park2023")).iter("tr") if row.get("id")}
    workspace = Workspace(demo)
    there = {p.id for edition in ("digest-zh", "digest-en") for p in workspace.paragraphs("park2023", edition)}
    mentions = {(note.name, note.paragraph) for note in notes(demo, "park2023").values() if note.type == "entity"}

    assert set(listed) == {name.id for name in workspace.names("park2023")}
    assert {(id, a.get("href")[1:]) for id, row in listed.items() for a in row.iter("a")} == {
        (name, paragraph) for name, paragraph in mentions if paragraph in there
    }


def test_the_pictures_stand_in_the_page(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going_out = held(Workspace(demo), "park2023", ["digest-zh", "digest-en"], list(FILES))  # type: ignore[arg-type]
    found = tree(page(demo, "park2023")).get_element_by_id("pictures").findall(".//svg")

    assert len(found) == len(pictures(going_out[:1])) > 2
    assert all(one.get("role") == "img" and one.find("title") is not None for one in found)

    def missing(_: object) -> None:
        raise YinzhengError("this needs matplotlib")

    monkeypatch.setattr(exchanging_page, "pictures", missing)
    made = exchanging_page.write(going_out)
    assert b'id="pictures"' not in made.files["park2023.html"]
    assert made.lost == {"the page has no pictures: this needs matplotlib": 1}


MARKDOWN = """A short title

理發之後，皇后的頭髮乾了。[^1] 這是**一段完整的**話②，後面還有話[9]。

The state has spent 3.5 billion on chips.[^b]

[^1]: Ministry paper, 2021.

[^b]: Another paper, 2022.

② A third, 2023.
"""


@pytest.mark.parametrize("form", ["md", "docx"])
def test_a_note_s_marker_leads_to_its_note(form: str, empty: Path, browser: Page) -> None:
    notes = ["Ministry paper, 2021.", "Another paper, 2022."]
    bodies = [paragraph("這是一段完整的話。", note=1), paragraph("It has spent 3.5 billion on chips.", note=2)]
    word = docx(paragraph("A short title", "a3") + "".join(bodies), [paragraph(one) for one in notes])
    (empty / f"t.{form}").write_bytes(word if form == "docx" else MARKDOWN.encode())
    run(empty, "add", f"t.{form}", "--work", "t", "--lang", "zh-Hant")
    path = page(empty, "t", "--with-local-text")
    there = Workspace(empty).paragraphs("t")
    ends = [one.id for one in there if one.kind == "note"]
    led = [(one.get("data-m"), one.get("href")) for one in tree(path).find_class("m") if one.getparent().tag == "p"]
    browser.errors.clear()
    browser.open(path)
    before = browser.tell(CURRENT)
    browser.press("s", "s", "/")
    browser.write("話這" if form == "md" else "話")
    browser.press("Enter")
    number = "getComputedStyle(document.querySelector('.m'), '::before').content"

    assert texts(path) == before == browser.tell(CURRENT) == {one.id: one.text for one in there}
    assert browser.errors == []
    assert browser.tell(number) == "attr(data-m)" or browser.tell(number) == '"1"'
    if form == "docx":
        bodies = [one.id for one in there if one.kind == "body"]
        assert led == [(str(n), f"#{id}") for ids in (ends, bodies) for n, id in enumerate(ids, 1)]
    else:
        assert led == [("1", f"#{ends[0]}"), ("2", f"#{ends[2]}"), ("9", None), ("b", f"#{ends[1]}")]


def test_notes_that_cannot_be_told_apart_are_linked_by_none(empty: Path) -> None:
    notes = "".join(f"[1] The first of a chapter, {n}.\n\n[3] Another, {n}.\n\n" for n in range(2))
    (empty / "t.md").write_text(f"Title\n\nWords of a text.[1] And more.[2]\n\n{notes}", encoding="utf-8")
    run(empty, "add", "t.md", "--work", "t", "--lang", "en")
    found = tree(page(empty, "t", "--with-local-text")).find_class("m")

    assert [(one.tag, one.get("data-m")) for one in found] == [("sup", "1"), ("sup", "2")]


# ---- citations ----


def filled(data: Facts, style: int, row: Facts, kind: int, words: list[str] | None, own: str) -> str:
    """As `citation` in page.js has it."""
    head, tail = (data["strings"][at] for at in data["kinds"][kind][style])
    page: str = row.get("page", "")
    raised = page.translate(str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻"))
    values: list[str] = [*(words or [own, own]), str(row.get("n")), page, raised, row.get("section", "")]
    signs = "[\ue000-\ue005]" if kind in data["signed"] else "(?!)"
    return re.sub(signs, lambda sign: values[ord(sign[0]) - 0xE000], head) + f"\n\n{tail}"


def agree(folder: Path, work: str, path: Path, editions: set[str]) -> int:
    """How many citations of the page are those that `cite` prints: each place in a style, one after another."""
    data, workspace = facts(path), ReadOnce(Workspace(folder))
    bibliographies = {work: workspace.bibliography(work)}
    text = {id.removeprefix(f"{work}."): own for id, own in texts(path).items()}
    places = [
        (f"{work}.{row['id']}", row, row["kind"], row.get("words"), text[row["id"]]) for row in data["paragraphs"]
    ]
    for note in data["notes"]:
        row = data["paragraphs"][note[1]]
        places.append((f"{work}.{note[0]}", row, note[9], note[10], text[row["id"]][note[2] : note[3]]))
    for count, (what, row, kind, words, own) in enumerate(places):
        style = count % len(STYLES)
        [excerpt] = excerpts(workspace, what)
        assert excerpt.edition.key in editions
        expected = render([[excerpt]], bibliographies, style=list(STYLES)[style]).data
        assert filled(data, style, row, kind, words, own) == expected, (what, list(STYLES)[style])
    return len(places)


def test_the_citations_are_those_of_cite(demo: Path) -> None:
    assert agree(demo, "park2023", page(demo, "park2023"), {"digest-zh", "digest-en"}) > 1200


def test_quotations_too(article: Path, demo: Path) -> None:
    yinzheng("add", str(article), cwd=demo)
    assert agree(demo, "park2023", page(demo, "park2023/zh", "--with-local-text"), {"zh"}) > 700


def test_quotations_of_odd_texts_too(tmp_path: Path) -> None:
    folder = composed(tmp_path)
    editions = set(Workspace(folder).work("odd").editions)
    assert agree(folder, "odd", page(folder, "odd", "--status", "all"), editions) > 100


def test_an_edition_without_an_entry_is_told(demo: Path) -> None:
    (demo / "corpus/park2023/references.bib").write_text("", encoding="utf-8")
    _, said = run(demo, "export", "park2023/digest-en", "--to", "html", "-o", str(demo / "x.html"))

    assert "no entry park2023digest-en" in said


# ---- tables for the other script and for search ----


def test_the_table_of_a_script_is_of_single_characters() -> None:
    assert table("半導體Kioxia，", "hant") == ["導體", "导体"]


# ---- in a browser ----


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the bundled digests."""
    folder = tmp_path_factory.mktemp("digests") / "work"
    folder.mkdir()
    run(folder, "init", ".", "--demo")
    return page(folder, "park2023")


@pytest.fixture(scope="module")
def bundle() -> Workspace:
    return Workspace(ROOT)


@pytest.fixture
def reading(browser: Page, digests: Path) -> Iterator[Page]:
    """The digests' page, open; nothing may have gone wrong in it when the test is done."""
    path = digests
    browser.errors.clear()
    browser.asked.clear()
    browser.window(1280)
    browser.open(path)
    browser.tell("localStorage.clear()")
    browser.open(path)
    yield browser
    assert browser.errors == []
    assert {url.partition("#")[0] for url in browser.asked} == {path.as_uri()}


def test_keys_lead_through_the_page(reading: Page) -> None:
    here = "document.activeElement.id"
    first = reading.tell("document.querySelector('.p').id")
    reading.press("j")
    assert reading.tell(here) == first
    reading.press("j", "j", "k")
    assert reading.tell(here) == reading.tell("document.querySelectorAll('[data-e=\"0\"] .p')[1].id")
    reading.press("Enter")
    assert "第2段" in reading.tell("document.querySelector('#citation').textContent")
    reading.press("c")
    assert reading.tell("new Promise(done => setTimeout(() => done(document.querySelector('#said').textContent), 200))")
    reading.press("Escape")
    assert reading.tell("document.querySelector('#panel').hidden") is True
    assert reading.tell(here) == reading.tell("document.querySelectorAll('[data-e=\"0\"] .p')[1].id")
    reading.press("n", "n")
    assert reading.tell("document.querySelectorAll('mark.on').length") > 0
    reading.press("?")
    assert reading.tell("document.querySelector('#help').open") is True
    reading.press("Escape", "1", "2", "3")
    assert reading.tell("['m-c','m-e','m-f'].map(id => document.getElementById(id).checked)") == [False, False, False]
    reading.press("t", "t")
    assert reading.tell("document.documentElement.dataset.theme") == "dark"


def test_single_keys_can_be_switched_off(reading: Page) -> None:
    reading.press("?")
    reading.tell("document.querySelector('#keys').click(), document.querySelector('#help').close()")
    reading.press("1")
    assert reading.tell("document.querySelector('#m-c').checked") is True


def test_an_annotation_s_panel_tells_what_is_known_of_it(reading: Page, bundle: Workspace) -> None:
    claim = next(n for n in notes(ROOT, "park2023").values() if n.type == "claim" and n.edition == "digest-en")
    reading.tell(f"location.hash = '#{claim.id}'")
    reading.tell("new Promise(done => setTimeout(done, 50))")
    said = reading.tell("document.querySelector('#panel').textContent")
    work = bundle
    text = next(p.text or "" for p in work.paragraphs("park2023", "digest-en") if p.id == claim.paragraph)

    assert text[claim.start : claim.end] in said
    assert claim.gloss_en in said
    assert claim.gloss_zh in said
    styles = reading.tell("[...document.querySelector('#style').options].map(one => one.textContent)")
    assert styles == [style.label for style in STYLES.values()]
    reading.tell("style.value = 2; style.dispatchEvent(new Event('change'))")
    [excerpt] = work.excerpts(claim.id)
    expected = render([[excerpt]], {"park2023": work.bibliography("park2023")}, style=list(STYLES)[2]).data
    assert reading.tell("document.querySelector('#citation').textContent") == expected


def test_the_panel_shows_what_is_recorded(browser: Page, tmp_path: Path) -> None:
    folder = composed(tmp_path)
    path = folder / "annotations/odd/figures.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line][:4]
    told = {"note": "odd.in the note", "measure": "odd.measure", "about_en": "odd.about", "value_list": []}
    values = (4e-09, -1234567.25, 33.333333333333336, 2.5e21)
    for row, value in zip(rows, values, strict=True):
        row |= {**told, "value": value, "min": None, "max": None, "equals": rows[0]["id"]}
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    browser.open(page(folder, "odd", "--status", "all"))
    shown = "[...document.querySelectorAll('#panel dd')].map(one => one.textContent)"
    for row, number in zip(rows, ("4e-9", "-1\u202f234\u202f567.25", "33.333333333333336", "2.5e+21"), strict=True):
        browser.tell(f"location.hash = '#{row['id']}'")
        said = browser.tell(f"new Promise(done => setTimeout(() => done({shown}), 50))")
        assert {number, "odd.in the note", "odd.measure", "odd.about"} <= {*said}
        assert not any(
            row["id"] in one or rows[0]["id"] in one for one in said
        )  # what it converts is shown by its words


def test_signs_that_a_bibliography_or_a_text_has_for_itself_stay(browser: Page, tmp_path: Path) -> None:
    folder, signs = composed(tmp_path), "\ue000造字\ue001\ue002\ue003\ue004\ue005"
    bib = folder / "corpus/odd/references.bib"
    bib.write_text(bib.read_text("utf-8").replace("{odd,", f"{{odd,\n  title = {{{signs}}},"), encoding="utf-8")
    browser.open(page(folder, "odd", "--status", "all"))
    workspace = ReadOnce(Workspace(folder))
    bibliographies = {"odd": workspace.bibliography("odd")}
    each = "[...style.options].map(one => {style.value = one.value; style.dispatchEvent(new Event('change'));"
    each += "return document.querySelector('#citation').textContent})"
    for id in [*notes(folder, "odd", None)][::29]:
        browser.tell(f"location.hash = '#{id}'")
        shown = browser.tell(f"new Promise(done => setTimeout(() => done({each}), 50))")
        [excerpt] = excerpts(workspace, id)
        expected = [render([[excerpt]], bibliographies, style=style).data for style in STYLES]
        assert shown == expected
        assert any(signs in one.rpartition("\n\n")[0] for one in shown)  # in a footnote


def test_what_cannot_be_copied_is_not_called_copied(reading: Page) -> None:
    reading.press("n")
    reading.tell("navigator.clipboard.writeText = () => Promise.reject(), document.execCommand = () => false, 0")
    reading.press("c")
    words = "new Promise(done => setTimeout(() => done(document.querySelector('#copy .u-en').textContent), 100))"
    assert reading.tell(words) == "Copy"
    assert "copy it yourself" in reading.tell("document.querySelector('#said').textContent")
    assert reading.tell("getSelection().toString().length") > 20


def test_nothing_is_wider_than_a_small_window(browser: Page, tmp_path: Path) -> None:
    folder = composed(tmp_path)
    toml = folder / "corpus/odd/work.toml"
    rights = "https://example.org/" + "rights/" * 20
    toml.write_text(re.sub('rights = ".*?"', f'rights = "{rights}"', toml.read_text("utf-8")), encoding="utf-8")
    bib = folder / "corpus/odd/references.bib"
    bib.write_text(bib.read_text("utf-8").replace("{odd,", f"{{odd,\n  title = {{{'long' * 40}}},"), encoding="utf-8")
    browser.window(320)
    browser.open(page(folder, "odd"))
    wide = browser.tell("document.documentElement.scrollWidth")
    browser.window(1280)
    assert wide == 320


def test_a_link_that_is_damaged_leads_nowhere(reading: Page) -> None:
    reading.tell("location.hash = '#%E0%A4%A'")
    reading.tell("new Promise(done => setTimeout(done, 50))")
    assert reading.tell("document.querySelector('#panel').hidden") is True


def test_no_word_of_the_panel_is_broken_where_there_is_room(reading: Page, bundle: Workspace) -> None:
    entities = {one.id: one.text for one in bundle.annotations("park2023", "entity")}
    claims = bundle.annotations("park2023", "claim", "digest-zh")
    claim = next(one for one in claims for id in one.evidence if entities.get(id) == "technonationalism")  # type: ignore[attr-defined]
    reading.tell(f"location.hash = '#{claim.id}'")
    reading.tell("new Promise(done => setTimeout(done, 50))")
    button = "[...document.querySelectorAll('dd button bdi')].find(one => one.textContent === 'technonationalism')"
    assert reading.tell(f"{button}.getClientRects().length") == 1


def test_highlights_and_editions_are_switched(reading: Page) -> None:
    line = "getComputedStyle(document.querySelector('main mark.c:not(.e):not(.f)')).textDecorationLine"
    assert reading.tell(line) == "underline"
    reading.tell("document.querySelector('#m-c').click()")
    assert reading.tell(line) == "none"
    display = "getComputedStyle(document.querySelector('.cell[data-e=\"1\"]')).display"
    assert reading.tell(display) != "none"
    reading.tell("document.querySelector('#ed-1').click()")
    assert reading.tell(display) == "none"


def test_a_link_leads_into_an_edition_that_is_not_shown(reading: Page, bundle: Workspace) -> None:
    paragraph = bundle.paragraphs("park2023", "digest-en")[30].id
    reading.tell("document.querySelector('#ed-1').click()")
    reading.tell(f"location.hash = '{paragraph}'")
    top = f"document.getElementById('{paragraph}').getBoundingClientRect().top"
    assert -50 < reading.tell(f"new Promise(done => setTimeout(() => done({top}), 200))") < 800


CURRENT = (
    "Object.fromEntries([...document.querySelectorAll('.p')].map(p => [p.id, p.querySelector('p,h2').textContent]))"
)


def test_chinese_is_shown_in_the_other_script_as_the_converter_has_it(
    reading: Page, bundle: Workspace, digests: Path
) -> None:
    stored = {p.id: p.text or "" for p in bundle.paragraphs("park2023", "digest-zh")}
    reading.press("s")
    turned = reading.tell(CURRENT)
    assert {id: turned[id] for id in stored} == {id: convert(text, "hant", "hans") for id, text in stored.items()}
    assert reading.tell("document.querySelector('.p').lang") == "zh-Hans"
    title = "document.querySelector('h1').textContent"
    assert reading.tell(title) == convert(tree(digests).find(".//h1").text, "hant", "hans")
    reading.press("s")
    assert reading.tell(title) == tree(digests).find(".//h1").text
    back = reading.tell(CURRENT)
    assert {id: back[id] for id in stored} == stored


def test_where_a_word_decides_the_character_the_page_has_the_word_s(browser: Page, empty: Path) -> None:
    text = "理发之后，皇后的头发干了；干部发展干燥的后方。𠮷野家在那里，这里的计划划算🥳。" * 3
    (empty / "t.txt").write_text(text, encoding="utf-8")
    run(empty, "add", "t.txt", "--work", "two", "--lang", "zh-Hans")
    path = page(empty, "two", "--with-local-text")
    browser.open(path)
    browser.tell("localStorage.clear()")
    browser.open(path)
    words = "document.querySelector('.marks mark .u-zh').textContent"
    assert list(browser.tell(CURRENT).values()) == [text]
    assert browser.tell(words) == "论断"
    browser.press("s")
    assert list(browser.tell(CURRENT).values()) == [convert(text, "hans", "hant")]
    assert browser.tell(words) == "論斷"


def test_search_finds_what_find_finds(reading: Page, bundle: Workspace) -> None:
    own = [p.text or "" for edition in ("digest-zh", "digest-en") for p in bundle.paragraphs("park2023", edition)]
    queries = [
        "半导体",
        "半導體",
        "ＳＥＭＩＣＯＮＤＵＣＴＯＲ",
        "80%",
        "1980",
        "臺積電",
        "nothing of the kind",
        "。",
        "技術 民族",
        "22/28",
        "①",
        "²",
        "⁵",
        "İ",
        "-80%",
        "😀",
        "−",
    ]
    for query in queries:
        wanted = letters(query).text
        expected = sum(letters(text).text.count(wanted) for text in own) if wanted else 0
        reading.press("Escape", "/")
        reading.write(query)
        reading.press("Enter")
        found = reading.tell("(document.querySelector('#hits .u-en') || {}).textContent || ''")
        without = "nothing to look for: no letters"
        assert found == (f"1 / {expected}" if expected else "none" if wanted else without), query


FOLD = (Path(exchanging_page.__file__).parent / "letters.js").read_text(encoding="utf-8")
# What is read in its context: digits, marks and signs between and before them, units, what combines, odd space.
CONTEXT = (
    "0123456789012345６５𝟏①²½,,,...．，:/-－−–~+±<>≤==$€¥%％‰°()「」’·‧∶⁄ \u3000\u200b\xad\t\n\ufe0f\U000e0101"
    "\u0301\u0308\u0327\u3099ｶﾞカé\u1100\u1161\u11a8한usUSßſİKﬁ元億亿年萬万○〇𠮷🥳\ud800"
)


def folded(browser: Page, told: object, texts: list[str]) -> list[dict[str, Any]]:
    """What letters.js makes of texts."""
    made = f"(() => {{{FOLD}; const fold = foldBy({json.dumps(told)}); return {json.dumps(texts)}.map(fold)}})()"
    return browser.tell(made)  # type: ignore[no-any-return]


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_every_character_has_the_same_letters_in_the_page(browser: Page) -> None:
    every = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Co")]
    made = [one["out"] for one in folded(browser, folds(every), every)]

    assert len(every) > 140_000
    assert made == [letters(one).text for one in every]


def test_a_text_has_the_same_letters_in_the_page_at_the_same_places(browser: Page) -> None:
    chance = random.Random(8)
    texts = ["".join(chance.choices([*CONTEXT, *[",123"] * 9], k=chance.randint(1, 24))) for _ in range(20_000)]
    for text, made in zip(texts, folded(browser, folds(texts), texts), strict=True):
        whole = letters(text)
        places = [whole.stored(at, at + 1) for at, one in enumerate(whole.text) for _ in range(units(one))]
        assert (made["out"], made["at"], made["ends"]) == (
            whole.text,
            [units(text[:start]) for start, _ in places],
            [units(text[:end]) for _, end in places],
        ), text


def test_what_the_page_is_not_told_it_cannot_find(browser: Page) -> None:
    chance = random.Random(9)
    odd = [chr(code) for code in chance.sample(range(0x21, 0x2FA20), 30_000) if not 0xD800 <= code < 0xE000]
    for text in ("台積電在2021年投資了80%，Kioxia也是。", "カ゛ガ한국어 café ﬁ ①", "。"):
        queries = odd + [one + "\u3099" for one in "ｶカ"] + list("①²⁵İ０台臺K") + [text]
        for query, made in zip(queries, folded(browser, folds([text]), queries), strict=True):
            wanted = letters(query).text
            found = made["out"] != "" and made["out"] in letters(text).text
            assert found == (wanted != "" and wanted in letters(text).text), query
            assert (made["out"] == "") == (wanted == ""), query


def test_search_finds_odd_characters_where_they_stand(browser: Page, tmp_path: Path) -> None:
    folder = composed(tmp_path)
    own = [p.text or "" for p in Workspace(folder).paragraphs("odd")]
    browser.open(page(folder, "odd", "--status", "all"))
    queries = [
        "𠮷野家",
        "吉野家",
        "3.5",
        "35",
        "1000亿",
        "café",
        "cafe\u0301",
        "Zoë",
        "sony",
        "葛城",
        "한국어",
        "fina",
        "12345",
        "km²",
    ]
    for query in queries:
        expected = sum(letters(text).text.count(letters(query).text) for text in own)
        browser.press("Escape", "/")
        browser.write(query)
        browser.press("Enter")
        found = browser.tell("(document.querySelector('#hits .u-en') || {}).textContent || ''")
        assert found == (f"1 / {expected}" if expected else "none"), query
        if expected:
            here = browser.tell("[...CSS.highlights.get('here')].join('')")  # with the marks on its last character
            assert letters(here).text.rstrip("\u0301\u0308") == letters(query).text


def test_it_reads_without_scripts(browser: Page, digests: Path, bundle: Workspace) -> None:
    browser.window(1280, script=False)
    browser.open(digests)
    try:
        hidden = browser.tell(
            "[...document.querySelectorAll('.js')].every(one => getComputedStyle(one).display === 'none')"
        )
        words = browser.tell("document.querySelector('main').innerText")
        browser.tell("document.querySelector('#m-c').click()")
        line = "getComputedStyle(document.querySelector('main mark.c:not(.e):not(.f)')).textDecorationLine"
        assert browser.tell(line) == "none"
    finally:
        browser.window(1280)
    assert hidden
    assert bundle.paragraphs("park2023", "digest-en")[0].text in words


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [375, 1280])
def test_it_is_accessible_and_as_wide_as_the_window(reading: Page, width: int, dark: bool) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not on this machine")
    reading.window(width, dark=dark)
    reading.tell("for (const row of document.querySelectorAll('.row')) row.style.contentVisibility = 'visible'")
    reading.tell(AXE.read_text(encoding="utf-8") + ";0")
    unsure = "done.incomplete.filter(one => one.id !== 'color-contrast')"  # which it cannot tell on a highlight
    told = f"[...done.violations, ...{unsure}].map(one => [one.impact, one.id, one.nodes[0].html])"
    run_axe = f"axe.run().then(done => {told})"
    steps = ["0", "document.querySelector('main mark').click()", "document.querySelector('#help').showModal()"]
    for step in steps:
        reading.tell(step)
        assert [one for one in reading.tell(run_axe) if one[0] in ("serious", "critical")] == []
        assert reading.tell("document.documentElement.scrollWidth <= innerWidth") is True


def test_the_article_s_page_is_accessible_too(browser: Page, article: Path, demo: Path) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not on this machine")
    yinzheng("add", str(article), cwd=demo)
    browser.window(1280, dark=True)
    browser.open(page(demo, "park2023", "--with-local-text"))
    browser.tell("for (const row of document.querySelectorAll('.row')) row.style.contentVisibility = 'visible'")
    browser.tell("document.querySelector('main mark').click()")
    browser.tell(AXE.read_text(encoding="utf-8") + ";0")
    done = browser.tell("axe.run().then(done => done.violations.map(one => [one.impact, one.id, one.nodes[0].html]))")
    browser.window(1280)
    assert [one for one in done if one[0] in ("serious", "critical")] == []


EVIL = "</script><script>window.pwned=1</script><img src=x onerror=pwned=1>\"'<!-- ]]> \u202eevil &lt; {{data}} [[a|b]]"


def test_what_a_text_says_stays_text(browser: Page, tmp_path: Path) -> None:
    folder = composed(tmp_path)
    path = folder / "annotations/odd/names.jsonl"
    name = Name(id="odd.n00000000", label="ORG", zh_hant=EVIL, zh_hans=None, en=EVIL, en_source=None, abbr=EVIL,
                aka=(EVIL,), wikidata=EVIL, note=EVIL)  # fmt: skip
    path.write_text(jsonl.text([name]), encoding="utf-8")
    for file in FILES.values():
        place = folder / "annotations/odd" / file
        rows = [json.loads(line) for line in place.read_text("utf-8").split("\n") if line]
        for row in rows:
            row["note"] = row["by"] = EVIL
            row |= {key: name.id for key in ("name", "speaker", "payer") if key in row}
            row |= {key: EVIL for key in ("gloss_zh", "about_en", "unit", "attribution") if key in row}
        place.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    bib = folder / "corpus/odd/references.bib"
    title = EVIL.replace("{{data}}", "")
    bib.write_text(bib.read_text("utf-8").replace("{odd,", f"{{odd,\n  title = {{{title}}},"), encoding="utf-8")
    out = page(folder, "odd", "--status", "all")
    browser.errors.clear()
    browser.open(out)
    for number in range(6):
        browser.tell(f"document.querySelectorAll('main mark')[{number * 7}].click()")
    browser.press("s")

    assert browser.errors == []
    assert browser.tell("[typeof window.pwned, document.images.length, document.scripts.length]") == ["undefined", 0, 3]
    assert EVIL in browser.tell("document.querySelector('#names').textContent")
    assert texts(out).keys() == {p.id for p in Workspace(folder).paragraphs("odd")}


def test_a_long_work_can_be_used_at_once(browser: Page, empty: Path) -> None:
    sentence = "台積電在熊本投資{0}億日元，補助為{0}億美元；發言人稱這是成功的政策，半導體產業因而復甦。"
    (empty / "long.txt").write_text("\n\n".join(sentence.format(n) * 4 for n in range(2000)), encoding="utf-8")
    run(empty, "add", "long.txt", "--work", "long", "--lang", "zh-Hant")
    path = page(empty, "long", "--with-local-text")
    browser.errors.clear()
    browser.open(path)
    painted = browser.tell(
        "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
    )
    asked = browser.tell("performance.now()")
    browser.press("j", "j", "j", "/")
    browser.write("半导体产业")
    browser.press("Enter")
    found = browser.tell("document.querySelector('#hits .u-en').textContent")
    took = browser.tell("performance.now()") - asked

    assert browser.errors == []
    assert found == "1 / 8000"
    assert painted < 2000
    assert took < 2000
