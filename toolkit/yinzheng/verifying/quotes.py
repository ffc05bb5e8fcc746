"""The quotations of a manuscript, each with the citations that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .belonging import AHEAD, belonging, is_address, located, reach, sentence, speaks
from .marks import CLOSERS, Marks, marks
from .printed import behind, bracketed, titles
from .prose import Block, Citation

_SPACE = " \t\r\n\u3000\u00a0\u2009\u202f"
_ATTRIBUTION = re.compile(r"\s*(?:—{1,2}|–|―|--)\s*[^—–―。！？”」]{0,80}$")
_FAR = 2500  # beyond this a citation is no neighbour
_LONGEST = 20  # paragraphs in one quotation


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: ``block.text[start:end]``, without its marks. ``depth``: how many quotations it stands in.

    ``citations``: those that belong to it, nearest first; none: it stands without one. ``line, column``: 1-based, where
    its words begin in the source; for docx the paragraph, and the column in it. A quotation of several paragraphs is
    one for each, with the citations of the last.
    """

    block: Block
    start: int
    end: int
    depth: int
    kind: Literal["inline", "block"]
    citations: tuple[Citation, ...]
    line: int
    column: int

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.block.text[self.start : self.end]


class Positions:
    """Lines and columns, 1-based, of offsets in the sources of blocks."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, int], list[int]] = {}

    def of(self, block: Block, offset: int) -> tuple[int, int]:
        """The line and column of a place in a block's text; for docx the paragraph and the column in it."""
        at = block.index[offset]
        if block.paragraph is not None:
            return block.paragraph, at + 1
        key = (block.file, id(block.source))
        if key not in self._lines:
            self._lines[key] = [0, *(match.end() for match in re.finditer("\n", block.source))]
        line = bisect_right(self._lines[key], at)
        return line, at - self._lines[key][line - 1] + 1


def quotes(blocks: Sequence[Block]) -> list[Quote]:
    """Every quotation, in reading order, an outer one before those in it.

    Inline between marks of any kind or as the markup says it, and block quotations. Marks that nothing closes,
    apostrophes, inches and feet are none; nor are 《 》, which name books.
    """
    cited = located(blocks)
    notes: dict[int, dict[int, list[Citation]]] = {}
    for number, block in enumerate(blocks):
        if block.note_of is not None and cited[number]:
            notes.setdefault(block.note_of[0], {}).setdefault(block.note_of[1], []).extend(cited[number])
    marked = [marks(block.text) for block in blocks]
    chained = _chains(blocks, marked)
    positions = Positions()
    result: list[Quote] = []
    for number, block in enumerate(blocks):
        place = _Place(blocks, number, cited, notes, marked[number])
        body = block.note_of is None
        names = titles(block.text, not body) if marked[number].pairs else []
        inside = bracketed(block.text) if marked[number].pairs and block.citations else set()
        signed = number > 0 and block.quote == blocks[number - 1].quote  # a name may stand under the words before it
        for start, end, depth, kind in _spans(block, marked[number], cited[number], chained.get(number, []), signed):
            last = next((one[3] for one in chained.get(number, []) if one[:2] == (start, end)), number)
            if kind == "block":
                citations = place.of_block()
            elif last != number:
                stop = chained_end(blocks[last], marked[last])
                citations = _Place(blocks, last, cited, notes, marked[last]).of(0, stop)
            else:
                citations = place.of(start, end, nested=depth > 0)
            if depth and all(map(is_address, citations)):
                around = next(
                    (q for q in reversed(result[-200:]) if q.block is block and q.start <= start and end <= q.end), None
                )
                citations = (*citations, *(around.citations if around else ()))
            if (start, end) in inside:
                continue
            if (start, end) in names and not any(one.key or (body and one.start >= end) for one in citations):
                continue
            citations = tuple(sorted(citations, key=is_address))
            result.append(Quote(block, start, end, depth, kind, citations, *positions.of(block, start)))
    return result


def chained_end(block: Block, found: Marks) -> int:
    """Where a quotation that began in an earlier paragraph ends in this one."""
    first = next((b for a, b in found.pairs if not block.text[:a].strip()), None)
    return first if first is not None else found.unopened if found.unopened is not None else len(block.text)


def _spans(
    block: Block,
    found: Marks,
    cited: Sequence[Citation],
    chained: Sequence[tuple[int, int, int, int]],
    signed: bool,
) -> list[tuple[int, int, int, Literal["inline", "block"]]]:
    text = block.text
    inline = {(a + 1, b) for a, b in found.pairs} | {one[:2] for one in chained}
    inline |= {(s.start, s.end) for s in block.quoted if not _is_pair(found, text, s.start, s.end)}
    spans: set[tuple[int, int]] = {trimmed for a, b in inline if (trimmed := _trimmed(text, a, b))}
    whole = _quoted_block(block, cited, signed) if block.quote else None
    if whole:
        bare = _trimmed(text, whole[0] + 1, len(text[: whole[1]].rstrip(".,;。，；")) - 1)
        whole = bare if bare in spans else whole
        spans.add(whole)
    result: list[tuple[int, int, int, Literal["inline", "block"]]] = []
    around: list[int] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        while around and around[-1] <= start:
            around.pop()
        result.append((start, end, len(around), "block" if (start, end) == whole else "inline"))
        around.append(end)
    return result


def _is_pair(found: Marks, text: str, start: int, end: int) -> bool:
    """Whether marks stand at both ends of what the markup says is a quotation."""
    span = _trimmed(text, start, end)
    if span is None:
        return True
    at = bisect_left(found.pairs, (span[0], 0))
    return any(pair == (span[0], span[1] - 1) for pair in found.pairs[at : at + 1])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip(_SPACE))
    end -= len(words) - len(words.rstrip(_SPACE))
    return (start, end) if start < end else None


def _quoted_block(block: Block, cited: Sequence[Citation], signed: bool) -> tuple[int, int] | None:
    """The words of a block quotation, without the citation and the name that stand behind them."""
    text, end = block.text, len(block.text)
    if signed and end <= 100 and _ATTRIBUTION.fullmatch(text):
        return None
    for one in reversed(cited):
        if reach(text, one.end) < end and behind(text, one.end, end) is None:
            break
        place = AHEAD.search(text, max(0, one.start - 20), one.start)
        end = place.start() if place else one.start
    if end < len(text) or (cited and cited[-1].start == end):
        end = len(_ATTRIBUTION.sub("", text[max(0, end - 100) : end])) + max(0, end - 100)
        end = len(text[:end].rstrip(_SPACE + "(（[〔"))
    return _trimmed(text, 0, end)


def _chains(blocks: Sequence[Block], marked: Sequence[Marks]) -> dict[int, list[tuple[int, int, int, int]]]:
    """Quotations that run over paragraphs, in parts: block to (start, end, first block, last block)."""
    result: dict[int, list[tuple[int, int, int, int]]] = {}
    body = [number for number, block in enumerate(blocks) if block.note_of is None]
    for place, number in enumerate(body):
        begin = marked[number].unclosed
        if begin is None or any(one[2] != number for one in result.get(number, [])):
            continue
        mark = blocks[number].text[begin]
        parts = [(number, begin + 1, len(blocks[number].text))]
        for other in body[place + 1 : place + _LONGEST]:
            text, found = blocks[other].text, marked[other]
            if blocks[other].file != blocks[number].file:
                break
            lead = len(text) - len(text.lstrip(_SPACE))
            if text[lead : lead + 1] == mark:
                if found.unclosed == lead:
                    parts.append((other, lead + 1, len(text)))
                    continue
                parts.append((other, lead + 1, chained_end(blocks[other], found)))
            elif found.unopened is not None and text[found.unopened] in CLOSERS[mark]:
                parts.append((other, 0, found.unopened))
            elif not found.pairs and found.unclosed is None:
                parts.append((other, 0, len(text)))
                continue
            else:
                break
            for part, start, end in parts:
                span = _trimmed(blocks[part].text, start, end)
                if span:
                    result.setdefault(part, []).append((*span, number, other))
            break
    return result


class _Place:
    """The citations around a quotation in one block."""

    def __init__(
        self,
        blocks: Sequence[Block],
        number: int,
        cited: Sequence[Sequence[Citation]],
        notes: Mapping[int, Mapping[int, list[Citation]]],
        found: Marks,
    ) -> None:
        self.blocks, self.number, self.cited, self.noted = blocks, number, cited, notes
        self.text, self.own = blocks[number].text, cited[number]
        self.notes = sorted(notes.get(number, {}).items())
        self.starts = [one.start for one in self.own]
        self.calls = [offset for offset, _ in self.notes]
        self.outer: list[tuple[int, int]] = []
        spans = [*((a + 1, b) for a, b in found.pairs), *((s.start, s.end) for s in blocks[number].quoted)]
        for a, b in sorted(spans, key=lambda span: (span[0], -span[1])):
            if not self.outer or a >= self.outer[-1][1]:
                self.outer.append((a, b))

    def of(self, start: int, end: int, nested: bool = False) -> tuple[Citation, ...]:
        low, high = start - _FAR, end + _FAR
        own = self.own[bisect_left(self.starts, low) : bisect_right(self.starts, high)]
        notes = dict(self.notes[bisect_left(self.calls, low) : bisect_right(self.calls, high)])
        outer = self.outer[bisect_left(self.outer, (low, 0)) : bisect_right(self.outer, (high, 0))]
        return belonging(self.text, start, end, own, notes, outer, nested)

    def of_block(self) -> tuple[Citation, ...]:
        """Those of the block and its notes; else of the blocks that the quotation goes on in, of what follows it if
        that begins with them, or of the sentence that leads to it."""
        found: list[Citation] = []
        for place in (self._within, self._behind, self._before):
            found += (one for one in place() if one not in found)
            if not all(map(is_address, found)):
                break
        return tuple(found)

    def _run(self) -> Iterator[int]:
        """The blocks of this quotation from here on, and the one behind them."""
        number: int | None = self.number
        for _ in range(_LONGEST):
            if number is None:
                return
            yield number
            if self.blocks[number].quote != self.blocks[self.number].quote:
                return
            number = self._next(number)

    def _within(self) -> list[Citation]:
        found: list[Citation] = []
        for number in self._run():
            if self.blocks[number].quote == self.blocks[self.number].quote and all(map(is_address, found)):
                noted = (one for cited in self.noted.get(number, {}).values() for one in cited)
                found += (*reversed(self.cited[number]), *noted)
        return found

    def _behind(self) -> list[Citation]:
        *_, number = self._run()
        if self.blocks[number].quote:
            return []
        text = self.blocks[number].text
        near = (one for one in self.cited[number] if one.start <= reach(text, 0))
        return [one for one in near if one.start > 0 or not speaks(text, one)]

    def _before(self) -> list[Citation]:
        back = self.number - 1
        first = max(0, back - 10 * _LONGEST)
        while back >= first and (self.blocks[back].quote or self.blocks[back].note_of is not None):
            back -= 1
        if back < first:
            return []
        text = self.blocks[back].text
        begin, _ = sentence(text, max(0, len(text) - 1), len(text))
        return [one for one in reversed(self.cited[back]) if one.start >= begin]

    def _next(self, number: int) -> int | None:
        return next(
            (n for n in range(number + 1, min(len(self.blocks), number + 50)) if self.blocks[n].note_of is None), None
        )
