"""Word documents: paragraphs, notes, quote styles, and the fields of reference managers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ...errors import YinzhengError
from ...read.archive import Archive, xml
from ..drafting import Draft, Pages
from ..fields import Fields, cited
from ..indented import indented
from ..marks import marks
from ..printed import place
from ..prose import Block, Citation
from ..wordml import W, on, paragraphs, pieces

_QUOTE = re.compile(
    r"(?:intense |block )?quot(?:e|ations?)|block text|.*(?:引用|引文|引述)|(?:intensequote|blocktext|blockquote)", re.I
)
_QUOTED = re.compile(r"q|(?:inline ?)?quot(?:e|ation)(?: ?char)?", re.I)  # a style of characters
_BIB = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
_MEASURE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(pt|cm|mm|in|pc|pi)?")
_UNITS = {"pt": 20.0, "cm": 567.0, "mm": 56.7, "in": 1440.0, "pc": 240.0, "pi": 240.0}
_NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}


def blocks(data: bytes, file: str) -> list[Block]:
    """The blocks of a document; its notes behind its text. ``index`` and ``source`` are of each paragraph's own text.

    Raises YinzhengError where it is broken, has a password, or unpacks to more than it may.
    """
    try:
        archive = Archive(data)
        if "word/document.xml" not in archive.names:
            raise YinzhengError("this is no Word document; save it as .docx")
        return _Reader(archive, file).read()
    except YinzhengError as error:
        raise YinzhengError(error.message, path=error.path or file, line=error.line) from error


class _Reader:
    def __init__(self, archive: Archive, file: str) -> None:
        self.archive, self.pages = archive, Pages("", file, "docx")
        self.styles = _quote_styles(archive)
        self.sources = _sources(archive)
        self.depths: dict[int, float] = {}  # how far each paragraph of the text is set in
        self.cells: dict[int, tuple[Any, Any]] = {}  # by the number of its block, the table row and cell of a paragraph
        self.called: dict[str, int] = {}  # note to the number of the paragraph that calls it

    def read(self) -> list[Block]:
        for number, paragraph in enumerate(paragraphs(_part(self.archive, "word/document.xml")), 1):
            self.paragraph(paragraph, number, None)
        for kind, name in _NOTES.items():
            if name not in self.archive.names:
                continue
            for note in _part(self.archive, name).iter(W + kind):
                label = f"{kind} {note.get(W + 'id')}"
                if label in self.called:
                    for paragraph in paragraphs(note):
                        self.paragraph(paragraph, self.called[label], label)
        return indented(self.beside(self.pages.finished()), self.depths)

    def beside(self, blocks: list[Block]) -> list[Block]:
        """The blocks, a citation that has a cell of a table for itself moved to the words in the cells before it."""
        noted = {block.note_of[0] for block in blocks if block.note_of}
        for number, (row, cell) in self.cells.items():
            cited = blocks[number].citations
            words = [n for n in range(number - 1, max(-1, number - 20), -1) if self.cells.get(n, (None,))[0] is row][:1]
            if not cited or not words or blocks[number].quoted or marks(blocks[number].text).pairs:
                continue
            other = blocks[words[0]]
            if self.cells[words[0]][1] is not cell and not other.citations and words[0] not in noted:
                here = len(other.text)
                moved = tuple(replace(one, start=here, end=here) for one in cited)
                blocks[words[0]] = replace(other, citations=moved)
                blocks[number] = replace(blocks[number], citations=())
        return blocks

    def paragraph(self, paragraph: Any, number: int, defines: str | None) -> None:
        raw = "".join(piece.text for piece in pieces(paragraph))
        draft = Draft(range(len(raw) + 1))
        draft.paragraph, draft.defines = number, defines
        open_fields: list[tuple[list[str], list[int]]] = []  # the code of each, and where its result begins
        at = 0
        for element, text, closes in pieces(paragraph):
            if text:
                since, properties = draft.length, element.getparent().find(W + "rPr")
                if not on(properties, "vanish"):
                    draft.copy(raw, at, at + len(text))
                at += len(text)
                if on(properties, "i", "b", "em", "u") and draft.length > since:
                    draft.emphasis.append((since, draft.length))
                named = None if properties is None else properties.find(W + "rStyle")
                if named is not None and _QUOTED.fullmatch(named.get(W + "val") or "") and draft.length > since:
                    first = draft.quoted.pop()[0] if draft.quoted and draft.quoted[-1][1] == since else since
                    draft.quoted.append((first, draft.length))
                raised = None if properties is None else properties.find(W + "vertAlign")
                if raised is not None and raised.get(W + "val") == "superscript":
                    draft.lift(since)
            elif element.tag == W + "fldSimple":
                if closes and open_fields:
                    self.cite(draft, *open_fields.pop())
                elif not closes:
                    open_fields.append(([element.get(W + "instr") or ""], [draft.length]))
            elif element.tag == W + "fldChar":
                kind = element.get(W + "fldCharType")
                if kind == "begin":
                    open_fields.append(([], []))
                elif kind == "separate" and open_fields:
                    open_fields[-1][1].append(draft.length)
                elif kind == "end" and open_fields:
                    self.cite(draft, *open_fields.pop())
            elif element.tag == W + "instrText" and open_fields:
                open_fields[-1][0].append(element.text or "")
            elif element.tag in (W + "footnoteReference", W + "endnoteReference"):
                label = f"{element.tag.removeprefix(W).removesuffix('Reference')} {element.get(W + 'id')}"
                draft.calls.append((label, draft.length))
                self.called.setdefault(label, number)
        while open_fields:
            self.cite(draft, *open_fields.pop())
        properties = paragraph.find(W + "pPr")
        style = None if properties is None else properties.find(W + "pStyle")
        name = "" if style is None else style.get(W + "val") or ""
        draft.quote = int(self.styles.get(name, _QUOTE.fullmatch(name) is not None))
        if raw.strip() and defines is None:
            self.depths[len(self.pages.blocks)] = _depth(properties)
            cell, row = (next(paragraph.iterancestors(W + name), None) for name in ("tc", "tr"))
            if row is not None:
                self.cells[len(self.pages.blocks)] = row, cell
        self.pages.add(draft, source=raw)

    def cite(self, draft: Draft, code: list[str], since: list[int]) -> None:
        start = since[0] if since else draft.length
        words = "".join(draft.parts)[start:]
        start += len(words) - len(words.lstrip())
        for key, locator, fields in cited("".join(code), self.sources):
            draft.citations.append(Citation(start, draft.length, key, locator or place(words), fields))


def _depth(properties: Any) -> float:
    """How far all lines of a paragraph are set in, in twips; 0 for an item of a list."""
    indent = None if properties is None else properties.find(W + "ind")
    if indent is None or properties.find(W + "numPr") is not None:
        return 0

    def twips(*names: str) -> float:
        for name in names:
            found = _MEASURE.fullmatch(indent.get(W + name) or "")
            if found:
                return float(found[1]) * (_UNITS[found[2]] if found[2] else 2.1 if name.endswith("Chars") else 1)
        return 0

    left = twips("left", "start", "leftChars", "startChars")
    return max(0, left - twips("hanging", "hangingChars"))


def _part(archive: Archive, name: str) -> Any:
    data = archive.read(name)
    if b"<!DOCTYPE" in data:
        raise YinzhengError(f"{name} declares entities, which no Word document does; it was not read")
    return xml(data, name)


def _quote_styles(archive: Archive) -> dict[str, bool]:
    """Whether each paragraph style is one for quotations, by its name or by what it is based on."""
    if "word/styles.xml" not in archive.names:
        return {}
    named: dict[str, tuple[str, str | None]] = {}
    for style in _part(archive, "word/styles.xml").iter(W + "style"):
        name, base = style.find(W + "name"), style.find(W + "basedOn")
        said = (name.get(W + "val") or "") if name is not None else ""
        named[style.get(W + "styleId") or ""] = (said, base.get(W + "val") if base is not None else None)
    result: dict[str, bool] = {}
    for key in named:
        here: str | None = key
        for _ in range(10):
            if here not in named or result.get(key):
                break
            result[key] = _QUOTE.fullmatch(named[here][0]) is not None
            here = named[here][1]
    return result


def _sources(archive: Archive) -> dict[str, Fields]:
    """Word's own list of sources, by tag."""
    result: dict[str, Fields] = {}
    for name in sorted(archive.names):
        if not re.fullmatch(r"customXml/item\d+\.xml", name):
            continue
        for source in _part(archive, name).iter(_BIB + "Source"):
            said = {child.tag: child.text or "" for child in source if isinstance(child.tag, str)}
            last = next(source.iter(_BIB + "Last"), None)
            fields = (
                ("doi", said.get(_BIB + "DOI", "")),
                ("title", said.get(_BIB + "Title", "")),
                ("author", last.text or "" if last is not None else ""),
                ("year", said.get(_BIB + "Year", "")),
            )
            result[said.get(_BIB + "Tag", "")] = tuple(pair for pair in fields if pair[1])
    return result
