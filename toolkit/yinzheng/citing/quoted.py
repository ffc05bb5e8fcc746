"""How much of a text in copyright is quoted: its letters, each counted once however often it is quoted.

No law names a share that is always allowed, and this is no legal advice: a tenth is where a scholar may want to ask.
Publishers' own customs are narrower and wider (800 words in all, none longer than 300, is one).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ..letters import letters
from ..records import Paragraph
from ..works import Edition
from ..workspace import Workspace
from .cut import ELLIPSIS

LIMIT = 10  # per cent
_OPEN = ("creativecommons.org/", "rightsstatements.org/vocab/NoC-", "rightsstatements.org/vocab/NKC")
_NEAR = 4  # paragraphs that one quotation may run over


@dataclass(frozen=True, slots=True)
class Share:
    """``letters`` quoted ``of`` those of an edition; ``limit`` in per cent."""

    work: str
    edition: str
    letters: int
    of: int
    limit: int

    def __str__(self) -> str:
        return (
            f"{self.letters:,} of the {self.of:,} letters of {self.work}/{self.edition} are quoted "
            f"({self.letters / max(self.of, 1):.0%}), more than {self.limit} %: you may need its rights holder’s leave "
            "(a custom, no legal advice; quote_limit in work.toml sets another)"
        )


def is_restricted(edition: Edition) -> bool:
    """Whether quoting much of it may need leave: a text that is not shipped, and not stated to be free."""
    return edition.text == "local" and not any(licence in edition.rights for licence in _OPEN)


def over(workspace: Workspace, quotations: Iterable[tuple[str, str, str, str]]) -> list[Share]:
    """The editions in copyright of which more than their limit is quoted. ``quotations``: work, edition, id of the
    paragraph where each begins, words."""
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for work, edition, paragraph, words in quotations:
        rows.setdefault((work, edition), []).append((paragraph, words))
    found = [
        share(workspace.edition(*key), workspace.paragraphs(*key), words)
        for key, words in rows.items()
        if is_restricted(workspace.edition(*key))
    ]
    return [one for one in found if one.letters * 100 > one.limit * one.of]


def share(edition: Edition, paragraphs: Sequence[Paragraph], quotations: Iterable[tuple[str, str]]) -> Share:
    """How much of an edition is quoted. ``quotations``: the id of the paragraph where each begins, and its words, in
    either script, with an ellipsis where some are left out. Words that are not there, since they are misquoted, count
    with their own letters.
    """
    places = {paragraph.id: number for number, paragraph in enumerate(paragraphs)}
    starts = [0]
    for paragraph in paragraphs:
        starts.append(starts[-1] + paragraph.length)
    forms = cache(lambda number: letters(paragraphs[number].text or "").text)
    ranges: list[tuple[int, int]] = []
    strange = 0
    for name, words in quotations:
        first = places.get(name, 0)
        text = "".join(map(forms, range(first, min(first + _NEAR, len(paragraphs)))))
        at = 0
        for piece in ELLIPSIS.split(words):
            wanted = letters(piece).text
            found = text.find(wanted, at)
            if found < 0:
                strange += len(wanted)
            elif wanted:
                at = found + len(wanted)
                ranges.append((starts[first] + found, starts[first] + at))
    work = paragraphs[0].work if paragraphs else ""
    limit = LIMIT if edition.quote_limit is None else edition.quote_limit
    return Share(work, edition.key, strange + _union(ranges), starts[-1], limit)


def _union(ranges: Iterable[tuple[int, int]]) -> int:
    covered = end = 0
    for first, last in sorted(ranges):
        covered += max(0, last - max(first, end))
        end = max(end, last)
    return covered
