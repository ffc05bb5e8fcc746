"""How fast a text becomes its index: letters, ids, hashes and sketches, on one core.

Target: at least 1 million characters a second, all four together. The peers do the same work as one would write it at
first: NFKC, casefold and OpenCC for the letters; BLAKE2b for the hash; one keyed hash for every 4-gram for the sketch.
"""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Callable
from functools import partial
from hashlib import blake2b

import opencc
from measure import Language, Report, alternated, interpreter, options, prose
from yinzheng import ids, letters
from yinzheng.paragraphs import births, paragraphs
from yinzheng.segment import Block

KEY = b"doe2019/zh"


def rate(work: Callable[[list[str]], object], texts: list[str]) -> float:
    """Millions of characters of the source that one second of one core is enough for."""
    start = time.process_time()
    work(texts)
    return sum(map(len, texts)) / (time.process_time() - start) / 1e6


def main() -> int:
    """Measure each step beside its peer, then all of them together."""
    parser = options(__doc__)
    parser.add_argument("--characters", type=int, default=1_000_000, help="how long a text (default: 1000000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, alternated (default: 5)")
    arguments = parser.parse_args()
    size, runs = (20_000, 1) if arguments.quick else (arguments.characters, arguments.runs)
    print(f"{interpreter()}; {size:,} characters, million characters a second, median of {runs}")
    report = Report("", "ours", "peer", "ratio", "target", judged=not arguments.quick)
    for language in ("zh", "en"):
        for sentences in (1, 6, None):
            measure(report, language, sentences, size, runs)
    return report.exit()


def measure(report: Report, language: Language, sentences: int | None, size: int, runs: int) -> None:
    """The rows of one language and one length of paragraphs."""
    texts = list(prose(language, size, sentences))
    texts = texts if sentences else ["".join(texts)]
    name = f"{language}, {sum(map(len, texts)) // len(texts):,} a paragraph"
    forms = [letters(text).text for text in texts]
    # of the letters' own length; told in characters of the source like the rest
    stretch = sum(map(len, texts)) / sum(map(len, forms))
    script = opencc.OpenCC("t2s")

    def plain(texts: list[str]) -> list[str]:
        return [script.convert(unicodedata.normalize("NFKC", text).casefold()) for text in texts]

    def all_of_it(texts: list[str]) -> None:
        blocks = [Block("body", text) for text in texts]
        list(paragraphs("doe2019", language, blocks, births("doe2019", language, blocks)))

    def peer(texts: list[str]) -> None:
        forms = plain(texts)
        hashes(forms)
        hashes(texts)
        sketches(forms)

    steps: list[tuple[str, Callable[[list[str]], object], Callable[[list[str]], object] | None, list[str]]] = [
        ("letters", lambda texts: [letters(text).text for text in texts], plain, texts),
        ("ids", lambda texts: [ids.birth("doe2019", language, text, ()) for text in texts], None, forms),
        ("hashes", lambda texts: [ids.keyed_hash("doe2019", language, text) for text in texts], hashes, forms),
        ("sketches", lambda texts: [ids.sketch("doe2019", language, text) for text in texts], sketches, forms),
        ("all, as in `add`", all_of_it, peer, texts),
    ]
    for step, ours, theirs, source in steps:
        scale = stretch if source is forms else 1.0
        rates = alternated(runs, *(partial(rate, work, source) for work in (ours, theirs) if work))
        found = [value * scale for value in rates]
        target = step.startswith("all")
        report.row(
            f"{name}: {step}",
            f"{found[0]:.2f}",
            f"{found[1]:.2f}" if theirs else "",
            f"{found[0] / found[1]:.1f}" if theirs else "",
            "≥ 1" if target else "",
            met=found[0] >= 1 if target else None,
        )


def hashes(texts: list[str]) -> list[str]:
    """The peer of `keyed_hash`."""
    return [blake2b(text.encode(), digest_size=16, key=KEY).hexdigest() for text in texts]


def sketches(texts: list[str]) -> list[list[int]]:
    """The peer of `sketch`: one keyed hash for each 4-gram, the least of every six kept."""
    found = []
    for text in texts:
        grams = [
            int.from_bytes(blake2b(text[at : at + 4].encode(), digest_size=8, key=KEY).digest(), "big")
            for at in range(max(len(text) - 3, 1))
        ]
        kept = {min(grams[at : at + 6]) & 4095 for at in range(max(len(grams) - 5, 1))}
        found.append(sorted(kept))
    return found


if __name__ == "__main__":
    sys.exit(main())
