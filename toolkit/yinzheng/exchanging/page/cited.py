"""The citations of a page: each style is asked once for each kind of place, not once for each place. Pure.

A hundred thousand places differ in their words, numbers, pages and headings alone. So `citing` prints one of each kind
with signs for these, which are filled in where the citation is shown; on its first place each kind is tried.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ...citing.cite import render
from ...citing.excerpt import Excerpt
from ...citing.formats.document import clean
from ...citing.inline import Sup, plain
from ...citing.making import excerpt, with_partners
from ...citing.marks import printed
from ...citing.styles import STYLES
from ...records import Paragraph
from ...script import Script, detect
from ...segment import Note
from ..held import Held

# Of the private use area, where no text has words: the words between marks, and in a block; the number, the page, the
# page raised, and the heading above.
_WORDS, _BLOCK, _NUMBER, _PAGE, _RAISED, _SECTION = SIGNS = "\ue000\ue001\ue002\ue003\ue004\ue005"
_DIGITS = "7654321"
_WORDS_SIGN = re.compile(rf"( {{4}})?{_WORDS}(?: ?{_WORDS})*a?")
_MARKS = re.compile('[「」『』“”‘’"]')
_LENGTHS = sorted({length for style in STYLES.values() for length in style.block})


class Cell(NamedTuple):
    """How a place is cited. ``kind``: an index into `Citations.kinds`. ``words``: between marks and in a block, where
    they are not the text's own as it stands. ``notices``: what to know of them."""

    kind: int
    words: tuple[str, str] | None
    notices: tuple[str, ...]


class Citations:
    """``kinds``: for each, by style, two indexes into ``strings``: what stands before the references, with its signs,
    and the references. ``signed``: those that have signs, and hold for more than one place."""

    def __init__(self) -> None:
        self.strings: dict[str, int] = {}
        self.kinds: list[list[tuple[int, int]]] = []
        self.signed: set[int] = set()
        self._known: dict[Excerpt, int | None] = {}

    def kind(self, held: Held, one: Excerpt, words: tuple[str, str]) -> int:
        """The kind of a place, printed where it is new."""
        model = _model(one, words)
        if model not in self._known:
            signed = [self._signed(held, model, style) for style in STYLES]
            real = [_halves(held, one, style) for style in STYLES]
            honest = all(filled(head, words, one) == own for (head, _), (own, _) in zip(signed, real, strict=True))
            self._known[model] = self._add(signed) if honest else None
            self.signed |= {len(self.kinds) - 1} if honest else set()
        known = self._known[model]
        # A style that makes more of a place than signs can say is asked for each.
        return known if known is not None else self._add([_halves(held, one, style) for style in STYLES])

    def _signed(self, held: Held, model: Excerpt, style: str) -> tuple[str, str]:
        head, tail = _halves(held, model, style)
        head = _WORDS_SIGN.sub(lambda sign: f"    {_BLOCK}" if sign[1] else _WORDS, head)
        digits = _PAGE if model.page else _NUMBER
        return head.replace(_DIGITS, digits).replace(plain((Sup(_DIGITS),)), _RAISED), tail

    def _add(self, texts: Sequence[tuple[str, str]]) -> int:
        strings = self.strings
        self.kinds.append([tuple(strings.setdefault(text, len(strings)) for text in pair) for pair in texts])  # type: ignore[misc]
        return len(self.kinds) - 1


def _halves(held: Held, one: Excerpt, style: str) -> tuple[str, str]:
    head, _, tail = str(render([[one]], {held.work.key: held.bibliography}, style=style).data).rpartition("\n\n")
    return head, tail


def _model(one: Excerpt, words: tuple[str, str]) -> Excerpt:
    """A place of the same kind whose words, number, page and heading are signs."""
    between = " " if one.lang.startswith("en") else ""
    sign = between.join([_WORDS] * _least(one, one.text)) + ("a" if words[0][-1:].isalnum() else "")
    paged = one.page is not None and one.page.isascii() and one.page.isdigit()
    return replace(
        one,
        paragraph="",
        number=int(_DIGITS) if one.number and not one.page else None,
        page=_DIGITS if paged else one.page,
        section=_SECTION if one.section else None,
        start=0,
        end=1,
        text=sign,
        emphasis=(0, len(sign)) if one.emphasis else (),
        cut=False,
        notices=(),
    )


def _least(one: Excerpt, text: str) -> int:
    """The longest of the lengths that styles look at which words of a place's kind reach."""
    if one.words == "paraphrase":
        return 1
    length = len(text.split()) if one.lang.startswith("en") else len(text)
    return max((at for at in _LENGTHS if at <= length), default=1)


def filled(signed: str, words: tuple[str, str], one: Excerpt) -> str:
    """A citation as the page shows it: the signs replaced."""
    raised = plain((Sup(one.page or ""),))
    values = dict(zip(SIGNS, (*words, str(one.number), one.page or "", raised, one.section or ""), strict=True))
    return re.sub(f"[{SIGNS}]", lambda sign: values[sign.group()], signed)


class Cited:
    """The citations of one edition's places."""

    def __init__(self, citations: Citations, held: Held) -> None:
        self._citations, self._held = citations, held
        self._headings = {one.id: one.text for one in held.paragraphs if one.kind == "heading"}
        sample = "".join(one.text or "" for one in held.paragraphs[:40])
        local = held.edition.text == "local" and held.edition.script
        self._copy: Script | None = (detect(sample) if local else None) or held.edition.script

    def at(self, paragraph: Paragraph, places: Sequence[tuple[int, int]]) -> list[Cell]:
        """Of the whole paragraph, then of each place in it."""
        notes = [Note.parse(note) for note in self._held.asides.get(paragraph.id, ())]
        text = paragraph.text or ""
        whole = self._excerpt(paragraph, (0, len(text)), notes)
        cells = [self._cell(whole, text)]
        plainly = not notes and not whole.emphasis and whole.copy_script is None
        alike: dict[tuple[bool, int], Cell] = {}
        for start, end in places:
            own, printed = text[start:end], with_partners(text, start, end)
            if not plainly or printed != (start, end):
                cells.append(self._cell(self._excerpt(paragraph, printed, notes), own))
                continue
            if whole.words == "quotation" and _MARKS.search(own):
                cells.append(self._cell(replace(whole, text=own, cut=True), own))
                continue
            # Words that stand as they are: their length and what ends them is all that a style looks at.
            words, key = clean(own), (own[-1:].isalnum(), _least(whole, own))
            if key not in alike or alike[key].kind not in self._citations.signed:
                alike[key] = self._cell(replace(whole, text=own, cut=True), own)
            cells.append(alike[key]._replace(words=None if words == own else (words, words)))
        return cells

    def _excerpt(self, paragraph: Paragraph, place: tuple[int, int], notes: Sequence[Note]) -> Excerpt:
        start, end = place
        for one in notes:
            if one.kind != "marker" and (one.start < start < one.end < end or start < one.start < end < one.end):
                start, end = 0, len(paragraph.text or "")  # partly a note's words: cite the paragraph
        made = excerpt(self._held.edition, paragraph, [(start, end)], notes, self._copy)
        return replace(made, section=self._headings.get(paragraph.section or ""))

    def _cell(self, one: Excerpt, own: str) -> Cell:
        between, block = (plain_words(one, block) for block in (False, True))
        words = (between, block)
        return Cell(self._citations.kind(self._held, one, words), None if words == (own, own) else words, one.notices)


def plain_words(one: Excerpt, block: bool) -> str:
    """The words of an excerpt as plain text prints them."""
    return clean(plain(printed(one, block)[1]))
