"""Counts: numbers with a counter, or with nothing but the noun that they count."""

from __future__ import annotations

import re
from dataclasses import replace

from ...numerals import MYRIADS, pattern
from ..found import Figure
from .bounds import before, before_round, edged
from .names import is_in_name, is_labelled, is_list_mark
from .numbers import Number, number
from .units import table

_ONLY = pattern(r"(?:[仅只]有?|唯|就)\Z")
_BARE = pattern(
    r"部门|部委|机构|行业|维度|指标|学科|省市|县市|国(?!集团|联军|演义|志(?!愿)|时代)|方(?!形|向|案|法|式|针|圆|程|便|块|才|位)|党|部分|方面|层面|层次|阶段|领域"
    r"|要素|因素|步骤|途径|路径|原则|目标|环节|省(?!略)|院(?!长)"
)
_HAS_NOUN = pattern(r"(?:-[0-9]{4,5})?[ -][a-z]")
_TIMES_MORE = pattern(r"倍(?!增|数|率)")
_YEAR_ALONE = pattern(r"(?:1[89]|20)[0-9]{2}")  # 中國製造2025
_SESSION = pattern(r"[一二三四五六七八九]中全会|全国|全会|中央|人大|政协|联合国")
_SCORED = pattern(r"[0-9] - \Z")
_SCORE = pattern(r"-[0-9]")


_TO = pattern(r"[ ]?(?:-|—|至|到)[ ]?")


def counted_range(text: str, n: Number) -> Figure | None:
    """三至五家, 10-20人, 3到5倍: the counter behind the second, or behind both; 15～18億, 2萬至3萬."""
    first = _counter_at(text, n.end)
    to = _TO.match(text, first or n.end)
    second = number(text, to.end()) if to and to.end() < len(text) else None
    if second is None or n.high is not None or second.high is not None or second.bound:
        return None
    scaled = second.scale >= 1e4 and (n.scale >= 1e4 or n.low <= second.mantissa) and text[second.end - 1] in MYRIADS
    if not (end := _counter_at(text, second.end) or (second.end if scaled else 0)):
        return None
    low = n.low * (second.scale if n.scale == 1 and n.low <= second.mantissa and not first else 1)
    if (
        low >= second.low
        or is_labelled(text, n.start)
        or text[n.start - 1 : n.start] in tuple("-/:.")
        or (n.low == 1 and first)
    ):
        return None
    return edged(text, Figure(start=n.start, end=end, label="CARDINAL", min=low, max=second.low, score=1.0))


def _counter_at(text: str, at: int) -> int:
    gap = at + text.startswith(" ", at)
    match = _TIMES_MORE.match(text, gap) or table().counter.match(text, gap)
    return match.end() if match else 0


_MORE = pattern(r"[ ]?(?P<more>[余多来])(?![源自元年])")


def chinese_count(text: str, n: Number) -> Figure | None:
    """三家, 數百名, 三大, 兩國, 3倍; digits that stand alone."""
    end = n.end
    if found := counted_range(text, n):
        return found
    more = _MORE.match(text, end)
    start = more.end() if more else end
    gap = start + text.startswith(" ", start)
    counter = _TIMES_MORE.match(text, gap) or table().counter.match(text, gap)
    bound, approx = n.bound, n.approx
    if counter and counter.group() == "倍" and text.startswith("半", counter.end()) and n.high is None:
        return edged(text, Figure(start=n.start, end=counter.end() + 1, label="CARDINAL", value=n.low + 0.5))
    if counter:
        end = counter.end()
        if counter.group() == "倍" and not more and (behind := _MORE.match(text, end)) and behind["more"] in "余多":
            more, end = behind, behind.end()
        if more:
            bound, approx = (">=", approx) if more["more"] != "来" else (bound, True)
        if counter.group() == "届" and _SESSION.match(text, end):
            return None
        if n.kind == "chinese" and counter.group() == "大" and (n.low > 12 or text[n.start - 1 : n.start] == "十"):
            return None
        if (
            n.kind == "chinese"
            and n.low == 2
            and text[n.start] == "二"
            and counter.group() in ("次", "级", "重", "代", "期", "等", "面", "手", "把")
        ):
            return None
        if (
            n.kind == "chinese"
            and counter.group() in ("级", "期", "句", "口", "步", "点", "条线", "端", "案", "城", "员", "波", "股")
            and n.low < 10
            and counter.group() in ("级", "期")
        ):
            return None
    elif n.kind == "digits" and text.startswith(("号", "频道"), gap):
        return None
    elif more and (n.low >= 10 or n.high):
        bound, approx, end = (">=", approx, more.end()) if more["more"] != "来" else (bound, True, more.end())
    elif (
        n.kind == "chinese"
        and not (_BARE.match(text, end) and not n.bare)
        and not ((n.scale >= 1e4 or (n.low >= 100 and n.end - n.start >= 3)) and not n.bare)
    ):
        lead = before_round(text, n.start) if n.bare else before(text, n.start)
        if not (lead.at < n.start and n.low >= 100):
            return None
    score = 1.0 if counter else 0.7
    if n.kind != "chinese" and not counter:
        if _YEAR_ALONE.fullmatch(text, n.start, n.end) or _SCORE.match(text, n.end) or _is_no_count(text, n):
            return None
        score = 0.6
    if n.high is not None:
        return edged(
            text, Figure(start=n.start, end=end, label="CARDINAL", min=n.low, max=n.high, approx=True, score=score)
        )
    found = edged(
        text,
        Figure(start=n.start, end=end, label="CARDINAL", value=n.low, bound=bound, approx=approx, score=score),
        n.bare,
    )
    if n.bare and found.start == n.start and not more:
        return None
    if n.kind == "chinese" and n.low == 1 and found.bound is None and not (counter and counter.group() == "倍"):
        return (
            found
            if counter
            and _ONLY.search(text[max(0, n.start - 2) : n.start])
            and counter.group() in ("个", "家", "名", "人", "次", "项", "坐", "位", "艘", "架", "条")
            else None
        )
    return found


_NOT_COUNTED = pattern(
    r"-[A-Z]|\+ ?[0-9]|/[0-9]|:[0-9]|\.[0-9]|,[0-9]{3}|[(][0-9]|'|°|[²³⁰-⁹½¼¾&]|[ ]?比[ ]?[0-9]"
    r"|[ ]?(?:频道|号|型|式(?!微)|系列|客机|战机|飞机|轰炸机|导弹|飞弹|坦克|航班|高速|国道|师|旅(?!客)"
    r"|团|路(?!线))|×|\^| ?[=<>] ?[0-9]"
)


def _is_no_count(text: str, n: Number) -> bool:
    if text[n.start] == "0" and text[n.start + 1 : n.start + 2].isdigit():
        return True  # a telephone number
    digits = text[n.start : n.end]
    if digits[0].isdigit() and (
        _NOT_COUNTED.match(text, n.end)
        or (text[n.start - 1 : n.start] in ("-", "/", ":", "=", "^", "×", "#", "'", "&", "+", "½", "比") and n.start)
    ):
        return True
    if re.fullmatch(r"[0-9]\.0", digits) or (digits.count(".") and n.end < len(text) and text[n.end] in "版"):
        return True
    return (
        (n.scale == 1 and is_labelled(text, n.start))
        or is_in_name(text, n.start, n.end)
        or is_list_mark(text, n.start, n.end)
    )


_TIMES = pattern(
    r"[ -](?:times|fold)(?= (?:as|the|more|higher|larger|greater|bigger|that|its|what|those|over|faster|smaller|lower"
    r"|their|those)\b)",
    re.I,
)


_TO_AGE = pattern(r" ?- ?| to | and ")


def _age(text: str, n: Number) -> Figure:
    to = _TO_AGE.match(text, n.end)
    second = number(text, to.end()) if to and to.end() < len(text) else None
    duration, end = f"P{n.low:g}Y", n.end
    if second and n.low < second.low < 130:
        duration, end = f"{duration}/P{second.low:g}Y", second.end
    return edged(text, Figure(start=n.start, end=end, label="DATE", duration=duration, score=0.8))


_PRONOUN_ONE = pattern(r"(?:only|just|at least|more than|over|exactly|fewer than|less than|not) \Z", re.I)
_COMPOUND = pattern(r"-(?!(?:and|to|or)\b)[A-Za-z]")


_AGED = pattern(r"(?:(?<![A-Za-z])(?:aged?|ages|age of|ages of|older than|younger than)(?: between)? )\Z")
_NAMED, _AGE = pattern(r"[A-Z][a-z]+, \Z"), pattern(r"[1-9][0-9],")  # West, 41, has …


_TO_COUNT = pattern(r"-(?=[0-9])| (?:to|or) (?=[0-9a-z])")


def english_count(text: str, n: Number) -> Figure | None:
    """Three, 24, hundreds of thousands, three times as, aged 33."""
    score = 0.8
    end = n.end
    if _AGED.search(text, max(0, n.start - 20), n.start) or (
        _NAMED.search(text, max(0, n.start - 20), n.start) and _AGE.match(text, n.start)
    ):
        return _age(text, n)
    if times := _TIMES.match(text, end):
        return edged(text, Figure(start=n.start, end=times.end(), label="CARDINAL", value=n.low, approx=n.approx))
    if n.kind == "english":
        word = text[n.start : n.end]
        left = text[max(0, n.start - 14) : n.start]
        if n.low == 1 and n.scale == 1 and not text.startswith(" or two", end) and not _PRONOUN_ONE.search(left):
            return None
        if n.low == 1 and text.startswith(" of", end):
            return None
        if _COMPOUND.match(text, end) or left.endswith("-") or (left[-1:] in "'’" and left):
            return None
        if word[0].isupper() and (
            re.match(r" [A-Z]", text[end : end + 2]) or (left and left.rstrip()[-1:] not in '.!?"”“:(;\n')
        ):
            return None
        if re.search(r"(?:World War|Group of|Big|Gang of|No\.|Number|Article|Chapter|Phase|Part) \Z", left):
            return None
    elif _is_no_count(text, n):
        return None
    else:
        if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
            score = 0.5
        if n.low == int(n.low) and 1500 <= n.low < 2100 and end - n.start == 4 and not _HAS_NOUN.match(text, end):
            return None
    if n.high is not None:
        return edged(
            text, Figure(start=n.start, end=end, label="CARDINAL", min=n.low, max=n.high, approx=True, score=score)
        )
    if (text.startswith(" - ", end) and text[end + 3 : end + 4].isdigit()) or _SCORED.search(
        text, max(0, n.start - 4), n.start
    ):
        return None  # a score
    to = _TO_COUNT.match(text, end)
    if (
        (
            to
            and (second := number(text, to.end()))
            and second.high is None
            and second.low > n.low
            and second.kind == n.kind
        )
        and ("or" not in to.group() or second.low == n.low + 1)
        and not (
            second.kind == "digits"
            and _is_no_count(text, replace(second, start=second.start))
            and "-" not in to.group()
        )
    ):
        low = n.low * (second.scale if n.scale == 1 and n.low <= second.mantissa else 1)
        times = _TIMES.match(text, second.end)
        end = times.end() if times else second.end
        return edged(text, Figure(start=n.start, end=end, label="CARDINAL", min=low, max=second.low, score=score))
    if _SCORE.match(text, end):
        return None
    return edged(text, Figure(start=n.start, end=end, label="CARDINAL", value=n.low, score=score))
