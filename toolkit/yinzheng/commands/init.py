"""yinzheng init: make a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from .. import store
from ..errors import YinzhengError
from ..terminal import say
from ..workspace import bundled

IGNORE = "# A reader's copy of a text in copyright: never in git.\n/corpus/*/local/\n.yinzheng/\n"
TOPS = ("corpus", "annotations")
FILES = ("work.toml", "references.bib", "*.jsonl")


@click.command("init", epilog="Example: yinzheng init my-reading --demo")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--demo", is_flag=True, help="Unpack the bundled work park2023 into it.")
def command(folder: Path, demo: bool) -> None:
    """Make a workspace in DIR, or here.

    That is corpus/, annotations/, and the rule that keeps readers' copies out of git. What is there already stays.
    """
    try:
        for name in TOPS:
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise YinzhengError(f"cannot make a workspace here: {error.strerror}", path=error.filename) from error
    with store.writing(folder, say):
        planned, kept = plan(folder, demo)
        store.apply(folder, planned)
    if kept:
        say(f"kept as they were here: {', '.join(kept)}")
    say(
        f"workspace in {folder.absolute()}; next: " + ("yinzheng find 熊本" if demo else "yinzheng add FILE --work KEY")
    )


def plan(folder: Path, demo: bool) -> tuple[store.Plan, list[str]]:
    """What a new workspace holds, and what of it is there already in another form; that is not written over."""
    # git keeps no empty folder, and a clone without one would be no workspace
    writes: dict[str, str] = {f"{top}/.gitkeep": "" for top in TOPS}
    ignore = folder / ".gitignore"
    try:
        before = ignore.read_bytes().decode("utf-8") if ignore.exists() else ""
    except UnicodeDecodeError as error:
        raise YinzhengError(f"not UTF-8; put these lines into it yourself:\n{IGNORE}", path=ignore) from error
    if not {"/corpus/*/local/", "corpus/*/local/"} & {line.strip() for line in before.split("\n")}:
        newline = "\r\n" if "\r\n" in before else "\n"
        gap = newline if before and not before.endswith("\n") else ""
        writes[".gitignore"] = before + gap + IGNORE.replace("\n", newline)
    kept = []
    for path in _demo() if demo else ():
        name = path.relative_to(bundled()).as_posix()
        there = folder / name
        if not there.exists():
            writes[name] = path.read_bytes().decode("utf-8")
        elif there.read_bytes() != path.read_bytes():
            kept.append(name)
    return store.Plan(writes), kept


def _demo() -> list[Path]:
    """The files of the bundled work; in a checkout, a reader's copy that lies among them is left out."""
    folders = (bundled() / top / "park2023" for top in TOPS)
    return sorted(path for folder in folders for pattern in FILES for path in folder.glob(pattern))
