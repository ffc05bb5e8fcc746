"""Numerals, units and currencies: how they are written in Chinese and English, and what they are worth.

The one place that knows them: `stakes` takes its words from here, `annotating.figures` also their values and codes (ISO
4217, UCUM). The words are listed in ``data/measures.toml``. Chinese is read in one script and in half width (`plain`),
which changes no length, so that every offset in the plain text is one in the stored text.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from .letters import han, in_one_script

# Numerals that are numbers wherever they stand; 一, 陸, 伍 … only among numerals or before a counter (一般, 大陸).
ALONE = "〇零二两三四五六七八九十百千万亿兆廿卅卌壹贰叁柒捌玖佰仟"
NUMERALS = ALONE + "一肆伍陆拾"

DIGITS = {c: value for line in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for value, c in enumerate(line)} | {
    "两": 2
}
TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "卌": 40, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "兆": 10**12}

_PLAIN = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "‐‑‒–−－﹣˗"), "-")
    | dict.fromkeys(map(ord, "～〜∼"), "~")
    | dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000\t"), " ")
    | {ord(a): b for a, b in zip("￠￡￥￦﹩µ％﹪’′―─", "¢£¥₩$μ%%'′——", strict=True)}
)


@lru_cache(4)  # a paragraph is asked for several times
def plain(text: str) -> str:
    """The text in one script and in half width, dashes and spaces of one kind; of the same length. A tilde is a dash,
    but where it stands before a number and no other is before it: there it says that the number is approximate.

    >>> plain("約３５億美元～４０億"), plain("用了～３年")
    ('约35亿美元-40亿', '用了~3年')
    """
    found = text.translate(_plain())
    return _TILDE.sub(_tilde, found) if "~" in found else found


def _tilde(match: re.Match[str]) -> str:
    return "-" if _NUMBER_BEFORE.search(match.string, max(0, match.start() - 8), match.start()) else "~"


_TILDE = re.compile("~")
_NUMBER_BEFORE = re.compile(rf"[0-9{NUMERALS}][^,.;:，。、；：()（）「」“”]*\Z")


@cache
def _plain() -> dict[int, str]:
    """Both in one table, as one pass is half the time."""
    marks = {code: in_one_script(chr(plain) if isinstance(plain, int) else plain) for code, plain in _PLAIN.items()}
    return {**han(), **marks}


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile` for plain text: the Han characters of the expression are those that `plain` gives.

    >>> bool(pattern("首座").match(plain("首座")))
    True
    """
    return re.compile(in_one_script(expression), flags)


_PART = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|\S")


def chinese(numeral: str) -> float | None:
    """What a numeral in digits, Chinese numerals or both is worth, or None if it is no number.

    >>> chinese("十二万三千"), chinese("3亿5000万"), chinese("1.2万亿"), chinese("二〇一九"), chinese("三点五亿")
    (123000.0, 350000000.0, 1200000000000.0, 2019.0, 350000000.0)
    >>> chinese("两万三"), chinese("一百零五"), chinese("五六")
    (23000.0, 105.0, None)
    """
    if len(numeral) > 40:
        return None
    whole, point, rest = numeral.partition("点")
    if point:
        digits = len(rest) - len(rest.lstrip("".join(DIGITS)))
        value, scale = chinese(whole), chinese("1" + rest[digits:])
        if value is None or scale is None or not digits:
            return None
        return (value + float("0." + "".join(str(DIGITS[c]) for c in rest[:digits]))) * scale
    if len(numeral) > 2 and all(c in DIGITS for c in numeral):
        return float("".join(str(DIGITS[c]) for c in numeral))
    total, section, last, unit = 0.0, 0.0, 0.0, 1
    pending: float | None = None
    zero = False
    for part in _PART.findall(numeral):
        if part in TENS:
            unit = TENS[part]
            section += (1 if pending is None else pending) * unit
            pending = None
        elif part in MYRIADS:
            section += pending or 0
            if not section and not total and pending is None:
                section = 1
            unit = MYRIADS[part]
            if not section or unit > last > 0:
                total = (total + section) * unit
            else:
                total += section * unit
            section, pending, last = 0.0, None, unit
        elif part in ("零", "〇"):
            zero = True
            if numeral in ("零", "〇"):
                return 0.0
            continue
        elif pending is not None:
            return None
        else:
            digit = DIGITS.get(part)
            pending = float(part.replace(",", "")) if digit is None else float(digit)
        if part not in DIGITS:
            zero = False
    if pending is not None and unit >= 100 and not zero and numeral[-1] in DIGITS:
        pending *= unit / 10  # 两万三
    return total + section + (pending or 0)


class Measure(NamedTuple):
    """A unit or a currency: its code in UCUM or ISO 4217 ("" where the words leave it open)."""

    kind: str  # "unit" or "currency"
    code: str


class Measures(NamedTuple):
    """The table: ``words[(kind, set)]`` in the order of the file; ``chinese`` and ``english``: word to measure."""

    words: dict[tuple[str, str], tuple[str, ...]]
    chinese: dict[str, Measure]
    english: dict[str, Measure]  # words, in lower case, a space for each "_"
    symbols: dict[str, Measure]  # with their case
    cardinals: dict[str, float]
    scales: dict[str, float]
    ordinals: dict[str, int]
    counters: tuple[str, ...]  # patterns


@cache
def measures() -> Measures:
    """Read at the first use."""
    table = tomllib.loads((Path(__file__).parent / "data" / "measures.toml").read_text(encoding="utf-8"))
    words: dict[tuple[str, str], tuple[str, ...]] = {}
    found: dict[str, dict[str, Measure]] = {"chinese": {}, "english": {}, "symbols": {}}
    for kind in ("unit", "currency"):
        for section, codes in table[kind].items():
            language = section.split("-")[0]
            for code, line in codes.items():
                listed = line.split()
                words[kind, section] = (*words.get((kind, section), ()), *listed)
                for word in listed:
                    spaced = word.replace("_", " ")
                    key = {"chinese": in_one_script(word), "english": spaced.lower()}.get(language, spaced)
                    found[language][key] = Measure(kind, code.rstrip("?"))
    numbers = table["number"]
    return Measures(
        words,
        found["chinese"],
        found["english"],
        found["symbols"],
        {word: float(value) for word, value in numbers["cardinal"].items()},
        {word: float(value) for word, value in numbers["scale"].items()},
        dict(numbers["ordinal"]),
        tuple(in_one_script(table["counter"]["chinese"]).split()),
    )
