"""A number with what stands against it: sign, currency, unit, and what a unit says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...numerals import chinese, pattern
from ...records import Bound
from .numbers import Number, number
from .units import Unit, table, unit_at


@dataclass(slots=True)
class Item:
    """A number with what stands against it: ``start, end`` with sign, currency and unit; ``more`` behind the unit."""

    number: Number
    start: int
    end: int
    unit: Unit | None = None
    sign: int = 1
    more: float = 0.0
    bound: Bound | None = None
    approx: bool = False
    prefixed: bool = False

    @property
    def low(self) -> float:
        return self.sign * (self.number.low + self.more)


_MONEY_SCALE = pattern(r" ?(?:(?P<m>m|M|mil)|(?P<b>b|B)|(?P<k>k|K)|(?P<t>T|tr))(?![A-Za-z0-9])")
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_MORE = pattern(r"[ ]?(?P<more>[余多来])(?![源自])")
_COUNTED_MORE = pattern(r"个(?P<what>多|半|余)(?P<unit>月|小时|世纪|钟头|星期|学期)")
_UNIT_MORE = pattern(
    r"(?P<half>半(?![导岛数个价天夜成壁途路官封殖]))"
    r"|(?P<more>[余多](?![年数种个项家名元少方边样次极余国哈伦边党]))"
)
_TENTHS = pattern(
    r"半(?!导|数)|[一二三四五六七八九](?![成个家名项年人月十百千万亿])|(?<=[0-9]成)[1-9](?![0-9.])"
)  # 三成五
_NAMED_YUAN = pattern(
    r"[ ]?(?:\((?P<a>人民币|新台币|台币|港币|美金)(?:[,，]?下同)?\)|(?P<b>人民币|新台币|台币|港币|美金))"
)
_MINUS = pattern(
    r"(?:(?<![0-9A-Za-z)\]%℃℉°‰一-鿿])[-−]|(?<![一-鿿])负|(?<=[为至到是于率达的])负|(?<![A-Za-z])minus )\Z",
    re.I,
)


def item(text: str, n: Number) -> Item:
    """The number with its sign, currency and unit."""
    found = Item(n, n.start, n.end, bound=n.bound, approx=n.approx)
    prefix = table().money.search(text, max(0, n.start - 12), n.start)
    if (
        prefix
        and prefix.group()[0].isalpha()
        and text[max(0, prefix.start() - 2) : prefix.start()].strip()[-1:].isdigit()
    ):
        prefix = None  # 17 USD 25
    if prefix:
        word = prefix.group().strip()
        found.start, found.unit, found.prefixed = (
            prefix.start(),
            table().units.get(word) or table().units.get(word.replace(" ", "")),
            True,
        )
        if (scale := _MONEY_SCALE.match(text, n.end)) and n.kind == "digits" and n.scale == 1:
            factor = _SCALES[scale.lastgroup or "k"]
            found.number = Number(n.start, scale.end(), n.low * factor, scale=factor)
            found.end = scale.end()
    if minus := _MINUS.search(text, max(0, found.start - 7), found.start):
        found.start, found.sign = minus.start(), -1
    end = found.end
    if more := _MORE.match(text, end):
        end = more.end()
    if counted := _COUNTED_MORE.match(text, end):
        unit = table().units.get("个" + counted["unit"])
        if unit:
            found.unit, found.end = unit, counted.end()
            if counted["what"] == "半":
                found.more = 0.5
            else:
                found.bound = ">="
            return found
    unit_found = unit_at(text, end)
    if unit_found is None and n.kind == "english" and n.high and text.startswith(" of ", end):
        unit_found = unit_at(text, end + 3)  # hundreds of miles
    if unit_found is None and text.startswith((" of a ", " of one "), end):
        unit_found = unit_at(text, text.index(" ", end + 4))  # 0.1 of a percentage point
        unit_found = unit_found if unit_found and unit_found[1].label == "PERCENT" else None
    if unit_found is None and (degrees := _degrees(text, found, end)):
        return degrees
    if found.prefixed:
        if (
            unit_found
            and unit_found[1].label == "MONEY"
            and (unit_found[1].code == (found.unit and found.unit.code) or unit_found[1].code is None)
        ):
            found.end = unit_found[0]
        elif more and unit_found is None:
            found.end = more.end()
        if more and found.end >= more.end():
            found.bound = ">=" if more["more"] != "来" else None
        return found
    if unit_found is None and more and re.match(r"(?:名|家|个|项|人|国)", text[end : end + 1]):
        return found
    if unit_found:
        found.end, found.unit = unit_found
        if found.sign < 0 and unit_found[1].label in ("DATE", "TIME"):
            found.start, found.sign = n.start, 1  # no time is shorter than none: a dash
        if more:
            found.bound, found.approx = (">=", found.approx) if more["more"] != "来" else (found.bound, True)
        _behind_unit(text, found)
    return found


_DEGREE = pattern(r"[ ]?度(?![假过电角量]|以为)")
_SCALE_OF = pattern(r"(?P<cel>摄氏)|(?P<deg>[北南]纬|[东西]经)|(?P<fahrenheit>华氏)|(?P<below>零下|摄氏零下)")
_BEFORE_DEGREE = pattern(rf"(?:{_SCALE_OF.pattern})[ ]?\Z")
_WARM = pattern(r"[温热暖寒冷]")


def _degrees(text: str, found: Item, end: int) -> Item | None:
    """攝氏25度, 升溫1.5度, 北緯38度: what is measured in degrees says the words before."""
    match = _DEGREE.match(text, end)
    left = text[max(0, found.start - 12) : found.start]
    scale = _BEFORE_DEGREE.search(left)
    if not match or (found.number.kind == "chinese" and not scale and found.number.low < 10):
        return None
    code = "Cel" if _WARM.search(left) else "kW.h" if found.number.low >= 1e4 or "电" in left else None
    if scale:
        code = "deg" if scale["deg"] else "[degF]" if scale["fahrenheit"] else "Cel"
        found.start -= len(left) - scale.start()
        found.sign = -1 if scale["below"] else found.sign
    found.end, found.unit = match.end(), Unit("QUANTITY", code)
    return found


_SMALLER = {
    code: (pattern(rf"[ ]?(?P<n>[1-9][0-9]?(?:\.[0-9])?|[一二两三四五六七八九十]{{1,2}})[ ]?(?:{word})"), share)
    for code, word, share in (
        ("{shi}", "斗(?!争)", 0.1),
        ("{zhang}", "尺", 0.1),
        ("{chi}", "寸", 0.1),
        ("[ft_i]", "英?[寸吋]|in(?:ch(?:es)?)?\\b", 1 / 12),
        ("{jin}", "两", 0.1),
    )
}  # 二石五斗, 5 feet 10 inches


def _behind_unit(text: str, found: Item) -> None:
    unit = found.unit
    assert unit is not None
    if unit.factor == 10 and (tail := _TENTHS.match(text, found.end)):
        tenths = 5.0 if tail.group() == "半" else chinese(tail.group())
        found.more, found.end = (tenths or 0.0) / 10, tail.end()
    elif unit.label == "MONEY" and unit.code is None and (named := _NAMED_YUAN.match(text, found.end)):
        code = table().units[named["a"] or named["b"]].code
        found.unit = Unit("MONEY", code)
        if named["b"]:
            found.end = named.end()
    elif (part := _SMALLER.get(unit.code or "")) and (rest := part[0].match(text, found.end)):
        found.more, found.end = (chinese(rest["n"]) or 0) * part[1], rest.end()
    elif found.bound is None and (more := _UNIT_MORE.match(text, found.end)):
        if more["half"] and (unit.code in ("Y", "TH", "C") or unit.label == "QUANTITY") and found.number.high is None:
            found.more, found.end = 0.5, more.end()
        elif more["more"] and (unit.label != "PERCENT" or unit.factor == 10):
            found.bound, found.end = ">=", more.end()


_MONEY = pattern(r"[-−]?(?:US|NT|HK|A|C|S|R|U\.S\.)?[$€£¥₩₹]|RMB ?|人民币|新台币|港币|台币")


def next_item(text: str, at: int) -> Item | None:
    """The number that begins at an offset, behind its currency if it has one."""
    if at >= len(text):
        return None
    if (c := text[at]) in "$€£¥₩₹￥-−" or c in "UNHRACS人新港台":
        money = _MONEY.match(text, at)
        if not money:
            return None
        at = money.end()
    n = number(text, at) if at < len(text) else None
    return item(text, n) if n else None


_PARTS = {
    "Y": (1, "Y"),
    "X": (10, "Y"),
    "C": (100, "Y"),
    "M": (1, "M"),
    "Q": (3, "M"),
    "W": (1, "W"),
    "D": (1, "D"),
    "TH": (1, "H"),
    "TM": (1, "M"),
    "TS": (1, "S"),
    "Tms": (0.001, "S"),
    "Tus": (1e-6, "S"),
}


def iso(unit: Unit, value: float) -> str:
    """A span of time in ISO 8601.

    >>> iso(Unit("DATE", "Y"), 1.5), iso(Unit("TIME", "TH"), 48), iso(Unit("DATE", "C"), 0.5)
    ('P1Y6M', 'PT48H', 'P50Y')
    """
    factor, letter = _PARTS[unit.code or "Y"]
    value = rounded(value * factor)
    time = "T" if unit.label == "TIME" else ""
    if value % 1 == 0.5 and letter in ("Y", "H"):
        whole = f"{int(value)}{letter}" if value > 1 else ""
        return f"P{time}{whole}{'6M' if letter == 'Y' else '30M'}"
    return f"P{time}{value:.10g}{letter}" if value < 1e10 else f"P{time}{int(value)}{letter}"


def rounded(value: float) -> float:
    """Without the noise of binary fractions: 3.3e12, not 3299999999999.9995."""
    return float(f"{value:.12g}")
