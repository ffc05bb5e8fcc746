"""Cut an excerpt out of a paragraph: by the words themselves, or from words to words. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher

from ..errors import YinzhengError
from ..letters import Letters, letters


def find(text: str, quote: str) -> tuple[int, int]:
    """Where a quotation stands in a paragraph, in stored code points: blind to script, width, spacing and punctuation.

    Marks that the quotation itself begins or ends with are taken along where the text has marks there.

    >>> find("他說：「出口增長。」此後不然。", "出口增长。")
    (4, 9)
    """
    whole, wanted = letters(text), letters(quote)
    if not wanted.text:
        raise YinzhengError(f"nothing to look for in {quote!r}: it holds no letters")
    at = whole.text.find(wanted.text)
    if at < 0:
        raise YinzhengError(_difference(whole, wanted))
    start, end = whole.stored(at, at + len(wanted))
    first, last = wanted.stored(0, 1)[0], wanted.stored(len(wanted) - 1, len(wanted))[1]
    return _along(text, start, -1, _marks(quote[:first])), _along(text, end, 1, _marks(quote[last:]))


def between(text: str, start: str | None, end: str | None) -> tuple[int, int]:
    """From the words `start` (or the beginning) through the words `end` (or the end), in stored code points."""
    first = find(text, start)[0] if start else 0
    if not end:
        return first, len(text)
    after = find(text, start)[1] if start else 0
    try:
        last = find(text[after:], end)[1] + after
    except YinzhengError:
        find(text, end)  # raises where the words are nowhere
        raise YinzhengError(f"{end!r} stands before {start!r} in this paragraph; swap them") from None
    return first, last


def elided(text: str, start: str, end: str, language: str) -> str:
    """The words `start`, an ellipsis of the language, the words `end`: what stands between is left out, and marked."""
    head, tail = find(text, start), between(text, start, end)
    last = find(text[head[1] :], end)
    if not letters(text[head[1] : head[1] + last[0]]).text:
        return text[tail[0] : tail[1]]
    dots = "……" if language == "zh" else " … "
    return text[head[0] : head[1]] + dots + text[head[1] + last[0] : head[1] + last[1]]


def _marks(edge: str) -> int:
    return sum(not character.isspace() for character in edge)


def _along(text: str, at: int, step: int, marks: int) -> int:
    """Step over as many marks as the quotation has, if the text has them; never over a letter or white space."""
    while marks and 0 <= (here := at if step > 0 else at - 1) < len(text):
        character = text[here]
        if character.isspace() or letters(character).text:
            break
        at += step
        marks -= 1
    return at


def _difference(whole: Letters, wanted: Letters) -> str:
    """Where the nearest words of the paragraph part from those asked for, in the paragraph's own characters."""
    size = next((n for n in range(len(wanted) - 1, 1, -1) if wanted.text[:n] in whole.text), 0)
    if not size:
        block = SequenceMatcher(None, whole.text, wanted.text, autojunk=False).find_longest_match()
        if block.size < 4:
            return "these words are not in this paragraph"
        agreed = whole.source[slice(*whole.stored(block.a, block.a + block.size))]
        return f"these words are not in this paragraph; it has {_short(agreed)!r}, but not the words before"
    end = whole.text.find(wanted.text[:size]) + size
    agreed = whole.source[slice(*whole.stored(end - size, end))]
    if end == len(whole):
        return f"these words are not in this paragraph; it ends after {_short(agreed)!r}"
    goes_on = whole.source[slice(*whole.stored(end, min(end + 8, len(whole))))]
    asked = wanted.source[slice(*wanted.stored(size, min(size + 8, len(wanted))))]
    return f"these words are not in this paragraph; after {_short(agreed)!r} it has {goes_on!r}, not {asked!r}"


def _short(text: str) -> str:
    return text if len(text) <= 24 else "…" + text[-23:]
