"""What the English original, where it is here, has of the words that are quoted from its translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..workspace import Workspace
from .excerpt import Excerpt

_ENGLISH = re.compile(r"[A-Za-z][a-z'’-]+(?:\s+[A-Za-z][a-z'’-]+)+|[a-z]{4,}")  # a name or an acronym says no sense


def original(workspace: Workspace, excerpt: Excerpt) -> str | None:
    """The paragraph of the original, if its words are here, that is aligned with an excerpt's."""
    aligned = dict(workspace.aligned(excerpt.work, excerpt.paragraph))
    for edition in workspace.work(excerpt.work).editions.values():
        if edition.role == "original" and edition.key != excerpt.edition.key:
            for one in workspace.paragraphs(excerpt.work, edition.key):
                if one.text and one.id in aligned:
                    return f"{excerpt.work}/{edition.key}:{one.number}" if one.number else one.id
    return None


def lacking(workspace: Workspace, excerpt: Excerpt) -> Iterator[str]:
    """English words that a Chinese translation prints, where the original is here and does not have them."""
    if excerpt.words != "quotation" or excerpt.edition.language != "zh":
        return
    if excerpt.edition.role != "translation":
        return
    for words in dict.fromkeys(one.strip() for one in _ENGLISH.findall(excerpt.text)):
        texts = [
            one.text
            for edition in workspace.work(excerpt.work).editions.values()
            if edition.role == "original" and edition.language == "en"
            for one in workspace.paragraphs(excerpt.work, edition.key)
            if one.text
        ]
        if texts and not published(workspace, excerpt, words):
            yield f"the English words {words!r} are the translation's: the original, which is here, does not have them"


def published(workspace: Workspace, excerpt: Excerpt, gloss: str) -> str | None:
    """The paragraph of the original that has the words of a gloss."""
    from ..letters import letters

    wanted = letters(gloss).text
    for edition in workspace.work(excerpt.work).editions.values():
        if edition.role == "original" and edition.key != excerpt.edition.key:
            for one in workspace.paragraphs(excerpt.work, edition.key):
                if one.text and wanted in letters(one.text).text:
                    return f"{excerpt.work}/{edition.key}:{one.number}" if one.number else one.id
    return None
