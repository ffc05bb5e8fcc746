"""Quotation marks as data: which pair a language sets, outside and inside; the words are never touched. Pure."""

from __future__ import annotations

import re

from .excerpt import Excerpt
from .inline import Emph, Inline, Text, inline

_PAIRS = {"zh-Hant": ("「」", "『』"), "zh-Hans": ("“”", "‘’"), "en": ("“”", "‘’")}
# ’ between letters is an apostrophe, and no mark; one that ends a plural (the firms’ aim) leaves the marks
# unbalanced, so that nothing is touched.
_MARK = re.compile(r"[「」『』“”]|(?<![A-Za-z])‘|’(?![A-Za-z])")
_OPENING, _CLOSING = "「『“‘", "」』”’"


def pairs(lang: str) -> tuple[str, str]:
    """The outer and the inner pair of a language tag."""
    return _PAIRS["en" if not lang.startswith("zh") else "zh-Hans" if "Hans" in lang else "zh-Hant"]


def marks(excerpt: Excerpt) -> str:
    """The pair around a quotation, by its language; none around our own words."""
    return "" if excerpt.words == "paraphrase" else pairs(excerpt.lang)[0]


def fitted(text: str, lang: str) -> str:
    """The text with its own quotation marks set as they stand inside a pair of the language.

    Where the marks of the text are not balanced, or are none of the language's own two pairs, they stay as they are.

    >>> fitted("他說「不」，走了。", "zh-Hant")
    '他說『不』，走了。'
    """
    own = pairs(lang)
    found = list(_MARK.finditer(text))
    if any(mark.group() not in "".join(own) for mark in found):
        return text
    stack: list[str] = []
    result = list(text)
    for mark in found:
        sign = mark.group()
        if sign in _OPENING:
            result[mark.start()] = own[(1 + len(stack)) % 2][0]
            stack.append(_CLOSING[_OPENING.index(sign)])
        elif not stack or stack.pop() != sign:
            return text
        else:
            result[mark.start()] = own[(1 + len(stack)) % 2][1]
    return text if stack else "".join(result)


def printed(excerpt: Excerpt, block: bool) -> tuple[str, Inline]:
    """The marks around an excerpt, and the words between them with the edition's emphasis."""
    around = "" if block else marks(excerpt)
    text = fitted(excerpt.text, excerpt.lang) if around else excerpt.text
    parts: list[Text | Emph] = []
    at = 0
    for start, end in zip(excerpt.emphasis[::2], excerpt.emphasis[1::2], strict=True):
        parts += [Text(text[at:start]), Emph(text[start:end])]
        at = end
    return around, inline(*(part for part in (*parts, Text(text[at:])) if part.text))
