"""Pictures as SVG: text is text, with title and description, and without styles."""

from __future__ import annotations

from collections.abc import Sequence

from .held import Exported, Held
from .pictures import missing, pictures


def write(held: Sequence[Held]) -> Exported:
    """A folder for each edition; what there was nothing to draw of is told."""
    return Exported({f"{name}.svg": data for name, data in pictures(held).items()}, missing(held))
