"""W3C Web Annotations (Web Annotation Data Model, 2017) as JSON-LD: one AnnotationCollection, a page with all items.

Each annotation stands on its own, with its context. Its target is a paragraph of the edition, refined by position (code
points of the paragraph, as the model counts) and, where the words may go out, by quotation with what stands beside it.
Its bodies say the label, the name and the glosses, each in its language, for any tool; one more holds the record as it
is, as JSON, so that nothing is lost on the way back.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from .. import jsonl
from ..errors import YinzhengError
from ..records import Annotation, Name, Paragraph
from ..works import Edition
from ..workspace import TYPES
from .held import Document, Exported, Held, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_URN = "urn:yinzheng:"
_BESIDE = 32  # code points before and behind: enough to tell every place (research notes on annotation, 4)
_HTML = "http://tools.ietf.org/rfc/rfc3236"  # fragments that are ids
_MOTIVATION = {"entity": "identifying", "claim": "describing", "figure": "describing"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ORCID = re.compile(r"https://orcid\.org/[\dX-]+")
_ID = re.compile(r"[a-z][a-z0-9-]*\.[pcefn][0-9a-hjkmnp-tv-z]{8,}")


def write(held: Sequence[Held]) -> Exported:
    """One file. A name goes out with its forms; the rest of its entry is counted."""
    lost: Counter[str] = Counter()
    work = held[0].work.key
    where = f"{_URN}{work}/{held[0].edition.key}" if len(held) == 1 else f"{_URN}{work}"
    groups = [(one, paragraph, notes) for one in held for paragraph, notes in one.grouped(lost)]
    out, total = BytesIO(), sum(len(notes) for _, _, notes in groups)
    head: dict[str, Any] = {
        "@context": CONTEXT, "id": f"{where}/annotations", "type": "AnnotationCollection", "label": work,
        "total": total,
    }  # fmt: skip
    page = {
        "id": f"{where}/annotations/1", "type": "AnnotationPage", "partOf": {"id": head["id"], "label": work},
        "startIndex": 0,
    }  # fmt: skip
    out.write((_dumps(head)[:-1] + ', "first": ' + _dumps(page)[:-1] + ', "items": [').encode())
    before = b"\n"
    for one, paragraph, notes in groups:
        for note in notes:
            out.write(before + _dumps(_annotation(note, paragraph, one)).encode())
            before = b",\n"
    out.write(b"\n]}}\n")
    named = {name for one in held for note in one.notes if (name := getattr(note, "name", None))}
    if more := sum(_more(name) for id, name in held[0].names.items() if id in named):
        lost["a name goes without its other forms, sources and notes"] += more
    return Exported({f"{work}.jsonld": out.getvalue()}, lost)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _more(name: Name) -> bool:
    return bool(name.aka or name.abbr or name.en_source or name.note)


def _annotation(note: Annotation, paragraph: Paragraph, held: Held) -> dict[str, Any]:
    model = note.by.startswith("model:")
    agent = {"type": "Software" if model else "Person", "name": note.by}
    if orcid := _ORCID.search(note.by):
        agent["id"] = orcid[0]
    return {
        "@context": CONTEXT,
        "id": _URN + note.id,
        "type": "Annotation",
        "motivation": ["classifying", _MOTIVATION[note.type]],
        "creator": agent,
        **({"created": note.created} if _TIME.fullmatch(note.created) else {}),
        "generator": {"type": "Software", "name": "Yinzheng"},
        "body": list(_bodies(note, held)),
        "target": {
            "type": "SpecificResource",
            "source": f"{_URN}{note.work}/{note.edition}",
            "selector": [
                {"type": "FragmentSelector", "conformsTo": _HTML, "value": note.paragraph, "refinedBy": selector}
                for selector in _selectors(note, paragraph)
            ],
        },
    }


def _selectors(note: Annotation, paragraph: Paragraph) -> Iterator[dict[str, Any]]:
    yield {"type": "TextPositionSelector", "start": note.start, "end": note.end}
    text, start, end = paragraph.text, note.start, note.end
    if text is not None:
        yield {
            "type": "TextQuoteSelector", "exact": text[start:end],
            "prefix": text[max(0, start - _BESIDE) : start], "suffix": text[end : end + _BESIDE],
        }  # fmt: skip
    elif note.text is not None:
        yield {"type": "TextQuoteSelector", "exact": note.text}


def _bodies(note: Annotation, held: Held) -> Iterator[dict[str, Any]]:
    yield _body("classifying", note.label, "en")
    name = held.names.get(getattr(note, "name", None) or "")
    if name is not None:
        wikidata = re.fullmatch(r"Q\d+", name.wikidata or "")
        source = f"http://www.wikidata.org/entity/{wikidata[0]}" if wikidata else _URN + name.id
        yield {"type": "SpecificResource", "purpose": "identifying", "source": source}
        for form, language in ((name.zh_hant, "zh-Hant"), (name.zh_hans, "zh-Hans"), (name.en, "en")):
            if form:
                yield _body("identifying", form, language)
    for column in ("gloss_zh", "gloss_en", "about_zh", "about_en"):
        if words := getattr(note, column, None):
            yield _body("describing", words, "en" if column.endswith("en") else _chinese(held.edition))
    if note.note:
        yield {"type": "TextualBody", "purpose": "commenting", "value": note.note, "format": "text/plain"}
    record = jsonl.dumps(note)
    yield {"type": "TextualBody", "purpose": "describing", "value": record, "format": "application/json"}


def _chinese(edition: Edition) -> str:
    return edition.tag if edition.script else "zh"


def _body(purpose: str, value: str, language: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain", "language": language}


def read(files: Mapping[str, bytes]) -> list[Document]:
    """A collection, a page, a list of annotations, or one. What another tool changed in the bodies and selectors leads
    over the record; an annotation of its own is taken by its quotation in our paragraph."""
    documents = []
    for file, data in files.items():
        lost: Counter[str] = Counter()
        spans: dict[str, list[Span]] = {}
        for number, item in enumerate(_items(json.loads(data), file), 1):
            try:
                found = _span(item)
            except (LookupError, ValueError, TypeError, AttributeError) as error:
                raise YinzhengError(f"annotation {number} ({_name(item)}): {error!r}", path=file) from error
            if found is None:
                lost["an annotation that names no paragraph of ours was left out"] += 1
            else:
                spans.setdefault(found[0], []).append(found[1])
        documents += [
            Document(name=file, text="", paragraphs=(paragraph,), spans=tuple(group))
            for paragraph, group in spans.items()
        ]
        if lost or not spans:
            documents.append(Document(name=file, text="", spans=(), lost=lost))
    return documents


def _items(data: Any, file: str) -> Iterator[Any]:
    """The annotations of what a file may hold."""
    for one in data if isinstance(data, list) else [data]:
        types = _list(one.get("type")) if isinstance(one, dict) else []
        if "AnnotationCollection" in types:
            if isinstance(one.get("first"), str):
                raise YinzhengError(f"its pages are elsewhere: {one['first']}", path=file)
            page = one.get("first")
            while isinstance(page, dict):
                yield from page.get("items", [])
                page = page.get("next")
        elif "AnnotationPage" in types:
            yield from one.get("items", [])
        else:
            yield one


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(item: Any) -> str:
    return str(item.get("id", "no id")) if isinstance(item, dict) else type(item).__name__


def _span(item: dict[str, Any]) -> tuple[str, Span] | None:
    """The paragraph of an annotation, and its span; None where it names no paragraph."""
    bodies = [body if isinstance(body, dict) else {"value": body} for body in _list(item.get("body"))]
    record = next((one for body in bodies if (one := _record(body)) is not None), None)
    label, said = _said(bodies, record)
    start, end = 0, 0
    words: str | None = None
    paragraph: str | None = record.paragraph if record else None
    for target in _list(item.get("target")):
        for selector in _selected(target):
            kind = selector.get("type")
            if kind == "FragmentSelector" and _ID.fullmatch(str(selector["value"]).rpartition("#")[2]):
                paragraph = str(selector["value"]).rpartition("#")[2]
            elif kind == "TextPositionSelector":
                start, end = int(selector["start"]), int(selector["end"])
            elif kind == "TextQuoteSelector":
                words = str(selector["exact"])
    if paragraph is None:
        return None
    id = str(item.get("id", "")).removeprefix(_URN)
    return paragraph, Span(
        start=start, end=end, type=record.type if record else "entity", label=label or "TERM",
        id=id if _ID.fullmatch(id) else None, columns=said, words=words,
    )  # fmt: skip


def _selected(target: Any) -> Iterator[dict[str, Any]]:
    """The selectors of a target, the refined before what refines them; an IRI with a fragment is one too."""
    if isinstance(target, str):
        yield {"type": "FragmentSelector", "value": target}
        return
    source = target.get("source", target.get("id"))
    if isinstance(source, str) and "#" in source:
        yield {"type": "FragmentSelector", "value": source}
    stack = [one for one in reversed(_list(target.get("selector"))) if isinstance(one, dict)]
    while stack:
        yield (one := stack.pop())
        stack += [more for more in _list(one.get("refinedBy")) if isinstance(more, dict)]


def _record(body: Mapping[str, Any]) -> Annotation | None:
    """The record that a body of ours holds."""
    if body.get("format") != "application/json" or not isinstance(body.get("value"), str):
        return None
    data = json.loads(body["value"])
    if not isinstance(data, dict) or data.get("type") not in TYPES:
        return None
    return jsonl.loads(body["value"], TYPES[data["type"]])


def _said(bodies: Sequence[Mapping[str, Any]], record: Annotation | None) -> tuple[str | None, dict[str, Any]]:
    """The label and the columns, as the record has them and as the bodies now say."""
    said: dict[str, Any] = jsonl.values(record) if record else {}
    label = record.label if record else None
    for purpose in (("classifying",), ("tagging", None)):
        words = [str(body["value"]) for body in bodies if body.get("purpose") in purpose and _plain(body)]
        if words and (record is None or purpose == ("classifying",)):
            label = words[0]
            break
    comments = [str(body["value"]) for body in bodies if body.get("purpose") == "commenting" and _plain(body)]
    if comments:
        said["note"] = "; ".join(comments)
    gloss = "gloss" if "gloss_zh" in said else "about" if "about_zh" in said else None
    for body in bodies:
        language = str(body.get("language", ""))[:2]
        if gloss and body.get("purpose") == "describing" and language in ("zh", "en") and _plain(body):
            said[f"{gloss}_{language}"] = str(body["value"])
    return label, said


def _plain(body: Mapping[str, Any]) -> bool:
    return body.get("format") != "application/json" and isinstance(body.get("value"), str)
