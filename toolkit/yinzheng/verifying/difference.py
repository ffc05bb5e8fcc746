"""A source's words beside a quotation's: Han characters one by one, Latin letters in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

Part = tuple[Literal["both", "source", "quote"], str]
_WORDS = re.compile(r"[⺀-\U000e0000]|[^\W_⺀-\U000e0000]+(?:[.,][0-9]+)*|\s+|.", re.S)
_MOST = 4_000  # words beyond which only the ends are compared


def parts(source: str, quote: str) -> list[Part]:
    """The words of both, of the source only, and of the quotation only, in reading order.

    >>> parts("rose to 35 MW", "rose to 36 MW")
    [('both', 'rose to '), ('source', '35'), ('quote', '36'), ('both', ' MW')]
    """
    return list(_parts(_WORDS.findall(source), _WORDS.findall(quote)))


def _parts(ours: list[str], theirs: list[str]) -> Iterator[Part]:
    if max(len(ours), len(theirs)) > _MOST:
        same = next(
            (n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
        )
        steps = [("equal", 0, same, 0, same), ("replace", same, len(ours), same, len(theirs))]
    else:
        steps = list(SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes())
    for kind, a, b, c, d in steps:
        if kind == "equal":
            yield "both", "".join(ours[a:b])
            continue
        if a < b:
            yield "source", "".join(ours[a:b])
        if c < d:
            yield "quote", "".join(theirs[c:d])


def marked(source: str, quote: str) -> str:
    """Both in one line: ``[-of the source-]``, ``{+of the quotation+}``."""
    form = {"both": "{}", "source": "[-{}-]", "quote": "{{+{}+}}"}
    return "".join(form[kind].format(words) for kind, words in parts(source, quote))
