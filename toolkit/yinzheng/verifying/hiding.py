"""What the marks of an alteration may not hide: a figure, a currency, or a negation of words that are quoted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..edges import AROUND, NUMERIC, Edge
from ..letters import letters
from ..stakes import Stake, stakes
from .alterations import Gap

FIGURES = ("number", "unit", "currency")
TURNS = ("negation", "direction")
_CLAUSE = re.compile(r"[，。；：！？,;:!?]")
_MORE = re.compile(rf"{NUMERIC.pattern}[多餘余幾几來来]")  # 3[多]噸
_FEW = re.compile(r"\W*(?:[\u3400-\u9fff]{0,2}(?<!的)|[^\W\d_\u3400-\u9fff]+)\W*")  # what a negation may have with it


def values(found: Iterable[Stake], kinds: Sequence[str]) -> list[tuple[str, str]]:
    """The kind and value of stakes, in order."""
    return [(stake.kind, stake.value) for stake in found if stake.kind in kinds]


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
        return {"negation-changed"} if _torn(before[-AROUND:], words) else set()
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


def at_end(beside: str, source: str, gap: Gap) -> set[Edge]:
    """What is wrong with words in brackets that begin or end a quotation. ``beside``: the quoted character next to
    them; ``source``: what stands in the source where they stand, about as long as they are."""
    if gap.kind == "cut":
        return set()
    result: set[Edge] = set()
    clause = _CLAUSE.split(source)[-1]
    clause = clause[max(clause.rfind(gap.words), 0) :]
    if gap.at == 0 and values(stakes(gap.words), TURNS) != values(stakes(clause), TURNS):
        result.add("negation-changed")  # [agreed] to pay, of: refused to pay
    if letters(gap.words).text in letters(source).text:
        return result
    ours, theirs = stakes(source), stakes(gap.words)
    said, told = values(ours, ("number", "currency")), values(theirs, ("number", "currency"))
    if NUMERIC.search(beside) or (said and told and not set(told) <= set(said)):
        result.add("figure-changed")
    if not Counter(values(theirs, TURNS)) <= Counter(values(ours, TURNS)):
        result.add("negation-changed")
    return result


def stranded(before: str, source: str) -> bool:
    """Whether the sign that a quotation begins with stands for a negation between the source's own sign and its words.

    >>> stranded("，", "我們應當記住，沒")
    True
    """
    return bool(_CLAUSE.search(before) and values(stakes(_CLAUSE.split(source)[-1]), TURNS))


def _torn(before: str, words: str) -> bool:
    if not letters(words).text:
        return False
    standing = [stake for stake in stakes(before) if stake.kind == "negation"]
    if standing and not letters(before[standing[-1].end :]).text and not _CLAUSE.search(before[standing[-1].end :]):
        return True
    words = _CLAUSE.split(words)[-1]  # what is left out of the clause that is quoted
    taken = [stake for stake in stakes(words) if stake.kind == "negation"]
    return bool(taken) and bool(_FEW.fullmatch(words, taken[-1].end))
