"""Following annotations of which only the offsets of their letters and a keyed check are known, not the words.

A place is the annotation's if its letters have the check. Where the paragraph changed, the check alone does not tell
one 日本 from the next: the place must also be where the paragraph's ends, or what was found beside it, say it is, or
the words be so long that they stand nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..letters import Letters
from ..stakes import same_stakes
from .fates import Fate
from .spans import ALONE, LONG, ORPHAN, Place, stakes_of, telling

Check = Callable[[str], str]
Same = Literal["text", "letters", "neither"]
MOST = 200_000  # letters of a text that is searched from end to end for words that left their paragraph


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an annotation: letters ``[start, end)`` of its paragraph, their check, and perhaps the words."""

    start: int
    end: int
    check: str
    text: str | None = None

    @property
    def size(self) -> int:
        """How many letters."""
        return self.end - self.start


class Checks:
    """Follows known annotations of one edition into new texts. ``check``: the keyed check of some letters."""

    def __init__(self, new: Sequence[Letters], check: Check) -> None:
        self.new, self.check = new, check
        self._windows: dict[tuple[int, int], dict[str, list[int]]] = {}

    def follow(self, length: int, same: Same, fate: Fate, notes: Sequence[Known]) -> list[Place]:
        """The places of a paragraph's annotations; ``length``: of its letters, ``same``: what the heir has of it."""
        if fate.status == "carried" and same != "neither":
            return [self._at_its_place(note, fate.targets[0], same) for note in notes]
        if fate.status != "carried":
            return [self._anywhere(note) or self._nowhere(note, fate) for note in notes]
        found: dict[int, tuple[int, int]] = {}
        for number, note in enumerate(notes):
            place = self._by_itself(note, fate, length)
            if place is not None:
                found[number] = place
        self._by_neighbours(notes, fate, found)
        return [
            self._judged(*found[number], note, fate)
            if number in found
            else self._anywhere(note) or self._proposed(note, fate, notes, found)
            for number, note in enumerate(notes)
        ]

    def _at_its_place(self, note: Known, column: int, same: Same) -> Place:
        """In a paragraph with the same letters. The very same text is not judged: nothing in it can have changed."""
        whole = self.new[column]
        if self.check(whole.text[note.start : note.end]) != note.check:
            return Place("changed", column, *whole.stored(note.start, min(note.end, len(whole))))
        start, end = whole.stored(note.start, note.end)
        words = whole.source[start:end]
        if same == "text" or note.text in (None, words):
            return Place("unchanged", column, start, end)
        return Place("variant" if same_stakes(note.text or "", words) else "changed", column, start, end)

    def _judged(self, column: int, at: int, note: Known, fate: Fate) -> Place:
        """In a changed paragraph, the letters have the check: are the stakes the same, as far as the words are known?

        What stood around them is not known, so a number that goes on beyond them, or a negation before them, is a
        change: 35億 may be part of 135億 now.
        """
        whole = self.new[column]
        start, end = whole.stored(at, at + note.size)
        words = whole.source[start:end]
        around = any(before or behind for _, _, before, behind in stakes_of(whole.source, start, end))
        if around or (note.text is not None and not same_stakes(note.text, words)):
            return Place("changed", column, start, end)
        if note.text is not None and note.text != words:
            return Place("variant", column, start, end)
        in_place = column in fate.targets[:1] and at == note.start
        return Place("unchanged" if in_place else "moved", column, start, end)

    def _places(self, note: Known, fate: Fate) -> list[tuple[int, int]]:
        return [(column, at) for column in fate.targets for at in self._window(column, note.size).get(note.check, ())]

    def _by_itself(self, note: Known, fate: Fate, length: int) -> tuple[int, int] | None:
        """The place if it is the only one and the words are long, or it is as far from an end as it was."""
        places = self._places(note, fate)
        if len(places) == 1:
            column, at = places[0]
            if telling(self.new[column].text[at : at + note.size]) >= LONG:
                return places[0]
        first, last = min(fate.targets), max(fate.targets)
        kept = {(first, note.start), (last, len(self.new[last]) - length + note.start)}
        likely = kept.intersection(places)
        return likely.pop() if len(likely) == 1 else None

    def _by_neighbours(self, notes: Sequence[Known], fate: Fate, found: dict[int, tuple[int, int]]) -> None:
        """A place that is as far from the annotations found before and behind it as it was."""
        for number, note in enumerate(notes):
            if number in found:
                continue
            before = max((n for n in found if notes[n].start <= note.start), key=lambda n: notes[n].start, default=None)
            behind = min((n for n in found if notes[n].start > note.start), key=lambda n: notes[n].start, default=None)
            if before is None or behind is None:
                continue
            shifts = {(found[n][0], found[n][1] - notes[n].start) for n in (before, behind)}
            if len(shifts) == 1:
                column, shift = shifts.pop()
                if (column, note.start + shift) in self._places(note, fate):
                    found[number] = (column, note.start + shift)

    def _anywhere(self, note: Known) -> Place | None:
        """Long words that stand once in the text now: perhaps these, but nobody knows how often they stood then."""
        if note.size < ALONE or sum(map(len, self.new)) > MOST:
            return None
        places = [
            (column, at)
            for column in range(len(self.new))
            for at in self._window(column, note.size).get(note.check, ())
        ]
        if len(places) != 1:
            return None
        column, at = places[0]
        return Place("ambiguous", column, *self.new[column].stored(at, at + note.size))

    def _proposed(self, note: Known, fate: Fate, notes: Sequence[Known], found: dict[int, tuple[int, int]]) -> Place:
        """Several places, or none: then what stands as far behind the last annotation found as this one stood."""
        places = self._places(note, fate)
        if places:
            column, at = min(places, key=lambda place: abs(place[1] - note.start))
            return Place("ambiguous", column, *self.new[column].stored(at, at + note.size))
        before = max((n for n in found if notes[n].start <= note.start), key=lambda n: notes[n].start, default=None)
        column, shift = (
            (fate.targets[0], 0) if before is None else (found[before][0], found[before][1] - notes[before].start)
        )
        whole = self.new[column]
        if not len(whole):
            return ORPHAN
        start = min(max(note.start + shift, 0), len(whole) - 1)
        return Place("changed", column, *whole.stored(start, min(start + note.size, len(whole))))

    def _nowhere(self, note: Known, fate: Fate) -> Place:
        """A paragraph that is in doubt, or gone."""
        places = self._places(note, fate)
        if not places:
            return ORPHAN
        column, at = places[0]
        return Place("ambiguous", column, *self.new[column].stored(at, at + note.size))

    def _window(self, column: int, size: int) -> dict[str, list[int]]:
        if (column, size) not in self._windows:
            places: dict[str, list[int]] = defaultdict(list)
            form = self.new[column].text
            for at in range(len(form) - size + 1):
                places[self.check(form[at : at + size])].append(at)
            self._windows[column, size] = places
        return self._windows[column, size]
