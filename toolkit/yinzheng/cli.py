"""The command line: finds the command, and turns an error into a message and an exit code. Each command is a module."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from .errors import YinzhengError

COMMANDS = (
    "init", "add", "show", "find", "cite", "annotate", "mark", "review", "verify", "check", "resolve", "evaluate",
    "export", "import",
)  # fmt: skip
MODULES = {"import": "import_"}  # a word of Python's own


class _Commands(click.Group):
    """Imports a command's module when it is called for, so that none pays for another."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"yinzheng.commands.{MODULES.get(cmd_name, cmd_name)}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from difflib import get_close_matches

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], COMMANDS, n=2)
            if near and "Did you mean" not in error.message:
                raise click.UsageError(f"{error.message} Did you mean: {', '.join(near)}?", ctx) from error
            raise

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except YinzhengError as error:
            raise click.ClickException(str(error)) from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: yinzheng find 熊本",
)
@click.version_option(package_name="yinzheng", prog_name="yinzheng")
@click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    help="The workspace; by default the one around the current folder, else the work that comes with Yinzheng.",
)
@click.pass_context
def cli(ctx: click.Context, workspace: Path | None) -> None:
    """Yinzheng 引證: annotate, quote and cite across Chinese and English, and never misquote."""
    ctx.obj = workspace
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> None:
    """The entry point: UTF-8 out, also where it is redirected and on Windows, and no traceback on an unlucky day."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a file's name may be no UTF-8; it goes out as it is
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stderr else "surrogateescape")
    if sys.stdin is None:  # closed by who called us
        sys.stdin = io.TextIOWrapper(io.BytesIO())
    if sys.stdout is None:  # who closed it wants nothing of it
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
    try:
        try:
            cli(prog_name="yinzheng")
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output had enough, as `head` does
        _leave(None)
    except OSError as error:
        _leave(f"{f'{error.filename}: ' if error.filename else ''}{error.strerror or error}")
    except MemoryError:
        _leave("not enough memory for this")


def _leave(message: str | None) -> NoReturn:
    """End with exit code 1; what stdout still holds has nowhere to go."""
    if message:
        click.echo(f"Error: {message}", err=True)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)
