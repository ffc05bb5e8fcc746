"""yinzheng resolve: ask Crossref for what references.bib lacks."""

from __future__ import annotations

import os
import re
import sys

import click

from .. import bib, crossref, store
from ..errors import YinzhengError
from ..terminal import say
from .shared import What, writable
from .shared import target as named


@click.command("resolve", epilog="Example: yinzheng resolve park2023/en")
@click.argument("what", metavar="WORK[/EDITION]", type=What())
@click.option("--accept", metavar="DOI", help="Accept the candidate with this DOI, without being asked.")
@click.pass_context
def command(ctx: click.Context, what: str, accept: str | None) -> None:
    """Ask Crossref what references.bib lacks.

    It is asked about the work's original, unless an edition is named. The candidates are shown with what agrees and
    what differs; only what you accept is written.
    """
    here = writable(ctx)
    target = named(here, what)
    if target.paragraph is not None:
        raise YinzhengError(f"a work or an edition is resolved, as {target.work}/{target.edition.key}")
    editions = here.work(target.work).editions.values()
    original = next((e for e in editions if e.role == "original"), target.edition)
    key = target.edition.cite if "/" in what else original.cite
    entry = here.bibliography(target.work).entries.get(key)
    if entry is None:
        raise YinzhengError(f"references.bib of {target.work} has no entry {key!r}")
    say(f"asking Crossref about {key} …")
    reply = crossref.ask(crossref.query(entry), os.environ.get("YINZHENG_CROSSREF", crossref.CROSSREF))
    offers = crossref.candidates(reply, entry)
    if not offers:
        say("Crossref knows nothing like it; nothing was changed")
        ctx.exit(1)
    for number, offer in enumerate(offers, 1):
        click.echo(described(number, offer))
    chosen = _choose(offers, accept)
    if chosen is None:
        say("nothing was changed; to accept one: --accept DOI")
        return
    with store.writing(here.path, say):
        path = here.path / "corpus" / target.work / "references.bib"
        text = path.read_bytes().decode("utf-8")
        current = bib.parse(text, path).entries.get(key)
        if current is None:
            raise YinzhengError(f"the entry {key!r} was there before, and now is not; nothing was changed", path=path)
        merged = bib.merge(text, [crossref.accept(current, chosen)])
        store.apply(here.path, store.Plan({f"corpus/{target.work}/references.bib": merged}))
    if chosen.differs:
        say(f"what differs stays as it was: {', '.join(name for name, _, _ in chosen.differs)}")
    say(f"{key} was completed in corpus/{target.work}/references.bib")


def described(number: int, offer: crossref.Candidate) -> str:
    """A candidate for a person: its title, what agrees, what differs, what it would add."""
    lines = [
        click.style(f"{number}. {bib.plain(offer.fields.get('title', '(no title)'))}", bold=True) + f"  {offer.doi}"
    ]
    lines.append(f"   agrees: {', '.join(offer.agrees) or 'nothing'}")
    lines += [f"   differs: {name}: here {ours!r}, there {theirs!r}" for name, ours, theirs in offer.differs]
    lines += [f"   adds: {name} = {bib.plain(offer.fields[name])}" for name in offer.adds]
    return "\n".join(lines)


def _choose(offers: list[crossref.Candidate], accept: str | None) -> crossref.Candidate | None:
    if accept is not None:
        for offer in offers:
            if offer.doi.lower() == re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", accept.strip().lower()):
                return offer
        raise YinzhengError(f"no candidate has the DOI {accept}; nothing was changed")
    if not sys.stdin.isatty():
        return None
    answer = click.prompt("accept which? (a number; Enter for none)", default="", show_default=False, err=True)
    return offers[int(answer) - 1] if answer.isdecimal() and 1 <= int(answer) <= len(offers) else None
