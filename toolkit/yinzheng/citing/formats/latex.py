"""LaTeX: csquotes and biblatex; the ten specials escaped once, Han and quotation marks untouched."""

from __future__ import annotations

from ...bib import escape
from ..bundle import Bundle, Citation

PREAMBLE = (
    "% needs: \\usepackage{csquotes} \\usepackage[backend=biber]{biblatex}; LuaLaTeX with ctex\n"
    "% \\DeclareQuoteStyle{chinese}%s\n"
)


def render(bundle: Bundle) -> str:
    """``\\foreigntextcquote`` for the words of an edition, ``\\autocite`` for our own."""
    lines = [_citation(citation) for citation in bundle.citations]
    if not bundle.citations:
        lines = ["\\nocite{" + ",".join(entry.key for entry in bundle.entries) + "}"]
    notes = "".join(f"% {key}: {_line(note)}\n" for key, note in bundle.unverified)
    return (_preamble(bundle) if bundle.citations else "") + notes + "\n\n".join(lines)


def _preamble(bundle: Bundle) -> str:
    simplified = any("Hans" in citation.excerpt.lang for citation in bundle.citations)
    return PREAMBLE.replace("%s", "{“}{”}{‘}{’}" if simplified else "{「}{」}{『}{』}")


def _citation(citation: Citation) -> str:
    words = escape(_line(citation.excerpt.text))
    place = f"[{_locator(citation)}]"
    if citation.excerpt.words == "paraphrase":
        return f"{words} \\autocite[summarised in][{_locator(citation)}]{{{citation.key}}}"
    language = "english" if citation.excerpt.lang.startswith("en") else "chinese"
    return f"\\foreigntextcquote{{{language}}}[]{place}{{{citation.key}}}{{{words}}}"


def _locator(citation: Citation) -> str:
    excerpt = citation.excerpt
    return excerpt.page if excerpt.page else f"para.~{excerpt.number}" if excerpt.number else ""


def _line(text: str) -> str:
    return " ".join(text.split("\n"))
