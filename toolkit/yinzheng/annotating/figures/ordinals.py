"""Ordinals: 第三個, 首次, third-largest, 21st; not signposts, nor parts of names."""

from __future__ import annotations

import re

from ...numerals import measures, pattern
from ..found import Figure
from .numbers import number
from .units import table

_RANKED = pattern(r"[ ]?[大高多快长强低深富](?![于学陆会])")
_COUNTED_TIME = pattern(r"年(?!代|级|度)|天|周|个月|分钟|小时|季(?!度)|日(?!本)|学期")
_NO_ORDINAL = pattern(
    r"[ ]?(?:[章节条款页卷册号版](?!本)|期(?=[，。)）、]|$)|方(?!面|案|程|阵)|者|产业|世界|夫人|线|手(?!段)|时间"
    r"|书记|副|人称|岛链|共和国|帝国|国际(?!机场|会议|组织)"
    r"|次[一-鿿]{0,4}?(?:大战|战争|革命|石油危机|国共合作|中东)|[次届][一-鿿]{0,10}?(?:全会|代表大会|委员会|缔约方)"
    r"|届[一-鿿]{0,10}?(?:大会|峰会|奥运会|运动会|博览会|世界杯|人大|国会|联大|政协|议会))"
)
_IN_NAME = pattern(  # 第二醫科大學, 第七艦隊
    r"[一-鿿]{0,4}?(?:大学|学院|中学|小学|医院|舰队|军团|集团军|分队|支队|纵队|工业部|研究所|研究院|机场|航站|工厂"
    r"|监狱|法院|检察|军区|野战军|方面军|师|军(?!事|工|备|力|费|人))"
)
_FIRST = pattern(
    r"首(?:次(?!公开)|个|位(?!置)|家|座|批|款|例|部|条|艘|架|轮(?!船)|届|度|名|项|颗|台|支|笔|场|种|辆|套|起|张|枚"
    r"|期|份(?!额)|阶段|任)"
)


def chinese_ordinal(text: str, at: int) -> Figure | None:
    """第三個, 第三大, 首次; at the 第 or the 首."""
    if match := _FIRST.match(text, at):
        return Figure(start=at, end=match.end(), label="ORDINAL", value=1.0, score=1.0)
    if text[at] != "第":
        return None
    place = at + 1 + text.startswith(" ", at + 1)
    n = number(text, place) if place < len(text) else None
    if n is None or n.high is not None or n.bound or _NO_ORDINAL.match(text, n.end):
        return None
    end = n.end
    if match := _RANKED.match(text, end):
        end = match.end()
    else:
        gap = end + text.startswith(" ", end)
        if match := _COUNTED_TIME.match(text, gap) or table().counter.match(text, gap):
            end = match.end()
        elif _IN_NAME.match(text, end):
            return None
        elif text[end : end + 1] in ("，", ",", "、", ":", "：") and (at == 0 or text[at - 1] in "。；;：:\n！？，,"):
            return None  # First, second: signposts
    return Figure(start=at, end=end, label="ORDINAL", value=n.low, score=1.0)


_ORDINAL_DIGITS = pattern(
    r"(?P<n>[0-9]{1,4})(?:st|nd|rd|th)\b(?! (?:Street|St\b|Avenue|Amendment|Congress|Party|National|Central|Fleet"
    r"|Division|Regiment|Infantry|Army|Battalion|Parliament|Five-Year|Plenum|Summit|century))"
)
_RANK = pattern(
    r"-(?:largest|biggest|highest|lowest|smallest|longest|most|best|busiest|richest|greatest|fastest|strongest|ranked"
    r"|ranking|placed)\b"
)
_NOT_FIRST = pattern(
    r"(?:-(?:hand|class|rate|person|order|aid|name|ever|mover|movers|come|come,)|ly| of all\b| Lady| World War"
    r"| Minister| Amendment"
    r")"
)
_CAPITAL = pattern(r" [A-Z][a-z]")
_AT_FIRST = pattern(r"(?<![A-Za-z])(?:at|from the|very) \Z", re.I)


_WORD = pattern(r"[A-Za-z]+(?:-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)?")


def english_ordinal(text: str, at: int) -> Figure | None:
    """Third, third-largest, 21st; not a signpost (First, …), nor a name (the Second World War)."""
    if match := _ORDINAL_DIGITS.match(text, at):
        end = match.end()
        if rank := _RANK.match(text, end):
            end = rank.end()
        return Figure(start=at, end=end, label="ORDINAL", value=float(match["n"]), score=0.9)
    word = _WORD.match(text, at)
    if not word:
        return None
    head, _, tail = word.group().lower().partition("-")
    ordinals = measures().ordinals
    value = ordinals.get(head) if not tail else int(measures().cardinals.get(head, 0)) + ordinals[tail]
    if not value:
        return None
    end = word.end()
    if rank := _RANK.match(text, end):
        return Figure(start=at, end=rank.end(), label="ORDINAL", value=float(value), score=1.0)
    following = _NOT_FIRST.match(text, end)
    signpost = text.startswith(", ", end) and (word.group()[0].isupper() or text[max(0, at - 2) : at].startswith(";"))
    if following or signpost or text[end : end + 1] == "-":
        return None
    left = text[max(0, at - 12) : at]
    if word.group()[0].isupper() and left and left.rstrip()[-1:] not in (".", "!", "?", '"', "”", "“", ":"):
        return None
    if word.group()[0].isupper() and _CAPITAL.match(text, end):
        return None  # First Nations
    if value == 1 and _AT_FIRST.search(left) and "very" not in left.lower():
        return None
    if value == 2 and (
        re.search(r"(?i)\b(?:per|a|every|each|split) \Z", left) and not text[end : end + 2].strip()[:1].isalpha()
    ):
        return None
    return Figure(start=at, end=end, label="ORDINAL", value=float(value), score=0.8 if value == 1 else 0.9)
