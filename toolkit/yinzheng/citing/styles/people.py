"""Names as the English styles write them: family first, given first, initials, short; and lists of them.

A name in one piece (陳蕊, a body) is never split, turned or shortened. One that was romanised from Chinese stands
family first without a comma where a style writes names out (Zhang San), and has initials where it does not (Zhang, S.).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...bib import PersonName
from ..reference import Reference
from . import zh


@dataclass(frozen=True, slots=True)
class Person:
    """``romanised``: from a script that writes the family name first. A name in one piece is all ``family``."""

    family: str
    given: str = ""
    suffix: str = ""
    romanised: bool = False

    @property
    def spoken(self) -> str:
        """Jane A. Doe Jr.; Zhang San."""
        if self.romanised:
            return f"{self.family} {self.given}".strip()
        return " ".join(filter(None, [self.given, self.family, self.suffix]))

    @property
    def inverted(self) -> str:
        """Doe, Jane A., Jr.; Zhang San."""
        return self.spoken if self.romanised else ", ".join(filter(None, [self.family, self.given, self.suffix]))

    def initials(self, gap: str = " ") -> str:
        """J.-P. A.; words in small letters stay (J. de). ``gap`` between them: Harvard has none."""
        words = re.sub(r"\.(?=\w)", ". ", self.given).split()
        short = [
            word if word.islower() else "-".join(f"{part[0]}." for part in word.split("-") if part) for word in words
        ]
        return gap.join(filter(None, short))

    def abbreviated(self, gap: str = " ") -> str:
        """Doe, J. A., Jr."""
        return ", ".join(filter(None, [self.family, self.initials(gap), self.suffix]))

    def initialled(self, gap: str = " ") -> str:
        """J. A. Doe Jr."""
        return " ".join(filter(None, [self.initials(gap), self.family, self.suffix]))


def people(reference: Reference) -> tuple[list[Person], bool]:
    """Under whom a work is listed. Those whose work a Chinese edition renders from another language are no Chinese, in
    whatever characters it prints them: their names turn as those of others (Doe, Jane A.)."""
    known, more = persons(reference.creators, reference.authors_latn)
    original = reference.original
    western = original is not None and not zh.chinese(original)
    return [replace(one, romanised=one.romanised and not western) for one in known], more


def persons(names: Sequence[PersonName], latn: Sequence[PersonName] = ()) -> tuple[list[Person], bool]:
    """The people, romanised where a source gives that, and whether others are left out (``and others``)."""
    known, more = zh.named(latn or names)
    return [_person(name, bool(latn)) for name in known], more


def _person(name: PersonName, romanised: bool) -> Person:
    if name.literal or zh.han(name.family):
        return Person(zh.direct(name), romanised=romanised)
    *suffix, given = name.given.split(", ")
    # an initial (Jane A.) or a suffix is none of a name romanised from Chinese
    return Person(name.family, given, ", ".join(suffix), romanised and not suffix and "." not in given)


def joined(names: Sequence[str], more: bool, word: str, *, comma: str = "series", most: int = 0, first: int = 1) -> str:
    """Names in a row. ``word``: and, &. ``comma`` before it: from two names on ("always"), from three ("series"), or
    "never". Of more than ``most`` (if given) the ``first`` stand, with et al. instead of the others.

    >>> joined(["Doe", "Roe", "Poe"], False, "and"), joined(["Doe", "Roe", "Poe"], False, "and", most=2)
    ('Doe, Roe, and Poe', 'Doe et al.')
    """
    if most and len(names) > most:
        names, more = names[:first], True
    if more:
        gap = " " if comma != "always" and (len(names) == 1 or comma == "never") else ", "
        return f"{', '.join(names)}{gap}et al." if names else ""
    if len(names) < 2:
        return "".join(names)
    before = "," if comma == "always" or (comma == "series" and len(names) > 2) else ""
    return f"{', '.join(names[:-1])}{before} {word} {names[-1]}"
