"""The calls and statements of Typst's code, and what the arguments of a citation say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from ..printed import citations as printed
from ..prose import Citation

TOKEN = re.compile(
    r"(?P<comment>(?<!:)//[^\n]*|/\*)|(?P<par>\n[ \t\r]*\n\s*)"
    r"|(?P<line>(?:^|(?<=\n))[ \t]*(?:=+|[-+/]|\d{1,9}\.)[ \t]+)"
    r"|(?P<raw>`+)|\\(?P<escaped>u\{[0-9a-fA-F]{1,6}\}|[\s\S])|(?P<math>\$)"
    r"|\#(?P<code>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*){0,10}|[({\"])|@(?P<key>\w(?:[\w:.-]*\w)?)|<[\w:.-]{1,200}>"
    r"|(?P<mark>[*_])|(?P<dash>---?)|(?P<tie>~)|(?P<open>\[)|(?P<close>\])"
)
CODE = re.compile(
    r"\"(?:[^\"\\]|\\.){0,20000}\"|//[^\n]*|(?P<comment>/\*)|(?P<open>[({\[])|(?P<close>[)}\]])|(?P<raw>`+)"
)
SIGNS = re.compile(r"[/\n`\\$#@<*_~\[\] \t=+\d-]")
CODE_SIGNS = re.compile(r"[\"/({\[)}\]`]")
STATEMENT = {"let", "set", "show", "import"}
SPACES = {"linebreak", "parbreak", "pagebreak", "h", "v"}
HIDDEN = {"bibliography", "image", "lorem", "raw", "ref", "label", "outline", "counter"}
EMPHASIS = {"emph", "strong", "highlight", "underline"}
BEHIND = re.compile(r"\[([^\[\]]{0,300})\]")
NUMBER = re.compile(r"[\d.,\s%+−-]+")
_LABEL = re.compile(
    r"<([\w:.-]{1,200})>|label\(\s*\"([^\"]{1,200})\"\s*\)|@(\w(?:[\w:.-]*\w)?)(?:\[([^\[\]]{0,200})\])?"
)
_SUPPLEMENT = re.compile(r"supplement:\s*(?:\[([^\[\]]{0,300})\]|\"([^\"]{0,300})\")")
_FAR = 20000
_WRAPPER = re.compile(r"#let\s{1,5}([\w-]{1,60})\([^()\n]{0,300}\)\s{0,5}=")
_QUOTE = re.compile(r"(?<![\w.-])quote\s?[(\[]")
_FIRST = re.compile(
    r"(?:\s*[\w-]+:\s*(?:<[^<>]{0,200}>|\[[^\[\]]{0,500}\]|\"[^\"]{0,500}\"|[\w.%-]{1,60})\s*,)*\s*(?=[\[\"])"
)


class Frame(NamedTuple):
    """A bracket that is open. ``printed``: brackets of the prose itself; ``block``: a quote block, whose paragraphs
    are blocks; ``inline``: what stands in a paragraph; ``code``: what is no prose."""

    kind: Literal["printed", "block", "inline", "code"]
    close: Callable[[], None]


def nothing() -> None:
    pass


def wrappers(source: str) -> dict[str, str]:
    """The functions that a text defines to quote what they are given, and how each quotes: as a block or inline.

    >>> wrappers("#let said(body) = quote(block: true, body)")
    {'said': 'block: true'}
    """
    found = {}
    for made in _WRAPPER.finditer(source):
        words = source[made.end() : statement(source, made.end())]
        if _QUOTE.search(words):
            found[made[1]] = "block: true" if re.search(r"\bblock\s{0,5}:\s{0,5}true", words) else ""
    return found


def content(source: str, start: int, end: int) -> int:
    """Where the content begins that is given between these parentheses, behind what has a name; its bracket or mark.
    -1: none is given there."""
    found = _FIRST.match(source, start + 1, end - 1)
    return found.end() if found else -1


def statement(source: str, at: int) -> int:
    """Past a rule or a definition: to the end of its line with all brackets closed."""
    depth = 0
    for token in re.compile(r"\"(?:[^\"\\\n]|\\.){0,2000}\"|[()\[\]{}\n]").finditer(source, at, at + _FAR):
        sign = token.group()
        depth += 1 if sign in "([{" else -1 if sign in ")]}" else 0
        if (sign == "\n" and depth <= 0) or depth < 0:
            return token.start()
    return at if len(source) > at + _FAR else len(source)


def arguments(source: str, at: int) -> tuple[str, int]:
    """The arguments in parentheses that stand here, and where they end."""
    if not source.startswith("(", at):
        return "", at
    depth = 0
    for token in re.compile(r"\"(?:[^\"\\]|\\.){0,2000}\"|[()]").finditer(source, at, at + _FAR):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if not depth:
            return source[at + 1 : token.end() - 1], token.end()
    return "", at


def cited(arguments: str) -> list[tuple[str, str | None]]:
    supplement = _SUPPLEMENT.search(arguments)
    place = supplement and (supplement[1] or supplement[2] or "").replace("~", " ").strip()
    return [(m[1] or m[2] or m[3], m[4] or place or None) for m in _LABEL.finditer(arguments)]


def cited_in(arguments: str) -> list[Citation]:
    """What an attribution cites, by key or in print."""
    found = [Citation(0, 0, key, place) for key, place in cited(arguments)]
    return found or list(printed(arguments.replace("[", " ").replace("]", " ")))
