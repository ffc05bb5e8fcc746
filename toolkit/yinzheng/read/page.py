"""A saved web page: its main content, found by trafilatura, and checked against what the page holds."""

from __future__ import annotations

import html as entities
import re
from typing import TYPE_CHECKING

from ..errors import YinzhengError
from . import Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding=[\"']([\w-]+)", re.I)
_PAGE = re.compile(r"\s*(?:<!doctype html|<html|<\?xml)|(?s:.{,4000})<html[\s>]", re.I)
# What is no part of any article; the header of an article itself holds its title, and an aside may be a note.
_FURNITURE = (
    ".//script|.//style|.//nav|.//noscript|.//template|.//form|.//button|.//iframe|.//svg"
    "|.//header[not(ancestor::article or ancestor::main)]|.//footer[not(ancestor::article or ancestor::main)]"
    "|.//aside[not(contains(@class, 'note') or contains(@role, 'note'))]"
)
_EMPTY = "there is no text in this page (a script may fill it); save it from a browser, and add that"
LEAST = 0.7


def is_page(text: str, name: str) -> bool:
    """Whether a text is a web page, by its first tags, or by its name if there is any tag in it."""
    kind = name.lower().split("?")[0]
    if kind.endswith((".txt", ".md", ".markdown")):  # such a text may speak of tags
        return bool(re.match(r"\s*<(?:!doctype html|html)", text, re.I))
    return bool(_PAGE.match(text)) or (kind.endswith((".html", ".htm", ".xhtml")) and "<" in text[:4000])


def declared_charset(data: bytes) -> str | None:
    """The charset that the page says of itself."""
    match = _CHARSET.search(data[:4096])
    return (match[1] or match[2]).decode("ascii") if match else None


def from_page(text: str, said: tuple[str, ...] = ()) -> Source:
    """The article of a page as light HTML.

    Where the library keeps less than 70 % of the text of the page's densest part, that part is taken whole, and said:
    a line of furniture too many is seen at once, a paragraph too few is not. Raises YinzhengError for a page without
    words (one that a script fills), and for one that the parser could not read to its end.
    """
    import trafilatura
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=True, encoding="utf-8")
    try:
        root = html.document_fromstring(re.sub(r"<\?xml[^>]*\?>", "", text).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise YinzhengError(_EMPTY) from error
    if any(problem.type_name == "ERR_RESOURCE_LIMIT" for problem in parser.error_log):
        raise YinzhengError(
            "its tags are nested more than 2,000 deep, and what follows is out of reach; save it as text"
        )
    title = (root.findtext(".//title") or "").strip() or None
    heading = next(iter(root.xpath("(//article|//main)//h1") or root.xpath("//h1")), None)
    top = " ".join(heading.text_content().split()) if heading is not None else ""
    dense = _densest(root)
    if not _words(dense.text_content()):
        raise YinzhengError(_EMPTY)
    whole = etree.tostring(dense, encoding="unicode", method="html", with_tail=False)
    if not re.search(r"<(?:p|div|article|section|h[1-6])\b", whole, re.I):
        whole = f"<div>{whole}</div>"
    kept = trafilatura.extract(
        text,
        output_format="html",
        include_formatting=True,
        include_comments=False,
        favor_recall=True,
        deduplicate=False,
    )
    if kept and _mass(kept) >= LEAST * _mass(whole) and "<sup" not in whole and _paragraphs(kept) >= _paragraphs(whole):
        return Source(_with_title(kept, top), title, "html", said)
    if not kept or _mass(kept) < LEAST * _mass(whole):
        said = (*said, "the page has no clear main text: its largest part was taken whole; look at `yinzheng show`")
    return Source(_with_title(whole, top), title, "html", said)


def _densest(root: HtmlElement) -> HtmlElement:
    """The smallest element that holds nearly all the running text of the page."""
    body = root.find("body")
    node = body if body is not None else root
    for unwanted in node.xpath(_FURNITURE):
        unwanted.drop_tree()
    sizes: dict[object, int] = {}
    for element in reversed(list(node.iter())):  # children before their parents
        own = element.text if isinstance(element.tag, str) else None
        sizes[element] = _size(own) + sum(sizes[child] + _size(child.tail) for child in element)
    while True:
        inner = next(
            (
                child
                for child in node
                if child.tag in ("div", "article", "section", "main", "td", "table", "tbody", "tr", "body")
                and sizes[child] >= 0.85 * sizes[node] > 0
            ),
            None,
        )
        if inner is None:
            return node
        node = inner


def _with_title(article: str, words: str) -> str:
    """The page's own h1 in front, where the article came without one."""
    if not words or re.search(r"<h1\b", article, re.I) or words in re.sub(r"<[^>]+>", "", article)[:400]:
        return article
    return f"<div><h1>{entities.escape(words)}</h1>{article}</div>"


def _words(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _size(text: str | None) -> int:
    return len(_words(text)) if text else 0


def _mass(markup: str) -> int:
    return len(_words(entities.unescape(re.sub(r"<[^>]+>", "", markup))))


def _paragraphs(markup: str) -> int:
    return len(re.findall(r"<p\b|<br\b[^>]*>\s*<br\b|<li\b", markup, re.I))
