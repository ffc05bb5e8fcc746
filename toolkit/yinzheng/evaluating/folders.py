"""The sides of a comparison, read from files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from .. import jsonl
from ..annotating.sentences import sentences
from ..errors import YinzhengError
from ..letters import letters
from ..records import Annotation
from ..workspace import FILES, TYPES, Workspace, find_root
from .gold import read_gold
from .passage import Passage

Annotate = Callable[[list[str]], Sequence[Sequence[Annotation]]]


def side(path: Path) -> Path:
    """What a path means: of a workspace its folder of annotations, if there is one only; else the path itself."""
    folders = [] if _annotates(path) else [one for one in sorted(path.glob("annotations/*")) if _annotates(one)]
    if len(folders) > 1:
        raise YinzhengError(f"annotations of {len(folders)} works; name one, as {folders[0]}", path=path)
    return folders[0] if folders else path


def read(path: Path, root: Path | None = None) -> list[Passage]:
    """The gold: texts annotated by quoting (a file, or the ``*.txt`` of a folder), or a folder of annotations, of which
    those that a person accepted count.

    Its work is sought in the workspace `root`, else in that around the folder, else in that of this call; the index
    there says how long the paragraphs are also where their text is not here.
    """
    if _annotates(path):
        return _of_work(path, Workspace.open(root or find_root(path.absolute())))
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    if not files:
        raise YinzhengError(f"no annotations here (no {', '.join(FILES.values())}) and no gold text (*.txt)", path=path)
    return [passage for file in files for passage in read_gold(file)]


def with_suggestions(passages: Sequence[Passage], annotate: Annotate) -> list[Passage]:
    """The same with what `annotate` finds, document by document. Passages without text are left out, and documents
    that nobody annotated."""
    here = [passage for passage in _annotated(passages) if passage.text is not None]
    result = list[Passage]()
    for _, group in groupby(here, key=lambda passage: passage.document):
        document = list(group)
        found = annotate([passage.text or "" for passage in document])
        result += [_paired(passage, one) for passage, one in zip(document, found, strict=True)]
    return result


def with_other(passages: Sequence[Passage], path: Path) -> list[Passage]:
    """The same with another person's annotations: gold texts of the same sentences, or another folder for the work, of
    which those that this person accepted count."""
    if _annotates(path):
        work, other = _accepted(path)
        if not any(passage.document.startswith(f"{work}/") for passage in passages):
            raise YinzhengError(f"annotations of {work}, of which the gold has none", path=path)
    else:
        other = {passage.where: list(passage.gold) for passage in read(path)}
    known = {passage.where for passage in passages}
    if strange := [where for where in other if where not in known]:
        raise YinzhengError(f"{strange[0]} is no paragraph of the gold ({len(strange)} are none)", path=path)
    return _annotated([_paired(passage, other.get(passage.where, ())) for passage in passages])


def _paired(passage: Passage, other: Sequence[Annotation]) -> Passage:
    for one in (*passage.gold, *other):
        if not 0 <= one.letter_start < one.letter_end <= passage.length:
            raise YinzhengError(f"{one.id} lies outside of {passage.where}; run: yinzheng check")
    return replace(passage, other=tuple(other))


def _annotated(passages: Sequence[Passage]) -> list[Passage]:
    """Without the documents that nobody annotated: their silence is no agreement; nor is that of a caption or note."""
    done = {passage.document for passage in passages if passage.gold or passage.other}
    if not done:
        raise YinzhengError("nothing accepted here: only what a person accepted is compared")
    return [one for one in passages if one.document in done and (one.running or one.gold or one.other)]


def _annotates(path: Path) -> bool:
    return any((path / name).exists() for name in FILES.values())


def _of_work(folder: Path, workspace: Workspace) -> list[Passage]:
    work, annotations = _accepted(folder)
    passages = []
    for edition in workspace.work(work).editions.values():
        for paragraph in workspace.paragraphs(work, edition.key):
            whole = letters(paragraph.text or "")
            spans = tuple(whole.within(*span) for span in sentences(whole.source))
            passages.append(
                Passage(
                    where=paragraph.id,
                    document=f"{work}/{edition.key}",
                    language=edition.lang,
                    length=paragraph.length,
                    text=paragraph.text,
                    sentences=spans if paragraph.text is not None else None,
                    running=paragraph.kind in ("lead", "heading", "body"),
                    gold=tuple(annotations.pop(paragraph.id, ())),
                )
            )
    if annotations:
        raise YinzhengError(f"{next(iter(annotations))} is no paragraph of {work}; run: yinzheng check", path=folder)
    return passages


def _accepted(folder: Path) -> tuple[str, dict[str, list[Annotation]]]:
    """The work that a folder annotates, and what a person accepted there, by paragraph."""
    works = set[str]()
    found: defaultdict[str, list[Annotation]] = defaultdict(list)
    for kind, name in FILES.items():
        good, bad = jsonl.read(folder / name, TYPES[kind])
        if bad:
            raise bad[0]
        for one in good:
            works.add(one.work)
            if one.status == "accepted":
                found[one.paragraph].append(one)
    if len(works) != 1:
        what = f"annotations of several works: {', '.join(sorted(works))}" if works else "no annotations here"
        raise YinzhengError(f"{what}; those of one work are compared", path=folder)
    return works.pop(), dict(found)
