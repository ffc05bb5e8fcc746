"""Another person's annotations combined with what a workspace holds, by id. Pure.

What a person decided here stays; what only they have comes in; where one of us decided and the other's is a suggestion,
the decision holds. Where two people decided otherwise about one span, ours stays and theirs waits for `review`: that is
an event ``conflict`` of the history, with their record. The same import twice changes nothing.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from . import ids, jsonl
from .history import Teller, told
from .holding import Holding
from .letters import letters
from .marking import SENTENCE, where
from .placing import filled, form, put, restored
from .records import NAMED, Annotation, Figure, Paragraph
from .values import unsound
from .workspace import TYPES

# Who made a record, when, and where it stands: no part of what it says.
_ASIDE = (
    "id", "by", "created", "score", "paragraph", "start", "end", "letter_start", "letter_end", "hash", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """Their annotations of an edition on our paragraphs. ``called``: the id that each of theirs has here; ``problems``:
    what has no place, in words."""

    notes: tuple[Annotation, ...]
    called: Mapping[str, str]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it. ``counts``: new, same, more (they wrote what we did not), taken (theirs was decided, ours
    suggested), kept (ours decided, theirs suggested), other (both suggested), conflict. ``problems``: what could not
    come in, in words."""

    holding: Holding
    counts: Counter[str] = field(default_factory=Counter)
    problems: tuple[str, ...] = ()


def place(holding: Holding, theirs: Iterable[Annotation], hashes: Mapping[str, str]) -> Placed:
    """Their annotations where their words stand here, under the ids that they have here. ``hashes``: of their
    paragraphs' letters, by id, where their index is known."""
    here = _Here(holding, hashes)
    ours = {note.id: note for note in holding.notes}
    places = where(holding.notes)
    changed = {event.id for event in holding.history.events if event.event == "changed"}
    notes, called, problems = [], dict[str, str](), []
    for their in theirs:
        note = here.find(their)
        if isinstance(note, str):
            problems.append(f"{their.id}: {note}")
            continue
        place = (note.type, note.paragraph, note.letter_start, note.letter_end)
        mine = places.get(place)
        if mine in ours and ours[mine].hash != note.hash:
            problems.append(f"{their.id}: other words stand at its place here ({mine})")
            continue
        if mine is None:
            if note.id in holding.history.waiting:
                problems.append(f"{their.id}: here it is set aside; decide: yinzheng review")
                continue
            if note.id in ours and note.id in changed:  # else another's, born at the same place in another text
                problems.append(f"{their.id}: here its words changed; mark the former ones anew, if they count too")
                continue
            mine = ids.annotation_birth(note.work, note.type[0], *place[1:], holding.history.used)
            places[place] = mine
        called[their.id] = mine
        notes.append(replace(note, id=mine))
    return Placed(tuple(notes), called, tuple(problems))


def merge(
    holding: Holding, placed: Placed, called: Mapping[str, str], names: Collection[str], tell: Teller, edited: bool
) -> Merged:
    """Their annotations of one edition merged into ours. ``called``: as in all of the work's editions; ``names``: the
    ids of the names that are here, so that none is referred to that is not. ``edited``: they are ours, edited in
    another tool: what was taken out is taken out, and a suggestion of ours is what it became there."""
    ours = {note.id: note for note in holding.notes}
    here = ours.keys() | holding.history.used | {*called.values()}
    asked = {(event.id, _said(told(event))) for event in holding.history.events if event.event == "conflict"}
    replaced = defaultdict[str, list[Annotation]](list)
    for event in holding.history.replaced:
        replaced[event.id].append(restored(told(event)))
    counts: Counter[str] = Counter()
    problems, events = [*placed.problems], []
    for their in placed.notes:
        note, dropped = _referring(their, called, here, names)
        mine = ours.get(note.id)
        kind = _kind(mine, note, edited) if mine else "new"
        if kind == "conflict" and any(_kind(one, note, edited) in ("same", "more") for one in replaced[note.id]):
            kind = "kept"  # a person put another's word in its place
        if kind == "conflict":
            key = note.id, _said(jsonl.values(note))
            if key not in asked:
                events.append(tell(note.id, "conflict", (), jsonl.dumps(note)))
            elif key not in {(one.id, _said(told(one))) for one in holding.history.queue(note.id)}:
                kind = "kept"  # a person decided that already
        if kind == "more" and mine:
            ours[note.id] = filled(mine, note)
        elif kind in ("new", "taken"):
            ours[note.id] = filled(note, mine) if mine and not edited else note
        counts[kind] += 1
        if edited or kind not in ("same", "kept", "other"):
            problems += [f"{note.id}: refers to {one}, which is not here; that is left out" for one in dropped]
    after = replace(holding.adding(events) if events else holding, notes=_ordered(holding, [*ours.values()]))
    return Merged(after, counts, tuple(problems))


class _Here:
    """Where their annotations stand in an edition."""

    def __init__(self, holding: Holding, hashes: Mapping[str, str]) -> None:
        self._holding, self._hashes = holding, hashes
        self._paragraphs = {paragraph.id: paragraph for paragraph in holding.paragraphs}
        self._notes = {note.id: note for note in holding.notes}
        self._windows: dict[tuple[str, int], dict[str, list[int]]] = {}
        self._indexed: dict[str, bool] = {}

    def find(self, note: Annotation) -> Annotation | str:
        """Their annotation on our paragraph, or why it has no place. Its words are those of its place, and none where
        the text is not ours to give: whatever their file says."""
        holding = self._holding
        leads = holding.history.lead(note.paragraph).ids
        paragraph = self._paragraphs.get(leads[0]) if len(leads) == 1 else None
        if paragraph is None:
            return f"{note.paragraph} is no paragraph of {holding.work}/{holding.edition.key}"
        if note.text is not None and ids.keyed_hash(note.work, note.edition, letters(note.text).text, 8) != note.hash:
            return "its text is not the words at its place"
        if isinstance(note, Figure) and (wrong := "; ".join(unsound(note))):
            return wrong
        if note.type == "claim":
            return self._put(replace(note, text=None) if holding.edition.text == "local" else note, paragraph)
        if note.text is None and paragraph.text is None:
            return f"a {note.type} without its words"
        placed = self._put(replace(note, text=note.text or ""), paragraph)
        if isinstance(placed, str):
            return placed
        if paragraph.text is None:
            given = holding.edition.gives(placed.label, placed.text or "")
        else:
            span = form(paragraph.text).stored(placed.letter_start, placed.letter_end)
            given = holding.edition.gives(placed.label, paragraph.text, *span)
        return placed if given else SENTENCE

    def _put(self, note: Annotation, paragraph: Paragraph) -> Annotation | str:
        if paragraph.text is None:
            if paragraph.id != note.paragraph or self._hashes.get(note.paragraph, paragraph.hash) != paragraph.hash:
                return f"{paragraph.id} reads otherwise there; add your copy, so that its words can be compared"
            if not 0 <= note.letter_start < note.letter_end <= paragraph.length:
                return f"letters {note.letter_start}:{note.letter_end} are not inside {paragraph.id}"
            return note
        first, size = note.letter_start, note.letter_end - note.letter_start
        mine = self._notes.get(note.id)
        inside = mine is not None and 0 <= mine.letter_start < mine.letter_end <= len(form(paragraph.text))
        if mine and inside and (mine.type, mine.paragraph, mine.hash) == (note.type, paragraph.id, note.hash):
            return put(note, paragraph, mine.letter_start, mine.letter_end)
        # Where the paragraph reads otherwise there, the same words at the same place may be others.
        same = self._hashes.get(note.paragraph, paragraph.hash) == paragraph.hash and paragraph.id == note.paragraph
        words = form(paragraph.text).text[max(first, 0) : note.letter_end]
        if not same or size < 1 or ids.keyed_hash(note.work, note.edition, words, 8) != note.hash:
            there = self._stands(paragraph, size).get(note.hash, []) if size > 0 else []
            if len(there) != 1:
                many = f"; there they stand {len(there)} times" if there else ""
                return f"its words do not stand at its place in {paragraph.id}{many}"
            first = there[0]
        # start, end and text are those of the text that the index was made from: a copy may have others
        if paragraph.id not in self._indexed:
            whole = ids.keyed_hash(note.work, note.edition, paragraph.text)
            self._indexed[paragraph.id] = whole == paragraph.text_hash
        here = paragraph.id == note.paragraph and first == note.letter_start and note.text != ""
        if here and not self._indexed[paragraph.id]:
            return note
        return put(note, paragraph, first, first + size)

    def _stands(self, paragraph: Paragraph, size: int) -> Mapping[str, list[int]]:
        """Where in a paragraph words of so many letters stand, by their hash: the text there may be an older one."""
        if (paragraph.id, size) not in self._windows:
            if len(self._windows) >= 64:  # of a long paragraph each takes a megabyte
                self._windows.clear()
            text, found = form(paragraph.text or "").text, defaultdict[str, list[int]](list)
            for at in range(len(text) - size + 1):
                found[ids.keyed_hash(paragraph.work, paragraph.edition, text[at : at + size], 8)].append(at)
            self._windows[paragraph.id, size] = found
        return self._windows[paragraph.id, size]


def _said(record: Mapping[str, Any]) -> str:
    """What a record says, so that two can be compared."""
    return json.dumps({name: None if one == "" else one for name, one in record.items() if name not in _ASIDE})


def _kind(mine: Annotation, note: Annotation, edited: bool) -> str:
    whole, theirs = (mine, note) if edited else (filled(mine, note), filled(note, mine))
    more = whole != mine
    if _said(jsonl.values(whole)) == _said(jsonl.values(theirs)):
        return "more" if more else "same"
    if note.status == "suggested" != mine.status:
        return "more" if more else "kept"
    if mine.status == note.status == "suggested" and not edited:
        return "more" if more else "other"
    return "taken" if mine.status == "suggested" else "conflict"


def _referring(
    note: Annotation, called: Mapping[str, str], here: Collection[str], names: Collection[str]
) -> tuple[Annotation, list[str]]:
    """An annotation that refers to others by the ids that they have here, and to none that is not here: those told."""
    more: dict[str, Any] = {}
    dropped = []
    evidence = tuple(called.get(id, id) for id in getattr(note, "evidence", ()))
    if evidence:
        dropped += [id for id in evidence if id not in here]
        more["evidence"] = tuple(id for id in evidence if id in here)
    for column in ("equals", *NAMED):
        if (id := getattr(note, column, None)) is None:
            continue
        more[column] = id = called.get(id, id)
        if id not in (here if column == "equals" else names):
            dropped.append(id)
            more[column] = None
    return replace(note, **more) if more else note, dropped


def _ordered(holding: Holding, notes: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """New ones at their place among those of the edition; nothing else moves."""
    order = {paragraph.id: paragraph.order for paragraph in holding.index}
    known = {note.id for note in holding.notes}

    def place(note: Annotation) -> tuple[int, int, int]:
        return order.get(note.paragraph, 0), note.letter_start, -note.letter_end

    ordered: list[Annotation] = []
    for kind in TYPES:  # each has a file of its own
        coming = deque(sorted((note for note in notes if note.type == kind and note.id not in known), key=place))
        mine: list[Annotation] = []
        last = 0
        for note in (note for note in notes if note.type == kind and note.id in known):
            while coming and note.edition == holding.edition.key and place(coming[0]) < place(note):
                mine.append(coming.popleft())
            mine.append(note)
            last = len(mine) if note.edition == holding.edition.key else last
        last = last or len(mine)
        ordered += [*mine[:last], *coming, *mine[last:]]
    return tuple(ordered)
