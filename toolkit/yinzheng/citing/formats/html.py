"""HTML: a page that needs nothing else; quotations that say their language and source, references as linked data."""

from __future__ import annotations

from html import escape

from ..bundle import Bundle, Citation, Passage, Printed
from ..inline import Emph, Inline, Link, Sup, inline
from .document import around, chinese, clean, content, gap, lost, settled, stretches
from .schema_org import address, script

_STYLE = """
body { max-width: 44em; margin: 2em auto; padding: 0 1em; line-height: 1.7; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 2em; }
figure, blockquote { margin: 1em 2em; }
.pair figure, .pair blockquote, figure blockquote { margin: 0; }
.references p { padding-left: 2em; text-indent: -2em; }
em:lang(zh) { font-style: normal; text-emphasis: filled dot; text-emphasis-position: under right; }
"""


def render(bundle: Bundle) -> Printed:
    """Our own words stand in paragraphs; the words of an edition in ``q`` or ``blockquote``, with marks that the page
    sets; notes and lists of references below."""
    page = _Page(bundle)
    body = [page.passage(passage) for passage in bundle.passages]
    notes = [one for one in bundle.citations if one.note]
    if notes:
        body.append("<hr>\n<ol>\n" + "\n".join(map(page.note, notes)) + "\n</ol>")
    body += [page.list(heading, entries) for heading, entries in bundle.lists]
    works = dict.fromkeys(one.excerpt.work for one in bundle.citations)
    title = escape(clean(", ".join(works) or bundle.entries[0].key))
    head = f'<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>'
    data = f'<script type="application/ld+json">\n{script(bundle)}\n</script>'
    lang = page.chinese if bundle.lists and all(page.in_chinese(heading) for heading, _ in bundle.lists) else "en"
    return Printed(
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n{head}\n{data}\n</head>\n<body>\n'
        + "\n".join(body)
        + "\n</body>\n</html>",
        lost(bundle),
    )


class _Page:
    """What the elements of a page know of it: the Chinese of its references, and where each work is on the web."""

    def __init__(self, bundle: Bundle) -> None:
        self.chinese = around(bundle)
        self.addresses = {entry.key: address(entry) for entry in bundle.entries}

    def in_chinese(self, heading: str) -> bool:
        return any(east for _, east in stretches(heading))

    def passage(self, passage: Passage) -> str:
        caption = f"<h3>{self.inline(inline(passage.caption))}</h3>\n" if passage.caption else ""
        cited = [self.citation(citation) for citation in passage.citations]
        if len(cited) > 1:
            return caption + '<div class="pair">\n' + "\n".join(f"<div>\n{one}\n</div>" for one in cited) + "\n</div>"
        return caption + cited[0]

    def citation(self, citation: Citation) -> str:
        excerpt, note = citation.excerpt, citation.note
        lang = f' lang="{escape(excerpt.lang)}"'
        where = self.addresses.get(citation.key)
        source = f' cite="{escape(where)}"' if where else ""
        words = self.inline(citation.words, excerpt.lang, "em")
        after = self.inline(citation.cited.gloss)
        said = (
            f'<sup><a href="#note-{note}" id="call-{note}">{note}</a></sup>'
            if note
            else self.inline(citation.cited.text)
        )
        said = f'<span class="citation" data-cites="{escape(citation.key)}">{said}</span>'
        if citation.block:
            return (
                f"<figure>\n<blockquote{lang}{source}>\n<p>{words}</p>\n</blockquote>\n"
                f"<figcaption>{after}{said}</figcaption>\n</figure>"
            )
        if excerpt.words == "paraphrase":
            words = f"<span{lang}>{words}</span>"
        else:
            opening, closing = citation.marks[:1], citation.marks[1:]
            words = f"<q{lang}{source} style=\"quotes: '{opening}' '{closing}'\">{words}</q>"
        return f"<p>{words}{after}{gap(citation)}{said}</p>"

    def note(self, one: Citation) -> str:
        back = f'<a href="#call-{one.note}">↩</a>'
        return f'<li id="note-{one.note}" value="{one.note}">{self.inline(one.cited.note)} {back}</li>'

    def list(self, heading: str, entries: tuple[tuple[str, Inline], ...]) -> str:
        lang = self.chinese if self.in_chinese(heading) else "en"
        lines = "\n".join(f"<p>{self.inline(entry, lang)}</p>" for _, entry in entries)
        title = f"<h2>{self.inline(inline(heading), lang)}</h2>"
        return f'<section class="references" lang="{lang}">\n{title}\n{lines}\n</section>'

    def inline(self, tree: Inline, lang: str = "en", emphasis: str = "i") -> str:
        """The tree, what is Chinese in other text marked as such: all of what ends as Chinese does, else its words."""
        nodes = settled(tree)
        if nodes and not chinese(lang) and next(stretches(content(nodes[-1])[-1]))[1]:
            return f'<span lang="{self.chinese}">{self.inline(tree, self.chinese, emphasis)}</span>'
        result = []
        for node in nodes:
            words = content(node)
            inner = "".join(
                f'<span lang="{self.chinese}">{escape(part)}</span>' if east and not chinese(lang) else escape(part)
                for part, east in stretches(words)
            )
            if isinstance(node, Link):
                inner = self.link(words)
            tag = emphasis if isinstance(node, Emph) else "sup" if isinstance(node, Sup) else ""
            result.append(f"<{tag}>{inner}</{tag}>" if tag else inner)
        return "".join(result)

    @staticmethod
    def link(words: str) -> str:
        """A web address or a DOI; anything else stays text."""
        where = f"https://doi.org/{words[4:]}" if words.startswith("DOI:") else words
        return f'<a href="{escape(where)}">{escape(words)}</a>' if where.startswith("http") else escape(words)
