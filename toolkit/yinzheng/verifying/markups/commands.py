"""The commands and environments of LaTeX: what each prints, hides or quotes."""

from __future__ import annotations

import re

TOKEN = (
    r"(?P<comment>%[^\n]*(?:\n[ \t]*(?!\s*\n))?)|(?P<par>\n[ \t\r]*\n\s*)"
    r"|\\(?P<begin>begin|end)\s*\{(?P<env>[^{}\n]{1,60})\}"
    r"|(?P<verb>\\(?:verb|lstinline)\*?(?P<bar>[^\w\s*{\\])[^\n]{0,500}?(?P=bar))"
    r"|(?P<accent>\\(?:[`'^\"~=.]|[cvuHkrd](?![A-Za-z]))\s{0,3}(?:\{\s{0,3}\\?[A-Za-z]\s{0,3}\}|\\?[A-Za-z]))"
    r"|\\(?P<command>[A-Za-z@]+)(?P<star>\*?)[ \t]*|\\(?P<sign>[\s\S])|(?P<math>\$\$?)|(?P<brace>[{}])"
    r"|(?P<dash>---?)|[~&]"
)
SIGNS = r"[%\n\\$&{}~-]"
MARKS = {"``": "“", "''": "”", ",,": "„", "`": "‘", "'": "’"}
WORDS = {
    **{"ldots": "…", "dots": "…", "textellipsis": "…", "dotsc": "…", "slash": "/", "textbackslash": "\\"},
    **{"textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’"},
    **{
        "lq": "‘",
        "rq": "’",
        "glqq": "„",
        "grqq": "“",
        "glq": "‚",
        "grq": "‘",
        "flqq": "«",
        "frqq": "»",
        "og": "«",
        "fg": "»",
    },
    **{"flq": "‹", "frq": "›", "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«"},
    **{"guillemetright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "quotedblbase": "„"},
    **{"quotesinglbase": "‚", "textquotedbl": '"', "textquotesingle": "'", "textemdash": "—", "textendash": "–"},
    **{"textperiodcentered": "·", "textdegree": "°", "textyen": "¥", "pounds": "£", "textsterling": "£"},
    **{"texteuro": "€", "euro": "€", "S": "§", "P": "¶", "textasciitilde": "~", "textasciicircum": "^"},
    **{"textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">", "textdollar": "$"},
    **{"textpercent": "%", "percent": "%", "TeX": "TeX", "LaTeX": "LaTeX", "copyright": "©", "textcelsius": "℃"},
    **{"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø"},
    **{"l": "ł", "L": "Ł", "i": "ı", "textperthousand": "‰", "textmu": "µ", "cdot": "·"},
}
SPACES = {"quad", "qquad", "newline", "linebreak", "par", "hfill", "space", "thinspace", "enspace", "tabularnewline"}
EMPHASIS = {"emph", "textit", "textbf", "underline", "textsl", "uline", "CJKunderdot", "textsc"}
HIDDEN = (  # commands whose arguments are no prose: how many they have
    {"label": 1, "ref": 1, "pageref": 1, "eqref": 1, "cref": 1, "Cref": 1, "autoref": 1, "vref": 1, "nocite": 1}
    | {"usepackage": 1, "documentclass": 1, "RequirePackage": 1, "bibliography": 1, "bibliographystyle": 1}
    | {"addbibresource": 1, "includegraphics": 1, "url": 1, "vspace": 1, "hspace": 1, "setlength": 2}
    | {"addtolength": 2, "setcounter": 2, "addtocounter": 2, "pagestyle": 1, "thispagestyle": 1, "href": 1}
    | {"newcommand": 2, "renewcommand": 2, "providecommand": 2, "DeclareMathOperator": 2, "newenvironment": 3}
    | {"DeclareQuoteStyle": 0, "ExecuteQuoteOptions": 1, "MakeOuterQuote": 1, "MakeAutoQuote": 2, "textcolor": 1}
    | {"color": 1, "fontsize": 2, "selectlanguage": 1, "foreignlanguage": 1, "textlang": 1, "hypersetup": 1}
    | {"graphicspath": 1, "tikzset": 1, "captionsetup": 1, "geometry": 1, "index": 1, "phantom": 1, "hypertarget": 1}
    | {"hyperlink": 1, "setCJKmainfont": 1, "setmainfont": 1, "printbibliography": 0, "lstinputlisting": 1, "rule": 2}
    | {"multicolumn": 2, "multirow": 2, "cline": 1, "cmidrule": 1, "begingroup": 0, "setquotestyle": 1}
)
SKIPPED = re.compile(
    r"(?:verbatim|Verbatim|lstlisting|minted|comment|equation|align|gather|multline|eqnarray|displaymath|math|"
    r"flalign|tikzpicture|alltt|filecontents|thebibliography|BVerbatim|split)\*?"
)
QUOTING = re.compile(
    r"(?P<c>foreign|hyphen)?display(?P<cite>c)?quote|quote|quotation|quoting|verse|epigraph|(?:xe)?CJKquote"
)
EPIGRAPH = {"epigraph", "qitem"}
TABULAR = {"tabular": 1, "array": 1, "longtable": 1, "tabularx": 2, "minipage": 1, "multicols": 1, "list": 2}
CSQUOTES = re.compile(r"(?P<lang>foreign|hyphen|hybrid)?(?:block)?(?:text)?(?P<cite>c)?quote|enquote|frquote|say")
CITE = re.compile(r"[A-Za-z]*cite[a-z]*", re.I)
NO_CITE = re.compile(
    r"nocite|recite|bibcite|citereset|citestyle|setcitestyle|citename|citefield|citelist|defcite\w*", re.I
)
TEXTUAL = re.compile(r"textcite|citet|citeauthor|citealt|citeA?author|newcite", re.I)
SECTION = re.compile(r"(?:(?:sub)*section|chapter|part|(?:sub)?paragraph|title|caption|author|item|thanks)")
IN_CITE = re.compile(r"\\[A-Za-z]*cite[a-z]*\*?", re.I)
NUMBER = re.compile(r"\s*[\d.,\s%\\+−-]+\s*")
