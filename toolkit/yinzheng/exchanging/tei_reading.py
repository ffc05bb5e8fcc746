"""TEI P5 read: what `tei` writes, and the names, dates and measures that other editions mark in their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from .. import jsonl
from ..errors import YinzhengError
from ..records import EntityLabel, Name
from ..workspace import TYPES
from .columns import kind
from .escaping import unescaped
from .held import Document, Span, Type
from .tei_signs import NS, XML, Characters, characters
from .tei_text import INLINE, OURS, Place, Text, tag_of, text_of

FORMS = {"zh_hant": "zh-Hant", "zh_hans": "zh-Hans", "en": "en"}
GLOSSES = ("gloss_zh", "gloss_en", "about_zh", "about_en")
_RANGE = re.compile(r"#string-range\(([^(),]+),\s*(\d+),\s*(\d+)\)")
_SPACE = re.compile(r"\s+")


def read(files: Mapping[str, bytes]) -> list[Document]:
    """The text and annotations of each TEI in the files."""
    from lxml import etree

    documents: list[Document] = []
    for name, data in files.items():
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise YinzhengError(f"not XML: {error}", path=name) from error
        found = [one for one in root.iter(f"{{{NS}}}TEI") if one.find(f"{{{NS}}}teiHeader") is not None]
        if not found:
            raise YinzhengError("no TEI (P5) in this file", path=name)
        for entity in root.iter(etree.Entity):
            raise YinzhengError(
                f"&{entity.name}; is declared in this file, and is not looked up here, for safety; "
                "put its words in its place (xmllint --noent does)",
                path=name, line=entity.sourceline or entity.getparent().sourceline,
            )  # fmt: skip
        known = characters(root)
        for one in found:
            documents += _documents(name, one, known)
    return documents


def _documents(name: str, tei: Any, known: Characters) -> Iterator[Document]:
    text = text_of(tei, known)
    people = {
        id: unescaped(one.text or "") for one in tei.iter(f"{{{NS}}}name") if (id := one.getparent().get(f"{XML}id"))
    }
    for one in tei.iter(f"{{{NS}}}annotation", f"{{{NS}}}span"):
        try:
            _annotation(one, text, people)
        except (LookupError, ValueError, TypeError) as error:
            raise YinzhengError(f"{tag_of(one)}: {error}", path=name, line=one.sourceline) from error
    names = tuple(_names(tei, text.lost))
    for at, (id, words) in enumerate(zip(text.ids, text.texts, strict=True)):
        yield Document(name=name, text=words, spans=tuple(text.spans[at]), paragraphs=(id,) if id else ())
    yield Document(name=name, text="", spans=(), names=names, lost=+text.lost)


def _annotation(element: Any, text: Text, people: Mapping[str, str]) -> None:
    """An annotation of standOff, put on its paragraph."""
    place = _place(element, text)
    if place is None:
        text.lost["an annotation whose target is not in the text was left out"] += 1
        return
    at, start, end = place
    labels = [one.rpartition("#")[2] for one in (element.get("ana") or element.get("type") or "TERM").split()]
    label = labels[0]
    fs = element.find(f".//{{{NS}}}fs")
    type: Type = fs.get("type") if fs is not None and fs.get("type") in TYPES else kind(label)
    said: dict[str, Any] = {}
    words = None
    if fs is not None:
        record: Any = TYPES[type]
        columns = jsonl.columns(record)
        said = {key: empty for key, hint in columns.items() if (empty := _empty(hint)) != ""}
        for one in fs.findall(f"{{{NS}}}f"):
            if (key := one.get("name")) in columns:
                said[key] = _feature(one, key, columns[key])
        glosses = [one for one in element.iter(f"{{{NS}}}gloss") if one.get("n") in columns]
        said |= {one.get("n"): unescaped(one.text or "") for one in glosses}
        said |= {"id": element.get(f"{XML}id"), "type": type, "paragraph": text.ids[at], "label": label}
        words = next(("".join(one.itertext()) for one in fs.getparent() if tag_of(one) in INLINE), None)
    else:
        told = [element] if tag_of(element) == "span" else element
        notes = [_SPACE.sub(" ", "".join(one.itertext())).strip() for one in told]
        more = [*filter(None, notes), *(f"label: {one}" for one in labels[1:])]
        said = {"note": "; ".join(more)} if more else {}
    by = element.get("resp", "")
    if by := people.get(by[1:]) or (by if fs is None else ""):
        said["by"] = by
    if not text.texts[at]:
        start, end = said.get("start", start), said.get("end", end)
    text.spans[at].append(Span(start=start, end=end, type=type, label=label, columns=said, words=words))


def _place(element: Any, text: Text) -> Place | None:
    """Where an annotation is: a range of a paragraph, an element, or from one element to another."""
    target = element.get("target") or ""
    if match := _RANGE.fullmatch(target):
        found = text.places.get(match[1])
        return found and (found[0], found[1] + int(match[2]), found[1] + int(match[2]) + int(match[3]))
    first = text.places.get((element.get("from") or target).partition(" ")[0][1:])
    last = text.places.get((element.get("to") or target).rpartition(" ")[2][1:], first)
    return (first[0], first[1], max(first[1], last[2])) if first and last and first[0] == last[0] else None


def _empty(hint: Any) -> Any:
    options = jsonl.options(hint)
    if type(None) in options:
        return None
    return () if get_origin(options[0]) is tuple else False if options[0] is bool else ""


def _feature(element: Any, key: str, hint: Any) -> Any:
    """The value of a feature, as its column has it."""
    option = next(one for one in jsonl.options(hint) if one is not type(None))
    if get_origin(option) is tuple:
        item = get_args(option)[0]
        return tuple(item(_atom(one)) for one in element.iter(f"{{{NS}}}string", f"{{{NS}}}numeric"))
    words = _atom(element[0]) if len(element) else element.text or ""
    if option is bool:
        return words in ("true", "1")
    try:
        return option(words) if option in (int, float) else words
    except ValueError:
        raise ValueError(f"{key}: {words!r} is no number") from None


def _atom(element: Any) -> str:
    return str(element.get("value") if element.get("value") is not None else unescaped(element.text or ""))


def _names(tei: Any, lost: Counter[str]) -> Iterator[Name]:
    """The entries of names that have ids of ours; another's are counted."""
    for one in tei.iter(*(f"{{{NS}}}{tag}" for tag in ("person", "org", "place", "item"))):
        id, label = one.get(f"{XML}id", ""), (one.get("ana") or "").lstrip("#")
        if not (OURS.fullmatch(id) and label in get_args(EntityLabel)):
            lost["an entry of a person, organisation or place without an id of ours was left out"] += (
                tag_of(one) != "item"
            )
            continue
        forms = [child for child in one if tag_of(child) in ("persName", "orgName", "placeName", "name")]
        said = {child.get(f"{XML}lang"): unescaped(child.text or "") for child in forms if child.get("type") is None}
        typed = [(child.get("type"), unescaped(child.text or "")) for child in one]
        first = {key: text for key, text in reversed(typed) if key}
        yield Name(
            id=id, label=label, **{key: said.get(language) for key, language in FORMS.items()},  # type: ignore[arg-type]
            en_source=first.get("en_source"), abbr=first.get("abbr"), wikidata=first.get("wikidata"),
            note=first.get("note"), aka=tuple(text for key, text in typed if key == "alt"),
        )  # fmt: skip
