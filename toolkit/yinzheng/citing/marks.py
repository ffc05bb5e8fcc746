"""Quotation marks as data: which pair a language sets, outside and inside; the words are never touched. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from .excerpt import Excerpt
from .inline import Emph, Inline, Text, inline

_PAIRS = {"zh-Hant": ("「」", "『』"), "zh-Hans": ("“”", "‘’"), "en": ("“”", "‘’")}
_CHINESE = re.compile('[「」『』“”‘’"]')
_ENGLISH = re.compile('[“”‘’"]')  # 「」 in an English text belong to the Chinese words in it
_CLOSING = dict(zip('「『“‘"', '」』”’"', strict=True))
# A pair of straight single marks: before a letter, and behind one that makes no plural (the firms'), none between them.
_STRAIGHT = re.compile(r"(?<![^\W_])'(?!n'|tis\b|twas\b|em\b|cause\b)(?=[^\W\d])[^'‘’“”\"「」『』]*[^\W_sS]'(?![^\W_])")
_BRACKETS = dict(zip("([{（［｛〔【「『", ")]}）］｝〕】」』", strict=True))
_BRACKET = re.compile(f"[{re.escape(''.join([*_BRACKETS, *_BRACKETS.values()]))}]")
_DOUBLE = re.compile('[“”„«»‹›「」『』"]')
_SINGLE = re.compile(r"(?<!\w)['‘](?=[^\W\d])[^'‘’]*[^\s'‘’]['’](?!\w)")
# ’ is an apostrophe before a letter or digit, unless it closes Chinese words: don’t, ’90s, rock ’n’ roll; and so is ‘
# inside a word (Hawai‘i).
_LATIN = r"0-9A-Za-zÀ-ɏ"
_APOSTROPHE = re.compile(rf"’n’(?![{_LATIN}])|(?<![\u2e80-\U000e0000])’(?=[{_LATIN}])|(?<=[{_LATIN}])‘(?=[{_LATIN}])")


def pairs(lang: str) -> tuple[str, str]:
    """The outer and the inner pair of a language tag."""
    return _PAIRS["en" if not lang.startswith("zh") else "zh-Hans" if "Hans" in lang else "zh-Hant"]


def marks(excerpt: Excerpt) -> str:
    """The pair around a quotation, by its language; none around our own words."""
    return "" if excerpt.words == "paraphrase" else pairs(excerpt.lang)[0]


def fitted(text: str, lang: str, around: int = 1) -> str:
    """The text with its own quotation marks set as they stand inside a pair of the language: “” in a Traditional text
    too. ``around``: 1 where that is its outer pair, 0 where a style begins with the inner one (British ‘’). Where they
    are not balanced, or an apostrophe might be one of them, all stay as they are.

    >>> fitted("他說「不」，走了。", "zh-Hant"), fitted("電燈“中看不中用”", "zh-Hant"), fitted("the “firms’ aim”", "en")
    ('他說『不』，走了。', '電燈『中看不中用』', 'the ‘firms’ aim’')
    >>> fitted("an 'I', the firms' aim", "en")
    "an ‘I’, the firms' aim"
    """
    found = _paired(text, lang)
    if found is None:
        return text
    own = pairs(lang)
    result = list(text)
    for start, end, depth in found:
        pair = own[(around + depth) % 2]
        result[start], result[end] = pair[0], pair[1]
    return "".join(result)


def balanced(text: str, lang: str) -> bool:
    """Whether each opening mark in the text has its closing one, as far as marks can be told from apostrophes."""
    return _paired(re.sub('[‘’"]', "", text), lang) is not None


def bracketed(text: str) -> bool:
    """Whether each bracket in the text has its partner, so that it can stand in brackets.

    >>> bracketed("a (b [c])"), bracketed("silent] and [")
    (True, False)
    """
    stack: list[str] = []
    for sign in _BRACKET.findall(text):
        if sign in _BRACKETS:
            stack.append(_BRACKETS[sign])
        elif not stack or stack.pop() != sign:
            return False
    return not stack


def marked(text: str) -> bool:
    """Whether words stand in quotation marks, or a mark alone: no apostrophe is one.

    >>> marked("“hands” never"), marked("'hands' never"), marked("don't, the firms’ aim")
    (True, True, False)
    """
    return bool(_DOUBLE.search(text) or _SINGLE.search(text))


def _paired(text: str, lang: str) -> list[tuple[int, int, int]] | None:
    """The offsets of each pair of marks, with how many stand around it; None where they do not pair, or not surely.

    A ’ that nothing opened is an apostrophe (the firms’ aim). Where a ’ closes, and another before the next mark could
    close as well, nobody can tell which is the plural's. Straight marks open and close by turns; single ones only where
    they surely are a pair.
    """
    text = _STRAIGHT.sub(lambda one: f"‘{one.group()[1:-1]}’", text)
    apostrophes = {at for found in _APOSTROPHE.finditer(text) for at in range(*found.span()) if text[at] in "‘’"}
    stack: list[int] = []
    paired: list[tuple[int, int, int]] = []
    closed = False  # whether the last mark was a ’ that closed
    for found in (_CHINESE if lang.startswith("zh") else _ENGLISH).finditer(text):
        at, mark = found.start(), found.group()
        if at in apostrophes:
            continue
        if mark == '"' and not _straight(text, at, bool(stack) and text[stack[-1]] == mark):
            return None
        if mark in _CLOSING and not (mark == '"' and stack and text[stack[-1]] == mark):
            stack.append(at)
        elif stack and _CLOSING[text[stack[-1]]] == mark:
            paired.append((stack.pop(), at, len(stack)))
        elif mark != "’" or closed:
            return None
        else:
            continue
        closed = mark == "’"
    return None if stack else paired


def _straight(text: str, at: int, closes: bool) -> bool:
    """Whether a straight mark can be what its turn makes of it, and no inch."""
    if closes:
        return not text[at - 1].isspace()
    return bool(text[at + 1 : at + 2].strip()) and not re.fullmatch(f"[{_LATIN}]", text[at - 1 : at])


def dotted(text: str, ellipsis: str) -> str:
    """English words with the ellipsis of a style for what was left out; in brackets where they have one of their own,
    which stays.

    >>> dotted("a … b", ". . ."), dotted("so ... a [ … ] b", ". . .")
    ('a . . . b', 'so ... a [. . .] b')
    """
    if ellipsis == "…":
        return text
    if " [ … ] " in text:
        return text.replace(" [ … ] ", f" [{ellipsis}] ")
    return text.replace(" … ", f" {ellipsis} ")


def printed(excerpt: Excerpt, block: bool, ellipsis: str = "…") -> tuple[str, Inline]:
    """The marks around an excerpt, and the words between them with the edition's emphasis, and with the ``ellipsis`` of
    the style in English words of which some are left out."""
    around = "" if block else marks(excerpt)
    text = fitted(excerpt.text, excerpt.lang) if around else excerpt.text
    parts: list[Text | Emph] = []
    at = 0
    for start, end in zip(excerpt.emphasis[::2], excerpt.emphasis[1::2], strict=True):
        parts += [Text(text[at:start]), Emph(text[start:end])]
        at = end
    parts.append(Text(text[at:]))
    if excerpt.elided and excerpt.lang.startswith("en"):
        parts = [replace(part, text=dotted(part.text, ellipsis)) for part in parts]
    return around, inline(*(part for part in parts if part.text))
