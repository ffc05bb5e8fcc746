"""What a document itself says of its names: 中文名(English Name, ABBR), English Name (ABBR), 以下簡稱「…」, full names.

Read once, over the whole document; what it defines holds everywhere in it. Only the surroundings of each
definition are looked at closely, so that the reading is cheap, and what is kept is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from .fold import fold
from .heads import label_of
from .latin import proper_words
from .lexicon import Lexicon, Row, lexicon, raw
from .lexicon import words as listed
from .parentheses import BOUND, PAREN, define, short_person
from .persons import may_begin, persons, transcribed
from .words import Words

MOST = 20_000  # names, and as many words
_LATIN = re.compile("[ -~\xa0-\u024f]{3,}")
_FULL = re.compile(r"(?<![A-Za-z-])([A-Z][a-z]+)(?: [A-Z]\.| [A-Z][a-z]+)? ([A-Z][a-zA-Z'-]*[a-z'])(?![A-Za-z])")


@dataclass(slots=True)
class Glossary:
    """``own``: the forms that the document defines, with label and key; its ``rows`` say what the article gives:
    a Chinese form, an English one, an abbreviation, as printed. ``proper``: capitalised words amid its sentences.
    ``people``: English full names, which define what nothing else does. Of each the first `MOST`, in order: so that
    a document may be read in pieces."""

    own: Lexicon = field(default_factory=Lexicon)
    proper: dict[str, None] = field(default_factory=dict)
    people: dict[str, None] = field(default_factory=dict)

    def add(self, later: Glossary) -> None:
        """What is said after it; who came first keeps a name."""
        for mine, more in (
            (self.own.rows, later.own.rows), (self.own.han, later.own.han), (self.own.latin, later.own.latin),
            (self.proper, later.proper), (self.people, later.people),
        ):  # fmt: skip
            for name, value in cast("dict[str, Any]", more).items():
                if len(mine) >= MOST:
                    break
                cast("dict[str, Any]", mine).setdefault(name, value)
        for family, key in later.own.single.items():
            self.own.single[family] = key if self.own.single.get(family, key) == key else ""

    def finish(self) -> Glossary:
        """Ready to look names up, when all is said."""
        for full in self.people:
            if full not in self.own.latin:
                last = full.split()[-1]
                forms = [full] + [last] * (last not in lexicon().latin and last not in raw("english.not_names"))
                self.own.add(Row("PERSON", f"PERSON:{full}", full, None, None, None, "article"), forms, [])
        self.own.finish()
        return self


def glossary(texts: Iterable[str]) -> Glossary:
    """What some paragraphs of a document define; to be finished."""
    found = Glossary()
    for text in texts:
        form = fold(text)
        for match in PAREN.finditer(form):
            define(text, form, match, found.own)
        _people(form, found)
        found.proper.update(dict.fromkeys(proper_words(form)))
    return found


def _people(form: str, found: Glossary) -> None:
    """Full names, which define the short ones: 岸田文雄 … 岸田, 馬克斯·韋伯 … 韋伯, Seohee Park … Park."""
    own = found.own
    for match in _within(form, _FULL):
        first, last = match[1], match[2].removesuffix("'s").removesuffix("'")
        full = form[match.start() : match.start(2)] + last
        known = lexicon().latin.get(full)
        if known and known[0] == "PERSON" and last not in lexicon().latin:
            own.latin.setdefault(last, known)
        elif not known and first in raw("persons.first_names") and label_of(full) is None:
            found.people[full] = None
    for match in _within(form, _cued()):
        full = (match["after"] or match["before"]).removesuffix("'s")
        words = full.split()
        plain = any(word in raw("english.not_names") or word.lower() in raw("english.starters") for word in words)
        if not plain and full not in lexicon().latin and label_of(full) is None:
            found.people[full] = None
    for match in _known().finditer(form):
        short_person(match[0], lexicon().han[match[0]][1], own)
    for match in _roles().finditer(form):
        window = form[match.end() : match.end() + 14]
        window = form[max(0, match.start()) : match.end()] + (BOUND.split(window, maxsplit=1)[0] + "，")
        at = match.end() - match.start()
        if not may_begin(window, at) or (number := (cut := Words(window)).at.get(at)) is None:
            continue
        for one in persons(window, cut, (number,)):
            if one.rank:
                surface = window[one.start : one.end]
                key = known[1] if (known := lexicon().han.get(surface)) else f"PERSON:{surface}"
                short_person(surface, key, own)
    for match in transcribed().finditer(form) if "·" in form else ():
        if "·" in match[0] and match[0] not in lexicon().han:
            short_person(match[0], f"PERSON:{match[0]}", own)


def _within(form: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern of English, sought where Latin letters stand alone."""
    for latin in _LATIN.finditer(form):
        yield from pattern.finditer(form, *latin.span())


@cache
def _known() -> re.Pattern[str]:
    """The persons whose full names the tables have."""
    rest: dict[str, list[str]] = {}
    for form, (label, _) in lexicon().han.items():
        if label == "PERSON":
            rest.setdefault(form[0], []).append(form[1:])
    return re.compile("|".join(f"{first}(?:{'|'.join(sorted(more, key=len)[::-1])})" for first, more in rest.items()))


@cache
def _cued() -> re.Pattern[str]:
    """A full English name after a title or a role, or before a verb of saying."""
    roles = "|".join(map(re.escape, sorted(raw("persons.english_titles") | raw("persons.english_roles"))))
    verbs = "|".join(sorted(raw("persons.english_arguing")))
    name = r"[A-Z][a-zà-ÿ]+(?: [A-Z]\.| [A-Z][a-zà-ÿ]+)? [A-Z][A-Za-zà-ÿ'-]*[a-zà-ÿ']"
    return re.compile(
        rf"(?<![A-Za-z-])(?:(?:{roles}),? (?P<after>{name})|(?P<before>{name})(?:,? (?:{verbs})(?![a-z])"
        r"| (?:of|at|from) (?:the )?(?:[A-Z][a-z]+ ){0,3}(?:University|Institute|College|School)))"
    )


@cache
def _roles() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(listed("persons.roles"), key=len, reverse=True)) + ")(?=[一-龥]{2})")
