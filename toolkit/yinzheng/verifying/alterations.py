"""What a writer may change inside a quotation, if it is marked: set aside before comparing, and listed.

A cut (``…``, ``……``, ``. . .``, ``[...]``, ``〔…〕``, ``（中略）``); words in square brackets for words of the
source or for none; a bracketed initial (``[t]he``); and notes, in any bracket: ``[sic]``, ``（引者注：…）``,
``(emphasis added)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from ..letters import letters

_MARK = re.compile(
    r"(?P<open>[(（\[［〔])(?P<inside>[^()（）\[\]［］〔〕]{0,300})[)）\]］〕]|(?P<cut>[…⋯]+|(?:\.\s?){2,}\.|[。．·]{3,})"
)
_CUT = re.compile(r"[\s]*(?:[…⋯]+|(?:\.\s?){2,}\.|[。．·]{3,}|[…⋯]*(?:以下|[上中下前後后])?[从從]?略[…⋯]*)[\s]*")
_WHO = "引者|引用者|筆者|笔者|作者|譯者|译者|編者|编者|本文作者"
_STRESS = "着重|著重|重點|重点|強調|强调|粗體|粗体|黑體|黑体|下劃線|下划线|底線|斜體|斜体"
_NOTE = re.compile(
    rf"\s*(?:(?:{_WHO}|譯|译|編|编)\s*(?:注|註|按|案|加|識|识)(?![\u4e00-\u9fff])|(?:{_WHO})\s*(?:注|註|按|$)"
    r"|原文如此|sic[.!]?\s*$|(?:emphas[ei]s|italics|boldface)\s+(?:was |is |are )?"
    r"(?:added|mine|ours|supplied|original|in\s)|(?:my|our)\s+(?:emphasis|italics)|(?:author|translator|editor)[’']s\s+(?:note|emphasis)"
    rf"|(?:{_STRESS})[^，。]{{0,8}}(?:引者|筆者|笔者|作者|譯者|译者|原文|原有|所加|後加|后加)"
    rf"|.*[—－,，-]\s*(?:{_WHO})(?:注|註|按|加)?\s*$)",
    re.I | re.S,
)
_LATIN = re.compile(r"[^\W\d_⺀-\U000e0000]")


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the source may have other words. ``at``: how many kept letters stand before it. ``text``: the mark
    as it is written. ``words``: those that stand for the source's; empty for a cut."""

    at: int
    kind: Literal["cut", "replaced"]
    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A quotation without what is marked as altered. ``pieces``: its words, divided by the gaps (one more than those).
    ``forgiven``: kept letters whose case is marked. ``listed``: every alteration as it is written. ``said``: the
    writer's words before it."""

    pieces: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()
    forgiven: tuple[int, ...] = ()
    listed: tuple[str, ...] = ()
    letters: str = field(default="")
    said: str = ""


def set_aside(quote: str, said: str = "") -> Kept:
    """A quotation, parted into what must be in the source and what is marked as the writer's.

    >>> kept = set_aside("[T]he output …… grew [sic] by 3 %")
    >>> kept.pieces, kept.gaps[0].at, kept.forgiven, kept.listed
    (('The output ', ' grew by 3 %'), 9, (0,), ('[T]', '……', '[sic]'))
    """
    pieces, piece = [], ""
    gaps: list[Gap] = []
    forgiven, listed = [], []
    done, at = 0, 0  # letters in finished pieces
    for mark in _MARK.finditer(quote):
        inside = mark["inside"]
        piece += quote[at : mark.start()]
        at = mark.end()
        cut = mark["cut"] is not None or bool(_CUT.fullmatch(inside))
        if not cut and _NOTE.match(inside):
            listed.append(mark.group())
            if quote[at : at + 1].isspace():
                piece = piece.rstrip()
            continue
        if not cut and (mark["open"] in "(（" or not inside.strip()):
            piece += mark.group()
            continue
        if not cut and _LATIN.match(quote[at : at + 1] or " ") and _LATIN.match(inside.rstrip("-‐‑")[-1:]):
            if len(inside) == 1:
                forgiven.append(done + len(letters(piece)))
                listed.append(mark.group())
            piece += inside  # more than an initial is a word of the source's, or it is none
            continue
        if not cut and _LATIN.match(piece[-1:] or " ") and _LATIN.match(inside) and len(inside) > 3:
            piece += inside
            continue
        if cut and gaps and gaps[-1].kind == "cut" and not piece.strip():  # ……（中略）…… is one cut
            gaps[-1] = Gap(done, "cut", gaps[-1].text + piece + mark.group())
            listed[-1] = gaps[-1].text
            piece = ""
            continue
        pieces.append(piece)
        done += len(letters(piece))
        piece = ""
        gaps.append(Gap(done, "cut" if cut else "replaced", mark.group(), "" if cut else inside))
        listed.append(mark.group())
    pieces.append(piece + quote[at:])
    return Kept(
        tuple(pieces), tuple(gaps), tuple(forgiven), tuple(listed), "".join(letters(p).text for p in pieces), said
    )
