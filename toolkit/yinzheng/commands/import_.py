"""yinzheng import: another person's annotations, or another tool's, combined with what is here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import click

from .. import jsonl, store
from ..errors import YinzhengError
from ..exchanging import FORMS, form
from ..history import teller
from ..holding import hold, plan
from ..records import Annotation, Name, Paragraph
from ..terminal import say, warn
from ..workspace import FILES, TYPES, Workspace
from .shared import now, person, warn_each, writable

if TYPE_CHECKING:
    from ..exchanging.held import Document

R = TypeVar("R")


@click.command("import", epilog="Example: yinzheng import ../colleague --dry-run")
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--from", "origin", type=click.Choice([n for n, one in FORMS.items() if one.reads]), help="The form of the files."
)
@click.option("--work", metavar="KEY", help="The work that the files are about, or the key of a new one.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.pass_context
def command(ctx: click.Context, source: Path, origin: str | None, work: str | None, dry_run: bool) -> None:
    """Combine another person's annotations with those here.

    SOURCE is another person's workspace, or a folder of it with annotations (claims.jsonl …), or a file or folder of
    another tool (--from FORM). What a person decided here stays; what two people decided otherwise about one span
    waits for `yinzheng review`. The same import twice changes nothing. Links between paragraphs stay as they are here.
    """
    here = writable(ctx)
    if not source.exists():
        raise YinzhengError("no such file or folder", path=source)
    with store.writing(here.path, say), TemporaryDirectory() as aside:
        here = Workspace(here.path)
        folders = [] if origin else list(_folders(source))
        if not folders and not origin:
            raise YinzhengError("no annotations here (claims.jsonl …); of another tool? say which: --from", path=source)
        if folders:
            found = [part for folder in folders if (part := _of_folder(here, folder))]
            parts = [part for part in found if work in (None, part.work)]
            if not parts:
                raise YinzhengError("no annotations of a work that is here", path=source)
        else:
            parts = [_of_tool(here, source, str(origin), work, Path(aside))]
        writes: dict[str, str | Iterable[str]] = {}
        counts: Counter[str] = Counter()
        for part in parts:
            writes |= {**part.text, **_merged(part, counts, edited=origin is not None)}
        if not dry_run:
            store.apply(here.path, store.Plan(writes))
        for part in parts:
            for edition in part.here.work(part.work).editions if part.text else ():  # a new work
                say(f"{part.work}/{edition}  new: {len(part.here.index(part.work, edition))} paragraphs")
    told = ", ".join(f"{count} {_SAID[kind]}" for kind in _SAID if (count := counts[kind])) or "nothing"
    click.echo(
        f"{', '.join(part.work for part in parts)}  {told}{' (dry run: nothing was written)' if dry_run else ''}"
    )
    if counts["conflict"]:
        say(f"what you and they say otherwise waits for you: yinzheng review {parts[0].work}")


_SAID = {
    "new": "new", "same": "as here", "more": "with a note or gloss from there",
    "taken": "decided there", "kept": "decided here", "other": "suggested otherwise here", "conflict": "in conflict",
    "out": "left out",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    """What comes in of one work. ``here``: where the work is; a new one is aside, and ``text`` its files. ``hashes``:
    of their paragraphs' letters, by id, where their index is at hand."""

    here: Workspace
    work: str
    notes: list[Annotation]
    names: list[Name]
    hashes: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)


def _folders(source: Path) -> Iterator[Path]:
    """The folders with annotations: the one named, or those of the workspace that it is."""
    for folder in (source, *sorted((source / "annotations").glob("*")), *sorted(source.glob("*"))):
        if any((folder / name).is_file() for name in FILES.values()):
            yield folder


def _of_folder(here: Workspace, folder: Path) -> _Part | None:
    theirs: list[Annotation] = []
    for kind, name in FILES.items():
        theirs += _good(folder / name, TYPES[kind])
    works = {note.work for note in theirs}
    if len(works) > 1:
        raise YinzhengError(f"annotations of {len(works)} works; one was expected", path=folder)
    work = next(iter(works), None)
    if work not in here.works:
        warn(f"{folder} is left out: " + (f"{work} is no work here" if work else "no annotations"))
        return None
    names = _good(folder / "names.jsonl", Name)
    index = [
        one
        for path in sorted(folder.absolute().parent.parent.glob(f"corpus/{work}/*.jsonl"))
        for one in _index(path, here, work)
    ]
    return _Part(here, work, theirs, names, {one.id: one.hash for one in index})


def _index(path: Path, here: Workspace, work: str) -> list[Paragraph]:
    """Their index of an edition, where one is beside their annotations and can be read."""
    return jsonl.read(path, Paragraph)[0] if path.stem in here.work(work).editions else []


def _good(path: Path, record: type[R]) -> list[R]:
    if path.exists() and not path.is_file():
        raise YinzhengError("is no file", path=path)
    good, bad = jsonl.read(path, record)
    if bad:
        raise bad[0]
    return good


def _of_tool(here: Workspace, source: Path, origin: str, work: str | None, aside: Path) -> _Part:
    """What another tool's files say; where the work is a new one, it is made of their text, ``aside``."""
    from ..exchanging.received import checked
    from ..incoming import incoming

    files = {name: path.read_bytes() for name, path in _files(source).items()}
    try:
        documents = checked(form(origin).read(files))
    except UnicodeDecodeError as error:
        raise YinzhengError(f"not UTF-8: {error.reason} at byte {error.start}", path=source) from error
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        why = f": {error}"[:200] if isinstance(error, ValueError) else ""  # the others' words are Python's
        raise YinzhengError(f"not {origin}, or damaged{why}", path=source) from error
    if work is None:
        told = (_PARAGRAPH.fullmatch(name) for one in documents for name in one.paragraphs if name)
        known = {match[1] for match in told if match}
        if len(known) != 1:
            raise YinzhengError("which work is this about? say: --work KEY", path=source)
        work = known.pop()
    text: Mapping[str, str] = {}
    if work not in here.works:
        here, text = _new(here, work, documents, aside)
    holdings = [hold(here, work, edition) for edition in here.work(work).editions]
    found = incoming(holdings, documents, person(), now())
    refused = [sentence for sentence in found.lost if sentence.startswith(f"{work}.p")]  # each with its place
    for sentence in [one for one in found.lost if one not in refused]:
        warn(f"{found.lost[sentence]} × {sentence}" if found.lost[sentence] > 1 else sentence)
    warn_each(refused)
    if found.missing:
        say(f"{found.missing} of these paragraphs' annotations stand here and not in the file; they stay")
    names = [name for one in documents for name in one.names]
    return _Part(here, work, [note for notes in found.notes.values() for note in notes], names, text=text)


def _files(source: Path) -> dict[str, Path]:
    """The file, or those of a folder, by their names in it; a hidden one is the system's (.DS_Store)."""
    if not source.is_dir():
        return {source.name: source}
    inside = [path.relative_to(source) for path in sorted(source.rglob("*")) if path.is_file()]
    shown = [path for path in inside if not any(part.startswith(".") for part in path.parts)]
    if not shown:
        raise YinzhengError("an empty folder", path=source)
    return {str(path): source / path for path in shown}


_PARAGRAPH = re.compile(r"([a-z][a-z0-9-]*)\.p[0-9a-z]{8}")


def _new(here: Workspace, work: str, documents: Sequence[Document], aside: Path) -> tuple[Workspace, Mapping[str, str]]:
    """The text of another tool's documents as a work of a workspace of its own, a paragraph a line; and its files. So
    it comes in together with its annotations, or not at all."""
    from .. import adding
    from ..segment import Block

    lines = [line.strip() for one in documents for line in one.text.split("\n") if line.strip()]
    if not lines:
        told = [sentence for one in documents for sentence in one.lost]
        raise YinzhengError("; ".join(["no text to make a work of", *told]))
    addition = adding.add(here, [Block("body", line) for line in lines], adding.Wish(work=work))
    text = {name: one if isinstance(one, str) else "".join(one) for name, one in addition.plan.writes.items()}
    for top in ("corpus", "annotations"):
        (aside / top).mkdir()
    with store.writing(aside):
        store.apply(aside, store.Plan(text))
    return Workspace(aside), text


def _merged(part: _Part, counts: Counter[str], edited: bool) -> Mapping[str, str | Iterable[str]]:
    """The files of a work that the merge rewrites; its editions share them."""
    from .. import marking
    from ..combining import merge, place
    from ..naming import combined, renamed

    here, work, tell = part.here, part.work, teller(person(), version("yinzheng"), now())
    own = re.compile(rf"{re.escape(work)}\.n[0-9a-z]+").fullmatch
    strange = {name.id: f"{name.id!r} is no id of a name of {work}" for name in part.names if not own(name.id)}
    strange |= {name.id: f"{name.id}: {marking.SENTENCE}" for name in part.names if not here.work(work).names(name)}
    known, ids, differ = combined(here.names(work), [name for name in part.names if name.id not in strange])
    warn_each([*(f"{why}; it is left out" for why in strange.values()), *differ])
    theirs = [renamed(note, ids) for note in part.notes]
    writes: dict[str, str | Iterable[str]] = {}
    if known != here.names(work):
        writes[f"annotations/{work}/names.jsonl"] = jsonl.text(known)
    editions = here.work(work).editions
    holdings = {key: hold(here, work, key) for key in editions}
    placed = {
        key: place(one, [note for note in theirs if note.edition == key], part.hashes) for key, one in holdings.items()
    }
    called = {theirs: ours for one in placed.values() for theirs, ours in one.called.items()}
    came: Counter[str] = Counter()
    notes = next(iter(holdings.values())).notes
    problems = [
        f"{note.id}: {work} has no edition {note.edition!r} here" for note in theirs if note.edition not in editions
    ]
    for key, before in holdings.items():
        merged = merge(replace(before, notes=notes), placed[key], called, {name.id for name in known}, tell, edited)
        came.update(merged.counts)
        problems += merged.problems
        notes = merged.holding.notes
        writes |= plan(before, merged.holding).writes
    warn_each(problems)
    counts.update(came)
    counts["out"] += len(theirs) - came.total()
    return writes
