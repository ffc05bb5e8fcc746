"""CSL-JSON 1.0.2: for Zotero, pandoc and every processor of CSL styles.

A name that is one unit stays one (``literal``), so that no style initialises 陳蕊. ``original-title`` is only set where
the original's own title is known. What CSL has no field for stands in ``note``.
"""

from __future__ import annotations

import json
from typing import Any

from ...bib import Entry, names
from .. import publication as pub
from ..bundle import Bundle, Printed

_TYPES = {
    **dict.fromkeys(("article", "suppperiodical"), "article-journal"),
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings"), "book"),
    **dict.fromkeys(("manual", "booklet", "reference", "mvreference"), "book"),
    **dict.fromkeys(("inbook", "bookinbook", "suppbook", "incollection", "suppcollection"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("online", "electronic", "www"), "webpage"),
    **{"report": "report", "techreport": "report", "patent": "patent", "dataset": "dataset", "software": "software"},
    **{"standard": "standard", "periodical": "periodical", "newspaper": "article-newspaper", "map": "map"},
    **{"unpublished": "manuscript", "preprint": "article", "letter": "personal_communication", "inreference": "entry"},
}
_FIELDS = {  # CSL's name: the fields that may hold it, the first that does
    "volume": ("volume",),
    "edition": ("edition",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("location", "address"),
    "collection-title": ("series",),
    "number-of-volumes": ("volumes",),
    "number-of-pages": ("pagetotal",),
    "chapter-number": ("chapter",),
    "version": ("version",),
    "genre": ("type",),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "title-short": ("shorttitle",),
    "container-title-short": ("shortjournal",),
    "status": ("pubstate",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "abstract": ("abstract",),
    "keyword": ("keywords",),
    "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
}
_NAMES = {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author"}
_DATES = {"date": "issued", "urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
_TAKEN = {"year", "month", "day", "journaltitle", "journal", "journalsubtitle", "booktitle", "booksubtitle", "number",
          "issue", "pages", "eid", "doi", "url", "origtitle", "origlanguage", "language", "editora", "editorb",
          "editorc"}  # fmt: skip


def render(bundle: Bundle) -> Printed:
    """A list of items."""
    found, lost = items(bundle)
    return Printed(json.dumps(found, ensure_ascii=False, indent=2), tuple(lost))


def items(bundle: Bundle) -> tuple[list[dict[str, Any]], list[str]]:
    """The entries as CSL items, and what they could not carry."""
    entries = {entry.key: entry for entry in bundle.entries}
    lost: list[str] = []
    result = []
    for one in bundle.entries:
        entry = pub.filled(pub.inherited(one, entries), entries)
        item = _item(entry, bundle)
        original = pub.original(entry, entries)
        if original is not None and "author" in original.fields:
            item["original-author"] = _names(original, "author")
        if entry.fields.get("relatedtype") == "digestof":
            item["note"] = "; ".join(filter(None, (item.get("note"), pub.relation(entry, entries))))
        lost += pub.told(entry, "CSL-JSON") + pub.left(
            entry, {*pub.held(entry, _FIELDS), *_NAMES, *_DATES, *_TAKEN}, "CSL-JSON"
        )
        result.append(item)
    return result, lost


def _item(entry: Entry, bundle: Bundle) -> dict[str, Any]:
    kind = _TYPES.get(entry.type, "document")
    number, issue, series = (pub.words(entry, field) for field in ("number", "issue", "series"))
    periodical = kind.startswith("article") or entry.type == "periodical"
    values: dict[str, Any] = {
        "id": entry.key,
        "type": kind,
        "title": pub.titled(entry, "title"),
        **{name: _names(entry, field) for field, name in _NAMES.items()},
        "container-title": pub.titled(entry, "journaltitle", "journal", sub="journalsubtitle")
        or pub.titled(entry, "booktitle", sub="booksubtitle"),
        **{name: pub.words(entry, *fields) for name, fields in _FIELDS.items()},
        "collection-number": number if series else "",
        "issue": issue or (number if periodical and not series else ""),
        "number": number if not series and (issue or not periodical) else pub.words(entry, "eid"),
        "page": pub.words(entry, "pages").replace("--", "-"),
        "DOI": pub.verbatim(entry, "doi"),
        "URL": pub.verbatim(entry, "url"),
        **{name: _date(entry, field) for field, name in _DATES.items()},
        "original-title": pub.words(entry, "origtitle"),
        "language": pub.tag(entry, bundle),
        "note": "; ".join(pub.remarks(entry)),
    }
    return {name: value for name, value in values.items() if value}


def _names(entry: Entry, field: str) -> list[dict[str, str]]:
    found = []
    for name in names(entry.fields.get(field, "")):  # `others` stays: pandoc takes it for et al.
        first, suffix = pub.given(name)
        parts = {"family": name.family, "given": first, "suffix": suffix}
        split = {part: text for part, text in parts.items() if text}
        found.append({"literal": name.literal} if name.literal else split)
    return found


def _date(entry: Entry, field: str) -> dict[str, Any]:
    date = pub.dated(entry, field)
    if date is None:
        text = pub.words(entry, field, *(("year",) if field == "date" else ()))
        return {"literal": text} if text else {}
    parts = [date.start, *([date.end] if date.end else [])]
    season = date.start[1] - 20 if date.start[1:2] >= (21,) else 0
    return {
        "date-parts": [list(part[:1] if season else part) for part in parts],
        **({"season": season} if season else {}),
        **({"circa": True} if date.circa else {}),
    }
