"""Styles: a function for the citation of an excerpt, one for the entry in the list; both return inline trees.

To add one: a module with `cite(excerpt, reference, place)` and `entry(reference, lang)`, and a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal, NamedTuple

from ..bundle import NEAREST, Engines
from ..cited import Cited, Place
from ..excerpt import Excerpt
from ..inline import Inline
from ..reference import Reference
from . import apa, apa_zh, chicago, en, gbt7714, guowen_xuebao, harvard, lishi_yanjiu, mla, zh


class Style(NamedTuple):
    """How works are cited.

    ``language``: of the style's own words. ``kind``: whether a citation stands in the text, in a note, or is a number.
    ``block``: from how many English words, and how many characters of Chinese, a quotation is set as a block.
    ``heading``: what the list of references is called, by language tag. ``order``: the key that the list is sorted by;
    None for the order of citing. ``entry`` is told the language and script of the text around it; ``again`` makes the
    entry where the one above it is by the same authors, in a style that does not repeat their names. ``ellipsis``: what
    stands in English words for those left out. ``engines``: what the style is called in other programs.
    """

    label: str
    language: Literal["zh", "en"]
    kind: Literal["author-date", "note", "numeric", "author-page"]
    block: tuple[int, int]
    heading: Callable[[str], str]
    cite: Callable[[Excerpt, Reference, Place], Cited]
    entry: Callable[[Reference, str], Inline]
    order: Callable[[Reference], Any] | None = None
    again: Callable[[Reference, str], Inline] | None = None
    ellipsis: str = "…"
    engines: Engines = NEAREST


def _chinese(
    label: str, kind: Literal["author-date", "note", "numeric"], style: Any, heading: Callable[[str], str] = zh.heading
) -> Style:
    order = None if kind == "numeric" else zh.order
    return Style(label, "zh", kind, (40, 100), heading, style.cite, style.entry, order)


def _english(
    label: str, kind: Literal["author-date", "note", "author-page"], style: Any, heading: str, block: tuple[int, int]
) -> Style:
    order = partial(en.order, by_title=True) if kind != "author-date" else en.order
    again = getattr(style, "again", None)
    dots = getattr(style, "ELLIPSIS", "…")
    return Style(label, "en", kind, block, lambda _: heading, style.cite, style.entry, order, again, dots)


STYLES: dict[str, Style] = {
    "apa": _english("APA, 7th edition", "author-date", apa, "References", (40, 100)),
    "chicago-notes": _english(
        "Chicago, 18th edition, notes", "note", chicago.Chicago(notes=True), "Bibliography", (100, 200)
    ),
    "chicago-author-date": _english(
        "Chicago, 18th edition, author and date", "author-date", chicago.Chicago(notes=False), "References", (100, 200)
    ),
    "mla": _english("MLA, 9th edition", "author-page", mla, "Works Cited", (50, 100)),
    "harvard": _english("Harvard, Cite Them Right", "author-date", harvard, "Reference list", (40, 100)),
    "gbt7714-2025": _chinese("GB/T 7714—2025, author and date", "author-date", gbt7714.Standard(2025)),
    "gbt7714-2025-numeric": _chinese("GB/T 7714—2025, numbered", "numeric", gbt7714.Standard(2025, numeric=True)),
    "gbt7714-2015": _chinese("GB/T 7714—2015, author and date", "author-date", gbt7714.Standard(2015)),
    "gbt7714-2015-numeric": _chinese("GB/T 7714—2015, numbered", "numeric", gbt7714.Standard(2015, numeric=True)),
    "apa-zh": _chinese("APA, 7th edition, in Chinese", "author-date", apa_zh),
    "lishi-yanjiu": _chinese("《歷史研究》, footnotes", "note", lishi_yanjiu.STYLE),
    "guowen-xuebao": _chinese("《國文學報》, footnotes", "note", guowen_xuebao.STYLE, guowen_xuebao.heading),
}
# GB/T 7714—2025 in Typst: only the edition before it is there.
_ENGINES = {
    "apa": ("[backend=biber, style=apa]{biblatex}", "apa"),
    "apa-zh": ("[backend=biber, style=apa]{biblatex}", "apa"),
    "chicago-notes": ("[backend=biber, notes]{biblatex-chicago}", "chicago-notes"),
    "chicago-author-date": ("[backend=biber, authordate]{biblatex-chicago}", "chicago-author-date"),
    "mla": ("[backend=biber, style=mla]{biblatex}", "mla"),
    "harvard": ("[backend=biber, style=authoryear]{biblatex}", "harvard-cite-them-right"),
    "gbt7714-2025": ("[backend=biber, style=gb7714-2025ay]{biblatex}", "gb-7714-2015-author-date"),
    "gbt7714-2025-numeric": ("[backend=biber, style=gb7714-2025]{biblatex}", "gb-7714-2015-numeric"),
    "gbt7714-2015": ("[backend=biber, style=gb7714-2015ay]{biblatex}", "gb-7714-2015-author-date"),
    "gbt7714-2015-numeric": ("[backend=biber, style=gb7714-2015]{biblatex}", "gb-7714-2015-numeric"),
    "lishi-yanjiu": ("[backend=biber, style=verbose]{biblatex}", "chicago-notes"),
    "guowen-xuebao": ("[backend=biber, style=verbose]{biblatex}", "chicago-notes"),
}
STYLES = {name: style._replace(engines=Engines(*_ENGINES[name])) for name, style in STYLES.items()}
DEFAULT = {"en": "apa", "zh": "gbt7714-2025"}
