"""A copy of a Word document with a comment at each finding; nothing else of it is changed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from ..errors import YinzhengError
from ..read.archive import Archive, xml
from .prose import Block
from .wordml import W, paragraphs, pieces

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DOCUMENT, _LINKS, _DECLARED = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold
_LARGEST = 1 << 30


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on ``block.text[start:end]``; a line of ``text`` is a paragraph of it."""

    block: Block
    start: int
    end: int
    text: str


def commented(data: bytes, blocks: Sequence[Block], comments: Sequence[Comment], author: str = "Yinzheng") -> bytes:
    """The document with these comments; its other parts are the same bytes. ``blocks``: what was read from it.

    A comment on a footnote stands at its number in the text, where every version of Word shows it.
    """
    archive = Archive(data)
    root = xml(archive.read(_DOCUMENT), _DOCUMENT)
    links = xml(archive.read(_LINKS), _LINKS) if _LINKS in archive.names else _element(_RELS + "Relationships")
    known = next((link.get("Target") for link in links if link.get("Type") == _TYPE), None)
    part = "word/comments.xml" if known is None else known.lstrip("/") if known.startswith("/") else f"word/{known}"
    notes = xml(archive.read(part), part) if part in archive.names else _element(W + "comments", "w")
    changed = {_DOCUMENT: root, part: notes}
    if known is None:
        taken = {link.get("Id") for link in links}
        name = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        links.append(_element(_RELS + "Relationship", None, Id=name, Type=_TYPE, Target="comments.xml"))
        declared = xml(archive.read(_DECLARED), _DECLARED)
        declared.append(_element(_TYPES + "Override", None, PartName="/word/comments.xml", ContentType=_CONTENT))
        changed |= {_LINKS: links, _DECLARED: declared}
    number = max((int(n) for n in (c.get(W + "id") for c in notes) if n and n.lstrip("-").isdecimal()), default=-1) + 1
    all_paragraphs = paragraphs(root)
    for comment in comments:
        block, start, end = comment.block, comment.start, comment.end
        called = block.note_of
        if called is not None:
            block, start, end = blocks[called[0]], called[1], called[1]
        if block.paragraph is None or not 0 < block.paragraph <= len(all_paragraphs):
            raise YinzhengError("a comment on a paragraph that is not in this document; read it again")
        first = block.index[start]
        last = max(first, block.ends[end - 1] if end > start else first)
        _mark(all_paragraphs[block.paragraph - 1], first, last, str(number))
        notes.append(_comment(comment.text, str(number), author))
        number += 1
    return _zip(data, changed)


def _element(tag: str, prefix: str | None = None, **attributes: str) -> Any:
    from lxml import etree

    return etree.Element(tag, attributes, nsmap={prefix: tag[1:].split("}")[0]})


def _w(tag: str, **attributes: str) -> Any:
    from lxml import etree

    return etree.Element(W + tag, {W + name: value for name, value in attributes.items()})


def _comment(text: str, number: str, author: str) -> Any:
    comment = _w("comment", id=number, author=author, initials="YZ")
    for line in _CONTROL.sub("\ufffd", text).split("\n"):
        words = _w("t")
        words.text = line
        words.set(_SPACE, "preserve")
        run, paragraph = _w("r"), _w("p")
        run.append(words)
        paragraph.append(run)
        comment.append(paragraph)
    return comment


def _mark(paragraph: Any, start: int, end: int, number: str) -> None:
    """The range of a comment in a paragraph, offsets in its own text, and the sign behind it."""
    before = _run_at(paragraph, start)
    begin, stop = _w("commentRangeStart", id=number), _w("commentRangeEnd", id=number)
    if before is None:
        paragraph.append(begin)
    else:
        before.addprevious(begin)
    last = _run_before(paragraph, end) if end > start else None
    (begin if last is None else last).addnext(stop)
    sign = _w("r")
    sign.append(_w("commentReference", id=number))
    stop.addnext(sign)


def _run_at(paragraph: Any, offset: int) -> Any:
    """The run that begins at an offset, one divided there if need be; None at the end."""
    at = 0
    for element, text, _ in list(pieces(paragraph)):
        if not text:
            continue
        if at <= offset < at + len(text):
            run = element.getparent()
            if run.tag != W + "r":
                return element
            first = next((child for child in run if child.tag != W + "rPr"), None)
            if offset == at and element is first:
                return run
            return _divided(run, element, offset - at)
        at += len(text)
    return None


def _run_before(paragraph: Any, offset: int) -> Any:
    """The run that ends at an offset, one divided there if need be."""
    _run_at(paragraph, offset)
    at, last = 0, None
    for element, text, _ in pieces(paragraph):
        if text and at < offset:
            last = element.getparent() if element.getparent().tag == W + "r" else element
        at += len(text)
    return last


def _divided(run: Any, element: Any, length: int) -> Any:
    """The second half of a run that is divided in or before one of its elements."""
    half = _w("r")
    properties = run.find(W + "rPr")
    if properties is not None:
        half.append(deepcopy(properties))
    tail = list(element.itersiblings())
    if length:
        words = deepcopy(element)
        words.tail = None
        words.text, element.text = element.text[length:], element.text[:length]
        for one in (words, element):
            one.set(_SPACE, "preserve")
        half.append(words)
    else:
        half.append(element)
    half.extend(tail)
    run.addnext(half)
    return half


def _zip(data: bytes, changed: dict[str, Any]) -> bytes:
    from lxml import etree

    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        if sum(info.file_size for info in old.infolist()) > _LARGEST:
            raise YinzhengError("it unpacks to more than 1 GB; save a smaller copy")
        left = dict(changed)
        for info in old.infolist():
            root = left.pop(info.filename, None)
            new.writestr(info, old.read(info) if root is None else _bytes(etree, root))
        for name, root in left.items():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _bytes(etree, root), zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _bytes(etree: Any, root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
