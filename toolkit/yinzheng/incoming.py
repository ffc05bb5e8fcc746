"""What comes back from another tool, put on our paragraphs. Pure.

A document's lines are our paragraphs: those whose ids it tells, else those with the same letters, in reading order.
What a span says is laid over what stands here at its place, so that a file that went out and comes back is the same
records.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from . import ids, marking
from .carrying import carry
from .exchanging.held import Document, Span, Type
from .exchanging.received import labelled
from .holding import Holding
from .letters import Letters, letters
from .marking import mark
from .placing import form
from .records import Annotation, Paragraph
from .revising import KEPT
from .workspace import TYPES


@dataclass(frozen=True, slots=True)
class Incoming:
    """``notes``: by edition; ``lost``: what could not come in, a sentence and how often; ``missing``: how many accepted
    annotations of the paragraphs that the documents have stand here, and not in them."""

    notes: Mapping[str, tuple[Annotation, ...]]
    lost: Counter[str] = field(default_factory=Counter)
    missing: int = 0


def incoming(holdings: Sequence[Holding], documents: Sequence[Document], by: str, created: str) -> Incoming:
    """The annotations that documents say of one work's editions."""
    lost: Counter[str] = Counter()
    notes: dict[str, dict[str, Annotation]] = {holding.edition.key: {} for holding in holdings}
    places = _Places(holdings)
    read: set[str] = set()
    for document in documents:
        lost.update(document.lost)
        lines = list(_lines(document, places))
        starts = [line.start for line in lines]
        read |= {line.found[1].id for line in lines if line.found}
        at_line = [bisect(starts, span.start) - 1 for span in document.spans]
        _follow(lines, zip(at_line, document.spans, strict=True))
        for at, span in zip(at_line, document.spans, strict=True):
            line = lines[at] if at >= 0 else None
            if line is None or (line.end < span.end and line.form.source):
                lost["an annotation over several paragraphs, or outside of the text, was left out"] += 1
            elif line.found is None:
                lost["an annotation on words that are no paragraph here was left out"] += 1
            elif isinstance(note := _note(line, span, by, created, places, lost), str):
                lost[note] += 1
            else:
                mine = notes[line.found[0].edition.key]
                if (before := mine.get(note.id)) is not None:
                    lost["an annotation on the words of another of its type became one with it, and its note"] += 1
                mine[note.id] = note if before is None else _both(before, note)
    types = {note.type for found in notes.values() for note in found.values()}
    missing = sum(
        note.status == "accepted" and note.type in types and note.paragraph in read and note.id not in found
        for edition, found in notes.items()
        for note in places.there[edition].values()
    )
    return Incoming({edition: tuple(found.values()) for edition, found in notes.items()}, lost, missing)


def _both(one: Annotation, other: Annotation) -> Annotation:
    """Two annotations of a type on the same words are one here, whose note says what the other says."""
    parts = dict.fromkeys(part for note in (one.note, other.note) if note for part in note.split("; "))
    if other.label != one.label and not (other.note or "").startswith("label: "):
        parts[f"label: {other.label}"] = None
    return replace(one, note="; ".join(parts) or None)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    form: Letters
    found: tuple[Holding, Paragraph] | None
    same: bool  # whether the paragraph here has these letters
    moved: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # spans to letters, where it has others


class _Places:
    """Which paragraph a line is."""

    def __init__(self, holdings: Sequence[Holding]) -> None:
        self.by_id: dict[str, tuple[Holding, Paragraph]] = {}
        self.by_letters: defaultdict[str, list[tuple[Holding, Paragraph]]] = defaultdict(list)
        self.work = holdings[0].work if holdings else ""
        self.there = {holding.edition.key: dict(_there(holding)) for holding in holdings}
        self.notes = {note.id: note for found in self.there.values() for note in found.values()}
        for holding in holdings:
            for paragraph in holding.paragraphs:
                self.by_id[paragraph.id] = (holding, paragraph)
                if paragraph.text is not None:
                    self.by_letters[letters(paragraph.text).text].append((holding, paragraph))

    def known(self, id: str | None, words: str, paragraph: Paragraph) -> tuple[int, int] | None:
        """The letters of an annotation that the file has from here, if it is on the same words: their place may be
        another here, and they may stand several times."""
        mine = self.notes.get(id or "")
        if mine is None or mine.paragraph != paragraph.id:
            return None
        on = form(paragraph.text or "").text[mine.letter_start : mine.letter_end]
        return (mine.letter_start, mine.letter_end) if on == letters(words).text else None

    def find(self, name: str | None, form: Letters, editions: Collection[str]) -> tuple[Holding, Paragraph] | None:
        """By id where one of ours is told (an old one leads to the new), else the next with these letters; of
        ``editions``, those of the ids that its document tells, where they have one."""
        alike = self.by_letters.get(form.text, [])
        if name is not None and name.startswith(f"{self.work}."):
            if name in self.by_id:
                found = self.by_id[name]
                if len(alike) > 1 and found in alike:
                    alike.remove(found)
                return found
            for holding, _ in self.by_id.values():
                leads = holding.history.lead(name).ids
                if len(leads) == 1 and leads[0] in self.by_id:
                    return self.by_id[leads[0]]
            return None
        at = next((at for at, (holding, _) in enumerate(alike) if holding.edition.key in editions), 0)
        return alike.pop(at) if len(alike) > 1 else alike[0] if alike else None


def _there(holding: Holding) -> Iterator[tuple[tuple[str, str, int, int], Annotation]]:
    for note in holding.notes:
        if note.edition == holding.edition.key:
            yield (note.type, note.paragraph, note.letter_start, note.letter_end), note


def _lines(document: Document, places: _Places) -> Iterator[_Line]:
    """Each line that says something, or whose id is told, and the paragraph that it is."""
    start = 0
    editions = {places.by_id[name][0].edition.key for name in document.paragraphs if name in places.by_id}
    for number, line in enumerate(document.text.split("\n")):
        name = document.paragraphs[number] if number < len(document.paragraphs) else None
        end = start + len(line)
        if name is not None or line.strip():
            read = letters(line)
            found = places.find(name, read, editions)
            same = found is not None and _same(read, found[1])
            if found is not None and same and found[1].text is None and _indexed(line, found[1]):
                found = found[0], replace(found[1], text=line)  # the file brings the text
            yield _Line(start, end, read, found, same)
        start = end + 1


def _same(form: Letters, paragraph: Paragraph) -> bool:
    return ids.keyed_hash(paragraph.work, paragraph.edition, form.text) == paragraph.hash


_NOWHERE = "an annotation on no letter, or on words that are not there, was left out"
_DIFFERS = "an annotation whose words, or what they say, are otherwise here was left out"
_UNSEEN = "an annotation of a paragraph whose text is not here was left out; add your copy: yinzheng add FILE"


def _note(line: _Line, span: Span, by: str, created: str, places: _Places, lost: Counter[str]) -> Annotation | str:
    """The annotation, or why it cannot come in."""
    assert line.found is not None
    holding, paragraph = line.found
    said = dict(span.columns)
    kind, label, note = labelled(span.type, span.label)
    if note is not None:
        said["note"] = "; ".join(filter(None, [note, said.get("note")]))
    if isinstance(on := _letters(line, span, paragraph, places), str):
        return on
    first, last = on
    if not 0 <= first < last <= paragraph.length:
        return _NOWHERE
    whole = form(paragraph.text or "")
    own = said.get("text")
    if own and paragraph.text and letters(own).text != whole.text[first:last]:
        return "an annotation that says other words than stand at its place was left out"
    there = places.there[holding.edition.key].get((kind, paragraph.id, first, last))
    own_columns = _columns(kind) - _PLACED
    mine = {key: value for key, value in said.items() if key in own_columns}
    if there is not None:
        other = (span.id or "").startswith(f"{places.work}.") and span.id != there.id
        if other or said.get("edition") not in (None, "", there.edition):
            lost["another id or edition of what stands here is not taken: its place says which it is"] += 1
        if not line.form.source and span.words is None and (span.start, span.end) != (there.start, there.end):
            lost["a place that was changed, in a text that is not in the file, stays as it is here"] += 1
        return replace(there, **{**mine, "label": label})
    if paragraph.text is None or not (line.form.source or span.words):
        told = _told(kind, {**said, "label": label}, paragraph)
        if told is not None or paragraph.text is None:
            return told or _UNSEEN
    if kind != "claim" and not holding.edition.gives(label, whole.source, *whole.stored(first, last)):
        return f"{paragraph.id}: what is coded {span.label!r} there was left out: {marking.SENTENCE}"
    return mark(
        paragraph, (first, last), kind, label, {"by": by, "created": created, **mine, "label": label},
        edition=holding.edition, by=by, created=created, history=holding.history, there={},
    )  # fmt: skip


def _letters(line: _Line, span: Span, paragraph: Paragraph, places: _Places) -> tuple[int, int] | str:
    """The letters of the paragraph that a span is on; or why there are none."""
    if line.same:
        return line.form.within(span.start - line.start, span.end - line.start)
    if line.form.source and paragraph.text is not None:
        words = line.form.source[span.start - line.start : span.end - line.start]
        return places.known(span.id, words, paragraph) or line.moved.get((span.start, span.end)) or _DIFFERS
    if span.words is not None and paragraph.text is not None:
        return places.known(span.id, span.words, paragraph) or _quoted(paragraph.text, span)
    if line.form.source:
        return _UNSEEN
    # the file tells no text, only its offsets
    first, last = (span.columns.get(f"letter_{end}") for end in ("start", "end"))
    if isinstance(first, int) and isinstance(last, int):
        return first, last
    if paragraph.text is None:
        return _UNSEEN
    if not _indexed(paragraph.text, paragraph):
        return "an annotation that tells its place in a text that is not the one here was left out"
    return form(paragraph.text).within(span.start, span.end) if span.end <= len(paragraph.text) else _NOWHERE


def _indexed(text: str, paragraph: Paragraph) -> bool:
    """Whether a text is the one that the index was made from, so that offsets in it are those of the records."""
    return ids.keyed_hash(paragraph.work, paragraph.edition, text) == paragraph.text_hash


def _quoted(text: str, span: Span) -> tuple[int, int] | str:
    """The letters of the words that a file tells: where it says, or in their only place."""
    if text[span.start : span.end] == span.words:
        return form(text).within(span.start, span.end)
    found = marking.places(text, span.words or "")
    return found[0] if len(found) == 1 else _NOWHERE


def _follow(lines: Sequence[_Line], spans: Iterable[tuple[int, Span]]) -> None:
    """Where the words of lines stand that read otherwise here: as `carry` follows them, or in their only place."""
    on: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for at, span in spans:
        if at >= 0 and not lines[at].same and lines[at].start <= span.start < span.end <= lines[at].end:
            on[at].add((span.start, span.end))
    for at, found in on.items():
        line, old = lines[at], lines[at].form.source
        new = line.found[1].text if line.found else None
        if not old or new is None:
            continue
        spans_ = sorted((start - line.start, end - line.start) for start, end in found)
        carried = carry([old], [new], [(0, *span) for span in spans_]).annotations
        for (start, end), place in zip(spans_, carried, strict=True):
            ways = [form(new).within(place.start or 0, place.end or 0)] if place.status in KEPT else []
            if place.status == "orphan":  # the paragraph is quite another
                ways = marking.places(new, old[start:end])
            if len(ways) == 1:
                line.moved[line.start + start, line.start + end] = ways[0]


_PLACED = {"id", "type", "work", "edition", "paragraph", "start", "end", "letter_start", "letter_end", "hash", "text"}


def _columns(kind: Type) -> set[str]:
    record: Any = TYPES[kind]
    return {one.name for one in fields(record)}


def _told(kind: Type, said: Mapping[str, Any], paragraph: Paragraph) -> Annotation | None:
    """A record that the file tells whole, of a paragraph whose text is not here."""
    if said.get("paragraph") != paragraph.id or _columns(kind) - said.keys():
        return None
    return TYPES[kind](**{key: said[key] for key in _columns(kind)})
