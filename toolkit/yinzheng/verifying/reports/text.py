"""The report for a terminal: what is wrong, where, and the difference in colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from ...terminal import shortened, visible
from ..citations import Finding
from ..difference import parts
from ..quotation import Quotation
from . import Checked
from .messages import Language, about, say, total

_COLOURS = {"exact": "green", "variant": "green", "elided-marked": "green", "unchecked": "yellow"}


def lines(checked: Sequence[Checked], language: Language) -> Iterator[str]:
    """Each quotation that is not exact, each finding, and the sum."""
    for one in checked:
        for item in one.items:
            if isinstance(item, Finding) or item.verdict != "exact" or len(about(item, language)) > 1:
                yield from _item(item, one.name, language)
    yield total([q for one in checked for q in one.quotations], language)


def _item(item: Quotation | Finding, name: str, language: Language) -> Iterator[str]:
    what = item.kind if isinstance(item, Finding) else item.verdict
    colour = "yellow" if isinstance(item, Finding) and item.warning else _COLOURS.get(what, "red")
    place = f"{name if item.file == '-' else item.file}:{item.line}:{item.column}"
    cited = f"  {visible(item.cited)}" if item.cited else ""
    yield f"{click.style(place, bold=True)}  {click.style(say(language, what), fg=colour, bold=True)}{cited}"
    if isinstance(item, Quotation):
        if item.difference is not None:
            yield "    " + "".join(_coloured(kind, visible(words)) for kind, words in _parts(item))
        else:
            yield "    " + shortened(" ".join(item.quote.split()), 72)
    for sentence in about(item, language):
        yield "    " + visible(" ".join(sentence.split()))


def _parts(item: Quotation) -> list[tuple[str, str]]:
    return [(kind, " ".join(words.split("\n"))) for kind, words in parts(item.found or "", item.quoted or "")]


def _coloured(kind: str, words: str) -> str:
    if kind == "both":
        return words
    marked = f"[-{words}-]" if kind == "source" else f"{{+{words}+}}"
    return click.style(marked, fg="red" if kind == "source" else "green", bold=True)
