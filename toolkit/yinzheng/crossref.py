"""Crossref: what it knows of a reference, beside what we know. Asking is the rim; comparing and accepting are pure."""

from __future__ import annotations

import html
import json
import re
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.metadata import version
from typing import Any

from .bib import Entry, escape, names, plain
from .errors import YinzhengError

CROSSREF = "https://api.crossref.org"
_TYPES = {"journal-article": "article", "book": "book", "book-chapter": "incollection"}
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
    """Crossref's reply. Raises YinzhengError where it cannot be reached or does not answer in JSON."""
    url = f"{server.rstrip('/')}/works?{urllib.parse.urlencode(asked)}"
    request = urllib.request.Request(url, headers={"User-Agent": f"yinzheng/{version('yinzheng')}"})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as reply:
            return json.loads(reply.read(16_000_000))
    except urllib.error.HTTPError as error:
        code = error.code
        error.close()
        raise YinzhengError(f"Crossref answers {code}; nothing was changed") from None
    except (urllib.error.URLError, OSError) as error:
        raise YinzhengError(
            f"Crossref cannot be reached ({getattr(error, 'reason', error)}); nothing was changed; try again online"
        ) from error
    except ValueError as error:
        raise YinzhengError("Crossref did not answer in JSON; nothing was changed") from error


def candidates(reply: object, entry: Entry) -> list[Candidate]:
    """What a reply offers, likest first. Raises YinzhengError for a reply that is none of Crossref's."""
    try:
        items = reply["message"]["items"]  # type: ignore[index]
        offers = [_candidate(_fields(item), entry) for item in items if item.get("DOI")]
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise YinzhengError("the reply is not Crossref's; nothing was changed") from error
    return sorted(offers, key=lambda offer: -offer.likeness)


def accept(entry: Entry, candidate: Candidate) -> Entry:
    """The entry with what the candidate adds, and with its title in the place of a translated one.

    What differs otherwise stays ours: a person who wants theirs edits references.bib. The note keeps what is still
    not verified.
    """
    fields = dict(entry.fields)
    known = set(candidate.adds)
    if plain(fields.get("title", "")).startswith("[") and "title" in candidate.fields:
        fields["title"] = candidate.fields["title"]
        known.add("title")
    for name in candidate.adds:
        fields[name] = candidate.fields[name]
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
        if name not in ours:
            adds.append(name)
        elif _same(name, ours[name], value):
            agrees.append(name)
        elif not (name == "title" and plain(ours[name]).startswith("[")):
            differs.append((name, plain(ours[name]), plain(value)))
    weight = {"doi": 5, "title": 3, "author": 3, "journaltitle": 2, "volume": 1, "date": 1}
    likeness = sum(weight.get(name, 0.5) for name in agrees) - sum(weight.get(name, 0.5) for name, _, _ in differs)
    return Candidate(theirs["doi"], theirs, tuple(agrees), tuple(differs), tuple(adds), likeness)


def _fields(item: Mapping[str, Any]) -> dict[str, str]:
    """A Crossref item as BibTeX fields."""
    dated: Mapping[str, Any] = next(
        (item[k] for k in ("published-print", "issued", "published-online", "published") if item.get(k)), {}
    )
    year = (dated.get("date-parts") or [[None]])[0][0]
    people = [
        f"{escape(_clean(a['family']))}, {escape(_clean(a.get('given', '')))}".rstrip(", ")
        if a.get("family")
        else "{" + escape(_clean(a.get("name", ""))) + "}"
        for a in item.get("author", [])
    ]
    found = {
        "author": " and ".join(people),
        "title": escape(
            ": ".join(filter(None, map(_clean, [*item.get("title", [])[:1], *item.get("subtitle", [])[:1]])))
        ),
        "journaltitle": escape(_clean(next(iter(item.get("container-title", [])), ""))),
        "volume": escape(_clean(item.get("volume", ""))),
        "number": escape(_clean(item.get("issue", ""))),
        "pages": escape(_clean(item.get("page", ""))).replace("-", "--"),
        "date": str(year) if year else "",
        "doi": str(item["DOI"]),
    }
    return {name: value for name, value in found.items() if value}


def _clean(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", str(text))).split())


def _same(name: str, ours: str, theirs: str) -> bool:
    if name == "date":
        return ours[:4] == theirs[:4]
    if name == "author":
        return [_folded(n.literal or n.family) for n in names(ours)] == [
            _folded(n.literal or n.family) for n in names(theirs)
        ]
    one, other = _folded(plain(ours)), _folded(plain(theirs))
    return one == other or (name in ("title", "journaltitle") and SequenceMatcher(None, one, other).ratio() > 0.95)


def _folded(text: str) -> str:
    plain_text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain_text if c.isalnum())


def _year(fields: Mapping[str, str]) -> str:
    match = re.match(r"\d{4}", fields.get("date", fields.get("year", "")))
    return match.group() if match else ""
