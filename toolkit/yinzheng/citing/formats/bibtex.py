"""BibTeX (biblatex fields): every entry once, what is rendered before what renders it."""

from __future__ import annotations

from ...bib import Bibliography, closure, dump
from ..bundle import Bundle, Printed


def render(bundle: Bundle) -> Printed:
    """All entries."""
    return Printed("\n".join(map(dump, bundle.entries)).rstrip("\n"))


def source(bundle: Bundle, key: str) -> str:
    """The entries that one citation needs."""
    entries = closure(Bibliography({entry.key: entry for entry in bundle.entries}), [key])
    return "\n".join(map(dump, entries)).rstrip("\n")
