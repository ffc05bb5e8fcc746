"""Figures: the values a text states, in Chinese and English, found by a grammar and normalised.

Numbers are read by `numbers`, what stands beside them by `bounds`; `chinese_dates`, `english_dates`, `amounts` and
`counts` say what a number with its neighbours is. They are tried in that order wherever the plain text
(`yinzheng.numerals.plain`, in step with the stored one) has something that can begin a figure. What counts as a figure,
where its span ends and how it is normalised: the project's annotation guidelines.

A score says how sure: 1.0 for a number with its unit, counter or date word; less where digits stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ...numerals import NUMERALS, measures, pattern, plain
from ..found import Figure
from . import chinese_dates, english_dates
from .amounts import amount
from .clock import clock
from .context import Context, is_aside
from .conversions import leading, linked, named_yuan, yuan_of
from .counts import chinese_count, counted_range, english_count
from .eras import ERA
from .fractions import chinese_fraction, chinese_part, english_part, slashed
from .names import Masks, is_in_name
from .numbers import number
from .ordinals import chinese_ordinal, english_ordinal

__all__ = ["figures", "leading", "years_named", "yuan_of"]


def figures(text: str, year: int | None = None, yuan: str | None = None) -> list[Figure]:
    """The figures of a paragraph, in reading order, not overlapping; offsets are code points of the text.

    ``year``: the last year named before it, for 同年10月, 次年, "the same year". ``yuan``: the currency of a
    元 of which the paragraph does not say whose it is (`yuan_of`, `leading`).

    >>> [(f.label, f.value, f.unit) for f in figures("補貼35億美元，約占15%")]
    [('MONEY', 3500000000.0, 'USD'), ('PERCENT', 15.0, '%')]
    >>> [f.edtf for f in figures("同年12月，法案通過", 2021)]
    ['2021-12']
    """
    read = plain(text)
    found = list(_found(read, Context(year, year)))
    return linked(read, named_yuan(read, found, yuan))


def years_named(text: str) -> tuple[int | None, int | None]:
    """The last year that a text tells of, and the last one that it names aside.

    >>> years_named("2019年設廠，2021年投產。"), years_named("自2016年起"), years_named("同年")
    ((2021, None), (None, 2016), (None, None))
    """
    read = plain(text)
    aside = None
    for start, end, value in sorted([*chinese_dates.years(read), *english_dates.years(read)], reverse=True):
        if not is_aside(read, start, end):
            return value, aside
        aside = aside or value
    return None, aside


@cache
def _starts() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """All that can begin a figure: its first character but for English words, whether it does, and English words."""
    table = measures()
    others = (
        "hundred thousand million billion trillion tens dozens scores hundreds thousands millions billions trillions"
        " half quarter several final a an few couple halv doubl tripl trebl quadrupl quintupl fiscal financial academic"
        " school twice the that spring"
    )
    words = [*table.cardinals, *table.ordinals, *others.split()]
    months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    stems: dict[str, list[str]] = {}
    for word in sorted({*words}, key=len, reverse=True):
        stems.setdefault(word[0], []).append(word[1:])
    english = "|".join(f"[{c}{c.upper()}](?:{'|'.join(rest)})" for c, rest in stems.items())
    eras = "".join(era[0] for era in ERA.split("|"))
    return (
        pattern(f"[0-9{NUMERALS}几数首第半翻双过元正上下前后本同当该次翌隔去今明{eras}]"),
        pattern(
            rf"[0-9{NUMERALS}几数首第半翻双]|过(?=半)|[元正](?=月)|[上下前后](?=半年)|[上本](?=个?世纪)|前(?=[两二三])|同(?=[年月])"
            rf"|[当该次翌隔去今明前后本上下](?=年)|(?={ERA})."
        ),
        pattern(rf"(?<![A-Za-z])(?:{english}|{months}|FY|Q(?=[1-4])|H(?=[12])|'(?=[0-9]))"),
    )


_LATIN = pattern("[A-Za-z']")


def _places(text: str) -> list[int]:
    """Where a figure can begin."""
    first, begins, english = _starts()
    found = [match.start() for match in first.finditer(text) if begins.match(text, match.start())]
    if _LATIN.search(text):
        found = sorted([*found, *(match.start() for match in english.finditer(text))])
    return found


def _found(text: str, context: Context) -> Iterator[Figure]:
    masks = Masks(text)
    done = taken = 0
    for at in _places(text):
        if at < done:
            continue
        if over := masks.end(at):
            done = over
            continue
        figure, over = _figure(text, at, context)
        if figure is not None:
            if figure.start < taken:
                figure = replace(
                    figure, start=taken + len(text[taken : figure.end]) - len(text[taken : figure.end].lstrip())
                )
            yield figure
            done = taken = figure.end
        else:
            done = max(done, over)


_DIGIT_RUN = pattern(r"[0-9](?:[0-9]|[.,](?=[0-9]))*")


_NUMERALS = pattern(rf"[{NUMERALS}]*")


def _figure(text: str, at: int, context: Context) -> tuple[Figure | None, int]:
    """The figure that begins at an offset; or how far the number reaches that is none."""
    c = text[at]
    if c.isascii():
        return _of_digits(text, at, context) if c.isdigit() else (_of_word(text, at, context), 0)
    if found := chinese_dates.date(text, at, context):
        return found, 0
    if found := chinese_part(text, at) or (clock(text, at) if c in NUMERALS else None):
        return found, 0
    if c in "首第":
        found = chinese_ordinal(text, at)
        if found or c == "首":
            return found, 0
        n = number(text, at + 1 + text.startswith(" ", at + 1)) if at + 2 < len(text) else None
        return None, n.end if n else 0
    if c not in NUMERALS and c not in "几数":
        return None, 0
    n = number(text, at)
    if n is None:
        run = _NUMERALS.match(text, at)
        return None, run.end() if run else 0
    found = chinese_fraction(text, n) or amount(text, n) or chinese_count(text, n)
    return found, n.end


def _of_digits(text: str, at: int, context: Context) -> tuple[Figure | None, int]:
    run = _DIGIT_RUN.match(text, at)
    reach = run.end() if run else at + 1
    if (
        at
        and text[at - 1].isascii()
        and (text[at - 1].isalpha() or text[at - 1] in "_#@\\")
        and not _PREFIXED.search(text, max(0, at - 6), at)
    ):
        return None, reach
    if (
        at > 1
        and text[at - 1] == "-"
        and text[at - 2].isascii()
        and text[at - 2].isalpha()
        and not _HYPHENED.search(text, max(0, at - 9), at)
    ):
        return None, reach
    if reach - at > 30:
        return None, reach
    if found := chinese_dates.date(text, at, context) or english_dates.date(text, at, context) or clock(text, at):
        return found, 0
    n = number(text, at)
    if n is None:
        return None, reach
    if found := english_ordinal(text, at):
        return found, 0
    if is_phone(text, at):
        return None, max(reach, is_phone(text, at))
    found = english_part(text, at) or chinese_fraction(text, n) or amount(text, n) or slashed(text, at)
    found = found or counted_range(text, n)
    if found is None and _is_chinese(text, n.end):
        found = chinese_count(text, n)
    elif found is None and not is_in_name(text, n.start, n.end):
        found = english_count(text, n)
    return found, max(reach, n.end)


_PREFIXED = pattern(r"(?:(?<![A-Za-z])(?:RMB|CNY|USD|EUR|GBP|JPY|KRW|TWD|HKD|INR|AUD|CAD|SGD|CHF|Rs|FY|US|NT))\Z")
_HYPHENED = pattern(r"(?:(?<![A-Za-z])(?:mid|pre|post|early|late|non|sub|under|over|inter|since|to|the))-\Z", re.I)
_AFTER_PLUS = pattern(r"[0-9]{1,3}(?:[ -][0-9]{2,5}){2,5}")
_PHONE = pattern(r"[0-9]+(?:-[0-9]+){2,}(?![0-9])|0[0-9]{2,}(?:[ -][0-9]{2,}){1,3}|[0-9]{1,3}(?:\.[0-9]{1,3}){2,}")


def is_phone(text: str, at: int) -> int:
    """The end of a telephone number, an address or a version of several parts; 0 if there is none."""
    match = (_AFTER_PLUS if text[at - 1 : at] == "+" else _PHONE).match(text, at)
    return match.end() if match else 0


_BEFORE_HAN = pattern(r"[ ]?(?:(?:-|—|、|/|至|到)[ ]?[0-9.,]+[ ]?)?[⺀-鿿豈-﫿𠀀-𿿿]")


def _is_chinese(text: str, end: int) -> bool:
    return bool(_BEFORE_HAN.match(text, end)) or (
        text[end : end + 1] in ("", ")", ",") and any("⺀" < c < "\uffff" for c in text[max(0, end - 12) : end])
    )


def _of_word(text: str, at: int, context: Context) -> Figure | None:
    if at and text[at - 1] == "-" and text[at - 2 : at - 1].isalpha() and text[at : at + 1].islower():
        return None
    if found := english_dates.date(text, at, context) or english_dates.leaning(text, at, context):
        return found
    if found := english_part(text, at):
        return found
    n = number(text, at)
    if n and text[n.end : n.end + 1] == "-" and (found := english_ordinal(text, at)):
        return found  # twenty-first
    if n is None or (text[n.end : n.end + 1].isalpha() and text[n.end].isascii() and text[n.end - 1] != " "):
        return english_ordinal(text, at)
    return amount(text, n) or english_count(text, n)
