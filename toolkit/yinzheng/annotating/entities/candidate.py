"""What a rule proposes, and which of the proposals that overlap is kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from ...records import EntityLabel

# How much a proposal is to be trusted, before its length counts.
MARKED, NAMED, GUESSED = 3, 2, 0  # in title marks or a definition; known or of a name's form; anything weaker, by score


class Candidate(NamedTuple):
    """A span that may be a name. ``key``: of the lexicon or the glossary; empty where the surface itself is the key."""

    start: int
    end: int
    label: EntityLabel
    score: float
    key: str = ""
    rank: int = NAMED


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Of the candidates those that do not overlap, in reading order: by rank, then the longest, then the surest."""
    starts: list[int] = []
    kept: list[Candidate] = []
    for one in sorted(candidates, key=lambda c: (-c.rank, c.start - c.end if c.rank else -c.score, c.start, -c.score)):
        at = bisect_right(starts, one.start)
        if (at and kept[at - 1].end > one.start) or (at < len(kept) and kept[at].start < one.end):
            continue
        starts.insert(at, one.start)
        kept.insert(at, one)
    return kept
