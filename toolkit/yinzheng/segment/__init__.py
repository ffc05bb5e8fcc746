"""Segment: from a text as it was saved to its blocks, each with its kind, its emphasis and its notes.

    text ── lines | html ──▶ raw blocks ── inline ──▶ stored text + ranges ── kinds ──▶ Block

The stored text is the source's own: markup and note markers become ranges beside it, white space around it goes,
wrapped lines are joined; nothing else goes or changes (DESIGN section 1).
"""

from __future__ import annotations

from .block import Block, Note

__all__ = ["Block", "Note", "segment"]


def segment(text: str) -> list[Block]:
    """The blocks of a text: plain, Markdown, or HTML (recognised by its tags). Pure.

    Offsets in ``emphasis`` and ``notes`` are code points of the block's ``text``.

    >>> [(block.kind, block.text) for block in segment("## 緒論\\n\\n　　第一段的**要點**在此。\\n")]
    [('heading', '緒論'), ('body', '第一段的要點在此。')]
    >>> segment("## 緒論\\n\\n　　第一段的**要點**在此。\\n")[1].emphasis
    (4, 6)
    """
    # Late: a command that reads no text needs no stage, and their patterns take longer to compile than it to run.
    from .html import is_html, raw_from_html
    from .inline import stored
    from .kinds import classify
    from .lines import raw_from_lines

    raw = raw_from_html(text) if is_html(text) else raw_from_lines(text)
    return classify([block for block in map(stored, raw) if block.text and any(map(str.isalnum, block.text))])
