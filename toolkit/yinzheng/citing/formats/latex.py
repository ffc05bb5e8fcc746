"""LaTeX: csquotes and biblatex; the ten specials escaped once, Han and quotation marks untouched."""

from __future__ import annotations

import re

from ...bib import escape
from ..bundle import Bundle, Citation, Passage, Printed
from ..inline import Emph, Inline, Sup, inline
from .document import chinese, clean, content, lost, settled, suffix, summarising, uncited

# LuaLaTeX needs nothing but babel for Chinese; the fonts are the reader's to choose.
_SCRIPTS = {
    "chinese-hant": ("Noto Serif CJK TC", "{「}{」}{『}{』}"),
    "chinese-hans": ("Noto Serif CJK SC", "{“}{”}{‘}{’}"),
}
_PREAMBLE = r"""% LuaLaTeX; in the preamble:
% \usepackage[english]{babel}
%LANGUAGES
% \usepackage[autostyle]{csquotes}
%QUOTES
% \usepackageSTYLE % a suggestion
%MAPPINGS
% \SetCiteCommand{\autocite}
% \addbibresource{your.bib} % the file that --bib writes
"""
# In TeX's own fonts these run together into other characters.
_LIGATURES = re.compile(r"([-<>,!?])(?=[-<>,`])|([\"`])|(?<![A-Za-z])(')|'(?![A-Za-z])")
_MARKS = {'"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "'": r"\textquotesingle{}"}


def words(text: str) -> str:
    """Plain text as LaTeX: the specials once, nothing that a ligature would turn into another character.

    >>> words("100 % -- of R&D")
    '100 \\\\% -\\\\/- of R\\\\&D'
    """
    escaped = escape(text).replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    return _LIGATURES.sub(lambda match: match[1] + r"\/" if match[1] else _MARKS[match.group()], escaped)


def render(bundle: Bundle) -> Printed:
    """``\\foreigntextcquote`` for the words of an edition, ``\\autocite`` for our own; above them, as comments, what
    the preamble needs."""
    parts = [part for passage in bundle.passages for part in _passage(passage)]
    if also := uncited(bundle):
        parts.append("\\nocite{" + ",".join(also) + "}")
    notes = "".join(f"% {key}: {clean(note)}\n" for key, note in bundle.unverified)
    sentence = "LaTeX leaves the citations and their list to biblatex, in the style that the document loads"
    return Printed(
        (_preamble(bundle) if bundle.citations else "") + notes + "\n\n".join(parts),
        lost(bundle, sentence, comment=True),
    )


def _preamble(bundle: Bundle) -> str:
    used = [one for one in map(_language, bundle.citations) if one != "english"]
    scripts = list(dict.fromkeys(used)) or ["chinese-hant"]  # the titles in the list are Chinese
    lines: dict[str, list[str]] = {"LANGUAGES": [], "QUOTES": [], "MAPPINGS": []}
    for script in scripts:
        font, marks = _SCRIPTS[script]
        first = ", onchar=ids fonts" if script == scripts[0] else ""
        lines["LANGUAGES"] += [f"\\babelprovide[import{first}]{{{script}}}"]
        lines["LANGUAGES"] += [
            f"\\babelfont[{script}]{{{kind}}}[AutoFakeSlant]{{{font}}}" for kind in ("rm", "sf", "tt")
        ]
        lines["QUOTES"] += [f"\\DeclareQuoteStyle{{{script}}}{marks}"]
        lines["MAPPINGS"] += [f"\\DeclareLanguageMapping{{{script}}}{{english}}"]
    if any(len(passage.citations) > 1 for passage in bundle.passages):
        lines["QUOTES"] += ["\\usepackage{paracol}", "\\setlength{\\emergencystretch}{3em}"]
    text = _PREAMBLE.replace("STYLE", bundle.engines.biblatex)
    for name, found in lines.items():
        text = text.replace(f"%{name}", "\n".join(f"% {line}" for line in found))
    return text


def _language(citation: Citation) -> str:
    lang = citation.excerpt.lang
    return "english" if not chinese(lang) else "chinese-hans" if "Hans" in lang else "chinese-hant"


def _passage(passage: Passage) -> list[str]:
    parts = [f"\\subsubsection*{{{_inline(inline(passage.caption))}}}"] if passage.caption else []
    cited = [_citation(citation) for citation in passage.citations]
    if len(cited) > 1:
        return [*parts, f"\\begin{{paracol}}{{{len(cited)}}}\n" + "\n\\switchcolumn\n".join(cited) + "\n\\end{paracol}"]
    return parts + cited


def _citation(citation: Citation) -> str:
    cited, said, language = citation.cited, _inline(citation.words), _language(citation)
    before = f"{{{_inline(inline(cited.prefix))}}}" if cited.prefix else ""
    after = ", ".join(_inline(inline(part)) for part in (cited.locator, suffix(citation)) if part)
    source = f"[{before}][{{{after}}}]{{{citation.key}}}"
    gloss = _inline(cited.gloss)
    if citation.excerpt.words == "paraphrase":
        said = said if language == "english" else f"\\foreignlanguage{{{language}}}{{{said}}}"
        if citation.source:
            return f"{said} \\autocites{source}[{{{summarising(citation)}}}][]{{{citation.source}}}"
        return f"{said} \\autocite{source}"
    if citation.block:
        return f"\\begin{{foreigndisplaycquote}}{{{language}}}{source}\n{said}{gloss}\n\\end{{foreigndisplaycquote}}"
    if gloss:
        return f"\\foreigntextquote{{{language}}}{{{said}}}{gloss} \\autocite{source}"
    return f"\\foreigntextcquote{{{language}}}{source}{{{said}}}"


def _inline(tree: Inline) -> str:
    signs = {Emph: "\\emph{%s}", Sup: "\\textsuperscript{%s}"}
    return "".join(signs.get(type(node), "%s").replace("%s", words(content(node))) for node in settled(tree))
