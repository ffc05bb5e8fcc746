"""INCEpTION: UIMA CAS XMI, a document an edition, and the type system that makes its layers.

Offsets are UTF-16 units, as UIMA counts. Each type is a layer with all columns as features, the names of the work are
document-level annotations, and DKPro's paragraphs hold our ids. Numbers are strings: INCEpTION's numbers have 32 bits
and are never null (its NumberFeatureSupport). Set the layers to character granularity before annotating Chinese.

dkpro-cassis makes the type system and reads what comes back; the XMI is written here, since an edition of a million
characters with 100,000 annotations took cassis 0.12 16 s and 800 MB, of which the budget is 10 s and 500 MB.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, get_args, get_origin
from xml.sax.saxutils import escape, quoteattr

from .. import jsonl
from ..errors import YinzhengError
from ..records import Annotation, Name
from ..workspace import TYPES
from . import columns
from .counting import units
from .escaping import ILLEGAL, escaped, unescaped
from .held import Document, Exported, Held, Span, Type
from .packing import unpack

_LAYER = "webanno.custom.Yinzheng"
_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
_PARAGRAPH, _DIV = f"{_DKPRO}.segmentation.type.Paragraph", f"{_DKPRO}.segmentation.type.Div"
_META = f"{_DKPRO}.metadata.type.DocumentMetaData"
_NAMED = f"{_DKPRO}.ner.type.NamedEntity"
_NAMESPACES = {
    "cas": "uima.cas", "segmentation": f"{_DKPRO}.segmentation.type", "metadata": f"{_DKPRO}.metadata.type",
    "custom": "webanno.custom",
}  # fmt: skip
_ASIDE = {"type", "work", "edition", "paragraph", "start", "end", "letter_start", "letter_end", "hash", "text"}
# How a document is divided, which is no annotation of it.
_DIVISIONS = {"Token", "Sentence", "Paragraph", "Div", "DocumentMetaData", "DocumentAnnotation", "TagsetDescription"}


def write(held: Sequence[Held]) -> Exported:
    """``TypeSystem.xml``, and ``EDITION.xmi`` for each edition."""
    lost = Counter[str]()
    files = {"TypeSystem.xml": _types().to_xml().encode()}
    for one in held:
        files[f"{one.edition.key}.xmi"] = b"".join(piece.encode() for piece in _xmi(one, lost))
    return Exported(files, lost)


def _features(record: Any) -> dict[str, tuple[str, Any]]:
    """The feature of each column, and the column's type. ``id`` is a word that others use."""
    return {
        name: ("identifier" if name == "id" else name, hint)
        for name, hint in jsonl.columns(record).items()
        if name not in _ASIDE
    }


def _types() -> Any:
    from cassis import TypeSystem

    system = TypeSystem()
    div = system.create_type(_DIV, "uima.tcas.Annotation")
    for feature in ("divType", "id"):
        system.create_feature(div, feature, "uima.cas.String")
    system.create_type(_PARAGRAPH, _DIV)
    meta = system.create_type(_META, "uima.tcas.DocumentAnnotation")
    for feature in ("documentTitle", "documentId"):
        system.create_feature(meta, feature, "uima.cas.String")
    layers: list[tuple[str, Any, str]] = [(kind, record, "uima.tcas.Annotation") for kind, record in TYPES.items()]
    for kind, record, above in [*layers, ("name", Name, "uima.cas.AnnotationBase")]:
        layer = system.create_type(f"{_LAYER}{kind.capitalize()}", above, description=(record.__doc__ or "").strip())
        for feature, hint in _features(record).values():
            option = _option(hint)
            sort = "StringArray" if get_origin(option) is tuple else "Boolean" if option is bool else "String"
            system.create_feature(layer, feature, f"uima.cas.{sort}")
    return system


def _option(hint: Any) -> Any:
    return next(one for one in jsonl.options(hint) if one is not type(None))


def _xmi(one: Held, lost: Counter[str]) -> Iterator[str]:
    text, starts = columns.lines(one)
    place, ids = units(text), 1
    spaces = "".join(f' xmlns:{short}="http:///{name.replace(".", "/")}.ecore"' for short, name in _NAMESPACES.items())
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"{spaces} xmi:version="2.0">'
    title, language = quoteattr(one.edition.key), quoteattr(one.edition.lang)
    yield '<cas:NULL xmi:id="0"/>\n'
    yield (
        f'<metadata:DocumentMetaData xmi:id="2" sofa="1" begin="0" end="{place[-1]}" language={language} '
        f"documentTitle={title} documentId={quoteattr(f'{one.work.key}/{one.edition.key}')}/>\n"
    )
    ids = 2
    for paragraph, notes in one.grouped(lost):
        start, ids = starts[paragraph.id], ids + 1
        begin, end = place[start], place[start + len(paragraph.text or "")]
        yield (
            f'<segmentation:Paragraph xmi:id="{ids}" sofa="1" begin="{begin}" end="{end}" '
            f'divType="{paragraph.kind}" id="{paragraph.id}"/>\n'
        )
        for note in notes:
            ids += 1
            begin, end = place[start + note.start], place[start + note.end]
            yield from _element(note, note.type, f'xmi:id="{ids}" sofa="1" begin="{begin}" end="{end}"')
    for name in one.names.values():
        ids += 1
        yield from _element(name, "name", f'xmi:id="{ids}" sofa="1"')
    sofa = quoteattr(_valid(text, lost), _ESCAPED)
    yield f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString={sofa}/>\n'
    yield f'<cas:View sofa="1" members="{" ".join(map(str, range(2, ids + 1)))}"/>\n</xmi:XMI>\n'


def _element(record: Annotation | Name, kind: str, head: str) -> Iterator[str]:
    attributes, inside = [head], []
    for column, (feature, _) in _features(type(record)).items():
        value = getattr(record, column)
        if isinstance(value, tuple):
            inside += [f"<{feature}>{escape(escaped(str(one)))}</{feature}>" for one in value]
        elif value is not None:
            word = str(value).lower() if isinstance(value, bool) else str(value)
            attributes.append(f"{feature}={quoteattr(escaped(word), _ESCAPED)}")
    layer = f"custom:Yinzheng{kind.capitalize()}"
    yield f"<{layer} {' '.join(attributes)}" + (f">{''.join(inside)}</{layer}>\n" if inside else "/>\n")


_ESCAPED = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def _valid(text: str, lost: Counter[str]) -> str:
    """With a space for each character that XML 1.0 cannot hold."""
    made, count = ILLEGAL.subn(" ", text)
    if count:
        lost["a character that XML cannot hold became another"] += count
    return made


def read(files: Mapping[str, bytes]) -> list[Document]:
    """Documents as XMI with their TypeSystem.xml: a folder, or archives as INCEpTION exports them."""
    files = unpack(files)
    documents = []
    for name, data in files.items():
        if name.lower().endswith(".xmi"):
            documents.append(_document(name, data, _system(name, files)))
    if not documents:
        raise YinzhengError("no .xmi here", path=next(iter(files), None))
    return documents


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
        if sort == _PARAGRAPH and getattr(one, "id", None):
            paragraphs[bisect(starts, one.begin) - 1] = one.id
        elif sort == f"{_LAYER}Name":
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
    kind = sort.removeprefix(_LAYER).lower() if sort.startswith(_LAYER) else ""
    custom = sort == _NAMED or sort.startswith("webanno.custom.")
    if not custom:
        return None
    layer = sort.rpartition(".")[2]
    known = {feature for feature, _ in _features(TYPES[kind]).values()} if kind in TYPES else set()
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
    for column, (feature, hint) in _features(record).items():
        value: Any = getattr(one, feature, None)
        option = _option(hint)
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
