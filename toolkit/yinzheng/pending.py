"""What waits for a person in an edition: doubtful ids, annotations whose words changed, suggestions. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from . import ids, jsonl
from .history import told
from .holding import Holding
from .letters import letters
from .placing import restored
from .records import Annotation, Claim, Event, Figure, Paragraph

AROUND = 16  # characters of context on each side


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide. ``why``: doubt (a paragraph) | changed | ambiguous | orphan | conflict | suggested (an
    annotation).

    ``old``, ``new``: the words then and now, where they are here; ``context``: the words now with some around them, or
    then, where they are gone; ``paragraph``: where it is, or is proposed to be; ``label``: of an annotation, and
    ``meaning`` in short what it says.
    """

    id: str
    why: str
    type: str
    edition: str
    paragraph: str | None
    old: str | None
    new: str | None
    context: str | None
    score: float | None
    event: Event | None
    label: str | None = None
    meaning: str = ""


def items(holding: Holding) -> Iterator[Item]:
    """What waits in one edition: doubtful ids, then annotations set aside, then suggestions; in reading order."""
    paragraphs = {paragraph.id: paragraph for paragraph in holding.paragraphs}
    order = {paragraph.id: paragraph.order for paragraph in holding.index}

    def reading(pair: tuple[str, Event]) -> tuple[bool, int, int, str]:
        name, event = pair
        there = proposed(holding, event) or ""
        return event.event != "doubt", order.get(there, len(order) + 1), event.start or 0, name

    for name, event in sorted(holding.history.waiting.items(), key=reading):
        there = paragraphs.get(proposed(holding, event) or "")
        if event.event == "doubt":
            yield _doubt(holding, name, event, there)
        elif event.event == "conflict":
            yield _conflict(holding, name, event, paragraphs)
        else:
            yield _set_aside(holding, name, event, there)
    mine = [note for note in holding.notes if note.edition == holding.edition.key and note.status == "suggested"]
    for note in sorted(mine, key=lambda note: (order.get(note.paragraph, 0), note.letter_start, -note.letter_end)):
        yield _suggested(note, paragraphs.get(note.paragraph))


def _doubt(holding: Holding, name: str, event: Event, there: Paragraph | None) -> Item:
    hash = told(event).get("hash")
    old = next((text for text in _former(holding, name) if _hash(holding, text, 16) == hash), None)
    place, new = (there.id, there.text) if there else (None, None)
    return Item(name, "doubt", "paragraph", holding.edition.key, place, old, new, None, None, event)


def _set_aside(holding: Holding, name: str, event: Event, there: Paragraph | None) -> Item:
    record = told(event)
    note = restored(record)
    old, before = _words(holding, note)
    new = context = None
    if there is not None and there.text is not None and event.start is not None and event.end is not None:
        whole = letters(there.text)
        if event.end <= len(whole):
            place = whole.stored(event.start, event.end)
            new, context = there.text[slice(*place)], _around(there.text, *place)
    return Item(
        name, event.event, note.type, holding.edition.key, there.id if there else None, old, new,
        context or before, record.get("score"), event, note.label, meaning(note),
    )  # fmt: skip


def _conflict(holding: Holding, name: str, event: Event, paragraphs: Mapping[str, Paragraph]) -> Item:
    """What we say of a span, and what another person does, as far as the two differ."""
    their = restored(told(event))
    mine = next((note for note in holding.notes if note.id == name), None)
    shown = _suggested(mine or their, paragraphs.get((mine or their).paragraph))
    said, have = jsonl.values(their), jsonl.values(mine) if mine else {}
    place = ("created", "paragraph", "start", "end", "letter_start", "letter_end", "hash", "text")  # which stays ours
    differ = [key for key in said if key not in place and said[key] != have.get(key)]
    old, new = (", ".join(f"{key} {one.get(key)}" for key in differ) for one in (have, said))
    return replace(shown, id=name, why="conflict", old=old, new=new, context=shown.context or shown.new, event=event)


def _suggested(note: Annotation, there: Paragraph | None) -> Item:
    words, context = note.text, None
    if there is not None and there.text is not None and note.letter_end <= there.length:
        place = letters(there.text).stored(note.letter_start, note.letter_end)
        words, context = there.text[slice(*place)], _around(there.text, *place)
    score = getattr(note, "score", None)
    return Item(
        note.id, "suggested", note.type, note.edition, note.paragraph, None, words, context, score, None, note.label,
        meaning(note),
    )  # fmt: skip


def meaning(note: Annotation) -> str:
    """What an annotation says beside its label, in short: ``≈ 3.5–4e9 USD``, who claims."""
    if isinstance(note, Claim):
        return f"says {note.attribution}" if note.attribution not in (None, "author") else ""
    if not isinstance(note, Figure):
        return ""
    low_high = "" if note.min is None or note.max is None else f"{note.min:.12g}–{note.max:.12g}"
    numbers = low_high or ", ".join(f"{one:.12g}" for one in (note.value, *note.value_list) if one is not None)
    parts = ("≈" if note.approx else None, note.bound, numbers, note.unit, note.edtf, note.duration)
    return " ".join(filter(None, parts)) + (f" = {note.equals}" if note.equals else "")


def proposed(holding: Holding, event: Event) -> str | None:
    """The paragraph that an event proposes, as it is called now."""
    leads = holding.history.lead(event.to[0]).ids if event.to else ()
    return leads[0] if len(leads) == 1 else None


def _former(holding: Holding, paragraph: str) -> Iterator[str]:
    """The texts that a paragraph had, the last first: the reader's, or the open edition's own."""
    yield from (copy.text for copy in reversed(holding.former) if copy.id == paragraph)
    for event in reversed(holding.history.events):
        if event.id == paragraph and isinstance(text := told(event).get("text"), str):
            yield text


def _words(holding: Holding, note: Annotation) -> tuple[str | None, str | None]:
    """The words of an annotation as they were, and with some around them."""
    for text in _former(holding, note.paragraph):
        whole = letters(text)
        if note.letter_end <= len(whole):
            place = whole.stored(note.letter_start, note.letter_end)
            if _hash(holding, text[slice(*place)], 8) == note.hash:
                return text[slice(*place)], _around(text, *place)
    return note.text, None


def _around(text: str, start: int, end: int) -> str:
    before, behind = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return f"{'…' if start > AROUND else ''}{before}{text[start:end]}{behind}{'…' if end + AROUND < len(text) else ''}"


def _hash(holding: Holding, text: str, size: int) -> str:
    return ids.keyed_hash(holding.work, holding.edition.key, letters(text).text, size)
