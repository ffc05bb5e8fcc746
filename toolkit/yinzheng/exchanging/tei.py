"""TEI P5, a file for each edition: header, text where it may go out, and everything else in ``standOff``.

Paragraphs have their ids; an annotation's target is ``string-range(paragraph, start, length)``, code points of the
paragraph's text. Its ``ana`` is the label, ``resp`` who made it; its note holds the words as a name, measure, date or
number, and a feature structure with every column that has a value. Names are lists of persons, organisations, places
and terms. Where the text may not go out, a paragraph is a ``gap``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

from .. import bib, jsonl
from ..records import LABELS, NAMED, Annotation, Name, Paragraph
from .escaping import ILLEGAL, escaped
from .held import Exported, Held
from .noted import Noted, noted
from .tei_reading import FORMS, GLOSSES
from .tei_reading import read as read
from .tei_signs import NS

_XML = "{http://www.w3.org/XML/1998/namespace}"
_TOLD = {"id", "type", "paragraph", "label", "by", *GLOSSES}  # said by the annotation itself
_LISTS = {  # of the names of a label: the list, its item, the item's name
    "PERSON": ("listPerson", "person", "persName"), "ORG": ("listOrg", "org", "orgName"),
    "GPE": ("listPlace", "place", "placeName"), "LOC": ("listPlace", "place", "placeName"),
    "FAC": ("listPlace", "place", "placeName"),
}  # fmt: skip
_OTHER = ("list", "item", "name")
_DATE = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?")
_DURATION = re.compile(r"P(\d+(\.\d+)?[YMWD])+(T.*)?")
_IDNO = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "url": "URI"}
_ESCAPES = {ord(one): f"&#{ord(one)};" for one in '&<>"\t\n\r'}
_ODD = re.compile("[^\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOKEN = re.compile(r"[^\s]+")


def write(held: Sequence[Held]) -> Exported:
    """A file for each edition; characters of the text that XML cannot hold become U+FFFD, and are counted; those of
    values are escaped, so that they come back."""
    lost: Counter[str] = Counter()
    key = held[0].work.key
    files = {f"{key}.{one.edition.key}.xml": _file(one, lost) for one in held}
    return Exported(files, lost)


def _file(held: Held, lost: Counter[str]) -> bytes:
    out = BytesIO()
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="{NS}">\n'.encode())
    for part in _parts(held, _Maker(lost), lost):
        out.write(f"{part}\n".encode())
    out.write(b"</TEI>\n")
    return out.getvalue()


def _parts(held: Held, make: _Maker, lost: Counter[str]) -> Iterator[str]:
    """The elements of the file, one by one: a long edition is never in memory twice."""
    by = {name: f"by{number}" for number, name in enumerate(dict.fromkeys(note.by for note in held.notes), 1)}
    yield make.header(held, by)
    grouped = list(held.grouped(lost))
    names = [held.names[id] for id in _named(held) if id in held.names]
    annotated = any(notes for _, notes in grouped)
    if names or annotated:
        yield "<standOff>"
        yield from make.lists(names)
        if annotated:
            yield "<listAnnotation>"
            for paragraph, notes in grouped:
                for note in notes:
                    yield make.annotation(note, paragraph, by, held)
            yield "</listAnnotation>"
        yield "</standOff>"
    body = make("body", None, *make.divs(held.paragraphs, noted(held)))
    yield make("text", None, body, xml_lang=held.edition.lang, xml_space="preserve")


def _named(held: Held) -> dict[str, None]:
    """The names that the annotations refer to."""
    return dict.fromkeys(id for note in held.notes for one in NAMED if (id := getattr(note, one, None)))


class _Maker:
    """Elements as XML. Strings, and no tree: an annotation has some thirty elements."""

    def __init__(self, lost: Counter[str]) -> None:
        self.lost = lost

    def plain(self, text: str) -> str:
        """A text as XML has it, in an element or an attribute; it reads back as long as it is."""
        if not _ODD.search(text):
            return text
        clean, found = ILLEGAL.subn("\ufffd", text)
        if found:
            self.lost["a character that XML cannot hold is U+FFFD"] += found
        return clean.translate(_ESCAPES)

    def __call__(self, tag: str, text: str | None = None, *children: str, **attributes: str | None) -> str:
        said = "".join(
            [
                f' {name.replace("xml_", "xml:")}="{self.plain(value)}"'
                for name, value in attributes.items()
                if value is not None
            ]
        )
        inside = "".join(children)
        if text:
            inside = self.plain(text) + inside
        return f"<{tag}{said}>{inside}</{tag}>" if inside else f"<{tag}{said}/>"

    def header(self, held: Held, by: Mapping[str, str]) -> str:
        """teiHeader: what references.bib says of the edition, its rights, who annotated, and the labels."""
        fields = {name: bib.plain(value) for name, value in (held.entry.fields if held.entry else {}).items()}
        raw = held.entry.fields if held.entry else {}
        title = fields.get("title") or f"{held.work.key}/{held.edition.key}"
        people = [(role, name) for role in ("author", "editor", "translator") for name in bib.names(raw.get(role, ""))]
        statement = [self("title", title)]
        statement += [self("author", _person(name)) for role, name in people if role == "author"]
        statement += [self("editor", _person(name), role=role) for role, name in people if role != "author"]
        for name, id in by.items():
            statement.append(self("respStmt", None, self("resp", "annotation"), self("name", escaped(name)), xml_id=id))
        entry = list(self._bibl(fields, title, [name for role, name in people if role == "author"]))
        edition = held.edition
        licence = self("licence", edition.holder or edition.rights, target=edition.rights)
        categories = [
            self("category", None, self("catDesc", label), xml_id=label) for known in LABELS.values() for label in known
        ]
        offsets = "string-range(id, start, length): start and length are Unicode code points of the paragraph's text"
        return self(
            "teiHeader", None,
            self(
                "fileDesc", None, self("titleStmt", None, *statement),
                self("publicationStmt", None, self("publisher", "Yinzheng"), self("availability", None, licence)),
                self("sourceDesc", None, self("bibl", None, *entry, n=held.entry.key if held.entry else None)),
            ),
            self(
                "encodingDesc", None, self("p", offsets),
                self("classDecl", None, self("taxonomy", None, *categories, xml_id="labels")),
            ),
            self("profileDesc", None, self("langUsage", None, self("language", edition.lang, ident=edition.lang))),
        )  # fmt: skip

    def _bibl(self, fields: Mapping[str, str], title: str, authors: Sequence[bib.PersonName]) -> Iterator[str]:
        yield self("title", title)
        yield from (self("author", _person(name)) for name in authors)
        if publisher := fields.get("publisher") or fields.get("organization"):
            yield self("publisher", publisher)
        if date := fields.get("date"):
            yield self("date", date, when=date if _DATE.fullmatch(date) else None)
        yield from (self("idno", fields[key], type=kind) for key, kind in _IDNO.items() if key in fields)
        told = {"author", "title", "publisher", "organization", "date", *_IDNO}
        yield from (self("note", value, n=name) for name, value in fields.items() if name not in told)

    def lists(self, names: Sequence[Name]) -> Iterator[str]:
        """The entries of names, in a list for each kind."""
        kinds: dict[tuple[str, str, str], list[Name]] = {}
        for name in names:
            kinds.setdefault(_LISTS.get(name.label, _OTHER), []).append(name)
        for (tag, item, form), found in kinds.items():
            yield self(tag, None, *(self._name(name, item, form) for name in found))

    def _name(self, name: Name, item: str, form: str) -> str:
        forms = [
            self(form, escaped(value), xml_lang=language)
            for key, language in FORMS.items()
            if (value := getattr(name, key))
        ]
        forms += [self(form, escaped(name.abbr), type="abbr")] if name.abbr else []
        forms += [self(form, escaped(one), type="alt") for one in name.aka]
        more = [self("idno", escaped(name.wikidata), type="wikidata")] if name.wikidata else []
        notes = [self("note", escaped(text), type=key) for key in ("en_source", "note") if (text := getattr(name, key))]
        return self(item, None, *forms, *more, *notes, xml_id=name.id, ana=f"#{name.label}")

    def annotation(self, note: Annotation, paragraph: Paragraph, by: Mapping[str, str], held: Held) -> str:
        """One annotation: target, label and maker as attributes; words and columns in its note."""
        words = note.text if paragraph.text is None else paragraph.text[note.start : note.end]
        body = [] if note.type == "claim" or words is None else [self._words(note, words, held)]
        for key in GLOSSES:
            if gloss := getattr(note, key, None):
                body.append(self("gloss", escaped(gloss), xml_lang=key[-2:], n=key))
        columns = [
            self("f", None, self._value(value), name=key)
            for key, value in jsonl.values(note).items()
            if key not in _TOLD and value not in (None, ())
        ]
        body.append(self("fs", None, *columns, type=note.type))
        return self(
            "annotation", None, self("note", None, *body),
            xml_id=note.id, ana=f"#{note.label}", resp=f"#{by[note.by]}",
            motivation="classifying identifying" if note.type == "entity" else "classifying describing",
            target=f"#string-range({note.paragraph},{note.start},{note.end - note.start})",
        )  # fmt: skip

    def _words(self, note: Any, words: str, held: Held) -> str:
        if note.type == "entity":
            ref = f"#{note.name}" if note.name in held.names else None
            return self(_LISTS.get(note.label, _OTHER)[2], words, ref=ref)
        if note.label in ("DATE", "TIME"):
            when = note.edtf if note.edtf and _DATE.fullmatch(note.edtf) else None
            dur = note.duration if note.duration and _DURATION.fullmatch(note.duration) else None
            return self("date", words, when=when, dur=dur)
        value = None if note.value is None else f"{note.value:.15g}"
        low, high = (None if one is None else f"{one:.15g}" for one in (note.min, note.max))
        if note.label in ("ORDINAL", "CARDINAL"):
            return self("num", words, value=value, type=note.label.lower(), min=low, max=high)
        unit = note.unit if note.unit and _TOKEN.fullmatch(note.unit) else None
        if low is None and high is None:
            return self("measure", words, type=note.label.lower(), quantity=value, unit=unit)
        return self("measure", None, self("num", words, min=low, max=high), type=note.label.lower(), unit=unit)

    def _value(self, value: Any) -> str:
        """A value of a feature."""
        if isinstance(value, bool):
            return self("binary", value="true" if value else "false")
        if isinstance(value, (int, float)):
            return self("numeric", value=repr(value))
        if isinstance(value, tuple):
            return self("vColl", None, *(self._value(one) for one in value), org="list")
        return self("string", escaped(value))

    def divs(self, paragraphs: Sequence[Paragraph], known: Noted) -> Iterator[str]:
        """A div for each heading and what stands below it."""
        div: list[str] = []
        for paragraph in paragraphs:
            heads = paragraph.kind in ("title", "heading")
            if div and heads:
                yield self("div", None, *div)
                div = []
            tag = "head" if heads else "p" if paragraph.kind == "body" else "ab"
            div.append(self._paragraph(paragraph, tag, known))
        yield self("div", None, *(div or [self("p")]))

    def _paragraph(self, paragraph: Paragraph, tag: str, known: Noted) -> str:
        number = known.numbers.get(paragraph.id) if paragraph.number is None else str(paragraph.number)
        text = paragraph.text
        parts = [self("gap", reason="rights")] if text is None else self._words_of(paragraph, text, known)
        kind = None if tag == "p" else paragraph.kind
        return self(tag, None, *parts, xml_id=paragraph.id, n=number, type=kind)

    def _words_of(self, paragraph: Paragraph, text: str, known: Noted) -> Iterator[str]:
        """A paragraph's text, with what is emphasised, and at the places of its markers references without words."""
        markers: dict[int, list[str]] = {}
        for one in known.markers.get(paragraph.id, ()):
            to = one.target and f"#{one.target}"
            markers.setdefault(one.at, []).append(self("ref", type="noteAnchor", n=one.number, target=to))
        opens, closes = set(paragraph.emphasis[::2]), set(paragraph.emphasis[1::2])
        stress = False
        for start, end in pairwise(sorted({0, len(text), *opens, *closes, *markers})):
            yield from markers.get(start, ())
            stress = start in opens or (stress and start not in closes)
            yield self("hi", text[start:end], rend="bold") if stress else self.plain(text[start:end])
        yield from markers.get(len(text), ())


def _person(name: bib.PersonName) -> str:
    return name.literal or ", ".join(filter(None, (name.family, name.given)))
