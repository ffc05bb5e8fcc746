"""What a person types for a work, an edition, a paragraph or an annotation, and what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .errors import YinzhengError
from .records import Annotation, Paragraph
from .works import KEY, Edition
from .workspace import Workspace, unknown

_NUMBERED = re.compile(r"(?P<work>[^:/]+)(?:/(?P<edition>[^:/]+))?(?::(?P<number>\d{1,9}))?")
_ID = re.compile(r"(?P<work>[a-z][a-z0-9-]*)\.(?P<type>[pcef])(?P<rest>[0-9a-z]{0,8})")
_TYPES: dict[str, Literal["claim", "entity", "figure"]] = {"c": "claim", "e": "entity", "f": "figure"}
FORMS = "WORK, WORK:12, WORK/EDITION:12, or an id such as WORK.p7k3qf2m"


@dataclass(frozen=True, slots=True)
class Target:
    """What was named: a work's edition, and in it perhaps a paragraph, and in that perhaps an annotation."""

    work: str
    edition: Edition
    paragraph: Paragraph | None = None
    annotation: Annotation | None = None


def resolve(workspace: Workspace, what: str) -> Target:
    """The target of WHAT; an unknown or ambiguous one is an error that names what is near.

    A number counts the body paragraphs of the edition named, or of the work's first.
    """
    what = what.strip().lstrip("#@")
    if match := _ID.fullmatch(what):
        return _by_id(workspace, match)
    match = _NUMBERED.fullmatch(what.replace("：", ":"))
    if match is None or not KEY.fullmatch(match["work"]):
        raise YinzhengError(f"{what!r} names nothing; say {FORMS}")
    work = workspace.work(match["work"]).key
    edition = workspace.edition(work, match["edition"])
    if match["number"] is None:
        return Target(work, edition)
    number = int(match["number"])
    paragraphs = workspace.paragraphs(work, edition.key)
    for paragraph in paragraphs:
        if paragraph.number == number:
            return Target(work, edition, paragraph)
    last = max((p.number for p in paragraphs if p.number), default=0)
    there = f"its paragraphs are 1 to {last}" if last else "none of its text has been added yet"
    raise YinzhengError(f"no paragraph {number} in {work}/{edition.key}; {there}")


def _by_id(workspace: Workspace, match: re.Match[str]) -> Target:
    work = workspace.work(match["work"])
    prefix = match.group()
    if match["type"] != "p":
        return _annotation(workspace, work.key, _TYPES[match["type"]], prefix)
    found = [
        Target(work.key, edition, paragraph)
        for edition in work.editions.values()
        for paragraph in workspace.paragraphs(work.key, edition.key)
        if paragraph.id.startswith(prefix)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(t.paragraph.id for t in found[:3] if t.paragraph)
        raise YinzhengError(f"{prefix!r} begins {len(found)} paragraph ids ({some}, …); type more of it")
    ids = [p.id for edition in work.editions for p in workspace.index(work.key, edition)]
    raise YinzhengError(unknown("paragraph", prefix, ids))


def _annotation(workspace: Workspace, work: str, kind: Literal["claim", "entity", "figure"], prefix: str) -> Target:
    records = workspace.annotations(work, kind, status=None)
    found = [record for record in records if record.id.startswith(prefix)]
    if len(found) != 1:
        if found:
            raise YinzhengError(f"{prefix!r} begins {len(found)} {kind} ids; type more of it")
        raise YinzhengError(unknown(kind, prefix, [record.id for record in records]))
    record = found[0]
    for paragraph in workspace.paragraphs(work, record.edition):
        if paragraph.id == record.paragraph:
            return Target(work, workspace.edition(work, record.edition), paragraph, record)
    raise YinzhengError(f"{record.id} is on {record.paragraph}, which is no paragraph; run: yinzheng check {work}")
