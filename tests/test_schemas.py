"""The shipped schemas are those of the records, and real data fit them."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from yinzheng import jsonl
from yinzheng.errors import YinzhengError
from yinzheng.records import Claim, Entity, Event, Figure, Link, LocalParagraph, Name, Paragraph
from yinzheng.schemas import schema

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
    text = json.dumps(schema(RECORDS[name]), ensure_ascii=False, indent=2) + "\n"
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
    validator = jsonschema.Draft202012Validator(schema(RECORDS[name]))
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


LINES = {
    name: (ROOT / path).read_bytes().split(b"\n")[:100]
    for name, path in (
        ("figure", "annotations/park2023/figures.jsonl"),
        ("claim", "annotations/park2023/claims.jsonl"),
        ("link", "corpus/park2023/alignment.jsonl"),
    )
}
PIECES = [
    b"{", b"}", b"}\n{", b"[", b"]", b",", b'"', b'": ', b"null", b"true", b"1", b"1.0", b"1e999", b"-0.0", b"NaN", b"[1]",
    b"[[]]", b"{}", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xff", b"\\ud800", b"\\u5f15", b"\\", b" ", b"\t", b"\xe2\x80\xa8", b"",
    b'"id": "x", ', b'"label": "MONEY", ', b', "id": null', b'{"id": 1}',
]  # fmt: skip


@given(st.data())
def test_reading_many_lines_at_once_says_what_reading_each_says(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(LINES)))
    file = b"".join(line + b"\n" for line in LINES[name])
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(file)))
        cut = data.draw(st.sampled_from([0, 0, 1, 2, 10, 300]))
        file = file[:start] + data.draw(st.sampled_from(PIECES)) + file[start + cut :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.jsonl")
        path.write_bytes(file)
        record: type[object] = RECORDS[name]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(jsonl, "_RUN", data.draw(st.sampled_from([1, 2_000, 20_000])))
            good, bad = jsonl.read(path, record)

    one_by_one: list[object] = []
    problems: list[int] = []
    for number, line in enumerate(file.split(b"\n"), 1):
        try:
            if line.decode("utf-8").strip():
                one_by_one.append(jsonl.loads(line.decode("utf-8"), record))
        except (UnicodeDecodeError, YinzhengError):
            problems.append(number)
    assert list(map(repr, good)) == list(map(repr, one_by_one))
    assert [problem.line for problem in bad] == problems


def test_a_word_that_stands_again_is_one_object_and_a_long_line_is_read() -> None:
    path = ROOT / "annotations/park2023/claims.jsonl"
    good, _ = jsonl.read(path, Claim)
    long = dataclasses.replace(good[0], note="字" * 10**6)
    file = path.read_bytes() + f"{jsonl.dumps(long)}\n".encode() + path.read_bytes()
    first, *middle, last = [records for _, _, records in jsonl.runs(io.BytesIO(file), Claim)]

    assert len({id(one.by) for one in good}) <= 2  # of those read one by one, and of those read at once
    assert first is None  # line by line: no faster reader is imported for it
    assert middle.count(None) == 1  # with the long one, which is read by itself
    assert last == good[-len(last or ()) :]


@pytest.mark.parametrize("change", [{"score": 1}, {"value_list": [1.0, 2]}, {"value": -3}, {"value": 10**30}])
def test_an_integer_is_no_float_however_it_is_read(change: dict[str, object]) -> None:
    file = (ROOT / "annotations/park2023/figures.jsonl").read_bytes() * 2
    odd = jsonl.dumps(dataclasses.replace(jsonl.loads(file.split(b"\n")[0].decode(), Figure), **change))  # type: ignore[arg-type]
    *_, good = [records for _, _, records in jsonl.runs(io.BytesIO(file), Figure)]
    *_, bad = [records for _, _, records in jsonl.runs(io.BytesIO(file + odd.encode() + b"\n"), Figure)]

    assert good
    assert bad is None


def test_bad_lines_are_listed_and_the_good_ones_read(tmp_path: Path) -> None:
    good = (ROOT / "corpus/park2023/alignment.jsonl").read_bytes().split(b"\n")[0]
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n".join([good, b"{", b"\xff\xfe", b"", b"[1]", good.replace(b"zh", "\u2028".encode())]) + b"\n")

    found, problems = jsonl.read(path, Link)

    assert len(found) == 2
    assert [problem.line for problem in problems] == [2, 3, 5]


def test_what_reads_many_lines_is_not_imported_for_a_short_file() -> None:
    code = (
        "import sys; from yinzheng.workspace import Workspace; "
        f"Workspace({str(ROOT)!r}).index('park2023', 'digest-en'); print('msgspec' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
