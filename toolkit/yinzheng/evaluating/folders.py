"""The sides of a comparison, read from files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from .. import jsonl
from ..annotating.sentences import sentences
from ..combining import place
from ..errors import YinzhengError
from ..holding import hold
from ..letters import letters
from ..records import Annotation, Paragraph
from ..workspace import FILES, TYPES, Workspace, find_root
from .gold import read_gold
from .passage import Passage

Annotate = Callable[[list[str]], Sequence[Sequence[Annotation]]]
Tell = Callable[[str], object]


def _refuse(problem: str) -> None:
    raise YinzhengError(problem)


def side(path: Path) -> Path:
    """What a path means: of a workspace its folder of annotations, if there is one only; else the path itself."""
    folders = [] if _annotates(path) else [one for one in sorted(path.glob("annotations/*")) if _annotates(one)]
    if len(folders) > 1:
        raise YinzhengError(f"annotations of {len(folders)} works; name one, as {folders[0]}", path=path)
    return folders[0] if folders else path


def read(path: Path, root: Path | None = None, tell: Tell = _refuse) -> list[Passage]:
    """The gold: texts annotated by quoting (a file, or the ``*.txt`` of a folder), or a folder of annotations, of which
    those that a person accepted count.

    Its work is sought in the workspace `root`, else in that around the folder, else in that of this call; the index
    there says how long the paragraphs are also where their text is not here. What has no place in that text goes to
    `tell`, in words, and is left out.
    """
    if _annotates(path):
        return _of_work(path, _workspace(path, root), tell)
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


def with_other(gold: Path, path: Path, root: Path | None = None, tell: Tell = _refuse) -> list[Passage]:
    """The gold (see `read`) with another person's annotations: gold texts of the same sentences, or another folder for
    the work, of which those that this person accepted count, where their words stand in the gold's text."""
    passages = read(gold, root, tell)
    if _annotates(path):
        work, accepted = _accepted(path)
        if not any(passage.document.startswith(f"{work}/") for passage in passages):
            raise YinzhengError(f"annotations of {work}, of which the gold has none", path=path)
        other = _standing(_workspace(gold, root), work, path, accepted, tell)
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


def _workspace(path: Path, root: Path | None) -> Workspace:
    return Workspace.open(root or find_root(path.absolute()))


def _of_work(folder: Path, workspace: Workspace, tell: Tell) -> list[Passage]:
    work, accepted = _accepted(folder)
    annotations = _standing(workspace, work, folder, accepted, tell)
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
    return [_paired(passage, ()) for passage in passages]  # sound, before another's are placed among them


def _accepted(folder: Path) -> tuple[str, list[Annotation]]:
    """The work that a folder annotates, and what a person accepted there."""
    found = list[Annotation]()
    for kind, name in FILES.items():
        good, bad = jsonl.read(folder / name, TYPES[kind])
        if bad:
            raise bad[0]
        found += good
    works = {one.work for one in found}
    if len(works) != 1:
        what = f"annotations of several works: {', '.join(sorted(works))}" if works else "no annotations here"
        raise YinzhengError(f"{what}; those of one work are compared", path=folder)
    return works.pop(), [one for one in found if one.status == "accepted"]


def _standing(
    workspace: Workspace, work: str, folder: Path, accepted: Sequence[Annotation], tell: Tell
) -> dict[str, list[Annotation]]:
    """A folder's annotations by the workspace's paragraphs. Those of another workspace may be of an older or newer
    text: they stand where `import` would put them, by their words, under the ids that they have there."""
    notes = [*accepted]
    if folder.resolve() != (workspace.path / "annotations" / work).resolve():
        editions = workspace.work(work).editions
        corpus = folder.absolute().parent.parent / "corpus" / work
        hashes = {one.id: one.hash for key in editions for one in jsonl.read(corpus / f"{key}.jsonl", Paragraph)[0]}
        lost = [f"{one.id}: {work} has no edition {one.edition!r} here" for one in notes if one.edition not in editions]
        notes = []
        for key in {one.edition: None for one in accepted if one.edition in editions}:
            placed = place(hold(workspace, work, key), [one for one in accepted if one.edition == key], hashes)
            theirs = {here: there for there, here in placed.called.items()}
            notes += [replace(one, id=theirs[one.id]) for one in placed.notes]
            lost += placed.problems
        if lost and not notes:
            raise YinzhengError(f"none of {len(lost)} annotations has a place here; {lost[0]}", path=folder)
        for problem in lost:
            tell(problem)
    found: defaultdict[str, list[Annotation]] = defaultdict(list)
    for one in notes:
        found[one.paragraph].append(one)
    return found
