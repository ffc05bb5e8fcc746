"""doccano JSONL: a paragraph a line, as ``JSONL(Relation)`` of a sequence labelling project takes it and gives it out.

Offsets are code points, as doccano counts. It numbers spans anew, and keeps ``meta`` as it is: there the columns of
each annotation wait under its place. Without relations, name ``entities`` as the column of labels when importing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..errors import YinzhengError
from ..records import Annotation, Paragraph
from . import columns
from .held import Document, Exported, Held, Span
from .packing import unpack


def write(held: Sequence[Held]) -> Exported:
    """One file. What was rejected stays here: doccano has labels and no refusals."""
    lost = Counter[str]()
    rows = b"".join(
        f"{columns.dumps(_row(paragraph, notes, lost))}\n".encode()
        for one in held
        for paragraph, notes in one.grouped(lost)
        if paragraph.text
    )
    columns.unnamed(held, lost)
    return Exported({f"{held[0].work.key}.jsonl": rows}, lost)


def _row(paragraph: Paragraph, notes: Sequence[Annotation], lost: Counter[str]) -> dict[str, Any]:
    out = columns.unrefused(notes, lost)
    numbers = {note.id: number for number, note in enumerate(out)}
    relations = [(number, *link) for number, note in enumerate(out) for link in columns.links(note, numbers)]
    return {
        "text": paragraph.text,
        "entities": [
            {"id": number, "label": note.label, "start_offset": note.start, "end_offset": note.end}
            for number, note in enumerate(out)
        ],
        "relations": [
            {"id": number, "from_id": source, "to_id": numbers[other], "type": label}
            for number, (source, label, other) in enumerate(relations)
        ],
        "meta": {
            **columns.meta(paragraph),
            "annotations": [
                {"type": note.type, "start": note.start, "end": note.end}
                | columns.told(note, without={label for label, _ in columns.links(note, numbers)})
                for note in out
            ],
        },
    }


def read(files: Mapping[str, bytes]) -> list[Document]:
    """What doccano exports (also the archive), and what it imports: spans as objects, or as [start, end, label]."""
    documents = []
    for name, data in unpack(files).items():
        for number, row in _rows(name, data):
            if not isinstance(row, dict):
                raise YinzhengError("a line of doccano is an object", path=name, line=number)
            if (found := _document(row, name, number)) is not None:
                documents.append(found)
    return documents


def _rows(name: str, data: bytes) -> Iterator[tuple[int, Any]]:
    """The lines; a file that is one JSON value is a list of them, or one."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YinzhengError(f"not UTF-8 at byte {error.start}", path=name) from error
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    try:
        yield from [(number, json.loads(line)) for number, line in lines]
    except ValueError as error:
        try:
            whole = json.loads(text)
        except ValueError:
            bad = next(number for number, line in lines if not _json(line))
            raise YinzhengError(f"not JSON: {error}", path=name, line=bad) from error
        yield from ((1, row) for row in (whole if isinstance(whole, list) else [whole]))


def _json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


# A person chooses the names when importing; those of doccano's own examples.
_TEXTS = ("text", "data", "column_data")
_SPANS = ("entities", "label", "column_label")


def _document(row: dict[str, Any], path: str, number: int) -> Document | None:
    text = next((row[key] for key in _TEXTS if isinstance(row.get(key), str)), None)
    if text is None:
        raise YinzhengError("no text", path=path, line=number)
    lost = Counter[str]()
    meta = row["meta"] if isinstance(row.get("meta"), dict) else row
    known = meta.get("annotations") if isinstance(meta.get("annotations"), list) else []
    told = {(one.get("type"), one.get("start"), one.get("end")): one for one in known or () if columns.ours(one)}
    spans: dict[Any, Span] = {}
    for place, entity in enumerate(next((row[key] for key in _SPANS if isinstance(row.get(key), list)), [])):
        if isinstance(entity, str):
            lost["a label of a whole text was left out"] += 1
            continue
        key, start, end, label = _entity(entity, place, path, number)
        if not 0 <= start < end <= len(text):
            lost["an annotation outside of its text was left out"] += 1
            continue
        record = told.get((columns.kind(label), start, end))
        spans[key] = columns.span((start, end), label, record, record or {}, path, number)
    if isinstance(row.get("label"), str) or row.get("cats"):
        lost["a label of a whole text was left out"] += 1
    if comments := row.get("Comments") or row.get("comments"):
        lost["a comment on a whole text was left out"] += len(comments)
    relations = [(one["from_id"], one["type"], one["to_id"]) for one in row.get("relations") or ()]
    paragraph = meta.get("paragraph") if isinstance(meta.get("paragraph"), str) else None
    return Document(
        name=f"{path}:{number}", text=columns.line(text) if paragraph else text,
        paragraphs=(paragraph,) if paragraph else (), spans=columns.linked(spans, relations, lost), lost=lost,
    )  # fmt: skip


def _entity(entity: Any, place: int, path: str, number: int) -> tuple[Any, int, int, str]:
    """Key, start, end and label of a span."""
    if isinstance(entity, list) and len(entity) >= 3:
        key, (start, end, label) = place, entity[:3]
    elif isinstance(entity, dict):
        key = entity.get("id", place)
        start, end, label = (entity.get(one) for one in ("start_offset", "end_offset", "label"))
    else:
        start = end = label = None
    if type(start) is not int or type(end) is not int or not isinstance(label, str):
        raise YinzhengError(f"no span of doccano: {json.dumps(entity)[:80]}", path=path, line=number)
    return key, start, end, label
