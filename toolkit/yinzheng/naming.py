"""The names of two people's work combined: who is the same, and who is another of the same name. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from . import ids
from .letters import letters
from .records import NAMED, Annotation, Name


def combined(ours: Sequence[Name], theirs: Sequence[Name]) -> tuple[list[Name], dict[str, str], list[str]]:
    """The names of both; for each of theirs the id that it has here; and what the two say otherwise, in words.

    Theirs is ours where the id is the same, or the label and a form in one language are, unless Wikidata tells the two
    apart. A form that ours lacks is theirs; where both say something else, ours stays.
    """
    result = {name.id: name for name in ours}
    called: dict[str, str] = {}
    differ = []
    by_form: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name in ours:
        for key in _forms(name):
            by_form[key].append(name.id)
    # Two entries of theirs are two: none is ours that another is.
    taken = {name.id for name in theirs if (one := result.get(name.id)) and not _apart(one, name)}
    for name in theirs:
        alike = dict.fromkeys([name.id, *(id for key in _forms(name) for id in by_form.get(key, ()))])
        known = [one for id in alike if (one := result.get(id)) and not _apart(one, name)]
        known = [one for one in known if one.id == name.id or one.id not in taken]
        known.sort(key=lambda one: (one.wikidata is None or one.wikidata != name.wikidata, one.id != name.id))
        if not known:
            new = name
            if name.id in result:
                work = name.id.partition(".")[0]
                new = replace(name, id=ids.name_birth(work, f"{name.id}\n{name.wikidata}", result.keys()))
            result[new.id] = new
            called[name.id] = new.id
            taken.add(new.id)
            for key in _forms(new):
                by_form[key].append(new.id)
            continue
        mine = known[0]
        if len(known) > 1 and mine.id != name.id and not name.wikidata:
            differ.append(f"{name.id}: may be any of {', '.join(one.id for one in known)} here; taken for the first")
        called[name.id] = mine.id
        taken.add(mine.id)
        more: dict[str, Any] = {}
        for column in (one.name for one in fields(Name) if one.name not in ("id", "aka")):
            said, have = getattr(name, column), getattr(mine, column)
            if have is None and said is not None:
                more[column] = said
            elif said not in (None, have):
                differ.append(f"{mine.id}: {column} is {have!r} here and {said!r} there; ours stays")
        aka = tuple(dict.fromkeys((*mine.aka, *name.aka)))
        result[mine.id] = replace(mine, aka=aka, **more) if more or aka != mine.aka else mine
    return list(result.values()), called, differ


def _apart(one: Name, other: Name) -> bool:
    return None not in (one.wikidata, other.wikidata) and one.wikidata != other.wikidata


def _forms(name: Name) -> Iterator[tuple[str, str, str]]:
    for column in ("zh_hant", "zh_hans", "en"):
        if form := getattr(name, column):
            yield name.label, column, letters(form).text


def renamed(note: Annotation, names: Mapping[str, str]) -> Annotation:
    """An annotation with the names that theirs have here."""
    more = {column: names[id] for column in NAMED if (id := getattr(note, column, None)) and names.get(id, id) != id}
    return replace(note, **more) if more else note  # type: ignore[arg-type]
