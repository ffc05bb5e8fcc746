"""One annotation by hand: the words quoted, in whatever script, become a span with its values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from . import ids
from .annotating.figures import figures
from .annotating.suggest import Type
from .errors import YinzhengError
from .history import History
from .holding import Holding
from .letters import Letters, letters
from .placing import form
from .records import LABELS, Annotation, Paragraph
from .works import Edition
from .workspace import TYPES

SENTENCE = "a sentence of a text that is local is no name, term or figure; mark it as a claim, or mark fewer words"
_VALUES = ("value", "value_list", "min", "max", "unit", "approx", "bound", "edtf", "duration")
_NUMBERS = ("value", "value_list", "min", "max", "edtf", "duration")
_EMPTY: dict[str, Any] = {"value_list": (), "approx": False, "central": False, "evidence": ()}


_figures = lru_cache(maxsize=4)(figures)  # of a paragraph with a thousand of them once


def places(text: str, quote: str) -> list[tuple[int, int]]:
    """Where the words stand in a text, as letters: none inside another word or number of ASCII characters.

    >>> places("中美與美中：the US, not Zeus", "美"), places("中美與美中：the US, not Zeus", "us")
    ([(1, 2), (3, 4)], [(8, 10)])
    """
    whole, wanted = letters(text), letters(quote).text
    found, at = [], whole.text.find(wanted) if wanted else -1
    while at >= 0:
        if not (_joined(whole, at) or _joined(whole, at + len(wanted))):
            found.append((at, at + len(wanted)))
        at = whole.text.find(wanted, at + 1)
    return found


def _joined(whole: Letters, at: int) -> bool:
    """Whether a cut before a letter would part a word or a number."""
    if not 0 < at < len(whole) or whole.index[at] - whole.index[at - 1] > 1:
        return False
    pair = whole.source[whole.index[at - 1] : whole.index[at] + 1]
    return pair.isascii() and (pair.isalpha() or pair.isdigit())


def place(text: str, quote: str, nth: int | None = None, near: int | None = None) -> tuple[int, int]:
    """The letters of the words: of their only place, of the nth (from 1), or of the one nearest to a letter."""
    found = places(text, quote)
    if not found:
        raise YinzhengError(f"these words are not in this paragraph: {quote!r}")
    if near is not None:
        return min(found, key=lambda span: abs(span[0] - near))
    if len(found) > 1 and nth is None:
        raise YinzhengError(
            f"{quote!r} stands {len(found)} times in this paragraph; say which: --nth 1 to {len(found)}"
        )
    if not 1 <= (nth or 1) <= len(found):
        raise YinzhengError(f"{quote!r} stands {len(found)} times in this paragraph, so there is no --nth {nth}")
    return found[(nth or 1) - 1]


def mark(
    paragraph: Paragraph,
    span: tuple[int, int],
    type: Type,
    label: str,
    said: Mapping[str, Any],
    *,
    edition: Edition,
    by: str,
    created: str,
    history: History,
    there: Mapping[tuple[str, str, int, int], str],
) -> Annotation:
    """An accepted annotation on letters of a paragraph whose text is here. ``said``: the columns that the person said;
    ``there``: the ids of what is in its edition, by type, paragraph and letters. A figure of which no value is said has
    the value that Yinzheng reads in its words. Raises YinzhengError where the words may not stand in a record."""
    whole = form(paragraph.text or "")
    start, end = whole.stored(*span)
    if type != "claim" and not edition.gives(label, whole.source, start, end):
        raise YinzhengError(SENTENCE)
    said = dict(said)
    if type == "figure" and all(said.get(column) in (None, ()) for column in _NUMBERS):
        read = _read(paragraph.text or "", start, end, label)
        said = {**said, **{column: one for column, one in read.items() if not said.get(column)}}
    empty = {field.name: _EMPTY.get(field.name) for field in fields(TYPES[type])}
    columns = {
        **empty, "id": there.get((type, paragraph.id, *span))
        or ids.annotation_birth(paragraph.work, type[0], paragraph.id, *span, history.used),
        "type": type, "work": paragraph.work, "edition": paragraph.edition, "paragraph": paragraph.id,
        "start": start, "end": end, "letter_start": span[0], "letter_end": span[1],
        "hash": ids.keyed_hash(paragraph.work, paragraph.edition, whole.text[slice(*span)], 8),
        "text": whole.source[start:end] if edition.text == "included" or type != "claim" else None,
        "label": label, "status": "accepted",
        "by": by, "created": created, **said,
    }  # fmt: skip
    return TYPES[type](**columns)


def kept(note: Annotation, old: Annotation) -> Annotation:
    """An annotation with what stood here at its place, where it says nothing, but for values: they are read anew."""
    columns = [one.name for one in fields(note) if one.name not in (*_VALUES, "score")]
    return replace(note, **{one: getattr(old, one) for one in columns if getattr(note, one) in (None, (), False)})


def _read(text: str, start: int, end: int, label: str) -> dict[str, Any]:
    """The values of the figure in these words, read in its place, else from the words alone."""
    alone = [one for one in figures(text[start:end]) if one.end - one.start]
    for one in [*(one for one in _figures(text) if (one.start, one.end) == (start, end)), *alone]:
        if one.label == label:
            return {column: getattr(one, column) for column in _VALUES}
    return {}


def edited(holding: Holding, name: str, wish: str, note: str | None, *, by: str, created: str) -> Annotation:
    """A suggestion as a person wants it: under the label or on the words that ``wish`` says, those nearest to where it
    is. Other words, or another type of value, are read anew. Raises YinzhengError where it is neither."""
    before = next((one for one in holding.notes if one.id == name), None)
    paragraph = next((one for one in holding.paragraphs if before and one.id == before.paragraph), None)
    if before is None or paragraph is None or paragraph.text is None:
        raise YinzhengError(f"{name} is not here, or its text is not")
    label = next((one for one in LABELS[before.type] if one.casefold() == wish.casefold()), None)
    if label is not None and before.type != "figure":
        span = form(paragraph.text).stored(before.letter_start, before.letter_end)
        if before.type == "entity" and not holding.edition.gives(label, paragraph.text, *span):
            raise YinzhengError(SENTENCE)
        return replace(before, label=label, status="accepted", by=by, created=created, note=note or before.note)
    span = (before.letter_start, before.letter_end) if label else place(paragraph.text, wish, near=before.letter_start)
    made = mark(
        paragraph, span, before.type, label or before.label, {"note": note},
        edition=holding.edition, by=by, created=created, history=holding.history,
        there=where(holding.notes),
    )  # fmt: skip
    return kept(made, before)


def where(notes: tuple[Annotation, ...]) -> dict[tuple[str, str, int, int], str]:
    """The ids of annotations, by type, paragraph and letters."""
    return {(note.type, note.paragraph, note.letter_start, note.letter_end): note.id for note in notes}
