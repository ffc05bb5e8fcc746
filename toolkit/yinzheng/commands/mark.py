"""yinzheng mark: one annotation by hand, by quoting."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast, get_args

import click

from .. import jsonl, store
from ..errors import YinzhengError
from ..holding import hold, plan
from ..records import Bound, ClaimLabel, EntityLabel, Figure, FigureLabel, Name
from ..terminal import say
from ..workspace import Workspace
from .shared import What, moment, now, person, target, writable

if TYPE_CHECKING:
    from ..annotating.suggest import Type

_OPTIONS: dict[str, tuple[str, ...]] = {  # what can be said of each type
    "claim": ("attribution", "speaker", "gloss_zh", "gloss_en", "central"),
    "entity": ("name",),
    "figure": ("value", "unit", "min", "max", "edtf", "duration", "bound", "approx"),
}


@click.command("mark", epilog='Example: yinzheng mark park2023/digest-en:54 --quote "balance" --entity TERM')
@click.argument("paragraph", type=What())
@click.option("--quote", required=True, metavar="TEXT", help="The words; found whatever their script and width.")
@click.option("--nth", type=click.IntRange(1), metavar="N", help="Which of several places, counted from 1.")
@click.option("--claim", type=click.Choice(get_args(ClaimLabel)), help="It is a claim of this kind.")
@click.option("--entity", type=click.Choice(get_args(EntityLabel)), help="It is a name of this type.")
@click.option("--figure", type=click.Choice(get_args(FigureLabel)), help="It is a value of this type.")
@click.option("--attribution", metavar="WHO", help="claim: who says so; by default author.")
@click.option("--speaker", metavar="NAME", help="claim: the name of who says so, an id or a form of it.")
@click.option("--gloss-zh", metavar="TEXT", help="claim: what it says, in your own Chinese words.")
@click.option("--gloss-en", metavar="TEXT", help="claim: what it says, in your own English words.")
@click.option("--central", is_flag=True, help="claim: it is one of those that carry the text.")
@click.option("--name", metavar="NAME", help="entity: the name it mentions, an id or a form of it.")
@click.option("--value", type=float, multiple=True, help="figure: the number; several for a list (22/28 nm).")
@click.option("--unit", help="figure: ISO 4217, UCUM, % or pp.")
@click.option("--min", type=float, help="figure: the lower end of a range.")
@click.option("--max", type=float, help="figure: the upper end of a range.")
@click.option("--edtf", help="figure: a date, as 2009-06 or 198X.")
@click.option("--duration", help="figure: an ISO 8601 duration, as P10Y.")
@click.option("--bound", type=click.Choice(get_args(Bound)), help="figure: the number is a bound.")
@click.option("--approx", is_flag=True, help="figure: the number is approximate.")
@click.option("--note", metavar="TEXT", help="A note to it.")
@click.pass_context
def command(ctx: click.Context, /, paragraph: str, quote: str, nth: int | None, note: str | None, **said: Any) -> None:
    """Add one annotation by hand, by quoting.

    It is accepted, and no suggestion will overlap it. A figure of which you say no value has the one that Yinzheng
    reads in its words; an entity without --name belongs to the name with these words, or to a new one.
    """
    from ..deciding import accept_as
    from ..history import teller
    from ..marking import kept, mark, place, where
    from ..values import unsound

    type, label, columns = _wish(said)
    here = writable(ctx)
    with store.writing(here.path, say):
        here = Workspace(here.path)
        found = target(here, paragraph)
        if found.paragraph is None:
            raise YinzhengError(f"say which paragraph the words are in, as {found.work}:12 (`yinzheng find` tells)")
        if found.paragraph.text is None:
            raise YinzhengError(
                f"the text of {found.work}/{found.edition.key} is not here; add your copy: yinzheng add FILE"
            )
        before = hold(here, found.work, found.edition.key)
        names = here.names(found.work)
        span = place(found.paragraph.text, quote, nth)
        made = mark(
            found.paragraph, span, type, label, {**columns, "note": note}, edition=found.edition,
            by=person(), created=now(), history=before.history, there=where(before.notes),
        )  # fmt: skip
        if isinstance(made, Figure) and (wrong := "; ".join(unsound(made))):
            raise YinzhengError(wrong)
        new = []
        if type == "claim" and said["speaker"]:
            made = replace(made, speaker=_name(names, said["speaker"]).id)  # type: ignore[call-arg]
        elif type == "entity":
            entry = _name(names, said["name"]) if said["name"] else _entry(found.work, names, made.text or "", label)
            new = [] if entry in names else [entry]
            made = replace(made, name=entry.id)  # type: ignore[call-arg]
        old = next((one for one in before.notes if one.id == made.id), None)
        if old is not None:
            made = kept(made, old)
        if old is not None and old.status == "accepted":
            if replace(made, by=old.by, created=old.created) != old:
                raise YinzhengError(
                    f"{old.id} is on these words already, a {old.label} by {old.by}; to put another in its place: "
                    f"yinzheng review --set rejected {old.id}"
                )
            after = before
        elif old is not None:
            after = accept_as(before, old.id, made, teller(person(), version("yinzheng"), moment()))
        else:
            after = replace(before, notes=(*before.notes, made))
        writes = dict(plan(before, after).writes)
        if new:
            writes[f"annotations/{found.work}/names.jsonl"] = jsonl.text([*names, *new])
        store.apply(here.path, store.Plan(writes))
    click.echo(jsonl.dumps(made))


def _wish(said: dict[str, Any]) -> tuple[Type, str, dict[str, Any]]:
    """The type, the label, and the columns that go with it; an option of another type is wrong usage."""
    types: list[Type] = [type for type in ("claim", "entity", "figure") if said[type]]
    if len(types) != 1:
        raise click.UsageError("say what it is: --claim KIND, --entity TYPE or --figure TYPE, one of them")
    for type, options in _OPTIONS.items():
        for option in options:
            if type != types[0] and said[option]:
                raise click.UsageError(f"--{option.replace('_', '-')} is said of a {type}")
    columns = {option: said[option] for option in _OPTIONS[types[0]] if option not in ("name", "speaker")}
    if types[0] == "claim":
        columns["attribution"] = columns["attribution"] or "author"
    if types[0] == "figure":
        values = columns["value"]
        columns |= {"value": values[0] if len(values) == 1 else None, "value_list": values if len(values) > 1 else ()}
        low, high = columns["min"], columns["max"]
        if (low is None) != (high is None) or (low is not None and low > high):
            raise click.UsageError("--min and --max go together, the lower first; for one end say --value and --bound")
        if low is not None and values:
            raise click.UsageError("a number (--value) or a range (--min, --max), not both")
        if columns["bound"] and (low is not None or len(values) > 1):
            raise click.UsageError("a --bound has one number")
    return types[0], said[types[0]], columns


def _name(names: list[Name], wanted: str) -> Name:
    """The entry with an id or a form."""
    from ..letters import letters
    from ..suggesting import forms

    found = [name for name in names if name.id == wanted or letters(wanted).text in forms(name)]
    if len(found) != 1:
        what = (
            f"{len(found)} names are called {wanted!r}; say the id" if found else f"no name {wanted!r} in names.jsonl"
        )
        raise YinzhengError(what + (f": {', '.join(name.id for name in found)}" if found else ""))
    return found[0]


def _entry(work: str, names: list[Name], words: str, label: str) -> Name:
    """The entry that has these words as a form, else a new one."""
    from .. import ids
    from ..letters import letters
    from ..script import convert, detect, is_chinese
    from ..suggesting import forms

    form = letters(words).text
    same = [name for name in names if form in forms(name)]
    if same:
        return min(same, key=lambda name: name.label != label)
    han = is_chinese(words)
    script = detect(words) or "hant"
    return Name(
        id=ids.name_birth(work, f"{label}\n{form}", {name.id for name in names}), label=cast(EntityLabel, label),
        zh_hant=convert(words, script, "hant") if han else None,
        zh_hans=convert(words, script, "hans") if han else None, en=None if han else words, en_source=None,
        abbr=None, aka=(), wikidata=None, note=None,
    )  # fmt: skip
