"""What a style is told of an excerpt's place, and what it makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from .inline import Inline


@dataclass(frozen=True, slots=True)
class Place:
    """Where a citation stands among the others.

    ``number``: of the reference in a numbered list, 1-based; ``source``: that of the work which it digests or renders,
    0 where there is none. ``note``: of the citation among the notes, 1-based.
    ``first``: the work was not cited before; ``again``: the citation before it is of the same work. ``alone``: the
    list holds no other work by the same people. ``lang``: the tag of the text around, for the style's own words: en,
    zh-Hant, zh-Hans.
    """

    number: int = 1
    source: int = 0
    note: int = 1
    first: bool = True
    again: bool = False
    alone: bool = True
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in a style.

    ``text`` stands behind the words in the running text; in a style of notes it is empty, and ``note`` is the foot- or
    endnote. ``gloss``: the writer's own translation, labelled, as the style puts it between the words and the citation
    (a style that puts it into ``text``, or prints none, leaves it empty). ``prefix``, ``locator`` and ``suffix`` say
    the same to a program that makes the citation itself from a key (pandoc, biblatex, Typst, Org): ``summarised in``,
    ``para. 12``, ``emphasis in the edition quoted``.
    """

    text: Inline = ()
    note: Inline = ()
    gloss: Inline = ()
    prefix: str = ""
    locator: str = ""
    suffix: str = ""
