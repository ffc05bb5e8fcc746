"""What the pictures show, as numbers: of names, numbers and values alone, so that no text is needed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from ...records import Annotation, Claim, Entity, Figure
from ..held import Held

_BOUNDS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_YEAR = re.compile(r"[~?%]?([0-9]{4})[~?%]?(?:-.*)?")


class Label(NamedTuple):
    """What something is called, in both languages; one may be empty."""

    zh: str
    en: str

    @property
    def either(self) -> str:
        """The English, or else the Chinese."""
        return self.en or self.zh


NOBODY = Label("未說明", "not stated")


class Amount(NamedTuple):
    """A sum of money as stated: ``low`` and ``high`` are one number where it is no range; ``sign``: ≥, ≈ and the like,
    where it is a bound or an approximation."""

    low: float
    high: float
    year: int | None
    payer: Label
    payee: Label
    subject: Label
    measure: str | None
    sign: str


@dataclass(frozen=True)
class Money:
    """Amounts in one currency, in reading order, each once. ``again``: how often one of them is only stated again;
    ``others``: how many are stated in another currency only; ``unclear``: how many have no single value or range;
    ``bare``: how many have no currency."""

    unit: str
    amounts: list[Amount]
    again: int
    others: Counter[str]
    unclear: int
    bare: int


def money(one: Held) -> Money | None:
    """The amounts in the currency in which most are stated. One that the source itself converts into it
    (``equals``) is there already and not left out; nothing is ever converted by a rate from elsewhere.

    An amount's year is the last that its paragraph states before it, where that is a single year. Two are the same if
    all that is stated of them is, or all but the year of one.
    """
    sums = [note for note in one.notes if isinstance(note, Figure) and note.label == "MONEY"]
    stated = [figure for figure in sums if figure.unit]
    if not stated:
        return None
    unit = Counter(str(figure.unit) for figure in stated).most_common(1)[0][0]
    twins: defaultdict[str, set[str]] = defaultdict(set)  # by id, the currencies of what it equals
    units = {figure.id: str(figure.unit) for figure in stated}
    for figure in stated:
        if figure.equals in units:
            twins[figure.id].add(units[figure.equals])
            twins[figure.equals].add(units[figure.id])
    years, called = _years(one.notes), labels(one)
    others: Counter[str] = Counter()
    amounts: list[Amount] = []
    unclear = 0
    for figure in stated:
        if figure.unit != unit:
            others[str(figure.unit)] += unit not in twins[figure.id]
            continue
        low, high = (figure.value, figure.value) if figure.value is not None else (figure.min, figure.max)
        if low is None or high is None:
            unclear += 1
            continue
        payer, payee, subject = (
            called.get(id, Label(id, "")) if id else NOBODY for id in (figure.payer, figure.payee, figure.subject)
        )
        sign = (_BOUNDS[figure.bound] if figure.bound else "") + "≈" * figure.approx
        amounts.append(Amount(low, high, years.get(figure.id), payer, payee, subject, figure.measure, sign))
    dated = {amount._replace(year=None) for amount in amounts if amount.year is not None}
    found = [amount for amount in dict.fromkeys(amounts) if amount not in dated]
    return Money(unit, found, len(amounts) - len(found), +others, unclear, len(sums) - len(stated))


def _years(notes: Sequence[Annotation]) -> dict[str, int]:
    """By id of an amount of money, its year."""
    years: dict[str, int] = {}
    paragraph, year = "", None
    for note in sorted(
        (note for note in notes if isinstance(note, Figure)), key=lambda note: (note.paragraph, note.letter_start)
    ):
        if note.paragraph != paragraph:
            paragraph, year = note.paragraph, None
        single = _single(note.edtf) if note.edtf and not note.bound else None
        if note.label == "DATE" and note.edtf:
            year = single
        elif note.label == "MONEY" and (own := year if single is None else single) is not None:
            years[note.id] = own
    return years


def _single(edtf: str) -> int | None:
    """The year that all of a date is in.

    >>> [_single(one) for one in ("2008-04", "2008-04/2008-09", "2008-04/2010-03", "2008-04/..", "200X")]
    [2008, 2008, None, None, None]
    """
    found = {match[1] if (match := _YEAR.fullmatch(part)) else None for part in edtf.split("/")}
    [year, *more] = found
    return int(year) if year and not more else None


class Spread(NamedTuple):
    """A name, and the paragraphs that mention it, by their place in reading order from 0, with how often."""

    name: Label
    places: Mapping[int, int]


def spread(one: Held, most: int) -> list[Spread]:
    """The names that are mentioned most, most first."""
    order = {paragraph.id: place for place, paragraph in enumerate(one.paragraphs)}
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for note in _mentions(one):
        if note.paragraph in order:
            found[_key(note)][order[note.paragraph]] += 1
    first = sorted(found, key=lambda key: (-found[key].total(), min(found[key]), key))[:most]
    called = labels(one)
    return [Spread(called[key], found[key]) for key in first]


class Together(NamedTuple):
    """Names, and for two of them by place in the list (the later first) how many paragraphs name both."""

    names: list[Label]
    pairs: Mapping[tuple[int, int], int]


def together(one: Held, most: int) -> Together:
    """Who appears with whom: of the names that stand in most paragraphs."""
    named: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for note in _mentions(one):
        named[note.paragraph][_key(note)] = None
    counts = Counter(key for keys in named.values() for key in keys)
    chosen = [key for key, count in counts.most_common(most)]
    place = {key: at for at, key in enumerate(chosen)}
    pairs: Counter[tuple[int, int]] = Counter()
    for keys in named.values():
        for first, second in combinations(sorted(place[key] for key in keys if key in place), 2):
            pairs[second, first] += 1
    called = labels(one)
    return Together([called[key] for key in chosen], pairs)


class Section(NamedTuple):
    """A section by its heading (empty where the text does not go out) and its ¶ numbers, with its claims by kind."""

    heading: str
    numbers: str
    kinds: Counter[str]


def sections(one: Held, most: int = 40) -> list[Section]:
    """The sections that hold claims, in reading order; of more than ``most``, neighbours are one. Where none are known,
    every ten paragraphs are one."""
    headings = {heading.id: heading.text or "" for heading in one.headings.values()}
    section: dict[str, str | None] = {
        p.id: getattr(one.headings.get(p.id), "id", None) if headings else f"{((p.number or 1) - 1) // 10}"
        for p in one.paragraphs
    }
    kinds: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for note in one.notes:
        if isinstance(note, Claim) and note.paragraph in section:
            kinds[section[note.paragraph]][note.label] += 1
    numbers: defaultdict[str | None, list[int]] = defaultdict(list)
    for paragraph in one.paragraphs:
        if paragraph.number is not None:
            numbers[section[paragraph.id]].append(paragraph.number)
    keys = [key for key in dict.fromkeys(section.values()) if kinds[key]]
    step = -(-len(keys) // most) or 1
    result = []
    for first in range(0, len(keys), step):
        group = keys[first : first + step]
        inside = sorted(number for key in group for number in numbers[key])
        span = "" if not inside else f"¶ {inside[0]}" + (f"–{inside[-1]}" if len(inside) > 1 else "")
        heading = headings.get(group[0] or "", "") if len(group) == 1 else ""
        if group == [None] and inside:
            heading = "無章節 no section"
        result.append(Section(heading, span, sum((kinds[key] for key in group), Counter[str]())))
    return result


def labels(one: Held) -> dict[str, Label]:
    """What is named, by the id of its name, in both languages; what has no name in either by the words of its first
    mention, or else its id."""
    mentions = _mentions(one)
    found = {_key(note): Label(_key(note), "") for note in mentions}
    found |= {_key(note): Label(note.text, "") for note in reversed(mentions) if note.text}
    for id, name in one.names.items():
        zh, en = name.zh_hant or name.zh_hans or "", name.en or name.abbr or next(iter(name.aka), "")
        found[id] = Label(zh, en) if zh or en else found.get(id, Label(id, ""))
    return found


def _mentions(one: Held) -> list[Entity]:
    return [note for note in one.notes if isinstance(note, Entity) and _key(note)]


def _key(note: Entity) -> str:
    return note.name or note.text or ""
