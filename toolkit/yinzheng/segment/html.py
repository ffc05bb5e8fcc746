"""HTML: its block elements are paragraphs, its inline elements ranges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import YinzhengError
from ..records import Kind
from .block import Raw
from .wrapping import TERMINAL

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_START = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*"
    r"<(?:!doctype|html|head|body|article|section|main|header|div|h[1-6]|p|ul|ol|dl|blockquote|figure|table|center)\b",
    re.I | re.S,
)
_SKIPPED = {
    "script",
    "style",
    "head",
    "title",
    "nav",
    "noscript",
    "template",
    "button",
    "form",
    "svg",
    "iframe",
    "rt",
    "rp",
}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_EMPHASIS = {"b", "strong", "em", "i", "u", "mark"}
_HINTS: dict[str, Kind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "figcaption": "caption",
    "caption": "caption",
    "pre": "body",
}
# The last words of a class say what its element is: wp-caption-text is a caption, note-content no note.
_CLASSES: dict[Kind, re.Pattern[str]] = {
    "note": re.compile(r"(?:^|.*[-_])(?:foot|end|rear)?notes?$", re.I),
    "caption": re.compile(r"(?:^|.*[-_])caption(?:[-_]text)?$", re.I),
    "byline": re.compile(r"(?:^|.*[-_])(?:byline|authors?)(?:[-_](?:name|info))?$", re.I),
    "lead": re.compile(r"(?:^|.*[-_])abstract$", re.I),
    "title": re.compile(r"(?:^|.*[-_])sub-?title$", re.I),
}
_BASE = re.compile(r"(?:(?<!\d)10|(?:^|[\d\s/·(=])(?:[kcmdnµ]?m|s|ft|mi|yd|in|mc|[A-Za-z]))$")
_RAISED = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_POWER = re.compile(r"[-−+]?\d+")
_BAR = re.compile(r"\s*[▉-▏]\s*")  # drawn before the headings of a saved page
_AROUND = {"header", "footer", "aside"}
_BACK = {"↩", "↩\ufe0e", "↑", "⤴", "^"}
WIDEST_CELL = 100
_NOTE = re.compile(r"\s*(?:[\[［(（]?\s*(?:\d{1,3}|[a-z*†‡])\s*[\])）］]?|[①-⑳])\s*")
_INDENTED = re.compile(r"^[ \t\r\n]+|[ \t\r\n]+$")


def is_html(text: str) -> bool:
    """Whether a text is a page or a fragment of HTML, and not a text with a tag or two in it."""
    return bool(_START.match(text.lstrip("\ufeff"))) and "</" in text


def raw_from_html(text: str) -> list[Raw]:
    """The blocks of HTML, in document order; scripts, styles and navigation left out.

    Raises YinzhengError where tags are nested so deep that the parser gives up on what follows.
    """
    from lxml import html  # late: only HTML needs it

    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    if any(problem.type_name == "ERR_RESOURCE_LIMIT" for problem in parser.error_log):
        raise YinzhengError("tags nested more than 2,000 deep; what follows them is out of reach")
    walker = _Walker("title" if len(root.findall(".//h1")) == 1 else "heading")
    for element in list(root.iter("a", *_AROUND)):
        if element is not root and _is_beside(element):
            element.drop_tree()
    walker.walk(root, hint=None)
    walker.flush(None)
    return walker.raw


def _is_beside(element: HtmlElement) -> bool:
    """The way back from a note; and what surrounds the article of a page that says which part is its article."""
    if element.tag == "a":
        return (element.get("href") or "").startswith("#") and element.text_content().strip() in _BACK
    tree = element.getroottree()
    if tree.find(".//article") is None and tree.find(".//main") is None:
        return False
    inside = any(ancestor.tag in ("article", "main") for ancestor in element.iterancestors())
    return not inside and not any(element.find(f".//{tag}") is not None for tag in ("h1", "article", "main"))


def _is_of_data(table: HtmlElement) -> bool:
    """Whether a table shows data in short cells, and is not a page laid out in one."""
    if (
        next(table.iter("h1", "h2", "h3", "h4", "ul", "ol", "article"), None) is not None
        or table.find(".//table") is not None
    ):
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    cells = [cell for row in rows for cell in row]
    return any(len(row) > 1 for row in rows) and all(
        len(cell.findall("p")) < 2 and len(cell.text_content().strip()) <= WIDEST_CELL for cell in cells
    )


class _Walker:
    """Collects the running text of one block after another."""

    def __init__(self, top: Kind) -> None:
        self.hints: dict[str, Kind] = {**_HINTS, "h1": top}  # the only h1 of a page is its title
        self.raw: list[Raw] = []
        self.parts: list[str] = []
        self.length = 0
        self.ranges: list[tuple[int, int, str]] = []
        self.table: HtmlElement | None = None  # the table of data that is being read: each of its rows is a block

    def walk(self, root: HtmlElement, hint: Kind | None) -> None:
        """Depth first, without recursion: a hostile page may nest its tags thousands deep."""
        stack: list[tuple[str, HtmlElement, Kind | None, int]] = [("open", root, hint, 0)]
        while stack:
            step, element, hint, start = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if step == "close":
                if self.ends_block(tag):
                    self.flush(hint)
                    self.table = None if element is self.table else self.table
                elif tag in _EMPHASIS and self.length > start:
                    self.ranges.append((start, self.length, "emphasis"))
                elif tag == "sup":
                    self.superscript(start)
            elif step == "tail":
                self.add(_collapsed(element.tail))
            elif tag and tag not in _SKIPPED:
                if self.ends_block(tag):
                    self.flush(hint)
                    hint = self.hint(tag, element) or hint
                    if tag == "table" and _is_of_data(element):
                        self.table, hint = element, "caption"
                elif tag == "br":
                    self.add("\n")
                elif tag in ("td", "th") and self.length:
                    self.add(" | ")
                stack.append(("close", element, hint, self.length))
                for child in reversed(element):
                    stack.append(("tail", child, hint, 0))
                    stack.append(("open", child, hint, 0))
                self.add(_collapsed(element.text))

    def ends_block(self, tag: str) -> bool:
        return tag in (_BLOCKS if self.table is None else ("tr", "table", "caption"))

    def hint(self, tag: str, element: HtmlElement) -> Kind | None:
        said = " ".join(element.get(name) or "" for name in ("class", "epub:type", "role"))
        for one in said.split():
            for kind, pattern in _CLASSES.items():
                if pattern.match(one):
                    return kind
        return self.hints.get(tag)

    def superscript(self, start: int) -> None:
        """What stands from `start` on was raised: an exponent, the number of a note, or just raised."""
        raised: list[str] = []
        length = self.length
        while length > start:
            raised.insert(0, self.parts.pop())
            length -= len(raised[0])
        words = "".join(raised)
        before = "".join(self.parts[-4:])[-8:]
        if _POWER.fullmatch(words) and _BASE.search(before):
            words = words.translate(_RAISED)
        elif _NOTE.fullmatch(words or "-"):
            while self.ranges and self.ranges[-1][0] >= start:
                self.ranges.pop()
            self.ranges.append((start, self.length, "note"))
        self.parts += [words] if words else []

    def add(self, text: str) -> None:
        if text.startswith(" ") and (not self.parts or self.parts[-1].endswith((" ", "\n"))):
            text = text[1:]
        if text:
            self.parts.append(text)
            self.length += len(text)

    def flush(self, hint: Kind | None) -> None:
        """End the block. A line break ends one too after a full stop, or where it is doubled, or where most of them
        stand after full stops: then its lines are paragraphs."""
        text, ranges = "".join(self.parts), self.ranges
        self.parts, self.ranges, self.length = [], [], 0
        breaks = [] if hint in ("heading", "title") else list(re.finditer(r"\s*\n\s*", text))
        stops = [bool(TERMINAL.search(text[max(0, match.start() - 8) : match.start()])) for match in breaks]
        lines = sum(stops) * 2 > len(stops) > 2
        start = 0
        for match, stop in zip(breaks, stops, strict=True):
            if stop or lines or match.group().count("\n") > 1:
                self.emit(text, ranges, start, match.start(), hint)
                start = match.end()
        self.emit(text, ranges, start, len(text), hint)

    def emit(self, text: str, ranges: list[tuple[int, int, str]], start: int, end: int, hint: Kind | None) -> None:
        bar = _BAR.match(text, start, end) if hint is None else None
        if bar:
            start, hint = bar.end(), "heading"
        if text[start:end].strip():
            inside = [(max(a, start) - start, min(b, end) - start, w) for a, b, w in ranges if a < end and b > start]
            self.raw.append(_without_breaks(text[start:end], hint, inside))


def _without_breaks(text: str, hint: Kind | None, ranges: list[tuple[int, int, str]]) -> Raw:
    """Breaks that did not end the block become nothing between Han, a space elsewhere; the ranges follow."""
    shift, out, place = 0, [], []
    for at, character in enumerate(text):
        place.append(at - shift)
        if character == "\n":
            wide = at > 0 and at + 1 < len(text) and text[at - 1] >= "⺀" and text[at + 1] >= "⺀"
            if wide:
                shift += 1
                continue
            character = " "
        out.append(character)
    place.append(len(text) - shift)
    return Raw("".join(out), hint, False, tuple((place[a], place[b], w) for a, b, w in ranges))


def _collapsed(text: str | None) -> str:
    """White space as a browser shows it; a line end between two Han characters is none."""
    if not text:
        return ""
    text = re.sub(r"(?<=[⺀-\U000e0000])[ \t\r]*\n[ \t\r\n]*(?=[⺀-\U000e0000])", "", text)
    return re.sub(r"[ \t\r\n\f]+", " ", text)
