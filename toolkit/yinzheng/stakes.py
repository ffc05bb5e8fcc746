"""Stakes: what must never differ unseen between two texts that are otherwise the same.

Numbers, units with their case, currencies, negations and words of direction. Two texts that differ only in script,
width, spacing or punctuation between words have the same stakes; two whose stakes differ are never the same. Carrying
and verifying read them here; the words are listed in ``data/stakes.toml``, and those that figures read too (numerals,
units of measure, currencies) in `numerals`.

What letters can tell is read from the letters, so that the same letters give the same stakes. Letters forget some
things, and those are read from the stored text: where a Latin word begins and ends; the case of a unit (MW, mW); where
one number ends (5 6 and 56; 三、五 and 三五); a point before a number and a plus behind it (.5, 65+); and a minus that
stands free behind a Latin word (GDP -5%).

Words in which such a character says something else (無錫 and 非洲 are places, 沒落 is no "not") are passed over, where
they cannot be read otherwise: to read too much is harmless, as a stake has to be the same wherever the words are.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from .letters import Letters, in_one_script, letters
from .numerals import ALONE, NUMERALS, measures

Kind = Literal["number", "unit", "currency", "negation", "direction"]
_MEASURED: tuple[Kind, Kind] = ("unit", "currency")


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
    plain, place = _plain(text)
    found = sorted([*_of_letters(letters(plain)), *_of_latin_words(plain)], key=lambda stake: stake.start)
    if place is None:
        return found
    return [replace(stake, start=place[stake.start], end=place[stake.end - 1] + 1) for stake in found]


def same_stakes(one: str, other: str) -> bool:
    """Whether two texts have the same stakes in the same order."""
    return [(s.kind, s.value) for s in stakes(one)] == [(s.kind, s.value) for s in stakes(other)]


class _Tables(NamedTuple):
    chinese: re.Pattern[str]
    latin: re.Pattern[str]
    kinds: dict[str, Kind]  # of a Chinese or an English word
    symbols: frozenset[str]  # units, with their case
    counted: frozenset[str]  # units behind a number


_COUNTER = "年月日天周次个名位家座片项种件条张台架艘辆枚份部只人国岁成倍半度代"
# 別去, but not 特別 and not 別人.
_DO_NOT = "(?<![个分区另告差性惜泾派特界离籍类细级组识辨送道鉴])别(?![人名国墅处字具动号名有样的离称致馆])"
_TENS = "十百千万亿廿卅佰仟"  # behind which 多 and 餘 are more than the number
_RAISED = "²³¹⁰⁴-⁹⁺⁻₀-₉₊₋¼-¾⅐-⅟①-⒛⓪-⓿❶-➓㉑-㉟㊱-㊿"
_CURRENCY = "$¢-¥₠-⃀"
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏμΩ"


@cache
def _tables() -> _Tables:
    """Read at the first use: no command that only reads a corpus needs them."""
    table = tomllib.loads((Path(__file__).parent / "data" / "stakes.toml").read_text(encoding="utf-8"))
    known = measures()
    words, behind, english = (
        {word: kind for kind, line in table[section].items() for word in line.split()}
        | {word: kind for kind in _MEASURED for word in known.words[kind, section]}
        for section in ("chinese", "chinese-behind-a-number", "english")
    )
    behind |= {word: kind for kind in _MEASURED for word in known.words[kind, "chinese-further"]}
    words, behind = ({letters(word).text: kind for word, kind in of.items()} for of in (words, behind))
    english |= dict.fromkeys([*known.cardinals, *known.scales, *known.ordinals], "number")
    chinese = re.compile(
        rf"(?![a-z])(?:(?P<other>{in_one_script('|'.join(table['no-stakes']['chinese'].split()))})"
        rf"|(?P<digits>[−+±<>≤≥=]*\.?\d+(?:[./:^×*-]\d+)*)|(?P<word>{_any_of(words)})|(?P<more>(?<=[\d{_TENS}])[多余])"
        rf"|(?P<behind>(?<=[\d½¼¾{NUMERALS}几数半多余来])(?:{_any_of(behind)}))"
        rf"|(?P<numerals>[{NUMERALS}]{{2,}}|[{ALONE}]|(?<=第)[{NUMERALS}]|一(?=[{_COUNTER}])|几(?![乎何率])"
        rf"|数(?=[十百千万亿年月天日周次家名个种倍])|半(?=[{_COUNTER}数价小])|(?<=[{_COUNTER}])半|负(?=[\d{NUMERALS}]))"
        rf"|(?P<do_not>{_DO_NOT})|(?P<raised>[{_RAISED}]+)|(?P<sign>[%‰‱°]))"
    )
    phrases = "|".join(word.replace("_", r"[\W_]*") for word in english if "_" in word)
    latin = re.compile(
        rf"(?:(?P<number>[\d½¼¾一二兩两三四五六七八九十百千萬万億亿兆])(?:[^\w{_CURRENCY}′″]|_)*)?"
        rf"(?:(?P<currency>(?:(?<![{_LATIN}])(?:US|NT|HK|AU|CA|NZ|SG|[ACSR])\s?)?[{_CURRENCY}])|(?P<prime>(?<=\d)[′″])"
        rf"|(?P<word>(?i:{phrases})(?![{_LATIN}])|[{_LATIN}]+(?:['’]t(?![{_LATIN}]))?))"
    )
    return _Tables(
        chinese,
        latin,
        {"别": "negation"} | words | behind | {word.replace("_", ""): kind for word, kind in english.items()},
        frozenset(known.words["unit", "symbols"]),
        frozenset(
            [
                *table["symbols"]["behind-a-number"].split(),
                *known.words["unit", "symbols-behind-a-number"],
                *known.words["currency", "english-further"],
            ]
        ),
    )


def _any_of(words: Iterable[str]) -> str:
    """One pattern for many words, the longest first; under their first character, for speed."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


def _of_letters(found: Letters) -> Iterator[Stake]:
    """Numbers, Chinese words, and the signs that letters keep."""
    tables = _tables()
    for match in tables.chinese.finditer(found.text):
        value, what = match.group(), match.lastgroup
        if what == "other":
            continue
        start, end = found.index[match.start()], found.index[match.end() - 1] + 1
        if what == "digits":
            for a, b in _numbers(found.source, start, end) if end - start > len(value) else [(start, end)]:
                yield _number(found.source, a, b)
        elif what == "numerals" and end - start > len(value):
            yield from _numerals(found.source, start, end)
        else:
            yield Stake("unit" if what == "sign" else tables.kinds.get(value, "number"), value, start, end)


_BREAK = re.compile(r"(?<=\d[.．])\s+|(?<=\d)\s+(?=[.．\d])")
_LEAD = re.compile(r"(?<![^\s(（\[［「『“‘\"'$€£¥])(?:[-－﹣−‐‑]?[.．]|[-－﹣−‐‑])\Z")
_MARK = r"[^\w\s]"
_POINT = re.compile(r"\s*[·・‧•∙．.]\s*")
_DIVIDED = re.compile(rf"(?:(?!{_MARK}).)+(?:{_POINT.pattern}(?:(?!{_MARK}).)+)*", re.S)


def _numbers(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The numbers in a stretch of digits that has gaps: white space divides 5 6, but not 5 - 6 or 5 000."""
    for match in _BREAK.finditer(source, start, end):
        a, b = match.span()
        thousands = source[b : b + 3].isdecimal() and not source[b + 3 : b + 4].isdecimal()
        if thousands and not source[max(start, a - 4) : a].rjust(4).isdecimal():
            continue
        yield start, a
        start = b
    yield start, end


def _number(source: str, start: int, end: int) -> Stake:
    """A number, with what the letters lack of it: a point or a free minus before it, a plus behind it."""
    value = letters(source[start:end]).text
    if start and (lead := _LEAD.search(source, max(0, start - 2), start)):
        start = lead.start()
        value = unicodedata.normalize("NFKC", lead.group()).translate(_MINUS) + value
    if source[end : end + 1] in ("+", "＋") and not source[end + 1 : end + 2].isdecimal():
        value, end = value + "+", end + 1
    return Stake("number", value, start, end)


def _numerals(source: str, start: int, end: int) -> Iterator[Stake]:
    """The numbers in a stretch of Chinese numerals that has gaps: a mark divides 三、五; a point makes one of 三·五."""
    for match in _DIVIDED.finditer(source, start, end):
        value = ".".join(letters(part).text for part in _POINT.split(match.group()))
        yield Stake("number", value, match.start(), match.end())


_CODE = re.compile(r"[A-Z]{2,3}|Rs|Fr|Kč|kr")  # before a number: DM 4.5, SEK 300
_MINUS = dict.fromkeys(map(ord, "-‐‑"), "−")


def _of_latin_words(plain: str) -> Iterator[Stake]:
    """English words, symbols of units, and currencies, by their own boundaries."""
    tables = _tables()
    number_ends = -1
    for match in tables.latin.finditer(plain):
        found: tuple[Kind, str] | None
        start, end = match.span(match.lastgroup or 0)
        if match.lastgroup == "word":
            gap = plain[number_ends:start] if number_ends >= 0 else None
            found = _word(tables, match["word"], bool(match["number"]) or (gap is not None and not _has_letters(gap)))
            if found and found[0] == "unit" and plain[end : end + 1] in ("/", "∕", "·"):
                found = ("unit", found[1] + "/")  # m/s is not ms
            if not found and _CODE.fullmatch(match["word"]) and plain[end : end + 9].lstrip()[:1].isdecimal():
                found = ("currency", match["word"].casefold())
            number_ends = end if found and found[0] == "number" else -1
        elif match.lastgroup == "currency":
            found = ("currency", "".join(match["currency"].split()).casefold())
        else:
            found = ("unit", match["prime"])
        if found:
            yield Stake(*found, start, end)


def _has_letters(text: str) -> bool:
    return any(map(str.isalnum, text))


def _word(tables: _Tables, word: str, behind_a_number: bool) -> tuple[Kind, str] | None:
    value = (word if word.isalpha() else re.sub(r"[\W_]+", "", word)).casefold()
    if kind := tables.kinds.get(value):
        return kind, "not" if value == "cannot" else value
    if word in tables.symbols or (behind_a_number and len(word) == 1 and word not in "AaIi"):
        return "unit", {"l": "L", "ml": "mL"}.get(word, word)
    if word.endswith(("'t", "’t")):
        return "negation", "not"
    return ("unit", value) if behind_a_number and value in tables.counted else None


_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(wide): narrow for wide, narrow in zip("￠￡￥￦﹩µ", "¢£¥₩$μ", strict=True)
}
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f"
_UNUSUAL = re.compile(rf"[{_INVISIBLE}\u2100-\u214f\u3300-\u33ff\ufb00-\ufb06𝐀-𝟿]")


def _plain(text: str) -> tuple[str, list[int] | None]:
    """The text in half width, ㎡, ﬁ and ℃ taken apart, what cannot be seen left out; and where each character of it
    stands in the stored text, or None where they are in step."""
    narrow = text.translate(_NARROW)
    if not _UNUSUAL.search(narrow):
        return narrow, None
    parts = [_taken_apart(c) if _UNUSUAL.match(c) else c for c in narrow]
    return "".join(parts), [at for at, part in enumerate(parts) for _ in part]


def _taken_apart(character: str) -> str:
    """One step of Unicode's decomposition, so that ² stays; nothing for what cannot be seen."""
    codes = [code for code in unicodedata.decomposition(character).split() if not code.startswith("<")]
    if codes:
        return "".join(chr(int(code, 16)) for code in codes)
    return character if character.isprintable() and unicodedata.category(character) != "Mn" else ""
