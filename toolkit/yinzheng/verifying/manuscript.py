"""Manuscripts: from a file in any markup to blocks of prose."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import PurePath

from ..read.encoding import decode
from .prose import Block

Include = Callable[[str], "str | None"]
_SUFFIXES = {
    **dict.fromkeys((".md", ".markdown", ".qmd", ".rmd", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".tex", ".ltx", ".latex"), "latex"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **{".typ": "typst", ".org": "org", ".docx": "docx"},
}
MARKUPS = ("markdown", "latex", "typst", "org", "html", "docx", "text")


def markup_of(path: str | PurePath) -> str:
    """The markup of a file by its name's end; ``text`` where the end says nothing.

    >>> markup_of("thesis.TEX"), markup_of("notes")
    ('latex', 'text')
    """
    return _SUFFIXES.get(PurePath(path).suffix.lower(), "text")


def read(source: str | bytes, markup: str, name: str = "-", include: Include | None = None) -> list[Block]:
    """The blocks of a manuscript in reading order, a footnote behind the block that calls it where it stands inside.

    ``include`` gives the text of a file that the manuscript names (``\\input``, ``#include``), None where it is not
    there; it sees the name as written, with its suffix. Each file is read once. Offsets are those of the text as it is
    in the file: a BOM and carriage returns count. Raises YinzhengError for a broken docx and bytes that are no text.
    """
    if markup == "docx":
        from .markups.docx import blocks

        return blocks(source.encode("latin-1", "replace") if isinstance(source, str) else source, name)
    seen = {posixpath.normpath(name)}

    def included(wanted: str) -> list[Block]:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), wanted))
        text = None if include is None or path in seen else include(wanted)
        if text is None or len(seen) > 200:
            return []
        seen.add(path)
        return list(reader(text, path, included))

    reader = import_module(f".markups.{markup}", __package__).blocks
    if markup == "latex":
        reader = partial(reader, main=text_of(source))
    return list(reader(text_of(source), name, included))


def text_of(source: str | bytes) -> str:
    """The text of a file, every character of it: what offsets count in. UTF-8, or what `decode` makes of it."""
    if isinstance(source, str):
        return source
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        return decode(source)[0]
