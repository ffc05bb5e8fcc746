"""The report as JSON lines: one object a quotation, then one a finding, the columns in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from . import Checked

_QUOTATION = (
    "quote", "verdict", "paragraph", "number", "through", "cited", "difference", "line", "column", "file", "work",
    "edition", "varies", "alterations", "left_out", "reason", "where", "found", "correction",
)  # fmt: skip
_FINDING = ("kind", "words", "cited", "known", "paragraph", "line", "column", "file")


def lines(checked: Sequence[Checked]) -> Iterator[str]:
    """One line each; ``type`` says which columns follow."""
    for one in checked:
        for quotation in one.quotations:
            yield _line("quotation", quotation, _QUOTATION, one.name)
        for finding in one.findings:
            yield _line("citation", finding, _FINDING, one.name)


def _line(kind: str, item: object, columns: Sequence[str], name: str) -> str:
    record = {"type": kind} | {column: getattr(item, column) for column in columns}
    record["file"] = name if record["file"] == "-" else record["file"]
    return json.dumps(record, ensure_ascii=False)
