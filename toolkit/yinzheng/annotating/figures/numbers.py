"""Numbers: where one stands in the plain text, and what it is worth, in digits, Chinese, English and mixtures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from ...numerals import DIGITS, MYRIADS, NUMERALS, TENS, chinese, measures, pattern
from ...records import Bound

S = r"[ ]?"
# 4,862 or, with any kind of space, 4 862
DIGIT = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|(?<![0-9][ ,.])[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9,]|\.[0-9]{4})"
    r"|[0-9]+)(?:\.[0-9]+)?"
)
ONES = "".join(DIGITS)
_SCALE = r"(?:[百千万亿]|兆(?![瓦赫帕焦欧伏位字比周]))"
# 5千米 is 5 km; 三千米 are 3000 m.
_DIGIT_SCALE = rf"(?:十(?=[万亿])|百(?!万瓦)|千(?![瓦赫米克卡焦帕伏字])|{_SCALE[3:-1].replace('[百千万亿]', '[万亿]')})"


@dataclass(frozen=True, slots=True)
class Number:
    """``low``: its value; with ``high`` it is a range. ``mantissa, scale``: before 万, 亿, million …, and that.

    ``kind``: "digits", "chinese" or "english". ``bare``: a power of ten alone (百, 千万), which needs a word beside it.
    """

    start: int
    end: int
    low: float
    high: float | None = None
    approx: bool = False
    bound: Bound | None = None
    scale: float = 1
    kind: str = "digits"
    bare: bool = False

    @property
    def mantissa(self) -> float:
        return self.low / self.scale


_VAGUE = pattern(r"[几数](?P<scale>[十百千万亿兆]+)(?P<more>[余多来])?(?P<rest>[万亿兆]*)")
_MIXED = pattern(
    rf"(?P<digits>{DIGIT})(?:{S}(?P<more>[余多来几])?{S}(?P<scale>{_DIGIT_SCALE}+)"
    rf"(?P<tail>(?:零?{DIGIT}{_DIGIT_SCALE}+|[{ONES}]{_DIGIT_SCALE}+)*(?:零?(?:[0-9],[0-9]{{3}}|[0-9]{{1,4}})(?![0-9年月]|[.,][0-9]))?))?"
)
_NEXT_TO = pattern(
    r"(?P<head>(?:[一二三四五六七八九]?[百千])?(?:[一二三四五六七八九]?十)?)(?P<a>[一二三四五六七八九两])(?P<mark>、)?"
    r"(?P<b>[二两三四五六七八九])"
    r"(?P<scale>[十百千万亿]*)(?P<more>[余多])?(?P<rest>[万亿]*)"
)
_HAN = pattern(
    rf"(?:[{NUMERALS}]|(?<=[十百千])[几数](?=[万亿个家名项年人月天位种次件岁艘架座所条成])"
    rf"|(?<=[{ONES}十])点(?=[{ONES}]))+"
)
_PREFIXED_UNIT = pattern(r"千(?:瓦|赫|伏|帕|焦|卡|克|字节)|兆(?:瓦|赫|帕|焦|欧|伏|字节|位|比特)")
_ALONE_NO_NUMBER = frozenset("零〇壹贰叁肆伍陆柒捌玖拾佰仟")  # 零件, 大陆, 隊伍
_WEEKDAY = pattern(r"(?:星期|礼拜|(?<!每)周)\Z")
_MORE = pattern(r"[余多来](?![源自讲到讨元年月者数半家])")


def number(text: str, at: int) -> Number | None:
    """The number that begins at an offset of a plain text, if one does."""
    c = text[at]
    if c.isascii():
        return _digits(text, at) if c.isdigit() else english(text, at)
    if c in "几数":
        return _vague(text, at)
    return _chinese(text, at) if c in NUMERALS else None


def _digits(text: str, at: int) -> Number | None:
    match = _MIXED.match(text, at)
    if not match or match.end("digits") - at > 30:
        return None
    digits = float(match["digits"].replace(",", "").replace(" ", ""))
    if not match["scale"]:
        if scaled := _english_scale(text, match.end()):
            return Number(at, scaled[0], digits * scaled[1], scale=scaled[1])
        return Number(at, match.end(), digits)
    scale = chinese("1" + match["scale"]) or 1.0
    low = digits * scale
    if match["tail"]:
        low = chinese((match["digits"] + match["scale"] + match["tail"]).replace(" ", "")) or low
    more = match["more"]
    if more == "几":
        return Number(at, match.end(), low + scale, low + 9 * scale, approx=True, scale=scale)
    return Number(at, match.end(), low, approx=more == "来", bound=">=" if more in ("余", "多") else None, scale=scale)


def _vague(text: str, at: int) -> Number | None:
    """数十亿: from two to nine of them."""
    match = _VAGUE.match(text, at)
    if not match:
        return None
    unit = (chinese(match["scale"]) or 1) * (chinese(match["rest"]) or 1 if match["rest"] else 1)
    return Number(at, match.end(), 2 * unit, 9 * unit, approx=True, kind="chinese")


_MORE_SCALE = pattern(rf"([余多来])({S}[万亿]+)")


def _chinese(text: str, at: int) -> Number | None:
    if (match := _NEXT_TO.match(text, at)) and (found := _next_to(match)):
        return found
    match = _HAN.match(text, at)
    if not match or match.end() - at > 40:
        return None
    numeral, end = match.group(), match.end()
    if numeral in _ALONE_NO_NUMBER or (at and end - at == 1 and _WEEKDAY.search(text, max(0, at - 3), at)):
        return None
    if len(numeral) > 1 and (
        _PREFIXED_UNIT.match(text, end - 1) or (numeral[-1] == "千" and numeral[-2] in "十百千万")
    ):
        numeral, end = numeral[:-1], end - 1  # 三千瓦, 五十兆字节, 一百千米
    if len(numeral) > 1 and numeral[-1] == "两" and numeral[-2] in "十百千万亿":
        numeral, end = numeral[:-1], end - 1  # 四千兩 of silver
    numeral = numeral.replace("数", "几")
    if "几" in numeral:
        head, _, rest = numeral.partition("几")
        low, unit = chinese(head), {"十": 1.0, "百": 10.0, "千": 100.0}.get(head[-1:], 1.0)
        scale = chinese("一" + rest) or 1.0
        if low is None:
            return None
        return Number(at, end, (low + unit) * scale, (low + 9 * unit) * scale, approx=True, kind="chinese", scale=scale)
    value = chinese(numeral)
    if value is None:
        return None
    scale = next((float(MYRIADS[c]) for c in reversed(numeral) if c in MYRIADS), 1.0) if numeral[-1] in MYRIADS else 1.0
    bare = all(c in MYRIADS or c in "百千佰仟" for c in numeral)
    found = Number(at, end, value, scale=scale, kind="chinese", bare=bare)
    if numeral[-1] in TENS and (more := _MORE_SCALE.match(text, end)):
        scale = chinese("一" + more[2].strip()) or 1.0
        bound: Bound | None = None if more[1] == "来" else ">="
        found = replace(
            found, end=more.end(), low=value * scale, scale=scale, bound=bound, approx=bound is None, bare=False
        )
    return found


def _next_to(match: re.Match[str]) -> Number | None:
    """三四十, 十七八, 五六百万, 一两: two digits side by side are from the one to the other."""
    a, b = DIGITS[match["a"]], DIGITS[match["b"]]
    if not (b == a + 1 or (a, b) == (3, 5)):
        return None
    text, end = match.string, match.end()
    if match["mark"] and not match["scale"] and text[end : end + 1] not in ("个", "天", "倍", "成"):
        return None
    if text[end : end + 1] in DIGITS or (not match["scale"] and match["more"]):
        return None  # 二三四, 一二〇
    head = (chinese(match["head"]) or 0.0) if match["head"] else 0.0
    if head and (head % 100 if match["scale"] else head % 10):
        return None
    scale = (chinese("一" + match["scale"]) or 1.0) * ((chinese("一" + match["rest"]) or 1.0) if match["rest"] else 1.0)
    step = 1.0
    if match["scale"] and head:
        head /= scale if scale < 100 else 1
        if scale >= 100:
            return None
    return Number(
        match.start(),
        end,
        (head + a * step) * scale,
        (head + b * step) * scale,
        approx=True,
        kind="chinese",
        scale=scale,
    )


@cache
def _english() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = measures()
    ones = "|".join(word for word, value in table.cardinals.items() if 0 < value < 20)
    tens = "|".join(word for word, value in table.cardinals.items() if value >= 20)
    below_hundred = rf"(?:(?:{tens})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine)\b)?|(?:{ones}))"
    below_thousand = rf"(?:(?:an?|{ones})[- ]hundred(?:(?: and|)[- ]{below_hundred})?|{below_hundred})"
    half = r"(?:[ -]and[ -]a[ -]half| and one[- ]half)"
    scales = "thousand|million|billion|trillion"
    whole = pattern(
        rf"(?P<a>(?:a quarter[ -](?:of )?(?:a )?(?=(?:{scales})\b)|half an? |half[ -]|an? )(?=(?:hundred|{scales}"
        rf"|dozen)\b)|(?:half )?an? (?=(?:century|decade)\b)"
        rf"|half an? (?=(?:year|month|day|hour|minute|mile|inch|ton|tonne|percent|percentage|per cent)\b)"
        rf"|an? (?=(?:year|month|week) (?:later|earlier|ago|after|before|and a half)\b)"
        rf"|{below_thousand}\b(?P<half>{half})?|half[- ](?=dozen))"
        rf"(?:[- ]?(?P<scale>(?:hundred|{scales}|dozen)(?:[- ](?:{scales}))?)\b(?!s))?"
        rf"(?P<rest> (?:and )?{below_thousand}(?: thousand)?(?:,? (?:and )?{below_hundred})?\b)?(?P<late>{half}"
        rf"(?= ))?",
        re.I,
    )
    vague = pattern(
        rf"(?P<few>(?:a few|several|a couple of|many) )?(?P<many>tens|dozens|scores|hundreds|thousands|millions"
        rf"|billions|trillions)"
        rf"(?: of (?P<of>tens of thousands|(?:hundred|thousand|million|billion|trillion)s)|(?P<to> to (?=hundreds)))?\b"
        rf"|(?:several|a few|a couple of) (?P<one>(?:hundred|dozen|{scales})(?:[- ](?:{scales}))?)\b",
        re.I,
    )
    scale = pattern(rf"[ -]?(?P<scale>(?:hundred|{scales})(?:[- ](?:{scales}))?|mn|bn|tn|trn)\b", re.I)
    return whole, vague, scale


_TENS = {"tens": 10.0, "dozens": 12.0, "scores": 20.0}


def _scale_of(words: str) -> float:
    value = 1.0
    for word in re.findall(r"[a-z]+", words.lower()):
        value *= _TENS.get(word) or measures().scales.get(word.removesuffix("s"), 1.0)
    return value


def _english_scale(text: str, at: int) -> tuple[int, float] | None:
    if text[at : at + 1] not in (" ", "-") and not text[at : at + 1].isalpha():
        return None
    match = _english()[2].match(text, at)
    return (match.end(), _scale_of(match["scale"])) if match else None


def english(text: str, at: int) -> Number | None:
    """A number in English words, hundreds of thousands and a few hundred among them."""
    whole, vague, _ = _english()
    if match := vague.match(text, at):
        scale = _scale_of(match["one"] or match["many"] + " " + (match["of"] or ""))
        return Number(at, match.end(), 2 * scale, 9 * scale, approx=True, kind="english")
    match = whole.match(text, at)
    if not match or match.end() == at:
        return None
    words = match["a"].lower()
    scale = _scale_of(match["scale"]) if match["scale"] else 1.0
    if words.startswith("half"):
        low = 0.5
    elif words.startswith("a quarter"):
        low = 0.25
    elif words.strip() in ("a", "an", ""):
        low = 1.0
        if not match["scale"] and match.end() == at:
            return None
    else:
        low = _below_thousand(words)
    low *= scale
    end = match.end()
    if match["rest"]:
        if match["scale"] is None or "dozen" in match["scale"].lower():
            end = match.start("rest")
        else:
            low += _below_thousand(match["rest"].lower())
    if match["late"] and end == match.end():
        low += 0.5 * scale
    return Number(at, end, low, scale=scale, kind="english")


def _below_thousand(words: str) -> float:
    total = 0.0
    current = 0.0
    cardinals = measures().cardinals
    for word in re.findall(r"[a-z]+", words):
        if word == "hundred":
            current = (current or 1) * 100
        elif word == "thousand":
            total, current = total + current * 1000, 0.0
        elif word == "half":
            current += 0.5
        elif (word in cardinals and word != "one") or (word == "one" and "half" not in words):
            current += cardinals[word]
        elif word == "one":
            current += 1 if not words.rstrip().endswith("one half") else 0
    return total + current
