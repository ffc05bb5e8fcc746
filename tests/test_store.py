"""The store: a plan is applied whole or not at all, wherever it is cut off."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from yinzheng import store
from yinzheng.errors import YinzhengError
from yinzheng.store import Plan

FILES = {"corpus/a/one.txt": "new one\n", "corpus/a/deep/two.txt": "new two\n", "corpus/b.txt": "new b\n"}


def state(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and store.STATE not in path.parts
    }


@pytest.fixture
def old(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "a").mkdir(parents=True)
    (tmp_path / "corpus" / "a" / "one.txt").write_text("old one\n", encoding="utf-8")
    (tmp_path / "corpus" / "b.txt").write_text("old b\n", encoding="utf-8")
    return tmp_path


class Cut(BaseException):
    """The power goes."""


def cut_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> Callable[[], int]:
    """Let so many of the store's writes, renames and removals happen, and none after."""
    count = 0

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            nonlocal count
            count += 1
            if count > steps:
                raise Cut
            return call(*arguments, **options)

        return step

    monkeypatch.setattr(store, "_write", counted(store._write))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    monkeypatch.setattr(shutil, "rmtree", counted(shutil.rmtree))
    return lambda: count


def test_cut_off_after_any_step_the_state_is_old_or_new(old: Path) -> None:
    before = state(old)
    seen = []
    for steps in range(100):
        with pytest.MonkeyPatch.context() as patch:
            total = cut_after(patch, steps)
            try:
                store.apply(old, Plan(FILES))
                finished = True
            except Cut:
                finished = False
            done = total()
        store.recover(old)
        seen.append(state(old))
        assert state(old) in (before, {**before, **FILES})
        assert not (old / store.STATE / "pending").exists()
        if finished:
            assert state(old) == {**before, **FILES}
            break
        for name in FILES:
            (old / name).unlink(missing_ok=True)
        for name, text in before.items():
            (old / name).write_text(text, encoding="utf-8")
        assert done
    assert before in seen
    assert len(seen) > 8


@pytest.fixture(autouse=True)
def folder_of_state(old: Path) -> None:
    (old / store.STATE).mkdir()


@pytest.mark.parametrize(("code", "words"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only")])
def test_an_error_of_the_disk_leaves_the_old_state(
    old: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    before = state(old)
    written = 0

    def full(path: Path, data: Iterable[bytes]) -> None:
        nonlocal written
        written += 1
        if written == 2:
            raise OSError(code, os.strerror(code), str(path))
        path.write_bytes(b"".join(data))

    monkeypatch.setattr(store, "_write", full)

    with pytest.raises(YinzhengError, match=words):
        store.apply(old, Plan(FILES))
    assert state(old) == before
    assert not (old / store.STATE / "pending").exists()


def powerless() -> None:
    """Root may write anywhere; give that up (CAP_DAC_OVERRIDE, by prctl) before the program starts."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="drops a Linux capability where the tests run as root")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    tmp_path = tmp_path / "workspace"
    tmp_path.mkdir()
    folders = [tmp_path, tmp_path / "corpus", tmp_path / "corpus" / "w", tmp_path / "annotations"]
    for folder in folders[1:]:
        folder.mkdir()
    for folder in folders:
        folder.chmod(0o555)
    command = [sys.executable, "-m", "yinzheng", "--workspace", str(tmp_path), "add", "-", "--work", "x"]

    run = subprocess.run(command, input="一段文字。".encode(), capture_output=True, preexec_fn=powerless)

    for folder in folders:
        folder.chmod(0o755)
    assert run.returncode == 1
    assert b"read-only" in run.stderr
    assert b"Traceback" not in run.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["annotations", "corpus", "w"]


@pytest.mark.skipif(sys.platform != "linux", reason="drops a Linux capability where the tests run as root")
def test_a_read_only_corpus_is_refused_before_anything_is_moved(tmp_path: Path) -> None:
    tmp_path = tmp_path / "workspace"
    tmp_path.mkdir()
    for name in ("corpus", "annotations"):
        (tmp_path / name).mkdir()
    (tmp_path / "corpus").chmod(0o555)
    command = [sys.executable, "-m", "yinzheng", "--workspace", str(tmp_path), "add", "-", "--work", "x"]

    run = subprocess.run(command, input="一段文字。".encode(), capture_output=True, preexec_fn=powerless)

    (tmp_path / "corpus").chmod(0o755)
    assert run.returncode == 1
    assert b"read-only" in run.stderr
    assert list((tmp_path / "corpus").iterdir()) == []
    assert not (tmp_path / ".yinzheng" / "pending").exists()


def test_a_file_that_would_not_change_is_not_touched(old: Path) -> None:
    path = old / "corpus" / "b.txt"
    os.utime(path, (1, 1))

    store.apply(old, Plan({"corpus/b.txt": "old b\n"}))
    store.apply(old, Plan({"corpus/b.txt": iter(["old ", "b\n"])}))

    assert path.stat().st_mtime == 1


def test_a_file_may_be_made_while_it_is_written(old: Path) -> None:
    store.apply(old, Plan({"corpus/b.txt": (f"line {number}\n" for number in range(3)), "corpus/c.txt": ""}))

    assert state(old) == {
        "corpus/a/one.txt": "old one\n",
        "corpus/b.txt": "line 0\nline 1\nline 2\n",
        "corpus/c.txt": "",
    }


@pytest.mark.parametrize(
    ("staged", "name"),
    [
        ("0", "../outside.txt"),
        ("0", "corpus/../../outside.txt"),
        ("0", ".git/hooks/post-checkout"),
        ("0", "corpus/link/outside.txt"),
        ("../../secret.txt", "corpus/a/one.txt"),
        ("0", r"corpus\..\..\outside.txt"),
    ],
)
def test_a_folder_that_comes_with_a_journal_moves_nothing_out_or_in(tmp_path: Path, staged: str, name: str) -> None:
    root, secret = tmp_path / "theirs", tmp_path / "secret.txt"
    pending = root / store.STATE / "pending"
    pending.mkdir(parents=True)
    (root / "corpus").mkdir()
    (root / "corpus" / "link").symlink_to(tmp_path)
    secret.write_text("secret", encoding="utf-8")
    (pending / "0").write_text("#!/bin/sh", encoding="utf-8")

    (pending / "journal.json").write_text(json.dumps({staged: name}), encoding="utf-8")

    with pytest.raises(YinzhengError, match="none of ours; look at it, and delete it"):
        store.settle(root)
    assert secret.read_text(encoding="utf-8") == "secret"
    assert not (tmp_path / "outside.txt").exists()
    assert not (root / ".git").exists()


def test_a_damaged_journal_is_an_error(old: Path) -> None:
    pending = old / store.STATE / "pending"
    pending.mkdir()
    (pending / "journal.json").write_text('{"0": "corp', encoding="utf-8")

    with pytest.raises(YinzhengError, match="damaged; delete its folder"):
        store.settle(old)
