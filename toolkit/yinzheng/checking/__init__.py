"""Check a workspace: every problem, with file and line, and none kept back behind another.

Each check is a function that yields problems; `CHECKS` is the table. A later kind of record adds a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import YinzhengError
from ..works import Work
from ..works import parse as parse_work
from ..workspace import Workspace, unknown
from .corpus import bibliography, copies, files, histories, links, paragraphs, unsettled
from .marks import marks, names
from .quoted import quoted
from .state import State, unreadable

CHECKS: tuple[Callable[[State], Iterator[YinzhengError]], ...] = (
    files, paragraphs, copies, histories, links, bibliography, names, marks,
)  # fmt: skip


def check(root: Path, only: str | None = None) -> list[YinzhengError]:
    """All problems of a workspace, or of one work. Raises YinzhengError for a work that is not there."""
    folders = {path.name: path for path in sorted((root / "corpus").iterdir()) if path.is_dir()}
    if only is not None and only not in folders:
        raise YinzhengError(unknown("work", only, folders))
    problems: list[YinzhengError] = []
    for name, folder in folders.items():
        if only in (None, name) and not name.startswith("."):
            problems += _work(root, folder)
    if only is None and (root / "annotations").is_dir():
        for path in sorted((root / "annotations").iterdir()):
            if path.is_dir() and path.name not in folders and any(path.glob("*.jsonl")):
                problems.append(YinzhengError(f"annotations of a work that is not in corpus/: {path.name}", path=path))
    return problems


def notices(root: Path, only: str | None = None) -> list[str]:
    """What is no problem here, but may become one where a file is used elsewhere."""
    found = [
        said for path in sorted((root / "corpus").glob(f"{only or '*'}/references.bib")) for said in unsettled(path)
    ]
    works = [path.parent.name for path in sorted((root / "corpus").glob(f"{only or '*'}/work.toml"))]
    here = Workspace(root)
    return [*found, *(said for work in works for said in quoted(here, work))]


def _work(root: Path, folder: Path) -> list[YinzhengError]:
    toml = folder / "work.toml"
    problems: list[YinzhengError] = []
    try:
        work = parse_work(toml.read_bytes().decode("utf-8-sig"), folder.name, toml)
    except (OSError, UnicodeDecodeError) as error:
        problems.append(unreadable(error, toml))
    except YinzhengError as error:
        problems.append(error)
    if not problems:
        state = State(root, folder, work, tuple(work.editions))
        return [*state.problems, *(problem for one in CHECKS for problem in one(state))]
    # Without its work.toml a work makes no sense, but its files can be read all the same.
    editions = [
        path.stem for path in sorted(folder.glob("*.jsonl")) if "." not in path.stem and path.stem != "alignment"
    ]
    return [*problems, *State(root, folder, Work(key=folder.name), editions).problems]
