"""What becomes of a paragraph, and the table that the stages of `paragraphs` fill in together."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from .features import Features

Status = Literal["carried", "review", "gone"]
Key = Callable[[str], str]

SHORT = 12  # letters: a shorter paragraph says too little by itself, its neighbours decide


@dataclass(frozen=True, slots=True)
class Fate:
    """Of one old paragraph. ``targets``: new paragraphs, heir first; proposals where the status is review.

    ``likeness``: weighted Dice with what it became, 0 to 1; ``margin``: how far the next best reading is, as a part of
    the paragraph's mass. Both are 1 for identical letters.
    """

    status: Status
    targets: tuple[int, ...] = ()
    likeness: float = 0.0
    margin: float = 0.0


class Table:
    """The old and the new paragraphs, and the fates so far.

    ``old``: letters, or what `key` makes of them; ``new``: likewise; ``forms``: the new letters themselves.
    """

    def __init__(
        self, old: Sequence[str], lengths: Sequence[int], forms: Sequence[str], features: Features, key: Key | None
    ) -> None:
        self.old, self.lengths, self.forms, self.features = old, lengths, forms, features
        self.new = [key(form) for form in forms] if key else forms
        self.key: Key = key or str
        self.readable = key is None
        self.fate = [Fate("gone")] * len(old)
        self.claimed: set[int] = set()
        self.often, self.free = Counter(old), Counter(self.new)

    def set(self, row: int, fate: Fate) -> None:
        """Give an old paragraph its fate; its targets are claimed."""
        self.fate[row] = fate
        self.claimed.update(fate.targets)

    def feature(self, column: int) -> int:
        """The row of a new paragraph in the features."""
        return len(self.old) + column

    def held(self, row: int, columns: Sequence[int]) -> float:
        """The part of an old paragraph that stands in some new ones."""
        mass = float(self.features.mass[row])
        return self.features.joint(row, map(self.feature, columns)) / mass if mass else 0.0

    def barred(self, row: int, column: int) -> bool:
        """Letters that were another paragraph's are that one's or its copy's, however alike the two are."""
        return self.new[column] in self.often and self.new[column] != self.old[row]

    def identical(self, row: int) -> bool:
        """Whether the heir has the very letters."""
        targets = self.fate[row].targets
        return bool(targets) and self.new[targets[0]] == self.old[row]

    def short(self, row: int) -> bool:
        """Whether an old paragraph is too short to be known by itself."""
        return self.lengths[row] < SHORT

    def beside(self, row: int, step: int) -> bool:
        """Whether the neighbour of an old paragraph was carried to the neighbour of where it went; edges meet too."""
        column = (min if step < 0 else max)(self.fate[row].targets) + step
        row += step
        if not 0 <= row < len(self.old):
            return not 0 <= column < len(self.new)
        return self.fate[row].status == "carried" and column in self.fate[row].targets

    def in_place(self, row: int) -> bool:
        """Whether at least one neighbour is where it was."""
        return self.beside(row, -1) or self.beside(row, 1)


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that rises on both sides (`pairs` rise on the first)."""
    ends: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for at, (_, column) in enumerate(pairs):
        place = bisect_left(ends, column)
        before.append(chain[place - 1] if place else -1)
        if place == len(ends):
            ends.append(column)
            chain.append(at)
        else:
            ends[place], chain[place] = column, at
    result = []
    at = chain[-1] if chain else -1
    while at >= 0:
        result.append(pairs[at])
        at = before[at]
    return result[::-1]
