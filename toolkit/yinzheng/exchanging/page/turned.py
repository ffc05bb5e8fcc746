"""What a page needs to show Chinese in the other script, and to search blind to script and width. Pure.

Both are tables for the characters that occur, so that the page needs no library.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from ...letters import letters, rows
from ...records import Paragraph
from ...script import Script, convert, pieces

OTHER: dict[Script, Script] = {"hant": "hans", "hans": "hant"}


def table(characters: Iterable[str], source: Script) -> list[str]:
    """The characters that are written otherwise in the other script, and in the same order how."""
    found = [(one, turned) for one in sorted(set(characters)) if (turned := _single(source)[ord(one)]) != one]
    return ["".join(one for one, _ in found), "".join(turned for _, turned in found)]


class _Single(dict[int, str]):
    """Each character by itself in the other script, by its code point: for `str.translate`."""

    def __init__(self, source: Script) -> None:
        super().__init__()
        self.source: Script = source

    def __missing__(self, code: int) -> str:
        character = turned = chr(code)
        if _is_han(character):
            turned = convert(character, self.source, OTHER[self.source])
        self[code] = turned if len(turned) == 1 else character
        return self[code]


_single = cache(_Single)


def exceptions(paragraph: Paragraph, source: Script, edges: list[int]) -> list[object] | None:
    """Where a word decides and the table would be wrong: ``[[at, …], "characters"]``, in code points. Where the other
    script has more or fewer characters: the pieces between the edges."""
    text = paragraph.text or ""
    whole = convert(text, source, OTHER[source])
    if len(whole) != len(text):
        return list(pieces(text, edges, source, OTHER[source]))
    if whole == (single := text.translate(_single(source))):
        return None
    odd = [at for at, (one, turned) in enumerate(zip(single, whole, strict=True)) if one != turned]
    return [odd, "".join(whole[at] for at in odd)]


def folds(texts: Iterable[str]) -> dict[str, list[str]]:
    """What `letters.js` needs of the table of letters, by section: all of its rows, without those of characters that
    stand for letters which the texts don't have."""
    there = set(unicodedata.normalize("NFD", "".join(letters(one).text for one in set("".join(texts)))))
    found: dict[str, list[str]] = {}
    for section, row in rows():
        kept = found.setdefault(section, [])
        made = row[0] if section == "fold" else "".join(chr(int(code, 16)) for code in row.split(" ")[1:])
        if section not in ("fold", "map") or there.issuperset(unicodedata.normalize("NFD", made)):
            kept.append(row)
    return found


def _is_han(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"
