"""Cut an excerpt out of a paragraph: by the words themselves, or from words to words. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice, pairwise

from ..errors import YinzhengError
from ..letters import Letters, letters

Range = tuple[int, int]

ELLIPSIS = re.compile(r"\s*[\[［〔(（]?\s*(?:[…⋯]+|(?:\.\s?){2,}\.|。{3,})\s*[\]］〕)）]?\s*")
MOST = 100
_RUN = 8  # ellipses of the text's own in one part of a quotation
# Marks that stand for one another in another script, width or language.
_ALIKE = ("。．.", "，,、", "；;", "：:", "！!", "？?", "「『“‘\"'", "」』”’\"'", "（(", "）)", "—–-─", "…⋯.")


def find(text: str, quote: str, since: int = 0) -> Range:
    """Where a quotation first stands, in stored code points: blind to script, width, spacing and punctuation.

    Marks that the quotation itself begins or ends with are taken along where the text has the like there, and choose
    between places. Raises YinzhengError for words that are not there, and for a cut through a number or a word.

    >>> find("他說：「出口增長。」此後不然。", "出口增长。")
    (4, 9)
    """
    return places(text, quote, since)[0]


def places(text: str, quote: str, since: int = 0) -> list[Range]:
    """All the places that `find` could mean; of more than `MOST` the first ones.

    >>> places("燈亮了，「燈亮了」。", "燈亮了"), places("燈亮了，「燈亮了」。", "“灯亮了”")
    ([(0, 3), (5, 8)], [(4, 9)])
    """
    found = list(islice(_places(text, quote, since), MOST))
    least = min(missing for _, missing in found)
    return [place for place, missing in found if missing == least]


def _places(text: str, quote: str, since: int) -> Iterator[tuple[Range, int]]:
    """Each place, with how many of the quotation's marks are missing there."""
    from ..edges import at_edges  # late: whoever cuts nothing needs no tables of numbers

    whole, wanted = letters(text), letters(quote)
    if not wanted.text:
        raise YinzhengError(f"nothing to look for in {quote!r}: it holds no letters")
    first, last = wanted.stored(0, 1)[0], wanted.stored(len(wanted) - 1, len(wanted))[1]
    before, after = "".join(quote[:first].split()), "".join(quote[last:].split())
    cut: Range | None = None
    found = False
    at = whole.text.find(wanted.text, whole.within(0, since)[1])
    while at >= 0:
        start, end = whole.stored(at, at + len(wanted))
        if at_edges(text, start, end):
            cut = cut or (start, end)
        else:
            found = True
            place = _along(text, start, -1, before), _along(text, end, 1, after)
            yield place, len(before) + len(after) - (start - place[0]) - (place[1] - end)
        at = whole.text.find(wanted.text, at + 1)
    if cut and not found:
        around = text[max(cut[0] - 6, 0) : cut[1] + 6]
        raise YinzhengError(f"{quote!r} cuts a number or a word in two: the paragraph has {around!r}; quote it whole")
    if not found:
        if since and wanted.text in whole.text:
            raise YinzhengError(f"{quote!r} stands before the other words in this paragraph; swap them")
        raise YinzhengError(_difference(whole, wanted))


def parts(text: str, quote: str) -> list[Range]:
    """A quotation in which ellipses stand for what is left out: each of its parts, in order.

    An ellipsis that the text itself has, or between words that follow each other, leaves nothing out.

    >>> parts("議會最終通過撥款。這一結果出人意料。", "議會……通過……出人意料")
    [(0, 2), (4, 6), (13, 17)]
    """
    pieces = [piece for piece in ELLIPSIS.split(quote) if letters(piece).text]
    try:
        return [find(text, quote)]
    except YinzhengError:
        if len(pieces) < 2:
            raise
    whole = letters(text).text
    ranges: list[Range] = []
    while pieces:
        # an ellipsis of the text's own stands inside a part: the longest run that is there
        runs = ("…".join(pieces[:size]) for size in range(min(len(pieces), _RUN), 0, -1))
        part = next((run for run in runs if letters(run).text in whole), pieces[0])
        ranges.append(find(text, part, ranges[-1][1] if ranges else 0))
        pieces = pieces[part.count("…") + 1 :]
    return _unturned(text, _joined(text, ranges))


def between(text: str, start: str | None, end: str | None) -> Range:
    """From the words `start` (or the beginning) through the words `end` (or the end), in stored code points."""
    first, after = find(text, start) if start else (0, 0)
    return first, find(text, end, after)[1] if end else len(text)


def ends(text: str, start: str, end: str) -> list[Range]:
    """The words `start` and the words `end`, without what stands between them."""
    head = find(text, start)
    return _unturned(text, _joined(text, [head, find(text, end, head[1])]))


def ellipsis(words: str, language: str) -> str:
    """What stands where words were left out of `words`: in brackets where they have an ellipsis of their own.

    >>> ellipsis("議會出人意料", "zh"), ellipsis("and so on...", "en")
    ('……', ' [ … ] ')
    """
    own = ELLIPSIS.search(words)
    return ("［……］" if own else "……") if language == "zh" else (" [ … ] " if own else " … ")


def _joined(text: str, ranges: list[Range]) -> list[Range]:
    """Ranges, those made one between which no letter stands."""
    result: list[Range] = []
    for start, end in ranges:
        if result and not letters(text[result[-1][1] : start]).text:
            start = result.pop()[0]
        result.append((start, end))
    return result


def _unturned(text: str, ranges: list[Range]) -> list[Range]:
    """The same ranges. Raises YinzhengError where what is left out between them turns the sense, as `verify` says."""
    from ..edges.cutting import cut

    for (first, end), (start, last) in pairwise(ranges):
        begin = first + letters(text[first:end]).index[-1] + 1
        after = start + letters(text[start:last]).index[0]
        wrong = cut(text[ranges[0][0] : begin], text[begin:after], text[after : ranges[-1][1]])
        if wrong:
            lost = "a negation" if "negation-changed" in wrong else "what a number counts"
            raise YinzhengError(
                f"the words left out, {_short(text[begin:after].strip())!r}, take {lost} away, and the rest says "
                "something else; quote them too"
            )
    return ranges


def _along(text: str, at: int, step: int, marks: str) -> int:
    """Step over the marks of the quotation, as far as the text has the like; never over a letter or white space."""
    for mark in marks[::step]:
        here = at if step > 0 else at - 1
        if not 0 <= here < len(text) or letters(text[here]).text:
            break
        if text[here] != mark and not any(text[here] in alike and mark in alike for alike in _ALIKE):
            break
        at += step
    return at


def _difference(whole: Letters, wanted: Letters) -> str:
    """Where the nearest words of the paragraph part from those asked for, in the paragraph's own characters."""
    size = bisect_left(range(len(wanted)), 1, key=lambda n: wanted.text[: n + 1] not in whole.text)
    if size < 2:
        block = SequenceMatcher(None, whole.text, wanted.text[:200], autojunk=False).find_longest_match()
        if block.size < 4:
            return "these words are not in this paragraph"
        agreed = whole.source[slice(*whole.stored(block.a, block.a + block.size))]
        return f"these words are not in this paragraph; it has {_short(agreed)!r}, but not the words before"
    end = whole.text.find(wanted.text[:size]) + size
    agreed = whole.source[slice(*whole.stored(end - size, end))]
    if end == len(whole):
        return f"these words are not in this paragraph; it ends after {_short(agreed)!r}"
    goes_on = whole.source[slice(*whole.stored(end, min(end + 8, len(whole))))]
    asked = wanted.source[slice(*wanted.stored(size, min(size + 8, len(wanted))))]
    return f"these words are not in this paragraph; after {_short(agreed)!r} it has {goes_on!r}, not {asked!r}"


def _short(text: str) -> str:
    return text if len(text) <= 24 else "…" + text[-23:]
