"""yinzheng verify: every quotation of a manuscript against the corpus."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import YinzhengError
from ..terminal import say, warn
from .shared import to_option, workspace

if TYPE_CHECKING:
    from ..bib import Bibliography
    from ..verifying.patch import Replacement
    from ..verifying.prose import Block
    from ..verifying.reports import Checked
    from ..verifying.reports.messages import Language
    from ..verifying.verify import Verifier

_MARKUPS = ("markdown", "latex", "typst", "org", "html", "docx", "text")


@click.command("verify", epilog="Example: yinzheng verify thesis.md --bib thesis.bib --fix > thesis.patch")
@click.argument("manuscripts", metavar="MANUSCRIPT...", nargs=-1, required=True)
@click.option(
    "--bib", type=click.Path(path_type=Path, dir_okay=False), help="Your bibliography: your own keys, by DOI or title."
)
@click.option(
    "--markup", type=click.Choice(_MARKUPS), help="What the manuscript is written in; by default by its name."
)
@click.option(
    "--numbers", is_flag=True, help="Warn of figures in your own sentences that the paragraph cited gives otherwise."
)
@click.option("--fix", is_flag=True, help="The same as --to patch.")
@click.option(
    "--report-lang", type=click.Choice(["en", "zh"]), help="The language of the report; by default the locale's."
)
@to_option("text", "jsonl", "html", "sarif", "patch", "docx")
@click.pass_context
def command(
    ctx: click.Context,
    manuscripts: tuple[str, ...],
    bib: Path | None,
    markup: str | None,
    numbers: bool,
    fix: bool,
    report_lang: str | None,
    to: str,
) -> None:
    """Check every quotation of a manuscript against your texts.

    MANUSCRIPT is Markdown, LaTeX, Typst, Org, HTML, Word or plain text; - is stdin. Nothing is changed: --fix prints
    the corrections as a patch, --to docx a copy of a Word document with a comment at each finding. Exit code 1 where
    anything has to be mended.
    """
    from ..citing.quoted import over
    from ..verifying.verify import Verifier

    to = "patch" if fix else to
    if to == "docx" and len(manuscripts) > 1:
        raise YinzhengError("--to docx makes one copy: give one Word document")
    bibliography = _bibliography(bib) if bib else None
    verifier = Verifier(workspace(ctx), bibliography)
    language: Language = "zh" if (report_lang or _locale()) == "zh" else "en"
    checked: list[Checked] = []
    blocks: list[Block] = []
    data = b""
    for name in manuscripts:
        data = _data(name)
        if to == "patch":
            _patchable(data, name, markup)
        one, read = _checked(verifier, data, name, markup, bibliography, numbers, to == "patch")
        checked.append(one)
        blocks += read
    if to == "docx":
        _docx(data, blocks, checked[0], markup, language)
    elif to == "patch":
        from ..verifying.patch import patch

        click.echo(patch({block.file: block.source for block in blocks}, _edits(checked)), nl=False)
    else:
        for line in _lines(checked, to, language):
            click.echo(line)
    for share in over(verifier.workspace, _quoted(checked)):
        warn(str(share))
    if not all(one.right for one in checked):
        ctx.exit(1)


def _quoted(checked: Sequence[Checked]) -> Iterator[tuple[str, str, str, str]]:
    """Work, edition, paragraph and words of every quotation that was found."""
    for one in (quotation for part in checked for quotation in part.quotations):
        if one.work and one.edition and one.paragraph:
            yield one.work, one.edition, one.paragraph, one.quote


def _data(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    path = Path(name)
    if path.is_dir():
        raise YinzhengError("a folder; name the manuscripts in it", path=path)
    return path.read_bytes()


def _patchable(data: bytes, name: str | Path, markup: str | None = "text") -> None:
    """Raises YinzhengError for what a patch, which is UTF-8, would not fit."""
    from ..verifying.manuscript import markup_of

    if (markup or markup_of(name)) == "docx":
        raise YinzhengError("a Word document cannot be patched; --to docx makes a copy with comments", path=name)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise YinzhengError(
            f"not UTF-8 at byte {error.start}, so that no patch would fit; save it as UTF-8, or leave out --fix",
            path=name,
        ) from error


def _bibliography(path: Path) -> Bibliography:
    from ..bib import parse
    from ..read.encoding import decode

    try:
        found = parse(decode(path.read_bytes())[0], path)
    except YinzhengError as error:
        raise YinzhengError(error.message, path=error.path or path, line=error.line) from error
    for problem in found.problems:
        say(f"note: {problem}")
    return found


def _locale() -> str:
    """``zh`` where the locale of messages is a Chinese one."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, named), "").lower().startswith("zh") else "en"


def _checked(
    verifier: Verifier,
    data: bytes,
    name: str,
    markup: str | None,
    bibliography: Bibliography | None,
    numbers: bool,
    fix: bool,
) -> tuple[Checked, list[Block]]:
    from ..verifying.citations import findings
    from ..verifying.manuscript import markup_of, read
    from ..verifying.reports import Checked

    folder = Path(name).parent

    def include(wanted: str) -> str | None:
        from ..verifying.manuscript import text_of

        path = folder / wanted
        if not path.is_file():
            return None
        data = path.read_bytes()
        if fix:
            _patchable(data, path)
        return text_of(data)

    try:
        blocks = read(data, markup or markup_of(name), name, include)
    except YinzhengError as error:
        if error.path is None:
            raise YinzhengError(error.message, path=name) from error
        raise
    quotations = verifier.quotations(blocks)
    found = findings(verifier, blocks, quotations, bibliography, numbers)
    return Checked(name, quotations, found), blocks


def _lines(checked: Sequence[Checked], to: str, language: Language) -> Iterator[str]:
    if to == "jsonl":
        from ..verifying.reports import jsonl

        return jsonl.lines(checked)
    if to == "sarif":
        from ..verifying.reports import sarif

        return sarif.lines(checked, language)
    if to == "html":
        from ..verifying.reports import html

        return html.lines(checked, language)
    from ..verifying.reports import text

    return text.lines(checked, language)


def _edits(checked: Sequence[Checked]) -> Iterator[Replacement]:
    """The words of the source for those that differ, and the number of the paragraph for a wrong one. Of a quotation
    inside another the outer one is mended."""
    from ..verifying.patch import relocated, replacements

    mended: list[tuple[int, int, int]] = []
    for one in (quotation for part in checked for quotation in part.quotations):
        quote = one.source
        if quote is None or quote.block.markup == "docx":
            continue
        place = (id(quote.block), quote.start, quote.end)
        if one.correction is not None and not any(
            block == place[0] and start < place[2] and place[1] < end for block, start, end in mended
        ):
            mended.append(place)
            yield from replacements(quote.block, quote.start, quote.end, one.correction)
            continue
        edits: list[Replacement] = []
        if one.verdict == "wrong-paragraph" and one.citation is not None and one.number is not None:
            edits = relocated(quote.block, one.citation, one.numbers)
            yield from edits
        if not edits and not one.right and one.correction is None:
            warn(f"{one.file}:{one.line}: {one.verdict.replace('-', ' ')}: no correction is proposed; mend it by hand")


def _docx(data: bytes, blocks: Sequence[Block], checked: Checked, markup: str | None, language: Language) -> None:
    from ..verifying.comments import Comment, commented
    from ..verifying.manuscript import markup_of
    from ..verifying.reports.messages import about, changes
    from ..verifying.reports.messages import say as told

    if (markup or markup_of(checked.name)) != "docx":
        raise YinzhengError("no Word document; --to docx makes a copy of one, with comments", path=checked.name)
    comments = []
    for one in checked.quotations:
        replaced = any(" → " in mark for mark in one.alterations)
        if one.source is not None and (replaced or one.verdict not in ("exact", "variant", "elided-marked")):
            words = [told(language, one.verdict), *about(one, language), *changes(one, language)]
            comments.append(Comment(one.source.block, one.source.start, one.source.end, "\n".join(words)))
    for found in checked.findings:
        words = [told(language, found.kind), *about(found, language)]
        comments.append(Comment(found.block, found.start, found.end, "\n".join(words)))
    sys.stdout.buffer.write(commented(data, blocks, comments))
