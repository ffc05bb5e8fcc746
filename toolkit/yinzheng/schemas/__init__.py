"""The JSON Schemas of the records, and how they are made: tests/test_schemas.py writes and compares them."""

from __future__ import annotations

import inspect
import types
from typing import Any, Literal, get_args, get_origin

from ..jsonl import columns, options

_JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


def schema(record: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:yinzheng:schema:{record.__name__}",
        "title": record.__name__,
        "description": inspect.cleandoc(record.__doc__ or ""),
        "type": "object",
        "properties": {name: _schema(hint) for name, hint in columns(record).items()},
        "required": list(columns(record)),
        "additionalProperties": False,
    }


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
