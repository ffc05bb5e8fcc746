"""LaTeX: csquotes and biblatex; the ten specials escaped once, Han and quotation marks untouched."""

from __future__ import annotations

from ...bib import escape
from ..bundle import Bundle, Citation, Printed
from ..inline import Emph, Inline, plain

PREAMBLE = (
    "% needs: \\usepackage{csquotes} \\usepackage[backend=biber]{biblatex}; LuaLaTeX with ctex\n"
    "% \\DeclareQuoteStyle{chinese}%s\n"
)


def render(bundle: Bundle) -> Printed:
    """``\\foreigntextcquote`` for the words of an edition, ``\\autocite`` for our own."""
    lines = [_citation(citation) for citation in bundle.citations]
    if not bundle.citations:
        lines = ["\\nocite{" + ",".join(entry.key for entry in bundle.entries) + "}"]
    notes = "".join(f"% {key}: {_line(note)}\n" for key, note in bundle.unverified)
    return Printed((_preamble(bundle) if bundle.citations else "") + notes + "\n\n".join(lines))


def _preamble(bundle: Bundle) -> str:
    simplified = any("Hans" in citation.excerpt.lang for citation in bundle.citations)
    return PREAMBLE.replace("%s", "{“}{”}{‘}{’}" if simplified else "{「}{」}{『}{』}")


def _citation(citation: Citation) -> str:
    cited, words = citation.cited, _inline(citation.words)
    before = escape(cited.prefix)
    after = ", ".join(escape(part) for part in (cited.locator, cited.suffix) if part)
    if citation.excerpt.words == "paraphrase":
        return f"{words} \\autocite[{before}][{{{after}}}]{{{citation.key}}}"
    language = "english" if citation.excerpt.lang.startswith("en") else "chinese"
    return (
        f"\\foreigntextcquote{{{language}}}[{before}][{{{after}}}]{{{citation.key}}}{{{words}}}{_inline(cited.gloss)}"
    )


def _inline(tree: Inline) -> str:
    return "".join(
        f"\\emph{{{escape(_line(node.text))}}}" if isinstance(node, Emph) else escape(_line(plain((node,))))
        for node in tree
    )


def _line(text: str) -> str:
    return " ".join(text.split("\n"))
