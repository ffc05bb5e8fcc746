"""Another person's annotations combined with what a workspace holds, by id. Pure.

What a person decided here stays; what only they have comes in; where one of us decided and the other's is a suggestion,
the decision holds. Where two people decided otherwise about one span, ours stays and theirs waits for `review`: that is
an event ``conflict`` of the history, with their record. The same import twice changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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


def merge(holding: Holding, theirs: Iterable[Annotation], tell: Teller, names: Collection[str] | None = None) -> Merged:
    """Their annotations of one edition merged into ours. ``names``: the ids of the names that are here, so that none is
    referred to that is not; None where that need not be seen to."""
    paragraphs = {paragraph.id: paragraph for paragraph in holding.paragraphs}
    ours = {note.id: note for note in holding.notes}
    places = where(holding.notes)
    told = {(event.id, event.record) for event in holding.history.events if event.event == "conflict"}
    counts: Counter[str] = Counter()
    problems, events, called = [], [], dict[str, str]()
    for their in theirs:
        note = _here(holding, paragraphs, their)
        if isinstance(note, str):
            problems.append(f"{their.id}: {note}")
            continue
        place = (note.type, note.paragraph, note.letter_start, note.letter_end)
        mine = ours.get(places.get(place, ""))
        if mine is None:
            if note.id in holding.history.waiting or note.id in ours:
                problems.append(f"{their.id}: here it is on other words, or set aside; decide: yinzheng review")
                continue
            note = replace(note, id=ids.annotation_birth(note.work, note.type[0], *place[1:], holding.history.used))
            ours[note.id] = note
            places[place] = note.id
            counts["new"] += 1
        else:
            note = replace(note, id=mine.id)
            kind = _kind(mine, note)
            if kind == "conflict" and (mine.id, jsonl.dumps(note)) in told and mine.id not in holding.history.waiting:
                kind = "kept"  # a person decided that already
            counts[kind] += 1
            if kind == "taken":
                ours[mine.id] = note
            elif kind == "conflict" and (mine.id, jsonl.dumps(note)) not in told:
                events.append(tell(mine.id, "conflict", (), jsonl.dumps(note)))
        called[their.id] = note.id
    here = ours.keys() | holding.history.used
    before = {note.id: note for note in holding.notes}
    notes = []
    for note in ours.values():
        if before.get(note.id) != note:
            note, dropped = _referring(note, called, here, names)
            problems += [f"{note.id}: refers to {one}, which is not here; that is left out" for one in dropped]
        notes.append(note)
    after = replace(holding.adding(events) if events else holding, notes=_ordered(holding, notes))
    return Merged(after, counts, tuple(problems))


def _here(holding: Holding, paragraphs: Mapping[str, Paragraph], note: Annotation) -> Annotation | str:
    """Their annotation on our paragraph, or why it has no place. Its words are those of its place, and none where the
    text is not ours to give: whatever their file says."""
    leads = holding.history.lead(note.paragraph).ids
    paragraph = paragraphs.get(leads[0]) if len(leads) == 1 else None
    if paragraph is None:
        return f"{note.paragraph} is no paragraph of {holding.work}/{holding.edition.key}"
    if not 0 <= note.letter_start < note.letter_end <= paragraph.length:
        return f"letters {note.letter_start}:{note.letter_end} are not inside {paragraph.id}"
    if note.text is not None and ids.keyed_hash(note.work, note.edition, letters(note.text).text, 8) != note.hash:
        return "its text is not the words at its place"
    if note.type == "claim" and holding.edition.text == "local":
        note = replace(note, text=None)
    if paragraph.text is None:
        if paragraph.id != note.paragraph:
            return f"{note.paragraph} is {paragraph.id} now; add your copy, so that its words can be compared"
        return note
    words = letters(paragraph.text).text[note.letter_start : note.letter_end]
    if ids.keyed_hash(note.work, note.edition, words, 8) != note.hash:
        return f"its words do not stand at its place in {paragraph.id}"
    # start, end and text are those of the text that the index was made from: a copy may have others
    indexed = ids.keyed_hash(note.work, note.edition, paragraph.text) == paragraph.text_hash
    if not indexed and paragraph.id == note.paragraph:
        return note
    return put(note, paragraph, note.letter_start, note.letter_end)


def _kind(mine: Annotation, note: Annotation) -> str:
    said, ours = jsonl.values(note), jsonl.values(mine)
    if all(said[name] == ours[name] for name in said if name not in _ASIDE):
        return "same"
    if note.status == "suggested":
        return "kept"
    return "taken" if mine.status == "suggested" else "conflict"


def _referring(
    note: Annotation, called: Mapping[str, str], here: Collection[str], names: Collection[str] | None
) -> tuple[Annotation, list[str]]:
    """An annotation that refers to others by the ids that they have here, and to none that is not here: those told."""
    more: dict[str, Any] = {}
    dropped = []
    evidence = tuple(called.get(id, id) for id in getattr(note, "evidence", ()))
    if evidence:
        dropped += [id for id in evidence if id not in here]
        more["evidence"] = tuple(id for id in evidence if id in here)
    for column in ("equals", *_NAMED):
        if (id := getattr(note, column, None)) is None:
            continue
        known = here if column == "equals" else names
        more[column] = id = called.get(id, id)
        if known is not None and id not in known:
            dropped.append(id)
            more[column] = None
    return replace(note, **more) if more else note, dropped


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
