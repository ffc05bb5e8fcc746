"""biblatex: the entries as they are, a translation with what is known of its original, for biber in UTF-8."""

from __future__ import annotations

from dataclasses import replace

from ...bib import Bibliography, Entry, closure, dump, settled
from .. import publication
from ..bundle import Bundle, Printed

_OURS = {"translatortype", "author-zh", "author-latn", "translator-latn", "editora-latn", "title-latn",
         "journaltitle-latn", "booktitle-latn"}  # fmt: skip
# What the standard styles do not print of an @online (biblatex manual 2.1.1).
_NOT_ONLINE = ("translator", "editora", "journaltitle", "issue", "series", "number", "volume", "pages")


def render(bundle: Bundle) -> Printed:
    """All entries; what is rendered stands before what renders it."""
    entries = [_entry(entry, bundle) for entry in bundle.entries]
    lost = []
    for entry in entries:
        unknown = [name for name in entry.fields if name in _OURS]
        if unknown:
            lost.append(f"{entry.key}: biblatex prints nothing of {', '.join(unknown)}, but keeps it in the file")
        silent = [name for name in _NOT_ONLINE if name in entry.fields] if entry.type == "online" else []
        if silent:
            lost.append(
                f"{entry.key}: biblatex’s standard styles print no {', '.join(silent)} of an @online; "
                "where that matters, make it an @article"
            )
        if entry.fields.get("relatedtype") == "digestof":
            lost.append(f"{entry.key}: biblatex has no words for relatedtype digestof; give it a bibstring")
    return Printed("\n".join(map(dump, entries)).rstrip("\n"), tuple(lost))


def source(bundle: Bundle, key: str) -> str:
    """The entries that one citation needs, as they stand in references.bib, but that LaTeX can set them."""
    entries = map(settled, closure(Bibliography({entry.key: entry for entry in bundle.entries}), [key]))
    return "\n".join(map(dump, entries)).rstrip("\n")


def _entry(entry: Entry, bundle: Bundle) -> Entry:
    """``pagination`` is ``paragraph`` where every locator of the entry is a paragraph: a bare postnote 12 is ¶ 12."""
    entry = settled(publication.filled(entry, {one.key: one for one in bundle.entries}))
    fields = dict(entry.fields)
    quoted = [citation.excerpt for citation in bundle.citations if citation.key == entry.key]
    if quoted and "langid" not in fields:
        fields["langid"] = publication.BABEL.get(quoted[0].edition.language, "")
    if quoted and all(one.number and not one.page for one in quoted):
        fields.setdefault("pagination", "paragraph")
    return replace(entry, fields={name: value for name, value in fields.items() if value or name in entry.fields})
