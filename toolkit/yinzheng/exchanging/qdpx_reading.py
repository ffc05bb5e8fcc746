"""REFI-QDA projects (QDPX) of any program: the codings of text, and in words what else is in one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, ParseError, fromstring

from ..errors import YinzhengError
from . import columns
from .counting import counted_as
from .held import Document, Span
from .packing import decoded, loads, unpack

MEMO = "— Yinzheng; what follows is not read back —"
TITLE = "Yinzheng records (leave as they are)"
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(4096)
def guid(*of: str) -> str:
    """A GUID that is always the same for the same thing."""
    return str(uuid5(NAMESPACE_URL, "urn:yinzheng:" + "/".join(of)))


def valid(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _INVALID.sub("\ufffd", text)


def read(files: Mapping[str, bytes]) -> list[Document]:
    """The text sources of a project, ours or another's, also those of its PDF documents and transcripts."""
    files = unpack(files, ".qde", ".txt", ".qdpx")
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
    for source in root.iter():
        if source.tag in ("TextSource", "Representation", "TextDescription", "Transcript"):
            yield project.document(source)
    if lost := project.others():
        yield Document(name=path, text="", spans=(), lost=lost)


class _Project:
    """A project.qde, and the files beside it. Links and memos are told as lost that no document has asked for."""

    def __init__(self, root: Element, path: str, files: Mapping[str, bytes]) -> None:
        self.root, self.path = root, path
        folder = path.rpartition("/")[0]
        self.files = {
            name.removeprefix(f"{folder}/").lower(): data for name, data in files.items() if name.startswith(folder)
        }
        self.codes = {_key(code, "guid"): code.get("name") or "" for code in root.iter("Code")}
        self.users = {_key(user, "guid"): user.get("name") or "" for user in root.iter("User")}
        self.notes = {_key(note, "guid"): note for note in root.iter("Note")}
        self.read = set[str]()
        self.links: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for link in root.iter("Link"):
            self.links[_key(link, "originGUID")].append((link.get("name") or "", _key(link, "targetGUID")))

    def others(self) -> Counter[str]:
        """What of a project is no annotation of text, once its documents are made."""
        lost = Counter[str]()
        for tag, what in (
            ("Case", "a case"), ("Variable", "a variable"), ("Set", "a set"), ("Graph", "a graph"),
            ("Code/Description", "a description of a code"), ("TextSource/Description", "a description of a source"),
            ("Note/PlainTextSelection", "a selection in a memo"),
            ("PictureSelection", "a selection in a picture"), ("PDFSelection", "a selection in a page"),
            ("AudioSelection", "a selection in a recording"), ("VideoSelection", "a selection in a film"),
            ("TranscriptSelection", "a selection of a transcript by its times"),
        ):  # fmt: skip
            lost[f"{what} was left out"] += sum(1 for _ in self.root.iterfind(f".//{tag}"))
        lost["a memo of no annotation was left out"] += len(self.notes.keys() - self.read)
        lost["a link from what is no annotation was left out"] += sum(map(len, self.links.values()))
        return +lost

    def text(self, element: Element) -> str | None:
        """The text of a source or a note: its content, or the file that its path leads to; None where it has only
        a document of Word, or of nothing."""
        content, told = element.find("PlainTextContent"), element.get("plainTextPath")
        if content is not None or told is None:
            return None if content is None else content.text or ""
        path = told.rpartition("/")[2].lower()
        data = self.files.get(f"sources/{path}", self.files.get(path))
        if data is None:
            raise YinzhengError(f"{element.get('name')!r} has no text: {path or 'no path'} is not here", path=self.path)
        return decoded(data, path)

    def document(self, source: Element) -> Document:
        lost, selections = Counter[str](), source.findall("PlainTextSelection")
        if (words := self.text(source)) is None:
            left = sum(max(1, len(one.findall("Coding"))) for one in selections)
            lost["an annotation of a source without a plain text was left out"] += left
            selections = []
        text, counted = counted_as(words or "", [_named(one, self.path) for one in selections])
        paragraphs, records = self._records(source, lost)
        spans: dict[Any, Span] = {}
        for selection in selections:
            place = _position(selection, counted, len(text), self.path)
            if place is None:
                lost["an annotation outside of its text was left out"] += 1
                continue
            codings = [(one, code) for one in selection.findall("Coding") for code in one.findall("CodeRef")]
            if not codings:
                lost["a selection without a code was left out"] += 1
            for coding, code in codings:
                key = _key(selection, "guid")
                label = self.codes.get(_key(code, "targetGUID"), "")
                record = records.get(key) or records.get((columns.kind(label), *place))
                span = self._span(selection, coding, place, label, record, lost)
                spans[(key, len(spans)) if key in spans else key] = span
        lost["a code of a whole source was left out"] += len(source.findall("Coding"))
        relations = [(key, *link) for key in spans for link in self.links.pop(key, ())]
        return Document(
            name=source.get("name") or self.path, text=text, spans=columns.linked(spans, relations, lost),
            paragraphs=paragraphs, lost=+lost,
        )  # fmt: skip

    def _records(self, source: Element, lost: Counter[str]) -> tuple[tuple[str, ...], dict[Any, dict[str, Any]]]:
        """Our memo of a source: its paragraphs, and the columns by GUID, and by place where a tool made new GUIDs."""
        for reference in source.findall("NoteRef"):
            note = self._note(reference)
            if note is None or note.get("name") != TITLE:
                lost["a memo of a whole source was left out"] += 1
                continue
            try:
                head, *rows = (loads(row) for row in (self.text(note) or "").split("\n") if row.strip())
                paragraphs = head.get("paragraphs", []) if isinstance(head, dict) else None
                if not isinstance(paragraphs, list) or not all(isinstance(one, str) for one in paragraphs):
                    raise ValueError("its first line tells no paragraphs")
            except ValueError as error:
                raise YinzhengError(f"the memo {TITLE!r} was changed: {error}", path=self.path) from error
            rows = [row for row in rows if columns.ours(row)]
            places = {(row.get("type"), row.get("start"), row.get("end")): row for row in rows}
            return tuple(paragraphs), {**places, **{guid(row["id"]): row for row in rows}}
        return (), {}

    def _note(self, reference: Element) -> Element | None:
        key = _key(reference, "targetGUID")
        self.read.add(key)
        return self.notes.get(key)

    def _span(
        self, selection: Element, coding: Element, place: tuple[int, int], label: str, record: dict[str, Any] | None,
        lost: Counter[str],
    ) -> Span:  # fmt: skip
        said = dict(record or {})
        words = [(selection.findtext("Description") or "").partition(MEMO)[0].strip()]
        for note in map(self._note, (*selection.findall("NoteRef"), *coding.findall("NoteRef"))):
            if note is None or (memo := self.text(note)) is None:
                lost["a memo without a plain text was left out"] += 1
            else:
                words.append(memo.strip())
        whole = "\n".join(filter(None, words))
        # a note may itself hold what parts it from the rest
        if whole.split() != valid(said.get("note") or "").partition(MEMO)[0].split():
            said["note"] = whole or None
        if record is None:
            users = (self.users.get(_key(one, "creatingUser")) for one in (coding, selection))
            said["by"] = next(filter(None, users), None)
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
