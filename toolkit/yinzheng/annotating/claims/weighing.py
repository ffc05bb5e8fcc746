"""How much the cues of a sentence weigh: is it a claim, and of which kind.

Two linear models whose weights stand, by name, in ``data/claims-weights.toml``; ``data/make_claims.py`` fits them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from math import exp
from typing import get_args

from ...records import ClaimLabel
from .cues import DATA, Features, Language

KINDS: tuple[ClaimLabel, ...] = get_args(ClaimLabel)
THRESHOLD = 0.4  # about where F1 was best on the sentences that the weights were fitted to; flat around it


@cache
def _weights() -> tuple[dict[str, dict[str, float]], dict[str, tuple[float, ...]]]:
    """Of being a claim, by language and feature; and of being of each kind, by feature, in the order of KINDS."""
    table = tomllib.loads((DATA / "claims-weights.toml").read_text(encoding="utf-8"))
    kinds: dict[str, dict[str, float]] = table["kind"]
    return table["claim"], {name: tuple(kinds[kind][name] for kind in KINDS) for name in kinds[KINDS[0]]}


def score(features: Features, spoken: Language) -> float:
    """The probability that a sentence with these features is a claim."""
    weights = _weights()[0][spoken]
    total = weights["bias"]
    for name, value in features.items():
        total += weights.get(name, 0.0) * value
    return 1 / (1 + exp(-total))


def kind(features: Features) -> ClaimLabel:
    """The likeliest kind of a claim."""
    weights = _weights()[1]
    totals = list(weights["bias"])
    for name, value in features.items():
        if not value:
            continue
        for at, weight in enumerate(weights.get(name, ())):
            totals[at] += weight * value
    return KINDS[totals.index(max(totals))]
