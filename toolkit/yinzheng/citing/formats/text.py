"""Plain text: the words, the citation, and below them the references."""

from __future__ import annotations

from ..bundle import Bundle, Citation, Passage, Printed
from ..inline import Inline, plain
from .document import apart, clean, gap, lost, settled

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def render(bundle: Bundle) -> Printed:
    """Titles stand as they are: plain text has no italics. Notes are numbered, and stand below the passages."""
    parts = [_passage(passage) for passage in bundle.passages]
    parts += [f"{one.note}. {_line(one.cited.note)}" for one in bundle.citations if one.note]
    for heading, entries in bundle.lists:
        parts.append("\n".join([heading, *(_line(entry) for _, entry in entries)]))
    return Printed("\n\n".join(parts), lost(bundle, italics=False))


def _passage(passage: Passage) -> str:
    lines = [clean(passage.caption)] if passage.caption else []
    return "\n\n".join([*lines, *map(_citation, passage.citations)])


def _citation(citation: Citation) -> str:
    words = f"{citation.marks[:1]}{_line(citation.words)}{citation.marks[1:]}{_line(citation.cited.gloss)}"
    behind = str(citation.note).translate(_RAISED) if citation.note else _line(citation.cited.text)
    if citation.block:
        return f"    {words}" + (f"\n\n{behind}" if apart(citation) else gap(citation) + behind)
    return f"{words}{gap(citation)}{behind}"


def _line(tree: Inline) -> str:
    return plain(settled(tree))
