"""Label Studio JSON: a task a paragraph, suggestions as predictions, what was accepted as an annotation.

Offsets are code points, as its editor counts today (``charsToCodePoints`` and ``DomManager``, which take a text apart
with ``[...text]``; label-studio-frontend pull request 308); what was counted in UTF-16 units, as before, is told by the
words that each region holds. Each type has its own set of labels in ``config.xml``. The rest of an annotation is the
region's ``meta``, which Label Studio keeps as it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ..errors import YinzhengError
from ..records import LABELS, Annotation, Paragraph
from . import columns
from .counting import points
from .held import Document, Exported, Held, Span
from .packing import decoded, loads, unpack

_TEXT = "text"
_OURS = "yinzheng"
_LABELS = ("labels", "hypertextlabels")


def write(held: Sequence[Held]) -> Exported:
    """``tasks.json`` and ``config.xml``, the labelling interface to set up before."""
    lost = Counter[str]()
    tasks = b",\n".join(
        columns.dumps(_task(paragraph, columns.unrefused(notes, lost))).encode()
        for one in held
        for paragraph, notes in one.grouped(lost)
        if paragraph.text
    )
    columns.unnamed(held, lost)
    return Exported({"tasks.json": b"[\n" + tasks + b"\n]\n", "config.xml": _config().encode()}, lost)


def _config() -> str:
    colours = {"claim": "#0072B2", "entity": "#009E73", "figure": "#D55E00"}  # Okabe and Ito
    sets = "".join(
        f'  <Labels name="{kind}" toName="{_TEXT}">\n'
        + "".join(f'    <Label value="{label}" background="{colours[kind]}"/>\n' for label in known)
        + "  </Labels>\n"
        for kind, known in LABELS.items()
    )
    relations = '  <Relations>\n    <Relation value="evidence"/>\n    <Relation value="equals"/>\n  </Relations>\n'
    return f'<View>\n{relations}{sets}  <Text name="{_TEXT}" value="$text" granularity="symbol"/>\n</View>\n'


def _task(paragraph: Paragraph, notes: Sequence[Annotation]) -> dict[str, Any]:
    accepted = [note for note in notes if note.status == "accepted"]
    suggested: defaultdict[str, list[Annotation]] = defaultdict(list)
    for note in notes:
        if note.status == "suggested":
            suggested[note.by].append(note)
    text = paragraph.text or ""
    return {
        "data": {"text": text, **columns.meta(paragraph)},
        "annotations": [{"result": list(_result(accepted, text))}] if accepted else [],
        "predictions": [{"model_version": by, "result": list(_result(ones, text))} for by, ones in suggested.items()],
    }


def _result(notes: Sequence[Annotation], text: str) -> Iterator[dict[str, Any]]:
    there = {note.id for note in notes}
    relations = []
    for note in notes:
        linked = columns.links(note, there)
        relations += [(note.id, *link) for link in linked]
        said = columns.told(note, without={"note", "status", *(label for label, _ in linked)})
        score, words = getattr(note, "score", None), text[note.start : note.end]
        yield {
            "id": note.id, "from_name": note.type, "to_name": _TEXT, "type": "labels",
            "value": {"start": note.start, "end": note.end, "text": words, "labels": [note.label]},
            **({"score": score} if score is not None else {}),
            "meta": {**({"text": [note.note]} if note.note is not None else {}), _OURS: said},
        }  # fmt: skip
    for source, label, other in relations:
        yield {"type": "relation", "from_id": source, "to_id": other, "direction": "right", "labels": [label]}


def read(files: Mapping[str, bytes]) -> list[Document]:
    """Tasks with their annotations and predictions; the configuration is passed over."""
    documents = []
    for name, data in unpack(files).items():
        if not name.endswith(".json"):
            continue
        try:
            tasks = loads(decoded(data, name))
        except (ValueError, RecursionError) as error:
            raise YinzhengError(f"not JSON: {error}", path=name) from error
        rows: dict[Any, tuple[int, dict[str, Any], Counter[str]]] = {}
        for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
            with _of(number, name):
                _put(task, number, rows)
        for number, task, lost in rows.values():
            with _of(number, name):
                documents.append(_document(task, name, number, lost))
    if not documents:
        raise YinzhengError("no task of Label Studio here", path=next(iter(files), None))
    return documents


_META = ("work", "edition", "paragraph", "number")  # `columns.meta`
_BESIDE = ("id", "annotation_id", "lead_time", "created_at", "updated_at", "annotator")


@contextmanager
def _of(number: int, path: str) -> Iterator[None]:
    """Python's words about a task that is none, in ours."""
    try:
        yield
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        raise YinzhengError(f"task {number} is none of Label Studio, or damaged; export as JSON?", path=path) from error


def _put(task: Any, number: int, rows: dict[Any, tuple[int, dict[str, Any], Counter[str]]]) -> None:
    """A task as JSON has it into ``rows``, where one of JSON-MIN is made so, and stands once: there each annotation of
    a task is a row."""
    if "data" in task:
        rows[number] = number, task, Counter()
        return
    beside = (*_META, *_BESIDE)
    strings = [name for name, value in task.items() if isinstance(value, str) and name not in beside]
    text = _TEXT if _TEXT in strings else strings[0] if len(strings) == 1 else None
    parts = {name: value if isinstance(value, list) else [value] for name, value in task.items() if name not in beside}
    spans = [one for values in parts.values() for one in values if _labelled(one)]
    if text is None or not (spans or text == _TEXT):
        raise KeyError("data")
    data = {_TEXT: task[text]} | {name: task[name] for name in _META if name in task}
    key = number if task.get("id") is None else (str(task["id"]), task[text])
    _, made, lost = rows.setdefault(key, (number, {"data": data, "annotations": []}, Counter()))
    result = [{"id": at, "type": "labels", "value": one} for at, one in enumerate(spans)]
    made["annotations"].append({"result": result, "completed_by": task.get("annotator")})
    for name, values in parts.items():  # data of the task and answers look the same here
        others = [one for one in values if one not in (None, "") and not _labelled(one)]
        if name != text and others:
            lost[f"what stands under {name!r} is no labelled text, and was left out"] += len(others)


def _labelled(value: Any) -> bool:
    return isinstance(value, dict) and any(isinstance(value.get(key), list) for key in _LABELS)


def _document(task: dict[str, Any], path: str, number: int, lost: Counter[str]) -> Document:
    data = task["data"]
    texts = [value for key, value in data.items() if isinstance(value, str)]
    text = data[_TEXT] if isinstance(data.get(_TEXT), str) else texts[0] if len(texts) == 1 else None
    if text is None:
        raise YinzhengError(f"task {number} has no text", path=path)
    spans: dict[Any, Span] = {}
    relations: list[tuple[Any, str, Any]] = []
    # What a person made of a prediction has its region's id, and leads.
    people = [*(task.get("annotations") or ()), *(task.get("completions") or ())]  # completions: before version 1.0
    made = {one.get("id") for part in people if not part.get("was_cancelled") for one in part["result"]} - {None}
    if drafts := task.get("drafts"):
        lost["a draft that its annotator did not submit was left out"] += len(drafts)
    for status, parts in (("suggested", task.get("predictions") or ()), ("accepted", people)):
        for part_number, part in enumerate(parts):
            if part.get("was_cancelled"):
                lost["a task that its annotator skipped was left out"] += 1
                continue
            for place, one in enumerate(part["result"]):
                if status == "suggested" and (one.get("id") in made or one.get("from_id") in made):
                    continue
                mine = (status, part_number)
                if one.get("type") == "relation":
                    ends = (*mine, one["from_id"]), (*mine, one["to_id"])
                    relations += [(ends[0], label, ends[1]) for label in one.get("labels") or [""]]
                    continue
                for span in _spans(one, text, status, _person(part) if status == "accepted" else None, path, lost):
                    key = (*mine, one.get("id"))
                    spans[(*key, place, span.label) if key in spans else key] = span
    paragraph = data.get("paragraph") if isinstance(data.get("paragraph"), str) else None
    return Document(
        name=f"{path}: task {number}", text=columns.line(text) if paragraph else text,
        paragraphs=(paragraph,) if paragraph else (),
        spans=columns.linked(spans, relations, lost), lost=lost,
    )  # fmt: skip


def _person(part: Mapping[str, Any]) -> str | None:
    """Who made an annotation, where more is told than a number: ``completed_by``, ``{"email": "ana@example.org", …}``;
    ``created_username``, ``"Ana Ng ana@example.org, 1"``."""
    by = part.get("completed_by")
    if isinstance(by, dict):
        name = " ".join(filter(None, (by.get("first_name"), by.get("last_name"))))
        by = name or by.get("email") or by.get("username")
    for said in (by, part.get("created_username")):
        if isinstance(said, str) and (said := re.sub(r"(^|, *)\d+$", "", said.strip())):
            return said
    return None


def _spans(
    region: dict[str, Any], text: str, status: str, by: str | None, path: str, lost: Counter[str]
) -> Iterator[Span]:
    value = region.get("value") or {}
    labels = next((value[key] for key in _LABELS if isinstance(value.get(key), list)), None)
    offsets = value.get("globalOffsets") or value
    start, end = offsets.get("start"), offsets.get("end")
    if not labels or type(start) is not int or type(end) is not int:
        lost[f"a result of type {region.get('type')} is no labelled text, and was left out"] += 1
        return
    words = value.get("text")
    place = _place(text, start, end, words if isinstance(words, str) else None)
    if place is None:
        lost["an annotation whose words are not at its offsets was left out"] += len(labels)
        return
    meta = region.get("meta") or {}
    record = meta.get(_OURS) if columns.ours(meta.get(_OURS)) else None
    said = meta.get("text")
    note = "\n".join(map(str, [said] if isinstance(said, str) else said)) if said else None
    for label in labels:
        columns_of = {"by": by, **(record or {}), "note": note, "status": status}
        yield columns.span(place, label, record, columns_of, path)


def _place(text: str, start: int, end: int, words: str | None) -> tuple[int, int] | None:
    """The code points of a region: as told, or, where its words stand there, told in UTF-16 units."""
    if 0 <= start < end <= len(text) and (words is None or _same(text[start:end], words)):
        return start, end
    units = points(text)
    if words is None or not 0 <= start < end <= len(units):
        return None
    first, last = units[start], units[end - 1] + 1
    return (first, last) if _same(text[first:last], words) else None


def _same(covered: str, words: str) -> bool:
    """Label Studio writes the end of a line as ``\\n`` in these two characters."""
    return covered == words or columns.line(covered) == columns.line(words.replace("\\n", "\n"))
