"""JSON Lines, exactly as DESIGN section 3 wants them: one flat object a line, fixed key order, typed columns."""

from __future__ import annotations

import gc
import json
import math
import re
import types
import typing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from .errors import YinzhengError

Record = TypeVar("Record")


@cache
def columns(record: Any) -> dict[str, Any]:
    """The columns of a record and their types, in file order."""
    hints = get_type_hints(record)
    return {field.name: hints[field.name] for field in fields(record)}


def values(record: Any) -> dict[str, Any]:
    """A record by its columns."""
    return {name: getattr(record, name) for name in columns(record.__class__)}


def dumps(record: Any) -> str:
    """One line, without its end. Tuples become lists; a float keeps its decimal point."""
    return json.dumps(values(record), ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def lines(records: Iterable[object]) -> Iterator[str]:
    """A file, line by line."""
    return (f"{dumps(record)}\n" for record in records)


def text(records: Iterable[object]) -> str:
    """A whole file."""
    return "".join(lines(records))


def loads(
    line: str,
    record: type[Record],
    *,
    path: str | Path | None = None,
    number: int | None = None,
    before: dict[str, str] | None = None,
) -> Record:
    """Read one line strictly: all columns, no others, each of its type. Raises YinzhengError that says which.

    ``before``: kept by the caller over a file, so that a word which one line repeats from the last is one object.
    """
    try:
        data = json.loads(line, object_pairs_hook=_object, parse_constant=_no_number)
        if "\\u" in line:  # as UTF-8 a lone half of a pair cannot be written, as an escape it can
            json.dumps(data, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        why = "a byte order mark before it; save the file as UTF-8 without BOM" if line.startswith("\ufeff") else error
        raise YinzhengError(f"not JSON: {why}", path=path, line=number) from error
    problems = list(differences(data, record))
    if problems:
        raise YinzhengError("; ".join(problems), path=path, line=number)
    for name, value in data.items():
        if type(value) is list:
            data[name] = _frozen(value)
        elif before is not None and type(value) is str:
            if value == before.get(name):
                data[name] = before[name]
            else:
                before[name] = value
    return record(**data)


_WHOLE = {number: number for number in range(4096)}  # the numbers of sketches: one object each, in all of them


def _frozen(values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(map(_WHOLE.get, values, values)) if values and type(values[0]) is int else tuple(values)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError(f"column {next(name for name, _ in pairs if [n for n, _ in pairs].count(name) > 1)!r} twice")
    for name, value in pairs:
        if type(value) is float and value in (math.inf, -math.inf):
            raise ValueError(f"column {name!r} holds a number too large")
    return data


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def differences(data: object, record: type) -> Iterator[str]:
    """What keeps `data` from being a `record`, in words."""
    if not isinstance(data, Mapping):
        yield f"expected an object, found {type(data).__name__}"
        return
    expected = columns(record)
    yield from (f"column {name!r} is missing" for name in expected if name not in data)
    yield from (f"unknown column {name!r}" for name in data if name not in expected)
    for name, fits in _checks(record).items():
        if name in data and not fits(data[name]):
            yield f"column {name!r}: {data[name]!r} is not {_say(expected[name])}"


def fits(value: object, record: type, column: str) -> bool:
    """Whether a value, as JSON has it, is one of a record's column."""
    return _checks(record)[column](value)


@cache
def _checks(record: type) -> dict[str, Callable[[object], bool]]:
    return {name: _check(hint) for name, hint in columns(record).items()}


def read(path: Path, record: type[Record]) -> tuple[list[Record], list[YinzhengError]]:
    """Every good line, and a problem for every bad one. A missing file is an empty one.

    Lines end at LF only: U+2028 and form feeds are text.
    """
    good: list[Record] = []
    bad: list[YinzhengError] = []
    before: dict[str, str] = {}
    if not path.exists():
        return good, bad
    with path.open("rb") as file:
        for first, rows, records in runs(file, record):
            good += records or ()
            for number, raw in enumerate(() if records else rows, first):
                try:
                    line = raw.decode("utf-8")
                    if line.strip():
                        good.append(loads(line, record, path=path, number=number, before=before))
                except UnicodeDecodeError as error:
                    problem = f"not UTF-8: {error.reason} at byte {error.start}"
                    bad.append(YinzhengError(problem, path=path, line=number))
                except YinzhengError as error:
                    bad.append(error)
    return good, bad


def runs(file: BinaryIO, record: type[Record]) -> Iterator[tuple[int, list[bytes], list[Record] | None]]:
    """A file in runs of lines: the number of the first, the lines, and their records.

    No records, where not all of the lines are records in the form that `lines` writes, in any order of columns: then
    the caller reads line by line, and can say what is wrong with each. So for the first run too: to import what reads
    many lines at once costs as much time.
    """
    number, quick = 1, None
    while rows := file.readlines(_RUN):
        if number > 1:
            quick = quick or _quick(record)
        yield number, rows, quick(rows) if quick else None
        number += len(rows)


_RUN, _LONG = 1 << 17, 1 << 18  # bytes; a paragraph may be a whole book, and is then read by itself


def _quick(record: Any) -> Callable[[list[bytes]], list[Any] | None]:
    """What reads many lines at once, or says that it cannot."""
    import msgspec

    hints = columns(record)
    decode = msgspec.json.Decoder(list[record]).decode
    floats = "|".join(name for name, hint in hints.items() if float in _plain(hint) | _items(hint))
    # where a float must stand, msgspec takes an integer too
    whole = re.compile(rf'"(?:{floats})":\s*(?:\[(?:[^\]]*[, ])?)?-?\d+\s*[],}}]'.encode())
    # a frozen record is filled through its slots
    slots = {name: (attrgetter(name), getattr(record, name).__set__) for name in hints}
    words = [slots[name] for name, hint in hints.items() if str in _plain(hint)]
    numbers = [slots[name] for name, hint in hints.items() if int in _items(hint)]
    last: list[str | None] = [None] * len(words)

    def read(lines: list[bytes]) -> list[Any] | None:
        if len(lines[-1]) > _LONG or not _tidy(text := b",\n".join(lines), len(lines), len(hints)):
            return None
        if floats and whole.search(text):
            return None
        collecting = gc.isenabled()
        gc.disable()  # in records there are no cycles to find
        try:
            records: list[Any] = decode(b"[" + text + b"]")
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return None
        finally:
            if collecting:
                gc.enable()
        for at, (get, put) in enumerate(words):
            last[at] = _share(records, get, put, last[at])
        for get, put in numbers:
            deque(map(put, records, map(_frozen, map(get, records))), maxlen=0)
        return records

    return read


def _tidy(text: bytes, lines: int, width: int) -> bool:
    """Whether each line is an object with so many keys: none twice, then, and none unknown, if no known one is missing.

    No string goes over the end of a line; a quotation mark in a string has a backslash before it.
    """
    return (
        text[:1] == b"{"
        and text[-2:] == b"}\n"
        and text.count(b"}\n,\n{") == lines - 1
        and text.count(b'":') == lines * width
        and not any(odd in text for odd in (b'" :', b'"  ', b"\t", b"\r", b"\\u"))
    )


def _share(records: list[Any], get: Callable[[Any], Any], put: Callable[[Any, Any], None], last: Any) -> Any:
    """Makes a word one object where the line before has it too. Returns the last."""
    for record, word in zip(records, map(get, records), strict=True):
        if word is not last:
            if word == last:
                put(record, last)
            else:
                last = word
    return last


_COLUMN = re.compile(rb'"(\w+)":')


def ordered(lines: list[bytes], record: type) -> bool:
    """Whether the columns of lines that `runs` read at once stand in their order."""
    return _COLUMN.findall(b"".join(lines)) == [name.encode() for name in columns(record)] * len(lines)


def options(hint: Any) -> tuple[Any, ...]:
    """What a column may be: the members of its union."""
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _words(hint: Any) -> set[str]:
    return {word for option in options(hint) if get_origin(option) is Literal for word in get_args(option)}


def _plain(hint: Any) -> set[Any]:
    return {option for option in options(hint) if get_origin(option) is None}


def _items(hint: Any) -> set[Any]:
    """Of what the tuples of a column are."""
    return {get_args(option)[0] for option in options(hint) if get_origin(option) is tuple}


@cache
def _check(hint: Any) -> Callable[[object], bool]:
    """Whether a value is of a type. The type is taken apart once, and not again for every value of a long file."""
    plain = _plain(hint)
    words = _words(hint)
    items = [(_plain(one), _check(one)) for one in _items(hint)]

    def fits(value: object) -> bool:
        kind = type(value)  # exactly: True is no integer, 3 no float
        if kind is list:
            values = typing.cast(list[object], value)
            kinds = set(map(type, values))  # of a list of numbers, at once
            return any(kinds <= known or all(map(item, values)) for known, item in items)
        return kind in plain or (kind is str and value in words)

    return fits


def _say(hint: Any) -> str:
    return str(typing.cast(object, hint)).replace("typing.", "").replace("<class '", "").replace("'>", "")
