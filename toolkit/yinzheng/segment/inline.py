"""Inline markup and notes: out of the text, into ranges beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .block import SPACE, Note, NoteKind, Raw, Stored

_BOLD = "**"
_TRIPLE = re.compile(r"(?<!\*)\*{3}(?=[^\s*])([^*\n]*[^\s*])\*{3}(?!\*)")
_SINGLE = re.compile(
    r"(?<![\w*\\])\*(?=[^\s*])([^*\n]*[^\s*\\])\*(?![\w*])|(?<![\w\\])(__?)(?=[^\s_])([^_\n]*[^\s_\\])\2(?!\w)"
)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?=[^()\s]*[./#])[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_CIRCLED = "①-⑳㉑-㉟㊱-㊿⓪"
_SUPERSCRIPT = "⁰¹²³⁴-⁹"
# A marker follows a word or what closes one. After one or two Latin letters ² is a power (km², mc²), not a note.
_MARKER = re.compile(
    rf"(?<=[^\W_]|[。，、；：！？）」』”’》…)\]］〕】.,!?;:\"'*%％‰°])"
    rf"(?:[{_CIRCLED}]"
    rf"|[\[［〔【](?:[註注]\s*)?(?:\d{{1,3}}(?:\s*[-–—,，、]\s*\d{{1,3}})*|\^[^\s\[\]]{{1,20}})[\]］〕】]"
    rf"|(?:(?<=[^\x00-\xff])|(?<=[.,;:!?\"')])|(?<=[A-Za-z]{{3}})(?<!sin|cos|tan|log)|(?<=1[5-9]\d\d|20\d\d))"
    rf"[{_SUPERSCRIPT}]{{1,3}})"
)
_ENUMERATES = re.compile(rf"(?:^|[：:；;，,、\s（(])[{_CIRCLED}]")
_INSERTED = re.compile(
    r"(?P<translator>[譯译]者?[注註按]|[Tt]ranslator['’]s? [Nn]otes?|[Tt]rans(?:l)?\. note)"
    r"|(?P<editor>[編编]者?[注註按]|[Ee]ditor['’]s? [Nn]otes?|[Ee]d\. note)"
)
_OPEN, _CLOSE = "（([［【〔", "）)]］】〕"
_BRACKET_OR_NOTE = re.compile(f"[{re.escape(_OPEN + _CLOSE)}]|{_INSERTED.pattern}")


def stored(raw: Raw) -> Stored:
    """The stored text of a block, with its emphasis and its notes."""
    text = raw.text
    cuts = list(_html_cuts(raw) if raw.ranges is not None else _markdown_cuts(text))
    emphasis: list[int] = []
    notes: list[Note] = []
    parts: list[str] = []
    at = length = 0
    opened: int | None = None
    for start, end, what in sorted(cuts):
        parts.append(text[at:start])
        length += start - at
        at = end
        if what == "(":
            opened = length
        elif what == ")" and opened is not None:
            if length > opened:
                emphasis += [opened, length]
            opened = None
        elif what == "note":
            notes.append(Note(length, length, "marker", text[start:end].strip()))
    parts.append(text[at:])
    whole = "".join(parts)
    # a cut: (start, end, "(" opens emphasis | ")" closes it | "note" | "link")
    return _trimmed(whole, raw, emphasis, [*notes, *_insertions(whole)])


def _trimmed(whole: str, raw: Raw, emphasis: list[int], notes: list[Note]) -> Stored:
    """White space goes from both ends, and the ranges with it."""
    left = len(whole) - len(whole.lstrip(SPACE))
    text = whole.strip(SPACE)

    def place(offset: int) -> int:
        return min(max(offset - left, 0), len(text))

    pairs = [(place(a), place(b)) for a, b in zip(emphasis[::2], emphasis[1::2], strict=True)]
    merged: list[int] = []
    for a, b in pairs:
        if a >= b:
            continue
        if merged and a <= merged[-1]:
            merged[-1] = max(b, merged[-1])
        else:
            merged += [a, b]
    moved = (Note(place(n.start), place(n.end), n.kind, n.what) for n in notes)
    return Stored(text, raw.hint, raw.adjacent, tuple(merged), tuple(sorted(moved, key=lambda n: (n.start, n.end))))


def _html_cuts(raw: Raw) -> Iterator[tuple[int, int, str]]:
    for start, end, what in raw.ranges or ():
        if what == "note":
            yield start, end, "note"
        else:
            yield start, start, "("
            yield end, end, ")"
    taken = {at for start, end, what in raw.ranges or () if what == "note" for at in range(start, end)}
    for start, end in _markers(raw.text):
        if start not in taken:
            yield start, end, "note"


def _markdown_cuts(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _TRIPLE.finditer(text):
        yield match.start(), match.start(1), "("
        yield match.end(1), match.end(), ")"
    text = _TRIPLE.sub(lambda match: f"\0\0\0{match[1]}\0\0\0", text)
    yield from _bold(text)
    if "*" in text or "_" in text:
        for match in _SINGLE.finditer(text):
            inner = 3 if match[2] else 1
            yield match.start(), match.start(inner), "("
            yield match.end(inner), match.end(), ")"
    if "](" in text:
        for match in _LINK.finditer(text):
            yield match.start(), match.start(1), "link"
            if match[1].isdecimal() and text.startswith("](#", match.end(1)):
                yield match.start(1), match.end(1), "note"
            yield match.end(1), match.end(), "link"
    for start, end in _markers(text):
        if not text.startswith("(", end):
            yield start, end, "note"


def _bold(text: str) -> Iterator[tuple[int, int, str]]:
    """``**`` opens and closes in turn. An odd one belongs to the edge that it stands at (emphasis that runs over a
    paragraph's end), or is no markup at all (2**3)."""
    if _BOLD not in text:
        return
    marks = [match.start() for match in re.finditer(r"\*\*", text)]
    if len(marks) % 2 == 0:
        pairs = list(zip(marks[::2], marks[1::2], strict=True))
    elif text.lstrip(SPACE).startswith(_BOLD):
        pairs = list(zip(marks[1::2], marks[2::2], strict=True)) if len(marks) > 1 else []
        if len(marks) == 1:
            yield marks[0], marks[0] + 2, "("
            yield len(text), len(text), ")"
        else:
            yield marks[0], marks[0] + 2, "link"
    elif text.rstrip(SPACE).endswith(_BOLD):
        pairs = list(zip(marks[:-1:2], marks[1:-1:2], strict=True)) if len(marks) > 1 else []
        if len(marks) == 1:
            yield 0, 0, "("
            yield marks[0], marks[0] + 2, ")"
        else:
            yield marks[-1], marks[-1] + 2, "link"
    else:
        pairs = list(zip(marks[:-1:2], marks[1:-1:2], strict=True))
    for start, end in pairs:
        yield start, start + 2, "("
        yield end, end + 2, ")"


def _markers(text: str) -> Iterator[tuple[int, int]]:
    """Note markers: ①, ¹², [12], [^1] after a word. Circled numbers that list (：①…；②…) are text."""
    lists = _ENUMERATES.search(text) is not None
    for match in _MARKER.finditer(text):
        if lists and text[match.start()] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
            continue
        yield match.span()


def _insertions(text: str) -> Iterator[Note]:
    """Words that a translator or an editor put in brackets: from 譯者注 to the bracket that closes around it; all that
    stands in it where they sign it at its end, （原文如此——譯者注）.

    Not outside a bracket, where the sentence only speaks of a note; nor a label of its own, 【編者按】.
    """
    if not _INSERTED.search(text):
        return
    around: list[list[tuple[int, re.Match[str]]]] = []  # for each open bracket, the notes in it, and where they begin
    opened: list[int] = []
    for match in _BRACKET_OR_NOTE.finditer(text):
        if match.group() in _OPEN:
            around.append([])
            opened.append(match.end())
        elif match.group() not in _CLOSE:
            if around and text[match.end() : match.end() + 1] not in tuple(_CLOSE):
                around[-1].append((match.start(), match))
            elif around and text[opened[-1] : match.start()].rstrip(SPACE).endswith(("—", "–", "―", "--")):
                around[-1].append((opened[-1], match))
        elif around:
            opened.pop()
            for start, note in around.pop():
                kind: NoteKind = "translator" if note["translator"] else "editor"
                yield Note(start, match.start(), kind, note.group())
