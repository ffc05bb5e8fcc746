"""HTML: block elements are blocks; <q>, <blockquote>, citations as pandoc marks them, notes by their anchors."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

from ..drafting import Draft, Pages
from ..printed import citations as printed
from ..printed import place
from ..prose import Block, Citation

_TOKEN = re.compile(
    r"<!--|<!\[CDATA\[|<[!?][^>]{0,2000}>"
    r"|<(?P<close>/)?(?P<name>[A-Za-z][\w:-]{0,40})(?P<attributes>(?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}'){0,300})>"
    r"|(?P<entity>&\#?\w{1,31};)"
)
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s{0,5}(?:=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
    *("html", "legend", "li", "main", "nav", "ol", "p", "section", "summary", "table", "tbody", "tfoot"),
    *("thead", "tr", "ul"),
}
_SKIPPED = {
    *("script", "style", "title", "nav", "pre", "code", "textarea", "template", "svg", "math", "select", "iframe"),
    *("noscript", "rt", "rp", "del", "button"),
}
# Elements that hold more than a note, though a link with a number may lead to them.
_LARGE = {"h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "main", "body", "html", "header", "table", "figure"}
_EMPHASIS = {"em", "i", "strong", "b", "mark", "u"}
_VOID = {"br", "hr", "img", "input", "link", "meta", "col", "wbr", "area", "base", "embed", "source", "track"}
_ID = re.compile(r"[\s\"'](?:id|name)\s{0,5}=\s{0,5}[\"']?([^\"'\s>]{1,100})")
_MARK = re.compile(
    r"\s*[\[(（〔［【]?\s*(?:[註注]|note\s?)?\s*(?:\d{1,4}|[a-z]|[ivx]{1,5}|[*†‡§¶#]{1,3}|[①-⑳㉑-㉟㊱-㊿]|[¹²³⁰⁴-⁹]{1,4}"
    r"|[↩↑↵⏎^←\ufe0e\ufe0f]{1,2})\s*[\])）〕］】]?\s*"
)
_QUOTE = re.compile(r"(?<![\w-])(?:Mso(?:Intense)?Quote|(?:block-?|pull-?)?quot(?:e|ation))(?![\w-])", re.I)
_PAIRS = {"[]", "()", "（）", "〔〕", "［］", "【】"}
_RAISED = re.compile(r"[\d+−-]{1,4}")
_CALL = re.compile(r"#_?(?:fn|ftn|edn|note|footnote|endnote|cite_note)", re.I)
# The last thing in a block quotation.
_SIGNED = re.compile(
    r"(?:[^<]|<(?!/?(?:cite|p|div|blockquote)\b)[^<>]{0,500}>){0,300}</cite>\s*(?:</(?:p|div|span)>\s*){0,3}</blockquote",
    re.I,
)


def blocks(source: str, file: str, include: Callable[[str], list[Block]]) -> list[Block]:
    """The blocks of a page; nothing is included."""
    reader = _Reader(source, file)
    reader.read()
    return reader.pages.finished()


class _Reader:
    def __init__(self, source: str, file: str) -> None:
        self.source, self.pages = source, Pages(source, file, "html")
        self.at = range(len(source) + 1)
        self.draft = Draft(self.at)
        self.open: list[tuple[str, int, dict[str, str]]] = []  # inline elements, with where their words begin
        self.quotes: list[tuple[str, int, str | None]] = []  # the open block quotations, what each says of its source
        self.figures: list[int] = []  # the number of the first <blockquote> in each open <figure>; 0 where none is
        self.number = 0  # how many <blockquote>s there were
        self.notes: list[tuple[str, str]] = []  # the open elements that hold a footnote, with its id
        self.signed: dict[str, int] = {}  # what stands under a block quotation is a note of it, by a label of its own
        self.called: set[str] = set()
        self.cuts: list[tuple[int, int]] = []  # marks of notes in the draft
        self.ids = {match[1]: match.start() for match in reversed(list(_ID.finditer(source)))}
        self.here = 0
        self.gone: set[str] = set()  # elements that are not closed any more

    def read(self) -> None:
        at = 0
        while token := _TOKEN.search(self.source, at):
            self.draft.copy(self.source, at, token.start())
            at = self.token(token)
        self.draft.copy(self.source, at, len(self.source))
        self.flush()
        last = {block.quote: number for number, block in enumerate(self.pages.blocks)}
        for label, quote in self.signed.items():
            if quote in last:
                self.pages.call(label, last[quote], len(self.pages.blocks[last[quote]].text))

    def token(self, token: re.Match[str]) -> int:
        start, end = token.span()
        self.here = start
        if token["entity"]:
            words = html.unescape(token["entity"])
            if words == "\u00a0":
                self.draft.space(start, end)
            else:
                self.draft.put(words, start, end)
        elif not token["name"]:
            closes = {"<!--": "-->", "<![CDATA[": "]]>"}.get(token.group())
            return self.past(closes, end) if closes else end
        elif token["close"]:
            self.closed(token["name"].lower())
        else:
            return self.opened(token["name"].lower(), token["attributes"], start, end)
        return end

    def past(self, closes: str, at: int) -> int:
        """Behind what closes something that is no prose; here, where nothing does."""
        stop = -1 if closes in self.gone else self.source.find(closes, at)
        if stop < 0:
            self.gone.add(closes)
            return at
        return stop + len(closes)

    def opened(self, name: str, source: str, start: int, end: int) -> int:
        given = {
            m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(source.rstrip("/"))
        }
        if name in _SKIPPED and not source.endswith("/"):
            lower = f"</{name}"
            stop = -1 if lower in self.gone else _find(self.source, lower, end)
            if stop < 0:
                self.gone.add(lower)
                return end
            return stop
        said = " ".join(given.get(attribute, "") for attribute in ("role", "class", "epub:type", "rel")).lower()
        labels = [label for label in (given.get("id"), given.get("name")) if label]
        note = next((label for label in labels if label in self.called and name not in _LARGE), None)
        if name in _BLOCKS:
            self.flush()
            if name == "blockquote" or (name in ("p", "div") and _QUOTE.search(given.get("class", ""))):
                goes_on = name == "p" and self.pages.blocks and self.pages.blocks[-1].quote
                self.number += not goes_on
                self.quotes.append((name, self.number, given.get("cite")))
                self.draft.quote = self.number
            elif name == "figure":
                inside = self.source[end : self.past("</figure", end)].lower()
                self.figures.append(self.number + 1 if "<blockquote" in inside else 0)
            elif name == "footer" and self.quotes:
                self.sign(name, self.quotes[-1][1])
            elif name == "figcaption" and self.figures and self.figures[-1]:
                self.sign(name, self.figures[-1])
            if note or (labels and "note" in said):
                self.notes.append((name, note or labels[0]))
                self.draft.defines = note or labels[0]
        elif name == "cite" and self.quotes and _SIGNED.match(self.source, end) and self.is_apart(start):
            self.flush()
            self.sign(name, self.quotes[-1][1])
        elif name in ("br", "td", "th"):
            self.draft.space(start, end)
        elif name not in _VOID and not source.endswith("/"):
            if note:
                self.flush()
                self.draft.defines = note
            self.open.append((name, self.draft.length, {**given, "said": said}))
        return end

    def is_apart(self, start: int) -> bool:
        """Whether a <cite> is no part of the words that are quoted, but stands under them or behind a dash."""
        before = self.draft.words(max(0, self.draft.length - 20))
        dash = len(before) - len(before.rstrip(" —–―-"))
        if dash:
            self.cut(self.draft.length - dash)
        return (
            dash > 0 or not before or re.search(r"<br\s*/?>\s*$", self.source[max(0, start - 40) : start]) is not None
        )

    def sign(self, name: str, quote: int) -> None:
        label = f"\0{len(self.signed)}"
        self.signed[label] = quote
        self.notes.append((name, label))
        self.draft.defines, self.draft.quote = label, 0

    def is_call(self, given: dict[str, str], words: str, since: int) -> bool:
        """Whether a link to a place further down calls a note: it says so, is raised, or is a mark behind words."""
        if "back" in given["said"] or self.ids.get(unquote(given["href"][1:]), 0) < self.here:
            return "noteref" in given["said"] and not self.notes
        said = "noteref" in given["said"] or "footnote" in given["said"] or _CALL.match(given["href"]) is not None
        return said or any(name == "sup" for name, _, _ in self.open) or (since > 0 and bool(_MARK.fullmatch(words)))

    def closed(self, name: str) -> None:
        if name in _BLOCKS or (name == "cite" and self.notes and self.notes[-1][0] == name):
            self.flush()
            if self.quotes and self.quotes[-1][0] == name:
                self.quotes.pop()
            elif name == "figure" and self.figures:
                self.figures.pop()
            if self.notes and self.notes[-1][0] == name:
                self.notes.pop()
            self.begin()
            return
        while any(opened == name for opened, _, _ in self.open[-20:]):
            last = self.open.pop()
            self.element(*last)
            if last[0] == name:
                break

    def element(self, name: str, since: int, given: dict[str, str]) -> None:
        """An inline element ends."""
        draft = self.draft
        keys = given.get("data-cites") or given.get("data-cite") or given.get("data-citekey")
        words = draft.words(since) if keys or name in ("a", "sup", "cite") else ""
        if name == "q":
            draft.quoted.append((since, draft.length))
            if not (given.get("cite") or "#").startswith("#"):  # a place in this page is no work
                draft.cite(None, None, (("url", given["cite"]),))
        elif name in _EMPHASIS:
            draft.emphasis.append((since, draft.length))
        elif name == "a" and given.get("href", "").startswith("#"):
            label = unquote(given["href"][1:])
            if self.is_call(given, words, since):
                draft.calls.append((label, since))
                self.called.add(label)
                self.cut(since)
            elif self.notes and _MARK.fullmatch(words):
                self.cut(since)  # the way back
        elif name == "sup" and _RAISED.fullmatch(words) and not (self.cuts and self.cuts[-1][1] > since):
            draft.lift(since)
        elif name == "cite" and not keys:
            found = [one for one in printed(words, True) if one.fields]
            draft.citations += [replace(one, start=since + one.start, end=since + one.end) for one in found]
        if keys:
            where = given.get("data-locator") or place(words)
            for key in keys.replace("@", " ").replace(",", " ").split():
                draft.citations.append(Citation(since, draft.length, key, where))

    def cut(self, since: int) -> None:
        """What was added since then is a mark, and no words."""
        while self.cuts and self.cuts[-1][0] >= since:
            self.cuts.pop()
        self.cuts.append((since, self.draft.length))

    def flush(self) -> None:
        while self.open:
            self.element(*self.open.pop())
        draft = self.draft
        if draft.quote and self.quotes and self.quotes[-1][2] and draft.length:
            draft.cite(None, None, (("url", self.quotes[-1][2]),))
        text = "".join(draft.parts) if self.cuts else ""
        draft.cut((a - 1, b + 1) if text[a - 1 : a] + text[b : b + 1] in _PAIRS else (a, b) for a, b in self.cuts)
        self.pages.add(draft)
        self.begin()

    def begin(self) -> None:
        """A new block, of the quotation and the note that are open."""
        label = self.notes[-1][1] if self.notes else None
        self.draft = Draft(self.at, self.quotes[-1][1] if self.quotes and label not in self.signed else 0)
        self.draft.defines, self.cuts = label, []


def _find(source: str, lower: str, at: int) -> int:
    found = re.compile(re.escape(lower), re.I).search(source, at)
    return found.start() if found else -1
