"""All rules on one piece of folded text, for both languages; and the titles between marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from ...records import EntityLabel
from .candidate import MARKED, NAMED, Candidate
from .countries import countries
from .cuts import cuts, units
from .forms import forms
from .latin import english
from .lexicon import Lexicon, lexicon
from .lexicon import words as listed
from .persons import persons
from .words import Words, is_word

_TITLE = re.compile(r"《([^《》\n]{1,80})》")
_ENGLISH_TITLE = re.compile(r'["“]([A-Z0-9][^"“”\n]{6,90}?)[,.]?["”]')
_NUMBERED = re.compile("[一-龥]{2,4}[一二三四五六七八九十0-9]+号(?=[^码线楼院])")
_SENTENCE = re.compile("[，。,；？！我你他她們们的是不]")
_QUOTED = re.compile(r"“([^“”\n]{2,24})”")
_HAN = re.compile("[㐀-鿿]")
_CAPITAL = re.compile("[A-Z]")


def rules(text: str, proper: Collection[str], own: Lexicon | None = None) -> list[Candidate]:
    """What the rules propose for a folded text; ``own``: what the document itself defines."""
    found = list(titles(text))
    if _HAN.search(text):
        found += chinese(text, own)
    if _CAPITAL.search(text) or (own and own.latin):
        latin = [Candidate(s, e, label, 0.95, key) for s, e, label, key in lexicon().english(text)]
        if own:
            latin += [Candidate(s, e, label, 0.96, key) for s, e, label, key in own.english(text)]
        found += latin
        if _CAPITAL.search(text):
            found += english(text, proper, {(c.start, c.end): c.label for c in latin})
    return [_registered(text, _tongue(text, one)) for one in found]


_BEFORE_TONGUE = re.compile(r"\b(?:in|into|from|speak|speaks|spoke|speaking|learn|learned|learning|taught|teach) $")
_AFTER_TONGUE = re.compile(
    r"-(?:speaking|language)|(?:[,.;:)]|$"
    r"| (?:and|or|but|as|by|for|to|is|was|with|in|since|after|at|translation|version)\b)"
)
_OF_PEOPLE = re.compile(
    r" (?:wo)?men\b| (?:people|peoples|famil|villag|communit|societ|culture|government|migra|immigra|worker|farmer"
    r"|peasant|nationalis|elite|youth|child|student|merchant|politic|leader|voter|viewer|identity|diaspora|minorit"
    r"|majorit|population)"
)


def _tongue(text: str, one: Candidate) -> Candidate:
    """A people's adjective that stands for its language: in French, English-speaking."""
    if one.label == "LANGUAGE" and _OF_PEOPLE.match(text, one.end):
        return one._replace(label="NORP", key=f"NORP:{text[one.start : one.end]}")
    if one.label != "NORP" or not one.key.startswith("NORP:") or not (after := _AFTER_TONGUE.match(text, one.end)):
        return one
    surface = text[one.start : one.end]
    if surface in _tongues() and (
        after[0][:1] == "-" or _BEFORE_TONGUE.search(text, max(0, one.start - 10), one.start)
    ):
        return one._replace(label="LANGUAGE", key=f"LANGUAGE:{surface}")
    return one


@cache
def _tongues() -> frozenset[str]:
    return frozenset(row.en for row in lexicon().rows.values() if row.label == "LANGUAGE" and row.en)


def _registered(text: str, one: Candidate) -> Candidate:
    """株式會社 before a company's name is of it."""
    if one.label == "ORG" and text.endswith("株式会社", 0, one.start):
        return one._replace(start=one.start - 4)
    return one


def chinese(text: str, own: Lexicon | None = None) -> Iterator[Candidate]:
    """Known Chinese names, and those that their form gives away."""
    words = Words(text)
    names = list(lexicon().chinese(text))
    both: tuple[tuple[Iterable[tuple[int, int, EntityLabel, str]], float], ...]
    both = ((names, 0.95), (own.chinese(text) if own else (), 0.96))
    for known, score in both:
        for start, end, label, key in known:
            if end - start > 4 or words.clean(start, end) or (end - start > 2 and not _across(words, start, end)):
                yield Candidate(start, end, label, score, key)
            elif _STATE.fullmatch(key) and end - start == 2 and start not in words.inner:
                yield Candidate(start, end, label, 0.9, key)
    yield from _of_place(text, names)
    yield from countries(text, words)
    named = [*forms(text, words), *cuts(text, words, names)]
    yield from named
    yield from units(text, [*named, *(Candidate(s, e, label, 0.9) for s, e, label, _ in names)])
    yield from persons(text, words, families=own.single if own else {})
    for match in _NUMBERED.finditer(text):
        start = next((at for at in range(match.start(), match.end() - 2) if at not in words.inner), match.end())
        if match.end() - start > 3 and any(
            not is_word(w.text) or w.kind in ("nr", "nrt", "nz", "ns") for w in words[words.at[start] :][:1]
        ):
            yield Candidate(start, match.end(), "PRODUCT", 0.6)


def _of_place(text: str, known: Sequence[tuple[int, int, EntityLabel, str]]) -> Iterator[Candidate]:
    """深圳市|發改委, 二十國集團|峰會: a known body of a place, a known body's meeting."""
    places = {end: start for start, end, label, _ in known if label == "GPE" and end - start > 1}
    for start, end, label, _ in known:
        if label == "ORG" and start in places and text[end - 1] in "部委局院署省厅会":
            yield Candidate(places[start], end, "ORG", 0.9)
        if label in ("ORG", "GPE") and (meeting := _MEETING.match(text, end)):
            yield Candidate(start, meeting.end(), "EVENT", 0.75)


_MEETING = re.compile("(?:高?峰会|领导人会议|首脑会议|领导人峰会|外长会议)(?:议)?")
_STATE = re.compile("GPE:[A-Z]{2}")


def _across(words: Words, start: int, end: int) -> bool:
    """Whether a word of the dictionary, none of the name's, lies across an end of it (菲律賓海|岸)."""
    for place in (start, end):
        if place in words.inner:
            first = place
            while first not in words.at:
                first -= 1
            word = words[words.at[first]]
            if is_word(word.text) and ((place == end and first > start) or not word.kind.startswith("n")):
                return True
    return False


def titles(text: str) -> Iterator[Candidate]:
    """What stands in 《》, and what stands in quotation marks before a word as 計劃."""
    for match in _TITLE.finditer(text):
        yield Candidate(match.start(1), match.end(1), title_label(match[1]), 0.95, rank=MARKED)
    for match in _QUOTED.finditer(text):
        called = any(text.startswith(word, match.end()) for word in listed("chinese.called"))
        inside = any(match[1].endswith(word) and len(match[1]) > len(word) + 1 for word in listed("words.policies"))
        if (called or inside) and not _SENTENCE.search(match[1]):
            yield Candidate(match.start(1), match.end(1), "LAW", 0.75, rank=NAMED)

    for match in _ENGLISH_TITLE.finditer(text):
        capital = [word[0].isupper() for word in match[1].split() if len(word) > 3 and word[0].isalpha()]
        if len(capital) > 1 and sum(capital) > 0.8 * len(capital):
            label = title_label(match[1])
            yield Candidate(match.start(1), match.end(1), label, 0.7, rank=MARKED)


def title_label(title: str) -> EntityLabel:
    """What a title in 《》 is: a law by its ending, a newspaper, else a work.

    >>> title_label("反垄断法"), title_label("纽约时报"), title_label("资本论")
    ('LAW', 'ORG', 'WORK_OF_ART')
    """
    known = lexicon().han.get(title) or lexicon().latin.get(title)
    if known and known[0] in ("LAW", "ORG", "WORK_OF_ART"):
        return known[0]
    bare = re.sub(r"\([^)]*\)$", "", title)
    if any(bare.endswith(word) for word in listed("chinese.newspaper")) and len(bare) <= 10:
        return "ORG"
    if any(bare.endswith(word) for word in listed("chinese.law")) and not any(
        word in bare for word in listed("words.works")
    ):
        return "LAW"
    if re.search(r"\b(?:Act|Treaty|Agreement|Convention|Accord|Protocol|Directive|Regulation|Law)$", bare):
        return "LAW"
    return "WORK_OF_ART"
