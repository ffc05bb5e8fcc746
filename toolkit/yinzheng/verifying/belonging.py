"""Which citations belong to a quotation: the one behind it, in its note, in it, or in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .prose import Block, Citation

# What may stand between a quotation and the citation or note mark that is its own: marks, brackets, note numbers.
_BESIDE = re.compile(r"[\s”’」』﹂﹄»›\"'＂＇〞〟“‘.,;:!?。，；：！？、…()（）\[\]〔〕【】—–\d*①-⑳¹²³⁰⁴-⁹-]*")
_SHORT = ("[A-Z]", "p", "pp", "vs", "al", "cf", "Dr", "Mr", "Ms", "St", "para", "paras", "no", "ed", "eds", "vol", "ca")
_SENTENCE = re.compile(
    r"[。！？][”’」』）)]*|[!?][”’\")]*(?=\s)|\."
    + "".join(rf"(?<!\b{word}\.)" for word in _SHORT)
    + r"[”’\")]*(?=\s+[^\sa-z\d(\[]|\s*$)"
)
_FAR = 2000  # how long a sentence may be


def located(blocks: Sequence[Block]) -> list[list[Citation]]:
    """The citations of each block; one that is only a locator has the work of the citation before it (ibid.)."""
    last: Citation | None = None
    result: list[list[Citation]] = []
    for block in blocks:
        row: list[Citation] = []
        for one in block.citations:
            if one.key is None and not one.fields:
                if last is None:
                    continue
                row.append(replace(one, key=last.key, fields=last.fields))
            else:
                row.append(one)
                last = one
        result.append(row)
    return result


def belonging(
    text: str,
    start: int,
    end: int,
    own: Sequence[Citation],
    notes: Mapping[int, Sequence[Citation]],
    quotes: Sequence[tuple[int, int]],
) -> tuple[Citation, ...]:
    """The citations of ``text[start:end]``, nearest first: of the first kind of place that has any.

    ``notes``: what the notes of this block cite, by the offset of their call. ``quotes``: the outer quotations of the
    block, whose own citations are no one else's.
    """
    behind = reach(text, end)
    near = [one for one in own if end <= one.start <= behind and not _speaks(text, one)]
    near = [one for one in near if not _between(quotes, end, one.start)]
    noted = [one for offset, cited in sorted(notes.items()) if end <= offset <= behind for one in cited]
    if near or noted:
        first = near[0].start if near else 0
        return (*(one for one in near if one.start == first), *noted, *(one for one in near if one.start != first))
    inside = [one for one in own if start <= one.start and one.end <= end and one.start < end]
    inside += [one for offset, cited in sorted(notes.items()) if start < offset < end for one in cited]
    if inside:
        return tuple(reversed(inside))
    first, last = sentence(text, start, end)
    before = [one for one in own if first <= one.start and one.end <= start and not _taken(text, one, quotes)]
    after = [one for one in own if end <= one.start <= last]
    after += [one for offset, cited in sorted(notes.items()) if end <= offset <= last for one in cited]
    return (*reversed(before), *after)


def reach(text: str, end: int) -> int:
    """Up to where a citation stands right behind what ends here."""
    found = _BESIDE.match(text, end, end + 60)
    return found.end() if found else end


def _speaks(text: str, one: Citation) -> bool:
    """Whether a citation is printed as a part of the sentence (Park (2023) says), and not in brackets behind words."""
    return one.start < one.end and text[one.start] not in "([（〔［【"


def _between(quotes: Sequence[tuple[int, int]], end: int, at: int) -> bool:
    following = bisect_left(quotes, (end, end))
    return following < len(quotes) and quotes[following][1] <= at


def _taken(text: str, one: Citation, quotes: Sequence[tuple[int, int]]) -> bool:
    """Whether a citation stands right behind another quotation than the one it would be before."""
    before = bisect_left(quotes, (one.start, 0)) - 1  # they do not overlap: the last that may end here
    return not _speaks(text, one) and before >= 0 and quotes[before][1] <= one.start <= reach(text, quotes[before][1])


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a quotation, with a citation or note mark right behind its full stop."""
    ends = [match.end() for match in _SENTENCE.finditer(text, max(0, start - _FAR), start)]
    stop = _SENTENCE.search(text, end, min(len(text), end + _FAR))
    last = stop.end() if stop else min(len(text), end + _FAR)
    return max(ends, default=max(0, start - _FAR)), reach(text, last)
