"""Definitions in parentheses: 中文名(English Name, ABBR), English Name (ABBR), English Name (中文), 以下簡稱「…」.

What is defined ends at the parenthesis; where it begins is found by the rules, else by the words before it.
"""

from __future__ import annotations

import re

from ...numerals import measures
from ...records import EntityLabel
from .candidate import Candidate, choose
from .heads import label_of
from .lexicon import LATIN, Lexicon, Row, lexicon, raw
from .lexicon import words as listed
from .persons import family_name, family_names, is_transcribed, persons
from .rules import chinese, rules
from .words import Words, is_word

WINDOW = 48
PAREN = re.compile(r"\(([^()\n]{2,100})\)")
_HAN = "㐀-鿿"
_LATIN_NAME = re.compile(rf"[{LATIN}][{LATIN} .,&'/-]*")
_ABBR = re.compile(rf"[{LATIN}&/-]*[A-Z][{LATIN}&/+-]*$")
_SHORT = re.compile(r"^(?:以下|下文)?(?:简称|下称|又称|或称|即)?(?:为)?[:：]?[“]?([一-龥A-Za-z0-9·]{2,12})[”]?$")
_SAYS_SHORT = re.compile(r"^(?:以下|下文|后文)?(?:简称|下称)")
BOUND = re.compile(r"[，。；：、！？,;:!?“”《》()\n]")


def define(text: str, form: str, match: re.Match[str], own: Lexicon) -> None:
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
        elif inside[-1:] == before[-1] and (name := _ended(before)) and _shortens(inside, before[name.start :]):
            _short(text, before, offset, inside, own)
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
    if (
        not english
        or english.split()[0].lower() in raw("english.no_definition")
        or not re.search("[A-Za-z]{2}", english)
    ):
        return
    if not short and " " not in english and re.fullmatch(r"[A-Z0-9][A-Z0-9&+-]{1,9}", english):
        short, english = english, None
    known = lexicon().latin.get(english or "") or lexicon().latin.get(short or "")
    said = known[0] if known else label_of(english) if english else None
    label: EntityLabel
    common = english is not None and english not in lexicon().latin and _is_common(english)
    if not common and (ended := _ended(before)):
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
        if not said and not common and len(before) - start < 3 and is_word(before[start:]):
            return  # 現場(Live): no definition of a word as common as that
        if common:
            label = "TERM"
        if label == "TERM" and not _is_term(before[start:], english or short or ""):
            return
        if label == "PERSON":
            start = _person_start(before, start)
    if label == "ORG":
        start = _with_place(before, start)
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
        short_person(surface, key, own)
        if english and " " in english:
            own.latin.setdefault(english.split()[-1], (label, key))


def _is_common(english: str) -> bool:
    """Whether English words are no name: in small letters, or all but the first (Lewis turning point)."""
    words = english.split()
    return english[0].islower() or (
        len(words) > 1 and all(word.islower() for word in words[1:]) and words[-1].isalpha()
    )


def _is_term(surface: str, english: str) -> bool:
    """Not 收縮壓(mmHg), 這一現象(as Lee notes), 訪談(Interview A)."""
    return (
        english not in measures().symbols
        and english not in ("the latter", "the former")
        and not re.fullmatch("[A-Z][a-z]+ (?:[A-Z]|[IVX]+)", english)
        and not any(word.kind in ("r", "m") for word in Words(surface))
    )


def _with_place(before: str, start: int) -> int:
    """A place stands within a name that is else made of common nouns: 日本|創新網絡公司, but 韓國 三星電子."""
    if _proper_run(before[start:]) or before[start:] in lexicon().han:
        return start
    places = [s for s, e, label, _ in lexicon().chinese(before) if e == start and label == "GPE"]
    return min(places, default=start)


def _ended(before: str) -> Candidate | None:
    """The name that ends where a parenthesis begins."""
    chosen = choose(c for c in chinese(before) if c.rank)
    return chosen[-1] if chosen and chosen[-1].end == len(before) and chosen[-1].end - chosen[-1].start > 1 else None


def _run_of_nouns(before: str) -> int:
    """Where the run of nouns that ends a text begins; its length where there is none."""
    words = Words(before)
    start = len(before)
    for word in reversed(words):
        fits = word.kind in listed("words.nouns") or (len(word.text) > 1 and not is_word(word.text)) or word.text == "·"
        fits = fits or word.text in listed("chinese.ORG.field")
        if word.kind == "v" and start == len(before) and len(word.text) > 1:
            fits = True
        if (
            word.text in listed("words.outside")
            or word.text in listed("words.verbs")
            or not fits
            or BOUND.match(word.text)
        ):
            break
        if len(before) - word.start > 16:
            break
        start = word.start
    return start


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
    if "·" in surface and len(names) > 1:
        return "PERSON"
    if all(name[0].isupper() for name in names) and len(names) <= 4 and is_transcribed(surface):
        return "PERSON" if len(names) > 1 or "·" in surface else "ORG"
    if (names[0] in raw("persons.first_names") or names[0] in raw("persons.eastern_surnames")) and 1 < len(names) < 5:
        return "PERSON" if len(surface) < 5 and not is_word(surface) else "TERM"
    chinese = surface[0] in family_names() and len(surface) < 5 and not is_word(surface)
    if chinese and 1 < len(names) < 4 and all(re.fullmatch(rf"[A-Z][{LATIN}'-]+|[A-Z]\.?", name) for name in names):
        return "PERSON"  # 李靜君(Ching Kwan Lee): no body's word, which `label_of` would have known
    return "ORG" if _proper_run(surface) else "TERM"


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


def _shortens(short: str, name: str) -> bool:
    """Whether a form has some characters of a name, in its order: 環保署 of 環境保護署."""
    left = iter(name)
    return 1 < len(short) < len(name) and all(c in left for c in short)


def _short(text: str, before: str, offset: int, short: str, own: Lexicon) -> None:
    """中文全名(以下簡稱“中文”)."""
    ended = _ended(before)
    start = ended.start if ended else _run_of_nouns(before)
    if start == len(before):
        return
    label: EntityLabel = ended.label if ended else "ORG" if _proper_run(before[start:]) else "TERM"
    surface = before[start:]
    key = (ended.key if ended else "") or f"{label}:{surface}"
    abbr = None if re.search(f"[{_HAN}]", short) else short
    row = Row(label, key, None, text[offset + start : offset + len(before)], None, abbr, "article")
    own.add(row, [], [surface, short])


def short_person(surface: str, key: str, own: Lexicon) -> None:
    """A full name defines the family name: by itself where it has two characters or more, else before a title."""
    family = family_name(surface)
    if family and len(family) < len(surface) < 7 and "·" not in surface:
        own.single[family] = key if own.single.get(family, key) == key else ""
        if len(family) > 1 and family not in lexicon().han:  # 福島, 千葉: rather the place
            own.han.setdefault(family, ("PERSON", key))
    if len(surface) > 2:
        own.han.setdefault(surface, ("PERSON", key))
    if "·" in surface and len(last := surface.rsplit("·", 1)[-1]) > 1 and not is_word(last):
        own.han.setdefault(last, ("PERSON", key))
