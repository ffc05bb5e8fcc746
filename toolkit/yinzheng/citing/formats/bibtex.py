"""BibTeX as its classic styles read it (plain, natbib, gbt7714): no field of biblatex, what has no field in the note.

For biblatex and biber there is `biblatex`, which loses nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ...bib import Entry, dump, escape, settled
from .. import publication as pub
from ..bundle import Bundle, Printed

_TYPES = {
    **{"online": "misc", "electronic": "misc", "www": "misc", "report": "techreport", "thesis": "phdthesis"},
    **{"mvbook": "book", "collection": "book", "mvcollection": "book", "mvproceedings": "proceedings"},
    **{"reference": "book", "mvreference": "book", "bookinbook": "inbook", "suppbook": "inbook"},
    **{"suppcollection": "incollection", "inreference": "incollection", "suppperiodical": "article"},
    **dict.fromkeys(("dataset", "software", "patent", "standard", "periodical", "preprint"), "misc"),
    **dict.fromkeys(("newspaper", "archive", "map", "letter", "other"), "misc"),
}
_RENAMED = {"journaltitle": "journal", "location": "address"}
_FIELDS = {"address", "annote", "author", "booktitle", "chapter", "crossref", "edition", "editor", "howpublished",
           "institution", "journal", "key", "month", "number", "organization", "pages", "publisher", "school",
           "series", "title", "type", "volume", "year",
           # what later styles read, and older ones pass over:
           "doi", "url", "urldate", "isbn", "issn", "eprint", "archiveprefix", "primaryclass", "abstract", "keywords",
           "translator", "langid", "language", "shorttitle"}  # fmt: skip
_ORIGINAL = ("origdate", "origtitle", "origlanguage")
_PEOPLE = {"editora", "editorb", "editorc"}  # in the note, with their roles


def render(bundle: Bundle) -> Printed:
    """All entries; those that others take fields from (``crossref``) last, as BibTeX wants them."""
    entries = {entry.key: entry for entry in bundle.entries}
    crossed = {entry.fields.get("crossref") for entry in bundle.entries}
    printed, lost = [], []
    for entry in sorted(bundle.entries, key=lambda entry: entry.key in crossed):
        classic, moved = _classic(entry, entries)
        # A month is one of BibTeX's own strings, which each style prints in its language.
        printed.append(re.sub(r"(?m)^  month = \{([a-z]{3})\},$", r"  month = \1,", dump(classic)))
        if moved:
            lost.append(f"{entry.key}: classic BibTeX has no field for {', '.join(moved)}; it stands in the note")
    return Printed("\n".join(printed).rstrip("\n"), tuple(lost))


def _classic(entry: Entry, entries: dict[str, Entry]) -> tuple[Entry, list[str]]:
    """The entry, and what of it went into the note."""
    journal = entry.fields.get("journaltitle") or entry.fields.get("journal")
    kind = "article" if journal and entry.type in ("online", "newspaper") else _TYPES.get(entry.type, entry.type)
    if entry.type == "thesis" and re.match(r"(?i)m|碩|硕", pub.words(entry, "type")):
        kind = "mastersthesis"
    source = dict(entry.fields)
    fields: dict[str, str] = {}
    note: dict[str, str] = {}
    if "subtitle" in source:
        source["title"] = escape(pub.titled(entry, "title"))
        del source["subtitle"]
    if kind == "article" and "issue" in source:
        series = " ".join(source.pop(name) for name in ("series", "number") if name in source)
        if series:
            note["series"] = series
        source["number"] = source.pop("issue")
    if kind.endswith("thesis") and "institution" in source:
        source.setdefault("school", source.pop("institution"))
    if "organization" in source and kind == "misc":
        source.setdefault("howpublished", source.pop("organization"))
    relation = pub.relation(entry, entries)
    silent = {"date", *_PEOPLE, *pub.MACHINE, *pub.KINDS, *pub.REMARKS, *(_ORIGINAL if relation else ())}
    for name, value in source.items():
        new = _RENAMED.get(name, name)
        if new in _FIELDS:
            fields[new] = value
        elif name not in silent and value.strip():
            note[name] = value
    date = pub.dated(entry)
    if "date" in source:
        if date is None or date.end is not None or date.circa or len(date.start) > 2 or date.start[1:] > (12,):
            note["date"] = source["date"]
        if date is None:
            fields["year"] = source["date"]
        else:
            fields["year"] = f"{date.start[0]:04d}"
            if date.start[1:] and date.start[1] <= 12:
                fields["month"] = pub.MONTHS[date.start[1] - 1]
    bare = replace(entry, fields={name: value for name, value in entry.fields.items() if name != "howpublished"})
    said = [
        *map(escape, pub.remarks(bare)),
        *(f"{name}: {value}" for name, value in note.items()),
        *([escape(relation)] if relation else []),
    ]
    if said:
        fields["note"] = "; ".join(said)
    moved = [*note, *(role for role, _ in pub.roles(entry)), *(["its original"] if relation else [])]
    return settled(replace(entry, type=kind, fields=fields)), moved
