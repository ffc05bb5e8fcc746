"""What `add --revise` says: every id and every annotation, and where it went."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from ..records import Annotation, Paragraph
from ..terminal import shortened

if TYPE_CHECKING:
    from ..carrying.spans import Place
    from ..revising import Revision

COLOURS = {"gone": "red", "orphan": "red", "doubt": "yellow", "changed": "yellow", "ambiguous": "yellow"}


def rows(revision: Revision) -> Iterator[dict[str, Any]]:
    """One row an id, then one an annotation; ``event`` is what happened to it."""
    events = {
        event.id: event for event in revision.after.events if event.event not in ("split", "unlinked", "revision")
    }
    splits = {event.id: event.to for event in revision.after.events if event.event == "split"}
    numbers = {paragraph.id: paragraph.number for paragraph in revision.after.index}
    old = revision.before.paragraphs
    new = {paragraph.id: paragraph for paragraph in revision.after.paragraphs}
    stayed = _in_place(old, list(new))
    for paragraph, fate in zip(old, revision.carried.paragraphs, strict=True):
        event = events.get(paragraph.id)
        same = "same" if paragraph.id in stayed else "moved"
        yield {
            "id": paragraph.id,
            "event": "split" if paragraph.id in splits else event.event if event else same,
            "was": paragraph.number,
            "number": numbers.get(paragraph.id),
            "to": list(splits.get(paragraph.id, event.to if event else ())),
            "likeness": round(fate.likeness, 4),
            "margin": round(fate.margin, 4),
            "stakes": stakes_changed(paragraph, new.get(paragraph.id)),
        }
    before = {paragraph.id for paragraph in old}
    for paragraph in revision.after.index:
        if paragraph.id not in before:
            event = events.get(paragraph.id)
            yield {
                "id": paragraph.id, "event": event.event if event else "born", "was": None, "number": paragraph.number,
                "to": [], "likeness": None, "margin": None, "stakes": [],
            }  # fmt: skip
    by_id, ordered = {paragraph.id: paragraph for paragraph in old}, list(new.values())
    for note, place in zip(revision.notes, revision.carried.annotations, strict=False):
        yield _annotation(ordered, by_id[note.paragraph], note, place)
    for event in revision.after.events:
        if event.event == "unlinked" or (event.event == "returned" and event.id not in numbers):
            yield {"id": event.id, "event": event.event, "record": event.record}


def _in_place(old: Sequence[Paragraph], new: Sequence[str]) -> set[str]:
    """The paragraphs that kept their order: the longest chain of those that are in both."""
    from ..carrying.fates import in_order

    place = {name: at for at, name in enumerate(new)}
    pairs = [(row, place[paragraph.id]) for row, paragraph in enumerate(old) if paragraph.id in place]
    return {new[at] for _, at in in_order(pairs)}


def _annotation(
    paragraphs: Sequence[Paragraph], paragraph: Paragraph, note: Annotation, place: Place
) -> dict[str, Any]:
    new = paragraphs[place.paragraph] if place.paragraph is not None else None
    return {
        "id": note.id,
        "event": place.status,
        "type": note.type,
        "was": note.paragraph,
        "paragraph": new.id if new else None,
        "start": place.start,
        "end": place.end,
        "old": note.text or words(paragraph, note),
        "new": new.text[place.start : place.end] if new and new.text and place.start is not None else None,
    }


def stakes_changed(old: Paragraph, new: Paragraph | None) -> list[str]:
    """The figures, units, negations and directions that a paragraph lost (−) and won (+), where its texts are here."""
    from ..stakes import stakes

    if new is None or old.text is None or new.text is None or old.hash == new.hash:
        return []
    then, now = (Counter(stake.value for stake in stakes(text)) for text in (old.text, new.text))
    return [f"−{value}" for value in then - now] + [f"+{value}" for value in now - then]


def words(paragraph: Paragraph, note: Annotation) -> str | None:
    """The words of an annotation, where the text is here."""
    from ..letters import letters

    if paragraph.text is None:
        return None
    start, end = letters(paragraph.text).stored(note.letter_start, note.letter_end)
    return paragraph.text[start:end]


def records(revision: Revision) -> Iterator[str]:
    """The report for programs, one line an id or annotation."""
    for row in rows(revision):
        yield json.dumps(row, ensure_ascii=False)


def report(revision: Revision, dry_run: bool) -> Iterator[str]:
    """The report for people: counts, and a line for all that is not as it was."""
    work, edition = revision.before.work, revision.before.edition.key
    everything = list(rows(revision))
    ids = [row for row in everything if "likeness" in row]
    links = [row for row in everything if row["event"] == "unlinked"]
    notes = [row for row in everything if "likeness" not in row and row["event"] != "unlinked"]
    would = " (dry run: nothing was written)" if dry_run else ""
    yield f"{click.style(f'{work}/{edition}', bold=True)}  revised: {_counts(ids) or 'no paragraphs'}{would}"
    for row in ids:
        if row["event"] != "same":
            yield _line(row)
    if notes:
        yield f"annotations: {_counts(notes)}"
        for row in notes:
            if row["event"] != "unchanged":
                yield _line(row)
    for row in links:
        link = json.loads(row["record"])
        yield f"{_line(row)}: its link {link['source']} – {link['target']} was taken out, and is in the history"
    waiting = len(revision.after.history.waiting)
    if waiting:
        yield f"{waiting} wait for you to decide: yinzheng review {work}"


def _counts(rows: list[dict[str, Any]]) -> str:
    return ", ".join(f"{count} {name}" for name, count in Counter(row["event"] for row in rows).items())


def _line(row: dict[str, Any]) -> str:
    event = row["event"]
    parts = [f"  {click.style(f'{event:<9}', fg=COLOURS.get(event))} {row['id']}"]
    if "likeness" in row:
        was, number = row["was"], row["number"]
        if was != number or was:
            parts.append(f"¶ {was or '–'}" + (f" → ¶ {number or '–'}" if was != number else ""))
        if row["to"]:
            parts.append(f"→ {', '.join(row['to'])}")
        if row["likeness"] is not None and event not in ("gone", "same"):
            parts.append(f"(likeness {row['likeness']:.2f}, margin {row['margin']:.2f})")
        if event == "carried" and row["stakes"]:
            parts.append(click.style(shortened(" ".join(row["stakes"]), 40), fg="yellow"))
    elif "old" in row:
        old, new = (shortened(text, 40) if text else "…" for text in (row["old"], row["new"]))
        parts.append(f"{row['type']} {old}" + (f" → {new}" if row["new"] and row["new"] != row["old"] else ""))
    return "  ".join(parts)
