"""What a citation points to: the work and edition behind a writer's key, the paragraph or page behind a locator."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, TypeVar

from ..bib import Bibliography, Entry
from ..citing.same import aliases, doi, person, persons, titles, years
from ..letters import letters
from ..workspace import Workspace
from .prose import Citation

K = TypeVar("K", str, tuple[str, str])
Target = tuple[str, "str | None"]

_N = r"[0-9０-９]{1,5}|[〇零一二三四五六七八九十百]{1,7}"
_RANGES = rf"(?:{_N})(?:\s*(?:[-‐-―~～至到,，、&]|and|und)\s*第?(?:{_N}))*"
_DIGITAL = r"[0-9０-９]{1,5}(?:\s*[-‐-―~～至到、]\s*[0-9０-９]{1,5}){0,9}"
_PARAGRAPH = re.compile(
    rf"(?:\bpara(?:graph)?s?\b\.?|\bpar\.|\bpars\.|¶{{1,2}}|§{{1,2}}\s?¶|\\P\b|段落?|自然段)\s*(?:第\s*)?({_RANGES})"
    rf"|第\s*({_RANGES})\s*(?:自然)?段|(?<!\d)(?<!\d[,-])({_DIGITAL})\s*(?:自然)?段",
    re.I,
)
_PAGE = re.compile(
    rf"第\s*({_RANGES})\s*[页頁]|(?<!\d)(?<!\d[,-])({_DIGITAL})\s*[页頁](?!\s*\d)"
    rf"|(?:\bpp?\.|\bpages?\b|\bS\.|页|頁)\s*(?:第\s*)?({_RANGES})",
    re.I,
)
_BARE = re.compile(rf"\s*({_RANGES})\s*\.?\s*")
_NUMBER = re.compile(rf"{_N}|[-‐-―~～至到]")
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0}


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a work. ``ranges``: first and last number of each part, as in paras 5–6. ``number`` is what has no unit:
    a page by the habit of most styles, a paragraph where the edition counts those."""

    kind: Literal["paragraph", "page", "number"]
    ranges: tuple[tuple[int, int], ...]

    def __contains__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.ranges)


def locator(text: str | None) -> Locator | None:
    """The numbers of a locator; None where it says none that is understood. A paragraph goes before a page.

    >>> locator("paras 5–6").ranges, locator("第五段").ranges, locator("p. 12").kind, locator("¶¶ 3, 7").ranges
    (((5, 6),), ((5, 5),), 'page', ((3, 3), (7, 7)))
    """
    text = text and text.replace("~", " ").replace("\u00a0", " ")[:200]
    if not text:
        return None
    kinds: tuple[tuple[Literal["paragraph", "page"], re.Pattern[str]], ...] = (
        ("paragraph", _PARAGRAPH),
        ("page", _PAGE),
    )
    for kind, pattern in kinds:
        found = pattern.search(text)
        if found:
            return Locator(kind, _ranges(next(filter(None, found.groups()))))
    bare = _BARE.fullmatch(text)
    return Locator("number", _ranges(bare[1])) if bare else None


def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    result: list[tuple[int, int]] = []
    through = False
    for part in _NUMBER.findall(text):
        number = _value(part)
        if number is None:
            through = bool(result)
        elif through:
            first = result[-1][0]
            if number < first and number < 10 ** len(str(number)) <= first:  # 105–8
                number += first - first % 10 ** len(str(number))
            result[-1] = (first, max(first, number))
            through = False
        else:
            result.append((number, number))
    return tuple(result)


def _value(part: str) -> int | None:
    if part.isdecimal():
        return int(part)
    if any(c in part for c in "十百"):
        total = pending = 0
        for c in part:
            if c in "十百":
                total, pending = total + (pending or 1) * (10 if c == "十" else 100), 0
            else:
                pending = _DIGITS[c]
        return total + pending
    return int("".join(str(_DIGITS[c]) for c in part)) if all(c in _DIGITS for c in part) else None


@dataclass(frozen=True, slots=True)
class Works:
    """What the corpus holds, as writers name it. ``keys``: a writer's key to (work, edition), the edition None where
    several fit; the same for ``dois``, ``titles`` (by their letters) and ``authors`` (name, year).
    """

    keys: dict[str, Target] = field(default_factory=dict)
    dois: dict[str, Target] = field(default_factory=dict)
    titles: dict[str, Target] = field(default_factory=dict)
    authors: dict[tuple[str, str], Target] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)  # keys of the writer's bibliography that name no work of the corpus

    def of(self, citation: Citation) -> Target | None:
        """The work that a citation names by its key or by what else it says; None: it is not in this corpus."""
        fields = dict(citation.fields)
        found = self.keys.get(citation.key or "") or self.dois.get(doi(fields.get("doi") or fields.get("url", "")))
        if found or (citation.key and not fields):
            return found
        titled = self.titles.get(letters(fields.get("title", "")).text)
        author, year = person(fields.get("author", "")), fields.get("year", "")[:4]
        if titled and titled[0] and (not author or len(letters(fields["title"])) >= 6 or self._by(author, titled[0])):
            return titled
        if not author or not year or ("title" in fields and fields.get("doi")):
            return None
        exact = self.authors.get((author, year))
        fits = {target for (name, when), target in self.authors.items() if when == year and _ends(author, name)}
        return exact or (fits.pop() if len(fits) == 1 else None)

    def near(self, citation: Citation) -> str | None:
        """The one key that a citation of no work of the corpus may mean: spelt nearly so, or of its author in another
        year. None for a key that the writer's bibliography has."""
        key = (citation.key or "").lower()
        if key:
            begun = [
                one
                for one in self.keys
                if min(len(one), len(key)) >= 3 and (one.startswith(key) or key.startswith(one))
            ]
            found = [] if citation.key in self.others else get_close_matches(key, self.keys, 1, 0.75) or begun
        else:
            author = person(dict(citation.fields).get("author", ""))
            works = {target[0] for (name, _), target in self.authors.items() if author and _ends(author, name)}
            found = list(works) if len(works) == 1 else []
        return max(found, key=len, default="") or None

    def _by(self, author: str, work: str) -> bool:
        """Whether a work is by this author, or has none that is known."""
        names = [name for (name, _), target in self.authors.items() if target[0] == work]
        return not names or any(_ends(author, name) for name in names)


def works(bib: Bibliography | None, workspace: Workspace) -> Works:
    """Every name of the works of a workspace: its own keys, ``<work><edition>`` even without an entry, and the keys of
    the writer's bibliography, where an entry has the DOI or the title of one, or its key, be it as an alias (``ids``).
    """
    found = Works()
    for work in workspace.works.values():
        original = next((e.key for e in work.editions.values() if e.role == "original"), None)
        found.keys[work.key] = (work.key, original or next(iter(work.editions), None))
        for edition in work.editions.values():
            found.keys[work.key + edition.key] = (work.key, edition.key)
        entries = workspace.bibliography(work.key).entries
        for edition in work.editions.values():
            found.keys[edition.cite] = (work.key, edition.key)
            if edition.cite in entries:
                _name(found, entries[edition.cite], (work.key, edition.key))
    if bib is not None:
        own = dict(found.keys)
        for entry in bib.entries.values():
            target = _same(found, own, entry)
            for key in (entry.key, *aliases(entry)):
                if target is None:
                    found.keys.pop(key, None)  # the writer's key means another work
                    found.others.add(key)
                else:
                    found.keys[key] = target
    return found


def _name(found: Works, entry: Entry, target: Target) -> None:
    for key in aliases(entry):
        found.keys[key] = target
    if doi(entry.fields.get("doi", "")):
        _put(found.dois, doi(entry.fields["doi"]), target)
    for title in titles(entry):
        _put(found.titles, title, target)
    for name in persons(entry):
        for when in years(entry):
            _put(found.authors, (name, when), target)


def _put(table: dict[K, Target], name: K, target: Target) -> None:
    """Two editions of one name: the work is sure, the edition is not. Two works of one name: neither is."""
    old = table.get(name, target)
    if old != target:
        target = (target[0], None) if old[0] == target[0] else ("", None)
    table[name] = target


def _same(found: Works, own: dict[str, Target], entry: Entry) -> Target | None:
    registered = found.dois.get(doi(entry.fields.get("doi", "")))
    if registered:
        return registered
    for title in titles(entry):
        target = found.titles.get(title)
        if target and target[0] and (len(title) >= 8 or _shares(found, entry, target)):
            return target
    alias = next((own[key] for key in (entry.key, *aliases(entry)) if key in own), None)
    known = alias is not None and any(target[0] == alias[0] for target in found.authors.values())
    said = bool(entry.fields.get("author")) and bool(years(entry))
    return alias if alias is None or not known or not said or _shares(found, entry, alias) else None


def _shares(found: Works, entry: Entry, target: Target) -> bool:
    """Whether a corpus work of this author and year is the target."""
    said = ((name, when) for name in persons(entry) for when in years(entry))
    return any(found.authors.get(one, ("", None))[0] == target[0] for one in said)


def _ends(printed: str, name: str) -> bool:
    """Whether a name as printed (``as Park``, ``正如朴``, ``S. A. Park``) ends with a family name, whole."""
    return printed.endswith(name) and (name >= "\u2e80" or not printed[: -len(name)][-1:].isalpha())
