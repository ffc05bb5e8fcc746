"""Markdown as pandoc reads it: its blocks. What stands inside one is read in `inlines`."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable

from ..drafting import Draft, Pages
from ..prose import Block
from .inlines import draft as inline

_PREFIX = re.compile(r" {0,3}>[ \t]?")
_FENCE = re.compile(r"\s{0,12}(`{3,}|~{3,})")
_BLOCKQUOTE = re.compile(r"(?P<open><blockquote\b[^<>]{0,500}>)|(?P<close></blockquote\s{0,5}>)", re.I)
_LIST = re.compile(r"[ \t]*(?:[-*+]|(?:\d{1,9}|#|[A-Za-z]|[ivxlc]{1,6})[.)]|\(\w{1,4}\)|\(@\w*\))(?:[ \t]+|$)")
_DIV = re.compile(r"\s*:{3,}(?P<names>.*)")
_QUOTE = re.compile(
    r"(?<![\w-])(?:block|pull)?-?(?:quotes?|quotation)(?![\w-])|(?<![\w-])(?:epigraph|verse)(?![\w-])", re.I
)
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,200})\]:[ \t]*")
_REFERENCE = re.compile(r" {0,3}\[([^\]^@][^\]]{0,200})\]:[ \t]*\S")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_RULE = re.compile(r" {0,3}(?:=+|-+|(?:[-*_][ \t]*){3,})[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*[|+:=-][|+:= \t-]+$")
_YAML = re.compile(r"\ufeff?---[ \t]*\r?\n(?!\s*\n)")
_YAML_END = re.compile(r"\n(?:---|\.\.\.)[ \t]*\r?(?=\n|$)")


def blocks(source: str, file: str, include: Callable[[str], list[Block]]) -> list[Block]:
    """The blocks of a Markdown text; nothing is included."""
    reader = _Reader(without_comments(source), source, file)
    reader.read()
    return reader.pages.finished()


def without_comments(source: str, opens: str = "<!--", closes: str = "-->") -> str:
    """The text with its comments blanked, of the same length."""
    parts, at = [], 0
    while (start := source.find(opens, at)) >= 0 and (end := source.find(closes, start + len(opens))) >= 0:
        parts += [source[at:start], " " * (end + len(closes) - start)]
        at = end + len(closes)
    return "".join([*parts, source[at:]])


def _columns(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))


class _Reader:
    def __init__(self, text: str, source: str, file: str) -> None:
        self.text, self.pages = text, Pages(source, file, "markdown")
        self.lines: list[tuple[int, int]] = []  # of the block that is open
        self.depth = 0  # of the quote block that it stands in
        self.raw = 0  # how many <blockquote>s are open
        self.fence: str | None = None
        self.math = self.listed = False
        self.margins: list[int] = []  # where the content of each list item that is open begins
        self.divs: list[int] = []  # of the fenced divs that are open: 0, or the number of its quotation
        self.number = 1  # how many quotations are told apart: what is not has 1
        self.note: str | None = None
        self.references = {match[1].lower() for match in re.finditer(f"(?m)^{_REFERENCE.pattern}", text)}

    def read(self) -> None:
        at = self._behind_metadata()
        while at < len(self.text):
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            self.line(at, end - (end > at and self.text[end - 1] == "\r"))
            at = end + 1
        self.flush()

    def _behind_metadata(self) -> int:
        opening = _YAML.match(self.text)
        closing = _YAML_END.search(self.text, opening.end() - 1) if opening else None
        return closing.end() if closing else len(self.text) - len(self.text.lstrip("\ufeff"))

    def line(self, start: int, end: int) -> None:
        depth, at = 0, start
        while not self.fence and (prefix := _PREFIX.match(self.text, at, end)):
            depth, at = depth + 1, prefix.end()
        if self.fence:
            at = (_PREFIX.match(self.text, at, end) or re.match("", "")).end() if self.depth else at  # type: ignore[union-attr]
            closing = _FENCE.match(self.text, at, end)
            if closing and closing[1].startswith(self.fence) and not self.text[closing.end() : end].strip("`~ \t"):
                self.fence = None
            return
        line = self.text[at:end]
        if self.math:
            self.math = "$$" not in line
            return
        if not line.strip():
            self.flush()
            self.depth = depth
            return
        if depth != self.depth and (depth or not self.lines):
            self.flush()
            self.depth = depth
        for tag in _BLOCKQUOTE.finditer(self.text, at, end):
            before = self.text[at : tag.start()]
            if tag["open"] if before.strip() else tag["close"] and not self.raw:
                continue
            if before.strip():
                self.content(before, at, tag.start())
            self.flush()
            self.raw += 1 if tag["open"] else -1
            at = tag.end()
        if self.text[at:end].strip():
            self.content(self.text[at:end], at, end)

    def content(self, line: str, at: int, end: int) -> None:
        indented = line.startswith(("    ", "\t"))
        if not indented and line[0] not in " \t" and not self.lines and not _LIST.match(line):
            self.listed = False
            self.margins = []
            self.note = None
        fence = _FENCE.match(line)
        if fence and not ("`" in fence[1] and "`" in line[fence.end() :]):
            self.flush()
            self.fence = fence[1]
        elif indented and not self.lines and self.is_code(line):
            return
        elif div := _DIV.match(line):
            self.flush()
            if div["names"].strip(" :"):
                quoted = _QUOTE.search(div["names"]) is not None
                self.number += quoted
                self.divs.append(self.number if quoted else 0)
            elif self.divs:
                self.divs.pop()
        elif (_TABLE_RULE.match(line) and ("|" in line or "+" in line)) or _RULE.match(line):
            self.flush()
        elif line.lstrip().startswith("$$") and "$$" not in line.lstrip()[2:]:
            self.flush()
            self.math = True
        elif note := _NOTE.match(line):
            self.flush()
            self.note = note[1]
            self.lines.append((at + note.end(), end))
        elif not self.lines and _REFERENCE.match(line):
            return
        elif heading := _HEADING.match(line):
            self.flush()
            self.lines.append((at + heading.end(), end))
            self.flush()
        elif (not self.lines or self.listed) and (item := _LIST.match(line)):
            self.flush()
            self.listed = True
            column = _columns(line)
            self.margins = [margin for margin in self.margins if margin <= column]
            space = item.end() - len(item.group().rstrip())
            self.margins.append(len(line[: item.end()].expandtabs(4)) if space <= 4 else item.end() - space + 1)
            self.lines.append((at + item.end(), end))
        elif line.lstrip().startswith("|"):
            self.flush()
            for cell in re.finditer(r"[^|\s](?:[^|\\]|\\.)*", line):
                self.lines.append((at + cell.start(), at + cell.end()))
            self.flush()
        else:
            self.lines.append((at, end))

    def is_code(self, line: str) -> bool:
        """Whether a line behind a blank one is set in as code, beyond the list item or the note that it stands in."""
        column = _columns(line)
        self.margins = [margin for margin in self.margins if margin <= column]
        return column >= 4 + max(self.margins, default=4 if self.listed or self.note is not None else 0)

    def flush(self) -> None:
        """End the block that is open."""
        if not self.lines:
            return
        raw = "\n".join(self.text[a:b] for a, b in self.lines)
        at = array("q")
        for a, b in self.lines:
            at.extend(range(a, b + 1))  # the line end stands where the line ends
        quote = max(self.divs, default=0) or int(self.depth + self.raw > 0)
        block = inline(Draft(at, quote), raw, self.references)
        block.defines = self.note
        self.pages.add(block)
        self.lines = []
