"""Revise an edition: a new state of its text, every id and annotation carried or reported. Pure.

An id goes, in this order, to the paragraph that has its letters; to the one that has letters which it once had (what
was taken back is as it was); to the one that `carry` sends it to. What is in doubt is set aside for a person, and so is
an annotation whose words changed: neither stays where it could pass for certain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import ids, jsonl
from .carrying import Carry, carry
from .carrying.fates import Fate
from .carrying.spans import Place
from .errors import YinzhengError
from .history import History, Teller, mark
from .holding import Holding
from .letters import letters
from .paragraphs import local, paragraphs, without_text
from .placing import put, returning
from .records import Annotation, Event, Happening, Link, LocalParagraph, Paragraph
from .segment import Block
from .works import Edition

FLOOR = 0.2  # a new state keeps at least this part of the old letters, or it is another text
KEPT = ("unchanged", "moved", "variant")


@dataclass(frozen=True, slots=True)
class Revision:
    """What revising does. ``carried``: the fates and places of `carry`; ``names``: the id of each new paragraph."""

    before: Holding
    after: Holding
    carried: Carry
    names: tuple[str, ...]
    notes: tuple[Annotation, ...]


def revise(holding: Holding, blocks: Sequence[Block], tell: Teller) -> Revision:
    """Plan the new state. Raises YinzhengError where it is another text altogether, or has no paragraphs."""
    if not blocks:
        raise YinzhengError("no paragraph in this text")
    work, edition = holding.work, holding.edition.key
    old = holding.paragraphs
    here = {paragraph.id for paragraph in old}
    notes = tuple(note for note in holding.notes if note.edition == edition and note.paragraph in here)
    ends = _ends(holding, old)
    carried = carry(old, [block.text for block in blocks], [*notes, *ends.values()])
    _refuse_another(holding, old, carried)
    hashes = [ids.keyed_hash(work, edition, letters(block.text).text) for block in blocks]
    names = _names(holding, old, carried, blocks, hashes)
    new = _kept_pages(old, list(paragraphs(work, edition, blocks, names)))
    if holding.edition.text == "local":
        index = [without_text(paragraph) for paragraph in new]
        copies = {name: local(name, block) for name, block in zip(names, blocks, strict=True)}
    else:
        index, copies = new, dict(holding.copies)
    after = replace(holding, index=tuple(index), copies=copies, former=_former(holding, new))
    before_mark = mark(work, edition, [paragraph.hash for paragraph in old])
    if before_mark != mark(work, edition, hashes):
        revision = tell(f"{work}/{edition}", "revision", [paragraph.id for paragraph in old], before_mark)
        after = after.adding(
            [revision, *_told(holding.edition, old, carried.paragraphs, names, hashes, holding.history, tell)]
        )
    places = carried.annotations
    after = _annotations(after, new, notes, places[: len(notes)], tell)
    after = _links(after, old, names, dict(zip(ends, places[len(notes) :], strict=True)), tell)
    return Revision(holding, after, carried, tuple(names), notes)


def _refuse_another(holding: Holding, old: Sequence[Paragraph], carried: Carry) -> None:
    whole = sum(paragraph.length for paragraph in old)
    kept = sum(p.length for p, fate in zip(old, carried.paragraphs, strict=True) if fate.status != "gone")
    if whole and kept < FLOOR * whole:
        raise YinzhengError(
            f"this is another text than {holding.work}/{holding.edition.key} (of its letters {kept / whole:.0%} are "
            "found again), not a new state of it; nothing was changed. To add it, give another --edition or --work"
        )


def _names(
    holding: Holding, old: Sequence[Paragraph], carried: Carry, blocks: Sequence[Block], hashes: Sequence[str]
) -> list[str]:
    """The id of each new paragraph."""
    history = holding.history
    former = history.former(mark(holding.work, holding.edition.key, hashes))
    if former is not None:
        return list(former)
    names: dict[int, str] = {}
    live = {paragraph.id: fate for paragraph, fate in zip(old, carried.paragraphs, strict=True)}
    for paragraph, fate in zip(old, carried.paragraphs, strict=True):
        if fate.status == "carried" and hashes[fate.targets[0]] == paragraph.hash:
            names[fate.targets[0]] = paragraph.id
    given = set(names.values())
    for at, hash in enumerate(hashes):
        for name in history.past(hash) if at not in names else ():
            fate = live.get(name, Fate("gone"))
            if name not in given and (fate.status != "carried" or fate.targets[0] == at):
                names[at] = name
                given.add(name)
                break
    heirs: dict[int, list[Paragraph]] = defaultdict(list)
    for paragraph, fate in zip(old, carried.paragraphs, strict=True):
        if fate.status == "carried" and fate.targets[0] not in names and paragraph.id not in given:
            heirs[fate.targets[0]].append(paragraph)
    for at, merged in heirs.items():
        names[at] = max(merged, key=lambda paragraph: paragraph.length).id
    used = {*history.used, *live, *names.values()}
    for at, block in enumerate(blocks):
        if at not in names:
            names[at] = ids.birth(holding.work, holding.edition.key, letters(block.text).text, used)
            used.add(names[at])
    return [names[at] for at in range(len(blocks))]


def _kept_pages(old: Sequence[Paragraph], new: list[Paragraph]) -> list[Paragraph]:
    """A printed page is a fact about the edition; it stays with its paragraph."""
    pages = {paragraph.id: paragraph.page for paragraph in old}
    return [replace(paragraph, page=pages.get(paragraph.id)) for paragraph in new]


def _former(holding: Holding, new: Sequence[Paragraph]) -> tuple[LocalParagraph, ...]:
    """The reader's copies of what is no longer so, for a person to see beside what is."""
    hashes = {paragraph.id: paragraph.hash for paragraph in new}
    gone = [
        holding.copies[paragraph.id]
        for paragraph in holding.index
        if hashes.get(paragraph.id) != paragraph.hash and paragraph.id in holding.copies
    ]
    return (*holding.former, *(copy for copy in gone if copy not in holding.former))


def _told(
    edition: Edition,
    old: Sequence[Paragraph],
    fates: Sequence[Fate],
    names: Sequence[str],
    hashes: Sequence[str],
    history: History,
    tell: Teller,
) -> list[Event]:
    """What happened to each id, and how sure that is."""
    events = []
    place = {name: at for at, name in enumerate(names)}
    before = {paragraph.id for paragraph in old}
    for paragraph, fate in zip(old, fates, strict=True):
        record = jsonl.dumps(paragraph if edition.text == "included" else without_text(paragraph))
        sure = {"likeness": round(fate.likeness, 4), "margin": round(fate.margin, 4)}
        to = [names[at] for at in fate.targets]
        if paragraph.id in place:
            if hashes[place[paragraph.id]] != paragraph.hash:
                events.append(tell(paragraph.id, "carried", (), record, **sure))
            if len(to) > 1 and to[0] == paragraph.id:
                events.append(tell(paragraph.id, "split", to[1:]))
        else:
            happening: Happening = (
                "gone" if fate.status == "gone" else "merged" if fate.status == "carried" else "doubt"
            )
            events.append(tell(paragraph.id, happening, to[:1], record, **sure))
    for name in names:
        if name not in before:
            events.append(tell(name, "returned" if name in history.used else "born"))
    return events


def _annotations(
    after: Holding,
    new: Sequence[Paragraph],
    notes: Sequence[Annotation],
    places: Sequence[Place],
    tell: Teller,
) -> Holding:
    """Annotations in their new places; what changed, or is gone, set aside with its record; what returned, back."""
    by_id = {note.id: note for note in after.notes}
    events: list[Event] = []
    for note, place in zip(notes, places, strict=True):
        if place.status in KEPT:
            moved = placed(note, new, place)
            by_id[note.id] = moved
            if moved != note:
                events.append(tell(note.id, "variant" if place.status == "variant" else "moved", (), jsonl.dumps(note)))
        else:
            del by_id[note.id]
            events.append(tell(note.id, place.status, record=jsonl.dumps(note), **_proposal(new, place)))
    here = {paragraph.id: paragraph for paragraph in new}
    for name, event in after.history.waiting.items():
        back = returning(event, here) if event.event != "conflict" else None  # that is what another person says
        if back is not None and name not in by_id:
            by_id[name] = back
            events.append(tell(name, "returned"))
    return replace(after.adding(events), notes=tuple(by_id.values()))


def _proposal(new: Sequence[Paragraph], place: Place) -> dict[str, Any]:
    """Where an annotation that is set aside may belong: its paragraph, and letters of it."""
    if place.paragraph is None:
        return {}
    paragraph = new[place.paragraph]
    if place.start is None or place.end is None:
        return {"to": [paragraph.id]}
    first, last = letters(paragraph.text or "").within(place.start, place.end)
    return {"to": [paragraph.id], "start": first, "end": last}


def placed(note: Annotation, new: Sequence[Paragraph], place: Place) -> Annotation:
    """An annotation where `carry` found its words."""
    assert place.paragraph is not None
    assert place.start is not None
    assert place.end is not None
    paragraph = new[place.paragraph]
    first, last = letters(paragraph.text or "").within(place.start, place.end)
    return put(note, paragraph, first, last)


def _ends(holding: Holding, old: Sequence[Paragraph]) -> dict[tuple[int, str], tuple[int, int, int]]:
    """The ends of links that are spans of this edition: which link and side, and the span."""
    rows = {paragraph.id: row for row, paragraph in enumerate(old)}
    ends = {}
    for number, link in enumerate(holding.links):
        for side, name, start, end in (
            ("source", link.source, link.source_start, link.source_end),
            ("target", link.target, link.target_start, link.target_end),
        ):
            if name in rows and start is not None and end is not None:
                ends[number, side] = (rows[name], start, end)
    return ends


def _links(
    after: Holding, old: Sequence[Paragraph], names: Sequence[str], places: dict[tuple[int, str], Place], tell: Teller
) -> Holding:
    """Links follow their paragraphs and spans; one whose end is gone is taken out, and kept in the history, from which
    it comes back with its paragraph."""
    before, here = {paragraph.id for paragraph in old}, set(names)
    links: dict[Link, None] = {}
    events = []
    for number, link in enumerate(after.links):
        moves: dict[str, Any] = {}
        lost = None
        for side, end in (("source", link.source), ("target", link.target)):
            place = places.get((number, side))
            if end not in before:
                continue
            leads = [name for name in after.history.lead(end).ids if name in here]
            if place is None and end not in here and len(leads) == 1:
                moves[side] = leads[0]
            elif place is not None and place.status in KEPT and place.paragraph is not None:
                moves |= {side: names[place.paragraph], f"{side}_start": place.start, f"{side}_end": place.end}
            elif place is not None or end not in here:
                lost = end
        if lost is not None:
            events.append(tell(lost, "unlinked", (), jsonl.dumps(link)))
        else:
            links[replace(link, **moves)] = None
    for event in after.history.events:
        if event.event == "unlinked" and event.id in here - before and event.record is not None:
            link = jsonl.loads(event.record, Link)
            whole = link.source_start is None and link.target_start is None
            if whole and link not in links and {link.source, link.target} <= here | after.others:
                links[link] = None
                events.append(tell(event.id, "returned", (), event.record))
    return replace(after.adding(events), links=tuple(links))
