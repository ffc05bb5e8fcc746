"""Word: real footnotes in a style of notes, quotations in blocks, Chinese in a Chinese font with its marks.

Word sets “” and … in the Latin font unless a run says that it is East Asian (``w:hint``).
"""

from __future__ import annotations

from html import escape

from ..bundle import Bundle, Citation, Passage, Printed
from ..inline import Emph, Inline, Sup, inline
from .document import apart, around, chinese, content, gap, lost, settled, stretches
from .ooxml import package

_CELL = '<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{words}</w:tc>'


def render(bundle: Bundle) -> Printed:
    """The passages, two languages in a table without lines, and the lists of references with hanging indents."""
    page = _Page(around(bundle))
    body = [page.passage(passage) for passage in bundle.passages]
    for heading, entries in bundle.lists:
        body.append(page.paragraph(page.runs(inline(heading)), "Heading1"))
        body += [page.paragraph(page.runs(entry), "Bibliography") for _, entry in entries]
    font, tag = _chinese(page.lang)
    notes = "".join(page.note(citation) for citation in bundle.citations if citation.note)
    return Printed(package("".join(body), notes, font, tag), lost(bundle))


def _chinese(lang: str) -> tuple[str, str]:
    """The font and the tag of a script: those that every Word has."""
    return ("SimSun", "zh-CN") if "Hans" in lang else ("PMingLiU", "zh-TW")


class _Page:
    """``lang``: the Chinese in text that is not quoted."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def passage(self, passage: Passage) -> str:
        caption = self.paragraph(self.runs(inline(passage.caption)), "Heading3") if passage.caption else ""
        if len(passage.citations) == 1:
            return caption + self.citation(passage.citations[0])
        cited = [self.citation(citation, '<w:ind w:left="0" w:right="0"/>') for citation in passage.citations]
        width = 9026 // len(cited)
        cells = "".join(_CELL.format(width=width, words=words) for words in cited)
        columns = f'<w:gridCol w:w="{width}"/>' * len(cited)
        return (
            f'{caption}<w:tbl><w:tblPr><w:tblW w:w="{width * len(cited)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>{self.paragraph('')}"
        )

    def citation(self, citation: Citation, indent: str = "") -> str:
        said, lang = citation.cited, citation.excerpt.lang
        words = inline(citation.marks[:1], citation.words, citation.marks[1:])
        runs = self.runs(words, lang, '<w:em w:val="dot"/>' if chinese(lang) else "<w:i/>") + self.runs(said.gloss)
        if citation.note:
            call = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            runs += f'<w:r>{call}<w:footnoteReference w:id="{citation.note}"/></w:r>'
        elif apart(citation):
            below = '<w:pPr><w:jc w:val="right"/></w:pPr>' + self.runs(said.text)
            return self.paragraph(runs, "Quote", indent) + self.paragraph(below)
        else:
            runs += self.runs(inline(gap(citation), said.text))
        return self.paragraph(runs, "Quote", indent) if citation.block else self.paragraph(runs)

    def note(self, citation: Citation) -> str:
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        runs = mark + self.runs(inline(" ", citation.cited.note))
        return f'<w:footnote w:id="{citation.note}">{self.paragraph(runs, "FootnoteText")}</w:footnote>'

    @staticmethod
    def paragraph(runs: str, style: str = "", indent: str = "") -> str:
        named = f'<w:pPr><w:pStyle w:val="{style}"/>{indent}</w:pPr>' if style else ""
        return f"<w:p>{named}{runs}</w:p>"

    def runs(self, tree: Inline, lang: str | None = None, emphasis: str = "<w:i/>") -> str:
        """A run for each node; where the language is not Chinese, for each stretch that is.

        The order of what a run says of itself is that of the schema.
        """
        result = []
        for node in settled(tree):
            text = content(node)
            pieces = [(text, True)] if lang and chinese(lang) else stretches(text)
            for words, east in pieces:
                font, tag = _chinese(lang if lang and chinese(lang) else self.lang)
                says = f'<w:rFonts w:hint="eastAsia" w:eastAsia="{font}"/>' if east else ""
                italic = emphasis if isinstance(node, Emph) else ""
                says += italic if italic == "<w:i/>" else ""
                says += '<w:vertAlign w:val="superscript"/>' if isinstance(node, Sup) else ""
                says += italic if italic != "<w:i/>" else ""
                says += f'<w:lang w:eastAsia="{tag}"/>' if east else ""
                says = f"<w:rPr>{says}</w:rPr>" if says else ""
                result.append(f'<w:r>{says}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>')
        return "".join(result)
