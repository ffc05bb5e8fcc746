"""Plain text and Markdown: which lines are one paragraph.

text ──▶ lines, their markup read ──▶ groups (what no blank line divides) ──▶ paragraphs
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .block import SPACE, Raw
from .wrapping import TERMINAL, Line, Wrapping, columns, continues, joined, wrapping

_NEWLINE = re.compile(r"\r\n|[\n\r\v\u2028\u2029\x85]")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:[\w-]+:.*\r?\n|[ \t-].*\r?\n)+---[ \t]*\r?\n")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAGS = re.compile(r"</?(?:b|strong)\b[^<>]*>|</?(?:i|em)\b[^<>]*>|<br\s*/?>|</?(?:u|span|font|a|mark|small)\b[^<>]*>")
_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(.*?)(?:[ \t]+#+)?$")
_BAR = re.compile(r"\**\s*[▉-▏]\s*\**\s*")
_RULE = re.compile(r"(?:[-*_=~·—─＊]\s*){3,}$")
_SETEXT = re.compile(r"(?:={3,}|-{3,})$")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)$")
_QUOTE = re.compile(r"(?:>\s?)+")
_ROW = re.compile(r"\|.*\|$")
_COLUMN_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$")
_ITEM = re.compile(
    r"[-*+•·▪]\s|[(（]?\d{1,2}[)）](?!\d)|\d{1,2}[.、．](?!\d)|[(（]?[一二三四五六七八九十]{1,3}[)）、]|[①-⑳]"
    r"|\[\^[^\[\]]+\]:|[\[［〔]\d{1,3}[\]］〕]"
)
_INDENT = re.compile(rf"[{re.escape(SPACE)}]*")


def raw_from_lines(text: str) -> list[Raw]:
    """The paragraphs of a plain text or Markdown file."""
    text = _FRONT_MATTER.sub("", text.removeprefix("\ufeff"), count=1)
    if "<" in text:  # a tag or two in a plain text; a page of HTML never comes here
        text = re.sub(r"<sup\b[^<>]*>\s*\[?(\d{1,3})\]?\s*</sup>", r"[\1]", text)
        text = _TAGS.sub(_light, _COMMENT.sub("", text) if "<!--" in text else text)
    groups = list(_groups(text))
    wrapped = wrapping(groups)
    raw = [block for group in groups for block in _paragraphs(group, wrapped)]
    top = re.findall(r"^# \S", text, re.M)
    if len(top) == 1 and raw and text.lstrip().startswith(top[0]):  # the one "# " of a Markdown file is its title
        raw[0] = replace(raw[0], hint="title")
    return raw


def _light(match: re.Match[str]) -> str:
    tag = match.group().strip("</> ").split()[0].lower()
    return {"b": "**", "strong": "**", "i": "*", "em": "*", "br": "\n"}.get(tag, "")


def _groups(text: str) -> Iterator[list[Line]]:
    """Runs of lines that neither a blank line nor a rule divides. A page break (form feed) is only a line end."""
    group: list[Line] = []
    for line in _lines(text):
        if line is not None and not _RULE.fullmatch(line.text):
            group.append(line)
            continue
        if line is not None and _SETEXT.fullmatch(line.text) and _can_be_heading(group):
            group[-1] = replace(group[-1], hint="heading")
        elif group:
            yield _indented(_tabulated(group))
            group = []
    if group:
        yield _indented(_tabulated(group))


def _lines(text: str) -> Iterator[Line | None]:
    """The lines, None for a blank one. What stands in a fence of code is one."""
    fenced: list[str] | None = None
    for physical in _NEWLINE.split(text):
        if _FENCE.match(physical):
            if fenced:
                yield Line(" ".join(fenced), physical, "body")
            fenced = [] if fenced is None else None
        elif fenced is not None:
            fenced.append(physical.strip(SPACE))
        else:
            parts = [part for part in physical.split("\f") if part.strip(SPACE)]
            yield from map(_read, parts)
            if not parts and "\f" not in physical:
                yield None
    for raw in fenced or ():  # a fence that nothing closes is none
        yield _read(raw) if raw else None


def _read(raw: str) -> Line | None:
    """A line and what its first characters make of it."""
    text = raw.strip(SPACE)
    quote = _QUOTE.match(text)
    if quote:
        text = text[quote.end() :].strip(SPACE)
        if not text:
            return None
    if heading := _HEADING.match(text):
        return Line(heading[2], raw, "heading")
    if bar := _BAR.match(text):
        return Line(text[bar.end() :], raw, "heading")
    if image := _IMAGE.match(text):
        return Line(image[1], raw, "caption")
    return Line(text, raw, item=bool(_ITEM.match(text)), quoted=quote.group().count(">") if quote else 0)


def _can_be_heading(group: Sequence[Line]) -> bool:
    """Whether the last line is one that a rule under it makes a heading."""
    if not group or group[-1].hint or (len(group) > 1 and not group[-2].hint):
        return False
    return columns(group[-1].text) <= 90 and not TERMINAL.search(group[-1].text)


def _tabulated(group: list[Line]) -> list[Line]:
    """The rows of a table as blocks of their own, their outer bars and the rule under the first left out."""
    rules = [at for at, line in enumerate(group) if _COLUMN_RULE.fullmatch(line.text)]
    rows: list[Line] = []
    for at, line in enumerate(group):
        if at in rules:
            continue
        inside = bool(rules) and at >= rules[0] - 1 and "|" in line.text
        if line.hint is None and (inside or _ROW.fullmatch(line.text)):
            line = Line(line.text.strip("|").strip(SPACE), line.raw, "caption")
        rows.append(line)
    return rows


def _indented(group: list[Line]) -> list[Line]:
    """The group, with the lines marked that are indented more than another."""
    depths = [columns(_INDENT.match(line.raw)[0].expandtabs(4)) for line in group]  # type: ignore[index]
    least = min((depth for depth, line in zip(depths, group, strict=True) if not line.hint), default=0)
    if all(depth <= least + 1 for depth in depths):  # a single space is no indent
        return group
    return [replace(line, deep=depth > least + 1) for depth, line in zip(depths, group, strict=True)]


def _paragraphs(group: Sequence[Line], wrapped: Wrapping) -> Iterator[Raw]:
    """The paragraphs of a group: each line, or runs of wrapped lines."""
    uneven = any(line.deep for line in group)
    run: list[Line] = []
    first = True
    for line in group:
        if run and not continues(run, line, wrapped, uneven):
            yield Raw(joined(run, wrapped.exact), run[0].hint, not first)
            run, first = [], False
        run.append(line)
    if run:
        yield Raw(joined(run, wrapped.exact), run[0].hint, not first)
