"""Second thoughts: what was carried, but might as well be something else, is sent to a person."""

from __future__ import annotations

from dataclasses import replace

from .align import PART
from .fates import Table
from .features import Lookup

ROUGH = 0.1  # sketches tell the parts of a paragraph no better than this
NEAR = 0.15  # a rival that holds nearly as much of a paragraph (or as much of whose own is held) is a doubt


def doubt(table: Table) -> None:
    """Doubt what has rivals, and copies."""
    _rivals(table)
    _copies(table)


def _rivals(table: Table) -> None:
    """A new paragraph that nobody claims, or an old one that went nowhere, and that fits as well; or more of the
    paragraph in the one beside its heir than in its heir."""
    free = [at for at in range(len(table.new)) if at not in table.claimed]
    lost = [row for row, fate in enumerate(table.fate) if not fate.targets and not table.short(row)]
    rows = [row for row, fate in enumerate(table.fate) if fate.status == "carried" and not table.identical(row)]
    heirs = [table.feature(table.fate[row].targets[0]) for row in rows]
    unclaimed = Lookup(table.features, map(table.feature, free), rows)
    homeless = Lookup(table.features, lost, heirs)
    for row in rows:
        fate = table.fate[row]
        rivals = [table.held(row, [at - len(table.old)]) for _, at in unclaimed.like(row)]
        rivals += [table.held(other, fate.targets) for _, other in homeless.like(table.feature(fate.targets[0]))]
        heir = fate.targets[0]
        beside = {heir - 1, heir + 1} - {-1, len(table.new), *fate.targets}
        first = table.held(row, [heir])
        if not table.readable and first < 1 - 2 * ROUGH:  # a part of it: is it really the larger one?
            first -= ROUGH
        if max(rivals, default=0.0) >= table.held(row, fate.targets) - NEAR or any(
            table.held(row, [at]) > first for at in beside
        ):
            table.fate[row] = replace(fate, status="review")


def _copies(table: Table) -> None:
    """The same letters, but not between the same neighbours: a copy, perhaps, and the paragraph part of another?"""
    alone = [row for row in range(len(table.old)) if table.identical(row) and not table.short(row)]
    away = {row for row in alone if not table.in_place(row)}
    everywhere = Lookup(table.features, map(table.feature, range(len(table.new))), away)
    for row in alone:
        column = table.fate[row].targets[0]
        if row in away:
            others = {at - len(table.old) for _, at in everywhere.like(row)}
        elif table.beside(row, -1) and table.beside(row, 1):
            continue
        else:
            others = {column - 1, column + 1}
        others = {at for at in others - {column, -1, len(table.new)} if table.new[at] not in table.often}
        if any(table.held(row, [at]) >= PART for at in others):
            table.fate[row] = replace(table.fate[row], status="review", margin=0.0)
