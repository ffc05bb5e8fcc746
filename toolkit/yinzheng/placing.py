"""An annotation on its letters: put on a paragraph, brought back from a history's record, found to have returned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from . import ids, jsonl
from .history import told
from .letters import letters
from .records import Annotation, Event, Paragraph
from .workspace import TYPES

form = lru_cache(maxsize=4)(letters)  # of a paragraph with a thousand annotations once


def put(note: Annotation, paragraph: Paragraph, first: int, last: int) -> Annotation:
    """An annotation on letters ``[first, last)`` of a paragraph whose text is here. Its id stays."""
    whole = form(paragraph.text or "")
    start, end = whole.stored(first, last)
    return replace(
        note,
        paragraph=paragraph.id,
        start=start,
        end=end,
        letter_start=first,
        letter_end=last,
        hash=ids.keyed_hash(note.work, note.edition, whole.text[first:last], 8),
        text=None if note.text is None else whole.source[start:end],
    )


def returning(event: Event, paragraphs: Mapping[str, Paragraph]) -> Annotation | None:
    """An annotation that was set aside, if its words stand again where they stood; ``paragraphs``: by id."""
    record = told(event)
    if "letter_start" not in record:
        return None
    note = restored(record)
    paragraph = paragraphs.get(note.paragraph)
    if paragraph is None or paragraph.text is None:
        return None
    span = letters(paragraph.text).text[note.letter_start : note.letter_end]
    if ids.keyed_hash(note.work, note.edition, span, 8) != note.hash:
        return None
    return put(note, paragraph, note.letter_start, note.letter_end)


def restored(record: Mapping[str, object]) -> Annotation:
    """An annotation from a history's record of it."""
    return jsonl.loads(json.dumps(record), TYPES[str(record["type"])])


# What a person writes beside a decision: of two that decided the same, each may have written what the other did not.
_BESIDE = ("note", "gloss_zh", "gloss_en", "about_zh", "about_en")


def filled(note: Annotation, other: Annotation) -> Annotation:
    """An annotation with what another of the same place says beside, where it says nothing."""
    more = {name: one for name in _BESIDE if (one := getattr(other, name, None)) and not getattr(note, name)}
    return replace(note, **more) if more else note
