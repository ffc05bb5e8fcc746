"""Recognise a text: which edition it is a copy of, and which of its blocks is which paragraph. Pure.

By letters first (whatever the script, width, spacing and punctuation of the copy), in order, so that of two equal
paragraphs each finds its own; then by sketch, for a person to look at. A doubt is `review`, never a guess.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from . import ids
from .letters import letters
from .records import Paragraph
from .segment import Block

State = Literal["exact", "equivalent", "review", "missing"]

# A copy shares at least this part of an edition's letters, or of its own, with it (research notes on anchoring, 2.3).
FLOOR = 0.6
# … and so many letters: a heading that two articles have in common makes no copy.
FEWEST = 40
# Sketches as alike as this are worth a person's look; above so many pairs looking is left to `--work`.
ALIKE = 0.35
MOST_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class Match:
    """A paragraph of the index and the block of the copy that it is, or may be (``block``: its position, or None)."""

    paragraph: Paragraph
    state: State
    block: int | None
    likeness: float


@dataclass(frozen=True, slots=True)
class Attachment:
    """A copy laid beside an edition. ``extra``: blocks of the copy that are no paragraph of it."""

    matches: tuple[Match, ...]
    extra: tuple[int, ...]
    shared: float
    """The part of the edition's letters, or of the copy's where that is more, that the two have in common."""

    @property
    def recognised(self) -> bool:
        """Whether this is a copy of the edition at all."""
        return self.shared >= FLOOR

    def count(self, state: State) -> int:
        """How many paragraphs are in a state."""
        return sum(match.state == state for match in self.matches)


def attach(work: str, edition: str, index: Sequence[Paragraph], blocks: Sequence[Block]) -> Attachment:
    """Lay a copy beside the index of an edition."""
    hashes, length = [], 0
    for one in blocks:  # one after another: their letters together are as long as the text
        form = letters(one.text).text
        hashes.append(ids.keyed_hash(work, edition, form))
        length += len(form)
    found = _same([paragraph.hash for paragraph in index], hashes)
    likely = _alike(work, edition, index, blocks, found)
    common = sum(index[at].length for at in (*found, *likely))
    whole = min(sum(paragraph.length for paragraph in index), length)
    shared = common / whole if whole and (common >= FEWEST or len(found) == len(index)) else 0.0
    matches = []
    for at, paragraph in enumerate(index):
        if at in found:
            same = ids.keyed_hash(work, edition, blocks[found[at]].text) == paragraph.text_hash
            matches.append(Match(paragraph, "exact" if same else "equivalent", found[at], 1.0))
        elif at in likely:
            block, likeness = likely[at]
            matches.append(Match(paragraph, "review", block, likeness))
        else:
            matches.append(Match(paragraph, "missing", None, 0.0))
    taken = {match.block for match in matches}
    return Attachment(tuple(matches), tuple(at for at in range(len(blocks)) if at not in taken), shared)


def _same(ours: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Paragraphs with the same letters: in order as far as order goes, then the unique ones that moved."""
    shorter = min(len(ours), len(theirs))
    head = next((at for at in range(shorter) if ours[at] != theirs[at]), shorter)
    foot = next((at for at in range(shorter - head) if ours[-1 - at] != theirs[-1 - at]), shorter - head)
    found = {at: at for at in range(head)}
    found.update((len(ours) - at, len(theirs) - at) for at in range(foot, 0, -1))
    middle = SequenceMatcher(None, ours[head : len(ours) - foot], theirs[head : len(theirs) - foot], autojunk=False)
    for first, second, size in middle.get_matching_blocks():
        found.update((head + first + step, head + second + step) for step in range(size))
    taken = set(found.values())
    often, free = Counter(ours), Counter(theirs)
    place = {value: at for at, value in enumerate(theirs) if at not in taken}
    for at, value in enumerate(ours):
        if at not in found and value in place and often[value] == free[value] == 1:
            found[at] = place[value]
    return found


def _alike(
    work: str, edition: str, index: Sequence[Paragraph], blocks: Sequence[Block], found: dict[int, int]
) -> dict[int, tuple[int, float]]:
    """For a paragraph that was not found, the free block between its found neighbours that its sketch is most like."""
    taken = set(found.values())
    free = [at for at in range(len(blocks)) if at not in taken]
    lost = [at for at in range(len(index)) if at not in found]
    if not free or not lost or (not found and len(free) * len(lost) > MOST_PAIRS):
        return {}
    sketches = {at: ids.sketch(work, edition, letters(blocks[at].text).text) for at in free}
    anchors = sorted(found)
    likely: dict[int, tuple[int, float]] = {}
    for at in lost:
        place = bisect_left(anchors, at)
        low = found[anchors[place - 1]] if place else -1
        high = found[anchors[place]] if place < len(anchors) else len(blocks)
        between = free[bisect_left(free, low + 1) : bisect_left(free, high)]
        scored = [(ids.resemblance(index[at].sketch, sketches[block]), -block) for block in between]
        likeness, block = max(scored, default=(0.0, 0))
        if likeness >= ALIKE:
            likely[at] = (-block, likeness)
            del free[bisect_left(free, -block)]
    return likely
