"""Ids, hashes and sketches: all that the repository says of a text that it does not ship.

Each is a function of the letters (`yinzheng.letters`), so each is the same for a Traditional and a Simplified copy.
The keys are public: a hash confirms a guess, no more. The sketch (winnowed 4-grams, truncated) follows the research
notes on anchoring, section 2.3: being a set it adds up over splits and merges, and 12 bits a value protect the text.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [first + second for first in CROCKFORD for second in CROCKFORD]
GRAM = 4
WINDOW = 6
SKETCH_BITS = 12
_CHUNK = 1 << 16
_VALUES = tuple(range(1 << SKETCH_BITS))  # one object for each, that all sketches of a long text share


def birth(work: str, edition: str, letters: str, used: Collection[str], counted: dict[bytes, int] | None = None) -> str:
    """A new paragraph's id: born from edition, letters and occurrence, counting up past every id ever used.

    Two people who import the same text get the same ids, under whatever work key. ``counted``: kept by the caller over
    the births of one edition, whose ids go into ``used``; with it a line's thousandth repetition is found at once.

    >>> birth("doe2019", "zh", "引证", used=())
    'doe2019.px4gzn06d'
    """
    return _birth(f"{work}.p", f"{edition}\n{letters}", used, counted)


def annotation_birth(work: str, letter: str, paragraph: str, start: int, end: int, used: Collection[str] = ()) -> str:
    """An annotation's id; ``letter`` is c, e or f, the offsets are letters, ``used`` every id that ever was elsewhere.
    Not from its label: two people's labels on one span are one id and a conflict to decide."""
    return _birth(f"{work}.{letter}", f"{letter}\n{paragraph}\n{start}\n{end}", used)


def name_birth(work: str, key: str, used: Collection[str] = ()) -> str:
    """The id of an entry of names.jsonl, born from the key that all mentions of the name share."""
    return _birth(f"{work}.n", f"n\n{key}", used)


def _birth(prefix: str, seed: str, used: Collection[str], counted: dict[bytes, int] | None = None) -> str:
    start = blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=5)

    def name(occurrence: int) -> str:
        whole = start.copy()
        whole.update(b"\n%d" % occurrence)
        number = int.from_bytes(whole.digest(), "big")
        return prefix + "".join([_PAIRS[number >> shift & 1023] for shift in (30, 20, 10, 0)])

    born = name(1)
    if born not in used:
        return born
    key = blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=16).digest() if counted is not None else b""
    occurrence = (counted or {}).get(key, 1)  # up to here every one is used
    while born in used:
        occurrence += 1
        born = name(occurrence)
    if counted is not None:
        counted[key] = occurrence
    return born


def keyed_hash(work: str, edition: str, text: str, size: int = 16) -> str:
    """BLAKE2b of letters or stored text, keyed with ``<work>/<edition>``: ``size`` bytes (a span has 8) in hex."""
    key = f"{work}/{edition}".encode()
    if len(key) > 64:  # BLAKE2b's limit
        key = blake2b(key, digest_size=32).digest()
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size, key=key).hexdigest()


def sketch(work: str, edition: str, letters: str) -> tuple[int, ...]:
    """The sorted set of 12-bit values that lets a changed paragraph be recognised without its text.

    Of every 6 neighbouring 4-grams the one with the smallest keyed hash is kept, and 12 of its bits. The hash is plain
    64-bit integer arithmetic, so that it is fast and the same everywhere; the truncation is what protects, not it.
    """
    import numpy as np  # late: no command that only reads needs it

    if not letters:
        return ()
    padded = letters if len(letters) >= GRAM else letters + "\0" * (GRAM - len(letters))
    factors = _factors(work, edition)
    kept: set[int] = set()
    for first in range(0, len(padded) - GRAM + 1, _CHUNK):  # in pieces: a paragraph may be a whole book
        codes = padded[first : first + _CHUNK + WINDOW + GRAM - 2].encode("utf-32-le", "surrogatepass")
        part = np.frombuffer(codes, dtype="<u4").astype(np.uint64)
        count = len(part) - GRAM + 1
        hashes = part[:count] * factors[0]
        for at in range(1, GRAM):
            hashes += part[at : at + count] * factors[at]
        hashes ^= hashes >> 29
        hashes *= factors[GRAM]
        hashes ^= hashes >> 32
        for step in (1, 2, 2):  # the least of 2, of 4, of 6
            if len(hashes) > step:
                hashes = np.minimum(hashes[:-step], hashes[step:])
        kept.update((hashes & ((1 << SKETCH_BITS) - 1)).tolist())
    return tuple(map(_VALUES.__getitem__, sorted(kept)))


@cache
def _factors(work: str, edition: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    import numpy as np

    seed = blake2b(f"{work}/{edition}".encode(), digest_size=8 * (GRAM + 1)).digest()
    return np.frombuffer(seed, dtype="<u8").astype(np.uint64) | np.uint64(1)


def resemblance(one: Collection[int], other: Collection[int]) -> float:
    """How alike two sketches are: twice the shared values over all (Dice), 0 to 1."""
    if not one or not other:
        return 0.0
    return 2 * len(set(one) & set(other)) / (len(one) + len(other))
