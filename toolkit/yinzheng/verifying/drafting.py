"""Blocks while they are being read: text is added with its place in the source, white space folds by itself."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .printed import behind
from .printed import citations as printed
from .prose import Block, Citation, Stretch

_RUN = re.compile(r"[ \t\r\n\f\v\ufeff]+|[^ \t\r\n\f\v\ufeff]+(?: [^ \t\r\n\f\v\ufeff]+)*")
_UP = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_WIDE = "\u2e80"  # from here on Han characters and their punctuation: no space where a line of them is broken


def find(signs: re.Pattern[str], token: re.Pattern[str], text: str, at: int, end: int) -> re.Match[str] | None:
    """The next token from ``at``. ``signs``: the characters that tokens begin with; looking for them first makes long
    prose fast."""
    while sign := signs.search(text, at, end):
        found = token.match(text, sign.start(), end)
        if found:
            return found
        at = sign.end()
    return None


class Draft:
    """One block in the making.

    ``at``: for each offset of the text that is copied from, and its end, the offset in the source of the file.
    """

    def __init__(self, at: Sequence[int], quote: int = 0) -> None:
        self.at, self.quote = at, quote
        self.parts: list[str] = []
        self.index: array[int] = array("q")
        self.ends: array[int] = array("q")
        self.length = 0
        self.citations: list[Citation] = []
        self.quoted: list[tuple[int, int]] = []
        self.emphasis: list[tuple[int, int]] = []
        self.notes: list[tuple[int, Draft]] = []  # footnotes that stand inside, with the place of their call
        self.calls: list[tuple[str, int]] = []  # footnotes that stand elsewhere, by their label
        self.defines: str | None = None
        self.paragraph: int | None = None
        self._gap: tuple[int, int, bool] | None = None

    def copy(self, text: str, start: int, end: int) -> None:
        """Add ``text[start:end]`` as it is; runs of white space become one space, none between lines of Han."""
        for run in _RUN.finditer(text, start, end):
            a, b = run.span()
            if text[a] in " \t\r\n\f\v\ufeff":
                self.space(a, b, "\n" in run.group())
                continue
            self._fill(text[a])
            self.parts.append(run.group())
            self._places(a, b)
            self.length += b - a

    def _places(self, a: int, b: int) -> None:
        first, size = self.at[a], b - a
        if self.at[b - 1] - first == size - 1:  # nothing between: faster than one by one
            self.index.extend(range(first, first + size))
            self.ends.extend(range(first + 1, first + size + 1))
        else:
            self.index.extend(self.at[a:b])
            self.ends.extend([place + 1 for place in self.at[a:b]])

    def put(self, words: str, start: int, end: int) -> None:
        """Add words that stand for the markup between two offsets."""
        if words:
            self._fill(words[0])
            self.parts.append(words)
            self.index.extend([self.at[start]] * len(words))
            self.ends.extend([self.at[end - 1] + 1 if end > start else self.at[start]] * len(words))
            self.length += len(words)

    def space(self, start: int, end: int, broken: bool = False) -> None:
        """White space, which shows only between words."""
        if self._gap is None:
            self._gap = (start, end, broken)
        elif broken:
            self._gap = (self._gap[0], self._gap[1], True)

    def pause(self) -> None:
        """The end of a paragraph that is not the end of the block."""
        self.space(-1, -1, True)

    def _fill(self, following: str) -> None:
        gap, self._gap = self._gap, None
        if gap is None or not self.length:
            return
        if gap[2] and self.parts[-1][-1:] >= _WIDE and following >= _WIDE:
            return
        self.parts.append(" ")
        self.index.append(self.at[gap[0]] if gap[0] >= 0 else self.ends[-1])
        self.ends.append(self.at[gap[1] - 1] + 1 if gap[1] > gap[0] else self.index[-1])
        self.length += 1

    def words(self, since: int) -> str:
        """What was added since the text was of this length."""
        parts, left = [], self.length - since
        for part in reversed(self.parts):
            if left <= 0:
                break
            parts.append(part[-left:])
            left -= len(part)
        return "".join(reversed(parts))

    def lift(self, since: int) -> None:
        """What was added since then stands above the line."""
        words = self.words(since)
        left, part = len(words), ""
        while left > 0:
            part = self.parts.pop()
            left -= len(part)
        self.parts += [part[:-left] if left else "", words.translate(_UP)]

    def cite(self, key: str | None, locator: str | None, fields: tuple[tuple[str, str], ...] = ()) -> None:
        """A citation that is not printed, here."""
        locator = (locator or "").strip(" ,，、;；:：\n") or None
        self.citations.append(Citation(self.length, self.length, key, locator, fields))

    def name(self, key: str, locator: str | None, start: int, end: int) -> None:
        """A citation that speaks in the sentence (Park (2023) says); its key stands for the name that is printed."""
        if self.citations and self.citations[-1].start < self.citations[-1].end == self.length and self._gap is None:
            self.put("; ", start, end)
        self.put(key, start, end)
        self.citations.append(Citation(self.length - len(key), self.length, key, locator or None))

    def cut(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Take out parts of the text that turned out to be markup."""
        cuts = sorted(ranges)
        if not cuts:
            return
        text = "".join(self.parts)
        kept: list[tuple[int, int]] = []
        at = 0
        for start, end in cuts:
            kept.append((at, max(at, start)))
            at = max(at, end)
        kept.append((at, len(text)))
        index, ends = array("q"), array("q")
        starts, before = [], []
        total = 0
        for a, b in kept:
            starts.append(a)
            before.append(total)
            total += b - a
            index.extend(self.index[a:b])
            ends.extend(self.ends[a:b])

        def place(offset: int) -> int:
            number = bisect_left(starts, offset + 1) - 1
            return before[number] + min(offset, kept[number][1]) - kept[number][0]

        self.parts, self.index, self.ends, self.length = [text[a:b] for a, b in kept], index, ends, total
        self.parts = [part for part in self.parts if part]
        self.citations = [replace(one, start=place(one.start), end=place(one.end)) for one in self.citations]
        self.quoted = [(place(a), place(b)) for a, b in self.quoted]
        self.emphasis = [(place(a), place(b)) for a, b in self.emphasis]
        self.notes = [(place(a), note) for a, note in self.notes]
        self.calls = [(label, place(a)) for label, a in self.calls]


class Pages:
    """The blocks of one file, in reading order."""

    def __init__(self, source: str, file: str, markup: str) -> None:
        self.source, self.file, self.markup = source, file, markup
        self.blocks: list[Block] = []
        self._calls: dict[str, list[tuple[int, int]]] = {}
        self._defined: list[tuple[int, str]] = []

    def add(self, draft: Draft, source: str | None = None) -> None:
        """A finished block, and behind it the notes that stand inside it, each followed by its own."""
        row: list[tuple[Draft, tuple[int, int] | None]] = [(draft, None)]
        while row:
            draft, note_of = row.pop()
            number = len(self.blocks)
            if self._put(draft, note_of, self.source if source is None else source):
                row += [(note, (number, offset)) for offset, note in reversed(draft.notes)]

    def _put(self, draft: Draft, note_of: tuple[int, int] | None, source: str) -> bool:
        text = "".join(draft.parts)
        if not (text.strip() or draft.citations or draft.notes or draft.calls):
            return False
        number = len(self.blocks)
        draft.index.append(draft.ends[-1] if draft.ends else draft.at[0] if len(draft.at) else 0)
        for label, offset in draft.calls:
            self.call(label, number, offset)
        if draft.defines is not None:
            self._defined.append((number, draft.defines))
        self.blocks.append(
            Block(
                text,
                draft.index,
                self.file,
                _all(text, draft.citations, note_of is not None or draft.defines is not None, draft.quote),
                tuple(Stretch(a, b) for a, b in sorted(draft.quoted) if b > a),
                tuple(sorted((a, b) for a, b in draft.emphasis if b > a)),
                draft.quote,
                note_of,
                draft.paragraph,
                source,
                draft.ends,
                self.markup,
            )
        )
        return True

    def cite_last(self, cited: Iterable[Citation], since: int = 0) -> None:
        """What is cited for a quotation as a whole belongs to its last block."""
        number = next((n for n in range(len(self.blocks) - 1, since - 1, -1) if self.blocks[n].note_of is None), -1)
        if number >= 0:
            block, here = self.blocks[number], len(self.blocks[number].text)
            more = tuple(replace(one, start=here, end=here) for one in cited)
            self.blocks[number] = replace(block, citations=(*block.citations, *more))

    def extend(self, blocks: Iterable[Block]) -> None:
        """The blocks of a file that this one includes."""
        base = len(self.blocks)
        for block in blocks:
            called = block.note_of
            self.blocks.append(replace(block, note_of=called and (called[0] + base, called[1])))

    def call(self, label: str, number: int, offset: int) -> None:
        """A note of this label is called in a block."""
        self._calls.setdefault(label, []).append((number, offset))

    def finished(self) -> list[Block]:
        """All blocks, the footnotes with the place that calls them: of labels that come again on every page or in every
        chapter the one whose turn it is, or else the last one before the note."""
        defined = Counter(label for _, label in self._defined)
        turn: Counter[str] = Counter()
        for number, label in self._defined:
            calls = self._calls.get(label)
            if calls:
                every = len(calls) == defined[label]
                place = calls[turn[label] if every else max(0, bisect_left(calls, (number, 0)) - 1)]
                turn[label] += 1
                self.blocks[number] = replace(self.blocks[number], note_of=place)
        return self.blocks


def _all(text: str, given: Sequence[Citation], note: bool, quote: int) -> tuple[Citation, ...]:
    """The citations that the markup gives, and those that are printed in the words."""
    taken = sorted((one.start, one.end) for one in given if one.end > one.start)
    starts = [start for start, _ in taken]

    def free(one: Citation) -> bool:
        return not any(
            one.start < end for _, end in taken[max(0, bisect_left(starts, one.end) - 5) : bisect_left(starts, one.end)]
        )

    if note or (quote and text.startswith(("—", "–"))):
        stops = [*(one.start for one in given[1:]), len(text)]
        given = (
            [
                one if one.locator or one.key is None else replace(one, locator=behind(text, one.end, stop))
                for one, stop in zip(given, stops, strict=True)
            ]
            if given
            else []
        )
    more = [one for one in printed(text, note) if free(one)]
    return tuple(sorted([*given, *more], key=lambda one: (one.start, one.end)))
