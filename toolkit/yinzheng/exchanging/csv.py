"""CSV for spreadsheets: one row an annotation, with what a person reads beside what a program needs.

UTF-8 with a byte order mark, so that Excel reads Chinese. A cell that a spreadsheet would take for a formula begins
with an apostrophe (OWASP, CSV Injection), which reading takes away again. Lists are joined with ``;``.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin

from .. import jsonl
from ..errors import YinzhengError
from ..records import Annotation, Name, Paragraph
from ..workspace import TYPES
from .held import Document, Exported, Held, Span, Type

_BESIDE = ("number", "section_title", "name_zh", "name_en")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def columns() -> list[str]:
    """The columns that all types share, those beside, then those of each type."""
    records: list[Any] = [Annotation, *TYPES.values()]
    shared, *rest = ([*jsonl.columns(record)] for record in records)
    own = dict.fromkeys(name for names in rest for name in names if name not in shared)
    return [*shared, *_BESIDE, *own, "context"]


def write(held: Sequence[Held]) -> Exported:
    """One file, all types; ``context`` is the text of the paragraph, where it goes out."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, columns(), restval="", lineterminator="\r\n")
    table.writeheader()
    for one in held:
        paragraphs = {paragraph.id: paragraph for paragraph in one.paragraphs}
        for note in one.notes:
            values = jsonl.values(note) | _beside(note, paragraphs, one.names)
            table.writerow({name: cell(value) for name, value in values.items()})
    return Exported({f"{held[0].work.key}.csv": b"\xef\xbb\xbf" + out.getvalue().encode()})


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


def _beside(note: Annotation, paragraphs: Mapping[str, Paragraph], names: Mapping[str, Name]) -> dict[str, object]:
    paragraph = paragraphs.get(note.paragraph)
    section = paragraphs.get(paragraph.section) if paragraph and paragraph.section else None
    name = names.get(next((id for key in ("name", "speaker") if (id := getattr(note, key, None))), ""))
    return {
        "number": paragraph.number if paragraph else None,
        "section_title": section.text if section else None,
        "name_zh": (name.zh_hant or name.zh_hans) if name else None,
        "name_en": name.en if name else None,
        "context": paragraph.text if paragraph else None,
    }


def read(files: Mapping[str, bytes]) -> list[Document]:
    """The rows, by paragraph; an empty cell is null."""
    documents = []
    for name, data in files.items():
        spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
        table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        if lacking := {"paragraph", "type", "label", "start", "end"} - set(table.fieldnames or ()):
            raise YinzhengError(f"no column {', '.join(sorted(lacking))}", path=name, line=1)
        for row in table:
            record: Any = TYPES[row["type"]]
            values = {key: _value(hint, row.get(key) or "") for key, hint in jsonl.columns(record).items()}
            kind: Type = row["type"]  # type: ignore[assignment]  # TYPES has it
            spans[row["paragraph"], _text(row.get("context") or "")].append(
                Span(
                    start=int(row["start"]),
                    end=int(row["end"]),
                    type=kind,
                    label=row["label"],
                    id=row.get("id"),
                    columns=values,
                )
            )
        documents += [
            Document(name=name, text=text, paragraphs=(paragraph,), spans=tuple(found))
            for (paragraph, text), found in spans.items()
        ]
    return documents


def _value(hint: Any, cell: str) -> object:
    """A cell as the column's type has it."""
    option = next(one for one in jsonl.options(hint) if one is not type(None))
    if get_origin(option) is tuple:
        item = get_args(option)[0]
        return tuple(float(part) if item is float else part for part in _text(cell).split(";") if part)
    if not cell:
        return None
    if option is bool:
        return cell.lower() == "true"
    return option(cell) if option in (int, float) else _text(cell)


def _text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell
