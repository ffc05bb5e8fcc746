"""`add` of a long text: bars where somebody looks, silence where nobody does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import yinzheng
from yinzheng.commands.add import LONG


@pytest.fixture(scope="module")
def long_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.txt"
    sentence = "The keepers of the lighthouse wrote down every ship that passed, and asked for nothing. "
    path.write_text("\n\n".join([sentence * 1000] * (LONG // len(sentence) // 1000 + 2)), encoding="utf-8")
    return path


def on_a_terminal(folder: Path, *arguments: str) -> tuple[int, bytes, bytes]:
    """The exit code, what came on stdout, and what a terminal saw on stderr."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "yinzheng", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    said = bytearray()
    try:
        while part := os.read(ours, 1 << 16):
            said += part
    except OSError:  # the terminal is closed: the process has ended
        pass
    os.close(ours)
    out, _ = process.communicate()
    return process.returncode, out, bytes(said)


def finished(said: bytes, step: bytes) -> bool:
    """Whether the bar of a step came to its end."""
    bar = said[said.index(step) :]
    return b"100%" in bar[: bar.index(b"\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
def test_on_a_terminal_a_long_text_shows_how_far_it_is(empty: Path, long_text: Path) -> None:
    code, out, said = on_a_terminal(empty, "add", str(long_text), "--work", "long")

    assert code == 0
    assert out.startswith(b"long/en  new: ")
    assert all(finished(said, step) for step in (b"reading", b"naming", b"indexing", b"writing"))
    assert b"note: no publication data" in said

    code, out, said = on_a_terminal(empty, "add", str(long_text))

    assert code == 0
    assert b" exact" in out
    assert all(finished(said, step) for step in (b"reading", b"comparing with long/en"))


def test_elsewhere_it_does_not(empty: Path, long_text: Path) -> None:
    run = yinzheng("add", str(long_text), "--work", "long", cwd=empty)

    assert run.returncode == 0
    assert "%" not in run.stderr
    assert "reading" not in run.stderr


def test_nor_does_a_short_text(empty: Path) -> None:
    run = yinzheng("add", "-", "--work", "short", cwd=empty, stdin="一段文字，說完了。".encode())

    assert run.returncode == 0
    assert run.stderr.count("\n") == run.stderr.count("note:") == 1
