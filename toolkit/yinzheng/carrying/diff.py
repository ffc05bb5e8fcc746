"""How the letters of two paragraphs correspond: runs of equal letters, and where a place of the one is in the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

CELLS = 200_000_000  # the largest table of letters by letters; what is larger is cut at what stands once in both
ANCHOR = 12  # letters of such a cut


@dataclass(frozen=True, slots=True)
class Run:
    """Letters ``[old, old + size)`` and ``[new, new + size)`` are equal."""

    old: int
    new: int
    size: int


class Diff:
    """An alignment of two strings of letters. ``runs``: in order, never overlapping."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.runs = list(_joined(_runs(old, new, 0, 0)))
        self._starts = [run.old for run in self.runs]

    def kept(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where the letters of ``[start, end)`` that were kept stand now: ranges of the new letters."""
        result = []
        at = max(bisect_right(self._starts, start) - 1, 0)
        for run in self.runs[at:]:
            if run.old >= end:
                break
            first, last = max(start, run.old), min(end, run.old + run.size)
            if first < last:
                result.append((run.new + first - run.old, run.new + last - run.old))
        return result

    def image(self, start: int, end: int) -> tuple[int, int]:
        """The range of new letters that stands in the place of ``[start, end)``; what was put in its edges included."""
        return self._place(start), max(self._place(end - 1) + 1, self._place(start))

    def _place(self, at: int) -> int:
        """The new letter at an old one: itself where it was kept, as far into the change where it was not."""
        before = bisect_right(self._starts, at) - 1
        if before < 0:
            old_end = new_end = 0
        else:
            run = self.runs[before]
            if at < run.old + run.size:
                return run.new + at - run.old
            old_end, new_end = run.old + run.size, run.new + run.size
        limit = self.runs[before + 1].new if before + 1 < len(self.runs) else len(self.new)
        return min(new_end + at - old_end, max(limit - 1, new_end))


def _runs(old: str, new: str, old_at: int, new_at: int) -> Iterator[Run]:
    if not old or not new:
        return
    if len(old) * len(new) > CELLS:
        yield from _cut(old, new, old_at, new_at)
        return
    for block in Levenshtein.opcodes(old, new).as_matching_blocks():
        if block.size:
            yield Run(old_at + block.a, new_at + block.b, block.size)


def _cut(old: str, new: str, old_at: int, new_at: int) -> Iterator[Run]:
    """Align between grams that stand once in each text and in order; what has none is given up as rewritten."""
    from .fates import in_order

    ours, theirs = _once(old), _once(new)
    pairs = in_order([(at, theirs[gram]) for gram, at in ours.items() if gram in theirs])
    i = j = 0
    for next_i, next_j in [*pairs, (len(old), len(new))]:
        if next_i < i or next_j < j:
            continue  # grams overlap
        if (next_i - i) * (next_j - j) <= CELLS:
            yield from _runs(old[i:next_i], new[j:next_j], old_at + i, new_at + j)
        if next_i < len(old):
            yield Run(old_at + next_i, new_at + next_j, ANCHOR)
        i, j = next_i + ANCHOR, next_j + ANCHOR


def _once(text: str) -> dict[str, int]:
    """The grams that stand once, in order, with their places."""
    seen: dict[str, int] = {}
    for at in range(len(text) - ANCHOR + 1):
        gram = text[at : at + ANCHOR]
        seen[gram] = -1 if gram in seen else at
    return {gram: at for gram, at in seen.items() if at >= 0}


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    last: Run | None = None
    for run in runs:
        if last and (last.old + last.size, last.new + last.size) == (run.old, run.new):
            last = Run(last.old, last.new, last.size + run.size)
        else:
            if last:
                yield last
            last = run
    if last:
        yield last
