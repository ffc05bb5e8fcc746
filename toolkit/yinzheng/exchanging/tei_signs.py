"""Signs of a TEI for characters that Unicode had not (``g``), and for those that are missing (``gap``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from unicodedata import category

NS = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
Characters = Mapping[str, tuple[str, bool]]  # by id: in Unicode, and whether it is the very character
_CHARACTERS = re.compile(r"(?:char(?:acter)?|letter|graph(?:eme)?|glyph|sign)s?|字[元符]?|", re.I)
_EXTENT = re.compile(r"\s*(\d+)\s*([^\W\d_]*)\s*")
_MANY = 200


def gap(element: Any) -> str:
    """□ for each character that is missing, where it is told how many; else …."""
    number, unit = element.get("quantity"), element.get("unit") or ""
    if number is None and (match := _EXTENT.fullmatch(element.get("extent") or "")):
        number, unit = match[1], match[2] or unit
    told = _EXTENT.fullmatch(number or "")
    if told and not told[2] and _CHARACTERS.fullmatch(unit) and 0 < int(told[1][:9]) <= _MANY:
        return "□" * int(told[1])
    return "…"


def character(element: Any, known: Characters, lost: Counter[str]) -> str:
    """A character that the encoding has no letter for, as the file maps it; else the geta mark 〓, as print has it."""
    found = known.get((element.get("ref") or "").rpartition("#")[2])
    if found is None:
        lost["a character (g) that the file maps to none of Unicode stands as 〓"] += 1
        return "〓"
    lost["a character (g) stands in a normal form, as the file maps it"] += not found[1]
    return found[0]


# How the characters of a charDecl are mapped: by the TEI's guidelines and by CBETA. What leads stands first.
_EXACT = ("unicode", "")
_NORMAL = (
    "normal_unicode", "standard", "standardized", "normalized", "normalized form",
    "romanized form in unicode transcription",
)  # fmt: skip
_POINTS = re.compile(r"(?:U\+[0-9A-Fa-f]{4,6}[\s,]*)+")


def characters(root: Any) -> Characters:
    """What the characters that a TEI declares are in Unicode, by id; and whether it is the very character."""
    result: dict[str, tuple[str, bool]] = {}
    for one in root.iter(f"{{{NS}}}char", f"{{{NS}}}glyph"):
        ways: dict[str, str] = {}
        for part in one.iterchildren(f"{{{NS}}}*"):
            tag = part.tag.rpartition("}")[2]
            name, value = part.get("type", ""), part.text
            if tag != "mapping":  # a property, in one of the two ways in which the TEI has had them
                name = part.get("name") or part.findtext(f"{{{NS}}}localName") or "no name"
                value = part.get("value") or part.findtext(f"{{{NS}}}value")
            if letter := _letter((value or "").strip()):
                ways.setdefault(name.strip().lower(), letter)
        found = next((way for way in (*_EXACT, *_NORMAL) if way in ways), None)
        if found is not None:
            result[one.get(f"{XML}id", "")] = ways[found], found in _EXACT
    return result


def _letter(value: str) -> str:
    """The characters of ``U+5384`` or ``厄``; of what is of private use, none."""
    if _POINTS.fullmatch(value):
        points = [int(one, 16) for one in re.findall(r"[0-9A-Fa-f]{4,6}", value)]
        value = "".join(map(chr, points)) if max(points) <= 0x10FFFF else ""
    return "" if any(category(one) in ("Co", "Cs", "Cc") for one in value) else value
