"""What the values of a figure may be, and how they go together: DESIGN section 3 and GUIDELINES. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import isfinite

from .records import Figure


def unsound(figure: Figure) -> Iterator[str]:
    """What is wrong with a figure's values, in words: none where they are one value, one list, or one range of two.

    Dates are EDTF, levels 0 to 2 (https://www.loc.gov/standards/datetime/, its grammar; whether a day is in its month
    is not looked at); durations are ISO 8601 4.4.2.4, and two of them, as P10Y/P12Y, a range.
    """
    low, high = figure.min, figure.max
    if not all(isfinite(one) for one in (figure.value, low, high, *figure.value_list) if one is not None):
        yield "a value that is not finite"
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        yield f"min {low} and max {high} are no range"
    if sum((figure.value is not None, bool(figure.value_list), low is not None)) > 1:
        yield "value, value_list and min–max at once"
    if figure.bound and (figure.value_list or low is not None):
        yield f"bound {figure.bound} with more than one value"
    if figure.unit is not None and not _UNITS.get(figure.label, _UCUM).fullmatch(figure.unit):
        yield f"unit {figure.unit[:40]!r} is none of {figure.label}: ISO 4217, as USD; % or pp; or UCUM, as km"
    if figure.edtf is not None and not is_edtf(figure.edtf):
        yield f"edtf {figure.edtf[:40]!r} is no EDTF date, as 2009-06, 198X, 2000~ or 2000/2005"
    if figure.duration is not None and not is_duration(figure.duration):
        yield f"duration {figure.duration[:40]!r} is no ISO 8601 duration, as P10Y or P10Y/P12Y"


@lru_cache(maxsize=4096)
def is_edtf(words: str) -> bool:
    """Whether words are a date, an interval, or a set of dates of EDTF.

    >>> [is_edtf(one) for one in ("2009-06", "198X", "2000~/..", "2023-33", "[1998,2003..2005]", "2009/6", "June 2009")]
    [True, True, True, True, True, False, False]
    """
    return bool(_EDTF.fullmatch(words))


@lru_cache(maxsize=4096)
def is_duration(words: str) -> bool:
    """Whether words are a duration of ISO 8601, or two with a slash between.

    >>> [is_duration(one) for one in ("P10Y", "P1Y6M", "PT1.5H", "P10Y/P12Y", "P", "10Y", "P1YT")]
    [True, True, True, True, False, False, False]
    """
    return bool(_DURATION.fullmatch(words))


# What a unit looks like; whether there is such a currency or measure is not looked up.
_UNITS = {"MONEY": re.compile("[A-Z]{3}"), "PERCENT": re.compile("%|pp")}
_UCUM = re.compile(r"[!-~]+")
# Every part begins and ends with other signs, so that no word is tried twice.
_YEAR = r"-?[0-9X]{4}(?:S[1-9][0-9]*)?|Y-?[0-9]{5,18}(?:S[1-9][0-9]*)?|Y-?[0-9]{1,18}E[0-9]{1,4}(?:S[1-9][0-9]*)?"
_MONTH = r"0[1-9]|1[0-2]|[01X]X"
_SEASON = r"2[1-9]|3[0-9]|4[01]"
_DAY = r"0[1-9]|[12][0-9]|3[01]|[0-3X]X|X[0-9]"
_SIGN = "[?~%]?"
_IN_YEAR = rf"(?:{_MONTH}){_SIGN}(?:-{_SIGN}(?:{_DAY}){_SIGN})?|(?:{_SEASON}){_SIGN}"
_DATE = rf"{_SIGN}(?:{_YEAR}){_SIGN}(?:-{_SIGN}(?:{_IN_YEAR}))?"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:Z|[+-][0-9]{2}(?::[0-9]{2})?)?"
_TIME = rf"[0-9]{{4}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T{_CLOCK}"
_SOME = rf"(?:{_DATE})(?:\.\.(?:{_DATE})?)?|\.\.(?:{_DATE})"
_SET = rf"(?:{_SOME})(?:, ?(?:{_SOME}))*"
_EDTF = re.compile(rf"{_TIME}|{_DATE}|(?:{_DATE})/(?:{_DATE}|\.\.)?|(?:\.\.)?/(?:{_DATE})|\[{_SET}\]|\{{{_SET}\}}")
_NUMBER = "[0-9]+(?:[.,][0-9]+(?=[A-Z](?:/|$)))?"  # a fraction in the last part only
_DAYS = rf"(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
_HOURS = rf"T(?=[0-9])(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?"
_SPAN = rf"P(?=[0-9]|T[0-9]){_DAYS}(?:{_HOURS})?"
_DURATION = re.compile(rf"{_SPAN}(?:/{_SPAN})?")
