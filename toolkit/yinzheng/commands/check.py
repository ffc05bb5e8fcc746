"""yinzheng check: validate everything and list every problem."""

from __future__ import annotations

import click

from ..checking import check, notices
from ..terminal import say, warn
from .shared import What, workspace


@click.command("check", epilog="Example: yinzheng check park2023")
@click.argument("work", required=False, type=What())
@click.pass_context
def command(ctx: click.Context, work: str | None) -> None:
    """List every problem of a workspace.

    Every file of WORK, or of all works, is read, and every problem named with its file and line.
    """
    here, only = workspace(ctx).path, work.split("/")[0].split(":")[0] if work else None
    problems = check(here, only)
    for notice in notices(here, only):
        warn(notice)
    for problem in problems:
        click.echo(problem)
    if problems:
        say(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}")
        ctx.exit(1)
    say("no problems")
