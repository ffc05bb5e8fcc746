"""Org: its own citations, and the zero width space that is its way to let a sign be no markup."""

from __future__ import annotations

import re

from ..bundle import Bundle, Citation, Passage, Printed
from ..inline import Emph, Inline, Node, Sup, inline
from .document import clean, content, lost, settled, suffix, summarising, uncited

_ZERO = "\u200b"
# Between white space (Org takes it for that) a marker opens nothing and closes nothing. A backslash, which the manual
# gives no escape for, stands as verbatim.
_MARKER = re.compile(r"[_^]|(?<![^\W_])[*/+=~]|[*/+=~](?![^\W_])")
_OPENING = re.compile(r"[\[<]|\{(?=\{)|@(?=@)|-(?=-)|\.(?=\.)")
_BEFORE, _AFTER = " -('\"{", " -.,:;!?'\")}["  # what both Emacs and pandoc take for the neighbour of a marker
_AT_START = re.compile(r"^\s*(?=[-#:|%]|\w{1,9}[.)])")


def escape(text: str) -> str:
    """Words that Org reads as they are, but for the zero width spaces.

    >>> escape("5 $ a_b").replace("\\u200b", "|")
    '5 \\\\dollar{} a|_|b'
    """
    text = _OPENING.sub(lambda match: match.group() + _ZERO, text)
    text = _MARKER.sub(lambda match: f"{_ZERO}{match.group()}{_ZERO}", text)
    text = text.replace("\\", f"{_ZERO}=\\={_ZERO}").replace("$", "\\dollar{}")
    return re.sub(r"(?<=\\dollar\{\})(?=[{\[])", _ZERO, text)  # which are no arguments of it


def render(bundle: Bundle) -> Printed:
    """Each excerpt with ``[cite:@key para. 12]``; what is not verified in a comment, since Org makes the list."""
    parts = [part for passage in bundle.passages for part in _passage(passage)]
    also = uncited(bundle)
    if also:
        parts.append("[cite/n:" + ";".join(f"@{key}" for key in also) + "]")
    notes = "\n".join(f"# {key}: {clean(note)}" for key, note in bundle.unverified)
    said = ["Org leaves the citations and their list to its processor, in the style given there: #+cite_export:"]
    if also:
        said.append("[cite/n:…] lists what is not cited, here the original; Emacs knows it, and pandoc prints it")
    if any("=\\=" in part for part in parts):
        said.append("a backslash stands as verbatim, =\\=, which Emacs reads and a pandoc before 3 does not")
    if any(not slanted for one in bundle.citations for _, _, slanted in _pieces(one.words, one.marks)):
        said.append("Org has no italics for words between others without a space: such emphasis is lost here")
    if any(_ZERO in part for part in parts):
        said.append("Org escapes with zero width spaces: some stand in the words, where a sign would be markup")
    if any(len(passage.citations) > 1 for passage in bundle.passages):
        said.append("two languages stand below one another: Org has no columns for paragraphs")
    return Printed("\n\n".join([*parts, *([notes] if notes else [])]), lost(bundle, *said, comment=True))


def _passage(passage: Passage) -> list[str]:
    caption = _inline(inline(passage.caption)).strip() if passage.caption else ""
    caption = f"*{caption}*" if caption and _fits("", caption, "") else caption
    return [*([caption] if caption else []), *map(_citation, passage.citations)]


def _citation(citation: Citation) -> str:
    cited = citation.cited
    marks = citation.marks
    words = f"{marks[:1]}{_inline(citation.words, marks)}{marks[1:]}{_inline(cited.gloss)}".strip()
    # Org's processors know "para. 12" in every language, and "第12段" in none.
    after = [citation.excerpt.locator or "" if cited.locator else "", suffix(citation)]
    said = " ".join(filter(None, [_inside(cited.prefix), f"@{citation.key}", _inside(", ".join(filter(None, after)))]))
    if citation.source:
        said += f";{summarising(citation)} @{citation.source}"
    line = _AT_START.sub(lambda match: match.group() + _ZERO, f"{words} [cite:{said}]")
    return f"#+begin_quote\n{line}\n#+end_quote" if citation.block else line


def _inside(text: str) -> str:
    """Words inside of a citation, where a semicolon would end it."""
    return _inline(inline(text.replace(";", ","))).strip()


def _inline(tree: Inline, marks: str = "") -> str:
    pieces = _pieces(tree, marks)
    return "".join(f"/{words}/" if isinstance(node, Emph) and slanted else words for node, words, slanted in pieces)


def _pieces(tree: Inline, marks: str = "") -> list[tuple[Node, str, bool]]:
    """Each node with its words, and whether it can be as it is: old pandocs know no zero width space beside a marker,
    so that emphasis is put only where a space or a mark that all know stands at both sides. ``marks`` are around."""
    nodes = settled(tree)
    words = [escape(content(node)) for node in nodes]
    words = [f"^{{{said}}}" if isinstance(node, Sup) else said for node, said in zip(nodes, words, strict=True)]
    around = [marks[:1], *words, marks[1:]]
    return [
        (node, words[at], not isinstance(node, Emph) or _fits(around[at][-1:], words[at], around[at + 2][:1]))
        for at, node in enumerate(nodes)
    ]


def _fits(before: str, words: str, after: str) -> bool:
    return before in _BEFORE and after in _AFTER and _ZERO not in (words[0], words[-1])
