"""What in a sentence speaks for or against its being a claim: words of ``data/claims.toml``, and its shape.

Chinese words are looked up in the text folded to one script, character by character, so that a sentence has the same
features in either; the longest word at a place counts, and none that begins inside it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from ...letters import in_one_script

Language = Literal["chinese", "english"]
Features = dict[str, float]

DATA = Path(__file__).parents[2] / "data"
# The kinds' own cues, and those that any kind may have; the rest speak of reports.
ASSERTING = ("cause", "because", "value", "reading", "future", "ought", "define", "hedge", "contrast", "degree", "says")
REPORTING = ("event", "acts", "dated", "amount", "tells", "signpost", "method", "body", "editor")

_HAN = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_CITED = re.compile(r"[(（][^()（）]{0,40}(?:1[89]|20)\d\d[a-z]?[)）]")
_MONEY = re.compile(r"[$€£¥￥%％‰]")


def language(sentence: str) -> Language:
    """By which of the two a sentence is read: a name in the other script changes nothing."""
    han = len(_HAN.findall(sentence))
    return "chinese" if han and han * 6 >= sum(map(len, _LATIN.findall(sentence))) else "english"


def features(sentence: str) -> Features:
    """How often each kind of cue stands in a sentence (twice at most), and its shape; zeros are left out.

    >>> found = features("補貼導致產能過剩，這並非偶然。")
    >>> {name: found[name] for name in ("cause", "value", "contrast", "event") if name in found}
    {'cause': 1.0, 'contrast': 1.0}
    """
    spoken = language(sentence)
    counts: dict[str, int] = {}
    for classes in _chinese(sentence) if spoken == "chinese" else _english(sentence):
        for name in classes:
            counts[name] = counts.get(name, 0) + 1
    counts.pop("plain", None)
    found: Features = {name: float(min(count, 2)) for name, count in counts.items()}
    asserting = sum(1 for name in ASSERTING if name in counts)
    reporting = sum(1 for name in REPORTING if name in counts)
    found |= _shape(sentence, spoken)
    found["breadth"] = min(asserting, 5) / 2
    size = len(sentence) / (1 if spoken == "chinese" else 2.8)
    found["density"] = min(sum(counts.get(name, 0) for name in ASSERTING) * 12 / (size + 12), 4.0)
    found["report density"] = min(sum(counts.get(name, 0) for name in REPORTING) * 12 / (size + 12), 4.0)
    if not asserting:
        found["no assertion"] = 1.0
    if not asserting and reporting:
        found["only report"] = 1.0
    if reporting > asserting:
        found["more report"] = 1.0
    return found


def _shape(sentence: str, spoken: Language) -> Features:
    size = len(sentence) / (1 if spoken == "chinese" else 2.8)
    numbers = len(_NUMBER.findall(sentence))
    shape: Features = {"length": min(size, 80) / 40, "short": float(size < 12), "numbers": min(numbers, 3) / 2}
    shape["year"] = float(_YEAR.search(sentence) is not None)
    shape["cited"] = float(_CITED.search(sentence) is not None)
    shape["measure"] = float(_MONEY.search(sentence) is not None)
    last = sentence.rstrip("」』”’\"')）")[-1:]
    shape["open"] = float(last not in "。｡！？!?.")
    shape["asks"] = float(last in "？?")
    shape["quoted"] = float(any(mark in sentence for mark in '「“"'))
    shape["parts"] = min(sentence.count("；") + sentence.count(";"), 2) / 2
    if spoken == "english":
        words = _LATIN.findall(sentence)
        capitals = sum(1 for word in words[1:] if word[0].isupper() and word != "I")
        shape["names"] = min(capitals, 6) / 4
        shape["ed"] = min(sum(1 for word in words if word.endswith("ed")), 2) / 2
    return {name: value for name, value in shape.items() if value}


class _Words:
    """The cues of one language by word; ``lengths``: of the cues that begin so, the longest first."""

    def __init__(self, spoken: Language) -> None:
        table: dict[str, str] = tomllib.loads((DATA / "claims.toml").read_text(encoding="utf-8"))[spoken]
        found: dict[str, set[str]] = {}
        for name, cues in table.items():
            for cue in cues.split():
                word = in_one_script(cue) if spoken == "chinese" else cue.replace("_", " ").replace("-", " ")
                found.setdefault(word, set()).add(name)
        self.classes = {word: tuple(sorted(names)) for word, names in found.items()}
        lengths: dict[str, set[int]] = {}
        for word in found:
            first, size = (word[0], len(word)) if spoken == "chinese" else (word.split()[0], word.count(" ") + 1)
            lengths.setdefault(first, set()).add(size)
        self.lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}
        if spoken == "chinese":
            self.first = re.compile("[" + "".join(sorted(self.lengths)) + "]")


@cache
def _words(spoken: Language) -> _Words:
    return _Words(spoken)


def _chinese(sentence: str) -> Iterator[tuple[str, ...]]:
    words = _words("chinese")
    text = in_one_script(sentence)
    classes, behind = words.classes, 0
    for match in words.first.finditer(text):
        at = match.start()
        if at < behind:
            continue
        for size in words.lengths[match[0]]:
            names = classes.get(text[at : at + size])
            if names is not None:
                yield names
                behind = at + size
                break


def _english(sentence: str) -> Iterator[tuple[str, ...]]:
    words = _words("english")
    found = [word if word == "May" else word.lower().replace("’", "'") for word in _LATIN.findall(sentence)]
    at = 0
    while at < len(found):
        taken = 1
        for size in words.lengths.get(found[at], ()):
            if size > 1 and (names := words.classes.get(" ".join(found[at : at + size]))) is not None:
                yield names
                taken = size
                break
        else:
            if names := _english_word(found[at]):
                yield names
        at += taken


@lru_cache(maxsize=1 << 16)
def _english_word(word: str) -> tuple[str, ...]:
    """The classes of a word by itself, or else by the longest cue with * that it begins with."""
    classes = _words("english").classes
    for cue in (word, *(word[:size] + "*" for size in range(len(word), 2, -1))):
        if cue in classes:
            return classes[cue]
    return ()
