"""Plain text: paragraphs between blank lines, or one a line; notes at the end behind their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..drafting import Draft, Pages
from ..prose import Block

_LINE = re.compile(r"[^\n]*\n?")
_INDENT = re.compile(r"\u3000+|[ \t]{2,}")
_QUOTED = re.compile(r"[ \t]{0,3}>[ \t]?")
_MARKER = r"(?:[\[［〔【（(](?:[註注]\s*)?\d{1,3}[\]］〕】）)]|[①-⑳㉑-㉟㊱-㊿]|[¹²³⁰⁴-⁹]{1,3})"
_DEFINITION = re.compile(rf"({_MARKER})\s*(?=\S)")
_CALL = re.compile(rf"(?<=\S){_MARKER}")
_WRAPPED = 120  # lines that are all shorter than this may be one paragraph broken


def blocks(source: str, file: str, include: Callable[[str], list[Block]]) -> list[Block]:
    """The paragraphs of a plain text; nothing is included."""
    pages = Pages(source, file, "text")
    lines = [match.span() for match in _LINE.finditer(source) if match.end() > match.start()]
    each = not re.search(r"\n[ \t\r]*\n", source.strip()) and any(b - a > _WRAPPED for a, b in lines)
    at = range(len(source) + 1)
    draft = Draft(at)
    for start, end in lines:
        quoted = _QUOTED.match(source, start, end)
        body = quoted.end() if quoted else start
        blank = not source[body:end].strip()
        definition = _DEFINITION.match(source, body, end)
        if blank or each or _INDENT.match(source, body, end) or definition or bool(quoted) != draft.quote:
            _add(pages, draft)
            draft = Draft(at, bool(quoted))
        if definition and any(block.text for block in pages.blocks):
            draft.defines = definition[1]
            body = definition.end()
        draft.copy(source, body, end)
    _add(pages, draft)
    return pages.finished()


def _add(pages: Pages, draft: Draft) -> None:
    text = "".join(draft.parts)
    if draft.defines is None:
        draft.calls += [(match.group(), match.start()) for match in _CALL.finditer(text)]
    if text.strip():
        pages.add(draft)
