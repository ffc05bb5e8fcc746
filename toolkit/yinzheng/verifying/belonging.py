"""Which citations belong to a quotation: the one behind it, in its note, in it, or in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from .prose import Block, Citation

# What may stand between a quotation and the citation or note mark that is its own: marks, brackets, note numbers.
_BESIDE = re.compile(r"[\s”’」』﹂﹄»›\"'＂＇〞〟“‘.,;:!?。，；：！？、…()（）\[\]〔〕【】—–\d*①-⑳¹²³⁰⁴-⁹-]*")
# A locator before its citation, as GB/T 7714 has it: 第5段（朴，2023）.
AHEAD = re.compile(r"第\s?[0-9〇零一二三四五六七八九十百、–~～至-]{1,12}\s?[段页頁]\s?(?=[（(〔［\[]|\Z)")
_OPENING = tuple("([（〔［【")
_SHORT = ("[A-Z]", "p", "pp", "vs", "al", "cf", "Dr", "Mr", "Ms", "St", "para", "paras", "no", "ed", "eds", "vol", "ca")
_SENTENCE = re.compile(
    r"[。！？][”’」』）)]*|[!?][”’\")]*(?=\s)|\."
    + "".join(rf"(?<!\b{word}\.)" for word in _SHORT)
    + r"[”’\")]*(?=\s+[^\sa-z\d(\[]|\s*$)"
)
TERM = 8  # letters: fewer are a term, and no quotation unless it is cited
_FAR = 2000  # how long a sentence may be


def located(blocks: Sequence[Block]) -> list[list[Citation]]:
    """The citations of each block; one that is only a locator has the work of the citation before it (ibid.), one of an
    author and a title the year that was said before."""
    last: Citation | None = None
    named: dict[str, Citation] = {}  # by author, those that say the year
    result: list[list[Citation]] = []
    for block in blocks:
        row: list[Citation] = []
        for one in block.citations:
            said = dict(one.fields)
            full = named.get(said.get("author", "")) if said.keys() == {"author", "title"} else None
            if full is not None and said["title"] in dict(full.fields).get("title", said["title"]):
                one = replace(one, fields=full.fields)
            if one.key or one.fields:
                last = last if is_address(one) else one
                if "year" in said and "author" in said:
                    named[said["author"]] = one
            elif last is not None:
                one = replace(one, key=last.key, fields=last.fields)
            row.append(one)
        result.append(row)
    return result


def is_address(one: Citation) -> bool:
    """Whether a citation only says where words were read on the web: it hides no other that says what they are from."""
    return one.key is None and [name for name, _ in one.fields] == ["url"]


def belonging(
    text: str,
    start: int,
    end: int,
    own: Sequence[Citation],
    notes: Mapping[int, Sequence[Citation]],
    quotes: Sequence[tuple[int, int]],
    nested: bool = False,
) -> tuple[Citation, ...]:
    """The citations of ``text[start:end]``, nearest first: of the first kind of place that has any.

    ``notes``: what the notes of this block cite, by the offset of their call. ``quotes``: the outer quotations of the
    block, whose own citations are no one else's. One that is ``nested`` in another has those of its sentence from it.
    """
    behind = reach(text, end)
    near = [one for one in own if end <= one.start <= behind and not speaks(text, one)]
    near = [one for one in near if not _between(quotes, end, one.start)]
    noted = [one for offset, cited in sorted(notes.items()) if end <= offset <= behind for one in cited]
    first = near[0].start if near else 0
    found = [one for one in near if one.start == first] + noted + [one for one in near if one.start != first]
    if not all(map(is_address, found)):
        return tuple(found)
    inside = [one for one in own if start <= one.start and one.end <= end and one.start < end]
    inside += [one for offset, cited in sorted(notes.items()) if start < offset < end for one in cited]
    found += reversed(inside)
    if nested or not all(map(is_address, found)):
        return tuple(found)
    low, high = sentence(text, start, end)
    after = [(one.start, one) for one in own if end <= one.start <= high]
    after += [(at, one) for at, cited in sorted(notes.items()) if end <= at <= high for one in cited]
    owned = [(one, _owner(text, at, quotes)) for at, one in after if one not in found]
    free = [one for one, owner in owned if owner is None or owner[0] <= start]
    mine = any(owner is not None and owner[0] <= start for _, owner in owned)
    before = [one for one in own if low <= one.start and one.end <= start]
    before = [one for one in before if (speaks(text, one) and not mine) or _owner(text, one.start, quotes) is None]
    if not (before or free):  # what is cited for other words; for a term, for a term or the words next to it
        beside = reach(text, end) + 1 if _is_term(text, start, end) else len(text)
        free = [one for one, owner in owned if owner and (owner[0] <= beside or _is_term(text, *owner))]
    return (*found, *reversed(before), *free)


def _is_term(text: str, start: int, end: int) -> bool:
    return sum(map(str.isalnum, text[start : min(end, start + 4 * TERM)])) < TERM


def reach(text: str, end: int) -> int:
    """Up to where a citation stands right behind what ends here."""
    found = _BESIDE.match(text, end, end + 60)
    behind = found.end() if found else end
    place = AHEAD.match(text, behind, behind + 30)
    return place.end() if place else behind


def speaks(text: str, one: Citation) -> bool:
    """Whether a citation is printed as a part of the sentence (Park (2023) says), and not in brackets behind words."""
    words = text[one.start : one.end].lstrip()
    return bool(words) and words[0] not in _OPENING and text[one.start - 1 : one.start] not in _OPENING


def _between(quotes: Sequence[tuple[int, int]], end: int, at: int) -> bool:
    following = bisect_left(quotes, (end, end))
    return following < len(quotes) and quotes[following][1] <= at


def _owner(text: str, at: int, quotes: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The quotation that a citation or a note's call stands right behind."""
    before = bisect_left(quotes, (at, 0)) - 1  # they do not overlap: the last that may end here
    return quotes[before] if before >= 0 and quotes[before][1] <= at <= reach(text, quotes[before][1]) else None


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a quotation, with a citation or note mark right behind its full stop."""
    starts, ends = _sentences(text)
    before, behind = bisect_right(ends, start), bisect_left(starts, end)
    low, high = max(0, start - _FAR), min(len(text), end + _FAR)
    last = ends[behind] if behind < len(ends) else high
    return max(low, ends[before - 1] if before else 0), reach(text, min(last, high))


@lru_cache(maxsize=8)
def _sentences(text: str) -> tuple[list[int], list[int]]:
    """Where the marks that end each sentence begin, and where they end."""
    found = list(_SENTENCE.finditer(text))
    return [match.start() for match in found], [match.end() for match in found]
