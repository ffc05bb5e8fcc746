"""Where a misquotation ends in the source: at whole words and numbers, as many as the quotation has there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..edges import AROUND, at_edges
from ..edges.counting import figures
from ..letters import letters
from .alterations import Kept
from .index import Passage

_UNIT = re.compile(r"[^\W_\x00-⺀]|[^\W_⺀-\U000e0000]+(?:[.,][0-9]+)*(?:['’][^\W\d_⺀-\U000e0000]+)?")
_MOST = 12  # words in a row that may be another's at an end; more, and nobody knows where the source's begin


def ends(kept: Kept, passage: Passage, at: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` of the passage's text, which the letters that are there fill, moved to whole words; and where
    the first or last words of the quotation are not the source's, by as many words of the source."""
    text = passage.text
    units = _units(kept.pieces[0], 0)
    gone = next((number for number, one in enumerate(units[: _MOST + 1]) if _stands(kept, passage, at, *one)), None)
    if gone:
        before = list(
            _UNIT.finditer(text, max(text.rfind("\n", 0, start) + 1, start - 400), _from(passage, at, units[gone]))
        )
        start = before[-gone].start() if len(before) >= gone else start
    units = _units(kept.pieces[-1], len(kept.letters) - len(letters(kept.pieces[-1])))[::-1]
    gone = next((number for number, one in enumerate(units[: _MOST + 1]) if _stands(kept, passage, at, *one)), None)
    if gone:
        stop = text.find("\n", end)
        low = passage.letters.index[at[units[gone][1] - 1]] + 1
        behind = list(_UNIT.finditer(text, low, min(len(text) if stop < 0 else stop, low + 400)))[:gone]
        end = behind[-1].end() if behind else end
    return _whole(text, start, end)


def _from(passage: Passage, at: Sequence[int], unit: tuple[int, int]) -> int:
    return passage.letters.index[at[unit[0]]]


def _units(piece: str, before: int) -> list[tuple[int, int]]:
    """The words and Han characters of a piece, as its letters; ``before``: those before the piece."""
    index = letters(piece).index
    spans = ((bisect_left(index, m.start()), bisect_left(index, m.end())) for m in _UNIT.finditer(piece))
    return [(before + a, before + b) for a, b in spans if a < b]


def _stands(kept: Kept, passage: Passage, at: Sequence[int], low: int, high: int) -> bool:
    first = at[low]
    if first < 0 or list(at[low:high]) != list(range(first, first + high - low)):
        return False
    if passage.letters.text[first : first + high - low] != kept.letters[low:high]:
        return False
    a, b = passage.letters.stored(first, first + high - low)
    return not at_edges(passage.text, a, b)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Moved out of the words and figures that an end would cut."""
    if not at_edges(text, start, end):
        return start, end
    low = max(0, start - AROUND)
    high = min(len(text), end + AROUND)
    spans = [(low + a, low + b) for a, b in figures(text[low : start + AROUND])]
    spans += (
        [(end - AROUND + a, end - AROUND + b) for a, b in figures(text[end - AROUND : high])]
        if end >= AROUND
        else [(a, b) for a, b in figures(text[:high])]
    )
    for match in (*_UNIT.finditer(text, low, start + AROUND), *_UNIT.finditer(text, max(0, end - AROUND), high)):
        spans.append(match.span())
    return (
        min([a for a, b in spans if a < start < b], default=start),
        max([b for a, b in spans if a < end < b], default=end),
    )
