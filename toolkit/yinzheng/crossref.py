"""Crossref: what it knows of a reference, beside what we know. Asking is the rim; comparing and accepting are pure."""

from __future__ import annotations

import html
import json
import re
import unicodedata
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from .bib import Entry, escape, names, plain
from .errors import YinzhengError
from .read.url import fetch

CROSSREF = "https://api.crossref.org"
LARGEST = 16 * 1024 * 1024
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_MEANING = {"title": "English title", "number": "issue", "pages": "pages", "doi": "DOI"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that Crossref offers. ``differs``: (field, ours, theirs); ``adds``: fields that we lack."""

    doi: str
    fields: dict[str, str]
    agrees: tuple[str, ...]
    differs: tuple[tuple[str, str, str], ...]
    adds: tuple[str, ...]
    likeness: float


def query(entry: Entry) -> dict[str, str]:
    """What to ask for an entry: author, journal and year; the title only where it is the original's own."""
    fields = entry.fields
    title = plain(fields.get("title", ""))
    asked = {
        "query.author": " ".join(
            name.literal or f"{name.given} {name.family}" for name in names(fields.get("author", ""))
        ),
        "query.container-title": plain(fields.get("journaltitle", fields.get("journal", ""))),
        "query.bibliographic": "" if title.startswith("[") else title,
    }
    year = _year(fields)
    if year:
        asked["filter"] = f"from-pub-date:{int(year) - 1},until-pub-date:{int(year) + 1}"
    return {**{key: value for key, value in asked.items() if value.strip()}, "rows": "5"}


def ask(asked: Mapping[str, str], server: str = CROSSREF, timeout: float = 20) -> object:
    """Crossref's reply. Raises YinzhengError where it cannot be reached, is not done in a minute, or sends no JSON."""
    url = f"{server.rstrip('/')}/works?{urllib.parse.urlencode(asked)}"
    try:
        data, _ = fetch(url, largest=LARGEST, timeout=timeout, patience=60)
        return json.loads(data)
    except YinzhengError as error:
        raise YinzhengError(f"Crossref: {error.message}; nothing was changed; try again when you are online") from error
    except (ValueError, RecursionError) as error:
        raise YinzhengError("Crossref did not answer in JSON; nothing was changed") from error


def candidates(reply: object, entry: Entry) -> list[Candidate]:
    """What a reply offers, likest first. Raises YinzhengError for a reply that is none of Crossref's."""
    message = reply.get("message") if isinstance(reply, dict) else None
    items = message.get("items") if isinstance(message, dict) else None
    if not isinstance(items, list):
        raise YinzhengError("the reply is not Crossref's; nothing was changed")
    found = [_fields(item) for item in items if isinstance(item, dict)]
    offers = [_candidate(fields, entry) for fields in found if _DOI.fullmatch(fields.get("doi", ""))]
    if items and not offers:
        raise YinzhengError("nothing in the reply is a work with a DOI; nothing was changed")
    return sorted(offers, key=lambda offer: -offer.likeness)


def accept(entry: Entry, candidate: Candidate) -> Entry:
    """The entry with what the candidate adds, and with its title in the place of a translated one.

    What differs otherwise stays ours, also where we have learnt it since the candidate was made: a person who wants
    theirs edits references.bib. The note keeps what is still not verified.
    """
    fields = dict(entry.fields)
    known = {name for name in candidate.adds if name not in fields or (name == "title" and _translated(fields))}
    fields |= {name: candidate.fields[name] for name in candidate.adds if name in known}
    note = fields.pop("note", "")
    if note.startswith("Not verified:"):
        said = {_MEANING.get(name) for name in known}
        left = [part.strip() for part in note.removeprefix("Not verified:").split(",") if part.strip() not in said]
        note = f"Not verified: {', '.join(left)}" if left else ""
    return Entry(entry.type, entry.key, {**fields, **({"note": note} if note else {})})


def _candidate(theirs: dict[str, str], entry: Entry) -> Candidate:
    ours = {
        "number" if name == "issue" else "date" if name == "year" else name: value
        for name, value in entry.fields.items()
    }
    if "journal" in ours:
        ours["journaltitle"] = ours.pop("journal")
    agrees, differs, adds = [], [], []
    for name, value in theirs.items():
        if name not in ours or (name == "title" and _translated(ours)):
            adds.append(name)
        elif _same(name, ours[name], value):
            agrees.append(name)
        else:
            differs.append((name, plain(ours[name]), plain(value)))
    weight = {"doi": 5, "title": 3, "author": 3, "journaltitle": 2, "volume": 1, "date": 1}
    likeness = sum(weight.get(name, 0.5) for name in agrees) - sum(weight.get(name, 0.5) for name, _, _ in differs)
    return Candidate(theirs["doi"], theirs, tuple(agrees), tuple(differs), tuple(adds), likeness)


def _translated(fields: Mapping[str, str]) -> bool:
    """Whether the title is known only translated, and stands in brackets."""
    return plain(fields.get("title", "")).startswith("[")


def _fields(item: Mapping[str, Any]) -> dict[str, str]:
    """A Crossref item as BibTeX fields; what is not as Crossref writes it is left out."""
    dates = (item.get(name) for name in ("published-print", "issued", "published-online", "published"))
    parts = (_list(part)[:1] for date in dates if isinstance(date, dict) for part in _list(date.get("date-parts"))[:1])
    years = (_clean(part[0]) for part in parts if part)
    people = [_person(person) for person in _list(item.get("author")) if isinstance(person, dict)]
    titles = [_clean(part) for name in ("title", "subtitle") for part in _list(item.get(name))[:1]]
    found = {
        "author": " and ".join(filter(None, people)),
        "title": escape(": ".join(filter(None, titles))),
        "journaltitle": escape(next(map(_clean, _list(item.get("container-title"))), "")),
        "volume": escape(_clean(item.get("volume"))),
        "number": escape(_clean(item.get("issue"))),
        "pages": escape(_clean(item.get("page"))).replace("-", "--"),
        "date": next((year for year in years if re.fullmatch(r"\d{4}", year)), ""),
        "doi": _clean(item.get("DOI")),
    }
    return {name: value for name, value in found.items() if value}


def _person(person: Mapping[str, Any]) -> str:
    family, given, name = (escape(_clean(person.get(part))) for part in ("family", "given", "name"))
    if family:
        return ", ".join(filter(None, ("{" + family + "}" if re.search(r",|\sand\s", family) else family, given)))
    return "{" + name + "}" if name else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _clean(text: object) -> str:
    """One line of text, without tags and without characters that would control a terminal."""
    if not isinstance(text, (str, int)):
        return ""
    words = html.unescape(re.sub(r"<[^>]+>", "", str(text)))
    return " ".join("".join(c for c in words if c.isspace() or unicodedata.category(c)[0] != "C").split())


def _same(name: str, ours: str, theirs: str) -> bool:
    if name == "date":
        return ours[:4] == theirs[:4]
    if name == "author":
        return [_folded(n.literal or n.family) for n in names(ours)] == [
            _folded(n.literal or n.family) for n in names(theirs)
        ]
    if name in ("title", "journaltitle"):
        one, other = _folded(plain(ours)), _folded(plain(theirs))
        return one == other or SequenceMatcher(None, one, other).ratio() > 0.95
    one, other = (re.sub(r"[-‐-―]+", "-", plain(value)).casefold().strip() for value in (ours, theirs))
    return one.removeprefix("https://doi.org/") == other


def _folded(text: str) -> str:
    plain_text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain_text if c.isalnum())


def _year(fields: Mapping[str, str]) -> str:
    match = re.match(r"\d{4}", fields.get("date", fields.get("year", "")))
    return match.group() if match else ""
