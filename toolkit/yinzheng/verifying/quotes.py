"""The quotations of a manuscript, each with the citations that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .prose import Block, Citation


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: ``block.text[start:end]``, without its marks. ``depth``: how many quotations it stands in.

    ``citations``: those that belong to it, nearest first. ``line, column``: 1-based, where its words begin in the
    source; for docx the paragraph, and the column in it.
    """

    block: Block
    start: int
    end: int
    depth: int
    kind: Literal["inline", "block"]
    citations: tuple[Citation, ...]
    line: int
    column: int

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.block.text[self.start : self.end]


def quotes(blocks: Sequence[Block]) -> list[Quote]:
    """Every quotation, in reading order."""
    raise NotImplementedError
