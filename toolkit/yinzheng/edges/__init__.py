"""Where words are taken out of a text: whether that cuts a number, a negation or a word."""

from __future__ import annotations

import re
from typing import Literal

from ..numerals import NUMERALS
from ..stakes import stakes

Edge = Literal["figure-changed", "negation-changed", "altered"]
AROUND = 24  # characters beside a passage in which a number or a phrase that it cuts ends
NUMERIC = re.compile(rf"[\d{NUMERALS}萬億兩%％‰°．.]")
# An amount of several units, 三角五分: nobody may be quoted with the first alone.
_COMPOUND = re.compile(rf"(?:[\d{NUMERALS}]{{1,9}}[元圓圆塊块角毛]){{1,3}}[\d{NUMERALS}]{{1,2}}[角毛分]?")
_SIGNS = "+＋.．-－−‐‑"


def inside_word(text: str, at: int) -> bool:
    """Whether a word of Latin letters goes on over an offset."""
    return 0 < at < len(text) and all(c.isalpha() and c < "\u2e80" for c in text[at - 1 : at + 1])


def with_signs(text: str, start: int, end: int) -> str:
    """The words with the signs right beside them, which may belong to a number."""
    while start and text[start - 1] in _SIGNS and text[start].isdecimal():
        start -= 1
    if text[end : end + 1] in tuple(_SIGNS[:2]) and text[end - 1 : end].isdecimal():
        end += 1
    return text[start:end]


def at_edges(text: str, start: int, end: int) -> set[Edge]:
    """Whether the words begin or end inside a number, or inside a word of Latin letters."""
    result: set[Edge] = set()
    for edge in (start, end):
        if inside_word(text, edge):
            result.add("altered")
        elif any(m.start() < edge < m.end() for m in _COMPOUND.finditer(text, max(0, edge - AROUND), edge + AROUND)):
            result.add("figure-changed")
        elif not (NUMERIC.search(text[max(0, edge - 3) : edge]) and NUMERIC.search(text[edge : edge + 3])):
            continue
        low = max(0, edge - AROUND)
        here = edge - low
        ended = False
        for stake in stakes(text[low : edge + AROUND]):
            if stake.start < here < stake.end and stake.kind in ("number", "negation"):
                result.add("figure-changed" if stake.kind == "number" else "negation-changed")
            if ended and stake.start == here and (stake.kind == "number" or stake.value in "%‰°"):
                result.add("figure-changed")
            ended |= stake.kind == "number" and stake.end == here
    return result
