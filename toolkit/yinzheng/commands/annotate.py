"""yinzheng annotate: suggest claims, entities and figures."""

from __future__ import annotations

import shutil
import sys
import tempfile
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from .. import jsonl, store
from ..errors import YinzhengError
from ..holding import hold
from ..progress import watched
from ..read.encoding import decode
from ..targets import Target, resolve
from ..terminal import say, warn
from ..workspace import FILES, Workspace
from .shared import Bars, What, now, workspace

if TYPE_CHECKING:
    from ..annotating.suggest import Type

LONG = 300_000  # characters from which on somebody who looks is shown how far it is


@click.command("annotate", epilog="Example: yinzheng annotate lamp --only figure")
@click.argument("what", type=What())
@click.option("--only", "types", type=click.Choice(list(FILES)), multiple=True, help="Only annotations of this type.")
@click.option("--model", metavar="NAME", help="An installed spaCy pipeline that finds the names instead.")
@click.option("--jobs", type=click.IntRange(1), default=1, metavar="N", help="Work in so many processes.")
@click.pass_context
def command(ctx: click.Context, what: str, types: Sequence[Type], model: str | None, jobs: int) -> None:
    """Suggest claims, entities and figures.

    WHAT is a work, an edition or a paragraph: the suggestions go into annotations/ and wait for `yinzheng review`. What
    a person decided stays, and only paragraphs that changed are worked again.

    Or WHAT is a file of plain text, or - for stdin: each line that is not blank is a paragraph, and the annotations go
    to stdout, a JSON object a line, each with the `line` it is on, counted from 0. A file called like a work is ./NAME.
    """
    types = types or ("claim", "entity", "figure")
    if model is not None:
        from ..annotating.pipeline import installed

        installed(model)
    with Bars() as bars:
        if what == "-":
            _text(sys.stdin.buffer, what, types, model, jobs, bars)
            return
        target = _target(ctx, what)
        if target is None:
            with Path(what).open("rb") as file:
                _text(file, what, types, model, jobs, bars)
        else:
            _work(workspace(ctx), target, what, types, model, jobs, bars)


def _target(ctx: click.Context, what: str) -> Target | None:
    """What is named in the workspace; None for a file."""
    try:
        return resolve(workspace(ctx), what)
    except YinzhengError as error:
        if Path(what).is_file():
            return None
        if Path(what).is_dir():
            raise YinzhengError("this is a folder; name a file in it", path=what) from error
        raise YinzhengError(f"{error}; and there is no such file") from error


def _text(source: IO[bytes], name: str, types: Collection[Type], model: str | None, jobs: int, bars: Bars) -> None:
    """A text that is in no workspace, to stdout."""
    from ..annotating import document, suggest

    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryFile() as spool:
        if not source.seekable():
            shutil.copyfileobj(source, spool)
            source = spool
        lines = array("q")

        def texts(numbers: array[int] | None = None) -> Iterator[str]:
            source.seek(0)
            number = -1
            for line in source:
                number += 1  # enumerate would keep the line
                text = line.decode("utf-8-sig" if number == 0 else "utf-8").strip()
                line = b""  # a line may be a whole book, which need not be here twice
                if text:
                    if numbers is not None:
                        numbers.append(number)
                    yield text

        try:
            whole = document.read(texts(lines), jobs)
        except UnicodeDecodeError:
            _decode(source, spool, name)
            source, lines = spool, array("q")
            whole = document.read(texts(lines), jobs)
        bars.long = source.tell() >= LONG
        for row, notes in suggest.bare(texts, whole, types, model, jobs):
            bars("annotating", row + 1, len(lines))
            for note in notes:
                counts[note.type, note.label] += 1
                sys.stdout.write(f'{jsonl.dumps(note)[:-1]}, "line": {lines[row]}}}\n')
    say(f"{len(lines)} paragraphs")
    for line in _counted(counts):
        say(line)


def _decode(source: IO[bytes], spool: IO[bytes], name: str) -> None:
    """A text in another encoding, as UTF-8 in the spool."""
    source.seek(0)
    try:
        text, said = decode(source.read())
    except YinzhengError as error:
        raise YinzhengError(error.message, path=None if name == "-" else name) from error
    for notice in said:
        warn(notice)
    spool.seek(0)
    spool.truncate()
    spool.write(text.encode())


def _work(
    here: Workspace, target: Target, what: str, types: Collection[Type], model: str | None, jobs: int, bars: Bars
) -> None:
    """The editions of a work, one after another, each written when it is done."""
    if here.read_only:
        raise YinzhengError("no workspace here; make one with: yinzheng init, or name one with --workspace DIR")
    named = "/" in what or target.paragraph is not None
    editions = [target.edition.key] if named else list(here.work(target.work).editions)
    done = 0
    for key in editions:
        if reason := _closed(here, target.work, key):
            if named:
                raise YinzhengError(f"{target.work}/{key}: {reason}")
            warn(f"{target.work}/{key}: {reason}")
            continue
        _edition(here, target.work, key, target.paragraph.id if target.paragraph else None, types, model, jobs, bars)
        done += 1
    if not done:
        raise YinzhengError(f"there is no text of {target.work} to annotate")
    say(f"next: yinzheng review {target.work}")


def _closed(here: Workspace, work: str, edition: str) -> str | None:
    """Why nothing can be suggested in an edition."""
    if here.edition(work, edition).curated:
        return "marked `curated` in work.toml: nothing is suggested in it"
    if all(paragraph.text is None for paragraph in here.paragraphs(work, edition)):
        return "its text is not here; add your copy: yinzheng add FILE"
    return None


def _edition(
    here: Workspace,
    work: str,
    edition: str,
    paragraph: str | None,
    types: Collection[Type],
    model: str | None,
    jobs: int,
    bars: Bars,
) -> None:
    from .. import suggesting
    from ..annotating import document

    before = hold(here, work, edition)
    texts = {one.id: one.text or "" for one in suggesting.workable(before)}
    whole = document.read(texts.values(), jobs)
    memory = here.path / "corpus" / work / "local" / f"{edition}.worked.jsonl"
    worked = {one.id: one.mark for one in jsonl.read(memory, suggesting.Worked)[0]}
    marks = suggesting.marks(before, whole, types, model)
    again = [name for name, mark in marks.items() if worked.get(name) != mark and paragraph in (None, name)]
    bars.long = sum(len(texts[name]) for name in again) >= LONG
    years = dict(zip(texts, whole.years, strict=True))
    found: dict[str, list[document.Found]] = {name: [] for name in again}
    rows = watched(again, "annotating", bars)
    tasks = ((texts[name], years[name] or None, whole.yuan) for name in rows)
    for row, _, part in document.work(whole.glossary, tasks, model, jobs):
        found[again[row]].append(part)
    with store.writing(here.path, say):
        here = Workspace(here.path)
        held, names = hold(here, work, edition), here.names(work)
        if {one.id: one.text for one in suggesting.workable(held)} != texts:
            raise YinzhengError(f"the text of {work}/{edition} changed in the meantime; run this again")
        after = suggesting.suggest(held, names, found, whole.glossary, types, now(), model)
        marks = suggesting.marks(after.holding, whole, types, model)
        keep = {name: mark for name, mark in marks.items() if name in found or worked.get(name) == mark}
        if again:
            store.apply(here.path, suggesting.plan(held, names, after, keep))
    say(f"{work}/{edition}  {len(again)} paragraphs worked, {len(texts) - len(again)} as before")
    for line in _counted(after.new, after.kept):
        say(f"  {line}")
    if after.withdrawn:
        say(f"  {after.withdrawn} suggestions of an earlier run withdrawn")
    if after.decided:
        say(f"  {after.decided} not suggested: somebody decided about the same words")


def _counted(new: Counter[tuple[str, str]], kept: Counter[tuple[str, str]] | None = None) -> Iterator[str]:
    """For each type how many, by label."""
    for kind, file in FILES.items():
        labels = Counter({label: count for (type, label), count in new.items() if type == kind})
        there = sum(count for (type, _), count in (kept or {}).items() if type == kind)
        parts = [f"{labels.total()}{' new' if kept is not None else ''}"]
        if labels:
            parts[0] += ": " + ", ".join(f"{label} {count}" for label, count in labels.most_common())
        if there:
            parts.append(f"{there} as before")
        yield f"{file.removesuffix('.jsonl'):<9} {'; '.join(parts)}"
