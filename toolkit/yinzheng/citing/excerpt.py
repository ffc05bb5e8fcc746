"""The excerpt: a quotable passage with everything that a citation needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..works import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A passage and its provenance; pure data, no style.

    ``text`` are the words to print, in the script asked for; ``start`` and ``end`` are code points in the stored
    paragraph. ``words``: a quotation are words of the edition; a paraphrase are ours (a digest) and never stand in
    quotation marks. ``whose``: who is speaking (a translator's note is not the author). ``script_from``: the script
    of the edition where ``text`` is in another, else None; ``copy_script``: that of the reader's copy where it is not
    the edition's. ``emphasis``: flat ranges in ``text`` that the edition prints emphasised. ``parts``: flat ranges of
    the stored paragraph between which words are left out, where some are. ``section``: the words of the heading that it
    stands under. ``cut``: the excerpt is a part of its paragraph. ``gloss``: the writer's own translation of the words
    into the other language, which only some styles print, and label. ``caption``: a line above the passage, in a
    handout.
    ``notices``: sentences that tell a writer what to know of these words.
    """

    work: str
    edition: Edition
    paragraph: str
    number: int | None
    page: str | None
    section: str | None
    start: int
    end: int
    text: str
    words: Literal["quotation", "paraphrase"]
    whose: Literal["author", "translator", "editor", "ours"]
    lang: str
    script_from: Literal["hant", "hans"] | None = None
    copy_script: Literal["hant", "hans"] | None = None
    emphasis: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    cut: bool = False
    gloss: str | None = None
    caption: str | None = None
    notices: tuple[str, ...] = ()

    @property
    def elided(self) -> bool:
        """Whether words are left out."""
        return bool(self.parts)

    @property
    def locator(self) -> str | None:
        """The place in the edition, whatever a style prints of it: a page, else the paragraph that we count."""
        if self.page:
            return f"p. {self.page}"
        return f"para. {self.number}" if self.number else None
