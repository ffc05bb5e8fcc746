"""The trained model: its file, and from features to the likeliest labels, for many sentences at once. numpy only.

A linear chain over characters (Lafferty et al. 2001) with one label each: outside, or first, inner, last or only
character of a name of one of three kinds. A feature adds its row of weights to the place where it stands, a pair of
labels its transition; labels that can't follow each other never do.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .features import BUCKETS, features, pieces

Floats: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.intp]
Kind: TypeAlias = Literal["PERSON", "ORG", "LOC"]

FILE = Path(__file__).with_name("weights.npz")
KINDS: tuple[Kind, ...] = ("PERSON", "ORG", "LOC")
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BIES"))
_WIDTH = 16  # columns of the weights in memory, the last three unused: rows of 32 bytes are the quickest to fetch
_NEVER = -1e4
BATCH = 1 << 15  # characters worked at once: some 40 MB


class Span(NamedTuple):
    """A name, in code points of the stored text. ``score``: the probability, to the model, of span and label."""

    start: int
    end: int
    label: Kind
    score: float


def follows(first: str, second: str) -> bool:
    """Whether a label may stand right after another.

    >>> follows("B-ORG", "E-ORG"), follows("B-ORG", "O"), follows("E-ORG", "B-LOC"), follows("O", "I-LOC")
    (True, False, True, False)
    """
    if first[0] in "BI":
        return second[0] in "IE" and second[2:] == first[2:]
    return second[0] in "OBS"


@dataclass(frozen=True, slots=True)
class Model:
    """``slots``: for every bucket its row of ``weights``, 0 where it has none. ``weights``: whole numbers, in units of
    ``unit``. ``transitions``: from a label (row) to the next (column)."""

    slots: NDArray[np.int32]
    weights: NDArray[np.int16]
    unit: float
    transitions: Floats

    def emissions(self, features: Iterable[Places]) -> Floats:
        """For every character of a batch the score of each label."""
        first, *others = features
        total = self.weights.take(self.slots.take(first), axis=0)
        row = np.empty_like(total)
        for buckets in others:
            # "clip" spares a check and a copy; a slot is never out of bounds
            total += self.weights.take(self.slots.take(buckets), axis=0, out=row, mode="clip")
        return total[:, : len(LABELS)].astype(np.float32) * np.float32(self.unit)


def save(path: Path, rows: dict[int, dict[str, float]], transitions: dict[tuple[str, str], float]) -> None:
    """Writes the weights: the rows by bucket, each label's weight a whole number from -127 to 127."""
    buckets = np.array(sorted(rows), dtype=np.int32)
    exact = np.array([[rows[bucket].get(label, 0.0) for label in LABELS] for bucket in buckets.tolist()])
    unit = np.abs(exact).max() / 127
    whole = np.rint(exact / unit).astype(np.int8)
    kept = whole.any(axis=1)
    pairs = np.array([[transitions.get((a, b), 0.0) for b in LABELS] for a in LABELS], dtype=np.float32)
    steps = np.diff(buckets[kept], prepend=0).astype(
        np.uint16 if np.diff(buckets[kept], prepend=0).max() < 65536 else np.int32
    )
    np.savez_compressed(path, steps=steps, weights=whole[kept].T, unit=np.float32(unit), transitions=pairs)


def load(path: Path) -> Model:
    with np.load(path) as file:
        buckets = np.cumsum(file["steps"], dtype=np.int64)
        weights = np.zeros((len(buckets) + 1, _WIDTH), dtype=np.int16)
        weights[1:, : len(LABELS)] = file["weights"].T
        slots = np.zeros(BUCKETS, dtype=np.int32)
        slots[buckets] = np.arange(1, len(buckets) + 1)
        allowed = np.array([[follows(a, b) for b in LABELS] for a in LABELS])
        pairs = np.where(allowed, file["transitions"], _NEVER).astype(np.float32)
        return Model(slots, weights, float(file["unit"]), pairs)


@cache
def shipped() -> Model:
    return load(FILE)


def spans(model: Model, texts: Sequence[str]) -> list[list[Span]]:
    """The names in each text, in order and apart from one another."""
    out: list[list[Span]] = [[] for _ in texts]
    for batch in _batches(texts):
        starts, rows = features([piece for _, _, piece in batch])
        lengths = np.fromiter((len(piece) for _, _, piece in batch), dtype=np.intp, count=len(batch))
        first, last, kinds, scores = _decode(model, model.emissions(rows), starts, lengths)
        owner = np.searchsorted(starts, first, side="right") - 1
        begin = (first - starts[owner]).tolist()
        size = (last - first + 1).tolist()
        for number, start, length, kind, score in zip(
            owner.tolist(), begin, size, kinds.tolist(), scores.tolist(), strict=True
        ):
            which, offset, _ = batch[number]
            out[which].append(Span(offset + start, offset + start + length, KINDS[kind], score))
    return out


def _batches(texts: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
    """Sentences, each with the number of its text and its offset in it, so many that they fill ``BATCH`` characters."""
    batch: list[tuple[int, int, str]] = []
    size = 0
    for number, text in enumerate(texts):
        for offset, piece in pieces(text):
            batch.append((number, offset, piece))
            size += len(piece)
            if size >= BATCH:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _decode(model: Model, emissions: Floats, starts: Places, lengths: Places) -> tuple[Places, Places, Places, Floats]:
    """The names in a batch: first and last place, kind (a number in ``KINDS``) and probability. ``starts`` and
    ``lengths`` say where in ``emissions`` each sentence is."""
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    # How many sentences are longer than so many characters: at each step, the first so many go on. From here on the
    # characters stand by their step, all first ones first; the labels are the rows.
    going = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
    where = np.concatenate([starts[:count] + at for at, count in enumerate(going.tolist())])
    steps = list(itertools.pairwise([0, *np.cumsum(going).tolist()]))
    emissions = np.ascontiguousarray(emissions[where].T)
    labels = _viterbi(model.transitions, emissions, steps)
    log_start, log_end, log_step = _path_scores(model.transitions, emissions, steps, labels)

    path, begin, end, move = (
        np.zeros(len(where) and int(where.max()) + 1, dtype=kind) for kind in (np.intp, *[float] * 3)
    )
    path[where], begin[where], end[where], move[where] = labels, log_start, log_end, log_step
    place = (path - 1) % 4
    first = np.flatnonzero((path > 0) & ((place == 0) | (place == 3)))
    last = np.flatnonzero((path > 0) & (place >= 2))
    along = np.cumsum(move)
    scores = np.exp(np.minimum(begin[first] + along[last] - along[first] + end[last], 0.0))
    return first, last, (path[first] - 1) // 4, scores.astype(np.float32)


_OPEN = np.array([label[0] in "BI" for label in LABELS])  # after these a name goes on
_INNER = np.array([label[0] in "IE" for label in LABELS])  # before these it has begun


def _viterbi(pairs: Floats, emissions: Floats, steps: list[tuple[int, int]]) -> Places:
    """The likeliest labels."""
    between = pairs[np.ix_(~_OPEN, ~_INNER)][:, :, None]
    within = pairs[np.ix_(_OPEN, _INNER)][:, :, None]
    best = emissions.copy()
    best[_INNER, : steps[0][1]] = _NEVER
    for (before, _), (start, end) in itertools.pairwise(steps):
        came = best[:, before : before + end - start]
        best[~_INNER, start:end] += (came[~_OPEN][:, None] + between).max(axis=0)
        best[_INNER, start:end] += (came[_OPEN][:, None] + within).max(axis=0)
    out = np.zeros(emissions.shape[1], dtype=np.intp)
    never_last = np.where(_OPEN, _NEVER, 0.0).astype(np.float32)[:, None]
    later = 0
    for start, end in reversed(steps):
        here = best[:, start:end]
        here[:, later:] += never_last
        if later:
            here[:, :later] += pairs[:, out[end : end + later]]
        out[start:end] = here.argmax(axis=0)
        later = end - start
    return out


def _path_scores(
    pairs: Floats, emissions: Floats, steps: list[tuple[int, int]], path: Places
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """For every place on the path: the logarithm of its forward and of its backward probability, and of the step to it
    from the place before. Forward, the steps on, and backward add up to the probability of a stretch of the path."""
    weight = np.exp(emissions - emissions.max(axis=0))
    moves = np.exp(pairs)
    ahead, behind = np.empty_like(weight), np.empty_like(weight)
    total = np.empty(len(path), dtype=np.float32)
    came = np.zeros_like(path)
    for at, (start, end) in enumerate(steps):
        here = ahead[:, start:end]
        if at:
            before = steps[at - 1][0]
            came[start:end] = path[before : before + end - start]
            np.matmul(moves.T, ahead[:, before : before + end - start], out=here)
            here *= weight[:, start:end]
        else:
            here[:] = weight[:, start:end] * ~_INNER[:, None]
        going = steps[at + 1][1] - end if at + 1 < len(steps) else 0
        here[:, going:] *= ~_OPEN[:, None]  # a sentence that ends here ends with no name open
        total[start:end] = np.maximum(here.sum(axis=0), 1e-30)
        here /= total[start:end]
    later = 0
    for start, end in reversed(steps):
        behind[:, start + later : end] = ~_OPEN[:, None]
        if later:
            after = slice(end, end + later)
            np.matmul(moves, behind[:, after] * weight[:, after] / total[after], out=behind[:, start : start + later])
        later = end - start
    everywhere = np.arange(len(path))
    logs: list[NDArray[np.float64]] = [
        np.log(np.maximum(table[path, everywhere], 1e-30).astype(np.float64)) for table in (ahead, behind, weight)
    ]
    log_start, log_end, log_weight = logs
    return log_start, log_end, log_weight + pairs[came, path] - np.log(total)
