"""Stakes: what must never differ unseen between two texts that are otherwise the same.

Digits, number words, units with their case, currencies, negations and words of direction, read from the *stored*
text: letters fold the case of a unit (MW, mW), stakes do not. Two texts whose stakes differ are never the same, and
two that differ only in script, width, spacing or punctuation between words have the same stakes. Carrying, verifying
and figures all read them here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .letters import letters

Kind = Literal["number", "unit", "currency", "negation", "direction"]


@dataclass(frozen=True, slots=True)
class Stake:
    """One of them. ``value`` is its comparable form; ``start, end`` are code points of the stored text."""

    kind: Kind
    value: str
    start: int
    end: int


def stakes(text: str) -> list[Stake]:
    """The stakes of a text, in reading order.

    >>> [(stake.kind, stake.value) for stake in stakes("產量並未下降，仍有１,０００億美元")]
    [('negation', '未'), ('direction', '下降'), ('number', '1000'), ('number', '亿'), ('currency', '美元')]
    """
    found = []
    for match in _pattern().finditer(text.translate(_NARROW)):
        kind = match.lastgroup
        words = match.group()
        if kind == "number":
            found.append(Stake("number", _number(words), match.start(), match.end()))
        elif kind == "unit":
            found.append(Stake("unit", _cased(words), match.start(), match.end()))
        elif kind is not None:
            value = "not" if words.endswith(("'t", "’t")) else letters(words).text
            found.append(Stake(_KINDS[kind], value, match.start(), match.end()))
    return found


_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # one character for one: offsets stay


def same_stakes(one: str, other: str) -> bool:
    """Whether two texts have the same stakes in the same order."""
    return [(s.kind, s.value) for s in stakes(one)] == [(s.kind, s.value) for s in stakes(other)]


def _number(words: str) -> str:
    """1,000 and １０００ are 1000; a sign belongs to it."""
    return letters(words).text


def _cased(words: str) -> str:
    """A unit in its own case: MW is not mW. Full width and spacing are not part of it."""
    plain = unicodedata.normalize("NFKC", words.replace("²", "^2").replace("³", "^3"))
    return "".join(plain.split())


_KINDS: dict[str, Kind] = {
    "currency": "currency",
    "sign": "unit",
    "word": "number",
    "hanunit": "unit",
    "negation": "negation",
    "direction": "direction",
    "english": "number",
    "no": "negation",
    "way": "direction",
}

_CURRENCIES = (
    "新?[台臺]幣|新?[台臺]币|人民[幣币]|美元|美金|日元|日[圓圆]|[歐欧]元|英[鎊镑]|[韓韩]元|[韓韩][圓圆]|港元|港[幣币]|[盧卢]布|"
    "法郎|[馬马]克|澳元|加元|新加坡元|[盧卢]比|[銀银][圓圆]|US\\$|NT\\$|HK\\$|A\\$|C\\$|S\\$|RMB|USD|EUR|JPY|CNY|GBP|KRW|TWD|HKD|"
    "[$€£¥₩₹￥＄￡￦]|[Dd]ollars?|[Yy]en|[Ee]uros?|[Pp]ounds?|[Rr]enminbi|[Yy]uan|[Ww]on(?=[\\s.,;)]|$)|[Cc]ents?|元|[圓圆](?=[。，；）]|$)"
)
# After a number, spaced or not; the longer before the shorter.
_LATIN_UNITS = (
    "kWh|MWh|GWh|TWh|[kKMGT]?W(?![a-z])|mW|[kMG]?Hz|[kKMGTP]i?[Bb](?:ps|/s)?|[nµμmckd]?m(?:[²³2-3](?!\\d))?(?:/s²?|/h)?|km/h|[mkµμ]?g|"
    "[mk]?[lL]|ha|ft|mi|yd|lbs?|oz|[kM]?t|DWT|TEU|°\\s?[CF]|℃|℉|°|[mk]?V|m?A|[kM]?Pa|bps?|pp|dB|rpm|nm|wafers?|tons?|tonnes?|"
    "(?:kilo|nano|centi|milli)?met(?:er|re)s?|miles?|years?|months?|weeks?|days?|hours?|minutes?|seconds?|"
    "percentage points?|per\\s?cent|percent"
)
_HAN_UNITS = (
    "[個个]百分[點点]|百分[點点]|平方公里|立方[公英]?[米尺]|平方[公英]?[米尺]|公里|公斤|公[頃顷]|公[噸吨]|英里|英尺|英寸|海里|[納纳奈]米|微米|毫米|[釐厘]米|"
    "公分|公尺|毫克|千克|公克|毫升|公升|兆瓦|千瓦|[億亿]瓦|百[萬万]瓦|瓦|[噸吨]|米|尺|寸|哩|里|斤|克|升|[畝亩]|[頃顷]|[財财]年|年度|年代|世[紀纪]|"
    "[歲岁]|年|[個个]?月|[號号]|日|天|[週周]|小[時时]|分[鐘钟]|秒|成|倍|折|度"
)
_HAN_DIGITS = "〇○零一二兩两三四五六七八九十百千萬万億亿兆廿卅壹贰貳叁參肆伍陸陆柒捌玖拾佰仟半幾几數数"
_HAN_NUMBER = (
    "百分之|千分之|[萬万]分之|分之|[〇○零二兩两三四五六七八九十百千萬万億亿兆廿卅壹贰貳叁肆伍柒捌玖佰仟]+|"
    "[一幾几數数半](?=[〇○零一二兩两三四五六七八九十百千萬万億亿兆成倍])|一(?=[年月日天次個个名位家座片項项半成倍度])|一半"
)
_ENGLISH = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    "(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|halves|"
    "thirds?|quarters?|twice|thrice|double[ds]?|triple[ds]?|first|second|third|fourth|fifth|bn|tn"
)
_NEGATIONS = "不|[無无]|[沒没]|未|非|勿|莫|否|毋|[別别](?=[再去說说想讓让])|[難难]以|禁止|拒[絕绝]"
_NO = "not|no|never|neither|nor|none|nobody|nothing|without|cannot|hardly|scarcely|fails?|failed|refuse[ds]?"
_DIRECTIONS = (
    "上升|下降|上[漲涨]|下跌|上[調调]|下[調调]|上[揚扬]|下滑|回升|回落|升高|升值|[貶贬]值|降低|提高|提升|增加|增[長长]|增至|增到|增|"
    "[減减]少|[減减]至|[減减]|[擴扩]大|[縮缩]小|[擴扩][張张]|收[縮缩]|[漲涨]|跌|升|降|高[於于]|低[於于]|多[於于]|少[於于]|大[於于]|小[於于]|"
    "超[過过]|不足|不到|以上|以下|以[內内]|以外|[進进]口|出口|流入|流出|[順顺]差|逆差|盈利|[虧亏][損损]|[強强]化|弱化|加[強强]|削弱|"
    "支持|反[對对]|[贊赞]成|加速|放[緩缓]|至少|至多|[領领]先|落[後后]|之前|之[後后]|以前|以[後后]"
)
_WAYS = (
    "increas(?:e[ds]?|ing)|decreas(?:e[ds]?|ing)|r[io]se[sn]?|rising|fall(?:s|en|ing)?|fell|grow(?:s|n|th|ing)?|grew|"
    "declin(?:e[ds]?|ing)|drop(?:s|ped|ping)?|gain(?:s|ed)?|loss(?:es)?|lo(?:st|ses?)|more|less|fewer|higher|lower|above|"
    "below|over|under|up|down|exports?|imports?|surplus|deficit|expand(?:s|ed)?|shr[iau]nk|strengthen(?:s|ed)?|"
    "weaken(?:s|ed)?|support(?:s|ed)?|oppose[ds]?|before|after|at least|at most|within|beyond"
)
_SIGNS = "-－−+＋±<＜>＞≤≦≥≧=＝"
_NUMBER = (
    rf"(?:(?<![A-Za-z0-9０-９])[{_SIGNS}]\s?)?\d+(?:[,，]\s?\d{{3}}(?!\d)|[.．/／:：]\d+|\s?[-－–—~～]+\s?\d+)*"
    r"|[½⅓⅔¼¾⅛⅜⅝⅞¹²³⁰⁴-⁹①-⑳㉑-㉟]"
)
_STAKE = (
    rf"(?P<number>{_NUMBER})"
    rf"|(?P<unit>(?<=[\d０-９½%])[ \u00a0]?(?:{_LATIN_UNITS})(?![A-Za-z]))"
    rf"|(?P<currency>{_CURRENCIES})"
    r"|(?P<sign>[%％‰]|百分比)"
    rf"|(?P<direction>{_DIRECTIONS})"
    rf"|(?P<negation>{_NEGATIONS})"
    rf"|(?P<hanunit>(?<=[\d０-９{_HAN_DIGITS}])\s?(?:{_HAN_UNITS}))"
    rf"|(?P<word>{_HAN_NUMBER})"
    rf"|(?P<no>(?<![A-Za-z])(?i:{_NO})(?![A-Za-z])|(?<=[A-Za-z])n['’]t(?![A-Za-z]))"
    rf"|(?P<english>(?<![A-Za-z])(?i:{_ENGLISH})(?![A-Za-z]))"
    rf"|(?P<way>(?<![A-Za-z])(?i:{_WAYS})(?![A-Za-z]))"
)


@cache
def _pattern() -> re.Pattern[str]:
    """Compiled when it is first asked for: that takes longer than printing a citation, which needs none of it."""
    return re.compile(_STAKE)
