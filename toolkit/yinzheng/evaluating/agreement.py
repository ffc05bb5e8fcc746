"""How far two annotators agree beyond chance: Cohen's kappa and Krippendorff's alpha (nominal) of units, by nltk; and
gamma of the spans themselves, by pygamma-agreement (Mathet, Widlöcher and Métivier 2015), where that is installed."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ..errors import YinzhengError

AGREEMENT = ("kappa", "alpha")
Marked = tuple[int, int, str]  # start, end, label
Labels = frozenset[str]


def agreement(units: Sequence[tuple[Labels, Labels]]) -> Iterator[tuple[str, tuple[float | None, float | None], int]]:
    """Kappa and alpha over all labels, then of each label against its absence, with the number of units.

    ``units``: the labels that each of the two gives a unit, several where spans are nested: over all labels, two agree
    on a unit where they give it the same ones. A coefficient is None where only one thing was ever said: nothing then
    tells agreement from habit.

    >>> none, org, both = frozenset(), frozenset({"ORG"}), frozenset({"ORG", "GPE"})
    >>> [(label, kappa) for label, (kappa, _), _ in agreement([(none, none), (org, org), (both, org), (none, none)])]
    [('all', 0.6), ('GPE', 0.0), ('ORG', 1.0)]
    """
    counts = Counter(units)
    yield "all", _coefficients(counts), len(units)
    for label in sorted({label for pair in counts for side in pair for label in side}):
        one = Counter[tuple[bool, bool]]()
        for (mine, theirs), count in counts.items():
            one[label in mine, label in theirs] += count
        yield label, _coefficients(one), len(units)


def _coefficients(counts: Counter[Any]) -> tuple[float | None, float | None]:
    try:
        from nltk.metrics.agreement import AnnotationTask
    except ImportError as error:
        raise YinzhengError("agreement needs nltk; run: pip install 'yinzheng[agreement]'") from error
    if len({said for pair in counts for said in pair}) < 2:
        return None, None
    task = AnnotationTask(
        (side, item, label)
        for item, pair in enumerate(counts.elements())
        for side, label in zip(("one", "other"), pair, strict=True)
    )
    return task.kappa(), task.alpha()


def gamma(one: Sequence[Marked], other: Sequence[Marked]) -> dict[str, float | None]:
    """Gamma of two annotators' spans of one text (``all``), and gamma-k of each label.

    Empty where the library, which is large, is not installed, or where one of them has no span. Place and label weigh
    alike; the sample is seeded. A label's is None where no span of it was aligned with one so near that it weighs:
    nothing then was compared, which the library takes for no disagreement.
    """
    try:
        import numpy
        from pyannote.core import Segment
        from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
    except ImportError:
        return {}
    if not one or not other:
        return {}
    continuum = Continuum()
    for name, spans in (("one", one), ("other", other)):
        for start, end, label in spans:
            continuum.add(name, Segment(start, end), label)
    numpy.random.seed(0)  # the library draws from it
    dissimilarity = CombinedCategoricalDissimilarity(alpha=1, beta=1)
    logging.root.addFilter(_told)
    try:
        found = continuum.compute_gamma(dissimilarity, fast=True)
    finally:
        logging.root.removeFilter(_told)
    compared = set[str]()
    for alignment in found.best_alignment:
        units = [unit for _, unit in alignment.n_tuple if unit is not None]
        if len(units) == 2 and dissimilarity.positional_dissim.d(*units) < 1:
            compared |= {unit.annotation for unit in units}
    values = {"all": found.gamma}
    for label in sorted({label for _, _, label in (*one, *other)}):
        values[label] = found.gamma_k(label) if label in compared else None
    return {label: None if value is None or numpy.isnan(value) else float(value) for label, value in values.items()}


def _told(record: logging.LogRecord) -> bool:
    """Not how the library calculates, which it says of every sample: by which solver, and whether in windows."""
    return not record.getMessage().startswith(("CBC solver", "Fast-gamma"))
