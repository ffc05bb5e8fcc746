"""A manuscript as it is read, whatever its markup: blocks of plain text, the way back to the file, and citations.

Every markup's reader gives this, and everything behind it knows no markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in a block. ``start, end``: code points of the block's text (the place of a mark that is not printed
    has start == end). ``key``: as the writer spells it, None where only a locator or an author and year stand there.
    ``locator``: as written, without its key (``para. 5``, ``¶ 5``, ``第5段``). ``fields``: what else is said of the
    work: ``doi, title`` by a reference manager's field, ``author, year`` in print, ``url`` in HTML; else empty."""

    start: int
    end: int
    key: str | None
    locator: str | None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a block that the markup itself says is a quotation (\\enquote, \\textcquote, <q>, #quote)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, footnote, cell or quote block of a manuscript.

    ``text``: what a reader sees, without markup. ``index``: for each code point of it, and one more for its end, the
    offset in ``source``; ``ends``: for each code point, the offset where its image ends (``\\%`` is two characters).
    ``source``: the whole text of ``file`` (for docx: the paragraph's own text). ``emphasis``: ranges of ``text``.
    ``quote``: the block as a whole is a quotation, and which one, where the markup tells them apart; else 0.
    ``note_of``: for a footnote, the number of the block that calls it, and the offset there.
    """

    text: str
    index: Sequence[int]
    file: str
    citations: tuple[Citation, ...] = ()
    quoted: tuple[Stretch, ...] = ()
    emphasis: tuple[tuple[int, int], ...] = ()
    quote: int = 0
    note_of: tuple[int, int] | None = None
    paragraph: int | None = (
        None  # of a docx: which paragraph of the document, 1-based; of a note, the one that calls it
    )
    source: str = field(default="", repr=False, compare=False)
    ends: Sequence[int] = field(default=(), repr=False, compare=False)
    markup: str = "text"
