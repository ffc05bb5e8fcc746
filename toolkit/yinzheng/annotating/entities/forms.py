"""Chinese names by what they end with: 公司, 委員會, 省, 海峽, 條約, 戰爭, 機場. Their left edge is found by words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from ...records import EntityLabel
from .candidate import GUESSED, NAMED, Candidate
from .edges import anchor, governed, is_country, is_place, is_proper, nearest, words_before
from .lexicon import lexicon
from .lexicon import words as listed
from .words import Words, is_word

_Rule = Callable[[str, Words, int, int], Iterator[Candidate]]


def forms(text: str, words: Words) -> Iterator[Candidate]:
    """The names of a folded text that their endings give away."""
    ends, lasts = _endings()
    for number, word in enumerate(words):
        if word.text[-1] not in lasts or word.end - word.start > 12:
            continue
        for size in lasts[word.text[-1]]:
            if word.end >= size and (kinds := ends.get(text[word.end - size : word.end])):
                for kind in kinds:
                    yield from _RULES[kind](text, words, number, word.end - size)
                break
    for word in words:
        if word.kind == "ns" and len(word.text) > 1 and (label := _kind_of_place(word.text)):
            yield Candidate(word.start, word.end, label, 0.62, rank=GUESSED if len(word.text) < 3 else NAMED)


@cache
def _kind_of_place(text: str) -> EntityLabel | None:
    """What the dictionary's place is; None for one that is no name."""
    if not is_word(text) or not _known_place(text):
        return None
    for label in ("FAC", "LOC"):
        ended = any(text.endswith(ending) for ending in listed(f"chinese.{label}.suffix"))
        if ended and text not in listed(f"chinese.{label}.not"):
            return "FAC" if label == "FAC" else "LOC"
    return "GPE"


def _known_place(text: str) -> bool:
    if text in _endings()[0] or text[-1] == "岸" or (text[-1] == "国" and text[-2] in "一二三四五六七八九十两各多"):
        return False
    return text not in listed("chinese.GPE.not") and text not in listed("places.not")


def _body(text: str, words: Words, number: int, at: int) -> Iterator[Candidate]:
    end = words[number].end
    chain = words_before(words, number, at, text)
    first = anchor(chain)
    whole = text[chain[0].start : end] if chain else text[at:end]
    if first is not None:
        while first and chain[first - 1].text[-1] in "部厅局省院署" and len(chain[first - 1].text) > 2:
            first -= 1  # 水利部|黃河水利委員會
        start = chain[first].start
        if text[start:end] not in listed("chinese.ORG.not"):
            yield Candidate(start, end, "ORG", 0.82)
    elif chain and whole not in listed("chinese.ORG.not"):
        field = governed(chain)
        if field and text[at:end] in listed("words.bodies"):
            yield Candidate(field[0].start, end, "ORG", 0.72)


def _office(text: str, words: Words, number: int, at: int) -> Iterator[Candidate]:
    end = words[number].end
    if text[words[number].start : end] in listed("chinese.ORG.not"):
        return
    chain = words_before(words, number, at, text)
    field = governed(chain)
    if not field or text[field[0].start : end] in listed("chinese.ORG.not"):
        return
    before = chain[: len(chain) - len(field)]
    start = field[0].start
    while before and (
        is_place(before[-1])
        or before[-1].text in listed("words.state")
        or (before[-1].text[-1] in "部院委" and len(before[-1].text) > 2)
    ):
        start = before.pop().start
    yield Candidate(start, end, "ORG", 0.84)


def _company(text: str, words: Words, number: int, at: int) -> Iterator[Candidate]:
    end = words[number].end
    chain = words_before(words, number, at, text)
    if not chain:
        return
    suffix = text[at:end]
    near = chain[-1]
    if suffix in listed("words.firms"):  # 公司, 集團: anything proper before it will do
        first = anchor(chain, places=False)
        if first is None:
            first = next(
                (at for at, word in enumerate(chain) if word.kind == "ns" and word.text not in lexicon().han), None
            )
        if first is not None:
            yield Candidate(chain[first].start, end, "ORG", 0.82)
        elif (suffix in listed("words.registered") or (suffix.endswith("集团") and len(chain) > 1)) and (
            any_ := anchor(chain)
        ) is not None:
            yield Candidate(chain[any_].start, end, "ORG", 0.8)
    elif (
        (is_proper(near) or near.kind == "ns")
        and not is_country(near)
        and len(near.text) <= 5
        and not near.text.endswith(("人", "主义", "化"))
    ):
        yield Candidate(near.start, end, "ORG", 0.75 if near.text in lexicon().han else 0.66)


def _party(text: str, words: Words, number: int, at: int) -> Iterator[Candidate]:
    word = words[number]
    chain = words_before(words, number, at, text)
    if chain and text[chain[-1].start : word.end] not in listed("chinese.ORG.not"):
        first = anchor(chain)
        start = chain[first].start if first is not None else chain[-1].start
        if first is not None or len(text[start:at]) > 1:
            yield Candidate(start, word.end, "ORG", 0.82)


def _press(text: str, words: Words, number: int, at: int) -> Iterator[Candidate]:
    chain = words_before(words, number, at, text)
    if chain and ((first := anchor(chain[-2:])) is not None):
        yield Candidate(chain[-2:][first].start, words[number].end, "ORG", 0.85)


def _area(label: EntityLabel) -> _Rule:
    def rule(text: str, words: Words, number: int, at: int) -> Iterator[Candidate]:
        end = words[number].end
        word = words[number]
        not_ = listed(f"chinese.{label}.not")
        if word.text in not_ or (text[at:end] in not_ and word.start == at and len(word.text) > 2):
            return
        if word.start < at:  # 熊本县: one word already
            stem = text[word.start : at]
            if (word.kind in ("ns", "nr", "nrt", "nz") or not is_word(word.text)) and len(stem) >= (
                1 if word.kind == "ns" else 2
            ):
                yield Candidate(word.start, end, label, 0.82 if word.kind == "ns" else 0.7)
            return
        chain = words_before(words, number, at, text)
        if not chain:
            return
        near = chain[-1]
        if text[near.start : end] in not_ or near.text in listed("words.common"):
            return
        if is_place(near) or near.kind in ("nr", "nrt", "nz") or (len(near.text) > 1 and not is_word(near.text)):
            yield Candidate(near.start, end, label, 0.78)

    return rule


def _law(text: str, words: Words, number: int, at: int) -> Iterator[Candidate]:
    end = words[number].end
    suffix, not_ = text[at:end], listed("chinese.LAW.not")
    if words[number].start < at and (words[number].text in not_ or words[number].kind in ("i", "l")):
        return
    chain = words_before(words, number, at, text)
    if not chain or text[chain[0].start : end] in not_ or (text[chain[-1].start : end] in not_ and len(chain) < 2):
        return
    first = nearest(chain)
    whole = text[chain[0].start : end]
    if suffix in listed("chinese.LAW.strong") and first is not None and text[chain[first].start : end] not in not_:
        yield Candidate(chain[first].start, end, "LAW", 0.8)
    elif suffix in listed("words.acts") and len(whole) > 3 + (len(suffix) > 1) and whole not in not_:
        if any(len(word.text) == 1 and word.text != "反" for word in chain):
            return
        yield Candidate(chain[0].start, end, "LAW", 0.66)


def _event(text: str, words: Words, number: int, at: int) -> Iterator[Candidate]:
    end = words[number].end
    suffix, not_ = text[at:end], listed("chinese.EVENT.not")
    chain = words_before(words, number, at, text)
    if not chain:
        return
    near = chain[-1]
    strong = suffix in listed("chinese.EVENT.strong")
    first = nearest(chain)
    if first is None:
        return
    if suffix in listed("words.vague") or (not strong and not is_place(near)):
        return
    if (
        (strong or first == len(chain) - 1)
        and text[near.start : end] not in not_
        and (strong or is_place(near) or is_proper(near))
    ):
        yield Candidate(chain[first].start, end, "EVENT", 0.78 if strong else 0.6)


def _building(text: str, words: Words, number: int, at: int) -> Iterator[Candidate]:
    end = words[number].end
    suffix, not_ = text[at:end], listed("chinese.FAC.not")
    word = words[number]
    if word.text in not_ and word.start < at:
        return
    chain = words_before(words, number, at, text)
    if not chain:
        return
    near = chain[-1]
    if text[near.start : end] in not_:
        return
    if len(suffix) == 1 and not (near.kind == "ns" or not is_word(near.text)):
        return
    if len(near.text) == 1 and len(chain) > 1 and is_place(chain[-2]):  # 土耳其|溪|管道
        near = chain[-2]
    if is_place(near) or (is_proper(near) and len(near.text) > 1):
        yield Candidate(near.start, end, "FAC", 0.74)


_RULES: dict[str, _Rule] = {
    "body": _body,
    "office": _office,
    "company": _company,
    "party": _party,
    "press": _press,
    "GPE": _area("GPE"),
    "LOC": _area("LOC"),
    "LAW": _law,
    "EVENT": _event,
    "FAC": _building,
}


@cache
def _endings() -> tuple[dict[str, list[str]], dict[str, list[int]]]:
    """The kinds of each ending, and the lengths of those with each last character, the longest first."""
    ends: dict[str, list[str]] = {}
    for kind in _RULES:
        path = f"chinese.{kind}.suffix" if kind.isupper() else f"chinese.ORG.{kind}"
        for ending in listed(path):
            ends.setdefault(ending, []).append(kind)
    sizes: dict[str, set[int]] = {}
    for ending in ends:
        if len(ending) <= 8:
            sizes.setdefault(ending[-1], set()).add(len(ending))
    return ends, {last: sorted(lengths, reverse=True) for last, lengths in sizes.items()}
