"""INCEpTION: UIMA CAS XMI, a document an edition, and the type system that makes its layers.

Offsets are UTF-16 units, as UIMA counts. Each type is a layer with all columns as features, the names of the work are
document-level annotations, and DKPro's paragraphs hold our ids. Numbers are strings: INCEpTION's numbers have 32 bits
and are never null (its NumberFeatureSupport). Set the layers to character granularity before annotating Chinese.

dkpro-cassis makes the type system and reads what comes back; the XMI is written here, since an edition of a million
characters with 100,000 annotations took cassis 0.12 16 s and 800 MB, of which the budget is 10 s and 500 MB.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, get_origin
from xml.sax.saxutils import escape, quoteattr

from ..records import Annotation, Name
from ..workspace import TYPES
from . import columns
from .counting import units
from .escaping import ILLEGAL, escaped
from .held import Exported, Held
from .inception_reading import DIV, DKPRO, LAYER, META, PARAGRAPH, features, option_of
from .inception_reading import read as read

_NAMESPACES = {
    "cas": "uima.cas", "segmentation": f"{DKPRO}.segmentation.type", "metadata": f"{DKPRO}.metadata.type",
    "custom": "webanno.custom",
}  # fmt: skip


def write(held: Sequence[Held]) -> Exported:
    """``TypeSystem.xml``, and ``EDITION.xmi`` for each edition."""
    lost = Counter[str]()
    files = {"TypeSystem.xml": _types().to_xml().encode()}
    for one in held:
        files[f"{one.edition.key}.xmi"] = b"".join(piece.encode() for piece in _xmi(one, lost))
    return Exported(files, lost)


def _types() -> Any:
    from cassis import TypeSystem

    system = TypeSystem()
    div = system.create_type(DIV, "uima.tcas.Annotation")
    for feature in ("divType", "id"):
        system.create_feature(div, feature, "uima.cas.String")
    system.create_type(PARAGRAPH, DIV)
    meta = system.create_type(META, "uima.tcas.DocumentAnnotation")
    for feature in ("documentTitle", "documentId"):
        system.create_feature(meta, feature, "uima.cas.String")
    layers: list[tuple[str, Any, str]] = [(kind, record, "uima.tcas.Annotation") for kind, record in TYPES.items()]
    for kind, record, above in [*layers, ("name", Name, "uima.cas.AnnotationBase")]:
        layer = system.create_type(
            f"{LAYER}{kind.capitalize()}", above, description=inspect.cleandoc(record.__doc__ or "")
        )
        for feature, hint in features(record).values():
            option = option_of(hint)
            sort = "StringArray" if get_origin(option) is tuple else "Boolean" if option is bool else "String"
            system.create_feature(layer, feature, f"uima.cas.{sort}")
    return system


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
    for column, (feature, _) in features(type(record)).items():
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
