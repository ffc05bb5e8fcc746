"""Short paragraphs, and those whose letters stand several times, are told apart by the stretch they are in.

A stretch lies between two neighbours that were carried. Letters that stand once in it then and now, or a stretch that
is the same from end to end, leave no doubt; all else is asked of a person.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from .fates import SHORT, Fate, Table, in_order

FEW = 3  # letters that stand oftener than this are easily put in one another's place
REWORDED = 0.6  # the likeness (letters in common) by which a short paragraph is known again in its stretch


def settle(table: Table) -> None:
    """Decide all short and repeated paragraphs."""
    firm = {
        row: fate.targets
        for row, (form, fate) in enumerate(zip(table.old, table.fate, strict=True))
        if fate.status == "carried" and not table.short(row) and table.often[form] == 1 and table.free[form] <= 1
    }
    places: dict[str, list[int]] = defaultdict(list)
    for column, form in enumerate(table.new):
        places[form].append(column)
    row = column = 0
    ends = [*in_order([(at, min(targets)) for at, targets in firm.items()]), (len(table.old), len(table.new))]
    for next_row, next_column in ends:
        _stretch(table, range(row, next_row), range(column, next_column), places)
        row, column = next_row + 1, max(firm.get(next_row, (next_column,))) + 1


def _stretch(table: Table, rows: range, columns: range, places: dict[str, list[int]]) -> None:
    then, now = [table.old[row] for row in rows], [table.new[column] for column in columns]
    doubtful = [
        row
        for row, form in zip(rows, then, strict=True)
        if table.short(row) or table.often[form] > 1 or table.free[form] > 1
    ]
    for row in [*doubtful, *doubtful]:  # twice: each may stand beside another
        form = table.old[row]
        here = [column for column in columns if table.new[column] == form]
        if then == now:
            table.set(row, Fate("carried", (columns[row - rows.start],), 1.0, 1.0))
        elif here and then.count(form) == len(here) == 1:
            table.set(row, Fate("carried", (here[0],), 1.0, 1.0))
            if not _firmly(table, row, columns):
                table.fate[row] = Fate("review", (here[0],), 1.0, 0.0)
        elif here:
            table.set(row, Fate("review", (here[0],), 1.0, 0.0))
        elif table.fate[row].status == "carried" and table.identical(row):
            table.fate[row] = replace(table.fate[row], status="review", margin=0.0)
    lost = [row for row in doubtful if not table.fate[row].targets]
    if lost:
        _lost(table, lost, columns, places)


def _firmly(table: Table, row: int, columns: range) -> bool:
    """Whether what surrounds a paragraph is there still: both its neighbours, or one, and nothing that is new."""
    before, behind = table.beside(row, -1), table.beside(row, 1)
    form = table.old[row]
    if (before and behind) or table.often[form] == table.free[form] == 1:
        return True
    news = any(at not in table.claimed and table.new[at] not in table.often for at in columns)
    repeated = max(table.often[form], table.free[form]) > FEW
    return (before or behind) and not (repeated and news) and _run_in(table, row) is None


def _lost(table: Table, rows: list[int], columns: range, places: dict[str, list[int]]) -> None:
    """Run into the paragraph beside it, or reworded, or moved."""
    for row in rows:
        run_in = _run_in(table, row)
        if run_in is not None:
            table.set(row, run_in)
    rows = [row for row in rows if not table.fate[row].targets]
    free = [at for at in columns if at not in table.claimed and len(table.forms[at]) < 2 * SHORT]
    for row, column, alike, apart in _reworded(table, rows, free):
        sure = alike >= REWORDED and apart >= 0.2 and table.new[column] not in table.often
        table.set(row, Fate("carried" if sure else "review", (column,), alike, apart))
    for row in rows:
        elsewhere = [at for at in places.get(table.old[row], ()) if at not in table.claimed]
        if not table.fate[row].targets and elsewhere:
            nearest = min(elsewhere, key=lambda at: abs(at - columns.start))
            table.fate[row] = Fate("review", (nearest,), 1.0, 0.0)


def _run_in(table: Table, row: int) -> Fate | None:
    """The new paragraph that begins (or ends) with all letters of a short one, as its neighbour did not."""
    size = table.lengths[row]
    for step in (1, -1):
        beside = row + step
        if not size or not 0 <= beside < len(table.old) or table.short(beside):
            continue
        if table.fate[beside].status != "carried":
            continue
        at = (min if step > 0 else max)(table.fate[beside].targets)
        form = table.forms[at]
        edge, rest = (form[:size], form[size:]) if step > 0 else (form[-size:], form[:-size])
        if table.new[at] == table.old[beside] or table.key(edge) != table.old[row]:
            continue
        had = table.readable and (str.startswith if step > 0 else str.endswith)(table.old[beside], edge)
        sure = table.key(rest) == table.old[beside] or (table.readable and not had)
        return Fate("carried" if sure else "review", (at,), 1.0, 1.0 if sure else 0.0)
    return None


def _reworded(table: Table, rows: list[int], free: list[int]) -> list[tuple[int, int, float, float]]:
    """Pairs of a lost paragraph and a new one, each the other's likest; likeness, and how far the next is behind.

    Without letters to compare, one of each is a pair that nothing speaks for.
    """
    if not table.readable:
        return [(rows[0], free[0], 0.0, 0.0)] if len(rows) == len(free) == 1 else []
    score = {(row, at): LCSseq.normalized_similarity(table.old[row], table.forms[at]) for row in rows for at in free}
    pairs = []
    for row in rows:
        at = max(free, key=lambda at: score[row, at], default=None)
        if at is None or score[row, at] != max(score[other, at] for other in rows) or score[row, at] < 0.4:
            continue
        rivals = [score[row, other] for other in free if other != at] + [score[r, at] for r in rows if r != row]
        pairs.append((row, at, score[row, at], score[row, at] - max(rivals, default=0.0)))
    return pairs
