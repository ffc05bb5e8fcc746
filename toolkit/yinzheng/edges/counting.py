"""The figures of a source's words, and what a cut may not take from a number: its noun, its unit, its qualifier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..stakes import Stake, stakes
from . import AROUND

FIGURES = ("number", "unit", "currency")
TURNS = ("negation", "direction")
_DATED = ("年", "月", "日", "号")  # 2019年 and 5月 are two figures
_YEAR = re.compile(
    r"\b(?:in|of|since|by|until|till|from|to|and|before|after|during|about|circa|[a-z]+ber|january|february|march|april|may"
    r"|june|july|august|spring|summer|autumn|fall|winter),?\s+(?:1\d|20)\d\d\Z",
    re.I,
)
_NO_COUNT = re.compile(
    r"(?:once|twice|thrice|hal[fv]|quarter|doubl|tripl|quadrupl|first|second|third)|.*\d?(?:st|nd|rd|th)s?\Z"
)
_FUNCTION = re.compile(
    r"(?:an?|the|of|to|in|on|at|by|for|from|with|into|within|without|and|or|but|nor|as|than|that|which|who|whom|whose"
    r"|when|while|where|was|were|is|are|has|had|have|be|been|being|did|do|does|might|can|could|may|must|should|would"
    r"|will|shall|not|he|she|it|they|we|i|you|this|these|those|his|her|its|their|there|then|so|if|because|though"
    r"|although)\Z"
)
_RATE = re.compile(r"(?:a|an|per|each|every)\s+[^\W\d_]|per\b", re.I)
_QUALIFIER = re.compile(
    r"(?:\b(?:about|around|roughly|some|nearly|almost|approximately|circa|than|only|just|up to|least|most)\s+"
    r"(?:the\s+|an?\s+)?"
    r"|(?<!附)[近]|[約约]|幾乎|几乎|將近|将近|接近|[不未][足到及滿满]|超出|僅有?|仅有?)\s*\Z",
    re.I,
)
_SEVERAL = re.compile(r"(?:[^s]s|men|people|children)\Z")
_WORD = re.compile(r"[^\W\d_\u2e80-\U000e0000]+(?:['’][^\W\d_]+)?")


def values(found: Iterable[Stake], kinds: Sequence[str]) -> list[tuple[str, str]]:
    """The kind and value of stakes, in order."""
    return [(stake.kind, stake.value) for stake in found if stake.kind in kinds]


def figures(text: str) -> list[tuple[int, int]]:
    """Where the figures of a text stand: a number with its unit and its currency, as 35億美元, DM 4.5 billion.

    >>> text = "在2019年5月撥出35億美元"
    >>> [text[a:b] for a, b in figures(text)]
    ['2019年', '5月', '35億美元']
    """
    found: list[tuple[int, int]] = []
    last = ""
    for stake in stakes(text):
        if stake.kind not in FIGURES:
            continue
        apart = bool(text[found[-1][1] : stake.start].strip(" \u00a0-‐‑")) if found else True
        dated = stake.kind == "number" and (last in _DATED or (last[-1:].isdecimal() and stake.value[:1].isdecimal()))
        if apart or dated:
            found.append((stake.start, stake.end))
        else:
            found[-1] = found[-1][0], max(found[-1][1], stake.end)
        last = stake.value
    return found


def counted(text: str, at: int) -> bool:
    """Whether Han words behind a number begin at an offset: left out, the number counts something else.

    >>> counted("費用45億馬克", 5), counted("其中六家，馬克", 5)
    (True, False)
    """
    return "\u3400" <= text[at : at + 1] <= "\u9fff" and any(
        stake.kind == "number" and stake.end == min(at, AROUND) for stake in stakes(text[max(0, at - AROUND) : at])
    )


def left_out_whole(ours: Sequence[Stake], theirs: Sequence[Stake]) -> bool:
    """Whether the quotation's figures are the source's without some of them, each left out with its unit."""
    groups: list[list[tuple[str, str]]] = []
    end = -2
    for stake in ours:
        if stake.kind in FIGURES:
            if stake.start > end + 1:
                groups.append([])
            groups[-1].append((stake.kind, stake.value))
            end = stake.end
    rest = values(theirs, FIGURES)
    for group in groups:
        if rest[: len(group)] == group:
            rest = rest[len(group) :]
    return not rest


def uncounted(before: str, words: str, after: str) -> bool:
    """Whether a marked cut of ``words`` makes a number say something else: it begins right behind one and takes what
    that counts away (no mark of the source between), or takes the figure or the qualifier that stood where one is now.

    >>> uncounted("賣出340", "盞燈，收回", "人"), uncounted("賣出", "340盞燈，", "其中")
    (True, False)
    """
    if any(stake.kind in FIGURES and stake.start == 0 for stake in stakes(after.lstrip())[:1]):
        last = [stake for stake in stakes(words) if stake.kind == "direction"][-1:]
        beside = last and re.fullmatch(r"\s*(?:the\s+|an?\s+|出|於|于)?", words[last[0].end :], re.I)
        if beside or _QUALIFIER.search(words):
            return True
        if any(stake.kind in FIGURES and stake.start == 0 for stake in stakes(words.lstrip())[:1]):
            rest = words
            for a, b in reversed(figures(words)):
                rest = rest[:a] + rest[b:]
            return bool(re.search(r"[^\W\d_]", re.sub(r"\b(?:and|or)\b|[和與与及或]", "", rest)))  # not of a list
    found = stakes(before)
    end = len(before.rstrip())
    number = next((one for one in reversed(found) if one.end == end and one.kind in FIGURES), None)
    following = words.lstrip()
    if number is None or not following[:1].isalpha():
        return False
    if number.kind == "number" and "\u3400" <= following[0] <= "\u9fff":
        return before[number.start - 1 : number.start] != "第"
    priced = any(
        one.kind == "currency" and one.end <= number.start and not before[one.end : number.start].strip()
        for one in found
    )
    taken = [word.casefold() for word in _WORD.findall(words)]
    if _RATE.match(after.lstrip()):
        return not set(taken[:1]) & {"of"}
    if number.kind != "number" or priced or _YEAR.search(before[:end]) or _NO_COUNT.match(number.value):
        return False
    if not taken or _FUNCTION.match(taken[0]):
        return False
    in_phrase = not re.search(r"[^\w\s-]", words) and not any(map(_FUNCTION.match, taken))
    several = [bool(_SEVERAL.search(word)) for word in (*taken, *_WORD.findall(after.casefold())[:1])]
    return not (in_phrase and several[-1] and not any(several[:-1]))  # 88 [old] ropes: what it counts is there
