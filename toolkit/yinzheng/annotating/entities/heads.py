"""What an English name is by its words: its last, or the one before ``of``."""

from __future__ import annotations

import re
from functools import cache

from ...records import EntityLabel
from .lexicon import LATIN, lexicon, raw

UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
WORD = (
    rf"(?:(?:[{UP}]\.){{2,}}|[{UP}]\.(?=[ {UP}])|(?:St|Mr|Mrs|Ms|Dr|Prof|Inc|Corp|Co|Ltd)\.(?= |,|$)"
    rf"|[{LATIN}]+(?:[-&'][{LATIN}]+)*)"
)
TOKEN = re.compile(WORD)


LABELS: tuple[EntityLabel, ...] = ("ORG", "LAW", "EVENT", "LOC", "GPE", "FAC")


@cache
def head(word: str) -> EntityLabel | None:
    """The label that a name takes from its last word."""
    for label in LABELS:
        if word in raw(f"english.{label}"):
            return label
    return None


def by_form(forms: list[str]) -> EntityLabel | None:
    """The label by the last word, or by the first before ``of``."""
    small = next((at for at, word in enumerate(forms) if at and word in ("of", "for", "on")), 0)
    if small and (len(forms) - small < 3 or head(forms[-1]) != "FAC"):
        for label in LABELS:
            if forms[small - 1] in raw(f"english.first_{label}"):
                return label
    if len(forms) > 1:
        if forms[0] in raw("english.foreign_ORG"):
            return "ORG"
        if forms[-1] == "AI" and not forms[-2].endswith(("ive", "al", "ble", "ed", "ing", "y", "ian")):
            return "ORG"
        if forms[0] in ("Mount", "Lake", "Cape", "River"):
            return "LOC"
        if forms[0] == "Port" and len(forms) == 2:
            return "GPE"
        last = forms[-1] if not forms[-1].isdigit() else forms[-2]
        if len(forms) > 2 and head(forms[-2]) == "ORG" and lexicon().latin.get(last, ("",))[0] == "GPE":
            return "ORG"  # Imperial College London, Land Systems UK
        if last == "Government" and len(forms) > 2:  # Shanghai Municipal Government
            return "ORG"
        by_last = head(last)
        if by_last and (forms[0] not in raw("persons.first_names") or (by_last == "ORG" and len(forms) > 2)):
            return by_last
    return None


def label_of(name: str) -> EntityLabel | None:
    """What an English name is by its form alone.

    >>> label_of("Treaty of Shimonoseki"), label_of("Rapidus Corporation"), label_of("Rapidus")
    ('LAW', 'ORG', None)
    """
    return by_form(TOKEN.findall(name))
