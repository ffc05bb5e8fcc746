"""The inline tree: what a style returns and a format prints. Neither knows the other."""

from __future__ import annotations

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
