"""Positions of text that others count otherwise than in code points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from .columns import line


def points(text: str) -> Sequence[int]:
    """The code point of each UTF-16 unit.

    >>> list(points("a😀b"))
    [0, 1, 1, 2]
    """
    if not _astral(text):
        return range(len(text))
    return [at for at, character in enumerate(text) for _ in range(1 + (character > "\uffff"))]


def units(text: str) -> Sequence[int]:
    """The UTF-16 unit at which each code point begins, and behind the last.

    >>> list(units("a😀b"))
    [0, 1, 3, 4]
    """
    if not _astral(text):
        return range(len(text) + 1)
    return list(accumulate((1 + (character > "\uffff") for character in text), initial=0))


def _astral(text: str) -> bool:
    return not text.isascii() and max(text) > "\uffff"


def counted_as(text: str, named: Sequence[tuple[int, str]]) -> tuple[str, Sequence[int]]:
    """The text, and the code point of each position, as a file counts them whose standard says code points.

    Not all tools keep to it: some take CR LF as one character, some count UTF-16 units. ``named``: positions, and the
    words that begin there as far as names hold them; the count that finds most of these is the file's.
    """
    texts = dict.fromkeys((text, text.replace("\r\n", "\n")))
    ways = [(one, way) for one in texts for way in (range(len(one)), points(one))]
    starts = [(at, words) for at, name in named if (words := line(name).rstrip(" .…"))]

    def agree(way: tuple[str, Sequence[int]]) -> int:
        whole, counted = line(way[0]), way[1]
        return sum(0 <= at < len(counted) and whole.startswith(words, counted[at]) for at, words in starts)

    return max(ways, key=agree)
