"""E-books: the chapters in the order of the spine. An epub is a zip of XHTML; nothing more is needed to read it."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import Any
from urllib.parse import unquote

from ..errors import YinzhengError
from . import Source
from .encoding import decode

LARGEST = 512 * 1024 * 1024
_NS = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
}


def from_epub(data: bytes) -> Source:
    """All chapters as one HTML text; the book's title beside it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise YinzhengError("this e-book unpacks to more than 512 MB")
            container = _xml(archive.read("META-INF/container.xml"))
            package = container.find(".//c:rootfile", _NS).get("full-path")
            book = _xml(archive.read(package))
            folder = posixpath.dirname(package)
            hrefs = {item.get("id"): item.get("href") for item in book.iterfind(".//o:manifest/o:item", _NS)}
            chapters = []
            for itemref in book.iterfind(".//o:spine/o:itemref", _NS):
                name = posixpath.normpath(posixpath.join(folder, unquote(hrefs[itemref.get("idref")])))
                chapters.append(_body(decode(archive.read(name))[0]))
            title = book.findtext(".//d:title", None, _NS)
    except YinzhengError:
        raise
    except (KeyError, AttributeError, zipfile.BadZipFile, SyntaxError, RuntimeError, EOFError) as error:
        raise YinzhengError(f"this e-book cannot be read: {error}") from error
    html = "\n".join(chapters)
    if not re.search(r"\w", re.sub(r"<[^>]+>", "", html)):
        raise YinzhengError("there is no text in this e-book")
    return Source(f"<div>{html}</div>", title.strip() if title else None, "epub")


def _xml(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _body(text: str) -> str:
    match = re.search(r"<body\b[^>]*>(.*)</body\s*>", text, re.S | re.I)
    return f"<section>{match[1] if match else text}</section>"
