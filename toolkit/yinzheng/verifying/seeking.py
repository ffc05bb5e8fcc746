"""Where a quotation is from: the places of the corpus where its letters are, or nearly are, each with its verdict."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from ..letters import letters
from .aligning import align
from .alterations import Kept, set_aside
from .index import HAN, Corpus, Part, Passage
from .judge import RIGHT, VERDICTS, Judged, judge
from .running import together
from .turning import in_other_order

PLACES = 50  # where the same letters stand more often, the first of them
LIKE = 0.6  # the share of its letters that must be somewhere, for a quotation to be from there
LONG = 2_000  # letters beyond which nobody asks whether words are in another order
FAR = 5_000  # letters that one marked cut may leave out
_COSTS = {"cut": 0.002, "replaced": 0.05}
Preferred = Callable[[Passage], bool]


def seek(corpus: Corpus, quote: str, parts: Sequence[Part], preferred: Preferred, said: str = "") -> Judged | None:
    """The best verdict on a quotation in some editions, or None where nothing is like it.

    ``preferred``: whether a passage is where the citation says; it decides between equals.
    ``said``: the manuscript's words before it, in the same paragraph.
    """
    plain = Kept((quote,), letters=letters(quote).text, said=said)
    kept = set_aside(quote, said)
    if not kept.letters and not plain.letters:
        return None
    judged = _as_they_stand(corpus, plain, parts)
    if not any(one.verdict in RIGHT for one in judged):
        if kept.listed and not kept.gaps:
            judged += _as_they_stand(corpus, kept, parts)
        if kept.gaps and all(gap.kind == "cut" for gap in kept.gaps):
            judged += _in_order(corpus, kept, parts)
        if not any(one.verdict in RIGHT for one in judged) and kept.letters:
            judged += _nearly(corpus, kept, parts)
    return max(judged, key=lambda one: _worth(one, preferred(one.passage)), default=None)


def _worth(one: Judged, there: bool) -> tuple[bool, float, bool, int]:
    right = one.verdict in RIGHT
    return right, 1.0 if right else round(one.likeness, 2), there, VERDICTS.index(one.verdict)


def _as_they_stand(corpus: Corpus, kept: Kept, parts: Sequence[Part]) -> list[Judged]:
    result = []
    size = len(kept.letters)
    for place in corpus.exact(kept.letters, parts)[:PLACES] if size else []:
        passage = corpus.passage(place, place + size)
        local = place - passage.at
        if passage.letters.text[local : local + size] != kept.letters:
            local = passage.letters.text.find(kept.letters)  # where a number ends a paragraph and one begins the next
        if local >= 0 and (one := judge(kept, passage, range(local, local + size))):
            result.append(one)
    return result


def _in_order(corpus: Corpus, kept: Kept, parts: Sequence[Part]) -> list[Judged]:
    """Where the pieces between marked cuts stand as they are, one behind the other, in one paragraph or several."""
    forms = [form for piece in kept.pieces if (form := letters(piece).text)]
    longest = max(range(len(forms)), key=lambda number: len(forms[number]), default=0)
    if len(forms) < 2 or len(forms[longest]) < HAN:
        return []
    result = []
    for place in corpus.exact(forms[longest], parts)[:PLACES]:
        part = next(part for part in parts if part.start <= place < part.end)
        places = [place]
        for form in reversed(forms[:longest]):
            places.insert(0, _beside(corpus, form, places[0], max(part.start, places[0] - FAR), places[0]))
        for number in range(longest + 1, len(forms)):
            begin = places[-1] + len(forms[number - 1])
            places.append(_beside(corpus, forms[number], places[-1], begin, min(part.end, begin + FAR)))
        if min(places) < 0:
            continue
        passage = corpus.passage(places[0], places[-1] + len(forms[-1]))
        at = [begin - passage.at + step for begin, form in zip(places, forms, strict=True) for step in range(len(form))]
        if "".join(passage.letters.text[step : step + 1] for step in at) == kept.letters:
            one = judge(kept, passage, at)
            result += [one] if one else []
    return result


def _beside(corpus: Corpus, form: str, anchor: int, low: int, high: int) -> int:
    """The place of a piece that is next to another's, between two offsets; one that a cut may join with it goes before
    a nearer one that it may not. -1: nowhere."""
    nearest, before = -1, high == anchor
    for _ in range(PLACES if anchor >= 0 else 0):
        at = corpus.text.rfind(form, low, high) if before else corpus.text.find(form, low, high)
        if at < 0:
            break
        nearest = max(nearest, at) if before or nearest < 0 else nearest
        first, last = sorted((corpus.paragraph_at(at), corpus.paragraph_at(anchor)))
        if together(corpus.paragraphs[first : last + 1], cut=True):
            return at
        low, high = (low, at + len(form) - 1) if before else (at + 1, high)
    return nearest


def _nearly(corpus: Corpus, kept: Kept, parts: Sequence[Part]) -> list[Judged]:
    forms = [letters(piece).text for piece in kept.pieces]
    marked = {gap.at: _COSTS[gap.kind] for gap in kept.gaps}
    size = len(kept.letters)
    margin = 2_000 if kept.gaps else size + 100
    result = []
    places = corpus.near(forms, parts)
    for low, high in places:
        passage = corpus.passage(low, high)
        first = max(0, low - passage.at - margin)
        window = passage.letters.text[first : max(high, low + size) - passage.at + margin]
        aligned = align(kept.letters, window, marked)
        if aligned.cost > LIKE * size + 1:
            continue
        at = [place + first if place >= 0 else -1 for place in aligned.at]
        one = judge(kept, *_close(corpus, passage, at))
        if one and one.likeness >= LIKE:
            result.append(one)
    for low, high in places[:2] if size <= LONG else ():
        part = corpus.part(corpus.paragraph_at(low))
        low, high = max(part.start, low - size), min(part.end, high + size)
        if set(kept.letters) <= set(corpus.text[low:high]) and (
            turned := in_other_order(kept, corpus.passage(low, high))
        ):
            result.append(_within(corpus, turned))
    return result


def _within(corpus: Corpus, turned: Judged) -> Judged:
    """The same in no more paragraphs than the words stand in."""
    passage = turned.passage
    starts = [0, *accumulate(len(p.text or "") + 1 for p in passage.paragraphs)]
    first, last = (bisect_right(starts, at) - 1 for at in (turned.start, turned.end - 1))
    if (first, last) == (0, passage.last - passage.first):
        return turned
    low, high = corpus.starts[passage.first + first], corpus.starts[passage.first + last]
    closer = corpus.passage(low, high + 1)
    if (closer.first, closer.last) != (passage.first + first, passage.first + last):
        return turned
    shift = starts[first]
    return replace(turned, passage=closer, start=turned.start - shift, end=turned.end - shift)


def _close(corpus: Corpus, passage: Passage, at: list[int]) -> tuple[Passage, list[int]]:
    """The same places in no more paragraphs than they stand in: where they are looked for is an estimate."""
    known = [place for place in at if place >= 0]
    if not known or passage.first == passage.last:
        return passage, at
    closer = corpus.passage(passage.at + known[0], passage.at + known[-1] + 1)
    shift = closer.at - passage.at
    text, low, high = passage.letters.text, known[0], known[-1] + 1
    if closer.letters.text[max(0, low - shift) : max(0, high - shift)] != text[low:high]:
        return passage, at  # a number ends one paragraph and another begins the next
    return closer, [place - shift if place >= 0 else -1 for place in at]
