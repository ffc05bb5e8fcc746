"""The left edge of a Chinese name: the words before its ending, and the first of them that a name can begin with."""

from __future__ import annotations

from functools import lru_cache

from .lexicon import lexicon
from .lexicon import words as listed
from .words import Word, Words, is_word

NAME_KINDS = ("nr", "nrt", "nz", "nrfg", "eng")
LONGEST = 12
_MANY = 1 << 15  # words of a text that what is told of them is kept for
AND = frozenset(("和", "与", "及", "暨", "、"))


def words_before(words: Words, number: int, at: int, text: str) -> list[Word]:
    """The words before an ending that may belong to its name, in reading order; the first may be cut by it."""
    chain: list[Word] = []
    while number >= 0 and len(chain) < LONGEST:
        word = words[number]
        number -= 1
        if word.start >= at:
            continue
        if word.end > at:
            word = Word(text[word.start : at], "n" if is_word(text[word.start : at]) else word.kind, word.start, at)
        if not fits(word) and not (chain and word.text in AND and joins(words, number, chain[0])):
            break
        chain.insert(0, word)
    while chain and chain[0].text in AND:
        chain.pop(0)
    return chain


def fits(word: Word) -> bool:
    return _fits(word.text, word.kind)


@lru_cache(_MANY)
def _fits(text: str, kind: str) -> bool:
    if text in listed("words.outside") or text in listed("persons.roles"):
        return False
    if text in listed("chinese.ORG.field"):
        return True
    if not all("一" <= c <= "龥" or c.isalnum() for c in text):
        return False
    return kind in listed("words.inside") or text in "东南西北中大新" or (len(text) > 1 and not is_word(text))


def joins(words: Words, number: int, right: Word) -> bool:
    field = listed("chinese.ORG.field")
    return number >= 0 and right.text in field and words[number].text in field


def is_place(word: Word) -> bool:
    return (word.kind == "ns" and word.text not in listed("places.not")) or (
        word.text in lexicon().han and lexicon().han[word.text][0] in ("GPE", "LOC")
    )


def is_country(word: Word) -> bool:
    known = lexicon().han.get(word.text)
    return bool(known) and known is not None and known[0] in ("GPE", "LOC", "NORP")


def is_proper(word: Word) -> bool:
    return _is_proper(word.text, word.kind)


@lru_cache(_MANY)
def _is_proper(text: str, kind: str) -> bool:
    if text in listed("chinese.ORG.field"):
        return False
    known = lexicon().han.get(text)
    return (
        bool(known)
        or (kind in NAME_KINDS and len(text) > 1 and text not in listed("words.common"))
        or (len(text) > 1 and not is_word(text) and kind != "m")
    )


def anchor(chain: list[Word], places: bool = True) -> int | None:
    """The first word of a chain that a name can begin with: a place, or a word that is no common noun."""
    for at, word in enumerate(chain):
        if (is_proper(word) and (places or not is_place(word))) or (places and is_place(word)):
            return at
    return None


def nearest(chain: list[Word]) -> int | None:
    """The last word of a chain that a name can begin with, with those of its kind right before it."""
    found = next((at for at in reversed(range(len(chain))) if is_place(chain[at]) or is_proper(chain[at])), None)
    while found and (is_place(chain[found - 1]) or is_proper(chain[found - 1])):
        found -= 1
    return found


def governed(chain: list[Word]) -> list[Word]:
    """The words at the end of a chain that say what a body governs."""
    kept: list[Word] = []
    for word in reversed(chain):
        if word.text not in listed("chinese.ORG.field") and word.text not in AND:
            break
        kept.insert(0, word)
    while kept and kept[0].text in AND:
        kept.pop(0)
    return kept
