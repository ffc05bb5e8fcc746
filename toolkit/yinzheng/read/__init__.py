"""Read: from a file, a page, a stream or a URL to one text, plain or light HTML. The files and sockets of `add`.

Each format is a module with one function; HTML is what docx and epub become, so that one segmenter serves all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..errors import YinzhengError
from .encoding import decode

Progress = Callable[[int, "int | None"], None]
_CHUNK = 1 << 20
LARGEST = 1 << 30


@dataclass(frozen=True, slots=True)
class Source:
    """A text as it was read. ``text`` is plain, Markdown or HTML; ``warnings`` are for people."""

    text: str
    title: str | None = None
    format: str = "txt"
    warnings: tuple[str, ...] = ()


def read(source: str, *, stdin: BinaryIO | None = None, progress: Progress | None = None) -> Source:
    """Read a path, a URL, or ``-`` (stdin). Raises YinzhengError that says what is wrong with it and what to do."""
    try:
        if source != "-" and re.match(r"[a-z][a-z0-9+.-]+://", source, re.I):
            return parse(*_fetched(source, progress))
        if source != "-":
            return parse(_file(Path(source), progress), source)
        if stdin is None:
            raise YinzhengError("no standard input")
        return parse(_all(stdin, None, progress), source)
    except YinzhengError as error:
        raise YinzhengError(error.message, path=error.path or source, line=error.line) from error


def _fetched(source: str, progress: Progress | None) -> tuple[bytes, str, str | None]:
    from .url import fetch

    try:
        data, declared = fetch(source, progress)
    except YinzhengError as error:
        raise YinzhengError(f"{error.message}; or save the page, and add the file", path=source) from error
    return data, source, declared


def parse(data: bytes, name: str = "", declared: str | None = None) -> Source:
    """Bytes to a source; what they are is told by the bytes first, by the name second."""
    if re.match(rb"\s*%PDF-\d", data):
        from .pdf import from_pdf

        return from_pdf(data.lstrip())
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _from_zip(data)
    from .page import declared_charset, from_page, is_page

    text, said = decode(data, declared or declared_charset(data))
    if is_page(text, name):
        return from_page(text, said)
    return Source(text, format="md" if name.lower().endswith((".md", ".markdown")) else "txt", warnings=said)


def _from_zip(data: bytes) -> Source:
    from .archive import Archive

    archive = Archive(data)
    if "word/document.xml" in archive.names:
        from .docx import from_docx

        return from_docx(archive)
    if "META-INF/container.xml" in archive.names:
        from .epub import from_epub

        return from_epub(archive)
    raise YinzhengError("a zip archive that is neither docx nor epub; unpack it and add the text inside")


def _file(path: Path, progress: Progress | None) -> bytes:
    try:
        if path.is_dir():
            raise YinzhengError("this is a folder; name a file in it", path=path)
        with path.open("rb") as file:
            return _all(file, path.stat().st_size, progress)
    except FileNotFoundError as error:
        from difflib import get_close_matches

        there = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        near = get_close_matches(path.name, there, n=3)
        raise YinzhengError("no such file" + (f"; near it: {', '.join(near)}" if near else ""), path=path) from error
    except OSError as error:
        raise YinzhengError(f"cannot be read: {error.strerror}", path=path) from error


def _all(stream: BinaryIO, size: int | None, progress: Progress | None) -> bytes:
    data = bytearray()
    while chunk := stream.read(_CHUNK):
        data += chunk
        if len(data) > LARGEST:
            raise YinzhengError("more than 1 GB; divide it")
        if progress:
            progress(len(data), size)
    return bytes(data)
