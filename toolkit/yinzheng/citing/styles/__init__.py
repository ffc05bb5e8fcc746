"""Styles: a function for the citation in the text, one for the entry in the list; both return an inline tree.

To add one: a module with `in_text(excerpt, reference)` and `entry(reference)`, and a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from ..excerpt import Excerpt
from ..inline import Inline
from ..reference import Reference
from . import apa, gbt7714


class Style(NamedTuple):
    """``heading``: what the list of references is called; ``language``: of the style's own words."""

    label: str
    language: Literal["zh", "en"]
    heading: str
    in_text: Callable[[Excerpt, Reference], Inline]
    entry: Callable[[Reference], Inline]


STYLES: dict[str, Style] = {
    "apa": Style("APA, 7th edition", "en", "References", apa.in_text, apa.entry),
    "gbt7714-2025": Style("GB/T 7714—2025, author and date", "zh", "參考文獻", gbt7714.in_text, gbt7714.entry),
}
DEFAULT = {"en": "apa", "zh": "gbt7714-2025"}
