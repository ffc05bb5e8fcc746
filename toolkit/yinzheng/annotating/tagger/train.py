"""Trains the model again: ``python -m yinzheng.annotating.tagger.train DATA_FOLDER [--out FILE]``.

DATA_FOLDER holds the two UNER sets as ``gsd-train.iob2, simp-train.iob2`` (learnt from) and ``gsd-dev.iob2,
simp-dev.iob2`` (for the figures printed); MODEL.md says where they come from. Some minutes on one core; needs the extra
``train``. The same data give the same bytes.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np

from .features import features, fold
from .model import FILE, load, save, spans

Mention: TypeAlias = tuple[int, int, str]
Sentence: TypeAlias = tuple[str, list[Mention]]

KINDS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
SETTINGS = {"c1": 0.3, "c2": 0.05, "feature.minfreq": 2, "max_iterations": 80}


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of an IOB2 file, with their mentions in code points.

    Raises ValueError where the words are not the sentence's.
    """
    text, words = "", list[tuple[str, str]]()
    for number, line in enumerate((*path.read_text(encoding="utf-8").split("\n"), ""), 1):
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line and not line.startswith("#"):
            _, word, tag, *_ = line.split("\t")
            words.append((word, tag))
        elif not line and words:
            yield text, list(_mentions(text, words, f"{path.name}:{number}"))
            words = []


def _mentions(text: str, words: Iterable[tuple[str, str]], where: str) -> Iterator[Mention]:
    at, start, end, kind = 0, 0, 0, ""
    for word, tag in words:
        while text[at : at + 1].isspace():
            at += 1
        if not text.startswith(word, at):
            raise ValueError(f"{where}: no {word!r} in its sentence")
        if kind and tag != f"I-{kind}":
            yield start, end, KINDS[kind]
            kind = ""
        if tag != "O" and not kind:
            start, kind = at, tag[2:]
        at = end = at + len(word)
    if kind:
        yield start, end, KINDS[kind]


def labels(length: int, mentions: Iterable[Mention]) -> list[str]:
    """One label a character.

    >>> labels(5, [(0, 3, "LOC"), (4, 5, "ORG")])
    ['B-LOC', 'I-LOC', 'E-LOC', 'O', 'S-ORG']
    """
    out = ["O"] * length
    for start, end, kind in mentions:
        out[start:end] = [f"I-{kind}"] * (end - start)
        out[end - 1] = f"E-{kind}"
        out[start] = f"B-{kind}" if end - start > 1 else f"S-{kind}"
    return out


def train(sentences: Iterable[Sentence], out: Path) -> None:
    """Learns from sentences and writes the weights. What is the same in both scripts is learnt once."""
    import pycrfsuite

    unique = {(fold(text), tuple(mentions)) for text, mentions in sentences}
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(SETTINGS)
    for text, mentions in sorted(unique):
        (start,), rows = features([text])
        matrix = np.stack([row[start : start + len(text)] for row in rows], axis=1)
        trainer.append([[str(bucket) for bucket in row] for row in matrix.tolist()], labels(len(text), mentions))
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder, "model"))
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        learnt = tagger.info()
        tagger.close()
    rows_: dict[int, dict[str, float]] = {}
    for (bucket, label), weight in learnt.state_features.items():
        rows_.setdefault(int(bucket), {})[label] = weight
    save(out, rows_, learnt.transitions)


def score(sentences: Iterable[Sentence], path: Path = FILE) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of a model in percent, by label and for ``all``; strict: span and label both right."""
    given = list(sentences)
    found = spans(load(path), [text for text, _ in given])
    right, guessed, there = Counter[str](), Counter[str](), Counter[str]()
    for (_, mentions), guess in zip(given, found, strict=True):
        mine = {(start, end, kind) for start, end, kind, _ in guess}
        for counter, items in ((right, mine & {*mentions}), (guessed, mine), (there, {*mentions})):
            counter.update(kind for _, _, kind in items)
            counter["all"] += len(items)
    return {
        kind: (
            100 * right[kind] / max(guessed[kind], 1),
            100 * right[kind] / max(there[kind], 1),
            200 * right[kind] / max(guessed[kind] + there[kind], 1),
        )
        for kind in ("all", *KINDS.values())
    }


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m yinzheng.annotating.tagger.train", description=__doc__)
    parser.add_argument("data", type=Path, metavar="DATA_FOLDER")
    parser.add_argument("--out", type=Path, default=FILE, metavar="FILE")
    chosen = parser.parse_args(arguments)
    train([*read(chosen.data / "gsd-train.iob2"), *read(chosen.data / "simp-train.iob2")], chosen.out)
    for name in ("gsd-dev", "simp-dev"):
        for kind, (precision, recall, f1) in score(read(chosen.data / f"{name}.iob2"), chosen.out).items():
            print(f"{name:9} {kind:6}  P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}")


if __name__ == "__main__":
    main()
