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
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from .. import jsonl
from ..records import Annotation, Name, Paragraph
from ..works import Edition
from .held import Exported, Held
from .w3c_reading import TIME, URN
from .w3c_reading import read as read

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_BESIDE = 32  # code points before and behind: enough to tell every place (research notes on annotation, 4)
_HTML = "http://tools.ietf.org/rfc/rfc3236"  # fragments that are ids
_MOTIVATION = {"entity": "identifying", "claim": "describing", "figure": "describing"}
_ORCID = re.compile(r"https://orcid\.org/[\dX-]+")


def write(held: Sequence[Held]) -> Exported:
    """One file. A name goes out with its forms; the rest of its entry is counted."""
    lost: Counter[str] = Counter()
    work = held[0].work.key
    where = f"{URN}{work}/{held[0].edition.key}" if len(held) == 1 else f"{URN}{work}"
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
        "id": URN + note.id,
        "type": "Annotation",
        "motivation": ["classifying", _MOTIVATION[note.type]],
        "creator": agent,
        **({"created": note.created} if TIME.fullmatch(note.created) else {}),
        "generator": {"type": "Software", "name": "Yinzheng"},
        "body": list(_bodies(note, held)),
        "target": {
            "type": "SpecificResource",
            "source": f"{URN}{note.work}/{note.edition}",
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
        source = f"http://www.wikidata.org/entity/{wikidata[0]}" if wikidata else URN + name.id
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
