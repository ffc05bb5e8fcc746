"""What checking a manuscript costs: `yinzheng verify`, the command with its start, beside a sliding fuzzy match.

A book of 300 pages with 1,000 quotations, a tenth of them false, against 10,000 paragraphs. Target: less than 5 s on
one core; at least 100 times faster than rapidfuzz.fuzz.partial_ratio_alignment over every paragraph; and a quotation's
cost grows slower than the corpus does. Both sides of the ratio have the letters of all paragraphs at hand; the peer
finds the likeliest place only (measured on some quotations, and multiplied), ours makes its index and gives verdicts.
The words of the text are drawn from a vocabulary with the frequencies of Zipf's law: shuffled sentences would repeat
each other.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import accumulate
from pathlib import Path

from measure import ROOT, Report, interpreter, options
from rapidfuzz import fuzz
from yinzheng import letters, stakes
from yinzheng.verifying.index import Corpus
from yinzheng.verifying.seeking import seek
from yinzheng.workspace import Workspace

SENTENCES, PAGE, FALSE = 6, 1_500, 0.1
SAMPLE = 3  # quotations that the peer looks for


def corpus(size: int, seed: int = 1) -> list[str]:
    """Paragraphs of six sentences, about 250 characters."""
    chance = random.Random(seed)
    lines = (ROOT / "corpus" / "park2023" / "digest-zh.jsonl").read_text(encoding="utf-8").split("\n")
    han = sorted({c for line in lines if line for c in json.loads(line)["text"] if "一" <= c <= "鿿" and not stakes(c)})
    words = ["".join(chance.choices(han, k=chance.choice((1, 2, 2, 2, 3)))) for _ in range(20_000)]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))

    def sentence() -> str:
        return (
            "，".join("".join(chance.choices(words, cum_weights=weights, k=chance.randint(5, 9))) for _ in range(3))
            + "。"
        )

    return ["".join(sentence() for _ in range(SENTENCES)) for _ in range(size)]


def quotations(texts: list[str], number: int, seed: int = 2) -> list[tuple[str, int, bool]]:
    """Words of 8 to 80 characters, the paragraph they are from, and whether one character of them was changed."""
    chance = random.Random(seed)
    result = []
    for _ in range(number):
        place = chance.randrange(len(texts))
        size = chance.randint(8, 80)
        start = chance.randint(0, len(texts[place]) - size)
        words = texts[place][start : start + size].strip("，。")
        false = chance.random() < FALSE
        if false:
            at = chance.randint(2, len(words) - 3)
            words = words[:at] + "犇" + words[at + 1 :]
        result.append((words, place + 1, false))
    return result


def book(quoted: list[tuple[str, int, bool]], pages: int, seed: int = 3) -> str:
    """A manuscript of so many pages with all of them."""
    filler = corpus(max(1, (pages * PAGE - sum(len(words) for words, _, _ in quoted)) // 250), seed)
    each = -(-len(quoted) // len(filler))
    parts = []
    for at, text in enumerate(filler):
        mine = quoted[at * each : (at + 1) * each]
        parts.append(text + "".join(f"文中說「{words}」[@big, para. {number}]。" for words, number, _ in mine))
    return "\n\n".join(parts)


def main() -> int:
    """Three sizes of corpus, the command on the largest, and the peer."""
    arguments = options(__doc__).parse_args()
    quick: bool = arguments.quick
    size, number, pages = (400, 40, 3) if quick else (10_000, 1_000, 300)
    print(f"{interpreter()}; {number:,} quotations on {pages} pages, {FALSE:.0%} of them false")
    report = Report("", "seconds", "target", judged=not quick)
    texts = corpus(size)
    quoted = quotations(texts, number)
    each = {}
    for part in (size // 4, size):
        each[part], index = alone(texts[:part], quotations(texts[:part], number // 2))
        report.row(f"a quotation against {part:,} paragraphs, in its index", f"{each[part]:.5f}", "")
    growth = each[size] / each[size // 4]
    report.row("four times the corpus, a quotation's time times", f"{growth:.2f}", "< 4", met=growth < 4)
    took, right = command(texts, book(quoted, pages), quoted)
    report.row(f"yinzheng verify, {size:,} paragraphs", f"{took:.2f}", "< 5 s", met=took < 5)
    report.row("… verdicts right", f"{right:.1%}", "100%", met=right == 1)
    peer = sliding(texts, quoted[:SAMPLE]) / SAMPLE * number
    report.row(f"rapidfuzz slid over all paragraphs, {number:,} quotations", f"{peer:.0f}", "")
    ours = index + each[size] * number
    report.row("ours: the index made, all looked up, with verdicts", f"{ours:.2f}", "")
    report.row("… so many times as fast", f"{peer / ours:.0f}", "≥ 100", met=peer / ours >= 100)
    return report.exit()


def workspace(folder: Path, texts: list[str]) -> None:
    """A workspace with one work, added as a reader would."""
    (folder / "big.txt").write_text("\n\n".join(texts), encoding="utf-8")
    for arguments in (["init", "."], ["add", "big.txt", "--work", "big", "--edition", "zh", "--lang", "zh-Hant"]):
        subprocess.run(
            [sys.executable, "-m", "yinzheng", *arguments], cwd=folder, check=True, capture_output=True, env=one_core()
        )


def one_core() -> dict[str, str]:
    """An environment in which numpy's libraries use one core."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def alone(texts: list[str], quoted: list[tuple[str, int, bool]]) -> tuple[float, float]:
    """Seconds of a processor for a quotation, and for the index."""
    with tempfile.TemporaryDirectory() as name:
        workspace(Path(name), texts)
        here = Workspace(name)
        found = Corpus([("big", here.edition("big"), here.paragraphs("big"))])
    start = time.process_time()
    seek(found, quoted[0][0], found.parts, lambda _: False)
    indexed = time.process_time()
    for words, _, _ in quoted:
        seek(found, words, found.parts, lambda _: False)
    return (time.process_time() - indexed) / len(quoted), indexed - start


def command(texts: list[str], manuscript: str, quoted: list[tuple[str, int, bool]]) -> tuple[float, float]:
    """Seconds of the whole command, and the share of right verdicts."""
    with tempfile.TemporaryDirectory() as name:
        workspace(Path(name), texts)
        (Path(name) / "book.md").write_text(manuscript, encoding="utf-8")
        start = _used()
        run = subprocess.run(
            [sys.executable, "-m", "yinzheng", "verify", "book.md", "--to", "jsonl"],
            cwd=name,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=one_core(),
        )
        took = _used() - start
    told = [json.loads(line) for line in run.stdout.split("\n") if line]
    verdicts = Counter((one["quote"], one["verdict"]) for one in told)
    wanted = [(words, "altered" if false else "exact") for words, _, false in quoted]
    return took, sum(verdicts[one] > 0 for one in wanted) / len(quoted)


def _used() -> float:
    """Seconds of a processor that the programs started from here have used: on a busy machine, what one core takes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def sliding(texts: list[str], quoted: list[tuple[str, int, bool]]) -> float:
    """Seconds of the peer: each quotation slid over every paragraph."""
    forms = [letters(text).text for text in texts]
    start = time.process_time()
    for words, _, _ in quoted:
        form = letters(words).text
        max((fuzz.partial_ratio_alignment(form, text) for text in forms), key=lambda one: one.score if one else 0)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
