"""yinzheng cite: excerpts with citations."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from ..bib import Bibliography
from ..citing.cite import render
from ..citing.formats import FORMATS
from ..citing.styles import STYLES, Style
from ..errors import YinzhengError
from ..terminal import table, visible, warn
from ..workspace import Workspace
from .own import Asked, own_bibliography
from .shared import What, to_option, workspace
from .shared import target as named

if TYPE_CHECKING:
    from ..citing.excerpt import Excerpt
    from ..citing.quoted import Share
    from ..excerpts import Language
    from ..handouts import Type
    from ..script import Script


class _Style(click.ParamType[str]):
    """The name of a style."""

    name = "style"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [CompletionItem(name, help=style.label) for name, style in STYLES.items() if name.startswith(incomplete)]


def _list_styles(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        languages = {"en": "English", "zh": "Chinese"}
        rows = [(name, one.label, languages[one.language], one.kind) for name, one in STYLES.items()]
        click.echo("\n".join(table([("style", "name", "language", "kind"), *rows])))
        ctx.exit()


_EXAMPLES = """\b
Example: yinzheng cite park2023/digest-zh:12 --lang both
More:    yinzheng cite park2023/digest-en:54 --quote "balance" --style apa
         yinzheng cite park2023:12 --quote "from here……to there" --to markdown
         yinzheng cite park2023:12 --quote 原文 --gloss "your translation" --style apa
         yinzheng cite park2023 --only claim --central --to markdown > handout.md
         yinzheng cite park2023:12 --to latex --bib thesis.bib
"""


@click.command("cite", epilog=_EXAMPLES)
@click.argument("what", nargs=-1, required=True, type=What())
@click.option(
    "--quote",
    metavar="TEXT",
    help="The words to quote, found whatever their script, width and spacing; with …… where you leave some out.",
)
@click.option("--start", metavar="TEXT", help="Quote from these words …")
@click.option("--end", metavar="TEXT", help="… through these.")
@click.option("--elide", is_flag=True, help="Leave out what stands between --start and --end, and mark it.")
@click.option("--gloss", metavar="TEXT", help="Your own translation of the words, which the style labels as yours.")
@click.option(
    "--only", type=click.Choice(["claim", "entity", "figure"]), help="A handout: every annotation of this type in WHAT."
)
@click.option("--central", is_flag=True, help="A handout of the claims that carry the text.")
@click.option("--script", type=click.Choice(["hant", "hans"]), help="Print the words in this script, and say so.")
@click.option(
    "--script-references", is_flag=True, help="Convert the references too; else they stay as they were published."
)
@click.option(
    "--lang",
    type=click.Choice(["zh", "en", "both"]),
    help="The language to print, and to look for the words in; by default the edition's.",
)
@click.option(
    "--style", type=_Style(), metavar="STYLE", help="The citation style; by default by language (see --list-styles)."
)
@click.option(
    "--list-styles", is_flag=True, is_eager=True, expose_value=False, callback=_list_styles, help="List them."
)
@click.option(
    "--csl",
    "csl_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Any other style, from a CSL file; pandoc sets it.",
)
@click.option(
    "--bib",
    "bib_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Put the entries into your .bib file too, and cite by the keys that it has.",
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
    gloss: str | None,
    only: Type | None,
    central: bool,
    script: Script | None,
    script_references: bool,
    lang: Language | None,
    style: str | None,
    csl_file: Path | None,
    bib_file: Path | None,
    to: str,
) -> None:
    """Print excerpts with their citations.

    WHAT is a work, a paragraph or an annotation; it is cited to the original and the translation. Where the text of
    the edition is not here, our digest's paragraph comes instead, as a paraphrase. English words stand in quotation
    marks only where they stand in the English original.
    """
    from ..handouts import ReadOnce

    handout = only or ("claim" if central else None)
    words = [quote, start, end, gloss]
    if csl_file and style:
        raise click.UsageError("--style and --csl both name a style: give one")
    _usage(len(what), any(word is not None for word in words) or elide, handout, central, script, script_references)
    here = ReadOnce(workspace(ctx))
    passages: list[list[Excerpt]] = []
    keys: list[tuple[str, str, str]] = []
    for one in what:
        target = named(here, one)
        if handout:
            passages += _handout(here, one, handout, central, script, lang)
        elif target.paragraph is None and not any(words):
            keys.append(
                (target.work, target.edition.cite, f"zh-{script.capitalize()}" if script else target.edition.tag)
            )
        else:
            cut = {"quote": quote, "start": start, "end": end, "elide": elide, "gloss": gloss}
            passages.append(here.excerpts(one, script=script, lang=lang, **cut))
    if keys and to == "json":
        raise YinzhengError(f"--to json prints excerpts; say which paragraph, as {what[0]}:12")
    _notices([excerpt for cited in passages for excerpt in cited])
    works = {excerpt.work for cited in passages for excerpt in cited} | {work for work, _, _ in keys}
    asked = Asked(passages, _bibliographies(here, works), keys)
    with own_bibliography(bib_file, asked) as asked:
        bibliographies = asked.bibliographies
        if script and script_references:
            from ..citing.converting import in_script

            bibliographies = {work: in_script(one, script) for work, one in bibliographies.items()}
            warn("the references are converted too: compare the names and titles with what was published")
        chosen = _csl(csl_file, asked, bibliographies) if csl_file else style
        printed = render(asked.passages, bibliographies, to=to, style=chosen, keys=asked.keys)
    terminal = sys.stdout.isatty()
    for sentence in printed.lost if not terminal or to != "text" else ():  # a terminal's reader sees that
        warn(sentence)
    if isinstance(printed.data, bytes):
        if terminal:
            raise YinzhengError(f"--to {to} is no text; send it to a file: yinzheng cite … --to {to} > FILE")
        sys.stdout.buffer.write(printed.data)
    else:
        click.echo(visible(printed.data) if terminal else printed.data)
    for share in _shares(here, [excerpt for cited in passages for excerpt in cited]):
        warn(str(share))


def _csl(path: Path, asked: Asked, bibliographies: Mapping[str, Bibliography]) -> Style:
    from ..citing import csl

    style, lost = csl.style(path, asked.passages, bibliographies, asked.keys)
    for sentence in lost:
        warn(sentence)
    return style


def _usage(
    whats: int, cuts: bool, handout: str | None, central: bool, script: str | None, script_references: bool
) -> None:
    """Raises for options that do not go together."""
    if central and handout != "claim":
        raise click.UsageError(f"--central is said of claims, and not of an {handout}: leave out one of the two")
    if handout and cuts:
        raise click.UsageError(
            "--only prints whole annotations; --quote, --start, --end and --gloss are for one passage"
        )
    if whats > 1 and cuts:
        raise click.UsageError("--quote, --start, --end and --gloss are for one passage: name one paragraph")
    if script_references and not script:
        raise click.UsageError("--script-references goes with --script hant or --script hans")


def _handout(
    here: Workspace, what: str, only: Type, central: bool, script: Script | None, lang: Language | None
) -> list[list[Excerpt]]:
    from ..handouts import handout

    passages, problems = handout(here, what, only, central=central, script=script, lang=lang)
    for problem in problems:
        warn(problem)
    return passages


def _notices(cited: Sequence[Excerpt]) -> None:
    """What to know of the words, each thing once, with the paragraphs where there are several passages."""
    places: dict[str, list[str]] = {}
    for one in cited:
        for sentence in one.notices:
            place = f"{one.work}/{one.edition.key}:{one.number}" if one.number else one.paragraph
            places.setdefault(sentence, []).append(place)
    for sentence, where in places.items():
        warn(f"{', '.join(dict.fromkeys(where))}: {sentence}" if len(where) < len(cited) else sentence)


def _shares(here: Workspace, cited: Iterable[Excerpt]) -> list[Share]:
    """The texts in copyright of which much is quoted."""
    from ..citing.quoted import over

    return over(
        here, ((one.work, one.edition.key, one.paragraph, one.text) for one in cited if one.words == "quotation")
    )


def _bibliographies(here: Workspace, works: set[str]) -> dict[str, Bibliography]:
    result = {work: here.bibliography(work) for work in works}
    for bibliography in result.values():
        for problem in bibliography.problems:
            warn(str(problem))
    return result
