"""Reports on a manuscript: each form prints what it is given, and knows no verdict's logic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..citations import Finding
from ..quotation import Quotation


@dataclass(frozen=True, slots=True)
class Checked:
    """All that is to be told of one manuscript."""

    name: str
    quotations: Sequence[Quotation]
    findings: Sequence[Finding]

    @property
    def items(self) -> list[Quotation | Finding]:
        """Both, in the order of their places."""
        return sorted([*self.quotations, *self.findings], key=lambda item: (item.file, item.line, item.column))

    @property
    def right(self) -> bool:
        """Whether nothing has to be mended."""
        return all(one.right for one in self.quotations) and all(one.warning for one in self.findings)
