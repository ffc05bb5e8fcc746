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
from .columns import unnamed
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
    unnamed(held, lost)
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
    labels. A Doc that names no paragraph is a line of text. Of a folder with .spacy files, these are read."""
    from ..annotating.pipeline import blank, docs

    vocab = blank().vocab
    named = [name for name in files if name.lower().endswith(".spacy")] or list(files)
    documents = []
    for name in named:
        try:
            found = list(docs().from_bytes(files[name]).get_docs(vocab))
        except (LookupError, ValueError, TypeError, AttributeError) as error:  # may hold the whole of the file
            raise YinzhengError(f"no DocBin of spaCy, or a damaged one: {error!a:.80}", path=name) from None
        documents += [_document(name, doc) for doc in found]
    if more := [name for name in files if name not in named]:
        lost = Counter({f"a file that is no .spacy was passed over ({more[0]!a})": len(more)})
        documents.append(Document(name=more[0], text="", spans=(), lost=lost))
    return documents


def _document(name: str, doc: Any) -> Document:
    said = doc.user_data.get(_KEY) or {}
    paragraph, records = (said.get("paragraph"), said.get("records", {})) if isinstance(said, dict) else (0, 0)
    if not (paragraph is None or isinstance(paragraph, str)) or not isinstance(records, dict):
        raise YinzhengError(f"user_data[{_KEY!r}] is not what export writes", path=name)
    ours = {id: _record(name, line) for id, line in records.items()}
    lost: Counter[str] = Counter()
    spans: dict[tuple[int, int, str, object], Span] = {}
    groups = [(_GROUPS.get(group, "entity"), doc.spans[group]) for group in doc.spans]
    for kind, group in (*groups, ("entity", doc.ents)):
        for one in group:
            span = _span(one, kind, ours)
            note = None if span.id in ours else span.columns.get("note")
            spans.setdefault((span.start, span.end, span.label, note), span)  # doc.ents may say what a group says
    lost["a label of a whole text was left out"] += len(doc.cats)
    lost["an attribute that another pipeline gave (._.) was left out"] += sum(
        isinstance(key, tuple) and key[:1] == ("._.",) for key in doc.user_data
    )
    return Document(
        name=name, text=doc.text, spans=tuple(spans.values()), paragraphs=(paragraph,) if paragraph else (), lost=+lost
    )


def _span(span: Any, kind: Type, ours: Mapping[str, Annotation]) -> Span:
    """``kb_id`` and ``id`` of another's are for a person to read."""
    record = ours.get(span.id_)
    note = "; ".join(f"{key}: {said}" for key, said in (("id", span.id_), ("kb_id", span.kb_id_)) if said)
    return Span(
        start=span.start_char, end=span.end_char, type=kind, label=span.label_ or "TERM", id=span.id_ or None,
        columns=jsonl.values(record) if record else {"note": note} if note else {},
    )  # fmt: skip


def _record(name: str, line: str) -> Annotation:
    for record in TYPES.values() if isinstance(line, str) else ():
        if f'"type": "{record.__name__.lower()}"' in line:
            return jsonl.loads(line, record, path=name)
    raise YinzhengError(f"no record of an annotation: {line!a:.80}", path=name)
