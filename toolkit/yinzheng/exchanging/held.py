"""What goes out, what a form made of it, and what comes back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from ..bib import Bibliography, Entry
from ..letters import letters
from ..records import Annotation, Link, Name, Paragraph, Status
from ..works import Edition, Work
from ..workspace import Workspace

Type = Literal["claim", "entity", "figure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An edition and its annotations, as they go out.

    ``paragraphs``: in reading order; ``text`` is None where it is not here, or may not go out. ``notes``: in reading
    order; where there is a text, ``start`` and ``end`` are code points *of that text* (a reader's copy may differ from
    the text of the index in spacing and marks). ``names``: all of the work, by id; ``links``: all of the work.
    ``entry``: the edition's, of references.bib, and ``bibliography`` all of it. ``asides``: of a reader's copy that
    goes out, the notes beside the text of a paragraph, by its id, as `segment.Note` prints them. ``headings``: by a
    paragraph's id, the heading of its section; of an edition without sections, that of what it is aligned with.
    ``types``: of the annotations, those that were asked for.
    """

    work: Work
    edition: Edition
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Annotation, ...]
    names: Mapping[str, Name]
    links: tuple[Link, ...]
    entry: Entry | None = None
    bibliography: Bibliography = field(default_factory=lambda: Bibliography({}))
    asides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headings: Mapping[str, Paragraph] = field(default_factory=dict)
    types: Collection[Type] = get_args(Type)

    @property
    def complete(self) -> bool:
        """Whether the text of every paragraph is here."""
        return all(paragraph.text is not None for paragraph in self.paragraphs)

    def of(self, paragraph: str) -> list[Annotation]:
        """The annotations of one paragraph."""
        return [note for note in self.notes if note.paragraph == paragraph]

    def grouped(self, lost: Counter[str]) -> Iterator[tuple[Paragraph, list[Annotation]]]:
        """Each paragraph with its annotations, in one pass; one that has no place here is counted."""
        by_paragraph: defaultdict[str, list[Annotation]] = defaultdict(list)
        for note in self.notes:
            by_paragraph[note.paragraph].append(note)
        for paragraph in self.paragraphs:
            notes, text = by_paragraph.pop(paragraph.id, []), paragraph.text
            inside = notes if text is None else [note for note in notes if 0 <= note.start < note.end <= len(text)]
            if len(inside) < len(notes):
                lost["an annotation that is not inside its paragraph's text stays here"] += len(notes) - len(inside)
            yield paragraph, inside
        if strays := sum(map(len, by_paragraph.values())):
            lost["an annotation of a paragraph that is not in the edition stays here"] += strays


@dataclass(frozen=True, slots=True)
class Exported:
    """Files by name (a form of one file gives one), and what they could not hold: a sentence, and how often."""

    files: Mapping[str, bytes]
    lost: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An annotation that comes back: code points of its document's text, half-open; ``columns``: what else is known of
    it, by the names of the record. ``words``: what it is on, where the file tells no text but these words; then
    ``start`` says where in the paragraph about."""

    start: int
    end: int
    type: Type
    label: str
    id: str | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text that comes back with its annotations: one paragraph a line. ``paragraphs``: the ids of its lines, where
    the file tells them. ``names``: the entries it tells. ``lost``: what the file holds and we cannot: a sentence, and
    how often."""

    name: str
    text: str
    spans: tuple[Span, ...]
    paragraphs: tuple[str | None, ...] = ()
    names: tuple[Name, ...] = ()
    lost: Counter[str] = field(default_factory=Counter)


def held(
    workspace: Workspace,
    work: str,
    editions: Sequence[str],
    types: Collection[Type],
    status: Status | None = "accepted",
    local: bool = False,
) -> list[Held]:
    """What goes out of some editions. ``local``: also the reader's own copy of a text that is not ours to give."""
    names = {name.id: name for name in workspace.names(work)}
    links = tuple(workspace.links(work))
    bibliography = workspace.bibliography(work)

    def read(key: str) -> list[Paragraph]:
        free = local or workspace.edition(work, key).text != "local"
        return workspace.paragraphs(work, key) if free else workspace.index(work, key)

    result = []
    for key in editions:
        edition, paragraphs = workspace.edition(work, key), read(key)
        others = (read(other) for other in workspace.work(work).editions if other != key)
        notes = [note for kind in types for note in workspace.annotations(work, kind, key, status)]
        result.append(
            Held(
                work=workspace.work(work),
                edition=edition,
                paragraphs=tuple(paragraphs),
                notes=tuple(_placed(paragraphs, workspace.index(work, key), notes)),
                names=names,
                links=links,
                entry=bibliography.entries.get(edition.cite),
                bibliography=bibliography,
                asides={copy.id: copy.notes for copy in workspace.local(work, key) if local and copy.notes},
                headings=_headings(paragraphs, links, others),
                types=types,
            )
        )
    return result


def _headings(
    paragraphs: Sequence[Paragraph], links: Sequence[Link], others: Iterable[Sequence[Paragraph]]
) -> dict[str, Paragraph]:
    """Of the first edition that has any for them: their own, or one of the others."""
    result, own = _above(paragraphs), {paragraph.id for paragraph in paragraphs}
    for theirs in others:
        if result:
            break
        there = _above(theirs)
        for link in links:
            for mine, other in ((link.source, link.target), (link.target, link.source)):
                if link.status != "suggested" and mine in own and other in there:
                    result.setdefault(mine, there[other])
    return result


def _above(paragraphs: Sequence[Paragraph]) -> dict[str, Paragraph]:
    here = {paragraph.id: paragraph for paragraph in paragraphs}
    return {one.id: here[one.section] for one in paragraphs if one.section in here}


def _placed(
    paragraphs: Sequence[Paragraph], index: Sequence[Paragraph], notes: Sequence[Annotation]
) -> list[Annotation]:
    """In reading order, and at their places in the texts that go out."""
    order = {paragraph.id: paragraph.order for paragraph in index}
    forms = {one.id: letters(one.text) for one in paragraphs if one.text is not None}
    placed = []
    for note in notes:
        form = forms.get(note.paragraph)
        if form is not None and note.letter_end <= len(form):
            start, end = form.stored(note.letter_start, note.letter_end)
            if (start, end) != (note.start, note.end):
                note = replace(note, start=start, end=end)
        placed.append(note)
    return sorted(placed, key=lambda one: (order.get(one.paragraph, len(order)), one.letter_start, -one.letter_end))
