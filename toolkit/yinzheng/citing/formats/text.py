"""Plain text: the words, the citation, and below them the references."""

from __future__ import annotations

from ..bundle import Bundle, Citation, Passage, Printed
from ..inline import plain

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def render(bundle: Bundle) -> Printed:
    """Titles stand as they are: plain text has no italics. Notes are numbered, and stand below the passages."""
    parts = [_passage(passage) for passage in bundle.passages]
    parts += [f"{one.note}. {plain(one.cited.note)}" for one in bundle.citations if one.note]
    for heading, entries in bundle.lists:
        parts.append("\n".join([heading, *(plain(entry) for _, entry in entries)]))
    return Printed("\n\n".join(parts))


def _passage(passage: Passage) -> str:
    lines = [passage.caption] if passage.caption else []
    return "\n\n".join([*lines, *map(_citation, passage.citations)])


def _citation(citation: Citation) -> str:
    words = f"{citation.marks[:1]}{plain(citation.words)}{citation.marks[1:]}{plain(citation.cited.gloss)}"
    if citation.block:
        words = "    " + words
    if citation.note:
        return words + str(citation.note).translate(_RAISED)
    text = plain(citation.cited.text)
    return f"{words}{'' if citation.excerpt.lang.startswith('zh') and not text.startswith('(') else ' '}{text}"
