"""What a format gets to print: citations, lists of references, and the entries behind them."""

from __future__ import annotations

from dataclasses import dataclass

from ..bib import Entry
from .excerpt import Excerpt
from .inline import Inline


@dataclass(frozen=True, slots=True)
class Citation:
    """One excerpt and how it is cited. ``marks``: opening and closing quotation mark, or empty for our own words."""

    excerpt: Excerpt
    key: str
    locator: str | None
    in_text: Inline
    marks: str

    @property
    def words(self) -> str:
        """The words with their marks."""
        return self.marks[:1] + self.excerpt.text + self.marks[1:]


@dataclass(frozen=True, slots=True)
class Bundle:
    """``lists``: for each style in play its heading, and (key, entry in that style) for each reference."""

    citations: tuple[Citation, ...]
    lists: tuple[tuple[str, tuple[tuple[str, Inline], ...]], ...]
    entries: tuple[Entry, ...]

    @property
    def unverified(self) -> list[tuple[str, str]]:
        """(key, note) of every entry that states what nobody has confirmed."""
        return [
            (entry.key, entry.fields["note"]) for entry in self.entries if "erified" in entry.fields.get("note", "")
        ]
