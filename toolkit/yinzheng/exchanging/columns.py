"""An annotation as tools keep it that know spans, labels, notes and relations: the rest as JSON in a note, and back.

What a tool has a place for (span, label, relations, a person's note) leads over the JSON when it comes back, since
that is what a person edits there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from .. import jsonl
from ..errors import YinzhengError
from ..records import LABELS, NAMED, Annotation, Paragraph
from ..workspace import TYPES
from .held import Held, Span, Type

_SPAN = {"type", "work", "edition", "start", "end", "letter_start", "letter_end", "hash", "text", "label"}
_LINKS = ("evidence", "equals")
# What ends a line for one tool or another, and other control characters; none is a letter, so nothing of ours changes.
# What is white space stays it; another control character stays none, or a token on it would have no place.
_BREAKS = {at: " " if chr(at).isspace() else "\ufffd" for at in (*range(9), *range(10, 32), 0x85, 0x2028, 0x2029)}


def line(text: str) -> str:
    """A text on one line, whatever a tool takes for the end of one; as many code points.

    >>> line("a\\u2028b\\r\\nc")
    'a b  c'
    """
    return text.translate(_BREAKS)


def lines(held: Held) -> tuple[str, dict[str, int]]:
    """An edition as a plain text, a paragraph a line, and where in it each paragraph begins."""
    starts, at, texts = {}, 0, []
    for paragraph in held.paragraphs:
        starts[paragraph.id] = at
        texts.append(line(paragraph.text or ""))
        at += len(texts[-1]) + 1
    return "".join(f"{text}\n" for text in texts), starts


@cache
def kind(label: str) -> Type:
    """The type that has a label; an entity where none has."""
    return next((one for one, known in LABELS.items() if label in known), "entity")


def span(
    place: tuple[int, int],
    label: str,
    record: Mapping[str, Any] | None,
    said: Mapping[str, Any],
    path: str,
    number: int | None = None,
) -> Span:
    """What comes back of one annotation: ``record`` as it went out, where it did, and what the file ``said`` of it."""
    return Span(
        start=place[0],
        end=place[1],
        type=kind(label),
        label=label,
        id=record["id"] if record else None,
        columns=columns(said, label, path, number, whole=record is not None),
    )


def links(note: Annotation, out: Container[str]) -> list[tuple[str, str]]:
    """The relations of an annotation as (label, id), where all that it is linked to goes out with it."""
    found = []
    evidence: tuple[str, ...] = getattr(note, "evidence", ())
    if all(id in out for id in evidence):
        found += [("evidence", id) for id in evidence]
    equals = getattr(note, "equals", None)
    if equals is not None and equals in out:
        found.append(("equals", equals))
    return found


def told(note: Annotation, *, without: Container[str] = ()) -> dict[str, Any]:
    """The columns that say something, besides those of span and label; ``without``: those told in another way."""
    return {
        name: value
        for name, value in jsonl.values(note).items()
        if value is not None and value != () and name not in _SPAN and name not in without
    }


def dumps(data: Mapping[str, Any]) -> str:
    """JSON on one line, whatever a tool takes for the end of one."""
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def columns(
    said: Mapping[str, Any], label: str, path: str, at: int | None = None, *, whole: bool = True
) -> dict[str, Any]:
    """What `told` told, as the record of the label's type has it; ``whole``: what is not said is null. A whole number
    is a decimal too, as JavaScript writes it. Raises YinzhengError at a value that is not of its column's type."""
    record: Any = TYPES[kind(label)]
    result: dict[str, Any] = {}
    for name, hint in jsonl.columns(record).items():
        if name in _SPAN:
            continue
        value = said.get(name)
        if value is None:
            if whole and name not in ("id", "paragraph", "status", "by", "created"):
                options = jsonl.options(hint)
                result[name] = None if type(None) in options else False if bool in options else ()
            continue
        result[name] = _typed(value, record, name, path, at)
    return result


def _typed(value: Any, record: Any, name: str, path: str, at: int | None) -> Any:
    for option in (value, _decimal(value)):
        if jsonl.fits(option, record, name):
            return tuple(option) if isinstance(option, list) else option
    raise YinzhengError(f"column {name!r}: {value!r} is no {name} of a {record.__name__.lower()}", path=path, line=at)


def _decimal(value: Any) -> Any:
    if isinstance(value, list):
        return [_decimal(one) for one in value]
    return float(value) if type(value) is int else value


def linked(
    spans: Mapping[Any, Span], relations: Sequence[tuple[Any, str, Any]], lost: Counter[str]
) -> tuple[Span, ...]:
    """The spans with the relations (key of one span, label, key of another) in their columns; others are counted."""
    result = dict(spans)
    for source, label, target in relations:
        one, other = result.get(source), result.get(target)
        name = label.lower()
        if one is None or other is None or other.id is None or name not in _LINKS or kind(one.label) != _HOLDS[name]:
            lost[f"a relation ({label}) that no record holds was left out"] += 1
            continue
        before = one.columns.get(name) or ()
        value = other.id if name == "equals" else (*before, *({other.id} - {*before}))
        result[source] = replace(one, columns={**one.columns, name: value})
    return tuple(result.values())


_HOLDS = {"evidence": "claim", "equals": "figure"}


def ours(said: object) -> bool:
    """Whether JSON is what `told` told."""
    return isinstance(said, dict) and isinstance(said.get("id"), str) and isinstance(said.get("paragraph"), str)


def meta(paragraph: Paragraph) -> dict[str, Any]:
    """What a tool may show beside a paragraph, and we want to have back."""
    return {"work": paragraph.work, "edition": paragraph.edition, "paragraph": paragraph.id, "number": paragraph.number}


def unrefused(notes: Sequence[Annotation], lost: Counter[str]) -> list[Annotation]:
    """Those that were not rejected, for a tool that would show the others as if they held."""
    out = [note for note in notes if note.status != "rejected"]
    if len(out) < len(notes):
        lost["a rejected annotation stays here"] += len(notes) - len(out)
    return out


def unnamed(held: Sequence[Held], lost: Counter[str]) -> None:
    """Count the names whose entries the form does not hold."""
    names = {getattr(note, column, None) for one in held for note in one.notes for column in NAMED} - {None}
    if names:
        lost["a name goes without its entry"] += len(names)
