"""Make an excerpt of a paragraph whose text is here: its words in a script, its voice, what to know of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from ..errors import YinzhengError
from ..records import Paragraph
from ..script import Script, pieces
from ..segment import Note
from ..works import Edition
from .cut import Range, ellipsis
from .excerpt import Excerpt
from .marks import balanced, bracketed

_CLAUSE = re.compile("[，。；：！？,;:!?]|[.](?=\\s)")
_PARTNERS = tuple(map(tuple, ("「」", "『』", "“”", "（）", "()", "［］", "[]", "《》", "〈〉")))
_OPENING, _CLOSING = map(set, zip(*_PARTNERS, strict=True))
SCRIPTS = {"hant": "繁體", "hans": "简体"}


def excerpt(
    edition: Edition,
    paragraph: Paragraph,
    ranges: Sequence[Range],
    notes: Sequence[Note] = (),
    copy: Script | None = None,
    script: Script | None = None,
) -> Excerpt:
    """The excerpt of a paragraph's text: stored ranges in reading order, with an ellipsis between them.

    ``notes``: those of the paragraph. ``copy``: the script of the text, where that may be another than the edition's.
    ``script``: the one to print, by default that of the text. Raises YinzhengError where words of a note and of the
    author are mixed.
    """
    start, end = ranges[0][0], ranges[-1][1]
    ours = edition.role == "digest"
    _not_through(paragraph.text or "", notes, ranges)
    voices = {_voice(notes, paragraph, one) for one in ranges}
    if len(voices) > 1:
        raise YinzhengError("these words are partly the author's and partly not: quote them one by one")
    own = edition.script
    copy = copy or own if own else None
    wanted = script or copy if own else None
    words, emphasis = _words(paragraph, ranges, edition.language, copy, wanted)
    made = Excerpt(
        work=paragraph.work,
        edition=edition,
        paragraph=paragraph.id,
        number=paragraph.number,
        page=paragraph.page,
        section=None,
        start=start,
        end=end,
        text=words,
        words="paraphrase" if ours else "quotation",
        whose="ours" if ours else voices.pop(),
        lang=f"zh-{wanted.capitalize()}" if wanted else edition.tag,
        script_from=None if wanted == own else own,
        copy_script=None if copy == own else copy,
        emphasis=emphasis,
        parts=tuple(at for one in ranges for at in one) if len(ranges) > 1 else (),
        cut=(start, end) != (0, len(paragraph.text or "")),
    )
    return replace(made, notices=(*_left_out(paragraph.text or "", ranges), *_notices(made, notes)))


def with_partners(text: str, start: int, end: int) -> Range:
    """The range with the marks right beside it whose partners stand in it: a claim may be marked from within them.

    >>> with_partners("「燈亮了」，他說。", 1, 4)
    (1, 4)
    >>> with_partners("他說「燈亮了，人走了」。", 3, 11)
    (2, 11)
    """
    if text[start - 1 : start] not in _OPENING and text[end : end + 1] not in _CLOSING:
        return start, end
    for opens, closes in _PARTNERS:
        opened, closed = text[start - 1 : start] == opens, text[end : end + 1] == closes
        more = text.count(opens, start, end) - text.count(closes, start, end)
        if more == -1 and opened:
            start -= 1
        elif more == 1 and closed:
            end += 1
    return start, end


def _words(
    paragraph: Paragraph, ranges: Sequence[Range], language: str, copy: Script | None, wanted: Script | None
) -> tuple[str, tuple[int, ...]]:
    """The words of the ranges and where they are emphasised, converted as they read in their paragraph."""
    text = paragraph.text or ""
    stressed = list(zip(paragraph.emphasis[::2], paragraph.emphasis[1::2], strict=True))
    edges = sorted({0, len(text), *(at for one in (*ranges, *stressed) for at in one)})
    cuts = list(pairwise(edges))
    converted = pieces(text, edges, copy, wanted) if copy and wanted else [text[a:b] for a, b in cuts]
    dots = ellipsis("".join(text[a:b] for a, b in ranges), language)
    words, emphasis = "", list[int]()
    for number, (first, last) in enumerate(ranges):
        words += dots if number else ""
        for (low, high), piece in zip(cuts, converted, strict=True):
            if first <= low and high <= last:
                if any(a <= low and high <= b for a, b in stressed):
                    if emphasis[-1:] == [len(words)]:
                        emphasis.pop()
                    else:
                        emphasis.append(len(words))
                    emphasis.append(len(words) + len(piece))
                words += piece
    return words, tuple(emphasis)


def _not_through(text: str, notes: Sequence[Note], ranges: Sequence[Range]) -> None:
    for one in notes:
        low, high = one.start, one.end
        for first, last in ranges:
            if one.kind != "marker" and (first < low < last < high or low < first < high < last):
                raise YinzhengError(
                    f"these words are partly the {one.kind}'s, from the note {text[low:high]!r}, and partly not: "
                    "quote the note whole, or none of it"
                )


def _voice(notes: Sequence[Note], paragraph: Paragraph, place: Range) -> Literal["author", "translator", "editor"]:
    for one in notes:
        if one.kind != "marker" and one.start <= place[0] and place[1] <= one.end:
            return one.kind
    return paragraph.voice


def _left_out(text: str, ranges: Sequence[Range]) -> Iterator[str]:
    """A negation that is cut out of a clause of which other words stay."""
    for (_, end), (start, _) in pairwise(ranges):
        from ..stakes import stakes  # late: only a cut needs the tables

        clauses = _CLAUSE.split(text[end:start])
        near = dict.fromkeys((clauses[0], clauses[-1]))
        words = [clause[one.start : one.end] for clause in near for one in stakes(clause) if one.kind == "negation"]
        if words:
            yield f"the words left out hold {', '.join(map(repr, words))}: is the sense still the same?"


def _notices(excerpt: Excerpt, notes: Sequence[Note]) -> Iterator[str]:
    """What a writer must know of the words."""
    if excerpt.whose in ("translator", "editor"):
        yield f"these are the {excerpt.whose}'s words, not the author's"
    else:
        for kind in sorted({n.kind for n in notes if excerpt.start <= n.start < n.end <= excerpt.end}):
            yield f"these words hold a note of the {kind}'s, which are not the author's words"
    if excerpt.script_from:
        yield f"the words are converted; the edition prints {SCRIPTS[excerpt.script_from]}"
    elif excerpt.copy_script:
        yield (
            f"your copy is in {SCRIPTS[excerpt.copy_script]}, and was converted back to the edition's script: compare "
            "the characters with the print"
        )
    if excerpt.words == "quotation" and not balanced(excerpt.text, excerpt.lang):
        yield "a quotation mark in these words has no partner in them: quote up to it, or leave it out"
    elif excerpt.words == "quotation" and not bracketed(excerpt.text):
        yield "a bracket in these words has no partner in them: quote up to it, or leave it out"
