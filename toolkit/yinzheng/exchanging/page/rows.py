"""The rows of a page: what of each edition stands side by side. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ...records import Link, Paragraph
from ..held import Held

Row = dict[int, list[Paragraph]]


def rows(held: Sequence[Held], links: Iterable[Link]) -> list[Row]:
    """The paragraphs of each edition (by its index) that are aligned with one another, in reading order.

    Paragraphs are aligned through those of an edition that is not in the page as well. What is aligned with nothing
    has a row of its own, behind the row of what stands before it in its edition. The first edition keeps its order:
    where two of its paragraphs share one of another edition but do not meet, that one stands beside the first.
    """
    group = _groups(links)
    order: list[Row] = []
    place: dict[str, Row] = {}
    first, *others = ([paragraph for paragraph in one.paragraphs if paragraph.text is not None] for one in held)
    for paragraph in first:
        key = group.get(paragraph.id, paragraph.id)
        if not order or place.get(key) is not order[-1]:
            order.append({0: []})
            place.setdefault(key, order[-1])
        order[-1][0].append(paragraph)
    for index, paragraphs in enumerate(others, 1):
        order = _beside(order, index, paragraphs, group, place)
    return order


def _beside(
    order: list[Row], index: int, paragraphs: Iterable[Paragraph], group: Mapping[str, str], place: dict[str, Row]
) -> list[Row]:
    """The rows with one more edition."""
    behind: dict[int, list[Row]] = defaultdict(list)  # new rows, by the row that they follow
    early: list[Row] = []
    last: Row | None = None
    for paragraph in paragraphs:
        key = group.get(paragraph.id, paragraph.id)
        if key not in place:
            place[key] = {}
            (early if last is None else behind[id(last)]).append(place[key])
        elif index not in place[key]:
            last = place[key]
        place[key].setdefault(index, []).append(paragraph)
    order = [follower for row in order for follower in (row, *behind[id(row)])]
    return order + early if last is None else early + order


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
