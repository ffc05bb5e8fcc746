"""What carrying ids costs, and what it is worth: `yz.carry` beside plain content hashing and a greedy 2-gram match.

Targets: 60 paragraphs in less than 0.3 s; 20,000 paragraphs of which 1 % were edited in less than 10 s; and near-linear
in the number of paragraphs. The edits know where each paragraph went, so each row also says how many ids each method
carried right and how many to the wrong paragraph. Greedy compares every pair, and is left out where that is too many.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import blake2b

from measure import Report, interpreter, options, prose
from yinzheng import letters
from yinzheng.carrying import carry

SENTENCES = 3
Fate = int | None
Method = Callable[[Sequence[str], Sequence[str]], list[Fate]]


def ours(old: Sequence[str], new: Sequence[str]) -> list[Fate]:
    """The heir of each old paragraph, where it is carried."""
    spans = [(row, 0, min(len(text), 12)) for row, text in enumerate(old)]
    fates = carry(old, new, spans).paragraphs
    return [fate.targets[0] if fate.status == "carried" else None for fate in fates]


def hashing(old: Sequence[str], new: Sequence[str]) -> list[Fate]:
    """Content addressing: an id is the hash of the letters, and is lost with the first that changes."""
    place = {blake2b(letters(text).text.encode(), digest_size=16).digest(): at for at, text in enumerate(new)}
    return [place.get(blake2b(letters(text).text.encode(), digest_size=16).digest()) for text in old]


def greedy(old: Sequence[str], new: Sequence[str]) -> list[Fate]:
    """The likest new paragraph that is still free, by the Dice of its 2-grams, if that is 0.5 or more."""

    def grams(text: str) -> Counter[str]:
        form = letters(text).text
        return Counter(form[at : at + 2] for at in range(len(form) - 1))

    theirs = [grams(text) for text in new]
    free = set(range(len(new)))
    result: list[Fate] = []
    for text in old:
        mine = grams(text)
        size = mine.total()
        scored = [(2 * (mine & theirs[at]).total() / (size + theirs[at].total() or 1), -at) for at in free]
        likeness, at = max(scored, default=(0.0, 0))
        if likeness >= 0.5:
            free.discard(-at)
        result.append(-at if likeness >= 0.5 else None)
    return result


def edited(old: Sequence[str], rate: float, seed: int) -> tuple[list[str], list[Fate]]:
    """A new state, and where each old paragraph went: letters changed, split, merged, deleted, moved, inserted."""
    chance = random.Random(seed)
    rows: list[tuple[str, list[int]]] = []
    moved = []
    for row, text in enumerate(old):
        what = chance.choice("ccccsmdvi") if chance.random() < rate else ""
        if what == "c":
            letter = chance.randrange(len(text))
            rows.append((text[:letter] + "某" + text[letter + chance.randint(0, 4) :], [row]))
        elif what == "s":
            cut = len(text) * chance.randint(55, 80) // 100
            rows += [(text[:cut], [row]), (text[cut:], [])]
        elif what == "m" and rows:
            before, whose = rows.pop()
            rows.append((before + text, [*whose, row]))
        elif what == "v":
            moved.append((text, [row]))
        elif what != "d":
            rows.append((text, [row]))
            rows += [(f"新加的第{row}段，講的是別的事情。", [])] if what == "i" else []
    for one in moved:
        rows.insert(chance.randint(0, len(rows)), one)
    truth: list[Fate] = [None] * len(old)
    for at, (_, whose) in enumerate(rows):
        for row in whose:
            truth[row] = at
    return [text for text, _ in rows], truth


def main() -> int:
    """A small text in which much changed, then large ones in which little did."""
    parser = options(__doc__)
    parser.add_argument("--paragraphs", type=int, default=20_000, help="of the largest text (default: 20000)")
    arguments = parser.parse_args()
    largest = 400 if arguments.quick else arguments.paragraphs
    print(f"{interpreter()}; paragraphs of {SENTENCES} sentences; right = of the paragraphs that are still there")
    report = Report("", "seconds", "right", "wrong", "target", judged=not arguments.quick)
    carry(["一段文字。"], ["一段文字。"])  # the imports
    small = list(prose("zh", 60 * 80 * SENTENCES, SENTENCES))[:60]
    for method in (ours, hashing, greedy):
        row(report, small, 0.25, method, 0.3 if method is ours else None)
    took = {}
    for size in (largest // 4, largest // 2, largest):
        text = (list(prose("zh", size * 60 * SENTENCES, SENTENCES)) * 2)[:size]
        text = [f"{part}此為第{at}條。" for at, part in enumerate(text)]
        took[size] = row(report, text, 0.01, ours, 10.0 if size == largest else None)
        row(report, text, 0.01, hashing, None)
        if size <= 1_000:
            row(report, text, 0.01, greedy, None)
    growth = took[largest] / took[largest // 4]
    met = growth <= 6 if not arguments.quick else None
    report.row("four times the paragraphs, time times", f"{growth:.1f}", "", "", "≤ 6", met=met)
    return report.exit()


def row(report: Report, old: Sequence[str], rate: float, method: Method, target: float | None) -> float:
    """Time a method on one text, and judge what it carried by the truth."""
    new, truth = edited(old, rate, seed=len(old))
    start = time.perf_counter()
    found = method(old, new)
    took = time.perf_counter() - start
    there = sum(place is not None for place in truth)
    right = sum(place is not None and place == one for one, place in zip(found, truth, strict=True))
    wrong = sum(one is not None and place != one for one, place in zip(found, truth, strict=True))
    report.row(
        f"{len(old):,} paragraphs, {rate:.0%} edited, {method.__name__}",
        f"{took:.2f}",
        f"{right / there:.2%}",
        str(wrong),
        f"< {target:g} s" if target else "",
        met=took < target if target else None,
    )
    return took


if __name__ == "__main__":
    sys.exit(main())
