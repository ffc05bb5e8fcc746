"""Recognise a text: which edition it is a copy of, and which of its blocks is which paragraph. Pure.

By letters first (whatever the script, width, spacing and punctuation of the copy), in order, so that of two equal
paragraphs each finds its own; then as `carrying` aligns, by sketch, for a person to look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from . import ids
from .letters import letters
from .progress import Progress, watched
from .records import Paragraph
from .segment import Block

State = Literal["exact", "equivalent", "review", "missing"]

# A copy shares at least this part of an edition's letters, or of its own, with it (research notes on anchoring, 2.3).
FLOOR = 0.6
# … and so many letters: a heading that two articles have in common makes no copy.
FEWEST = 40
# Above so many pairs of paragraphs that are not the same, looking is left to `--work`.
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


def attach(
    work: str, edition: str, index: Sequence[Paragraph], blocks: Sequence[Block], progress: Progress | None = None
) -> Attachment:
    """Lay a copy beside the index of an edition."""
    hashes, length = [], 0
    # One after another, and none kept: their letters together are as long as the text.
    for one in watched(blocks, f"comparing with {work}/{edition}", progress):
        form = letters(one.text).text
        hashes.append(ids.keyed_hash(work, edition, form))
        length += len(form)
    found = _same([paragraph.hash for paragraph in index], hashes)
    del hashes
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
    if len(found) == shorter:
        return found
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
    """For paragraphs that were not found, the free blocks that carrying the edition's ids to this copy would send them
    to. Nothing where the texts have nothing in common, or are too long to look."""
    free = set(range(len(blocks))).difference(found.values())
    lost = set(range(len(index))).difference(found)
    if not free or not lost or len(free) * len(lost) > MOST_PAIRS:
        return {}
    from .carrying.features import of_sketches
    from .carrying.paragraphs import follow

    forms = [letters(block.text).text for block in blocks]
    ours = [paragraph.sketch if at in lost else () for at, paragraph in enumerate(index)]
    theirs = [ids.sketch(work, edition, form) if at in free else () for at, form in enumerate(forms)]
    fates = follow(
        [paragraph.hash for paragraph in index],
        [paragraph.length for paragraph in index],
        forms,
        of_sketches([*ours, *theirs]),
        lambda form: ids.keyed_hash(work, edition, form),
    )
    likely: dict[int, tuple[int, float]] = {}
    for at in sorted(lost):
        for block in fates[at].targets[:1]:
            if block in free:
                likely[at] = (block, fates[at].likeness)
                free.remove(block)
    return likely
