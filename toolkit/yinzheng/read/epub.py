"""E-books: the chapters in the order of the spine. An epub is a zip of XHTML; nothing more is needed to read it."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from ..errors import YinzhengError
from . import Source
from .archive import Archive, xml
from .encoding import decode
from .page import declared_charset

_NS = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "e": "http://www.w3.org/2001/04/xmlenc#",
}
_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"


def from_epub(archive: Archive) -> Source:
    """All chapters as one HTML text; the book's title beside it."""
    rootfile = xml(archive.read(_CONTAINER), _CONTAINER).find(".//c:rootfile", _NS)
    package = rootfile.get("full-path") if rootfile is not None else None
    if not package:
        raise YinzhengError(f"damaged: {_CONTAINER} does not say where the book is")
    book = xml(archive.read(package), package)
    folder = posixpath.dirname(package)
    hrefs = {item.get("id"): item.get("href", "") for item in book.iterfind(".//o:manifest/o:item", _NS)}
    locked = _locked(archive)
    chapters, said = [], {}
    for itemref in book.iterfind(".//o:spine/o:itemref", _NS):
        if itemref.get("idref") not in hrefs:
            raise YinzhengError(f"damaged: its spine names {itemref.get('idref')!r}, which the book does not list")
        name = posixpath.normpath(posixpath.join(folder, unquote(hrefs[itemref.get("idref")])))
        if name in locked:
            raise YinzhengError("this e-book is locked by copy protection (DRM); add a text that is not")
        data = archive.read(name)
        if data.strip():
            text, notices = decode(data, declared_charset(data))
            chapters.append(_body(text))
            said.update(dict.fromkeys(notices))
    html = "\n".join(chapters)
    if not re.search(r"\w", re.sub(r"<[^>]+>", "", html)):
        raise YinzhengError("there is no text in this e-book, only pictures; recognise it (OCR) first")
    title = (book.findtext(".//d:title", None, _NS) or "").strip()
    return Source(f"<div>{html}</div>", title or None, "epub", tuple(said))


def _locked(archive: Archive) -> set[str]:
    """The parts that are encrypted; fonts often are, and do not matter."""
    if _ENCRYPTION not in archive.names:
        return set()
    references = xml(archive.read(_ENCRYPTION), _ENCRYPTION).iterfind(".//e:CipherReference", _NS)
    return {unquote(reference.get("URI", "")) for reference in references}


def _body(text: str) -> str:
    match = re.search(r"<body\b[^>]*>(.*)</body\s*>", text, re.S | re.I)
    return f"<section>{match[1] if match else text}</section>"
