"""CSV for spreadsheets: one row an annotation, with what a person reads beside what a program needs.

UTF-8 with a byte order mark, so that Excel reads Chinese. A cell that a spreadsheet would take for a formula begins
with an apostrophe (OWASP, CSV Injection), which reading takes away again. Lists are joined with ``;``.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any, get_args, get_origin

from .. import jsonl
from ..errors import YinzhengError
from ..records import Annotation, Paragraph
from ..workspace import TYPES
from .columns import unnamed
from .held import Document, Exported, Held, Span, Type

_BESIDE = ("number", "section_title", "name_zh", "name_en")
_WHOLE, _AROUND, _CUT = 2000, 100, "[…]"  # characters; of a long paragraph not all with each annotation
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def columns() -> list[str]:
    """The columns that all types share, those beside, then those of each type."""
    records: list[Any] = [Annotation, *TYPES.values()]
    shared, *rest = ([*jsonl.columns(record)] for record in records)
    own = dict.fromkeys(name for names in rest for name in names if name not in shared)
    return [*shared, *_BESIDE, *own, "context"]


def write(held: Sequence[Held]) -> Exported:
    """One file, all types; ``context`` is the text of the paragraph, where it goes out, or what of a long one stands
    around the words."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, columns(), restval="", lineterminator="\r\n")
    table.writeheader()
    for one in held:
        paragraphs = {paragraph.id: paragraph for paragraph in one.paragraphs}
        for note in one.notes:
            values = jsonl.values(note) | _beside(note, paragraphs.get(note.paragraph), one)
            table.writerow({name: cell(value) for name, value in values.items()})
    lost: Counter[str] = Counter()
    unnamed(held, lost)
    return Exported({f"{held[0].work.key}.csv": b"\xef\xbb\xbf" + out.getvalue().encode()}, lost)


def cell(value: object) -> str:
    """A value as a spreadsheet shows it, and never as a formula; numbers stay numbers.

    >>> cell('=HYPERLINK("x")'), cell(-2.5), cell(("a", "b")), cell(None)
    ('\\'=HYPERLINK("x")', '-2.5', 'a;b', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    text = ";".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _beside(note: Annotation, paragraph: Paragraph | None, held: Held) -> dict[str, object]:
    section = held.headings.get(note.paragraph)
    name = held.names.get(next((id for key in ("name", "speaker") if (id := getattr(note, key, None))), ""))
    return {
        "number": paragraph.number if paragraph else None,
        "section_title": section.text if section else None,
        "name_zh": (name.zh_hant or name.zh_hans) if name else None,
        "name_en": name.en if name else None,
        "context": _context(paragraph.text, note) if paragraph and paragraph.text is not None else None,
    }


def _context(text: str, note: Annotation) -> str:
    if len(text) <= _WHOLE:
        return text
    before, behind = max(0, note.start - _AROUND), note.end + _AROUND
    return f"{_CUT * (before > 0)}{text[before:behind]}{_CUT * (behind < len(text))}"


def _cut(context: str, start: int, end: int) -> str | None:
    """The words of an annotation in its context, where `_context` cut that; None where it is a whole text."""
    left = _CUT * (start > _AROUND)
    first = len(left) + min(start, _AROUND)
    behind = len(context) - first - (end - start)
    to_the_end = left and 0 <= behind <= _AROUND and end + behind > _WHOLE
    cut = behind == _AROUND + len(_CUT) and context.endswith(_CUT)
    return context[first : first + end - start] if context.startswith(left) and (cut or to_the_end) else None


def read(files: Mapping[str, bytes]) -> list[Document]:
    """The rows, by paragraph; an empty cell is null. Also as Excel saves a table again: with semicolons, or in
    UTF-16 with tabs."""
    documents = []
    ours = {*columns()}
    csv.field_size_limit(2**31 - 1)  # a paragraph may be a book
    for name, data in files.items():
        spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
        lost = Counter[str]()
        text = data.decode("utf-16" if data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8-sig")
        head, rest = text.partition("\n")[::2]
        if head.strip() in ("sep=;", "sep=,"):  # as Excel writes it
            head, text = rest.partition("\n")[0], rest
        comma = max(",;\t", key=head.count)
        table = csv.DictReader(io.StringIO(text, newline=""), restkey="", delimiter=comma)
        if lacking := {"paragraph", "type", "label", "start", "end"} - set(table.fieldnames or ()):
            raise YinzhengError(f"no column {', '.join(sorted(lacking))}", path=name, line=1)
        try:
            for row in table:
                if not any(row.values()):
                    continue
                lost["a row's cells without a column were left out"] += any(row.get("") or ())
                span, context = _span(row, name, table.line_num, comma), _text(row.get("context") or "")
                if (words := _cut(context, span.start, span.end)) is not None:
                    span, context = replace(span, words=span.columns.get("text") or words), ""
                spans[row["paragraph"], context].append(span)
        except csv.Error as error:
            raise YinzhengError(f"not CSV: {error}", path=name, line=table.line_num) from error
        others = [column for column in table.fieldnames or () if column and column not in ours]
        lost.update(f"the column {column!r} is none of ours, and was left out" for column in others)
        documents.append(Document(name=name, text="", spans=(), lost=+lost))
        documents += [
            Document(name=name, text=text, paragraphs=(paragraph,), spans=tuple(found))
            for (paragraph, text), found in spans.items()
        ]
    return documents


def _span(row: Mapping[str, str | None], path: str, number: int, comma: str) -> Span:
    """A row. A column that the table has not says nothing; an empty cell says that there is nothing."""
    type = row["type"] or ""
    if type not in TYPES:
        raise YinzhengError(f"{type!r} is no type ({', '.join(TYPES)})", path=path, line=number)
    record: Any = TYPES[type]
    values: dict[str, Any] = {}
    for column, hint in {**jsonl.columns(record), "start": int, "end": int}.items():
        if column not in row:
            continue
        cell = row[column] or ""
        if comma != "," and float in jsonl.options(hint) and _POINT.fullmatch(cell):
            cell = cell.replace(",", ".")
        values[column] = _value(hint, cell)
        said = [*values[column]] if isinstance(values[column], tuple) else values[column]
        if not (jsonl.fits(said, record, column) or (not cell and column not in _NEEDED)):
            raise YinzhengError(f"column {column!r}: {cell[:40]!r} is none of a {type}", path=path, line=number)
    kind: Type = type  # type: ignore[assignment]  # TYPES has it
    return Span(
        start=values["start"], end=values["end"], type=kind, label=values["label"], id=row.get("id"), columns=values
    )


def _value(hint: Any, cell: str) -> Any:
    """A cell as the column's type has it; the cell itself where it is none of it."""
    option = next(one for one in jsonl.options(hint) if one is not type(None))
    if get_origin(option) is tuple:
        parts = [part for part in _text(cell).split(";") if part]
        return tuple(_number(part, float) for part in parts) if get_args(option)[0] is float else tuple(parts)
    if not cell:
        return None
    if option is bool:
        return _TRUTH.get(cell.lower(), cell)
    return _number(cell, option) if option in (int, float) else _text(cell)


_NEEDED = ("paragraph", "type", "label", "start", "end")
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


# 1,5 where columns part at other signs; 1,500 may be either, and is refused.
_POINT = re.compile(r"-?\d+,(?:\d{1,2}|\d{4,})")


def _number(cell: str, kind: type) -> Any:
    """A number as a program writes it: 264, 264.0."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    if not isfinite(number):
        return cell
    return number if kind is float else int(number) if number.is_integer() else cell


def _text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell
