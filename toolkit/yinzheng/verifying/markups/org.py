"""Org: its blocks, drawers, notes, links and citations."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable

from ..drafting import Draft, Pages, find
from ..prose import Block

_BLOCK = re.compile(r"\s*#\+(begin|end)_(\w+)", re.I)
_KEYWORD = re.compile(r"\s*#\+([\w-]+)(?:\[[^\]\n]*\])?:\s*(.*)", re.I)
_COMMENT = re.compile(r"\s*#(?:\s|$)")
_HEADING = re.compile(r"\*+[ \t]+(?:(?:TODO|DONE)[ \t]+)?")
_ITEM = re.compile(r"[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]+|[ \t]+\*[ \t]+")
_DRAWER = re.compile(r"\s*:([\w-]+):\s*$")
_NOTE = re.compile(r"\[fn:([\w-]{1,100})\][ \t]*")
_TOKEN = re.compile(
    r"\[cite(?:/(?P<style>[\w/-]{0,30}))?:(?P<cite>[^\[\]]{1,1000})\]|\[fn:(?P<label>[\w-]{1,100})\]"
    r"|(?P<note>\[fn:[\w-]{0,100}:)"
    r"|\[\[(?P<target>[^\[\]]{1,1000})\](?:\[(?P<text>[^\[\]]{1,1000})\])?\]"
    r"|(?P<code>(?<![\w=~])(?:=[^\s=](?:[^=\n]{0,300}[^\s=])?=|~[^\s~](?:[^~\n]{0,300}[^\s~])?~)(?![\w=~]))"
    r"|(?P<mark>[*/_+])|(?P<dash>(?<!-)-{2,3}(?!-))"
    r"|(?P<math>\\\([^\n]{0,500}?\\\)|\\\[[^\n]{0,500}?\\\]|\$(?=[^\s$])[^$\n]{0,300}(?<=[^\s])\$(?![\w]))"
    r"|\\\\(?=\s|$)|@@[^@\n]{1,300}@@|(?P<key>(?<!\w)cite[pt]?:&?(?P<name>[\w][\w:.-]{0,100}))"
    r"|(?P<open>\[)|(?P<close>\])"
)
_SIGNS = re.compile(r"[\[\]=~*/_+$\\@c-]")
_KEY = re.compile(r"@(\w[\w:.#$%&+?<>~/-]*\w|\w)")
_PROSE = {"quote", "verse", "center", "abstract"}
_TITLES = {"title", "subtitle", "caption"}
_BEFORE, _AFTER = " \t\n-—–({'\"“‘「『（，。、：；", " \t\n-—–.,;:!?'\")}[”’」』）（，。、：；！？\\"


def blocks(source: str, file: str, include: Callable[[str], list[Block]]) -> list[Block]:
    """The blocks of an Org text and of the files that it includes."""
    pages = Pages(source, file, "org")
    lines: list[tuple[int, int]] = []
    quoting = number = 0  # how many quote blocks are open, and were there
    skipping: str | None = None
    note: str | None = None

    def flush() -> None:
        if not lines:
            return
        raw = "\n".join(source[a:b] for a, b in lines)
        at = array("q")
        for a, b in lines:
            at.extend(range(a, b + 1))
        draft = Draft(at, number if quoting else 0)
        draft.defines = note
        _write(draft, raw)
        pages.add(draft)
        lines.clear()

    for match in re.finditer(r"[^\n]+|\n(?=\n)", source.removeprefix("\ufeff")):
        start, end = match.span() if not source.startswith("\ufeff") else (match.start() + 1, match.end() + 1)
        line = source[start:end].rstrip("\r")
        end = start + len(line)
        block = _BLOCK.match(line)
        drawer = _DRAWER.match(line)
        if skipping:
            if (block and block[1].lower() == "end" and block[2].lower() == skipping) or (
                skipping == ":" and drawer and drawer[1].lower() == "end"
            ):
                skipping = None
        elif not line.strip():
            flush()
        elif block:
            flush()
            name = block[2].lower()
            if name not in _PROSE:
                skipping = name if block[1].lower() == "begin" else None
            elif name in ("quote", "verse"):
                quoting = max(0, quoting + (1 if block[1].lower() == "begin" else -1))
                number += block[1].lower() == "begin"
        elif drawer and not lines:
            skipping = ":"
        elif keyword := _KEYWORD.match(line):
            flush()
            name = keyword[1].lower()
            if name in _TITLES:
                lines.append((start + keyword.start(2), end))
                flush()
            elif name == "include":
                wanted = re.match(r'"([^"]+)"|(\S+)', keyword[2])
                if wanted and not re.search(r"\b(?:src|example|export)\b", keyword[2][wanted.end() :]):
                    pages.extend(include((wanted[1] or wanted[2]).split("::")[0]))
        elif _COMMENT.match(line) or line.lstrip().startswith(": "):
            flush()
        elif heading := _HEADING.match(line):
            flush()
            note = None
            lines.append((start + heading.end(), end))
            flush()
        elif definition := _NOTE.match(line):
            flush()
            note = definition[1]
            lines.append((start + definition.end(), end))
        elif item := _ITEM.match(line):
            flush()
            lines.append((start + item.end(), end))
        elif line.lstrip().startswith("|"):
            flush()
            for cell in re.finditer(r"[^|\s][^|]*", line if not line.lstrip().startswith("|-") else ""):
                lines.append((start + cell.start(), start + cell.end()))
            flush()
        else:
            lines.append((start, end))
    flush()
    return pages.finished()


def _write(draft: Draft, raw: str) -> None:
    at = 0
    around: list[tuple[Draft, int]] = []  # the blocks around open notes, and the brackets open in each
    depth = 0
    opened: dict[str, tuple[Draft, int]] = {}
    cuts: dict[int, tuple[Draft, list[tuple[int, int]]]] = {}
    while token := find(_SIGNS, _TOKEN, raw, at, len(raw)):
        draft.copy(raw, at, token.start())
        start, at = token.span()
        if token["cite"]:
            for part in token["cite"].split(";"):
                key = _KEY.search(part)
                if key and (token["style"] or "").split("/")[0] in ("t", "text", "a", "author"):
                    draft.name(key[1], part[key.end() :].strip(" ,，\n"), start, at)
                elif key:
                    draft.cite(key[1], part[key.end() :].strip(" ,，\n"))
        elif token["label"]:
            draft.calls.append((token["label"], draft.length))
        elif token["note"]:
            inner = Draft(draft.at)
            draft.notes.append((draft.length, inner))
            around.append((draft, depth))
            draft, depth = inner, 0
        elif token["open"]:
            depth += 1
            draft.copy(raw, start, at)
        elif token["close"]:
            if depth == 0 and around:
                draft, depth = around.pop()
                continue
            depth = max(0, depth - 1)
            draft.copy(raw, start, at)
        elif token["target"]:
            key = re.match(r"cite[pt]?:&?(\S+)", token["target"])
            if key:
                draft.cite(key[1], token["text"])
            elif token["text"]:
                draft.copy(raw, token.start("text"), token.end("text"))
            else:
                draft.copy(raw, token.start("target"), token.end("target"))
        elif token["key"]:
            draft.cite(token["name"].rstrip(".:"), None)
        elif token["math"]:
            inside = re.fullmatch(r"\W{1,2}\s*([\d.,\s%]+?)\s*\W{1,2}", token["math"])
            draft.put(inside[1] if inside else "", start, at)
        elif token["dash"]:
            draft.put("—" if at - start == 3 else "–", start, at)
        elif token["mark"]:
            mark = token["mark"]
            before, after = raw[start - 1 : start] or "\n", raw[at : at + 1] or "\n"
            draft.copy(raw, start, at)
            if mark in opened and opened[mark][0] is draft and not before.isspace() and _may(after, _AFTER):
                since = opened.pop(mark)[1]
                draft.emphasis.append((since, draft.length - 1))
                marks = cuts.setdefault(id(draft), (draft, []))[1]
                marks += [(since - 1, since), (draft.length - 1, draft.length)]
            elif not after.isspace() and _may(before, _BEFORE):
                opened[mark] = (draft, draft.length)
    draft.copy(raw, at, len(raw))
    for owner, marks in cuts.values():
        owner.cut(marks)


def _may(character: str, marks: str) -> bool:
    """Whether markup may stand beside this: Org's rule, and Han, which knows no spaces."""
    return character in marks or character >= "\u2e80"
