"""brat standoff: for each edition a text, a paragraph a line, and its annotations; with the configuration for them.

Offsets are code points of the .txt, as brat's server counts. Labels are types; ``Status``, ``Central`` and ``Approx``
are attributes; evidence and what a figure equals are relations; a person's note is the ``AnnotatorNotes`` that brat
edits; and a comment of type ``Yinzheng``, which brat keeps as it is, holds the other columns as JSON.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import YinzhengError
from ..letters import Letters, letters
from ..records import LABELS, Annotation
from . import columns
from .held import Document, Exported, Held, Span
from .packing import decoded, loads, unpack

_FLAGS = {"Central": "central", "Approx": "approx"}
_RELATIONS = {"evidence": "Evidence", "equals": "Equals"}


def write(held: Sequence[Held]) -> Exported:
    """``annotation.conf``, and ``EDITION.txt`` with ``EDITION.ann`` for each edition."""
    files, lost = {"annotation.conf": _configuration().encode()}, Counter[str]()
    for one in held:
        text, starts = columns.lines(one)
        notes = [note for _, group in one.grouped(lost) for note in group]
        files[f"{one.edition.key}.txt"] = text.encode()
        files[f"{one.edition.key}.ann"] = b"".join(f"{line}\n".encode() for line in _lines(notes, text, starts))
    columns.unnamed(held, lost)
    return Exported(files, lost)


def _lines(notes: Sequence[Annotation], text: str, starts: Mapping[str, int]) -> Iterator[str]:
    keys = {note.id: f"T{number}" for number, note in enumerate(notes, 1)}
    attributes = comments = relations = 0
    for note in notes:
        key, start = keys[note.id], starts[note.paragraph] + note.start
        end = starts[note.paragraph] + note.end
        words = text[start:end].replace("\t", " ")  # which parts the fields of a line
        yield f"{key}\t{note.label} {start} {end}\t{words}"
        status = [] if note.status == "accepted" else [f"Status {key} {note.status}"]
        flags = [f"{flag} {key}" for flag, column in _FLAGS.items() if getattr(note, column, False)]
        for attribute in status + flags:
            attributes += 1
            yield f"A{attributes}\t{attribute}"
        linked = columns.links(note, keys)
        for label, other in linked:
            relations += 1
            yield f"R{relations}\t{_RELATIONS[label]} Arg1:{key} Arg2:{keys[other]}\t"
        plain = note.note is not None and note.note.strip() == columns.line(note.note) != ""
        without = {"status", *_FLAGS.values(), *(label for label, _ in linked), *(["note"] if plain else [])}
        comments += 1
        yield f"#{comments}\tYinzheng {key}\t{columns.dumps(columns.told(note, without=without))}"
        if plain:
            comments += 1
            yield f"#{comments}\tAnnotatorNotes {key}\t{note.note}"


def _configuration() -> str:
    """Types under the names of ours, and spans that overlap allowed."""
    entities = "".join(
        f"!{one.capitalize()}\n" + "".join(f"\t{label}\n" for label in known) for one, known in LABELS.items()
    )
    every, claims, figures = "<ENTITY>", "|".join(LABELS["claim"]), "|".join(LABELS["figure"])
    return (
        f"[entities]\n{entities}\n[relations]\n"
        f"Evidence\tArg1:{claims}, Arg2:{every}\nEquals\tArg1:{figures}, Arg2:{figures}\n"
        f"<OVERLAP>\tArg1:{every}, Arg2:{every}, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n"
        f"Status\tArg:{every}, Value:suggested|rejected\nCentral\tArg:{claims}\nApprox\tArg:{figures}\n"
    )


@dataclass
class _Read:
    """An .ann as it stands: spans by key, and what is said of them."""

    spans: dict[str, tuple[str, int, int, int]] = field(default_factory=dict)
    attributes: list[tuple[str, str, str | None]] = field(default_factory=list)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)


def read(files: Mapping[str, bytes]) -> list[Document]:
    """A document for each .txt, with the .ann (.a1, .a2) beside it."""
    beside: defaultdict[str, list[str]] = defaultdict(list)
    files = unpack(files, ".txt", ".ann", ".a1", ".a2")
    for name in files:
        if (match := re.fullmatch(r"(.+)\.(ann|a1|a2)", name)) is not None:
            beside[match[1]].append(name)
    texts = {name.removesuffix(".txt") for name in files if name.endswith(".txt")}
    if not texts and not beside:
        raise YinzhengError("no .txt with .ann here", path=next(iter(files), None))
    if lone := sorted(beside.keys() - texts):
        raise YinzhengError(f"no {lone[0]}.txt beside it; import the folder with both", path=beside[lone[0]][0])
    documents = []
    for stem in sorted(texts & beside.keys()):
        text, found = decoded(files[f"{stem}.txt"], f"{stem}.txt", "utf-8"), _Read()
        for name in sorted(beside[stem]):
            for number, line in enumerate(decoded(files[name], name).split("\n"), 1):
                if line.strip():
                    _line(found, line.rstrip("\r"), text, name, number)
        documents.append(_document(found, stem, text, beside[stem][0]))
    return documents


def _line(found: _Read, line: str, text: str, path: str, number: int) -> None:
    key, _, rest = line.partition("\t")
    said, _, tail = rest.partition("\t")
    first, *words = said.split(" ", 1) if key[:1] == "T" else said.split()
    sort = key[:1]
    try:
        if sort == "T":
            _span(found, key, first, words[0], tail, text, number)
        elif sort in ("A", "M"):
            found.attributes.append((words[0], first, words[1] if len(words) > 1 else None))
        elif sort == "R":
            source, target = (word.partition(":")[2] for word in words[:2])
            found.relations.append((source, first, target))
        elif sort == "#" and first == "Yinzheng" and columns.ours(record := loads(tail)):
            found.records[words[0]] = record
        elif sort == "#" and first == "AnnotatorNotes":
            found.notes.append((words[0], tail))
        elif sort == "#":
            found.attributes.append((words[0], first, tail.strip()))
        elif sort == "N":
            found.attributes.append((words[0], first, " ".join([*words[1:], tail]).strip()))
        else:
            found.lost[_OTHERS.get(sort, "a line that brat does not define was left out")] += 1
    except (IndexError, ValueError) as error:
        raise YinzhengError(f"no line of brat standoff: {line[:80]!r}", path=path, line=number) from error


_OTHERS = {
    "E": "an event was left out; its trigger is an annotation",
    "*": "a set of equivalent annotations was left out",
}


def _span(found: _Read, key: str, label: str, offsets: str, words: str, text: str, number: int) -> None:
    pieces = [tuple(map(int, piece.split())) for piece in offsets.split(";")]
    if any(len(piece) != 2 or not 0 <= piece[0] <= piece[1] <= len(text) for piece in pieces):
        found.lost["an annotation outside of its text was left out"] += 1
        return
    if all(start == end for start, end in pieces):
        found.lost["an annotation on nothing was left out"] += 1
        return
    covered = [text[start:end] for start, end in pieces]
    if words and columns.line(words).split() != columns.line(" ".join(covered)).split() and words != "".join(covered):
        found.lost["an annotation whose words are not at its offsets was left out"] += 1
        return
    if len(pieces) > 1:
        found.lost["an annotation in several pieces was taken as one, from its first character to its last"] += 1
    if key in found.spans:
        found.lost["two spans have one key; what is said of it is taken as the first's"] += 1
        key = f"{key} {len(found.spans)}"
    found.spans[key] = label, min(start for start, _ in pieces), max(end for _, end in pieces), number


class _Beside:
    """Where a letter is beside marks that someone annotated: an annotation of ours is on a letter at least."""

    def __init__(self, text: str) -> None:
        self.lines, self.text = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1], text
        self.forms: dict[int, Letters] = {}

    def _form(self, at: int) -> tuple[int, Letters]:
        number = bisect(self.lines, at)
        start, end = self.lines[number - 1 : number + 1]
        if start not in self.forms:
            self.forms[start] = letters(self.text[start : end - 1])
        return start, self.forms[start]

    def alone(self, start: int, end: int) -> bool:
        """Whether there are only marks and space."""
        if any(map(str.isalnum, self.text[start:end])):
            return False
        line, form = self._form(start)
        first, last = form.within(start - line, end - line)
        return first >= last

    def letter(self, at: int) -> int | None:
        """The last letter before a place, or the first behind it, of its line."""
        line, form = self._form(at)
        first, _ = form.within(at - line, at - line)
        return line + form.index[max(first - 1, 0)] if len(form) else None


def _document(found: _Read, stem: str, text: str, path: str) -> Document:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    paragraphs: list[str | None] = [None] * len(starts)
    said: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    notes: defaultdict[str, list[str]] = defaultdict(list)
    lost = found.lost
    for key, note in found.notes:
        notes[key].append(note)
    for key, name, value in found.attributes:
        if name == "Status" and value in ("suggested", "accepted", "rejected"):
            said[key]["status"] = value
        elif name in _FLAGS:
            said[key][_FLAGS[name]] = True
        else:  # of another's scheme: for a person to read
            notes[key].append(name if value is None else f"{name}: {value}")
    spans: dict[str, Span] = {}
    beside = _Beside(text)
    for key, (label, start, end, number) in sorted(found.spans.items(), key=lambda one: beside.alone(*one[1][1:3])):
        record = found.records.get(key)
        more = dict(said[key])
        if notes[key]:
            more["note"] = "; ".join(notes[key])
        if record is not None:
            more = {"status": "accepted", **record, **more}
            paragraphs[bisect(starts, start) - 1] = record["paragraph"]
        elif beside.alone(start, end) and (letter := beside.letter(start)) is not None:
            lost["what was annotated on marks alone is a suggestion on the letter beside, whose note says it"] += 1
            where = f"on “{columns.line(text[start:end])}” at {start}:{end}"
            more |= {"status": "suggested", "note": "; ".join([where, *notes[key]])}
            start, end = letter, letter + 1
        spans[key] = columns.span((start, end), label, record, more, path, number)
    if strays := sum(key not in spans for group in (notes, found.records, said) for key in group):
        lost["a note or attribute of something else than a span was left out"] += strays
    return Document(
        name=stem, text=text, spans=columns.linked(spans, found.relations, lost), paragraphs=tuple(paragraphs),
        lost=lost,
    )  # fmt: skip
