"""Markdown for pandoc: the words escaped so that pandoc prints the same, and its own citation syntax."""

from __future__ import annotations

import re

from ..bundle import Bundle

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


def render(bundle: Bundle) -> str:
    """Each excerpt with ``[@key, para. 12]``; what is not verified in a comment, since pandoc makes the list itself."""
    parts = []
    for citation in bundle.citations:
        locator = f", {citation.locator}" if citation.locator else ""
        before = "summarised in " if citation.excerpt.words == "paraphrase" else ""
        words = f"{citation.marks[:1]}{escape(citation.excerpt.text)}{citation.marks[1:]}"
        parts.append(f"{words} [{before}@{citation.key}{locator}]")
    if not bundle.citations:
        parts.append("---\nnocite: |\n  " + ", ".join(f"@{entry.key}" for entry in bundle.entries) + "\n---")
    parts += [f"<!-- {key}: {note.replace('--', '- -')} -->" for key, note in bundle.unverified]
    return "\n\n".join(parts)
