"""What comes back from another tool, put on our paragraphs. Pure.

A document's lines are our paragraphs: those whose ids it tells, else those with the same letters, in reading order.
What a span says is laid over what stands here at its place, so that a file that went out and comes back is the same
records.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from math import isfinite
from typing import Any

from . import ids, jsonl
from .errors import YinzhengError
from .exchanging.held import Document, Span, Type
from .holding import Holding
from .letters import Letters, letters
from .marking import mark, place
from .records import LABELS, Annotation, Paragraph
from .workspace import TYPES


@dataclass(frozen=True, slots=True)
class Incoming:
    """``notes``: by edition; ``lost``: what could not come in, a sentence and how often; ``missing``: how many accepted
    annotations of the paragraphs that the documents have stand here, and not in them."""

    notes: Mapping[str, tuple[Annotation, ...]]
    lost: Counter[str] = field(default_factory=Counter)
    missing: int = 0


def checked(documents: Iterable[Document]) -> list[Document]:
    """The documents, if every value in them is of its type; what is not said (None where a column takes none) is gone.
    Raises YinzhengError that names the document."""
    return [replace(one, spans=tuple(_checked(span, one.name) for span in one.spans)) for one in map(_whole, documents)]


def _whole(document: Document) -> Document:
    for words in (document.text, *document.paragraphs):
        if words is not None and not (isinstance(words, str) and _writable(words)):
            raise YinzhengError(f"{_short(words)} is no text, or holds half of a character", path=document.name)
    return document


def _checked(span: Span, path: str) -> Span:
    if not isinstance(span.label, str) or {type(span.start), type(span.end)} != {int}:
        raise YinzhengError(f"no annotation: {_short((span.start, span.end, span.label))}", path=path)
    record: Any = TYPES[labelled(span.type, span.label)[0]]
    said = {}
    for column, value in span.columns.items():
        # a span of another type than its label's keeps what that type has no column for: it is left out
        if column not in jsonl.columns(record) or (value is None and not jsonl.fits(None, record, column)):
            continue
        cells = [*value] if isinstance(value, tuple) else [value]
        if not jsonl.fits([*value] if isinstance(value, tuple) else value, record, column) or any(
            not isfinite(one) if isinstance(one, float) else isinstance(one, str) and not _writable(one)
            for one in cells
        ):
            raise YinzhengError(f"column {column!r}: {_short(value)} is none of a {span.type}", path=path)
        said[column] = value
    if not _writable(f"{span.label}{span.id or ''}{span.words or ''}"):
        raise YinzhengError(f"a label or id holds half of a character: {_short(span.label)}", path=path)
    return replace(span, columns=said)


def _writable(words: str) -> bool:
    return not _HALF.search(words)


def _short(value: object) -> str:
    return text if len(text := ascii(value)) <= 80 else f"{text[:80]}…"


_HALF = re.compile("[\ud800-\udfff]")


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
        for span in document.spans:
            line = lines[at] if (at := bisect(starts, span.start) - 1) >= 0 else None
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


class _Places:
    """Which paragraph a line is."""

    def __init__(self, holdings: Sequence[Holding]) -> None:
        self.by_id: dict[str, tuple[Holding, Paragraph]] = {}
        self.by_letters: defaultdict[str, list[tuple[Holding, Paragraph]]] = defaultdict(list)
        self.work = holdings[0].work if holdings else ""
        self.there = {holding.edition.key: dict(_there(holding)) for holding in holdings}
        for holding in holdings:
            for paragraph in holding.paragraphs:
                self.by_id[paragraph.id] = (holding, paragraph)
                if paragraph.text is not None:
                    self.by_letters[letters(paragraph.text).text].append((holding, paragraph))

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
            form = letters(line)
            found = places.find(name, form, editions)
            same = found is not None and _same(form, found[1])
            if found is not None and same and found[1].text is None and _indexed(line, found[1]):
                found = found[0], replace(found[1], text=line)  # the file brings the text
            yield _Line(start, end, form, found, same)
        start = end + 1


def _same(form: Letters, paragraph: Paragraph) -> bool:
    return ids.keyed_hash(paragraph.work, paragraph.edition, form.text) == paragraph.hash


_NOWHERE = "an annotation on no letter, or on words that are not there, was left out"
_UNSEEN = "an annotation of a paragraph whose text is not here was left out; add your copy: yinzheng add FILE"


def _note(line: _Line, span: Span, by: str, created: str, places: _Places, lost: Counter[str]) -> Annotation | str:
    """The annotation, or why it cannot come in."""
    assert line.found is not None
    holding, paragraph = line.found
    said = dict(span.columns)
    kind, label, note = labelled(span.type, span.label)
    if note is not None:
        said["note"] = "; ".join(filter(None, [note, said.get("note")]))
    if isinstance(on := _letters(line, span, paragraph), str):
        return on
    first, last = on
    if not 0 <= first < last <= paragraph.length:
        return _NOWHERE
    there = places.there[holding.edition.key].get((kind, paragraph.id, first, last))
    mine = {key: value for key, value in said.items() if key in _columns(kind) - _PLACED}
    if there is not None:
        if not line.form.source and span.words is None and (span.start, span.end) != (there.start, there.end):
            lost["a place that was changed, in a text that is not in the file, stays as it is here"] += 1
        return replace(there, **{**mine, "label": label})
    if paragraph.text is None or not (line.form.source or span.words):
        told = _told(kind, {**said, "label": label}, paragraph)
        if told is not None or paragraph.text is None:
            return told or _UNSEEN
    return mark(
        paragraph, (first, last), kind, label, {"by": by, "created": created, **mine, "label": label},
        words=holding.edition.text == "included", by=by, created=created, history=holding.history, there={},
    )  # fmt: skip


def _letters(line: _Line, span: Span, paragraph: Paragraph) -> tuple[int, int] | str:
    """The letters of the paragraph that a span is on; or why there are none."""
    if line.same:
        return line.form.within(span.start - line.start, span.end - line.start)
    words, start = span.words, 0
    if line.form.source:
        words, start = line.form.source[span.start - line.start : span.end - line.start], line.start
    if words is not None and paragraph.text is not None:
        return _quoted(paragraph.text, words, span.start - start, span.end - start)
    if line.form.source:
        return _UNSEEN
    # the file tells no text, only its offsets
    first, last = span.columns.get("letter_start"), span.columns.get("letter_end")
    if first is not None and last is not None:
        return first, last
    if paragraph.text is None:
        return _UNSEEN
    if not _indexed(paragraph.text, paragraph):
        return "an annotation that tells its place in a text that is not the one here was left out"
    return letters(paragraph.text).within(span.start, span.end) if span.end <= len(paragraph.text) else _NOWHERE


def _indexed(text: str, paragraph: Paragraph) -> bool:
    """Whether a text is the one that the index was made from, so that offsets in it are those of the records."""
    return ids.keyed_hash(paragraph.work, paragraph.edition, text) == paragraph.text_hash


def _quoted(text: str, words: str, start: int, end: int) -> tuple[int, int]:
    """The letters of the words that a file tells, nearest to where it says; none where they do not stand there."""
    form = letters(text)
    exact = form.within(start, end)
    if text[start:end] == words:
        return exact
    try:
        return place(text, words, near=exact[0])
    except YinzhengError:
        return 0, 0


_PLACED = {"id", "type", "work", "edition", "paragraph", "start", "end", "letter_start", "letter_end", "hash", "text"}


def _columns(kind: Type) -> set[str]:
    record: Any = TYPES[kind]
    return {one.name for one in fields(record)}


def _told(kind: Type, said: Mapping[str, Any], paragraph: Paragraph) -> Annotation | None:
    """A record that the file tells whole, of a paragraph whose text is not here."""
    if said.get("paragraph") != paragraph.id or _columns(kind) - said.keys():
        return None
    return TYPES[kind](**{key: said[key] for key in _columns(kind)})


def labelled(type: Type, label: str) -> tuple[Type, str, str | None]:
    """Our type and label for one of another scheme; a label that we have not is a TERM, with a note that says it.

    >>> labelled("entity", "Person"), labelled("entity", "MONEY"), labelled("entity", "Gene")
    (('entity', 'PERSON', None), ('figure', 'MONEY', None), ('entity', 'TERM', 'label: Gene'))
    """
    plain = label.upper() if type != "claim" else label.lower()
    plain = {"PER": "PERSON", "LOCATION": "LOC", "ORGANIZATION": "ORG", "ORGANISATION": "ORG"}.get(plain, plain)
    for kind in (type, *LABELS):
        for known in (plain, plain.lower(), plain.upper()):
            if known in LABELS[kind]:
                return kind, known, None
    return "entity", "TERM", f"label: {label}"
