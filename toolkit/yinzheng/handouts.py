"""A handout: the passages that annotations mark, in reading order, each with a line that says what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Literal

from .citing.excerpt import Excerpt
from .errors import YinzhengError
from .excerpts import Cut, Language, passage
from .records import Annotation, Claim
from .script import Script, convert, detect
from .targets import Target, resolve
from .workspace import Workspace

Type = Literal["claim", "entity", "figure"]

# What each label is called, in English and in Chinese.
LABELS = {
    "causal": ("causal claim", "因果論斷"), "evaluative": ("evaluative claim", "評價論斷"),
    "interpretive": ("interpretive claim", "詮釋論斷"), "predictive": ("predictive claim", "預測論斷"),
    "normative": ("normative claim", "規範論斷"), "definitional": ("definitional claim", "界定論斷"),
    "PERSON": ("person", "人物"), "NORP": ("nationality or group", "族群"), "FAC": ("facility", "設施"),
    "ORG": ("organisation", "組織"), "GPE": ("country or city", "政區"), "LOC": ("place", "地點"),
    "PRODUCT": ("product", "產品"), "EVENT": ("event", "事件"), "WORK_OF_ART": ("work", "作品"), "LAW": ("law", "法規"),
    "LANGUAGE": ("language", "語言"), "TERM": ("term", "術語"), "MONEY": ("sum of money", "金額"),
    "PERCENT": ("percentage", "百分比"), "QUANTITY": ("quantity", "數量"), "DATE": ("date", "日期"),
    "TIME": ("time", "時間"), "ORDINAL": ("ordinal", "序數"), "CARDINAL": ("number", "數目"),
}  # fmt: skip
WHO = {"editor": "編者", "translator": "譯者"}


class ReadOnce(Workspace):
    """A workspace for a batch of readings: it reads each file once, and what it gives out is not to be changed."""

    def __init__(self, workspace: Workspace) -> None:
        self.path, self.read_only = workspace.path, workspace.read_only
        for name in ("index", "local", "links", "history", "annotations", "paragraphs"):
            setattr(self, name, cache(getattr(super(), name)))


def handout(
    workspace: Workspace,
    what: str,
    only: Type = "claim",
    *,
    central: bool = False,
    script: Script | None = None,
    lang: Language | None = None,
) -> tuple[list[list[Excerpt]], list[str]]:
    """The passages of the accepted annotations of one type on a work's edition or a paragraph; ``central``: of those
    claims alone that carry the text. Also a sentence for each that cannot be printed. Each passage has a caption, in
    its language: the ¶, the heading above it, the kind, and what we say of it in our own words. Raises YinzhengError
    where there are none.
    """
    workspace = ReadOnce(workspace)
    target = resolve(workspace, what)
    if target.annotation is not None:
        raise YinzhengError(
            f"{what} is one annotation; --only chooses among those of a work, an edition or a paragraph"
        )
    order = {one.id: one for one in workspace.paragraphs(target.work, target.edition.key)}
    notes = [
        note
        for note in workspace.annotations(target.work, only, target.edition.key)
        if (target.paragraph is None or note.paragraph == target.paragraph.id)
        and (not central or (isinstance(note, Claim) and note.central))
    ]
    if not notes:
        raise YinzhengError(_none(workspace, target, only, central))
    notes.sort(key=lambda note: (order[note.paragraph].order if note.paragraph in order else 0, note.letter_start))
    found: list[tuple[list[Excerpt], Annotation]] = []
    problems = []
    for note in notes:
        try:
            there = order.get(note.paragraph)
            if there is None:
                raise YinzhengError(f"it is on {note.paragraph}, which is no paragraph; run: yinzheng check")
            one = Target(target.work, target.edition, there, note)
            found.append((passage(workspace, one, Cut(), script, lang), note))
        except YinzhengError as error:
            problems.append(f"{note.id} is left out: {error}")
    passages = []
    for _, group in groupby(found, key=lambda row: (row[0][0].paragraph, row[0][0].start, row[0][0].end)):
        rows = list(group)
        first, *others = rows[0][0]
        passages.append([replace(first, caption=_caption(first, [note for _, note in rows])), *others])
    return passages, problems


def _caption(excerpt: Excerpt, notes: Sequence[Annotation]) -> str:
    """¶ 12 · Origins · causal claim. In our words: …"""
    chinese = excerpt.lang.startswith("zh")
    script: Script = "hans" if "Hans" in excerpt.lang else "hant"
    place = [f"第{excerpt.number}段" if chinese else f"¶ {excerpt.number}"] if excerpt.number else []
    kinds: dict[str, list[str]] = {}  # each with what is said under it
    colon, comma, brackets = ("：", "，", "（）") if chinese else (": ", ", ", "()")
    for note in notes:
        kind, said = LABELS[note.label][chinese], getattr(note, "gloss_zh" if chinese else "gloss_en", None)
        if isinstance(note, Claim):
            whose = note.attribution or "author"
            kind += "" if whose in ("author", "作者") else comma + (WHO.get(whose, whose) if chinese else whose)
        else:
            said = colon.join(filter(None, (note.text, getattr(note, "about_zh" if chinese else "about_en", None))))
        kinds.setdefault(kind, []).extend([said] if said else [])
    if notes[0].type == "claim":
        ours, between = ("撮述：", "") if chinese else ("in our words: ", " ")
    else:
        ours, between = "", "；" if chinese else "; "
    lines = []
    for kind, words in kinds.items():
        told = ours + between.join(dict.fromkeys(words))
        lines.append(kind + (f"{'' if chinese else ' '}{brackets[0]}{told}{brackets[1]}" if words else ""))
    caption = " · ".join([*place, *([excerpt.section] if excerpt.section else []), *lines])
    return convert(caption, detect(caption) or script, script) if chinese else caption


def _none(workspace: Workspace, target: Target, only: Type, central: bool) -> str:
    """What to do where there is nothing to hand out."""
    kind = {"claim": "claims", "entity": "entities", "figure": "figures"}[only]
    has = [
        f"{target.work}/{key}"
        for key in workspace.work(target.work).editions
        if any(not central or getattr(note, "central", False) for note in workspace.annotations(target.work, only, key))
    ]
    there = f"there are some in {', '.join(has)}" if has else f"accept some: yinzheng review {target.work}"
    where = f"{target.work}/{target.edition.key}" + (f":{target.paragraph.number}" if target.paragraph else "")
    return f"no accepted {'central ' if central else ''}{kind} in {where}; {there}"
