"""Scripts: converting a text for display, and telling which script it is in. The sole importer of OpenCC.

A conversion is a view: it is never stored, and no offset is ever computed on it (a phrase may change length).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import opencc

Script = Literal["hant", "hans"]
SAMPLE = 20_000  # so many characters tell the language and the script of a text
# Script only, never regional vocabulary: 芯片 stays 芯片.
_CONFIGS: dict[tuple[Script, Script], str] = {("hant", "hans"): "t2s", ("hans", "hant"): "s2t"}


@cache
def _converter(config: str) -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC(config)


def convert(text: str, source: Script, target: Script) -> str:
    """The text in the other script; unchanged where it already is in it.

    >>> convert("半導體產業", "hant", "hans")
    '半导体产业'
    """
    config = _CONFIGS.get((source, target))
    return _converter(config).convert(text) if config else text


def pieces(text: str, edges: Sequence[int], source: Script, target: Script) -> list[str]:
    """The text from each edge to the next in the other script, as it reads in the whole text.

    >>> pieces("理发之后", [0, 1, 2, 4], "hans", "hant"), convert("发", "hans", "hant")
    (['理', '髮', '之後'], '發')
    """
    cuts = list(pairwise(edges))
    whole = convert(text, source, target)
    if len(whole) != len(text):  # a phrase of the tables that changes its length
        return [convert(text[start:end], source, target) for start, end in cuts]
    return [whole[start:end] for start, end in cuts]


_REGIONS: dict[tuple[Script, Script], tuple[str, ...]] = {
    ("hant", "hans"): ("t2s", "tw2s", "hk2s"),
    ("hans", "hant"): ("s2t", "s2tw", "s2hk"),
    ("hant", "hant"): ("t2tw", "t2hk", "tw2t", "hk2t"),
    ("hans", "hans"): (),
}


def renderings(text: str, source: Script, target: Script) -> list[str]:
    """The text as each region writes it in a script, its own or the other; each as long as the text.

    >>> renderings("家里", "hans", "hant")
    ['家裏', '家裡', '家裏']
    """
    ways = [_converter(config).convert for config in _REGIONS[source, target]]
    return [
        done if len(done := way(text)) == len(text) else "".join(way(character)[:1] or character for character in text)
        for way in ways
    ]


def detect(text: str) -> Script | None:
    """The script of a Chinese text, from the characters that only one of the two uses; None where none tells.

    >>> detect("半导体"), detect("半導體"), detect("Kioxia 上海")
    ('hans', 'hant', None)
    """
    sample = text[:SAMPLE].encode("utf-8", "replace").decode()  # no half of a surrogate pair, which OpenCC refuses
    simplified = sum(a != b for a, b in _pairs(sample, "s2t"))
    traditional = sum(a != b for a, b in _pairs(sample, "t2s"))
    if simplified == traditional:
        return None
    return "hans" if simplified > traditional else "hant"


def _pairs(text: str, config: str) -> zip[tuple[str, str]]:
    return zip(text, map(_converter(config).convert, text), strict=True)


@cache
def glyphs(character: str) -> frozenset[str]:
    """A character as Taiwan, Hong Kong and OpenCC's own standard write it: variants of one character of one script.

    >>> bool(glyphs("說") & glyphs("説")), bool(glyphs("發") & glyphs("髮"))
    (True, False)
    """
    return frozenset((character, *renderings(character, "hant", "hant")))


def is_chinese(text: str) -> bool:
    """Whether Han characters make up a fifth or more of the letters of a text."""
    sample = text[:SAMPLE]
    han = sum("\u3400" <= c <= "\u9fff" or c >= "\U00020000" for c in sample)
    return han * 5 >= sum(map(str.isalpha, sample)) > 0
