"""Which paragraphs a quotation may run over.

Words that follow each other in the running text are one quotation, over the end of a paragraph too. A marked cut stays
within it: from one body paragraph into the next, or over one that is left out whole (style manuals let an ellipsis
stand for the end of a paragraph or for a paragraph; what is farther apart is two quotations). Neither it nor the words
themselves ever join two voices, a title, heading, byline or caption with the text, or two sections: nobody wrote those
together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise

from ..records import Paragraph

OVER = 3  # paragraphs that one marked cut may touch
_RUNNING = ("lead", "body")


def together(run: Sequence[Paragraph], cut: bool) -> bool:
    """Whether words of the first and the last of some neighbouring paragraphs are one quotation, with a marked cut
    between them or not."""
    first, last = run[0], run[-1]
    alike = first.kind == last.kind == "note" or {first.kind, last.kind} <= set(_RUNNING)
    if first.voice != last.voice or not alike or any(p.kind in ("title", "byline", "heading") for p in run):
        return False
    return not cut or sum(p.kind in _RUNNING for p in run) <= OVER


def over(paragraphs: Sequence[Paragraph], places: Sequence[int], cuts: Collection[int]) -> list[tuple[int, int, bool]]:
    """Where words go over from one paragraph to another: both, by their place in the row, and whether a mark stands
    there. ``places``: an offset in their texts, joined by line breaks, for each word or letter; ``cuts``: before which
    of these a mark stands."""
    starts = [0, *accumulate(len(p.text or "") + 1 for p in paragraphs)]
    rows = [bisect_right(starts, place) - 1 for place in places]
    return [(a, b, number in cuts) for number, (a, b) in enumerate(pairwise(rows), 1) if a != b]
