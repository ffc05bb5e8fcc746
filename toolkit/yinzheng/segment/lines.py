"""Plain text and Markdown: which lines are one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from unicodedata import east_asian_width

from .block import SPACE, Raw

TERMINAL = re.compile(r"[。！？!?.…︒｡][\"'”’」』）)\]】》*_]*$")
_NEWLINE = re.compile(r"\r\n|[\n\r\v\u2028\u2029\x85]")
_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(.*?)(?:[ \t]+#+)?$")
_BAR = re.compile(r"\s*\**\s*▍\s*\**\s*")
_RULE = re.compile(r"(?:[-*_=~·—─＊]\s*){3,}$")
_SETEXT = re.compile(r"(?:={2,}|-{2,})$")
_TAGS = re.compile(r"</?(?:b|strong)\b[^<>]*>|</?(?:i|em)\b[^<>]*>|<br\s*/?>|</?(?:u|span|font|a|mark|small)\b[^<>]*>")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:[\w-]+:.*\r?\n|[ \t-].*\r?\n)+---[ \t]*\r?\n")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)$")
_INDENT = re.compile(r"[ \t\u3000]*")
_LIST = re.compile(r"[-*+•·▪]\s|[(（]?\d{1,2}[).、．）]\s?")
WIDEST = 120


def raw_from_lines(text: str) -> list[Raw]:
    """The paragraphs of a plain text or Markdown file."""
    text = _FRONT_MATTER.sub("", text.removeprefix("\ufeff"), count=1)
    if "<" in text:  # a tag or two in a plain text; a page of HTML never comes here
        text = re.sub(r"<sup\b[^<>]*>\s*\[?(\d{1,3})\]?\s*</sup>", r"[\1]", text)
        text = _TAGS.sub(_light, text)
    groups = list(_groups(text))
    width = _wrap_width(groups)
    raw = [block for group in groups for block in _paragraphs(group, width)]
    top = re.findall(r"^# \S", text, re.M)
    if len(top) == 1 and raw and text.lstrip().startswith(top[0]):  # the one "# " of a Markdown file is its title
        raw[0] = replace(raw[0], hint="title")
    return raw


def _light(match: re.Match[str]) -> str:
    tag = match.group().strip("</> ").split()[0].lower()
    return {"b": "**", "strong": "**", "i": "*", "em": "*", "br": "\n"}.get(tag, "")


def _groups(text: str) -> Iterator[list[str]]:
    """Runs of lines that no blank line divides, indentation kept. A page break (form feed) is a line end."""
    group: list[str] = []
    for line in _NEWLINE.split(text):
        for part in line.split("\f"):
            if part.strip(SPACE):
                group.append(part.rstrip())
            elif group and part is line:
                yield group
                group = []
    if group:
        yield group


class _Widths(dict[str, int]):
    """The columns of a character, looked up once for each."""

    def __missing__(self, character: str) -> int:
        self[character] = width = 2 if east_asian_width(character) in "WF" else 1
        return width


_WIDTHS = _Widths()


def columns(line: str) -> int:
    """The width of a line in a terminal's columns: a Han character takes two.

    Of a line with more characters than any limit has columns, their number: that is too wide already.
    """
    return len(line) if len(line) > 2 * WIDEST or line.isascii() else sum(map(_WIDTHS.__getitem__, line))


def _wrap_width(groups: list[list[str]]) -> int | None:
    """The width at which the text was wrapped, or None where every line is a paragraph of its own.

    Wrapped: nearly all lines that another follows directly are about as wide as the widest, which a screen or a page
    could hold, and most of them stop in the middle of a sentence.
    """
    inner = [line for group in groups for line in group[:-1] if not _is_marked(line)]
    if len(inner) < 2:
        return None
    widths = sorted(map(columns, inner))
    width = widths[int(len(widths) * 0.95)]
    if not 24 <= width <= WIDEST or widths[-1] > 2 * WIDEST:
        return None
    full = sum(w >= 0.75 * width for w in widths)
    open_ended = sum(not TERMINAL.search(line) for line in inner)
    return width if full >= 0.7 * len(inner) and open_ended >= 0.6 * len(inner) else None


def _is_marked(line: str) -> bool:
    return bool(_HEADING.match(line) or _BAR.match(line))


def _paragraphs(group: list[str], width: int | None) -> Iterator[Raw]:
    """The paragraphs of a group: each line, or runs of wrapped lines."""
    indents = [bool(_INDENT.match(line)[0]) for line in group]  # type: ignore[index]
    by_indent = any(indents) and not all(indents)
    run: list[str] = []
    first = True
    for at, line in enumerate(group):
        plain = line.strip(SPACE)
        heading = _HEADING.match(plain)
        bar = _BAR.match(plain)
        if run and _SETEXT.fullmatch(plain) and len(run) == 1 and len(plain) >= 3:
            yield Raw(run[0], "heading", not first)
            run, first = [], False
            continue
        image = _IMAGE.match(plain)
        if heading or bar or image:
            if run:
                yield Raw(_join(run), None, not first)
                run, first = [], False
            words = heading[2] if heading else image[1] if image else plain[bar.end() :]  # type: ignore[union-attr]
            yield Raw(words, "caption" if image else "heading", not first)
            first = False
            continue
        if not _RULE.fullmatch(plain):
            plain = re.sub(r"^>\s?", "", plain)
            starts = width is None or (by_indent and indents[at]) or bool(_LIST.match(plain))
            if run and (starts or _ends(run[-1], plain, width)):
                yield Raw(_join(run), None, not first)
                run, first = [], False
            run.append(plain)
            continue
        if run:
            yield Raw(_join(run), None, not first)
            run, first = [], False
    if run:
        yield Raw(_join(run), None, not first)


def _ends(line: str, following: str, width: int | None) -> bool:
    """Whether a wrapped paragraph stops here: the next word would have had room on the line."""
    if width is None:
        return False
    word = following.split(maxsplit=1)[0]
    need = columns(word) + 1 if word.isascii() else 2
    return columns(line) + need < (0.9 if TERMINAL.search(line) else 0.7) * width


def _join(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        glue = "" if _is_wide(text[-1]) or _is_wide(line[0]) or _breaks_word(text) else " "
        text += glue + line
    return text


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def _breaks_word(text: str) -> bool:
    return text[-1] in "-\u2010\u00ad" and text[-2:-1].isalpha()
