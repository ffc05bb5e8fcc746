"""What figures of one paragraph say of each other: conversions in parentheses, and the country of 元."""

from __future__ import annotations

import re
from dataclasses import replace

from ...numerals import pattern
from ..found import Figure

_OPEN = pattern(
    r"[ ]?(?:\(|（)[ ]?(?:(?:折合|相当于|约等于|等于|即|或|合|约为|也就是|equivalent to|equal to|or|i\.e\.,?"
    r"|=)[ ]?)?\Z|,? (?:or"
    r"|equivalent to|equal to) \Z|[，,](?:约合|折合|合|相当于)\Z",
    re.I,
)


def linked(text: str, found: list[Figure]) -> list[Figure]:
    """With ``equals`` set: 2萬億日元(約合180億美元); 45 miles (72 kilometres)."""
    for place in range(1, len(found)):
        first, second = found[place - 1], found[place]
        if first.label != second.label or first.label not in ("MONEY", "QUANTITY") or first.unit == second.unit:
            continue
        gap = text[first.end : second.start]
        if len(gap) < 24 and _OPEN.match(gap) and _closes(text, gap, second.end):
            found[place] = replace(second, equals=place - 1)
    return found


def _closes(text: str, gap: str, end: int) -> bool:
    return "(" not in gap or text[end : end + 8].find(")") >= 0


_YUAN = pattern(r"新台币|台币|人民币|RMB|CNY|yuan|renminbi|港币|港元")
_CODES = {"新台币": "TWD", "台币": "TWD", "港币": "HKD", "港元": "HKD"}


def named_yuan(text: str, found: list[Figure]) -> list[Figure]:
    """元 and ¥ by what the paragraph says of them; 元 stays without a currency where it says nothing."""
    if not any(figure.label == "MONEY" and figure.unit in (None, "¥") for figure in found):
        return found
    named = {_CODES.get(word, "CNY") for word in _YUAN.findall(text)}
    yuan = named.pop() if len(named) == 1 else None
    japan = _JAPAN.search(text)
    sign = "CNY" if yuan == "CNY" or (not japan and (_CHINA.search(text) or _HAN.search(text))) else "JPY"
    return [
        replace(
            figure,
            unit=sign
            if figure.unit == "¥"
            else yuan
            if text[figure.end - 1] in "元圆" or "元" in text[figure.start : figure.end]
            else None,
        )
        if figure.label == "MONEY" and figure.unit in (None, "¥")
        else figure
        for figure in found
    ]


_JAPAN = pattern(r"日[本圆元方]|东京|Japan|Tokyo|\byen\b")
_CHINA = pattern(r"中国|China|Chinese|Beijing|PRC")
_HAN = pattern("[一-鿿]")
