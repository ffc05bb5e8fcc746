"""What several commands take: the workspace, a target with completion, an output format; and bars of progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import click
from click.shell_completion import CompletionItem

from ..errors import YinzhengError
from ..targets import Target, resolve
from ..terminal import warn
from ..workspace import Workspace


def workspace(ctx: click.Context) -> Workspace:
    """The workspace of this call."""
    return Workspace.open(ctx.find_object(Path))


def writable(ctx: click.Context) -> Workspace:
    """The workspace of this call, to write to; the bundled work is none."""
    found = workspace(ctx)
    if found.read_only:
        raise YinzhengError("no workspace here; make one with: yinzheng init, or name one with --workspace DIR")
    return found


def target(here: Workspace, what: str) -> Target:
    """What was named; where an old id led is said."""
    found = resolve(here, what)
    if found.notice:
        warn(found.notice)
    return found


def person() -> str:
    """Who decides: git's user.name, else the name on this machine."""
    import getpass
    import subprocess

    try:
        found = subprocess.run(["git", "config", "user.name"], capture_output=True, timeout=10, check=False).stdout
        name = found.decode("utf-8", "replace").strip()
        return name or getpass.getuser()
    except (OSError, KeyError, ImportError, subprocess.TimeoutExpired):
        return "unknown"


def now() -> str:
    """This second, as ISO 8601 in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment() -> str:
    """This microsecond: of two decisions made in one second, the later is the last."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class What(click.ParamType[str]):
    """A work, an edition, a paragraph or an annotation."""

    name = "what"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Works and editions."""
        try:
            works = Workspace.open(ctx.find_root().params.get("workspace")).works
        except YinzhengError:
            return []
        names = [*works, *(f"{work}/{edition}" for work in works for edition in works[work].editions)]
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def to_option(*formats: str) -> Callable[[Any], Any]:
    """``--to FORMAT``; the first is the default."""
    return click.option(
        "--to", type=click.Choice(formats), default=formats[0], show_default=True, help="The form of the output."
    )


SHOWN = 20  # problems that are told one by one


def warn_each(lines: Sequence[str]) -> None:
    """Tell of each, but of many only the first."""
    for line in lines[:SHOWN]:
        warn(line)
    if len(lines) > SHOWN:
        warn(f"and {len(lines) - SHOWN} more")


class Bars:
    """How far a long text is, as a bar on stderr for each thing that is done to it; nothing where nobody looks."""

    def __init__(self) -> None:
        self.long = False
        self.looks = sys.stderr.isatty()
        self.what = ""
        self.bar: Any = None

    def __enter__(self) -> Bars:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._finish()

    def reading(self, long: int) -> Callable[[int, int | None], None]:
        """So many bytes of so many, where that is known; ``long``: bytes from which on a text is long."""

        def told(done: int, total: int | None) -> None:
            self.long |= max(done, total or 0) >= long
            if total:
                self("reading", done, total)

        return told

    def __call__(self, what: str, done: int, total: int) -> None:
        """So much of so much."""
        if not (self.long and self.looks):
            return
        if what != self.what:
            self._finish()
            self.what = what
            self.bar = click.progressbar(length=total, label=f"{what:<10}", file=sys.stderr)
            self.bar.render_progress()
        self.bar.update(done - self.bar.pos)

    def _finish(self) -> None:
        if self.bar is not None:
            self.bar.render_finish()
            self.bar = None
