"""references.bib: read, checked, and written without losing anything. The sole importer of bibtexparser.

bibtexparser splits; its LaTeX middlewares are never used, because they lose text (research notes on citation, 0.2).
Values are kept as the file has them, without their outer braces or quotes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import YinzhengError

if TYPE_CHECKING:
    from bibtexparser.library import Library

_KEY = re.compile(r"[A-Za-z0-9:_.+/-]+")
_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_PLAIN = re.compile(r"\\textbackslash\{\}|\\textasciicircum\{\}|\\textasciitilde\{\}|\\([{}$&#%_])|[{}]|~")
VERBATIM = ("url", "doi", "eprint", "file")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``fields`` keep their order; their values are BibTeX source (see `plain`)."""

    type: str
    key: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The entries of a file, by key, and what in it could not be read."""

    entries: dict[str, Entry]
    problems: tuple[YinzhengError, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name: family and given, or one literal that is never split or initialised (陳蕊, a corporate author)."""

    family: str = ""
    given: str = ""
    literal: str = ""


def parse(text: str, path: Path | None = None) -> Bibliography:
    """Read a .bib text; what fails to parse is a problem with its line, and the rest is read all the same."""
    library = _library(text)
    entries: dict[str, Entry] = {}
    for block in library.entries:
        entries[block.key] = Entry(block.entry_type.lower(), block.key, {f.key.lower(): f.value for f in block.fields})
    problems = []
    for failed in library.failed_blocks:
        reason = str(getattr(failed, "error", "") or "") or getattr(failed.error, "abort_reason", "") or "not BibTeX"
        line = None if failed.start_line is None else failed.start_line + 1
        problems.append(YinzhengError(f"this entry cannot be read: {reason.split(chr(10))[0]}", path=path, line=line))
    return Bibliography(entries, tuple(problems))


def _library(text: str) -> Library:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its problems are ours to report
    stack = [ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware()]
    return parse_string(text.removeprefix("\ufeff"), parse_stack=stack)


def dump(entry: Entry) -> str:
    """The source of an entry. Raises YinzhengError where it would not read back as the same."""
    lines = [f"@{entry.type}{{{entry.key},", *(f"  {name} = {{{value}}}," for name, value in entry.fields.items()), "}"]
    text = "\n".join(lines) + "\n"
    if not _KEY.fullmatch(entry.key):
        raise YinzhengError(f"citation key {entry.key!r}: letters, digits and : _ . + / - only")
    for name, value in entry.fields.items():
        if not _balanced(value) or any(c < " " and c not in "\n\t" for c in value):
            raise YinzhengError(f"{entry.key}: the braces of {name} are not balanced, or it holds control characters")
    if parse(text).entries.get(entry.key) != entry:
        raise YinzhengError(f"{entry.key}: this entry would not read back as it is")
    return text


def _balanced(value: str) -> bool:
    depth = 0
    for character in re.sub(r"\\[{}]", "", value):
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0 and value.count("{") == value.count("}")


def merge(text: str, entries: Iterable[Entry]) -> str:
    """The file with these entries appended, or put in the place of their keys; every other byte stays as it is."""
    newline = "\r\n" if "\r\n" in text else "\n"
    for entry in entries:
        source = dump(entry)
        old = next((block for block in _library(text).entries if block.key == entry.key), None)
        if old is None:
            gap = "" if not text.strip() else newline if text.endswith("\n") else newline * 2
            text = text + gap + source.replace("\n", newline)
        elif parse(text).entries[entry.key] != entry:
            raw = str(old.raw)
            at = text.find(raw)
            if at < 0:
                raw, at = raw.replace("\n", newline), text.find(raw.replace("\n", newline))
            if at < 0:
                raise YinzhengError(f"the entry {entry.key} cannot be replaced in place; edit it by hand")
            text = text[:at] + source.replace("\n", newline).rstrip() + text[at + len(raw.rstrip()) :]
    return text


def escape(text: str) -> str:
    """Plain text as a BibTeX value: the ten specials, once; Han, quotation marks and dashes untouched.

    >>> escape("100 % of R&D")
    '100 \\\\% of R\\\\&D'
    """
    return "".join(_SPECIALS.get(character, character) for character in text)


def plain(value: str) -> str:
    """A BibTeX value as plain text: the inverse of `escape`, without protective braces.

    >>> plain("{DNA} of R\\\\&D, 50\\\\%")
    'DNA of R&D, 50%'
    """

    def back(match: re.Match[str]) -> str:
        words = match.group()
        if match[1]:
            return match[1]
        return {r"\textbackslash{}": "\\", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~", "~": "\u00a0"}.get(
            words, ""
        )

    return _PLAIN.sub(back, value)


def names(value: str) -> tuple[PersonName, ...]:
    """The names of an author or translator field.

    >>> names("Park, Seohee Ashley and {陳蕊} and 王小明")[1:]
    (PersonName(family='', given='', literal='陳蕊'), PersonName(family='', given='', literal='王小明'))
    """
    return tuple(_name(part.strip()) for part in _split(value) if part.strip())


def _split(value: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"[{}]|\sand\s", value):
        if match.group() in "{}":
            depth += 1 if match.group() == "{" else -1
        elif depth == 0:
            parts.append(value[start : match.start()])
            start = match.end()
    return [*parts, value[start:]]


def _name(part: str) -> PersonName:
    if part.startswith("{") and part.endswith("}") and _balanced(part[1:-1]):
        return PersonName(literal=plain(part))
    if "," in part:
        family, _, given = part.partition(",")
        return PersonName(plain(family.strip()), plain(given.strip()))
    if " " not in part or any("\u3400" <= c <= "\u9fff" for c in part):
        return PersonName(literal=plain(part))
    given, _, family = part.rpartition(" ")
    return PersonName(plain(family), plain(given))


def closure(bibliography: Bibliography, keys: Sequence[str]) -> list[Entry]:
    """The entries of these keys and those that they are related to: what is rendered before what renders it."""
    result: dict[str, Entry] = {}

    def take(key: str, path: tuple[str, ...]) -> None:
        entry = bibliography.entries.get(key)
        if entry is None or key in result or key in path:
            return
        for name in ("related", "crossref"):
            for other in entry.fields.get(name, "").split(","):
                take(other.strip(), (*path, key))
        result[key] = entry

    for key in keys:
        take(key, ())
    return list(result.values())
