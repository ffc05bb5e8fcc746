"""What in a sentence speaks for or against its being a claim: words of ``data/claims.toml``, and its shape.

Chinese words are looked up in the text folded to one script, character by character, so that a sentence has the same
features in either; the longest word at a place counts, and none that begins inside it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from itertools import compress
from operator import add, or_
from pathlib import Path
from typing import Literal

from ...letters import in_one_script

Language = Literal["chinese", "english"]
Features = dict[str, float]

DATA = Path(__file__).parents[2] / "data"
# What a claim is made of, what colours it, and what speaks of a report.
ASSERTING = ("cause", "because", "value", "reading", "future", "ought", "define", "argues")
COLOURING = ("hedge", "contrast", "degree", "doubt")
REPORTING = ("event", "acts", "dated", "amount", "tells", "signpost", "method", "body", "rule", "editor")

_HAN = re.compile("[㐀-鿿]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?<!\d)(?:(?:1[5-9]|20)\d\d(?!\d)|\d\d?[月日](?!本))")
_CITED = re.compile(r"[(（][^()（）]{0,40}(?:1[89]|20)\d\d[a-z]?[)）]")
_MONEY = re.compile(r"[$€£¥￥%％‰]")
_QUOTE = re.compile('[「“"]')
_CLOSING = "」』”’\"')）"


def language(sentence: str) -> Language:
    """By which of the two a sentence is read: a name in the other script changes nothing."""
    beyond = len(sentence) - len(sentence.encode("ascii", "ignore"))  # characters that no English word has, but for é
    if beyond * 8 < len(sentence):
        return "english"
    han = sum(map(len, _HAN.findall(sentence)))
    return "chinese" if han and han * 6 >= sum(map(len, _LATIN.findall(sentence))) else "english"


def features(sentence: str, spoken: Language) -> Features:
    """How often each kind of cue stands in a sentence (twice at most), and its shape; zeros are left out.

    ``sentence``: with its closing mark, folded (`letters.in_one_script`).

    >>> found = features("补贴导致产能过剩，这并非偶然。", "chinese")
    >>> {name: found[name] for name in ("cause", "value", "contrast", "event") if name in found}
    {'cause': 1.0, 'contrast': 1.0}
    """
    size = len(sentence) if spoken == "chinese" else len(sentence) / 2.8  # an English word says as much as two Han
    counts: dict[str, int] = {}
    found: Features
    if spoken == "chinese":
        _count_chinese(sentence, counts)
        found = {}
    else:
        words = _LATIN.findall(sentence)
        _count_english(words, counts)
        capitals = sum(1 for word in words[1:] if word[0].isupper() and word != "I")
        ed = sum(1 for word in words if word.endswith("ed"))
        found = {"names": min(capitals, 6) / 4, "ed": min(ed, 2) / 2}
    counts.pop("plain", None)
    cues = [counts[name] for name in ASSERTING if name in counts]
    reports = [counts[name] for name in REPORTING if name in counts]
    for name, count in counts.items():
        found[name] = 1.0 if count == 1 else 2.0
    found["breadth"] = min(len(cues), 5) / 2
    colours = [counts[name] for name in COLOURING if name in counts]
    found["colour"] = min(sum(colours) * 12 / (size + 12), 4.0)
    found["density"] = min(sum(cues) * 12 / (size + 12), 4.0)
    found["report density"] = min(sum(reports) * 12 / (size + 12), 4.0)
    if not cues:
        found["no assertion"] = 1.0
        found["only colour"] = float(bool(colours))
        if reports:
            found["only report"] = 1.0
    elif "tells" in counts:
        found["told assertion"] = 1.0
    if len(reports) > len(cues):
        found["more report"] = 1.0
    found["length"] = min(size, 80) / 40
    if size < 12:
        found["short"] = 1.0
    if numbers := len(_NUMBER.findall(sentence)):
        found["numbers"] = min(numbers, 3) / 2
        found["year"] = float(_YEAR.search(sentence) is not None)
        found["cited"] = float(_CITED.search(sentence) is not None)
    found["measure"] = float(_MONEY.search(sentence) is not None)
    found["quoted"] = float(_QUOTE.search(sentence) is not None)
    found["parts"] = min(sentence.count("；") + sentence.count(";"), 2) / 2
    last = sentence.rstrip(_CLOSING)[-1:]
    found["open"] = float(last not in "。｡！？!?.")
    found["asks"] = float(last in "？?")
    return found


class _Words:
    """The cues of one language by word. ``lengths``: by a word's beginning, two characters in Chinese and one word in
    English, of the longer cues that begin so, the longest first."""

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
            first, size = (word[:2], len(word)) if spoken == "chinese" else (word.split()[0], word.count(" ") + 1)
            if size > 1:
                lengths.setdefault(first, set()).add(size)
        self.lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}


@cache
def _words(spoken: Language) -> _Words:
    return _Words(spoken)


def _count_chinese(sentence: str, counts: dict[str, int]) -> None:
    words = _words("chinese")
    classes, lengths, behind = words.classes, words.lengths, 0
    pairs = list(map(add, sentence, sentence[1:] + " "))
    longer, single = map(lengths.__contains__, pairs), map(classes.__contains__, sentence)
    for at in compress(range(len(sentence)), map(or_, longer, single)):
        if at < behind:
            continue
        two, names = pairs[at], None
        for size in lengths.get(two, ()):
            if (names := classes.get(sentence[at : at + size])) is not None:
                behind = at + size
                break
        for name in names or classes.get(two[0], ()):
            counts[name] = counts.get(name, 0) + 1


def _count_english(sentence: list[str], counts: dict[str, int]) -> None:
    words = _words("english")
    found = [word if word == "May" else word.lower().replace("’", "'") for word in sentence]
    at = 0
    while at < len(found):
        for size in words.lengths.get(found[at], ()):
            if (names := words.classes.get(" ".join(found[at : at + size]))) is not None:
                break
        else:
            size, names = 1, _english_word(found[at])
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        at += size


@lru_cache(maxsize=1 << 16)
def _english_word(word: str) -> tuple[str, ...]:
    """The classes of a word by itself, or else by the longest cue with * that it begins with."""
    classes = _words("english").classes
    for cue in (word, *(word[:size] + "*" for size in range(len(word), 2, -1))):
        if cue in classes:
            return classes[cue]
    return ()
