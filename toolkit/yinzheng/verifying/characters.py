"""In what two texts of the same letters differ: script, width, punctuation, spacing, glyph; or in a character.

Letters join what OpenCC's script dictionaries join, and so more than a quotation may change: 髮 and 發 have one
simplified form, and are two characters. A Han character may stand for the source's if it is a variant of the same
character in the same script (說, 説), or if the quotation is a rendering of the source in the other script.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property, partial

from ..letters import Letters, in_one_script, letters
from ..script import Script, convert, glyphs, renderings

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
        rendered = _renderings(ours.source, script(), around)
        whole = _as_a_whole(ours, theirs, rendered) or _one_by_one(differing, rendered)
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


class _Rendering:
    """A passage in one script, as each region writes it, by itself, in its context, and word by word: each a text of
    the same length. OpenCC may divide the words wrongly (没|有采|用), and then another division is right."""

    def __init__(self, source: str, own: Script, script: Script, around: tuple[str, str]) -> None:
        self.kind = "glyph" if own == script else "script"
        self.script = script
        self.source = source
        self._way = partial(renderings, source=own, target=script)
        low = len(around[0])
        within = self._way(around[0] + source + around[1])
        self._alone = self._way(source)
        self._texts = [*self._alone, *(text[low : low + len(source)] for text in within)]
        if own == script:
            self._texts.append(source)

    def has(self, at: int, quoted: str) -> bool:
        """Whether a character may stand for that at ``at``."""
        return any(_same(text[at], quoted) for text in self._texts) or (
            self.kind == "script" and any(_same(text[at], quoted) for text in self._by_words)
        )

    @cached_property
    def _by_words(self) -> list[str]:
        from ..annotating.entities.words import Words

        turned = [
            self._way(self.source[word.start : word.end])
            if len(word.text) > 1
            else [text[word.start] for text in self._alone]
            for word in Words(in_one_script(self.source))
        ]
        return ["".join(parts) for parts in zip(*turned, strict=True)]


def _renderings(source: str, script: Script | None, around: tuple[str, str]) -> list[_Rendering]:
    """The source in its script, and in the other."""
    scripts: tuple[Script, ...] = ("hant", "hans")
    found = [_Rendering(source, own, other, around) for own in scripts if script in (None, own) for other in scripts]
    return sorted(found, key=lambda one: one.kind)


def _as_a_whole(ours: Letters, theirs: Letters, found: list[_Rendering]) -> set[str] | None:
    """Whether the quotation is the source in one script throughout, but for variants of glyphs."""
    places = [
        (at, quoted) for at, quoted in zip(ours.index, _characters(theirs), strict=True) if _is_han(ours.source[at])
    ]
    return next(({one.kind} for one in found if all(one.has(at, quoted) for at, quoted in places)), None)


def _one_by_one(differing: list[tuple[int, str, str]], found: list[_Rendering]) -> set[str] | None:
    """In a quotation of mixed script each character must tell by itself that it is of the other script: 国 does, and
    后 does not, which both scripts have."""
    kinds: set[str] = set()
    for at, _, quoted in differing:
        kind = next(
            (
                one.kind
                for one in found
                if one.has(at, quoted)
                and (one.kind == "glyph" or not _has(quoted, "big5" if one.script == "hans" else "gb2312"))
            ),
            None,
        )
        if kind is None:
            return None
        kinds.add(kind)
    return kinds


@cache
def _same(one: str, other: str) -> bool:
    """Whether two Han characters of the same letter are glyphs of one wherever they stand: by OpenCC's variants, unless
    one national standard has both (著, 着); or because the standards have one of them in no form (産 for 產)."""
    if one == other or glyphs(one) & glyphs(other):
        return one == other or not (_has(one, "gb2312") and _has(other, "gb2312"))
    return any(
        not any(_has(form, standard) for form in glyphs(character) for standard in ("big5", "gb2312"))
        for character in (one, other)
    ) and convert(one, "hant", "hans") == convert(other, "hant", "hans")


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
