"""What is right or wrong with a quotation at one place of the corpus (verdicts and precedence: DESIGN section 5)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from ..edges import AROUND, at_edges, inside_word, with_signs
from ..letters import letters
from ..stakes import Stake, stakes
from .alterations import Gap, Kept
from .characters import named, signs, varies
from .hiding import FIGURES, TURNS, at_end, counted, hidden, inside, stranded, values
from .index import Passage
from .running import over, together

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
    found, quoted = _without(passage, first, last + 1, seen.holes), "…".join(kept.pieces)
    likeness = seen.equal / len(at)
    verdicts: set[Verdict] = set()
    kinds: frozenset[str] = frozenset()
    if seen.changed or seen.cuts:
        verdicts |= _misquoted(passage, seen, found, quoted) | at_edges(passage.text, start, end)
    else:
        verdict, kinds = _same_letters(kept, passage, at)
        verdicts |= verdict
    swallowed = [(gap, _stored(passage, low, high)) for low, high, gap in seen.holes]
    verdicts |= _hidden(kept, passage, seen.holes, start, end)
    literal = {id(gap) for gap, words in swallowed if not _is_alteration(gap, words)}
    own = [gap.text for gap in kept.gaps if id(gap) in literal]
    listed = tuple(mark for mark in kept.listed if mark not in own)
    if any(gap.kind == "cut" and id(gap) not in literal for gap in kept.gaps):
        verdicts.add("elided-marked")
    steps = _steps(kept, passage, at) if passage.last > passage.first else []
    apart = any(not together(passage.paragraphs[a : b + 1], marked) for a, b, marked in steps)
    verdicts |= {"altered"} if apart else set()
    verdicts.add("variant" if kinds else "exact")
    return Judged(
        next(verdict for verdict in VERDICTS if verdict in verdicts),
        passage,
        start,
        end,
        found,
        quoted,
        likeness,
        named(kinds),
        listed,
        tuple(words.strip() for gap, words in swallowed if gap.kind == "cut" and letters(words).text),
        apart,
        any(marked for _, _, marked in steps),
        _corrected(kept, found, [gap for _, _, gap in seen.holes]),
    )


def _steps(kept: Kept, passage: Passage, at: Sequence[int]) -> list[tuple[int, int, bool]]:
    """Where the words step from one paragraph of the passage into another, and whether a marked cut stands there."""
    known = [(number, place) for number, place in enumerate(at) if place >= 0]
    letters_of = [number for number, _ in known]
    cuts = {bisect_left(letters_of, gap.at) for gap in kept.gaps if gap.kind == "cut"}
    return over(passage.paragraphs, [passage.letters.index[place] for _, place in known], cuts)


def _corrected(kept: Kept, found: str, gaps: Sequence[Gap]) -> str | None:
    """The quotation with the source's words; None where it has notes or initials, whose place would be a guess."""
    pieces = found.split("…") if gaps else [found]
    if len(kept.listed) != len(kept.gaps) or list(gaps) != list(kept.gaps) or len(pieces) != len(kept.pieces):
        return None
    parts = []
    for number, (piece, words) in enumerate(zip(kept.pieces, pieces, strict=True)):
        form = letters(piece)
        if not len(form):
            return None
        low, high = form.stored(0, len(form))
        parts += [piece[:low], words, piece[high:], gaps[number].text if number < len(gaps) else ""]
    return "".join(parts)


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


def _without(passage: Passage, first: int, last: int, holes: Iterable[tuple[int, int, Gap]]) -> str:
    """The text of letters ``[first, last)``, with … for what a mark covers."""
    parts, at = [], first
    for low, high, _ in holes:
        parts.append(passage.text[slice(*passage.letters.stored(at, low))] if low > at else "")
        at = high
    parts.append(passage.text[slice(*passage.letters.stored(at, last))])
    return "…".join(parts)


def _is_alteration(gap: Gap, words: str) -> bool:
    """Whether a mark is the writer's: not if the source has it there too."""
    if gap.kind == "cut":
        return bool(letters(words).text) or not _ELLIPSIS.search(words)
    return letters(words).text != letters(gap.words).text


def _misquoted(passage: Passage, seen: _Compared, found: str, quoted: str) -> set[Verdict]:
    ours, theirs = stakes(found), stakes(quoted)
    result: set[Verdict] = set()
    if values(ours, FIGURES) != values(theirs, FIGURES) and (seen.changed or not _left_out_whole(ours, theirs)):
        result.add("figure-changed")
    if values(ours, TURNS) != values(theirs, TURNS):
        result.add("negation-changed")
    if any(counted(passage.text, passage.letters.index[low - 1] + 1) for low, _ in seen.cuts):
        result.add("figure-changed")
    whole = not seen.changed and all(_whole_words(passage, low, high) for low, high in seen.cuts)
    result.add("elided-unmarked" if whole else "altered")
    return result


def _left_out_whole(ours: Sequence[Stake], theirs: Sequence[Stake]) -> bool:
    """Whether the quotation's figures are the source's without some of them, each left out with its unit."""
    groups: list[list[tuple[str, str]]] = []
    end = -2
    for stake in ours:
        if stake.kind in FIGURES:
            if stake.start > end + 1:
                groups.append([])
            groups[-1].append((stake.kind, stake.value))
            end = stake.end
    rest = values(theirs, FIGURES)
    for group in groups:
        if rest[: len(group)] == group:
            rest = rest[len(group) :]
    return not rest


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
