"""What the page's panel, search and script switch know, as JSON. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from ... import ids, jsonl
from ...citing.styles import STYLES
from ...records import NAMED, Annotation, Link, Name, Paragraph, Status
from ...workspace import TYPES
from ..held import Held
from .cited import Cell, Citations
from .words import WORDS

_COMMON = {name for name in jsonl.columns(Annotation) if name != "note"}
_RECORDS: Mapping[str, Any] = TYPES
_OWN = {kind: [name for name in jsonl.columns(record) if name not in _COMMON] for kind, record in _RECORDS.items()}
_IDS = (*NAMED, "evidence", "equals")  # the columns that hold ids
_TYPES = ("claim", "entity", "figure")
_STATUSES = get_args(Status)
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


class Facts:
    """The rows of the data, as they are met in the order of the page."""

    def __init__(self, work: str) -> None:
        self.work = work
        self._prefix = f"{work}."
        self.paragraphs: list[dict[str, Any]] = []
        self.notes: list[list[Any]] = []
        self.odd: dict[int, object] = {}
        self._labels: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._notices: dict[str, int] = {}

    def paragraph(self, edition: int, one: Paragraph, cell: Cell | None, section: str | None) -> int:
        """Adds one; its index."""
        row: dict[str, Any] = {"id": self._short(one.id), "e": edition, "n": one.number, "page": one.page}
        row |= {"section": section, "kind": cell.kind if cell else None, "words": cell.words if cell else None}
        row["notices"] = [self._at(self._notices, text) for text in cell.notices] if cell else []
        self.paragraphs.append({key: value for key, value in row.items() if value not in (None, [])})
        return len(self.paragraphs) - 1

    def note(self, paragraph: int, one: Annotation, cell: Cell | None) -> int:
        """Adds an annotation; its index."""
        more = {
            name: self._shortened(value) if name in _IDS else value
            for name in _OWN[one.type]
            if (value := getattr(one, name)) not in (None, ()) and value is not False
        }
        self.notes.append(
            [
                self._short(one.id), paragraph, one.start, one.end, _TYPES.index(one.type),
                self._at(self._labels, one.label), _STATUSES.index(one.status), self._at(self._people, one.by),
                one.created, cell.kind if cell else None, cell.words if cell else None, more,
            ]
        )  # fmt: skip
        return len(self.notes) - 1

    def data(
        self,
        held: Sequence[Held],
        citations: Citations,
        links: Iterable[Link],
        turn: Mapping[str, list[str]],
        fold: Mapping[str, list[str]],
    ) -> str:
        """The JSON, safe inside a script element."""
        used = {note[-1].get(name) for note in self.notes for name in NAMED}
        data = {
            "work": self.work,
            "editions": [{"lang": one.edition.tag, "script": one.edition.script} for one in held],
            "styles": [[key, style.label] for key, style in STYLES.items()],
            "paragraphs": self.paragraphs,
            "notes": self.notes,
            "labels": list(self._labels),
            "people": list(self._people),
            "statuses": _STATUSES,
            "notices": list(self._notices),
            "names": {
                short: _name(name) for name in held[0].names.values() if (short := self._short(name.id)) in used
            },
            "links": [
                [self._short(one.source), one.source_start, one.source_end,
                 self._short(one.target), one.target_start, one.target_end]
                for one in links
            ],
            "kinds": citations.kinds,
            "signed": sorted(citations.signed),
            "strings": list(citations.strings),
            "turn": turn,
            "odd": self.odd,
            "fold": fold,
            "words": WORDS,
        }  # fmt: skip
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)

    def _short(self, name: str) -> str:
        return name.removeprefix(self._prefix)

    def _shortened(self, value: object) -> object:
        if isinstance(value, str):
            return self._short(value)
        return [self._shortened(one) for one in value] if isinstance(value, tuple) else value

    @staticmethod
    def _at(table: dict[str, int], text: str) -> int:
        return table.setdefault(text, len(table))


def _name(name: Name) -> dict[str, object]:
    values = {"hant": name.zh_hant, "hans": name.zh_hans, "en": name.en, "abbr": name.abbr, "aka": ", ".join(name.aka)}
    values |= {"wikidata": name.wikidata, "note": name.note}
    return {key: value for key, value in values.items() if value}


def places(held: Sequence[Held]) -> list[Link]:
    """The links from place to place. They count characters of the index's texts: not of a copy that differs."""
    differing = {
        paragraph.id
        for one in held
        if one.edition.text == "local"
        for paragraph in one.paragraphs
        if paragraph.text is not None
        and ids.keyed_hash(paragraph.work, paragraph.edition, paragraph.text) != paragraph.text_hash
    }
    return [
        link
        for link in (held[0].links if held else ())
        if None not in (link.source_start, link.source_end, link.target_start, link.target_end)
        and link.status != "suggested"
        and not {link.source, link.target} & differing
    ]
