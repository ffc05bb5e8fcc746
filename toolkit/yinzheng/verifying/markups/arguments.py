"""The arguments of LaTeX's commands, and what those of a citation say."""

from __future__ import annotations

import re

from ...tex import plain

Cited = tuple["str | None", "str | None"]  # key and locator
_FAR = {"{": 4000, "[": 1500}  # how far an argument that is no prose may reach


def options(source: str, at: int) -> tuple[list[str], int]:
    """The optional arguments from here on."""
    found: list[str] = []
    while True:
        opening = _blank(source, at)
        stop = _balanced(source, opening, "[", "]")
        if stop == opening:
            return found, at
        found.append(source[opening + 1 : stop - 1])
        at = stop


def group(source: str, at: int) -> tuple[str, int]:
    """The argument in braces that stands here, and where it ends; nothing where none does."""
    opening = _blank(source, at)
    stop = _balanced(source, opening, "{", "}")
    return (source[opening + 1 : stop - 1], stop) if stop > opening else ("", at)


def _balanced(source: str, at: int, opens: str, closes: str) -> int:
    if not source.startswith(opens, at):
        return at
    depth = braces = 0
    for mark in re.compile(r"\\.|[\[\]{}]", re.S).finditer(source, at, at + _FAR[opens]):
        sign = mark.group()
        if opens == "[" and sign in "{}":
            braces += 1 if sign == "{" else -1
        if sign in (opens, closes) and braces <= 0:
            depth += 1 if sign == opens else -1
            if not depth:
                return mark.end()
    return at


def _blank(source: str, at: int) -> int:
    """Past spaces and one line end, as TeX looks for an argument."""
    found = re.compile(r"[ \t]{0,50}(?:%[^\n]{0,200})?(?:\r?\n[ \t]{0,50})?(?=[\[{])").match(source, at)
    return found.end() if found else at


def cited(keys: str, options: list[str]) -> list[Cited]:
    """The keys of one citation; the note behind them is the last one's locator."""
    place = _words(options[-1]) if options else None
    names = [key.strip() for key in keys.split(",") if key.strip()]
    return [(key, place if number == len(names) - 1 else None) for number, key in enumerate(names)]


def _words(option: str) -> str:
    return (
        plain(re.sub(r"\\P\b\s*", "¶ ", option).replace("\\S", "§").replace("--", "–")).replace("\u00a0", " ").strip()
    )
