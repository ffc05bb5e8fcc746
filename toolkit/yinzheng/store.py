"""Writing: a plan is applied whole or not at all, whatever happens in the middle.

A plan names whole new files. They are staged beside the corpus, then a journal is moved into place: that one rename is
the instant at which the new state holds. Whoever opens the workspace next, after a kill or a power cut, finishes a
journal or clears away a staging that never became one. One lock lets writers take turns.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from .errors import YinzhengError

if TYPE_CHECKING:
    from filelock import BaseFileLock

STATE = ".yinzheng"
WAIT = 60.0
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to write, by path relative to the workspace (with ``/``), each with its whole new content: in one piece, or
    in pieces that are made while it is written, so that no file need ever be whole in memory."""

    writes: Mapping[str, str | Iterable[str]] = field(default_factory=dict)


@contextmanager
def writing(root: Path, notify: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the workspace's lock: read, plan and apply inside. A second writer waits, and says so."""
    try:
        state = root / STATE
        state.mkdir(exist_ok=True)
        ignore = state / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        lock = _locked(state / "lock", root, notify)
    except OSError as error:
        raise _trouble(error, root) from error
    try:
        recover(root)
        yield
    finally:
        lock.release()


def _locked(lock: Path, what: Path, notify: Callable[[str], None] | None) -> BaseFileLock:
    import filelock

    held = filelock.FileLock(lock)
    try:
        held.acquire(timeout=0)
    except filelock.Timeout:
        if notify:
            notify(f"another yinzheng is writing to {what}; waiting")
        try:
            held.acquire(timeout=WAIT)
        except filelock.Timeout as error:
            raise YinzhengError(
                f"another yinzheng has been writing for {WAIT:.0f} s; try again later", path=what
            ) from error
    return held


def settle(root: Path) -> None:
    """Before reading: finish a write that was cut off after its journal was in place."""
    if (root / STATE / "pending" / "journal.json").exists():
        with writing(root):
            pass


def apply(root: Path, plan: Plan) -> None:
    """Write a plan, inside `writing`. Any error leaves the old state; files that would not change are not touched."""
    pending = root / STATE / "pending"
    journal: dict[str, str] = {}
    try:
        pending.mkdir()
        for name, content in plan.writes.items():
            target = root / PurePosixPath(name)
            staged = pending / str(len(journal))
            _write(staged, (part.encode() for part in ([content] if isinstance(content, str) else content)))
            if target.is_file() and _same(staged, target):
                staged.unlink()
                continue
            if target.exists() and not os.access(target, os.W_OK):
                raise PermissionError(13, "Permission denied", str(target))
            target.parent.mkdir(parents=True, exist_ok=True)
            _probe(target.parent)
            journal[staged.name] = name
        _write(pending / "journal.tmp", [json.dumps(journal).encode()])
        _sync(pending)
        (pending / "journal.tmp").replace(pending / "journal.json")
        _sync(pending)
    except OSError as error:
        shutil.rmtree(pending, ignore_errors=True)
        raise _trouble(error, root) from error
    recover(root, ours=True)


def recover(root: Path, ours: bool = False) -> None:
    """Finish a journal, or clear away what never became one. Doing it twice is doing it once.

    A journal that this process did not write (``ours``) may come with somebody's folder: one that names a file which
    Yinzheng would not write, or that a link leads out of the workspace, is an error and not followed.
    """
    pending = root / STATE / "pending"
    if not pending.exists():
        return
    try:
        journal = pending / "journal.json"
        if journal.exists():
            for staged, name in _moves(journal).items():
                target = root / PurePosixPath(name)
                if not ours and not _is_written_here(root, staged, name):
                    raise YinzhengError(
                        f"a write was cut off here, but {name!r} is no file of a workspace: this folder is none of "
                        "ours; look at it, and delete it",
                        path=pending,
                    )
                if (pending / staged).exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    (pending / staged).replace(target)
                    _sync(target.parent)
            journal.unlink()
        shutil.rmtree(pending)
    except OSError as error:
        raise _trouble(error, root) from error


def _moves(journal: Path) -> dict[str, str]:
    try:
        moves = json.loads(journal.read_text(encoding="utf-8"))
    except ValueError as error:
        raise YinzhengError("this journal of a cut-off write is damaged; delete its folder", path=journal) from error
    return {str(staged): str(name) for staged, name in moves.items()} if isinstance(moves, dict) else {}


def _is_written_here(root: Path, staged: str, name: str) -> bool:
    parts = PurePosixPath(name).parts
    if ".." in parts or "\\" in name or not staged.isdecimal():
        return False
    if parts[:1] not in (("corpus",), ("annotations",)) and name != ".gitignore":
        return False
    return (root / PurePosixPath(name)).parent.resolve().is_relative_to(root.resolve())


def _probe(folder: Path) -> None:
    """Find out before the journal is in place that a folder does not let itself be written to."""
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(13, "Permission denied", str(folder))


def _same(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        return all(a == b for a, b in iter(lambda: (first.read(_CHUNK), second.read(_CHUNK)), (b"", b"")))


def _write(path: Path, data: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def holding(path: Path, notify: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold one file outside a workspace while it is read and replaced; a second writer waits, and says so."""
    path = replaceable(path)
    beside = path.with_name(f".{path.name}.lock")
    try:
        lock = _locked(beside, path, notify)
    except OSError as error:
        raise _trouble(error, path) from error
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes no file that is open
            beside.unlink()
        lock.release()


def replaceable(path: Path) -> Path:
    """The file that a path leads to, there or not yet. Raises YinzhengError for one that may not be written, for what
    is no file (a folder, a device, a pipe, ``-``), and where its folder is not there."""
    try:
        found = path.resolve()
        if found.is_symlink():  # which Python 3.13 gives back
            raise RuntimeError(path)
        if str(path) == "-" or (found.exists() and not found.is_file()):
            raise YinzhengError("this is no file; name one to write to; nothing was changed", path=path)
        if not found.parent.is_dir():
            raise YinzhengError("there is no such folder; make it first; nothing was changed", path=path.parent)
        # Root may write to a file that nobody may: its owner has closed it all the same.
        if found.exists() and not (os.access(found, os.W_OK) and found.stat().st_mode & 0o222):
            raise PermissionError(13, "Permission denied", str(path))
    except RuntimeError as error:  # a link that leads to itself
        raise YinzhengError("this link leads nowhere; nothing was changed", path=path) from error
    except OSError as error:
        raise _trouble(error, path) from error
    return found


def replace_file(path: Path, data: bytes, before: bytes | None = None) -> None:
    """Write one file outside a workspace: whole or not at all, in the place of what a link leads to.

    ``before``: what was read of it; where another program has written it since, it is left as that left it.
    """
    path = replaceable(path)
    staged = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _write(staged, [data])
        if before is not None and (path.read_bytes() if path.exists() else b"") != before:
            staged.unlink()
            raise YinzhengError("another program has changed this file meanwhile; nothing was written", path=path)
        if path.exists():
            shutil.copymode(path, staged)
        staged.replace(path)
    except OSError as error:
        staged.unlink(missing_ok=True)
        raise _trouble(error, path) from error


def _sync(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can (Windows cannot open a folder)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _trouble(error: OSError, root: Path) -> YinzhengError:
    path = error.filename or root
    if isinstance(error, PermissionError) or error.errno == 30:
        return YinzhengError("cannot write here (read-only?); nothing was changed", path=path)
    if error.errno in (28, 122):
        return YinzhengError("the disk is full; nothing was changed", path=path)
    return YinzhengError(f"cannot write: {error.strerror or error}; nothing was changed", path=path)
