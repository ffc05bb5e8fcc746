"""What the parts of `annotating` find in one paragraph, before it is a record: spans with what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Bound, ClaimLabel, EntityLabel, FigureLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value as the text states it. The fields are `records.Figure`'s; ``equals``: the place, in the list of the
    paragraph's figures, of the one that this converts."""

    start: int
    end: int
    label: FigureLabel
    value: float | None = None
    value_list: tuple[float, ...] = ()
    min: float | None = None
    max: float | None = None
    unit: str | None = None
    approx: bool = False
    bound: Bound | None = None
    edtf: str | None = None
    duration: str | None = None
    equals: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A mention of a name. ``key``: the same for all mentions of one name in a document (`names` makes its entry)."""

    start: int
    end: int
    label: EntityLabel
    key: str
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A disputable sentence. ``attribution``: "author", or who says so in the text's words; ``speaker``: the key of the
    entity that says so, where it is one. ``evidence``: places in the paragraph's lists."""

    start: int
    end: int
    label: ClaimLabel
    attribution: str
    speaker: str | None = None
    score: float | None = None
    figures: tuple[int, ...] = ()
    entities: tuple[int, ...] = ()
