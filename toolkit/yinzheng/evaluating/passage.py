"""What is compared: a paragraph that two sides annotated."""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Annotation

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph with the annotations of both sides; all offsets are letters.

    ``where``: the paragraph's id, or file:line of a gold text. ``document``: what is annotated in one call, since names
    hold for a whole document. ``language``: a tag. ``sentences`` (and ``text``): None where the text is not here.
    ``running``: whether everybody reads it, so that silence says something; not so a caption or a note.
    """

    where: str
    document: str
    language: str
    length: int
    text: str | None
    sentences: tuple[Span, ...] | None
    running: bool = True
    gold: tuple[Annotation, ...]
    other: tuple[Annotation, ...] = ()


def span(annotation: Annotation) -> Span:
    """Where an annotation stands, in letters."""
    return annotation.letter_start, annotation.letter_end


def overlap(one: Span, other: Span) -> int:
    """How many letters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
