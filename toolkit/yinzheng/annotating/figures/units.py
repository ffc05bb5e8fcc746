"""Units behind a number: what a figure with that unit is, and its code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ...numerals import measures, pattern
from ...records import FigureLabel


class Unit(NamedTuple):
    """``code``: ISO 4217, UCUM, "%" or "pp"; for a span of time the letter of ISO 8601 ("TH": hours)."""

    label: FigureLabel
    code: str | None
    factor: float = 1


_PERCENT = {
    "%": Unit("PERCENT", "%"),
    "‰": Unit("PERCENT", "%", 0.1),
    "‱": Unit("PERCENT", "%", 0.01),
    "成": Unit("PERCENT", "%", 10),
    "个百分点": Unit("PERCENT", "pp"),
    "百分点": Unit("PERCENT", "pp"),
    "个基点": Unit("PERCENT", "pp", 0.01),
    "基点": Unit("PERCENT", "pp", 0.01),
}
_CHINESE_TIME = {
    "Y": "年 个年头 周年 岁 周岁 年级以上?",
    "M": "个月 个月份",
    "W": "周 星期 个星期 礼拜 个礼拜",
    "D": "天 日 个工作日 个交易日 个昼夜 昼夜",
    "Q": "个季度 季度 季",
    "C": "个世纪 世纪",
    "TH": "小时 个小时 钟头 个钟头",
    "TM": "分钟",
    "TS": "秒 秒钟",
    "Tms": "毫秒",
    "Tus": "微秒",
}
_ENGLISH_TIME = {
    "Y": "year years",
    "M": "month months",
    "W": "week weeks",
    "D": "day days working_day working_days business_days",
    "X": "decade decades",
    "C": "century centuries",
    "TH": "hour hours hrs",
    "TM": "minute minutes mins",
    "TS": "second seconds",
    "Tms": "millisecond milliseconds",
    "Tus": "microsecond microseconds",
}
_ENGLISH_PERCENT = {
    "per cent": Unit("PERCENT", "%"),
    "percent": Unit("PERCENT", "%"),
    "pct": Unit("PERCENT", "%"),
    "percentage point": Unit("PERCENT", "pp"),
    "percentage points": Unit("PERCENT", "pp"),
    "basis point": Unit("PERCENT", "pp", 0.01),
    "basis points": Unit("PERCENT", "pp", 0.01),
    "pp": Unit("PERCENT", "pp"),
    "bps": Unit("PERCENT", "pp", 0.01),
    "bp": Unit("PERCENT", "pp", 0.01),
}
# What must not follow a Chinese unit, because the two are another word.
_NOT_BEFORE = {
    "成": "为员立本功果熟就都效品分交因人长型象语千片绩份见形百",
    "元": "素件年老首旦月朝宇器帅代",
    "角": "度色落逐力洲",
    "块": "状",
    "米": "饭粮其尔兰线酒德国色格",
    "里": "程斯士约昂奥面根尼拉程兹",
    "升": "至到级级高降温值幅迁空学级任起",
    "克": "里拉服罗林什隆扎",
    "斤": "斤",
    "尺": "度寸",
    "寸": "步土",
    "瓦": "解斯尔伦砾格",
    "磅": "礴",
    "周": "边期年围刊转报一三五六恩末",
    "日": "本元圆益前常后报经产电方企裔美韩中俄德法英台币军核系",
    "天": "然津线下主文气体空才皇际",
    "年": "级龄轻青报货鉴度表糕代会薪",
    "季度": "",
    "季": "报节后风军赛",
    "甲": "级方等乙醇苯烷状板午戌子骨天虫基流",
    "秒": "杀",
    "两": "会岸国个种类次者性年党头边方侧端院制级极用难名家位人天",
    "文": "章件化字学献明本物书人体革盲艺",
    "贯": "彻穿通",
    "石": "油头家窟灰器刻材化墨英景",
    "担": "任保负心当架忧责",
    "斗": "争志气胆",
    "丈": "伕量",
    "方": "面案法式针圆程便块才位形向",
    "桶": "装",
    "码": "头",
    "节": "省能约点目日奏课车",
    "岁": "月",
    "世纪": "",
    "度": "",
    "赫": "",
    "伏": "击",
    "新元": "素",
    "坪": "",
    "铢": "",
}


def _any_of(words: Iterable[str], tail: str = "") -> str:
    """One pattern for many words, the longest first, under their first character."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        follow = _NOT_BEFORE.get(word)
        rests.setdefault(word[0], []).append(re.escape(word[1:]) + (f"(?![{follow}])" if follow else ""))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items()) + tail


class Table(NamedTuple):
    """Patterns, and what their words stand for."""

    chinese: re.Pattern[str]
    english: re.Pattern[str]
    symbol: re.Pattern[str]
    money: re.Pattern[str]  # a currency before a number
    counter: re.Pattern[str]
    units: dict[str, Unit]


def _label(kind: str, code: str) -> Unit:
    return Unit("MONEY" if kind == "currency" else "QUANTITY", code or None)


@cache
def table() -> Table:
    """Made at the first use."""
    known = measures()
    chinese = {word: _label(*measure) for word, measure in known.chinese.items()} | _PERCENT
    english = {word: _label(*measure) for word, measure in known.english.items()} | _ENGLISH_PERCENT
    symbols = {word: _label(*measure) for word, measure in known.symbols.items()}
    for times, units in ((_CHINESE_TIME, chinese), (_ENGLISH_TIME, english)):
        for code, line in times.items():
            label: FigureLabel = "TIME" if code[0] == "T" else "DATE"
            units.update((word.replace("_", " "), Unit(label, code)) for word in line.split() if "?" not in word)
    before = [word for word, unit in symbols.items() if unit.label == "MONEY"]
    named = [word for word in chinese if word.endswith(("币", "美金", "美元")) or word == "新台币元"]
    behind = {word: unit for word, unit in symbols.items() if unit.label != "MONEY" or word in "€£" or word.isalpha()}
    spaced = [word.replace(" ", "[- ]?") if " " in word else re.escape(word) for word in english]
    english |= {word.replace(" ", ""): unit for word, unit in english.items()}
    english |= {re.sub(r"[-. ]", "", word): unit for word, unit in english.items()}
    return Table(
        pattern(_any_of(chinese)),
        pattern(rf"(?:{'|'.join(sorted(spaced, key=len, reverse=True))})(?![A-Za-z])", re.I),
        pattern(rf"(?:{_any_of(behind)})(?![A-Za-z0-9])"),
        pattern(
            rf"(?:(?<![A-Za-z])(?:{_any_of(w for w in before if w[0].isalpha())})"
            rf"|{_any_of(w for w in before if not w[0].isalpha())}|{_any_of(named)}) ?\Z"
        ),
        pattern(_counters(known.counters)),
        symbols | english | chinese,
    )


def _counters(patterns: Iterable[str]) -> str:
    return "|".join(sorted(patterns, key=lambda pattern: -len(pattern.split("(")[0])))


_PER = pattern(r" ?/ ?|每(?=[^一-鿿]|立方|平方|公[顷升斤里]|毫升|[升克千吨秒])")
_OVER = pattern(
    r"(?P<d>day|d|日|天)|(?P<h>hour|hr|h|小时|时)|(?P<min>min|分钟|分)|(?P<s>sec|s|秒)|(?P<a>year|yr|a|年)"
    r"|(?P<person>capita|person|人)|(?P<cigarette>支)"
)


def _ratio(text: str, end: int, unit: Unit) -> tuple[int, Unit]:
    """A unit over another: mg/dL, μg/m³, kWh/m2, 微克/立方公尺, mg/kg/d."""
    while unit.label == "QUANTITY" and unit.code and (per := _PER.match(text, end)):
        known = table()
        if (match := known.symbol.match(text, per.end())) or (match := known.chinese.match(text, per.end())):
            code = known.units[match.group()].code
            if known.units[match.group()].label in ("DATE", "TIME"):
                code = None
            if code:
                end, unit = match.end(), unit._replace(code=f"{unit.code}/{code}")
                continue
        match = _OVER.match(text, per.end())
        if not match or (text[match.end() : match.end() + 1].isalnum() and match.group().isascii()):
            break
        over = match.lastgroup or ""
        end, unit = match.end(), unit._replace(code=f"{unit.code}/{over if len(over) < 4 else '{' + over + '}'}")
    return end, unit


def unit_at(text: str, at: int) -> tuple[int, Unit] | None:
    """The unit behind a number that ends at an offset, and where it ends."""
    c = text[at : at + 1]
    start = at
    if c in (" ", "-"):
        start += 1
        c = text[start : start + 1]
    if not c:
        return None
    known = table()
    if c > "⺀" or c in "%‰‱℃°":
        if c != "%" and (match := known.symbol.match(text, start)):
            return _ratio(text, match.end(), known.units[match.group()])
        if text[at] == "-":
            return None
        match = known.chinese.match(text, start)
        return _ratio(text, match.end(), known.units[match.group()]) if match else None
    if match := known.symbol.match(text, start):
        return _ratio(text, match.end(), known.units[match.group()])
    if match := known.english.match(text, start):
        word = re.sub(r"[- ]", " ", match.group().lower())
        unit = known.units.get(word) or known.units.get(re.sub(r"[-. ]", "", word))
        if unit and unit.label in ("DATE", "TIME") and match.group()[0].isupper():
            return None  # 60 Minutes, a programme
        if unit and unit.code == "GBP" and (word == "pound" or text.startswith(" of ", match.end())):
            unit = Unit("QUANTITY", "[lb_av]")
        return (match.end(), unit) if unit else None
    return None
