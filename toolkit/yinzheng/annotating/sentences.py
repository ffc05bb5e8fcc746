"""Sentences of Chinese and English, by their marks alone: the unit of a claim (GUIDELINES, Claims).

A sentence is ended by 。！？!? and in English by a period, with the quotes and brackets that close behind it; never by
； or ;. The period of an abbreviation, an initial, a number or a section number ends none. Offsets are code points,
half-open.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_OPENING = "「『“‘\"'（(《〈【[［"
_CLOSING = "」』”’\"'）)》〉】]］»"
_ENDERS = "。｡！？!?．.…"
_MARK = re.compile(rf"(?:[。｡！？]|[!?]|\.)[。｡！？!?.…]*[{re.escape(_CLOSING)}]*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_NUMBERING = re.compile(r"[(（\[]?(?:[0-9０-９]{1,3}|[ivxlIVXL]{1,5}|[A-Za-z])(?:\.[0-9]{1,3})*")


@cache
def _words() -> dict[str, frozenset[str]]:
    path = Path(__file__).parents[1] / "data" / "sentences.toml"
    return {name: frozenset(words.split()) for name, words in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text, in order: ``(start, end)`` with closing mark and quotes, without the space around them.

    >>> text = "他問：「為何？」Dr. Lee paid 3.5 dollars in the U.S. market. 無；亦無"
    >>> [text[start:end] for start, end in sentences(text)]
    ['他問：「為何？」', 'Dr. Lee paid 3.5 dollars in the U.S. market.', '無；亦無']
    """
    found: list[tuple[int, int]] = []
    start = _past_space(text, 0)
    for match in _MARK.finditer(text):
        if match.start() >= start and _ends(text, start, match.start(), match.end()):
            _keep(found, text, start, match.end())
            start = _past_space(text, match.end())
    _keep(found, text, start, len(text))
    return found


def before_mark(text: str, start: int, end: int) -> int:
    """Where a claim on the sentence ``[start, end)`` ends: before its closing mark, or at its end where it has none.

    A quote that closes behind the mark goes with it; one that closes before it stays.

    >>> [before_mark(text, 0, len(text)) for text in ("他說「好」。", "他說「好。」", "好；不好")]
    [5, 4, 4]
    """
    marked = end
    while marked > start and text[marked - 1] in _CLOSING:
        marked -= 1
    if marked == start or text[marked - 1] not in _ENDERS:
        return end
    while marked > start and (text[marked - 1] in _ENDERS or text[marked - 1].isspace()):
        marked -= 1
    return marked


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _keep(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[end - 1].isspace():
        end -= 1
    if any(map(str.isalnum, text[start:end])):
        found.append((start, end))
    elif found and start < end:  # marks alone, as …… behind a sentence, belong to it
        found[-1] = (found[-1][0], end)


def _ends(text: str, start: int, mark: int, end: int) -> bool:
    """Whether the mark at ``mark``, which with what closes behind it reaches to ``end``, ends the sentence."""
    following = text[end : end + 1]
    if text[mark] in "。｡！？":
        return not following.isascii() or not following.isalpha() or not following.islower()
    if not following or following > "⺀":
        return text[mark] != "." or not following or text[end - 1] in _CLOSING
    if not following.isspace():
        return text[mark] != "." and not following.isalnum() and following in _OPENING
    behind = end
    while behind < len(text) and behind < end + 80 and (text[behind].isspace() or text[behind] in _OPENING):
        behind += 1
    next_word = _WORD.match(text, behind)
    if next_word and next_word[0][0].islower():
        return False
    return text[mark] != "." or text[end - 1] in _CLOSING or not _abbreviates(text, start, mark, behind, next_word)


def _abbreviates(text: str, start: int, mark: int, behind: int, following: re.Match[str] | None) -> bool:
    """Whether a period before white space belongs to the word before it."""
    if text[mark + 1 : mark + 2] == ".":
        return False
    first = mark
    while first > start and mark - first < 24 and not text[first - 1].isspace() and text[first - 1] not in _OPENING:
        first -= 1
    word = text[first:mark].lower()
    if first == start and _NUMBERING.fullmatch(text[first:mark]):
        return True
    words = _words()
    if word in words["before_number"] and (len(word) > 1 or text[behind : behind + 1].isdigit()):
        return text[behind : behind + 1].isdigit()
    if word in words["never"]:
        return True
    if not (word in words["perhaps"] or _INITIALS.fullmatch(word)):
        return False
    return following is None or following[0].lower() not in words["begins"]
