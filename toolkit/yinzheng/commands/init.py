"""yinzheng init: make a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from .. import store
from ..errors import YinzhengError
from ..terminal import say
from ..workspace import bundled

IGNORE = "# A reader's copy of a text in copyright: never in git.\n/corpus/*/local/\n.yinzheng/\n"
FILES = ("work.toml", "references.bib", "*.jsonl")


@click.command("init", epilog="Example: yinzheng init my-reading --demo")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--demo", is_flag=True, help="Unpack the bundled work park2023 into it.")
def command(folder: Path, demo: bool) -> None:
    """Make a workspace in DIR, or here.

    That is corpus/, annotations/, and the rule that keeps readers' copies out of git. What is there already stays.
    """
    try:
        for name in ("corpus", "annotations"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise YinzhengError(f"cannot make a workspace here: {error.strerror}", path=folder) from error
    with store.writing(folder, say):
        store.apply(folder, plan(folder, demo))
    say(
        f"workspace in {folder.absolute()}; next: " + ("yinzheng find 熊本" if demo else "yinzheng add FILE --work KEY")
    )


def plan(folder: Path, demo: bool) -> store.Plan:
    """What a new workspace holds; nothing that is there already is written over."""
    writes = {}
    ignore = folder / ".gitignore"
    before = ignore.read_text(encoding="utf-8") if ignore.exists() else ""
    if "corpus/*/local" not in before:
        writes[".gitignore"] = before + ("\n" if before and not before.endswith("\n") else "") + IGNORE
    if demo:
        for top in ("corpus", "annotations"):
            source = bundled() / top / "park2023"
            for path in sorted(path for pattern in FILES for path in source.glob(pattern)):
                name = f"{top}/park2023/{path.name}"
                if not (folder / name).exists():
                    writes[name] = path.read_text(encoding="utf-8")
    return store.Plan(writes)
