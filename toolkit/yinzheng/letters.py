"""Letters: the match form of a text, and the way back to the characters that a reader sees.

Everything hangs on them: ids, hashes, sketches, search, carrying and verifying compare letters, and show stored text.
Two texts that differ only in script (s2t, s2tw, s2hk), width, spacing, or punctuation between words have the same
letters; two that differ in a digit, a decimal point, a sign or a currency never do.

The rules are in DESIGN section 1; every code point's treatment is in ``data/letters-1.txt``, which is versioned,
generated (``data/make_letters.py``) and never edited, so that no update of Python or OpenCC can change an id. What a
table cannot say is said here, and it is little: marks between two digits, a sign before a number, a thousands
separator, and characters that combine.

The idea of folding Han by equivalence classes and its measurement: research notes on anchoring, section 1.3 (identical
for 94 % of converted paragraphs, against 76 to 94 % for one-way conversion).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import compress, count
from pathlib import Path

VERSION = 1


class Letters:
    """The letters of one text.

    ``text``: the letters. ``index``: for each letter the offset, in code points, of the stored character that it comes
    from; never falling, and as long as ``text``. ``source``: the stored text.
    """

    __slots__ = ("_index", "source", "text")

    def __init__(self, source: str, text: str) -> None:
        self.source = source
        self.text = text
        self._index: array[int] | None = None

    @property
    def index(self) -> array[int]:
        """Made when it is first asked for: ids, hashes and most of a search need the text alone."""
        if self._index is None:
            self._index = _index(self.source)
        return self._index

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return f"Letters({self.text!r})"

    def stored(self, start: int, end: int) -> tuple[int, int]:
        """The stored range of letters ``[start, end)``, with the marks that combine with its last character.

        >>> letters("約 35 億。").stored(1, 4)
        (2, 6)
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"letters {start}:{end} of {len(self.text)}")
        last = self.index[end - 1] + 1
        combine = _table().combine
        while last < len(self.source) and (self.source[last] in combine or _is_variation(self.source[last])):
            last += 1
        return self.index[start], last

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The letters of the stored range ``[start, end)``; empty where it holds only marks and space.

        >>> letters("約 35 億。").within(0, 7)
        (0, 4)
        """
        return bisect_left(self.index, start), bisect_left(self.index, end)


def letters(text: str) -> Letters:
    """The letters of a text; any string is accepted.

    >>> letters("憑藉 1,000億美元，").text == letters("凭借1000亿美元").text
    True
    >>> letters("3.5%").text, letters("35%").text, letters("Ｋｉｏｘｉａ　m²").text
    ('3.5%', '35%', 'kioxiam²')
    """
    return Letters(text, "".join(map(_letters, _pieces(text))))


PIECE = 1 << 20
_SAFE = re.compile(r"[A-Za-z](?=[A-Za-z]{4})|[一-鿿]{8}(?=[一-鿿]{8})")


def _pieces(text: str) -> Iterator[str]:
    """A text as it is, or, where a paragraph is a whole book, in pieces that need a book's memory only one by one.

    It is cut amid letters, where no rule looks across: not even that for a sign, which sees ``-US$5`` or ``5元-10元``.
    """
    start = 0
    while len(text) - start > PIECE and (match := _SAFE.search(text, start + PIECE)):
        yield text[start : match.end()]
        start = match.end()
    yield text[start:] if start else text


def _letters(piece: str) -> str:
    _, joined = _mapped(piece)
    if "," not in joined:
        return joined
    return "".join(compress(joined, _without_thousands(joined)))


def _index(text: str) -> array[int]:
    index = array("I")
    first = 0
    for piece in _pieces(text):
        mapped, joined = _mapped(piece)
        own = array("I", compress(count(first), mapped))
        if len(own) != len(joined):  # a character that stands for several letters, as ㎜ or ﬁ
            own = array("I", (at for at, out in enumerate(mapped, first) for _ in out))
        index.extend(compress(own, _without_thousands(joined)) if "," in joined else own)
        first += len(piece)
    return index


def _mapped(text: str) -> tuple[list[str], str]:
    """What each character contributes, seen in its place; and all of it joined."""
    table = _table()
    mapped = list(map(table.__getitem__, text))
    if _MAY_NEED_CONTEXT.search(text):
        _keep_signs(text, mapped, table)
        _keep_marks_between_digits(text, mapped, table)
    joined = "".join(mapped)
    if not (joined.isascii() or unicodedata.is_normalized("NFC", joined)):
        _compose(text, mapped, table)
        joined = "".join(mapped)
    return mapped, joined


def in_one_script(text: str) -> str:
    """The text with each Han character as the first of its class, mostly the simplified one; nothing else changes.

    >>> in_one_script("導讀：臺灣")
    '导读：台湾'
    """
    return text.translate(han())


def han() -> Mapping[int, str]:
    """The first of its class for each Han character that is not, by code point: for `str.translate`."""
    return _table().han


_SIGNS = "-－﹣−+＋﹢±<＜﹤>＞﹥≤≦⩽≥≧⩾=＝﹦"
_MAY_NEED_CONTEXT = re.compile(rf"\d[\W_]|[{_SIGNS}]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_BLANK = r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]*"
_SIGNED = re.compile(
    rf"(?:[{_SIGNS}]{_BLANK}[/／]?{_BLANK}){{1,3}}(?:(?:[A-Za-zＡ-Ｚａ-ｚ]{_BLANK}){{0,3}}[$€£¥₩₹￥＄￡￦]{_BLANK})?"
    rf"[.．]?(?={_BLANK}\d)"
)
_UNIT_BEFORE = re.compile(r"\d([⺀-\U000e0000]{1,6})$")
_NUMBER = re.compile(r"\d[\d.,．，]*")
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d]|,\d)")


class _Table(dict[str, str]):
    """What each character contributes; itself where the table says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.space: set[str] = set()
        self.combine: set[str] = set()
        self.between: dict[str, str] = {}
        self.sign: dict[str, str] = {}
        self.han: dict[int, str] = {}
        for section, line in rows():
            if section == "fold":
                self.update(dict.fromkeys(line, line[0]))
                self.han.update(dict.fromkeys(map(ord, line[1:]), line[0]))
            elif section in ("space", "mark", "combine"):
                first, _, last = line.partition("-")
                characters = [chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)]
                if section == "combine":
                    self.combine.update(characters)
                else:
                    self.update(dict.fromkeys(characters, ""))
                    if section == "space":
                        self.space.update(characters)
            else:
                character, *out = (chr(int(code, 16)) for code in line.split(" "))
                target = {"between": self.between, "sign": self.sign, "map": self}[section]
                target[character] = "".join(out)

    def __missing__(self, character: str) -> str:
        self[character] = character
        return character


def rows() -> Iterator[tuple[str, str]]:
    """The rows of the table, each with its section."""
    section = ""
    text = (Path(__file__).parent / "data" / f"letters-{VERSION}.txt").read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line.startswith("["):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            yield section, line


@cache
def _table() -> _Table:
    return _Table()


def _is_variation(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _keep_signs(text: str, mapped: list[str], table: _Table) -> None:
    """Signs before a number, and the point of <.05."""
    for match in _SIGNED.finditer(text):
        previous = -1
        for at in range(*match.span()):
            character = text[at]
            sign = "." if character in ".．" else table.sign.get(character, "")
            if sign and not mapped[at] and not (sign == "−" != character and not _is_minus(text, at, table)):
                mapped[at] = sign
                previous = _joined(mapped, previous, at)


def _keep_marks_between_digits(text: str, mapped: list[str], table: _Table) -> None:
    """22/28, 3.5, 50-80: every mark stays, white space or not around it; a dash of any length is one ``-``."""
    for match in _BETWEEN_DIGITS.finditer(text):
        previous = -1
        for at in range(match.start(), match.end()):
            character = text[at]
            if table[character] == "" and character not in table.space:
                mark = table.between.get(character, "-" if character == "-" else table.sign.get(character, character))
                if mark == "-" and previous >= 0 and mapped[previous] == "-":
                    mark = ""
                mapped[at] = mark
                previous = _joined(mapped, previous, at) if mark else previous


def _joined(mapped: list[str], previous: int, at: int) -> int:
    """Where the last mark stands; <= is ≤."""
    if previous >= 0 and mapped[at] == "=" and mapped[previous] in "<>":
        mapped[previous], mapped[at] = {"<": "≤", ">": "≥"}[mapped[previous]], ""
        return previous
    return at


def _is_minus(text: str, at: int, table: _Table) -> bool:
    """Whether a hyphen is a minus: no Latin letter stands before it (COVID-19), no other dash or sign beside it
    (--5, ->5), and it leads from no number to another of the same unit (5元-10元)."""
    before, after = _visible(text, at, -1, 7, table), _visible(text, at, 1, 24, table)
    letter = table[before[-1]][-1:] if before else ""
    if letter.isalnum() and letter < "⺀":  # ½ too
        return False
    if table.between.get(before[-1:], before[-1:]) == "-" or after[:1] in table.sign:
        return False
    unit, number = _UNIT_BEFORE.search(before), _NUMBER.match(after)
    return not (unit and number and after.startswith(unit[1], number.end()))


def _visible(text: str, at: int, step: int, most: int, table: _Table) -> str:
    """Up to ``most`` characters beside an offset, composed, white space left out."""
    found = []
    at += step
    while 0 <= at < len(text) and most:
        if text[at] not in table.space:
            found.append(text[at])
            most -= text[at] not in table.combine
        at += step
    return unicodedata.normalize("NFC", "".join(found[::step]))


def _compose(text: str, mapped: list[str], table: _Table) -> None:
    """é in one code point or in two, ガ in half width: composed, and counted where its first character stands."""
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and text[at] in table.combine:
            continue
        plain = "".join(mapped[start:at])
        if not unicodedata.is_normalized("NFC", plain):
            composed = unicodedata.normalize("NFC", plain)
            mapped[start:at] = ["".join(map(table.__getitem__, composed)), *[""] * (at - start - 1)]
        start = at


def _without_thousands(joined: str) -> bytearray:
    """A 1 for each letter that stays, a 0 for each separator of thousands."""
    keep = bytearray(b"\x01") * len(joined)
    for match in _THOUSANDS.finditer(joined):
        for at in range(*match.span()):
            keep[at] = joined[at] != ","
    return keep
