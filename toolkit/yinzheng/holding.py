"""All that a workspace holds of one edition, taken out together and put back together.

A change of ids touches the index, the reader's copy, the annotations, the links and the history at once; a function
that makes one turns a holding into another, and `plan` says which files that rewrites.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from . import jsonl
from .errors import YinzhengError
from .history import History
from .paragraphs import with_copy
from .records import Annotation, Event, Link, LocalParagraph, Paragraph
from .store import Plan
from .works import Edition
from .workspace import FILES, TYPES, Workspace


@dataclass(frozen=True, slots=True)
class Holding:
    """All of one edition, and of its work what refers to it.

    ``index``: the paragraphs as the repository has them; ``copies``: the reader's, by id; ``former``: the reader's of
    paragraphs as they were before a revision, so that a person can see what changed. ``notes`` and ``links`` are the
    whole work's: what is another edition's stays as it is. ``others``: the ids of the other editions' paragraphs.
    ``events``: the new ones, to be appended.
    """

    work: str
    edition: Edition
    index: tuple[Paragraph, ...]
    copies: Mapping[str, LocalParagraph]
    former: tuple[LocalParagraph, ...]
    notes: tuple[Annotation, ...]
    links: tuple[Link, ...]
    others: frozenset[str]
    history: History
    events: tuple[Event, ...] = field(default=())

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The index, with the text of the copies."""
        return [with_copy(paragraph, self.copies.get(paragraph.id)) for paragraph in self.index]

    def adding(self, events: Iterable[Event]) -> Holding:
        """The same with more events, which the history knows of at once."""
        more = tuple(events)
        return replace(self, events=(*self.events, *more), history=self.history.adding(more))


def hold(workspace: Workspace, work: str, edition: str) -> Holding:
    """Read it all. Raises YinzhengError at the first broken line, and where an id stands twice: of two records, what is
    written next would hold one."""
    notes = [note for kind in TYPES for note in workspace.annotations(work, kind, status=None)]  # type: ignore[arg-type]
    for records in (notes, workspace.names(work)):
        twice = [name for name, count in Counter(record.id for record in records).items() if count > 1]
        if twice:
            which = f"{twice[0]} and {len(twice) - 1} more stand" if len(twice) > 1 else f"{twice[0]} stands"
            folder = workspace.path / "annotations" / work
            raise YinzhengError(f"{which} twice; keep one line of each (yinzheng check tells which)", path=folder)
    return Holding(
        work=work,
        edition=workspace.edition(work, edition),
        index=tuple(workspace.index(work, edition)),
        copies={copy.id: copy for copy in workspace.local(work, edition)},
        former=tuple(workspace.former(work, edition)),
        notes=tuple(notes),
        links=tuple(workspace.links(work)),
        others=frozenset(
            paragraph.id
            for other in workspace.work(work).editions
            if other != edition
            for paragraph in workspace.index(work, other)
        ),
        history=workspace.history(work, edition),
    )


def plan(before: Holding, after: Holding) -> Plan:
    """The files that are not as they were."""
    corpus, notes, edition = f"corpus/{before.work}", f"annotations/{before.work}", before.edition.key
    writes: dict[str, str | Iterable[str]] = {}
    if after.index != before.index:
        writes[f"{corpus}/{edition}.jsonl"] = jsonl.text(after.index)
    if after.copies != before.copies:
        writes |= local_files(before.work, edition, after.copies.values())
    if after.former != before.former:
        writes |= local_files(before.work, f"{edition}.former", after.former)
    for kind, file in FILES.items():
        mine = [[note for note in state.notes if note.type == kind] for state in (before, after)]
        if mine[0] != mine[1]:
            writes[f"{notes}/{file}"] = jsonl.text(mine[1])
    if after.links != before.links:
        writes[f"{corpus}/alignment.jsonl"] = jsonl.text(after.links)
    if after.events:
        writes[f"{corpus}/{edition}.history.jsonl"] = jsonl.text(after.history.events)
    return Plan(writes)


def local_files(work: str, name: str, copies: Iterable[object]) -> dict[str, str | Iterable[str]]:
    """A reader's copy, and the rule that keeps it out of git."""
    folder = f"corpus/{work}/local"
    return {
        f"{folder}/.gitignore": "# A reader's copy of a text in copyright: never in git.\n*\n",
        f"{folder}/{name}.jsonl": jsonl.lines(copies),
    }
