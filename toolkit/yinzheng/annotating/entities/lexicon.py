"""Names that are known: CLDR's countries, regions and languages, and the tables of ``data/names``.

A table has one row a name: English forms | Chinese forms | Chinese forms where the mainland's word differs |
abbreviations, each list with ``;`` and its first as the one to show. Its file's name is the label. All forms of a row
have one key, ``LABEL:English`` (``GPE:KR`` for a country).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import compress, count, islice
from operator import add
from pathlib import Path
from typing import Any, cast, get_args

from ...records import EntityLabel
from .fold import fold

DATA = Path(__file__).parents[2] / "data" / "names"
LATIN = "A-Za-z0-9À-ÖØ-öø-ɏḀ-ỿ"
_WORD_START = re.compile(rf"(?<![{LATIN}])[{LATIN}#]")
_LETTER = re.compile(f"[{LATIN}]")


@dataclass(frozen=True, slots=True)
class Row:
    """What a table says of a name. ``source``: ``CLDR`` or ``lexicon``."""

    label: EntityLabel
    key: str
    en: str | None
    zh_hant: str | None
    zh_hans: str | None
    abbr: str | None
    source: str


@dataclass(slots=True)
class Lexicon:
    """``han``, ``latin``: from a folded form to (label, key); ``single``: the keys of one-character
    countries, or of a document's persons by family name; ``rows``: by key."""

    han: dict[str, tuple[EntityLabel, str]] = field(default_factory=dict)
    latin: dict[str, tuple[EntityLabel, str]] = field(default_factory=dict)
    single: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    heads: dict[str, tuple[int, ...]] = field(default_factory=dict)
    starts: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def add(self, row: Row, english: list[str], chinese: list[str]) -> None:
        self.rows.setdefault(row.key, row)
        for form in english:
            bare = fold(form).removeprefix("the ")
            if row.label != "WORK_OF_ART" and bare != "The Hague":
                bare = bare.removeprefix("The ")
            self.latin.setdefault(bare, (row.label, row.key))
        for form in map(fold, chinese):
            if len(form) > 1:
                self.han.setdefault(form, (row.label, row.key))

    def finish(self) -> Lexicon:
        self.heads = _by_head(self.han, 2)
        self.starts = _by_head(self.latin, 2)
        return self

    def chinese(self, text: str) -> Iterator[tuple[int, int, EntityLabel, str]]:
        """Every longest known Chinese name at each place of a folded text, overlapping ones too."""
        heads, han = self.heads, self.han
        for at in places(text, heads):
            for length in heads[text[at : at + 2]]:
                if (
                    at + length <= len(text)
                    and (known := han.get(text[at : at + length]))
                    and not (_LETTER.match(text[at]) and at and _LETTER.match(text[at - 1]))
                ):
                    yield at, at + length, *known
                    break

    def english(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, EntityLabel, str]]:
        """Every longest known English name at each start of a word of a folded text."""
        latin, starts = self.latin, self.starts
        for match in _WORD_START.finditer(text, start, len(text) if end is None else end):
            at = match.start()
            for length in starts.get(text[at : at + 2], ()):
                if at + length > len(text):
                    continue
                if (known := latin.get(text[at : at + length])) and not _LETTER.match(
                    text[at + length : at + length + 1]
                ):
                    yield at, at + length, *known
                    break


def places(text: str, pairs: Mapping[str, object]) -> list[int]:
    """Where in a text one of the pairs of characters stands."""
    return list(compress(count(), map(pairs.__contains__, _pairs(text)))) if pairs else []


@lru_cache(4)  # a text is looked through several times
def _pairs(text: str) -> list[str]:
    return list(map(add, text, islice(text, 1, None)))


def _by_head(forms: dict[str, Any], size: int) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[:size], set()).add(len(form))
    return {head: tuple(sorted(all_, reverse=True)) for head, all_ in lengths.items()}


@cache
def lexicon() -> Lexicon:
    """The names that are known, read once."""
    known = Lexicon()
    _countries(known)
    for label in get_args(EntityLabel):
        if (path := DATA / f"{label}.txt").exists():
            for cells in _table(path):
                english, chinese, mainland, short = map(_list, [*cells, "", ""][:4])
                name = (english or chinese)[0]
                hant, hans = next(iter(chinese), None), next(iter(mainland), None)
                row = Row(
                    label, f"{label}:{name}", next(iter(english), None), hant, hans, next(iter(short), None), "lexicon"
                )
                known.add(row, english + short, chinese + mainland)
    _languages(known)
    return known.finish()


def _countries(known: Lexicon) -> None:
    hant, hans, english = _cldr("zh_Hant"), _cldr("zh_Hans"), _cldr("en")
    seen = set()
    for code, more, chinese, single, people in _table(DATA / "countries.txt"):
        seen.add(code)
        names = [english.territories[code]] if code in english.territories else []
        forms = [here.territories[code] for here in (hant, hans) if code in here.territories]
        rest, first = _list(more), _list(chinese)
        row = Row(
            "GPE",
            f"GPE:{code}",
            (names or rest)[0],
            _plain((forms or first)[0]),
            _plain(forms[1]) if forms[1:] else None,
            None,
            "CLDR" if names else "lexicon",
        )
        known.add(row, names + rest, first + forms)
        for character in _list(single):
            known.single.setdefault(fold(character), row.key)
        if adjectives := _list(people):
            norp = Row(
                "NORP",
                f"NORP:{code}",
                adjectives[0],
                f"{row.zh_hant}人",
                row.zh_hans and f"{row.zh_hans}人",
                None,
                "lexicon",
            )
            known.add(norp, adjectives, [f"{form}人" for form in first + forms if len(form) > 1])
            if f"{row.zh_hant}"[-1:] == "國" and len(row.zh_hant or "") > 2:
                known.han.setdefault(fold(f"{row.zh_hant}"[:-1] + "人"), ("NORP", norp.key))
    for code, name in english.territories.items():
        if code.isalpha() and code not in seen and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"):
            forms = [hant.territories.get(code, ""), hans.territories.get(code, "")]
            known.add(
                Row("GPE", f"GPE:{code}", name, forms[0], forms[1], None, "CLDR"), [name], [f for f in forms if f]
            )


def _plain(form: str) -> str:
    """中國香港特別行政區 as 香港."""
    return form.removeprefix("中國").removeprefix("中国").removesuffix("特別行政區").removesuffix("特别行政区") or form


def _languages(known: Lexicon) -> None:
    hant, hans, english = _cldr("zh_Hant"), _cldr("zh_Hans"), _cldr("en")
    for code, name in english.languages.items():
        forms = [hant.languages.get(code, ""), hans.languages.get(code, "")]
        if code.isalpha() and all(len(form) > 1 and form[-1] in "文語语話话" for form in forms):
            row = Row("LANGUAGE", f"LANGUAGE:{name}", name, forms[0], forms[1], None, "CLDR")
            known.add(row, [name], forms)


def _cldr(tag: str) -> Any:
    from babel import Locale

    return Locale.parse(tag)


def _table(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def _list(cell: str) -> list[str]:
    return [form for part in cell.split(";") if (form := part.strip())]


@cache
def words(path: str) -> frozenset[str]:
    """A list of words of ``forms.toml`` or ``persons.toml``, by its place, folded: ``words("chinese.ORG.body")``."""
    found: Any = _tables()
    for part in path.split("."):
        found = found[part]
    return frozenset(fold(word) for word in cast(str, found).split())


@cache
def raw(path: str) -> frozenset[str]:
    """As `words`, as it is printed."""
    found: Any = _tables()
    for part in path.split("."):
        found = found[part]
    return frozenset(cast(str, found).split())


@cache
def _tables() -> dict[str, Any]:
    return {
        name: content
        for file in ("forms.toml", "persons.toml")
        for name, content in tomllib.loads((DATA / file).read_text(encoding="utf-8")).items()
    }
