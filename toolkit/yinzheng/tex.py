"""The text of a BibTeX value, to and fro: plain characters, and what LaTeX writes for them."""

from __future__ import annotations

import re
import unicodedata

_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # where they are not balanced: BibTeX counts \{ as a brace too
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_PAIRED = {**_SPECIALS, "{": r"\{", "}": r"\}"}  # pandoc knows no other
_ACCENTS = {
    **{"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307"},
    **{'"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328"},
}
_LETTERS = {
    **{"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å"},
    **{"o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ"},
}
_SIGNS = {
    **{r"\textbackslash{}": "\\", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~"},
    **{r"\textbraceleft{}": "{", r"\textbraceright{}": "}"},
    **{"~": "\u00a0", r"\ ": " ", r"\quad": " ", r"\,": " "},
}
_PLAIN = re.compile(
    rf"(?P<sign>{'|'.join(map(re.escape, _SIGNS))})|\\(?P<special>[{{}}$&#%_])"
    r"|\\(?P<accent>[`'^\"~=.]|[cvuHkrd](?![A-Za-z]))\s*(?:\{\s*\\?(?P<braced>[A-Za-z])\s*\}|\\?(?P<bare>[A-Za-z]))"
    rf"|\\(?P<letter>{'|'.join(_LETTERS)})(?![A-Za-z])(?:\{{\}}|\s)?"
    r"|\\(?:emph|text(?:it|bf|sc|rm|superscript|subscript))(?=\s*\{)|[{}]|(?P<wrap>[ \t]*\r?\n[ \t\r\n]*)"
)

# What stays as it is: a command (with what it takes verbatim), math whose dollars are a pair (as pandoc tells it: no
# space inside, no digit behind, so that $5 and $10 are sums), and a tie.
_SETTLED = re.compile(
    r"\\(?:url|path|nolinkurl|href|(?:eq|page)?ref|label|cite[a-z]*)\*?(?:\[[^\[\]]*\])?\{[^{}]*\}"
    r"|\\(?:[A-Za-z]+|.)|(?P<math>\$(?=[^\s$])(?:\\.|[^$\\])*(?<=[^\s\\])\$(?!\d))|(?P<bare>[&%#_^$])",
    re.DOTALL,
)
_IN_MATH = re.compile(r"\\.|[&%#]", re.DOTALL)


def settle(value: str) -> str:
    r"""A BibTeX value as a person wrote it, with the specials escaped that LaTeX would stumble over; what is LaTeX
    already stays, and so it is the same twice.

    >>> settle(r"R&D: 50\% of \emph{x}_1, $x_1$ for $5")
    'R\\&D: 50\\% of \\emph{x}\\_1, $x_1$ for \\$5'
    """

    def one(match: re.Match[str]) -> str:
        if match["math"]:
            return _IN_MATH.sub(lambda found: found[0] if found[0][0] == "\\" else f"\\{found[0]}", match["math"])
        return _SPECIALS[match["bare"]] if match["bare"] else match[0]

    return _SETTLED.sub(one, value)


def escape(text: str) -> str:
    """Plain text as a BibTeX value: the ten specials, once; Han, quotation marks and dashes untouched. Control
    characters, which no .bib file may hold, are left out.

    >>> escape("100 % of R&D")
    '100 \\\\% of R\\\\&D'
    """
    signs = _PAIRED if _paired(text) else _SPECIALS
    return "".join(signs.get(c, c) for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def _paired(text: str) -> bool:
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def plain(value: str) -> str:
    """A BibTeX value as plain text: the inverse of `escape`, without protective braces; accents become letters.

    >>> plain(r"{DNA} of R\\&D, 50\\%, Caf{\\'e}")
    'DNA of R&D, 50%, Café'
    """

    def back(match: re.Match[str]) -> str:
        if match["sign"]:
            return _SIGNS[match["sign"]]
        if match["special"]:
            return match["special"]
        if match["accent"]:
            letter = match["braced"] or match["bare"]
            return unicodedata.normalize("NFC", letter + _ACCENTS[match["accent"]])
        if match["letter"]:
            return _LETTERS[match["letter"]]
        return " " if match["wrap"] else ""

    return _PLAIN.sub(back, value)
