"""What went wrong, where, and what to do about it."""

from __future__ import annotations

from pathlib import Path


class YinzhengError(Exception):
    """A problem that a command reports and exits 1 with: ``path:line: message``.

    >>> print(YinzhengError("no such work", path="corpus/x/work.toml", line=3))
    corpus/x/work.toml:3: no such work
    """

    def __init__(self, message: str, *, path: str | Path | None = None, line: int | None = None) -> None:
        self.message = message
        self.path = path
        self.line = line
        where = "" if path is None else f"{path}:" if line is None else f"{path}:{line}:"
        super().__init__(f"{where} {message}".strip())
