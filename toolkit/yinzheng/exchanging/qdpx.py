"""REFI-QDA projects (QDPX), which NVivo, ATLAS.ti, MAXQDA and QualCoder share: a source an edition, a code a label.

Positions are code points of the plain text, from 0 (REFI-QDA 1.5, section 10.2), the end behind the last (as in its
examples). What a person reads of an annotation is the description of its selection; all columns wait, as JSON, in one
memo of each source. GUIDs are made from our ids, so that the same record is the same selection in every export.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..records import LABELS, Annotation, Name
from . import columns
from .held import Exported, Held
from .packing import pack
from .qdpx_reading import MEMO, TITLE, guid, valid
from .qdpx_reading import read as read

NAMESPACE = "urn:QDA-XML:project:1.0"
_SCHEMA = f"{NAMESPACE} http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")


def write(held: Sequence[Held]) -> Exported:
    """One archive: ``project.qde`` and its sources. What was rejected stays here: a coding is never a refusal."""
    lost, files, work = Counter[str](), {"project.qde": b""}, held[0].work.key
    files["project.qde"] = b"".join(f"{piece}\n".encode() for piece in _qde(held, work, files, lost))
    columns.unnamed(held, lost)
    return Exported({f"{work}.qdpx": pack(files)}, lost)


def _qde(held: Sequence[Held], work: str, files: dict[str, bytes], lost: Counter[str]) -> Iterator[str]:
    """The project, piece by piece; its sources go into ``files``."""
    yield '<?xml version="1.0" encoding="utf-8"?>'
    schema = f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{_SCHEMA}"'
    yield f'<Project xmlns="{NAMESPACE}" {schema} name={quoteattr(work)} origin="Yinzheng">'
    if people := dict.fromkeys(note.by for one in held for note in one.notes):
        yield "<Users>"
        yield from (f'<User guid="{guid("by", by)}" name={_attribute(by)}/>' for by in people)
        yield "</Users>"
    yield f"<CodeBook><Codes>\n{_codes()}</Codes></CodeBook>\n<Sources>"
    memos, links = [], list[tuple[str, str, str]]()
    for one in held:
        text, starts = columns.lines(one)
        out = columns.unrefused([note for _, group in one.grouped(lost) for note in group], lost)
        known = {note.id for note in out}
        linked = {note.id: columns.links(note, known) for note in out}
        source, memo = guid(work, one.edition.key), guid(work, one.edition.key, "memo")
        files[f"sources/{source}.txt"] = text.encode()
        files[f"sources/{memo}.txt"] = _records(one, out, starts, linked)
        yield f'<TextSource guid="{source}" name={quoteattr(one.edition.key)} plainTextPath="internal://{source}.txt">'
        yield from (_selection(note, text, starts[note.paragraph], one.names) for note in out)
        yield f'<NoteRef targetGUID="{memo}"/></TextSource>'
        memos.append(f'<Note guid="{memo}" name={quoteattr(TITLE)} plainTextPath="internal://{memo}.txt"/>')
        links += ((id, *link) for id, own in linked.items() for link in own)
    yield from ("</Sources>", "<Notes>", *memos, "</Notes>")
    if links:
        yield "<Links>"
        for one_end, label, other in links:
            ends = f'originGUID="{guid(one_end)}" targetGUID="{guid(other)}"'
            yield f'<Link guid="{guid(one_end, label, other)}" name="{label}" direction="OneWay" {ends}/>'
        yield "</Links>"
    yield "</Project>"


def _codes() -> str:
    return "".join(
        f'<Code guid="{guid("code", kind)}" name="{kind}" isCodable="false">\n'
        + "".join(f'<Code guid="{guid("code", label)}" name="{label}" isCodable="true"/>\n' for label in known)
        + "</Code>\n"
        for kind, known in LABELS.items()
    )


def _selection(note: Annotation, text: str, start: int, names: Mapping[str, Name]) -> str:
    one, user = guid(note.id), f'creatingUser="{guid("by", note.by)}"'
    made = f'{user} creationDateTime="{note.created}"' if _TIME.fullmatch(note.created) else user
    first, last = start + note.start, start + note.end
    title = _attribute(text[first:last] if last - first <= 80 else f"{text[first : first + 79]}…")
    return (
        f'<PlainTextSelection guid="{one}" name={title} startPosition="{first}" endPosition="{last}" {made}>'
        f"<Description>{escape(valid(_description(note, names)))}</Description>"
        f'<Coding guid="{guid(note.id, "coding")}" {made}><CodeRef targetGUID="{guid("code", note.label)}"/></Coding>'
        "</PlainTextSelection>"
    )


def _description(note: Annotation, names: Mapping[str, Name]) -> str:
    """A person's note, then the columns as a person reads them."""
    lines = [*([note.note] if note.note else []), MEMO]
    for column, value in columns.told(note, without={"id", "paragraph", "by", "created", "note", "evidence"}).items():
        if value is not False and (column, value) != ("status", "accepted"):
            name = names.get(value) if isinstance(value, str) else None
            forms = [form for form in (name.zh_hant or name.zh_hans, name.en) if form] if name else []
            words = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            lines.append(f"{column}: {' / '.join(forms) or words}")
    return "\n".join(lines)


def _records(
    one: Held, out: Sequence[Annotation], starts: Mapping[str, int], linked: Mapping[str, list[tuple[str, str]]]
) -> bytes:
    head = {"yinzheng": 1, "work": one.work.key, "edition": one.edition.key}
    rows = [_row({**head, "paragraphs": [paragraph.id for paragraph in one.paragraphs]})]
    for note in out:
        first = starts[note.paragraph]
        place = {"type": note.type, "start": first + note.start, "end": first + note.end}
        rows.append(_row(place | columns.told(note, without={label for label, _ in linked[note.id]})))
    return b"".join(rows)


def _row(data: Mapping[str, Any]) -> bytes:
    return f"{columns.dumps(data)}\n".encode()


def _attribute(text: str) -> str:
    return quoteattr(valid(columns.line(text)))
