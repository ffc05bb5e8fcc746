"""What is right or wrong with a quotation at one place of the corpus (verdicts and precedence: DESIGN section 5)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from ..edges import AROUND, at_edges, inside_word, with_signs
from ..edges.counting import FIGURES, TURNS, counted, left_out_whole, values
from ..letters import letters
from ..stakes import stakes
from .alterations import Gap, Kept
from .beginning import denied
from .characters import named, signs, varies
from .ends import ends
from .hiding import at_end, hidden, inside, stranded
from .index import Passage
from .running import over, together
from .wording import corrected, pieces, shown

Verdict = Literal[
    "unchecked", "not-found", "figure-changed", "negation-changed", "elided-unmarked", "altered", "wrong-paragraph",
    "elided-marked", "variant", "exact",
]  # fmt: skip
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)  # where several apply, the first
RIGHT = frozenset(("exact", "variant", "elided-marked", "unchecked"))
_ELLIPSIS = re.compile(r"[…⋯]|\.\s?\.\s?\.|。。。")
_OPENS, _BRACKETS = "[［〔", "[］]［〔〕"


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict at a place. ``start, end``: code points of the passage's text. ``found, quoted``: the words of both
    without what is marked as altered. ``likeness``: the share of the quotation's letters that are there.
    ``left_out``: what a marked cut swallowed."""

    verdict: Verdict
    passage: Passage
    start: int
    end: int
    found: str
    quoted: str
    likeness: float
    varies: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    apart: bool = False  # it joins words that are not one text's (see `running`)
    cut_over: bool = False  # a marked cut runs from one paragraph into another
    correction: str | None = None  # the quotation with the source's words, the marks in their place


@dataclass(slots=True)
class _Compared:
    """How the letters of a quotation and a passage correspond. ``holes``: source letters under a mark, with it.
    ``cuts``: source letters that nothing marks."""

    holes: list[tuple[int, int, Gap]]
    cuts: list[tuple[int, int]]
    changed: bool
    equal: int


def judge(kept: Kept, passage: Passage, at: Sequence[int]) -> Judged | None:
    """Judge a quotation whose letters stand at ``at`` in the letters of a passage (-1: nowhere); None where none do."""
    known = [place for place in at if place >= 0]
    if not known:
        return None
    first, last = known[0], known[-1]
    start, end = passage.letters.stored(first, last + 1)
    seen = _compare(kept, passage, at)
    likeness = seen.equal / len(at)
    verdicts: set[Verdict] = set()
    kinds: frozenset[str] = frozenset()
    if seen.changed or seen.cuts:
        low, high = ends(kept, passage, at, start, end)
        words = pieces(passage, low, high, seen.holes)
        verdicts |= _misquoted(passage, seen, "…".join(words), "…".join(kept.pieces)) | _moved(kept, passage, at)
        verdicts |= at_edges(passage.text, low, high)
    else:
        verdict, kinds = _same_letters(kept, passage, at)
        verdicts |= verdict
        low, high = ends(kept, passage, at, start, end) if verdict else (start, end)
        words = pieces(passage, low, high, seen.holes)
    swallowed = [(gap, _stored(passage, a, b)) for a, b, gap in seen.holes]
    verdicts |= _hidden(kept, passage, seen.holes, start, end)
    replaced = any(gap.at == 0 and gap.kind == "replaced" for gap in kept.gaps)
    if at[0] >= 0 and not replaced and (no := denied(passage.text, start, end, kept.said)) is not None:
        verdicts.add("negation-changed")
        words[0], low = passage.text[no:low] + words[0], no
    literal = {id(gap) for gap, taken in swallowed if not _is_alteration(gap, taken)}
    listed = _listed(kept, literal, {id(gap): taken.strip() for gap, taken in swallowed if gap.kind == "replaced"})
    if any(gap.kind == "cut" and id(gap) not in literal for gap in kept.gaps):
        verdicts.add("elided-marked")
    steps = _steps(kept, passage, at) if passage.last > passage.first else []
    apart = any(not together(passage.paragraphs[a : b + 1], marked) for a, b, marked in steps)
    verdicts |= {"altered"} if apart else set()
    verdicts.add("variant" if kinds else "exact")
    leading = next(verdict for verdict in VERDICTS if verdict in verdicts)
    right = leading in RIGHT
    return Judged(
        leading,
        passage,
        start,
        end,
        *(("…".join(words), "…".join(kept.pieces)) if right else shown(kept, words, passage, low, high)),
        likeness,
        named(kinds),
        listed,
        tuple(taken.strip() for gap, taken in swallowed if gap.kind == "cut" and letters(taken).text),
        apart,
        any(marked for _, _, marked in steps),
        None if right else corrected(kept, words, [gap for _, _, gap in seen.holes]),
    )


def _listed(kept: Kept, literal: Collection[int], replaced: Mapping[int, str]) -> tuple[str, ...]:
    """What is marked as the writer's and not the source's own, with the words that it replaces: wrong → [right]."""
    result, gaps = [], list(kept.gaps)
    for mark in kept.listed:
        gap = gaps.pop(0) if gaps and gaps[0].text == mark else None
        if gap is None or id(gap) not in literal:
            words = replaced.get(id(gap), "")
            result.append(f"{words} → {mark}" if letters(words).text else mark)
    return tuple(result)


def _steps(kept: Kept, passage: Passage, at: Sequence[int]) -> list[tuple[int, int, bool]]:
    """Where the words step from one paragraph of the passage into another, and whether a marked cut stands there."""
    known = [(number, place) for number, place in enumerate(at) if place >= 0]
    letters_of = [number for number, _ in known]
    cuts = {bisect_left(letters_of, gap.at) for gap in kept.gaps if gap.kind == "cut"}
    return over(passage.paragraphs, [passage.letters.index[place] for _, place in known], cuts)


def _compare(kept: Kept, passage: Passage, at: Sequence[int]) -> _Compared:
    seen = _Compared([], [], False, 0)
    source = passage.letters.text
    before = -1  # the last letter of the quotation that stands somewhere
    for number, (letter, place) in enumerate(zip(kept.letters, at, strict=True)):
        if place < 0:
            seen.changed = True
            continue
        if source[place] == letter:
            seen.equal += 1
        else:
            seen.changed = True
        if before >= 0:
            gaps = [gap for gap in kept.gaps if before < gap.at <= number]
            low = at[before] + 1
            if gaps and _may_swallow(passage, low, place, gaps):
                seen.holes.append((low, place, next((gap for gap in gaps if gap.kind == "cut"), gaps[0])))
            else:
                seen.changed |= any(gap.kind == "replaced" for gap in gaps)
                seen.cuts += [(low, place)] if place > low else []
        before = number
    return seen


def _may_swallow(passage: Passage, low: int, high: int, gaps: Sequence[Gap]) -> bool:
    """Whether a mark covers these letters of the source: not where the mark is the source's own."""
    between = _stored(passage, low, high)
    if any(gap.kind == "cut" for gap in gaps):
        return low == high or not _ELLIPSIS.search(between)
    if low == high:
        return not any(mark in between for mark in _BRACKETS)
    words = letters(gaps[0].words).text
    if passage.letters.text[low:high] == words:
        return True
    return high - low <= max(24, 4 * len(words)) and not any(mark in between for mark in _OPENS)


def _stored(passage: Passage, low: int, high: int) -> str:
    """The text between two kept letters, around the letters ``[low, high)``."""
    index = passage.letters.index
    return passage.text[index[low - 1] + 1 : index[high]] if 0 < low <= high < len(index) else ""


def _is_alteration(gap: Gap, words: str) -> bool:
    """Whether a mark is the writer's: not if the source has it there too."""
    if gap.kind == "cut":
        return bool(letters(words).text) or not _ELLIPSIS.search(words)
    return letters(words).text != letters(gap.words).text


def _misquoted(passage: Passage, seen: _Compared, found: str, quoted: str) -> set[Verdict]:
    ours, theirs = stakes(found), stakes(quoted)
    result: set[Verdict] = set()
    if values(ours, FIGURES) != values(theirs, FIGURES) and (seen.changed or not left_out_whole(ours, theirs)):
        result.add("figure-changed")
    if values(ours, TURNS) != values(theirs, TURNS):
        result.add("negation-changed")
    if any(counted(passage.text, passage.letters.index[low - 1] + 1) for low, _ in seen.cuts):
        result.add("figure-changed")
    whole = not seen.changed and all(_whole_words(passage, low, high) for low, high in seen.cuts)
    result.add("elided-unmarked" if whole else "altered")
    return result


def _moved(kept: Kept, passage: Passage, at: Sequence[int]) -> set[Verdict]:
    """Stakes that the source has, but not where the quotation has them."""
    result: set[Verdict] = set()
    done = 0
    for piece in kept.pieces:
        form = letters(piece)
        for stake in stakes(piece):
            low, high = done + bisect_left(form.index, stake.start), done + bisect_left(form.index, stake.end)
            if any(
                place < 0 or passage.letters.text[place] != letter
                for place, letter in zip(at[low:high], kept.letters[low:high], strict=True)
            ):
                result.add("figure-changed" if stake.kind in FIGURES else "negation-changed")
        done += len(form)
    return result


def _whole_words(passage: Passage, low: int, high: int) -> bool:
    text, index = passage.text, passage.letters.index
    return not any(inside_word(text, index[at]) for at in (low, high))


def _same_letters(kept: Kept, passage: Passage, at: Sequence[int]) -> tuple[set[Verdict], frozenset[str]]:
    """Piece by piece: the stakes, the characters, and what stands at the edges."""
    verdicts: set[Verdict] = set()
    kinds: set[str] = set()
    done = 0
    signs_before = ""
    text = passage.text
    for piece in kept.pieces:
        form = letters(piece)
        size = len(form)
        if not size:
            signs_before += piece
            continue
        start, end = passage.letters.stored(at[done], at[done + size - 1] + 1)
        low, high = form.stored(0, size)
        one, other = with_signs(text, start, end), with_signs(piece, low, high)
        ours, theirs = ([], []) if one == other else (stakes(one), stakes(other))
        if values(ours, FIGURES) != values(theirs, FIGURES):
            verdicts.add("figure-changed")
        if values(ours, TURNS) != values(theirs, TURNS):
            verdicts.add("negation-changed")
        around = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        forgiven = [letter - done for letter in kept.forgiven]
        how: frozenset[str] | None = frozenset()
        if text[start:end] != piece[low:high]:
            how = varies(text[start:end], piece[low:high], passage.script, around, forgiven)
        if how is None:
            verdicts.add("altered")
        else:
            kinds |= how
        verdicts |= at_edges(passage.text, start, end)
        verdicts |= inside(piece, form, passage.letters, at[done])
        behind, before = "".join(piece[high:].split()), "".join((signs_before + piece[:low]).split())
        signs_before = ""
        if behind and not "".join(text[end : end + 9].split()).startswith(behind):
            kinds.add("punctuation")
            verdicts |= {"altered"} if signs(behind) else set()
        if before and not "".join(text[max(0, start - 9) : start].split()).endswith(before):
            kinds.add("punctuation")
            verdicts |= {"altered"} if signs(before) else set()
            verdicts |= {"negation-changed"} if stranded(before, text[max(0, start - 9) : start]) else set()
        done += size
    return verdicts, frozenset(kinds)


def _hidden(kept: Kept, passage: Passage, holes: Iterable[tuple[int, int, Gap]], start: int, end: int) -> set[Verdict]:
    """What the writer's marks hide, between the words and at their ends."""
    verdicts: set[Verdict] = set()
    text, index = passage.text, passage.letters.index
    for low, high, gap in holes:
        begin = index[low - 1] + 1
        before, after = text[max(start, begin - AROUND) : begin], text[index[high] : min(end, index[high] + AROUND)]
        verdicts |= hidden(before, text[begin : index[high]], after, gap)
    for gap in kept.gaps:
        size = len(gap.words) + 6
        if gap.at == 0:
            verdicts |= at_end(text[start : start + 1], text[max(0, start - size) : start], gap)
        elif gap.at == len(kept.letters):
            verdicts |= at_end(text[end - 1 : end], text[end : end + size], gap)
    return verdicts
