"""doccano JSONL: a paragraph a line, as ``JSONL(Relation)`` of a sequence labelling project takes it and gives it out.

Offsets are code points, as doccano counts. It numbers spans anew, and keeps ``meta`` as it is: there the columns of
each annotation wait under its place. Without relations, name ``entities`` as the column of labels when importing.
"""

from __future__ import annotations

import json
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ..errors import YinzhengError
from ..records import Annotation, Paragraph
from . import columns
from .held import Document, Exported, Held, Type
from .packing import decoded, loads, unpack


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
            try:
                documents.append(_document(row, name, number))
            except (LookupError, ValueError, TypeError, AttributeError) as error:
                raise YinzhengError("no line of doccano, or damaged", path=name, line=number) from error
    if not documents:
        raise YinzhengError("no line of doccano here", path=next(iter(files), None))
    return documents


def _rows(name: str, data: bytes) -> Iterator[tuple[int, Any]]:
    """The lines; a value of JSON may be a list of them, on one line or on several."""
    text = decoded(data, name)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    try:
        values = [(number, loads(line)) for number, line in lines]
    except ValueError as error:
        try:
            whole = loads(text)
        except ValueError:
            bad = next(number for number, line in lines if not _json(line))
            raise YinzhengError(f"not JSON: {error}", path=name, line=bad) from error
        values = [(1, whole)]
    yield from ((number, row) for number, value in values for row in (value if isinstance(value, list) else [value]))


def _json(line: str) -> bool:
    try:
        loads(line)
    except ValueError:
        return False
    return True


# A person chooses the names when importing; those of doccano's own examples, and of its older exports.
_TEXTS = ("text", "data", "column_data")
_SPANS = ("entities", "label", "labels", "column_label", "annotations")
_ASIDE = ("relations", "Comments", "comments", "cats")
_OURS = ("work", "edition", "paragraph", "number", "annotations")


def _document(row: dict[str, Any], path: str, number: int) -> Document:
    lost, text_key = Counter[str](), next((key for key in _TEXTS if isinstance(row.get(key), str)), None)
    if text_key is None:
        raise YinzhengError("no text", path=path, line=number)
    text = row[text_key]
    meta = row["meta"] if isinstance(row.get("meta"), dict) else row
    known = meta.get("annotations") if isinstance(meta.get("annotations"), list) else []
    placed: dict[Any, tuple[Type, int, int, str]] = {}
    for place, entity in enumerate(_entities(row, meta, {text_key, "id", *_ASIDE, *_OURS}, lost)):
        if not isinstance(entity, list) and not (isinstance(entity, dict) and "start_offset" in entity):
            lost["a label of a whole text was left out"] += 1
            continue
        key, start, end, label = _entity(entity, place, path, number)
        if not 0 <= start < end <= len(text):
            lost["an annotation outside of its text was left out"] += 1
            continue
        if key in placed:
            lost["two spans have one id; relations with it are taken as the first's"] += 1
        placed[(place,) if key in placed else key] = columns.kind(label), start, end, label
    told = _told(known or (), [one[:3] for one in placed.values()])
    spans = {
        key: columns.span(one[1:3], one[3], record := told.get(one[:3]), record or {}, path, number)
        for key, one in placed.items()
    }
    if labels := [*(row.get("cats") or ()), *([row["label"]] if isinstance(row.get("label"), str) else ())]:
        lost["a label of a whole text was left out"] += len(labels)
    if comments := row.get("Comments") or row.get("comments"):
        lost["a comment on a whole text was left out"] += len(comments)
    relations = [(one["from_id"], one["type"], one["to_id"]) for one in row.get("relations") or ()]
    paragraph = meta.get("paragraph") if isinstance(meta.get("paragraph"), str) else None
    return Document(
        name=f"{path}:{number}", text=columns.line(text) if paragraph else text,
        paragraphs=(paragraph,) if paragraph else (), spans=columns.linked(spans, relations, lost), lost=lost,
    )  # fmt: skip


def _entities(row: dict[str, Any], meta: dict[str, Any], known: Collection[str], lost: Counter[str]) -> list[Any]:
    """The spans of a line: under the keys that we know, or else under those that hold what has a span's shape. What
    stands under others is counted, but for those ``known``."""
    lists = {
        key: ours
        for key, value in row.items()
        if isinstance(value, list) and key not in _ASIDE and (ours := [one for one in value if not columns.ours(one)])
    }
    keys = [key for key in _SPANS if key in lists] or [key for key, value in lists.items() if all(map(_shaped, value))]
    for key, value in {**row, **meta}.items():
        if key in keys or key in known or value is meta or value in (None, "", [], {}):
            continue
        if isinstance(value, list) and any(isinstance(one, list | dict) for one in value):
            lost[f'what stands under {key!r} was left out; spans? call it "label"'] += len(value)
        elif not (key == "label" and isinstance(value, str)):  # of the whole text
            lost[f"what stands under {key!r} was left out"] += len(value) if isinstance(value, list) else 1
    return [one for key in keys for one in lists[key]]


def _shaped(one: Any) -> bool:
    start, end, label = _said(one)
    return type(start) is type(end) is int and isinstance(label, str)


def _said(entity: Any) -> list[Any]:
    """Start, end and label of a span; of one that is none, nothing. A label may be a number, of a list elsewhere."""
    said = entity[:3] if isinstance(entity, list) else []
    if isinstance(entity, dict):
        said = [entity.get(one) for one in ("start_offset", "end_offset", "label")]
    return [*said[:2], str(said[2]) if type(said[2]) is int else said[2]] if len(said) == 3 else [None] * 3


def _entity(entity: Any, place: int, path: str, number: int) -> tuple[Any, int, int, str]:
    """Key, start, end and label of a span."""
    if not _shaped(entity):
        raise YinzhengError(f"no span of doccano: {json.dumps(entity)[:80]}", path=path, line=number)
    start, end, label = _said(entity)
    return entity.get("id", (place,)) if isinstance(entity, dict) else (place,), start, end, label


_Place = tuple[Type, int, int]


def _told(known: Sequence[Any], spans: Sequence[_Place]) -> dict[_Place, dict[str, Any]]:
    """What went out of each span, by its place; of one that was moved, by where it was, if it overlaps that and the
    spans there are none's."""
    told = {(one.get("type"), one.get("start"), one.get("end")): one for one in known if columns.ours(one)}
    free = sorted(place for place in told.keys() - {*spans} if list(map(type, place)) == [str, int, int])
    for span in spans:
        kind, start, end = span
        if span not in told:
            at = bisect(free, span)
            near = [one for one in free[max(at - 1, 0) : at + 1] if one[0] == kind and one[1] < end and start < one[2]]
            if len(near) == 1:
                told[span] = told[near[0]]
                del free[bisect(free, near[0]) - 1]
    return told
