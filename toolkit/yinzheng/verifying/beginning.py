"""A quotation that begins right behind a negation of the source says the contrary, unless the writer says it first."""

from __future__ import annotations

import re

from ..edges import AROUND
from ..edges.cutting import CLAUSE
from ..stakes import stakes

_OPENERS, _CLOSERS = '「『“‘"《〈', '」』”’"》〉'
# Two negations are none: 不得不, 無不.
_TWICE = re.compile(r"[不無无莫未没沒非][\u3400-\u9fff]?[不無无非]\Z")
_VERBS = re.compile(
    r"(?:refuse|fail)(?:s|d|ed|ing)?\Z", re.I
)  # they deny what they are to do, and not by how many votes
_NO_NEGATION = re.compile(r"不[久過过少同僅仅只但斷断料]")
_FEW = re.compile(r"(?:[⺀-\U000e0000]|[^\W_⺀-\U000e0000]+(?:['’]\w+)?)[\W_]*")
_MAY_DENY = re.compile(
    r"(?:[不無无没沒未非勿莫毋難难以禁止拒絕绝]|[A-Za-z'’])[\s「『“‘\"《〈]*\Z"
)  # before any stake is read
_HAN, _WORDS = 10, 6  # how far a writer's negation may stand before the quotation that it denies


def denied(text: str, start: int, end: int, said: str) -> int | None:
    """Where the negation begins that stands right before ``text[start:end]`` and denies it; None where there is none,
    or where ``said``, the manuscript's words up to the quotation's opening mark, has one of its own.

    >>> denied("我不同意這個說法", 2, 8, "他「"), denied("我不同意這個說法", 2, 8, "他並不「")
    (1, None)
    """
    low = max(0, start - AROUND)
    if not _MAY_DENY.search(text, low, start):
        return None
    here = start - low
    window = text[low : start + AROUND]
    for one in reversed(stakes(window)):
        if one.kind != "negation" or one.start >= here:
            continue
        between = window[one.end : here].strip()
        mention = between and not between.strip(_OPENERS) and not any(mark in text[start:end] for mark in _CLOSERS)
        if (between and (mention or between.strip(_OPENERS))) or one.value == "否":
            return None
        if _TWICE.search(window[: one.end]) or (_VERBS.match(one.value) and not window[here:].startswith("to ")):
            return None
        return None if _denies(said) else low + one.start
    return None


def _denies(said: str) -> bool:
    """Whether the writer's last words before a quotation hold a negation: in the clause that runs into it, or at the
    end of a quotation that the writer broke off just before (“I do not,” she wrote, “agree”)."""
    said = said.rstrip().rstrip(_OPENERS + "([（［〔").rstrip()
    clauses = [CLAUSE.split(said)[-1]]
    if (closed := max(map(said.rfind, _CLOSERS))) >= 0:
        clauses.append(CLAUSE.split(said[:closed].rstrip(" ,，.。…"))[-1])
    return any(
        one.kind == "negation" and not _NO_NEGATION.match(near, one.start)
        for near in map(_last, clauses)
        for one in stakes(near)
    )


def _last(clause: str) -> str:
    words = list(_FEW.finditer(clause))
    few = _HAN if words and words[-1].group() >= "\u2e80" else _WORDS
    return clause[words[-few].start() :] if len(words) > few else clause
