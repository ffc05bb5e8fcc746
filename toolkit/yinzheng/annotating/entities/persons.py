"""Persons in Chinese text: a role before a name, a title or a verb of saying after it, and what names are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from ...numerals import NUMERALS
from .candidate import GUESSED, Candidate
from .lexicon import lexicon
from .lexicon import words as listed
from .words import Words, is_word

_SAID = 0.88
_FAMILY = (
    "丸吉石松田中山川小大西东北南上下高青黑白赤竹杉藤森林木水清谷野井池冈坂岛宫村原金"
    "平安永福长广细早新今古荒内久佐伊近远后前樱柴梅菊桥滨津岩河土浦饭星泽秋须樋堀关酒"
)
# Two characters that make a Japanese family name, and two more.
_FOUR = re.compile(
    f"[{_FAMILY}][川田山本村野井原木岛崎口上下藤谷泽林池桥冈宫尾仓坂塚内中石松户江子水濑滨津沼根叶森边部保][一-龥]{{2}}"
)
_COMMON = ("n", "vn", "v", "t", "s", "f", "l", "an", "i")
_FUNCTION = ("p", "d", "m", "c", "u", "v", "f", "r", "a", "uj", "ul")
_CITED = re.compile(r"\s?\((?:19|20)\d\d[a-z]?\)|等\((?:19|20)\d\d")
_STOP = frozenset(
    "的了在是与和及等将已曾被把对从向为于而并也都就即则还又但所以说称指认至到由其这那一二三后前中上下年月日会"
)


def persons(
    text: str, words: Words, at_words: Iterable[int] | None = None, families: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Candidate]:
    """The persons of a folded text whose names or surroundings tell; ``at_words``: where alone to look.
    ``families``: the key of the one person whom the document names in full, by family name."""
    roles, saying = listed("persons.roles"), listed("persons.saying")
    last, firsts, titles = _lasts(), _firsts(), _heads(roles)
    for number in range(len(words)) if at_words is None else at_words:
        word = words[number]
        at = word.start
        first = word.text[0]
        if not ("一" <= first <= "龥"):
            continue
        after_role = text[at - 1] in last and _after(text, at, roles)
        if not after_role and first not in firsts:
            continue
        end, kind = name_end(text, words, number)
        if after_role and not end and (plain := _plain(text, words, at)):
            end, kind = plain, "cued"
        if after_role and not end and (cued := _three().match(text, at)) and _before(text, at + 3, saying):
            end, kind = cued.end(), "chinese"
        if (
            after_role
            and kind == "chinese"
            and end == at + 2
            and not _ends_here(text, end)
            and _ends_here(text, at + 3)
        ):
            end = at + 3
        family = family_name(text, at) if not titles.isdisjoint(text[at + 1 : at + 4]) else ""
        if family and _before(text, at + len(family), roles):  # 岸田|首相, 王|外長: a title, and no given name
            if family in families or (len(family) > 1 and family not in lexicon().han):
                yield Candidate(at, at + len(family), "PERSON", 0.8, families.get(family, ""))
            continue
        if end and text[at:end] in listed("persons.not"):
            continue
        if not end or text[end - 1] in "县市省州镇村岛国党":
            continue
        if kind != "japanese" and end - at < 4 and is_word(text[at:end]) and not word.kind.startswith("nr"):
            continue
        follows = _before(text, end, roles) or _before(text, end, saying) or bool(_CITED.match(text, end))
        length = end - at
        if kind == "foreign":
            if word.kind == "ns" and "·" not in text[at:end]:
                continue
            if "·" in text[at:end] or ((after_role or follows) and length > 1):
                yield Candidate(at, end, "PERSON", 0.85)
            elif length > 2 and not is_word(text[at:end]):
                yield Candidate(at, end, "PERSON", 0.45, rank=GUESSED)
        elif after_role or (follows and (length > 2 or word.kind.startswith("nr"))):
            yield Candidate(at, end, "PERSON", _SAID if length > 2 else 0.75)
        elif kind == "japanese" and length > 3:
            yield Candidate(at, end, "PERSON", 0.8)
        elif length > 2 and word.kind == "nr" and at not in words.inner:
            yield Candidate(at, end, "PERSON", 0.6 if not is_word(text[at:end]) else 0.5, rank=GUESSED)


def may_begin(text: str, at: int) -> bool:
    """Whether, after a role, a name can begin at a place at all: asked before a text is cut into words."""
    first = text[at]
    lists = (listed("persons.doubled"), listed("persons.japanese"))
    known = first in family_names() or any(first in _heads(these) for these in lists)
    shaped = known or _FOUR.match(text, at) or transcribed().match(text, at)
    return bool(shaped) or any(_ends_here(text, at + size) for size in (2, 3, 4))


def name_end(text: str, words: Words, number: int) -> tuple[int, str]:
    """Where a name that begins with the word ends, and of what kind it is; 0 where none does."""
    at = words[number].start
    if end := _japanese(text, words, at):
        return end, "japanese"
    foreign = _foreign(text, words, at)
    if foreign and (foreign - at > 3 or "·" in text[at:foreign] or text[at] not in family_names()):
        return foreign, "foreign"
    if end := _chinese(text, words, number):
        return end, "chinese"
    return foreign, "foreign"


def _chinese(text: str, words: Words, number: int) -> int:
    """陳|明義, 黃麗玲, 林芳|正: a family name, and one or two characters more."""
    word = words[number]
    size = 2 if text[word.start : word.start + 2] in listed("persons.doubled") else 1
    if size == 1 and text[word.start] not in family_names():
        return 0
    length = word.end - word.start
    if length == size and word.kind in _FUNCTION:  # 向, 於, 曾, 萬 are family names, and seldom that
        return 0
    if length == size + 1 and word.kind.startswith("nr") and number + 1 < len(words):
        more = words[number + 1]  # a given name of which the dictionary took one character
        if (
            len(more.text) == 1
            and more.text not in _STOP
            and _han(more.text)
            and more.kind not in ("p", "c", "uj", "ul", "v", "d", "f")
        ):
            return more.end
        return word.end
    if text[word.start + 1 : word.start + 2] == "氏" and text[word.start] in "阮陈黎范黄武邓裴杜":  # 阮氏蘭英
        return next((end for end in (word.start + 4, word.start + 3) if end not in words.inner and end <= len(text)), 0)
    if size < length <= size + 2 and (word.kind.startswith("nr") or not is_word(word.text)):
        return word.end
    if length == size and number + 1 < len(words):
        given = words[number + 1]
        if not _han(given.text) or given.text in _STOP or given.kind in ("p", "c", "uj", "ul", "m", "r"):
            return 0
        if given.text in listed("persons.saying") or (
            given.kind in _COMMON and len(given.text) > 1 and is_word(given.text)
        ):
            return 0
        if len(given.text) == 1 and number + 2 < len(words):
            more = words[number + 2]
            if (
                len(more.text) == 1
                and _han(more.text)
                and more.text not in _STOP
                and more.kind not in ("p", "c", "uj", "v")
            ):
                return more.end
        return given.end if len(given.text) <= 2 else 0
    return 0


def family_name(text: str, at: int = 0) -> str:
    """The family name that begins at a place, as far as these are known."""
    for size in (3, 2):
        if text[at : at + size] in listed("persons.japanese"):
            return text[at : at + size]
    return text[at] if text[at] in family_names() else ""


def _japanese(text: str, words: Words, at: int) -> int:
    """岸田|文雄: a family name of the list, and one to three characters that given names are made of."""
    families = listed("persons.japanese")
    for size in (3, 2) if text[at] in _heads(families) else ():
        if text[at : at + size] in families:
            end = at + size
            while end < len(text) and end - at - size < 3 and text[end] in _given():
                end += 1
            while end - at > size and end in words.inner and not _name_like(words, end):
                end -= 1
            return end if end - at > size else 0
    match = _FOUR.match(text, at)
    if match and words.clean(at, match.end()) and words[words.at[at]].kind != "ns":
        given = match[0][2:]
        return match.end() if all(c in _given() for c in given) and not is_word(given) else 0
    return 0


def _name_like(words: Words, at: int) -> bool:
    start = at
    while start not in words.at:
        start -= 1
    return words[words.at[start]].kind.startswith("nr") and not is_word(words[words.at[start]].text)


def _foreign(text: str, words: Words, at: int) -> int:
    """哈|貝克, 馬克斯·韋伯: a run of the characters that transcribe, up to a word that is none of a name."""
    match = transcribed().match(text, at)
    if not match:
        return 0
    end = match.end()
    place = at
    while place < end:
        number = words.at.get(place)
        if number is None:
            place += 1
            continue
        word = words[number]
        # a word that the run cuts, or an ordinary word of two characters or more, is none of a name
        if (word.end > end or (len(word.text) > 1 and not _transcribes(word.kind))) and is_word(word.text):
            if place == at:
                return 0
            end = place
            break
        place = word.end
    while end > at and text[end - 1] == "·":
        end -= 1
    return end if end - at > 1 else 0


def is_transcribed(text: str) -> bool:
    """Whether a word is made of the characters that transcribe foreign names alone."""
    return bool(transcribed().fullmatch(text))


def _transcribes(kind: str) -> bool:
    return kind.startswith("nr") or kind in ("ns", "nz", "x", "g", "zg", "ng", "ag")


@cache
def transcribed() -> re.Pattern[str]:
    run = "".join(sorted(c for word in listed("persons.transliteration") for c in word))
    return re.compile(f"[{run}]{{1,7}}(?:·[{run}A-Z.]{{1,7}}){{1,4}}|[{run}]{{2,7}}")


@cache
def _lasts() -> frozenset[str]:
    """What roles end with."""
    return frozenset(role[-1] for role in listed("persons.roles"))


@cache
def _firsts() -> frozenset[str]:
    """What a name can begin with."""
    kinds = ("surnames", "given", "transliteration", "doubled", "japanese")
    return frozenset(_FAMILY).union(*({c for word in listed(f"persons.{kind}") for c in word} for kind in kinds))


@cache
def _three() -> re.Pattern[str]:
    return re.compile(f"[{''.join(family_names())}][一-龥]{{2}}")


@cache
def family_names() -> frozenset[str]:
    return frozenset(c for word in listed("persons.surnames") for c in word)


@cache
def _given() -> frozenset[str]:
    return frozenset(c for word in listed("persons.given") for c in word)


def _plain(text: str, words: Words, at: int) -> int:
    """A name of no telling form between a role and a verb of saying or a mark: 總統布格磊仍; none is 代表五人."""
    if text[at] in NUMERALS:
        return 0
    for size in (2, 3, 4):
        end = at + size
        if not _han(text[at:end]) or len(text) < end:
            return 0
        if end not in words.inner and _ends_here(text, end):
            inside = [words[words.at[place]] for place in range(at, end) if place in words.at]
            ordinary = any(len(w.text) > 1 and is_word(w.text) and not w.kind.startswith("nr") for w in inside)
            function = any(w.kind in ("p", "c", "uj", "ul", "d", "r", "f", "u") for w in inside)
            return 0 if ordinary or function or (size == 2 and is_word(text[at:end])) else end
    return 0


def _ends_here(text: str, at: int) -> bool:
    return not ("一" <= text[at : at + 1] <= "龥") or _before(text, at, listed("persons.saying"))


def _after(text: str, at: int, these: frozenset[str]) -> bool:
    return any(text[at - size : at] in these for size in (2, 3, 4, 5) if at >= size)


def _before(text: str, at: int, these: frozenset[str]) -> bool:
    return text[at : at + 1] in _heads(these) and any(text[at : at + size] in these for size in (1, 2, 3, 4, 5))


@cache
def _heads(these: frozenset[str]) -> frozenset[str]:
    return frozenset(word[0] for word in these)


def _han(text: str) -> bool:
    return all("一" <= c <= "龥" for c in text)
