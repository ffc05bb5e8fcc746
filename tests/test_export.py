"""Annotations in the forms of other tools: what goes out, what does not, and what is told."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from conftest import ROOT, yinzheng
from yinzheng.exchanging import FORMS
from yinzheng.workspace import Workspace


def export(folder: Path, *arguments: str) -> tuple[str, str]:
    done = yinzheng("export", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_has_a_row_for_every_annotation_with_what_a_person_reads(demo: Path) -> None:
    rows = table(export(demo, "park2023/digest-en", "--to", "csv")[0])
    workspace = Workspace(demo)
    notes = {
        note.id
        for kind in ("claim", "entity", "figure")
        for note in workspace.annotations("park2023", kind, "digest-en")
    }

    assert {row["id"] for row in rows} == notes
    assert all(row["context"][int(row["start"]) : int(row["end"])].startswith(row["text"][:1]) for row in rows)
    ministry = next(row for row in rows if row["name_en"] == "Ministry of Economy, Trade, and Industry")
    assert ministry["name_zh"]
    assert int(ministry["number"]) > 0


def test_a_text_that_is_not_ours_stays_here(article: Path, demo: Path) -> None:
    yinzheng("add", str(article), cwd=demo)
    without = table(export(demo, "park2023/zh", "--to", "csv")[0])
    with_text = table(export(demo, "park2023/zh", "--to", "csv", "--with-local-text")[0])
    digest = table(export(demo, "park2023", "--to", "csv", "--with-local-text")[0])
    assert {row["section_title"] for row in digest if row["edition"] == "digest-en"} <= {
        row["section_title"] for row in with_text
    }
    assert sum(bool(row["section_title"]) for row in digest if row["edition"] == "digest-en") > 100

    assert all(row["context"] == "" for row in without)
    assert all(row["context"][int(row["start"]) : int(row["end"])] for row in with_text)


def test_parquet_is_a_folder(demo: Path, tmp_path: Path) -> None:
    export(demo, "park2023", "--to", "parquet", "-o", str(tmp_path / "out"))

    assert pq.read_table(tmp_path / "out" / "figures.parquet").num_rows == 199
    done = yinzheng("export", "park2023", "--to", "parquet", cwd=demo)
    assert done.returncode == 1
    assert "--output FOLDER" in done.stderr


@pytest.mark.parametrize("arguments", [["nobody", "--to", "csv"], ["park2023/xx", "--to", "csv"]])
def test_what_is_not_there_is_an_error(demo: Path, arguments: list[str]) -> None:
    done = yinzheng("export", *arguments, cwd=demo)

    assert done.returncode == 1
    assert done.stdout == ""


@pytest.mark.parametrize("of", ["work/edition:12", "id of a paragraph", "id of a claim"])
def test_a_paragraph_is_no_edition(demo: Path, of: str) -> None:
    claim = Workspace(demo).annotations("park2023", "claim", "digest-en")[0]
    what = {"work/edition:12": "park2023/digest-en:12", "id of a claim": claim.id}.get(of, claim.paragraph)
    done = yinzheng("export", what, "--to", "csv", cwd=demo)

    assert (done.returncode, done.stdout) == (1, "")
    assert f"whole editions are exported: say park2023/digest-en, not {what}" in done.stderr


def test_the_forms_are_listed() -> None:
    done = yinzheng("export", "--list-forms", cwd=ROOT)

    assert all(name in done.stdout for name in FORMS)


@pytest.mark.parametrize(
    "out", ["annotations/park2023/claims.jsonl", "corpus/park2023/work.toml", "corpus/new.csv", "corpus"]
)
def test_the_project_s_own_files_are_no_place_for_it(demo: Path, out: str) -> None:
    before = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}
    done = yinzheng("export", "park2023/digest-en", "--to", "csv", "-o", out, cwd=demo)

    assert done.returncode == 1
    assert "the project keeps its own files there" in done.stderr
    assert {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()} == before
