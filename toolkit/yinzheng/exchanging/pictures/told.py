"""What the pictures show, as numbers: of names, numbers and values alone, so that no text is needed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from ...records import Annotation, Claim, Entity, Figure, Name
from ..held import Held

_YEAR = re.compile(r"(\d{4})(?:-\d\d.*)?[~?%]?")


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
    """A sum of money as stated: ``low`` and ``high`` are one number where it is no range."""

    low: float
    high: float
    year: int | None
    payer: Label
    payee: Label
    subject: Label
    measure: str | None


@dataclass(frozen=True)
class Money:
    """Amounts in one currency, in reading order, each once. ``others``: how many are stated in another currency only;
    ``unclear``: how many have no single value or range."""

    unit: str
    amounts: list[Amount]
    others: Counter[str] = field(default_factory=Counter)
    unclear: int = 0


def money(one: Held) -> Money | None:
    """The amounts in the currency in which most are stated. One that the source itself converts into it
    (``equals``) is there already and not left out; nothing is ever converted by a rate from elsewhere.

    An amount's year is the last that its paragraph states before it, where that is a single year.
    """
    stated = [note for note in one.notes if isinstance(note, Figure) and note.label == "MONEY" and note.unit]
    if not stated:
        return None
    unit = Counter(str(figure.unit) for figure in stated).most_common(1)[0][0]
    twins: defaultdict[str, set[str]] = defaultdict(set)  # by id, the currencies of what it equals
    units = {figure.id: str(figure.unit) for figure in stated}
    for figure in stated:
        if figure.equals in units:
            twins[figure.id].add(units[figure.equals])
            twins[figure.equals].add(units[figure.id])
    years = _years(one.notes)
    found: dict[tuple[object, ...], Amount] = {}
    result = Money(unit, [])
    unclear = 0
    for figure in stated:
        if figure.unit != unit:
            result.others[str(figure.unit)] += unit not in twins[figure.id]
            continue
        low, high = (figure.value, figure.value) if figure.value is not None else (figure.min, figure.max)
        if low is None or high is None:
            unclear += 1
            continue
        payer, payee, subject = (
            label(one.names[id]) if id and id in one.names else NOBODY
            for id in (figure.payer, figure.payee, figure.subject)
        )
        amount = Amount(low, high, years.get(figure.id), payer, payee, subject, figure.measure)
        same = (*amount[:2], *amount[3:])  # stated again, with its year or without
        if same not in found or found[same].year is None:
            found[same] = amount
    return Money(unit, list(found.values()), +result.others, unclear)


def _years(notes: Sequence[Annotation]) -> dict[str, int]:
    """By id of an amount of money, its year."""
    years: dict[str, int] = {}
    paragraph, year = "", None
    for note in sorted(
        (note for note in notes if isinstance(note, Figure)), key=lambda note: (note.paragraph, note.letter_start)
    ):
        if note.paragraph != paragraph:
            paragraph, year = note.paragraph, None
        single = _YEAR.fullmatch(note.edtf) if note.edtf and not note.bound else None
        if note.label == "DATE" and note.edtf:
            year = int(single[1]) if single else None
        elif note.label == "MONEY" and (own := int(single[1]) if single else year) is not None:
            years[note.id] = own
    return years


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
    return [Spread(label(one.names.get(key), key), found[key]) for key in first]


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
    return Together([label(one.names.get(key), key) for key in chosen], pairs)


class Section(NamedTuple):
    """A section by its heading (empty where the text does not go out) and its ¶ numbers, with its claims by kind."""

    heading: str
    numbers: str
    kinds: Counter[str]


def sections(one: Held, held: Sequence[Held] = (), most: int = 40) -> list[Section]:
    """The sections that hold claims, in reading order; of more than ``most``, neighbours are one. A text without
    headings has those of the one among ``held`` that it is aligned with; else every ten paragraphs are a section."""
    section = {paragraph.id: paragraph.section for paragraph in one.paragraphs}
    headings = {paragraph.id: paragraph.text or "" for paragraph in one.paragraphs}
    if not any(section.values()):
        for other in held:
            theirs = {paragraph.id: paragraph for paragraph in other.paragraphs if paragraph.section}
            headings |= {paragraph.id: paragraph.text or "" for paragraph in other.paragraphs}
            for link in one.links:
                for mine, there in ((link.source, link.target), (link.target, link.source)):
                    if link.status != "suggested" and there in theirs and section.get(mine, "") is None:
                        section[mine] = theirs[there].section
    if not any(section.values()):
        section = {p.id: f"{((p.number or 1) - 1) // 10}" for p in one.paragraphs}
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
        result.append(Section(heading, span, sum((kinds[key] for key in group), Counter[str]())))
    return result


def label(name: Name | None, words: str = "") -> Label:
    """A name in both languages; one without an entry by its words."""
    if name is None:
        return Label(words, "")
    return Label(name.zh_hant or name.zh_hans or "", name.en or name.abbr or "")


def _mentions(one: Held) -> list[Entity]:
    return [note for note in one.notes if isinstance(note, Entity) and _key(note)]


def _key(note: Entity) -> str:
    return note.name or note.text or ""
