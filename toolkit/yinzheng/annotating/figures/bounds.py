"""The words beside a value that say "about", "more than" or "within": part of its span, and of what it means."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from ...numerals import pattern
from ...records import Bound
from ..found import Figure


class Edge(NamedTuple):
    """Where the span now begins or ends, and what the words there say."""

    at: int
    approx: bool = False
    bound: Bound | None = None


_WINDOW = 28  # characters before a value that can hold such words
_NOT = r"(?:不|未|没有?|尚未)(?:得|能|可|应|曾)?"
_BEFORE = pattern(
    rf"(?:(?P<le>{_NOT}(?:超过|高于|多于|大于|逾)|至多|最多|不到|不足|未满|不满|未达|低于|少于|小于)"
    rf"|(?P<ge>{_NOT}(?:少于|低于|小于|下于|下)|至少|最少|起码|(?:大幅|远)?超过|超出|超逾|突破|(?<!增)高于|多于"
    rf"|大于|逾|(?<![赶反高])超)"
    r"|(?P<approx>约莫|大约|大概|将近|接近|约合|(?<![北华条契节公誓签毁违履预相邀守大])(?<![^折总联混结综整融组配]合)约"
    r"|(?<![最附靠临邻切亲])近|(?<=折合)约|(?<=总合)约|几近|近乎|差不多|几乎))"
    r"[ ]?(?P<again>约|近)?\Z"
)
_ROUND = pattern(r"(?:(?<![以加之向跟马晚早赶追遇碰网路车])上|(?<![超经通不])过|(?<![打突])破)\Z")  # 上百家, 過半
_ADVERB = r"(?:(?:just|slightly|well|far|much|a little|little|significantly|considerably|even) )?"
_ENGLISH_BEFORE = pattern(
    rf"(?<![\w-])(?:(?P<le>(?:no|not) more than|not exceeding|{_ADVERB}(?:less|fewer|lower|younger|shorter) than"
    rf"|{_ADVERB}(?:under|below)|(?:at|the) most|up to"
    rf"|a maximum of|within|no (?:greater|higher|later) than)"
    rf"|(?P<ge>(?:no|not) (?:less|fewer) than|(?<!no )(?<!not ){_ADVERB}(?:more|greater|higher|older|longer) than"
    rf"|{_ADVERB}(?:over|above)|at least|in excess of"
    rf"|exceeding|upwards? of|a minimum of|beyond)"
    rf"|(?P<approx>about|around|approximately|approx\.|roughly|nearly|almost|some|close to|circa|an estimated"
    rf"|estimated|perhaps|c\.))"
    r" (?:(?P<again>about|around|approximately|roughly|nearly|some) )?\Z",
    re.I,
)
_SIGN = pattern(r"(?:(?P<ge>[>≥]=?|>=)|(?P<le>[<≤]=?)|(?P<approx>(?<![0-9A-Za-z\-])~|≈)) ?\Z")


_APART = pattern(
    r"(?<![北华条契节公誓签毁违履预相邀守])(?<![^折总联混结综整融组配]合)约(?:为|有|占|达|在|需|值|长|重|高|共|于|是)\Z"
)  # 約為16美元


def before(text: str, start: int) -> Edge:
    """What stands directly before a value in a plain text."""
    left = text[max(0, start - _WINDOW) : start]
    if not left:
        return Edge(start)
    last = left.rstrip(" ")[-1:]
    if last in ">≥<≤≈=~":
        match = _SIGN.search(left)
    elif last.isascii():
        match = _ENGLISH_BEFORE.search(left) if left[-1] == " " else None
    else:
        match = _BEFORE.search(left)
    if not match:
        return Edge(start, bool(_APART.search(left)))
    at = start - len(left) + match.start()
    groups = match.groupdict()
    approx = bool(groups.get("approx") or groups.get("again"))
    return Edge(at, approx, "<=" if groups.get("le") else ">=" if groups.get("ge") else None)


def before_round(text: str, start: int) -> Edge:
    """上百, 過百, 破億: only before a power of ten."""
    found = before(text, start)
    if found.at == start and _ROUND.search(text[max(0, start - 2) : start]):
        return Edge(start - 1, False, ">=")
    return found


_AFTER = pattern(
    r"[ ]?(?:(?P<ge>(?:及|或)?以上)|(?P<le>(?:及|或)?以下|以内|之内)|(?P<approx>左右|上下(?!游|文|两|级|班|滑|浮"
    r"|调)|前后(?!两|三|端|者)))"
)
_ENGLISH_AFTER = pattern(
    r"(?P<odd>[- ]odd\b)| or (?:(?P<ge>more|above|over|higher|greater|better|longer|older)|(?P<le>less|fewer|under"
    r"|below|lower|younger)"
    r"|(?P<approx>so))\b(?! than)"
    r"|(?P<ge2>\+(?![\w])| and (?:above|over|older)\b| (?:at|as a) minimum\b)|(?P<le2> (?:at most|at the most"
    r"|as a maximum)\b)",
    re.I,
)


def after(text: str, end: int) -> Edge:
    """What stands directly behind a value."""
    c = text[end : end + 1]
    match = _ENGLISH_AFTER.match(text, end) if c in (" ", "+", "-") and c else None
    match = match or _AFTER.match(text, end)
    if not match:
        return Edge(end)
    groups = match.groupdict()
    ge, le = groups.get("ge") or groups.get("ge2"), groups.get("le") or groups.get("le2")
    return Edge(match.end(), bool(groups.get("approx") or groups.get("odd")), ">=" if ge else "<=" if le else None)


_IN_SPAN = pattern(
    r"(?P<le>以内|之内|内(?![部地阁容需外政战蒙在涵陆]))|(?:(?:之|以)?(?:后(?![期来勤备续果者半代世]|方(?![才能可始]))"
    r"|前(?![后期夕往景线述者身提任总首沿进半]))"
    r"|(?:以)?来(?![源自讲到华台访])|之间|期间|间(?![接谍隔断])|之久|有余)"
)
_ENGLISH_IN_SPAN = pattern(r"(?:-| )olds?\b| (?:ago|later|earlier|old|hence|on(?=[,.;]))\b", re.I)


def edged(text: str, found: Figure, round_number: bool = False) -> Figure:
    """A figure with the words beside it; ``round_number``: a power of ten alone, as in 上百."""
    lead = (before_round if round_number else before)(text, found.start)
    tail = after(text, found.end)
    if found.label in ("DATE", "TIME"):
        inside = _IN_SPAN.match(text, tail.at) or _ENGLISH_IN_SPAN.match(text, tail.at)
        if inside:
            tail = Edge(inside.end(), tail.approx, "<=" if inside.lastgroup == "le" else tail.bound)
    several = found.min is not None or bool(found.value_list) or bool(found.duration and "/" in found.duration)
    return replace(
        found,
        start=lead.at,
        end=tail.at,
        approx=found.approx or lead.approx or tail.approx,
        bound=None if several else tail.bound or lead.bound or found.bound,
        score=1.0 if found.score is None else found.score,
    )
