"""How far two annotators agree beyond chance: Cohen's kappa and Krippendorff's alpha (nominal) of units, by nltk; and
gamma of the spans themselves, by pygamma-agreement (Mathet, Widlöcher and Métivier 2015), where that is installed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..errors import YinzhengError

AGREEMENT = ("kappa", "alpha")
Marked = tuple[int, int, str]  # start, end, label


def agreement(units: Sequence[tuple[str, str]]) -> Iterator[tuple[str, tuple[float | None, float | None], int]]:
    """Kappa and alpha over all labels, then of each label against everything else, with the number of units.

    ``units``: what the two say of each unit, "" for nothing. A coefficient is None where only one word was ever said:
    nothing then tells agreement from habit.

    >>> [(label, n) for label, _, n in agreement([("", ""), ("ORG", "ORG"), ("GPE", "")])]
    [('all', 3), ('GPE', 3), ('ORG', 3)]
    """
    counts = Counter(units)
    yield "all", _coefficients(counts), len(units)
    for label in sorted({word for pair in counts for word in pair} - {""}):
        one: Counter[tuple[str, str]] = Counter()
        for pair, count in counts.items():
            one[label if pair[0] == label else "", label if pair[1] == label else ""] += count
        yield label, _coefficients(one), len(units)


def _coefficients(counts: Counter[tuple[str, str]]) -> tuple[float | None, float | None]:
    try:
        from nltk.metrics.agreement import AnnotationTask
    except ImportError as error:
        raise YinzhengError("agreement needs nltk; run: pip install 'yinzheng[agreement]'") from error
    if len({word for pair in counts for word in pair}) < 2:
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
    alike; the sample is seeded.
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
    found = continuum.compute_gamma(CombinedCategoricalDissimilarity(alpha=1, beta=1), fast=True)
    labels = sorted({label for _, _, label in (*one, *other)})
    values = {"all": found.gamma, **{label: found.gamma_k(label) for label in labels}}
    return {label: None if value is None or numpy.isnan(value) else float(value) for label, value in values.items()}
