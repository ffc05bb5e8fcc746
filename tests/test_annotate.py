"""`annotate`: real commands in real folders; what it suggests is right in form, stays the same, and keeps what is decided."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yinzheng as yz
from conftest import yinzheng
from hypothesis import given
from hypothesis import strategies as st
from test_progress import on_a_terminal
from yinzheng import Workspace, ids, jsonl
from yinzheng.annotating import document, found
from yinzheng.annotating.document import PART, apart
from yinzheng.annotating.suggest import author
from yinzheng.checking import check
from yinzheng.letters import letters
from yinzheng.records import Annotation
from yinzheng.workspace import FILES, TYPES

ZH = (
    "日本政府於2021年11月宣布，撥款約2萬億日元(約合180億美元)補助半導體產業。\n\n"
    "這項政策導致納稅人負擔加重，經濟產業省卻認為這是必要的。次年，台積電(TSMC)在熊本縣設廠，補助達到3.5%以上。\n\n"
    "美國與日本應該在供應鏈上加強合作，因為兩國都依賴台積電。"
)
EN = (
    "In November 2021 the Japanese government announced subsidies of about 2 trillion yen for semiconductors.\n\n"
    "The policy led to a heavier burden on taxpayers. The Ministry of Economy, Trade and Industry (METI) spent 3.5%.\n\n"
    "The United States and Japan should cooperate more closely, because both depend on Taiwan."
)


@pytest.fixture
def chips(empty: Path) -> Path:
    """A workspace with a work in Chinese, its text a reader's copy."""
    assert yinzheng("add", "-", "--work", "chips", cwd=empty, stdin=ZH.encode()).returncode == 0
    return empty


def annotated(folder: Path, *arguments: str) -> str:
    run = yinzheng("annotate", *arguments, cwd=folder)
    assert run.returncode == 0, run.stderr
    assert run.stdout == ""
    return run.stderr


def notes(folder: Path, work: str = "chips") -> list[Annotation]:
    here = Workspace(folder)
    return [note for kind in TYPES for note in here.annotations(work, kind, status=None)]  # type: ignore[arg-type]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".yinzheng" not in path.parts
    }


def rows(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.split("\n") if line]


def truthful(texts: list[str], found: list[list[Annotation]]) -> None:
    """Every record says the words at its place, in code points and in letters."""
    assert len(found) == len(texts)
    for text, some in zip(texts, found, strict=True):
        form = letters(text)
        assert len({note.id for note in some}) == len(some)
        for note in some:
            assert note.text == text[note.start : note.end]
            assert form.stored(note.letter_start, note.letter_end) == (note.start, note.end)
            words = form.text[note.letter_start : note.letter_end]
            assert letters(note.text).text == words
            assert note.hash == ids.keyed_hash("text", note.edition, words, 8)
            json.loads(jsonl.dumps(note))


# --- yz.annotate


def test_texts_become_records() -> None:
    texts = ZH.split("\n\n")
    found = yz.annotate(texts)

    truthful(texts, found)
    figures = [note for some in found for note in some if note.type == "figure"]
    yen, dollars = (one for one in figures if one.label == "MONEY")
    assert [(one.value, one.unit) for one in (yen, dollars)] == [(2e12, "JPY"), (1.8e10, "USD")]  # type: ignore[attr-defined]
    assert dollars.equals == yen.id  # type: ignore[attr-defined]
    claims = [note for some in found for note in some if note.type == "claim"]
    made = {note.id for some in found for note in some}
    assert claims
    assert {name for claim in claims for name in claim.evidence} <= made  # type: ignore[attr-defined]
    assert any(claim.evidence for claim in claims)  # type: ignore[attr-defined]
    assert {note.status for some in found for note in some} == {"suggested"}
    assert {note.by for some in found for note in some} == set(author().values())
    assert {note.edition for some in found for note in some} == {"zh"}


def test_the_mentions_of_a_name_share_it_over_paragraphs() -> None:
    found = yz.annotate(ZH.split("\n\n"), only="entity")

    by_text: dict[str | None, set[str]] = {}
    for some in found:
        for note in some:
            by_text.setdefault(note.text, set()).add(note.name)  # type: ignore[attr-defined]
    assert len(by_text["台積電"] | by_text["TSMC"]) == 1
    assert len(by_text["日本"]) == 1
    assert by_text["日本"] != by_text["台積電"]


def test_a_year_named_before_holds() -> None:
    texts = ZH.split("\n\n")

    dates = [note.edtf for some in yz.annotate(texts) for note in some if note.label == "DATE"]  # type: ignore[attr-defined]

    assert dates == ["2021-11", "2022"]
    assert [note.text for note in yz.annotate(texts[1:])[0] if note.label == "DATE"] == []  # nothing to lean on


def test_only_is_a_part_of_all() -> None:
    texts = [*ZH.split("\n\n"), *EN.split("\n\n")]
    whole = yz.annotate(texts)

    for kind in FILES:
        assert yz.annotate(texts, only=kind) == [[n for n in some if n.type == kind] for some in whole]  # type: ignore[arg-type]
    assert yz.annotate(texts, only=("claim", "figure")) == [[n for n in some if n.type != "entity"] for some in whole]


def test_the_same_text_has_the_same_ids_as_when_it_is_imported() -> None:
    form = letters("議會撥款1000萬元。").text

    (some,) = yz.annotate(["議會撥款1000萬元。"])

    assert {note.paragraph for note in some} == {ids.birth("text", "zh", form, ())}


def test_ids_of_equal_paragraphs_differ() -> None:
    found = yz.annotate(["議會撥款1000萬元。", "議會撥款1000萬元。"])

    assert found[0]
    assert {note.id for note in found[0]}.isdisjoint({note.id for note in found[1]})


ODD = [
    "",
    "   \u3000",
    "，。！？「」",
    "😀撥款35億美元😀，🇯🇵日本👨‍👩‍👧‍👦。",
    "𠮷野家2021年撥款𡃁35億元。",
    "\x00\x01撥款\x1b[31m35億\u202e美元\x7f\u200b，\ufeff日本",
    "\ud83d 日本 \udc00 2021年 \ud83d\ude00",
    "e\u0301 café 35\u0301 億美元",
    "1,00 1,000 1,00,000 ,5 5, 1.2.3.4 1-2-3 50-80% 22/28納米 ½ ㎜ ① ⅔",
    "9" * 10_000,
    "日" * 10_000,
    "（" * 5_000 + "）" * 5_000,
    "百" * 3_000 + "億" * 3_000,
    "a" * 20_000,
    "日本、" * 5_000,
    "約" * 5_000,
    "The " * 5_000,
    "ガギグ㌔㍍ 35㌔ １９９１年，３５億美元",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_gives_true_records_or_none(text: str) -> None:
    truthful([text, "日本於2021年撥款35億美元。", text], yz.annotate([text, "日本於2021年撥款35億美元。", text]))


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.sampled_from("日本美國台積電億萬百分之約至-–%％.,，。()（）「」 \n年月元1２三 aA$€−"),
                st.characters(),
            ),
            max_size=40,
        ).map("".join),
        max_size=4,
    )
)
def test_random_texts_give_true_records_or_none(texts: list[str]) -> None:
    truthful(texts, yz.annotate(texts))


def test_a_long_paragraph_in_parts_is_as_if_it_were_short() -> None:
    sentence = "日本政府於2021年撥款約2萬億日元(約合180億美元)。次年，台積電在熊本縣設廠。"
    text = sentence * (PART // len(sentence) * 3)

    (some,) = yz.annotate([text])

    truthful([text], [some])
    (short,) = yz.annotate([sentence])
    assert len(some) == len(short) * text.count(sentence)
    dates = {note.edtf for note in some if note.label == "DATE"}  # type: ignore[attr-defined]
    assert dates == {"2021", "2022"}


def test_numbers_in_names_and_names_in_figures_are_none() -> None:
    figures = [
        found.Figure(start=0, end=2, label="CARDINAL", value=4.0),
        found.Figure(start=10, end=16, label="MONEY", value=1.0),
        found.Figure(start=20, end=26, label="MONEY", value=1.0, equals=1),
    ]
    entities = [
        found.Entity(start=0, end=6, label="ORG", key="a"),
        found.Entity(start=13, end=14, label="GPE", key="b"),
        found.Entity(start=20, end=26, label="ORG", key="c"),
    ]

    values, names = apart(figures, entities)

    assert [(one.start, one.equals) for one in values] == [(10, None), (20, 0)]
    assert [one.key for one in names] == ["a", "c"]


def test_what_is_found_goes_to_other_processes() -> None:
    whole = document.read(ZH.split("\n\n"))

    assert pickle.loads(pickle.dumps(whole)) == whole


# --- files and stdin


def test_a_file_becomes_records_with_lines(tmp_path: Path) -> None:
    text = f"\n　\n  {ZH}\r\n\u3000{EN}　\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    run = yinzheng("annotate", "a.txt", cwd=tmp_path)
    piped = yinzheng("annotate", "-", cwd=tmp_path, stdin=text.encode())

    lines = text.split("\n")
    assert run.returncode == 0, run.stderr
    assert rows(run.stdout)
    for row in rows(run.stdout):
        assert lines[row["line"]].strip()[row["start"] : row["end"]] == row["text"]
        assert list(row)[-1] == "line"
    assert [row["line"] for row in rows(run.stdout)] == sorted(row["line"] for row in rows(run.stdout))
    assert piped.stdout == run.stdout
    assert "6 paragraphs" in run.stderr
    assert "figures" in run.stderr
    expected = [note for some in yz.annotate([line.strip() for line in lines if line.strip()]) for note in some]
    assert [row["id"] for row in rows(run.stdout)] == [note.id for note in expected]


def test_only_and_jobs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join([ZH, EN] * 150), encoding="utf-8")

    one, two = (yinzheng("annotate", "a.txt", "--jobs", jobs, cwd=tmp_path) for jobs in ("1", "2"))
    figures = yinzheng("annotate", "a.txt", "--only", "figure", cwd=tmp_path)

    assert two.returncode == 0, two.stderr
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr
    assert rows(figures.stdout) == [row for row in rows(one.stdout) if row["type"] == "figure"]


def test_neither_processes_nor_batches_change_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    more = "高雄港務公司（Port of Kaohsiung，POK）成立於2019年。同年，Mary Douglas (MD) 與首相岸田文雄會面。"
    texts = [*ZH.split("\n\n"), *EN.split("\n\n"), more, "POK在次年擴建，Douglas與岸田都支持，耗資3億元。" * 3] * 2

    def run(jobs: int) -> tuple[document.Document, list[tuple[int, str, document.Found]]]:
        whole = document.read(texts, jobs)
        return whole, list(document.work(whole.glossary, whole.tasks(texts), jobs=jobs))

    expected = run(1)
    assert {"MD", "POK"} & expected[0].glossary.own.latin.keys()
    assert run(2) == expected
    monkeypatch.setattr(document, "_BATCH", 1)
    assert run(1) == expected
    assert run(2) == expected
    monkeypatch.setattr(document, "_forks", lambda: False)
    assert run(2) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5"])
def test_other_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    text = yz.letters(ZH).source if encoding != "big5" else ZH
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    run = yinzheng("annotate", "a.txt", cwd=tmp_path)

    assert run.returncode == 0, run.stderr
    assert run.stdout == yinzheng("annotate", "-", cwd=tmp_path, stdin=text.encode()).stdout
    assert ("read as" in run.stderr) == (encoding != "utf-8-sig")


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\x89PNG\r\n\x1a\n\x00\xff\xfe", "this is a binary file"), (b"abc\n\xff\xff\xff\xff\n", "line 2")],
)
def test_garbage_is_an_error_that_says_where(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    run = yinzheng("annotate", "a.txt", cwd=tmp_path)

    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("Error: a.txt: ")
    assert message in run.stderr


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", "，。\n".encode()])
def test_nothing_gives_nothing(content: bytes, tmp_path: Path) -> None:
    run = yinzheng("annotate", "-", cwd=tmp_path, stdin=content)

    assert (run.returncode, run.stdout) == (0, "")


def test_a_line_of_ten_megabytes(tmp_path: Path) -> None:
    text = ("日本於2021年撥款35億美元，" + "議會不知道這件事，守塔人也不知道，" * 40) * 5_000
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert (tmp_path / "a.txt").stat().st_size > 9_000_000

    run = subprocess.run(
        [sys.executable, "-m", "yinzheng", "annotate", "a.txt", "--only", "figure"],
        cwd=tmp_path,
        capture_output=True,
        timeout=300,
    )

    assert run.returncode == 0, run.stderr
    last = json.loads(run.stdout.strip().split(b"\n")[-1])
    assert last["text"] == text[last["start"] : last["end"]]
    assert last["start"] > len(text) - 1_000


def test_a_work_a_file_or_neither(chips: Path) -> None:
    (chips / "chips").write_text("撥款35億美元。", encoding="utf-8")
    (chips / "b.txt").write_text("撥款35億美元。", encoding="utf-8")

    assert "chips/zh  3 paragraphs worked" in annotated(chips, "chips")
    assert rows(yinzheng("annotate", "./chips", cwd=chips).stdout)
    assert rows(yinzheng("annotate", "b.txt", cwd=chips).stdout)
    for what, message in (
        ("nothing.txt", "no such file"),
        ("corpus", "this is a folder"),
        ("chips:99", "no paragraph 99"),
    ):
        run = yinzheng("annotate", what, cwd=chips)
        assert (run.returncode, run.stdout) == (1, "")
        assert message in run.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
def test_on_a_terminal_a_long_text_shows_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("撥款35億美元。\n" * 20_000, encoding="utf-8")

    code, out, said = on_a_terminal(tmp_path, "annotate", "a.txt", "--only", "claim")

    assert (code, out) == (0, b"")
    assert b"annotating" in said
    assert b"100%" in said


# --- a workspace


def test_a_work_is_annotated_and_checks(chips: Path) -> None:
    said = annotated(chips, "chips")

    assert "chips/zh  3 paragraphs worked, 0 as before" in said
    assert "next: yinzheng review chips" in said
    assert {note.type for note in notes(chips)} == set(FILES)
    assert {note.status for note in notes(chips)} == {"suggested"}
    assert {note.text for note in notes(chips) if note.type == "claim"} == {None}  # the text is local
    names = {name.id for name in Workspace(chips).names("chips")}
    assert {note.name for note in notes(chips) if note.type == "entity"} <= names  # type: ignore[attr-defined]
    assert check(chips) == []
    assert yinzheng("check", cwd=chips).returncode == 0


def test_the_digests_of_the_bundled_work_check(unmarked: Path) -> None:
    said = annotated(unmarked, "park2023")

    assert "park2023/zh: its text is not here" in said
    assert "park2023/digest-zh  54 paragraphs worked" in said
    assert "park2023/digest-en  54 paragraphs worked" in said
    assert check(unmarked) == []
    assert {note.text is None for note in notes(unmarked, "park2023")} == {False}
    assert {note.edition for note in notes(unmarked, "park2023")} == {"digest-zh", "digest-en"}
    shared = [name for name in Workspace(unmarked).names("park2023") if name.zh_hant and name.en]
    assert any((name.zh_hant, name.en) == ("日本", "Japan") for name in shared)


def test_the_same_input_twice_changes_no_byte(unmarked: Path) -> None:
    annotated(unmarked, "park2023")
    before = tree(unmarked)

    said = annotated(unmarked, "park2023")

    assert "0 paragraphs worked, 54 as before" in said
    assert tree(unmarked) == before
    shutil.rmtree(unmarked / "corpus" / "park2023" / "local")  # nothing is remembered: worked again, to the same result
    assert "54 paragraphs worked, 0 as before" in annotated(unmarked, "park2023")
    assert tree(unmarked) == before
    annotated(unmarked, "park2023/digest-en", "--only", "figure")
    after = tree(unmarked)
    assert {name for name in before if after[name] != before[name]} <= {
        str(Path("corpus", "park2023", "local", "digest-en.worked.jsonl"))
    }


def test_in_several_processes_it_is_the_same(unmarked: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(unmarked, other, dirs_exist_ok=True)

    annotated(unmarked, "park2023", "--jobs", "2")
    annotated(other, "park2023")

    def plain(folder: Path) -> list[str]:
        return [jsonl.dumps(note).replace(note.created, "") for note in notes(folder, "park2023")]

    assert plain(unmarked) == plain(other)


def test_what_a_person_decided_stays(chips: Path) -> None:
    annotated(chips, "chips")
    figures = [note for note in notes(chips) if note.type == "figure"]
    entities = [note for note in notes(chips) if note.type == "entity"]
    run = yinzheng("review", "--set", "accepted", figures[0].id, entities[0].id, cwd=chips)
    assert run.returncode == 0, run.stderr
    assert yinzheng("review", "--set", "rejected", figures[1].id, cwd=chips).returncode == 0
    hand = yinzheng("mark", "chips:3", "--quote", "国与日本应", "--entity", "EVENT", cwd=chips)
    assert hand.returncode == 0, hand.stderr
    decided = {note.id: note for note in notes(chips) if note.status != "suggested"}

    said = annotated(chips, "chips")

    now = {note.id: note for note in notes(chips)}
    assert {name: now[name] for name in decided} == decided
    assert "not suggested: somebody decided" in said
    for note in decided.values():
        for other in now.values():
            if (other.type, other.paragraph) == (note.type, note.paragraph) and other.status == "suggested":
                assert other.letter_end <= note.letter_start or note.letter_end <= other.letter_start
    for claim in (note for note in now.values() if note.type == "claim"):
        assert figures[1].id not in claim.evidence  # type: ignore[attr-defined]
    assert check(chips) == []
    before = tree(chips)
    annotated(chips, "chips")
    assert tree(chips) == before


def test_a_note_keeps_a_suggestion(chips: Path) -> None:
    annotated(chips, "chips")
    path = chips / "annotations" / "chips" / "figures.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n")
    first = json.loads(lines[0]) | {"label": "CARDINAL", "note": "ask the author"}
    path.write_text("\n".join([json.dumps(first, ensure_ascii=False), *lines[1:]]), encoding="utf-8")

    annotated(chips, "chips")

    kept = next(note for note in notes(chips) if note.id == first["id"])
    assert (kept.label, kept.note, kept.status) == ("CARDINAL", "ask the author", "suggested")


def test_nothing_is_suggested_in_a_curated_edition(unmarked: Path) -> None:
    path = unmarked / "corpus" / "park2023" / "work.toml"
    text = path.read_text(encoding="utf-8").replace("[editions.digest-zh]", "[editions.digest-zh]\ncurated = true")
    path.write_text(text, encoding="utf-8")

    said = annotated(unmarked, "park2023")
    named = yinzheng("annotate", "park2023/digest-zh", cwd=unmarked)

    assert "digest-zh: marked `curated`" in said
    assert {note.edition for note in notes(unmarked, "park2023")} == {"digest-en"}
    assert named.returncode == 1
    assert "curated" in named.stderr
    assert check(unmarked) == []


def test_only_changed_paragraphs_are_worked_again(chips: Path) -> None:
    annotated(chips, "chips")
    before = {note.id: note for note in notes(chips)}
    new = ZH.replace("3.5%以上", "4.5%以上")
    assert yinzheng("add", "-", "--revise", cwd=chips, stdin=new.encode()).returncode == 0

    said = annotated(chips, "chips")

    assert "1 paragraphs worked, 2 as before" in said
    changed = Workspace(chips).paragraphs("chips")[1].id
    after = {note.id: note for note in notes(chips)}
    assert {n: after[n] for n in after if after[n].paragraph != changed} == {
        n: before[n] for n in before if before[n].paragraph != changed
    }
    assert [n.value for n in after.values() if n.label == "PERCENT"] == [4.5]  # type: ignore[attr-defined]
    assert check(chips) == []


def test_what_an_earlier_run_suggested_is_withdrawn_where_it_is_worked_again(chips: Path) -> None:
    annotated(chips, "chips")
    path = chips / "annotations" / "chips" / "figures.jsonl"
    text = path.read_text(encoding="utf-8")
    stale = json.loads(text.split("\n")[0])
    paragraph, first = stale["paragraph"], stale["letter_end"]
    place = (first, first + 2)
    form = letters(Workspace(chips).paragraphs("chips")[0].text or "")
    start, end = form.stored(*place)
    stale |= {
        "id": ids.annotation_birth("chips", "f", paragraph, *place), "start": start, "end": end,
        "letter_start": place[0], "letter_end": place[1], "text": form.source[start:end],
        "hash": ids.keyed_hash("chips", "zh", form.text[slice(*place)], 8), "by": "model:yinzheng/0.0.1",
    }  # fmt: skip
    path.write_text(text + json.dumps(stale, ensure_ascii=False) + "\n", encoding="utf-8")
    assert check(chips) == []

    said = annotated(chips, "chips")

    assert "1 paragraphs worked, 2 as before" in said
    assert "1 suggestions of an earlier run withdrawn" in said
    assert path.read_text(encoding="utf-8") == text


def test_a_paragraph_alone(chips: Path) -> None:
    said = annotated(chips, "chips:2")

    assert "1 paragraphs worked, 2 as before" in said
    assert {note.paragraph for note in notes(chips)} == {Workspace(chips).paragraphs("chips")[1].id}
    assert [note.edtf for note in notes(chips) if note.label == "DATE"] == ["2022"]  # type: ignore[attr-defined]
    assert check(chips) == []


def test_only_one_type_is_written(chips: Path) -> None:
    annotated(chips, "chips", "--only", "figure")
    alone = notes(chips)
    assert {note.type for note in alone} == {"figure"}
    assert Workspace(chips).names("chips") == []
    annotated(chips, "chips", "--only", "claim")
    assert check(chips) == []

    annotated(chips, "chips")

    assert {note.type for note in notes(chips)} == set(FILES)
    assert [note for note in notes(chips) if note.type == "figure"] == alone
    assert check(chips) == []


def test_headings_and_editors_make_no_claims(empty: Path) -> None:
    text = f"政策導致負擔加重，這是錯誤的\n\n一、政策應該導致負擔加重\n\n{ZH}"
    assert yinzheng("add", "-", "--work", "chips", cwd=empty, stdin=text.encode()).returncode == 0
    annotated(empty, "chips")

    kinds = {p.id: p.kind for p in Workspace(empty).index("chips", "zh")}
    assert {"title", "heading"} & set(kinds.values())
    assert {kinds[note.paragraph] for note in notes(empty) if note.type == "claim"} == {"body"}


def test_a_name_that_a_person_edited_stays_and_is_found_by_its_forms(chips: Path) -> None:
    annotated(chips, "chips")
    path = chips / "annotations" / "chips" / "names.jsonl"
    names = rows(path.read_text(encoding="utf-8"))
    japan = next(name for name in names if name["zh_hant"] == "日本")
    japan |= {"id": "chips.n00000000", "wikidata": "Q17", "en": "State of Japan", "aka": ["Nippon"]}
    for name in ("entities", "claims"):
        file = chips / "annotations" / "chips" / f"{name}.jsonl"
        file.write_text("", encoding="utf-8")
    path.write_text("".join(json.dumps(name, ensure_ascii=False) + "\n" for name in names), encoding="utf-8")

    annotated(chips, "chips")

    after = rows(path.read_text(encoding="utf-8"))
    assert japan in after
    assert {n.name for n in notes(chips) if n.text == "日本"} == {"chips.n00000000"}  # type: ignore[attr-defined]
    assert check(chips) == []


def test_an_id_that_was_ever_used_is_not_born_again(chips: Path) -> None:
    annotated(chips, "chips", "--only", "figure")
    first = notes(chips)[0]
    path = chips / "corpus" / "chips" / "zh.history.jsonl"
    from yinzheng.history import teller

    tell = teller("tests", "0", "2026-01-01T00:00:00Z")
    path.write_text(jsonl.text([tell(first.id, "gone", (), jsonl.dumps(first))]), encoding="utf-8")
    (chips / "annotations" / "chips" / "figures.jsonl").write_text("", encoding="utf-8")

    annotated(chips, "chips", "--only", "figure")

    assert first.id not in {note.id for note in notes(chips)}
    assert first.text in {note.text for note in notes(chips)}
    assert check(chips) == []
    before = tree(chips)
    annotated(chips, "chips", "--only", "figure")
    assert tree(chips) == before


def test_two_at_once(unmarked: Path) -> None:
    command = [sys.executable, "-m", "yinzheng", "annotate", "park2023"]
    both = [subprocess.Popen(command, cwd=unmarked, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) for _ in range(2)]
    said = [one.communicate(timeout=300)[1] for one in both]

    assert [one.returncode for one in both] == [0, 0], said
    assert check(unmarked) == []
    before = tree(unmarked)
    annotated(unmarked, "park2023")
    assert tree(unmarked) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_at_any_time_loses_nothing(unmarked: Path) -> None:
    whole = Workspace(unmarked)
    for wait in (0.3, 0.6, 0.9, 1.2, 1.5, 2.0):
        one = subprocess.Popen(
            [sys.executable, "-m", "yinzheng", "annotate", "park2023"],
            cwd=unmarked,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
        time.sleep(wait)
        one.send_signal(signal.SIGKILL)
        one.wait()
        assert check(unmarked) == []
        assert len(Workspace(unmarked).index("park2023", "digest-zh")) == len(whole.index("park2023", "digest-zh"))
    annotated(unmarked, "park2023")
    assert check(unmarked) == []
    before = tree(unmarked)
    annotated(unmarked, "park2023")
    assert tree(unmarked) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups")
def test_the_processes_end_with_one_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join([ZH] * 3000), encoding="utf-8")
    command = [sys.executable, "-m", "yinzheng", "annotate", "a.txt", "--jobs", "2"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as run:
        assert run.stdout is not None
        run.stdout.readline()  # the second pass has begun
        run.kill()
        run.wait()
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                os.killpg(run.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)
        os.killpg(run.pid, signal.SIGKILL)
    pytest.fail("processes stayed")


def test_the_bundled_work_is_read_only(tmp_path: Path) -> None:
    run = yinzheng("annotate", "park2023/digest-zh", cwd=tmp_path)

    assert run.returncode == 1
    assert "no workspace here; make one with: yinzheng init" in run.stderr


def test_no_text_no_suggestion(unmarked: Path) -> None:
    run = yinzheng("annotate", "park2023/zh", cwd=unmarked)

    assert run.returncode == 1
    assert "its text is not here; add your copy" in run.stderr
