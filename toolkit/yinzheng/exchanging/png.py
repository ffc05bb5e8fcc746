"""Pictures as PNG."""

from __future__ import annotations

from collections.abc import Sequence

from .held import Exported, Held
from .pictures import drawings, fonts, missing


def write(held: Sequence[Held]) -> Exported:
    """A folder for each edition; what there was nothing to draw of, and that Chinese cannot be drawn, is told."""
    made, lost = {f"{name}.png": drawing.png() for name, drawing in drawings(held).items()}, missing(held)
    if made and not fonts():
        lost["no font with Chinese is on this machine, and its characters are boxes: install Noto Sans CJK"] += 1
    return Exported(made, lost)
