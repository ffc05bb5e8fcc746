"""Where in a passage a quotation stands that is not there letter by letter, and which of its letters is which.

An edit distance with free ends, in which a cut costs less a letter than a change does, so that words left out are
found as such, and nothing or little where the writer marked one. One row of the table a letter, by numpy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..carrying.diff import Diff

CELLS = 6_000_000
_CHANGE = 1.1  # a letter for another, or for none; more than leaving one out
_CUT, _LETTER = 1.5, 0.05  # an unmarked cut: what it costs at all, and what each of its letters adds


@dataclass(frozen=True, slots=True)
class Aligned:
    """``at``: for each letter of the quotation its letter in the source, -1 where it has none. ``cost``: of it all."""

    at: tuple[int, ...]
    cost: float


def align(quote: str, source: str, marked: Mapping[int, float]) -> Aligned:
    """The cheapest alignment of the whole quotation with a part of the source.

    ``marked``: behind how many letters a gap is marked, and what each letter that the source has there costs.

    >>> align("AXCD", "zzABCDzz", {}).at, align("AD", "zABCDz", {1: 0.0}).at
    ((2, 3, 4, 5), (1, 4))
    """
    rows, columns = len(quote), len(source) + 1
    if rows * columns > CELLS:
        return _long(quote, source)
    ours, theirs = _codes(quote), _codes(source)
    place = np.arange(columns, dtype=np.float64)
    ended = np.zeros((rows + 1, columns))  # letter i stands at, or before, column j
    moved = np.zeros((rows + 1, columns))  # … and letters of the source were skipped behind it
    for row in range(1, rows + 1):
        before = moved[row - 1]
        here = before + _CHANGE
        np.minimum(here[1:], before[:-1] + (theirs != ours[row - 1]) * _CHANGE, out=here[1:])
        ended[row] = here
        moved[row] = here if row == rows else _skipped(here, place, marked.get(row))
    column = int(np.argmin(ended[rows]))
    cost = float(ended[rows, column])
    at = []
    for row in range(rows, 0, -1):
        if row < rows and moved[row, column] < ended[row, column] - 1e-9:
            steps = place[column] - place[: column + 1]
            column = int(np.argmin(ended[row, : column + 1] + _cost(steps, marked.get(row))))
        change = _CHANGE * bool(column and theirs[column - 1] != ours[row - 1])
        if column and moved[row - 1, column - 1] + change <= ended[row, column] + 1e-9:
            column -= 1
            at.append(column)
        else:
            at.append(-1)
    return Aligned(tuple(reversed(at)), cost)


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _skipped(here: np.ndarray, place: np.ndarray, marked: float | None) -> np.ndarray:
    one = np.minimum.accumulate(here - place) + place
    many = np.minimum.accumulate(here - _LETTER * place) + _LETTER * place + _CUT
    best: np.ndarray = np.minimum(np.minimum(here, one), many)
    if marked is not None:
        np.minimum(best, np.minimum.accumulate(here - marked * place) + marked * place, out=best)
    return best


def _cost(steps: np.ndarray, marked: float | None) -> np.ndarray:
    cost = np.minimum(steps, _CUT + _LETTER * steps)
    cost[steps == 0] = 0.0
    return cost if marked is None else np.asarray(np.minimum(cost, marked * steps))


def _long(quote: str, source: str) -> Aligned:
    """A quotation of pages, by the diff of two texts."""
    at = [-1] * len(quote)
    for run in Diff(quote, source).runs:
        at[run.old : run.old + run.size] = range(run.new, run.new + run.size)
    return Aligned(tuple(at), float(at.count(-1)))
