"""From blocks to the paragraphs of an edition: ids, numbers, sections, hashes. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from . import ids
from .letters import letters
from .records import LocalParagraph, Paragraph
from .segment import Block


def births(work: str, edition: str, blocks: Iterable[Block], used: Collection[str] = ()) -> list[str]:
    """The ids of new paragraphs. ``used``: ids that were ever used, which are not born again."""
    taken, counted = set(used), dict[bytes, int]()
    result = []
    for block in blocks:
        name = ids.birth(work, edition, letters(block.text).text, taken, counted)
        taken.add(name)
        result.append(name)
    return result


def paragraphs(work: str, edition: str, blocks: Iterable[Block], names: Iterable[str]) -> Iterator[Paragraph]:
    """The records of a new edition, text included; ``names``: their ids. One after another, for a text may be long.

    Numbers count the body from 1; a section is the id of the heading above.
    """
    section: str | None = None
    number = 0
    for order, (block, name) in enumerate(zip(blocks, names, strict=True), 1):
        form = letters(block.text).text
        number += block.kind == "body"
        yield Paragraph(
            id=name,
            work=work,
            edition=edition,
            order=order,
            kind=block.kind,
            number=number if block.kind == "body" else None,
            section=section if block.kind not in ("heading", "title", "byline", "lead") else None,
            page=None,
            voice=block.voice,
            length=len(form),
            hash=ids.keyed_hash(work, edition, form),
            text_hash=ids.keyed_hash(work, edition, block.text),
            sketch=ids.sketch(work, edition, form),
            emphasis=block.emphasis,
            text=block.text,
        )
        if block.kind == "heading":
            section = name


def without_text(paragraph: Paragraph) -> Paragraph:
    """What the repository may say of a paragraph whose text it must not hold."""
    return replace(paragraph, text=None)


def with_copy(paragraph: Paragraph, copy: LocalParagraph | None) -> Paragraph:
    """A paragraph with the reader's text, if that has its letters: a copy of an earlier state is not its text."""
    if paragraph.text is not None or copy is None:
        return paragraph
    if ids.keyed_hash(paragraph.work, paragraph.edition, letters(copy.text).text) != paragraph.hash:
        return paragraph
    return replace(paragraph, text=copy.text, emphasis=copy.emphasis)


def local(name: str, block: Block) -> LocalParagraph:
    """A reader's copy of a paragraph."""
    return LocalParagraph(id=name, text=block.text, emphasis=block.emphasis, notes=tuple(map(str, block.notes)))
