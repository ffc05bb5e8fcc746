"""The JSONL loads as it is, and as typed columns: in pandas, polars, DuckDB, Arrow, R; and answers real questions."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from conftest import ROOT
from yinzheng import Workspace, jsonl, tables
from yinzheng.errors import YinzhengError
from yinzheng.records import Claim, Figure
from yinzheng.workspace import RECORDS, What

DATA = ROOT / "annotations" / "park2023"
FILES: dict[str, str] = {"claim": "claims", "entity": "entities", "figure": "figures", "name": "names"}
WHATS: tuple[What, ...] = ("claim", "entity", "figure", "paragraph", "name", "link")


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace(ROOT)


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line]


@pytest.mark.parametrize("what", WHATS)
def test_the_columns_are_those_of_the_files(workspace: Workspace, what: What) -> None:
    table = workspace.to_arrow("park2023", what)

    assert table.num_rows > 50
    assert table.schema.names == list(jsonl.columns(RECORDS[what]))
    if what in FILES:
        assert table.to_pylist() == rows(FILES[what])


@pytest.mark.parametrize("what", WHATS)
def test_every_frame_says_the_same(workspace: Workspace, what: What) -> None:
    table = workspace.to_arrow("park2023", what)
    polars, pandas = workspace.to_polars("park2023", what), workspace.to_pandas("park2023", what)

    assert polars.to_dicts() == table.to_pylist()
    assert list(pandas.columns) == table.schema.names
    for name in table.schema.names:
        here = [None if pd.api.types.is_scalar(value) and pd.isna(value) else value for value in pandas[name]]
        assert [list(one) if isinstance(one, np.ndarray) else one for one in here] == table[name].to_pylist()


def test_whole_numbers_stay_whole_where_some_are_missing(workspace: Workspace) -> None:
    frame = workspace.to_pandas("park2023", "paragraph", edition="zh")

    assert str(frame["number"].dtype) == "Int64"
    assert frame["number"].isna().any()


def test_what_is_not_there_is_no_empty_table(workspace: Workspace) -> None:
    with pytest.raises(YinzhengError, match="no edition of park2023 'digest_en'; there is: digest-en"):
        workspace.to_arrow("park2023", "figure", edition="digest_en")
    with pytest.raises(YinzhengError, match="no table 'figures'; there is: figure"):
        workspace.to_arrow("park2023", "figures")  # type: ignore[arg-type]


def test_a_status_that_there_is_not_is_no_empty_table(workspace: Workspace) -> None:
    for status in ("all", "acepted"):
        wanted = f"no status '{status}'; there is: suggested, accepted, rejected, or None for all"
        with pytest.raises(YinzhengError, match=wanted):
            workspace.to_arrow("park2023", "figure", status=status)  # type: ignore[arg-type]
        with pytest.raises(YinzhengError, match=wanted):
            workspace.annotations("park2023", "figure", status=status)  # type: ignore[arg-type]
    with pytest.raises(YinzhengError, match="no table 'claims'; there is: claim"):
        workspace.annotations("park2023", "claims")  # type: ignore[arg-type]


def test_a_choice_that_a_table_does_not_have_is_not_passed_over(workspace: Workspace) -> None:
    for what in ("paragraph", "name", "link"):
        assert workspace.to_arrow("park2023", what, status=None).num_rows > 50
        with pytest.raises(YinzhengError, match=f"status 'rejected' chooses among annotations, and a {what} is none"):
            workspace.to_arrow("park2023", what, status="rejected")
    with pytest.raises(YinzhengError, match="names are of a work, and not of an edition"):
        workspace.to_arrow("park2023", "name", edition="zh")
    with pytest.raises(YinzhengError, match="no edition of park2023 'digest_en'; there is: digest-en"):
        workspace.to_arrow("park2023", "link", edition="digest_en")


def test_the_links_of_an_edition_are_those_that_lead_to_or_from_it(workspace: Workspace) -> None:
    rows = workspace.to_arrow("park2023", "link").to_pylist()
    for edition in ("zh", "digest-zh", "digest-en"):
        own = {one.id for one in workspace.paragraphs("park2023", edition)}
        wanted = [row for row in rows if row["source"] in own or row["target"] in own]
        assert workspace.to_arrow("park2023", "link", edition=edition).to_pylist() == wanted
        assert len(wanted) > 50
    assert len(wanted) < len(rows)


def test_no_record_still_has_typed_columns() -> None:
    table = tables.arrow([], Figure)

    assert str(table.schema.field("value").type) == "double"
    assert str(table.schema.field("value_list").type) == "list<item: double>"
    assert tables.pandas_frame(table).empty
    assert tables.polars_frame(tables.arrow([], Claim)).height == 0


def test_parquet_gives_the_records_back(workspace: Workspace) -> None:
    table = workspace.to_arrow("park2023", "figure")

    assert pq.read_table(io.BytesIO(tables.parquet(table))).equals(table)


@pytest.mark.parametrize("name", FILES.values())
def test_the_files_load_as_they_are(name: str) -> None:
    path = DATA / f"{name}.jsonl"
    expected = rows(name)

    assert pl.read_ndjson(path, infer_schema_length=None).height == len(expected)
    assert len(pd.read_json(path, lines=True, dtype_backend="numpy_nullable")) == len(expected)
    assert duckdb.execute(f"select count(*) from '{path}'").fetchall() == [(len(expected),)]
    ids = duckdb.execute(f"select id from read_json('{path}', sample_size=-1)").fetchall()
    assert [one for (one,) in ids] == [row["id"] for row in expected]


def test_hugging_face_datasets_load_them(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets", reason="datasets is not installed")
    loaded = datasets.load_dataset("json", data_files=str(DATA / "figures.jsonl"), cache_dir=str(tmp_path))["train"]

    assert loaded["id"] == [row["id"] for row in rows("figures")]


def test_r_loads_them() -> None:
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    code = (
        f'd <- jsonlite::stream_in(file("{DATA}/figures.jsonl"), verbose=FALSE); cat(nrow(d), sum(d$label == "MONEY"))'
    )
    run = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True)
    if "no package called" in run.stderr:
        pytest.skip("R has no jsonlite")

    money = sum(row["label"] == "MONEY" for row in rows("figures"))
    assert run.stdout == f"{len(rows('figures'))} {money}", run.stderr
