"""The records of DESIGN section 3: what stands in the JSONL files, column by column.

Each record is a frozen dataclass whose fields, in their order, *are* the columns. The JSON Schemas are generated from
them, `jsonl` reads and writes them, and nothing else knows a column's name twice. Offsets are Unicode code points,
half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["title", "byline", "lead", "heading", "body", "caption", "note"]
Voice = Literal["author", "translator", "editor"]
Status = Literal["suggested", "accepted", "rejected"]
ClaimLabel = Literal["causal", "evaluative", "interpretive", "predictive", "normative", "definitional"]
EntityLabel = Literal[
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "TERM"
]
FigureLabel = Literal["MONEY", "PERCENT", "QUANTITY", "DATE", "TIME", "ORDINAL", "CARDINAL"]
Bound = Literal["<", "<=", ">", ">="]
LABELS: dict[Literal["claim", "entity", "figure"], tuple[str, ...]] = {
    "claim": get_args(ClaimLabel),
    "entity": get_args(EntityLabel),
    "figure": get_args(FigureLabel),
}
NAMED = ("name", "speaker", "payer", "payee", "subject")  # the columns that refer to an entry of names.jsonl
# What can happen to the id of a paragraph, to that of an annotation, and what a person can decide about either.
Happening = Literal[
    "revision", "born", "carried", "split", "merged", "gone", "doubt", "returned",
    "moved", "variant", "changed", "ambiguous", "orphan", "unlinked", "conflict",
    "accepted", "rejected", "undone",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of an edition. ``emphasis`` is flat: start, end, start, end, … in stored code points."""

    id: str
    work: str
    edition: str
    order: int
    kind: Kind
    number: int | None
    section: str | None
    page: str | None
    voice: Voice
    length: int
    hash: str
    text_hash: str
    sketch: tuple[int, ...]
    emphasis: tuple[int, ...]
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalParagraph:
    """A paragraph of a reader's copy. ``notes``: ``start:end:what``, as `segment.Note` prints them."""

    id: str
    text: str
    emphasis: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """The columns that claims, entities and figures share."""

    id: str
    type: Literal["claim", "entity", "figure"]
    work: str
    edition: str
    paragraph: str
    start: int
    end: int
    letter_start: int
    letter_end: int
    hash: str
    text: str | None
    label: str
    status: Status
    by: str
    created: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Annotation):
    """One disputable sentence. ``evidence``: ids of annotations; ``speaker``: id of a name."""

    label: ClaimLabel
    attribution: str | None
    speaker: str | None
    score: float | None
    gloss_zh: str | None
    gloss_en: str | None
    central: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Annotation):
    """One mention; ``name`` is the id of the entry in names.jsonl that its mentions share."""

    label: EntityLabel
    name: str | None
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Annotation):
    """One value as the text states it, and normalised (ISO 4217, UCUM, EDTF, ISO 8601)."""

    label: FigureLabel
    value: float | None
    value_list: tuple[float, ...]
    min: float | None
    max: float | None
    unit: str | None
    approx: bool
    bound: Bound | None
    edtf: str | None
    duration: str | None
    equals: str | None
    measure: str | None
    payer: str | None
    payee: str | None
    subject: str | None
    about_zh: str | None
    about_en: str | None
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What the mentions of one entity or term share."""

    id: str
    label: EntityLabel
    zh_hant: str | None
    zh_hans: str | None
    en: str | None
    en_source: str | None
    abbr: str | None
    aka: tuple[str, ...]
    wikidata: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link between two editions; offsets are null where it joins whole paragraphs."""

    source: str
    source_start: int | None
    source_end: int | None
    target: str
    target_start: int | None
    target_end: int | None
    status: Literal["auto", "suggested", "confirmed"]
    score: float | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened to an id: a line of <edition>.history.jsonl, which only ever grows.

    ``id``: of a paragraph or an annotation; of the edition (``work/edition``) for a ``revision``, which opens each new
    state of the text. ``to``: the ids it leads to; for a revision all ids before it, in order. ``start, end``: letters
    of the place that is proposed for an annotation. ``likeness, margin``: of an automatic decision (`yinzheng.carry`).
    ``by``: ``auto`` or a person. ``version``: of Yinzheng. ``record``: what the id stood for until then, as JSON (a
    paragraph without its text), for a revision the mark of the whole text before it.
    """

    id: str
    event: Happening
    to: tuple[str, ...]
    start: int | None
    end: int | None
    likeness: float | None
    margin: float | None
    by: str
    version: str
    created: str
    record: str | None
