"""What is wrong with citations themselves, and with a writer's own figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..bib import Bibliography
from ..letters import in_one_script
from .belonging import sentence
from .keys import Target, locator
from .marks import marks
from .prose import Block, Citation
from .quotation import Quotation, as_written
from .quotes import Positions
from .verify import Verifier

Kind = Literal["no-such-paragraph", "unknown-key", "figure-contradicted"]
_MEASURED = ("MONEY", "PERCENT", "QUANTITY")
# What a plain number counts: the word behind it (4 lux, 97 a year), or a measure word and what it measures (三座燈).
_COUNTED = re.compile(
    r"\s?(?:(?:a|an|per|each|every)\s(?P<each>[A-Za-z]{2,20})|(?P<word>[A-Za-z]{2,20})|(?P<han>[\u3400-\u9fff]{2}))"
)
_NO_NOUNS = re.compile(
    "of|and|to|in|at|on|for|by|the|or|were|was|is|are|had|from|with|that|who|which|more|less|than|as|out|but", re.I
)
_ROUND = 0.05  # how far apart two values may be of which one is said to be approximate


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a citation. ``words``: what it is about; ``known``: what would be right, as far as it is
    known: the last paragraph's number, or the figures of the source. A contradicted figure is a warning only."""

    kind: Kind
    words: str
    cited: str | None
    known: str | None
    paragraph: str | None
    line: int
    column: int
    file: str
    block: Block
    start: int
    end: int

    @property
    def warning(self) -> bool:
        """Whether it may be right all the same."""
        return self.kind == "figure-contradicted"


def findings(
    verifier: Verifier,
    blocks: Sequence[Block],
    quotations: Iterable[Quotation],
    bibliography: Bibliography | None,
    figures: bool = False,
) -> list[Finding]:
    """Locators that do not exist, keys that the bibliography lacks, and, if asked for, figures that contradict."""
    told = {id(q.citation) for q in quotations if q.verdict == "wrong-paragraph"}
    positions = Positions()
    known = _keys(bibliography) | verifier.works.keys.keys() if bibliography is not None else None
    result: list[Finding] = []
    for block in blocks:
        for one in block.citations:
            found: list[tuple[Kind, str, str | None, str | None, tuple[int, int]]] = []
            target = verifier.works.of(one) if one.key or one.fields else None
            if known is not None and one.key and one.key not in known and target is None:
                found.append(("unknown-key", one.key, None, None, (one.start, one.end)))
            if target and target[0]:
                if id(one) not in told and (last := _missing(verifier, one, target)) is not None:
                    found.append(("no-such-paragraph", one.locator or "", str(last), None, (one.start, one.end)))
                if figures:
                    told_of = {other.start for other in result if other.block is block and other.warning}
                    found += (more for more in _contradicted(verifier, block, one, target) if more[4][0] not in told_of)
            for kind, words, right, paragraph, (start, end) in found:
                line, column = positions.of(block, min(start, len(block.index) - 1))
                result.append(
                    Finding(kind, words, as_written(one), right, paragraph, line, column, block.file, block, start, end)
                )
    return result


def _keys(bibliography: Bibliography) -> set[str]:
    aliases = (entry.fields.get("ids", "").split(",") for entry in bibliography.entries.values())
    return {*bibliography.entries, *(key.strip() for names in aliases for key in names)}


def _missing(verifier: Verifier, citation: Citation, target: Target) -> int | None:
    """The number of the last paragraph, where a citation points to one that is not there; else None."""
    place = locator(citation.locator)
    work, key = target
    if place is None or place.kind == "page" or key is None:
        return None
    if place.kind == "number" and verifier.workspace.edition(work, key).locator == "page":
        return None
    last = verifier.last(work, key)
    if not last or all(1 <= low <= high <= last for low, high in place.ranges):
        return None
    return last


def _contradicted(
    verifier: Verifier, block: Block, citation: Citation, target: Target
) -> Iterator[tuple[Kind, str, str | None, str | None, tuple[int, int]]]:
    """Amounts in the writer's own sentence that the cited paragraph gives otherwise: of one unit, or counting the same
    thing, and none of one value."""
    from ..annotating.figures import figures

    place = locator(citation.locator)
    if place is None or place.kind == "page" or citation.start >= len(block.index):
        return
    work, key = target
    paragraphs = [
        p
        for part in verifier.corpus.parts
        if part.work == work and key in (None, part.edition.key)
        for p in verifier.corpus.paragraphs[part.first : part.last]
        if p.number is not None and p.number in place
    ]
    theirs = [(one, _unit(one, p.text or "")) for p in paragraphs for one in figures(p.text or "")]
    low, high = sentence(block.text, max(0, citation.start - 1), citation.start)
    quoted = [*((a, b) for a, b in marks(block.text).pairs), *((s.start, s.end) for s in block.quoted)]
    text = block.text[low:high]
    for mine in figures(text):
        start, end = low + mine.start, low + mine.end
        unit = _unit(mine, text)
        if unit is None or any(a <= start and end <= b for a, b in quoted):
            continue
        if any(one.start < end and start < one.end for one in block.citations):
            continue
        same = [one for one, other in theirs if other == unit]
        if same and not any(_agree(mine, one) for one in same):
            told = ", ".join(dict.fromkeys(_words(paragraphs, one) for one in same if _words(paragraphs, one)))
            yield "figure-contradicted", block.text[start:end], told, paragraphs[0].id, (start, end)


def _unit(figure: Any, text: str) -> tuple[str, str | None] | None:
    """What two figures must share to be of one kind: their unit, or what they count; None: nobody knows."""
    if figure.label in _MEASURED:
        return figure.label, figure.unit
    counted = _COUNTED.match(text, figure.end) if figure.label == "CARDINAL" else None
    if counted is None or _NO_NOUNS.fullmatch(counted["word"] or ""):
        return None
    word = counted["each"] or counted["word"] or counted["han"]
    return "each" if counted["each"] else "count", in_one_script(word.lower()).removesuffix("s")


def _agree(mine: object, theirs: object) -> bool:
    near = _ROUND if getattr(mine, "approx", False) or getattr(theirs, "approx", False) else 0.005
    return any(abs(a - b) <= near * max(abs(a), abs(b)) for a in _values(mine) for b in _values(theirs))


def _values(figure: object) -> list[float]:
    single = [getattr(figure, name) for name in ("value", "min", "max")]
    return [value for value in (*single, *getattr(figure, "value_list", ())) if value is not None]


def _words(paragraphs: Sequence[object], figure: object) -> str:
    """A figure as one of the paragraphs prints it."""
    from ..annotating.figures import figures

    for paragraph in paragraphs:
        text = getattr(paragraph, "text", None) or ""
        if figure in figures(text):
            return str(text[figure.start : figure.end])
    return ""
