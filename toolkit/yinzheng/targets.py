"""What a person types for a work, an edition, a paragraph or an annotation, and what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
    """What was named: a work's edition, and in it perhaps a paragraph, and in that perhaps an annotation.

    ``notice``: where an old id led, or that the paragraph was split, for a person to read.
    """

    work: str
    edition: Edition
    paragraph: Paragraph | None = None
    annotation: Annotation | None = None
    notice: str | None = None


def resolve(workspace: Workspace, what: str) -> Target:
    """The target of WHAT; an unknown or ambiguous one is an error that names what is near.

    A number counts the body paragraphs of the edition named, or of the work's first. An id that was merged into another
    leads there; one that is gone is an error that says since when.
    """
    what = what.strip().lstrip("#@").replace("¶", "")
    if match := _ID.fullmatch(what):
        return _by_id(workspace, match)
    match = _NUMBERED.fullmatch(what.replace("：", ":"))
    if match is None or not KEY.fullmatch(match["work"]):
        raise YinzhengError(f"{what!r} names nothing; say {FORMS}" + _works(workspace))
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


def _works(workspace: Workspace) -> str:
    return f"; the works here: {', '.join(list(workspace.works)[:5])}" if workspace.works else ""


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
    old = [
        (edition, name)
        for edition in work.editions.values()
        for name in sorted(workspace.history(work.key, edition.key).used)
        if name.startswith(prefix) and all(t.paragraph and t.paragraph.id != name for t in found)
    ]
    if len(found) == 1 and (not old or (found[0].paragraph and found[0].paragraph.id == prefix)):
        return _with_split(workspace, found[0])
    if not found and len(old) == 1:
        return _old(workspace, work.key, *old[0])
    if found or old:
        names = [t.paragraph.id for t in found if t.paragraph] + [name for _, name in old]
        raise YinzhengError(
            f"{prefix!r} begins {len(names)} paragraph ids ({', '.join(names[:3])}, …); type more of it"
        )
    ids = [p.id for edition in work.editions for p in workspace.index(work.key, edition)]
    raise YinzhengError(unknown("paragraph", prefix, ids))


def _with_split(workspace: Workspace, target: Target) -> Target:
    """A paragraph that was split says where the rest of it is."""
    assert target.paragraph is not None
    event = workspace.history(target.work, target.edition.key).lead(target.paragraph.id).event
    if event is None or event.event != "split":
        return target
    rest = ", ".join(event.to)
    return replace(target, notice=f"{event.id} was split on {event.created[:10]}; the rest of it is {rest}")


def _old(workspace: Workspace, work: str, edition: Edition, name: str) -> Target:
    """The paragraph that an old id leads to."""
    lead = workspace.history(work, edition.key).lead(name)
    for paragraph in workspace.paragraphs(work, edition.key):
        if lead.event is not None and lead.ids == (paragraph.id,):
            notice = f"{name} was merged on {lead.event.created[:10]}; it leads to {paragraph.id}"
            return Target(work, edition, paragraph, notice=notice)
    if lead.event is None:
        raise YinzhengError(f"{name} is no paragraph of {work}/{edition.key} any more; run: yinzheng check {work}")
    when = f"{name} is gone since the revision of {lead.event.created[:10]}"
    if lead.event.event == "doubt":
        raise YinzhengError(f"{when}, or it is {lead.event.to[0]}; decide: yinzheng review {name}")
    raise YinzhengError(f"{when}: its text was taken out, and nothing is in its place")


def _annotation(workspace: Workspace, work: str, kind: Literal["claim", "entity", "figure"], prefix: str) -> Target:
    records = workspace.annotations(work, kind, status=None)
    found = [record for record in records if record.id.startswith(prefix)]
    if len(found) != 1:
        if found:
            raise YinzhengError(f"{prefix!r} begins {len(found)} {kind} ids; type more of it")
        for edition in workspace.work(work).editions:
            for name, event in workspace.history(work, edition).waiting.items():
                if name.startswith(prefix):
                    why = "its words are gone" if event.event == "orphan" else f"its words are {event.event}"
                    raise YinzhengError(f"{name} was set aside: {why}; decide: yinzheng review {name}")
        raise YinzhengError(unknown(kind, prefix, [record.id for record in records]))
    record = found[0]
    for paragraph in workspace.paragraphs(work, record.edition):
        if paragraph.id == record.paragraph:
            return Target(work, workspace.edition(work, record.edition), paragraph, record)
    raise YinzhengError(f"{record.id} is on {record.paragraph}, which is no paragraph; run: yinzheng check {work}")
