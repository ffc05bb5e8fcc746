"""spaCy's DocBin: a Doc for each paragraph, every character a token, so that every span is exact.

``doc.spans`` has the groups ``claims``, ``entities`` and ``figures``; a span's label is ours, its id the annotation's,
its ``kb_id`` the name's. ``doc.user_data["yinzheng"]`` has the paragraph's id, and the records by annotation id, as in
the JSONL. Read it with ``DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab)``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from .. import jsonl
from ..errors import YinzhengError
from ..records import Annotation
from ..workspace import FILES, TYPES
from .held import Document, Exported, Held, Span, Type

_GROUPS: dict[str, Type] = {FILES[kind].removesuffix(".jsonl"): kind for kind in ("claim", "entity", "figure")}
_KEY = "yinzheng"


def write(held: Sequence[Held]) -> Exported:
    """One file."""
    from ..annotating.pipeline import blank, docs

    lost: Counter[str] = Counter()
    characters, bin = blank(), docs()
    with _asked_once():
        for one in held:
            _add(one, characters, bin, lost)
    return Exported({f"{held[0].work.key}.spacy": bin.to_bytes()}, lost)


@contextmanager
def _asked_once() -> Iterator[None]:
    """Five times for each Doc, srsly goes through all that is registered and installed for encoders of msgpack: more
    than half the time of a long export. Here it is told what it found the first time."""
    from srsly.msgpack import msgpack_encoders

    found = msgpack_encoders.get_all()
    msgpack_encoders.get_all = lambda: found
    try:
        yield
    finally:
        del msgpack_encoders.get_all  # of the object: that of its class is there again


def _add(one: Held, characters: Any, bin: Any, lost: Counter[str]) -> None:
    for paragraph, notes in one.grouped(lost):
        doc = characters(paragraph.text or "")
        spans: dict[Type, list[Any]] = {kind: [] for kind in _GROUPS.values()}
        for note in notes:
            name = getattr(note, "name", None) or ""
            spans[note.type].append(doc.char_span(note.start, note.end, note.label, name, span_id=note.id))
        for group, kind in _GROUPS.items():
            doc.spans[group] = spans[kind]
        records = {note.id: jsonl.dumps(note) for note in notes}
        doc.user_data[_KEY] = {"paragraph": paragraph.id, "edition": paragraph.edition, "records": records}
        bin.add(doc)


def read(files: Mapping[str, bytes]) -> list[Document]:
    """Our spans, and any other pipeline's: a group of another name, and ``doc.ents``, are entities or figures by their
    labels. A Doc that names no paragraph is a line of text."""
    from ..annotating.pipeline import blank, docs

    vocab = blank().vocab
    return [_document(name, doc) for name, data in files.items() for doc in docs().from_bytes(data).get_docs(vocab)]


def _document(name: str, doc: Any) -> Document:
    said = doc.user_data.get(_KEY) or {}
    ours = {id: _record(name, line) for id, line in said.get("records", {}).items()}
    groups = [(group, list(doc.spans[group])) for group in doc.spans]
    spans = [
        _span(span, _GROUPS.get(group, "entity"), ours) for group, found in groups for span in found if len(span.text)
    ]
    taken = {(span.start, span.end) for span in spans}
    spans += [one for ent in doc.ents if ((one := _span(ent, "entity", ours)).start, one.end) not in taken]
    paragraph = (said["paragraph"],) if "paragraph" in said else ()
    return Document(name=name, text=doc.text, spans=tuple(spans), paragraphs=paragraph)


def _span(span: Any, kind: Type, ours: Mapping[str, Annotation]) -> Span:
    record = ours.get(span.id_)
    columns = jsonl.values(record) if record else {}
    return Span(
        start=span.start_char, end=span.end_char, type=kind, label=span.label_ or "TERM",
        id=span.id_ or None, columns=columns,
    )  # fmt: skip


def _record(name: str, line: str) -> Annotation:
    for record in TYPES.values():
        if f'"type": "{record.__name__.lower()}"' in line:
            return jsonl.loads(line, record, path=name)
    raise YinzhengError(f"no record of an annotation: {line[:80]!r}", path=name)
