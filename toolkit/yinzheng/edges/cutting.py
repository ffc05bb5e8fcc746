"""What a marked cut may not take from the words that it leaves: a negation, or what a number counts."""

from __future__ import annotations

import re

from ..letters import letters
from ..stakes import stakes
from . import AROUND, Edge
from .counting import figures, uncounted

CLAUSE = re.compile(r"[，。；：！？,;:!?]")
# A phrase before the verb, which a cut may take from behind a negation: 拒絕[為海上電纜]付款.
_PHRASE = re.compile(
    r"[為为對对向在以與与跟給给從从按替就把將将由][^\W而但卻却且並并又也則则反，。；：！？,;:!?]{1,12}"
)
_FEW = re.compile(r"\W*(?:[\u3400-\u9fff]{0,2}(?<!的)|[^\W\d_\u3400-\u9fff]+)\W*")  # what a negation may have with it


def cut(before: str, words: str, after: str) -> set[Edge]:
    """What is wrong with a mark that stands for ``words`` of a text, between ``before`` and ``after`` of it.

    >>> cut("數量", "並未", "下降"), cut("數量", "在去年", "下降")
    ({'negation-changed'}, set())
    """
    before, after = before[-AROUND:], after[:AROUND]
    result: set[Edge] = {"negation-changed"} if _torn(before, words) else set()
    bare = divides(before, words, after) or uncounted(before, words, after)
    return result | ({"figure-changed"} if bare else set())


def divides(before: str, words: str, after: str) -> bool:
    """Whether a cut of ``words`` begins or ends inside a figure."""
    edges = len(before), len(before + words)
    return any(low < edge < high for low, high in figures(before + words + after) for edge in edges)


def alone(words: str) -> bool:
    """Whether words are a negation and nothing else."""
    return any(
        one.kind == "negation" and letters(words).text == letters(words[one.start : one.end]).text
        for one in stakes(words)[:1]
    )


def _torn(before: str, words: str) -> bool:
    if not letters(words).text:
        return False
    standing = [stake for stake in stakes(before) if stake.kind == "negation"]
    if standing and not letters(before[standing[-1].end :]).text and not CLAUSE.search(before[standing[-1].end :]):
        return not _PHRASE.fullmatch(words)
    begun, *_, words = clauses if len(clauses := CLAUSE.split(words)) > 1 else ("", words)
    if alone(begun):
        return True  # or [not]: …
    taken = [stake for stake in stakes(words) if stake.kind == "negation"]
    return bool(taken) and bool(_FEW.fullmatch(words, taken[-1].end))
