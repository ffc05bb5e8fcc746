"""Wrapped lines: whether a text was wrapped, where its paragraphs end, and how their lines are joined again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from unicodedata import east_asian_width

from ..records import Kind

TERMINAL = re.compile(r"[。！？!?.…︒｡][\"'”’」』）)\]】》*_]*$")
_RUNS_INTO = re.compile(r"[：:；;]$")
_CLOSING = re.compile(r"[，。、；：！？）」』”’》〉】,;!?)\]]")
_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
_NO_HAN = re.compile("[\u2300-\u2bff\uac00-\ud7a3\U0001f000-\U0001faff]")
_TIGHT = re.compile(r"(?:[^\W_][-\u2010\u00ad–/]|[^\W_\s][—―])$")
NARROWEST, WIDEST = 24, 120


class _Widths(dict[str, int]):
    """The columns of a character, looked up once for each."""

    def __missing__(self, character: str) -> int:
        self[character] = width = 2 if east_asian_width(character) in "WF" else 1
        return width


_WIDTHS = _Widths()


def columns(line: str) -> int:
    """The width of a line in a terminal's columns: a Han character takes two.

    Of a line with more characters than any limit has columns, their number: that is too wide already.
    """
    return len(line) if len(line) > 2 * WIDEST or line.isascii() else sum(map(_WIDTHS.__getitem__, line))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, its markup read.

    ``text``: its words. ``raw``: the line as it stands. ``hint``: it is a block of its own, of this kind. ``item``: it
    begins with the mark or number of a list. ``deep``: it is indented more than another line of its group.
    """

    text: str
    raw: str
    hint: Kind | None = None
    item: bool = False
    deep: bool = False
    quoted: int = 0


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text was wrapped. ``width``: in what ``measure`` counts; None where every line is a paragraph.

    ``exact``: it was cut at every so many characters, amid words and numbers too. ``filled``: no line that another
    follows amid a sentence had room for one more word. ``separated``: blank lines or indents show where paragraphs
    begin. ``hanging``: the lines after a paragraph's first are indented, not the first. ``indented``: the first is.
    """

    width: int | None = None
    measure: Callable[[str], int] = len
    exact: bool = False
    filled: bool = False
    separated: bool = False
    hanging: bool = False
    indented: bool = False


def wrapping(groups: Sequence[Sequence[Line]]) -> Wrapping:
    """How a text was wrapped, from its lines between blank lines.

    Wrapped: nearly all lines that another follows directly are about as wide as the widest, which a screen or a page
    could hold, and most of them stop in the middle of a sentence, and not as verse does, before a capital.
    """
    pairs = [(a, b) for group in groups for a, b in pairwise(group) if not (a.hint or b.hint)]
    deep = [(a, b) for a, b in pairs if b.deep]
    hanging = 2 * sum(_may_hang(a, b) for a, b in deep) > len(deep)
    inner = [(a, b) for a, b in pairs if not b.item and (hanging or not b.deep)]
    opened = [(a, b) for a, b in inner if not TERMINAL.search(a.text)]
    indented = any(not a.item and TERMINAL.search(a.text) for a, _ in deep) and not hanging
    none = Wrapping(indented=indented)
    if len(inner) < 2 or len(opened) < 0.6 * len(inner) or _is_verse(opened):
        return none
    lines = [a.raw.rstrip() for a, _ in inner]
    full, width, measure = max(((*_fullness(lines, measure), measure) for measure in (columns, len)), key=itemgetter(0))
    if full < 0.7 or not NARROWEST <= max(map(columns, lines)) <= 2 * WIDEST or width > WIDEST:
        return none
    sizes = [len(a.raw) for a, _ in opened]
    exact = len(opened) > 2 and sizes.count(longest := max(sizes)) > 0.95 * len(sizes)
    if exact:
        return Wrapping(longest, len, exact=True, hanging=hanging, indented=indented)
    widest = max(map(measure, lines))
    filled = sum(_with_next_word(a, b, measure) > widest for a, b in opened) > 0.95 * len(opened)
    several = sum(sum(not line.hint for line in group) > 1 for group in groups) > 1
    return Wrapping(
        widest if filled else width,
        measure,
        filled=filled,
        separated=several or (bool(deep) and not hanging),
        hanging=hanging,
        indented=indented,
    )


def _may_hang(line: Line, following: Line) -> bool:
    """Whether an indented line goes on with the line before it, which is no heading by its length."""
    return columns(line.text) >= NARROWEST and not (following.raw.startswith("\u3000") or TERMINAL.search(line.text))


def _fullness(lines: Sequence[str], measure: Callable[[str], int]) -> tuple[float, int]:
    """The share of lines that reach three quarters of the width, and the width."""
    sizes = sorted(map(measure, lines))
    width = sizes[int(len(sizes) * 0.95)]
    return sum(size >= 0.75 * width for size in sizes) / len(sizes), width


def _is_verse(opened: Sequence[tuple[Line, Line]]) -> bool:
    return len(opened) > 2 and sum(b.text[0].isupper() for _, b in opened) >= 0.8 * len(opened)


def continues(run: Sequence[Line], line: Line, wrapped: Wrapping, uneven: bool) -> bool:
    """Whether a line goes on with the paragraph of the lines before it. ``uneven``: some of its group are indented."""
    before = run[-1]
    if before.hint or line.hint or line.quoted != before.quoted:
        return False
    if run[0].item and line.deep and not (line.item or wrapped.indented or line.raw.startswith("\u3000")):
        return len(line.text) <= WIDEST
    if line.item and (wrapped.width is None or TERMINAL.search(before.text) or _RUNS_INTO.search(before.text)):
        return False
    if uneven and (line.deep or wrapped.hanging):
        return line.deep and wrapped.hanging
    if wrapped.width is None:
        return _must_go_on(before.text, line.text)
    return not _ends(before, line, wrapped, wrapped.width)


def _ends(line: Line, following: Line, wrapped: Wrapping, width: int) -> bool:
    """Whether a wrapped paragraph stops here: the next word would have had room on the line."""
    stops = bool(TERMINAL.search(line.text))
    if wrapped.exact:
        return len(line.raw) < width - (0 if stops else 2)
    size = _with_next_word(line, following, wrapped.measure)
    if stops and not wrapped.separated:
        return size <= (width if wrapped.filled else 0.9 * width)
    return size < 0.65 * width


def _with_next_word(line: Line, following: Line, measure: Callable[[str], int]) -> int:
    word = following.text.split(maxsplit=1)[0]
    return measure(line.raw.rstrip()) + (len(word) + 1 if word.isascii() else measure(word[0]))


def _must_go_on(text: str, following: str) -> bool:
    """Whether a line cannot be the first of a paragraph, however the text is laid out."""
    if _CLOSING.match(following):
        return True
    if TERMINAL.search(text) or not following[0].islower():
        return False
    return bool(_HYPHEN.search(text)) or (columns(text) >= 40 and not _RUNS_INTO.search(text))


def joined(lines: Sequence[Line], exact: bool) -> str:
    """The lines of one paragraph: a space between two that are not Han, nothing behind a hyphen, nor where the text
    was cut at every so many characters."""
    text = lines[0].text
    for before, line in pairwise(lines):
        cut = " " if before.raw[-1:].isspace() or line.raw[:1].isspace() else ""
        text += (cut if exact else glue(text[-2:], line.text[0])) + line.text
    return text


def glue(before: str, behind: str) -> str:
    """What stands between two lines once they are one. ``before``: the last two characters of the first.

    >>> glue("空", "度"), glue("sm", "of"), glue("i-", "c")
    ('', ' ', '')
    """
    return "" if _is_han(before[-1]) or _is_han(behind[0]) or _TIGHT.search(before) else " "


def _is_han(character: str) -> bool:
    """Han, kana and their marks: what stands without spaces. Emoji are as wide, and none of them."""
    return _WIDTHS[character] == 2 and not _NO_HAN.match(character)
