"""What segmenting yields, and the half-made form that its stages hand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..errors import YinzhengError
from ..records import Kind, Voice

# White space of every kind, U+3000 with it, and the marks that have no width.
SPACE = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\ufeff\u200b"

NoteKind = Literal["marker", "translator", "editor"]


@dataclass(frozen=True, slots=True)
class Note:
    """A note beside the text. A ``marker`` (``what`` = ``①``, ``[12]``) stood at ``start`` and was taken out, so
    ``start == end``. A ``translator`` or ``editor`` note is the range of words in the text that are theirs.
    """

    start: int
    end: int
    kind: NoteKind
    what: str

    def __str__(self) -> str:
        return f"{self.start}:{self.end}:{self.kind}:{self.what}"

    @classmethod
    def parse(cls, line: str) -> Note:
        """The inverse of ``str``."""
        parts = line.split(":", 3)
        if len(parts) == 4 and parts[2] in ("marker", "translator", "editor"):
            try:
                return cls(int(parts[0]), int(parts[1]), parts[2], parts[3])  # type: ignore[arg-type]
            except ValueError:
                pass
        raise YinzhengError(f"not a note: {line!r} (expected start:end:kind:what)")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text. ``emphasis``: flat ranges (start, end, start, end, …)."""

    kind: Kind
    text: str
    emphasis: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    voice: Voice = "author"


@dataclass(frozen=True, slots=True)
class Raw:
    """A block before its inline markup is read: what the layout alone tells. ``hint``: a kind that the markup states.

    ``ranges``: markup that an HTML parser has read already, as (start, end, "emphasis" | "note").
    ``adjacent``: no blank line stood between it and the block before.
    """

    text: str
    hint: Kind | None = None
    adjacent: bool = False
    ranges: tuple[tuple[int, int, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A block whose inline markup has been read."""

    text: str
    hint: Kind | None
    adjacent: bool
    emphasis: tuple[int, ...]
    notes: tuple[Note, ...]
