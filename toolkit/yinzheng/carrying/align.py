"""One gap of two texts, laid beside each other: which old paragraphs became which new ones, and how sure that is.

A dynamic programme over beads (1-1, 1-2, 1-3, 2-1, 3-1; leaving out costs nothing and gains nothing). A bead gains
what its sides share, and pays a part of what they hold, so that two paragraphs are joined only where they are alike
enough. Forward and backward tables give, for every old paragraph, the best whole alignment that sends it elsewhere or
nowhere: the margin to it says how sure the best one is. Scheme and constants: research notes on anchoring, 1.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .features import Features, Floats

Bools = NDArray[np.bool_]

THETA = 0.2  # the likeness from which on two paragraphs are rather joined than not; unrelated ones have less than 0.15
PART = 0.25  # what each member of a split or merge must bring of itself
NEVER = -1e18
SHAPES = ((1, 1), (1, 2), (1, 3), (2, 1), (3, 1))


@dataclass(frozen=True, slots=True)
class Bead:
    """Old paragraphs that became new ones (positions in the gap). ``margins``: one for each old paragraph, as a part
    of its mass: what the best alignment gains over the best one in which it does not go to the bead's heir."""

    old: range
    new: range
    margins: tuple[float, ...]


def beads(features: Features, old: Sequence[int], new: Sequence[int], barred: Bools) -> list[Bead]:
    """The best alignment of a gap; `old` and `new` are rows of `features`. What is in no bead has no counterpart.

    ``barred``: for each old (row) and new (column) paragraph, whether they must not be joined.
    """
    if not len(old) or not len(new):
        return []
    gains = _gains(features, old, new, barred)
    forward = _table(gains, len(old), len(new))
    backward = _table({shape: gain[::-1, ::-1] for shape, gain in gains.items()}, len(old), len(new))[::-1, ::-1]
    return [
        Bead(rows, columns, tuple(_margin(features, old, gains, forward, backward, row, columns) for row in rows))
        for rows, columns in _path(gains, forward, len(old), len(new))
    ]


def _gains(features: Features, old: Sequence[int], new: Sequence[int], barred: Bools) -> dict[tuple[int, int], Floats]:
    """For each shape of bead what it gains at each place (row: its first old, column: its first new paragraph)."""
    overlap = np.where(barred, 0.0, features.overlap(old, new))
    ours, theirs = features.mass[list(old)], features.mass[list(new)]
    single = 2 * overlap - THETA * (ours[:, None] + theirs[None, :])
    gains = {(1, 1): np.where(overlap > 0, single, NEVER)}
    brings_new = overlap >= PART * theirs[None, :]
    brings_old = overlap >= PART * ours[:, None]
    for rows, columns in SHAPES[1:]:
        height, width = len(old) - rows + 1, len(new) - columns + 1
        if height <= 0 or width <= 0:
            gains[rows, columns] = np.full((max(height, 0), max(width, 0)), NEVER)
            continue
        gain = np.full((height, width), NEVER)
        fit = np.ones((height, width), bool)
        for step in range(max(rows, columns)):
            fit &= brings_new[:, step : step + width] if rows == 1 else brings_old[step : step + height, :]
        for row, column in np.argwhere(fit).tolist():
            if rows == 1:
                shared = features.joint(old[row], [new[column + step] for step in range(columns)])
            else:
                shared = features.joint(new[column], [old[row + step] for step in range(rows)])
            mass = ours[row : row + rows].sum() + theirs[column : column + columns].sum()
            gain[row, column] = 2 * shared - THETA * mass
        gains[rows, columns] = gain
    return gains


def _table(gains: dict[tuple[int, int], Floats], height: int, width: int) -> Floats:
    """The best gain of aligning the first `row` old with the first `column` new paragraphs."""
    table = np.zeros((height + 1, width + 1))
    for row in range(1, height + 1):
        best = table[row - 1].copy()
        for (rows, columns), gain in gains.items():
            if row >= rows and gain.size:
                with_bead = table[row - rows, : width + 1 - columns] + gain[row - rows]
                np.maximum(best[columns:], with_bead, out=best[columns:])
        np.maximum.accumulate(best, out=table[row])
    return table


def _path(gains: dict[tuple[int, int], Floats], table: Floats, row: int, column: int) -> Iterator[tuple[range, range]]:
    """The beads of the best alignment, last first."""
    while row and column:
        here = table[row, column]
        if table[row, column - 1] == here:
            column -= 1
        elif table[row - 1, column] == here:
            row -= 1
        else:
            for (rows, columns), gain in gains.items():
                if row >= rows and column >= columns:
                    before = table[row - rows, column - columns]
                    if before + gain[row - rows, column - columns] == here:
                        yield range(row - rows, row), range(column - columns, column)
                        row, column = row - rows, column - columns
                        break
            else:  # rounding; a bead was added in another order
                row -= 1


def _margin(
    features: Features,
    old: Sequence[int],
    gains: dict[tuple[int, int], Floats],
    forward: Floats,
    backward: Floats,
    row: int,
    columns: range,
) -> float:
    """How much the best alignment gains over the best in which this old paragraph goes to none of `columns`."""
    width = forward.shape[1] - 1
    other = float((forward[row] + backward[row + 1]).max())
    for (rows, wide), gain in gains.items():
        for first in range(max(row - rows + 1, 0), min(row, gain.shape[0] - 1) + 1):
            through = forward[first, : width + 1 - wide] + gain[first] + backward[first + rows, wide:]
            outside = np.ones(len(through), bool)
            outside[max(columns.start - wide + 1, 0) : columns.stop] = False
            if outside.any():
                other = max(other, float(through[outside].max()))
    return (float(forward[-1, -1]) - other) / max(float(features.mass[old[row]]), 1e-9)
