"""The records of DESIGN section 3: what stands in the JSONL files, column by column.

Each record is a frozen dataclass whose fields, in their order, *are* the columns. The JSON Schemas are generated from
them, `jsonl` reads and writes them, and nothing else knows a column's name twice. Offsets are Unicode code points,
half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "byline", "lead", "heading", "body", "caption", "note"]
Voice = Literal["author", "translator", "editor"]
Status = Literal["suggested", "accepted", "rejected"]
ClaimLabel = Literal["causal", "evaluative", "interpretive", "predictive", "normative", "definitional"]
EntityLabel = Literal[
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "TERM"
]
FigureLabel = Literal["MONEY", "PERCENT", "QUANTITY", "DATE", "TIME", "ORDINAL", "CARDINAL"]
Bound = Literal["<", "<=", ">", ">="]


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
