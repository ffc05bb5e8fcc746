"""Values as XML 1.0 can hold them: other characters escaped as office files have them (ST_Xstring of ECMA-376)."""

from __future__ import annotations

import re

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HELD = re.compile(f"_(?=x[0-9A-F]{{4}}_)|{ILLEGAL.pattern}")
_ESCAPED = re.compile("_x(?!D[89A-F])([0-9A-F]{4})_")  # half of a character is none


def escaped(value: str) -> str:
    r"""A value with its characters that XML has not as ``_xHHHH_``, and ``_x005F_`` before what would look so.

    >>> escaped("a\x07b _x0007_")
    'a_x0007_b _x005F_x0007_'
    """
    return _HELD.sub(lambda match: f"_x{ord(match[0]):04X}_", value)


def unescaped(value: str) -> str:
    """The value that was escaped.

    >>> unescaped("a_x0007_b _x005F_x0007_")
    'a\\x07b _x0007_'
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
