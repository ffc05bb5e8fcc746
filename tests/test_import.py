"""Two people's work combined, and what comes back from other tools: by id, idempotent, nothing decided over."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import yinzheng
from yinzheng.exchanging.csv import cell
from yinzheng.workspace import Workspace

Row = dict[str, object]


def run(folder: Path, *arguments: str) -> str:
    done = yinzheng(*arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(folder: Path, name: str) -> list[Row]:
    path = folder / "annotations" / "park2023" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def edit(folder: Path, name: str, change: Callable[[list[Row]], list[Row]]) -> None:
    path = folder / "annotations" / "park2023" / f"{name}.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in change(rows(folder, name))]
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
