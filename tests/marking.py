"""Annotations made in tests by quoting, as a person would make them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yinzheng import Workspace, ids, jsonl
from yinzheng.letters import letters
from yinzheng.records import Annotation, Claim, Entity, Figure, Status
from yinzheng.workspace import FILES

_FIGURE: dict[str, Any] = {
    "value": None, "value_list": (), "min": None, "max": None, "unit": None, "approx": False, "bound": None,
    "edtf": None, "duration": None, "equals": None, "measure": None, "payer": None, "payee": None, "subject": None,
    "about_zh": None, "about_en": None, "score": None,
}  # fmt: skip
_CLAIM: dict[str, Any] = {
    "attribution": None, "speaker": None, "score": None, "gloss_zh": None, "gloss_en": None, "central": False, "evidence": (),
}  # fmt: skip


def mark(
    root: Path, work: str, quotes: dict[str, str], edition: str | None = None, status: Status = "accepted"
) -> None:
    """Annotate the first place of each quotation; ``quotes``: words to type (claim, entity, figure)."""
    workspace = Workspace(root)
    paragraphs = [one for edition in workspace.work(work).editions for one in workspace.paragraphs(work, edition)]
    made: dict[str, list[Annotation]] = {kind: [] for kind in FILES}
    for words, kind in quotes.items():
        for paragraph in paragraphs:
            at = (paragraph.text or "").find(words)
            if at >= 0:
                whole = letters(paragraph.text or "")
                first, last = whole.within(at, at + len(words))
                start, end = whole.stored(first, last)
                common: dict[str, Any] = {
                    "id": ids.annotation_birth(work, kind[0], paragraph.id, first, last),
                    "work": work, "edition": paragraph.edition, "paragraph": paragraph.id,
                    "start": start, "end": end, "letter_start": first, "letter_end": last,
                    "hash": ids.keyed_hash(work, paragraph.edition, whole.text[first:last], 8),
                    "text": None if kind == "claim" else whole.source[start:end],
                    "status": status, "by": "tests", "created": "2026-01-01T00:00:00Z", "note": None,
                }  # fmt: skip
                if kind == "claim":
                    made[kind].append(Claim(type="claim", label="evaluative", **common, **_CLAIM))
                elif kind == "entity":
                    made[kind].append(Entity(type="entity", label="ORG", name=None, score=0.5, **common))
                else:
                    made[kind].append(Figure(type="figure", label="QUANTITY", **common, **_FIGURE))
                break
        else:
            raise AssertionError(f"{words!r} is in no paragraph")
    folder = root / "annotations" / work
    folder.mkdir(parents=True, exist_ok=True)
    for kind, name in FILES.items():
        (folder / name).write_text(jsonl.text(made[kind]), encoding="utf-8", newline="\n")
