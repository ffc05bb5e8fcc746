"""Checks of what is annotated: names, claims, entities, figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from .. import ids
from ..errors import YinzhengError
from ..letters import Letters, letters
from ..records import NAMED, Annotation, Figure
from ..values import unsound
from .state import ID, State


def names(state: State) -> Iterator[YinzhengError]:
    """Names have ids of their own."""
    seen: set[str] = set()
    for line, name in state.names:
        if not ID.fullmatch(name.id) or not name.id.startswith(f"{state.work.key}.n"):
            yield YinzhengError(
                f"{name.id!r} is no id of a name of {state.work.key}", path=state.notes / "names.jsonl", line=line
            )
        if name.id in seen:
            yield YinzhengError(f"{name.id} stands twice", path=state.notes / "names.jsonl", line=line)
        if not state.work.names(name):
            problem = (
                f"{name.id}: a form as long as a sentence, of a work with a text that is local: it must not stand here"
            )
            yield YinzhengError(problem, path=state.notes / "names.jsonl", line=line)
        seen.add(name.id)


def marks(state: State) -> Iterator[YinzhengError]:
    """Annotations are on paragraphs that are, inside them, once each, and their checks hold where the text is here."""
    texts = {copy.id: copy.text for rows in state.local.values() for _, copy in rows}
    texts |= {p.id: p.text for p in state.paragraphs.values() if p.text is not None}
    forms = {name: letters(text) for name, text in texts.items()}
    named = {name.id for _, name in state.names}
    noted = {note.id for _, rows in state.annotations.values() for _, note in rows}
    noted |= {name for history in state.history.values() for name in history.used}
    for kind, (path, rows) in state.annotations.items():
        seen: set[str] = set()
        for line, note in rows:
            if note.type != kind:
                yield YinzhengError(f"{note.id}: a {note.type} in the file of {kind}s", path=path, line=line)
            for message in (*_place(state, note, forms), *_relations(note, named, noted)):
                yield YinzhengError(f"{note.id}: {message}", path=path, line=line)
            if note.id in seen:
                yield YinzhengError(f"{note.id} stands twice", path=path, line=line)
            seen.add(note.id)


def _place(state: State, note: Annotation, forms: Mapping[str, Letters]) -> Iterator[str]:
    paragraph = state.paragraphs.get(note.paragraph)
    if paragraph is None:
        yield f"{note.paragraph} is no paragraph"
        return
    if (note.work, note.edition) != (state.work.key, paragraph.edition):
        yield f"says {note.work}/{note.edition}, but {note.paragraph} is in {state.work.key}/{paragraph.edition}"
    edition = state.work.editions[paragraph.edition]
    given = edition.text == "included" if note.type == "claim" else edition.gives(note.label, note.text or "")
    whole = forms.get(note.paragraph)
    if (
        note.type != "claim"
        and edition.text == "local"
        and whole
        and 0 <= note.letter_start < note.letter_end <= len(whole)
    ):
        given = edition.gives(note.label, whole.source, *whole.stored(note.letter_start, note.letter_end))
    if note.text is not None and not given:
        yield "holds words of a text that is local: they must not stand here"
    if note.type != "claim" and note.text is None:
        yield f"a {note.type} without its words (text)"
    if not 0 <= note.letter_start < note.letter_end <= paragraph.length:
        yield f"letters {note.letter_start}:{note.letter_end} are not inside the paragraph ({paragraph.length})"
        return
    used = state.history[paragraph.edition].used  # an id among them may be born elsewhere: that is recorded
    if note.id not in used and note.id != ids.annotation_birth(
        note.work, note.type[0], note.paragraph, note.letter_start, note.letter_end, used
    ):
        yield "the id is not born from its type, paragraph and letters"
    if whole is not None:
        span = whole.text[note.letter_start : note.letter_end]
        if len(span) < note.letter_end - note.letter_start:
            yield f"letters {note.letter_start}:{note.letter_end} are not inside the text ({len(whole)})"
        elif ids.keyed_hash(note.work, note.edition, span, 8) != note.hash:
            yield "hash is not that of the words at its place"
        elif note.text is not None and letters(note.text).text != span:
            yield f"text {note.text!r} is not the words at its place"
        elif ids.keyed_hash(note.work, note.edition, whole.source) == paragraph.text_hash:
            place = whole.stored(note.letter_start, note.letter_end)
            if place != (note.start, note.end):
                yield f"start and end are {note.start}:{note.end}, but its letters stand at {place[0]}:{place[1]}"


def _relations(note: Annotation, named: Collection[str], noted: Collection[str]) -> Iterator[str]:
    for column in NAMED:
        value = getattr(note, column, None)
        if value is not None and value not in named:
            yield f"{column} {value} is no name"
    if isinstance(note, Figure):
        yield from unsound(note)
    for other in (*getattr(note, "evidence", ()), *filter(None, [getattr(note, "equals", None)])):
        if other not in noted:
            yield f"{other} is no annotation"
