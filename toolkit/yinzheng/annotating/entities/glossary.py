"""What a document itself says of its names: 中文名(English Name, ABBR), English Name (ABBR), 以下簡稱「…」, full names.

Read once, over the whole document in order; what it defines holds everywhere in it. Only the surroundings of each
definition are looked at closely, so that the reading is cheap, and what is kept is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ...records import EntityLabel
from .candidate import Candidate, choose
from .fold import fold
from .latin import label_of, proper_words
from .lexicon import LATIN, Lexicon, Row, lexicon, raw
from .lexicon import words as listed
from .persons import persons
from .rules import chinese, rules
from .words import Words, is_word

MOST = 20_000  # names, and as many words
WINDOW = 48
_PAREN = re.compile(r"\(([^()\n]{2,100})\)")
_HAN = "㐀-鿿"
_LATIN_NAME = re.compile(rf"[{LATIN}][{LATIN} .,&'/-]*")
_ABBR = re.compile(rf"[{LATIN}&/-]*[A-Z][{LATIN}&/+-]*$")
_SHORT = re.compile(r"^(?:以下|下文)?(?:简称|下称|又称|或称|即)?(?:为)?[:：]?[“]?([一-龥A-Za-z0-9·]{2,12})[”]?$")
_SAYS_SHORT = re.compile(r"^(?:以下|下文|后文)?(?:简称|下称)")
_BOUND = re.compile(r"[，。；：、！？,;:!?“”《》()\n]")
_FULL = re.compile(r"(?<![A-Za-z])([A-Z][a-z]+)(?: [A-Z]\.| [A-Z][a-z]+)? ([A-Z][a-zA-Z'-]+)(?![A-Za-z])")
_NOT_ENGLISH = frozenset(
    ["see", "e.g.", "i.e.", "eds", "ed", "trans", "cf", "ibid", "note", "emphasis", "source", "sic"]
)


@dataclass(slots=True)
class Glossary:
    """``own``: the forms that the document defines, with label and key; its ``rows`` say what the article gives:
    a Chinese form, an English one, an abbreviation, as printed. ``proper``: capitalised words amid its sentences."""

    own: Lexicon = field(default_factory=Lexicon)
    proper: set[str] = field(default_factory=set)


def glossary(texts: Iterable[str]) -> Glossary:
    """What a document defines."""
    found = Glossary()
    for text in texts:
        form = fold(text)
        for match in _PAREN.finditer(form):
            _define(text, form, match, found.own)
        _people(form, found.own)
        if len(found.proper) < MOST:
            found.proper.update(proper_words(form))
    found.own.finish()
    return found


def _define(text: str, form: str, match: re.Match[str], own: Lexicon) -> None:
    if len(own.rows) >= MOST:
        return
    start, inside = match.start(), match[1].strip()
    end = len(form[:start].rstrip(" ")) if form[start - 1 : start] == " " else start
    while end and form[end - 1] in "》”":
        end -= 1
    before = form[max(0, end - WINDOW) : end]
    if not before:
        return
    offset = end - len(before)
    if re.match(f"[{_HAN}]", before[-1]):
        if _SAYS_SHORT.match(inside) and (short := _SHORT.match(inside)):
            _short(text, before, offset, short[1], own)
        elif _LATIN_NAME.fullmatch(inside) and inside[0].isalpha():
            _bilingual(text, before, offset, inside, own)
    elif re.match(f"[{LATIN}]", before[-1]):
        if re.fullmatch(f"[{_HAN}·]{{2,20}}", inside):
            _with_chinese(text, before, inside, match.start(1), own)
        elif _ABBR.fullmatch(inside) and 1 < len(inside) <= 10 and not inside.isdigit():
            _abbreviated(before, inside, own)


def _bilingual(text: str, before: str, offset: int, inside: str, own: Lexicon) -> None:
    """中文(English, ABBR), 中文(ABBR), 中文(English)."""
    parts = [part.strip() for part in re.split("[,，;/] ", inside)]
    short = (
        parts.pop()
        if len(parts) > 1
        and _ABBR.fullmatch(parts[-1])
        and " " not in parts[-1]
        and sum(map(str.isupper, parts[-1])) > 1
        else None
    )
    english: str | None = ", ".join(parts)
    if not english or english.split()[0].lower() in _NOT_ENGLISH or not re.search("[A-Za-z]{2}", english):
        return
    if not short and " " not in english and re.fullmatch(r"[A-Z0-9][A-Z0-9&+-]{1,9}", english):
        short, english = english, None
    known = lexicon().latin.get(english or "") or lexicon().latin.get(short or "")
    said = known[0] if known else label_of(english) if english else None
    ended = _ended(before)
    label: EntityLabel
    common = english is not None and english[0].islower() and english not in lexicon().latin
    if ended and not common:
        start, label, key = ended.start, ended.label, ended.key
        if said and said != label and ended.score < 0.9:
            label = said
            wider = _run_of_nouns(before)
            start = min(start, wider) if said in ("ORG", "LAW") and _proper_run(before[wider:]) else start
    else:
        start, key = _run_of_nouns(before), ""
        if start == len(before):
            return
        label = said or _guessed(before[start:], english, short)
        if common:
            label = "TERM"
        if label == "PERSON":
            start = _person_start(before, start)
    surface = before[start:]
    if known and said and not common and label == said:
        key = known[1]
    key = key or f"{label}:{surface}"
    hant = text[offset + start : offset + len(before)]
    own.add(
        Row(label, key, english, hant, None, short, "article"),
        [f for f in (english, short) if f and len(f) > 1],
        [surface],
    )
    if label == "TERM" and english:
        own.latin.setdefault(english[:1].upper() + english[1:], (label, key))
        own.latin.setdefault(english.lower(), (label, key))
    if label == "PERSON":
        _short_person(surface, key, own)
        if english and " " in english:
            own.latin.setdefault(english.split()[-1], (label, key))


def _ended(before: str) -> Candidate | None:
    """The name that ends where a parenthesis begins."""
    chosen = choose(c for c in chinese(before) if c.rank)
    return chosen[-1] if chosen and chosen[-1].end == len(before) and chosen[-1].end - chosen[-1].start > 1 else None


def _run_of_nouns(before: str) -> int:
    """Where the run of nouns that ends a text begins; its length where there is none."""
    words = Words(before)
    start = len(before)
    for word in reversed(words):
        fits = word.kind in _NOUNS or (len(word.text) > 1 and not is_word(word.text)) or word.text == "·"
        if word.kind == "v" and start == len(before) and len(word.text) > 1:
            fits = True
        if (
            word.text in listed("words.outside")
            or word.text in listed("words.verbs")
            or not fits
            or _BOUND.match(word.text)
        ):
            break
        if len(before) - word.start > 16:
            break
        start = word.start
    return start


_NOUNS = frozenset(
    [
        "n",
        "ns",
        "nr",
        "nrt",
        "nrfg",
        "nz",
        "nt",
        "vn",
        "j",
        "b",
        "an",
        "eng",
        "g",
        "ng",
        "s",
        "l",
        "i",
        "a",
        "vg",
        "nrj",
        "ag",
        "zg",
        "tg",
        "k",
        "h",
        "d",
        "vd",
    ]
) - {"d", "vd", "zg"}


def _proper_run(text: str) -> bool:
    return any(
        word.kind in ("nr", "nrt", "nz", "ns") or (len(word.text) > 1 and not is_word(word.text))
        for word in Words(text)
    )


def _guessed(surface: str, english: str | None, short: str | None) -> EntityLabel:
    """What a Chinese name with an English one is, where neither has a telling form: a common noun is a TERM."""
    if not english:
        return "ORG" if _proper_run(surface) else "TERM"
    names = english.split()
    if (
        2 <= len(names) <= 4
        and all(name[0].isupper() for name in names)
        and (names[0] in raw("persons.first_names") or names[0] in raw("persons.eastern_surnames") or "·" in surface)
    ):
        return "PERSON"
    if not _proper_run(surface) and len(surface) > 2:
        return "TERM"
    if 2 <= len(names) <= 3 and all(name[0].isupper() for name in names):
        return "PERSON"
    return "ORG"


def _person_start(before: str, start: int) -> int:
    found = [c for c in persons(before, Words(before)) if c.end == len(before)]
    return max(found, key=lambda c: (c.rank, c.end - c.start)).start if found else start


def _with_chinese(text: str, before: str, inside: str, at: int, own: Lexicon) -> None:
    """English Name (中文)."""
    chosen = [c for c in choose(rules(before, ())) if c.end == len(before)]
    if not chosen:
        match = re.search(rf"[A-Za-z][{LATIN}-]*$", before)
        if match and not match[0][0].isupper():
            own.add(
                Row("TERM", f"TERM:{inside}", match[0], text[at : at + len(inside)], None, None, "article"),
                [match[0]],
                [inside],
            )
        return
    one = chosen[0]
    known = lexicon().han.get(inside)
    key = one.key or (known[1] if known else f"{one.label}:{inside}")
    english = before[one.start :]
    own.add(
        Row(known[0] if known else one.label, key, english, text[at : at + len(inside)], None, None, "article"),
        [english],
        [inside],
    )


def _abbreviated(before: str, short: str, own: Lexicon) -> None:
    """English Name (ABBR): the initials must be those of the words."""
    chosen = [c for c in choose(rules(before, ())) if c.end == len(before)]
    letters = "".join(c for c in short if c.isupper())
    start, label, key = (chosen[0].start, chosen[0].label, chosen[0].key) if chosen else (len(before), None, "")
    initials = [m.start() for m in re.finditer(rf"(?<![{LATIN}])[{LATIN}]", before)]
    for at in reversed(initials):  # the words whose initials spell it
        words = re.findall(rf"[{LATIN}]+", before[at:])
        spelt = "".join(word[0] for word in words if word[0].isupper())
        if spelt == letters and len(words) > 1 and before[at].isupper():
            if label is None or at < start:
                start, key = at, ""
                label = label_of(before[at:]) or label or "ORG"
            break
    if label is None or len(before) - start <= len(short):
        return
    english = before[start:]
    own.add(Row(label, key or f"{label}:{english}", english, None, None, short, "article"), [english, short], [])


def _short(text: str, before: str, offset: int, short: str, own: Lexicon) -> None:
    """中文全名(以下簡稱“中文”)."""
    ended = _ended(before)
    start = ended.start if ended else _run_of_nouns(before)
    if start == len(before):
        return
    label: EntityLabel = ended.label if ended else "ORG" if _proper_run(before[start:]) else "TERM"
    surface = before[start:]
    key = (ended.key if ended else "") or f"{label}:{surface}"
    own.add(
        Row(label, key, None, text[offset + start : offset + len(before)], None, short, "article"), [], [surface, short]
    )


def _people(form: str, own: Lexicon) -> None:
    """Full names, which define the short ones: 岸田文雄 … 岸田, 馬克斯·韋伯 … 韋伯, Seohee Park … Park."""
    if len(own.rows) >= MOST:
        return
    for match in _FULL.finditer(form):
        first, last = match[1], match[2].removesuffix("'s").removesuffix("'")
        full = form[match.start() : match.start(2)] + last
        known = lexicon().latin.get(full)
        if known and known[0] == "PERSON" and last not in lexicon().latin:
            own.latin.setdefault(last, known)
        elif not known and first in raw("persons.first_names") and full not in own.latin and label_of(full) is None:
            forms = [full] + [last] * (last not in lexicon().latin and last not in raw("english.not_names"))
            own.add(Row("PERSON", f"PERSON:{full}", full, None, None, None, "article"), forms, [])
    for match in _roles().finditer(form):
        window = form[match.end() : match.end() + 14]
        window = form[max(0, match.start()) : match.end()] + (_BOUND.split(window, maxsplit=1)[0] + "，")
        for one in persons(window, Words(window)):
            if one.rank and one.start == match.end() - match.start():
                surface = window[one.start : one.end]
                key = known[1] if (known := lexicon().han.get(surface)) else f"PERSON:{surface}"
                _short_person(surface, key, own)
    for match in re.finditer("[一-龥]{1,6}(?:·[一-龥]{1,7})+", form):
        if (known := lexicon().han.get(match[0])) is None:
            last = match[0].rsplit("·", 1)[-1]
            own.han.setdefault(last, ("PERSON", f"PERSON:{match[0]}")) if len(last) > 1 and not is_word(last) else None


def _short_person(surface: str, key: str, own: Lexicon) -> None:
    for size in (3, 2):
        if surface[:size] in listed("persons.japanese") and len(surface) > size:
            own.han.setdefault(surface[:size], ("PERSON", key))
            break
    if len(surface) > 2:
        own.han.setdefault(surface, ("PERSON", key))
    if "·" in surface and len(last := surface.rsplit("·", 1)[-1]) > 1:
        own.han.setdefault(last, ("PERSON", key))


@cache
def _roles() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(listed("persons.roles"), key=len, reverse=True)) + ")(?=[一-龥]{2})")
