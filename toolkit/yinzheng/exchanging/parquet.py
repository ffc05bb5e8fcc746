"""Parquet: a file for each type, the columns of the JSONL."""

from __future__ import annotations

from collections.abc import Sequence

from .. import tables
from ..workspace import FILES, TYPES
from .held import Exported, Held


def write(held: Sequence[Held]) -> Exported:
    """``claims.parquet``, ``entities.parquet``, ``figures.parquet``, ``names.parquet``, ``paragraphs.parquet``."""
    from ..records import Name, Paragraph

    files = {
        name.removesuffix(".jsonl"): tables.arrow(
            [note for one in held for note in one.notes if note.type == kind], TYPES[kind]
        )
        for kind, name in FILES.items()
    }
    files["paragraphs"] = tables.arrow([paragraph for one in held for paragraph in one.paragraphs], Paragraph)
    files["names"] = tables.arrow(list(held[0].names.values()) if held else [], Name)
    return Exported({f"{name}.parquet": tables.parquet(table) for name, table in files.items()})
