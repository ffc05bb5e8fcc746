"""`carry`: the public function, over texts or over an index without text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..ids import keyed_hash, sketch
from ..letters import Letters, letters
from ..records import Annotation, Paragraph
from .checks import Checks, Known, Same
from .fates import Fate
from .features import of_letters, of_sketches
from .paragraphs import follow
from .spans import ORPHAN, Place, Spans

Span = tuple[int, int, int]
CarriedParagraph = Fate
CarriedAnnotation = Place


@dataclass(frozen=True, slots=True)
class Carry:
    """What became of each old paragraph and of each annotation, in the order given."""

    paragraphs: tuple[CarriedParagraph, ...]
    annotations: tuple[CarriedAnnotation, ...]


def carry(old: Sequence[str | Paragraph], new: Sequence[str], annotations: Sequence[Span | Annotation] = ()) -> Carry:
    """Lay a new state of a text beside the old one, and say where every paragraph and annotation is now. Pure.

    ``old``: the paragraphs in reading order, as texts or as records; where a record holds no text, its hash and sketch
    speak for it. ``new``: the texts, in order. An annotation is ``(paragraph, start, end)``, an index into `old` and
    code points of its text, or a record, whose letters lead.

    ``.paragraphs[i]``: ``status`` carried | review | gone, and ``targets``, indexes into `new`, the heir first (two or
    more after a split). ``.annotations[k]``: ``status`` unchanged | moved | variant (same letters and same stakes: in
    place; elsewhere; in other characters) | changed (found, but they differ) | ambiguous (several places) | orphan, and
    ``paragraph, start, end``, an index into `new` and code points of its text. Of an annotation whose words nobody
    knows (a tuple on a paragraph without text), only an unchanged text can tell the place; it is ambiguous otherwise.

    Raises ValueError for a span outside its paragraph, and for a record on no paragraph of `old`.

    >>> result = carry(["守塔人每天點燈。", "議會撥款1000萬元。"], ["議會撥款2000萬元。"], [(1, 4, 9)])
    >>> [paragraph.status for paragraph in result.paragraphs], result.annotations[0].status
    (['gone', 'carried'], 'changed')
    """
    forms = [letters(text) for text in new]
    known = [None if (text := _text(paragraph)) is None else letters(text) for paragraph in old]
    fates = _fates(old, known, forms)
    places: list[Place] = [ORPHAN] * len(annotations)
    if annotations:
        whole = [form if form is not None else letters("") for form in known]
        spans = Spans(whole, forms, fates)
        index = {paragraph.id: at for at, paragraph in enumerate(old) if isinstance(paragraph, Paragraph)}
        unread: dict[int, list[tuple[int, Span | Annotation]]] = defaultdict(list)
        for number, note in enumerate(annotations):
            row = _row(note, index, len(old))
            form = known[row]
            if form is None:
                unread[row].append((number, note))
            elif isinstance(note, Annotation):
                places[number] = spans.follow(row, *form.stored(note.letter_start, note.letter_end))
            else:
                places[number] = spans.follow(row, note[1], note[2])
        for number, place in _unread(old, forms, fates, unread):
            places[number] = place
    return Carry(tuple(fates), tuple(places))


def _text(paragraph: str | Paragraph) -> str | None:
    return paragraph if isinstance(paragraph, str) else paragraph.text


def _fates(old: Sequence[str | Paragraph], known: Sequence[Letters | None], new: Sequence[Letters]) -> list[Fate]:
    """By letters where every old text is known, else by hashes and sketches."""
    forms = [form.text for form in new]
    if all(form is not None for form in known):
        ours = [form.text for form in known if form is not None]
        return follow(ours, [len(form) for form in ours], forms, of_letters([*ours, *forms]))
    rows = [paragraph for paragraph in old if isinstance(paragraph, Paragraph)]
    if len(rows) != len(old):
        raise ValueError("old mixes texts and paragraphs without text; give records for all of them")
    work, edition = rows[0].work, rows[0].edition
    sketches = [row.sketch for row in rows] + [sketch(work, edition, form) for form in forms]
    return follow(
        [row.hash for row in rows],
        [row.length for row in rows],
        forms,
        of_sketches(sketches),
        lambda form: keyed_hash(work, edition, form),
    )


def _row(note: Span | Annotation, index: dict[str, int], size: int) -> int:
    if isinstance(note, Annotation):
        if note.paragraph not in index:
            raise ValueError(f"{note.id} is on {note.paragraph}, which is no paragraph of the old text")
        return index[note.paragraph]
    if not 0 <= note[0] < size:
        raise ValueError(f"annotation on paragraph {note[0]}, but there are {size}")
    return note[0]


def _unread(
    old: Sequence[str | Paragraph],
    new: Sequence[Letters],
    fates: Sequence[Fate],
    unread: dict[int, list[tuple[int, Span | Annotation]]],
) -> list[tuple[int, Place]]:
    """Annotations on paragraphs without text: records by their checks, tuples where the text is the very same."""
    result: list[tuple[int, Place]] = []
    checks: Checks | None = None
    for row, notes in unread.items():
        paragraph, fate = old[row], fates[row]
        assert isinstance(paragraph, Paragraph)
        work, edition = paragraph.work, paragraph.edition
        checks = checks or Checks(new, lambda form: keyed_hash(work, edition, form, 8))  # noqa: B023
        heir = new[fate.targets[0]] if fate.targets else None
        records = [(number, note) for number, note in notes if isinstance(note, Annotation)]
        same = _same(paragraph, heir)
        facts = [Known(note.letter_start, note.letter_end, note.hash, note.text) for _, note in records]
        places = checks.follow(paragraph.length, same, fate, facts)
        result += [(number, place) for (number, _), place in zip(records, places, strict=True)]
        for number, note in notes:
            if not isinstance(note, Annotation):
                result.append((number, _by_text_hash(note, fate, heir if same == "text" else None)))
    return result


def _same(paragraph: Paragraph, heir: Letters | None) -> Same:
    """Whether a new paragraph has the very text of one that is known by its hashes, or its letters."""
    if heir is None or keyed_hash(paragraph.work, paragraph.edition, heir.text) != paragraph.hash:
        return "neither"
    if keyed_hash(paragraph.work, paragraph.edition, heir.source) != paragraph.text_hash:
        return "letters"
    return "text"


def _by_text_hash(note: Span, fate: Fate, heir: Letters | None) -> Place:
    """Offsets in stored text hold where the text is the very same (`heir`), and say nothing where it is not."""
    row, start, end = note
    size = end if heir is None else len(heir.source)
    if not 0 <= start < end <= size:
        raise ValueError(f"span {start}:{end} of paragraph {row}" + (f", which has {size} code points" if heir else ""))
    if not fate.targets:
        return ORPHAN
    if heir is not None and fate.status == "carried":
        return Place("unchanged", fate.targets[0], start, end)
    return Place("ambiguous")
