"""yinzheng export: a work's annotations in the form of another tool."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping
from os.path import realpath
from pathlib import Path
from typing import Any, get_args

import click

from ..errors import YinzhengError
from ..exchanging import FORMS, form
from ..records import Status
from ..terminal import say, table, warn
from ..workspace import FILES, Workspace
from .shared import What, target, workspace


def _list_forms(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        click.echo("\n".join(table((name, one.label) for name, one in FORMS.items())))
        ctx.exit()


@click.command("export", epilog="Example: yinzheng export park2023/digest-en --to csv --output park2023.csv")
@click.argument("what", type=What())
@click.option("--to", type=click.Choice(list(FORMS)), required=True, help="The form; --list-forms tells of each.")
@click.option("--list-forms", is_flag=True, is_eager=True, expose_value=False, callback=_list_forms, help="List them.")
@click.option("--only", type=click.Choice(list(FILES)), multiple=True, help="Only claims, entities or figures.")
@click.option(
    "--status",
    type=click.Choice([*get_args(Status), "all"]),
    default="accepted",
    show_default=True,
    help="Which annotations go out.",
)
@click.option("--with-local-text", is_flag=True, help="Also your own copy of a text that is not free to give on.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="A file, or a folder where the form has several files."
)
@click.pass_context
def command(
    ctx: click.Context,
    what: str,
    to: str,
    only: tuple[Any, ...],
    status: Any,
    with_local_text: bool,
    output: Path | None,
) -> None:
    """Write annotations in the form of another tool.

    WHAT is a work or one of its editions (park2023/digest-en). What the form cannot hold is counted and told. The text
    of an edition that is not free to give on stays here, unless --with-local-text.
    """
    from ..exchanging.held import held

    here, named = workspace(ctx), target(workspace(ctx), what)
    if named.paragraph:
        whole = f"{named.work}/{named.edition.key}"
        raise YinzhengError(f"whole editions are exported: say {whole}, not {what}; a paragraph: yinzheng cite {what}")
    editions = [named.edition.key] if "/" in what else list(here.work(named.work).editions)
    out = held(here, named.work, editions, only or tuple(FILES), None if status == "all" else status, with_local_text)
    gc.freeze()  # the records stay: nobody need look through them for rubbish
    if FORMS[to].text:
        for one in out:
            if not one.complete:
                warn(_textless(here, named.work, one.edition.key, to))
        out = [one for one in out if one.complete and one.paragraphs]
    out = [one for one in out if one.paragraphs]
    if not out:
        raise YinzhengError(f"nothing of {what} can go out as {to}")
    made = form(to).write(out)
    for sentence, count in made.lost.items():
        warn(f"{count} × {sentence}" if count > 1 else sentence)
    if not made.files:
        raise YinzhengError(f"nothing of {what} can go out as {to}")
    own = [realpath(here.path / folder) for folder in ("corpus", "annotations")]
    if output is not None and any(Path(realpath(output)).is_relative_to(folder) for folder in own):
        raise YinzhengError("the project keeps its own files there; write elsewhere", path=output)
    _print(made.files, output, to)


def _textless(here: Workspace, work: str, edition: str, to: str) -> str:
    if any(paragraph.text is not None for paragraph in here.paragraphs(work, edition)):
        return f"{work}/{edition} is left out: {to} needs the text, and yours goes out only --with-local-text"
    return f"{work}/{edition} is left out: {to} needs the text, which is not here; add your copy: yinzheng add FILE"


def _print(files: Mapping[str, bytes], output: Path | None, to: str) -> None:
    from ..store import replace_file, replaceable

    if output is None:
        if len(files) != 1:
            raise YinzhengError(f"{to} has {len(files)} files; name a folder for them: --output FOLDER")
        [data] = files.values()
        if sys.stdout.isatty() and b"\0" in data:
            raise YinzhengError(f"{to} is no text; send it to a file: --output FILE")
        sys.stdout.buffer.write(data)
        return
    suffixes = {Path(name).suffix for name in files} - {""}
    # What may be several files, as pictures, goes into a folder also if it is one; else OUTPUT says what kind it is.
    single = len(files) == 1 and not output.is_dir() and (FORMS[to].suffix or output.suffix in suffixes)
    file = str(output) == "-" or output.suffix in suffixes or output.exists()
    if not single and file and not output.is_dir():
        raise YinzhengError(f"{to} goes into a folder, and this is a file ({len(files)} to write)", path=output)
    paths = {name: output if single else output / name for name in files}
    for path in paths.values():
        if not single:
            path.parent.mkdir(parents=True, exist_ok=True)
        replaceable(path)
    for name, data in files.items():
        replace_file(paths[name], data)
        say(str(paths[name]))
