"""INCEpTION's documents read: our layers, and what others annotated in theirs."""

from __future__ import annotations

import re
import warnings
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, get_args

from .. import jsonl
from ..errors import YinzhengError
from ..records import Name
from ..workspace import TYPES
from . import columns
from .escaping import unescaped
from .held import Document, Span, Type
from .packing import unpack

LAYER = "webanno.custom.Yinzheng"
DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
PARAGRAPH, DIV = f"{DKPRO}.segmentation.type.Paragraph", f"{DKPRO}.segmentation.type.Div"
META = f"{DKPRO}.metadata.type.DocumentMetaData"
_NAMED = f"{DKPRO}.ner.type.NamedEntity"
_ASIDE = {"type", "work", "edition", "paragraph", "start", "end", "letter_start", "letter_end", "hash", "text"}
# How a document is divided, which is no annotation of it.
_DIVISIONS = {"Token", "Sentence", "Paragraph", "Div", "DocumentMetaData", "DocumentAnnotation", "TagsetDescription"}


def features(record: Any) -> dict[str, tuple[str, Any]]:
    """The feature of each column, and the column's type. ``id`` is a word that others use."""
    return {
        name: ("identifier" if name == "id" else name, hint)
        for name, hint in jsonl.columns(record).items()
        if name not in _ASIDE
    }


def option_of(hint: Any) -> Any:
    return next(one for one in jsonl.options(hint) if one is not type(None))


def read(files: Mapping[str, bytes]) -> list[Document]:
    """Documents as XMI with their TypeSystem.xml: a folder, or archives as INCEpTION exports them."""
    files = unpack(files)
    documents: dict[Any, Document] = {}
    for name, data in files.items():
        if name.lower().endswith(".xmi"):
            one, match = _document(name, data, _system(name, files)), _PROJECT.match(name)
            key = (match[2], one.text, one.paragraphs) if match else name
            before = documents.get(key)
            pair = (one, before) if match and match[1] == "curation" else (before, one)
            documents[key] = _together([part for part in pair if part]) if before else one
    if not documents:
        raise YinzhengError("no .xmi here", path=next(iter(files), None))
    return [*documents.values()]


# In the archive of a project each person's annotations of a document are a file, and what the curator made of them,
# which leads, is one more: annotation/a.txt/ana.zip, curation/a.txt/CURATION_USER.zip.
_PROJECT = re.compile(r"(?:.*/)?(annotation|curation)/([^/]+)/")


def _together(parts: Sequence[Document]) -> Document:
    """A document with what several files say of it."""
    names = {name.id: name for one in parts for name in one.names}
    spans = tuple(span for one in parts for span in one.spans)
    lost = sum((one.lost for one in parts), Counter[str]())
    return replace(parts[0], spans=spans, names=tuple(names.values()), lost=lost)


def _system(name: str, files: Mapping[str, bytes]) -> Any:
    """The type system nearest to a document: in its folder, or in one above."""
    from cassis import load_typesystem

    folder = name
    while folder:
        folder = folder.rpartition("/")[0]
        for other, data in files.items():
            if other.rpartition("/")[0] == folder and other.rpartition("/")[2].lower() == "typesystem.xml":
                try:
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")  # of what it says twice
                        return load_typesystem(BytesIO(data))
                except Exception as error:  # of cassis or lxml, which say no more
                    raise YinzhengError(f"no type system of UIMA: {error!r:.200}", path=other) from error
    raise YinzhengError("no TypeSystem.xml beside it; import the folder or the archive with both", path=name)


def _document(path: str, data: bytes, system: Any) -> Document:
    from cassis import load_cas_from_xmi

    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            cas = load_cas_from_xmi(BytesIO(data), typesystem=system)
    except Exception as error:  # of cassis or lxml, which say no more
        raise YinzhengError(f"no XMI of its type system: {error!r:.200}", path=path) from error
    text, lost, misplaced = cas.sofa_string or "", Counter[str](), _misplaced(data, told) if told else ()
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    paragraphs: list[str | None] = [None] * len(starts)
    spans, names = [], []
    for one in cas.select_all_fs():
        sort, short = one.type.name, one.type.name.rpartition(".")[2]
        if sort == PARAGRAPH and getattr(one, "id", None):
            paragraphs[bisect(starts, one.begin) - 1] = one.id
        elif sort == f"{LAYER}Name":
            names.append(_name(one, path))
        elif short in _DIVISIONS or not system.subsumes("uima.cas.AnnotationBase", sort):
            continue
        elif one.xmiID in misplaced or (span := _span(one, sort, len(text), path, lost)) is None:
            lost[f"an annotation of the layer {short} was left out"] += 1
        else:
            spans.append(span)
    return Document(
        name=path, text=text, spans=tuple(spans), paragraphs=tuple(paragraphs), names=tuple(names), lost=lost
    )


def _misplaced(data: bytes, told: Sequence[warnings.WarningMessage]) -> set[int]:
    """The ids of annotations that begin or end inside of a character or outside of the text, which cassis lets stand at
    a place of another character, and warns."""
    from lxml import etree

    found = (re.search(r"external offset \[(-?\d+)\]", str(one.message)) for one in told)
    places = {match[1] for match in found if match}
    elements = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True)).iter(etree.Element)
    ids = (one.get(f"{_XMI}id") for one in elements if {one.get("begin"), one.get("end")} & places)
    return {int(id) for id in ids if id}


def _span(one: Any, sort: str, length: int, path: str, lost: Counter[str]) -> Span | None:
    """Of our layers; of named entities; of a custom layer, whose name is the label where no feature is one. What more
    the features say is its note. A relation is none."""
    start, end = getattr(one, "begin", None), getattr(one, "end", None)
    if start is None or end is None or not 0 <= start < end <= length or hasattr(one, "Governor"):
        return None
    kind = sort.removeprefix(LAYER).lower() if sort.startswith(LAYER) else ""
    custom = sort == _NAMED or sort.startswith("webanno.custom.")
    if not custom:
        return None
    layer = sort.rpartition(".")[2]
    known = {feature for feature, _ in features(TYPES[kind]).values()} if kind in TYPES else set()
    more = dict(_more(one, known | _PLACES, layer, lost))
    feature = next((name for name in ("label", "value") if isinstance(more.get(name), str)), None)
    if kind in TYPES:
        label = getattr(one, "label", None) or layer
    elif feature is None:
        label = layer
    else:
        label = str(more.pop(feature))
        more = {**({} if sort == _NAMED else {"layer": layer}), **more}
    note = "; ".join(f"{name}: {value}" for name, value in more.items())
    if kind not in TYPES:
        return Span(start=start, end=end, type="entity", label=label, columns={"note": note} if note else {})
    found: Type = columns.kind(label)
    said = _said(one, TYPES[found], path)
    if note:
        said["note"] = "; ".join(filter(None, [said.get("note"), note]))
    return Span(
        start=start, end=end, type=found, label=label, id=said.get("id"),
        columns=columns.columns(said, label, path, whole=True),
    )  # fmt: skip


_XMI = "{http://www.omg.org/XMI}"
_PLACES = {"sofa", "begin", "end"}


def _more(one: Any, known: Collection[str], layer: str, lost: Counter[str]) -> Iterator[tuple[str, str]]:
    """What the features say that are not known; those that lead to another annotation are counted."""
    for feature in one.type.all_features:
        value: Any = getattr(one, feature.name, None)
        value = (value.elements or ()) if hasattr(value, "elements") else value
        values = [*value] if isinstance(value, (list, tuple)) else [value]
        plain = [str(item) for item in values if isinstance(item, (str, int, float)) and item != ""]
        if feature.name in known:
            continue
        if len(plain) < sum(item not in (None, "") for item in values):
            lost[f"what an annotation of the layer {layer} leads to ({feature.name}) was left out"] += 1
        if plain:
            yield feature.name, ", ".join(plain)


def _said(one: Any, record: Any, path: str) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for column, (feature, hint) in features(record).items():
        value: Any = getattr(one, feature, None)
        option = option_of(hint)
        if hasattr(value, "elements"):
            value = [unescaped(str(item or "")) for item in value.elements or ()]
        elif isinstance(value, str):
            value = unescaped(value)
        decimal = float in (option, *get_args(option))
        try:
            said[column] = _decimal(value) if decimal else value
        except ValueError as error:
            raise YinzhengError(f"{feature} {value!r} of {one.begin}:{one.end} is no number", path=path) from error
    return said


def _decimal(value: Any) -> Any:
    if isinstance(value, list):
        return [float(one) for one in value]
    return None if value in (None, "") else float(value)


def _name(one: Any, path: str) -> Name:
    said = _said(one, Name, path)
    said["aka"] = tuple(said["aka"] or ())
    if problems := list(jsonl.differences({**said, "aka": [*said["aka"]]}, Name)):
        raise YinzhengError(f"name {said['id']}: {'; '.join(problems)}", path=path)
    return Name(**said)
