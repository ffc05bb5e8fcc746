"""Org: its own citations, and the zero width space that is its way to let a sign be no markup."""

from __future__ import annotations

import re

from ..bundle import Bundle, Citation, Passage, Printed
from ..inline import Emph, Inline, Sup, inline
from .document import clean, content, lost, settled, suffix, summarising

_ZERO = "\u200b"
# Between white space (Org takes it for that) a marker opens nothing and closes nothing. A backslash, which the manual
# gives no escape for, stands as verbatim.
_MARKER = re.compile(r"[_^]|(?<![^\W_])[*/+=~]|[*/+=~](?![^\W_])")
_OPENING = re.compile(r"[\[<]|\{(?=\{)|@(?=@)|-(?=-)|\.(?=\.)")
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
    if not bundle.passages:
        parts.append("[cite/n:" + ";".join(f"@{entry.key}" for entry in bundle.entries) + "]")
    notes = "\n".join(f"# {key}: {clean(note)}" for key, note in bundle.unverified)
    said = ["Org leaves the citations and their list to its processor, in the style given there: #+cite_export:"]
    if any(_ZERO in part for part in parts):
        said.append("Org escapes with zero width spaces: some stand in the words, where a sign would be markup")
    if any(len(passage.citations) > 1 for passage in bundle.passages):
        said.append("two languages stand below one another: Org has no columns for paragraphs")
    return Printed("\n\n".join([*parts, *([notes] if notes else [])]), lost(bundle, *said))


def _passage(passage: Passage) -> list[str]:
    caption = [_marked("*", _inline(inline(passage.caption)).strip())] if passage.caption else []
    return [*caption, *map(_citation, passage.citations)]


def _citation(citation: Citation) -> str:
    cited = citation.cited
    words = f"{citation.marks[:1]}{_inline(citation.words)}{citation.marks[1:]}{_inline(cited.gloss)}".strip()
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


def _inline(tree: Inline) -> str:
    result = []
    for node in settled(tree):
        words = escape(content(node))
        if isinstance(node, Emph):
            words = f"{_ZERO}{_marked('/', words)}{_ZERO}"
        result.append(f"^{{{words}}}" if isinstance(node, Sup) else words)
    return "".join(result)


def _marked(sign: str, words: str) -> str:
    """Words between two markers; alone where they begin or end with what keeps a marker from being one."""
    return words if words[0] == _ZERO or words[-1] == _ZERO else f"{sign}{words}{sign}"
