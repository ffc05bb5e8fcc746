"""A writer's own .bib file: our entries go into it, what is there stays as it is, and its keys lead. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .. import bib
from ..bib import Bibliography, Entry
from ..errors import YinzhengError
from .excerpt import Excerpt
from .keys import free
from .publication import MACHINE, words
from .same import same

_RELATIONS = ("related", "crossref", "xref")


@dataclass(frozen=True, slots=True)
class Merged:
    """``text``: the file as it will be. ``keys``: the key there of each of our entries. ``said``: what the writer must
    know, a sentence each; what in the file cannot be read comes first, with its line, and stays as it is."""

    text: str
    keys: dict[str, str]
    said: tuple[str, ...]


def merge(text: str, entries: Sequence[Entry], path: Path | None = None) -> Merged:
    """Put entries, originals first, into the text of a .bib file. Where the file has the same work already, its entry
    and its key stay; where it has another work under our key, ours gets a letter.

    Raises YinzhengError where what is put in could not be read back: behind an entry that is not closed, for one.
    """
    theirs = bib.parse(text, path)
    said = [str(problem) for problem in theirs.problems]
    keys: dict[str, str] = {}
    new: list[Entry] = []
    taken = {key.lower() for key in theirs.entries}
    for ours in entries:
        found = [entry for entry in theirs.entries.values() if entry == ours or same(ours, entry)]
        own = next((entry for entry in found if entry.key == ours.key), found[0] if found else None)
        if own is not None and (own.key == ours.key or len(found) == 1):
            keys[ours.key] = own.key
            renamed = f"{ours.key} is {own.key} there; " if own.key != ours.key else ""
            other = _differences(_related(ours, keys), own)
            if renamed or other:
                said.append(f"{path or 'the file'}: {renamed}{own.key} stays as you have it{other}")
            continue
        if len(found) > 1:
            several = ", ".join(entry.key for entry in found)
            said.append(f"{path or 'the file'}: {ours.key} may be any of {several}; it was put in beside them")
        keys[ours.key] = free(ours.key, taken)
        if keys[ours.key] != ours.key:
            said.append(f"{path or 'the file'}: {ours.key} is another work there; ours is {keys[ours.key]}")
        taken.add(keys[ours.key])
        new.append(_related(replace(ours, key=keys[ours.key]), keys))
    after = bib.merge(text, new)
    if new and (
        _is_open(text, theirs) or bib.parse(after).entries != {**theirs.entries, **{entry.key: entry for entry in new}}
    ):
        line = theirs.problems[-1].line if theirs.problems else None
        raise YinzhengError(
            "an entry is not closed, and would swallow what follows; close it first", path=path, line=line
        )
    return Merged(after, keys, tuple(said))


def _is_open(text: str, theirs: Bibliography) -> bool:
    """Whether the last thing that cannot be read runs on to the end, so that what follows would be taken for a part."""
    line = theirs.problems[-1].line if theirs.problems else None
    tail = text.split("\n", line - 1)[-1] if line else ""
    return tail.count("{") > tail.count("}")


def renamed(bibliography: Bibliography, keys: Mapping[str, str]) -> Bibliography:
    """A bibliography under the writer's keys."""
    entries = (_related(replace(one, key=keys.get(one.key, one.key)), keys) for one in bibliography.entries.values())
    return replace(bibliography, entries={one.key: one for one in entries})


def cited(excerpt: Excerpt, keys: Mapping[str, str]) -> Excerpt:
    """An excerpt that is cited by the writer's key."""
    edition = excerpt.edition
    return replace(excerpt, edition=replace(edition, cite=keys.get(edition.cite, edition.cite)))


def _related(entry: Entry, keys: Mapping[str, str]) -> Entry:
    there = {name: ",".join(keys.get(key.strip(), key.strip()) for key in entry.fields[name].split(","))
             for name in _RELATIONS if name in entry.fields}  # fmt: skip
    return replace(entry, fields={**entry.fields, **there})


def _differences(ours: Entry, own: Entry) -> str:
    """What the writer's entry says otherwise than ours, or not at all."""
    twins = {"journaltitle": "journal", "date": "year", "location": "address"}
    differs, lacks = [], []
    for name in ours.fields:
        if name in MACHINE - {"related", "relatedtype"} or name == "note" or not ours.fields[name]:
            continue
        value = words(own, name, twins.get(name, name))
        if not value:
            lacks.append(name)
        elif value != words(ours, name):
            differs.append(name)
    parts = [f"differs in {', '.join(differs)}" if differs else "", f"lacks {', '.join(lacks)}" if lacks else ""]
    return " (it " + " and ".join(part for part in parts if part) + ")" if any(parts) else ""
