"""RIS: for EndNote, Zotero and databases. One value a line; the translator in A4, the original in a note."""

from __future__ import annotations

import re

from ...bib import Entry, PersonName
from .. import publication as pub
from ..bundle import Bundle, Printed

_TYPES = {
    **{"article": "JOUR", "suppperiodical": "JOUR", "periodical": "JFULL", "newspaper": "NEWS", "preprint": "UNPB"},
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "manual", "booklet"), "BOOK"),
    **dict.fromkeys(("inbook", "bookinbook", "suppbook", "incollection", "suppcollection"), "CHAP"),
    **{"proceedings": "CONF", "mvproceedings": "CONF", "inproceedings": "CPAPER", "conference": "CPAPER"},
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "THES"),
    **dict.fromkeys(("online", "electronic", "www"), "ELEC"),
    **{"report": "RPRT", "techreport": "RPRT", "patent": "PAT", "standard": "STAND", "dataset": "DATA", "map": "MAP"},
    **{"software": "COMP", "unpublished": "UNPB"},
}
_NAMES = {"author": "AU", "editor": "ED", "translator": "A4"}
_FIELDS = {  # RIS's tag: the fields that may hold it, the first that does
    "T3": ("series",),
    "VL": ("volume",),
    "ET": ("edition",),
    "PB": ("publisher", "institution", "school", "organization"),
    "CY": ("location", "address"),
    "M3": ("type",),
    "ST": ("shorttitle",),
    "J2": ("shortjournal",),
    "AB": ("abstract",),
}
_TAKEN = {"date", "year", "month", "day", "journaltitle", "journal", "journalsubtitle", "booktitle", "booksubtitle",
          "pages", "eid", "doi", "url", "urldate", "isbn", "issn", "keywords", "language", "origdate", "origtitle",
          "origlanguage", "editora", "editorb", "editorc"}  # fmt: skip


def render(bundle: Bundle) -> Printed:
    """A record for each entry."""
    entries = {entry.key: entry for entry in bundle.entries}
    records, lost = [], []
    for one in bundle.entries:
        entry = pub.filled(pub.inherited(one, entries), entries)
        fields = _fields(entry, bundle)
        origin = pub.relation(entry, entries) or _origin(entry)
        if origin:
            fields.append(("N1", origin))
            lost.append(f"{entry.key}: RIS has no field for the work that it renders; that stands in a note (N1)")
        records.append(
            "\n".join(f"{name}  - {_line(value)}" for name, value in [*fields, ("ER", "")] if value or name == "ER")
        )
        lost += pub.unnamed(entry, _NAMES, "RIS")
        lost += pub.told(entry, "RIS", "notes (N1)")
        number = {"number"} if ("issue" not in entry.fields) or "series" in entry.fields else set()
        lost += pub.left(entry, {*pub.held(entry, _FIELDS), *_NAMES, *_TAKEN, "issue", *number}, "RIS")
    return Printed("\n".join(records), tuple(lost))


def _fields(entry: Entry, bundle: Bundle) -> list[tuple[str, str]]:
    pages = re.fullmatch(r"([^-–,\s]+)\s*[-–]+\s*([^-–,\s]+)", pub.words(entry, "pages"))
    date, seen = pub.dated(entry), pub.dated(entry, "urldate")
    number, issue, series = (pub.words(entry, field) for field in ("number", "issue", "series"))
    return [
        ("TY", _TYPES.get(entry.type, "GEN")),
        ("ID", entry.key),
        *((to, _name(name)) for field, to in _NAMES.items() for name in pub.people(entry, field)),
        ("TI", pub.titled(entry, "title")),
        ("T2", pub.titled(entry, "journaltitle", "journal", sub="journalsubtitle")
         or pub.titled(entry, "booktitle", sub="booksubtitle")),
        *((name, pub.words(entry, *fields)) for name, fields in _FIELDS.items()),
        ("IS", issue or ("" if series else number)),
        ("M1", number if series else ""),
        ("SP", pages[1] if pages else pub.words(entry, "pages", "eid")),
        ("EP", pages[2] if pages else ""),
        ("PY", f"{date.start[0]:04d}" if date else ""),
        ("DA", _date(date) or ("" if date else pub.words(entry, "date", "year"))),
        ("SN", pub.words(entry, "isbn", "issn")),
        ("DO", pub.verbatim(entry, "doi")),
        ("UR", pub.verbatim(entry, "url")),
        ("Y2", _date(seen, always=True)),
        ("LA", pub.tag(entry, bundle)),
        *(("KW", word.strip()) for word in re.split("[,;，；]", pub.words(entry, "keywords"))),
        *(("N1", remark) for remark in pub.remarks(entry)),
    ]  # fmt: skip


def _origin(entry: Entry) -> str:
    """What a translation itself says of its original."""
    said = [pub.words(entry, field) for field in ("origtitle", "origdate", "origlanguage")]
    return "Original: " + ", ".join(filter(None, said)) if any(said[:2]) else ""


def _name(name: PersonName) -> str:
    first, suffix = pub.given(name)
    return name.literal or ", ".join(filter(None, (name.family, first, suffix)))


def _date(date: pub.Dated | None, always: bool = False) -> str:
    """YYYY/MM/DD/; nothing for a year alone, which PY tells; a range in words."""
    if date is None or (len(date.start) == 1 and date.end is None and not date.circa and not always):
        return ""
    if date.end is not None or date.circa:
        until = "-".join(f"{part:02d}" for part in date.end or ())
        return (
            ("ca. " if date.circa else "")
            + "-".join(f"{part:02d}" for part in date.start)
            + (f"/{until}" if date.end is not None else "")
        )
    return "/".join([*(f"{part:02d}" for part in date.start), *[""] * (4 - len(date.start))])


def _line(value: str) -> str:
    """One line: every kind of line end that a reader may know is a space."""
    return " ".join(value.split())
