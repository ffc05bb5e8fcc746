"""A saved web page: its main content, found by trafilatura, and checked against what the page holds."""

from __future__ import annotations

import html as entities
import re
from typing import TYPE_CHECKING

from . import Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding=[\"']([\w-]+)", re.I)
_FURNITURE = "script|style|nav|header|footer|aside|noscript|template|form|button|iframe|svg"
LEAST = 0.7


def declared_charset(data: bytes) -> str | None:
    """The charset that the page says of itself."""
    match = _CHARSET.search(data[:4096])
    return (match[1] or match[2]).decode("ascii") if match else None


def from_page(text: str, said: tuple[str, ...] = ()) -> Source:
    """The article of a page as light HTML.

    Where the library keeps less than 70 % of the text of the page's densest part, that part is taken whole, and said:
    a line of furniture too many is seen at once, a paragraph too few is not.
    """
    import trafilatura
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=True, encoding="utf-8")
    root = html.document_fromstring(re.sub(r"<\?xml[^>]*\?>", "", text).encode("utf-8", "replace"), parser=parser)
    title = (root.findtext(".//title") or "").strip() or None
    dense = _densest(root)
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
        return Source(_with_title(kept, root), title, "html", said)
    if not kept or _mass(kept) < LEAST * _mass(whole):
        said = (*said, "the page has no clear main text: its largest part was taken whole; look at `yinzheng show`")
    return Source(_with_title(whole, root), title, "html", said)


def _densest(root: HtmlElement) -> HtmlElement:
    """The smallest element that holds nearly all the running text of the page."""
    body = root.find("body")
    node = body if body is not None else root
    for unwanted in node.xpath("|".join(f".//{tag}" for tag in _FURNITURE.split("|"))):
        unwanted.drop_tree()
    while True:
        size = len(_words(node.text_content()))
        inner = next(
            (
                child
                for child in node
                if isinstance(child.tag, str)
                and child.tag in ("div", "article", "section", "main", "td", "table", "tbody", "tr", "body")
                and len(_words(child.text_content())) >= 0.85 * size > 0
            ),
            None,
        )
        if inner is None:
            return node
        node = inner


def _with_title(article: str, root: HtmlElement) -> str:
    """The page's own h1 in front, where the article came without one."""
    heading = root.find(".//h1")
    words = " ".join(heading.text_content().split()) if heading is not None else ""
    if not words or re.search(r"<h1\b", article, re.I) or words in re.sub(r"<[^>]+>", "", article)[:400]:
        return article
    return f"<div><h1>{entities.escape(words)}</h1>{article}</div>"


def _words(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _mass(markup: str) -> int:
    return len(_words(entities.unescape(re.sub(r"<[^>]+>", "", markup))))


def _paragraphs(markup: str) -> int:
    return len(re.findall(r"<p\b|<br\b[^>]*>\s*<br\b|<li\b", markup, re.I))
