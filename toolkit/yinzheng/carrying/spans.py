"""Where the words of a span stand now, and whether they are the same words with the same stakes.

The letters decide, with what stands around them: of several places the one whose surroundings are the span's, and
where no place is clearly so, none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..letters import Letters
from ..stakes import stakes
from .diff import Diff
from .fates import Fate
from .features import FIRST_HAN

Verdict = Literal["unchanged", "moved", "variant", "changed", "ambiguous", "orphan"]

AROUND = 12  # letters on each side that tell one place from another
CLEAR = 3  # how many more of them the right place must share than any other
LONG = 9  # Han characters of a span that is hardly ever in a text twice by chance
ALONE = 12  # … and of one that is known again anywhere in the text
ALPHABET = 1 / 3  # what a letter of an alphabet says beside a Han character
KEPT = 0.4  # the part of a span's letters by which a changed span is still known


@dataclass(frozen=True, slots=True)
class Place:
    """Where an annotation went. ``paragraph``: index into the new texts; ``start, end``: code points of that text.

    All three are None for an orphan. For ``changed`` and ``ambiguous`` they are a proposal.
    """

    status: Verdict
    paragraph: int | None = None
    start: int | None = None
    end: int | None = None


ORPHAN = Place("orphan")


class Spans:
    """Follows spans of old texts into new ones, given the paragraphs' fates."""

    def __init__(self, old: Sequence[Letters], new: Sequence[Letters], fates: Sequence[Fate]) -> None:
        self.old, self.new, self.fates = old, new, fates
        self.sources: dict[int, list[int]] = {}
        for row, fate in enumerate(fates):
            for column in fate.targets:
                self.sources.setdefault(column, []).append(row)
        self._diffs: dict[tuple[int, tuple[int, ...]], Diff] = {}

    def follow(self, row: int, start: int, end: int) -> Place:
        """The place of a span, given in code points of the old text."""
        whole = self.old[row]
        if not 0 <= start < end <= len(whole.source):
            raise ValueError(f"span {start}:{end} of paragraph {row}, which has {len(whole.source)} code points")
        fate = self.fates[row]
        if fate.status == "carried" and self.new[fate.targets[0]].source == whole.source:
            return Place("unchanged", fate.targets[0], start, end)
        first, last = whole.within(start, end)
        if first == last:
            return ORPHAN  # nothing but marks and space: no words to follow
        found = self._same_paragraph(row, first, fate) or self._among(row, first, last, fate)
        if found is None and fate.status != "review":
            found = self._anywhere(row, first, last)
        if found is not None:
            return self._judged(row, first, last, *found)
        return self._doubtful(row, first, last, fate)

    def _same_paragraph(self, row: int, first: int, fate: Fate) -> tuple[int, int] | None:
        if fate.status == "carried" and self.new[fate.targets[0]].text == self.old[row].text:
            return fate.targets[0], first
        return None

    def _among(self, row: int, first: int, last: int, fate: Fate) -> tuple[int, int] | None:
        """The one place among the paragraphs that this one became."""
        if fate.status != "carried":
            return None
        words = self.old[row].text[first:last]
        places = [(column, at) for column in fate.targets for at in _occurrences(self.new[column].text, words)]
        if not places:
            return None
        rows = sorted({source for column in fate.targets for source in self.sources[column]})
        rivals = [(r, at) for r in rows for at in _occurrences(self.old[r].text, words) if (r, at) != (row, first)]
        size = last - first
        scores = sorted(((self._around((row, first), place, size), place) for place in places), reverse=True)
        score, best = scores[0]
        other = max([s for s, _ in scores[1:2]] + [self._around(rival, best, size) for rival in rivals], default=-1)
        if other < 0:
            says = telling(words)
            need = 0 if says >= LONG else 2 if says >= 4 else 3
            return best if score >= need else None
        return best if score >= CLEAR + 1 and score - other >= CLEAR else None

    def _around(self, old: tuple[int, int], new: tuple[int, int], size: int) -> int:
        """How many letters before and behind are the same; an edge of both paragraphs counts as three."""
        ours, theirs = self.old[old[0]].text, self.new[new[0]].text
        return _shared(ours, old[1] - 1, theirs, new[1] - 1, -1) + _shared(
            ours, old[1] + size, theirs, new[1] + size, 1
        )

    def _anywhere(self, row: int, first: int, last: int) -> tuple[int, int] | None:
        """Words so long that they are known again wherever they stand, if they stand once then and now."""
        words = self.old[row].text[first:last]
        if telling(words) < ALONE or sum(len(_occurrences(text, words)) for text in self._old_texts) != 1:
            return None
        places = [(column, at) for column, text in enumerate(self._new_texts) for at in _occurrences(text, words)]
        return places[0] if len(places) == 1 else None

    @property
    def _old_texts(self) -> Iterator[str]:
        return (whole.text for whole in self.old)

    @property
    def _new_texts(self) -> Iterator[str]:
        return (whole.text for whole in self.new)

    def _judged(self, row: int, first: int, last: int, column: int, at: int) -> Place:
        """The same letters were found: are the stakes the same, the place, the characters?"""
        ours, theirs = self.old[row], self.new[column]
        then, now = ours.stored(first, last), theirs.stored(at, at + last - first)
        if stakes_of(ours.source, *then) != stakes_of(theirs.source, *now):
            return Place("changed", column, *now)
        if ours.source[slice(*then)] != theirs.source[slice(*now)]:
            return Place("variant", column, *now)
        in_place = column == self.fates[row].targets[0] if self.fates[row].targets else False
        return Place("unchanged" if in_place and at == first else "moved", column, *now)

    def _doubtful(self, row: int, first: int, last: int, fate: Fate) -> Place:
        """Not found again for sure: changed where it stood, or one of several places, or gone."""
        words = self.old[row].text[first:last]
        if fate.targets:
            columns = sorted(fate.targets)
            diff = self._diff(row, columns)
            kept = diff.kept(first, last)
            if sum(b - a for a, b in kept) >= KEPT * (last - first):
                image = self._image(diff, columns, kept, *diff.image(first, last))
                exact = diff.new[slice(*image[1:])] == words
                return self._placed("ambiguous" if exact else "changed", columns, *image)
            places = [(column, at) for column in columns for at in _occurrences(self.new[column].text, words)]
        else:
            places = []
        if not places and last - first >= 4:
            places = [(column, at) for column, text in enumerate(self._new_texts) for at in _occurrences(text, words)]
        if not places or (len(places) == 1 and not fate.targets):
            return ORPHAN
        column, at = max(places, key=lambda place: self._around((row, first), place, last - first))
        return Place("ambiguous", column, *self.new[column].stored(at, at + last - first))

    def _image(
        self, diff: Diff, columns: list[int], kept: list[tuple[int, int]], start: int, end: int
    ) -> tuple[int, int, int]:
        """The image in the one paragraph that holds most of it."""
        offset, best = 0, (-1, 0, 0, 0)
        for column in columns:
            size = len(self.new[column])
            held = sum(max(min(b, offset + size) - max(a, offset), 0) for a, b in kept)
            best = max(best, (held, -column, max(start, offset), min(end, offset + size)))
            offset += size
        return -best[1], best[2], best[3]

    def _placed(self, status: Verdict, columns: list[int], column: int, start: int, end: int) -> Place:
        offset = sum(len(self.new[before]) for before in columns if before < column)
        return Place(status, column, *self.new[column].stored(start - offset, max(end, start + 1) - offset))

    def _diff(self, row: int, columns: list[int]) -> Diff:
        key = (row, tuple(columns))
        if key not in self._diffs:
            self._diffs[key] = Diff(self.old[row].text, "".join(self.new[column].text for column in columns))
        return self._diffs[key]


def stakes_of(text: str, start: int, end: int) -> list[tuple[str, str, int, int]]:
    """The stakes that a range of a text touches, with how far each reaches beyond it; a negation before it too.

    35億 in 135億 has other stakes than in 35億, and 下降 other ones behind 未.
    """
    return [
        (stake.kind, stake.value, max(start - stake.start, 0), max(stake.end - end, 0))
        for stake in _stakes(text)
        if stake.start < end and (stake.end > start or (stake.end == start and stake.kind == "negation"))
    ]


_stakes = lru_cache(maxsize=256)(stakes)  # a paragraph has many annotations, a long text many paragraphs


def telling(words: str) -> float:
    """How much some letters say, in Han characters."""
    han = sum(ord(letter) >= FIRST_HAN for letter in words)
    return han + ALPHABET * (len(words) - han)


def _occurrences(text: str, words: str) -> list[int]:
    places, at = [], text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def _shared(ours: str, i: int, theirs: str, j: int, step: int) -> int:
    """How many letters from here on are the same, AROUND at most; that both end here counts as three."""
    count = 0
    while count < AROUND:
        mine, yours = 0 <= i < len(ours), 0 <= j < len(theirs)
        if not mine or not yours:
            return count + (3 if mine == yours else 0)
        if ours[i] != theirs[j]:
            return count
        count, i, j = count + 1, i + step, j + step
    return count
