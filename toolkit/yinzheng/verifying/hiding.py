"""What the marks of an alteration may not hide: a figure, a currency, or a negation of words that are quoted."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter

from ..edges import AROUND, NUMERIC, Edge
from ..edges.counting import FIGURES, TURNS, figures, values
from ..edges.cutting import CLAUSE, alone, cut, divides
from ..letters import Letters, letters
from ..stakes import stakes
from .alterations import Gap

_BEGINS = re.compile(r"[，。；：！？,;:!?「『“‘\"（(]")
_MORE = re.compile(rf"{NUMERIC.pattern}[多餘余幾几來来]")  # 3[多]噸
_DIVIDING = re.compile(r"[()（）]|[…⋯]+|(?:\.\s?){2,}\.|[。．·]{3,}")


def hidden(before: str, words: str, after: str, gap: Gap) -> set[Edge]:
    """What is wrong with a mark that stands for ``words`` of the source, between ``before`` and ``after`` of it.

    A cut inside a clause may not take the negation from the words behind it, nor leave one without its words; words in
    brackets may not change a figure, or what is affirmed.

    >>> hidden("數量", "並未", "下降", Gap(2, "cut", "…"))
    {'negation-changed'}
    >>> hidden("撥出35億", "", "元", Gap(5, "replaced", "[美]", "美"))
    {'figure-changed'}
    """
    if gap.kind == "cut":
        return cut(before, words, after)
    if letters(words).text == letters(gap.words).text:
        return set()
    before, after = before[-AROUND:], after[:AROUND]
    result: set[Edge] = set()
    ours, theirs = stakes(words), stakes(gap.words)
    said, told = (values(found, ("number", "currency")) for found in (ours, theirs))
    if said and said != told:
        result.add("figure-changed")
    if NUMERIC.search(before[-1:] + after[:1]) and (
        (told and not said) or values(ours, FIGURES) != values(theirs, FIGURES)
    ):
        result.add("figure-changed")
    if not words.strip():
        rest = iter(values(stakes(before + gap.words + after), FIGURES))
        if not all(value in rest for value in values(stakes(before + after), FIGURES)) or _MORE.search(
            before[-1:] + gap.words
        ):
            result.add("figure-changed")
    if Counter(values(ours, TURNS)) != Counter(values(theirs, TURNS)):
        result.add("negation-changed")
    return result


def inside(piece: str, form: Letters, source: Letters, first: int) -> set[Edge]:
    """What is wrong with the dots and round brackets in words that are the source's, letter by letter from ``first``
    on: none may stand inside a figure, and no bracket around one, that the source does not have there.

    >>> source, piece = letters("撥出35億元"), "撥出35……億元"
    >>> inside(piece, letters(piece), source, 0)
    {'figure-changed'}
    """
    result: set[Edge] = set()
    for mark in _DIVIDING.finditer(piece):
        number = bisect_left(form.index, mark.start())
        if not 0 < number < len(form):
            continue
        low, high = source.index[first + number - 1] + 1, source.index[first + number]
        between = source.source[low:high]
        if unicodedata.normalize("NFKC", mark.group()) in unicodedata.normalize("NFKC", between):
            continue
        before, after = source.source[max(0, low - AROUND) : low], source.source[high : high + AROUND]
        if divides(before, between, after):
            result.add("figure-changed")
        elif mark.group() in "(（)）" and any(
            len(before) in span or len(before + between) in span for span in figures(before + between + after)
        ):
            result.add("altered")
    return result


def at_end(beside: str, source: str, gap: Gap) -> set[Edge]:
    """What is wrong with words in brackets that begin or end a quotation. ``beside``: the quoted character next to
    them; ``source``: what stands in the source where they stand, about as long as they are."""
    if gap.kind == "cut":
        return set()
    result: set[Edge] = set()
    clause = CLAUSE.split(source)[-1]
    clause = clause[max(clause.rfind(gap.words), 0) :]
    if gap.at == 0 and values(stakes(gap.words), TURNS) != values(stakes(clause), TURNS):
        result.add("negation-changed")  # [agreed] to pay, of: refused to pay
    form, words = letters(source), letters(gap.words).text
    if words in form.text:
        first = form.text.find(words) if gap.at else 0
        skipped = stakes(source[: form.index[first]]) if first else []
        result |= {"figure-changed"} if values(skipped, FIGURES) else set()
        return result | ({"negation-changed"} if values(skipped, TURNS) else set())
    ours, theirs = stakes(source), stakes(gap.words)
    said, told = values(ours, ("number", "currency")), values(theirs, ("number", "currency"))
    if NUMERIC.search(beside) or (said and told and not set(told) <= set(said)):
        result.add("figure-changed")
    if (gap.at and alone(CLAUSE.split(source)[0])) or not (
        Counter(values(theirs, TURNS)) <= Counter(values(ours, TURNS))
    ):
        result.add("negation-changed")
    return result


def stranded(before: str, source: str) -> bool:
    """Whether the sign that a quotation begins with stands for a negation between the source's own sign and its words.

    >>> stranded("，", "我們應當記住，沒")
    True
    """
    return bool(_BEGINS.search(before) and values(stakes(_BEGINS.split(source)[-1]), TURNS))
