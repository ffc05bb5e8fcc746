"""What describes the data to other programs is true: made of the records, valid, and the files are as it says."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable
from fnmatch import fnmatch
from typing import Any

import frictionless
import pytest
import yaml
from conftest import ROOT
from packages import JSON, croissant, datapackage, files, version


@pytest.mark.parametrize("made", [datapackage, croissant], ids=lambda made: made.__name__)
def test_it_is_made_of_the_records(made: Callable[[], JSON]) -> None:
    path = ROOT / f"{made.__name__}.json"
    text = json.dumps(made(), ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("YINZHENG_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == text


def test_every_file_of_the_data_is_in_it() -> None:
    there = {str(path.relative_to(ROOT)) for path in (ROOT / "annotations").rglob("*.jsonl")}
    there |= {str(path.relative_to(ROOT)) for path in (ROOT / "corpus").glob("*/*.jsonl")}

    assert {path for path, _ in files().values()} == {path for path in there if not path.endswith(".history.jsonl")}


def test_frictionless_finds_the_data_as_the_package_says() -> None:
    report = frictionless.validate(str(ROOT / "datapackage.json"))

    assert report.valid, report.to_summary()
    assert report.stats["tasks"] == len(files())
    rows = {task.name: task.stats["rows"] for task in report.tasks}
    for name, (path, _) in files().items():
        assert rows[name] == (ROOT / path).read_bytes().count(b"\n")


def test_frictionless_sees_what_does_not_fit() -> None:
    package = datapackage()
    wrong = next(one for one in package["resources"] if one["name"] == "figure")
    wrong["schema"]["fields"][0]["type"] = "integer"
    report = frictionless.Package(package, basepath=str(ROOT)).get_resource("figure").validate()

    assert not report.valid


def test_croissant_has_what_its_specification_asks_for() -> None:
    data = croissant()
    must = {"@context", "@type", "name", "description", "license", "conformsTo", "creator", "datePublished"}
    assert must <= data.keys()  # and url, which there is none of yet
    known = {one["@id"] for one in data["distribution"]}
    ids = {field["@id"] for records in data["recordSet"] for field in records["field"]}
    for records in data["recordSet"]:
        for field in records["field"]:
            assert field["source"]["fileObject"]["@id"] in known
            assert field.get("references", {"field": {"@id": "name/id"}})["field"]["@id"] in ids


def test_mlcroissant_reads_it() -> None:
    mlc = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")
    dataset = mlc.Dataset(jsonld=str(ROOT / "croissant.json"))

    assert not dataset.metadata.issues.errors
    rows = list(dataset.records(record_set="name"))
    assert len(rows) == (ROOT / "annotations/park2023/names.jsonl").read_bytes().count(b"\n")


def test_the_citation_file_is_of_this_version() -> None:
    cff: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert cff["cff-version"] == "1.2.0"
    assert cff["version"] == version()
    assert set(project["keywords"]) <= set(cff["keywords"])
    assert {"message", "title", "authors", "abstract", "license", "date-released", "references"} <= cff.keys()
    assert [one["title"] for one in cff["references"]] == [
        "日本技術民族主義的模式演變:從發展導向的產業政策到安全導向的地緣戰略"
    ]


def test_an_editor_finds_the_schema_of_every_file() -> None:
    [block] = re.findall(r"```json\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    settings = json.loads(block)["json.schemas"]
    for path, kind in files().values():
        [url] = [one["url"] for one in settings if any(fnmatch(f"/{path}", match) for match in one["fileMatch"])]
        schema = json.loads((ROOT / url).read_text(encoding="utf-8"))
        assert schema["$id"] == f"urn:yinzheng:schema:{kind.capitalize()}"
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
