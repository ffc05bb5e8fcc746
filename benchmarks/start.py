"""How long a writer waits for a citation: the cold start of `yinzheng cite ID`, beside imports that it cannot spare.

Target: at most 3 times `python -c "import click, bibtexparser, opencc"`. To see where time goes:
`python -X importtime -m yinzheng cite park2023:12`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial

from measure import ROOT, Report, alternated, interpreter, options

PEER = [sys.executable, "-c", "import click, bibtexparser, opencc"]
# who starts a command twice has its modules compiled
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
COMMANDS = {
    "cite park2023.ps52s5s4g": 3.0,
    "cite park2023:12 --lang both": None,
    "find 熊本": None,
    "show park2023/digest-en:54": None,
    "--help": None,
}


def seconds(command: list[str]) -> float:
    """The wall-clock time of a process, which must succeed."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> int:
    """Time each command in turn with the peer."""
    parser = options(__doc__)
    parser.add_argument("--runs", type=int, default=15, help="runs of each, alternated (default: 15)")
    arguments = parser.parse_args()
    runs = 1 if arguments.quick else arguments.runs
    print(f"{interpreter()}; median of {runs}")
    report = Report("", "ours", "peer", "ratio", "target", judged=not arguments.quick)
    seconds(PEER)
    for words, target in COMMANDS.items():
        command = [sys.executable, "-m", "yinzheng", *words.split()]
        seconds(command)  # the first run only fills the file cache
        ours, peer = alternated(runs, partial(seconds, command), partial(seconds, PEER))
        report.row(
            f"yinzheng {words}",
            f"{ours * 1000:.0f} ms",
            f"{peer * 1000:.0f} ms",
            f"{ours / peer:.2f}",
            f"≤ {target:g}" if target else "",
            met=ours / peer <= target if target else None,
        )
    return report.exit()


if __name__ == "__main__":
    sys.exit(main())
