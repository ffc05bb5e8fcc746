"""CoNLL (see `conll`) with words for tokens: Chinese as a dictionary cuts it, other scripts as they stand."""

from __future__ import annotations

from collections.abc import Sequence

from .conll import read as read
from .conll import written
from .held import Exported, Held
from .tokens import words


def write(held: Sequence[Held]) -> Exported:
    """One file."""
    return written(held, words)
