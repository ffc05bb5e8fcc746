"""What several commands take: the workspace, a target with completion, an output format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
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
