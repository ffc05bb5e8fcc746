"""Entities: the names in a text, by what is known, by their form, by what the document says, and by a trained tagger.

Rules speak first; the tagger fills in where none spoke. All look at a folded form of the text (`fold`), so both scripts
have the same names. Offsets are code points of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import get_args

from ...records import EntityLabel
from ..found import Entity
from ..tagger import Span, tag
from .candidate import GUESSED, MARKED, NAMED, Candidate, choose
from .fold import fold
from .glossary import Glossary, glossary
from .lexicon import lexicon, words
from .rules import rules
from .words import is_word, pieces

__all__ = ["Glossary", "entities", "from_spans", "glossary"]

LEAST = 0.6  # the tagger's own score from which on its spans count
_LABELS = frozenset(get_args(EntityLabel))
_CHINESE = re.compile("[㐀-鿿]")
# no name by itself: 三大联盟, 六乡, 十三乡镇
_COUNTED = re.compile(
    "(?:[两二三四五六七八九十百几数]大(?=[一-龥])|[两二三四五六七八九十百几数]+(?:省市|县市|乡镇|[省县乡镇村国]$))"
)


def entities(texts: Sequence[str], glossary: Glossary) -> list[list[Entity]]:
    """The names in each text, in reading order, none overlapping another; the same however the texts are grouped."""
    forms = [fold(text) for text in texts]
    chinese = [at for at, form in enumerate(forms) if _CHINESE.search(form)]
    tagged: dict[int, list[Span]] = dict(zip(chinese, tag([texts[at] for at in chinese]), strict=True))
    return [_entities(form, tagged.get(at, ()), glossary) for at, form in enumerate(forms)]


def from_spans(
    texts: Sequence[str], spans: Sequence[Iterable[tuple[int, int, str]]], glossary: Glossary
) -> list[list[Entity]]:
    """The names that something else found, as (start, end, OntoNotes label) for each text: with their keys."""
    found = []
    for text, own in zip(texts, spans, strict=True):
        form = fold(text)
        named = [Candidate(s, e, label, 0.8) for s, e, label in own if label in _LABELS and 0 <= s < e <= len(text)]  # type: ignore[arg-type]
        found.append([_entity(form, one, glossary) for one in choose(named)])
    return found


def _entities(form: str, tagged: Iterable[Span], glossary: Glossary) -> list[Entity]:
    found: list[Candidate] = []
    for offset, piece in pieces(form):
        proposed = rules(piece, glossary.proper, glossary.own)
        found += (
            [one._replace(start=one.start + offset, end=one.end + offset) for one in proposed] if offset else proposed
        )
    found += [guess for span in tagged if (guess := _tagged(form, span))]
    found = [one for one in found if one.key or one.rank == MARKED or not _COUNTED.search(form, one.start, one.end)]
    return [_entity(form, one, glossary) for one in choose(found)]


def _tagged(form: str, span: Span) -> Candidate | None:
    surface = form[span.start : span.end]
    if span.score < LEAST or len(surface) < 2 or not _CHINESE.search(surface):
        return None
    if span.label == "LOC":
        label: EntityLabel = "LOC" if surface[-1] in "洋海湾峡岛山河江湖" else "GPE"
    else:
        label = "PERSON" if span.label == "PERSON" else "ORG"
    if label == "PERSON" and (surface[1:] in words("persons.saying") or is_word(surface)):
        return None
    if label == "ORG" and (surface in words("chinese.ORG.not") or surface in words("chinese.ORG.body")):
        return None
    if label == "ORG" and len(surface) < 3 and is_word(surface):
        return None
    return Candidate(span.start, span.end, label, span.score * 0.9, rank=GUESSED)


def _entity(form: str, one: Candidate, glossary: Glossary) -> Entity:
    surface = form[one.start : one.end]
    label, key = one.label, one.key
    if not key:
        tables = (glossary.own.han, glossary.own.latin, lexicon().han, lexicon().latin)
        known = next((known for table in tables if (known := table.get(surface))), None)
        if known and (known[0] == label or one.rank != NAMED):
            label, key = known if known[0] == label or one.rank == GUESSED else (label, "")
    return Entity(start=one.start, end=one.end, label=label, key=key or f"{label}:{surface}", score=round(one.score, 3))
