"""Styles: a function for the citation in the text, one for the entry in the list; both return an inline tree.

To add one: a module with `in_text(excerpt, reference)` and `entry(reference, lang)`, and a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from ..excerpt import Excerpt
from ..inline import Inline
from ..reference import Reference
from . import apa, gbt7714


class Style(NamedTuple):
    """``heading``: what the list of references is called, by language tag; ``language``: of the style's own words.

    ``entry`` is told the language and script of the text around it.
    """

    label: str
    language: Literal["zh", "en"]
    heading: Callable[[str], str]
    in_text: Callable[[Excerpt, Reference], Inline]
    entry: Callable[[Reference, str], Inline]


STYLES: dict[str, Style] = {
    "apa": Style("APA, 7th edition", "en", lambda lang: "References", apa.in_text, apa.entry),
    "gbt7714-2025": Style("GB/T 7714—2025, author and date", "zh", gbt7714.heading, gbt7714.in_text, gbt7714.entry),
}
DEFAULT = {"en": "apa", "zh": "gbt7714-2025"}
