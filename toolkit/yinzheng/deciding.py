"""What a person's decision does about a doubtful id, an annotation set aside, a suggestion. Pure.

A decision turns a holding into another; `undo` turns it back. What waits is `pending`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from . import ids, jsonl
from .carrying.checks import Checks, Known, Same
from .carrying.fates import Fate
from .errors import YinzhengError
from .history import Decision, Teller, told
from .holding import Holding
from .letters import letters
from .pending import proposed
from .placing import filled, put, restored
from .records import Annotation, Event, Link, Paragraph
from .revising import KEPT


def decide(holding: Holding, name: str, status: Decision, tell: Teller, words: str | None = None) -> Holding:
    """Accept or reject one thing; a suggestion may get a note (``words``). Raises YinzhengError where nothing waits
    under that id, or cannot be accepted."""
    event = holding.history.waiting.get(name)
    if event is None:
        return _suggestion(holding, name, status, tell, words)
    if status == "rejected":
        return holding.adding([tell(name, "rejected", event.to)])
    if event.event == "conflict":
        return _theirs(holding, name, event, tell)
    there = proposed(holding, event)
    if there is None:
        raise YinzhengError(f"{name}: there is no place to accept, its words are gone; reject it, or leave it")
    if event.event == "doubt":
        return _same_paragraph(holding, name, there, event, tell)
    paragraph = next(paragraph for paragraph in holding.paragraphs if paragraph.id == there)
    if paragraph.text is None:
        raise YinzhengError(f"{name}: the text of {there} is not here; add your copy: yinzheng add FILE")
    if event.start is None or event.end is None or event.end > paragraph.length:
        raise YinzhengError(f"{name}: its place in {there} is not known; mark it anew, and reject this")
    note = put(restored(told(event)), paragraph, event.start, event.end)
    after = holding.adding([tell(name, "accepted", [there])])
    return replace(after, notes=(*after.notes, replace(note, status="accepted")))


def _theirs(holding: Holding, name: str, event: Event, tell: Teller) -> Holding:
    """What another person says of a span, in the place of what stands here; on the place that it has now."""
    mine = next((note for note in holding.notes if note.id == name), None)
    if mine is None:
        raise YinzhengError(f"{name} is not here any more; reject what they say of it")
    after = holding.adding([tell(name, "accepted", (), jsonl.dumps(mine))])
    their = filled(_on(restored(told(event)), mine), mine)
    return replace(after, notes=tuple(their if note.id == name else note for note in after.notes))


def _on(note: Annotation, other: Annotation) -> Annotation:
    """An annotation of older days on the place that it has now."""
    placed = ("paragraph", "start", "end", "letter_start", "letter_end", "hash", "text")
    return replace(note, **{column: getattr(other, column) for column in placed})


def _suggestion(holding: Holding, name: str, status: Decision, tell: Teller, words: str | None) -> Holding:
    for number, note in enumerate(holding.notes):
        if note.id == name and note.edition == holding.edition.key:
            now = replace(note, status=status, note=words or note.note)
            if now == note:
                return holding
            notes = (*holding.notes[:number], now, *holding.notes[number + 1 :])
            return replace(holding.adding([tell(name, status, (), jsonl.dumps(note))]), notes=notes)
    raise YinzhengError(f"nothing waits under {name}; see: yinzheng review {holding.work}")


def accept_as(holding: Holding, name: str, note: Annotation, tell: Teller) -> Holding:
    """Accept an annotation as a person changed it. On another span it has another id: then the old one is rejected, and
    what referred to it refers to the new one."""
    before = next(one for one in holding.notes if one.id == name)
    if name in holding.history.waiting:
        raise YinzhengError(
            f"{name}: what another person says of these words waits; decide that first: yinzheng review"
        )
    if note.id == name:
        notes = tuple(note if one.id == name else one for one in holding.notes)
        return replace(holding.adding([tell(name, "accepted", (), jsonl.dumps(before))]), notes=notes)
    if any(one.id == note.id for one in holding.notes):
        raise YinzhengError(f"these words are {note.id} already; accept that, and reject {name}")
    after = holding.adding([tell(name, "accepted", [note.id], jsonl.dumps(before))])
    notes = tuple(replace(one, status="rejected") if one.id == name else one for one in holding.notes)
    return replace(after, notes=(*_redirected(notes, name, note.id), note))


def _redirected(notes: Iterable[Annotation], old: str, new: str) -> Iterator[Annotation]:
    """The annotations, referring to another id."""
    for note in notes:
        more: dict[str, object] = {}
        if old in getattr(note, "evidence", ()):
            more["evidence"] = tuple(new if name == old else name for name in note.evidence)  # type: ignore[attr-defined]
        if getattr(note, "equals", None) == old:
            more["equals"] = new
        yield replace(note, **more) if more else note  # type: ignore[arg-type]


def _same_paragraph(holding: Holding, name: str, there: str, event: Event, tell: Teller) -> Holding:
    """The doubtful paragraph is the one proposed. If that got a new id for want of a better one, it has its old one
    back, and the new one leads to it; if it has an id of old, the doubtful one leads there."""
    record = next(jsonl.dumps(paragraph) for paragraph in holding.index if paragraph.id == there)
    accepted = tell(name, "accepted", [there])
    if _stopgap(holding, there, event):
        # what was marked on it meanwhile keeps an id that was born of the other's: the history tells
        moved = [tell(note.id, "moved", [name], jsonl.dumps(note)) for note in holding.notes if note.paragraph == there]
        after = renamed(holding, there, name).adding(
            [accepted, tell(name, "returned"), tell(there, "merged", [name], record), *moved]
        )
        return _back(after, name, name, tell)
    return _back(holding.adding([accepted, tell(name, "merged", [there], event.record)]), name, there, tell)


def _stopgap(holding: Holding, there: str, event: Event) -> bool:
    """Whether an id was born in the very revision that raised a doubt."""
    number = 0
    for one in holding.history.events:
        number += one.event == "revision"
        if one == event:
            break
    return holding.history.born.get(there) == number


def renamed(holding: Holding, old: str, new: str) -> Holding:
    """A paragraph under another id, everywhere."""

    def name(value: str) -> str:
        return new if value == old else value

    def paragraph(one: Paragraph) -> Paragraph:
        return replace(one, id=name(one.id), section=name(one.section) if one.section else None)

    def link(one: Link) -> Link:
        return replace(one, source=name(one.source), target=name(one.target))

    return replace(
        holding,
        index=tuple(map(paragraph, holding.index)),
        copies={name(key): replace(copy, id=name(key)) for key, copy in holding.copies.items()},
        notes=tuple(replace(note, paragraph=name(note.paragraph)) for note in holding.notes),
        links=tuple(map(link, holding.links)),
    )


def _back(holding: Holding, name: str, there: str, tell: Teller) -> Holding:
    """Annotations that were set aside with a paragraph, if their words are found in what it turned out to be."""
    paragraph = next(one for one in holding.paragraphs if one.id == there)
    waiting = [
        event
        for event in holding.history.waiting.values()
        if told(event).get("paragraph") == name and event.event != "conflict"
    ]
    if paragraph.text is None or not waiting:
        return holding
    notes = [restored(told(event)) for event in waiting]
    form = letters(paragraph.text)
    checks = Checks([form], lambda text: ids.keyed_hash(holding.work, holding.edition.key, text, 8))
    facts = [Known(note.letter_start, note.letter_end, note.hash, note.text) for note in notes]
    was = told(holding.history.closed[name])
    same: Same = (
        "text" if was["text_hash"] == paragraph.text_hash else "letters" if was["hash"] == paragraph.hash else "neither"
    )
    events, found = [], []
    for note, place in zip(notes, checks.follow(was["length"], same, Fate("carried", (0,)), facts), strict=True):
        if place.start is None or place.end is None:
            continue
        first, last = form.within(place.start, place.end)
        if place.status in KEPT:
            found.append(put(note, paragraph, first, last))
            events.append(tell(note.id, "returned"))
        else:
            events.append(tell(note.id, place.status, [there], jsonl.dumps(note), start=first, end=last))
    return replace(holding.adding(events), notes=(*holding.notes, *found))


def undo(holding: Holding, decision: Event, tell: Teller) -> Holding:
    """Take back a decision that still stands (`History.decisions`)."""
    name, closed = decision.id, holding.history.closed.get(decision.id)
    if decision.record is not None:
        before = restored(json.loads(decision.record))
        before = next((_on(before, note) for note in holding.notes if note.id == name), before)
        current = next((jsonl.dumps(note) for note in holding.notes if note.id in (*decision.to, name)), None)
        notes = tuple(before if note.id == name else note for note in holding.notes if note.id not in decision.to)
        for other in decision.to:
            notes = tuple(_redirected(notes, other, name))
        return replace(holding.adding([tell(name, "undone", (), current)]), notes=notes)
    if closed is None or decision.event == "rejected":
        return holding.adding([tell(name, "undone")])
    if closed.event != "doubt":
        current = next((jsonl.dumps(note) for note in holding.notes if note.id == name), None)
        notes = tuple(note for note in holding.notes if note.id != name)
        return replace(holding.adding([tell(name, "undone", (), current)]), notes=notes)
    there = decision.to[0]
    again = [tell(name, "undone"), replace(closed, created=tell(name, "undone").created)]
    if any(paragraph.id == name for paragraph in holding.index):
        holding = renamed(holding, name, there)
        again.append(tell(there, "returned"))
    return _aside(holding.adding(again), decision)


def _aside(holding: Holding, decision: Event) -> Holding:
    """Set aside again what came back with a decision that is taken back."""
    events = holding.history.events
    after = events[len(events) - events[::-1].index(decision) :]
    closed = holding.history.closed
    came = [closed[event.id] for event in after if event.event == "returned" and event.id in closed]
    back = [event for event in came if "letter_start" in told(event)]
    names = {event.id for event in back}
    notes = tuple(note for note in holding.notes if note.id not in names)
    return replace(holding.adding(back), notes=notes)


def last_decision(holdings: Iterable[Holding]) -> tuple[Holding, Event] | None:
    """The decision made last, in whichever edition."""
    found = [(holding, event) for holding in holdings for event in list(holding.history.decisions())[:1]]
    return max(found, key=lambda pair: pair[1].created, default=None)
