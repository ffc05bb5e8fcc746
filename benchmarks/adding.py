"""What a long text costs: the memory and the time of `yinzheng add` from a file to the workspace.

Target: a 100 MB text in less than 1 GB of memory (peak resident set of the real process), in whatever shape: many
paragraphs or a single one, Chinese or English, new or added again. The peer is a Python that only reads the file and
splits it into paragraphs. At the end a text of twice the size is added before a terminal, which must see bars, and
then before none, which must see nothing of them. Texts are made in a temporary folder. Unix only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from measure import Language, Report, interpreter, options, prose

MEGABYTE = 1_000_000
LIMIT = 1000.0
PEER = "import sys; text = open(sys.argv[1], encoding='utf-8').read(); parts = text.split('\\n\\n')"
SHAPES: dict[str, int | None] = {"short paragraphs": 1, "paragraphs": 6, "one paragraph": None}


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took. ``memory``: MB at the peak; ``errors``: what it said on stderr."""

    seconds: float
    memory: float
    errors: bytes


def main() -> int:
    """Add texts of each shape, then a longer one before a terminal."""
    parser = options(__doc__)
    parser.add_argument("--megabytes", type=float, default=100, help="the size of a text (default: 100)")
    arguments = parser.parse_args()
    if not hasattr(os, "wait4"):
        parser.error("this system does not tell the memory of a process that ended (os.wait4)")
    size = 0.1 if arguments.quick else arguments.megabytes
    print(f"{interpreter()}; {size:g} MB, peak memory in MB")
    report = Report("", "seconds", "memory", "peer", "ratio", "target", judged=not arguments.quick)
    with tempfile.TemporaryDirectory() as folder:
        languages: tuple[Language, ...] = ("zh",) if arguments.quick else ("zh", "en")
        for language in languages:
            for shape, sentences in list(SHAPES.items())[: 1 if arguments.quick else None]:
                text = Path(folder) / "text.txt"
                write(text, language, sentences, size)
                measure(report, f"{language}, {shape}", text)
        write(text, "zh", 6, 2 * size)
        before_a_terminal(report, text, long=not arguments.quick)
    return report.exit()


def write(path: Path, language: Language, sentences: int | None, megabytes: float) -> None:
    """A text of a size in bytes, piece by piece: this process must stay small (a child's peak counts from here)."""
    left = int(megabytes * MEGABYTE)
    with path.open("w", encoding="utf-8") as file:
        for piece in prose(language, sys.maxsize, sentences):
            file.write(piece + "\n\n" if sentences else piece)
            left -= len(piece.encode()) + 2
            if left <= 0:
                break


def measure(report: Report, name: str, text: Path) -> None:
    """Add a text to a new workspace, and the same text again."""
    peer = run([sys.executable, "-c", PEER, str(text)], text.parent)
    with tempfile.TemporaryDirectory() as workspace:
        make_workspace(workspace)
        for what, arguments in (("new", ["--work", "long"]), ("again", [])):
            ours = run([sys.executable, "-m", "yinzheng", "add", str(text), *arguments], Path(workspace))
            report.row(
                f"{name}, {what}",
                f"{ours.seconds:.1f}",
                f"{ours.memory:.0f}",
                f"{peer.memory:.0f}",
                f"{ours.memory / peer.memory:.1f}",
                f"< {LIMIT:.0f}",
                met=ours.memory < LIMIT,
            )


def before_a_terminal(report: Report, text: Path, long: bool) -> None:
    """A longer text: bars where stderr is a terminal, none where it is not."""
    size = text.stat().st_size / MEGABYTE
    for terminal in (True, False):
        with tempfile.TemporaryDirectory() as workspace:
            make_workspace(workspace)
            command = [sys.executable, "-m", "yinzheng", "add", str(text), "--work", "long"]
            ours = run(command, Path(workspace), terminal)
        bars = b"100%" in ours.errors
        report.row(
            f"{size:g} MB, {'a terminal' if terminal else 'no terminal'}",
            f"{ours.seconds:.1f}",
            f"{ours.memory:.0f}",
            "",
            "",
            "bars" if terminal else "no bars",
            met=bars == (terminal and long),
        )


def make_workspace(folder: str) -> None:
    """An empty one."""
    for name in ("corpus", "annotations"):
        (Path(folder) / name).mkdir()


def run(command: list[str], folder: Path, terminal: bool = False) -> Run:
    """Run a process, which must succeed, with its stderr on a terminal or on a pipe."""
    ours, theirs = os.openpty() if terminal else os.pipe()
    said = bytearray()

    def listen() -> None:
        try:
            while part := os.read(ours, 1 << 16):
                said.extend(part)
        except OSError:  # a terminal that nobody writes to any more
            pass

    listener = threading.Thread(target=listen)
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    listener.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    listener.join()
    os.close(ours)
    if process.returncode:
        sys.exit(f"{' '.join(command)}\n{said.decode('utf-8', 'replace')}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_maxrss * unit / MEGABYTE, bytes(said))


if __name__ == "__main__":
    sys.exit(main())
