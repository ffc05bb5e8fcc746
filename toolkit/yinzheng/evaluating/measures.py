"""Precision, recall and F1 of spans and of sentences, and the share of values that are right.

Strict: the same letters and the same label. Overlap: any letter shared, with the same label; then precision is the
share of what was found that meets the gold, recall the share of the gold that was met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isclose

from ..letters import letters
from ..records import Annotation, Claim, Figure
from .agreement import AGREEMENT, Labels, Marked, agreement, gamma
from .passage import Passage, Span, overlap, span

ALL = "all"
VALUES = ("value", "value_list", "min", "max", "unit", "approx", "bound", "edtf", "duration", "equals")
_NONE: Labels = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number. ``value``: None where there is nothing to divide by; ``n``: what it was divided by, or counted."""

    type: str
    language: str
    label: str
    measure: str
    value: float | None
    n: int


def measures(passages: Sequence[Passage], types: Iterable[str], agree: bool = False) -> Iterator[Measure]:
    """All measures: each type, in each language and script and over all, per label and over all names or values.

    ``agree``: with Cohen's kappa and Krippendorff's alpha too, which needs nltk (the unit is the letter, for claims the
    sentence), and gamma of the spans where pygamma-agreement is there; these are of all labels. Else a TERM counts in
    its own row only: it is no name.
    """
    for kind in types:
        for language, chosen in _groups(passages):
            rows = _claims(chosen) if kind == "claim" else _spans(chosen, kind)
            for label, measure, value, n in rows:
                yield Measure(type=kind, language=language, label=label, measure=measure, value=value, n=n)
            for label, values, n in agreement(_units(chosen, kind)) if agree else ():
                for measure, value in zip(AGREEMENT, values, strict=True):
                    yield Measure(type=kind, language=language, label=label, measure=measure, value=value, n=n)
            for label, value in gamma(*_spread(chosen, kind)).items() if agree else ():
                yield Measure(type=kind, language=language, label=label, measure="gamma", value=value, n=len(chosen))


Row = tuple[str, str, float | None, int]


def _groups(passages: Sequence[Passage]) -> Iterator[tuple[str, list[Passage]]]:
    """All together, and each language and script apart where there are several."""
    seen = list(dict.fromkeys(passage.language for passage in passages))
    chinese = [language for language in seen if language.startswith("zh")]
    yield ALL, list(passages)
    if 1 < len(chinese) < len(seen):
        yield "zh", [passage for passage in passages if passage.language in chinese]
    if len(seen) > 1:
        for language in seen:
            yield language, [passage for passage in passages if passage.language == language]


def _counted(label: str, gold: int, found: int, met: int, hit: int, prefix: str = "") -> Iterator[Row]:
    """``met`` of the gold and ``hit`` of what was found belong together."""
    precision, recall = _share(hit, found), _share(met, gold)
    parts = hit * gold + met * found  # 2PR / (P + R) in whole numbers, so that 0.8 is no 0.7999…
    f1 = (2 * hit * met / parts if parts else 0.0) if gold + found else None
    yield label, f"{prefix}precision", precision, found
    yield label, f"{prefix}recall", recall, gold
    yield label, f"{prefix}f1", f1, gold + found


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _by_label(sides: Sequence[Annotation]) -> Iterator[tuple[str, Callable[[Annotation], bool]]]:
    """All names or values, then each label that either side has."""
    yield ALL, lambda one: one.label != "TERM"
    for label in sorted({one.label for one in sides}):
        yield label, lambda one, label=label: one.label == label  # type: ignore[misc]


def _spans(passages: Sequence[Passage], kind: str) -> Iterator[Row]:
    pairs = [(_of(passage.gold, kind), _of(passage.other, kind)) for passage in passages]
    for label, wanted in _by_label([one for gold, other in pairs for one in (*gold, *other)]):
        chosen = [(list(filter(wanted, gold)), list(filter(wanted, other))) for gold, other in pairs]
        gold, found = (sum(len(pair[side]) for pair in chosen) for side in (0, 1))
        same = sum(len({_key(one) for one in mine} & {_key(one) for one in theirs}) for mine, theirs in chosen)
        yield from _counted(label, gold, found, same, same)
        met = sum(_meets(one, theirs) for mine, theirs in chosen for one in mine)
        hit = sum(_meets(one, mine) for mine, theirs in chosen for one in theirs)
        yield from _counted(label, gold, found, met, hit, "overlap-")
        if kind == "figure":
            yield from _values(label, chosen)


def _of(annotations: Iterable[Annotation], kind: str) -> list[Annotation]:
    return [one for one in annotations if one.type == kind]


def _key(one: Annotation) -> tuple[int, int, str]:
    return one.letter_start, one.letter_end, one.label


def _meets(one: Annotation, others: Iterable[Annotation]) -> bool:
    return any(one.label == other.label and overlap(span(one), span(other)) for other in others)


def _values(label: str, chosen: Sequence[tuple[list[Annotation], list[Annotation]]]) -> Iterator[Row]:
    """Of the figures that both sides have: how many are right in each column, of those where either says something, and
    how many are right in all."""
    right = dict.fromkeys((*VALUES, "values"), 0)
    told = dict.fromkeys((*VALUES, "values"), 0)
    for mine, theirs in chosen:
        links = _links(mine), _links(theirs)
        at = {_key(one): one for one in theirs}
        for one in mine:
            if (other := at.get(_key(one))) is None:
                continue
            states = [
                (links[0].get(span(one), set()), links[1].get(span(one), set()))
                if name == "equals"
                else (getattr(one, name), getattr(other, name))
                for name in VALUES
            ]
            good = [_alike(*pair) for pair in states]
            for name, pair, fits in zip(VALUES, states, good, strict=True):
                told[name] += any(pair)
                right[name] += any(pair) and fits
            told["values"] += 1
            right["values"] += all(good)
    for name, count in told.items():
        yield label, f"right-{name}", _share(right[name], count), count


def _links(figures: Sequence[Annotation]) -> dict[Span, set[Span]]:
    """Which figures say the same amount twice, whichever of the two points at the other."""
    by_id = {one.id: span(one) for one in figures}
    linked: dict[Span, set[Span]] = {}
    for one in figures:
        if isinstance(one, Figure) and one.equals in by_id:
            here, there = span(one), by_id[one.equals]
            linked.setdefault(here, set()).add(there)
            linked.setdefault(there, set()).add(here)
    return linked


def _alike(one: object, other: object) -> bool:
    """Equal; numbers to four decimals, as fractions are written."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-4)
    return one == other


def _claims(passages: Sequence[Passage]) -> Iterator[Row]:
    pairs = [(placed(_of(one.gold, "claim"), one), placed(_of(one.other, "claim"), one)) for one in passages]
    for label, wanted in _by_label([claim for pair in pairs for side in pair for claim in side.values()]):
        chosen = [[{at for at, claim in side.items() if wanted(claim)} for side in pair] for pair in pairs]
        gold, found = (sum(len(pair[side]) for pair in chosen) for side in (0, 1))
        same = sum(len(mine & theirs) for mine, theirs in chosen)
        yield from _counted(label, gold, found, same, same)
    both = [(mine[at], theirs[at]) for mine, theirs in pairs for at in mine.keys() & theirs.keys()]
    yield ALL, "right-kind", _share(sum(one.label == other.label for one, other in both), len(both)), len(both)
    same = sum(_attributed(one) == _attributed(other) for one, other in both)
    yield ALL, "right-attribution", _share(same, len(both)), len(both)


def placed(claims: Sequence[Annotation], passage: Passage) -> dict[Span, Annotation]:
    """Each claim under the sentence that holds most of it; a second one in a sentence stands alone, under its own span.

    Where the text is not here, the claims of the gold are the sentences.
    """
    sentences = passage.sentences or sorted(span(claim) for claim in _of(passage.gold, "claim"))
    result: dict[Span, Annotation] = {}
    for claim in sorted(claims, key=lambda claim: (claim.letter_start - claim.letter_end, *_key(claim))):
        best = _sentence(claim, sentences)
        result[best if best not in result else span(claim)] = claim
    return result


def _sentence(claim: Annotation, sentences: Sequence[Span]) -> Span:
    best = max(sentences, key=lambda sentence: overlap(sentence, span(claim)), default=span(claim))
    return best if overlap(best, span(claim)) else span(claim)


def _attributed(claim: Annotation) -> str:
    return letters(claim.attribution or "").text if isinstance(claim, Claim) else ""


def _spread(passages: Sequence[Passage], kind: str) -> tuple[list[Marked], list[Marked]]:
    """The spans of both sides in all passages, one behind the other."""
    sides: tuple[list[Marked], list[Marked]] = ([], [])
    at = 0
    for passage in passages:
        for side, mine in zip(sides, (passage.gold, passage.other), strict=True):
            side += [(at + one.letter_start, at + one.letter_end, one.label) for one in _of(mine, kind)]
        at += passage.length
    return sides


def _units(passages: Sequence[Passage], kind: str) -> list[tuple[Labels, Labels]]:
    """The labels that each side gives each letter, or each sentence. No units where the sentences are not known."""
    units: list[tuple[Labels, Labels]] = []
    for passage in passages:
        places: Iterable[object] = range(passage.length) if kind != "claim" else passage.sentences or ()
        if kind == "claim" and passage.sentences is None:
            return []
        mine, theirs = (_labels(_of(side, kind), passage.sentences or ()) for side in (passage.gold, passage.other))
        units += [(mine.get(at, _NONE), theirs.get(at, _NONE)) for at in dict.fromkeys((*places, *mine, *theirs))]
    return units


def _labels(annotations: Iterable[Annotation], sentences: Sequence[Span]) -> dict[object, Labels]:
    """The labels of each letter, or of each sentence with claims: all of them, since what is nested hides nothing."""
    found: dict[object, Labels] = {}
    for one in annotations:
        within = [_sentence(one, sentences)] if one.type == "claim" else range(one.letter_start, one.letter_end)
        for at in within:
            found[at] = found.get(at, _NONE) | {one.label}
    return found
