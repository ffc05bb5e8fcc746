"""What a page needs to show Chinese in the other script, and to search blind to script and width. Pure.

Both are tables of the characters that occur, so that the page needs no library.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from ...letters import letters
from ...records import Paragraph
from ...script import Script, convert, pieces

OTHER: dict[Script, Script] = {"hant": "hans", "hans": "hant"}


def table(characters: Iterable[str], source: Script) -> list[str]:
    """The characters that are written otherwise in the other script, and in the same order how."""
    found = [(one, turned) for one in sorted(set(characters)) if (turned := _one(one, source)) != one]
    return ["".join(one for one, _ in found), "".join(turned for _, turned in found)]


@cache
def _one(character: str, source: Script) -> str:
    if not _is_han(character):
        return character
    turned = convert(character, source, OTHER[source])
    return turned if len(turned) == 1 else character


def exceptions(paragraph: Paragraph, source: Script, edges: list[int]) -> list[object] | None:
    """Where a word decides and the table would be wrong: ``[[at, …], "characters"]``, in code points. Where the other
    script has more or fewer characters: the pieces between the edges."""
    text = paragraph.text or ""
    whole = convert(text, source, OTHER[source])
    if len(whole) != len(text):
        return list(pieces(text, edges, source, OTHER[source]))
    odd = [at for at, (one, turned) in enumerate(zip(text, whole, strict=True)) if _one(one, source) != turned]
    return [odd, "".join(whole[at] for at in odd)] if odd else None


def folds(texts: Iterable[str]) -> list[object]:
    """The letters of characters where they are not what the page's own rule makes of them (NFKC, lower case, letters
    and digits and a few signs): the characters and their letters, then those of which more or less than one is made.
    Also of characters that do not occur but match one that does: a query may be in the other script."""
    occurring = set().union(*map(set, texts))
    same = _variants()
    wanted = occurring | {variant for one in occurring for variant in same.get(_letter(one), ())}
    found = {one: letter for one in sorted(wanted) if (letter := _letter(one)) != _rule(one)}
    single = {one: letter for one, letter in found.items() if len(letter) == 1}
    rest: Mapping[str, str] = {one: letter for one, letter in found.items() if len(letter) != 1}
    return ["".join(single), "".join(single.values()), rest]


@cache
def _letter(character: str) -> str:
    return letters(character).text


@cache
def _variants() -> dict[str, list[str]]:
    """The Han characters of each letter, where it has several."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00)):
        found[_letter(chr(code))].append(chr(code))
    return {letter: group for letter, group in found.items() if len(group) > 1}


def _rule(character: str) -> str:
    """As `fold` in page.js has it."""
    return "".join(
        one
        for one in unicodedata.normalize("NFKC", character).lower()
        if unicodedata.category(one)[0] in "LN" or unicodedata.category(one) == "Sc" or one in "%‰°"
    )


def _is_han(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"
