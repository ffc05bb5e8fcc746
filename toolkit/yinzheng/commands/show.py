"""yinzheng show: works, editions, paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

import click

from .. import jsonl
from ..records import Annotation, Paragraph
from ..targets import Target, resolve
from ..terminal import marked, say, shortened, table, visible, wrapped
from ..workspace import TYPES, Workspace
from .shared import What, to_option, workspace
from .shared import target as named

COLOURS = {"entity": "cyan", "figure": "magenta", "claim": "yellow"}


@click.command("show", epilog="Example: yinzheng show park2023/digest-en:12")
@click.argument("what", required=False, type=What())
@to_option("text", "jsonl")
@click.pass_context
def command(ctx: click.Context, what: str | None, to: str) -> None:
    """Show works, editions and paragraphs.

    Without WHAT all works; of a work or an edition its paragraphs; of a paragraph its words and its annotations.
    """
    here = workspace(ctx)
    if what is None:
        click.echo(works(here)) if to == "text" else _jsonl(here, None)
        if not here.works:
            say("no work here yet; next: yinzheng add FILE --work KEY")
        return
    target = named(here, what)
    if to == "jsonl":
        _jsonl(here, target)
    elif target.paragraph is None:
        click.echo(edition(here, target))
    else:
        click.echo(paragraph(here, target))


def works(here: Workspace) -> str:
    """All works and editions, a line each."""
    rows = [("work", "edition", "language", "role", "paragraphs", "text")]
    for work in here.works.values():
        for one in work.editions.values():
            index = here.index(work.key, one.key)
            copies = len(here.local(work.key, one.key))
            text = "included" if one.text == "included" else f"your copy ({copies})" if copies else "not here"
            body = sum(p.number is not None for p in index)
            rows.append((work.key, one.key, one.lang, one.role, str(body or "–"), text))
    return "\n".join(table(rows))


def edition(here: Workspace, target: Target) -> str:
    """An edition in reading order: headings, and the beginning of each paragraph."""
    one = target.edition
    lines = [click.style(f"{target.work}/{one.key}", bold=True) + f"  {one.lang}, {one.role}; {_rights(one.rights)}"]
    for found in here.paragraphs(target.work, one.key):
        label = f"¶ {found.number}" if found.number else found.kind
        words = shortened(found.text, 72) if found.text else f"({found.length} letters; text not here)"
        lines.append(f"{found.id}  {label:<8}{click.style(words, bold=True) if found.kind == 'heading' else words}")
    if len(lines) == 1:
        lines.append("no text of this edition has been added yet")
    return "\n".join(lines)


def paragraph(here: Workspace, target: Target) -> str:
    """A paragraph: where it stands, its words, what is annotated on it, what it is aligned with."""
    found = target.paragraph
    assert found is not None
    label = f"¶ {found.number}" if found.number else found.kind
    voice = "" if found.voice == "author" or target.edition.role == "digest" else f"  [{found.voice}’s words]"
    lines = [click.style(f"{target.work}/{target.edition.key} {label}", bold=True) + f"  {found.id}{voice}"]
    section = next((p for p in here.paragraphs(target.work, target.edition.key) if p.id == found.section), None)
    if section is not None and section.text:
        lines.append(f"§ {section.text}")
    notes = on(here, found)
    if found.text is None:
        lines.append(f"(its text is not here: {found.length} letters; add your copy: yinzheng add FILE)")
        if target.edition.obtain:
            lines.append(f"(how to get it: {target.edition.obtain})")
    else:
        lines.append(wrapped(marked(found.text, _spans(found, notes))))
    for note in notes:
        words = visible(note.text or _words(found, note))
        lines.append(f"  {click.style(note.label, fg=COLOURS[note.type])}  {words}  {note.id}")
    for name, link in here.aligned(target.work, found.id):
        lines.append(f"  ↔ {_name(here, target.work, name)} ({link.status})")
    if target.edition.role == "digest":
        lines.append("  (a digest: our own words, free to reuse; never a quotation of the author)")
    return "\n".join(lines)


def on(here: Workspace, found: Paragraph) -> list[Annotation]:
    """What is annotated on a paragraph, in reading order, rejected suggestions left out."""
    records = [
        note
        for kind in TYPES
        for note in here.annotations(found.work, kind, found.edition, status=None)  # type: ignore[arg-type]
        if note.paragraph == found.id and note.status != "rejected"
    ]
    return sorted(records, key=lambda note: (note.letter_start, -note.letter_end))


def _spans(found: Paragraph, notes: list[Annotation]) -> list[tuple[int, int, str]]:
    from ..letters import letters

    whole = letters(found.text or "")
    return [
        (*whole.stored(note.letter_start, note.letter_end), COLOURS[note.type])
        for note in notes
        if note.type != "claim" and note.letter_end <= len(whole)
    ]


def _words(found: Paragraph, note: Annotation) -> str:
    from ..letters import letters

    if found.text is None:
        gloss = getattr(note, "gloss_zh" if note.edition.endswith("zh") else "gloss_en", None)
        return shortened(note.text or (f"({gloss})" if gloss else "(text not here)"), 100)
    whole = letters(found.text)
    if note.letter_end > len(whole):
        return f"(not in this text; run: yinzheng check {note.work})"
    start, end = whole.stored(note.letter_start, note.letter_end)
    return shortened(found.text[start:end], 60)


def _name(here: Workspace, work: str, name: str) -> str:
    target = resolve(here, name)
    number = target.paragraph.number if target.paragraph else None
    return f"{work}/{target.edition.key}:{number}" if number else name


def _rights(uri: str) -> str:
    known = {"InC": "in copyright", "UND": "rights undetermined", "by": "free to reuse, CC BY"}
    return next((words for part, words in known.items() if f"/{part}/" in uri), visible(uri))


def _jsonl(here: Workspace, target: Target | None) -> None:
    records: Iterable[object]
    if target is None:
        targets = [(work.key, edition) for work in here.works.values() for edition in work.editions]
        records = (p for work, edition in targets for p in here.paragraphs(work, edition))
    elif target.paragraph is not None:
        records = [target.paragraph, *on(here, target.paragraph)]
    else:
        records = here.paragraphs(target.work, target.edition.key)
    for record in records:
        click.echo(jsonl.dumps(record))
