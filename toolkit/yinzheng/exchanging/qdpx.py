"""REFI-QDA projects (QDPX), which NVivo, ATLAS.ti, MAXQDA and QualCoder share: a source an edition, a code a label.

Positions are code points of the plain text, from 0 (REFI-QDA 1.5, section 10.2), the end behind the last (as in its
examples). What a person reads of an annotation is the description of its selection; all columns wait, as JSON, in one
memo of each source. GUIDs are made from our ids, so that the same record is the same selection in every export.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.sax.saxutils import escape, quoteattr

from ..errors import YinzhengError
from ..records import LABELS, Annotation, Name
from . import columns
from .counting import counted_as
from .held import Document, Exported, Held, Span
from .packing import pack, unpack

NAMESPACE = "urn:QDA-XML:project:1.0"
_SCHEMA = f"{NAMESPACE} http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_MEMO = "— Yinzheng; what follows is not read back —"
_TITLE = "Yinzheng records (leave as they are)"


@lru_cache(4096)
def guid(*of: str) -> str:
    """A GUID that is always the same for the same thing."""
    return str(uuid5(NAMESPACE_URL, "urn:yinzheng:" + "/".join(of)))


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
        memos.append(f'<Note guid="{memo}" name={quoteattr(_TITLE)} plainTextPath="internal://{memo}.txt"/>')
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
        f"<Description>{escape(_valid(_description(note, names)))}</Description>"
        f'<Coding guid="{guid(note.id, "coding")}" {made}><CodeRef targetGUID="{guid("code", note.label)}"/></Coding>'
        "</PlainTextSelection>"
    )


def _description(note: Annotation, names: Mapping[str, Name]) -> str:
    """A person's note, then the columns as a person reads them."""
    lines = [*([note.note] if note.note else []), _MEMO]
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


_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _valid(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _INVALID.sub("\ufffd", text)


def _attribute(text: str) -> str:
    return quoteattr(_valid(columns.line(text)))


def read(files: Mapping[str, bytes]) -> list[Document]:
    """The text sources of a project, ours or another's, also those of its PDF documents and transcripts."""
    files = unpack(files)
    projects = [name for name in files if name.lower().endswith(".qde")]
    if not projects:
        raise YinzhengError("no project.qde inside", path=next(iter(files), None))
    return [document for name in projects for document in _project(name, files)]


def _project(path: str, files: Mapping[str, bytes]) -> Iterator[Document]:
    try:
        root = fromstring(files[path])
    except ParseError as error:
        raise YinzhengError(f"not XML: {error}", path=path, line=error.position[0]) from error
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    if root.tag != "Project":
        raise YinzhengError(f"no project of REFI-QDA, but {root.tag}", path=path)
    project = _Project(root, path, files)
    lost = project.others()
    for source in root.iter():
        if source.tag in ("TextSource", "Representation", "TextDescription", "Transcript"):
            yield project.document(source, lost)
            lost = Counter()
    if lost:
        yield Document(name=path, text="", spans=(), lost=lost)


class _Project:
    """A project.qde, and the files beside it."""

    def __init__(self, root: Element, path: str, files: Mapping[str, bytes]) -> None:
        self.root, self.path = root, path
        folder = path.rpartition("/")[0]
        self.files = {
            name.removeprefix(f"{folder}/").lower(): data for name, data in files.items() if name.startswith(folder)
        }
        self.codes = {_key(code, "guid"): code.get("name") or "" for code in root.iter("Code")}
        self.users = {_key(user, "guid"): user.get("name") or "" for user in root.iter("User")}
        self.notes = {_key(note, "guid"): note for note in root.iter("Note")}
        self.links = [
            (_key(link, "originGUID"), link.get("name") or "", _key(link, "targetGUID")) for link in root.iter("Link")
        ]

    def others(self) -> Counter[str]:
        """What of a project is no annotation of text."""
        lost = Counter[str]()
        for tag, what in (
            ("Case", "a case"), ("Variable", "a variable"), ("Set", "a set"), ("Graph", "a graph"),
            ("PictureSelection", "a selection in a picture"), ("PDFSelection", "a selection in a page"),
            ("AudioSelection", "a selection in a recording"), ("VideoSelection", "a selection in a film"),
            ("TranscriptSelection", "a selection of a transcript by its times"),
        ):  # fmt: skip
            if count := sum(1 for _ in self.root.iter(tag)):
                lost[f"{what} was left out"] += count
        return lost

    def text(self, element: Element) -> str:
        """The text of a source or a note: its content, or the file that its path leads to."""
        content = element.find("PlainTextContent")
        if content is not None:
            return content.text or ""
        path = (element.get("plainTextPath") or "").rpartition("/")[2].lower()
        data = self.files.get(f"sources/{path}", self.files.get(path))
        if data is None:
            raise YinzhengError(f"{element.get('name')!r} has no text: {path or 'no path'} is not here", path=self.path)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise YinzhengError(f"not UTF-8 at byte {error.start}", path=path) from error

    def document(self, source: Element, lost: Counter[str]) -> Document:
        selections = source.findall("PlainTextSelection")
        if source.get("plainTextPath") is None and source.find("PlainTextContent") is None:
            return Document(name=source.get("name") or self.path, text="", spans=(), lost=lost)
        text, counted = counted_as(self.text(source), [_named(one, self.path) for one in selections])
        head, records = self._records(source, lost)
        spans: dict[Any, Span] = {}
        for selection in selections:
            place = _position(selection, counted, len(text), self.path)
            if place is None:
                lost["an annotation outside of its text was left out"] += 1
                continue
            codings = selection.findall("Coding/CodeRef")
            if not codings:
                lost["a selection without a code was left out"] += 1
            for coding in codings:
                key = _key(selection, "guid")
                label = self.codes.get(_key(coding, "targetGUID"), "")
                record = records.get(key) or records.get((columns.kind(label), *place))
                span = self._span(selection, place, label, record)
                spans[(key, label) if key in spans else key] = span
        if strays := sum(1 for _ in source.iterfind("Coding")):
            lost["a code of a whole source was left out"] += strays
        relations = [link for link in self.links if link[0] in spans]
        return Document(
            name=source.get("name") or self.path, text=text, spans=columns.linked(spans, relations, lost),
            paragraphs=tuple(head.get("paragraphs", ())), lost=lost,
        )  # fmt: skip

    def _records(self, source: Element, lost: Counter[str]) -> tuple[dict[str, Any], dict[Any, dict[str, Any]]]:
        """Our memo of a source: its paragraphs, and the columns by GUID, and by place where a tool made new GUIDs."""
        for reference in source.findall("NoteRef"):
            note = self.notes.get(_key(reference, "targetGUID"))
            if note is None or note.get("name") != _TITLE:
                lost["a memo of a whole source was left out"] += 1
                continue
            try:
                head, *rows = (json.loads(row) for row in self.text(note).split("\n") if row.strip())
            except ValueError as error:
                raise YinzhengError(f"the memo {_TITLE!r} was changed: {error}", path=self.path) from error
            rows = [row for row in rows if columns.ours(row)]
            places = {(row.get("type"), row.get("start"), row.get("end")): row for row in rows}
            return head, {**places, **{guid(row["id"]): row for row in rows}}
        return {}, {}

    def _span(self, selection: Element, place: tuple[int, int], label: str, record: dict[str, Any] | None) -> Span:
        said = dict(record or {})
        words = (selection.findtext("Description") or "").partition(_MEMO)[0].strip()
        notes = [self.notes.get(_key(one, "targetGUID")) for one in selection.findall("NoteRef")]
        words = "\n".join(filter(None, [words, *(self.text(note).strip() for note in notes if note is not None)]))
        if words.split() != _valid(said.get("note") or "").split():
            said["note"] = words or None
        if record is None:
            said["by"] = self.users.get(_key(selection, "creatingUser"))
            said["created"] = selection.get("creationDateTime")
        return columns.span(place, label or "code", record, said, self.path)


def _key(element: Element, name: str) -> str:
    return (element.get(name) or "").strip("{}").lower()


def _positions(selection: Element, path: str) -> tuple[int, int]:
    try:
        return int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
    except ValueError as error:
        raise YinzhengError(f"selection {selection.get('guid')} has no positions", path=path) from error


def _named(selection: Element, path: str) -> tuple[int, str]:
    return _positions(selection, path)[0], selection.get("name") or ""


def _position(selection: Element, counted: Sequence[int], end: int, path: str) -> tuple[int, int] | None:
    first, last = _positions(selection, path)
    if not 0 <= first < last <= len(counted):
        return None
    return counted[first], counted[last] if last < len(counted) else end
