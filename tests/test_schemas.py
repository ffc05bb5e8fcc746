"""The shipped schemas are those of the records, and real data fit them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT
from yinzheng import jsonl
from yinzheng.errors import YinzhengError
from yinzheng.records import Claim, Entity, Event, Figure, Link, LocalParagraph, Name, Paragraph

FOLDER = ROOT / "toolkit" / "yinzheng" / "schemas"
RECORDS = {
    "paragraph": Paragraph,
    "local-paragraph": LocalParagraph,
    "claim": Claim,
    "entity": Entity,
    "figure": Figure,
    "name": Name,
    "link": Link,
    "event": Event,
}


@pytest.mark.parametrize("name", RECORDS)
def test_the_shipped_schema_is_the_record(name: str) -> None:
    text = json.dumps(jsonl.schema(RECORDS[name]), ensure_ascii=False, indent=2) + "\n"
    path = FOLDER / f"{name}.schema.json"
    if os.environ.get("YINZHENG_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == text
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("corpus/park2023/zh.jsonl", "paragraph"),
        ("corpus/park2023/digest-zh.jsonl", "paragraph"),
        ("corpus/park2023/digest-en.jsonl", "paragraph"),
        ("corpus/park2023/alignment.jsonl", "link"),
    ],
)
def test_real_data_fit_the_schema(path: str, name: str) -> None:
    validator = jsonschema.Draft202012Validator(jsonl.schema(RECORDS[name]))
    lines = (ROOT / path).read_text(encoding="utf-8").split("\n")

    assert len(lines) > 50
    for line in filter(None, lines):
        assert list(validator.iter_errors(json.loads(line))) == []
        assert list(json.loads(line)) == list(jsonl.columns(RECORDS[name]))
        assert jsonl.dumps(jsonl.loads(line, RECORDS[name])) == line


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"number": "1"}, "column 'number'"),
        ({"order": 1.0}, "column 'order'"),
        ({"order": True}, "column 'order'"),
        ({"kind": "chapter"}, "column 'kind'"),
        ({"sketch": None}, "column 'sketch'"),
        ({"sketch": [1, "2"]}, "column 'sketch'"),
        ({"extra": 1}, "unknown column 'extra'"),
        ({"voice": ...}, "column 'voice' is missing"),
    ],
)
def test_a_line_that_does_not_fit_says_why(change: dict[str, object], message: str) -> None:
    line = (ROOT / "corpus/park2023/digest-en.jsonl").read_text(encoding="utf-8").split("\n")[0]
    data = {key: value for key, value in {**json.loads(line), **change}.items() if value is not ...}

    with pytest.raises(YinzhengError, match=message):
        jsonl.loads(json.dumps(data), Paragraph, path="x.jsonl", number=3)


def test_bad_lines_are_listed_and_the_good_ones_read(tmp_path: Path) -> None:
    good = (ROOT / "corpus/park2023/alignment.jsonl").read_bytes().split(b"\n")[0]
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n".join([good, b"{", b"\xff\xfe", b"", b"[1]", good.replace(b"zh", "\u2028".encode())]) + b"\n")

    found, problems = jsonl.read(path, Link)

    assert len(found) == 2
    assert [problem.line for problem in problems] == [2, 3, 5]
