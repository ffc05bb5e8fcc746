"""The words of a folded Chinese text, as a dictionary cuts it: an aid to rules, never a bound of a span by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import accumulate, repeat
from typing import NamedTuple

import rjieba

from ...letters import letters

PIECE = 4096
_ENDS = "。!?！？\n；;，,、 )）》”"


class Word(NamedTuple):
    """``kind``: the dictionary's class: n, v, ns (place), nr (person), nt (body), nz (other name), x (mark) …"""

    text: str
    kind: str
    start: int
    end: int


class Words(list[Word]):
    """In reading order, without gaps. ``inner``: the places inside a word; ``at``: which word begins at a place."""

    def __init__(self, text: str) -> None:
        cut = rjieba.tag(text)
        if "长" in text:
            cut = [part for word, kind in cut for part in _halves(word, kind)]
        texts, kinds = zip(*cut, strict=True) if cut else ((), ())
        ends = list(accumulate(map(len, texts)))
        starts = [0, *ends[:-1]]
        words = zip(texts, kinds, starts, ends, strict=False)
        super().__init__(map(tuple.__new__, repeat(Word), words))  # as Word(...), at half the cost
        self.at = dict(zip(starts, range(len(cut)), strict=False))
        self.inner = set(range(len(text))).difference(starts)

    def clean(self, start: int, end: int) -> bool:
        """Whether no word lies across either end of a span."""
        return start not in self.inner and end not in self.inner


def _halves(word: str, kind: str) -> Iterator[tuple[str, str]]:
    """局|局长, 银行|行长."""
    if len(word) > 2 and word[-1] == "长" and word[-2] == word[-3]:
        yield word[:-2], kind
        word = word[-2:]
    yield word, kind


def cut(text: str) -> list[str]:
    """The words of a Chinese text in either script; together they are as long as the text."""
    folded = letters(text).text
    return list(rjieba.cut(folded if len(folded) == len(text) else text))


@cache
def is_word(text: str) -> bool:
    """Whether the dictionary has the word."""
    return bool(rjieba.has_word(text))


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces of bounded length, each with its offset, cut after a mark where one is near."""
    start = 0
    while len(text) - start > PIECE:
        window = text[start + PIECE // 2 : start + PIECE]
        cut = max((window.rfind(mark) for mark in _ENDS[:5]), default=-1)
        if cut < 0:
            cut = max(window.rfind(mark) for mark in _ENDS)
        end = start + PIECE // 2 + cut + 1 if cut >= 0 else start + PIECE
        yield start, text[start:end]
        start = end
    yield start, text[start:]
