"""What paragraphs are compared by: weighted grams of their letters, or the values of their sketches.

A feature that few paragraphs have says much, one that all have says little (idf). A gram that stands twice in a
paragraph is two features, so that sets of features behave as multisets of grams. Grams are 2 letters where Han takes
part and 4 of an alphabet's, hashed into more buckets than there are grams; a collision blurs a likeness by a hair.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FIRST_HAN = 0x2E80
MOST_BITS = 24
RARE = 24  # features by which like paragraphs are looked up …
COMMON = 50  # … none of them in more paragraphs than this


class Features:
    """Features of a list of paragraphs, row by row. ``mass``: the weight of all features of each."""

    def __init__(self, rows: Sequence[Ints]) -> None:
        self._rows = rows
        flat = np.concatenate(rows) if rows else np.empty(0, np.int64)
        often = np.bincount(flat) if len(flat) else np.empty(0, np.int64)
        self.weights = np.zeros(len(often))
        there = np.flatnonzero(often)
        self.weights[there] = np.log1p(len(rows) / often[there])
        self.mass = np.array([self.weights[row].sum() for row in rows])
        self._marked = np.zeros(len(often), bool)
        self._mine = np.zeros(len(often))

    def row(self, at: int) -> Ints:
        """The features of one paragraph."""
        return self._rows[at]

    def overlap(self, ones: Sequence[int], others: Sequence[int]) -> Floats:
        """The weight of the features that each of `ones` shares with each of `others`."""
        result = np.zeros((len(ones), len(others)))
        if not len(ones) or not len(others):
            return result
        flat = np.concatenate([self.row(at) for at in others])
        bounds = np.cumsum([0, *(len(self.row(at)) for at in others)])
        mine = self._mine
        for number, at in enumerate(ones):
            row = self.row(at)
            mine[row] = self.weights[row]
            running = np.concatenate([[0.0], np.cumsum(mine[flat])])
            result[number] = running[bounds[1:]] - running[bounds[:-1]]
            mine[row] = 0
        return result

    def joint(self, one: int, others: Iterable[int]) -> float:
        """The weight of the features that `one` shares with `others` taken together."""
        rows = [self.row(at) for at in others]
        for row in rows:
            self._marked[row] = True
        own = self.row(one)
        shared = float(self.weights[own[self._marked[own]]].sum())
        for row in rows:
            self._marked[row] = False
        return shared

    def likeness(self, one: int, other: int) -> float:
        """Weighted Dice, 0 to 1."""
        mass = float(self.mass[one] + self.mass[other])
        return 2 * self.joint(one, [other]) / mass if mass else 0.0


class Lookup:
    """Find among some paragraphs those most like one, by the rarest of its features.

    ``queries``: the paragraphs that will be asked for; nothing else is kept.
    """

    def __init__(self, features: Features, among: Iterable[int], queries: Iterable[int]) -> None:
        self.features = features
        wanted = np.zeros(len(features.weights), bool)
        for at in queries:
            wanted[features.row(at)] = True
        self.places: dict[int, list[int]] = defaultdict(list)
        for at in among:
            row = features.row(at)
            for feature in row[wanted[row]].tolist():
                self.places[feature].append(at)

    def like(self, one: int) -> list[tuple[float, int]]:
        """Likeness and row of the likest, the best first."""
        row = self.features.row(one)
        votes: Counter[int] = Counter()
        used = 0
        for feature in row[self.features.weights[row].argsort(kind="stable")[::-1]].tolist():
            places = self.places.get(feature, ())
            if 0 < len(places) <= COMMON:
                votes.update(places)
                used += 1
                if used >= RARE:
                    break
        votes.pop(one, None)
        found = [(self.features.likeness(one, at), at) for at, _ in votes.most_common(6)]
        return sorted(found, key=lambda pair: (-pair[0], pair[1]))[:4]


def of_letters(forms: Sequence[str]) -> Features:
    """Grams of letters; a text of one letter is a gram of its own."""
    bits = min(max(sum(map(len, forms)).bit_length() + 4, 12), MOST_BITS)
    return Features([_grams(form, bits) for form in forms])


def of_sketches(sketches: Sequence[Sequence[int]]) -> Features:
    """The values of sketches (`yinzheng.ids.sketch`)."""
    return Features([np.array(sketch, np.int64) for sketch in sketches])


def _grams(form: str, bits: int) -> Ints:
    """The buckets of the grams, each with its rank among equal ones mixed in."""
    codes = np.frombuffer(form.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    grams = codes[:1] * _FACTORS[0] if len(codes) < 2 else codes[:-1] * _FACTORS[0] + codes[1:] * _FACTORS[1]
    if len(codes) >= 4:
        narrow = codes < FIRST_HAN
        word = narrow[:-3] & narrow[1:-2] & narrow[2:-1] & narrow[3:]
        longer = grams[:-2] + codes[2:-1] * _FACTORS[2] + codes[3:] * _FACTORS[3]
        grams[:-2][word] = longer[word]
    grams = np.sort(grams)
    starts = np.flatnonzero(np.concatenate([[True], grams[1:] != grams[:-1]])) if len(grams) else np.empty(0, np.int64)
    rank = np.arange(len(grams)) - np.repeat(starts, np.diff(np.concatenate([starts, [len(grams)]])))
    mixed = grams + rank.astype(np.uint64) * _FACTORS[4]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _FACTORS[1]
    buckets: Ints = (mixed >> np.uint64(64 - bits)).astype(np.int64)
    return buckets


_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0x27D4EB2F165667C5], np.uint64
)
