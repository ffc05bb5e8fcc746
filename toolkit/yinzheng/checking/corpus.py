"""Checks of the corpus: paragraphs, readers' copies, links, references."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import ids
from ..bib import parse as parse_bib
from ..bib import settled
from ..errors import YinzhengError
from ..letters import letters
from ..records import Paragraph
from ..works import KEY
from .state import ID, State, unreadable


def files(state: State) -> Iterator[YinzhengError]:
    """Every text is of an edition that work.toml names."""
    if not KEY.fullmatch(state.work.key):
        yield YinzhengError(
            "the folder's name is no key of a work: lower-case letters, digits, hyphens", path=state.folder
        )
    for path in sorted([*state.folder.glob("*.jsonl"), *state.folder.glob("local/*.jsonl")]):
        edition = path.name.split(".")[0]
        if path.name != "alignment.jsonl" and edition not in state.work.editions:
            yield YinzhengError(f"work.toml has no edition {edition!r}, so this file is read by nothing", path=path)


def paragraphs(state: State) -> Iterator[YinzhengError]:
    """Ids, order, numbers, sections and hashes of every edition's paragraphs."""
    seen: dict[str, str] = {}
    for key, rows in state.index.items():
        path = state.folder / f"{key}.jsonl"
        edition = state.work.editions[key]
        number, order, before = 0, 0, 0
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
                if line > before + 1 and p.number > number:
                    number = p.number  # a line above could not be read: that is a problem already
                if p.number != number:
                    yield problem(f"number {p.number}, but {number} is next")
            if (p.kind == "body") != (p.number is not None):
                yield problem(f"kind {p.kind} with number {p.number}: body paragraphs, and only they, are numbered")
            if p.section is not None and p.section not in headings:
                yield problem(f"section {p.section} is no heading above")
            before = line
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
    inside = (0, *p.emphasis, len(text))
    if len(p.emphasis) % 2 or list(inside) != sorted(inside):
        yield f"emphasis {list(p.emphasis)} are no ranges of the text"


def copies(state: State) -> Iterator[YinzhengError]:
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


def links(state: State) -> Iterator[YinzhengError]:
    """Links join paragraphs that are, of two editions, once each."""
    path = state.folder / "alignment.jsonl"
    seen: dict[tuple[object, ...], int] = {}
    for line, link in state.links:
        ends = (
            (link.source, link.source_start, link.source_end),
            (link.target, link.target_start, link.target_end),
        )
        for name, start, end in ends:
            paragraph = state.paragraphs.get(name)
            if paragraph is None:
                yield YinzhengError(f"{name} is no paragraph", path=path, line=line)
            elif (start is None) != (end is None) or (start is not None and not 0 <= start < (end or 0)):
                yield YinzhengError(f"{start}:{end} is no part of {name}", path=path, line=line)
        editions = [state.paragraphs[name].edition for name, _, _ in ends if name in state.paragraphs]
        if len(editions) == 2 and len(set(editions)) == 1:
            yield YinzhengError(f"joins two paragraphs of {editions[0]}", path=path, line=line)
        if ends in seen:
            yield YinzhengError(f"stands twice; first in line {seen[ends]}", path=path, line=line)
        seen.setdefault(ends, line)


def bibliography(state: State) -> Iterator[YinzhengError]:
    """references.bib can be read, has every edition's entry, and every entry that another is related to."""
    path = state.folder / "references.bib"
    try:
        found = parse_bib(path.read_bytes().decode("utf-8-sig"), path)
    except (OSError, UnicodeDecodeError) as error:
        yield unreadable(error, path)
        return
    yield from found.problems
    for edition in state.work.editions.values():
        if edition.cite not in found.entries:
            yield YinzhengError(f"no entry {edition.cite!r}, which edition {edition.key} is cited by", path=path)
    for entry in found.entries.values():
        related = [entry.fields[name] for name in ("related", "crossref") if name in entry.fields]
        for key in filter(None, map(str.strip, ",".join(related).split(","))):
            if key not in found.entries:
                yield YinzhengError(f"{entry.key} is related to {key!r}, which is no entry", path=path)


def unsettled(path: Path) -> Iterator[str]:
    """The fields of a references.bib in which LaTeX would stumble over a bare sign: no problem of ours."""
    try:
        entries = parse_bib(path.read_bytes().decode("utf-8-sig"), path).entries.values()
    except (OSError, UnicodeDecodeError):
        return  # which `bibliography` tells
    for one in entries:
        bare = [name for name, value in settled(one).fields.items() if value != one.fields[name] and name != "doi"]
        if bare:
            where = f"{path}: {one.key}, {', '.join(bare)}"
            yield f"{where}: LaTeX wants a backslash before & % # _ $ and ^; our exports put it there"


def histories(state: State) -> Iterator[YinzhengError]:
    """An id that is, is not also recorded as gone; one that was merged leads to one that is."""
    for key, rows in state.events.items():
        path = state.folder / f"{key}.history.jsonl"
        own = {p.id for _, p in state.index.get(key, ())}
        history = state.history[key]
        last = {event.id: line for line, event in rows}
        for name, line in last.items():
            if not ID.fullmatch(name) and name != f"{state.work.key}/{key}":
                yield YinzhengError(f"{name!r} is no id of {state.work.key}", path=path, line=line)
            if f"{state.work.key}.p" not in name:
                continue
            lead = history.lead(name)
            if name in own and name not in lead.ids:
                yield YinzhengError(
                    f"{name} is in {key}.jsonl, but its history says that it is gone", path=path, line=line
                )
            for end in lead.ids:
                if end not in own:
                    yield YinzhengError(f"{name} leads to {end}, which is no paragraph", path=path, line=line)
