"""JSON Lines, exactly as DESIGN section 3 wants them: one flat object a line, fixed key order, typed columns."""

from __future__ import annotations

import gc
import json
import math
import types
import typing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from operator import eq
from pathlib import Path
from typing import Any, BinaryIO, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

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
        raise YinzhengError(f"not JSON: {error}", path=path, line=number) from error
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


def _frozen(values: list[Any]) -> tuple[Any, ...]:
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

    No records, where not all of the lines are records exactly as `lines` writes them, columns in their order and LF
    at the end: then the caller reads line by line, and can say what is wrong with each.
    """
    quick: _Quick[Record] = _Quick(record)
    number = 1
    while rows := file.readlines(_RUN):
        yield number, rows, quick.read(rows)
        number += len(rows)


_RUN = 1 << 15  # bytes; a paragraph may be a whole book, and is then read by itself
_SCALARS = {str, int, float, bool, types.NoneType}


class _Quick(Generic[Record]):
    """Reads many lines at once, column by column, or says that it cannot."""

    def __init__(self, record: Any) -> None:
        self._record = record
        # a frozen record is filled through its slots
        self._columns = [
            (name, _plain(hint), _check(hint), getattr(record, name).__set__) for name, hint in columns(record).items()
        ]
        self._decode = json.JSONDecoder(object_pairs_hook=tuple, parse_constant=_no_number).decode
        self._last: list[Any] = [None] * len(self._columns)

    def read(self, lines: list[bytes]) -> list[Record] | None:
        # No string goes over the end of a line, and no value is an object: each line is one, where there are as many.
        whole = b",\n".join(lines) if len(lines[-1]) < 8 * _RUN else b""
        tidy = whole[:1] == b"{" and whole[-2:] == b"}\n" and whole.count(b"}\n,\n{") == len(lines) - 1
        if not tidy or b"\\u" in whole:
            return None
        collecting = gc.isenabled()
        gc.disable()  # so many short-lived pairs set it off, and in records there are no cycles to find
        try:
            rows = self._decode(f"[{whole.decode()}]")
            return self._made(rows) if len(rows) == len(lines) else None
        except (ValueError, TypeError, RecursionError):
            return None
        finally:
            if collecting:
                gc.enable()

    def _made(self, rows: list[tuple[tuple[str, Any], ...]]) -> list[Record]:
        """Raises ValueError where a row is none."""
        records = [object.__new__(self._record) for _ in rows]
        if {*map(len, rows)} != {len(self._columns)}:
            raise ValueError
        for at, pairs in enumerate(zip(*rows, strict=True)):
            name, plain, fits, put = self._columns[at]
            names, cells = zip(*pairs, strict=True)
            kinds = {*map(type, cells)}
            if names.count(name) != len(rows):
                raise ValueError
            if list not in kinds and str in kinds:
                last = self._last[at]
                again = [*map(eq, cells, (last, *cells))]
                if any(again):  # one object for a word that the line before has too
                    cells = tuple([last := last if same else cell for cell, same in zip(cells, again, strict=False)])
                self._last[at] = cells[-1]
            if not kinds <= plain and not all(map(fits, {*cells} if kinds <= _SCALARS else cells)):
                raise ValueError
            if float in kinds and not all(map(math.isfinite, filter(None, cells))):
                raise ValueError
            if list in kinds:
                cells = tuple(map(_frozen, cells))
            deque(map(put, records, cells), maxlen=0)
        return records


def schema(record: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:yinzheng:schema:{record.__name__}",
        "title": record.__name__,
        "description": (record.__doc__ or "").strip(),
        "type": "object",
        "properties": {name: _schema(hint) for name, hint in columns(record).items()},
        "required": list(columns(record)),
        "additionalProperties": False,
    }


_JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


def options(hint: Any) -> tuple[Any, ...]:
    """What a column may be: the members of its union."""
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _words(hint: Any) -> set[str]:
    return {word for option in options(hint) if get_origin(option) is Literal for word in get_args(option)}


def _plain(hint: Any) -> set[Any]:
    return {option for option in options(hint) if get_origin(option) is None}


@cache
def _check(hint: Any) -> Callable[[object], bool]:
    """Whether a value is of a type. The type is taken apart once, and not again for every value of a long file."""
    plain = _plain(hint)
    words = _words(hint)
    inside = [get_args(option)[0] for option in options(hint) if get_origin(option) is tuple]
    items = [(_plain(one), _check(one)) for one in inside]

    def fits(value: object) -> bool:
        kind = type(value)  # exactly: True is no integer, 3 no float
        if kind is list:
            values = typing.cast(list[object], value)
            kinds = set(map(type, values))  # of a list of numbers, at once
            return any(kinds <= known or all(map(item, values)) for known, item in items)
        return kind in plain or (kind is str and value in words)

    return fits


def _schema(hint: Any) -> dict[str, Any]:
    names: list[str] = []
    result: dict[str, Any] = {}
    for option in options(hint):
        if get_origin(option) is Literal:
            names.append("string")
            result["enum"] = list(get_args(option))
        elif get_origin(option) is tuple:
            names.append("array")
            result["items"] = _schema(get_args(option)[0])
        else:
            names.append(_JSON_TYPES[option])
    if "enum" in result and "null" in names:
        result["enum"].append(None)
    return {"type": names[0] if len(names) == 1 else names, **result}


def _say(hint: Any) -> str:
    return str(typing.cast(object, hint)).replace("typing.", "").replace("<class '", "").replace("'>", "")
