"""Numbers that are no figures: in names, titles, idioms, addresses and references."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...numerals import pattern, plain

_ADDRESS = r"https?://[!-~]+|www\.[!-~]+|10\.[0-9]{4,9}/[!-;=-~]+|[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,80}"
_TITLE = r"《[^》《\n]{1,80}》|〈[^〉〈\n]{1,80}〉"
_NOTE = r"\[[0-9]{1,3}(?:[,-] ?[0-9]{1,3}){0,5}\]|\([0-9]{1,3}\)(?![年月])|〔[0-9]{1,3}〕"


# 112年憲判字第13號, (2019)最高法民終123號, 〔2015〕28號; 543 U.S. 220
_CASE = (
    r"[0-9]{2,3}年度?[一-鿿]{1,8}字第[0-9]{1,6}号|[(〔\[](?:19|20)[0-9]{2}[)〕\]][一-鿿]{0,8}[0-9]{0,4}[一-鿿]{0,4}[0-9]{1,5}号"
    r"|[0-9]{1,3} (?:U\.S\.|F\.[23]d|F\. Supp\.|S\. Ct\.) [0-9]{1,4}"
)


class _Table(NamedTuple):
    words: re.Pattern[str]
    label: re.Pattern[str]
    common: frozenset[str]


@cache
def _table() -> _Table:
    path = Path(__file__).parents[2] / "data" / "no-figures.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    words = sorted(plain(table["chinese"]["words"]).split(), key=len, reverse=True)
    labels = "|".join(table["english"]["labels"].split())
    signs = "|".join(table["chinese"]["labels"].split())
    return _Table(
        pattern("|".join([_TITLE, _CASE, *_by_first(words)])),
        pattern(
            rf"(?:(?<![A-Za-z])(?:{labels})|{signs})[-# ]?"
            r"(?:[0-9]{1,3}(?:, [0-9]{1,3}){0,3},? (?:and|or|to|&) )?\Z",
            re.I,
        ),
        frozenset(table["english"]["common"].split()),
    )


def _by_first(words: list[str]) -> list[str]:
    """The patterns by their first character, which a search then looks for before it tries any."""
    groups: dict[str, list[str]] = {}
    for word in words:
        first, rest = word[1:].split("]", 1) if word[0] == "[" else (word[0], word[1:])
        for character in first:
            groups.setdefault(character, []).append(rest)
    return [f"{first}(?:{'|'.join(rests)})" for first, rests in groups.items()]


_REFERENCES = pattern(rf"{_ADDRESS}|{_NOTE}")


class Masks:
    """The stretches of one text in which no number is a figure."""

    def __init__(self, text: str) -> None:
        spans = sorted(_spans(text))
        self._starts = [start for start, _ in spans]
        self._ends: list[int] = []
        for _, end in spans:
            self._ends.append(max(end, self._ends[-1]) if self._ends else end)

    def end(self, at: int) -> int:
        """Where the stretch that holds an offset ends; 0 if none does."""
        place = bisect_right(self._starts, at)
        return self._ends[place - 1] if place and self._ends[place - 1] > at else 0


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _table().words.finditer(text):
        yield match.span()
    if any(sign in text for sign in ("://", "www.", "10.", "@", "[", "(", "〔")):
        for match in _REFERENCES.finditer(text):
            yield match.span()


def is_labelled(text: str, start: int) -> bool:
    """Whether the number is the name of a chapter, page, type or version: Table 3, No. 1, 編號 247."""
    c = text[start - 1 : start]
    if not (c.isalnum() or (c and c in " -#.§№:")):
        return False
    joined = text.endswith(("and ", "or ", "to ", "& "), max(0, start - 4), start)
    return bool(_table().label.search(text, max(0, start - (32 if joined else 16)), start))


_PROPER = pattern(r"(?<![A-Za-z])([A-Z][A-Za-z]*|[a-z]*[A-Z][A-Za-z]*)[ -]\Z")


def is_common(word: str) -> bool:
    """Whether an English word with a capital is an everyday one, that begins no name."""
    return word.lower() in _table().common


def is_in_name(text: str, start: int, end: int) -> bool:
    """Whether a bare number belongs to a name of Latin letters beside it: A14, F-35, Boeing 737, Radio 4, 5G."""
    left = text[max(0, start - 24) : start]
    if left and (left[-1].isascii() and (left[-1].isalpha() or left[-1] in "_/\\#@.")):
        return True
    following = text[end : end + 2]
    if following and following[0].isascii() and (following[0].isalpha() or following[0] in "_"):
        return True
    if left.endswith("-") and left[-2:-1].isascii() and left[-2:-1].isalnum():
        return True
    match = _PROPER.search(left)
    return bool(match) and match[1].lower() not in _table().common if match else False


def is_list_mark(text: str, start: int, end: int) -> bool:
    """1. or (1) or 一、 at the start of a paragraph or a sentence."""
    tail = text[end : end + 2]
    if tail[:1] not in (".", "、", ")", ":") or (tail[:1] == "." and tail[1:] and tail[1] != " " and tail[1].isascii()):
        return False
    head = text[max(0, start - 2) : start].rstrip(" (")
    return not head or head[-1] in "\n。;;:：！？!?" or (start <= 2)
