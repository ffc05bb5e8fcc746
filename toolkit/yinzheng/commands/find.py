"""yinzheng find: search blind to script, width, spacing and punctuation."""

from __future__ import annotations

import json

import click

from ..finding import Hit, find
from ..terminal import marked, say, wrapped
from .shared import to_option, workspace


@click.command("find", epilog="Example: yinzheng find 熊本")
@click.argument("query")
@to_option("text", "jsonl")
@click.pass_context
def command(ctx: click.Context, query: str, to: str) -> None:
    """Search every text that is here.

    QUERY is found whatever its script, width, spacing and punctuation; hits are shown in the original characters.
    """
    hits = find(workspace(ctx), query)
    for hit in hits:
        click.echo(_text(hit) if to == "text" else _record(hit))
    if not hits:
        say(f"{query!r} is in none of the texts that are here")
        ctx.exit(1)


def _text(hit: Hit) -> str:
    number = f":{hit.number}" if hit.number else ""
    where = f"{click.style(f'{hit.work}/{hit.edition}{number}', bold=True)}  {hit.paragraph}"
    return f"{where}\n{wrapped(marked(hit.context, [(hit.start - hit.offset, hit.end - hit.offset, 'green')]), '    ')}"


def _record(hit: Hit) -> str:
    columns = ("work", "edition", "paragraph", "number", "start", "end", "text", "context")
    return json.dumps({name: getattr(hit, name) for name in columns}, ensure_ascii=False)
