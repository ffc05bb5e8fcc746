"""What became of each old paragraph: identical letters first, then alignment of the gaps, then what moved.

A doubt is `review`, never a guess. Scheme: research notes on anchoring, section 1.3; the constants are its own, moved
where `tests/test_carry.py` showed that they cost right ids and save no wrong one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import LCSseq

from .align import PART, beads
from .doubts import doubt
from .fates import SHORT, Fate, Key, Table, in_order
from .features import Features, Lookup
from .stretches import settle

SURE = 0.06  # the margin that a paragraph needs to be carried …
ALIKE = 0.2  # … and the likeness (weighted Dice) of its bead: unrelated paragraphs have less
MOVED = 0.6  # the likeness that a paragraph out of its order needs …
APART = 0.15  # … and how much likelier it must be than its rivals
WORTH = 0.35  # a likeness worth a person's look
LARGE = 400_000  # cells of a gap above which it is first cut at its surest pairs
HOPELESS = 10 * LARGE  # … and of a piece in which there is none for so long that it is no state of the same text


def follow(
    old: Sequence[str], lengths: Sequence[int], new: Sequence[str], features: Features, key: Key | None = None
) -> list[Fate]:
    """The fate of each old paragraph.

    ``old``: letters, with `key` None, or what `key` makes of letters (a hash), where nothing else is known of them;
    ``lengths``: of their letters; ``new``: letters; ``features``: of the old paragraphs, then of the new ones.
    """
    table = Table(old, lengths, new, features, key)
    for rows, columns in _gaps(table, _anchors(table)):
        _align(table, rows, columns)
    _move(table)
    doubt(table)
    settle(table)
    return table.fate


def _anchors(table: Table) -> list[tuple[int, int]]:
    """Paragraphs whose letters stand once in each text; those in order are returned, to cut the texts at."""
    place = {form: at for at, form in enumerate(table.new) if table.free[form] == 1}
    pairs = [
        (row, place[form])
        for row, form in enumerate(table.old)
        if form in place and table.often[form] == 1 and not table.short(row)
    ]
    for row, column in pairs:
        table.set(row, Fate("carried", (column,), 1.0, 1.0))
    return in_order(pairs)


def _gaps(table: Table, anchors: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """What lies between the anchors, a large gap cut again at its surest pairs. Short paragraphs wait.

    What is still too large is left to `_move`, which looks paragraphs up one by one.
    """
    result = []
    row = column = 0
    for next_row, next_column in [*anchors, (len(table.old), len(table.new))]:
        rows = [at for at in range(row, next_row) if not table.fate[at].targets and not table.short(at)]
        columns = [at for at in range(column, next_column) if at not in table.claimed and len(table.forms[at]) >= SHORT]
        result += _cut(table, rows, columns)
        row, column = next_row + 1, next_column + 1
    return [gap for gap in result if 0 < len(gap[0]) * len(gap[1]) <= HOPELESS]


def _cut(table: Table, rows: list[int], columns: list[int]) -> list[tuple[list[int], list[int]]]:
    """A gap that is too large for a table of gains is cut at its sure pairs, each beginning a piece."""
    if len(rows) * len(columns) <= LARGE:
        return [(rows, columns)]
    pieces = []
    row = column = 0
    for next_row, next_column in in_order(_surest(table, rows, columns)):
        at = bisect_left(rows, next_row), bisect_left(columns, next_column)
        if (at[0] - row) * (at[1] - column) >= LARGE // 100:
            pieces.append((rows[row : at[0]], columns[column : at[1]]))
            row, column = at
    return [*pieces, (rows[row:], columns[column:])]


def _surest(table: Table, rows: Sequence[int], columns: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs that are each other's best by far, looked up by rare features."""
    find = Lookup(table.features, map(table.feature, columns), rows)
    pairs = []
    taken: Counter[int] = Counter()
    for row in rows:
        found = find.like(row)
        if found and found[0][0] >= MOVED and (len(found) == 1 or found[0][0] - found[1][0] >= APART):
            column = found[0][1] - len(table.old)
            pairs.append((row, column))
            taken[column] += 1
    return [(row, column) for row, column in pairs if taken[column] == 1]


def _align(table: Table, rows: list[int], columns: list[int]) -> None:
    features = table.features
    barred = np.array([[table.barred(row, column) for column in columns] for row in rows], bool)
    for bead in beads(features, rows, [table.feature(at) for at in columns], barred):
        old, new = [rows[at] for at in bead.old], [columns[at] for at in bead.new]
        mass = sum(features.mass[at] for at in (*old, *map(table.feature, new)))
        if len(old) == 1:
            shared = features.joint(old[0], map(table.feature, new))
        else:
            shared = features.joint(table.feature(new[0]), old)
        likeness = min(float(2 * shared / mass), 1.0) if mass else 0.0
        targets, clear = _heir(table, old[0], new)
        for row, margin in zip(old, bead.margins, strict=True):
            sure = margin >= SURE and likeness >= ALIKE and clear and _adds(table, row, old, new[0])
            table.set(row, Fate("carried" if sure else "review", tuple(targets), likeness, margin))


def _heir(table: Table, row: int, columns: list[int]) -> tuple[list[int], bool]:
    """The parts of a split, the one that holds most of the old letters first; and whether it clearly does."""
    if len(columns) == 1:
        return columns, True
    if table.readable:
        held = {at: float(LCSseq.similarity(table.old[row], table.forms[at])) for at in columns}
    else:
        held = {at: table.held(row, [at]) * table.lengths[row] for at in columns}
    first, second, *rest = sorted(columns, key=lambda at: (-held[at], at))
    if table.readable:
        halves = held[first] == held[second] == table.lengths[row] / 2
        clear = halves or held[first] - held[second] > 0.02 * table.lengths[row]
    else:  # sketches tell parts only roughly: the longer part must hold more, and clearly be longer
        longer = len(table.forms[first]) - len(table.forms[second])
        clear = held[first] - held[second] > 0.1 * table.lengths[row] < 2 * longer
    return [first, second, *rest], clear


def _adds(table: Table, row: int, merged: list[int], column: int) -> bool:
    """Whether a member of a merge brings letters that no other member brings: its twin may be the one merged."""
    if len(merged) == 1:
        return True
    features, here = table.features, table.feature(column)
    brought = features.joint(here, merged) - features.joint(here, [at for at in merged if at != row])
    return brought >= PART * float(features.mass[row])


def _move(table: Table) -> None:
    """Paragraphs that have no counterpart in their place, but one elsewhere."""
    lost = [row for row, fate in enumerate(table.fate) if not fate.targets and not table.short(row)]
    free = [at for at in range(len(table.new)) if at not in table.claimed]
    find = Lookup(table.features, map(table.feature, free), lost)
    found = {row: likely for row in lost if (likely := find.like(row)) and likely[0][0] >= WORTH}
    claims = Counter(likely[0][1] for likely in found.values())
    origin = Lookup(table.features, range(len(table.old)), [likely[0][1] for likely in found.values()])
    for row, likely in found.items():
        likeness, place = likely[0]
        rivals = [other for other, _ in likely[1:2]] + [other for other, at in origin.like(place) if at != row]
        apart = likeness - max(rivals, default=0.0)
        sure = likeness >= MOVED and apart >= APART and claims[place] == 1
        sure = sure and not table.barred(row, place - len(table.old))
        table.set(row, Fate("carried" if sure else "review", (place - len(table.old),), likeness, apart))
