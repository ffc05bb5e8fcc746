"""What came back from another tool: each value of the type that it must be, each label one of ours. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from math import isfinite
from typing import Any

from .. import jsonl
from ..errors import YinzhengError
from ..records import LABELS, Name
from ..workspace import TYPES
from .held import Document, Span, Type


def checked(documents: Iterable[Document]) -> list[Document]:
    """The documents, if every value in them is of its type; what is not said (None where a column takes none) is gone.
    Raises YinzhengError that names the document."""
    return [replace(one, spans=tuple(_checked(span, one.name) for span in one.spans)) for one in map(_whole, documents)]


def _whole(document: Document) -> Document:
    for words in (document.text, *document.paragraphs):
        if words is not None and not (isinstance(words, str) and _writable(words)):
            raise YinzhengError(f"{_short(words)} is no text, or holds half of a character", path=document.name)
    for name in document.names:
        for column, value in jsonl.values(name).items():
            if not _fits(value, Name, column):
                raise YinzhengError(f"column {column!r}: {_short(value)} is none of a name", path=document.name)
    return document


def _checked(span: Span, path: str) -> Span:
    if not isinstance(span.label, str) or {type(span.start), type(span.end)} != {int}:
        raise YinzhengError(f"no annotation: {_short((span.start, span.end, span.label))}", path=path)
    record: Any = TYPES[labelled(span.type, span.label)[0]]
    said = {}
    for column, value in span.columns.items():
        # a span of another type than its label's keeps what that type has no column for: it is left out
        if column not in jsonl.columns(record) or (value is None and not jsonl.fits(None, record, column)):
            continue
        if not _fits(value, record, column):
            raise YinzhengError(f"column {column!r}: {_short(value)} is none of a {span.type}", path=path)
        said[column] = value
    if not _writable(f"{span.label}{span.id or ''}{span.words or ''}"):
        raise YinzhengError(f"a label or id holds half of a character: {_short(span.label)}", path=path)
    return replace(span, columns=said)


def _fits(value: object, record: type, column: str) -> bool:
    """Whether a file of ours can hold a value: of its column's type, finite, and of whole characters."""
    cells = [*value] if isinstance(value, tuple) else [value]
    return jsonl.fits(cells if isinstance(value, tuple) else value, record, column) and all(
        isfinite(one) if isinstance(one, float) else not isinstance(one, str) or _writable(one) for one in cells
    )


def _writable(words: str) -> bool:
    return not _HALF.search(words)


def _short(value: object) -> str:
    return text if len(text := ascii(value)) <= 80 else f"{text[:80]}…"


_HALF = re.compile("[\ud800-\udfff]")


def labelled(type: Type, label: str) -> tuple[Type, str, str | None]:
    """Our type and label for one of another scheme; a label that we have not is a TERM, with a note that says it.

    >>> labelled("entity", "Person"), labelled("entity", "MONEY"), labelled("entity", "Gene")
    (('entity', 'PERSON', None), ('figure', 'MONEY', None), ('entity', 'TERM', 'label: Gene'))
    """
    plain = label.upper() if type != "claim" else label.lower()
    plain = {"PER": "PERSON", "LOCATION": "LOC", "ORGANIZATION": "ORG", "ORGANISATION": "ORG"}.get(plain, plain)
    for kind in (type, *LABELS):
        for known in (plain, plain.lower(), plain.upper()):
            if known in LABELS[kind]:
                return kind, known, None
    return "entity", "TERM", f"label: {label}"
