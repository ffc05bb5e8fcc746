"""The inline tree: what a style returns and a format prints. Neither knows the other."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Emph:
    """A title that a style sets apart (italics)."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A URL or DOI, printed as it is."""

    url: str


@dataclass(frozen=True, slots=True)
class Sup:
    """What stands raised: the number of a reference, the page behind it."""

    text: str


_ISOLATES, _END = "\u2066\u2067\u2068", "\u2069"
_TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_DIRECTION = re.compile(f"[{_ISOLATES}{_END}{_TURNS}]")
_RAISED = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_RAISABLE = set("0123456789-–")

Node = Text | Emph | Link | Sup
Inline = tuple[Node, ...]


def inline(*parts: str | Node | Inline | None) -> Inline:
    """Parts in a row; strings are words, None and "" are nothing."""
    result: list[Node] = []
    for part in parts:
        if isinstance(part, tuple):
            result += part
        elif isinstance(part, str):
            result += [Text(part)] if part else []
        elif part is not None:
            result.append(part)
    return tuple(result)


def plain(tree: Inline) -> str:
    """The words of a tree. Plain text raises figures: the page behind a citation is never read as a part of it."""
    return "".join(map(_plain, tree))


def _plain(node: Node) -> str:
    if isinstance(node, Link):
        return node.url
    if isinstance(node, Sup) and set(node.text) <= _RAISABLE:
        return node.text.translate(_RAISED)
    return node.text


def isolated(text: str) -> str:
    """The text with its marks of direction enclosed, so that none that was left open turns what follows.

    >>> isolated("a"), isolated("\\u202ea") == isolated(isolated("\\u202ea")) == "\\u2068\\u202ea\\u2069"
    ('a', True)
    """
    opened = closed = 0  # isolates that the words leave open; ends that close none of theirs
    bare = False
    for match in _DIRECTION.finditer(text):
        if match.group() in _ISOLATES:
            opened += 1
        elif match.group() == _END:
            opened, closed = (opened - 1, closed) if opened else (0, closed + 1)
        else:
            bare = bare or not opened
    if not (opened or closed or bare):
        return text
    return "\u2068" * (closed + 1) + text + _END * (opened + 1)
