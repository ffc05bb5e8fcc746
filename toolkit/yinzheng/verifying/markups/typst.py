"""Typst: its markup, its quote, cite and footnote functions. Other code is no prose; the content blocks in it are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from ..drafting import Draft, Pages, find
from ..prose import Block
from . import calls
from .calls import Frame, arguments, cited_in, content, nothing, statement, wrappers
from .calls import cited as cited_by


def blocks(source: str, file: str, include: Callable[[str], list[Block]]) -> list[Block]:
    """The blocks of a Typst text and of the files that it includes."""
    return _Reader(source, file, include).read()


class _Reader:
    def __init__(self, source: str, file: str, include: Callable[[str], list[Block]]) -> None:
        self.source, self.pages, self.include = source, Pages(source, file, "typst"), include
        self.at = range(len(source) + 1)
        self.draft = Draft(self.at)
        self.frames: list[Frame] = []
        self.around: list[Draft] = []  # the blocks around a note, or around content in code
        self.marks: dict[str, tuple[Draft, int]] = {}
        self.behind = 0  # where the text goes on behind a bracket that closes, if not there
        self.heading = -1  # where the heading that is open ends
        self.inline = self.quoting = 0  # how many frames keep a paragraph from ending; how many quote blocks are open
        self.number = 0  # how many of those there were
        self.gone: set[str] = set()
        self.quoting_calls = {"quote": "", **wrappers(source)}
        names = "|".join(map(re.escape, self.quoting_calls))
        self.quotes_here = re.compile(rf"(?<![\w.-])(?:{names})\s?\Z")

    def read(self) -> list[Block]:
        at, size = 0, len(self.source)
        while at < size:
            code = bool(self.frames) and self.frames[-1].kind == "code"
            token = find(
                calls.CODE_SIGNS if code else calls.SIGNS, calls.CODE if code else calls.TOKEN, self.source, at, size
            )
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
        return self.pages.finished()

    def flush(self) -> None:
        """End the paragraph; in a note or an inline element its end is a space."""
        if self.inline:
            self.draft.pause()
            return
        self.pages.add(self.draft)
        self.draft = Draft(self.at, self.number if self.quoting else 0)
        self.marks = {}

    def push(self, kind: Literal["printed", "block", "inline", "code"], close: Callable[[], None] = nothing) -> None:
        self.frames.append(Frame(kind, close))
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
        at = token.start()
        called = token["open"] and self.quotes_here.search(self.source, max(0, at - 80), at)
        if called and (opened := self.quoted(at)):
            return opened
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

    def quoted(self, at: int) -> int:
        """A call in code that quotes, its arguments or content from here on: a block of its own. Where its words begin;
        0: it is given none here."""
        given, after = arguments(self.source, at)
        opening = after if self.source.startswith("[", after) else content(self.source, at, after)
        if opening < 0 or (opening == at and after == at and self.source[at] != "["):
            return 0
        self.number += 1
        self.enter().quote = self.number
        base, cited, past = len(self.pages.blocks), cited_in(given), after if opening < after else 0

        def close() -> None:
            self.leave_content()
            self.pages.cite_last(cited, base)
            self.behind = past

        self.push("inline", close)
        return self.filled(opening, past)

    def filled(self, opening: int, past: int) -> int:
        """Into the content of a quotation; where that is a string, past it."""
        if self.source[opening] == "[":
            return opening + 1
        stop = self.string(opening + 1)
        self.close()
        self.behind = 0
        return max(stop, past)

    def string(self, at: int) -> int:
        """Write a string, without its marks; where it ends."""
        text = re.compile(r"((?:[^\"\\]|\\.){0,20000})\"").match(self.source, at)
        if text:
            self.draft.copy(self.source, text.start(1), text.end(1))
        return text.end() if text else at

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
            behind = calls.BEHIND.match(self.source, end)
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
                end, self.behind = self.behind or end, 0
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
        if calls.NUMBER.fullmatch(inside):
            self.draft.put(" ".join(inside.split()), start, stop + 1)
        return stop + 1

    def call(self, name: str, start: int, end: int) -> int:
        source, draft = self.source, self.draft
        if name in ("(", "{"):
            self.push("code")
            return end
        if name == '"':
            return self.string(end)
        if name in calls.STATEMENT:
            return statement(self.source, end)
        if name == "include":
            wanted = re.compile(r"\s{0,20}\"([^\"\n]{1,500})\"").match(source, end)
            if wanted:
                self.flush()
                self.pages.extend(self.include(wanted[1]))
            return wanted.end() if wanted else end
        given, after = arguments(self.source, end)
        filled = source.startswith("[", after)
        if name == "cite":
            for key, place in cited_by(given):
                if re.search(r"form:\s*\"(?:prose|author)\"", given):
                    draft.name(key, place, start, after)
                else:
                    draft.cite(key, place)
            return after
        if name in self.quoting_calls:
            given = ", ".join(filter(None, (given, self.quoting_calls[name])))
            opening = after if filled else content(source, end, after) if after > end else -1
            if opening >= 0:
                self.quote(given, 0 if filled else after)
                return self.filled(opening, after)
        if name == "footnote":
            if filled:
                draft.notes.append((draft.length, self.enter()))
                self.push("inline", self.leave)
            return after + filled
        if name in calls.SPACES or name in calls.HIDDEN:
            draft.space(start, after)
            return after
        if source.startswith("(", end):
            self.push("code")
            return end + 1
        if filled:
            since = draft.length
            emphasised = name in calls.EMPHASIS
            self.push("inline", (lambda: draft.emphasis.append((since, draft.length))) if emphasised else nothing)
        return end + filled

    def quote(self, arguments: str, past: int) -> None:
        """``#quote(attribution: <key>, block: true)[…]``; its attribution cites. ``past``: where the text
        goes on, if its words are among its arguments."""
        cited = cited_in(arguments)
        if re.search(r"\bblock\s{0,5}:\s{0,5}true", arguments) and not self.inline:
            self.flush()
            self.quoting, self.number = self.quoting + 1, self.number + 1
            self.draft.quote = self.number
            base = len(self.pages.blocks)

            def close_block() -> None:
                self.flush()
                self.quoting -= 1
                self.draft.quote = self.number if self.quoting else 0
                self.pages.cite_last(cited, base)
                self.behind = past

            self.push("block", close_block)
            return
        draft, since = self.draft, self.draft.length

        def close() -> None:
            draft.quoted.append((since, draft.length))
            draft.citations += [replace(one, start=draft.length, end=draft.length) for one in cited]
            self.behind = past

        self.push("inline", close)
