"""Exports of the bibliography: what other programs read in them is what was written, whatever it is made of."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SHARED
from hypothesis import given, settings
from hypothesis import strategies as st
from yinzheng import bib
from yinzheng.bib import Entry
from yinzheng.citing.bundle import Bundle, Printed
from yinzheng.citing.formats import EXPORTS, biblatex, bibtex, csl_json, hayagriva, ris
from yinzheng.tex import escape, plain, settle

CORPORA = ("example.bib", "example2025.bib")
PAIR = bib.parse(r"""
@article{doe2019, author={Doe, Jane A. and Roe, Richard}, title={An Example Title}, subtitle={Placeholders in Practice},
  journaltitle={Journal of Placeholder Studies}, date={2019}, volume={12}, number={3}, pages={101--125}, doi={10.5555/jps.2019}, langid={english}}
@article{doe2021, author={Doe, Jane A. and Roe, Richard}, translator={{张三} and {李四}}, translatortype={编译}, editora={{王五}}, editoratype={审校},
  title={示例标题：占位符的实践}, journaltitle={占位学刊}, date={2021-05}, volume={3}, number={2}, pages={1--9}, langid={chinese},
  related={doe2019}, relatedtype={translationof}, note={Not verified: pages}}
@article{roe2020, author={Roe, Richard}, title={[示例]}, journaltitle={Journal of Placeholder Studies}, date={2020}, langid={english}}
@online{roe2022, author={Roe, Richard}, translator={{张三}}, title={示例}, date={2022}, langid={chinese}, related={roe2020}, relatedtype={translationof}}
""").entries
HOSTILE = (
    r"100% & a_b #1 $5 {x} ~ ^ \ end",
    'a "quoted" word, and “unbalanced',
    "</script><b>& &amp; é",
    "=cmd()|'/c calc'!A0",
    "\u202eright to left\u202c 你好",
    "🙂 𠮷野家 𪚥",
    "{{unbalanced", "un}balanced", r"\textbf{x} \& \{", "$math$ and $", "@article{x,", "a -- b --- c ... d", "key: value # no",
    "- item", "'single'", "!!binary |", "*a* _b_ [c](d) `e`", "and others and and", "N1  - tag", "3.5", "null", "~", "2019-01-01",
)  # fmt: skip


def bundle(*entries: Entry) -> Bundle:
    return Bundle((), (), entries)


def hostile() -> Bundle:
    """Every hostile string as a title, a literal name, a family name, a translator and a journal."""
    return bundle(*(_made(f"k{n}", text) for n, text in enumerate(HOSTILE)))


def _made(key: str, text: str) -> Entry:
    name = escape(text)
    fields = {
        "title": name,
        "author": f"{{{name}}} and {{{name}}}, J. A.",
        "translator": f"{{{name}}}",
        "journaltitle": name,
    }
    return Entry("article", key, {**fields, "date": "2019", "langid": "english"})


def corpus(name: str) -> Bundle:
    path = SHARED / "data" / "bib" / name
    if not path.exists():
        pytest.skip("the bibliographies are not on this machine")
    return bundle(*bib.parse(path.read_text(encoding="utf-8")).entries.values())


def text(printed: Printed) -> str:
    assert isinstance(printed.data, str)
    return printed.data


def run(*arguments: str, cwd: Path, stdin: str = "") -> str:
    if not shutil.which(arguments[0]):
        pytest.skip(f"{arguments[0]} is not installed")
    done = subprocess.run(arguments, cwd=cwd, input=stdin.encode(), capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def people(entry: Entry, field: str) -> list[str]:
    return [name.literal or f"{name.family}, {name.given}" for name in bib.names(entry.fields.get(field, ""))]


# What each format says of a translation.


def test_biblatex_links_the_translation_with_its_original() -> None:
    entries = bib.parse(text(biblatex.render(bundle(*PAIR.values())))).entries

    assert entries["doe2021"].fields["origdate"] == "2019"
    assert entries["doe2021"].fields["origtitle"] == "An Example Title: Placeholders in Practice"
    assert entries["doe2021"].fields["origlanguage"] == "english"
    assert "origtitle" not in entries["roe2022"].fields, "[示例] is no title of the original"
    assert entries["doe2019"] == PAIR["doe2019"]


def test_what_is_not_verified_of_the_original_is_not_said_of_it() -> None:
    unsure = Entry("article", "doe2019", {**PAIR["doe2019"].fields, "note": "Not verified: title, year"})
    entries = bib.parse(text(biblatex.render(bundle(unsure, PAIR["doe2021"])))).entries

    assert {"origdate", "origtitle"}.isdisjoint(entries["doe2021"].fields)
    assert entries["doe2021"].fields["origlanguage"] == "english"


def test_biblatex_says_what_its_styles_do_not_print() -> None:
    lost = biblatex.render(bundle(*PAIR.values())).lost

    assert "doe2021: biblatex prints nothing of translatortype, but keeps it in the file" in lost
    assert any(one.startswith("roe2022: biblatex’s standard styles print no translator of an @online") for one in lost)


def test_csl_json_keeps_a_translator_one_unit_and_names_the_original() -> None:
    printed = csl_json.render(bundle(*PAIR.values()))
    items = {item["id"]: item for item in json.loads(text(printed))}

    assert items["doe2021"]["translator"] == [{"literal": "张三"}, {"literal": "李四"}]
    assert items["doe2021"]["original-title"] == "An Example Title: Placeholders in Practice"
    assert items["doe2021"]["original-date"] == {"date-parts": [[2019]]}
    assert items["doe2021"]["original-author"][1] == {"family": "Roe", "given": "Richard"}
    assert items["doe2021"]["issued"] == {"date-parts": [[2021, 5]]}
    assert items["doe2021"]["note"] == "Not verified: pages; 编译: 张三, 李四; 审校: 王五"
    assert "original-title" not in items["roe2022"]
    assert items["roe2020"]["title"] == "[示例]"
    assert "doe2021: CSL-JSON has no role 审校; “审校: 王五” stands in its note" in printed.lost


def test_ris_puts_the_translator_into_a4_and_the_original_into_a_note() -> None:
    printed = ris.render(bundle(*PAIR.values()))
    record = text(printed).split("ER  - ")[1]

    assert "\nA4  - 张三\nA4  - 李四\n" in record
    assert (
        "\nN1  - Not verified: pages\nN1  - 编译: 张三, 李四\nN1  - 审校: 王五\nN1  - Translation of: Doe, Jane A.; Roe"
        in record
    )
    assert any("RIS has no role 审校" in sentence for sentence in printed.lost)


def test_hayagriva_has_the_original_for_a_parent() -> None:
    printed = hayagriva.render(bundle(*PAIR.values()))
    loaded = yaml_of(text(printed))

    parents = {parent["type"]: parent for parent in loaded["doe2021"]["parent"]}
    assert parents["periodical"] == {"type": "periodical", "title": "占位学刊", "volume": "3", "issue": "2"}
    assert parents["original"]["title"] == "An Example Title: Placeholders in Practice"
    assert parents["original"]["date"] == "2019"
    assert loaded["doe2021"]["affiliated"] == [{"role": "translator", "names": [{"name": "张三"}, {"name": "李四"}]}]
    assert "title" not in loaded["roe2022"]["parent"][0]
    assert any("roe2022: its original has no title here" in sentence for sentence in printed.lost)


def test_classic_bibtex_has_no_field_of_biblatex() -> None:
    printed = bibtex.render(bundle(*PAIR.values()))
    entry = bib.parse(text(printed)).entries["doe2021"]

    assert (entry.fields["journal"], entry.fields["year"], entry.fields["month"]) == ("占位学刊", "2021", "may")
    assert "  month = may,\n" in text(printed)
    assert {"date", "journaltitle", "related", "relatedtype", "translatortype", "editora"}.isdisjoint(entry.fields)
    assert entry.fields["note"].startswith(
        "Not verified: pages; 编译: 张三, 李四; 审校: 王五; Translation of: Doe, Jane A."
    )
    assert any("审校" in sentence for sentence in printed.lost)


@pytest.mark.parametrize("module", [biblatex, bibtex, csl_json, ris, hayagriva])
def test_what_is_not_verified_says_so(module: Any) -> None:
    assert text(module.render(bundle(*PAIR.values()))).count("Not verified: pages") >= 1


EXTENSIONS = {"biblatex": "bib", "bibtex": "bib", "csl-json": "json", "ris": "ris", "hayagriva": "yml"}


@pytest.mark.parametrize("to", EXPORTS)
def test_golden(to: str) -> None:
    path = ROOT / "tests" / "golden" / "exports" / f"{to}.{EXTENSIONS[to]}"
    printed = EXPORTS[to](bundle(*PAIR.values()))
    said = text(printed) + "\n"
    if os.environ.get("YINZHENG_UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == said


# Dates, which a program must understand or not see.


@pytest.mark.parametrize(
    ("date", "csl", "in_ris", "yaml"),
    [
        ("2019", {"date-parts": [[2019]]}, "PY  - 2019\n", "2019"),
        ("2019-05-07", {"date-parts": [[2019, 5, 7]]}, "DA  - 2019/05/07/\n", "2019-05-07"),
        ("2019~", {"date-parts": [[2019]], "circa": True}, "DA  - ca. 2019\n", "~2019"),
        ("2019/2021", {"date-parts": [[2019], [2021]]}, "DA  - 2019/2021\n", "2019"),
        ("2019-21", {"date-parts": [[2019]], "season": 1}, "PY  - 2019\n", "2019"),
        ("2019-13", {"literal": "2019-13"}, "DA  - 2019-13\n", None),
        ("光緒三十年", {"literal": "光緒三十年"}, "DA  - 光緒三十年\n", None),
    ],
)  # fmt: skip
def test_dates(date: str, csl: object, in_ris: str, yaml: str | None) -> None:
    one = bundle(Entry("book", "k", {"title": "T", "date": date}))

    assert json.loads(text(csl_json.render(one)))[0]["issued"] == csl
    assert in_ris in text(ris.render(one))
    assert yaml_of(text(hayagriva.render(one)))["k"].get("date") == yaml
    if yaml is None:
        assert f"date {date}" in text(hayagriva.render(one))
        assert hayagriva.render(one).lost


# Other programs read them.


@pytest.mark.parametrize("name", CORPORA)
def test_bibtex_and_biblatex_read_back_as_they_were(name: str) -> None:
    whole = corpus(name)
    exact = bib.parse(text(biblatex.render(whole)))
    classic = bib.parse(text(bibtex.render(whole)))

    assert exact.entries == {entry.key: bib.settled(entry) for entry in whole.entries}
    for entry in whole.entries:
        for name, value in entry.fields.items():
            assert name == "doi" or plain(exact.entries[entry.key].fields[name]) == plain(value)
    assert not exact.problems
    assert not classic.problems
    for entry in whole.entries:
        back = classic.entries[entry.key]
        for field in ("author", "editor", "translator"):
            assert people(back, field) == people(entry, field)
        assert back.fields.get("title") == entry.fields.get("title") or "subtitle" in entry.fields
        assert back.fields.get("year", "")[:4] in entry.fields.get("date", entry.fields.get("year", ""))


BARE = bib.parse(r"""
@article{a, author={Roe & Sons, R.}, title={Profit & Loss: 50% more_or less #1 ^ \emph{x_y} for $5, $x_1$}, journaltitle={R&D},
  date={2001~}, note={50%}, doi={https://doi.org/10.5555/a_b}, url={https://example.org/a_b%20c?x=1&y=2#z}, langid={english}}
""").entries["a"]


@pytest.mark.parametrize("module", [biblatex, bibtex])
def test_bare_specials_of_a_bibliography_compile(module: Any, tmp_path: Path) -> None:
    printed = text(module.render(bundle(BARE)))
    entry = bib.parse(printed).entries["a"]

    assert (
        entry.fields["title"] == r"Profit \& Loss: 50\% more\_or less \#1 \textasciicircum{} \emph{x\_y} for \$5, $x_1$"
    )
    assert (entry.fields["doi"], entry.fields["url"]) == ("10.5555/a_b", BARE.fields["url"])
    assert text(module.render(bundle(entry))) == printed or module is bibtex
    if module is bibtex or not (shutil.which("lualatex") and shutil.which("biber")):
        return
    (tmp_path / "x.bib").write_text(printed + "\n", encoding="utf-8")
    (tmp_path / "x.tex").write_text(
        r"\documentclass{article}\usepackage{biblatex}\addbibresource{x.bib}\begin{document}\cite{a}\printbibliography\end{document}",
        encoding="utf-8",
    )
    for program in (["lualatex", "-interaction=nonstopmode", "-halt-on-error"], ["biber"]) * 2:
        run(*program, "x", cwd=tmp_path)
    assert "! " not in (tmp_path / "x.log").read_text(encoding="utf-8", errors="replace")


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\\$"), max_size=60))
def test_bare_words_are_settled_once_and_say_the_same(words: str) -> None:
    assert plain(settle(words)) == plain(words)
    assert settle(escape(words)) == escape(words)


@given(st.text("$\\&%#_^{}a1 ", max_size=40))
def test_what_is_settled_stays(value: str) -> None:
    assert settle(settle(value)) == settle(value)


def test_hostile_words_survive_bibtex() -> None:
    for module in (biblatex, bibtex):
        entries = bib.parse(text(module.render(hostile()))).entries
        for n, words in enumerate(HOSTILE):
            assert plain(entries[f"k{n}"].fields["title"]) == words
            assert [one.literal for one in bib.names(entries[f"k{n}"].fields["translator"])] == [_squeezed(words)]


@pytest.mark.parametrize("module", [biblatex, bibtex])
@pytest.mark.parametrize("source", [*CORPORA, "hostile"])
def test_biber_reads_the_same(source: str, module: Any, tmp_path: Path) -> None:
    whole = hostile() if source == "hostile" else corpus(source)
    (tmp_path / "x.bib").write_text(text(module.render(whole)) + "\n", encoding="utf-8")
    said = run("biber", "--tool", "--output-file=y.bib", "x.bib", cwd=tmp_path)
    before = bib.parse((tmp_path / "x.bib").read_text(encoding="utf-8")).entries
    after = bib.parse((tmp_path / "y.bib").read_text(encoding="utf-8")).entries

    assert "ERROR" not in said
    assert len(after) == len(before)
    for key, entry in before.items():
        assert _squeezed(plain(after[key].fields.get("title", ""))) == _squeezed(plain(entry.fields.get("title", "")))
        assert len(people(after[key], "translator")) == len(people(entry, "translator"))
        if source == "hostile":
            assert people(after[key], "author") == people(entry, "author")
            assert people(after[key], "translator") == people(entry, "translator")


def test_bibtex_itself_sets_the_classic_flavour(tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text(text(bibtex.render(bundle(*PAIR.values()))) + "\n", encoding="utf-8")
    (tmp_path / "x.aux").write_text("\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{x}\n", encoding="utf-8")
    assert "Warning" not in run("bibtex", "x", cwd=tmp_path)
    listed = (tmp_path / "x.bbl").read_text(encoding="utf-8")

    assert "{\\em 占位学刊}, 3(2):1--9, May 2021." in listed
    assert "Not verified: pages; 编译: 张三, 李四; 审校: 王五" in listed


@pytest.mark.parametrize("source", [*CORPORA, "hostile"])
def test_pandoc_reads_the_biblatex(source: str, tmp_path: Path) -> None:
    whole = hostile() if source == "hostile" else corpus(source)
    whole = bundle(*(entry for entry in whole.entries if "，" not in entry.key))  # no key for pandoc's reader
    printed = text(biblatex.render(whole))
    items = {
        item["id"]: item
        for item in json.loads(run("pandoc", "-f", "biblatex", "-t", "csljson", cwd=tmp_path, stdin=printed))
    }

    assert len(items) == len(whole.entries)
    for entry in whole.entries:
        found = [name.get("literal") or name.get("family", "") for name in items[entry.key].get("translator", [])]
        assert len(found) == len(people(entry, "translator"))
        if source == "hostile" and "\\textbrace" not in entry.fields["title"]:  # unbalanced braces, which pandoc drops
            assert _loosely(items[entry.key]["title"]) == _loosely(plain(entry.fields["title"]))


@pytest.mark.parametrize("source", [*CORPORA, "hostile"])
def test_pandoc_cites_from_the_csl_json(source: str, tmp_path: Path) -> None:
    whole = hostile() if source == "hostile" else corpus(source)
    (tmp_path / "x.json").write_text(text(csl_json.render(whole)), encoding="utf-8")
    listed = run(
        "pandoc",
        "--citeproc",
        "--bibliography=x.json",
        "-f",
        "markdown",
        "-t",
        "json",
        cwd=tmp_path,
        stdin="---\nnocite: '@*'\n---\n",
    )

    references = json.loads(listed)["blocks"][0]["c"][1]
    assert len(references) == len(whole.entries)


@pytest.mark.parametrize("source", [*CORPORA, "hostile"])
def test_rispy_reads_the_ris(source: str) -> None:
    rispy = pytest.importorskip("rispy")
    whole = hostile() if source == "hostile" else corpus(source)
    records = {record["id"]: record for record in rispy.loads(text(ris.render(whole)))}

    assert len(records) == len(whole.entries)
    for entry in whole.entries:
        assert (
            records[entry.key].get("title", "") == _squeezed(plain(entry.fields.get("title", "")))
            or "subtitle" in entry.fields
        )
        assert len(records[entry.key].get("subsidiary_authors", [])) == len(
            [n for n in people(entry, "translator") if n != "others"]
        )


@pytest.mark.parametrize("source", [*CORPORA, "hostile"])
def test_typst_reads_the_hayagriva(source: str, tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    whole = hostile() if source == "hostile" else corpus(source)
    (tmp_path / "x.yml").write_text(text(hayagriva.render(whole)), encoding="utf-8")
    (tmp_path / "x.typ").write_text('#bibliography("x.yml", style: "apa", full: true)', encoding="utf-8")
    shown = html.unescape(re.sub(r"<[^>]+>", "", typst.compile(tmp_path / "x.typ", format="html").decode()))

    if source == "hostile":
        for words in HOSTILE:
            assert _letters(words) in _letters(shown)


# Whatever the words are.

characters = st.characters(exclude_categories=["Cc", "Cs"])
words = st.text(st.one_of(characters, st.sampled_from("%&_#${}~^\\\"'<>=-:@,;[]\u2028\u202e\ufeff\uffff𠮷🙂")), min_size=1, max_size=40).map(
    lambda said: " ".join(said.split())
).filter(bool)  # fmt: skip


@given(words)
def test_any_words_come_back(said: str) -> None:
    one = bundle(_made("k", said))
    for module in (biblatex, bibtex):
        back = bib.parse(text(module.render(one))).entries["k"]
        assert (plain(back.fields["title"]), bib.names(back.fields["translator"])[0].literal) == (said, said)
    item = json.loads(text(csl_json.render(one)))[0]
    assert (item["title"], item["translator"]) == (said, [{"literal": said}])
    lines = text(ris.render(one)).split("\n")
    assert {f"TI  - {said}", f"A4  - {said}"} <= set(lines)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


@settings(max_examples=40)
@given(words)
def test_any_words_come_back_from_typst(said: str) -> None:
    loaded = yaml_of(text(hayagriva.render(bundle(_made("k", said)))))["k"]

    assert re.sub(r"\\([\\{}$])", r"\1", loaded["title"]) == said
    assert loaded["affiliated"][0]["names"] == [{"name": said}]


def yaml_of(source: str) -> Any:
    """The YAML as Typst loads it."""
    typst = pytest.importorskip("typst")
    found = typst.query(
        {"main.typ": b'#metadata(yaml("x.yml")) <data>', "x.yml": source.encode()}, "<data>", field="value"
    )
    return json.loads(found)[0]


def _squeezed(said: str) -> str:
    return " ".join(said.split())


def _loosely(said: str) -> str:
    """Without what TeX's habits change: dashes and quotes made of ASCII, and the case of a title."""
    return re.sub(r"[-–—'‘’`]+|\s", "", said).casefold()


def _letters(said: str) -> str:
    return "".join(c for c in said.casefold() if c.isalnum())
