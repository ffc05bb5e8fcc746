"""Plain text: paragraphs between blank lines, or one a line; notes at the end behind their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..drafting import Draft, Pages
from ..indented import indented
from ..prose import Block

_LINE = re.compile(r"[^\n]*\n?")
_COLUMNS = {" ": 1, "\t": 4, "\u3000": 2}
_FIRST = "\u3000\u3000"  # how a Chinese paragraph begins
_QUOTED = re.compile(r"[ \t]{0,3}>[ \t]?")
_MARKER = r"(?:[\[［〔【（(](?:[註注]\s*)?\d{1,3}[\]］〕】）)]|[①-⑳㉑-㉟㊱-㊿]|[¹²³⁰⁴-⁹]{1,3})"
_DEFINITION = re.compile(rf"({_MARKER})\s*(?=\S)")
_CALL = re.compile(rf"(?:(?<=\S)|(?<=[”’」』»\"。.，,] ))({_MARKER})")
_ENDED = re.compile(r"[。！？.!?][”’」』)）]*\s*$")
_WRAPPED = 120  # lines that are all shorter than this may be one paragraph broken


def blocks(source: str, file: str, include: Callable[[str], list[Block]]) -> list[Block]:
    """The paragraphs of a plain text; nothing is included."""
    return _Reader(source, file).read()


class _Reader:
    def __init__(self, source: str, file: str) -> None:
        self.source, self.pages = source, Pages(source, file, "text")
        self.at = range(len(source) + 1)
        self.draft = Draft(self.at)
        self.columns: list[int] = []  # where each line of the draft begins
        self.first = False  # whether its first line is set in as that of a Chinese paragraph
        self.depths: dict[int, float] = {}
        self.labels: set[str] = set()  # of the notes that are there

    def read(self) -> list[Block]:
        source = self.source
        lines = [match.span() for match in _LINE.finditer(source) if match.end() > match.start()]
        each = not re.search(r"\n[ \t\r]*\n", source.strip()) and any(b - a > _WRAPPED for a, b in lines)
        self.labels = {match[1] for start, _ in lines if (match := _DEFINITION.match(source, start))}
        before = 0
        for start, end in lines:
            quoted = _QUOTED.match(source, start, end)
            body = quoted.end() if quoted else start
            definition = _DEFINITION.match(source, body, end)
            if each or definition or bool(quoted) != self.draft.quote or self.begins(before, body, end):
                self.add(int(bool(quoted)))
            if definition and any(block.text for block in self.pages.blocks):
                self.draft.defines = definition[1]
                body = definition.end()
            space = self.space(body)
            self.first = self.first if self.columns else space.startswith(_FIRST)
            self.columns.append(sum(map(_COLUMNS.__getitem__, space)))
            self.draft.copy(source, body + len(space), end)
            before = start
        self.add()
        return indented(self.pages.finished(), self.depths)

    def space(self, at: int) -> str:
        lead = self.source[at : at + 200]
        return lead[: len(lead) - len(lead.lstrip(" \t\u3000"))]

    def begins(self, before: int, at: int, end: int) -> bool:
        """Whether a line begins a paragraph: blank, set in as a Chinese one, further than the line before it, or less
        than several; or as far, where a paragraph may have ended."""
        if not self.columns or not self.source[at:end].strip():
            return True
        column, last = sum(map(_COLUMNS.__getitem__, self.space(at))), self.columns[-1]
        if column == last > 1:
            return self.space(at) == _FIRST or _ENDED.search(self.source, max(before, at - 20), at) is not None
        return self.space(at) == _FIRST or column > max(last, 1) or (column < last and len(self.columns) > 1)

    def add(self, quote: int = 0) -> None:
        draft = self.draft
        text = "".join(draft.parts)
        if draft.defines is None:
            marks = [match for match in _CALL.finditer(text) if match.group() in self.labels]
            draft.calls += [(match.group(), match.start()) for match in marks]
            draft.cut(match.span() for match in marks if match.group()[0] not in "(（")
        if text.strip():
            self.pages.add(draft)
            first = 4 if self.first and len(self.columns) == 1 else 0
            self.depths[len(self.pages.blocks) - 1] = min(self.columns) - first
        self.draft, self.columns = Draft(self.at, quote), []
