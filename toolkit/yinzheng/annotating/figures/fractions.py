"""Fractions and factors: 百分之十五, 三分之二, half of, one in five, 翻一番, doubled, tenfold."""

from __future__ import annotations

import re

from ...numerals import NUMERALS, chinese, measures, pattern
from ...records import Bound
from ..found import Figure
from .bounds import before, edged
from .numbers import Number, number

_PARTS_OF = {100.0: 1.0, 1000.0: 0.1, 10000.0: 0.01}
_OF = pattern("分之")
_TO = pattern(r"[ ]?(?:-|—|至|到|或)[ ]?(?:百分之|千分之)?[ ]?")


def chinese_fraction(text: str, n: Number) -> Figure | None:
    """百分之十五, 百分之五至十, 三分之二."""
    if not text.startswith("分之", n.end):
        return None
    at = n.end + 2 + text.startswith(" ", n.end + 2)
    above = number(text, at) if at < len(text) else None
    if above is None or not n.low:
        return None
    factor = _PARTS_OF.get(n.low)
    if factor is None:
        value = round(above.low / n.low, 4)
        return edged(text, Figure(start=n.start, end=above.end, label="CARDINAL", value=value))
    low, high, end = above.low, above.high, above.end
    to = _TO.match(text, end) if high is None else None
    second = number(text, to.end()) if to and to.end() < len(text) else None
    if to and second and second.low > low and (factor == 1 or "分之" in to.group()) and not _OF.match(text, second.end):
        high, end = second.low, second.end
    low = float(f"{low * factor:.12g}")
    if high is not None:
        high = float(f"{high * factor:.12g}")
        return edged(
            text, Figure(start=n.start, end=end, label="PERCENT", min=low, max=high, unit="%", approx=above.approx)
        )
    return edged(text, Figure(start=n.start, end=end, label="PERCENT", value=low, unit="%", approx=above.approx))


_PARTS = (
    "half|halves|third|thirds|quarter|quarters|fourth|fourths|fifth|fifths|sixth|sixths|seventh|sevenths|eighth"
    "|eighths|ninth|ninths|tenth|tenths|hundredths?|thousandths?|twentieth|twentieths"
)
_FRACTION = pattern(
    rf"(?P<a>an?|one|two|three|four|five|six|seven|eight|nine)[ -](?P<b>{_PARTS})(?![A-Za-z-])(?! (?:century|party"
    rf"|parties|country|countries|time|year|place|world|quarter))",
    re.I,
)
_PART_OF = pattern(r" of\b|[,;.)]|$")
_ONE_IN = pattern(
    r"(?P<a>[a-z]+|[0-9]{1,3}) (?:in(?: every)?|out of(?: every)?) (?P<b>[a-z]+"
    r"|[0-9]{1,4})(?![A-Za-z0-9,.%]*[0-9])(?= |[,.;:)]|$)(?! (?:years?|months?|weeks?|days?|decades?|hours?|million"
    r"|billion))",
    re.I,
)
_HALF = pattern(
    r"half(?= (?:of|the|its|their|his|her|our|that|those|these|all|as|to)\b)|(?<=one[ -])half"
    r"|(?<=in )half(?![ -][a-z])|(?<=by )half(?![ -])|(?<=than )half(?! an?\b)|(?<=about )half(?! an?\b)"
    r"|(?<=nearly )half(?! an?\b)|(?<=almost )half(?! an?\b)",
    re.I,
)
_FOLD = pattern(r"(?P<n>[a-z]+|[0-9]+(?:\.[0-9]+)?)[ -]?fold\b", re.I)
_FACTOR = pattern(
    r"(?P<two>doubl(?:ed|ing)|double(?= (?:[A-Z]|the|its|their|his|that|those|of|what|in|by|to|from|over|since|as)\b))"
    r"|(?P<three>tripl(?:ed|ing)|trebl(?:ed|ing)|triple(?= (?:the|its|their|that|in|by)\b))"
    r"|(?P<four>quadrupl(?:ed|ing)|quadruple(?= (?:the|its|their|that|in|by)\b))|(?P<half>halv(?:ed|ing))"
    r"|(?P<five>quintupl(?:ed|ing))|(?P<twice>twice(?= (?:the|as|that|its|their|what|those|of)\b)|(?<=than )twice)",
    re.I,
)
_FACTORS = {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "half": 0.5, "twice": 2.0}


def english_part(text: str, at: int) -> Figure | None:
    """Two-thirds, one in five, half of, doubled, tenfold, three times as many."""
    if match := _FRACTION.match(text, at):
        a = match["a"].lower()
        below = match["b"].lower().removesuffix("s")
        if a in ("a", "an") and not (
            _PART_OF.match(text, match.end()) or before(text, at).at < at or text[max(0, at - 4) : at].lower() == " by "
        ):
            return None
        if a in ("a", "an") and below in ("half", "halve") and not text.startswith(" of", match.end()):
            return None
        under = {"half": 2, "halve": 2, "quarter": 4}.get(below) or measures().ordinals.get(below, 0)
        over = measures().cardinals.get(a, 1.0)
        if under and not (below == "quarter" and over == 1 and a not in ("a", "one")):
            return edged(text, Figure(start=at, end=match.end(), label="CARDINAL", value=round(over / under, 4)))
    if (match := _ONE_IN.match(text, at)) and (value := _one_in(match)):
        return edged(text, Figure(start=at, end=match.end(), label="CARDINAL", value=value))
    if match := _HALF.match(text, at):
        return edged(text, Figure(start=at, end=match.end(), label="CARDINAL", value=0.5))
    if match := _FACTOR.match(text, at):
        return edged(
            text,
            Figure(start=at, end=match.end(), label="CARDINAL", value=_FACTORS[match.lastgroup or "two"], score=0.8),
        )
    if match := _FOLD.match(text, at):
        value = float(match["n"]) if match["n"][0].isdigit() else measures().cardinals.get(match["n"].lower())
        if value:
            return edged(text, Figure(start=at, end=match.end(), label="CARDINAL", value=value))
    return None


def _one_in(match: re.Match[str]) -> float | None:
    cardinals = measures().cardinals
    a, b = (cardinals.get(word.lower(), float(word) if word.isdigit() else 0.0) for word in (match["a"], match["b"]))
    b = {"hundred": 100.0, "thousand": 1000.0}.get(match["b"].lower(), b)
    return round(a / b, 4) if 0 < a < b and b <= 10000 else None


_FAN = pattern(rf"翻(?:了|两)?(?P<n>[{NUMERALS}]|[0-9]+)?(?P<what>番|倍)")
_DOUBLE = pattern(r"双倍|(?<=[增长超过达为成])一倍")
_HALF_OF = pattern(r"过半数?(?!导)|半数(?:以上)?|一半(?:以上|以下)?|一大半")
_HALF_UNIT = pattern(r"半(?P<unit>年(?![度报代级])|个?月(?![球亮刊])|个世纪|世纪|个?小时|个?钟头|个?学期)")
_HALF_ISO = {"年": "P6M", "月": "P0.5M", "世纪": "P50Y", "小时": "PT30M", "钟头": "PT30M", "学期": None}


def chinese_part(text: str, at: int) -> Figure | None:
    """一半, 過半, 半年, 翻一番."""
    if match := _FAN.match(text, at):
        digits = "两" if "翻两" in match.group() else match["n"]
        times = chinese(digits) if digits else 1
        if times is None or times > 60:
            return None
        value = 2.0**times if match["what"] == "番" else max(times, 2.0)
        return edged(text, Figure(start=at, end=match.end(), label="CARDINAL", value=value))
    if match := _HALF_OF.match(text, at):
        over = match.group().startswith("过") or match.group().endswith("以上")
        bound: Bound | None = ">=" if over else "<=" if match.group().endswith("以下") else None
        found = Figure(start=at, end=match.end(), label="CARDINAL", value=0.5, bound=bound)
        return edged(text, found)
    if (match := _HALF_UNIT.match(text, at)) and not (at and text[at - 1] in "上下前后大小"):
        duration = _HALF_ISO.get(match["unit"].removeprefix("个"))
        if duration:
            label = "TIME" if "T" in duration else "DATE"
            return edged(
                text, Figure(start=at, end=match.end(), label="TIME" if label == "TIME" else "DATE", duration=duration)
            )
    if text.startswith("双倍", at):
        return Figure(start=at, end=at + 2, label="CARDINAL", value=2.0, score=1.0)
    return None


_SLASHED = pattern(r"(?P<a>[1-9])/(?P<b>[2-9]|10|100)(?![0-9/])")


def slashed(text: str, at: int) -> Figure | None:
    """2/3 as a fraction; not 24/7 or 9/11."""
    match = _SLASHED.match(text, at)
    if not match or (at and text[at - 1] in "/.-0123456789") or int(match["a"]) >= int(match["b"]):
        return None
    if text[match.end() : match.end() + 1] in ("月", "日", "-"):
        return None
    return edged(
        text, Figure(start=at, end=match.end(), label="CARDINAL", value=round(int(match["a"]) / int(match["b"]), 4))
    )
