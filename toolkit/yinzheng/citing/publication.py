"""What the exchange formats ask of an entry: plain words, a date, the roles of people, and the work that it renders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..bib import OTHERS, Entry, PersonName, doi, names, plain
from .bundle import Bundle

# What a translator is called where nothing more is said; any other word (編譯) says more, and is kept as printed.
_TRANSLATOR = {"", "譯", "译", "翻譯", "翻译", "translator", "trans.", "tr."}
_EDITOR = {"", "editor"}
_TAGS = {
    **{"english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB"},
    **{"chinese": "zh", "chinese-traditional": "zh-Hant", "chinese-simplified": "zh-Hans", "japanese": "ja"},
    **{"korean": "ko", "french": "fr", "german": "de", "ngerman": "de", "russian": "ru", "spanish": "es"},
    **{"italian": "it", "portuguese": "pt", "dutch": "nl", "swedish": "sv", "danish": "da", "polish": "pl"},
}
BABEL = {"en": "english", "zh": "chinese", "ja": "japanese", "ko": "korean", "fr": "french", "de": "german"}
_RELATIONS = {"translationof": "Translation of", "digestof": "Digest of"}
# What says nothing of the publication itself: it is for BibTeX's programs.
MACHINE = {"options", "ids", "langid", "hyphenation", "related", "relatedtype", "crossref", "xref", "pagination",
           "key", "entryset", "nameformat", "shorthand", "sortkey", "presort", "file", "label", "timestamp",
           "owner"}  # fmt: skip
# What goes into the note, in this order; and the fields that only say how a name is meant.
REMARKS = ("note", "addendum", "titleaddon", "howpublished", "annotation")
KINDS = {"translatortype", "editortype", "editoratype", "editorbtype", "editorctype"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date: (year, month, day), as far as it is known (months 21 to 24 are the seasons). ``end``: of a range, empty
    where it is open; ``circa``: the date is marked as uncertain or approximate."""

    start: tuple[int, ...]
    end: tuple[int, ...] | None = None
    circa: bool = False


def words(entry: Entry, *fields: str) -> str:
    """The plain text of the first of these fields that says something."""
    return next((text for field in fields if (text := plain(entry.fields.get(field, "")).strip())), "")


def verbatim(entry: Entry, field: str) -> str:
    """A DOI or URL as it stands, without the backslashes that some programs put before its signs; a DOI without its
    address."""
    value = re.sub(r"\\([#$%&_{}~])", r"\1", entry.fields.get(field, "")).strip()
    return doi(value) if field == "doi" else value


def titled(entry: Entry, *fields: str, sub: str = "subtitle") -> str:
    """A title with its subtitle. Square brackets around it, which say that it is only known translated, stay."""
    title, rest = words(entry, *fields), words(entry, sub)
    return f"{title}{'：' if title[-1:] >= '⺀' else ': '}{rest}" if title and rest else title or rest


def translated(title: str) -> bool:
    """Whether a title is none of the work's own, but stands in brackets as a translation of it."""
    return title.startswith("[") and title.endswith("]")


def people(entry: Entry, field: str) -> list[PersonName]:
    """The names of a field, without the ``others`` that ends a list."""
    return [name for name in names(entry.fields.get(field, "")) if name.literal != OTHERS]


def given(name: PersonName) -> tuple[str, str]:
    """Given name and suffix: BibTeX writes ``Nord, Jr., G. L.``"""
    suffix, comma, rest = name.given.partition(", ")
    return (rest, suffix) if comma else (name.given, "")


def dated(entry: Entry, field: str = "date") -> Dated | None:
    """A date that can be told in numbers; None where there is none, or it is in words (see `words`)."""
    text = verbatim(entry, field)  # ~ says approximate, and is no space
    if field == "date" and not text:
        month = words(entry, "month").lower().rstrip(".")
        number = MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else int(month) if month.isdecimal() else 0
        text = words(entry, "year") + (f"-{number:02d}" if 1 <= number <= 12 else "")
        day = words(entry, "day")
        text += f"-{day:0>2}" if text[-3:-2] == "-" and day.isdecimal() else ""
    first, slash, last = text.partition("/")
    start, end = _DATE.fullmatch(first), _DATE.fullmatch(last)
    if start is None or not _is_date(start) or (end and not _is_date(end)) or (last.strip(". ") and not end):
        return None
    until = _numbers(end) if end else () if slash else None
    return Dated(_numbers(start), until, bool(start[4] or (end and end[4])))


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(part) for part in match.groups()[:3] if part)


def _is_date(match: re.Match[str]) -> bool:
    _, month, day = (int(part or 1) for part in match.groups()[:3])
    return (1 <= month <= 12 and 1 <= day <= 31) or (21 <= month <= 24 and not match[3])


def tag(entry: Entry, bundle: Bundle) -> str:
    """The BCP 47 tag of an entry's language: that of the edition quoted, else what ``langid`` says; empty: unknown."""
    known = {citation.key: citation.excerpt.edition.lang for citation in bundle.citations}
    langid = (words(entry, "langid") or words(entry, "language")).lower()
    said = langid if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]+)*", langid) and langid not in _TAGS else ""
    return known.get(entry.key) or _TAGS.get(langid, said)


def inherited(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    """The entry with what it has from its ``crossref``: the title of that as the title of its book."""
    other = entries.get(entry.fields.get("crossref", ""))
    if other is None or other is entry:
        return entry
    book = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
    theirs = {book.get(name, name): value for name, value in other.fields.items() if name not in MACHINE | {"note"}}
    return replace(entry, fields={**theirs, **entry.fields})


def filled(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    """A translation with what its original's entry states of it (``origdate``, ``origtitle``, ``origlanguage``,
    ``origpublisher``, ``origlocation``); not what its note says is not verified, and no title in brackets, which is
    only a translation of the original's."""
    other = original(entry, entries)
    if other is None:
        return entry
    title = other.fields.get("title", "")
    if "subtitle" in other.fields:
        title += (": " if title.isascii() else "：") + other.fields["subtitle"]
    language = other.fields.get("langid", "")
    unsure = re.split(r"[,:;.]\s*", words(other, "note")) if "erified" in words(other, "note") else []
    known = {
        "origdate": "" if "year" in unsure else other.fields.get("date", other.fields.get("year", "")),
        "origtitle": "" if translated(plain(title)) or {"title", "English title"} & {*unsure} else title,
        "origlanguage": BABEL.get(language.split("-")[0], language),
        "origpublisher": other.fields.get("publisher", ""),
        "origlocation": other.fields.get("location", other.fields.get("address", "")),
    }
    new = {name: value for name, value in known.items() if value and name not in entry.fields}
    return replace(entry, fields={**entry.fields, **new})


def original(entry: Entry, entries: Mapping[str, Entry]) -> Entry | None:
    """The entry of which this is a translation."""
    return entries.get(entry.fields.get("related", "")) if entry.fields.get("relatedtype") == "translationof" else None


def roles(entry: Entry) -> list[tuple[str, str]]:
    """(role, names) of those whose role, as printed, is more or other than translator or editor: (審校, 迦然)."""
    found = []
    for field, plainly in (("translator", _TRANSLATOR), ("editor", _EDITOR), *((f"editor{x}", set()) for x in "abc")):
        role = words(entry, f"{field}type")
        if field in entry.fields and role.lower() not in plainly:
            found.append((role, _and(people(entry, field))))
    return found


def remarks(entry: Entry) -> list[str]:
    """What a format puts into its note: the entry's own notes first (what is not verified), then the roles."""
    said = [words(entry, field) for field in REMARKS]
    return [*filter(None, said), *(f"{role or 'editor'}: {who}" for role, who in roles(entry))]


def relation(entry: Entry, entries: Mapping[str, Entry]) -> str:
    """In one sentence, of what this is a translation or a digest."""
    other = entries.get(entry.fields.get("related", ""))
    lead = _RELATIONS.get(entry.fields.get("relatedtype", ""))
    return f"{lead}: {line(other)}" if lead and other else ""


def line(entry: Entry) -> str:
    """An entry on one line, in no style."""
    issue = words(entry, "issue", *(() if "series" in entry.fields else ("number",)))
    where = [words(entry, "journaltitle", "journal", "booktitle", "publisher", "organization"), words(entry, "volume")]
    parts = [
        _and(people(entry, "author")),
        titled(entry, "title"),
        " ".join(filter(None, where)) + (f"({issue})" if issue else ""),
        words(entry, "date", "year"),
        words(entry, "pages").replace("--", "–"),
        verbatim(entry, "doi") or verbatim(entry, "url"),
        words(entry, "note"),
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _and(found: list[PersonName]) -> str:
    between = "; " if any(name.given for name in found) else ", "
    return between.join(name.literal or ", ".join(filter(None, (name.family, name.given))) for name in found)


def held(entry: Entry, table: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The fields that a format carries by a table of its own names, each with the fields that may fill it."""
    return {field for fields in table.values() for field in fields if words(entry, field) == words(entry, *fields)}


def left(entry: Entry, taken: Iterable[str], program: str) -> list[str]:
    """What of an entry a format does not carry, as a sentence."""
    kept = {*taken, *MACHINE, *REMARKS, *KINDS, "title", "subtitle"}
    out = [name for name in entry.fields if name not in kept and entry.fields[name].strip()]
    return [f"{entry.key}: {program} has no field for {', '.join(out)}; left out"] if out else []


def told(entry: Entry, program: str, place: str = "note") -> list[str]:
    """What a format only carries in its note: the roles that it does not know."""
    return [
        f"{entry.key}: {program} has no role {role or 'editora'}; “{role or 'editor'}: {who}” stands in its {place}"
        for role, who in roles(entry)
    ]


def unnamed(entry: Entry, fields: Iterable[str], program: str) -> list[str]:
    """That a list of names ends in `others`, where a format cannot say so."""
    ends = [field for field in fields if names(entry.fields.get(field, ""))[-1:] == (PersonName(literal=OTHERS),)]
    return [f"{entry.key}: {program} cannot say that there are other {field}s than those named" for field in ends]
