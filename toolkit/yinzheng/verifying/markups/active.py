"""The characters that a LaTeX preamble makes into quotation marks."""

from __future__ import annotations

import re

# csquotes: {"}, {«}{»}, with a language before them; of a block {<}{|}{>}, a citation behind the second.
_MADE = re.compile(
    r"\\Make(?:Foreign|Hyphen|Hybrid)?(?P<kind>Outer|Inner|Auto|Block)?Quote(?P<star>\*?)(?P<signs>(?:\s*\{[^{}\n]{1,30}\}){1,4})"
)
# Languages in which babel makes marks of "` and "'.
_SHORTHANDS = re.compile(
    r"\\(?:documentclass|usepackage|RequirePackage|babelprovide|set\w*language)\b[^\n]{0,300}?(?:german|austrian|dutch)"
)


def declared(preamble: str) -> dict[str, str]:
    """Each of them and its mark; two marks where it opens and closes.

    >>> declared(r"\\MakeOuterQuote{|} \\MakeAutoQuote*{<}{>}")
    {'|': '“”', '<': '‘', '>': '’'}
    """
    chapter = "\\documentclass" not in preamble and '"`' in preamble  # its preamble stands in another file
    shorthands = {'"`': "„", "\"'": "“", '"<': "«", '">': "»"}
    found = shorthands if chapter or _SHORTHANDS.search(preamble) else {}
    for made in _MADE.finditer(preamble):
        signs = re.findall(r"\{([^{}]+)\}", made["signs"])
        if made["kind"] in ("Outer", "Inner"):
            found[signs[-1]] = "“”" if made["kind"] == "Outer" else "‘’"
        elif made["kind"] == "Block":
            found |= dict(zip(signs[-3:], ("“", "”", ""), strict=False))
        else:
            found |= dict(zip(signs[-2:], "‘’" if made["star"] else "“”", strict=False))
    return found
