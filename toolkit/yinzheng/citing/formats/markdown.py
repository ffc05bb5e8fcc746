"""Markdown for pandoc: the words escaped so that pandoc prints the same, and its own citation syntax."""

from __future__ import annotations

import re

from ..bundle import Bundle, Citation, Printed
from ..inline import Emph, Inline, plain

# Whatever pandoc's Markdown could take for markup, anywhere; and what it only takes for markup at a line's beginning.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>#|~^$@'\"&]|--+|\.\.\.")
_AT_START = re.compile(r"^(\s*)([-+:>=]|\d+(?=[.)])|\([a-z0-9]{1,3}\)|[a-zA-Z](?=[.)]))")


def escape(text: str) -> str:
    """Words that no Markdown reader changes."""
    escaped = _ANYWHERE.sub(lambda match: "".join("\\" + character for character in match.group()), text)
    escaped = _AT_START.sub(lambda match: match[1] + _started(match[2]), escaped)
    return escaped.replace("\n", " ")


def _started(words: str) -> str:
    return words + "\\" if words[-1].isalnum() else "\\" + words


def render(bundle: Bundle) -> Printed:
    """Each excerpt with ``[@key, para. 12]``; what is not verified in a comment, since pandoc makes the list itself."""
    parts = []
    for passage in bundle.passages:
        parts += [f"**{escape(passage.caption)}**"] if passage.caption else []
        parts += map(_citation, passage.citations)
    if not bundle.passages:
        parts.append("---\nnocite: |\n  " + ", ".join(f"@{entry.key}" for entry in bundle.entries) + "\n---")
    parts += [f"<!-- {key}: {note.replace('--', '- -')} -->" for key, note in bundle.unverified]
    return Printed("\n\n".join(parts))


def _citation(citation: Citation) -> str:
    words = f"{citation.marks[:1]}{_inline(citation.words)}{citation.marks[1:]}{_inline(citation.cited.gloss)}"
    cited = citation.cited
    before = f"{escape(cited.prefix)} " if cited.prefix else ""
    # pandoc knows "para. 12" in every language, and "第12段" in none.
    after = (f", {citation.excerpt.locator}" if cited.locator else "") + (
        f", {escape(cited.suffix)}" if cited.suffix else ""
    )
    return f"{'> ' if citation.block else ''}{words} [{before}@{citation.key}{after}]"


def _inline(tree: Inline) -> str:
    return "".join(f"*{escape(plain((node,)))}*" if isinstance(node, Emph) else escape(plain((node,))) for node in tree)
