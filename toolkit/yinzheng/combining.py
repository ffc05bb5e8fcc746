"""Another person's annotations combined with what a workspace holds, by id. Pure.

What a person decided here stays; what only they have comes in; where one of us decided and the other's is a suggestion,
the decision holds. Where two people decided otherwise about one span, ours stays and theirs waits for `review`: that is
an event ``conflict`` of the history, with their record. The same import twice changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from . import ids, jsonl
from .history import Teller
from .holding import Holding
from .letters import letters
from .marking import where
from .placing import put
from .records import Annotation, Name, Paragraph

# Who made a record, when, and where a copy of the text has it: no part of what it says.
_ASIDE = ("id", "by", "created", "score", "start", "end", "text")
_NAMED = ("name", "speaker", "payer", "payee", "subject")


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it. ``counts``: new, same, taken (theirs was decided, ours suggested), kept (ours decided, theirs
    suggested), conflict. ``problems``: what could not come in, in words."""

    holding: Holding
    counts: Counter[str] = field(default_factory=Counter)
    problems: tuple[str, ...] = ()


def merge(holding: Holding, theirs: Iterable[Annotation], tell: Teller) -> Merged:
    """Their annotations of one edition merged into ours."""
    paragraphs = {paragraph.id: paragraph for paragraph in holding.paragraphs}
    ours = {note.id: note for note in holding.notes}
    places = where(holding.notes)
    told = {(event.id, event.record) for event in holding.history.events if event.event == "conflict"}
    counts: Counter[str] = Counter()
    problems, events, names = [], [], dict[str, str]()
    for their in theirs:
        note = _here(holding, paragraphs, their)
        if isinstance(note, str):
            problems.append(f"{their.id}: {note}")
            continue
        place = (note.type, note.paragraph, note.letter_start, note.letter_end)
        mine = ours.get(places.get(place, ""))
        if mine is None and (note.id in holding.history.used or note.id in ours):
            if note.id in holding.history.waiting or note.id in ours:
                problems.append(f"{their.id}: here it is on other words, or set aside; decide: yinzheng review")
                continue
            note = replace(note, id=ids.annotation_birth(note.work, note.type[0], *place[1:], holding.history.used))
        if mine is None:
            ours[note.id] = note
            places[place] = note.id
            counts["new"] += 1
        else:
            note = replace(note, id=mine.id)
            counts[kind := _kind(mine, note)] += 1
            if kind == "taken":
                ours[mine.id] = note
            elif kind == "conflict" and (mine.id, jsonl.dumps(note)) not in told:
                events.append(tell(mine.id, "conflict", (), jsonl.dumps(note)))
        names[their.id] = note.id
    moved = {old: new for old, new in names.items() if old != new}
    notes = [_with(note, moved) for note in ours.values()] if moved else list(ours.values())
    after = replace(holding.adding(events) if events else holding, notes=_ordered(holding, notes))
    return Merged(after, counts, tuple(problems))


def _here(holding: Holding, paragraphs: Mapping[str, Paragraph], note: Annotation) -> Annotation | str:
    """Their annotation on our paragraph, or why it has no place."""
    leads = holding.history.lead(note.paragraph).ids
    paragraph = paragraphs.get(leads[0]) if len(leads) == 1 else None
    if paragraph is None:
        return f"{note.paragraph} is no paragraph of {holding.work}/{holding.edition.key}"
    if not 0 <= note.letter_start < note.letter_end <= paragraph.length:
        return f"letters {note.letter_start}:{note.letter_end} are not inside {paragraph.id}"
    if paragraph.text is None:
        if paragraph.id != note.paragraph:
            return f"{note.paragraph} is {paragraph.id} now; add your copy, so that its words can be compared"
        return note
    words = letters(paragraph.text).text[note.letter_start : note.letter_end]
    if ids.keyed_hash(note.work, note.edition, words, 8) != note.hash:
        return f"its words do not stand at its place in {paragraph.id}"
    return note if paragraph.id == note.paragraph else put(note, paragraph, note.letter_start, note.letter_end)


def _kind(mine: Annotation, note: Annotation) -> str:
    said, ours = jsonl.values(note), jsonl.values(mine)
    if all(said[name] == ours[name] for name in said if name not in _ASIDE):
        return "same"
    if note.status == "suggested":
        return "kept"
    return "taken" if mine.status == "suggested" else "conflict"


def _with(note: Annotation, moved: Mapping[str, str]) -> Annotation:
    """An annotation that refers to others by the ids that they have here."""
    more: dict[str, Any] = {}
    if any(id in moved for id in getattr(note, "evidence", ())):
        more["evidence"] = tuple(moved.get(id, id) for id in note.evidence)  # type: ignore[attr-defined]
    if getattr(note, "equals", None) in moved:
        more["equals"] = moved[note.equals]  # type: ignore[attr-defined]
    return replace(note, **more) if more else note


def _ordered(holding: Holding, notes: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """New ones at their place among those of the edition; nothing else moves."""
    order = {paragraph.id: paragraph.order for paragraph in holding.index}
    known = {note.id for note in holding.notes}
    if all(note.id in known for note in notes):
        return tuple(notes)

    def place(note: Annotation) -> tuple[str, int, int, int]:
        return note.edition, order.get(note.paragraph, 0), note.letter_start, -note.letter_end

    return tuple(sorted(notes, key=place))


def merge_names(ours: Sequence[Name], theirs: Sequence[Name]) -> tuple[list[Name], dict[str, str], list[str]]:
    """The names of both; for each of theirs the id that it has here; and what the two say otherwise, in words.

    Theirs is ours where the id is the same, or the label and a form in one language are. A form that ours lacks is
    theirs; where both say something else, ours stays.
    """
    result = {name.id: name for name in ours}
    by_form = {key: name.id for name in ours for key in _forms(name)}
    ids: dict[str, str] = {}
    differ = []
    for name in theirs:
        mine = result.get(name.id) or result.get(next(filter(None, map(by_form.get, _forms(name))), ""))
        if mine is None:
            result[name.id] = name
            ids[name.id] = name.id
            continue
        ids[name.id] = mine.id
        more: dict[str, Any] = {}
        for column in (one.name for one in fields(Name) if one.name not in ("id", "aka")):
            said, have = getattr(name, column), getattr(mine, column)
            if have is None and said is not None:
                more[column] = said
            elif said not in (None, have):
                differ.append(f"{mine.id}: {column} is {have!r} here and {said!r} there; ours stays")
        aka = tuple(dict.fromkeys((*mine.aka, *name.aka)))
        result[mine.id] = replace(mine, aka=aka, **more) if more or aka != mine.aka else mine
    return list(result.values()), ids, differ


def _forms(name: Name) -> Iterator[tuple[str, str, str]]:
    for column in ("zh_hant", "zh_hans", "en"):
        if form := getattr(name, column):
            yield name.label, column, letters(form).text


def renamed(note: Annotation, names: Mapping[str, str]) -> Annotation:
    """An annotation with the names that theirs have here."""
    more = {column: names[id] for column in _NAMED if (id := getattr(note, column, None)) and names.get(id, id) != id}
    return replace(note, **more) if more else note  # type: ignore[arg-type]
