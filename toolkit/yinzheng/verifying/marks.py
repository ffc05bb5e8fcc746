"""Quotation marks in one block: which open, which close, which are apostrophes and inches."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARK = re.compile("[“”„‟‘’‚‛「」『』﹁﹂﹃﹄«»‹›〝〞〟\"＂'＇]")
# Which closing marks an opening one may have: „…“ and „…”, »…« and ”…” are some people's habit.
CLOSERS = {
    **{"“": "”", "‟": "”", "„": "“”‟", "‘": "’", "‛": "’", "‚": "‘’", "「": "」", "『": "』", "﹁": "﹂", "﹃": "﹄"},
    **{"«": "»", "»": "«", "‹": "›", "›": "‹", "〝": "〞〟", '"': '"', "＂": "＂", "'": "'", "＇": "＇", "”": "”"},
}
_ALWAYS_OPEN = set("“„‟‘‚‛「『﹁﹃〝")
_CLOSING = set("".join(CLOSERS.values()))
_BOTH = set("\"＂'＇«»‹›")


@dataclass(slots=True)
class Marks:
    """``pairs``: the offsets of each opening mark and the one that closes it, outer ones first. ``unclosed``: the
    outermost mark that nothing closes. ``unopened``: the first that nothing opens."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    unclosed: int | None = None
    unopened: int | None = None


def marks(text: str) -> Marks:
    """Pair the quotation marks of a block.

    >>> [text[a + 1 : b] for text in ["「他說『好』」的5\\" 管", "it's ‘the dogs’ bowl’"] for a, b in marks(text).pairs]
    ['他說『好』', '好', 'the dogs’ bowl']
    """
    found = Marks()
    stack: list[int] = []
    inches = _inches(text)
    possessives = _possessives(text)
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if at in inches or (mark in "'’‘" and _latin(before) and _latin(after)):
            continue
        opener = _opener(text, stack, mark) if mark in _CLOSING else None
        if at in possessives:
            continue
        if opener is not None and _may_close(mark, before, after):
            del stack[stack.index(opener, len(stack) - 60 if len(stack) > 60 else 0) :]
            found.pairs.append((opener, at))
        elif mark in _ALWAYS_OPEN or _may_open(text, at):
            stack.append(at)
        elif found.unopened is None and mark not in "’'":
            found.unopened = at
    found.unclosed = next((at for at in stack if text[at] in _ALWAYS_OPEN and text[at] not in "‘‛"), None)
    found.pairs.sort(key=lambda pair: (pair[0], -pair[1]))
    return found


def _opener(text: str, stack: list[int], mark: str) -> int | None:
    """The nearest open mark that this one closes; what is open inside it was no quotation."""
    for at in reversed(stack[-60:]):
        if mark in CLOSERS[text[at]]:
            return at
    return None


def _may_open(text: str, at: int) -> bool:
    """Marks that close for most writers, or open and close alike: by what stands beside them."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "«‹" and after.isspace():
        return not before.isalnum()  # the French way: « mots »
    if mark in _BOTH:
        return bool(after.strip()) and not (mark in "'＇" and before.isalnum())
    return mark == "”" and bool(after.strip()) and not before.isalnum() and "”" in text[at + 1 : at + 400]


def _may_close(mark: str, before: str, after: str) -> bool:
    if mark in "\"'＂＇":
        return not before.isspace() or not after.strip()
    return True


def _latin(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"


def _inches(text: str) -> set[int]:
    """Straight marks behind a digit that would leave the others without a partner: 5" pipe, 6'2", '90s."""
    straight = [match.start() for match in re.finditer('"', text)]
    measures = [at for at in straight if at and text[at - 1].isdigit()]
    short = [match.start() for match in re.finditer(r"(?<=\d)['’](?=\d)|['‘’](?=\d\ds\b)", text)]
    return {*short, *(measures if len(straight) % 2 and (len(straight) - len(measures)) % 2 == 0 else ())}


def _possessives(text: str) -> set[int]:
    """A mark behind an s that a space follows, where a later one closes before another opens: the dogs’ bowl’."""
    found: set[int] = set()
    later = False
    for match in reversed(list(re.finditer("[‘’']", text))):
        at, mark = match.start(), match.group()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if mark == "‘" or (mark == "'" and not before.isalnum() and after.strip() and before not in tuple(".,!?;:")):
            later = False
        elif not (_latin(before) and _latin(after)):
            if later and before in ("s", "S") and after == " ":
                found.add(at)
            later = True
    return found
