"""Suggestions merged into what a workspace holds. Pure.

What a person decided (accepted, rejected, made by hand, or gave a note) stays as it is, and no suggestion of its type
overlaps it. On a paragraph that was worked, suggestions of an earlier run that are not made again go; on the others
they stay. A suggestion that is made again is the record that was there, to the byte.

Which paragraphs need work is remembered by a *mark* of all that the result depends on: the version, the types and the
model asked for, the document's glossary, the paragraph's text and the last year before it, and the annotations that are
on it. It is a memory of this machine, beside the reader's copies, where git does not look: without it everything is
worked again, to the same result.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from hashlib import blake2b
from typing import Any

from . import ids, jsonl
from .annotating.document import Document, Found
from .annotating.entities import Glossary
from .annotating.found import Entity
from .annotating.names import names as entries
from .annotating.suggest import Suggester, Type, author, reading
from .holding import Holding, local_files
from .holding import plan as plan_of
from .letters import letters
from .records import Annotation, Name, Paragraph
from .store import Plan


@dataclass(frozen=True, slots=True)
class Worked:
    """A paragraph that was worked, and the mark of what its suggestions depend on."""

    id: str
    mark: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A holding with suggestions, the work's names with theirs, and what to say of it: counts by type and label;
    ``decided``: suggestions that overlap what a person decided."""

    holding: Holding
    names: tuple[Name, ...]
    new: Counter[tuple[str, str]] = field(default_factory=Counter)
    kept: Counter[tuple[str, str]] = field(default_factory=Counter)
    withdrawn: int = 0
    decided: int = 0


def suggest(
    holding: Holding,
    names: Sequence[Name],
    found: Mapping[str, Sequence[Found]],
    glossary: Glossary,
    types: Collection[Type],
    created: str,
    model: str | None = None,
) -> Suggested:
    """Merge what was found in an edition's paragraphs, by id; each was worked whole."""
    mine = [note for note in holding.notes if note.edition == holding.edition.key]
    merged, named = _named(holding, names, found, glossary, types)
    made = list(_made(holding, mine, found, types, created, model, named))
    decisions = _spans(note for note in mine if decided(note))
    before = {note.id: note for note in mine if not decided(note)}
    moved: dict[str, str | None] = {}  # what stands in for a suggestion that is none, if anything
    for note in (*made, *before.values()):
        if other := _overlapping(note, decisions):
            moved[note.id] = other.id if other.status == "accepted" else None
    leaned_on = {name for note in mine if decided(note) for name in _leans_on(note)}
    stay = {
        note.id: note
        for note in before.values()
        if note.id not in moved and (note.paragraph not in found or note.type not in types or note.id in leaned_on)
    }
    others = [note for note in holding.notes if note.edition != holding.edition.key]
    persons = [note for note in mine if decided(note)]
    there = {note.id for note in (*others, *persons)} | stay.keys() | {n.id for n in made if n.id not in moved}
    fresh = {note.id: _same(_leaning(note, moved, there), before.get(note.id)) for note in made if note.id not in moved}
    stay = {name: _leaning(note, moved, there) for name, note in stay.items() if name not in fresh}
    gone = {name: stand_in for name, stand_in in moved.items() if name not in there}
    persons = [_leaning(note, gone, there | holding.history.used) for note in persons]
    order = {paragraph.id: paragraph.order for paragraph in holding.index}

    def place(note: Annotation) -> tuple[Any, ...]:
        return note.edition, order.get(note.paragraph, 0), *(reading(note) if note.paragraph in order else (0, 0, ""))

    return Suggested(
        replace(holding, notes=tuple(sorted((*others, *persons, *stay.values(), *fresh.values()), key=place))),
        merged,
        new=Counter((note.type, note.label) for name, note in fresh.items() if name not in before),
        kept=Counter((note.type, note.label) for name, note in (stay | fresh).items() if name in before),
        withdrawn=sum(name not in fresh and name not in stay for name in before),
        decided=sum(note.id in moved for note in made),
    )


def decided(note: Annotation) -> bool:
    """Whether a person has touched an annotation: decided about it, made it, or written a note to it."""
    return note.status != "suggested" or not note.by.startswith("model:") or note.note is not None


def _made(
    holding: Holding,
    mine: Sequence[Annotation],
    found: Mapping[str, Sequence[Found]],
    types: Collection[Type],
    created: str,
    model: str | None,
    named: Mapping[str, str],
) -> Iterator[Annotation]:
    """The records. What stands in a place has the id that is there; any other is born past all that ever were."""
    there = {(note.type[0], note.paragraph, note.letter_start, note.letter_end): note.id for note in mine}
    used = holding.history.used

    def born(letter: str, paragraph: str, first: int, last: int) -> str:
        return there.get((letter, paragraph, first, last)) or ids.annotation_birth(
            holding.work, letter, paragraph, first, last, used
        )

    suggester = Suggester(
        work=holding.work, edition=holding.edition.key, by=author(model), created=created,
        words=holding.edition.text == "included", name=named.get, born=born,
    )  # fmt: skip
    for paragraph in holding.paragraphs:
        if paragraph.id in found and paragraph.text is not None:
            form = letters(paragraph.text)
            for part in found[paragraph.id]:
                if not _asserts(paragraph):
                    part = replace(part, claims=())
                yield from (
                    note
                    for note in suggester(paragraph.id, form, part)
                    if note.type in types
                    and (
                        note.type == "claim" or holding.edition.gives(note.label, paragraph.text, note.start, note.end)
                    )
                )


def _asserts(paragraph: Paragraph) -> bool:
    """Whether a paragraph can hold claims of the author's: no title, no heading, no word of an editor or translator."""
    return paragraph.kind not in ("title", "byline", "heading") and paragraph.voice == "author"


def _same(note: Annotation, before: Annotation | None) -> Annotation:
    """The record that was there, where only the time differs."""
    return before if before is not None and replace(note, created=before.created) == before else note


Spans = Mapping[tuple[str, str], Sequence[Annotation]]


def _spans(notes: Iterable[Annotation]) -> Spans:
    spans: dict[tuple[str, str], list[Annotation]] = defaultdict(list)
    for note in notes:
        spans[note.type, note.paragraph].append(note)
    return spans


def _overlapping(note: Annotation, spans: Spans) -> Annotation | None:
    """An annotation of the type that shares a letter; an accepted one rather than a rejected."""
    found = [
        other
        for other in spans.get((note.type, note.paragraph), ())
        if other.letter_start < note.letter_end and note.letter_start < other.letter_end
    ]
    return min(found, key=lambda other: (other.status != "accepted", other.letter_start), default=None)


def _leans_on(note: Annotation) -> tuple[str, ...]:
    """The annotations that one refers to."""
    return (*getattr(note, "evidence", ()), *filter(None, [getattr(note, "equals", None)]))


def _leaning(note: Annotation, moved: Mapping[str, str | None], there: Collection[str]) -> Annotation:
    """The annotation with references to what is there."""
    if not any(name in moved or name not in there for name in _leans_on(note)):
        return note

    def now(name: str) -> str | None:
        there_now = moved.get(name, name)
        return there_now if there_now in there else None

    more: dict[str, Any] = {}
    if hasattr(note, "evidence"):
        more["evidence"] = tuple(dict.fromkeys(filter(None, map(now, note.evidence))))
    if getattr(note, "equals", None):
        more["equals"] = now(note.equals)  # type: ignore[attr-defined]
    return replace(note, **more)


def _named(
    holding: Holding,
    names: Sequence[Name],
    found: Mapping[str, Sequence[Found]],
    glossary: Glossary,
    types: Collection[Type],
) -> tuple[tuple[Name, ...], dict[str, str]]:
    """names.jsonl with what the mentions add, and the id of each key's entry.

    A name whose id or one of whose forms is there is that entry: a person may have changed it, and it stays but for
    forms that it lacks altogether.
    """
    texts = {paragraph.id: paragraph.text or "" for paragraph in holding.paragraphs}
    mentions: dict[str, list[tuple[str, Entity]]] = defaultdict(list)
    for paragraph, parts in found.items():
        for part in parts:
            speakers = {claim.speaker for claim in part.claims if "claim" in types}
            for entity in part.entities:
                if "entity" in types or entity.key in speakers:
                    mentions[entity.key].append((texts[paragraph][entity.start : entity.end], entity))
    merged = {name.id: name for name in names}
    known = {(name.label, form): name.id for name in reversed(names) for form in forms(name)}
    loose = {form: name for (_, form), name in known.items()}
    named: dict[str, str] = {}
    for key, pairs in mentions.items():
        for entry in entries(holding.work, pairs, glossary):
            mine = forms(entry)
            same = [known[entry.label, form] for form in mine if (entry.label, form) in known]
            same += [loose[form] for form in mine if form in loose]
            name = entry.id if entry.id in merged else next(iter(same), entry.id)
            merged[name] = _filled(merged.get(name, entry), entry)
            for form in mine:
                known.setdefault((entry.label, form), name)
                loose.setdefault(form, name)
            named[key] = name
    return tuple(merged.values()), named


def forms(name: Name) -> list[str]:
    """The letters of all that a name is called."""
    called = (name.zh_hant, name.zh_hans, name.en, name.abbr, *name.aka)
    return list(dict.fromkeys(form for one in called if one and (form := letters(one).text)))


def _filled(name: Name, entry: Name) -> Name:
    more = {
        column: getattr(entry, column)
        for column in ("zh_hant", "zh_hans", "en", "en_source", "abbr")
        if getattr(name, column) is None and getattr(entry, column) is not None
    }
    return replace(name, **more) if more and name != entry else name


def marks(holding: Holding, document: Document, types: Collection[Type], model: str | None = None) -> dict[str, str]:
    """The mark of each paragraph whose text is here."""
    context = json.dumps(
        [author(model), sorted(types), document.yuan, _plain(document.glossary)], ensure_ascii=False, sort_keys=True
    )
    start = blake2b(context.encode("utf-8", "surrogatepass"), digest_size=8)
    notes: dict[str, list[tuple[str, str, str, str | None]]] = defaultdict(list)
    for note in holding.notes:
        notes[note.paragraph].append((note.id, note.status, note.label, note.note))
    result = {}
    for paragraph, year in zip(workable(holding), document.years, strict=True):
        whole = start.copy()
        state = [paragraph.text, paragraph.kind, paragraph.voice, year, sorted(map(str, notes[paragraph.id]))]
        whole.update(repr(state).encode("utf-8", "surrogatepass"))
        result[paragraph.id] = whole.hexdigest()
    return result


def _plain(thing: Any) -> Any:
    """A value as JSON has it, the same in every process."""
    if is_dataclass(thing):
        return [_plain(getattr(thing, one.name)) for one in fields(thing)]
    if isinstance(thing, Mapping):
        return sorted((str(key), repr(_plain(value))) for key, value in thing.items())
    if isinstance(thing, set | frozenset):
        return sorted(repr(_plain(one)) for one in thing)
    return [_plain(one) for one in thing] if isinstance(thing, list | tuple) else thing if thing is None else str(thing)


def workable(holding: Holding) -> list[Paragraph]:
    """The paragraphs whose text is here."""
    return [paragraph for paragraph in holding.paragraphs if paragraph.text is not None]


def plan(before: Holding, names: Sequence[Name], after: Suggested, worked: Mapping[str, str]) -> Plan:
    """The files that are not as they were, with the memory of what was worked."""
    writes = dict(plan_of(before, after.holding).writes)
    if tuple(names) != after.names:
        writes[f"annotations/{before.work}/names.jsonl"] = jsonl.text(after.names)
    writes |= local_files(before.work, f"{before.edition.key}.worked", [Worked(*pair) for pair in worked.items()])
    return Plan(writes)
