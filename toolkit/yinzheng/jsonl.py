"""JSON Lines, exactly as DESIGN section 3 wants them: one flat object a line, fixed key order, typed columns."""

from __future__ import annotations

import json
import math
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

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
            data[name] = tuple(map(_WHOLE.get, value, value)) if value and type(value[0]) is int else tuple(value)
        elif before is not None and type(value) is str:
            if value == before.get(name):
                data[name] = before[name]
            else:
                before[name] = value
    return record(**data)


_WHOLE = {number: number for number in range(4096)}  # the numbers of sketches: one object each, in all of them


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
        for number, raw in enumerate(file, 1):
            try:
                line = raw.decode("utf-8")
                if line.strip():
                    good.append(loads(line, record, path=path, number=number, before=before))
            except UnicodeDecodeError as error:
                bad.append(YinzhengError(f"not UTF-8: {error.reason} at byte {error.start}", path=path, line=number))
            except YinzhengError as error:
                bad.append(error)
    return good, bad


def schema(record: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
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


def _plain(hint: Any) -> set[Any]:
    return {option for option in options(hint) if get_origin(option) is None}


@cache
def _check(hint: Any) -> Callable[[object], bool]:
    """Whether a value is of a type. The type is taken apart once, and not again for every value of a long file."""
    plain = _plain(hint)
    words = {word for option in options(hint) if get_origin(option) is Literal for word in get_args(option)}
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
