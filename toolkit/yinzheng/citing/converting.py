"""References in another script than they were published in: only on request, for they are quoted too. Pure."""

from __future__ import annotations

from dataclasses import replace

from ..bib import VERBATIM, Bibliography, Entry
from ..script import Script, convert, detect

_NO_WORDS = {*VERBATIM, "langid", "related", "relatedtype", "crossref", "xdata", "date", "urldate", "origdate"}


def in_script(bibliography: Bibliography, script: Script) -> Bibliography:
    """The bibliography with the names and titles of each entry that is in the other script converted. Keys, addresses
    and what programs read stay; so does an entry whose characters do not tell its script."""
    return replace(bibliography, entries={key: _entry(one, script) for key, one in bibliography.entries.items()})


def _entry(entry: Entry, script: Script) -> Entry:
    words = {name: value for name, value in entry.fields.items() if name not in _NO_WORDS}
    own = detect("".join(words.values()))
    if own in (None, script):
        return entry
    return replace(entry, fields=entry.fields | {name: convert(value, own, script) for name, value in words.items()})
