"""yinzheng evaluate: how right annotations are, and how far two annotators agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import jsonl
from ..errors import YinzhengError
from ..records import Annotation
from ..terminal import say, table, warn
from ..workspace import FILES
from .shared import to_option, warn_each

if TYPE_CHECKING:
    from ..evaluating import Measure

_COLUMNS = (
    "precision", "recall", "f1", "overlap-precision", "overlap-recall", "overlap-f1",
    "right-values", "right-kind", "right-attribution", "kappa", "alpha", "gamma",
)  # fmt: skip


@click.command("evaluate", epilog="Example: yinzheng evaluate tests/gold --only figure")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("other", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--only", type=click.Choice(list(FILES)), multiple=True, help="Only claims, entities or figures.")
@to_option("text", "jsonl")
@click.pass_context
def command(ctx: click.Context, gold: Path, other: Path | None, only: tuple[str, ...], to: str) -> None:
    """Measure how right suggestions are, or how far two people agree.

    With GOLD alone, what `annotate` suggests for its text is compared with it; with OTHER, what another person
    annotated, and then the agreement is measured too. Each is a text annotated by quoting (or a folder of such), or a
    folder with the annotations of one work (or the workspace that it is in), of which only what was accepted counts.
    Where OTHER is of an older or newer text, its annotations stand where `import` would put them.
    Spans are compared strictly (same letters, same label) and by overlap, claims by sentences; values where the spans
    are the same.
    """
    from ..evaluating import measures, read, side, with_other, with_suggestions

    gold, other = side(gold), side(other) if other else None
    types = [kind for kind in only or FILES if all(_has(path, kind) for path in (gold, other) if path)]
    if not types:
        raise YinzhengError("the two sides have no type of annotation in common")
    root, lost = ctx.find_object(Path), list[str]()
    if other is None:
        passages = read(gold, root, lost.append)
        compared = with_suggestions(passages, lambda texts: _suggested(texts, types))
        if left := sum(passage.text is None for passage in passages if passage.gold):
            warn(f"the text of {left} annotated paragraphs is not here: they are left out")
        if not compared:
            raise YinzhengError("the text is not here; add your copy: yinzheng add FILE", path=gold)
    else:
        compared = with_other(gold, other, root, lost.append)
        if "claim" in types and any(passage.sentences is None for passage in compared):
            warn("no kappa and alpha of claims: how many sentences there are is not known without the text")
    warn_each(lost)
    if lost:
        warn(f"annotations that have no place here: {len(lost)}; they are left out")
    found = list(measures(compared, types, agree=other is not None))
    if to == "jsonl":
        click.echo(jsonl.text(found), nl=False)
    else:
        say(f"documents: {len({one.document for one in compared})}, paragraphs: {len(compared)}")
        click.echo("\n".join(_tables(found)))


def _has(path: Path, kind: str) -> bool:
    """Whether a side has annotations of a type; what a folder lacks is said."""
    if not path.is_dir() or not any((path / name).exists() for name in FILES.values()):
        return True
    if not (there := (path / FILES[kind]).exists()):
        warn(f"{path} has no {FILES[kind]}: left out")
    return there


def _suggested(texts: list[str], types: Collection[str]) -> list[list[Annotation]]:
    from ..annotating.suggest import TYPES, annotate  # late: two people's annotations need no annotator

    return annotate(texts, [kind for kind in TYPES if kind in types])


def _tables(found: Iterable[Measure]) -> list[str]:
    """For each type a table of languages, and one of labels over all languages; then the values, column by column."""
    rows: dict[str, dict[tuple[str, str], dict[str, Measure]]] = {}
    for one in found:
        rows.setdefault(one.type, {}).setdefault((one.language, one.label), {})[one.measure] = one
    printed: list[str] = []
    for kind, by_row in rows.items():
        columns = [name for name in _COLUMNS if any(name in row for row in by_row.values())]
        lines = [[FILES[kind].removesuffix(".jsonl"), "gold", "found", *columns]]
        for (language, label), row in sorted(by_row.items(), key=lambda item: item[0][1] != "all"):
            if language == "all" or label == "all":
                name = language if label == "all" else f"  {label}"
                count = [str(row[of].n) if of in row else "" for of in ("recall", "precision")]
                lines.append([name, *count, *(_number(row.get(column)) for column in columns)])
        printed += [*table(lines), ""]
        whole = by_row.get(("all", "all"), {})
        shares = [name for name in whole if name.startswith("right-") and name not in _COLUMNS and whole[name].n]
        if shares:
            printed += [*table([[name, _number(whole[name]), f"of {whole[name].n}"] for name in shares]), ""]
    return printed[:-1]


def _number(measure: Measure | None) -> str:
    return "" if measure is None else "–" if measure.value is None else f"{measure.value:.3f}"
