"""What the English styles share: kinds of works, titles and their marks, dates, pages, and the order of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ...bib import PersonName
from ..excerpt import Excerpt
from ..inline import Emph, Inline, Link, Text, inline, plain
from ..keys import surname
from ..marks import fitted
from ..phrases import phrase, remarks
from ..reference import Contributor, Reference
from . import zh

Kind = Literal["article", "newspaper", "chapter", "page", "thesis", "report", "book"]

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
_DATE = re.compile(r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_RANGE = re.compile(r"(?<![^\s,;])(\d+)–(\d+)(?![^\s,;])")
_ENDS = (".", "?", "!", "。", "？", "！")
_ARTICLES = re.compile(r"\A(?:an?|the)\s+(?=\S)", re.IGNORECASE)


def kind(reference: Reference) -> Kind:
    """What a work is, as far as the styles tell works apart."""
    said = reference.kind
    if said in zh.CHAPTERS and reference.container:
        return "chapter"
    if said == "newspaper" or "newspaper" in (reference.genre or "").casefold():
        return "newspaper"
    if said in zh.THESES:
        return "thesis"
    apart = reference.container is not None and reference.container != reference.publisher
    if said in ("article", "suppperiodical") or reference.issue or (apart and reference.volume and said != "book"):
        return "article"
    if said in zh.PAGES or (said == "misc" and reference.url):
        return "page"
    return "report" if said in ("report", "techreport") else "book"


def contributors(reference: Reference) -> tuple[Contributor, ...]:
    """Who rendered, reviewed or edited the work, beside its authors."""
    edited = reference.authors and reference.editors and kind(reference) != "chapter"
    return (*reference.contributors, *([Contributor(reference.editors, "ed.")] if edited else []))


def site(reference: Reference) -> str | None:
    """The web site that a page stands on, if it is not its author."""
    name = reference.container or reference.publisher
    return None if name in [one.literal for one in reference.authors] else name


def degree(reference: Reference, doctoral: str, master: str) -> str:
    """What a thesis is for: as a style says it, or as the source does."""
    said = reference.genre or reference.kind
    known = {"phdthesis": doctoral, "mathesis": master, "mastersthesis": master}
    return known.get(said, reference.genre or "thesis")


def translated_title(reference: Reference) -> str | None:
    """The English title of a work that a Chinese edition renders, as published: the one translation of the edition's
    own title that a source gives. Its capitals stay, for none but a reader can tell names from other words."""
    original = reference.original
    if original is None or original.lang != "en" or reference.lang == "en" or original.title_translated:
        return None
    return original.title


def quoted(title: str, marks: str = "“”") -> str:
    """A title between marks, with its own fitted to them: “The ‘Example’ Title”, ‘The “Example” Title’."""
    return f"{marks[0]}{fitted(title, 'en', 1 if marks == '“”' else 0)}{marks[1]}"


def short_title(reference: Reference, *, article: bool = False, native: bool = False) -> str:
    """The title in a few words: what the entry gives as such, else the main title, and without a first A, An, The
    unless a style wants the ``article``; ``native``: in the writing of the work, where a style lists it by that."""
    title = (reference.title if native else reference.title_latn) or reference.title
    if title is None:
        return reference.key
    main = re.split(r"[：—]|: |:(?=[\u2e80-\U000e0000])", title, maxsplit=1)[0].strip() or title
    return reference.short_title or (main if article else _ARTICLES.sub("", main))


def ended(tree: Inline, mark: str) -> Inline:
    """The tree with a comma or full stop as Americans set it: inside a closing quotation mark. What ends in ? or ! gets
    no full stop, and keeps its comma."""
    words = plain(tree)
    core = words.rstrip("”’" if "‘" in words else "”")
    if not words or (mark == "." and (core.endswith(_ENDS) or words.endswith(_ENDS))):
        return tree
    closing = words[len(core) :]
    last = tree[-1]
    if closing and isinstance(last, Text) and len(last.text) >= len(closing):
        return (*tree[:-1], Text(last.text[: len(last.text) - len(closing)] + mark + closing))
    return inline(tree, mark)


def sentences(*parts: str | Inline | None) -> Inline:
    """Parts with a full stop behind each, as Americans set it."""
    return _spaced([ended(tree, ".") for tree in _said(parts)])


def commas(*parts: str | Inline | None) -> Inline:
    """Parts with commas between them, as Americans set them."""
    trees = _said(parts)
    return _spaced([*(ended(tree, ",") for tree in trees[:-1]), *trees[-1:]])


def _said(parts: Sequence[str | Inline | None]) -> list[Inline]:
    """Those that have words."""
    return [tree for part in parts if plain(tree := inline(part)).strip()]


def _spaced(trees: Sequence[Inline]) -> Inline:
    return tuple(node for tree in trees for node in (Text(" "), *tree))[1:]


def capital(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def date(text: str | None) -> tuple[str, str, int] | None:
    """(year, name of the month, day), "" and 0 for what is not said; None for a range or what is no date."""
    match = _DATE.fullmatch(text or "")
    if match is None:
        return None
    return match[1], MONTHS[int(match[2]) - 1] if match[2] else "", int(match[3] or 0)


def year(reference: Reference, none: str, circa: str = "ca. ", letter: str = "-") -> str:
    """2021, 2021a, 2001–2005, ca. 2001; ``none`` (n.d.) where there is none, ``letter`` before a letter behind it."""
    said = reference.date or ""
    if not reference.year:
        return f"{none}{letter}{reference.letter}" if reference.letter else none
    if span := re.fullmatch(r"(\d{4})/(\d{4})", said):
        return f"{span[1]}–{span[2]}{reference.letter}"
    return (circa if re.fullmatch(r"-?\d{4}[~?%]", said) else "") + (reference.dated or "")


def pages(text: str) -> str:
    """A stretch of pages with an en dash."""
    return re.sub(r"\s*(?:-{1,3}|–)\s*", "–", text)


def paged(text: str, one: str = "p. ", several: str = "pp. ") -> str:
    """p. 4, pp. 4–5; what is no number (扉頁) as printed."""
    text = pages(text)
    if re.search(r"[\u2e80-\U000e0000]", text):
        return text
    return f"{several if re.search('[–,]', text) else one}{text}"


def chicago_pages(text: str) -> str:
    """Only the part of the second number that changes, from 101 on at least two figures unless less than ten change.

    >>> [chicago_pages(p) for p in ("71-72", "100-104", "101-108", "321-325", "1496-1500", "498-532")]
    ['71–72', '100–104', '101–8', '321–25', '1496–500', '498–532']
    """

    def short(match: re.Match[str]) -> str:
        first, last = match[1], match[2]
        if len(first) != len(last) or int(first) < 100 or int(first) % 100 == 0 or int(last) <= int(first):
            return match[0]
        least = 1 if int(first) % 100 < 10 else 2
        return f"{first}–{_changed(first, last, least)}"

    return _RANGE.sub(short, pages(text))


def mla_pages(text: str) -> str:
    """The last two figures of the second number, or as many as change.

    >>> [mla_pages(p) for p in ("96-101", "101-108", "395-401", "1608-1774", "21-48")]
    ['96–101', '101–08', '395–401', '1608–774', '21–48']
    """

    def short(match: re.Match[str]) -> str:
        first, last = match[1], match[2]
        if len(first) != len(last) or len(first) < 3 or int(last) <= int(first):
            return match[0]
        return f"{first}–{_changed(first, last, 2)}"

    return _RANGE.sub(short, pages(text))


def _changed(first: str, last: str, least: int) -> str:
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 0)
    return last[min(same, len(last) - least) :]


def ordinal(edition: str | None, word: str) -> str:
    """2nd ed.; the first is not said, and what is no number stands as printed."""
    if not (edition or "").isdecimal():
        return edition or ""
    number = int(edition or "")
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} {word}" if number > 1 else ""


def numeric(issue: str) -> bool:
    """Whether an issue is a number to put "no." before; 2023年第50期 stands as printed."""
    return bool(re.fullmatch(r"\d+(?:[-–/]\d+)?", issue))


def issue(reference: Reference) -> str:
    """The issue; of what belongs to no series, its number."""
    return pages(reference.issue or ("" if reference.series else reference.number) or "")


def address(reference: Reference) -> Link | None:
    """The DOI as an address, else the URL."""
    if reference.doi:
        return Link("https://doi.org/" + re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", reference.doi.strip()))
    return Link(reference.url) if reference.url else None


def unverified(reference: Reference) -> str:
    """What nobody has confirmed."""
    return f" [Not verified: {reference.unverified}]" if reference.unverified else ""


def voice(excerpt: Excerpt) -> str:
    """Whose words they are, if not the author's: translator’s note in."""
    return f"{phrase(excerpt.whose, 'en')} " if excerpt.whose in ("translator", "editor") else ""


def said(excerpt: Excerpt) -> list[str]:
    """What must be said of the words quoted."""
    return remarks("en", emphasis=bool(excerpt.emphasis), script_from=excerpt.script_from)


def gloss(excerpt: Excerpt, brackets: str) -> Inline:
    """The writer's own translation, in brackets and labelled; behind a sentence the label is one too."""
    own, label = excerpt.gloss, phrase("gloss", "en")
    said = f"{own} {capital(label)}." if (own or "").endswith((".", "?", "!")) else f"{own}; {label}"
    return inline(f" {brackets[0]}{said}{brackets[1]}" if own else None)


def italic(title: str) -> Inline:
    """A title set apart."""
    return (Emph(title),)


def order(reference: Reference, *, by_title: bool = False) -> tuple[object, ...]:
    """By authors, letter by letter, then year and title, or ``by_title`` the title alone; without authors by the title.

    Names in Chinese stand by the reading of their surname, titles in Chinese behind others.
    """
    names = reference.authors_latn or reference.creators
    who = [_sorted_name(name) for name in names]
    title = _ARTICLES.sub("", (reference.title_latn or reference.title or "").casefold().lstrip("“‘「『《〈"))
    dated = "" if by_title else reference.year or ""
    return who or [(title, "")], dated, reference.letter, title


def _sorted_name(name: PersonName) -> tuple[str, str]:
    family = name.family or name.literal
    if zh.written(family) == "zh":
        return surname(name), family + name.given
    return family.casefold(), name.given.casefold()
