"""The rows of a page: what of each edition stands side by side. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ...records import Link, Paragraph
from ..held import Held

Row = dict[int, list[Paragraph]]


def rows(held: Sequence[Held], links: Iterable[Link]) -> list[Row]:
    """The paragraphs of each edition (by its index) that are aligned with one another, in reading order.

    Paragraphs are aligned through those of an edition that is not in the page as well. What is aligned with nothing
    has a row of its own, behind the row of what stands before it in its edition.
    """
    group = _groups(links)
    order: list[Row] = []
    place: dict[str, Row] = {}
    for index, one in enumerate(held):
        before: dict[int, list[Row]] = defaultdict(list)  # rows that are new, by the row that they follow
        early: list[Row] = []
        last: Row | None = None
        for paragraph in one.paragraphs:
            if paragraph.text is None:
                continue
            key = group.get(paragraph.id, paragraph.id)
            row = place.get(key)
            if row is None:
                row = place[key] = {}
                (before[id(last)] if last is not None else early).append(row)
            elif not (index in row and row is not last):
                last = row
            row.setdefault(index, []).append(paragraph)
        order = [follower for row in order for follower in (row, *before[id(row)])]
        order = order + early if last is None else [*early, *order]
    return order


def _groups(links: Iterable[Link]) -> dict[str, str]:
    """For each paragraph that is linked as a whole, the name of its group."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for link in links:
        if link.source_start is None and link.target_start is None and link.status != "suggested":
            parent[root(link.source)] = root(link.target)
    return {name: root(name) for name in list(parent)}
