"""Points in time in English and in digits: years, months, days, quarters, decades, centuries, and their parts."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...numerals import measures, pattern
from .context import Context, is_aside
from .names import is_common
from .units import table, unit_at

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = (
    r"(?:1[0-9]{3}|20[0-9]{2}|21[0-9]{2})(?![0-9]|,[0-9]|\.[0-9]|[A-Za-rt-z%°]| ?[个名人家万亿元美欧英次项位年坐部])"
)
_DAY = r"(?:[0-2]?[0-9]|3[01])(?:st|nd|rd|th)?(?![0-9])"
_DASH = r" ?- ?"
_POINT = pattern(
    rf"(?:(?P<iso>(?P<y1>[12][0-9]{{3}})[-/.](?P<m1>1[0-2]|0?[1-9])[-/.](?P<d1>3[01]|[12][0-9]|0?[1-9])(?![0-9.]))"
    rf"|(?P<dmy>(?P<d2>{_DAY})(?:{_DASH}(?P<d2b>{_DAY}))?(?: of)? (?P<m2>{_MONTH})(?:,? (?:of |in )?(?P<y2>{_YEAR}))?)"
    rf"|(?P<mdy>(?P<m3>{_MONTH}) (?P<d3>{_DAY})(?:{_DASH}(?P<d3b>{_DAY}))?(?![0-9:%]| (?:per|million"
    rf"|billion))(?:,? (?:of )?(?P<y3>{_YEAR}))?)"
    rf"|(?P<my>(?P<m4>{_MONTH})(?:{_DASH}(?P<m4b>{_MONTH})| (?:to"
    rf"|and) (?P<m4c>{_MONTH})(?= [12]))?(?:,? (?:of )?(?P<y4>{_YEAR})| of (?P<lean>the same|that"
    rf"|the following) year)?)"
    rf"|(?P<yearly>(?P<y9>{_YEAR})[ -]?Q(?P<q4>[1-4])(?![0-9A-Za-z]))"
    rf"|(?P<quarter>(?:(?:Q(?P<q1>[1-4])|(?P<q2>[1-4])Q(?P<yq>[0-9]{{2}})?)(?![0-9A-Za-z])|(?P<q3>first|second"
    rf"|third|fourth|1st|2nd|3rd"
    rf"|4th|final) quarter|H(?P<h1>[12])(?![0-9A-Za-z])|(?P<h2>first|second) half(?= of (?:[12][0-9]|the (?:year|same"
    rf"|fiscal)|fiscal|that|this|last|FY)))"
    rf"(?:,? (?:of )?(?:fiscal (?:year )?|FY ?)?(?P<y5>{_YEAR})|(?P<y5b> of (?:the|that|this|last|next|the same"
    rf"|the fiscal|that same) year))?)"
    rf"|(?P<fiscal>(?:fiscal(?: years?)?|financial years?|academic years?|school years?|FY) ?(?P<y6>(?:19"
    rf"|20)[0-9]{{2}}|'?[0-9]{{2}}(?![0-9%,.]))(?: ?[/-] ?(?P<y6b>(?:20|19)?[0-9]{{2}})(?![0-9]))?)"
    rf"|(?P<decade>(?P<x1>(?:1[0-9]|20)[0-9]0)'?s(?: (?:and|to|through) (?P<x1b>(?:1[0-9]|20)[0-9]0)'?s"
    rf"| ?- ?(?P<x1c>(?:(?:1[0-9]|20)?[0-9]0)'?s))?|'(?P<x2>[2-9]0)s)"
    rf"|(?P<century>(?P<c>[0-9]{{1,2}}(?:st|nd|rd|th)|[A-Za-z]+(?:-[a-z]+)?)(?:(?: and (?:the )?| to (?:the )?"
    rf"|{_DASH})(?P<cb>[0-9]{{1,2}}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?))?[ -](?:century|centuries)(?: (?P<bce>BCE?))?)"
    rf"|(?P<span>(?P<y7>(?:1[0-9]|20)[0-9]{{2}})/(?P<y7b>[0-9]{{2}}(?:[0-9]{{2}})?)(?![0-9/]))"
    rf"|(?P<year>(?P<y8>{_YEAR})(?: (?P<bc>BCE?)\b)?))",
)
_PART = pattern(
    r"(?:(?<![A-Za-z])(?:(?:the )?(?P<the>very )?(?:early|mid|middle|late)(?:er|r)?(?:-| to (?:mid|late)-?|)(?: "
    r"|-)?(?:in )?(?:the )?|(?:the )?(?P<end>end|start|beginning|turn|close|middle|outset|spring|summer|autumn|fall"
    r"|winter) of (?:the )?"
    r"|(?P<season>spring|summer|autumn|fall|winter) ))\Z",
    re.I,
)
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
AGAINST_YEAR = pattern(
    r" (?:people|troops|workers|jobs|companies|firms|soldiers|students|tons|tonnes|square|employees|words|respondents"
    r"|participants|cases|units|copies|dollars|deaths|words|km|kilomet|metres|meters|miles|households|patients|times"
    r"|items|observations|nm|MW|GW)"
)
_NEEDS = pattern(
    r"(?:(?<![A-Za-z])(?:in|since|by|of|from|until|till|before|after|during|early|late|mid|around|circa|about|year|to"
    r"|and|between|through|the|c\.)[ -]|\()\Z",
    re.I,
)


class Point(NamedTuple):
    start: int
    end: int
    edtf: str
    last: str | None = None
    vague: bool = False
    score: float = 1.0
    plain_year: bool = False

    def text(self) -> str:
        mark = "~" if self.vague else ""
        return self.edtf + mark + (f"/{self.last}{mark}" if self.last else "")


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _digits(day: str) -> int:
    return int(re.sub(r"[a-z]", "", day))


def _ordinal(words: str) -> int | None:
    if words[:1].isdigit():
        return _digits(words)
    table = measures()
    tens, _, one = words.lower().partition("-")
    if one:
        head = table.cardinals.get(tens)
        return int(head) + table.ordinals[one] if head and one in table.ordinals else None
    return table.ordinals.get(tens)


def point(text: str, at: int, context: Context, after: Point | None, ranged: bool = False) -> Point | None:
    if at and ((text[at - 1].isalnum() and text[at - 1].isascii()) or text[at - 1] in "_#@$€£¥./"):
        return None
    match = _POINT.match(text, at)
    if not match:
        return None
    found = _read(text, match, context, not ranged and is_aside(text, *match.span()))
    if found is None or ranged:
        return found
    if part := _PART.search(text, max(0, found.start - 24), found.start):
        return _with_part(found, part)
    return found


def _with_part(found: Point, part: re.Match[str]) -> Point:
    season = (part["season"] or part["end"] or "").lower()
    start = part.start() + (4 if part.group().lower().startswith("the ") else 0)
    if season in _SEASONS:
        if not found.plain_year:
            return found
        return found._replace(start=start, edtf=f"{found.edtf}-{_SEASONS[season]}", plain_year=False)
    return found._replace(start=start, vague=True)


def _read(text: str, match: re.Match[str], context: Context, aside: bool) -> Point | None:
    start, end = match.span()
    groups = match.groupdict()
    if groups["iso"]:
        context.name(int(groups["y1"]), int(groups["m1"]), aside)
        return Point(start, end, f"{groups['y1']}-{int(groups['m1']):02d}-{int(groups['d1']):02d}")
    if groups["dmy"] or groups["mdy"]:
        n = "2" if groups["dmy"] else "3"
        return _day(start, end, groups[f"y{n}"], groups[f"m{n}"], groups[f"d{n}"], groups[f"d{n}b"], context, aside)
    if groups["my"]:
        return _of_month(text, match, context, aside)
    if groups["quarter"]:
        year = groups["y5"] or (groups["yq"] and "20" + groups["yq"])
        if groups["h1"] and not year:
            return None
        if year:
            context.name(int(year), aside=aside)
        y = year or context.bare()
        q = (
            groups["q1"]
            or groups["q2"]
            or {"fir": "1", "1st": "1", "sec": "2", "2nd": "2", "thi": "3", "3rd": "3"}.get(
                (groups["q3"] or "")[:3], "4"
            )
        )
        half = groups["h1"] or (groups["h2"] and ("1" if groups["h2"] == "first" else "2"))
        return Point(start, end, f"{y}-{39 + int(half)}" if half else f"{y}-{32 + int(q)}")
    if groups["yearly"]:
        context.name(int(groups["y9"]), aside=aside)
        return Point(start, end, f"{groups['y9']}-{32 + int(groups['q4'])}")
    if groups["fiscal"]:
        year = groups["y6"].lstrip("'")
        value = int(year) if len(year) == 4 else (2000 if int(year) < 50 else 1900) + int(year)
        context.name(value, aside=aside)
        last = groups["y6b"]
        return Point(start, end, f"{value}", last=f"{value // 100}{last}" if last and len(last) == 2 else last)
    if groups["decade"]:
        first = groups["x1"] or "19" + groups["x2"]
        last = groups["x1b"] or (groups["x1c"] or "").rstrip("s'")
        if last and len(last) == 2:
            last = first[:2] + last
        return Point(start, end, first[:3] + "X", last=last[:3] + "X" if last else None)
    if groups["century"]:
        first_, last_ = _ordinal(groups["c"]), _ordinal(groups["cb"]) if groups["cb"] else None
        if first_ is None or (groups["cb"] and last_ is None):
            return None
        sign = "-" if groups["bce"] else ""
        return Point(start, end, f"{sign}{first_ - 1:02d}XX", last=f"{last_ - 1:02d}XX" if last_ else None)
    if groups["span"]:
        first, last = groups["y7"], groups["y7b"]
        last = first[:2] + last if len(last) == 2 else last
        if int(last) != int(first) + 1 and int(last) <= int(first):
            return None
        context.name(int(first), aside=aside)
        return Point(start, end, first, last=last)
    year = match["y8"]
    if not match["bc"] and (_counts(text, end) or _in_range(text, start, end)):
        return None
    if not match["bc"] and (
        AGAINST_YEAR.match(text, end) or (int(year) < 1500 and not _NEEDS.search(text, max(0, start - 12), start))
    ):
        return None
    if not match["bc"] and not 1000 <= int(year) <= 2199:
        return None
    if (
        not match["bc"]
        and start
        and ((text[start - 1] > "⺀" and text[start - 1] not in "（，。、；：「」《》“”") or _named(text, start))
    ):
        return None  # 中國製造2025, Vision 2030
    if match["bc"]:
        return Point(start, end, f"-{int(year) - 1:04d}")
    context.name(int(year), aside=aside)
    return Point(start, end, year, plain_year=True)


_MORE = pattern(r" ?[余多来几](?!年)")
_VINTAGE = pattern(r" ?[年款届级代期版]")


def _counts(text: str, end: int) -> bool:
    """Whether Han characters behind four digits say that they count or measure: 1900余人, 2000吨."""
    gap = end + text.startswith(" ", end)
    if not "⺀" < text[gap : gap + 1] < "\uf900" or _VINTAGE.match(text, gap):
        return False
    return bool(_MORE.match(text, gap) or table().counter.match(text, gap) or unit_at(text, end))


_TO = pattern(r" ?[-—~至到] ?(?P<n>[0-9][0-9,.]*[0-9])| (?:to|(?P<and>and)) (?P<m>[0-9][0-9,.]*[0-9])")
_BETWEEN = pattern(r"(?<![A-Za-z])between \Z", re.I)
_LIKE_YEAR = pattern(r"(?:1[89]|20)[0-9]{2}")


def _in_range(text: str, start: int, end: int) -> bool:
    """Whether four digits begin a range that counts or measures: 1500至2000元, 1500-2000 people. Where both may be
    years, what is behind them in words may be another's: the 2010-2012 euro crisis."""
    to = _TO.match(text, end)
    if not to or (to["and"] and not _BETWEEN.search(text, max(0, start - 9), start)):
        return False
    behind = unit_at(text, to.end())
    unit = behind[1] if behind and behind[1].label != "DATE" else None
    word = text[to.end() : behind[0]].strip() if behind and unit else ""
    counts = _counts(text, to.end()) or bool(_SCALE.match(text, to.end()))
    if _LIKE_YEAR.fullmatch(text, start, end) and _LIKE_YEAR.fullmatch(to["n"] or to["m"]):
        named = unit is not None and unit.label == "MONEY" and len(word) > 1
        return word == "%" or (counts and not named)
    measured = word not in ("", "in") and not (len(word) == 1 and word.isascii() and word.isalpha())
    return measured or counts or bool(AGAINST_YEAR.match(text, to.end()))


_SCALE = pattern(r" ?[万亿兆千]| (?:thousand|million|billion|trillion)\b")
_NAME = pattern(r"(?<![A-Za-z'.])([A-Z][a-z]+|[A-Z]{3,}) \Z")


def _named(text: str, start: int) -> bool:
    match = _NAME.search(text, max(0, start - 20), start)
    return bool(match) and not is_common(match[1]) and match.start() > 0 if match else False


def _day(
    start: int, end: int, year: str | None, month: str, day: str, last: str | None, context: Context, aside: bool
) -> Point | None:
    number = _month(month)
    if year:
        context.name(int(year), number, aside)
    first, second = _digits(day), _digits(last) if last else None
    if not 1 <= first <= 31 or (second is not None and not first < second <= 31):
        return None
    y = year or context.of_month(number)
    return Point(start, end, f"{y}-{number:02d}-{first:02d}", last=f"{y}-{number:02d}-{second:02d}" if second else None)


_IN = pattern(
    r"(?:(?<![A-Za-z])(?:in|since|by|until|till|from|during|early|late|mid|between|that|last|next|this|before|after"
    r"|of|through|to|and|end of|each|every)[ -](?:the )?)\Z",
    re.I,
)
_THAT = pattern(r"(?<![A-Za-z])that \Z", re.I)


def _of_month(text: str, match: re.Match[str], context: Context, aside: bool) -> Point | None:
    start, end = match.span()
    month, to, year, lean = match["m4"], match["m4b"] or match["m4c"], match["y4"], match["lean"]
    number = _month(month)
    left = max(0, start - 12)
    score = 1.0
    if year:
        context.name(int(year), number, aside)
        y = year
    elif lean:
        y = context.leaning(1 if "following" in lean else 0)
    else:
        if not (to or _IN.search(text, left, start)) or re.match(r" (?:[A-Z][a-z]|and I )", text[end : end + 3]):
            return None
        that = _THAT.search(text, left, start)
        if that:
            start = that.start()
        known = context.leaning(0) if that else context.of_month(number)
        y, score = ("XXXX" if re.search(r"(?i)(?:last|next|this) \Z", text[left:start]) else known), 0.9
    if to:
        return Point(start, end, f"{y}-{number:02d}", last=f"{y}-{_month(to):02d}", score=score)
    return Point(start, end, f"{y}-{number:02d}", score=score)
