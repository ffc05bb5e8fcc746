"""An edition as sentences of tokens, for the forms that know text only so. Pure.

A token never lies across the end of an annotation: a word is cut there, and that is counted; nor does a sentence end
inside of one. What stands between tokens is white space and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..records import Annotation, Paragraph
from .held import Held

Range = tuple[int, int]
_SENTENCE = re.compile(r"[。！？!?…]+[」』”’）)】》\"']*|\.[\"'”’)]*(?=\s+[A-Z\"“‘(])")
_SPACE = re.compile(r"\s+")
_MORE = (  # what combines with the character before it
    r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    r"\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
)
_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_EXTENDS = re.compile(f"[{_MORE}]")
_LETTER = rf"[^\W\d_{_HAN}][{_MORE}]*"
_WORD = re.compile(
    rf"(?P<han>(?:[{_HAN}][{_MORE}]*)+)|\d+(?:[.,]\d+)*|(?:{_LETTER})+(?:['’-](?:{_LETTER})+)*"
    rf"|\s+|.[{_MORE}]*(?:(?<=\u200d).[{_MORE}]*)*",
    re.DOTALL,
)
CUT = "a word is cut where an annotation begins or ends inside it"


@dataclass(frozen=True, slots=True)
class Sentence:
    """``tokens``: code points of the paragraph, half-open. ``notes``: the annotations in it, in reading order, the
    longer before the shorter. ``first``: of its paragraph; ``end``: where the next begins."""

    paragraph: Paragraph
    start: int
    end: int
    tokens: tuple[Range, ...]
    notes: tuple[Annotation, ...]
    first: bool
    number: int


def sentences(held: Held, cut: Callable[[str], Sequence[str]], lost: Counter[str]) -> Iterator[Sentence]:
    """The sentences of an edition. ``cut``: a text into words that together are the text."""
    for paragraph, notes in held.grouped(lost):
        text = paragraph.text or ""
        bounds = {bound for note in notes for bound in (note.start, note.end)}
        tokens, at = [], 0
        for word in cut(text):
            tokens += list(_parts(text, at, at + len(word), bounds, lost))
            at += len(word)
        starts = [start for start, _ in tokens]
        last = 0
        for number, (start, end) in enumerate(_sentences(text, notes)):
            low, high = bisect_left(starts, start), bisect_left(starts, end)
            first = last
            while last < len(notes) and notes[last].start < end:
                last += 1
            if low < high:
                inside = tuple(notes[first:last])
                yield Sentence(paragraph, start, end, tuple(tokens[low:high]), inside, start == 0, number + 1)


def _parts(text: str, start: int, end: int, bounds: set[int], lost: Counter[str]) -> Iterator[Range]:
    """A word without its white space, cut at the bounds of annotations."""
    inner = [at for at in range(start + 1, end) if at in bounds]
    pieces = 0
    for low, high in zip([start, *inner], [*inner, end], strict=True):
        at = low
        for space in [*_SPACE.finditer(text, low, high), None]:
            until = space.start() if space else high
            if at < until:
                pieces += 1
                yield at, until
            at = space.end() if space else high
    if inner and pieces > 1 and not text[start:end].isspace():
        lost[CUT] += 1


def _sentences(text: str, notes: Sequence[Annotation]) -> Iterator[Range]:
    """Where sentences are; no end stands inside an annotation."""
    covered = _covered(notes)
    ends = [end for end, _ in covered]
    start = 0
    for match in _SENTENCE.finditer(text):
        at = match.end()
        nearest = bisect_left(ends, at + 1)
        if at < len(text) and not (nearest < len(covered) and covered[nearest][1] < at):
            at += len(space[0]) if (space := _SPACE.match(text, at)) else 0
            yield start, at
            start = at
    if start < len(text):
        yield start, len(text)


def _covered(notes: Sequence[Annotation]) -> list[Range]:
    """The stretches that annotations cover, as (end, start), in order."""
    found: list[Range] = []
    for note in notes:  # in reading order
        if found and note.start < found[-1][0]:
            found[-1] = (max(found[-1][0], note.end), found[-1][1])
        else:
            found.append((note.end, note.start))
    return found


def characters(text: str) -> Sequence[str]:
    """Every character is a word."""
    return text


def words(text: str) -> Sequence[str]:
    """Chinese as a dictionary cuts it (either script, as one); else letters, or digits, that stand together; a mark or
    sign with what combines with it.

    >>> words("董事長在2021年說cafe\u0301 isn't 3.5%。")
    ['董事長', '在', '2021', '年', '說', 'cafe\u0301', ' ', "isn't", ' ', '3.5', '%', '。']
    """
    from ..annotating.entities.words import cut

    found: list[str] = []
    for match in _WORD.finditer(text):
        at = match.start()
        for word in cut(match[0]) if match.lastgroup == "han" else (match[0],):
            piece = text[at : at + len(word)]
            at += len(word)
            if found and _EXTENDS.match(piece):
                found[-1] += piece
            else:
                found.append(piece)
    return found
