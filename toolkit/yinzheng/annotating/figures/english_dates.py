"""Dates in English, and dates in digits, with the words before and behind them, and their intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...numerals import pattern
from ...records import Bound
from ..found import Figure
from .context import Context
from .english_points import AGAINST_YEAR, Point, point

_LEAD = pattern(
    r"(?:(?<![A-Za-z])(?:(?P<le>by|before|prior to|until|till|no later than|not later than|by around|by about)"
    r"|(?P<ge>after|no earlier than|later than)|(?P<since>since)|(?P<between>between)|(?P<approx>about|around|circa"
    r"|c\.|ca\."
    r"|roughly|approximately))"
    r" (?P<the>the (?!year ))?(?:the year )?)\Z",
    re.I,
)
_SEP = pattern(r" ?(?:-|—) ?| (?:to|through|until|till|and) (?:the )?")
_LATER = pattern(r" (?:or|and) (?:later|after|thereafter|(?P<le>earlier|before))(?![A-Za-z]| (?:[0-9]|the|that))")
_ONWARDS = pattern(r" (?:onwards?|on(?=[ ,.;]))\b| ?- ?(?:present\b|(?=[)]))| to (?:the )?present\b")


def date(text: str, at: int, context: Context) -> Figure | None:
    """The date whose first number, month or ordinal stands at an offset."""
    first = point(text, at, context, None)
    if first is None:
        return None
    edtf, end, vague = first.text(), first.end, first.vague
    bound: Bound | None = None
    start = first.start
    lead = _LEAD.search(text, max(0, start - 20), start)
    if lead and lead["the"] and "X" not in first.edtf and not first.vague:
        lead = None  # after the 2008 crisis
    between = bool(lead and lead["between"])
    if (
        not first.last
        and (sep := _SEP.match(text, end))
        and sep.end() < len(text)
        and ("and" not in sep.group() or between)
    ):
        second = _second(text, sep.end(), context, first)
        if (
            second
            and (second.edtf > first.edtf or "X" in first.edtf)
            and not (text[end : end + 1] == " " and "—" in sep.group())
        ):
            edtf, end, vague = f"{first.text()}/{second.text()}", second.end, vague or second.vague
    if "/" not in edtf and (later := _LATER.match(text, end)):
        bound, end = "<=" if later["le"] else ">=", later.end()
    if "/" not in edtf and (onwards := _ONWARDS.match(text, end)):
        edtf, end = edtf + "/..", onwards.end()
    if lead and (not lead["between"] or "/" in edtf):
        kind = next(name for name in ("le", "ge", "since", "between", "approx") if lead[name])
        taken = "/" not in edtf or kind == "between"
        if kind in ("le", "ge") and "/" not in edtf:
            bound = "<=" if kind == "le" else ">="
        elif kind == "since" and "/" not in edtf:
            edtf += "/.."
        elif kind == "approx" and "/" not in edtf:
            edtf, vague = edtf.removesuffix("~") + "~", True
        if taken:
            start = lead.start()
    return Figure(start=start, end=end, label="DATE", edtf=edtf, approx=vague, bound=bound, score=first.score)


_SHORT = pattern(r"[0-9]{2}(?![0-9%,.]?[0-9]|[%A-Za-z])")


_EARLY = pattern(r"(?:(?:early|mid|late)(?: |-)|(?:end|start|beginning|middle|close) of )(?:the )?", re.I)


def _second(text: str, at: int, context: Context, first: Point) -> Point | None:
    if first.plain_year and (short := _SHORT.match(text, at)):
        year = int(first.edtf[:2] + short.group())
        if text[at - 1] == "-" and year > int(first.edtf):
            context.name(year)
            return Point(at, short.end(), f"{year:04d}")
    skip = 0
    part = _EARLY.match(text, at)
    if part:
        skip = part.end() - at
    if at + skip >= len(text):
        return None
    second = point(text, at + skip, context, first, ranged=True)
    return second._replace(vague=True) if second and skip else second


_LEAN = pattern(
    r"(?:(?P<part>(?:early|late|mid) in )?(?:the|that) (?:same|very same) year|the (?:following"
    r"|next) year)(?![A-Za-z'-])",
    re.I,
)


def leaning(text: str, at: int, context: Context) -> Figure | None:
    """ "the same year", where a year has been named."""
    match = _LEAN.match(text, at)
    if not match or context.year is None:
        return None
    following = "same" not in match.group().lower()
    return Figure(start=at, end=match.end(), label="DATE", edtf=context.leaning(int(following)), score=0.7)


_NAMED_YEAR = pattern(r"(?<![0-9A-Za-z.$€£¥])(?:1[5-9]|20)[0-9]{2}(?=[ ,.;:)-]|$)")


def years(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each year of a text begins and ends, and which it is."""
    for match in _NAMED_YEAR.finditer(text):
        if not AGAINST_YEAR.match(text, match.end()):
            yield *match.span(), int(match.group())
