"""What people see: colour, columns of Han characters, and messages on stderr. Nothing else prints for people."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

import click

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: 0x2421}
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


def say(message: str) -> None:
    """A message for a person, on stderr."""
    click.echo(message, err=True)


def warn(message: str) -> None:
    """A warning for a person, on stderr."""
    click.secho(f"note: {message}", err=True, fg="yellow")


def width(text: str) -> int:
    """Terminal columns: a Han character takes two, a combining mark none."""
    from wcwidth import wcswidth  # late, here and below: what prints no table starts without it

    columns = wcswidth(_STYLE.sub("", text))
    return columns if columns >= 0 else len(text)


def shortened(text: str, columns: int) -> str:
    """The text in at most so many columns, with … where it was cut."""
    text = visible(text)
    from wcwidth import wcwidth

    if width(text) <= columns:
        return text
    used, kept = 1, []
    for character in text:
        used += max(wcwidth(character), 0)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def wrapped(text: str, indent: str = "") -> str:
    """The text in the terminal's width; as it is where the output is no terminal."""
    if not sys.stdout.isatty():
        return indent + text
    columns = max(shutil.get_terminal_size().columns, 40) - len(indent)
    return "\n".join(indent + line for line in lines(text, min(columns, 96)))


def lines(text: str, columns: int) -> Iterator[str]:
    """Break between Han characters or at a space, never before a closing mark."""
    from wcwidth import wcwidth

    line, used, space = "", 0, -1
    for character in re.findall(rf"{_STYLE.pattern}|.", text, re.S):
        size = max(wcwidth(character), 0) if len(character) == 1 else 0
        if used + size > columns and character not in "，。、；：？！」』）》〉”’,.;:?!)":
            if character != " " and character < "⺀" and space > 0:
                yield line[:space]
                line = line[space + 1 :]
            else:
                yield line
                line = ""
            used, space = width(line), -1
            if character == " " and not line:
                continue
        if character == " ":
            space = len(line)
        line += character
        used += size
    yield line


def visible(text: str) -> str:
    """The text with its control characters shown as signs: a text must not tell a terminal what to do."""
    return text.translate(_CONTROLS)


def table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows in columns as wide as their widest cell."""
    rows = list(rows)
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def marked(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text with spans in colour: (start, end, colour); overlapping ones are drawn as far as they do not."""
    result, at = "", 0
    text = visible(text)
    for start, end, colour in sorted(spans):
        if start >= at:
            result += text[at:start] + click.style(text[start:end], fg=colour, bold=True)
            at = end
    return result + text[at:]


def beside(old: str | None, new: str | None, names: tuple[str, str] = ("then", "now")) -> Iterator[str]:
    """Two texts one under the other, words then and now, what differs in colour; in a wide terminal side by side."""
    then, now = visible(old or "(words not here)"), visible(new or "(no words)")
    if old and new:
        then, now = _differences(then, now)
    columns = shutil.get_terminal_size().columns
    if not sys.stdout.isatty() or columns < 80:
        room = max(map(len, names))
        yield f"  {names[0]:<{room}}  {then}"
        yield f"  {names[1]:<{room}}  {now}"
        return
    half = (columns - 7) // 2
    left, right = list(lines(then, half)), list(lines(now, half))
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"  {one}{' ' * max(half - width(click.unstyle(one)), 0)}  │ {other}"


def _differences(old: str, new: str) -> tuple[str, str]:
    from difflib import SequenceMatcher

    then = now = ""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        then += old[a:b] if kind == "equal" else _each(old[a:b], "red")
        now += new[c:d] if kind == "equal" else _each(new[c:d], "green")
    return then, now


def _each(text: str, colour: str) -> str:
    """Each character by itself, so that no colour runs over the end of a line."""
    return "".join(click.style(character, fg=colour, bold=True) for character in text)
