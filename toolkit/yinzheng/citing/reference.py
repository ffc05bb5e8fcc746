"""A reference: the facts of one bibliographic entry, without a style."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..bib import Bibliography, Entry, PersonName, doi, names, plain
from ..errors import YinzhengError
from ..script import detect
from .inline import isolated

CHAPTERS = {"incollection", "inbook", "bookinbook", "suppbook", "suppcollection", "inproceedings", "conference"}
_YEAR = re.compile(r"^(-?\d{4})[-/~?%.].*$", re.DOTALL)
_UNVERIFIED = ("Not verified:", "未核實：", "未核实：")


@dataclass(frozen=True, slots=True)
class Contributor:
    """``role`` as printed (譯, 編譯, 審校); ``latn``: the names romanised, where a source or a person gives them."""

    names: tuple[PersonName, ...]
    role: str
    latn: tuple[PersonName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry's facts, as plain text; None where the source states nothing.

    ``contributors``: those who translated, edited, reviewed. ``title_translated``: the title stands in [ ], because
    only its translation is known. ``unverified``: what nobody has confirmed yet, which every output shows. ``genre``:
    what the source says of the kind (newspaper; 博士學位論文). ``hosts``: who wrote or edited the book that a chapter
    stands in. ``original``: what this is a translation (or ``digests``: a digest) of. ``year``, ``date``, ``urldate``:
    EDTF as the entry has them. ``letter``: a, b … where the list holds several works of one year by the same people.

    The same fact in another writing stands in a field of its own, if a source or a person gives it; none is made up:
    ``author-zh`` (the author as a Chinese edition prints the name), ``author-latn``, ``translator-latn``,
    ``title-latn``, ``journaltitle-latn`` (romanised).
    """

    key: str
    kind: str
    genre: str | None
    lang: str
    authors: tuple[PersonName, ...]
    authors_zh: tuple[PersonName, ...]
    authors_latn: tuple[PersonName, ...]
    editors: tuple[PersonName, ...]
    hosts: tuple[PersonName, ...]
    contributors: tuple[Contributor, ...]
    title: str | None
    title_translated: bool
    title_latn: str | None
    short_title: str | None
    title_addon: str | None
    container: str | None
    container_latn: str | None
    series: str | None
    number: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    eid: str | None
    year: str | None
    date: str | None
    urldate: str | None
    edition: str | None
    place: str | None
    publisher: str | None
    doi: str | None
    url: str | None
    unverified: str | None
    original: Reference | None
    digests: Reference | None
    letter: str = ""

    @property
    def creators(self) -> tuple[PersonName, ...]:
        """Under whom it is listed: the authors, else the editors of a whole book."""
        return self.authors or (() if self.kind in CHAPTERS else self.editors)

    @property
    def listed(self) -> tuple[PersonName, ...]:
        """The same people as a list in Latin letters has them: romanised where a source gives that."""
        return (self.authors and self.authors_latn) or self.creators

    @property
    def dated(self) -> str | None:
        """The year, with its letter."""
        return f"{self.year}{self.letter}" if self.year else None


def reference(bibliography: Bibliography, key: str) -> Reference:
    """The reference of a key. Raises YinzhengError where the bibliography has no such entry."""
    entry = bibliography.entries.get(key)
    if entry is None:
        raise YinzhengError(f"references.bib has no entry {key!r}")
    return _reference(bibliography, entry, ())


def _reference(bibliography: Bibliography, entry: Entry, path: tuple[str, ...]) -> Reference:
    def get(*fields: str) -> str | None:
        return next((isolated(text) for name in fields if (text := plain(entry.fields.get(name, "")).strip())), None)

    def people(*fields: str) -> tuple[PersonName, ...]:
        found = names(next((text for name in fields if (text := entry.fields.get(name))), ""))
        return tuple(replace(one, family=isolated(one.family), literal=isolated(one.literal)) for one in found)

    title = get("title")
    subtitle = get("subtitle")
    if title and subtitle:
        title = f"{title}：{subtitle}" if title[-1] >= "⺀" else f"{title}: {subtitle}"
    note = get("note") or ""
    date = entry.fields.get("date") or entry.fields.get("year") or ""  # as it stands: ~ is EDTF's sign, and no space
    related = bibliography.entries.get(entry.fields.get("related", ""))
    other = _reference(bibliography, related, (*path, entry.key)) if related and related.key not in path else None
    relation = entry.fields.get("relatedtype")
    contributors = []
    untyped = "translator" in entry.fields and "translatortype" not in entry.fields
    unsaid = "译" if untyped and detect(title or "") == "hans" else "譯"
    for field, role, default in (("translator", "translatortype", unsaid), ("editora", "editoratype", "")):
        if field in entry.fields:
            contributors.append(Contributor(people(field), get(role) or default, people(f"{field}-latn")))
    langid = entry.fields.get("langid", "")
    return Reference(
        key=entry.key,
        kind=entry.type,
        genre=get("entrysubtype", "type"),
        lang="zh" if langid.startswith(("chinese", "zh")) else "en",
        authors=people("author"),
        authors_zh=people("author-zh"),
        authors_latn=people("author-latn"),
        editors=people("editor"),
        hosts=people("bookauthor", "editor"),
        contributors=tuple(contributors),
        title=title.strip("[]") if title and title.startswith("[") and title.endswith("]") else title,
        title_translated=bool(title and title.startswith("[") and title.endswith("]")),
        title_latn=get("title-latn"),
        short_title=get("shorttitle"),
        title_addon=get("titleaddon"),
        container=get("journaltitle", "journal", "booktitle", "organization"),
        container_latn=get("journaltitle-latn", "booktitle-latn"),
        series=get("series"),
        number=get("number"),
        volume=get("volume"),
        issue=get("issue"),
        pages=get("pages"),
        eid=get("eid"),
        year=_YEAR.sub(r"\1", date).strip() or None,
        date=date.strip() or None,
        urldate=get("urldate"),
        edition=get("edition"),
        place=get("location", "address"),
        publisher=get("organization", "publisher", "institution", "school"),
        doi=doi(entry.fields["doi"]) if "doi" in entry.fields else None,
        url=entry.fields.get("url"),
        unverified=next((note[len(p) :].strip() for p in _UNVERIFIED if note.startswith(p)), None),
        original=other if relation == "translationof" else None,
        digests=other if relation == "digestof" else None,
    )
