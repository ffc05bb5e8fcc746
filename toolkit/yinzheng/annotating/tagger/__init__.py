"""Names of persons, organisations and places in Chinese text, by a small trained model: numpy and a word list, no more.

What it was trained on, how well it does and what it can't: ``MODEL.md``. It knows encyclopaedias better than policy
papers: rules, and what a document itself says, come first. Both scripts give the same spans.
"""

from __future__ import annotations

from collections.abc import Sequence

from .model import Span, shipped, spans

__all__ = ["Span", "tag"]


def tag(texts: Sequence[str]) -> list[list[Span]]:
    """The names in each text, in order and apart from one another; LOC holds every place, countries too.

    >>> [(span.start, span.end, span.label) for span in tag(["他曾在東京大學學習。"])[0]]
    [(3, 7, 'ORG')]
    """
    return spans(shipped(), texts)
