"""The calls and statements of Typst's code, and what the arguments of a citation say."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"<([\w:.-]{1,200})>|label\(\s*\"([^\"]{1,200})\"\s*\)|@(\w(?:[\w:.-]*\w)?)(?:\[([^\[\]]{0,200})\])?"
)
_SUPPLEMENT = re.compile(r"supplement:\s*(?:\[([^\[\]]{0,300})\]|\"([^\"]{0,300})\")")
_FAR = 20000


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
