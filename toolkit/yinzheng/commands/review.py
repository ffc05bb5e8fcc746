"""yinzheng review: the one place where a person decides."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import click

from .. import store
from ..errors import YinzhengError
from ..history import Decision, Teller, teller
from ..holding import Holding, hold, plan
from ..pending import Item, items
from ..terminal import beside, say, visible
from ..workspace import TYPES, Workspace
from .shared import What, moment, now, person, to_option, workspace, writable

KEYS = {"a": "accepted", "r": "rejected"}
WHY = {
    "doubt": "is this the same paragraph?",
    "changed": "the words changed: does the annotation still hold?",
    "ambiguous": "the words stand in several places: is it this one?",
    "orphan": "the words are gone",
    "conflict": "another person says otherwise: accept theirs (second), or reject it and keep ours (first)",
    "suggested": "a suggestion",
}


@click.command("review", epilog="Example: yinzheng review park2023 --only figure")
@click.argument("what", nargs=-1, metavar="[WORK | ID...]", type=What())
@click.option("--only", type=click.Choice(["paragraph", "claim", "entity", "figure"]), help="Only things of this type.")
@click.option("--min-score", type=float, metavar="X", help="Only suggestions with at least this score, surest first.")
@click.option("--set", "status", type=click.Choice(["accepted", "rejected"]), help="Decide about the ids named.")
@click.option("--from", "source", metavar="FILE", help="Decisions: the lines of --to jsonl, each with a `decision`.")
@click.option("--undo", is_flag=True, help="Take back the last decision that stands.")
@to_option("text", "jsonl")
@click.pass_context
def command(
    ctx: click.Context,
    what: tuple[str, ...],
    only: str | None,
    min_score: float | None,
    status: Decision | None,
    source: str | None,
    undo: bool,
    to: str,
) -> None:
    """Decide what no program may decide.

    Doubtful ids, annotations whose words changed, and suggestions come to this place.

    In a terminal they come one by one, in reading order, then and now side by side: a = accept, r = reject, s = skip,
    e = edit a suggestion's words or label and accept it so, n = give it a note, u = undo, q = quit. Each decision is
    kept at once, so that you can stop anywhere. Elsewhere they are listed.
    """
    if sum(map(bool, (status, source, undo))) > 1:
        raise click.UsageError("--set, --from and --undo are three ways to decide; use one")
    if status:
        _each([(name, status, None) for name in what], writable(ctx))
    elif source:
        _each(list(_decisions(source)), writable(ctx))
    elif undo:
        _undo(writable(ctx), what)
    else:
        here = workspace(ctx)
        found = [item for _, item in _waiting(here, what) if _wanted(item, only, min_score)]
        if min_score is not None:
            found.sort(key=lambda item: -(item.score or 0.0) if item.why == "suggested" else -9.0)
        if to == "jsonl" or not (sys.stdin.isatty() and sys.stdout.isatty()):
            _list(found, to)
        else:
            _ask(writable(ctx), found)


def _holdings(here: Workspace, what: Sequence[str]) -> Iterator[Holding]:
    """The editions that are meant: those named, those of the works named, or all."""
    named = [name.split(":")[0].split(".")[0].partition("/") for name in what] or [
        (work, "", "") for work in here.works
    ]
    wanted = {
        (work, key): None
        for work, _, edition in named
        for key in ([here.edition(work, edition).key] if edition else here.work(work).editions)
    }
    for work, edition in wanted:
        yield hold(here, work, edition)


def _waiting(here: Workspace, what: Sequence[str]) -> Iterator[tuple[Holding, Item]]:
    ids = [name for name in what if "." in name]
    for holding in _holdings(here, what):
        for item in items(holding):
            if not ids or any(item.id.startswith(name) for name in ids):
                yield holding, item


def _wanted(item: Item, only: str | None, min_score: float | None) -> bool:
    if min_score is not None and item.why == "suggested" and (item.score or 0.0) < min_score:
        return False
    return only in (None, item.type)


def _list(found: Sequence[Item], to: str) -> None:
    for item in found:
        if to == "jsonl":
            record = {
                name: getattr(item, name)
                for name in ("id", "why", "type", "label", "edition", "paragraph", "old", "new", "context", "score")
            }
            click.echo(json.dumps({**record, "decision": None, "note": None}, ensure_ascii=False))
        else:
            click.echo(_described(item))
    say(f"{len(found)} to decide" if found else "nothing to decide")


def _described(item: Item) -> str:
    where = f"  in {item.paragraph}" if item.paragraph and item.why != "doubt" else ""
    head = (
        f"{click.style(item.id, bold=True)}  {click.style(item.why, fg='yellow')}  {item.type}{where}  {WHY[item.why]}"
    )
    if item.why == "doubt" and item.paragraph:
        head += f" ({item.paragraph})"
    if item.event is not None and item.event.likeness is not None:
        head += f" (likeness {item.event.likeness:.2f}, margin {item.event.margin or 0:.2f})"
    if item.why != "suggested":
        names = ("ours", "theirs") if item.why == "conflict" else ("then", "now")
        lines = [*beside(item.old, item.new, names)]
    else:
        lines = [f"  {visible(item.new or '(words not here)')}", f"  {item.label}  {visible(item.meaning)}".rstrip()]
        lines[1] += f"  (score {item.score:.2f})" if item.score is not None else ""
    return "\n".join([head, *lines, *([click.style(f"  {visible(item.context)}", dim=True)] if item.context else [])])


def _ask(here: Workspace, found: Sequence[Item]) -> None:
    """One by one; each decision is written before the next is asked for."""
    done = 0
    for number, item in enumerate(found, 1):
        click.echo(f"\n{number}/{len(found)}  {_described(item)}")
        keys, note, key = "a/r/e/n/s/u/q" if item.why == "suggested" else "a/r/s/u/q", None, ""
        while key not in ("s", "q"):
            key = click.prompt(keys, default="s", show_default=False, err=True).strip().lower()[:1]
            try:
                if key == "u":
                    done -= _undo(here, ())
                elif key == "n" and "n" in keys:
                    note = click.prompt("note", err=True).strip() or None
                elif key == "e" and "e" in keys:
                    _edit(here, item, click.prompt("its words, or another label", err=True).strip(), note)
                elif key in KEYS:
                    _each([(item.id, KEYS[key], note)], here, quiet=True)
                if key in ("e", *KEYS):
                    done += 1
                    break
            except YinzhengError as error:
                say(str(error))
        if key == "q":
            break
    say(f"{max(done, 0)} decided; what is not waits")


def _edit(here: Workspace, item: Item, wish: str, note: str | None) -> None:
    """Accept a suggestion as a person changed it: under another label, or on other words of its paragraph."""
    from ..deciding import accept_as
    from ..marking import edited

    tell = teller(person(), version("yinzheng"), moment())
    with store.writing(here.path, say):
        before = hold(Workspace(here.path), item.id.split(".")[0], item.edition)
        after = edited(before, item.id, wish, note, by=person(), created=now())
        store.apply(here.path, plan(before, accept_as(before, item.id, after, tell)))


def _each(decisions: Sequence[tuple[str, str, str | None]], here: Workspace, quiet: bool = False) -> None:
    """Apply decisions, each with a note or none, all or none. An id that is no one's is an error that names it."""
    if not decisions:
        raise YinzhengError("say about which ids; `yinzheng review --to jsonl` lists them")
    tell = teller(person(), version("yinzheng"), moment())
    with store.writing(here.path, say):
        here = Workspace(here.path)
        editions = _editions_of(here, [name for name, _, _ in decisions])
        by_edition: dict[tuple[str, str], list[tuple[str, str, str | None]]] = {}
        for decision in decisions:
            by_edition.setdefault(editions[decision[0]], []).append(decision)
        store.apply(here.path, _plan(here, by_edition, tell))
    if not quiet:
        say(f"{len(decisions)} decided; yinzheng review --undo takes back the last")


def _plan(
    here: Workspace, by_edition: Mapping[tuple[str, str], Sequence[tuple[str, str, str | None]]], tell: Teller
) -> store.Plan:
    """What all decisions together write; the editions of a work share its annotations and links."""
    from ..deciding import decide  # late, as all that carries

    writes: dict[str, str | Iterable[str]] = {}
    last: dict[str, Holding] = {}
    for (work, edition), decisions in by_edition.items():
        before = after = hold(here, work, edition)
        if work in last:
            after = replace(after, notes=last[work].notes, links=last[work].links)
        for name, status, note in decisions:
            after = decide(after, name, status, tell, note)  # type: ignore[arg-type]
        last[work] = after
        writes |= plan(before, after).writes
    return store.Plan(writes)


def _editions_of(here: Workspace, names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The edition in which each id waits, or is."""
    found: dict[str, tuple[str, str]] = {}
    for work in dict.fromkeys(here.work(name.split(".")[0]).key for name in names):
        for kind in TYPES:
            for note in here.annotations(work, kind, status=None):  # type: ignore[arg-type]
                found[note.id] = (work, note.edition)
        for edition in here.work(work).editions:
            found |= dict.fromkeys(here.history(work, edition).waiting, (work, edition))
    for name in names:
        if "." not in name:
            raise YinzhengError(f"{name!r} is no id; --set decides about the ids that yinzheng review {name} lists")
        if name not in found:
            raise YinzhengError(f"nothing waits under {name!r}; see: yinzheng review {name.split('.')[0]}")
    return found


def _decisions(source: str) -> Iterator[tuple[str, str, str | None]]:
    """The decided lines of a file: JSON with ``id``, ``decision``, perhaps ``note``; those with no decision wait on."""
    try:
        text = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        lines = text.decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise YinzhengError(f"cannot be read: {error}", path=source) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            name, decision = row["id"], row.get("decision")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise YinzhengError("not a line of `review --to jsonl` with an id", path=source, line=number) from error
        if decision in ("accepted", "rejected"):
            yield str(name), decision, str(row["note"]) if row.get("note") else None
        elif decision is not None:
            raise YinzhengError(f"decision {decision!r}: accepted, rejected or null", path=source, line=number)


def _undo(here: Workspace, what: Sequence[str]) -> int:
    from ..deciding import last_decision, undo

    tell = teller(person(), version("yinzheng"), moment())
    with store.writing(here.path, say):
        last = last_decision(_holdings(Workspace(here.path), what))
        if last is None:
            raise YinzhengError("no decision to take back")
        holding, event = last
        store.apply(here.path, plan(holding, undo(holding, event, tell)))
    say(f"taken back: {event.id} was {event.event} by {event.by} on {event.created}; it waits again")
    return 1
