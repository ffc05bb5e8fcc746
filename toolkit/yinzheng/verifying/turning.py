"""A quotation that has the source's words, all of them and no others, in another order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..edges.counting import FIGURES, TURNS
from ..edges.cutting import CLAUSE
from ..letters import in_one_script, letters
from ..stakes import stakes
from .alterations import Kept
from .index import Passage
from .judge import Judged, Verdict
from .wording import corrected

_UNIT = re.compile(r"[⺀-\U000e0000]|[^\W_⺀-\U000e0000]+(?:[.,][0-9]+)*")


def in_other_order(kept: Kept, passage: Passage) -> Judged | None:
    """The verdict on it, or None where a passage has no such words. Whole clauses that were turned keep their figures
    and negations; a figure in the place of another is a changed one, and so is a negation among other words."""
    quoted = "…".join(kept.pieces)
    stretch = _turned(quoted, passage.text)
    if stretch is None:
        return None
    start, end = stretch
    found = passage.text[start:end]
    ours, theirs = ([letters(clause).text for clause in CLAUSE.split(text)] for text in (found, quoted))
    verdict: Verdict = "altered"
    if sorted(filter(None, ours)) != sorted(filter(None, theirs)):
        if all(_placed(found, FIGURES, *sides) != _placed(quoted, FIGURES, *sides) for sides in ((2, 0), (0, 2))):
            verdict = "figure-changed"
        elif _placed(found, TURNS, 1, 1) != _placed(quoted, TURNS, 1, 1) or all(
            _placed(found, TURNS, *sides) != _placed(quoted, TURNS, *sides) for sides in ((2, 0), (0, 2))
        ):
            verdict = "negation-changed"
    correction = None if kept.listed else corrected(kept, [found], [])
    return Judged(verdict, passage, start, end, found, quoted, 1.0, listed=kept.listed, correction=correction)


def _placed(text: str, kinds: Sequence[str], before: int, after: int) -> list[tuple[str, str, str]]:
    """The stakes of some kinds with so many characters before and behind each, in no order."""
    text = in_one_script(text)
    result = []
    for stake in stakes(text):
        if stake.kind in kinds:
            beside = (
                text[max(0, stake.start - 2 * before - 2) : stake.start],
                text[stake.end : stake.end + 2 * after + 2],
            )
            left, right = ("".join(filter(str.isalnum, words)) for words in beside)
            result.append((stake.value, left[max(0, len(left) - before) :], right[:after]))
    return sorted(result)


def _turned(words: str, text: str) -> tuple[int, int] | None:
    """Where they stand: words of Latin letters, and Han characters."""
    ours, theirs = (list(_UNIT.finditer(in_one_script(one).casefold())) for one in (text, words))
    size = len(theirs)
    if not 1 < size <= len(ours):
        return None
    wanted = [match.group() for match in theirs]
    lacking = Counter(wanted)
    lacking.subtract(match.group() for match in ours[:size])
    wrong = sum(map(abs, lacking.values()))
    for start in range(len(ours) - size + 1):
        if not wrong:
            same = [match.group() for match in ours[start : start + size]] == wanted
            return None if same else (ours[start].start(), ours[start + size - 1].end())
        if start + size < len(ours):
            for unit, step in ((ours[start].group(), 1), (ours[start + size].group(), -1)):
                wrong += abs(lacking[unit] + step) - abs(lacking[unit])
                lacking[unit] += step
    return None
