"""yinzheng add: read a text into the workspace."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from .. import adding, bib, store
from ..errors import YinzhengError
from ..language import relabelled
from ..progress import Progress
from ..read import read
from ..records import Paragraph
from ..segment import Block, segment
from ..terminal import say, warn
from ..workspace import Workspace
from .shared import Bars, now, to_option, writable

LONG = 5_000_000  # bytes, or characters, from which on somebody who looks is shown how far it is


@click.command("add", epilog="Example: yinzheng add article.html --work doe2019 --bib doe.bib")
@click.argument("source")
@click.option("--work", metavar="KEY", help="The work it belongs to, or the key of a new work.")
@click.option("--edition", metavar="KEY", help="The edition of that work; by default zh or en.")
@click.option("--lang", metavar="TAG", help="Its language: zh-Hant, zh-Hans, en.")
@click.option("--bib", "bib_file", metavar="FILE[#KEY]", help="A .bib file with the publication data of a new edition.")
@click.option("--revise", is_flag=True, help="The text is the edition's new state: carry its ids and annotations.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@to_option("text", "jsonl")
@click.pass_context
def command(
    ctx: click.Context,
    source: str,
    work: str | None,
    edition: str | None,
    lang: str | None,
    bib_file: str | None,
    revise: bool,
    dry_run: bool,
    to: str,
) -> None:
    """Read a text into the workspace.

    SOURCE is a file (txt, md, html, docx, epub, pdf), a URL, or - for stdin. A text that is a copy of a known
    edition, in whatever script, is recognised and kept beside it, where git does not look; any other needs --work.
    """
    workspace = writable(ctx)
    entry = _entry(bib_file) if bib_file else None
    with Bars() as progress:
        text = read(source, stdin=sys.stdin.buffer, progress=progress.reading(LONG))
        title, said = text.title, text.warnings
        progress.long |= len(text.text) >= LONG
        blocks = segment(text.text)
        del text  # a long one; its blocks are all that is needed from here on
        wish = adding.Wish(work=work, edition=edition, lang=lang, entry=entry, title=title)
        with store.writing(workspace.path, say):
            if revise:
                _revise(Workspace(workspace.path), blocks, wish, said, dry_run, to, progress)
                return
            addition = adding.add(Workspace(workspace.path), blocks, wish, progress)
            if not dry_run:
                store.apply(workspace.path, addition.plan)
    for notice in (*said, *addition.notices):
        warn(notice)
    for line in [report(addition, dry_run)] if to == "text" else records(addition):
        click.echo(line)


def _revise(
    here: Workspace,
    blocks: Sequence[Block],
    wish: adding.Wish,
    said: Sequence[str],
    dry_run: bool,
    to: str,
    progress: Progress,
) -> None:
    from importlib.metadata import version

    from ..history import teller
    from ..holding import hold, plan
    from ..revising import revise
    from . import revised

    if wish.entry is not None:
        raise YinzhengError("--bib goes with a new work; an edition's entry is in its references.bib")
    holding = hold(here, *adding.edition_of(here, blocks, wish, progress))
    revision = revise(holding, blocks, teller("auto", version("yinzheng"), now()))
    labels, notices = relabelled(here, holding.work, holding.edition, blocks, wish.lang)
    if not dry_run:
        store.apply(here.path, store.Plan({**plan(revision.before, revision.after).writes, **labels}))
    for notice in (*said, *notices):
        warn(notice)
    for line in revised.report(revision, dry_run) if to == "text" else revised.records(revision):
        click.echo(line)


def _entry(argument: str) -> bib.Entry:
    path, _, key = (argument, "", "") if Path(argument).exists() else argument.rpartition("#")
    path = path or argument  # no # at all
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise YinzhengError(
            f"cannot be read as UTF-8: {getattr(error, 'strerror', None) or error}", path=path
        ) from error
    return adding.pick(bib.parse(text, Path(path)), key or None, path)


def report(addition: adding.Addition, dry_run: bool) -> str:
    """The report for people: how many paragraphs in each state, and which ones need a look."""
    states = adding.summary(addition.matches)
    counts = ", ".join(f"{len(found)} {state}" for state, found in states.items() if found)
    would = " (dry run: nothing was written)" if dry_run else ""
    if addition.outcome == "new":
        body = sum(block.kind == "body" for block in addition.blocks)
        return f"{addition.work}/{addition.edition}  new: {len(addition.born)} blocks, {body} body paragraphs{would}"
    lines = [f"{addition.work}/{addition.edition}  {len(addition.matches)} paragraphs: {counts}{would}"]
    for state, found in states.items():
        lines.append(f"  {state}: {_listed(found)}") if found else None
    if states["review"]:
        lines.append("  review: the words differ from the edition's; your copy of these was not attached")
    if addition.extra:
        count = len(addition.extra)
        lines.append(
            f"  {count} block{'s' * (count > 1)} of your copy {'are' if count > 1 else 'is'} not in this edition"
        )
    return "\n".join(lines)


def _listed(paragraphs: list[Paragraph]) -> str:
    """¶ 1-54, and 18 others."""
    numbers = [p.number for p in paragraphs if p.number is not None]
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    others = [p for p in paragraphs if p.number is None]
    named = [f"{len(others)} {'other' if numbers else 'block'}{'s' if len(others) > 1 else ''}"] if others else []
    return ", ".join([*(["¶ " + ", ".join(parts)] if parts else []), *named])


def records(addition: adding.Addition) -> Iterator[str]:
    """The report for programs: one line a paragraph."""

    def line(paragraph: str, number: int | None, state: str, block: int | None, likeness: float) -> str:
        named = {"work": addition.work, "edition": addition.edition, "paragraph": paragraph, "number": number}
        return json.dumps({**named, "state": state, "block": block, "likeness": likeness})

    number = 0
    for at, (name, block) in enumerate(zip(addition.born, addition.blocks, strict=True)):
        number += block.kind == "body"
        yield line(name, number if block.kind == "body" else None, "new", at, 1.0)
    for match in addition.matches:
        paragraph = match.paragraph
        yield line(paragraph.id, paragraph.number, match.state, match.block, round(match.likeness, 4))
