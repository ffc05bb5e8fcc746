"""The notes of an edition and their markers: which note belongs where, as far as that can be told. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from ..records import Paragraph
from ..segment import Note
from ..segment.signs import note_number
from .held import Held

_OWN = re.compile(  # the number that a note says: [^a]: x, 〔註 2〕x, ③x, ³x, 4. x
    r"[\[［〔【(（]\s*(?:[註注]\s*)?\^?([^\s\[\]［］〔〕【】()（）]{1,20})\s*[\]］〕】)）]|([①-⑳⓪]|[⁰¹²³⁴-⁹]{1,3})"
    r"|(\d{1,3})(?:[.．、:：]|\s)"
)


class Marker(NamedTuple):
    """A marker that stood at ``at``, in code points of its paragraph's text. ``target``: the id of its note, or None
    where that can't be told; ``number``: as it is shown."""

    at: int
    number: str
    target: str | None


class Noted(NamedTuple):
    """``markers``: of each paragraph that has some, by its id. ``numbers``: of the notes whose text does not say its
    own, by the id of the note; ``places``: the paragraph where a note is first asked for."""

    markers: Mapping[str, list[Marker]]
    numbers: Mapping[str, str]
    places: Mapping[str, str]


def noted(held: Held) -> Noted:
    """A note is known by the number with which it begins, if no other has it. Notes that say none, one after another
    and as many as the numbers 1, 2, 3 … of markers without a note, are theirs in order (a Word document's).
    """
    if not held.asides:
        return Noted({}, {}, {})
    found = [
        (paragraph.id, note.start, note_number(note.what))
        for paragraph in held.paragraphs
        for note in map(Note.parse, held.asides.get(paragraph.id, ()))
        if note.kind == "marker"
    ]
    notes = [(one, _own(one.text)) for one in held.paragraphs if one.kind == "note" and one.text is not None]
    times = Counter(number for _, number in notes)
    target = {number: one.id for one, number in notes if number and times[number] == 1}
    rest = {number for _, _, number in found} - times.keys()
    numbers = _in_order([one for one, number in notes if number is None], rest)
    target |= {number: id for id, number in numbers.items()}
    markers: dict[str, list[Marker]] = {}
    places: dict[str, str] = {}
    for id, at, number in found:
        markers.setdefault(id, []).append(Marker(at, number, target.get(number)))
        if number in target:
            places.setdefault(target[number], id)
    return Noted(markers, numbers, places)


def _own(text: str) -> str | None:
    match = _OWN.match(text)
    return note_number(next(filter(None, match.groups()))) if match else None


def _in_order(notes: list[Paragraph], numbers: set[str]) -> dict[str, str]:
    wanted = [str(at) for at in range(1, len(notes) + 1)]
    together = bool(notes) and notes[-1].order - notes[0].order == len(notes) - 1
    return dict(zip((one.id for one in notes), wanted, strict=True)) if together and numbers == set(wanted) else {}
