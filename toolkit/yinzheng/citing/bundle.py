"""What a format gets to print: passages with their citations, lists of references, and the entries behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..bib import Entry
from .cited import Cited
from .excerpt import Excerpt
from .inline import Inline


class Engines(NamedTuple):
    """A style in other programs, where they have it or one that comes near: how LaTeX loads it, what Typst calls it."""

    biblatex: str = "[backend=biber, style=authoryear]{biblatex}"
    typst: str = "chicago-author-date"


NEAREST = Engines()


@dataclass(frozen=True, slots=True)
class Citation:
    """One excerpt and how it is cited.

    ``marks``: opening and closing quotation mark; empty for our own words and in a block. ``words``: what stands
    between them, with the edition's emphasis, and with the marks inside fitted to those outside. ``note``: the number
    of its note, in a style of notes. ``block``: long enough for a block of its own. ``source``: the key of the work
    that our own words summarise, for a program that makes citations from keys; ``cited`` names it in words.
    """

    excerpt: Excerpt
    key: str
    cited: Cited
    marks: str
    words: Inline
    block: bool = False
    note: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Citations that belong together: one, or the same place in two languages, to be set side by side."""

    citations: tuple[Citation, ...]

    @property
    def caption(self) -> str | None:
        """The line above it."""
        return self.citations[0].excerpt.caption


@dataclass(frozen=True, slots=True)
class Bundle:
    """``lists``: for each style in play its heading, and (key, entry in that style) for each reference. ``engines``:
    what comes near to the first of them in the programs that make the list themselves."""

    passages: tuple[Passage, ...]
    lists: tuple[tuple[str, tuple[tuple[str, Inline], ...]], ...]
    entries: tuple[Entry, ...]
    engines: Engines = NEAREST

    @property
    def citations(self) -> list[Citation]:
        """All of them, in order."""
        return [citation for passage in self.passages for citation in passage.citations]

    @property
    def unverified(self) -> list[tuple[str, str]]:
        """(key, note) of every entry that states what nobody has confirmed."""
        return [
            (entry.key, entry.fields["note"]) for entry in self.entries if "erified" in entry.fields.get("note", "")
        ]


@dataclass(frozen=True, slots=True)
class Printed:
    """What a format made, without a newline at its end, and a sentence for each thing that it could not carry."""

    data: str | bytes
    lost: tuple[str, ...] = ()
