"""The source's words for a quotation's, piece by piece: as a report shows both, and as a correction reads."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from ..letters import letters
from .alterations import Gap, Kept
from .index import Passage


def pieces(passage: Passage, start: int, end: int, holes: Iterable[tuple[int, int, Gap]]) -> list[str]:
    """``[start, end)`` of the passage's text, divided where a mark covers letters of it."""
    found, at = [], start
    for low, high, _ in holes:
        found.append(passage.text[at : passage.letters.stored(low - 1, low)[1]])
        at = passage.letters.index[high]
    return [*found, passage.text[at:end]]


def shown(kept: Kept, found: Sequence[str], passage: Passage, start: int, end: int) -> tuple[str, str]:
    """Both in one line each, with … for what a mark covers: at the outer ends with the punctuation that the source has
    too, at the inner ones without any."""
    ours, theirs = list(found), list(kept.pieces)
    if len(theirs) > len(ours) and kept.gaps[0].at == 0:
        ours.insert(0, "")
    if len(theirs) == len(ours) + 1 and kept.gaps[-1].at == len(kept.letters):
        ours.append("")
    sides = [_parted(piece) for piece in theirs]
    theirs = [
        (head if number == 0 else "") + words + (tail if number == len(sides) - 1 else "")
        for number, (head, words, tail) in enumerate(sides)
    ]
    ours[0] = _same(sides[0][0][::-1], passage.text[max(0, start - 12) : start][::-1])[::-1] + ours[0]
    ours[-1] += _same(sides[-1][2], passage.text[end : end + 12])
    return "…".join(ours), "…".join(theirs)


def corrected(kept: Kept, found: Sequence[str], gaps: Sequence[Gap]) -> str | None:
    """The quotation with the source's words; None where it has notes or initials, whose place would be a guess."""
    if len(kept.listed) != len(kept.gaps) or list(gaps) != list(kept.gaps) or len(found) != len(kept.pieces):
        return None
    parts = []
    for number, (piece, words) in enumerate(zip(kept.pieces, found, strict=True)):
        head, own, tail = _parted(piece)
        if not own:
            return None
        if words[:1].isdecimal() and words[:1] != own[:1]:
            head = head.rstrip(".,．，")  # what was left of a number: 5.|4 %
        if words[-1:] != own[-1:] and own[-1:].isdecimal():
            tail = tail.lstrip(".,．")
        parts += [head, words, tail, gaps[number].text if number < len(gaps) else ""]
    return "".join(parts)


def _parted(piece: str) -> tuple[str, str, str]:
    """What stands before the first letter, to the last, and behind it."""
    form = letters(piece)
    if not len(form):
        return piece, "", ""
    low, high = form.stored(0, len(form))
    return piece[:low], piece[low:high], piece[high:]


def _same(marks: str, text: str) -> str:
    """The beginning of a text that is these marks, in any width; else nothing."""
    wanted, at = "".join(marks.split()), 0
    for mark in wanted:
        while text[at : at + 1].isspace():
            at += 1
        if unicodedata.normalize("NFKC", text[at : at + 1]) != unicodedata.normalize("NFKC", mark):
            return ""
        at += 1
    return text[:at]
