"""Claims: which sentences assert what a reader could contest, of what kind, and who says so (GUIDELINES, Claims).

A sentence's cues (`cues`) are weighed by a table (`weighing`): no black box, and the same in either script. Who says so
is read from its grammar (`attribution`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ...letters import in_one_script
from ..found import Claim, Entity, Figure
from ..sentences import before_mark, sentences
from .attribution import attribution
from .cues import features, language
from .weighing import THRESHOLD, kind, score

LONGEST = 2000  # code points: what runs on without a mark is no sentence


def claims(text: str, figures: Sequence[Figure], entities: Sequence[Entity]) -> list[Claim]:
    """The sentences of a paragraph that are claims, in order, each up to its closing mark.

    ``figures, entities``: the paragraph's, by their start; ``evidence`` names their places. ``score``: the probability,
    as fitted, that a person would call it a claim; the least that is suggested is `weighing.THRESHOLD`.

    >>> text = "該廠於2021年動工。現實主義者則認為，補貼只會導致產能過剩。"
    >>> [(text[c.start : c.end], c.label, c.attribution) for c in claims(text, [], [])]
    [('現實主義者則認為，補貼只會導致產能過剩', 'causal', '現實主義者')]
    """
    found = []
    folded = in_one_script(text)
    for start, end in sentences(text):
        last = before_mark(text, start, end)
        if last <= start or end - start > LONGEST:
            continue
        sentence = folded[start:end]
        spoken = language(sentence)
        seen = features(sentence, spoken)
        surely = score(seen, spoken)
        if surely < THRESHOLD:
            continue
        who, speaker = attribution(text, start, last, [entities[at] for at in _inside(entities, start, last)])
        claim = Claim(
            start=start,
            end=last,
            label=kind(seen),
            attribution=who,
            speaker=speaker,
            score=round(surely, 3),
            figures=_inside(figures, start, last),
            entities=_inside(entities, start, last),
        )
        found.append(claim)
    return found


def _inside(spans: Sequence[Figure] | Sequence[Entity], start: int, end: int) -> tuple[int, ...]:
    """The places of the spans that lie in a sentence; they are given by their start."""
    first = bisect_left(spans, start, key=lambda span: span.start)
    places = []
    for at in range(first, len(spans)):
        if spans[at].start >= end:
            break
        if spans[at].end <= end:
            places.append(at)
    return tuple(places)
