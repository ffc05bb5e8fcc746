"""How far two annotators agree beyond chance: Cohen's kappa and Krippendorff's alpha (nominal), by nltk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..errors import YinzhengError

AGREEMENT = ("kappa", "alpha")


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
