"""Two people's work combined, and what comes back from other tools: by id, idempotent, nothing decided over."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import yinzheng
from yinzheng.errors import YinzhengError
from yinzheng.exchanging.csv import cell
from yinzheng.exchanging.held import Document
from yinzheng.exchanging.received import checked
from yinzheng.ids import keyed_hash
from yinzheng.letters import letters
from yinzheng.naming import combined
from yinzheng.records import Name
from yinzheng.workspace import Workspace

Row = dict[str, object]


def run(folder: Path, *arguments: str) -> str:
    done = yinzheng(*arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(folder: Path, name: str, work: str = "park2023") -> list[Row]:
    path = folder / "annotations" / work / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def edit(folder: Path, name: str, change: Callable[[list[Row]], list[Row]], work: str = "park2023") -> None:
    path = folder / "annotations" / work / f"{name}.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in change(rows(folder, name, work))]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def state(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for top in ("corpus", "annotations")
        for path in sorted((folder / top).rglob("*.*"))
    }


@pytest.fixture
def pair(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two people's workspaces with the same work."""
    other = tmp_path_factory.mktemp("colleague")
    shutil.copytree(demo, other, dirs_exist_ok=True)
    return demo, other


def test_the_same_work_is_the_same(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    before = state(ours)

    assert "as here" in run(ours, "import", str(theirs))
    assert state(ours) == before


def test_only_what_is_new_comes_in_and_stands_where_it_belongs(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    whole = state(ours)
    edit(ours, "entities", lambda found: [row for number, row in enumerate(found) if number % 7])
    edit(ours, "figures", lambda found: found[5:])
    edit(ours, "names", lambda found: found[:-3])
    printed = run(ours, "import", str(theirs))

    assert " new" in printed
    assert {row["id"] for row in rows(ours, "entities")} == {row["id"] for row in rows(theirs, "entities")}
    assert {row["id"] for row in rows(ours, "names")} == {row["id"] for row in rows(theirs, "names")}
    assert run(ours, "check") is not None
    again = state(ours)
    run(ours, "import", str(theirs))
    assert state(ours) == again
    assert again.keys() == whole.keys()


def relabel(found: list[Row]) -> list[Row]:
    return [{**found[0], "label": "ORG" if found[0]["label"] != "ORG" else "GPE", "by": "A colleague"}, *found[1:]]


def test_what_two_people_decided_otherwise_waits_for_review(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    edit(theirs, "entities", relabel)
    first = rows(ours, "entities")[0]
    printed = run(ours, "import", str(theirs))

    assert "1 in conflict" in printed
    assert rows(ours, "entities")[0] == first
    assert run(ours, "check") is not None
    [item] = [json.loads(line) for line in run(ours, "review", "--to", "jsonl").split("\n") if line]
    assert (item["id"], item["why"]) == (first["id"], "conflict")
    assert str(first["label"]) in item["old"]
    assert "A colleague" in item["new"]
    assert re.search(r"(?m)^  ours .*\n  theirs .*A colleague", run(ours, "review"))

    before = state(ours)
    run(ours, "import", str(theirs))
    assert state(ours) == before

    run(ours, "review", "--set", "accepted", str(first["id"]))
    assert rows(ours, "entities")[0]["label"] == rows(theirs, "entities")[0]["label"]
    assert run(ours, "review", "--to", "jsonl") == ""
    run(ours, "review", "--undo")
    assert rows(ours, "entities")[0] == first
    run(ours, "review", "--set", "rejected", str(first["id"]))
    assert rows(ours, "entities")[0] == first
    again = run(ours, "import", str(theirs))
    assert "in conflict" not in again
    assert "1 decided here" in again
    assert run(ours, "review", "--to", "jsonl") == "", "what was decided is not asked again"


def test_a_decision_holds_over_a_suggestion_on_either_side(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair

    def suggested(number: int) -> Callable[[list[Row]], list[Row]]:
        return lambda found: [
            {**row, "status": "suggested", "label": "TERM"} if n == number else row for n, row in enumerate(found)
        ]

    edit(ours, "entities", suggested(0))
    edit(theirs, "entities", suggested(1))
    kept = rows(ours, "entities")[1]
    printed = run(ours, "import", str(theirs))

    assert "1 decided there" in printed
    assert "1 decided here" in printed
    assert rows(ours, "entities")[0]["status"] == "accepted"
    assert rows(ours, "entities")[1] == kept


def test_words_that_are_not_there_stay_out(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    edit(ours, "figures", lambda found: [row for row in found if row["edition"] != "digest-en"])
    edit(
        theirs,
        "figures",
        lambda found: [
            {**row, "hash": "0" * 16, "text": None} if row["edition"] == "digest-en" else row for row in found
        ],
    )
    done = yinzheng("import", str(theirs), cwd=ours)

    assert "left out" in done.stdout
    assert "its words do not stand at its place" in done.stderr
    assert all(row["edition"] != "digest-en" for row in rows(ours, "figures"))


def first(change: Row) -> Callable[[list[Row]], list[Row]]:
    return lambda found: [{**found[0], **change}, *found[1:]]


def test_no_words_of_a_text_that_is_not_ours_come_in(pair: tuple[Path, Path]) -> None:
    """A colleague's file may hold a sentence of the article: it goes no further, with or without our copy."""
    ours, theirs = pair
    sentence = "這一句不該在這裡"
    edit(ours, "claims", lambda found: found[1:])
    edit(theirs, "claims", first({"text": sentence}))
    edit(ours, "entities", lambda found: found[1:])
    edit(theirs, "entities", first({"text": sentence}))
    assert rows(theirs, "claims")[0]["edition"] == rows(theirs, "entities")[0]["edition"] == "zh"
    done = yinzheng("import", str(theirs), cwd=ours)

    assert done.stderr.count("its text is not the words at its place") == 2
    assert "2 left out" in done.stdout
    assert not any(sentence in text for text in state(ours).values())


def test_a_claim_s_own_words_stay_out_where_the_text_is_local(article: Path, pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    yinzheng("add", str(article), cwd=theirs)
    claim = rows(theirs, "claims")[0]
    words = next(one.text for one in Workspace(theirs).paragraphs("park2023", "zh") if one.id == claim["paragraph"])
    assert words is not None
    words = words[int(str(claim["start"])) : int(str(claim["end"]))]
    edit(ours, "claims", lambda found: found[1:])
    edit(theirs, "claims", first({"text": words}))
    assert "1 new" in run(ours, "import", str(theirs))

    assert next(row for row in rows(ours, "claims") if row["id"] == claim["id"])["text"] is None
    assert not any(words in text for text in state(ours).values())


def test_what_comes_in_is_whole_in_itself(pair: tuple[Path, Path]) -> None:
    """An id that is not born from its place, a reference to what is not there: the workspace stays one that `check` passes."""
    ours, theirs = pair
    figure = next(row for row in rows(theirs, "figures") if row["equals"])
    for name in ("figures", "claims"):
        edit(ours, name, lambda found: [])
    edit(
        theirs,
        "figures",
        lambda found: [
            {**row, "payer": "park2023.n00000000"} if row["id"] == figure["id"] else row
            for row in found
            if row["id"] != figure["equals"]
        ],
    )
    edit(theirs, "claims", first({"id": "park2023.c00000000"}))
    done = yinzheng("import", str(theirs), cwd=ours)

    assert f"refers to {figure['equals']}, which is not here" in done.stderr
    assert "refers to park2023.n00000000" in done.stderr
    assert next(row for row in rows(ours, "figures") if row["id"] == figure["id"])["equals"] is None
    assert len(rows(ours, "claims")) == len(rows(theirs, "claims"))
    assert "park2023.c00000000" not in {row["id"] for row in rows(ours, "claims")}
    assert yinzheng("check", cwd=ours).returncode == 0


def test_an_edition_that_is_not_here_is_told(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    edit(theirs, "figures", first({"edition": "digest-fr"}))
    done = yinzheng("import", str(theirs), cwd=ours)

    assert "1 left out" in done.stdout
    assert "no edition 'digest-fr' here" in done.stderr


def test_a_dry_run_writes_nothing(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    edit(theirs, "entities", relabel)
    before = state(ours)

    assert "dry run" in run(ours, "import", str(theirs), "--dry-run")
    assert state(ours) == before


@pytest.mark.parametrize("edition", ["digest-en", "digest-zh", "zh"])
def test_csv_comes_back_as_the_same_records(demo: Path, edition: str) -> None:
    (demo / "out.csv").write_bytes(run(demo, "export", f"park2023/{edition}", "--to", "csv").encode())
    before = state(demo)
    run(demo, "import", "out.csv", "--from", "csv")
    assert state(demo) == before

    for name in ("claims", "entities", "figures"):
        edit(demo, name, lambda found: [row for row in found if row["edition"] != edition])
    run(demo, "import", "out.csv", "--from", "csv")
    assert {name: sorted(text.split("\n")) for name, text in state(demo).items()} == {
        name: sorted(text.split("\n")) for name, text in before.items()
    }


def test_no_cell_is_a_formula() -> None:
    for text in ("=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "'=1"):
        assert cell(text).startswith("'")


def test_what_is_no_import_says_so(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("text")
    for arguments, message in (
        (["x.txt"], "--from"),
        (["x.txt", "--from", "csv"], "type"),
    ):
        done = yinzheng("import", *arguments, cwd=demo)
        assert done.returncode == 1
        assert message in done.stderr
        assert "Traceback" not in done.stderr


def test_a_workspace_reads_what_was_merged(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    edit(theirs, "entities", relabel)
    run(ours, "import", str(theirs))

    assert len(Workspace(ours).annotations("park2023", "entity", status=None)) == len(rows(ours, "entities"))


def waiting(folder: Path) -> list[Row]:
    return [json.loads(line) for line in run(folder, "review", "--to", "jsonl").split("\n") if line]


def test_what_several_people_say_waits_one_after_another(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    for label, by in (("PRODUCT", "B"), ("LAW", "C")):
        edit(theirs, "entities", first({"label": label, "by": by}))
        assert "1 in conflict" in run(ours, "import", str(theirs))
    seen = []
    while items := waiting(ours):
        [item] = items
        seen.append(str(item["new"]).split(",")[0])
        run(ours, "review", "--set", "rejected", str(item["id"]))

    assert seen == ["label PRODUCT", "label LAW"]
    assert "1 decided here" in run(ours, "import", str(theirs))
    run(ours, "review", "--undo")
    assert [str(item["new"]).split(",")[0] for item in waiting(ours)] == ["label LAW"]


def test_marking_the_same_words_decides_nothing_of_what_another_says(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    note = next(row for row in rows(ours, "entities") if row["edition"] == "digest-en" and row["label"] == "GPE")
    run(ours, "review", "--set", "rejected", str(note["id"]))
    label = {"label": "ORG", "by": "C"}
    edit(theirs, "entities", lambda found: [{**row, **label} if row["id"] == note["id"] else row for row in found])
    assert "1 in conflict" in run(ours, "import", str(theirs))
    before = state(ours)
    quote = ("--quote", str(note["text"]), "--nth", "1", "--entity", "FAC")
    done = yinzheng("mark", str(note["paragraph"]), *quote, cwd=ours)

    assert (done.returncode, state(ours)) == (1, before)
    assert "what another person says of these words waits; decide that first" in done.stderr


def test_what_a_decision_put_away_is_not_asked_again(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    id = str(rows(ours, "entities")[0]["id"])
    edit(theirs, "entities", first({"label": "LAW", "by": "C"}))
    third = Path(f"{theirs}-third")
    shutil.copytree(ours, third)
    edit(ours, "entities", first({"note": "more than the third says"}))
    run(ours, "import", str(theirs))
    run(ours, "review", "--set", "accepted", id)
    assert "1 decided here" in run(ours, "import", str(third))

    assert waiting(ours) == []
    run(ours, "review", "--undo")
    assert [item["id"] for item in waiting(ours)] == [id]
    assert "1 decided here" in run(ours, "import", str(theirs)) or waiting(ours)


@pytest.mark.parametrize("name", ["entities", "names"])
@pytest.mark.parametrize("way", ["import", "review", "mark"])
def test_no_line_is_lost_where_an_id_stands_twice(pair: tuple[Path, Path], name: str, way: str) -> None:
    """As git leaves two people's files that it joined with merge=union."""
    ours, theirs = pair
    edit(ours, name, lambda found: [*found, {**found[0], "note": "ours"}])
    edit(theirs, "figures", lambda found: found[1:])
    before = state(ours)
    id = str(rows(ours, "figures")[0]["id"])
    arguments = {
        "import": (str(theirs),), "review": ("--set", "rejected", id),
        "mark": ("park2023/digest-en:12", "--quote", "the", "--nth", "1", "--entity", "TERM"),
    }  # fmt: skip
    done = yinzheng(way, *arguments[way], cwd=ours)

    assert (done.returncode, state(ours)) == (1, before)
    assert f"{rows(ours, name)[0]['id']} stands twice; keep one line of each" in done.stderr


def test_an_entity_without_its_words_has_them_from_the_text(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    kept = rows(ours, "entities")
    edit(theirs, "entities", lambda found: [{**row, "text": None} for row in found])
    edit(ours, "entities", lambda found: [row for row in found if row["edition"] == "zh"])
    run(ours, "import", str(theirs))

    assert rows(ours, "entities") == kept
    assert run(ours, "check") == ""


def test_the_last_decision_is_the_one_taken_back(pair: tuple[Path, Path]) -> None:
    ours, _ = pair
    figures = rows(ours, "figures")
    by_edition = {str(row["edition"]): str(row["id"]) for row in figures}
    for order in (list(by_edition), list(by_edition)[::-1]):
        for edition in order:
            run(ours, "review", "--set", "rejected", by_edition[edition])
        for edition in order[::-1]:
            done = yinzheng("review", "--undo", cwd=ours)
            assert f"taken back: {by_edition[edition]} " in done.stderr
    assert rows(ours, "figures") == figures


def test_only_the_new_line_is_new(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    whole = state(ours)
    for name, at in (("claims", 20), ("entities", 900), ("figures", 150)):
        edit(ours, name, lambda found, at=at: found[:at] + found[at + 1 :])  # type: ignore[misc]
    run(ours, "import", str(theirs))

    assert state(ours) == whole


def test_what_refers_to_nothing_is_left_out_once(pair: tuple[Path, Path]) -> None:
    """Also of what waits, and a second time it is as here."""
    ours, theirs = pair
    claim = next(row for row in rows(theirs, "claims") if row["evidence"])
    gone = {**claim, "evidence": [*claim["evidence"], "park2023.e00000000"], "speaker": "park2023.n00000000"}  # type: ignore[misc]
    other = "causal" if claim["label"] != "causal" else "evaluative"
    edit(
        theirs, "claims", lambda found: [{**gone, "label": other} if row["id"] == claim["id"] else row for row in found]
    )
    done = yinzheng("import", str(theirs), cwd=ours)

    assert "refers to park2023.e00000000, which is not here" in done.stderr
    assert "1 in conflict" in done.stdout
    run(ours, "review", "--set", "accepted", str(claim["id"]))
    assert run(ours, "check") == ""
    again = state(ours)
    run(ours, "import", str(theirs))
    assert state(ours) == again


def test_evidence_in_another_edition_comes_in_with_it(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    entity = next(row for row in rows(ours, "entities") if row["edition"] == "digest-en")
    claim = next(row for row in rows(ours, "claims") if row["edition"] == "zh")
    linked = {**claim, "evidence": [entity["id"]]}
    edit(theirs, "claims", lambda found: [linked if row["id"] == claim["id"] else row for row in found])
    edit(ours, "claims", lambda found: [row for row in found if row["id"] != claim["id"]])
    edit(ours, "entities", lambda found: [row for row in found if row["id"] != entity["id"]])
    run(ours, "import", str(theirs))

    assert linked in rows(ours, "claims")


def test_a_gloss_that_we_did_not_write_is_taken(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    edit(ours, "claims", first({"gloss_zh": "甲說", "gloss_en": None}))
    edit(theirs, "claims", first({"gloss_zh": None, "gloss_en": "B's words"}))
    printed = run(ours, "import", str(theirs))

    assert "1 with a note or gloss from there" in printed
    assert (rows(ours, "claims")[0]["gloss_zh"], rows(ours, "claims")[0]["gloss_en"]) == ("甲說", "B's words")
    run(theirs, "import", str(ours))
    assert rows(theirs, "claims") == rows(ours, "claims")


def test_words_that_moved_are_found(pair: tuple[Path, Path]) -> None:
    """Their text is an older or a newer one: the words lead, if they stand once in the paragraph."""
    ours, theirs = pair
    whole = rows(ours, "figures")
    at = next(n for n, row in enumerate(whole) if row["edition"] == "digest-en" and row["label"] == "MONEY")
    moved = {**whole[at], "letter_start": whole[at]["letter_start"] + 2, "letter_end": whole[at]["letter_end"] + 2}  # type: ignore[operator]
    edit(theirs, "figures", lambda found: [moved if row["id"] == moved["id"] else row for row in found])
    edit(ours, "figures", lambda found: [row for row in found if row["id"] != moved["id"]])
    run(ours, "import", str(theirs))

    assert rows(ours, "figures") == whole


def test_two_people_of_one_name_stay_two() -> None:
    def name(id: str, wikidata: str | None, **more: str) -> Name:
        return Name(
            id=id, label="PERSON", zh_hant="李娜", zh_hans=None, en=more.get("en"), en_source=None, abbr=None, aka=(),
            wikidata=wikidata, note=None,
        )  # fmt: skip

    ours = [name("w.n1", "Q10560"), name("w.n2", "Q230160")]
    same, called, _ = combined(ours, [name("w.n9", "Q10560", en="Li Na")])
    assert (called, [one.en for one in same]) == ({"w.n9": "w.n1"}, ["Li Na", None])

    three, called, _ = combined(ours, [name("w.n1", "Q999")])  # their first Li Na is a third
    assert len(three) == 3
    assert called["w.n1"] not in ("w.n1", "w.n2")
    assert combined(three, [name("w.n1", "Q999")])[:2] == (three, called)

    _, called, told = combined(ours, [name("w.n7", None)])
    assert called == {"w.n7": "w.n1"}
    assert "may be any of w.n1, w.n2" in told[0]


def test_two_names_of_theirs_are_two() -> None:
    name = Name(
        id="w.n1", label="PERSON", zh_hant="李娜", zh_hans=None, en=None, en_source=None, abbr=None, aka=(), wikidata=None,
        note=None,
    )  # fmt: skip
    other = replace(name, id="w.n2", note="the athlete")
    known, called, _ = combined([name], [name, other])

    assert (known, called) == ([name, other], {"w.n1": "w.n1", "w.n2": "w.n2"})


SUMS = "2009年付3億元，2010年付3億元，2011年付3億元。"


@pytest.fixture
def twins(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two people's workspaces; ours has a newer text, in which a sum more stands before the others."""
    for text in (SUMS, f"2008年付3億元，{SUMS}"):
        (empty / "sums.txt").write_text(f"帳目\n\n{text}守塔人每天點燈，議會每年付他薪水。\n", encoding="utf-8")
        if text == SUMS:
            run(empty, "add", "sums.txt", "--work", "sums")
            for year, quote in enumerate(("3億元",) * 3, 1):
                run(empty, "mark", "sums:1", "--quote", quote, "--nth", str(year), "--figure", "MONEY")
            other = tmp_path_factory.mktemp("colleague")
            shutil.copytree(empty, other, dirs_exist_ok=True)
        else:
            run(empty, "add", "sums.txt", "--work", "sums", "--revise")
    return empty, other


def sums(folder: Path) -> list[Row]:
    return rows(folder, "figures", "sums")


def second(found: list[Row]) -> list[Row]:
    """What B says of the second sum."""
    return [{**row, "value": 4e8, "by": "B"} if at == 1 else row for at, row in enumerate(found)]


@pytest.mark.parametrize("way", ["folder", "csv", "w3c", "brat", "doccano", "label-studio"])
def test_of_the_same_words_in_another_text_none_is_guessed(twins: tuple[Path, Path], way: str) -> None:
    ours, theirs = twins
    edit(theirs, "figures", lambda found: [{**row, "note": f"sum {at}"} for at, row in enumerate(found)], "sums")
    assert [row["letter_start"] for row in sums(theirs)] == [6, 15, 24]
    assert [row["letter_start"] for row in sums(ours)] == [15, 24, 33]
    if way == "folder":
        run(ours, "import", str(theirs))
    else:
        out = str(theirs / ("out" if way in ("brat", "label-studio") else f"out.{way}"))
        run(theirs, "export", "sums", "--to", way, "--with-local-text", "-o", out)
        run(ours, "import", out, "--from", way)
        for item in waiting(ours):
            run(ours, "review", "--set", "accepted", str(item["id"]))

    assert [row["note"] for row in sums(ours)] == ["sum 0", "sum 1", "sum 2"]
    assert [row["id"] for row in sums(ours)] == [row["id"] for row in sums(theirs)]
    assert run(ours, "check") == ""


def test_what_another_says_does_not_come_back_as_ours(twins: tuple[Path, Path]) -> None:
    ours, theirs = twins
    edit(theirs, "figures", second, "sums")
    assert "1 in conflict" in run(ours, "import", str(theirs))
    before = sums(ours)
    text = (ours / "sums.txt").read_text("utf-8")
    (ours / "new.txt").write_text(text.replace("2010年付3億元", "2010年付5億元"), encoding="utf-8")
    run(ours, "add", "new.txt", "--work", "sums", "--revise")
    run(ours, "review", "--set", "rejected", str(before[1]["id"]))
    run(ours, "add", "sums.txt", "--work", "sums", "--revise")

    assert all(row["by"] != "B" for row in sums(ours))
    assert run(ours, "check") == ""


def test_a_decision_is_taken_back_where_the_words_are_now(twins: tuple[Path, Path]) -> None:
    ours, _ = twins
    id = str(sums(ours)[0]["id"])
    run(ours, "review", "--set", "rejected", id)
    text = (ours / "sums.txt").read_text("utf-8")
    (ours / "new.txt").write_text(text.replace("2008年", "據查，2008年"), encoding="utf-8")
    run(ours, "add", "new.txt", "--work", "sums", "--revise")
    run(ours, "review", "--undo")

    assert (sums(ours)[0]["status"], sums(ours)[0]["letter_start"]) == ("accepted", 17)
    assert run(ours, "check") == ""


@pytest.mark.parametrize("decided", [False, True])
def test_two_marks_born_at_one_place_of_two_states_are_two(twins: tuple[Path, Path], decided: bool) -> None:
    """Their id is ours, on other words."""
    ours, theirs = twins
    text = "守塔人於某年領到薪水，議會每年檢查燈塔的帳目與燈油的存量。"
    for folder, whole in ((theirs, text), (ours, text), (ours, f"據說{text}")):
        (folder / "pay.txt").write_text(whole, encoding="utf-8")
        run(folder, "add", "pay.txt", "--work", "pay", *(["--revise"] if whole[0] == "據" else []))
    run(theirs, "mark", "pay:1", "--quote", "於某年", "--figure", "DATE", "--edtf", "19XX")
    run(ours, "mark", "pay:1", "--quote", "塔人於", "--figure", "DATE", "--edtf", "18XX")
    [mine], [their] = rows(ours, "figures", "pay"), rows(theirs, "figures", "pay")
    assert (mine["id"], mine["letter_start"]) == (their["id"], 3)
    if decided:
        run(ours, "review", "--set", "rejected", str(mine["id"]))
    assert "1 new" in run(ours, "import", str(theirs / "annotations" / "pay"))

    assert [(row["text"], row["edtf"]) for row in rows(ours, "figures", "pay")] == [
        ("塔人於", "18XX"),
        ("於某年", "19XX"),
    ]
    assert run(ours, "check") == ""
    before = state(ours)
    run(ours, "import", str(theirs / "annotations" / "pay"))
    assert state(ours) == before


def test_our_own_record_outside_of_its_paragraph_is_no_traceback(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    edit(ours, "entities", first({"letter_end": 99999}))
    done = yinzheng("import", str(theirs), cwd=ours)

    assert "Traceback" not in done.stderr


def test_a_decided_conflict_is_not_asked_again_after_a_revision(twins: tuple[Path, Path]) -> None:
    ours, theirs = twins
    edit(theirs, "figures", second, "sums")
    run(ours, "import", str(theirs))
    run(ours, "review", "--set", "rejected", str(sums(ours)[1]["id"]))
    text = (ours / "sums.txt").read_text("utf-8")
    (ours / "new.txt").write_text(text.replace("2008年", "據查，2008年"), encoding="utf-8")
    run(ours, "add", "new.txt", "--work", "sums", "--revise")

    assert "conflict" not in run(ours, "import", str(theirs))


def test_a_work_that_is_not_here_stops_no_other(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    shutil.copytree(theirs / "annotations" / "park2023", theirs / "annotations" / "another")
    for path in (theirs / "annotations" / "another").glob("*.jsonl"):
        path.write_text(path.read_text("utf-8").replace("park2023", "another"), "utf-8")
    (theirs / "annotations" / "empty").mkdir()
    (theirs / "annotations" / "empty" / "claims.jsonl").write_text("")
    done = yinzheng("import", str(theirs), cwd=ours)

    assert "another is no work here" in done.stderr
    assert done.stdout.startswith("park2023  ")
    assert done.returncode == 0


def csv_file(folder: Path, header: str, *lines: str, encoding: str = "utf-8") -> str:
    (folder / "new.csv").write_bytes("".join(f"{line}\r\n" for line in (header, *lines)).encode(encoding))
    return "new.csv"


@pytest.mark.parametrize(("comma", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_a_row_that_a_person_writes_is_a_whole_record(demo: Path, comma: str, encoding: str) -> None:
    entity = next(row for row in rows(demo, "entities") if row["edition"] == "digest-en")
    edit(demo, "entities", lambda found: [row for row in found if row["id"] != entity["id"]])
    columns = ["paragraph", "type", "label", "start", "end", "status", "letter_start"]
    cells = [entity["paragraph"], "entity", entity["label"], f"{entity['start']}.0", entity["end"], "", ""]
    file = csv_file(demo, comma.join(columns), comma.join(map(str, cells)), encoding=encoding)
    run(demo, "import", file, "--from", "csv")
    new = next(row for row in rows(demo, "entities") if row["id"] == entity["id"])

    assert {**new, "by": entity["by"], "created": entity["created"], "name": entity["name"]} == entity
    assert run(demo, "check") == ""


@pytest.mark.parametrize(
    ("column", "cell"), [("status", "foo"), ("value", "nan"), ("value", "1e999"), ("approx", "maybe"), ("bound", "xyz")]
)
def test_a_cell_that_is_no_value_is_told_with_its_row(demo: Path, column: str, cell: str) -> None:
    figure = next(row for row in rows(demo, "figures") if row["edition"] == "digest-en")
    before = state(demo)
    file = csv_file(
        demo, f"paragraph,type,label,start,end,{column}",
        f"{figure['paragraph']},figure,{figure['label']},{figure['start']},{figure['end']},{cell}",
    )  # fmt: skip
    done = yinzheng("import", file, "--from", "csv", cwd=demo)

    assert done.returncode == 1
    assert f"new.csv:2: column '{column}': '{cell}' is none of a figure" in done.stderr
    assert state(demo) == before


@pytest.mark.parametrize(
    "said", [{"edtf": "2009/6"}, {"duration": "ten years"}, {"value": None, "min": 2.0, "max": 1.0}]
)
def test_values_that_are_none_are_told_and_stay_out(pair: tuple[Path, Path], said: Row) -> None:
    mine, theirs = pair
    edit(theirs, "figures", first({**said, "status": "accepted"}))
    before = state(mine)
    done = yinzheng("import", str(theirs), cwd=mine)

    assert (done.returncode, done.stdout.count("1 left out")) == (0, 1)
    assert "is no" in done.stderr or "are no range" in done.stderr
    assert state(mine) == before


def test_a_column_that_is_not_there_says_nothing(demo: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(run(demo, "export", "park2023/digest-en", "--to", "csv").lstrip("\ufeff"))))
    kept = ["id", "paragraph", "type", "label", "status", "start", "end", "context"]
    with (demo / "less.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, kept, extrasaction="ignore")
        table.writeheader()
        table.writerows(lines)
        file.write(",,,,,,,\r\n")
    before = state(demo)
    run(demo, "import", "less.csv", "--from", "csv")

    assert state(demo) == before


def test_a_payer_that_is_no_name_here_is_told(demo: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(run(demo, "export", "park2023/digest-en", "--to", "csv").lstrip("\ufeff"))))
    figure = next(line for line in lines if line["type"] == "figure")
    figure["payer"] = "the Keelung Bank"
    with (demo / "payer.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, list(lines[0]))
        table.writeheader()
        table.writerows(lines)
    before = state(demo)
    done = yinzheng("import", "payer.csv", "--from", "csv", cwd=demo)

    assert f"{figure['id']}: refers to the Keelung Bank, which is not here; that is left out" in done.stderr
    assert state(demo) == before


@pytest.mark.parametrize(("column", "cell"), [("id", "park2023.f00000000"), ("edition", "zh")])
def test_a_changed_id_or_edition_is_told(demo: Path, column: str, cell: str) -> None:
    lines = list(csv.DictReader(io.StringIO(run(demo, "export", "park2023/digest-en", "--to", "csv").lstrip("\ufeff"))))
    with (demo / "other.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, list(lines[0]))
        table.writeheader()
        table.writerows([{**lines[0], column: cell}, *lines[1:]])
    before = state(demo)
    done = yinzheng("import", "other.csv", "--from", "csv", "--work", "park2023", cwd=demo)

    assert "another id or edition of what stands here is not taken: its place says which it is" in done.stderr
    assert "× another id" not in done.stderr
    assert state(demo) == before


def test_a_suggestion_edited_in_a_table_is_what_it_became(demo: Path) -> None:
    edit(demo, "figures", lambda found: [{**row, "status": "suggested"} for row in found])
    figure = next(row for row in rows(demo, "figures") if row["edition"] == "digest-en" and row["label"] == "MONEY")
    place = f"{figure['paragraph']},figure,MONEY,{figure['start']},{figure['end']}"
    file = csv_file(demo, "paragraph,type,label,start,end,status,note,value", f"{place},suggested,looks right,5")
    assert "1 decided there" in run(demo, "import", file, "--from", "csv")
    now = next(row for row in rows(demo, "figures") if row["id"] == figure["id"])
    assert now == {**figure, "note": "looks right", "value": 5.0}

    for odd in ('"30,000"', "1 000"):
        file = csv_file(demo, "paragraph,type,label,start,end,value", f"{place},{odd}")
        done = yinzheng("import", file, "--from", "csv", cwd=demo)
        assert f"column 'value': {odd.strip(chr(34))!r} is none of a figure" in done.stderr
    file = csv_file(demo, "paragraph;type;label;start;end;value", f"{place.replace(',', ';')};30,5")
    run(demo, "import", file, "--from", "csv")
    assert next(row for row in rows(demo, "figures") if row["id"] == figure["id"])["value"] == 30.5

    file = csv_file(demo, "paragraph,type,label,start,end,text", f"{place},some other words")
    assert "says other words than stand at its place" in yinzheng("import", file, "--from", "csv", cwd=demo).stderr


@pytest.mark.parametrize(
    "row",
    [
        {"text": "half \ud800", "label": []},
        {"text": "a text", "label": [[0, 1, "\ud800"]]},
        {"text": "a text", "label": [[0, 1, "ORG"]], "Comments": ["\udfff"]},
    ],
)
def test_half_a_character_makes_no_half_a_work(empty: Path, row: Row) -> None:
    (empty / "odd.jsonl").write_text(json.dumps(row) + "\n")
    done = yinzheng("import", "odd.jsonl", "--from", "doccano", "--work", "odd", cwd=empty)

    assert "Traceback" not in done.stderr
    if done.returncode:
        assert not (empty / "corpus" / "odd").exists()


HALF = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listPerson>
<person xml:id="nw.n12345678" ana="#PERSON"><persName xml:lang="en">a%s</persName></person></listPerson></standOff>
<text><body><p>Sony</p></body></text></TEI>"""


def test_a_name_is_checked_before_anything_is_written(empty: Path) -> None:
    (empty / "n.xml").write_text(HALF % "_xD800_", encoding="utf-8")
    run(empty, "import", "n.xml", "--from", "tei", "--work", "nw")
    assert rows(empty, "names", "nw")[0]["en"] == "a_xD800_"

    name = Name(
        id="w.n1", label="PERSON", zh_hant=None, zh_hans=None, en="half \ud800", en_source=None, abbr=None, aka=(),
        wikidata=None, note=None,
    )  # fmt: skip
    with pytest.raises(YinzhengError, match="x: column 'en'"):
        checked([Document(name="x", text="Sony", spans=(), names=(name,))])


def test_a_new_work_comes_in_whole_or_not_at_all(empty: Path) -> None:
    (empty / "x.jsonl").write_text('{"text": "Sony paid.", "label": [[0, 4, "ORG"]]}\n')
    done = run(empty, "import", "x.jsonl", "--from", "doccano", "--work", "new", "--dry-run")
    assert "1 new (dry run" in done
    assert state(empty) == {}
    # what follows the text cannot be written: the text does not come in either
    (empty / "annotations" / "new").write_text("a file where a folder must be")
    assert yinzheng("import", "x.jsonl", "--from", "doccano", "--work", "new", cwd=empty).returncode == 1
    assert not (empty / "corpus" / "new" / "work.toml").exists()
    (empty / "annotations" / "new").unlink()
    run(empty, "import", "x.jsonl", "--from", "doccano", "--work", "new")
    assert rows(empty, "entities", "new")[0]["text"] == "Sony"


def test_hidden_files_and_ids_of_others_are_no_work(empty: Path) -> None:
    folder = empty / "in"
    (folder / ".git").mkdir(parents=True)
    for name in (".DS_Store", ".git/x.conll"):
        (folder / name).write_bytes(b"\0\xff")
    assert "an empty folder" in yinzheng("import", "in", "--from", "conll", cwd=empty).stderr
    (folder / "x.conll").write_text("# newpar id = p1\n長 B-GPE\n城 I-GPE\n\n")
    assert "which work is this about?" in yinzheng("import", "in", "--from", "conll", cwd=empty).stderr
    assert "1 new" in run(empty, "import", "in", "--from", "conll", "--work", "wall")


SENTENCE = "議會每年撥款給守塔人用於購置燈油和修繕燈塔"
LONG = "議會最終在某年以多數票通過撥款，其中三成用於購置發電機並保障全島航行"
ENGLISH = "The council voted money for the keepers of the lamps every year"


@pytest.mark.parametrize(
    ("way", "sentence", "label"),
    [
        ("mark", SENTENCE, "TERM"), ("folder", SENTENCE, "TERM"), ("doccano", SENTENCE, "Premise"),
        ("mark", SENTENCE, "ORG"), ("folder", SENTENCE, "ORG"), ("doccano", SENTENCE, "EVENT"),
        ("mark", LONG, "PERSON"), ("folder", LONG, "GPE"), ("doccano", LONG, "MONEY"), ("mark", ENGLISH, "ORG"),
    ],
)  # fmt: skip
def test_no_sentence_of_a_local_text_comes_into_a_record(empty: Path, way: str, sentence: str, label: str) -> None:
    """A sentence marked as a term or name would be in git (promise 4)."""
    text = f"{sentence}. A keeper lit them." if sentence.isascii() else f"{sentence}。守塔人每天點燈。"
    word = "keeper" if sentence.isascii() else "守塔人"
    (empty / "a.txt").write_text(f"帳目\n\n{text}\n", encoding="utf-8")
    run(empty, "add", "a.txt", "--work", "lamp", "--edition", "own")
    run(empty, "mark", "lamp:1", "--quote", word, "--nth", "1", "--entity", "TERM")
    [term] = rows(empty, "entities", "lamp")
    end = len(sentence)
    if way == "mark":
        done = yinzheng("mark", "lamp:1", "--quote", sentence, "--entity", label, cwd=empty)
    elif way == "doccano":
        (empty / "x.jsonl").write_text(json.dumps({"text": text, "label": [[0, end, label]]}))
        done = yinzheng("import", "x.jsonl", "--from", "doccano", "--work", "lamp", cwd=empty)
    else:
        shutil.copytree(empty, Path(f"{empty}-other"))
        form = letters(sentence).text
        place = {"start": 0, "end": end, "letter_start": 0, "letter_end": len(form)}
        other = {**term, **place, "text": sentence, "label": label, "hash": keyed_hash("lamp", "own", form, 8)}
        edit(Path(f"{empty}-other"), "entities", lambda found: [*found, {**other, "id": "lamp.e00000000"}], "lamp")
        assert "must not stand here" in yinzheng("check", cwd=Path(f"{empty}-other")).stdout
        done = yinzheng("import", str(Path(f"{empty}-other")), cwd=empty)

    assert "a sentence of a text that is local is no name" in done.stderr
    assert rows(empty, "entities", "lamp") == [term]
    assert not any(sentence in text for name, text in state(empty).items() if "/local/" not in name)


@pytest.mark.parametrize("column", ["zh_hant", "zh_hans", "en", "aka"])
def test_no_form_of_a_name_is_a_sentence(pair: tuple[Path, Path], column: str) -> None:
    ours, theirs = pair
    new = {"id": "park2023.n00000009", column: [LONG] if column == "aka" else LONG}
    edit(theirs, "names", lambda found: [*found, {**found[0], "wikidata": None, **new}])
    before = state(ours)
    done = yinzheng("import", str(theirs), cwd=ours)

    assert "a sentence of a text that is local is no name" in done.stderr
    assert state(ours) == before
    assert "a form as long as a sentence" in yinzheng("check", cwd=theirs).stdout


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("WORK_OF_ART", "救救孩子！近代中國童工問題與國際輿論研究"), ("WORK_OF_ART", "誰來守護海上的燈塔？一座島嶼的命運與漁民"),
        ("LAW", "關於在全島各處重建燈塔、購置發電機以及保障航行安全若干問題的暫行規定"), ("ORG", "海島燈塔管理委員會下屬技術研究所發電機實驗室"),
        ("EVENT", "第三屆海島燈塔守護者代表大會"), ("TERM", "燈塔"), ("MONEY", "十二萬三千四百五十六元"),
    ],
)  # fmt: skip
def test_titles_and_names_of_a_local_text_are_facts(empty: Path, label: str, words: str) -> None:
    (empty / "a.txt").write_text(f"帳目\n\n守塔人讀過《{words}》。\n", encoding="utf-8")
    run(empty, "add", "a.txt", "--work", "lamp")
    run(empty, "mark", "lamp:1", "--quote", words, f"--{'figure' if label == 'MONEY' else 'entity'}", label)

    assert run(empty, "check") == ""


def test_what_was_taken_out_in_the_tool_is_told(demo: Path) -> None:
    lines = run(demo, "export", "park2023/digest-en", "--to", "csv").split("\n")
    (demo / "out.csv").write_text("\n".join(lines[:3] + lines[4:]), encoding="utf-8")
    before = state(demo)
    done = yinzheng("import", "out.csv", "--from", "csv", cwd=demo)

    assert "1 of these paragraphs' annotations stand here and not in the file; they stay" in done.stderr
    assert state(demo) == before


def test_ids_of_another_s_paragraphs_do_not_keep_annotations_out(empty: Path) -> None:
    (empty / "x.conll").write_text("# newpar id = p1\n長 B-GPE\n城 I-GPE\n在 O\n北 O\n方 O\n\n")
    printed = run(empty, "import", "x.conll", "--from", "conll", "--work", "wall")

    assert "1 new" in printed
    [path] = (empty / "annotations").glob("*/entities.jsonl")
    assert json.loads(path.read_text("utf-8"))["text"] == "長城"


@pytest.mark.parametrize("to", ["csv", "doccano", "conllu"])
def test_a_file_with_the_text_needs_none_here(article: Path, pair: tuple[Path, Path], to: str) -> None:
    ours, theirs = pair
    yinzheng("add", str(article), cwd=theirs)
    run(theirs, "export", "park2023/zh", "--to", to, "--with-local-text", "-o", f"out.{to}")
    whole = rows(ours, "figures")
    edit(ours, "figures", lambda found: [row for row in found if row["edition"] != "zh"])
    done = yinzheng("import", str(theirs / f"out.{to}"), "--from", to, cwd=ours)

    assert "not here" not in done.stderr
    places = [[(row["id"], row["start"], row["end"]) for row in found] for found in (whole, rows(ours, "figures"))]
    assert sorted(places[0]) == sorted(places[1])
    assert run(ours, "check") == ""
