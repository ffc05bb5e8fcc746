"""W3C Web Annotations read: what `w3c` writes, and what other tools made or changed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .. import ids, jsonl
from ..errors import YinzhengError
from ..letters import letters
from ..records import Annotation
from ..workspace import TYPES
from .held import Document, Span
from .packing import decoded, loads

URN = "urn:yinzheng:"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ID = re.compile(r"[a-z][a-z0-9-]*\.[pcefn][0-9a-hjkmnp-tv-z]{8,}")
_TAGS = ("classifying", "tagging")
_PLACED = {"id", "paragraph", "start", "end", "letter_start", "letter_end", "hash", "text"}


def read(files: Mapping[str, bytes]) -> list[Document]:
    """A collection, a page, a list of annotations, or one. What another tool changed in the bodies and selectors leads
    over the record; an annotation of its own is taken by its quotation, or its position, in our paragraph; each of its
    targets is one, and what its bodies say beside a label is its note."""
    documents = []
    for file, data in files.items():
        lost: Counter[str] = Counter()
        spans: dict[str, list[Span]] = {}
        for number, item in enumerate(_items(_json(data, file), file), 1):
            try:
                for paragraph, span in _spans(item, lost):
                    spans.setdefault(paragraph, []).append(span)
            except (YinzhengError, LookupError, ValueError, TypeError, AttributeError) as error:
                why = error if isinstance(error, YinzhengError) else repr(error)
                raise YinzhengError(f"annotation {number} ({_name(item)}): {why}", path=file) from error
        documents += [
            Document(name=file, text="", paragraphs=(paragraph,), spans=tuple(group))
            for paragraph, group in spans.items()
        ]
        if lost or not spans:
            documents.append(Document(name=file, text="", spans=(), lost=lost))
    return documents


def _json(data: bytes, file: str) -> Any:
    try:
        return loads(decoded(data, file))
    except json.JSONDecodeError as error:
        more = "; an annotation a line (JSON Lines)? put them into a list" if error.msg == "Extra data" else ""
        raise YinzhengError(f"not JSON: {error}{more}", path=file) from error


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


def _spans(item: Any, lost: Counter[str]) -> Iterator[tuple[str, Span]]:
    """The paragraph and the span of each target of an annotation."""
    if not isinstance(item, dict) or not (targets := list(_each(item.get("target")))):
        raise YinzhengError("no Web Annotation: it has no target")
    bodies = [one if isinstance(one, dict) else {"id": one} for one in _each(item.get("body"))]
    bodies += [{"value": item["bodyValue"]}] if "bodyValue" in item else []
    record = next((one for body in bodies if (one := _record(body)) is not None), None)
    label, said = _said(item, bodies, record)
    id = str(item.get("id", "")).removeprefix(URN)
    for number, target in enumerate(targets):
        first = number == 0
        start, end, words, paragraph = _place(target)
        paragraph = paragraph or (record.paragraph if record and first else None)
        if paragraph is None:
            lost["an annotation whose target names no paragraph of ours was left out"] += 1
            continue
        if words is not None and end and not _agree(start, end, words, record if first else None):
            lost["an annotation's position and quotation do not agree; it is where the quotation is"] += 1
        yield paragraph, Span(
            start=start, end=end, type=record.type if record else "entity", label=label or "TERM", words=words,
            id=id if first and _ID.fullmatch(id) else None,
            columns=said if first else {key: value for key, value in said.items() if key not in _PLACED},
        )  # fmt: skip


def _each(value: Any) -> Iterator[Any]:
    """The members of what may be one, a list, or a Choice, List or Composite."""
    for one in _list(value):
        if isinstance(one, dict) and "items" in one:
            yield from _each(one["items"])
        else:
            yield one


def _place(target: Any) -> tuple[int, int, str | None, str | None]:
    """Start, end, words and paragraph, as far as a target tells them."""
    start, end = 0, 0
    words: str | None = None
    paragraph: str | None = None
    for selector in _selected(target):
        kind = selector.get("type")
        if kind == "FragmentSelector" and _ID.fullmatch(str(selector["value"]).rpartition("#")[2]):
            paragraph = str(selector["value"]).rpartition("#")[2]
        elif kind == "TextPositionSelector":
            start, end = int(selector["start"]), int(selector["end"])
        elif kind == "TextQuoteSelector":
            words = str(selector["exact"])
    return start, end, words, paragraph


def _agree(start: int, end: int, words: str, record: Annotation | None) -> bool:
    """Whether a position may be that of a quotation: it is as long; and where it was moved, so was the quotation."""
    if record is not None and (start, end) != (record.start, record.end):
        was = ids.keyed_hash(record.work, record.edition, letters(words).text, 8)
        return end - start == len(words) and was != record.hash
    return end - start == len(words)


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
    data = loads(body["value"])
    if not isinstance(data, dict) or data.get("type") not in TYPES:
        return None
    return jsonl.loads(body["value"], TYPES[data["type"]])


def _said(
    item: Mapping[str, Any], bodies: Sequence[Mapping[str, Any]], record: Annotation | None
) -> tuple[str | None, dict[str, Any]]:
    """The label and the columns, as the record has them and as the annotation now says."""
    said: dict[str, Any] = jsonl.values(record) if record else {}
    gloss = "gloss" if "gloss_zh" in said else "about" if "about_zh" in said else None
    labels: list[tuple[str, str]] = []
    comments: list[str] = []
    more: list[str] = []
    for body in bodies:
        purpose, words = _purpose(item, body), _words(body)
        language = str(body.get("language", ""))[:2]
        if _record(body) is not None or (record and purpose == "identifying"):
            continue  # what the record says
        if purpose in _TAGS:
            labels.append((purpose, words))
        elif purpose == "commenting":
            comments.append(words)
        elif gloss and purpose == "describing" and language in ("zh", "en"):
            said[f"{gloss}_{language}"] = words
        else:
            more.append(f"{purpose}: {words}")
    labels.sort(key=lambda one: _TAGS.index(one[0]))
    label = record.label if record else None
    if labels and (record is None or labels[0][0] == "classifying"):
        label = labels.pop(0)[1]
    parts = [*(comments or filter(None, [said.get("note")])), *more, *(f"label: {words}" for _, words in labels)]
    if parts:
        said["note"] = "; ".join(parts)
    if by := ", ".join(filter(None, map(_agent, _list(item.get("creator"))))):
        said["by"] = by
    if record is None and TIME.fullmatch(str(item.get("created"))):
        said["created"] = item["created"]
    return label, said


def _purpose(item: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """Why a body is there: as it says, else as its annotation does; a plain word without a purpose is a tag."""
    given = next((one for one in _list(body.get("purpose")) if isinstance(one, str)), None)
    if given is None and not isinstance(body.get("value"), str):
        return "linking"
    motive = next((one for one in _list(item.get("motivation")) if isinstance(one, str)), "tagging")
    return given or ("tagging" if motive in ("identifying", "highlighting") else motive)


def _words(body: Mapping[str, Any]) -> str:
    """What a body says: its text, or what it leads to."""
    said = next((body[key] for key in ("value", "source", "id") if body.get(key)), "")
    said = said.get("id", "") if isinstance(said, dict) else said
    return said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)


def _agent(agent: Any) -> str:
    """Who made an annotation: the name, and the address that tells it from others of that name."""
    if not isinstance(agent, dict):
        return str(agent)
    name, id = (str(agent.get(one) or "") for one in ("name", "id"))
    return name if id in name else f"{name} {id}".strip()
