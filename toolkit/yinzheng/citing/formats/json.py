"""JSON Lines: one excerpt a line, with the columns of DESIGN section 4."""

from __future__ import annotations

import json
import re

from ..bundle import Bundle, Printed
from ..inline import plain
from .biblatex import source


def render(bundle: Bundle) -> Printed:
    """``citation`` is the citation in the text, behind a gloss; ``bibtex`` the entries that it needs."""
    lines = [
        json.dumps(
            {
                "work": citation.excerpt.work,
                "edition": citation.excerpt.edition.key,
                "paragraph": citation.excerpt.paragraph,
                "number": citation.excerpt.number,
                "start": citation.excerpt.start,
                "end": citation.excerpt.end,
                "text": citation.excerpt.text,
                "words": citation.excerpt.words,
                "whose": citation.excerpt.whose,
                "key": citation.key,
                "locator": citation.excerpt.locator,
                "citation": plain((*citation.cited.gloss, *(citation.cited.text or citation.cited.note))).strip(),
                "bibtex": source(bundle, citation.key),
            },
            ensure_ascii=False,
        )
        for citation in bundle.citations
    ]
    # Half of a pair, which no encoding holds, as JSON writes it.
    return Printed(re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half.group()):04x}", "\n".join(lines)))
