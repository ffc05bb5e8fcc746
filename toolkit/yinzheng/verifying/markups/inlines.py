"""What stands inside a block of Markdown: citations, notes, emphasis, code, links, mathematics, escapes."""

from __future__ import annotations

import html
import re
from collections.abc import Container

from ..drafting import Draft, find

_KEY = r"(?:\{(?P<braced>[^{}\n]{1,200})\}|(?P<key>\w(?:\w|[:.#$%&\-+?<>~/](?=\w)){0,200}))"
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~ \n])|(?P<ticks>`+)|(?P<call>\[\^(?P<label>[^\]\s]{1,200})\])|(?P<note>\^\[)"
    rf"|(?P<cite>(?<![\w@])-?@{_KEY}(?:[ ]?\[(?P<behind>[^\[\]]{{0,300}})\](?!\())?)"
    r"|(?P<open>!?\[)|(?P<close>\])"
    r"|<(?P<auto>(?:https?|ftp|mailto):[^<>\s]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,200})>"
    r"|(?P<tag></?[A-Za-z][\w-]{0,30}(?:\s[^<>]{0,500})?/?>)|(?P<entity>&\#?\w{1,31};)"
    r"|(?P<math>\$\$[^$]{1,2000}\$\$|(?<![\\$\w])\$(?=[^\s$])[^$]{0,300}(?<=[^\s\\])\$(?!\d))"
    r"|(?P<mark>\*{1,3}|_{1,3}|~~|==)|(?P<dash>(?<!-)-{2,3}(?!-))|\^(?P<up>[^\s^]{1,20})\^"
)
_SIGNS = re.compile(r"[\\`\[\]^@<&$*_~=!-]")
_GROUP_KEY = re.compile(rf"(?<![\w@])-?@{_KEY}")
_SPAN = re.compile(r"\{[^{}\n]{0,500}\}")
_TARGET = re.compile(r"\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)")
_LABEL = re.compile(r"\[([^\[\]]{0,200})\]")
_NUMBER = re.compile(r"\$+\s*([\d.,\s%\\−+-]+?)\s*\$+")


def draft(block: Draft, raw: str, references: Container[str] = ()) -> Draft:
    """Write the text of a block into its draft. ``references``: the labels that links may name."""
    _Inline(raw, references).write(block)
    return block


class _Inline:
    def __init__(self, raw: str, references: Container[str]) -> None:
        self.raw, self.references = raw, references
        self.match = _brackets(raw)
        self.no_code: set[int] = set()  # lengths of backtick runs that close nothing any more
        self.skips: dict[int, int] = {}  # where a link's bracket closes: where its target ends
        self.stack: list[tuple[int, Draft]] = []  # inline notes that are open: their closing bracket, the block around
        self.marks: list[tuple[int, str, bool, bool]] = []

    def write(self, block: Draft) -> None:
        raw, at = self.raw, 0
        outer: list[list[tuple[int, str, bool, bool]]] = []
        while token := find(_SIGNS, _TOKEN, raw, at, len(raw)):
            block.copy(raw, at, token.start())
            start, at = token.span()
            if self.stack and token["close"] and start == self.stack[-1][0]:
                _emphasise(block, self.marks)
                block, self.marks = self.stack.pop()[1], outer.pop()
            elif token["note"] and start + 1 in self.match:
                note = Draft(block.at)
                block.notes.append((block.length, note))
                self.stack.append((self.match[start + 1], block))
                outer.append(self.marks)
                block, self.marks = note, []
            else:
                at = self._token(block, token)
        block.copy(raw, at, len(raw))
        while True:
            _emphasise(block, self.marks)
            if not self.stack:
                break
            block, self.marks = self.stack.pop()[1], outer.pop()

    def _token(self, block: Draft, token: re.Match[str]) -> int:
        """Write one token; where the text goes on."""
        raw, (start, end) = self.raw, token.span()
        if token["escaped"]:
            if token["escaped"] in " \n":
                block.space(start, end)
            else:
                block.put(token["escaped"], start, end)
        elif token["ticks"]:
            return self._code(block, start, len(token["ticks"]))
        elif token["call"]:
            block.calls.append((token["label"], block.length))
        elif token["cite"]:
            key = token["braced"] or token["key"]
            if token["behind"] is not None and _GROUP_KEY.search(token["behind"]):
                end = token.start("behind") - 1
                first = token["behind"].split(";")[0]
                block.name(key, None if "@" in first else first.strip(), start, end)
            else:
                block.name(key, token["behind"], start, end)
        elif token["open"]:
            return self._bracket(block, start, end)
        elif token["close"]:
            if start in self.skips:
                return self.skips[start]
            block.copy(raw, start, end)
        elif token["auto"]:
            block.copy(raw, start + 1, end - 1)
        elif token["tag"]:
            if token["tag"].lower().startswith("<br"):
                block.space(start, end)
            elif token["tag"].lower().startswith("<q"):
                block.quoted.append((block.length, -1))
            elif token["tag"].lower().startswith("</q>"):
                opened = [number for number, (_, stop) in enumerate(block.quoted) if stop < 0]
                if opened:
                    block.quoted[opened[-1]] = (block.quoted[opened[-1]][0], block.length)
        elif token["entity"]:
            block.put(html.unescape(token["entity"]), start, end)
        elif token["math"]:
            number = _NUMBER.fullmatch(token["math"])
            block.put(number[1].replace("\\", "").replace("\n", " ") if number else "", start, end)
        elif token["dash"]:
            block.put("—" if end - start == 3 else "–", start, end)
        elif token["note"]:
            block.copy(raw, start, end)
        elif token["up"]:
            since = block.length
            block.put(token["up"], start, end)
            block.lift(since)
        else:
            before, after = raw[start - 1 : start], raw[end : end + 1]
            opens, closes = bool(after.strip()), bool(before.strip())
            if token["mark"][0] == "_":  # inside a word it is a letter
                opens, closes = opens and not _word(before), closes and not _word(after)
            block.copy(raw, start, end)
            self.marks.append((block.length, token["mark"], opens, closes))
        return end

    def _code(self, block: Draft, start: int, ticks: int) -> int:
        """Code is no prose, but it keeps its place."""
        if ticks not in self.no_code:
            closing = re.compile(rf"(?<!`)`{{{ticks}}}(?!`)").search(self.raw, start + ticks)
            if closing:
                return closing.end()
            self.no_code.add(ticks)
        block.copy(self.raw, start, start + ticks)
        return start + ticks

    def _bracket(self, block: Draft, start: int, end: int) -> int:
        raw, closing = self.raw, self.match.get(end - 1)
        if closing is None:
            block.copy(raw, start, end)
            return end
        inside = raw[end : min(closing, end + 1000)]
        keys = list(_GROUP_KEY.finditer(inside)) if "@" in inside and closing - end < 1000 else []
        if keys and raw[closing + 1 : closing + 2] != "(":
            _cite(block, inside)
            return closing + 1
        behind = _TARGET.match(raw, closing + 1) or _SPAN.match(raw, closing + 1)
        label = _LABEL.match(raw, closing + 1)
        if behind is None and label is not None and (label[1] or inside).lower() in self.references:
            behind = label
        if behind is None and inside.lower() not in self.references:
            block.copy(raw, start, end)
            return end
        self.skips[closing] = behind.end() if behind else closing + 1
        return end


def _cite(block: Draft, inside: str) -> None:
    """``see @a, p. 3; @b``: what stands behind a key, up to the next part, is its locator."""
    for part in re.split(r";(?=[^;]*@)", inside):
        key = _GROUP_KEY.search(part)
        if key:
            place = part[key.end() :].strip(" ,，\n").removeprefix("{").removesuffix("}")
            block.cite(key["braced"] or key["key"], place)


def _brackets(raw: str) -> dict[int, int]:
    """Each opening bracket and the one that closes it."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for bracket in re.finditer(r"\\.|[\[\]]", raw, re.S):
        if bracket.group() == "[":
            stack.append(bracket.start())
        elif bracket.group() == "]" and stack:
            found[stack.pop()] = bracket.start()
    return found


def _word(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"


def _emphasise(block: Draft, marks: list[tuple[int, str, bool, bool]]) -> None:
    """Marks that open and close take each other; the others are what they look like."""
    block.quoted = [(a, b) for a, b in block.quoted if b >= 0]
    cuts: list[tuple[int, int]] = []
    opened: dict[str, list[list[int]]] = {}
    for end, mark, opens, closes in marks:
        left = len(mark)
        waiting = opened.setdefault(mark[0], [])
        while closes and waiting and left:
            stop, rest = waiting[-1]
            taken = min(rest, left) if mark[0] in "*_" else left if rest == left else 0
            if not taken:
                break
            start = end - left
            cuts += [(stop - taken, stop), (start, start + taken)]
            block.emphasis.append((stop, start))
            left -= taken
            waiting[-1] = [stop - taken, rest - taken]
            if not waiting[-1][1]:
                waiting.pop()
        if left and opens:
            waiting.append([end, left])
    block.cut(cuts)
