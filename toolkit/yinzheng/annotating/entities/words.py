"""The words of a folded Chinese text, as a dictionary cuts it: an aid to rules, never a bound of a span by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import rjieba

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
        start = 0
        for word, kind in rjieba.tag(text):
            end = start + len(word)
            if len(word) > 2 and word[-1] == "长" and word[-2] == word[-3]:  # 局局长, 银行行长
                self.append(Word(word[:-2], kind, start, end - 2))
                start, word = end - 2, word[-2:]
            self.append(Word(word, kind, start, end))
            start = end
        self.inner = {at for _, _, first, last in self if last - first > 1 for at in range(first + 1, last)}
        self.at = {word.start: number for number, word in enumerate(self)}

    def clean(self, start: int, end: int) -> bool:
        """Whether no word lies across either end of a span."""
        return start not in self.inner and end not in self.inner


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
