"""What is told of a quotation besides its verdict: whose the words are, and what would mend them."""

from __future__ import annotations

import re

from ..script import convert, detect
from .belonging import sentence
from .index import Corpus, Part, Passage
from .judge import RIGHT, Judged
from .quotation import as_written
from .quotes import Quote
from .seeking import seek

_SAID = 160  # characters before a quotation in which the writer's own negation may stand
_WHOSE = {
    "translator": re.compile(r"[譯译](?:者|註|注|按|後記|后记|序)|translator|\btrans\.", re.I),
    "editor": re.compile(
        r"[編编](?:者|按|註|注|輯|辑)|主[編编]|[導导][讀读言]|序言|前言|引言|\beditor|\beds?\.|introduction|foreword|preface",
        re.I,
    ),
}


def said(quote: Quote) -> str:
    """The manuscript's words before a quotation."""
    return quote.block.text[max(0, quote.start - _SAID) : quote.start]


def says_whose(quote: Quote, voice: str) -> bool:
    """Whether the manuscript's sentence, or a citation, says that the words are a translator's or an editor's."""
    text = quote.block.text
    low, high = sentence(text, quote.start, quote.end)
    around = [text[low : quote.start], text[quote.end : high], *(as_written(one) or "" for one in quote.citations)]
    return any(_WHOSE[voice].search(words) for words in around) if voice in _WHOSE else False


def mended(corpus: Corpus, quote: Quote, best: Judged, part: Part) -> str | None:
    """The quotation with the source's words, in its own script; None where it would not be right, or is no other."""
    correction = best.correction
    if correction is None:
        return None
    if part.edition.language == "zh":
        own, theirs = best.passage.script(), detect(quote.text)
        if own and theirs and own != theirs:
            correction = convert(correction, own, theirs)

    def there(passage: Passage) -> bool:
        return passage.first <= best.passage.last and best.passage.first <= passage.last

    again = seek(corpus, correction, [part], there, said(quote))
    right = again is not None and again.verdict in RIGHT and not again.apart and there(again.passage)
    return correction if right and correction != quote.text else None
