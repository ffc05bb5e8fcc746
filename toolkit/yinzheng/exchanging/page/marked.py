"""A paragraph's text with its annotations marked: pieces side by side, so that spans may overlap as they like. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise

# HTML knows no such characters, or changes them; one stands for one, so that offsets stay what they are.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]|[\ufffe\uffff]")
Marked = tuple[int, int, int, str]


def shown(text: str) -> str:
    """The text as HTML can hold it, character by character."""
    return _ODD.sub("\ufffd", text)


@lru_cache
def _together(*classes: str) -> str:
    return " ".join(dict.fromkeys(" ".join(classes).split()))


def marked(text: str, notes: Iterable[Marked], emphasis: Sequence[int], between: Mapping[int, str] = {}) -> str:
    """HTML. ``notes``: (start, end, number in the page, classes); ``emphasis``: flat, as in the record; ``between``:
    HTML to stand at places of the text.

    >>> marked("a & b", [(0, 5, 7, "c"), (4, 5, 8, "e")], [])
    '<mark class="c" data-n="7">a &amp; </mark><mark class="c e" data-n="7 8">b</mark>'
    """
    opens: dict[int, list[tuple[int, str]]] = defaultdict(list)
    closes: dict[int, list[int]] = defaultdict(list)
    for start, end, number, classes in notes:
        opens[start].append((number, classes))
        closes[end].append(number)
    text = shown(text)
    edges = sorted({0, len(text), *opens, *closes, *emphasis, *between})
    active: dict[int, str] = {}
    stressed = set(emphasis[::2]), set(emphasis[1::2])
    stress = False
    parts = []
    for start, end in pairwise(edges):
        if start in between:
            parts.append(between[start])
        for number in closes.get(start, ()):
            active.pop(number, None)
        active.update(opens.get(start, ()))
        stress = start in stressed[0] or (stress and start not in stressed[1])
        piece = escape(text[start:end], quote=False)
        if stress:
            piece = f"<em>{piece}</em>"
        if active:
            piece = f'<mark class="{_together(*active.values())}" data-n="{" ".join(map(str, active))}">{piece}</mark>'
        parts.append(piece)
    parts.append(between.get(len(text), ""))
    return "".join(parts)
