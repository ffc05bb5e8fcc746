"""What waits for a person in an edition: doubtful ids, annotations whose words changed, suggestions. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import ids
from .history import told
from .holding import Holding
from .letters import letters
from .placing import restored
from .records import Annotation, Event


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide. ``why``: doubt (a paragraph) | changed | ambiguous | orphan | suggested (an annotation).

    ``old``, ``new``: the words then and now, where they are here; ``paragraph``: where it is, or is proposed to be.
    """

    id: str
    why: str
    type: str
    edition: str
    paragraph: str | None
    old: str | None
    new: str | None
    score: float | None
    event: Event | None


def items(holding: Holding) -> Iterator[Item]:
    """What waits in one edition: doubtful ids, then annotations set aside, then suggestions; in reading order."""
    paragraphs = {paragraph.id: paragraph for paragraph in holding.paragraphs}
    order = {paragraph.id: paragraph.order for paragraph in holding.index}

    def reading(pair: tuple[str, Event]) -> tuple[bool, int, int, str]:
        name, event = pair
        there = proposed(holding, event) or ""
        return event.event != "doubt", order.get(there, len(order) + 1), event.start or 0, name

    for name, event in sorted(holding.history.waiting.items(), key=reading):
        there = proposed(holding, event)
        paragraph = paragraphs.get(there) if there else None
        new = paragraph.text if paragraph else None
        record = told(event)
        if event.event == "doubt":
            yield Item(
                name, "doubt", "paragraph", holding.edition.key, there, _former(holding, name, record), new, None, event
            )
        else:
            if new is not None and event.start is not None and event.end is not None:
                whole = letters(new)
                if event.end <= len(whole):
                    start, end = whole.stored(event.start, event.end)
                    new = new[start:end]
            old = _words(holding, restored(record))
            score = record.get("score")
            yield Item(name, event.event, record["type"], holding.edition.key, there, old, new, score, event)
    for note in holding.notes:
        if note.edition == holding.edition.key and note.status == "suggested":
            paragraph = paragraphs.get(note.paragraph)
            words = note.text
            if paragraph and paragraph.text is not None and note.letter_end <= paragraph.length:
                start, end = letters(paragraph.text).stored(note.letter_start, note.letter_end)
                words = paragraph.text[start:end]
            score = getattr(note, "score", None)
            yield Item(note.id, "suggested", note.type, note.edition, note.paragraph, None, words, score, None)


def proposed(holding: Holding, event: Event) -> str | None:
    """The paragraph that an event proposes, as it is called now."""
    leads = holding.history.lead(event.to[0]).ids if event.to else ()
    return leads[0] if len(leads) == 1 else None


def _former(holding: Holding, name: str, record: dict[str, object]) -> str | None:
    """The text of a paragraph as it was, where the reader has it."""
    if isinstance(record.get("text"), str):
        return str(record["text"])
    for copy in reversed(holding.former):
        if copy.id == name and _hash(holding, copy.text, 16) == record.get("hash"):
            return copy.text
    return None


def _words(holding: Holding, note: Annotation) -> str | None:
    """The words of an annotation as they were."""
    for copy in reversed(holding.former):
        whole = letters(copy.text) if copy.id == note.paragraph else None
        if whole and note.letter_end <= len(whole):
            start, end = whole.stored(note.letter_start, note.letter_end)
            if _hash(holding, copy.text[start:end], 8) == note.hash:
                return copy.text[start:end]
    return note.text


def _hash(holding: Holding, text: str, size: int) -> str:
    return ids.keyed_hash(holding.work, holding.edition.key, letters(text).text, size)
