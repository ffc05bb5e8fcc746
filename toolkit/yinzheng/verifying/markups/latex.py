"""LaTeX: prose, csquotes and citation commands. What is not prose is skipped; an unknown command shows its argument."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...tex import plain
from ..drafting import Draft, Pages, find
from ..printed import citations as printed
from ..prose import Block, Citation
from . import commands
from .active import declared
from .arguments import Cited, group, options
from .arguments import cited as cited_by

_FAR = 4000  # how far an argument that is no prose may reach


def blocks(source: str, file: str, include: Callable[[str], list[Block]], main: str = "") -> list[Block]:
    """The blocks of a LaTeX text and of the files that it includes. ``main``: the text whose preamble holds for it."""
    reader = _Reader(source, file, include)
    reader.marks |= declared(main[: max(0, main.find("\\begin{document}"))])
    return reader.read()


class _Reader:
    def __init__(self, source: str, file: str, include: Callable[[str], list[Block]]) -> None:
        self.source, self.pages, self.include = source, Pages(source, file, "latex"), include
        self.at = range(len(source) + 1)
        self.draft = Draft(self.at)
        self.around: list[Draft] = []  # the blocks around a footnote
        self.open: list[Callable[[], None] | None] = []  # what each open brace does when it closes
        self.quoting: list[list[Cited]] = []  # citations of the quote environments that are open
        self.number = 0  # how many of those there were
        self.no_more: set[str] = set()  # ends that do not come any more
        self.marks = dict(commands.MARKS)
        self.toggled: set[str] = set()  # those that close next
        self.behind = 0  # where the text goes on behind a brace that closes, if not there

    def read(self) -> list[Block]:
        at = max(0, self.source.find("\\begin{document}"))
        self.marks |= declared(self.source[: at or len(self.source)])
        stop = self.source.find("\\end{document}", at)
        stop = len(self.source) if stop < 0 else stop
        marks = "|".join(map(re.escape, sorted(self.marks, key=len, reverse=True)))
        signs, tokens = re.compile(f"{commands.SIGNS}|{marks}"), re.compile(f"(?P<mark>{marks})|{commands.TOKEN}")
        while token := find(signs, tokens, self.source, at, stop):
            self.draft.copy(self.source, at, token.start())
            at = self.token(token)
        self.draft.copy(self.source, min(at, stop), stop)
        while self.around:
            self.leave()
        self.flush()
        return self.pages.finished()

    def mark(self, sign: str, start: int, end: int) -> None:
        marks = self.marks[sign]
        if len(marks) == 2:
            self.toggled ^= {sign}
            marks = marks[sign not in self.toggled]
        self.draft.put(marks, start, end)

    def flush(self) -> None:
        """End the paragraph; inside a footnote a paragraph's end is a space."""
        if self.around:
            self.draft.pause()
            return
        self.toggled.clear()
        self.draft.quoted = [(a, self.draft.length if b < 0 else b) for a, b in self.draft.quoted]
        self.pages.add(self.draft)
        self.draft = Draft(self.at, self.number if self.quoting else 0)

    def token(self, token: re.Match[str]) -> int:
        start, end = token.span()
        if token["mark"]:
            self.mark(token["mark"], start, end)
        elif token["par"]:
            self.flush()
        elif token["env"]:
            return self.environment(token["begin"] == "begin", token["env"], end)
        elif token["accent"]:
            self.draft.put(plain(re.sub(r"\s", "", token["accent"])), start, end)
        elif token["command"]:
            return self.command(token["command"], start, end)
        elif token["sign"]:
            return self.sign(token["sign"], start, end)
        elif token["math"]:
            return self.mathematics(token["math"], start, end)
        elif token["brace"] == "{":
            self.open.append(None)
        elif token["brace"]:
            action = self.open.pop() if self.open else None
            if action:
                action()
            end, self.behind = self.behind or end, 0
        elif token["dash"]:
            self.draft.put("—" if end - start == 3 else "–", start, end)
        else:
            self.draft.space(start, end)
        return end

    def sign(self, sign: str, start: int, end: int) -> int:
        if sign in "%&$#_{}":
            self.draft.put(sign, start, end)
        elif sign in "([":
            return self.mathematics("\\" + {"(": ")", "[": "]"}[sign], start, end)
        elif sign == "\\":
            self.draft.space(start, end)
            extra = re.compile(r"\*?(?:\[[^\]\n]{0,30}\])?").match(self.source, end)
            return extra.end() if extra else end
        elif sign not in "/-@!\"'":  # \, \; \: and a space
            self.draft.space(start, end)
        return end

    def mathematics(self, closes: str, start: int, end: int) -> int:
        """Mathematics is no prose; a number in it is."""
        limit = self.source.find("\n\n", end, end + _FAR)
        closing = self.source.find(closes, end, end + _FAR if limit < 0 else limit)
        if closing < 0:
            return end
        inside = self.source[end:closing]
        if commands.NUMBER.fullmatch(inside):
            self.draft.put(inside.replace("\\", "").replace("\n", " ").strip(), start, closing + len(closes))
        return closing + len(closes)

    def environment(self, begins: bool, name: str, end: int) -> int:
        if begins and commands.SKIPPED.fullmatch(name):
            closing = "\\end{" + name + "}"
            stop = -1 if closing in self.no_more else self.source.find(closing, end)
            if stop < 0:
                self.no_more.add(closing)
                return end
            return stop + len(closing)
        self.flush()
        quoting = commands.QUOTING.fullmatch(name)
        if quoting and begins:
            if quoting["c"]:
                _, end = group(self.source, end)
            cited, end = self.cited(bool(quoting["cite"]), end)
            self.quoting.append(cited)
            self.draft.quote = self.number = self.number + 1
        elif quoting and self.quoting:
            self.pages.cite_last(Citation(0, 0, key, place) for key, place in self.quoting.pop())
            self.draft.quote = self.number if self.quoting else 0
        elif begins:
            _, end = options(self.source, end)
            for _ in range(commands.TABULAR.get(name.rstrip("*"), 0)):
                _, end = group(self.source, end)
        return end

    def command(self, name: str, start: int, end: int) -> int:
        draft = self.draft
        csquotes = commands.CSQUOTES.fullmatch(name)
        if name in commands.WORDS:
            if self.source.startswith("{}", end):
                end += 2
            draft.put(commands.WORDS[name], start, end)
        elif name in commands.SPACES:
            draft.space(start, end)
            if name == "par":
                self.flush()
        elif csquotes:
            return self.quotation(csquotes, end)
        elif name in commands.EPIGRAPH and (stop := group(self.source, end)[1]) > end:
            return self.epigraph(end, stop)
        elif name in ("textelp", "textins"):
            inside, stop = group(self.source, end)
            words = f"[{inside.strip()}]" if name == "textins" else "[…]" + (f" [{inside}]" if inside.strip() else "")
            draft.put(words, start, stop)
            return stop
        elif (
            name.startswith("footnote") and name not in ("footnotemark", "footnotesize", "footnoterule")
        ) or name == "endnote":
            _, end = options(self.source, end)
            if self.source.startswith("{", end):
                note = Draft(self.at)
                draft.notes.append((draft.length, note))
                self.around.append(draft)
                self.draft = note
                self.open.append(self.leave)
                return end + 1
        elif commands.CITE.fullmatch(name) and not commands.NO_CITE.fullmatch(name):
            return self.citation(name, start, end)
        elif name in ("input", "include", "subfile", "subfileinclude", "import", "subimport"):
            folder, end = group(self.source, end) if name.endswith("import") else ("", end)
            wanted, end = group(self.source, end)
            wanted = folder + wanted
            self.flush()
            self.pages.extend(self.include(wanted if re.search(r"\.\w{1,4}$", wanted) else wanted.strip() + ".tex"))
        elif name in ("def", "gdef", "edef", "let"):
            brace = self.source.find("{", end, end + 100)
            if name != "let" and brace >= 0:
                _, end = group(self.source, brace)
        else:
            return self.other(name, end)
        return end

    def other(self, name: str, end: int) -> int:
        """Any command: its options go; its arguments too where they are known to be no prose."""
        if commands.SECTION.fullmatch(name):
            self.flush()
        _, end = options(self.source, end)
        draft, since = self.draft, self.draft.length
        if name in commands.HIDDEN:
            for _ in range(commands.HIDDEN[name]):
                _, end = options(self.source, end)
                _, end = group(self.source, end)
                _, end = options(self.source, end)
        elif name == "ruby":
            _, end = group(self.source, end)
        elif name == "textsuperscript" and self.source.startswith("{", end):
            self.open.append(lambda: draft.lift(since))
            return end + 1
        elif self.source.startswith("{", end):
            if name in commands.EMPHASIS:
                self.open.append(lambda: draft.emphasis.append((since, draft.length)))
            else:
                self.open.append(self.flush if commands.SECTION.fullmatch(name) else None)
            return end + 1
        return end

    def epigraph(self, start: int, end: int) -> int:
        """\\epigraph{words}{source}: a quotation, and what it is from. ``end``: of the words."""
        self.flush()
        source, behind = group(self.source, end)
        self.quoting.append([])
        self.draft.quote = self.number = self.number + 1

        def close() -> None:
            self.flush()
            self.quoting.pop()
            self.draft.quote = self.number if self.quoting else 0
            self.pages.cite_last(_cited_in(source))
            self.behind = behind

        self.open.append(close)
        return self.source.index("{", start) + 1

    def quotation(self, found: re.Match[str], end: int) -> int:
        if found["lang"]:
            _, end = group(self.source, end)
        cited, end = self.cited(bool(found["cite"]), end)
        if not self.source.startswith("{", end):
            return end
        draft = self.draft
        place = len(draft.quoted)
        draft.quoted.append((draft.length, -1))

        def close() -> None:
            draft.quoted[place] = (draft.quoted[place][0], draft.length)
            for key, locator in cited:
                draft.cite(key, locator)

        self.open.append(close)
        return end + 1

    def cited(self, by_key: bool, end: int) -> tuple[list[Cited], int]:
        """What stands before a quotation: [before][locator]{key}[.], or [\\cite[locator]{key}][.]."""
        given, end = options(self.source, end)
        if not by_key:
            inside = (
                option for option in given[:1] if commands.IN_CITE.search(option)
            )  # \\textquote[\\cite[5]{key}]{…}
            return [(one.key, one.locator) for option in inside for one in _cited_in(option)], end
        keys, end = group(self.source, end)
        return cited_by(keys, given), options(self.source, end)[1]

    def leave(self) -> None:
        """The end of a footnote."""
        self.draft.quoted = [(a, self.draft.length if b < 0 else b) for a, b in self.draft.quoted]
        self.draft = self.around.pop()

    def citation(self, name: str, start: int, end: int) -> int:
        many = name.lower().endswith("cites")
        if many:
            while self.source.startswith("(", end):
                end = max(self.source.find(")", end, end + _FAR) + 1, end + 1)
        while True:
            given, after = options(self.source, end)
            keys, stop = group(self.source, after)
            if stop == after:
                return end
            for key, place in cited_by(keys, given):
                if key and commands.TEXTUAL.match(name):
                    self.draft.name(key, place, start, stop)
                else:
                    self.draft.cite(key, place)
            end = stop
            if not many:
                return end


def _cited_in(words: str) -> list[Citation]:
    """What is cited where a source is named, by a command or in print."""
    read = _Reader(words, "", lambda wanted: []).read
    return [one for block in read() for one in block.citations or printed(block.text, note=True)]
