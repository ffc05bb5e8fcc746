"""The corpus as an index: where in ten thousand paragraphs the letters of a quotation stand, or nearly stand.

The letters of all paragraphs follow each other in one string, edition after edition, so that a quotation may run over
the end of a paragraph. Each place has a gram: three letters where it begins with a Han character, six elsewhere. The
grams are sorted once; a quotation looks up its rarest ones, so that its cost hardly depends on how much there is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from ..letters import Letters, letters
from ..records import Paragraph
from ..script import Script, detect
from ..works import Edition

HAN, OTHER = 3, 6
MOST = 4_000  # places of a gram beyond which it tells nothing
GRAMS = 24
_WIDE = 0x2E80
_SAMPLE = 3_000  # characters that tell a script


@dataclass(frozen=True, slots=True)
class Part:
    """One edition of the corpus: its paragraphs with text, ``[first, last)``, and their letters, ``[start, end)``."""

    work: str
    edition: Edition
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or neighbours joined by a line break. ``letters`` are those of its text; ``at``: where in the
    corpus they begin."""

    first: int
    last: int
    at: int
    letters: Letters
    script: Callable[[], Script | None]
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The stored text."""
        return self.letters.source


class Corpus:
    """The texts that are here. ``editions``: (work, edition, paragraphs), in the order in which ties are decided."""

    def __init__(self, editions: Iterable[tuple[str, Edition, Sequence[Paragraph]]]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.parts: list[Part] = []
        texts: list[str] = []
        self._forms: list[Letters] = []
        self.starts: list[int] = []
        at = 0
        for work, edition, paragraphs in editions:
            first, start = len(self.paragraphs), at
            for paragraph in paragraphs:
                if paragraph.text is None:
                    continue
                form = letters(paragraph.text)
                self.paragraphs.append(paragraph)
                self._forms.append(form)
                texts.append(form.text)
                self.starts.append(at)
                at += len(form)
            texts.append("\n")
            self.parts.append(Part(work, edition, first, len(self.paragraphs), start, at))
            at += 1
        self.text = "".join(texts)
        self._passages: dict[tuple[int, int], Passage] = {}
        self._scripts: dict[int, Script | None] = {}

    @cached_property
    def _index(self) -> tuple[np.ndarray, np.ndarray]:
        """The grams in order, and the place of each."""
        keys = _grams(self.text).astype(np.uint64) << np.uint64(32)
        keys |= np.arange(len(keys), dtype=np.uint64)
        keys.sort()  # gram and place in one number: much faster than an argsort
        return (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32)

    def exact(self, words: str, parts: Sequence[Part]) -> list[int]:
        """Every place of these letters in the parts, in order."""
        starts: np.ndarray | None = None
        if len(words) >= OTHER or (len(words) >= HAN and words[0] >= chr(_WIDE)):
            for offset, places in self._places(words, most=None):
                known = places.astype(np.int64) - offset
                starts = known if starts is None else np.intersect1d(starts, known, assume_unique=True)
                if len(starts) <= 64:
                    break
        found = np.sort(starts).tolist() if starts is not None else _all(self.text, words)
        inside = [at for at in found if any(part.start <= at and at + len(words) <= part.end for part in parts)]
        return [at for at in inside if self.text.startswith(words, at)]

    def near(self, pieces: Sequence[str], parts: Sequence[Part], most: int = 6) -> list[tuple[int, int]]:
        """Where something like these words is: (place of their begin, place of their end), the likeliest first. The
        places are estimated from the grams that they share, which may stand some way apart."""
        seeds: list[tuple[np.ndarray, np.ndarray]] = []
        before = 0
        for piece in pieces:
            for offset, places in self._places(piece, most=MOST)[:GRAMS]:
                seeds.append((places.astype(np.int64), np.full(len(places), before + offset)))
            before += len(piece)
        if not seeds:
            return []
        places, offsets = np.concatenate([s[0] for s in seeds]), np.concatenate([s[1] for s in seeds])
        inside = np.zeros(len(places), dtype=bool)
        for part in parts:
            inside |= (places >= part.start) & (places < part.end)
        begin = np.sort((places - offsets)[inside])
        if not len(begin):
            return []
        size = max(before, 64)
        # how many different grams of the words begin within one length of each
        right = np.searchsorted(begin, begin + size, side="right")
        counts = right - np.arange(len(begin))
        result: list[tuple[int, int]] = []
        for best in np.argsort(-counts, kind="stable")[: most * 40].tolist():
            low, high = int(begin[best]), int(begin[right[best] - 1]) + before
            if all(high <= a or b <= low for a, b in result):
                result.append((low, high))
                if len(result) == most:
                    break
        return result

    def _places(self, words: str, most: int | None) -> list[tuple[int, np.ndarray]]:
        """The grams of some words, the rarest first: their offset in them, and their places in the corpus."""
        if len(words) < HAN:
            return []
        sorted_grams, order = self._index
        grams = _grams(words)
        low = np.searchsorted(sorted_grams, grams, side="left")
        high = np.searchsorted(sorted_grams, grams, side="right")
        whole = [at for at in range(len(grams)) if at + (HAN if words[at] >= chr(_WIDE) else OTHER) <= len(words)]
        whole.sort(key=lambda at: int(high[at] - low[at]))
        return [(at, order[low[at] : high[at]]) for at in whole if most is None or 0 < high[at] - low[at] <= most]

    def paragraph_at(self, place: int) -> int:
        """The paragraph in which a letter stands."""
        first = max(bisect_right(self.starts, max(place, 0)) - 1, 0)
        while self._forms[first].text == "" and first + 1 < len(self.starts) and self.starts[first + 1] <= place:
            first += 1
        return first

    def part(self, paragraph: int) -> Part:
        """The edition of a paragraph."""
        return next(part for part in self.parts if part.first <= paragraph < part.last)

    def _script(self, part: Part) -> Script | None:
        """The script of an edition's text as it is here, which may be another than the edition's."""
        if part.edition.language != "zh":
            return None
        if part.first not in self._scripts:
            sample = "".join(form.source[:_SAMPLE] for form in self._forms[part.first : part.first + 20])
            self._scripts[part.first] = detect(sample[:_SAMPLE]) or part.edition.script
        return self._scripts[part.first]

    def passage(self, low: int, high: int) -> Passage:
        """The paragraphs that the letters ``[low, high)`` stand in, of the edition that they begin in."""
        first = self.paragraph_at(low)
        part = self.part(first)
        last = min(max(bisect_right(self.starts, max(high - 1, 0)) - 1, first), part.last - 1)
        key = (first, last)
        if key not in self._passages:
            joined = [self.paragraphs[at].text or "" for at in range(first, last + 1)]
            form = self._forms[first] if first == last else letters("\n".join(joined))
            own = tuple(self.paragraphs[first : last + 1])
            self._passages[key] = Passage(first, last, self.starts[first], form, partial(self._script, part), own)
        return self._passages[key]


def _grams(text: str) -> np.ndarray:
    """A hash for each place: of three letters from a Han character on, of six from any other."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    padded = np.concatenate([codes, np.zeros(OTHER, dtype=np.uint64)])
    size = len(codes)
    mixed = np.zeros(size, dtype=np.uint64)
    short = mixed
    for step in range(OTHER):
        mixed = (mixed + padded[step : step + size]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        if step == HAN - 1:
            short = mixed.copy()
    chosen = np.where(codes >= _WIDE, short, mixed)
    return (chosen >> np.uint64(32)).astype(np.uint32)


def _all(text: str, words: str) -> list[int]:
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0 and len(found) < MOST:
        found.append(at)
        at = text.find(words, at + 1)
    return found
