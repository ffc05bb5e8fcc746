"""schema.org: references as linked data, which says of what a work is the translation, and by whom."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ...bib import Entry
from .. import publication as pub
from ..bundle import Bundle

_TYPES = {
    **dict.fromkeys(("article", "inproceedings"), "ScholarlyArticle"),
    **dict.fromkeys(("inbook", "incollection"), "Chapter"),
    **{"book": "Book", "thesis": "Thesis", "report": "Report", "online": "Article"},
}
_RELATIONS = {"translationof": "translationOfWork", "digestof": "isBasedOn"}


def script(bundle: Bundle) -> str:
    """The entries as JSON-LD, without a < that could end the element around it."""
    entries = {entry.key: entry for entry in bundle.entries}
    graph = [_work(entry, entries, bundle) for entry in bundle.entries]
    data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1)
    return data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _work(entry: Entry, entries: Mapping[str, Entry], bundle: Bundle) -> dict[str, Any]:
    other = entries.get(entry.fields.get("related", ""))
    values = {
        "@type": _TYPES.get(entry.type, "CreativeWork"),
        "@id": f"#{entry.key}",
        "name": pub.titled(entry, "title"),
        "author": _people(entry, "author"),
        "translator": _people(entry, "translator"),
        "editor": _people(entry, "editor"),
        "datePublished": pub.words(entry, "date", "year"),
        "inLanguage": pub.tag(entry, bundle),
        "isPartOf": _container(entry),
        "pagination": pub.words(entry, "pages").replace("--", "–"),
        "publisher": {"name": pub.words(entry, "publisher")} if "publisher" in entry.fields else None,
        "sameAs": address(entry),
        "creditText": "; ".join(pub.remarks(entry)),
        _RELATIONS.get(entry.fields.get("relatedtype", ""), ""): {"@id": f"#{other.key}"} if other else None,
    }
    return {name: value for name, value in values.items() if name and value}


def _people(entry: Entry, field: str) -> list[dict[str, str]]:
    """A name that is one unit may be a body's: its kind stays unsaid."""
    return [
        {"name": name.literal}
        if name.literal
        else {
            "@type": "Person",
            "name": f"{name.given} {name.family}",
            "familyName": name.family,
            "givenName": name.given,
        }
        for name in pub.people(entry, field)
    ]


def _container(entry: Entry) -> dict[str, Any] | None:
    """The issue, in the volume, in the periodical: as much as there is."""
    name = pub.words(entry, "journaltitle", "journal", "booktitle", "organization")
    if not name:
        return None
    part: dict[str, Any] = {"@type": "Periodical" if entry.type == "article" else "CreativeWork", "name": name}
    number = pub.words(entry, "issue", *(() if "series" in entry.fields else ("number",)))
    for kind, field, value in (
        ("PublicationVolume", "volumeNumber", pub.words(entry, "volume")),
        ("PublicationIssue", "issueNumber", number),
    ):
        if value:
            part = {"@type": kind, field: value, "isPartOf": part}
    return part


def address(entry: Entry) -> str:
    """Where the work is on the web: its DOI, else its URL; nothing that is no web address."""
    from urllib.parse import quote

    doi, url = pub.verbatim(entry, "doi"), pub.verbatim(entry, "url")
    where = f"https://doi.org/{doi}" if doi else url
    return quote(where, safe="%/:=&?~#+!$,;@()*") if where.startswith(("https://", "http://")) else ""
