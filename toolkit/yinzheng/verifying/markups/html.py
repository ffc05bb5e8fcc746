"""HTML: block elements are blocks; <q>, <blockquote>, citations as pandoc marks them, notes by their anchors."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import unquote

from ..drafting import Draft, Pages
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
    *("html", "legend", "li", "main", "nav", "ol", "p", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
    *("thead", "title", "tr", "ul"),
}
_SKIPPED = {
    "script",
    "style",
    "pre",
    "code",
    "textarea",
    "template",
    "svg",
    "math",
    "select",
    "iframe",
    "noscript",
    "rt",
    "rp",
}
_EMPHASIS = {"em", "i", "strong", "b", "mark", "u"}
_VOID = {"br", "hr", "img", "input", "link", "meta", "col", "wbr", "area", "base", "embed", "source", "track"}


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
        self.quotes: list[str | None] = []  # what each open <blockquote> says of its source
        self.notes: list[tuple[str, str]] = []  # the open elements that hold a footnote, with its id
        self.gone: set[str] = set()  # elements that are not closed any more

    def read(self) -> None:
        at = 0
        while token := _TOKEN.search(self.source, at):
            self.draft.copy(self.source, at, token.start())
            at = self.token(token)
        self.draft.copy(self.source, at, len(self.source))
        self.flush()

    def token(self, token: re.Match[str]) -> int:
        start, end = token.span()
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
        if name in _BLOCKS:
            self.flush()
            if name == "blockquote":
                self.quotes.append(given.get("cite"))
                self.draft.quote = True
            if given.get("id") and (name == "li" or "note" in given.get("role", "") + given.get("class", "")):
                self.notes.append((name, given["id"]))
                self.draft.defines = given["id"]
        elif name == "br":
            self.draft.space(start, end)
        elif name == "a" and given.get("href", "").startswith("#") and self.is_call(given):
            self.draft.calls.append((unquote(given["href"][1:]), self.draft.length))
            self.open.append((name, self.draft.length, given))
        elif name not in _VOID and not source.endswith("/"):
            self.open.append((name, self.draft.length, given))
        return end

    def is_call(self, given: dict[str, str]) -> bool:
        said = " ".join((given.get("role", ""), given.get("class", ""), given.get("rel", ""))).lower()
        if "backlink" in said or "back" in said or self.notes:
            return False
        return (
            "noteref" in said
            or "footnote" in said
            or re.match(r"#_?(?:fn|ftn|edn|note|footnote|endnote|cite_note)", given["href"], re.I) is not None
        )

    def closed(self, name: str) -> None:
        if name in _BLOCKS:
            self.flush()
            if name == "blockquote" and self.quotes:
                self.quotes.pop()
                self.draft.quote = bool(self.quotes)
            if self.notes and self.notes[-1][0] == name:
                self.notes.pop()
            self.draft.defines = self.notes[-1][1] if self.notes else None
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
        if name == "q":
            draft.quoted.append((since, draft.length))
            if not (given.get("cite") or "#").startswith("#"):  # a place in this page is no work
                draft.cite(None, None, (("url", given["cite"]),))
        elif name in _EMPHASIS:
            draft.emphasis.append((since, draft.length))
        if keys:
            words = "".join(draft.parts)[since:]
            where = given.get("data-locator") or place(words)
            for key in keys.replace("@", " ").replace(",", " ").split():
                draft.citations.append(Citation(since, draft.length, key, where))

    def flush(self) -> None:
        while self.open:
            self.element(*self.open.pop())
        draft = self.draft
        if self.quotes and self.quotes[-1] and "".join(draft.parts).strip():
            draft.cite(None, None, (("url", self.quotes[-1]),))
        self.pages.add(draft)
        self.draft = Draft(self.at, bool(self.quotes))
        self.draft.defines = self.notes[-1][1] if self.notes else None


def _find(source: str, lower: str, at: int) -> int:
    found = re.compile(re.escape(lower), re.I).search(source, at)
    return found.start() if found else -1
