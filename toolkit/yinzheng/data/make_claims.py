"""Fits ``claims-weights.toml`` to the sentences of ``tests/texts/claims.jsonl``, and measures it.

    python toolkit/yinzheng/data/make_claims.py          cross-validate on the part "fit", then fit to it and write
    python toolkit/yinzheng/data/make_claims.py --held   measure the table that ships on the part "held", once

The sentences were composed for this project and labelled by its guidelines, in both scripts and English and in many
fields; every third paragraph of a language is held out. They are CC BY 4.0; what they say is in part invented.

Logistic regression by Newton's method, the two languages first together, then each drawn to the weights of both; ridge
throughout. Sentences are weighed so that SHARE of them are claims, as in prose, whatever the share in the gold set.
Folds are whole paragraphs, each on a topic of its own. Deterministic; needs numpy alone.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from yinzheng.annotating.claims.cues import Features, Language, features, language
from yinzheng.annotating.claims.weighing import KINDS, THRESHOLD, kind, score
from yinzheng.letters import in_one_script
from yinzheng.records import ClaimLabel

ROOT = Path(__file__).parents[3]
TABLE = Path(__file__).with_name("claims-weights.toml")
SHARE = 0.38
TOGETHER, APART, BY_KIND = 25.0, 60.0, 15.0  # ridge, by cross-validation: a third or thrice moves F1 by 0.01 at most
FOLDS = 8
# What the cues are taken to weigh before any sentence is seen, by the guidelines.
PRESUMED = {
    "argues": 1.0, "ought": 0.7, "modal": 0.5, "future": 0.5, "because": 0.5, "cause": 0.5, "reading": 0.5,
    "value": 0.5,
    "define": 0.5, "told assertion": 0.5, "possible": 0.2,
    "own": 0.5, "says": 0.2, "contrast": 0.3, "event": -0.5, "dated": -0.3, "acts": -0.2, "amount": -0.2, "tells": -0.3,
    "signpost": -0.7, "method": -0.5, "body": -0.5, "editor": -0.7, "purpose": -0.2, "listed": -0.2, "year": -0.3,
    "numbers": -0.3, "cited": -0.2,
}  # fmt: skip
EVEN = 0.25  # every kind as if it were one claim in four: how often each is claimed differs by author
EXPECTED: dict[ClaimLabel, dict[str, float]] = {
    "causal": {"cause": 1.5, "because": 2.0},
    "evaluative": {"value": 1.0, "degree": 0.5},
    "interpretive": {"reading": 1.0},
    "predictive": {"future": 1.5, "possible": 0.5},
    "normative": {"ought": 1.0, "modal": 1.0},
    "definitional": {"define": 2.0},
}


class Sentence(NamedTuple):
    paragraph: str
    text: str
    label: str | None
    spoken: Language
    features: Features


def read(part: str) -> list[Sentence]:
    """The sentences of one part of the gold set; a claim's label, or None."""
    lines = (ROOT / "tests" / "texts" / "claims.jsonl").read_text(encoding="utf-8").strip().split("\n")
    paragraphs = [paragraph for paragraph in map(json.loads, lines) if paragraph["part"] == part]
    return [
        Sentence(paragraph["id"], text, label, spoken := language(text), features(in_one_script(text), spoken))
        for paragraph in paragraphs
        for text, label in zip(paragraph["sentences"], paragraph["labels"], strict=True)
    ]


def matrix(rows: list[Sentence], names: list[str]) -> np.ndarray:
    return np.array([[row.features.get(name, 0.0) for name in names] + [1.0] for row in rows])


def balance(claimed: np.ndarray) -> np.ndarray:
    share = claimed.mean()
    weight: np.ndarray = np.where(claimed > 0, SHARE / share, (1 - SHARE) / (1 - share))
    return weight


def logistic(x: np.ndarray, y: np.ndarray, weight: np.ndarray, ridge: float, prior: np.ndarray) -> np.ndarray:
    """Weights, drawn to ``prior`` by ``ridge``; the bias hardly."""
    pull = np.full(x.shape[1], ridge)
    pull[-1] = 0.05
    w = prior.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(
            (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(pull), x.T @ (weight * (p - y)) + pull * (w - prior)
        )
        w = w - step
        if np.abs(step).max() < 1e-9:
            break
    return w


def fit(rows: list[Sentence], names: list[str]) -> dict[str, np.ndarray]:
    """The weights of each language, the bias last."""
    x, y = matrix(rows, names), np.array([row.label is not None for row in rows], float)
    spoken = np.array([row.spoken for row in rows])
    both = logistic(x, y, balance(y), TOGETHER, np.array([PRESUMED.get(name, 0.0) for name in names] + [0.0]))
    return {
        name: logistic(x[spoken == name], y[spoken == name], balance(y[spoken == name]), APART, both)
        for name in ("chinese", "english")
    }


def fit_kinds(rows: list[Sentence], names: list[str]) -> dict[ClaimLabel, np.ndarray]:
    """One kind against the rest, drawn to what the cues are named for; languages together: there are few of each."""
    claimed = [row for row in rows if row.label is not None]
    x = matrix(claimed, names)
    found: dict[ClaimLabel, np.ndarray] = {}
    for label in KINDS:
        y = np.array([row.label == label for row in claimed], float)
        prior = np.array([EXPECTED[label].get(name, 0.0) for name in names] + [-2.0])
        weight = np.where(y > 0, EVEN / y.mean(), (1 - EVEN) / (1 - y.mean()))
        found[label] = logistic(x, y, weight, BY_KIND, prior)
    return found


def measure(claimed: np.ndarray, probability: np.ndarray, threshold: float) -> str:
    """Precision, recall and F1, as they stand and weighed to SHARE of claims."""
    parts = []
    for name, weight in (("as it stands", np.ones(len(claimed))), (f"{SHARE:.0%} claims", balance(claimed))):
        called = probability >= threshold
        right = (weight * called * claimed).sum()
        precision, recall = right / (weight * called).sum(), right / (weight * claimed).sum()
        parts.append(f"{name}: P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}")
    return f"{int(claimed.sum())}/{len(claimed)} claims; " + "; ".join(parts)


def report(rows: list[Sentence], probability: np.ndarray, kinds: list[str]) -> None:
    claimed = np.array([row.label is not None for row in rows], float)
    spoken = np.array([row.spoken for row in rows])
    for name in ("chinese", "english"):
        print(f"{name}: {measure(claimed[spoken == name], probability[spoken == name], THRESHOLD)}")
    print(f"both: {measure(claimed, probability, THRESHOLD)}")
    print("by threshold:", *(f"{t:.1f}: {measure(claimed, probability, t)[-5:]}" for t in np.arange(0.2, 0.9, 0.1)))
    for low in np.arange(0.0, 1.0, 0.2):
        inside = (probability >= low) & (probability < low + 0.2)
        if inside.any():
            share = np.average(claimed[inside], weights=balance(claimed)[inside])
            print(f"score {low:.1f} to {low + 0.2:.1f}: {inside.sum()} sentences, {share:.0%} claims")
    pairs = [(row.label, guess) for row, guess in zip(rows, kinds, strict=True) if row.label is not None]
    print(f"kind right: {sum(one == other for one, other in pairs) / len(pairs):.3f}; gold by row, guess by column")
    for label in KINDS:
        print(f"  {label:15}", *(f"{pairs.count((label, guess)):4}" for guess in KINDS))


def cross_validate(rows: list[Sentence], names: list[str]) -> None:
    paragraphs = sorted({row.paragraph for row in rows})
    fold = np.array([paragraphs.index(row.paragraph) * 7 % FOLDS for row in rows])
    probability, kinds = np.zeros(len(rows)), [""] * len(rows)
    for number in range(FOLDS):
        train = [row for row, own in zip(rows, fold, strict=True) if own != number]
        weights, by_kind = fit(train, names), fit_kinds(train, names)
        for at in np.flatnonzero(fold == number):
            x = matrix([rows[at]], names)[0]
            probability[at] = 1 / (1 + np.exp(-x @ weights[rows[at].spoken]))
            kinds[at] = KINDS[int(np.argmax([x @ by_kind[label] for label in KINDS]))]
    report(rows, probability, kinds)


def table(title: str, names: list[str], weights: np.ndarray) -> str:
    pairs = sorted(zip(names, weights, strict=False), key=lambda pair: pair[0])
    lines = [f"bias = {weights[-1]:.3f}", *(f'"{name}" = {value:.3f}' for name, value in pairs)]
    return f"[{title}]\n" + "\n".join(lines) + "\n"


def main() -> None:
    if sys.argv[1:] == ["--held"]:
        rows = read("held")
        report(rows, np.array([score(r.features, r.spoken) for r in rows]), [kind(r.features) for r in rows])
        return
    rows = read("fit")
    names = sorted({name for row in rows for name in row.features})
    cross_validate(rows, names)
    parts = [
        "# Weights of cues (yinzheng.annotating.claims), fitted by make_claims.py; never edited.\n",
        *(table(f"claim.{name}", names, weights) for name, weights in fit(rows, names).items()),
        *(table(f"kind.{name}", names, weights) for name, weights in fit_kinds(rows, names).items()),
    ]
    TABLE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
