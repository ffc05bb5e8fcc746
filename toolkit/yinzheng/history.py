"""The history of an edition's ids, read: which were ever used, where an old one leads, what still waits for a person.

Pure; a history is a list of `records.Event` in the order in which they happened.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from . import jsonl
from .ids import keyed_hash
from .records import Annotation, Claim, Entity, Event, Figure, Happening, Paragraph

WAITING = ("doubt", "changed", "ambiguous", "orphan", "conflict")
DECISIONS = ("accepted", "rejected")
Decision = Literal["accepted", "rejected"]
Teller = Callable[..., Event]


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an id leads: the ids that are in its place now (itself, if it still is), and the event that says so."""

    ids: tuple[str, ...]
    event: Event | None


class History:
    """What the events of an edition add up to.

    ``used``: every id that ever was. ``waiting``: for each id that a person must decide about, the event that says
    why (what several people say otherwise of one waits one after another); ``closed``: the same for those that were
    decided. ``replaced``: the decisions for what another person says, with the record that they put away. ``born``:
    for each id the number of the revision that it was born in.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = list(events)
        self.used: set[str] = set()
        self.waiting: dict[str, Event] = {}
        self.born: dict[str, int] = {}
        self.revisions: list[Event] = []
        self._away: dict[str, Event] = {}
        self._splits: dict[str, Event] = {}
        self.closed: dict[str, Event] = {}
        self._behind: dict[str, tuple[Event, ...]] = {}
        self._decided: dict[str, tuple[Event | None, ...]] = {}  # what each decision closed
        self._past: dict[str, list[str]] = {}
        self.replaced: list[Event] = []
        for event in self.events:
            self._add(event)

    def adding(self, events: Iterable[Event]) -> History:
        """The history with more events: a thousand decisions do not read what was before them a thousand times."""
        more = History(())
        for name, value in vars(self).items():
            setattr(more, name, value.copy())
        more._past = {hash: list(names) for hash, names in self._past.items()}
        for event in events:
            more.events.append(event)
            more._add(event)
        return more

    def _add(self, event: Event) -> None:
        if event.event == "revision":
            self.revisions.append(event)
            self.used.update(event.to)
            return
        self.used.update((event.id, *event.to))
        if event.event == "born":
            self.born[event.id] = len(self.revisions)
        if event.event in ("carried", "merged", "gone", "doubt") and event.record:
            names = self._past.setdefault(json.loads(event.record)["hash"], [])
            if event.id not in names:
                names.append(event.id)
        if event.event in ("merged", "gone", "doubt"):
            self._away[event.id] = event
        elif event.event in ("returned", "born"):
            self._away.pop(event.id, None)
        elif event.event == "split":
            self._splits[event.id] = event
        self._wait(event)

    def _wait(self, event: Event) -> None:
        name = event.id
        if event.event in WAITING:
            self._queue(event, first=event.event != "conflict")
        elif event.event == "undone":
            *decided, closed = self._decided.get(name) or (None,)
            self._decided[name] = tuple(decided)
            if closed is not None:
                self._queue(closed, first=True)
        elif event.event in (*DECISIONS, "returned", "merged", "gone"):
            closed = self.waiting.pop(name, None)
            if event.event in DECISIONS:
                self._decided[name] = (*self._decided.get(name, ()), closed)
                if closed is not None and closed.event == "conflict" and event.record:
                    self.replaced.append(event)
            if closed is not None:
                self.closed[name] = closed
            if behind := self._behind.pop(name, ()):
                self.waiting[name], self._behind[name] = behind[0], behind[1:]

    def _queue(self, event: Event, first: bool) -> None:
        """Lets an event wait: before what waits, or behind it. Of what the text did to an id only the last counts."""
        waiting = [one for one in (self.waiting.get(event.id), *self._behind.get(event.id, ())) if one is not None]
        if event.event != "conflict":
            waiting = [one for one in waiting if one.event == "conflict"]
        ahead, *rest = [event, *waiting] if first else [*waiting, event]
        self.waiting[event.id], self._behind[event.id] = ahead, tuple(rest)

    def queue(self, name: str) -> tuple[Event, ...]:
        """All that waits of an id, in turn."""
        first = self.waiting.get(name)
        return (first, *self._behind.get(name, ())) if first else ()

    def past(self, hash: str) -> Sequence[str]:
        """The ids of paragraphs that once had these letters, in the order in which they lost them."""
        return self._past.get(hash, ())

    def former(self, mark: str) -> tuple[str, ...] | None:
        """The ids of a former state of the whole text, in order, by its mark."""
        return next((event.to for event in reversed(self.revisions) if event.record == mark), None)

    def lead(self, name: str) -> Lead:
        """Where an id leads, over as many steps as it takes. Ids that nothing befell lead to themselves."""
        seen, row, last = {name}, [name], self._away.get(name) or self._splits.get(name)
        ends: list[str] = []
        while row:
            here = row.pop(0)
            event = self._away.get(here)
            if event is None:
                ends.append(here)
            elif event.event == "merged":
                row += [there for there in event.to if there not in seen]
                seen.update(event.to)
        return Lead(tuple(ends), last)

    def decisions(self) -> Iterator[Event]:
        """The decisions of persons that stand, the last first."""
        undone: dict[str, int] = {}
        for event in reversed(self.events):
            if event.event == "undone":
                undone[event.id] = undone.get(event.id, 0) + 1
            elif event.event in DECISIONS:
                if undone.get(event.id):
                    undone[event.id] -= 1
                else:
                    yield event


def mark(work: str, edition: str, hashes: Iterable[str]) -> str:
    """The mark of a whole text: a keyed hash of its paragraphs' hashes, in order."""
    return keyed_hash(work, edition, "\n".join(hashes))


def wrong(event: Event) -> str | None:
    """What keeps the record of an event from being what the event needs, in words."""
    if event.event in ("revision", "born", "split", "returned", "unlinked", "undone", *DECISIONS):
        return None
    if event.record is None:
        return f"{event.event} without a record of {event.id}"
    kind: type[Annotation | Paragraph] = Paragraph if f".p{event.id[-8:]}" in event.id else Annotation
    try:
        record = json.loads(event.record)
        if kind is Annotation:
            kind = {"claim": Claim, "entity": Entity, "figure": Figure}[record["type"]]
        problem = next(jsonl.differences(record, kind), None)
    except (ValueError, KeyError, TypeError, RecursionError):
        return f"the record of {event.id} is not JSON of a paragraph or an annotation"
    if problem is None and record["id"] != event.id:
        problem = f"it is of {record['id']}"
    return f"the record of {event.id}: {problem}" if problem else None


def told(event: Event) -> dict[str, Any]:
    """The record of an event, as columns; empty where it has none."""
    return dict(json.loads(event.record)) if event.record and event.record.startswith("{") else {}


def teller(by: str, version: str, created: str) -> Teller:
    """Makes events that share who, with which version and when (ISO 8601)."""

    def tell(name: str, event: Happening, to: Sequence[str] = (), record: str | None = None, **more: Any) -> Event:
        empty = {"start": None, "end": None, "likeness": None, "margin": None}
        return Event(
            id=name, event=event, to=tuple(to), by=by, version=version, created=created, record=record,
            **{**empty, **more},
        )  # fmt: skip

    return tell
