"""The files of a work, read once for all checks, and what is wrong with their form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from .. import jsonl
from ..errors import YinzhengError
from ..history import History, wrong
from ..records import Event, Link, LocalParagraph, Name, Paragraph
from ..works import Work
from ..workspace import FILES, TYPES

R = TypeVar("R")
ID = re.compile(r"[a-z][a-z0-9-]*\.[pcefn][0-9a-hjkmnp-tv-z]{8}")


class State:
    """A work, read once for all checks; the lines that could not be read are problems already."""

    def __init__(self, root: Path, folder: Path, work: Work, editions: Sequence[str]) -> None:
        self.folder, self.work = folder, work
        self.problems: list[YinzhengError] = []
        self.index = {key: self._read(folder / f"{key}.jsonl", Paragraph) for key in editions}
        self.local = {key: self._read(folder / "local" / f"{key}.jsonl", LocalParagraph) for key in editions}
        self.events = {key: self._read(folder / f"{key}.history.jsonl", Event) for key in editions}
        self.history = {}
        for key, rows in self.events.items():
            path = folder / f"{key}.history.jsonl"
            broken = {line: problem for line, event in rows if (problem := wrong(event))}
            self.problems += [YinzhengError(problem, path=path, line=line) for line, problem in broken.items()]
            self.history[key] = History(event for line, event in rows if line not in broken)
        self.links = self._read(folder / "alignment.jsonl", Link)
        self.notes = root / "annotations" / work.key
        self.annotations = {
            kind: (self.notes / name, self._read(self.notes / name, TYPES[kind])) for kind, name in FILES.items()
        }
        self.names = self._read(self.notes / "names.jsonl", Name)
        self.paragraphs = {p.id: p for rows in self.index.values() for _, p in rows}

    def _read(self, path: Path, record: type[R]) -> list[tuple[int, R]]:
        rows: list[tuple[int, R]] = []
        said: set[str] = set()
        try:
            with path.open("rb") as file:
                for first, lines, records in jsonl.runs(file, record):
                    if records is not None and jsonl.ordered(lines, record):
                        rows += enumerate(records, first)
                        continue
                    for number, raw in enumerate(lines, first):
                        rows += self._line(path, number, raw, record, said)
        except FileNotFoundError:
            pass  # a missing file is an empty one
        except OSError as error:
            self.problems.append(unreadable(error, path))
        return rows

    def _line(self, path: Path, number: int, raw: bytes, record: type[R], said: set[str]) -> Iterator[tuple[int, R]]:
        try:
            line = raw.decode("utf-8")
            for message in _form(line, number, record):
                if message not in said:  # of a whole file: once
                    self.problems.append(YinzhengError(message, path=path, line=number))
                said.add(message)
            line = line.removeprefix("\ufeff")
            if line.strip():
                yield number, jsonl.loads(line, record, path=path, number=number)
        except UnicodeDecodeError as error:
            message = f"not UTF-8: {error.reason} at byte {error.start}"
            self.problems.append(YinzhengError(message, path=path, line=number))
        except YinzhengError as error:
            self.problems.append(error)


def _form(line: str, number: int, record: type) -> Iterator[str]:
    """How a line is written, where that does not keep it from being understood."""
    if number == 1 and line.startswith("\ufeff"):
        yield "begins with a byte-order mark (BOM), which other programs stumble over; save it without"
    if line.endswith("\r\n"):
        yield "lines end with CR LF, and not with LF; save it so, and let git keep it: *.jsonl text eol=lf"
    elif not line.endswith("\n"):
        yield "the last line has no end; was the file cut off?"
    if not line.strip():
        yield "an empty line"
    try:
        data = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return  # that is said where the line is read
    columns = list(jsonl.columns(record))
    if isinstance(data, dict) and list(data) != columns and data.keys() == set(columns):
        yield f"columns in another order than {', '.join(columns)}"


def unreadable(error: OSError | UnicodeDecodeError, path: Path) -> YinzhengError:
    """The problem of a file that cannot be read at all."""
    if isinstance(error, UnicodeDecodeError):
        return YinzhengError(f"not UTF-8 at byte {error.start}; save it as UTF-8", path=path)
    return YinzhengError(f"cannot be read: {error.strerror}", path=path)
