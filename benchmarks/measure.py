"""What the benchmarks share: a text of any size, a median of alternated runs, and a row beside its peer."""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[1]
Language = Literal["zh", "en"]
# Linux counts for a process what its parent had before it became another program; VmHWM is its own
_PEAK = """
import re, resource, sys
sys.argv[0] = "yinzheng"
from yinzheng.cli import main
try:
    main()
finally:
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if sys.platform == "linux":
        kilobytes = int(re.search("VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
    print(kilobytes // 1024, file=sys.stderr)
"""


def options(doc: str | None) -> argparse.ArgumentParser:
    """The options of a benchmark. ``--quick`` runs every line of it in a second or two, and judges nothing."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="only show that it works: tiny sizes, no verdict")
    return parser


def prose(language: Language, characters: int, sentences: int | None = 6, seed: int = 1) -> Iterator[str]:
    """Paragraphs of prose, about so many characters in all: sentences of our own digests, shuffled and numbered.

    ``sentences`` go into a paragraph; None makes the whole text one paragraph, handed out in pieces.
    """
    file = ROOT / "corpus" / "park2023" / f"digest-{language}.jsonl"
    end = "。" if language == "zh" else ". "
    with file.open(encoding="utf-8") as lines:
        pool = [part.strip(" .") + end for line in lines for part in json.loads(line)["text"].split(end) if part]
    chance = random.Random(seed)
    made = number = 0
    while made < characters:
        number += 1
        piece = "".join(chance.choices(pool, k=sentences or 6)).strip()
        piece += f"以上是第{number}段。" if language == "zh" else f" So ends part {number}."
        made += len(piece)
        yield piece if sentences else piece + ("" if language == "zh" else " ")


def alternated(runs: int, *measures: Callable[[], float]) -> list[float]:
    """The median of each measure; they take turns, so that a busy machine is busy for all of them."""
    rounds = [[measure() for measure in measures] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def command(*arguments: str) -> tuple[float, float, int]:
    """Seconds, processor seconds of all its processes, and peak memory (MB, of the main one) of a yinzheng command
    that ends well; its output is thrown away."""
    before, start = os.times(), time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", _PEAK, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    seconds, after = time.perf_counter() - start, os.times()
    if run.returncode:
        raise RuntimeError(f"yinzheng {' '.join(arguments)}: {run.stderr}")
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, worked, int(run.stderr.split()[-1])


class Report:
    """Rows as they come, and whether every target was met."""

    def __init__(self, *columns: str, judged: bool) -> None:
        self.judged = judged
        self.missed = 0
        self._widths = [max(len(column), 12) for column in columns]
        self._widths[0] = max(self._widths[0], 46)
        self.row(*columns)

    def row(self, *cells: str, met: bool | None = None) -> None:
        """One line; ``met``: whether it reached its target, None where it has none."""
        verdict = ""
        if met is not None and self.judged:
            verdict = "met" if met else "MISSED"
            self.missed += not met
        print(_line([*cells, verdict], self._widths), flush=True)

    def exit(self) -> int:
        """The exit code: 1 where a target was missed."""
        return min(self.missed, 1)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = cells
    padded = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=False)]
    return "  ".join([first.ljust(widths[0]), *padded, *others[len(padded) :]]).rstrip()


def interpreter() -> str:
    """The machine, as far as a number depends on it."""
    return f"{platform.python_implementation()} {platform.python_version()}, {sys.platform}, {os.cpu_count()} cores"
