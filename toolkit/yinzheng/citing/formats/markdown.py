"""Markdown for pandoc: the words escaped so that pandoc prints the same, and its own citation syntax."""

from __future__ import annotations

import re

from ..bundle import Bundle, Citation, Passage, Printed
from ..inline import Emph, Inline, Sup, inline
from .document import clean, content, lost, settled, suffix, summarising, uncited

# Whatever pandoc's Markdown could take for markup, anywhere; and what it only takes for markup at a line's beginning.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>#|~^$@'\"&]|--+|\.\.\.")
_AT_START = re.compile(r"^(?:[-+:=%]|\(?[A-Za-z0-9]{1,9}(?=[.)]))")
_KEY = re.compile(r"\w+(?:[:.#$%&+?<>~/-]\w+)*")


def escape(text: str) -> str:
    """Words that no Markdown reader changes."""
    return _ANYWHERE.sub(lambda match: "".join("\\" + character for character in match.group()), text)


def _started(line: str) -> str:
    """A line that is a paragraph, and no list, title or definition."""
    return _AT_START.sub(
        lambda match: match.group() + "\\" if match.group()[-1].isalnum() else "\\" + match.group(), line
    )


def render(bundle: Bundle) -> Printed:
    """Each excerpt with ``[@key, para. 12]``, two languages in a table, or where one is a block, which no table can
    hold, in pandoc's columns; what is not verified in a comment, since pandoc makes the list itself."""
    parts = []
    for passage in bundle.passages:
        parts += [f"**{_inline(inline(passage.caption)).strip()}**"] if passage.caption else []
        parts += _passage(passage)
    if also := uncited(bundle):
        parts.append(f"---\nnocite: |\n  {', '.join(map(_at, also))}\n---")
    parts += [f"<!-- {key}: {clean(note).replace('--', '- -')} -->" for key, note in bundle.unverified]
    said = ["Markdown leaves the citations and their list to pandoc, in the style given there: pandoc --citeproc --csl"]
    if also and bundle.passages:
        said.append(
            "pandoc heeds one nocite: of several in a document only the last counts, so put their keys into one"
        )
    return Printed("\n\n".join(parts), lost(bundle, *said, comment=True))


def _passage(passage: Passage) -> list[str]:
    cells = [_citation(citation) for citation in passage.citations]
    lines = [("> " if one.block else "") + _started(cell) for one, cell in zip(passage.citations, cells, strict=True)]
    if len(cells) > 1 and any(one.block for one in passage.citations):
        return [":::: {.columns}", *(part for line in lines for part in ("::: {.column}", line, ":::")), "::::"]
    if len(cells) > 1:
        return [f"|{'  |' * len(cells)}\n|{'---|' * len(cells)}\n| {' | '.join(cells)} |"]
    return lines


def _citation(citation: Citation) -> str:
    cited = citation.cited
    words = f"{citation.marks[:1]}{_inline(citation.words)}{citation.marks[1:]}{_inline(cited.gloss)}".strip()
    before = f"{_inside(cited.prefix)} " if cited.prefix else ""
    # pandoc knows "para. 12" in every language, and "第12段" in none.
    after = [citation.excerpt.locator or "" if cited.locator else "", suffix(citation)]
    said = f"{before}{_at(citation.key)}{''.join(f', {_inside(part)}' for part in after if part)}"
    second = f"; {summarising(citation)} {_at(citation.source)}" if citation.source else ""
    return f"{words} [{said}{second}]"


def _at(key: str) -> str:
    return f"@{key}" if _KEY.fullmatch(key) else f"@{{{key}}}"


def _inside(text: str) -> str:
    """Words inside of [ ], where a semicolon ends a citation."""
    return _inline(inline(text)).replace(";", "\\;").strip()


def _inline(tree: Inline) -> str:
    signs = {Emph: "*", Sup: "^"}
    result = []
    for node in settled(tree):
        sign = signs.get(type(node), "")
        words = escape(content(node))
        result.append(f"{sign}{words.replace(' ', chr(92) + ' ') if sign == '^' else words}{sign}")
    return "".join(result)
