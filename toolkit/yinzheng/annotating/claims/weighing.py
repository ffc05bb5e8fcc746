"""How much the cues of a sentence weigh: is it a claim, and of which kind.

Two linear models whose weights stand, by name, in ``data/claims-weights.toml``; ``data/make_claims.py`` fits them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from math import exp
from typing import NamedTuple, cast, get_args

from ...records import ClaimLabel
from .cues import DATA, Features, Language

KINDS: tuple[ClaimLabel, ...] = get_args(ClaimLabel)
THRESHOLD = 0.4  # about where F1 was best on the sentences that the weights were fitted to; flat around it


class _Weights(NamedTuple):
    claim: dict[str, dict[str, float]]
    kind: dict[ClaimLabel, dict[str, float]]


@cache
def _weights() -> _Weights:
    table = tomllib.loads((DATA / "claims-weights.toml").read_text(encoding="utf-8"))
    return _Weights(table["claim"], cast("dict[ClaimLabel, dict[str, float]]", table["kind"]))


def score(features: Features, spoken: Language) -> float:
    """The probability that a sentence with these features is a claim."""
    return 1 / (1 + exp(-_sum(_weights().claim[spoken], features)))


def kind(features: Features) -> ClaimLabel:
    """The likeliest kind of a claim."""
    weights = _weights().kind
    return max(KINDS, key=lambda label: _sum(weights[label], features))


def _sum(weights: dict[str, float], features: Features) -> float:
    total = weights["bias"]
    for name, value in features.items():
        total += weights.get(name, 0.0) * value
    return total
