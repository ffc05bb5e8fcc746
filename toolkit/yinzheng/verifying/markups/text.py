"""Plain text: paragraphs between blank lines, or one a line; notes at the end behind their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

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
_NUMBERED = re.compile(r"(\d{1,3})[.．]\s*(?=\S)")  # a note, where such numbers stand raised in the text
_RAISED = re.compile(r"(?<=\S)[¹²³⁰⁴-⁹]{1,3}")
_UP = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BIBLIOGRAPHY = re.compile(
    r"\W{0,3}(?:(?:selected )?bibliography|references|works cited|[參参]考文[獻献]|[引徵征]用文[獻献]|[書书]目)\W{0,3}",
    re.I,
)
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
        self.definitions: dict[
            int, tuple[str, int]
        ] = {}  # by the place of their number: the label, and where they begin
        self.entries = False  # whether these are lines of a bibliography

    def read(self) -> list[Block]:
        source = self.source
        lines = [match.span() for match in _LINE.finditer(source) if match.end() > match.start()]
        each = not re.search(r"\n[ \t\r]*\n", source.strip()) and any(b - a > _WRAPPED for a, b in lines)
        self.definitions = self.defined(lines)
        self.labels = {label for label, _ in self.definitions.values()}
        before = 0
        for start, end in lines:
            quoted = _QUOTED.match(source, start, end)
            body = quoted.end() if quoted else start
            definition = self.definitions.get(body)
            if each or definition or bool(quoted) != self.draft.quote or self.begins(before, body, end):
                self.add(int(bool(quoted)))
            if definition and any(block.text for block in self.pages.blocks):
                self.draft.defines, body = definition
            space = self.space(body)
            self.first = self.first if self.columns else space.startswith(_FIRST)
            self.columns.append(sum(map(_COLUMNS.__getitem__, space)))
            self.draft.copy(source, body + len(space), end)
            before = start
            self.entries = self.entries or _BIBLIOGRAPHY.fullmatch(source, start, end) is not None
        self.add()
        return indented(self.pages.finished(), self.depths)

    def defined(self, lines: Sequence[tuple[int, int]]) -> dict[int, tuple[str, int]]:
        """The notes. Those that begin as a list does (1. …) stand behind the last number that is raised in the text."""
        source = self.source
        last, called = -1, set()
        for sign in _RAISED.finditer(source):
            last = sign.start()
            called.add(sign.group())
        found = {}
        for start, end in lines:
            quoted = _QUOTED.match(source, start, end)
            at = quoted.end() if quoted else start
            note = _DEFINITION.match(source, at, end)
            item = _NUMBERED.match(source, at, end) if at > last else None
            if note:
                found[at] = note[1], note.end()
            elif item and item[1].translate(_UP) in called:
                found[at] = item[1].translate(_UP), item.end()
        return found

    def space(self, at: int) -> str:
        lead = self.source[at : at + 200]
        return lead[: len(lead) - len(lead.lstrip(" \t\u3000"))]

    def begins(self, before: int, at: int, end: int) -> bool:
        """Whether a line begins a paragraph: blank, set in as a Chinese one, further than the line before it, or less
        than several; or as far, where a paragraph may have ended."""
        if not self.columns or not self.source[at:end].strip():
            return True
        if (
            self.entries
            and not self.space(at)
            and (
                _ENDED.search(self.source, max(before, at - 20), at) or _BIBLIOGRAPHY.fullmatch(self.source, before, at)
            )
        ):
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
