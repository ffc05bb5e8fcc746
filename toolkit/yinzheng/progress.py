"""How far a long text is: whoever works through one tells it, and who called may show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Progress = Callable[[str, int, int], None]
"""Told what is done, to how many, of how many."""

T = TypeVar("T")


def watched(things: Sequence[T], what: str, progress: Progress | None) -> Iterator[T]:
    """The things one after another, while `progress` hears of every hundredth, and of the last when it is done.

    >>> list(watched("ab", "reading", lambda what, done, total: print(what, done, "of", total)))
    reading 0 of 2
    reading 2 of 2
    ['a', 'b']
    """
    if progress is None:
        yield from things
        return
    for at, thing in enumerate(things):
        if at % 100 == 0:
            progress(what, at, len(things))
        yield thing
    progress(what, len(things), len(things))
