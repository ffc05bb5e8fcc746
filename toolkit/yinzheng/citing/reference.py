"""A reference: the facts of one bibliographic entry, without a style."""

from __future__ import annotations

from dataclasses import dataclass

from ..bib import Bibliography, Entry, PersonName, names, plain
from ..errors import YinzhengError

_UNVERIFIED = ("Not verified:", "未核實：", "未核实：")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry's facts, as plain text; None where the source states nothing.

    ``contributors``: (names, role as printed: 編譯, 審校). ``title_translated``: the title stands in [ ], because only
    its translation is known. ``unverified``: what nobody has confirmed yet, which every output shows. ``original``:
    what this is a translation (or ``digests``: a digest) of.
    """

    key: str
    kind: str
    lang: str
    authors: tuple[PersonName, ...]
    contributors: tuple[tuple[tuple[PersonName, ...], str], ...]
    title: str | None
    title_translated: bool
    title_addon: str | None
    container: str | None
    series: str | None
    number: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    year: str | None
    publisher: str | None
    doi: str | None
    url: str | None
    unverified: str | None
    original: Reference | None
    digests: Reference | None


def reference(bibliography: Bibliography, key: str) -> Reference:
    """The reference of a key. Raises YinzhengError where the bibliography has no such entry."""
    entry = bibliography.entries.get(key)
    if entry is None:
        raise YinzhengError(f"references.bib has no entry {key!r}")
    return _reference(bibliography, entry, ())


def _reference(bibliography: Bibliography, entry: Entry, path: tuple[str, ...]) -> Reference:
    def get(*fields: str) -> str | None:
        return next((plain(entry.fields[name]) for name in fields if entry.fields.get(name)), None)

    title = get("title")
    subtitle = get("subtitle")
    if title and subtitle:
        title = f"{title}：{subtitle}" if title[-1] >= "⺀" else f"{title}: {subtitle}"
    note = get("note") or ""
    related = bibliography.entries.get(entry.fields.get("related", ""))
    other = _reference(bibliography, related, (*path, entry.key)) if related and related.key not in path else None
    relation = entry.fields.get("relatedtype")
    contributors = []
    for field, role, default in (("translator", "translatortype", "譯"), ("editora", "editoratype", "")):
        if field in entry.fields:
            contributors.append((names(entry.fields[field]), get(role) or default))
    langid = entry.fields.get("langid", "")
    return Reference(
        key=entry.key,
        kind=entry.type,
        lang="zh" if langid.startswith(("chinese", "zh")) else "en",
        authors=names(entry.fields.get("author", "")),
        contributors=tuple(contributors),
        title=title.strip("[]") if title and title.startswith("[") and title.endswith("]") else title,
        title_translated=bool(title and title.startswith("[") and title.endswith("]")),
        title_addon=get("titleaddon"),
        container=get("journaltitle", "journal", "booktitle", "organization"),
        series=get("series"),
        number=get("number"),
        volume=get("volume"),
        issue=get("issue"),
        pages=get("pages"),
        year=(get("date", "year") or "")[:4] or None,
        publisher=get("organization", "publisher", "institution"),
        doi=entry.fields.get("doi"),
        url=entry.fields.get("url"),
        unverified=next((note[len(p) :].strip() for p in _UNVERIFIED if note.startswith(p)), None),
        original=other if relation == "translationof" else None,
        digests=other if relation == "digestof" else None,
    )
