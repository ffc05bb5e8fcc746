"""Proposed corrections as a unified diff that ``patch -p1`` and ``git apply`` apply. It changes nothing by itself."""

from __future__ import annotations

import html
import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..errors import YinzhengError
from ..tex import escape as latex
from .prose import Block, Citation

_CONTEXT = 3
_NEAR = 600  # how far a locator may stand before the words that it belongs to
_NUMBERS = re.compile(
    r"[0-9０-９]+|[〇零一二三四五六七八九十百]+(?=\s*(?:自然)?段)|(?<=第)[〇零一二三四五六七八九十百]+"
)


@dataclass(frozen=True, slots=True, order=True)
class Replacement:
    """``new``, as the markup writes it, in the place of ``[start, end)`` of the text of ``file`` (see `text_of`)."""

    file: str
    start: int
    end: int
    new: str


def escape(text: str, markup: str) -> str:
    """Plain words as a markup writes them.

    >>> escape("5 % of R&D_1", "latex"), escape("R&D <1>", "html"), escape("2*3", "markdown")
    ('5 \\\\% of R\\\\&D\\\\_1', 'R&amp;D &lt;1&gt;', '2\\\\*3')
    """
    text = " ".join(text.split("\n"))
    if markup == "latex":
        return latex(text)
    if markup == "html":
        return html.escape(text, quote=False)
    if markup == "markdown":
        return re.sub(r"([\\`*_\[\]<$@~^]|&(?=\#?\w+;)|-(?=-))", r"\\\1", text)
    if markup == "typst":
        return re.sub(r"([\\`*_\[\]<$@~#]|/(?=[/*])|-(?=-))", r"\\\1", text)
    return text


def replacements(block: Block, start: int, end: int, new: str) -> list[Replacement]:
    """What makes ``block.text[start:end]`` read ``new``: only the characters that differ, so that emphasis and other
    markup between them stays. Raises YinzhengError for docx, which no patch can change."""
    if block.markup == "docx":
        raise YinzhengError("a Word document cannot be patched; ask for --to docx, a copy with comments")
    old = block.text[start:end]
    if len(old) * len(new) > 4_000_000:
        same = len(posixpath.commonprefix([old, new]))
        steps = [("replace", same, len(old), same, len(new))]
    else:
        steps = [step for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if step[0] != "equal"]
    return [edit for _, a, b, c, d in steps for edit in _edits(block, start + a, start + b, new[c:d])]


def _edits(block: Block, start: int, end: int, new: str) -> list[Replacement]:
    text, index, ends = block.text, block.index, block.ends

    def image(at: int) -> tuple[int, int]:
        return index[at], ends[at]

    while 0 < start < end and image(start) == image(start - 1):  # what one command prints is replaced as a whole
        start, new = start - 1, text[start - 1] + new
    while start < end < len(text) and image(end) == image(end - 1):
        end, new = end + 1, new + text[end]
    words = escape(new, block.markup)
    if start == end:
        at = ends[start - 1] if start else index[0]
        return [Replacement(block.file, at, at, words)]
    runs: list[list[int]] = []
    for at in range(start, end):
        if runs and index[at] <= runs[-1][1]:
            runs[-1][1] = max(runs[-1][1], ends[at])
        else:
            runs.append([index[at], ends[at]])
    return [Replacement(block.file, a, b, "" if number else words) for number, (a, b) in enumerate(runs)]


def relocated(block: Block, citation: Citation, number: int | str) -> list[Replacement]:
    """What makes the locator of a citation point to paragraph ``number``, or to several (5–6); nothing where its place
    is not found, or where it says more than one number.

    The locator is looked for in the markup that the citation is made of, beside its key.
    """
    place = citation.locator
    found = list(_NUMBERS.finditer(place or ""))
    if not place or len(found) != 1 or block.markup == "docx":
        return []
    pattern = r"(?:[\s~]|\\ )+".join(re.escape(word) for word in place.split())
    for low, high in _windows(block, citation):
        window = block.source[low:high]
        key = window.find(citation.key) if citation.key and citation.end == citation.start else 0
        spots = [] if key < 0 else list(re.finditer(rf"(?<!\w){pattern}(?!\w)", window))
        if spots:
            spot = min(spots, key=lambda one: (abs(one.start() - key), one.start()))
            digits = next(iter(_NUMBERS.finditer(spot.group())))
            at = low + spot.start()
            return [Replacement(block.file, at + digits.start(), at + digits.end(), str(number))]
    return []


def _windows(block: Block, citation: Citation) -> Iterable[tuple[int, int]]:
    start, end = citation.start, citation.end
    if start < end:
        yield block.index[start], block.ends[end - 1]
    else:
        low = block.ends[start - 1] if start else max(0, block.index[0] - _NEAR)
        while start < len(block.text) and block.text[start].isspace():  # it stands in front of the markup
            start += 1
        yield low, block.index[start] if start < len(block.text) else low + _NEAR
    for stretch in block.quoted:
        if stretch.end == citation.start:
            begin = block.index[stretch.start]
            yield max(0, begin - _NEAR if not stretch.start else block.ends[stretch.start - 1]), begin
    if block.text:
        yield max(0, block.index[0] - _NEAR), block.index[0]


def patch(sources: Mapping[str, str], edits: Iterable[Replacement]) -> str:
    """The diff of all files, three lines of context; empty where nothing changes. ``sources``: each file's text as it
    is, with its carriage returns. The diff is UTF-8, and applies to files that are.

    Raises YinzhengError where two replacements overlap and differ.
    """
    by_file: dict[str, list[Replacement]] = {}
    for edit in sorted(set(edits)):
        row = by_file.setdefault(edit.file, [])
        if row and (edit.start < row[-1].end or (edit.start, edit.end) == (row[-1].start, row[-1].end)):
            raise YinzhengError(f"two corrections of the same words, at offset {edit.start}", path=edit.file)
        row.append(edit)
    return "".join(_diff(file, sources[file], row) for file, row in by_file.items())


def _diff(file: str, source: str, edits: list[Replacement]) -> str:
    lines = re.findall(r"[^\n]*\n|[^\n]+", source)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    changes: list[tuple[int, int, list[str]]] = []  # first line, the line behind the last, what stands there now
    row: list[Replacement] = []

    def line_of(offset: int) -> int:
        return min(bisect_right(starts, offset) - 1, max(0, len(lines) - 1))

    def put() -> None:
        first, last = line_of(row[0].start), line_of(max(row[0].start, row[-1].end - 1))
        parts, at = [], starts[first]
        for edit in row:
            parts += [source[at : edit.start], edit.new]
            at = edit.end
        new = "".join([*parts, source[at : starts[last + 1] if lines else 0]])
        before, after = lines[first : last + 1], re.findall(r"[^\n]*\n|[^\n]+", new)
        if before != after:
            changes.append((first, last + 1, after))

    for edit in edits:
        if row and line_of(edit.start) > line_of(max(row[-1].start, row[-1].end - 1)):
            put()
            row = []
        row.append(edit)
    put()
    if not changes:
        return ""
    name = file.lstrip("/") + ("\t" if " " in file else "")
    return f"--- a/{name}\n+++ b/{name}\n" + "".join(_hunks(lines, changes))


def _hunks(lines: list[str], changes: list[tuple[int, int, list[str]]]) -> Iterable[str]:
    shift = 0
    group: list[tuple[int, int, list[str]]] = []
    for number, change in enumerate(changes):
        group.append(change)
        if number + 1 < len(changes) and changes[number + 1][0] - change[1] <= 2 * _CONTEXT:
            continue
        first, stop = max(0, group[0][0] - _CONTEXT), min(len(lines), group[-1][1] + _CONTEXT)
        body, at, size = [], first, 0
        for begin, end, new in group:
            body += [" " + line for line in lines[at:begin]]
            body += ["-" + line for line in lines[begin:end]] + ["+" + line for line in new]
            size += begin - at + len(new)
            at = end
        body += [" " + line for line in lines[at:stop]]
        size += stop - at
        shown = [line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in body]
        yield f"@@ -{first + 1},{stop - first} +{first + 1 + shift},{size} @@\n" + "".join(shown)
        shift += size - (stop - first)
        group = []
