"""From what a person asks for to excerpts: which edition's words, in which language and script, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from .citing import cut
from .citing.excerpt import Excerpt
from .errors import YinzhengError
from .records import Paragraph
from .script import SAMPLE, Script, convert, detect
from .segment import Note
from .targets import Target, resolve
from .works import Edition
from .workspace import Workspace

Language = Literal["zh", "en", "both"]


def excerpts(
    workspace: Workspace,
    what: str,
    *,
    quote: str | None = None,
    start: str | None = None,
    end: str | None = None,
    elide: bool = False,
    script: Script | None = None,
    lang: Language | None = None,
) -> list[Excerpt]:
    """The excerpts for WHAT; none for a work as a whole.

    ``lang``: the language to print, by default that of the edition named; ``both`` puts the aligned passage of the
    other language behind it. Where the text of the edition is not here, the aligned paragraph of our digest comes
    instead, as a paraphrase; for an annotation the part of it that is linked with its place, if one is. Raises
    YinzhengError for an unknown target, or words that are not in the paragraph.
    """
    target = resolve(workspace, what)
    for words in (quote, start, end):
        if words is not None and not words.strip():
            raise YinzhengError("--quote, --start and --end want words, and not an empty text")
    if quote and (start or end):
        raise YinzhengError(
            "--quote names all the words, --start and --end the first and the last: give one or the other"
        )
    if target.paragraph is None:
        if quote or start or end:
            raise YinzhengError(f"say which paragraph the words are in, as {target.work}:12 (`yinzheng find` tells)")
        return []
    own = target.edition.language
    wanted = [own, "en" if own == "zh" else "zh"] if lang == "both" else [lang or own]
    cuts = bool(quote or start or end)
    result = []
    for language in wanted:
        if language == own and target.paragraph.text is not None:
            result.append(_cut(workspace, target, quote, start, end, elide))
        elif cuts and language == own:
            raise YinzhengError(
                f"the text of {target.work}/{target.edition.key} is not here, so nothing can be quoted from it; "
                "add your copy: yinzheng add FILE"
            )
        else:
            result.append(_elsewhere(workspace, target, language))
    return [_in_script(workspace, excerpt, script) for excerpt in result]


def _cut(
    workspace: Workspace, target: Target, quote: str | None, start: str | None, end: str | None, elide: bool
) -> Excerpt:
    """The passage of the paragraph itself."""
    paragraph, edition = target.paragraph, target.edition
    assert paragraph is not None
    assert paragraph.text is not None
    text = paragraph.text
    if quote:
        first, last = cut.find(text, quote)
    elif target.annotation is not None:
        from .letters import letters

        form, note = letters(text), target.annotation
        if note.letter_end > len(form):
            raise YinzhengError(f"{note.id} is not inside its paragraph; run: yinzheng check {target.work}")
        first, last = form.stored(note.letter_start, note.letter_end)
    else:
        first, last = cut.between(text, start, end)
    words = text[first:last]
    if elide:
        if not (start and end):
            raise YinzhengError("--elide leaves out what stands between two places: give --start and --end")
        words = cut.elided(text, start, end, edition.language)
    whole = words == text[first:last]
    notes = _notes(workspace, target.work, edition.key, paragraph.id)
    for inserted in notes:
        low, high = inserted.start, inserted.end
        if inserted.kind != "marker" and (first < low < last < high or low < first < high < last):
            raise YinzhengError(
                f"these words are partly the {inserted.kind}'s, from the note {text[low:high]!r}, and partly not: "
                "quote the note whole, or none of it"
            )
    return _excerpt(target.work, edition, paragraph, first, last, words, notes, elided=not whole)


def _elsewhere(workspace: Workspace, target: Target, language: str) -> Excerpt:
    """The aligned paragraph in a language: the words of an edition that is here, else our digest."""
    assert target.paragraph is not None
    work = workspace.work(target.work)
    found: list[tuple[int, Edition, Paragraph]] = []
    linked = dict(workspace.aligned(target.work, target.paragraph.id))
    for edition in work.editions.values():
        if edition.language != language:
            continue
        for paragraph in workspace.paragraphs(target.work, edition.key):
            if paragraph.id in linked and paragraph.text is not None:
                like = (edition.role == "digest") == (target.edition.role == "digest")
                found.append((0 if like else 1, edition, paragraph))
                break
    if not found:
        raise YinzhengError(
            f"there is no {'Chinese' if language == 'zh' else 'English'} for {target.paragraph.id} here: "
            "no text, and no digest aligned with it"
        )
    _, edition, paragraph = min(found, key=lambda row: row[0])
    text = paragraph.text or ""
    first, last = _part(workspace, target, paragraph.id) or (0, len(text))
    notes = _notes(workspace, target.work, edition.key, paragraph.id)
    return _excerpt(target.work, edition, paragraph, first, last, text[first:last], notes)


def _part(workspace: Workspace, target: Target, there: str) -> tuple[int, int] | None:
    """The part of another paragraph that is linked with the place of an annotation."""
    if target.annotation is None:
        return None
    here, start, end = target.annotation.paragraph, target.annotation.start, target.annotation.end
    for link in workspace.links(target.work):
        source = (link.source, link.source_start, link.source_end)
        goal = (link.target, link.target_start, link.target_end)
        for (one, first, last), (other, low, high) in ((source, goal), (goal, source)):
            if (one, other) != (here, there) or first is None or last is None or low is None or high is None:
                continue
            if first <= start and end <= last:
                return low, high
    return None


def _excerpt(
    work: str,
    edition: Edition,
    paragraph: Paragraph,
    start: int,
    end: int,
    text: str,
    notes: list[Note],
    elided: bool = False,
) -> Excerpt:
    ours = edition.role == "digest"
    whose = (
        "ours"
        if ours
        else next(
            (note.kind for note in notes if note.kind != "marker" and note.start <= start and end <= note.end),
            paragraph.voice,
        )
    )
    return Excerpt(
        work=work,
        edition=edition,
        paragraph=paragraph.id,
        number=paragraph.number,
        page=paragraph.page,
        section=paragraph.section,
        start=start,
        end=end,
        text=text,
        words="paraphrase" if ours else "quotation",
        whose=whose,
        lang=edition.lang,
        emphasis=() if elided else tuple(_clipped(paragraph.emphasis, start, end)),
        elided=elided,
        cut=(start, end) != (0, len(paragraph.text or "")),
    )


def _clipped(emphasis: tuple[int, ...], start: int, end: int) -> Iterator[int]:
    for first, last in zip(emphasis[::2], emphasis[1::2], strict=True):
        if first < end and last > start:
            yield max(first, start) - start
            yield min(last, end) - start


def _notes(workspace: Workspace, work: str, edition: str, paragraph: str) -> list[Note]:
    return [Note.parse(note) for copy in workspace.local(work, edition) if copy.id == paragraph for note in copy.notes]


def _in_script(workspace: Workspace, excerpt: Excerpt, script: Script | None) -> Excerpt:
    """The words in the script asked for, else in that of the copy that they are from; where that is not the edition's,
    it is remembered. Pieces, so that emphasis keeps its place."""
    own = excerpt.edition.script
    if own is None:
        return excerpt
    copy = _copy_script(workspace, excerpt) or own
    wanted = script or copy
    edges = [0, *excerpt.emphasis, len(excerpt.text)]
    pieces = [convert(excerpt.text[a:b], copy, wanted) for a, b in pairwise(edges)]
    emphasis, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        emphasis.append(length)
    return replace(
        excerpt,
        text="".join(pieces),
        emphasis=tuple(emphasis),
        lang=excerpt.lang if wanted == own else "zh-Hant" if wanted == "hant" else "zh-Hans",
        script_from=None if wanted == own else own,
        copy_script=None if copy == own else copy,
    )


def _copy_script(workspace: Workspace, excerpt: Excerpt) -> Script | None:
    """The script of the reader's copy, which may be another than the edition's: their letters are the same."""
    if excerpt.edition.text == "included":
        return None
    sample = ""
    for copy in workspace.local(excerpt.work, excerpt.edition.key):
        sample += copy.text
        if len(sample) >= SAMPLE:
            break
    return detect(sample)
