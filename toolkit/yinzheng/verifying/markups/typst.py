"""Typst: its markup, its quote, cite and footnote functions. Other code is no prose; the content blocks in it are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, NamedTuple

from ..drafting import Draft, Pages, find
from ..printed import citations as printed
from ..prose import Block, Citation
from .calls import arguments, statement
from .calls import cited as cited_by

_TOKEN = re.compile(
    r"(?P<comment>(?<!:)//[^\n]*|/\*)|(?P<par>\n[ \t\r]*\n\s*)"
    r"|(?P<line>(?:^|(?<=\n))[ \t]*(?:=+|[-+/]|\d{1,9}\.)[ \t]+)"
    r"|(?P<raw>`+)|\\(?P<escaped>u\{[0-9a-fA-F]{1,6}\}|[\s\S])|(?P<math>\$)"
    r"|\#(?P<code>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*){0,10}|[({\"])|@(?P<key>\w(?:[\w:.-]*\w)?)|<[\w:.-]{1,200}>"
    r"|(?P<mark>[*_])|(?P<dash>---?)|(?P<tie>~)|(?P<open>\[)|(?P<close>\])"
)
_CODE = re.compile(
    r"\"(?:[^\"\\]|\\.){0,20000}\"|//[^\n]*|(?P<comment>/\*)|(?P<open>[({\[])|(?P<close>[)}\]])|(?P<raw>`+)"
)
_SIGNS = re.compile(r"[/\n`\\$#@<*_~\[\] \t=+\d-]")
_CODE_SIGNS = re.compile(r"[\"/({\[)}\]`]")
_STATEMENT = {"let", "set", "show", "import"}
_SPACES = {"linebreak", "parbreak", "pagebreak", "h", "v"}
_HIDDEN = {"bibliography", "image", "lorem", "raw", "ref", "label", "outline", "counter"}
_EMPHASIS = {"emph", "strong", "highlight", "underline"}
_BEHIND = re.compile(r"\[([^\[\]]{0,300})\]")
_NUMBER = re.compile(r"[\d.,\s%+−-]+")


class _Frame(NamedTuple):
    """A bracket that is open. ``printed``: brackets of the prose itself; ``block``: a quote block, whose paragraphs
    are blocks; ``inline``: what stands in a paragraph; ``code``: what is no prose."""

    kind: Literal["printed", "block", "inline", "code"]
    close: Callable[[], None]


def blocks(source: str, file: str, include: Callable[[str], list[Block]]) -> list[Block]:
    """The blocks of a Typst text and of the files that it includes."""
    reader = _Reader(source, file, include)
    reader.read()
    return reader.pages.finished()


def _nothing() -> None:
    pass


class _Reader:
    def __init__(self, source: str, file: str, include: Callable[[str], list[Block]]) -> None:
        self.source, self.pages, self.include = source, Pages(source, file, "typst"), include
        self.at = range(len(source) + 1)
        self.draft = Draft(self.at)
        self.frames: list[_Frame] = []
        self.around: list[Draft] = []  # the blocks around a note, or around content in code
        self.marks: dict[str, tuple[Draft, int]] = {}
        self.heading = -1  # where the heading that is open ends
        self.inline = self.quoting = 0  # how many frames keep a paragraph from ending; how many quote blocks are open
        self.number = 0  # how many of those there were
        self.gone: set[str] = set()

    def read(self) -> None:
        at, size = 0, len(self.source)
        while at < size:
            code = bool(self.frames) and self.frames[-1].kind == "code"
            token = find(_CODE_SIGNS if code else _SIGNS, _CODE if code else _TOKEN, self.source, at, size)
            stop = token.start() if token else size
            if not code:
                if at <= self.heading < stop and not self.inline:
                    self.draft.copy(self.source, at, self.heading)
                    at, self.heading = self.heading, -1
                    self.flush()
                self.draft.copy(self.source, at, stop)
            if token is None:
                break
            at = self.code(token) if code else self.token(token)
        while self.frames:
            self.close()
        self.flush()

    def flush(self) -> None:
        """End the paragraph; in a note or an inline element its end is a space."""
        if self.inline:
            self.draft.pause()
            return
        self.pages.add(self.draft)
        self.draft = Draft(self.at, self.number if self.quoting else 0)
        self.marks = {}

    def push(self, kind: Literal["printed", "block", "inline", "code"], close: Callable[[], None] = _nothing) -> None:
        self.frames.append(_Frame(kind, close))
        self.inline += kind in ("inline", "code")

    def close(self) -> str:
        frame = self.frames.pop()
        self.inline -= frame.kind in ("inline", "code")
        frame.close()
        return frame.kind

    def enter(self) -> Draft:
        """A block inside this one."""
        self.around.append(self.draft)
        self.draft = Draft(self.at)
        return self.draft

    def leave(self) -> None:
        self.draft = self.around.pop()

    def leave_content(self) -> None:
        self.pages.add(self.draft)
        self.leave()

    def code(self, token: re.Match[str]) -> int:
        end = token.end()
        if token["comment"] or token["raw"]:
            return self.past("*/" if token["comment"] else token["raw"], end)
        if token["open"] == "[":
            self.enter()
            self.push("inline", self.leave_content)
        elif token["open"]:
            self.push("code")
        elif token["close"]:
            self.close()
            if not (self.frames and self.frames[-1].kind == "code"):
                return self.body(end)
        return end

    def body(self, at: int) -> int:
        """Content right behind a call or its arguments belongs to the prose."""
        if self.source.startswith("[", at):
            self.push("inline")
            return at + 1
        return at

    def token(self, token: re.Match[str]) -> int:
        start, end = token.span()
        draft = self.draft
        if token["comment"]:
            return self.past("*/", end) if token["comment"] == "/*" else end
        if token["par"] or token["line"]:
            self.flush()
            if token["line"] and "=" in token["line"]:
                stop = self.source.find("\n", end)
                self.heading = stop if stop >= 0 else len(self.source)
        elif token["raw"]:
            return end if token["raw"] == "``" else self.past(token["raw"], end)
        elif token["escaped"]:
            words = token["escaped"]
            if words.isspace():
                draft.space(start, end)
            else:
                draft.put(chr(int(words[2:-1], 16) % 0x110000) if len(words) > 1 else words, start, end)
        elif token["math"]:
            return self.mathematics(start, end)
        elif token["code"]:
            return self.call(token["code"], start, end)
        elif token["key"]:
            behind = _BEHIND.match(self.source, end)
            draft.cite(token["key"], behind and behind[1].replace("~", " ").strip())
            return behind.end() if behind else end
        elif token["mark"]:
            self.mark(token["mark"], start, end)
        elif token["dash"]:
            draft.put("—" if end - start == 3 else "–", start, end)
        elif token["tie"]:
            draft.space(start, end)
        elif token["open"]:
            self.push("printed")
            draft.copy(self.source, start, end)
        elif token["close"] and self.frames:
            if self.close() != "printed":
                return self.body(end)
            draft.copy(self.source, start, end)
        elif token["close"]:
            draft.copy(self.source, start, end)
        return end

    def mark(self, mark: str, start: int, end: int) -> None:
        draft = self.draft
        before, after = self.source[start - 1 : start], self.source[end : end + 1]
        if before.isalnum() and after.isalnum() and before < "\u2e80" and after < "\u2e80":
            draft.copy(self.source, start, end)
        elif mark in self.marks and self.marks[mark][0] is draft:
            draft.emphasis.append((self.marks.pop(mark)[1], draft.length))
        else:
            self.marks[mark] = (draft, draft.length)

    def past(self, closes: str, at: int) -> int:
        stop = -1 if closes in self.gone else self.source.find(closes, at)
        if stop < 0:
            self.gone.add(closes)
            return at
        return stop + len(closes)

    def mathematics(self, start: int, end: int) -> int:
        """Mathematics is no prose; a number in it is."""
        stop = self.source.find("$", end, end + 4000)
        if stop < 0:
            self.draft.copy(self.source, start, end)
            return end
        inside = self.source[end:stop]
        if _NUMBER.fullmatch(inside):
            self.draft.put(" ".join(inside.split()), start, stop + 1)
        return stop + 1

    def call(self, name: str, start: int, end: int) -> int:
        source, draft = self.source, self.draft
        if name in ("(", "{"):
            self.push("code")
            return end
        if name == '"':
            text = re.compile(r"((?:[^\"\\]|\\.){0,2000})\"").match(source, end)
            if text:
                draft.copy(source, text.start(1), text.end(1))
            return text.end() if text else end
        if name in _STATEMENT:
            return statement(self.source, end)
        if name == "include":
            wanted = re.compile(r"\s{0,20}\"([^\"\n]{1,500})\"").match(source, end)
            if wanted:
                self.flush()
                self.pages.extend(self.include(wanted[1]))
            return wanted.end() if wanted else end
        given, after = arguments(self.source, end)
        content = source.startswith("[", after)
        if name == "cite":
            for key, place in cited_by(given):
                if re.search(r"form:\s*\"(?:prose|author)\"", given):
                    draft.name(key, place, start, after)
                else:
                    draft.cite(key, place)
            return after
        if name == "quote" and content:
            self.quote(given)
            return after + 1
        if name == "footnote":
            if content:
                draft.notes.append((draft.length, self.enter()))
                self.push("inline", self.leave)
            return after + content
        if name in _SPACES or name in _HIDDEN:
            draft.space(start, after)
            return after
        if source.startswith("(", end):
            self.push("code")
            return end + 1
        if content:
            since = draft.length
            emphasised = name in _EMPHASIS
            self.push("inline", (lambda: draft.emphasis.append((since, draft.length))) if emphasised else _nothing)
        return end + content

    def quote(self, arguments: str) -> None:
        """``#quote(attribution: <key>, block: true)[…]``; its attribution cites, by key or in print."""
        cited = [Citation(0, 0, key, place) for key, place in cited_by(arguments)]
        cited = cited or list(printed(arguments.replace("[", " ").replace("]", " ")))
        if re.search(r"\bblock\s{0,5}:\s{0,5}true", arguments) and not self.inline:
            self.flush()
            self.quoting, self.number = self.quoting + 1, self.number + 1
            self.draft.quote = self.number
            base = len(self.pages.blocks)

            def close_block() -> None:
                self.flush()
                self.quoting -= 1
                self.draft.quote = self.number if self.quoting else 0
                last = [n for n in range(base, len(self.pages.blocks)) if self.pages.blocks[n].note_of is None]
                if last:
                    block = self.pages.blocks[last[-1]]
                    here = len(block.text)
                    more = (replace(one, start=here, end=here) for one in cited)
                    self.pages.blocks[last[-1]] = replace(block, citations=(*block.citations, *more))

            self.push("block", close_block)
            return
        draft, since = self.draft, self.draft.length

        def close() -> None:
            draft.quoted.append((since, draft.length))
            draft.citations += [replace(one, start=draft.length, end=draft.length) for one in cited]

        self.push("inline", close)
