"""Plain text: the words, the citation, and below them the references."""

from __future__ import annotations

from ..bundle import Bundle
from ..inline import plain


def render(bundle: Bundle) -> str:
    """Titles stand as they are: plain text has no italics."""
    parts = []
    for citation in bundle.citations:
        gap = "" if citation.excerpt.lang.startswith("zh") and not plain(citation.in_text).startswith("(") else " "
        parts.append(f"{citation.words}{gap}{plain(citation.in_text)}")
    for heading, entries in bundle.lists:
        parts.append("\n".join([heading, *(plain(entry) for _, entry in entries)]))
    return "\n\n".join(parts)
