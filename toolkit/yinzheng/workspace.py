"""A workspace on disk, read: works, paragraphs, annotations, links, bibliographies. Writing is `store`'s."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from . import jsonl, store
from .bib import Bibliography
from .bib import parse as parse_bib
from .errors import YinzhengError
from .history import History, wrong
from .paragraphs import with_copy
from .records import Annotation, Claim, Entity, Event, Figure, Link, LocalParagraph, Name, Paragraph, Status
from .works import Edition, Work
from .works import parse as parse_work

if TYPE_CHECKING:
    from .citing.excerpt import Excerpt
    from .tables import PandasFrame, PolarsFrame, Table

R = TypeVar("R")

TYPES: Mapping[str, type[Annotation]] = {"claim": Claim, "entity": Entity, "figure": Figure}
RECORDS: Mapping[str, type] = {**TYPES, "paragraph": Paragraph, "name": Name, "link": Link}
What = Literal["claim", "entity", "figure", "paragraph", "name", "link"]
FILES = {"claim": "claims.jsonl", "entity": "entities.jsonl", "figure": "figures.jsonl"}


def bundled() -> Path:
    """The folder of the work that comes with the package; in a checkout, the checkout itself."""
    inside = Path(__file__).parent / "bundled"
    return inside if inside.is_dir() else Path(__file__).parents[2]


def find_root(start: Path) -> Path | None:
    """The workspace that a folder lies in: the nearest one above with ``corpus/`` and ``annotations/``."""
    for folder in (start, *start.parents):
        if (folder / "corpus").is_dir() and (folder / "annotations").is_dir():
            return folder
    return None


class Workspace:
    """A folder with ``corpus/`` and ``annotations/``. Reads when asked, and reads each thing once.

    >>> Workspace(bundled()).works["park2023"].editions["digest-en"].lang
    'en'
    """

    def __init__(self, path: str | Path, read_only: bool = False) -> None:
        self.path = Path(path)
        self.read_only = read_only
        if not (self.path / "corpus").is_dir():
            raise YinzhengError("no workspace here (no corpus/); make one with: yinzheng init", path=path)
        if not read_only:
            store.settle(self.path)

    @classmethod
    def open(cls, path: str | Path | None = None, start: Path | None = None) -> Workspace:
        """The workspace named, else the one around `start` (default: the current folder), else the bundled one."""
        if path is not None:
            return cls(path)
        root = find_root((start or Path.cwd()).absolute())
        return cls(root) if root else cls(bundled(), read_only=True)

    @cached_property
    def works(self) -> dict[str, Work]:
        """Every work, by key, in the order of keys. Raises YinzhengError where a work.toml is broken."""
        folders = sorted(path.parent for path in (self.path / "corpus").glob("*/work.toml"))
        return {
            folder.name: parse_work(_text(folder / "work.toml"), folder.name, folder / "work.toml")
            for folder in folders
        }

    def work(self, key: str) -> Work:
        """One work; an unknown key is an error that names the near ones."""
        if key not in self.works:
            raise YinzhengError(unknown("work", key, self.works))
        return self.works[key]

    def edition(self, work: str, edition: str | None = None) -> Edition:
        """One edition, the work's first by default."""
        editions = self.work(work).editions
        if edition is None:
            return next(iter(editions.values()))
        if edition not in editions:
            raise YinzhengError(unknown(f"edition of {work}", edition, editions))
        return editions[edition]

    def paragraphs(self, work: str, edition: str | None = None) -> list[Paragraph]:
        """The paragraphs of an edition, in reading order. Where its text is local and a copy is here, ``text`` and
        ``emphasis`` are the copy's (``text_hash`` says whether it is the very text of the index). A copy whose letters
        are not the index's, since the edition was revised, is no text of it."""
        key = self.edition(work, edition).key
        copies = {paragraph.id: paragraph for paragraph in self.local(work, key)}
        return [with_copy(paragraph, copies.get(paragraph.id)) for paragraph in self.index(work, key)]

    def index(self, work: str, edition: str) -> list[Paragraph]:
        """What <edition>.jsonl holds, as it is. Raises at the first broken line."""
        return _strict(self.path / "corpus" / work / f"{edition}.jsonl", Paragraph)

    def local(self, work: str, edition: str) -> list[LocalParagraph]:
        """The reader's copy, where there is one."""
        return _strict(self.path / "corpus" / work / "local" / f"{edition}.jsonl", LocalParagraph)

    def former(self, work: str, edition: str) -> list[LocalParagraph]:
        """The reader's copy of paragraphs as they were before a revision."""
        return _strict(self.path / "corpus" / work / "local" / f"{edition}.former.jsonl", LocalParagraph)

    def history(self, work: str, edition: str) -> History:
        """What happened to the ids of an edition."""
        path = self.path / "corpus" / work / f"{edition}.history.jsonl"
        events = _strict(path, Event)
        for event in events:
            if problem := wrong(event):
                raise YinzhengError(f"{problem}; `yinzheng check` lists all problems", path=path)
        return History(events)

    def links(self, work: str) -> list[Link]:
        """alignment.jsonl."""
        return _strict(self.path / "corpus" / work / "alignment.jsonl", Link)

    def bibliography(self, work: str) -> Bibliography:
        """references.bib, with what in it could not be read."""
        path = self.path / "corpus" / work / "references.bib"
        return parse_bib(_text(path) if path.exists() else "", path)

    def annotations(
        self,
        work: str,
        type: Literal["claim", "entity", "figure"],
        edition: str | None = None,
        status: Status | None = "accepted",
    ) -> list[Annotation]:
        """Annotations of one type; of one edition, and of one status, unless that is None (all). What there is not, of
        any of the three, is an error that names what there is."""
        if type not in TYPES:
            raise YinzhengError(unknown("table", type, TYPES))
        if status not in (None, *get_args(Status)):
            raise YinzhengError(f"no status {status!r}; there is: {', '.join(get_args(Status))}, or None for all")
        self.edition(work, edition) if edition else self.work(work)
        records = _strict(self.path / "annotations" / work / FILES[type], TYPES[type])
        return [
            record
            for record in records
            if edition in (None, record.edition) and (status is None or record.status == status)
        ]

    def names(self, work: str) -> list[Name]:
        """names.jsonl."""
        return _strict(self.path / "annotations" / work / "names.jsonl", Name)

    def to_arrow(self, work: str, what: What, edition: str | None = None, status: Status | None = "accepted") -> Table:
        """The records of a work as a table with their columns. ``edition`` and ``status`` choose among annotations,
        ``edition`` among paragraphs and links; names are of the work. Needs the extra ``arrow``."""
        from .tables import arrow

        if what not in RECORDS:
            raise YinzhengError(unknown("table", what, RECORDS))
        if what not in TYPES and status not in (None, "accepted"):
            raise YinzhengError(f"status {status!r} chooses among annotations, and a {what} is none")
        records: Sequence[object]
        if what == "paragraph":
            editions = [edition] if edition else list(self.work(work).editions)
            records = [one for key in editions for one in self.paragraphs(work, key)]
        elif what == "name":
            if edition:
                raise YinzhengError(f"names are of a work, and not of an edition ({edition!r})")
            records = self.names(work)
        elif what == "link":
            there = {one.id for one in self.index(work, self.edition(work, edition).key)} if edition else set()
            records = [one for one in self.links(work) if not edition or {one.source, one.target} & there]
        else:
            records = self.annotations(work, what, edition, status)
        return arrow(records, RECORDS[what])

    def to_pandas(self, work: str, what: What, **choices: Any) -> PandasFrame:
        """`to_arrow` as a pandas frame. Needs the extra ``pandas``.

        >>> from yinzheng import Workspace
        >>> figures = Workspace.open().to_pandas("park2023", "figure", edition="digest-en")  # doctest: +SKIP
        """
        from .tables import pandas_frame

        return pandas_frame(self.to_arrow(work, what, **choices))

    def to_polars(self, work: str, what: What, **choices: Any) -> PolarsFrame:
        """`to_arrow` as a polars frame. Needs the extra ``polars``."""
        from .tables import polars_frame

        return polars_frame(self.to_arrow(work, what, **choices))

    def excerpts(self, what: str, **choices: Any) -> list[Excerpt]:
        """The excerpts for WHAT (a paragraph, an annotation); the choices are those of `yinzheng.excerpts.excerpts`."""
        from .excerpts import excerpts

        return excerpts(self, what, **choices)

    def aligned(self, work: str, paragraph: str) -> Iterator[tuple[str, Link]]:
        """The paragraphs linked to one, nearest first, each with the link that leads there; links count both ways."""
        links = [link for link in self.links(work) if link.status != "suggested"]
        seen, row = {paragraph}, [paragraph]
        while row:
            following = []
            for here in row:
                for link in links:
                    there = link.target if link.source == here else link.source if link.target == here else None
                    if there is not None and there not in seen:
                        seen.add(there)
                        following.append(there)
                        yield there, link
            row = following


def unknown(what: str, key: str, known: Mapping[str, object] | list[str]) -> str:
    """``no work 'pork2023'; near it: park2023``."""
    from difflib import get_close_matches

    near = get_close_matches(key, list(known), n=3, cutoff=0.5) or list(known)[:5]
    return f"no {what} {key!r}" + (f"; there is: {', '.join(near)}" if near else "; there is none yet")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise YinzhengError(f"not UTF-8 at byte {error.start}; save it as UTF-8", path=path) from error
    except OSError as error:
        raise YinzhengError(f"cannot be read: {error.strerror}", path=path) from error


def _strict(path: Path, record: type[R]) -> list[R]:
    good, bad = jsonl.read(path, record)
    if bad:
        more = f" (and {len(bad) - 1} more; `yinzheng check` lists them all)" if len(bad) > 1 else ""
        raise YinzhengError(bad[0].message + more, path=bad[0].path, line=bad[0].line)
    return good
