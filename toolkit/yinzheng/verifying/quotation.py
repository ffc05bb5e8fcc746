"""A quotation of a manuscript with its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from .judge import RIGHT, Verdict
from .prose import Citation
from .quotes import Quote

Reason = Literal["key", "text", "digest", "gloss", "elsewhere", "nowhere", "edition", "voice", "whose", "apart"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation of a manuscript and its verdict.

    ``paragraph, number``: where its words are, or nearly are; ``through``: the last number, if they run over several.
    ``cited``: the citation as written. ``difference``: the source's words in ``[-…-]`` and the manuscript's in
    ``{+…+}``, where they differ. ``line, column``: 1-based, in ``file``; for docx the paragraph, and the column in it.
    ``varies``: for a variant. ``alterations``: what is marked as the writer's. ``found, quoted``: what was compared.
    ``reason``: why it is unchecked or not found, or what else to know: ``key`` not of this corpus (``where``: one that
    may be meant), ``text`` not here; its words may stand in another work all the same: ``work, paragraph, number``;
    ``digest`` or ``gloss``: nobody's published words, ``elsewhere`` or in another ``edition`` (``where``), ``voice``:
    not the author's but ``where``'s, ``whose``: and the manuscript does not say so, ``apart``: it joins words that
    nobody wrote together.
    """

    quote: str
    verdict: Verdict
    paragraph: str | None
    number: int | None
    cited: str | None
    difference: str | None
    line: int
    column: int
    file: str = "-"
    work: str | None = None
    edition: str | None = None
    through: int | None = None
    varies: tuple[str, ...] = ()
    alterations: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    reason: Reason | None = None
    where: str | None = None
    found: str | None = None
    quoted: str | None = None
    correction: str | None = None
    source: Quote | None = field(default=None, repr=False, compare=False)
    citation: Citation | None = field(default=None, repr=False, compare=False)

    @property
    def numbers(self) -> str:
        """The number of the paragraph, or of the first and the last: 5, 5–6."""
        return "–".join(str(number) for number in (self.number, self.through) if number is not None)

    @property
    def right(self) -> bool:
        """Whether it may stand as it is."""
        return self.verdict in RIGHT


def quotation(quote: Quote, verdict: Verdict, citation: Citation | None, **more: object) -> Quotation:
    known: dict[str, Any] = {"paragraph": None, "number": None, "difference": None} | more
    return Quotation(
        quote=quote.text,
        verdict=verdict,
        cited=as_written(citation),
        line=quote.line,
        column=quote.column,
        file=quote.block.file,
        source=quote,
        citation=citation,
        **known,
    )


def as_written(citation: Citation | None) -> str | None:
    """A citation in one line: its key, or the author and year, and the locator."""
    if citation is None:
        return None
    fields = dict(citation.fields)
    name = citation.key or " ".join(filter(None, (fields.get("author"), fields.get("year")))) or fields.get("title")
    return ", ".join(_parts(name or fields.get("doi"), citation.locator)) or None


def _parts(*parts: str | None) -> Iterator[str]:
    return (part for part in parts if part)
