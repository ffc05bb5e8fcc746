"""Check a workspace: every problem, with file and line, and none kept back behind another.

Each check is a small function that yields problems; `CHECKS` is the table. A later kind of record adds a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from . import ids, jsonl
from .bib import parse as parse_bib
from .errors import YinzhengError
from .letters import letters
from .records import Annotation, Link, LocalParagraph, Name, Paragraph
from .works import Work
from .works import parse as parse_work
from .workspace import FILES, TYPES

R = TypeVar("R")

ID = re.compile(r"[a-z][a-z0-9-]*\.[pcefn][0-9a-hjkmnp-tv-z]{8}")


def check(root: Path, only: str | None = None) -> list[YinzhengError]:
    """All problems of a workspace, or of one work."""
    problems: list[YinzhengError] = []
    folders = sorted(path for path in (root / "corpus").iterdir() if path.is_dir())
    for folder in folders:
        if only is None or folder.name == only:
            problems += _work(root, folder)
    if only is not None and only not in {folder.name for folder in folders}:
        problems.append(YinzhengError(f"no work {only!r}", path=root / "corpus"))
    return problems


def _work(root: Path, folder: Path) -> list[YinzhengError]:
    toml = folder / "work.toml"
    try:
        work = parse_work(toml.read_text(encoding="utf-8-sig"), folder.name, toml)
    except (OSError, UnicodeDecodeError) as error:
        return [YinzhengError(f"cannot be read: {error}", path=toml)]
    except YinzhengError as error:
        return [error]
    state = _State(root, folder, work)
    return [*state.problems, *(problem for one in CHECKS for problem in one(state))]


class _State:
    """A work, read once for all checks; the lines that could not be read are problems already."""

    def __init__(self, root: Path, folder: Path, work: Work) -> None:
        self.folder, self.work = folder, work
        self.problems: list[YinzhengError] = []
        self.index = {key: self._read(folder / f"{key}.jsonl", Paragraph) for key in work.editions}
        self.local = {key: self._read(folder / "local" / f"{key}.jsonl", LocalParagraph) for key in work.editions}
        self.links = self._read(folder / "alignment.jsonl", Link)
        self.notes = root / "annotations" / work.key
        self.annotations = {
            path: self._read(path, TYPES[kind]) for kind, path in ((k, self.notes / f) for k, f in FILES.items())
        }
        self.names = self._read(self.notes / "names.jsonl", Name)
        self.paragraphs = {p.id: p for rows in self.index.values() for _, p in rows}

    def _read(self, path: Path, record: type[R]) -> list[tuple[int, R]]:
        good, bad = jsonl.read(path, record)
        self.problems += bad
        missed = {problem.line for problem in bad}
        lines = (number for number in range(1, len(good) + len(bad) + 1) if number not in missed)
        return list(zip(lines, good, strict=True))


def _paragraphs(state: _State) -> Iterator[YinzhengError]:
    """Ids, order, numbers, sections and hashes of every edition's paragraphs."""
    seen: dict[str, str] = {}
    for key, rows in state.index.items():
        path = state.folder / f"{key}.jsonl"
        edition = state.work.editions[key]
        number, order = 0, 0
        headings: set[str] = set()
        for line, p in rows:

            def problem(message: str, line: int = line, path: Path = path) -> YinzhengError:
                return YinzhengError(message, path=path, line=line)

            if not ID.fullmatch(p.id) or not p.id.startswith(f"{state.work.key}.p"):
                yield problem(f"{p.id!r} is no paragraph id of {state.work.key}")
            if p.id in seen:
                yield problem(f"{p.id} stands twice; first in {seen[p.id]}")
            seen[p.id] = f"{path.name}:{line}"
            if (p.work, p.edition) != (state.work.key, key):
                yield problem(f"says {p.work}/{p.edition}, but stands in {state.work.key}/{key}")
            if p.order <= order:
                yield problem(f"order {p.order} does not follow {order}")
            order = p.order
            if p.number is not None:
                number += 1
                if p.number != number:
                    yield problem(f"number {p.number}, but {number} is next")
            if (p.kind == "body") != (p.number is not None):
                yield problem(f"kind {p.kind} with number {p.number}: body paragraphs, and only they, are numbered")
            if p.section is not None and p.section not in headings:
                yield problem(f"section {p.section} is no heading above")
            if p.kind == "heading":
                headings.add(p.id)
            if p.text is None:
                if edition.text == "included":
                    yield problem("the edition's text is included, but this paragraph has none")
            elif edition.text == "local":
                yield problem("holds text, but the edition's text is local: it must not stand here")
            else:
                yield from map(problem, _mismatches(p, p.text))


def _mismatches(p: Paragraph, text: str) -> Iterator[str]:
    form = letters(text).text
    if ids.keyed_hash(p.work, p.edition, form) != p.hash:
        yield "hash is not that of the letters"
    if ids.keyed_hash(p.work, p.edition, text) != p.text_hash:
        yield "text_hash is not that of the text"
    if len(form) != p.length:
        yield f"length {p.length}, but the text has {len(form)} letters"
    if ids.sketch(p.work, p.edition, form) != p.sketch:
        yield "sketch is not that of the letters"
    if len(p.emphasis) % 2 or list(p.emphasis) != sorted(p.emphasis) or (p.emphasis and p.emphasis[-1] > len(text)):
        yield f"emphasis {list(p.emphasis)} are no ranges of the text"


def _copies(state: _State) -> Iterator[YinzhengError]:
    """A reader's copy is of paragraphs that are, with their letters."""
    for key, rows in state.local.items():
        path = state.folder / "local" / f"{key}.jsonl"
        own = {p.id: p for _, p in state.index[key]}
        for line, copy in rows:
            if copy.id not in own:
                yield YinzhengError(f"{copy.id} is no paragraph of {state.work.key}/{key}", path=path, line=line)
            elif ids.keyed_hash(state.work.key, key, letters(copy.text).text) != own[copy.id].hash:
                yield YinzhengError(
                    f"{copy.id}: the copy's words are not the edition's; add it again", path=path, line=line
                )


def _links(state: _State) -> Iterator[YinzhengError]:
    """Links join paragraphs that are."""
    for line, link in state.links:
        for end in (link.source, link.target):
            if end not in state.paragraphs:
                yield YinzhengError(f"{end} is no paragraph", path=state.folder / "alignment.jsonl", line=line)


def _bibliography(state: _State) -> Iterator[YinzhengError]:
    """references.bib can be read, and has every edition's entry."""
    path = state.folder / "references.bib"
    try:
        bibliography = parse_bib(path.read_text(encoding="utf-8-sig"), path)
    except (OSError, UnicodeDecodeError) as error:
        yield YinzhengError(f"cannot be read: {error}", path=path)
        return
    yield from bibliography.problems
    for edition in state.work.editions.values():
        if edition.cite not in bibliography.entries:
            yield YinzhengError(f"no entry {edition.cite!r}, which edition {edition.key} is cited by", path=path)


def _annotations(state: _State) -> Iterator[YinzhengError]:
    """Annotations are on paragraphs that are, inside them, once each, and their checks hold where the text is here."""
    names = {name.id for _, name in state.names}
    texts = {copy.id: copy.text for rows in state.local.values() for _, copy in rows}
    texts |= {p.id: p.text for p in state.paragraphs.values() if p.text is not None}
    everything = {note.id for rows in state.annotations.values() for _, note in rows}
    for path, rows in state.annotations.items():
        seen: set[str] = set()
        for line, note in rows:
            for message in _annotation(state, note, names, texts, everything):
                yield YinzhengError(f"{note.id}: {message}", path=path, line=line)
            if note.id in seen:
                yield YinzhengError(f"{note.id} stands twice", path=path, line=line)
            seen.add(note.id)


def _annotation(
    state: _State, note: Annotation, names: set[str], texts: dict[str, str], everything: set[str]
) -> Iterator[str]:
    paragraph = state.paragraphs.get(note.paragraph)
    if paragraph is None:
        yield f"{note.paragraph} is no paragraph"
        return
    if paragraph.edition != note.edition:
        yield f"says {note.edition}, but {note.paragraph} is in {paragraph.edition}"
    if not 0 <= note.letter_start < note.letter_end <= paragraph.length:
        yield f"letters {note.letter_start}:{note.letter_end} are not inside the paragraph ({paragraph.length})"
        return
    if note.id != ids.annotation_birth(note.work, note.type[0], note.paragraph, note.letter_start, note.letter_end):
        yield "the id is not born from its type, paragraph and letters"
    if note.paragraph in texts:
        whole = letters(texts[note.paragraph])
        span = whole.text[note.letter_start : note.letter_end]
        if ids.keyed_hash(note.work, note.edition, span, 8) != note.hash:
            yield "the check does not fit the words at its place"
        elif note.text is not None and letters(note.text).text != span:
            yield f"text {note.text!r} is not the words at its place"
    for column in ("name", "speaker", "payer", "payee", "subject"):
        value = getattr(note, column, None)
        if value is not None and value not in names:
            yield f"{column} {value} is no name"
    for other in (*getattr(note, "evidence", ()), *filter(None, [getattr(note, "equals", None)])):
        if other not in everything:
            yield f"{other} is no annotation"


CHECKS: tuple[Callable[[_State], Iterator[YinzhengError]], ...] = (
    _paragraphs, _copies, _links, _bibliography, _annotations,
)  # fmt: skip
