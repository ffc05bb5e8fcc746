"""yinzheng cite: excerpts with citations."""

from __future__ import annotations

import sys

import click

from ..bib import Bibliography
from ..citing.cite import render
from ..citing.excerpt import Excerpt
from ..citing.formats import FORMATS
from ..citing.styles import STYLES
from ..errors import YinzhengError
from ..excerpts import excerpts
from ..terminal import table, visible, warn
from ..workspace import Workspace
from .shared import What, to_option, workspace
from .shared import target as named


def _list_styles(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        click.echo("\n".join(table((name, style.label, style.language) for name, style in STYLES.items())))
        ctx.exit()


@click.command("cite", epilog="Example: yinzheng cite park2023/digest-zh:12 --lang both")
@click.argument("what", nargs=-1, required=True, type=What())
@click.option("--quote", metavar="TEXT", help="The words to quote; found whatever their script, width and spacing.")
@click.option("--start", metavar="TEXT", help="Quote from these words …")
@click.option("--end", metavar="TEXT", help="… through these.")
@click.option("--elide", is_flag=True, help="Leave out what stands between --start and --end, and mark it.")
@click.option("--script", type=click.Choice(["hant", "hans"]), help="Print the words in this script, and say so.")
@click.option(
    "--lang", type=click.Choice(["zh", "en", "both"]), help="The language to print; by default the edition's."
)
@click.option("--style", metavar="STYLE", help="The citation style; by default by language (see --list-styles).")
@click.option(
    "--list-styles", is_flag=True, is_eager=True, expose_value=False, callback=_list_styles, help="List them."
)
@to_option(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    what: tuple[str, ...],
    quote: str | None,
    start: str | None,
    end: str | None,
    elide: bool,
    script: str | None,
    lang: str | None,
    style: str | None,
    to: str,
) -> None:
    """Print excerpts with their citations.

    WHAT is a work, a paragraph or an annotation; it is cited to the original and the translation. Where the text of
    the edition is not here, our digest's paragraph comes instead, as a paraphrase.
    """
    here = workspace(ctx)
    passages: list[list[Excerpt]] = []
    keys = []
    for one in what:
        cut = {"quote": quote, "start": start, "end": end, "elide": elide}
        cited = excerpts(here, one, script=script, lang=lang, **cut)  # type: ignore[arg-type]
        target = named(here, one)
        if not cited:
            keys.append((target.work, target.edition.cite, target.edition.lang))
        else:
            passages.append(cited)
        for excerpt in cited:
            _notice(one, target.edition.key, target.edition.language, excerpt)
    if keys and to == "json" and not passages:
        raise YinzhengError(f"--to json prints excerpts; say which paragraph, as {what[0]}:12")
    works = {excerpt.work for cited in passages for excerpt in cited} | {work for work, _, _ in keys}
    printed = render(passages, _bibliographies(here, works), to=to, style=style, keys=keys)
    for sentence in printed.lost:
        warn(sentence)
    terminal = sys.stdout.isatty()
    if isinstance(printed.data, bytes):
        if terminal:
            raise YinzhengError(f"--to {to} is no text; send it to a file: yinzheng cite … --to {to} > FILE")
        sys.stdout.buffer.write(printed.data)
    else:
        click.echo(visible(printed.data) if terminal else printed.data)


def _bibliographies(here: Workspace, works: set[str]) -> dict[str, Bibliography]:
    result = {work: here.bibliography(work) for work in works}
    for bibliography in result.values():
        for problem in bibliography.problems:
            warn(str(problem))
    return result


def _notice(what: str, edition: str, language: str, excerpt: Excerpt) -> None:
    """What a writer must know of the words on stdout."""
    if excerpt.words == "paraphrase" and excerpt.edition.key != edition and excerpt.edition.language == language:
        warn(
            f"the text of {excerpt.work}/{edition} is not here: this is our digest's paragraph, a paraphrase and no "
            "quotation; to quote the edition itself, add your copy: yinzheng add FILE"
        )
    if excerpt.whose in ("translator", "editor"):
        warn(f"{what}: these are the {excerpt.whose}'s words, not the author's")
    if excerpt.script_from:
        warn(
            f"{what}: the words are converted; the edition prints {'繁體' if excerpt.script_from == 'hant' else '简体'}"
        )
    elif excerpt.copy_script:
        warn(
            f"{what}: your copy is in {'繁體' if excerpt.copy_script == 'hant' else '简体'}, and was converted back to "
            "the edition's script: compare the characters with the print"
        )
