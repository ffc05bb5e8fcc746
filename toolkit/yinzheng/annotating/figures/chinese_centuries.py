"""Points in time in Chinese; decades and centuries among them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ...numerals import DIGITS, NUMERALS, chinese, pattern
from .context import Context

S = "[ ]?"
_ONES = "".join(DIGITS)
_DECADE = pattern(
    rf"(?P<era>民国{S})?(?:(?P<century>(?:[0-9]{{1,2}}|[{NUMERALS}]{{1,3}}|上个?|本)世纪){S})?"
    rf"(?P<a>[12][0-9]{{2}}0|[一二][{_ONES}]{{3}}|[0-9]0|[二三四五六七八九]〇|[一二三四五六七八九]{{1,2}}十)(?:{S}(?:-|—|至|到|、|和|与"
    rf"|及){S}(?P<b>[12][0-9]{{2}}0|[0-9]0|[一二三四五六七八九]十))?{S}年代"
)
_CENTURY = pattern(
    rf"(?P<c>(?P<bc>公元前)?(?:(?<![0-9])[0-9]{{1,2}}|(?<![{NUMERALS}第])[{NUMERALS}]{{1,3}}))(?:{S}(?:-|—|至|到|、|和"
    rf"|与){S}(?P<d>[0-9]{{1,2}}|[{NUMERALS}]{{1,3}}))?{S}世纪"
)
_DECADE_PART = pattern(
    r"之?(?P<part>初期|初(?!步|始)|中后期|中期|中叶|中(?=[，。、；,.;)）]|$)|末期?|底|后期|早期|晚期|前期|前半(?:叶"
    r"|期)?|[上下]半叶|后半(?:叶|期)?)"
)


@dataclass(slots=True)
class Point:
    """A date as read: ``edtf`` without its qualifier; ``unit``: y, m, d, q (quarter or half), x (decade, century)."""

    start: int
    end: int
    edtf: str
    unit: str
    vague: bool = False
    last: str | None = None  # where the point is itself an interval
    score: float = 1.0

    def text(self) -> str:
        mark = "~" if self.vague else ""
        return self.edtf + mark + (f"/{self.last}{mark}" if self.last else "")


def whole_number(numeral: str) -> int | None:
    if numeral == "元" or numeral == "正":
        return 1
    if numeral == "腊":
        return 12
    if (len(numeral) == 4 or numeral[-1:] == "〇") and all(c in DIGITS for c in numeral):
        return int("".join(str(DIGITS[c]) for c in numeral))
    value = chinese(numeral)
    return int(value) if value is not None and value == int(value) else None


@cache
def _century_of(words: str) -> int | None:
    words = words.removesuffix("世纪").strip()
    return {"上": 20, "上个": 20, "本": 21}.get(words) or whole_number(words)


def decade(text: str, at: int, context: Context) -> Point | None:
    match = _DECADE.match(text, at)
    if not match:
        return None
    century = _century_of(match["century"]) if match["century"] else None
    first = match["a"]
    decades = [f"{c}十" for c in first[:-1]] if len(first) == 3 and first.endswith("十") else [first]
    if match["b"]:
        decades.append(match["b"])
    found = []
    for decade in decades:
        value = whole_number(decade)
        if value is None:
            return None
        if match["era"]:
            value += 1911
        elif value < 100:
            value += (century - 1) * 100 if century else 1900 if value >= 20 else 2000
        found.append(f"{value // 10:03d}X")
    end, vague = match.end(), False
    if part := _DECADE_PART.match(text, end):
        end, vague = part.end(), True
    return Point(at, end, found[0], "x", vague=vague, last=found[1] if len(found) > 1 else None)


def century(text: str, at: int, after: Point | None) -> Point | None:
    match = _CENTURY.match(text, at)
    if not match or text[at - 1 : at] == "个":
        return None
    first = whole_number(match["c"].removeprefix("公元前").strip())
    if first is None or not 1 <= first <= 30:
        return None
    sign = "-" if match["bc"] else ""
    edtf = f"{sign}{first - 1:02d}XX"
    last = f"{(whole_number(match['d']) or 1) - 1:02d}XX" if match["d"] else None
    end, vague = match.end(), False
    if part := _DECADE_PART.match(text, end):
        end, vague = part.end(), True
    return Point(at, end, edtf, "x", vague=vague, last=last)
