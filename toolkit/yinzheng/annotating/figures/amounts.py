"""Money, percentages, measures and spans of time: numbers with a unit, their ranges and their lists."""

from __future__ import annotations

import re
from dataclasses import replace

from ...numerals import pattern
from ...records import Bound
from ..found import Figure
from .bounds import before, edged
from .items import Item, iso, item, next_item, rounded
from .numbers import DIGIT, Number
from .units import Unit, unit_at

_SEP = pattern(
    r" ?(?:- to (?=[0-9])|-|—{1,2}|至|到|乃至) ?(?:约|近|少)?| (?:to|through) (?:about |around |nearly |almost "
    r"|more than "
    r"|over )?"
)
_AND = pattern(r" (?:and|to) (?:about |around )?")
_OR = pattern(r" or |或")
_LISTED = pattern(
    rf"{DIGIT}(?:(?: ?[/、] ?|,? ?(?:和|及|与|或) ?|, (?:and |or )?| (?:and|or) ){DIGIT}){{1,7}}(?![0-9.])"
)
_FROM = pattern(r"(?:(?<![A-Za-z])from|从|由|自)[ ]?\Z", re.I)
_CHANGE = pattern(
    r"(?i:\b(?:ris|ros|fall|fell|grow|grew|increas|decreas|rais|reduc|cut|drop|declin|jump|climb|slip|shr[aiu]nk"
    r"|expand|surg|soar|plung|edg|mov|go|went|chang|up|down|widen|narrow|improv|lower|shift|doubl|swell|swung)[a-z]*)"
    r"|[升降增减涨跌扩缩变改调提]"
)
_BETWEEN = pattern(r"(?<![A-Za-z])between \Z", re.I)
_UNEVEN = pattern(r"[ ]?(?:不等|之间|范围|区间)")


def amount(text: str, n: Number) -> Figure | None:
    """The money, percentage, measure or span of time whose first number is given, or None."""
    first = item(text, n)
    between = _BETWEEN.search(text, max(0, first.start - 10), first.start)
    found = _range(text, first, bool(between)) or _list(text, first) or _single(text, first)
    if found is None:
        return None
    if (between and found.min is not None) or (between and found.duration and "/" in found.duration):
        return replace(found, start=between.start())
    return found


def _moved(found: Figure, start: int, end: int) -> Figure:
    return replace(found, start=start, end=end)


def _range(text: str, first: Item, between: bool) -> Figure | None:
    if first.number.high is not None and not first.unit:
        return None
    sep = _SEP.match(text, first.end) or (_AND.match(text, first.end) if between else None)
    loose = None
    if not sep and not first.unit and (loose := _OR.match(text, first.end)):
        sep = loose
    if not sep:
        return None
    second = next_item(text, sep.end())
    if second is None or second.number.low is None:
        return None
    if second.unit is None:
        if first.unit is None or not first.prefixed:
            return None
        second.unit = first.unit
    if first.unit is not None and first.unit != second.unit and not _open_currency(first.unit, second.unit):
        return None
    if loose and second.low != first.low + 1:
        return None
    if sep.group() == "-" and text[first.end - 1].isalpha() and first.unit is None and first.number.kind == "english":
        return None
    low, high = first.low, second.number.high if second.number.high is not None else second.low
    if (
        first.number.scale == 1
        and second.number.scale > 1
        and first.low <= second.number.mantissa
        and (first.unit is None or first.prefixed)
    ):
        low *= second.number.scale
    if (
        _FROM.search(text, max(0, first.start - 6), first.start)
        and second.unit.label in ("PERCENT", "MONEY", "QUANTITY")
        and first.unit
        and not _UNEVEN.match(text, second.end)
    ) and (low > high or _CHANGE.search(text[max(0, first.start - 48) : first.start])):
        return None
    if low >= high:
        return None
    return _figure(text, first.start, second.end, second.unit, low, high, approx=first.approx or second.approx)


def _open_currency(first: Unit, second: Unit) -> bool:
    return first.label == second.label == "MONEY" and None in (first.code, second.code)


_FRACTIONS = frozenset(["1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "1/8", "1/10"])


def _list(text: str, first: Item) -> Figure | None:
    """22/28納米; 3、5和7納米; 22 and 28 nm: numbers that share one unit."""
    if (
        first.unit is not None
        or first.number.scale != 1
        or (text[first.start - 1 : first.start] in ("/", "-") and first.start)
    ):
        return None
    match = _LISTED.match(text, first.start)
    if not match or not (behind := unit_at(text, match.end())):
        return None
    end, unit = behind
    slashed = "/" in match.group()
    if not (unit.label == "QUANTITY" or (unit.label == "PERCENT" and not slashed and unit.code in ("%", "pp"))):
        return None
    values = [float(re.sub("[, ]", "", value)) for value in re.findall(DIGIT, match.group())]
    if match.group() in _FRACTIONS and unit.code != "nm":
        value = rounded(values[0] / values[1])
        return edged(text, Figure(start=first.start, end=end, label=unit.label, value=round(value, 4), unit=unit.code))
    if any(1900 <= value < 2100 for value in values[:-1]):
        return None
    listed = tuple(rounded(value * unit.factor) for value in values)
    return edged(text, Figure(start=first.start, end=end, label=unit.label, value_list=listed, unit=unit.code))


def _single(text: str, first: Item) -> Figure | None:
    unit, n = first.unit, first.number
    if unit is None:
        return None
    if n.high is not None:
        return _figure(text, first.start, first.end, unit, n.low, n.high, approx=True)
    if not _is_sound(text, first):
        return None
    low = first.low
    if unit.label in ("DATE", "TIME"):
        return _duration(text, first)
    return _figure(text, first.start, first.end, unit, low, None, approx=first.approx, bound=first.bound, bare=n.bare)


_IN_A_ROW = pattern(r"(?:连续?|过去|近)\Z")
_SPEED = pattern("[速航]")
_BEFORE_ONE = pattern(r"[这那每某同前后上下新另第有头同当逐年月日天]\Z")


def _is_sound(text: str, first: Item) -> bool:
    """Whether the number and the unit are meant as such: not 一角, 三元, 這一年."""
    unit, n = first.unit, first.number
    assert unit is not None
    if n.kind == "english":
        return not (n.low == 1 and unit.code == "D" and text[n.start : n.start + 4].lower() == "one ")
    if unit.code == "%" and unit.factor == 10:
        follow = text[first.end : first.end + 2]
        if n.low > 10 or (follow[:1] == "年" and follow[1:] not in ("轻", "青")):
            return False  # 1.4億成年人
    if unit.code == "Q" and text[first.end - 1] == "季" and n.low < 5:
        return bool(_IN_A_ROW.search(text, max(0, first.start - 3), first.start))
    if unit.code == "[nmi_i]/h" and text[first.end - 1] == "节":
        return bool(_SPEED.search(text, max(0, first.start - 12), first.start))
    if n.kind != "chinese":
        return True
    if unit.label == "MONEY" and unit.code is None and n.low < 10 and not first.prefixed:
        return text[n.end : first.end] == "元" and text[first.end : first.end + 1] in tuple("，。,;)、的以左至到钱")
    if (
        unit.code in ("{chi}", "{cun}", "{li}", "{jin}", "{shi}", "{dan}", "{dou}", "{zhang}", "{hu}")
        and not first.more
        and n.low < 10
        and n.low == int(n.low)
    ):
        return False
    if unit.code == "{jia}" and n.low < 10 and not before(text, n.start).bound:
        return False
    left = text[max(0, n.start - 1) : n.start]
    if n.low == 1 and n.end - n.start == 1:
        if unit.label in ("DATE", "TIME") and (
            _BEFORE_ONE.search(left) or unit.code in ("D", "TS") or text.startswith("度", first.end)
        ):
            return bool(before(text, first.start).bound)
        if unit.code == "%" and unit.factor == 10 and text[first.end : first.end + 1] in "不":
            return False
    return True


def _figure(
    text: str,
    start: int,
    end: int,
    unit: Unit,
    low: float,
    high: float | None,
    approx: bool = False,
    bound: Bound | None = None,
    bare: bool = False,
) -> Figure | None:
    if unit.label in ("DATE", "TIME") and high is not None:
        return edged(
            text,
            Figure(
                start=start, end=end, label=unit.label, duration=f"{iso(unit, low)}/{iso(unit, high)}", approx=approx
            ),
        )
    low, high = rounded(low * unit.factor), None if high is None else rounded(high * unit.factor)
    if high is not None:
        found = Figure(start=start, end=end, label=unit.label, min=low, max=high, unit=unit.code, approx=approx)
    else:
        found = Figure(start=start, end=end, label=unit.label, value=low, unit=unit.code, approx=approx, bound=bound)
    whole = edged(text, found, bare)
    if bare and unit.label != "MONEY" and whole.start == start and not whole.bound:
        return None
    return whole


_JOINT = pattern(r"零|又| and |")


def _duration(text: str, first: Item) -> Figure | None:
    unit = first.unit
    assert unit is not None
    duration, end = iso(unit, first.low), first.end
    finer = {"Y": ("M", "D"), "M": ("D",), "TH": ("TM",), "TM": ("TS",)}.get(unit.code or "", ())
    if finer and not first.more and (joint := _JOINT.match(text, end)) and joint.end() < len(text):
        second = next_item(text, joint.end())
        if (
            second
            and second.unit
            and second.unit.code in finer
            and second.unit.label == unit.label
            and second.number.high is None
            and second.bound is None
        ):
            duration += iso(second.unit, second.low).removeprefix("PT").removeprefix("P")
            end = second.end
    found = Figure(
        start=first.start, end=end, label=unit.label, duration=duration, approx=first.approx, bound=first.bound
    )
    whole = edged(text, found, first.number.bare)
    return (
        None if first.number.bare and (whole.start, whole.end) == (first.start, end) and whole.bound is None else whole
    )
