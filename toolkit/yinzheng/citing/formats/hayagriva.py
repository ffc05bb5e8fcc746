"""Hayagriva: the YAML that Typst reads. Every string stands in double quotes, so that YAML takes none for more.

The journal or book is the ``parent`` of an entry; the work that a translation renders is a parent of type ``original``.
Typst refuses the whole file for one malformed date, URL, language or number: what is none goes into the note.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ...bib import Entry
from .. import publication as pub
from ..bundle import Bundle, Printed

_TYPES = {
    **{"article": "article", "suppperiodical": "article", "newspaper": "article", "preprint": "article"},
    **dict.fromkeys(("book", "mvbook", "manual", "booklet"), "book"),
    **dict.fromkeys(("collection", "mvcollection"), "anthology"),
    **dict.fromkeys(("inbook", "bookinbook", "suppbook"), "chapter"),
    **{"incollection": "anthos", "suppcollection": "anthos", "inproceedings": "article", "conference": "article"},
    **{"proceedings": "proceedings", "mvproceedings": "proceedings", "periodical": "periodical"},
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("online", "electronic", "www"), "web"),
    **{"report": "report", "techreport": "report", "patent": "patent", "dataset": "repository"},
    **{"software": "repository", "unpublished": "manuscript", "reference": "reference", "mvreference": "reference"},
}
_PARENTS = {"anthos": "anthology", "chapter": "book"}
_TAKEN = {"author", "editor", "translator", "editora", "editorb", "editorc", "date", "year", "month", "day", "journal",
          "journaltitle", "journalsubtitle", "booktitle", "booksubtitle", "bookauthor", "series", "number", "issue",
          "volume", "pages", "edition", "chapter", "publisher", "institution", "school", "organization", "location",
          "address", "doi", "isbn", "issn", "url", "urldate", "language", "abstract", "type", "pagetotal", "volumes",
          "origtitle", "origdate", "origlanguage", "origpublisher", "origlocation"}  # fmt: skip


def render(bundle: Bundle) -> Printed:
    """A mapping of keys to entries."""
    entries = {entry.key: entry for entry in bundle.entries}
    result, lost = {}, []
    for one in bundle.entries:
        entry = pub.filled(pub.inherited(one, entries), entries)
        note: list[str] = []
        result[entry.key] = _entry(entry, bundle, entries, note)
        lost += [f"{entry.key}: Hayagriva cannot hold {said}; it stands in the note" for said in note]
        lost += pub.told(entry, "Hayagriva") + pub.left(entry, _TAKEN, "Hayagriva")
        lost += pub.unnamed(entry, ("author", "editor", "translator"), "Hayagriva")
        original = pub.original(entry, entries)
        if original is not None and pub.translated(pub.titled(original, "title")):
            lost.append(f"{entry.key}: its original has no title here: {original.key} only knows a translation of it")
    return Printed(_yaml(result).rstrip("\n"), tuple(lost))


def _entry(entry: Entry, bundle: Bundle, entries: dict[str, Entry], note: list[str]) -> dict[str, Any]:
    kind = _TYPES.get(entry.type, "misc")
    container = _container(entry, kind)
    number, issue, series = (pub.words(entry, field) for field in ("number", "issue", "series"))
    numbered = {"volume": pub.words(entry, "volume"), "issue": issue or ("" if series else number)}
    house = {
        "edition": pub.words(entry, "edition"),
        "publisher": _clean({"name": _string(pub.words(entry, "publisher", "institution", "school", "organization")),
                             "location": _string(pub.words(entry, "location", "address"))}),
        "volume-total": _whole(entry, "volumes", note),
    }  # fmt: skip
    group = _clean({"type": "anthology", "title": _string(series), "issue": number})
    if container:
        container = _clean({**container, **numbered, **(house if kind in _PARENTS else {}),
                            "parent": [group] if series else []})  # fmt: skip
    serial = {name: pub.verbatim(entry, name) for name in ("doi", "isbn", "issn")}
    fields = {
        "type": kind,
        "title": _string(pub.titled(entry, "title")),
        "author": _people(entry, "author"),
        "editor": _people(entry, "editor") if kind not in _PARENTS else [],
        "affiliated": [{"role": "translator", "names": _people(entry, "translator")}]
        if pub.people(entry, "translator")
        else [],
        "date": _date(entry, "date", note),
        **(numbered if not container else {}),
        **(house if not (container and kind in _PARENTS) else {}),
        "page-range": pub.words(entry, "pages").replace("--", "-"),
        "page-total": _whole(entry, "pagetotal", note),
        "chapter": pub.words(entry, "chapter"),
        "genre": _string(pub.words(entry, "type")),
        "serial-number": _clean(serial),
        "url": _url(entry, note),
        "language": _language(pub.tag(entry, bundle)),
        "abstract": _string(pub.words(entry, "abstract")),
        "parent": [*([container] if container else [group] if series else []), *_original(entry, entries)],
    }
    relation = pub.relation(entry, entries) if entry.fields.get("relatedtype") == "digestof" else ""
    said = [*pub.remarks(entry), relation, *note]
    return _clean({**fields, "note": _string("; ".join(filter(None, said)))})


def _container(entry: Entry, kind: str) -> dict[str, Any]:
    journal = pub.titled(entry, "journaltitle", "journal", sub="journalsubtitle")
    book = pub.titled(entry, "booktitle", sub="booksubtitle")
    if journal:
        return {"type": "newspaper" if entry.type == "newspaper" else "periodical", "title": _string(journal)}
    if book:
        parent = _PARENTS.get(kind, "proceedings" if kind == "article" else "anthology")
        writers = {
            "author": _people(entry, "bookauthor"),
            "editor": _people(entry, "editor") if kind in _PARENTS else [],
        }
        return {"type": parent, "title": _string(book), **writers}
    return {}


def _original(entry: Entry, entries: dict[str, Entry]) -> list[dict[str, Any]]:
    """The parent of type original: what the original's entry states, and else what the translation says of it."""
    other = pub.original(entry, entries)
    language = pub.words(entry, "origlanguage")
    fields = {
        "title": _string(pub.words(entry, "origtitle")),
        "author": _people(other, "author") if other else [],
        "date": _date(entry, "origdate", []),
        "language": _language(pub.tag(Entry("misc", "", {"langid": language}), Bundle((), (), ()))),
        "publisher": _clean({"name": _string(pub.words(entry, "origpublisher")),
                             "location": _string(pub.words(entry, "origlocation"))}),
        "serial-number": _clean({"doi": pub.verbatim(other, "doi") if other else ""}),
        "parent": [_clean({**_container(other, "article"), "volume": pub.words(other, "volume"),
                           "issue": pub.words(other, "number", "issue")})]
        if other and _container(other, "article") else [],
    }  # fmt: skip
    return [{"type": "original", **_clean(fields)}] if other or fields["title"] or fields["date"] else []


def _people(entry: Entry, field: str) -> list[dict[str, str]]:
    found = []
    for name in pub.people(entry, field):
        first, suffix = pub.given(name)
        found.append(_clean({"name": name.literal or name.family, "given-name": first, "suffix": suffix}))
    return found


def _date(entry: Entry, field: str, note: list[str]) -> str:
    date = pub.dated(entry, field)
    text = pub.words(entry, field, *(("year",) if field == "date" else ()))
    if text and (date is None or date.end is not None or date.start[1:2] >= (21,)):
        note.append(f"{field} {text}")
    if date is None:
        return ""
    parts = date.start if date.start[1:2] < (21,) else date.start[:1]
    return ("~" if date.circa else "") + "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])])


def _whole(entry: Entry, field: str, note: list[str]) -> str:
    text = pub.words(entry, field)
    if text and not re.fullmatch(r"[0-9]{1,9}", text):
        note.append(f"{field} {text}")
        return ""
    return text


def _url(entry: Entry, note: list[str]) -> dict[str, str]:
    url = pub.verbatim(entry, "url")
    if not url:
        return {}
    if not re.fullmatch(r"(?i)(https?|ftp)://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,4})?(?:[/?#]\S*)?", url):
        note.append(f"url {url}")
        return {}
    return _clean({"value": url, "date": _date(entry, "urldate", note)})


def _language(tag: str) -> str:
    return tag if re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", tag) else ""


def _string(text: str) -> str:
    r"""Words for a field in which Typst takes {…} for fixed case and $…$ for mathematics."""
    return re.sub(r"[\\{}$]", r"\\\g<0>", text)


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _yaml(value: Any, indent: int = 0) -> str:
    """Mappings and lists as blocks, strings as JSON writes them, which YAML reads the same."""
    pad = " " * indent
    if isinstance(value, str):
        quoted = json.dumps(value, ensure_ascii=False)
        return (
            re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda match: f"\\u{ord(match.group()):04x}", quoted)
            + "\n"
        )
    if isinstance(value, list):
        return "".join(f"{pad}- {_yaml(one, indent + 2).lstrip(' ')}" for one in value)
    result = ""
    for name, part in value.items():
        gap = " " if isinstance(part, str) else "\n"
        result += f"{pad}{json.dumps(name, ensure_ascii=False)}:{gap}{_yaml(part, indent + 2)}"
    return result
