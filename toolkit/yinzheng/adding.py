"""Add a text: recognise it or make it a new edition. A pure function makes the plan; `store` applies it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from . import bib, jsonl, recognise
from .citing import keys
from .errors import YinzhengError
from .holding import local_files
from .language import language
from .paragraphs import births, local, paragraphs, without_text
from .progress import Progress, watched
from .records import LocalParagraph, Paragraph
from .segment import Block
from .store import Plan
from .works import KEY, UNDETERMINED, Edition, Work, with_edition
from .workspace import Workspace, unknown

Outcome = Literal["new", "attached", "included"]


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding a text does: the plan, and what to say of it. ``notices`` are for people (stderr).

    ``matches``, ``extra``: how a copy lies beside its edition. ``blocks``, ``born``: a new edition, and its ids.
    """

    work: str
    edition: str
    outcome: Outcome
    matches: tuple[recognise.Match, ...]
    extra: tuple[Block, ...]
    plan: Plan
    notices: tuple[str, ...] = ()
    blocks: Sequence[Block] = ()
    born: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person said about the text: where it goes, its language, its publication data."""

    work: str | None = None
    edition: str | None = None
    lang: str | None = None
    entry: bib.Entry | None = None
    title: str | None = None


def add(workspace: Workspace, blocks: Sequence[Block], wish: Wish, progress: Progress | None = None) -> Addition:
    """Plan what to do with a text. Raises YinzhengError where it goes nowhere, or not where it was sent."""
    if not blocks:
        raise YinzhengError("no paragraph in this text")
    for what, key in (("work", wish.work), ("edition", wish.edition)):
        if key is not None and not KEY.fullmatch(key):
            raise YinzhengError(f"--{what} {key!r}: a key is lower-case letters, digits and hyphens, a letter first")
    if wish.edition is not None and wish.work is None:
        raise YinzhengError("--edition needs --work: which work is it an edition of?")
    if wish.work is None or (wish.work in workspace.works and wish.edition is None):
        return _recognised(workspace, blocks, wish, progress)
    work = workspace.works.get(wish.work, Work(key=wish.work))
    lang, notices = language(blocks, wish.lang)
    key = wish.edition or lang.split("-")[0]
    index = workspace.index(work.key, key) if key in work.editions else []
    if not index:
        return _new(workspace, work, key, lang, blocks, wish, notices, progress)
    attachment = recognise.attach(work.key, key, index, blocks, progress)
    if not attachment.recognised:
        raise YinzhengError(
            f"this is another text than {work.key}/{key} (they share {attachment.shared:.0%}); nothing was changed. "
            "To add it beside that one, give another --edition or --work"
        )
    return _attached(workspace, work.editions[key], work.key, attachment, blocks, notices)


def edition_of(
    workspace: Workspace, blocks: Sequence[Block], wish: Wish, progress: Progress | None = None
) -> tuple[str, str]:
    """The work and edition that a text is a new state of: those named, else those that it is most like.

    Raises YinzhengError where it is like none, or where the edition named has no paragraphs yet.
    """
    if wish.work is not None and wish.edition is not None:
        if not workspace.index(wish.work, workspace.edition(wish.work, wish.edition).key):
            raise YinzhengError(f"{wish.work}/{wish.edition} has no text yet to revise; add it without --revise")
        return wish.work, wish.edition
    best = _nearest(workspace, blocks, wish, progress)
    if best is None or not (best.attachment.recognised or wish.work):
        raise YinzhengError("this is no new state of a text known here; say of which: --work KEY --edition KEY")
    return best.work, best.edition.key


@dataclass(frozen=True, slots=True)
class _Nearest:
    work: str
    edition: Edition
    attachment: recognise.Attachment


def _nearest(
    workspace: Workspace, blocks: Sequence[Block], wish: Wish, progress: Progress | None = None
) -> _Nearest | None:
    """The edition that shares most with a text, in one work or in all."""
    works = [workspace.work(wish.work)] if wish.work else list(workspace.works.values())
    best = None
    for work in works:
        for edition in work.editions.values():
            index = workspace.index(work.key, edition.key)
            if index:
                attachment = recognise.attach(work.key, edition.key, index, blocks, progress)
                if best is None or attachment.shared > best.attachment.shared:
                    best = _Nearest(work.key, edition, attachment)
    return best


def _recognised(workspace: Workspace, blocks: Sequence[Block], wish: Wish, progress: Progress | None) -> Addition:
    """Attach a text to the edition that it is a copy of, looking in one work or in all."""
    best = _nearest(workspace, blocks, wish, progress)
    if best is None or not best.attachment.recognised:
        if wish.work:
            editions = ", ".join(workspace.work(wish.work).editions)
            raise YinzhengError(
                f"this is no edition of {wish.work} that is known here; say which with --edition ({editions})"
            )
        shared = best.attachment.shared if best else 0.0
        near = f" (the nearest, {best.work}/{best.edition.key}, shares {shared:.0%})" if best and shared >= 0.05 else ""
        raise YinzhengError(
            f"no edition known here has this text{near}; "
            f"to add it as a new work, name it: --work {_key(workspace, wish)}"
        )
    return _attached(workspace, best.edition, best.work, best.attachment, blocks, [])


def _key(workspace: Workspace, wish: Wish) -> str:
    """The key that a new work could have, by its publication data or its title."""
    entry = wish.entry or (bib.Entry("misc", "", {"title": bib.escape(wish.title)}) if wish.title else None)
    return keys.key(entry, workspace.works) if entry else "KEY"


def _attached(
    workspace: Workspace,
    edition: Edition,
    work: str,
    attachment: recognise.Attachment,
    blocks: Sequence[Block],
    notices: Sequence[str],
) -> Addition:
    """A copy of a known edition is a witness: it is kept under local/, and changes nothing that git sees."""
    extra = tuple(blocks[at] for at in attachment.extra)
    if edition.text == "included":
        note = f"the text of {work}/{edition.key} comes with the workspace; there is nothing to add"
        return Addition(work, edition.key, "included", attachment.matches, extra, Plan(), (*notices, note))
    copies = workspace.local(work, edition.key)  # in any case: a broken line is no copy to be written over
    is_whole = all(match.state == "exact" for match in attachment.matches)
    before = {} if is_whole else {copy.id: copy for copy in copies}
    del copies
    after: list[LocalParagraph] = []
    kept = 0
    for match in attachment.matches:
        name = match.paragraph.id
        old = before.get(name)
        if match.block is None or match.state == "review":
            after += [old] if old else []
        elif match.state == "equivalent" and old and _is_exact(work, edition.key, old, match.paragraph.text_hash):
            after.append(old)
            kept += 1
        else:
            after.append(local(name, blocks[match.block]))
    said = [f"{kept} paragraphs were here exactly as published, and stay so"] if kept else []
    plan = Plan(local_files(work, edition.key, after))
    return Addition(work, edition.key, "attached", attachment.matches, extra, plan, (*notices, *said))


def _is_exact(work: str, edition: str, copy: LocalParagraph, text_hash: str) -> bool:
    from .ids import keyed_hash

    return keyed_hash(work, edition, copy.text) == text_hash


def _new(
    workspace: Workspace,
    work: Work,
    key: str,
    lang: str,
    blocks: Sequence[Block],
    wish: Wish,
    notices: Sequence[str],
    progress: Progress | None,
) -> Addition:
    """A text that nobody has added yet: its index, without its text, and the reader's copy beside it."""
    names = births(work.key, key, watched(blocks, "naming", progress))
    folder = f"corpus/{work.key}"
    writes: dict[str, str | Iterable[str]] = {}
    edition = work.editions.get(key)
    said = list(notices)
    if edition is None:
        edition = _edition(work, key, lang, wish.entry)
        old = workspace.path / folder / "work.toml"
        writes[f"{folder}/work.toml"] = with_edition(
            old.read_text(encoding="utf-8") if old.exists() else None, work.key, edition
        )
    bibliography = workspace.path / folder / "references.bib"
    text = bibliography.read_bytes().decode("utf-8") if bibliography.exists() else ""
    known = workspace.bibliography(work.key).entries
    if edition.cite not in known or wish.entry:
        entries = _related(_entry(edition, wish, blocks), work, edition, wish, known)
        if wish.entry is None:
            said.append(f"no publication data: complete {folder}/references.bib, or add with --bib FILE")
        writes[f"{folder}/references.bib"] = bib.merge(text, entries)
    records = paragraphs(work.key, key, watched(blocks, "indexing", progress), names)
    writes[f"{folder}/{key}.jsonl"] = jsonl.lines(records if edition.text == "included" else map(without_text, records))
    copies = zip(watched(blocks, "writing", progress), names, strict=True)
    writes |= local_files(work.key, key, (local(name, block) for block, name in copies))
    return Addition(work.key, key, "new", (), (), Plan(writes), tuple(said), blocks, names)


def _edition(work: Work, key: str, lang: str, entry: bib.Entry | None) -> Edition:
    fields = entry.fields if entry else {}
    original = next((e.key for e in work.editions.values() if e.role == "original"), None)
    translated = original is not None or bool({"translator", "origlanguage", "origtitle"} & fields.keys())
    return Edition(
        key=key,
        lang=lang,
        role="translation" if translated else "original",
        of=original,
        cite=work.key + key if translated else work.key,
        text="local",
        rights=UNDETERMINED,
        holder=None,
        obtain=None,
        medium=None,
        locator="counted",
    )


def _entry(edition: Edition, wish: Wish, blocks: Sequence[Block]) -> bib.Entry:
    """The bibliographic entry: what the person gave, under our key; else the title, and that the rest is unknown."""
    if wish.entry is not None:
        return replace(wish.entry, key=edition.cite)
    title = next((block.text for block in blocks if block.kind == "title"), wish.title)
    fields = {"title": bib.escape(title)} if title else {}
    langid = "chinese" if edition.language == "zh" else "english"
    unknown_parts = "author, year, publication" if title else "author, title, year, publication"
    return bib.Entry(
        type="misc", key=edition.cite, fields={**fields, "langid": langid, "note": f"Not verified: {unknown_parts}"}
    )


def _related(
    entry: bib.Entry, work: Work, edition: Edition, wish: Wish, known: Mapping[str, bib.Entry]
) -> list[bib.Entry]:
    """The entry under our key, with what else its key changes: what is related to it, and to what it is."""
    related = entry.fields.get("related")
    if related and related not in known and edition.of:
        entry = replace(entry, fields={**entry.fields, "related": work.editions[edition.of].cite})
    old = wish.entry.key if wish.entry else entry.key
    if old in known or old == entry.key:
        return [entry]
    others = [one for one in known.values() if one.fields.get("related") == old and one.key != entry.key]
    return [entry, *(replace(one, fields={**one.fields, "related": entry.key}) for one in others)]


def pick(bibliography: bib.Bibliography, key: str | None, path: str) -> bib.Entry:
    """The entry that ``--bib FILE[#KEY]`` means. Raises YinzhengError where it is not one."""
    if bibliography.problems and not bibliography.entries:
        raise bibliography.problems[0]
    if key is not None:
        if key not in bibliography.entries:
            raise YinzhengError(unknown("entry", key, bibliography.entries), path=path)
        return bibliography.entries[key]
    if len(bibliography.entries) != 1:
        some = ", ".join(list(bibliography.entries)[:5]) or "none"
        raise YinzhengError(f"{len(bibliography.entries)} entries ({some}); say which: --bib {path}#KEY", path=path)
    return next(iter(bibliography.entries.values()))


def summary(matches: Sequence[recognise.Match]) -> dict[recognise.State, list[Paragraph]]:
    """The paragraphs in each state, states in the order of how sure they are."""
    states: tuple[recognise.State, ...] = ("exact", "equivalent", "review", "missing")
    return {state: [match.paragraph for match in matches if match.state == state] for state in states}
