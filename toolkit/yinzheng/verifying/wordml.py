"""The XML of Word documents, as both the reader of manuscripts and the writer of comments walk it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is not in the text: deleted words, readings above characters, what another version of Word would show.
_GONE = {W + "del", W + "moveFrom", W + "rt", W + "rPr", W + "pPr", W + "delText", _FALLBACK}
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}


class Piece(NamedTuple):
    """A thing in a paragraph: ``text`` for words, else "" and the ``element`` says what it is. ``closes``: the end of
    a simple field."""

    element: Any
    text: str
    closes: bool = False


def paragraphs(root: Any) -> list[Any]:
    """All paragraphs in document order, those in tables and text boxes too."""
    return [p for p in root.iter(W + "p") if not any(a.tag == _FALLBACK for a in p.iterancestors(_FALLBACK))]


def pieces(paragraph: Any) -> Iterator[Piece]:
    """What stands in a paragraph, in order; not what stands in a paragraph within it."""
    stack: list[Any] = [iter(paragraph)]
    open_ones: list[Any] = [paragraph]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            done = open_ones.pop()
            if done.tag == W + "fldSimple":
                yield Piece(done, "", True)
        elif element.tag in _GONE or element.tag == W + "p" or not isinstance(element.tag, str):
            continue
        elif element.tag == W + "t":
            yield Piece(element, element.text or "")
        elif element.tag in _SIGNS:
            yield Piece(element, _SIGNS[element.tag])
        else:
            yield Piece(element, "")
            stack.append(iter(element))
            open_ones.append(element)


def on(properties: Any, *names: str) -> bool:
    """Whether one of these switches of a run or paragraph is set."""
    if properties is None:
        return False
    return any(
        found is not None and found.get(W + "val", "1") not in ("0", "false", "none", "off")
        for found in (properties.find(W + name) for name in names)
    )
