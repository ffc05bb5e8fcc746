"""references.bib: read, checked, and written without losing anything. The sole importer of bibtexparser.

bibtexparser splits; none of its middlewares is used, because they lose text (research notes on citation, 0.2) and let
a missing comma pass. Values are kept as the file has them, without their outer braces or quotes, strings put in.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import YinzhengError
from .tex import escape as escape
from .tex import plain as plain
from .tex import settle

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Block

_KEY = re.compile(r"[^\s{}(),\"'#%~=\\]+")
_FIELD = re.compile(r"[A-Za-z][\w:.+/-]*")
_COMMENT = re.compile(r"%[^\n]*\n")
_BRACE = re.compile(r"(?<!\\)[{}]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
OTHERS = "others"  # as a name, the last: BibTeX's word for those who are not named
VERBATIM = ("url", "doi", "eprint", "file")
# Keys, options and EDTF dates, in which _ ~ % mean themselves.
_NO_WORDS = {*VERBATIM, "pdf", "ids", "related", "relatedtype", "relatedoptions", "crossref", "xref", "xdata",
             "entryset", "options", "langid", "langidopts", "date", "origdate", "urldate", "eventdate"}  # fmt: skip
_DOI = re.compile(r"\s*(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)(?=10\.)", re.I)


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
    problems: list[YinzhengError] = []

    def problem(message: str, line: int | None) -> None:
        problems.append(YinzhengError(message, path=path, line=None if line is None else line + 1))

    strings: dict[str, str] = dict(zip(_MONTHS, _MONTHS, strict=True))
    for string in library.strings:
        strings[string.key.lower()] = _value(string.value, strings)[0]
    for block in library.entries:
        fields: dict[str, str] = {}
        bad = len(problems)
        if not _KEY.fullmatch(block.key):
            problem(f"{block.key!r} is no citation key", block.start_line)
        for field in block.fields:
            name = _COMMENT.sub("", field.key).strip()
            if name.startswith("%"):
                continue  # a field that is commented out
            value, wrong = _value(field.value, strings)
            fields[name.lower()] = value
            if wrong is None and not _FIELD.fullmatch(name):
                wrong = f"{name!r} is no name of a field"
            if wrong:
                problem(f"entry {block.key!r} cannot be read: {wrong}", field.start_line)
        if bad == len(problems):
            entries[block.key] = Entry(block.entry_type.lower(), block.key, fields)
    for failed in library.failed_blocks:
        reason = str(failed.error) or getattr(failed.error, "abort_reason", "") or "not BibTeX"
        reason = reason.split("\n")[0].split(". Note:")[0]
        name = f"entry {_key(failed)!r}" if _key(failed) else "this entry"
        problem(f"{name} cannot be read: {reason}", failed.start_line)
    return Bibliography(entries, tuple(sorted(problems, key=lambda one: one.line or 0)))


def _library(text: str) -> Library:
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its problems are ours to report
    return parse_string(text.removeprefix("\ufeff"), parse_stack=[])


def _key(block: Block) -> str | None:
    """The key of an entry that could not be read."""
    match = re.match(r"@\w+\s*[{(]\s*([^\s,]+)", block.raw or "")
    return match[1] if match else None


def _value(raw: str, strings: Mapping[str, str]) -> tuple[str, str | None]:
    """A value without its braces or quotes, pieces joined by # put together; and what is wrong with it."""
    pieces: list[str] = []
    rest = raw.replace("\r\n", "\n").strip()
    while True:
        depth, end = 0, 0
        if rest.startswith("{"):
            for brace in _BRACE.finditer(rest):
                depth += 1 if brace.group() == "{" else -1
                if depth == 0:
                    end = brace.end()
                    break
        elif rest.startswith('"'):
            for mark in re.finditer(r'(?<!\\)[{}"]', rest[1:]):
                depth += {"{": 1, "}": -1}.get(mark.group(), 0)
                if depth == 0 and mark.group() == '"':
                    end = mark.end() + 1
                    break
        if end:
            pieces.append(rest[1 : end - 1])
        else:
            word = re.match(r"[^\s{}\"#,=%]+", rest)
            if word is None:
                return raw, f"{rest[:20]!r} is no value"
            end = word.end()
            if not word.group().isdecimal() and word.group().lower() not in strings:
                return word.group(), f"the string {word.group()!r} is not defined; put the words in braces"
            pieces.append(strings.get(word.group().lower(), word.group()))
        rest = rest[end:].strip()
        if not rest:
            return "".join(pieces), None
        if rest.startswith("%"):
            return raw, "a comment stands inside it; put it above the entry"
        if not rest.startswith("#"):
            return raw, f"a comma is missing before {rest.split()[0][:20]!r}"
        rest = rest[1:].strip()


def dump(entry: Entry) -> str:
    """The source of an entry. Raises YinzhengError where it would not read back as the same."""
    lines = [f"@{entry.type}{{{entry.key},", *(f"  {name} = {{{value}}}," for name, value in entry.fields.items()), "}"]
    text = "\n".join(lines) + "\n"
    if not _KEY.fullmatch(entry.key):
        raise YinzhengError(f"citation key {entry.key!r}: no spaces, and none of {{}} ( ) , \" ' # % ~ = \\")
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


def settled(entry: Entry) -> Entry:
    """An entry that LaTeX can set: no bare special in its words (see `tex.settle`), and a DOI that is one."""
    fields = {name: value if name in _NO_WORDS else settle(value) for name, value in entry.fields.items()}
    return replace(entry, fields=fields | ({"doi": doi(fields["doi"])} if "doi" in fields else {}))


def doi(value: str) -> str:
    """A DOI without the resolver's address or the label that people put before it.

    >>> doi("https://doi.org/10.5555/x"), doi("doi:10.5555/x")
    ('10.5555/x', '10.5555/x')
    """
    return _DOI.sub("", value, count=1) if _DOI.match(value) else value


def merge(text: str, entries: Iterable[Entry]) -> str:
    """The file with these entries appended, or put in the place of their keys; every other byte stays as it is.

    Raises YinzhengError where an entry of that key is there but cannot be read.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    library, good = _library(text), parse(text).entries
    behind: set[str] = set()  # the keys that were put behind the end
    for entry in entries:
        if entry.key in behind:
            library, good = _library(text), parse(text).entries
        source = dump(entry).replace("\n", newline)
        old = next((block for block in library.entries if block.key == entry.key), None)
        if entry.key not in good and (old or any(_key(failed) == entry.key for failed in library.failed_blocks)):
            raise YinzhengError(f"the entry {entry.key} is there, but cannot be read; repair it first")
        if old is None:
            gap = "" if not text.strip() else newline if text.endswith("\n") else newline * 2
            text = text + gap + source
            behind.add(entry.key)
        elif good[entry.key] != entry:
            if any("%" in field.key for field in old.fields):
                raise YinzhengError(f"the entry {entry.key} has comments inside, which would be lost; put them above")
            lines = text.split("\n", old.start_line or 0)
            raw = str(old.raw)
            at = text.index(raw, len(text) - len(lines[-1]))
            text = text[:at] + source.rstrip() + text[at + len(raw) :]
            library, good = _library(text), parse(text).entries  # what stands behind it has moved
    return text


def names(value: str) -> tuple[PersonName, ...]:
    """The names of an author or translator field.

    >>> names("Park, Seohee Ashley and {陳蕊} and 王小明")[1:]
    (PersonName(family='', given='', literal='陳蕊'), PersonName(family='', given='', literal='王小明'))
    """
    return tuple(_name(" ".join(re.split(r"[ \t\r\n]+", part.strip()))) for part in _split(value) if part.strip())


def _split(value: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"[{}]|\s(?:and|AND|And)\s", value):
        if match.group() in "{}":
            depth += 1 if match.group() == "{" else -1
        elif depth == 0:
            parts.append(value[start : match.start()])
            start = match.end()
    return [*parts, value[start:]]


def _name(part: str) -> PersonName:
    if part.lower() == OTHERS:
        return PersonName(literal=OTHERS)
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
