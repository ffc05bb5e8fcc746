"""Chinese names that the dictionary's words cut or end too early: agencies, units within bodies, villages, works.

Characters decide here, from a telling ending leftwards; words only say what is common and so no part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ...records import EntityLabel
from .candidate import Candidate
from .lexicon import lexicon
from .lexicon import words as listed
from .words import Words, is_word

_OFFICE = re.compile("署(?![长名理])|局(?![长面部势限促])|厅(?!长)|部(?![长门分队件落署位族])|(?<=政)处(?!长)")
_UNIT = re.compile(
    "[一-龥]{2,14}?(?:研究所|研究中心|研究院|学院|学系|实验室|研究室|政策中心|教研室|附属医院|医院|出版社|图书馆)(?![一-龥]?长)"
)
_NOT_WITHIN = re.compile(
    "[的在和了是于从向把被将等对由]|教授|学者|学生|研究员|校长|团队|毕业|任教|以及|专家|院士|旗下|位于"
)
_WITHIN = ("大学", "学院", "科学院", "社科院", "研究院", "中研院")
_AREA = re.compile("(?:[村镇乡县]|(?<![地社])区|街道|自治县)(?![民庄干级域委里长镇村城办土落寨])")
_STEM = re.compile("[一-龥]{1,4}$")
_VAGUE = frozenset(
    "的了着过各两全该某本这那此每几多数和与及等在是有为于从向把被将由对到至其之以个座所一二三四五六七八九十大小新老山城"
)
_SITE = re.compile(
    "(?:水电站|水坝|海军基地|空军基地|核电站|核电厂|发电厂|火电厂|电厂|风电场|风场|光伏电站|水库|大坝|大桥|特大桥|国际机场|机场|渔港|商港|船闸|水利枢纽"
    "|变电站|灌区|体育馆|科学园区|科技园区|工业园区|科学园|工业区|煤矿|铁矿|油田|气田|铁路|高速公路|高铁站|车站|博物院)"
)
_FUNCTION = frozenset(
    ("p", "c", "u", "uj", "ul", "uv", "ug", "uz", "ud", "d", "r", "m", "v", "f", "x", "zg", "y", "vn", "t", "q", "ad")
)
_STATE = re.compile("GPE:[A-Z]{2}")
_VERSION = re.compile(r"(?:计划|方案|行动|战略|愿景|工程|政策)\d(?:\.\d)?(?![\d年月%])")
_SCHEME = re.compile("(?:行动方案|行动计划|计划|计画|专项行动|战略|倡议|专案|愿景)(?![者中内外性家经])")


def cuts(text: str, words: Words, known: Sequence[tuple[int, int, EntityLabel, str]]) -> Iterator[Candidate]:
    """``known``: the names of the tables in the text."""
    places = {end: start for start, end, label, _ in known if label in ("GPE", "ORG")}
    yield from _offices(text, words, places)
    yield from _areas(text, words, {end for _, end, label, _ in known if label == "GPE"})
    for word in words:  # the dictionary's bodies
        if word.kind == "nt" and len(word.text) > 2 and _body(word.text) and word.text not in listed("chinese.ORG.not"):
            start = (
                word.start - 2 if text.endswith(("国立", "私立", "市立", "县立", "省立"), 0, word.start) else word.start
            )
            yield Candidate(start, word.end, "ORG", 0.7)
    yield from _speakers(text, words)
    towns = {end: start for start, end, label, key in known if label == "GPE" and not _STATE.fullmatch(key)}
    for match in _SITE.finditer(text):
        start = _stem(text, words, match.start())
        if start == match.start():  # 台中|火力|发电厂
            start = next((towns[start - size] for size in (0, 2) if start - size in towns), start)
        if start < match.start() and match[0] not in ("铁路", "高速公路"):
            yield Candidate(start, match.end(), "FAC", 0.76)
    for match in _VERSION.finditer(text):
        start = _nouns(words, match.start())
        if match.start() - start > 1:
            yield Candidate(start, match.end(), "LAW", 0.8)
    for match in _SCHEME.finditer(text):
        start = _nouns(words, match.start())
        if text.startswith(("国家", "全国"), start) and match.end() - start > 7:
            yield Candidate(start, match.end(), "LAW", 0.68)
        elif (stem := _stem(text, words, match.start())) < match.start() - 1 and not is_word(text[stem : match.end()]):
            yield Candidate(stem, match.end(), "LAW", 0.66)


def _offices(text: str, words: Words, places: dict[int, int]) -> Iterator[Candidate]:
    """经济部|能源署, 运输及房屋局: fields that an office governs, whatever the words."""
    fields, state = _fields(), listed("words.state")
    for match in _OFFICE.finditer(text):
        start = at = match.start()
        while True:
            size = next((n for n in (6, 5, 4, 3, 2) if at >= n and text[at - n : at] in fields), 0)
            if not size:
                break
            start = at = at - size
            if at > 2 and text[at - 1] in "及与和暨":
                at -= 1
        if start == match.start() or text[start : match.end()] in listed("chinese.ORG.not"):
            continue
        if start in words.inner and not any(text[start - n : start] in state for n in (2, 3)):
            place = start - 1
            while place not in words.at:
                place -= 1
            if is_word(words[words.at[place]].text) and start not in places:
                continue
        wider = next((start - n for n in (4, 3, 2) if start >= n and text[start - n : start] in state), start)
        yield Candidate(places.get(wider, wider), match.end(), "ORG", 0.84)


def _areas(text: str, words: Words, ends: set[int]) -> Iterator[Candidate]:
    """云林县|麦寮乡, 黑龙江|下岬村: right behind a place; or of a stem that is no word."""
    for match in _AREA.finditer(text):
        for size in (1, 2, 3, 4):
            start = match.start() - size
            stem = text[start : match.start()]
            behind = start in ends or (start > 1 and text[start - 1] in "县市省镇乡州" and start not in words.inner)
            if start < 1 or stem[0] in _VAGUE - {"大", "小", "新", "老", "山", "城"} or not _han(stem):
                break
            if behind and not is_word(text[start : match.end()]) and not (size > 1 and is_word(stem)) and (size > 1):
                yield Candidate(start, match.end(), "GPE", 0.8)
                break


def _speakers(text: str, words: Words) -> Iterator[Candidate]:
    """胡念|祖则|认为, 骆秉章等督抚: a family name, one or two characters, and who speaks or stands in a row."""
    for match in _speaker().finditer(text):
        start, end = match.span(1)
        name = match[1]
        if (
            start in words.inner
            or is_word(name)
            or name[1:] in listed("persons.roles")
            or (len(name) == 3 and is_word(name[:2]) and not _alone(words, end - 1))
        ):
            continue
        first = words[words.at[start]]
        if first.text[len(name) :].strip("则也还却亦曾就又便") or (
            first.kind in ("p", "d", "c", "m", "r", "u") and len(name) < 3
        ):
            continue
        yield Candidate(start, end, "PERSON", 0.72)


def _alone(words: Words, at: int) -> bool:
    """Whether the character at a place is a word by itself that a given name may end with: 王国|斌."""
    word = words[words.at[at]] if at in words.at else None
    return word is not None and len(word.text) == 1 and word.kind.startswith(("nr", "n", "g", "x", "a"))


def units(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """国立政治大学|国际关系研究中心, 经济部|能源署: a unit right behind the body that it is of."""
    offices = {one.start: one for one in found if one.label == "ORG" and text[one.end - 1] in "署局处厅司所"}
    for one in found:
        if one.label == "ORG" and text.endswith(("国立", "私立"), 0, one.start):
            one = one._replace(start=one.start - 2)
            yield one
        if one.label == "ORG" and text[one.end - 1] in "部会院府署局" and (office := offices.get(one.end)):
            yield Candidate(one.start, office.end, "ORG", 0.86)
        if (
            one.label == "ORG"
            and text.endswith(_WITHIN, one.start, one.end)
            and (match := _UNIT.match(text, one.end))
            and not _NOT_WITHIN.search(match[0])
        ):
            yield Candidate(one.start, match.end(), "ORG", 0.86)


def _stem(text: str, words: Words, at: int) -> int:
    """Where a stem of two to four characters begins that is made of no common words; ``at`` where there is none."""
    start = at
    while start > 0 and at - start < 4:
        place = start - 1
        while place not in words.at:
            place -= 1
        word = words[words.at[place]]
        if (word.kind in _FUNCTION and len(word.text) == 1 and word.text in _VAGUE) or not _han(word.text):
            break
        if len(word.text) > 1 and is_word(word.text) and not word.kind.startswith(("nr", "ns")):
            break
        if at - word.start > 4:
            break
        start = word.start
    stem = text[start:at]
    whole = words[words.at[start]] if start in words.at else None
    proper = whole is not None and whole.end == at and whole.kind in ("nr", "nrt", "nz") and len(stem) > 2
    return start if len(stem) > 1 and (proper or not is_word(stem)) and stem[-1] not in _VAGUE - set("山城") else at


def _nouns(words: Words, at: int) -> int:
    """Where the run of nouns, verbs and numbers of a programme's name begins."""
    start = at
    while start > 0 and at - start < 12:
        place = start - 1
        while place not in words.at:
            place -= 1
        word = words[words.at[place]]
        if word.kind in ("x", "p", "c", "uj", "ul", "d", "r", "f", "u") or word.text in listed("words.outside"):
            break
        start = word.start
    return start


def _han(text: str) -> bool:
    return all("一" <= c <= "龥" for c in text)


@cache
def _fields() -> frozenset[str]:
    vague = "中央 国家 联邦 组织 研究 公共 未来 发展 统一 事务"
    return listed("chinese.ORG.field").difference(vague.split())


@cache
def _speaker() -> re.Pattern[str]:
    family = "".join(sorted(c for word in listed("persons.surnames") for c in word))
    given = "[一-龥]"
    speaks = (
        "(?:则|也|还|却|亦|曾|就|又|便|进一步|明确|早已|早就|一再|反复|同样)?(?:认为|指出|主张|强调|指责|批评|质疑|提出|发现|论证|"
        "警告|坦言|承认|写道|观察到|归纳|估计|估算|提醒|反驳|坚称|断言|呼吁|建议|表示|解释|直言|回忆|总结|推断|推测|把[^，。]{2,16}归[因咎结]|将[^，。]{2,16}归[因咎结])"
    )
    row = "等(?:人|学者|研究者|督抚|官员|作者|教授|专家)|等(?=[的认指发提主强人对在(])"
    return re.compile(f"(?<!·)([{family}]{given}{{1,2}})(?={speaks}|{row})")


def _body(text: str) -> bool:
    """Whether the dictionary's body is a name: with no country before it, which the other rules tell apart."""
    if text.endswith("政府") or any(text[:size] in lexicon().han for size in (2, 3, 4)):
        return False
    return len(text) > 3 or text[-1] in "部委院局署会社党团行"
