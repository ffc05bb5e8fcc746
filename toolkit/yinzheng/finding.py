"""Find words in every text that is here."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import YinzhengError
from .letters import letters
from .workspace import Workspace

AROUND = 28
_CLOSING = frozenset("，。、；：？！」』）》〉”’,.;:?!)")


@dataclass(frozen=True, slots=True)
class Hit:
    """One place. ``start, end``: code points of the stored paragraph; ``context`` begins at ``offset`` in it."""

    work: str
    edition: str
    paragraph: str
    number: int | None
    start: int
    end: int
    text: str
    offset: int
    context: str


def find(workspace: Workspace, query: str) -> list[Hit]:
    """Every place where the letters of `query` stand, in reading order of each edition.

    Raises YinzhengError for a query without letters, and where no text is here to search.
    """
    wanted = letters(query).text
    if not wanted:
        raise YinzhengError(f"nothing to look for in {query!r}: it holds no letters")
    hits = []
    searched = False
    for work in workspace.works.values():
        for edition in work.editions:
            for paragraph in workspace.paragraphs(work.key, edition):
                if paragraph.text is None:
                    continue
                searched = True
                whole = letters(paragraph.text)
                at = whole.text.find(wanted)
                while at >= 0:
                    start, end = whole.stored(at, at + len(wanted))
                    offset, context = _around(paragraph.text, start, end)
                    hits.append(
                        Hit(
                            work.key, edition, paragraph.id, paragraph.number, start, end,
                            paragraph.text[start:end], offset, context,
                        )
                    )  # fmt: skip
                    at = whole.text.find(wanted, at + len(wanted))
    if not searched:
        raise YinzhengError("no text is here to search; add one: yinzheng add FILE")
    return hits


def _around(text: str, start: int, end: int) -> tuple[int, str]:
    """The hit with some words before and behind; English is not cut inside a word, and no closing mark comes first."""
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    while 0 < first < start and text[first - 1].isascii() and text[first - 1].isalnum() and text[first].isalnum():
        first -= 1
    while end < last < len(text) and text[last - 1].isascii() and text[last - 1].isalnum() and text[last].isalnum():
        last += 1
    while first < start and (text[first].isspace() or text[first] in _CLOSING):
        first += 1
    return first, text[first:last]
