"""Times of day: marked as such, with nothing to normalise."""

from __future__ import annotations

from ...numerals import NUMERALS, chinese, pattern
from ..found import Figure
from .bounds import after, before

_DAYTIME = "凌晨|清晨|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|晚间|深夜|夜间|夜里|午夜"
_PART = pattern(rf"(?:{_DAYTIME})[ ]?\Z")
_CLOCK = pattern(
    rf"(?P<part>{_DAYTIME})?[ ]?(?P<h>(?<![0-9.])[0-2]?[0-9](?![0-9])"
    rf"|(?<![{NUMERALS}])[{NUMERALS}]{{1,3}})[ ]?(?P<word>[时点](?![间候代期任刻机常事局段名建意看明在]))"
    rf"(?:[ ]?(?P<m>[0-5]?[0-9]|[{NUMERALS}]{{1,3}})[ ]?分(?!之)|(?P<half>[半整钟正])|[一三]刻)?"
)
_COLON = pattern(
    rf"(?P<part>{_DAYTIME})?[ ]?(?<![0-9:.])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:])(?: ?(?:a\.m\.|p\.m\.|am"
    rf"|pm|AM|PM)(?![A-Za-z]))?(?:[ ]?分)?(?: (?:GMT|UTC|BST|EST|EDT|CET|JST|CST|PST|PDT)\b)?"
    r"|[01]?[0-9](?:[.][0-5][0-9])? ?(?:a\.m\.|p\.m\.|am\b|pm\b|AM\b|PM\b|o'clock)(?:,? (?:GMT|UTC|BST|EST|EDT|CET"
    r"|JST|ET)\b)?"
)


def clock(text: str, at: int) -> Figure | None:
    """下午3時30分, 19:30, 3 p.m.: marked, with nothing to normalise."""
    if match := _COLON.match(text, at):
        return _clocked(text, match.start(), match.end())
    match = _CLOCK.match(text, at)
    if not match or (hour := chinese(match["h"])) is None or hour > 24:
        return None
    approximate = before(text, at).approx or after(text, match.end()).approx
    closed = text[match.end() : match.end() + 1] in ("，", "。", "、", "；", ",", ";", ")", "")
    part = match["part"] or _PART.search(text, max(0, at - 4), at)
    if not (
        part
        or match["m"]
        or match["half"]
        or (hour <= 12 and match["h"].isdigit() and (approximate or closed))
        or (match["word"] == "时" and match["h"].isdigit())
    ):
        return None
    return _clocked(text, match.start(), match.end())


def _clocked(text: str, start: int, end: int) -> Figure:
    if part := _PART.search(text, max(0, start - 4), start):
        start = part.start()
    lead, tail = before(text, start), after(text, end)
    return Figure(
        start=lead.at if lead.approx else start, end=tail.at, label="TIME", approx=lead.approx or tail.approx, score=1.0
    )
