"""In what two texts of the same letters differ: script, width, punctuation, spacing, glyph; or in a character.

Letters join what OpenCC's script dictionaries join, and so more than a quotation may change: 髮 and 發 have one
simplified form, and are two characters. A Han character may stand for the source's if it is a variant of the same
character in the same script (說, 説), or if the quotation is a rendering of the source in the other script.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from ..letters import Letters, letters
from ..script import Script, convert, glyphs

ORDER = ("script", "width", "punctuation", "spacing", "glyph")
_WIDE = "\u2e80"
_MARKS = "|｜~～〜<>＜＞©®™"  # signs that writers use as punctuation, or that say nothing
_DASHES = str.maketrans("‐‑–－−～〜∼", "-----~~~")


def varies(
    source: str,
    quote: str,
    script: Callable[[], Script | None],
    around: tuple[str, str] = ("", ""),
    forgiven: Sequence[int] = (),
) -> frozenset[str] | None:
    """What varies between a passage and a quotation of the same letters, or None where a character is another one.

    ``script`` tells that of the source, where it matters. ``around``: the source's text before and behind the passage
    (a conversion goes by whole words). ``forgiven``: letters whose case is the writer's, marked.

    >>> sorted(varies("產量，上升", "产量上升", lambda: "hant")), varies("發起", "髮起", lambda: "hant")
    (['punctuation', 'script'], None)
    """
    ours, theirs = letters(unicodedata.normalize("NFC", source)), letters(unicodedata.normalize("NFC", quote))
    if ours.text != theirs.text:
        return None
    found: set[str] = set()
    differing = []
    for at, (a, b) in enumerate(zip(_characters(ours), _characters(theirs), strict=True)):
        if a == b:
            continue
        if _is_han(a) and _is_han(b):
            differing.append((ours.index[at], a, b))
            continue
        how = _how(a, b)
        if how == "case" and at in forgiven:
            continue
        if how is None or how == "case":
            return None
        found.add(how)
    if differing:
        renderings = _renderings(ours.source, script(), around)
        whole = _as_a_whole(ours, theirs, renderings) or _one_by_one(differing, renderings)
        if whole is None:
            return None
        found |= whole
    for at in range(1, len(ours)):
        how = _between(ours, theirs, at)
        if how == "word":
            return None
        if how:
            found.add(how)
    return frozenset(found)


def named(kinds: frozenset[str]) -> tuple[str, ...]:
    """What varies, in a fixed order."""
    return tuple(kind for kind in ORDER if kind in kinds)


def _characters(found: Letters) -> Iterator[str]:
    return (found.source[at] for at in found.index)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"


def _how(a: str, b: str) -> str | None:
    one, other = unicodedata.normalize("NFKC", a), unicodedata.normalize("NFKC", b)
    if one == other or (max(len(one), len(other)) > 1 and (one in other or other in one)):
        return "width"
    if one.casefold() == other.casefold():
        return "case"
    return None if one.isalnum() and other.isalnum() else "punctuation"


def _renderings(source: str, script: Script | None, around: tuple[str, str]) -> list[tuple[str, str]]:
    """The source in the other script, by itself and in its context; each as long as the source."""
    result: list[tuple[str, str]] = []
    before, behind = around
    ways: tuple[tuple[Script, Script], ...] = (("hant", "hans"), ("hans", "hant"))
    for own, other in ways:
        if script in (None, own):
            for text, start in ((source, 0), (before + source + behind, len(before))):
                turned = convert(text, own, other)
                if len(turned) != len(text):
                    turned = "".join(convert(character, own, other)[:1] or character for character in text)
                result.append((other, turned[start : start + len(source)]))
    return result


def _as_a_whole(ours: Letters, theirs: Letters, renderings: list[tuple[str, str]]) -> set[str] | None:
    """Whether the quotation is the source in one script throughout, but for variants of glyphs."""
    quoted = list(_characters(theirs))
    for kind, text in [("glyph", ours.source), *(("script", text) for _, text in renderings)]:
        if all(
            a == b or not _is_han(a) or _same(a, b)
            for a, b in zip(map(text.__getitem__, ours.index), quoted, strict=True)
        ):
            return {kind}
    return None


def _one_by_one(differing: list[tuple[int, str, str]], renderings: list[tuple[str, str]]) -> set[str] | None:
    """In a quotation of mixed script each character must tell by itself that it is of the other script: 国 does, and
    后 does not, which both scripts have."""
    found = set()
    for at, source, quoted in differing:
        if _same(source, quoted):
            found.add("glyph")
        elif any(
            _same(text[at], quoted) and not _has(quoted, "big5" if other == "hans" else "gb2312")
            for other, text in renderings
        ):
            found.add("script")
        else:
            return None
    return found


@cache
def _same(one: str, other: str) -> bool:
    """Whether two Han characters of the same letter are glyphs of one: by OpenCC's variants, or because one of them is
    in neither national standard (産 for 產)."""
    return bool(glyphs(one) & glyphs(other)) or (
        any(not _has(character, "big5") and not _has(character, "gb2312") for character in (one, other))
        and convert(one, "hant", "hans") == convert(other, "hant", "hans")
    )


def _has(character: str, encoding: str) -> bool:
    return bool(character.encode(encoding, "ignore"))


def _between(ours: Letters, theirs: Letters, at: int) -> str | None:
    """What varies between two letters; ``word``: a word of Latin letters begins in one text only."""
    one, other = _gap(ours, at), _gap(theirs, at)
    if one == other:
        return None
    if bool(one) != bool(other) and all(
        found.source[found.index[k]].isalpha() and found.source[found.index[k]] < _WIDE
        for found in (ours, theirs)
        for k in (at - 1, at)
    ):
        return "word"
    one, other = "".join(one.split()), "".join(other.split())
    if one == other:
        return "spacing"
    numeric = theirs.source[theirs.index[at]].isdecimal() and not theirs.source[theirs.index[at - 1]].isdecimal()
    if signs(one, numeric) != signs(other, numeric):
        return "word"
    return "width" if unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other) else "punctuation"


def signs(marks: str, numeric: bool = False) -> str:
    """Those of some marks that are no punctuation: × ≠ ¬ ❌; before a number (``numeric``) also a dash and a ~.

    >>> signs("，×"), signs("‑"), signs("‑", numeric=True)
    ('×', '', '-')
    """
    last = marks[-1:].translate(_DASHES) if numeric else ""
    return "".join(c for c in marks if unicodedata.category(c) in ("Sm", "So") and c not in _MARKS) + (
        last if last in ("-", "~") else ""
    )


def _gap(found: Letters, at: int) -> str:
    between = found.source[found.index[at - 1] + 1 : found.index[at]]
    return "".join(c for c in between if unicodedata.category(c) not in ("Cf", "Mn", "Cc") or c in "\t\n\r")
