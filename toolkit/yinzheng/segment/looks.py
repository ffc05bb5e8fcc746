"""The blocks of a text as they look, however many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .block import Stored
from .signs import Look


class Looks:
    """Blocks as they look. Each is looked at when it is asked for, and forgotten when the reading has gone on: what is
    known of a block takes more memory than the block itself."""

    REMEMBERED = 1024

    def __init__(self, blocks: Sequence[Stored]) -> None:
        self.blocks = blocks
        self._known: dict[int, Look] = {}

    def __len__(self) -> int:
        return len(self.blocks)

    def __getitem__(self, at: int) -> Look:
        look = self._known.get(at)
        if look is None:
            if len(self._known) == self.REMEMBERED:
                self._known.clear()
            look = self._known[at] = Look(self.blocks[at])
        return look

    def part(self, start: int, end: int | None = None) -> Iterator[Look]:
        """Those from one place to another, or to the end."""
        return map(self.__getitem__, range(start, len(self) if end is None else end))
