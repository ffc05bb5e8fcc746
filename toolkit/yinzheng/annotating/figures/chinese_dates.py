"""Dates in Chinese: years of any calendar, months, days, quarters, decades, centuries, their parts, and intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...numerals import DIGITS, NUMERALS, pattern
from ...records import Bound
from ..found import Figure
from .bounds import before
from .chinese_centuries import Point, century, decade, whole_number
from .context import Context, edtf_year, is_aside
from .eras import ERA, ERAS, in_era

S = "[ ]?"
_ONES = "".join(DIGITS)
_YEAR = pattern(
    rf"(?:(?P<era>公元前|西元前|{ERA}){S}(?P<of>[0-9]{{1,4}}|[{NUMERALS}]{{1,6}}|元)(?={S}(?:年|[-—至到]))"
    rf"|(?P<year>(?<![0-9])[12][0-9]{{3}}(?![0-9])|(?<![{NUMERALS}])[一二][{_ONES}]{{3}}(?![{NUMERALS}])"
    rf"|(?<![{NUMERALS}])二[千](?=年))"
    rf"|(?P<lean>同年|当年|该年|次年|翌年|隔年|去年|今年|明年|前年|后年|本年度?|上年|下年)"
    rf"|(?P<roc>(?<![0-9])1[0-3][0-9](?=年(?:度|[初底末]|{S}1?[0-9]月))"
    rf"|(?<![0-9])[0-9]{{2}}(?=年{S}1?[0-9]月{S}[0-9]{{1,2}}日))"
    rf"|'?(?P<short>(?<![0-9])0[0-9](?=年)))"
)
_FIRST = pattern(rf"[0-9'一二公西{''.join(era[0] for era in ERAS)}]")
_ERA_YEAR = pattern(rf"(?:[0-9]{{1,3}}|[{NUMERALS}]{{1,4}})(?={S}年)")  # 民國110年至112年
_LEAN = {"同年": 0, "当年": 0, "该年": 0, "次年": 1, "翌年": 1, "隔年": 1}
_YEAR_WORD = pattern(rf"{S}(?:会计年度|财政年度|财年|学年度?|年度|年(?![代级来龄])|年(?=来华))")
_SHORT = pattern(rf"{S}(?:-|—|至|到|/){S}([0-9]{{2}})(?:财年|学年度?|年度?)")  # 1950-53年
_PART = pattern(
    r"(?:[之年]?(?P<part>初期|初(?!始|步|级|衷|次|学|中|选|创|具)|中期|中(?=[，。、；,.;)）\"”」]|$|旬|[-至到起以开])"
    r"|底(?!特|部|层|线|气|蕴)|末期?(?!端)|终|后期"
    r"|早期|晚期|前期|中叶|前后(?!两|三))"
    r"|(?P<season>春(?![夏秋])|夏|秋|冬)(?:季|天)?(?!节|奥|战|会|威|运|游|晚|训|装))"
)
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
_AFTER_YEAR = pattern(rf"{S}的?{S}")
_NUM = rf"(?:[0-9]{{1,2}}|[{NUMERALS}]{{1,3}})"
_MONTH = pattern(
    rf"(?P<month>(?<![0-9.])[01]?[0-9]|(?<![{NUMERALS}])(?:十[一二]?|[一二三四五六七八九]|元|正"
    rf"|腊)){S}月(?:份)?(?![球亮饼薪经色票])"
)
_DAY = pattern(rf"{S}(?P<day>{_NUM}){S}[日号](?![本元圆线称楼文])")
_DAY_OF_THIS = pattern(rf"(?<=[本上下当]月)(?P<day>{_NUM})日(?![本元圆])")
_DAY_ALONE = pattern(r"(?<![0-9第])([0-9]{1,2})日(?![本元圆内间以之游])")
_DAYS = pattern(rf"{S}(?P<a>{_NUM}){S}(?:-|—|至|到){S}(?P<b>{_NUM}){S}[日号](?![本元圆])")
_MONTHS = pattern(
    rf"(?<![0-9.{NUMERALS}])(?P<a>[01]?[0-9]|十[一二]?|[一二三四五六七八九]){S}(?:-|—|至|到|、){S}(?P<b>[01]?[0-9]"
    rf"|十[一二]?"
    rf"|[一二三四五六七八九]){S}月(?:份)?"
)
_MONTH_PART = pattern(
    r"(?P<part>[上中下]旬|初(?!步|始|级|[一二三四五六七八九十])|底(?!部|层|线)|中(?=[，。、；,.;)）]|$)|末(?!端)|中期)"
)
_QUARTER = pattern(
    rf"(?:第{S}(?P<q>[1-4一二三四]){S}季(?:度)?|(?P<q2>[1-4一二三四])季度|(?P<first>首季度?)|(?P<last>末季)"
    rf"|Q(?P<q3>[1-4])(?![0-9A-Za-z])"
    rf"|第?(?P<qa>[1-4一二三四]){S}(?:-|—|至|到|、){S}第?(?P<qb>[1-4一二三四])季度?"
    rf"|(?P<to>前[二两三]季度?|前[二两三]个季度)|(?P<half>[上下前后]半年(?!度报)|H[12](?![0-9A-Za-z])))"
)
_SEP = pattern(r"[ ]?(?:-|—{1,2}|至|到|迄)[ ]?")
_AND = pattern(r"[ ]?[和与][ ]?")  # 2015年和2018年之間
_TAIL = pattern(
    r"(?P<since>(?:以来|以降|迄今|至今|起至今)|起(?![来初步诉点源草飞码伏到义因])|开始(?=[，。,]))"
    r"|(?P<ge>[及或]?(?:之后|以后|过后)|后(?![期来勤备续果者半代世方排台门天年续遗])(?!的?[一二三]))"
    r"|(?P<le>[及或]?(?:之前|以前)|前(?![后期夕往来景线三二两述者身提任总首沿进半四五十瞻途锋列]))"
    r"|(?P<approx>左右|前后)|(?P<in>期间|之间|之内|间(?![接谍隔断])|内(?![部地阁容需外政战蒙在涵陆]))"
)


def date(text: str, at: int, context: Context) -> Figure | None:
    """The date that begins at an offset."""
    first = _point(text, at, context, None)
    if first is None:
        return None
    end, edtf, vague, score = first.end, first.text(), first.vague, first.score
    sep = _SEP.match(text, end) or _AND.match(text, end)
    if sep and not first.last and sep.end() < len(text):
        second = _point(text, sep.end(), context, first)
        if second and first.unit == "Y?" and second.unit not in "yx":
            second = None
        if second and sep.re is _AND and not text.startswith(("之间", "间"), second.end):
            second = None
        if second and second.end > sep.end() and _in_order(first.edtf, second.edtf):
            end, edtf, vague = second.end, f"{first.text()}/{second.text()}", vague or second.vague
    if first.unit == "Y?" and "/" not in edtf:
        return None  # digits alone are a year only as the beginning of an interval
    bound: Bound | None = None
    if tail := _TAIL.match(text, end):
        kind = tail.lastgroup
        if kind == "since" and "/" not in edtf:
            edtf, end = edtf + "/..", tail.end()
        elif kind in ("ge", "le") and "/" not in edtf:
            bound, end = ">=" if kind == "ge" else "<=", tail.end()
        elif kind == "approx" and "/" not in edtf:
            vague, edtf, end = True, edtf.removesuffix("~") + "~", tail.end()
        elif kind in ("in", "ge", "le", "since"):
            end = tail.end()
    lead = before(text, first.start)
    start = first.start
    if lead.approx and lead.at < start and text[lead.at] in "约大" and "/" not in edtf:
        start, vague, edtf = lead.at, True, edtf.removesuffix("~") + "~"
    return Figure(start=start, end=end, label="DATE", edtf=edtf, approx=vague, bound=bound, score=score)


def years(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each year of a text begins and ends, and which it is."""
    for match in _years(text) if "年" in text else ():
        if not match["lean"] and (word := _YEAR_WORD.match(text, match.end())) and (value := _year(match)) is not None:
            yield match.start(), word.end(), value


def _years(text: str) -> Iterator[re.Match[str]]:
    """The years of a text, but for those that lean on another."""
    at = 0
    while first := _FIRST.search(text, at):
        match = _YEAR.match(text, first.start())
        at = match.end() if match else first.end()
        if match:
            yield match


def _in_order(first: str, second: str) -> bool:
    return first.startswith("-") or "X" in first[:4] or "X" in second[:4] or first[:4] <= second[:4]


def _point(text: str, at: int, context: Context, after: Point | None) -> Point | None:
    """One date; ``after``: the one that it ends an interval with, whose year (and month) it may share."""
    return (
        decade(text, at, context)
        or century(text, at, after)
        or _of_year(text, at, context, after)
        or _without_year(text, at, context, after)
    )


_LEAN_PART = pattern(r"[年]?(?:底|初|末|中(?=[，。]))")


def _of_year(text: str, at: int, context: Context, after: Point | None) -> Point | None:
    era = _YEAR.match(text, after.start) if after else None
    shared = _ERA_YEAR.match(text, at) if era and era["era"] else None
    match = shared or _YEAR.match(text, at)
    if not match:
        return None
    end = match.end()
    value: int | None
    known, lean = True, None if shared else match["lean"]
    if lean:
        year = context.leaning(_LEAN.get(lean))
        known = year != "XXXX"
        if known and context.year is not None:
            context.name(context.year + _LEAN[lean])
        elif lean in ("去年", "今年", "明年") and not is_aside(text, at, end):
            context.lose()
    else:
        value = in_era(match[0], era["era"]) if era and shared else _year(match)
        word = _YEAR_WORD.match(text, end)
        open_era = not shared and match["era"] and _SEP.match(text, end)
        if (
            value is None
            or (not word and not open_era and (shared or match["era"] or match["roc"] or match["short"]))
            or not (1 <= abs(value) <= 2999)
        ):
            return None
        if not word:
            if (short := _SHORT.match(text, end)) and match["year"] and int(str(value)[:2] + short[1]) > value:
                last = int(str(value)[:2] + short[1])
                context.name(last)
                return Point(at, short.end(), edtf_year(value), "y", last=edtf_year(last))
            if open_era or (_SEP.match(text, end) and (match["year"] or "")[:1].isdigit() and after is None):
                return Point(at, end, edtf_year(value), "Y?")
            return None
        year, end = edtf_year(value), word.end()
        context.name(value, aside=after is None and is_aside(text, at, end))
        context.end = end
    gap = _AFTER_YEAR.match(text, end)
    place = gap.end() if gap else end
    if (month := _MONTH.match(text, place)) and (point := _month(text, at, month, year, context)):
        context.framed &= year != context.bare()
        return point
    if point := _months(text, at, place, year) or _quarter(text, at, place, year):
        return point
    if lean:
        if known and (season := _PART.match(text, end)) and season["season"]:
            return Point(at, season.end(), f"{year}-{_SEASONS[season['season']]}", "q")
        part = _LEAN_PART.match(text, end)
        if part and known and lean != "当年":
            return Point(at, part.end(), year, "y", vague=True, score=0.9)
        if lean in ("同年", "次年", "翌年", "隔年") and known:
            return Point(at, end, year, "y", score=0.8)
        return None
    if part := _PART.match(text, end):
        if part["season"]:
            return Point(at, part.end(), f"{year}-{_SEASONS[part['season']]}", "q")
        return Point(at, part.end(), year, "y", vague=True)
    return Point(at, end, year, "y")


def _year(match: re.Match[str]) -> int | None:
    if era := match["era"]:
        return in_era(match["of"], era)
    if match["roc"]:
        value = int(match["roc"])
        return value + 1911 if value < 50 or value >= 100 else value + 1900
    if match["short"]:
        return 2000 + int(match["short"])
    return 2000 if match["year"] == "二千" else whole_number(match["year"])


def _month(text: str, start: int, match: re.Match[str], year: str, context: Context) -> Point | None:
    month = whole_number(match["month"])
    if month is None or not 1 <= month <= 12:
        return None
    edtf = f"{year}-{month:02d}"
    if year == context.bare():
        context.month = edtf if year != "XXXX" else None
    if day := _DAY.match(text, match.end()):
        number = whole_number(day["day"])
        if number and 1 <= number <= 31:
            return Point(start, day.end(), f"{edtf}-{number:02d}", "d")
    if days := _DAYS.match(text, match.end()):
        first, last = whole_number(days["a"]), whole_number(days["b"])
        if first and last and first < last <= 31:
            return Point(start, days.end(), f"{edtf}-{first:02d}", "d", last=f"{edtf}-{last:02d}")
    if part := _MONTH_PART.match(text, match.end()):
        return Point(start, part.end(), edtf, "m", vague=True)
    return Point(start, match.end(), edtf, "m")


_TO_QUARTER = pattern(rf"{S}[-至到]{S}(?:第{S})?([1-4一二三四])季度?")


def _quarter(text: str, start: int, at: int, year: str) -> Point | None:
    match = _QUARTER.match(text, at)
    if not match:
        return None
    if half := match["half"]:
        return Point(start, match.end(), f"{year}-{40 if half in ('上半年', '前半年', 'H1') else 41}", "q")
    if to := match["to"]:
        last = {"二": 34, "两": 34}.get(to[1], 35)
        return Point(start, match.end(), f"{year}-33", "q", last=f"{year}-{last}")
    if match["qa"]:
        first, second = whole_number(match["qa"]), whole_number(match["qb"])
        return Point(start, match.end(), f"{year}-{32 + (first or 1)}", "q", last=f"{year}-{32 + (second or 4)}")
    digit = match["q"] or match["q2"] or match["q3"] or ("1" if match["first"] else "4")
    edtf = f"{year}-{32 + (whole_number(digit) or 1)}"
    if more := _TO_QUARTER.match(text, match.end()):
        return Point(start, more.end(), edtf, "q", last=f"{year}-{32 + (whole_number(more[1]) or 4)}")
    return Point(start, match.end(), edtf, "q")


def _months(text: str, start: int, at: int, year: str) -> Point | None:
    """3至5月, 三、四月: only the last has the word."""
    match = _MONTHS.match(text, at)
    if not match:
        return None
    first, last = whole_number(match["a"]), whole_number(match["b"])
    if not first or not last or not first < last <= 12:
        return None
    return Point(start, match.end(), f"{year}-{first:02d}", "m", last=f"{year}-{last:02d}")


_NOT_A_MONTH = pattern(r"(?:革命|王朝)")


def _without_year(text: str, at: int, context: Context, after: Point | None) -> Point | None:
    shared = after.edtf[:4] if after and after.unit in "ymdq" else None
    same_month = text.startswith("同月", at)
    if same_month and (day := _DAY.match(text, at + 2)) and (number := whole_number(day["day"])):
        return Point(at, day.end(), f"{context.month or 'XXXX-XX'}-{number:02d}", "d")
    if (match := _MONTH.match(text, at)) and not _NOT_A_MONTH.match(text, match.end()):
        if text[at - 1 : at] in ("个", "数", "几", "第") and at:
            return None
        year = shared or context.of_month(
            whole_number(match["month"]) or 0, text[context.end : at] if context.end >= 0 else None
        )
        return _month(text, at, match, year, context)
    if after and after.unit == "d" and (day := _DAY.match(text, at)) and (number := whole_number(day["day"])):
        return Point(at, day.end(), f"{after.edtf[:-2]}{number:02d}", "d")
    if months := _months(text, at, at, shared or context.of_month(1)):
        return months
    if quarter := _quarter(text, at, at, shared or context.bare()):
        if text[at] in "QH" and at and text[at - 1].isalnum() and text[at - 1].isascii():
            return None
        return quarter
    if at > 1 and (day := _DAY_OF_THIS.match(text, at)) and (number := whole_number(day["day"])) and number <= 31:
        month = context.month if text[at - 2] == "当" else None
        return Point(at, day.end(), f"{month or 'XXXX-XX'}-{number:02d}", "d", score=0.8)
    if after is None and (day := _DAY_ALONE.match(text, at)) and 1 <= int(day[1]) <= 31:
        month = None if text[max(0, at - 2) : at] in ("本月", "上月", "下月") else context.month
        return Point(at, day.end(), f"{month or 'XXXX-XX'}-{int(day[1]):02d}", "d", score=0.8)
    return None
