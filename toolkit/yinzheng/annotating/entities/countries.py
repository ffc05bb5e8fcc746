"""Countries in one character: 中美, 日、韓、美, 對華, 訪日, 駐美, 中方, 台商. Pure.

Each is an ordinary word as well, so a character counts only in company: beside another country, after a word of
relation (對, 訪, 駐), or before a word that only a country takes (方, 軍, 企); and never where a longer word of the
dictionary lies across it (其中|方法, 日前, 美好).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...records import EntityLabel
from .candidate import Candidate
from .fold import fold
from .lexicon import lexicon, places
from .lexicon import words as listed
from .words import Words

_PLAIN = "中美日韩俄英法德台欧印澳朝苏越菲"  # side by side these are nearly always countries
_WEAK = "华港加意葡荷新泰缅马伊以沙土乌蒙柬波匈捷巴阿埃叙约墨纽希奥芬寮孟黎陆非哈"  # these only in a pair that is known
_RUN = re.compile(f"[{_PLAIN}]{{2,5}}")
_LIST = re.compile(f"[{_PLAIN}{_WEAK}]{{1,2}}(?:[、与和及同跟][{_PLAIN}{_WEAK}]{{1,2}})+")
_PART = re.compile("[、与和及同跟]")
_NATIONS = re.compile("[二三四五六七八九十两各多]国|等国|双方|关系|之间")
_NEVER = frozenset(fold("美德 台中 中台 日中 德中 朝中 中法").split())
# What makes one word with a country's character before it.
_TAIL = frozenset("国本洲文语元圆镑盟心央间期学好律案庭院灵籍丽感观术食")
_ELSEWHERE = {"欧": "LOC:Europe", "非": "LOC:Africa"}


def countries(text: str, words: Words) -> Iterator[Candidate]:
    """The one-character countries of a folded text."""
    found: dict[int, float] = {}
    for match in _RUN.finditer(text):
        _run(text, words, *match.span(), found)
        if all(at in found for at in range(*match.span())) and (named := _between().match(text, match.end())):
            label: EntityLabel = "LAW" if named["treaty"] else "ORG" if named["alliance"] else "EVENT"
            yield Candidate(match.start(), named.end(), label, 0.8)
    for match in _LIST.finditer(text):
        _list(text, words, match, found)
    for at in places(text, _known()):
        pair = text[at : at + 2]
        for place, score in _known()[pair]:
            one = at + place
            # 對華 begins a word or ends one (訪日|期間 is cut amiss); 中方 must be cut out of its line cleanly
            during = place and text.startswith("期间", at + 2)
            clean = words.clean(at, at + 2) or (place and at + 2 not in words.inner)
            if during or (clean and not (place and text[at + 2 : at + 3] in _TAIL)):
                found.setdefault(one, score)
    for match in _before_office().finditer(text):
        if match.start() not in words.inner:
            found.setdefault(match.start(), 0.85)
    single = lexicon().single
    for at, score in sorted(found.items()):
        key = _ELSEWHERE.get(text[at]) or single[text[at]]
        yield Candidate(at, at + 1, "LOC" if key[0] == "L" else "GPE", score, key)


def _run(text: str, words: Words, start: int, end: int, found: dict[int, float]) -> None:
    """中美, 中日韓: each counts, unless a word that is none of theirs takes the first or the last."""
    if text[end : end + 1] in _TAIL:
        end -= 1
    if start in words.inner:
        start += 1
    while end in words.inner and start not in words.at and end - start > 1:
        end -= 1
    if end in words.inner and words[words.at[start]].end < end + 1:  # not 歐美各國, which begins with them
        end -= 1
    if end - start >= 2 and text[start:end] not in _NEVER:
        found.update(dict.fromkeys(range(start, end), 0.93))


def _list(text: str, words: Words, match: re.Match[str], found: dict[int, float]) -> None:
    """日、韓、美: a list of them alone. Its first and last characters begin and end no other word."""
    start, end = match.span()
    places = [at for at in range(start, end) if not _PART.match(text[at])]
    if any(not words.clean(at, at + 1) for at in range(start, end) if at not in places):  # 以及
        return
    if (text[end : end + 1] in _TAIL or not words.clean(start, end)) and not _NATIONS.match(text, end):
        parts = _PART.split(match[0])
        if len(parts) < 3:
            return
        if text[end : end + 1] in _TAIL or end in words.inner:
            places = [at for at in places if at < end - len(parts[-1])]
        if start in words.inner:
            places = [at for at in places if at >= start + len(parts[0])]
    if len(places) >= 2 and sum(text[at] in _PLAIN for at in places) * 2 >= len(places):
        found.update(dict.fromkeys(places, 0.92))


@cache
def _known() -> dict[str, list[tuple[int, float]]]:
    """Pairs of characters in which one or both are countries: the places, with a score."""
    known: dict[str, list[tuple[int, float]]] = {}
    for pair in listed("countries.pairs"):
        known[pair] = [(0, 0.9), (1, 0.9)]
    for country in _PLAIN + "乌以港陆":
        for side in listed("countries.sides"):
            known.setdefault(country + side, [(0, 0.85)])
    for toward in listed("countries.toward"):
        for country in _PLAIN + "华乌":
            known.setdefault(toward + country, [(1, 0.85)])
    for not_one in listed("countries.not"):
        known.pop(not_one, None)
    return known


@cache
def _between() -> re.Pattern[str]:
    """What makes a name with two countries before it: 安保條約, 同盟, 貿易戰."""
    these = {
        kind: "|".join(sorted(listed(f"chinese.{kind}"), key=len, reverse=True))
        for kind in ("treaty", "alliance", "dispute")
    }
    gap = "[^的在与和对就于是之，。、；间两签各了等]"
    return re.compile(
        f"{gap}{{0,6}}?(?P<treaty>{these['treaty']})|(?P<alliance>{these['alliance']})|{gap}{{0,4}}?(?P<dispute>{these['dispute']})"
    )


@cache
def _before_office() -> re.Pattern[str]:
    """美總統, 日首相, 美商務部."""
    return re.compile(f"[{_PLAIN}](?={'|'.join(sorted(listed('countries.office')))})")
