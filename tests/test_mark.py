"""`mark`, and `review` of suggestions: by quoting, by keys, with undo."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import yinzheng
from screen import on_screen
from test_annotate import tree
from yinzheng import Workspace
from yinzheng.checking import check
from yinzheng.errors import YinzhengError
from yinzheng.holding import hold
from yinzheng.marking import edited, place, places
from yinzheng.records import Annotation
from yinzheng.workspace import TYPES

TEXT = (
    "議會於2021年撥款1,000萬元，漁民得到約30%，守塔人老秦認為這是錯誤的。\n\n"
    "議會後來又撥款22/28萬元。老秦說：「議會應該更早行動，因為燈塔導致負擔加重。」"
)
pty_only = pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")


@pytest.fixture
def lamp(empty: Path) -> Path:
    assert yinzheng("add", "-", "--work", "lamp", cwd=empty, stdin=TEXT.encode()).returncode == 0
    return empty


def mark(folder: Path, *arguments: str) -> dict[str, Any]:
    run = yinzheng("mark", *arguments, cwd=folder)
    assert run.returncode == 0, run.stderr
    record: dict[str, Any] = json.loads(run.stdout)
    return record


def notes(folder: Path) -> dict[str, Annotation]:
    here = Workspace(folder)
    return {note.id: note for kind in TYPES for note in here.annotations("lamp", kind, status=None)}  # type: ignore[arg-type]


def test_a_figure_is_read_in_its_words(lamp: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=lamp, check=True)
    subprocess.run(["git", "config", "user.name", "王小明"], cwd=lamp, check=True)
    money = mark(lamp, "lamp:1", "--quote", "１０００万元", "--figure", "MONEY")  # other script and width
    share = mark(lamp, "lamp:1", "--quote", "約30%", "--figure", "PERCENT", "--note", "of whom?")

    assert (money["text"], money["value"], money["status"], money["by"]) == ("1,000萬元", 1e7, "accepted", "王小明")
    assert (share["value"], share["unit"], share["approx"], share["note"]) == (30.0, "%", True, "of whom?")
    assert list(notes(lamp)) == [money["id"], share["id"]]
    assert check(lamp) == []


def test_a_suggested_name_becomes_no_term_that_is_too_long_to_give(lamp: Path) -> None:
    words = "議會燈塔管理委員會下屬技術研究所發電機實驗室"
    (lamp / "new.txt").write_text(f"{words}在島上。", encoding="utf-8")
    assert yinzheng("add", "new.txt", "--work", "lab", cwd=lamp).returncode == 0
    name = mark(lamp, "lab:1", "--quote", words, "--entity", "ORG")["id"]
    holding = hold(Workspace(lamp), "lab", "zh")
    said: dict[str, Any] = {"by": "A", "created": "2026-01-01T00:00:00Z"}

    assert edited(holding, name, "FAC", None, **said).label == "FAC"
    with pytest.raises(YinzhengError, match="a sentence of a text that is local"):
        edited(holding, name, "TERM", None, **said)


def test_what_a_person_does_not_say_stays_as_suggested(lamp: Path) -> None:
    (lamp / "new.txt").write_text("燈塔造價130萬圓（約合65萬美元）。", encoding="utf-8")
    assert yinzheng("add", "new.txt", "--work", "cost", cwd=lamp).returncode == 0
    assert yinzheng("annotate", "cost", cwd=lamp).returncode == 0
    here = Workspace(lamp)
    [yen, dollar] = here.annotations("cost", "figure", status=None)
    assert dollar.equals == yen.id  # type: ignore[attr-defined]
    said = mark(lamp, "cost:1", "--quote", "130萬圓", "--figure", "MONEY", "--unit", "JPY")
    other = mark(lamp, "cost:1", "--quote", "約合65萬美元", "--figure", "MONEY", "--note", "by whom?")

    assert (said["id"], said["value"], said["unit"]) == (yen.id, 1300000.0, "JPY")
    assert (other["id"], other["equals"], other["approx"], other["note"]) == (dollar.id, yen.id, True, "by whom?")


@pytest.mark.parametrize("number", ["nan", "inf", "1e400"])
def test_a_number_that_is_none_is_refused(lamp: Path, number: str) -> None:
    run = yinzheng("mark", "lamp:1", "--quote", "約30%", "--figure", "PERCENT", "--value", number, cwd=lamp)

    assert (run.returncode, notes(lamp)) == (1, {})
    assert "a value that is not finite" in run.stderr


def test_a_date_that_is_none_is_refused(lamp: Path) -> None:
    run = yinzheng("mark", "lamp:2", "--quote", "後來", "--figure", "DATE", "--edtf", "June 2009", cwd=lamp)

    assert (run.returncode, notes(lamp)) == (1, {})
    assert "edtf 'June 2009' is no EDTF date, as 2009-06" in run.stderr


def test_a_figure_as_a_person_says_it(lamp: Path) -> None:
    arguments = ("lamp:2", "--quote", "22/28萬元", "--figure", "MONEY", "--value", "220000", "--value", "280000")

    figure = mark(lamp, *arguments, "--unit", "TWD")
    date = mark(lamp, "lamp:2", "--quote", "後來", "--figure", "DATE", "--edtf", "2022", "--bound", ">=")

    assert (figure["value"], figure["value_list"], figure["unit"]) == (None, [220000.0, 280000.0], "TWD")
    assert (date["edtf"], date["bound"], date["value"]) == ("2022", ">=", None)
    assert check(lamp) == []


def test_an_entity_has_a_name(lamp: Path) -> None:
    first = mark(lamp, "lamp:1", "--quote", "老秦", "--entity", "PERSON")
    second = mark(lamp, "lamp:2", "--quote", "老秦", "--entity", "PERSON")
    keeper = mark(lamp, "lamp:1", "--quote", "守塔人", "--entity", "PERSON", "--name", "老秦")

    assert first["name"] == second["name"] == keeper["name"]
    (name,) = Workspace(lamp).names("lamp")
    assert (name.id, name.zh_hant, name.label) == (first["name"], "老秦", "PERSON")
    assert check(lamp) == []


def test_a_claim(lamp: Path) -> None:
    mark(lamp, "lamp:1", "--quote", "老秦", "--entity", "PERSON")

    claim = mark(
        lamp, "lamp:1", "--quote", "這是錯誤的", "--claim", "evaluative", "--attribution", "守塔人老秦", "--speaker", "老秦",
        "--gloss-en", "A mistake.", "--gloss-zh", "錯了。", "--central",
    )  # fmt: skip

    assert claim["text"] is None  # the text is local
    assert (claim["attribution"], claim["gloss_en"], claim["central"]) == ("守塔人老秦", "A mistake.", True)
    assert claim["speaker"] == Workspace(lamp).names("lamp")[0].id
    assert check(lamp) == []


def test_the_same_again_changes_nothing_and_another_label_is_a_conflict(lamp: Path) -> None:
    first = mark(lamp, "lamp:1", "--quote", "議會", "--entity", "ORG")
    before = tree(lamp)

    assert mark(lamp, "lamp:1", "--quote", "議會", "--entity", "ORG")["id"] == first["id"]
    assert tree(lamp) == before
    other = yinzheng("mark", "lamp:1", "--quote", "議會", "--entity", "FAC", cwd=lamp)
    assert other.returncode == 1
    assert f"review --set rejected {first['id']}" in other.stderr
    assert tree(lamp) == before
    assert yinzheng("review", "--set", "rejected", first["id"], cwd=lamp).returncode == 0
    assert mark(lamp, "lamp:1", "--quote", "議會", "--entity", "FAC")["id"] == first["id"]
    assert [(n.label, n.status) for n in notes(lamp).values()] == [("FAC", "accepted")]
    assert yinzheng("review", "--undo", cwd=lamp).returncode == 0
    assert [(n.label, n.status) for n in notes(lamp).values()] == [("ORG", "rejected")]
    assert check(lamp) == []


def test_which_of_several_places(lamp: Path) -> None:
    run = yinzheng("mark", "lamp:2", "--quote", "議會", "--entity", "ORG", cwd=lamp)
    second = mark(lamp, "lamp:2", "--quote", "議會", "--entity", "ORG", "--nth", "2")
    far = yinzheng("mark", "lamp:2", "--quote", "議會", "--entity", "ORG", "--nth", "3", cwd=lamp)

    assert run.returncode == far.returncode == 1
    assert "'議會' stands 2 times in this paragraph; say which: --nth 1 to 2" in run.stderr
    assert second["start"] == TEXT.split("\n\n")[1].rindex("議會")


def test_places_cut_no_word_and_no_number() -> None:
    text = "The US dollar: 100, 1000 and 10 in USA; us. 美中与中美"

    assert len(places(text, "us")) == 2
    assert len(places(text, "10")) == 1
    assert len(places(text, "美")) == 2
    assert places(text, "，") == []
    with pytest.raises(YinzhengError, match="not in this paragraph"):
        place(text, "dolla")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["lamp:1", "--quote", "議會"], 2, "say what it is"),
        (["lamp:1", "--quote", "議會", "--entity", "ORG", "--claim", "causal"], 2, "one of them"),
        (["lamp:1", "--quote", "議會", "--entity", "ORG", "--value", "3"], 2, "--value is said of a figure"),
        (["lamp:1", "--quote", "議會", "--entity", "ORG", "--gloss-en", "x"], 2, "--gloss-en is said of a claim"),
        (["lamp:1", "--quote", "30%", "--figure", "PERCENT", "--min", "3"], 2, "--min and --max go together"),
        (["lamp:1", "--quote", "30%", "--figure", "PERCENT", "--min", "3", "--max", "1"], 2, "the lower first"),
        (["lamp:1", "--quote", "議會", "--entity", "BODY"], 2, "'BODY' is not one of"),
        (["lamp:1", "--quote", "參議院", "--entity", "ORG"], 1, "these words are not in this paragraph"),
        (["lamp:1", "--quote", "，", "--entity", "ORG"], 1, "not in this paragraph"),
        (["lamp", "--quote", "議會", "--entity", "ORG"], 1, "say which paragraph"),
        (["lamp:9", "--quote", "議會", "--entity", "ORG"], 1, "no paragraph 9"),
        (["lamp:1", "--quote", "議會", "--entity", "ORG", "--name", "參議院"], 1, "no name '參議院'"),
    ],
)
def test_errors_say_what_to_do(arguments: list[str], code: int, message: str, lamp: Path) -> None:
    before = tree(lamp)
    run = yinzheng("mark", *arguments, cwd=lamp)

    assert (run.returncode, run.stdout) == (code, "")
    assert message in run.stderr
    assert tree(lamp) == before


def test_a_text_that_is_not_here_is_not_marked(unmarked: Path) -> None:
    run = yinzheng("mark", "park2023:1", "--quote", "技術", "--entity", "TERM", cwd=unmarked)

    assert run.returncode == 1
    assert "the text of park2023/zh is not here" in run.stderr


# --- review


@pytest.fixture
def suggested(lamp: Path) -> Path:
    assert yinzheng("annotate", "lamp", cwd=lamp).returncode == 0
    return lamp


def waiting(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    run = yinzheng("review", *arguments, "--to", "jsonl", cwd=folder)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.split("\n") if line]


def test_suggestions_come_in_reading_order_or_the_surest_first(suggested: Path) -> None:
    order = {p.id: p.order for p in Workspace(suggested).index("lamp", "zh")}
    found = waiting(suggested)
    surest = waiting(suggested, "--min-score", "0.1")

    assert {row["type"] for row in found} == set(TYPES)
    places = [(order[notes(suggested)[row["id"]].paragraph], notes(suggested)[row["id"]].start) for row in found]
    assert places == sorted(places)
    assert [row["score"] for row in surest] == sorted((row["score"] for row in surest), reverse=True)
    shown = yinzheng("review", "--only", "figure", cwd=suggested).stdout
    assert "MONEY" in shown
    assert "10000000" in shown


def test_a_decision_with_a_note_from_a_file(suggested: Path) -> None:
    row = waiting(suggested, "--only", "figure")[0] | {"decision": "rejected", "note": "not the author's"}

    run = yinzheng("review", "--from", "-", cwd=suggested, stdin=json.dumps(row).encode())

    assert run.returncode == 0, run.stderr
    note = notes(suggested)[row["id"]]
    assert (note.status, note.note) == ("rejected", "not the author's")
    assert yinzheng("review", "--undo", cwd=suggested).returncode == 0
    note = notes(suggested)[row["id"]]
    assert (note.status, note.note) == ("suggested", None)


def typed(folder: Path, keys: str, *arguments: str) -> str:
    shown, code = on_screen("review", *arguments, cwd=folder, typed=keys, columns=100, NO_COLOR="1")
    assert code == 0, shown
    return shown


@pty_only
def test_one_by_one_in_the_terminal(suggested: Path) -> None:
    figures = [row["id"] for row in waiting(suggested, "--only", "figure")]
    before = tree(suggested)

    shown = typed(suggested, "a\nn\nnot here\nr\nq\n", "--only", "figure")

    assert f"1/{len(figures)}" in shown
    assert "2 decided; what is not waits" in shown
    found = notes(suggested)
    assert [found[name].status for name in figures[:2]] == ["accepted", "rejected"]
    assert found[figures[1]].note == "not here"
    assert [row["id"] for row in waiting(suggested, "--only", "figure")] == figures[2:]  # resumed where it was left
    shown = typed(suggested, "u\nu\nq\n", "--only", "figure")
    assert shown.count("taken back") == 2
    after = tree(suggested)
    assert {name for name in after if after[name] != before.get(name)} == {str(Path("corpus/lamp/zh.history.jsonl"))}
    assert check(suggested) == []


@pty_only
def test_another_label(suggested: Path) -> None:
    first = waiting(suggested, "--only", "claim")[0]
    label = "predictive" if first["label"] != "predictive" else "causal"

    typed(suggested, f"e\n{label}\nq\n", "--only", "claim")

    note = notes(suggested)[first["id"]]
    assert (note.label, note.status) == (label, "accepted")
    assert not note.by.startswith("model:")
    assert check(suggested) == []
    assert yinzheng("review", "--undo", cwd=suggested).returncode == 0
    assert notes(suggested)[first["id"]].label == first["label"]


@pty_only
def test_other_words_are_another_id_and_undone_they_are_as_before(suggested: Path) -> None:
    rows = waiting(suggested, "--only", "figure")
    first = next(row for row in rows if row["new"] == "1,000萬元")
    keys = "s\n" * rows.index(first)
    before = notes(suggested)

    typed(suggested, f"{keys}e\n撥款１０００万元\nq\n", "--only", "figure")

    after = notes(suggested)
    (new,) = (note for name, note in after.items() if name not in before)
    assert (new.text, new.status, new.label) == ("撥款1,000萬元", "accepted", "MONEY")
    assert after[first["id"]].status == "rejected"
    leaning = [n for n in before.values() if first["id"] in getattr(n, "evidence", ())]
    for claim in leaning:
        assert new.id in after[claim.id].evidence  # type: ignore[attr-defined]
    assert check(suggested) == []
    assert yinzheng("annotate", "lamp", cwd=suggested).returncode == 0
    assert new.id in notes(suggested)
    assert check(suggested) == []
    assert yinzheng("review", "--undo", cwd=suggested).returncode == 0
    assert yinzheng("annotate", "lamp", cwd=suggested).returncode == 0
    assert notes(suggested) == before
    assert check(suggested) == []


@pty_only
def test_what_cannot_be_done_is_said_and_asked_again(suggested: Path) -> None:
    shown = typed(suggested, "e\n沒有這些字\nz\na\nq\n", "--only", "figure")

    assert "these words are not in this paragraph" in shown
    assert "1 decided" in shown


def test_many_decisions_are_quick(unmarked: Path) -> None:
    assert yinzheng("annotate", "park2023/digest-zh", cwd=unmarked).returncode == 0
    rows = [json.loads(line) for line in yinzheng("review", "--to", "jsonl", cwd=unmarked).stdout.split("\n") if line]
    decided = "\n".join(json.dumps(row | {"decision": "accepted"}) for row in rows)

    run = yinzheng("review", "--from", "-", cwd=unmarked, stdin=decided.encode())

    assert run.returncode == 0, run.stderr
    assert len(rows) > 200
    assert not Workspace(unmarked).annotations("park2023", "claim", status="suggested")
    assert check(unmarked) == []
