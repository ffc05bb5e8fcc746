"""From what a person asks for to excerpts: which edition's words, in which language and script, and whose they are."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from .citing import cut
from .citing.excerpt import Excerpt
from .citing.making import excerpt as made
from .citing.making import with_partners
from .citing.marks import bracketed, marked
from .citing.originals import lacking, original, published
from .errors import YinzhengError
from .records import LocalParagraph, Paragraph
from .script import SAMPLE, Script, detect, is_chinese
from .segment import Note
from .targets import Target, resolve
from .works import Edition
from .workspace import Workspace

Language = Literal["zh", "en", "both"]
Range = tuple[int, int]
NAMES = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True)
class Cut:
    """What of a paragraph to quote: these words (in which ellipses may stand for what is left out), or those from
    words to words; with ``elide`` without what stands between these."""

    quote: str | None = None
    start: str | None = None
    end: str | None = None
    elide: bool = False

    def __post_init__(self) -> None:
        for words in (self.quote, self.start, self.end):
            if words is not None and not words.strip():
                raise YinzhengError("--quote, --start and --end want words, and not an empty text")
        if self.quote and (self.start or self.end):
            raise YinzhengError(
                "--quote names all the words, --start and --end the first and the last: give one or the other"
            )
        if self.elide and not (self.quote or (self.start and self.end)):
            raise YinzhengError("--elide leaves out what stands between two places: give --start and --end")

    def __bool__(self) -> bool:
        return bool(self.quote or self.start or self.end)


def excerpts(
    workspace: Workspace,
    what: str,
    *,
    quote: str | None = None,
    start: str | None = None,
    end: str | None = None,
    elide: bool = False,
    gloss: str | None = None,
    script: Script | None = None,
    lang: Language | None = None,
) -> list[Excerpt]:
    """The excerpts for WHAT; none for a work as a whole.

    ``lang``: the language to print, by default that of the edition named; the words to cut are looked for in it.
    ``both`` puts the aligned passage of the other language behind the edition's own. Where the text of the edition is
    not here, the aligned paragraph of our digest comes instead, as a paraphrase; for an annotation the part of it that
    is linked with its place, if one is. ``gloss``: the writer's own translation of the one passage. Raises
    YinzhengError for an unknown target, for words that are not in the paragraph, and for a gloss that is none.
    """
    target = resolve(workspace, what)
    wish = Cut(quote, start, end, elide)
    if target.paragraph is None:
        if wish or gloss is not None:
            raise YinzhengError(_whereabouts(workspace, target, wish))
        return []
    found = passage(workspace, target, wish, script, lang)
    if script and all(one.edition.script is None for one in found):
        found[0] = replace(found[0], notices=(*found[0].notices, "--script converts Chinese, and these words are not"))
    found = [replace(one, notices=(*one.notices, *lacking(workspace, one))) for one in found]
    return found if gloss is None else [_glossed(workspace, found, gloss)]


def _whereabouts(workspace: Workspace, target: Target, wish: Cut) -> str:
    """Which paragraphs have the words, for whoever has not said."""
    from .letters import letters

    wanted = letters(wish.quote or wish.start or wish.end or "").text
    default = target.edition == workspace.edition(target.work)
    here = target.work if default else f"{target.work}/{target.edition.key}"
    numbers = [
        str(one.number)
        for one in workspace.paragraphs(target.work, target.edition.key)
        if wanted and one.number and one.text and wanted in letters(one.text).text
    ]
    if not numbers:
        return f"say which paragraph the words are in, as {here}:12 (`yinzheng find` tells)"
    more = ", …" if numbers[5:] else ""
    return (
        f"say which paragraph the words are in, as {here}:{numbers[0]}; they stand in ¶ {', '.join(numbers[:5])}{more}"
    )


def passage(
    workspace: Workspace, target: Target, wish: Cut, script: Script | None = None, lang: Language | None = None
) -> list[Excerpt]:
    """The excerpts for a paragraph or an annotation, one in each language asked for; see `excerpts`."""
    assert target.paragraph is not None
    own = target.edition.language
    first, *others = [own, "en" if own == "zh" else "zh"] if lang == "both" else [lang or own]
    here = target.paragraph.text is not None
    if wish and first == own and not here:
        raise YinzhengError(
            f"the text of {target.work}/{target.edition.key} is not here, so nothing can be quoted from it; "
            "add your copy: yinzheng add FILE"
        )
    if first == own and here:
        result = [_cut(workspace, target.work, target.edition, target.paragraph, _ranges(target, wish), script)]
        result[0] = replace(result[0], notices=(*_repeated(target.paragraph.text or "", wish), *result[0].notices))
    else:
        result = [_elsewhere(workspace, target, first, wish, None, script)]
    place = (result[0].start, result[0].end) if result[0].cut and result[0].paragraph == target.paragraph.id else None
    return result + [_elsewhere(workspace, target, language, Cut(), place, script) for language in others]


def _ranges(target: Target, wish: Cut) -> list[Range]:
    """The stored ranges to print of a paragraph whose text is here."""
    assert target.paragraph is not None
    text = target.paragraph.text or ""
    if wish:
        return _wished(text, wish)
    if target.annotation is None:
        return [(0, len(text))]
    from .letters import letters

    form, note = letters(text), target.annotation
    if note.letter_end > len(form):
        raise YinzhengError(f"{note.id} is not inside its paragraph; run: yinzheng check {target.work}")
    return [with_partners(text, *form.stored(note.letter_start, note.letter_end))]


def _wished(text: str, wish: Cut) -> list[Range]:
    if wish.quote:
        return cut.parts(text, wish.quote)
    if wish.elide:
        return cut.ends(text, wish.start or "", wish.end or "")
    return [cut.between(text, wish.start, wish.end)]


def _repeated(text: str, wish: Cut) -> Iterator[str]:
    """Which of the words asked for stand in the paragraph more than once, so that another place may be meant."""
    since = cut.find(text, wish.start)[1] if wish.start and wish.end else 0
    for words, at in ((wish.quote, 0), (wish.start, 0), (wish.end, since)):
        if not words:
            continue
        try:
            times = len(cut.places(text, words, at))
        except YinzhengError:  # a quotation in parts
            continue
        if times > 1:
            many = f"{times} times" if times < cut.MOST else f"{times} times or more"
            yield (
                f"{words!r} stands {many} in {'the rest of ' if at else ''}this paragraph; the first is taken, more of "
                "its words would name another"
            )


def _elsewhere(
    workspace: Workspace, target: Target, language: str, wish: Cut, place: Range | None, script: Script | None
) -> Excerpt:
    """The aligned paragraph in a language: the words of an edition that is here, else our digest. ``place``: what is
    quoted of the paragraph named, so that only the part linked with it is printed, if a part is."""
    assert target.paragraph is not None
    found: list[tuple[Edition, list[Paragraph]]] = []
    linked = dict(workspace.aligned(target.work, target.paragraph.id))
    for edition in workspace.work(target.work).editions.values():
        if edition.language == language:
            paragraphs = workspace.paragraphs(target.work, edition.key)
            aligned = [one for one in paragraphs if one.id in linked and one.text is not None]
            found += [(edition, aligned)] if aligned else []
    if not found:
        raise YinzhengError(
            f"there is no {NAMES[language]} for {target.paragraph.id} here: no text, and no digest aligned with it"
        )
    ours = target.edition.role == "digest"
    edition, (paragraph, *more) = min(found, key=lambda row: (row[0].role == "digest") != ours)
    text = paragraph.text or ""
    if place is None and target.annotation is not None:
        place = target.annotation.start, target.annotation.end
    part = _part(workspace, target, place, paragraph.id) if place else None
    ranges = _wished(text, wish) if wish else [part or (0, len(text))]
    notices = list(_repeated(text, wish))
    if edition.role == "digest" and language == target.edition.language and not ours:
        notices.append(
            f"the text of {target.work}/{target.edition.key} is not here: this is our digest's paragraph, a paraphrase "
            "and no quotation; to quote the edition itself, add your copy: yinzheng add FILE"
        )
    elif place and part is None and not wish:
        notices.append(f"the {NAMES[language]} is the whole paragraph that is aligned, not only what the words render")
    if more:
        numbers = ", ".join(str(one.number or one.id) for one in more)
        notices.append(f"{target.paragraph.id} is aligned with more of {edition.key}, not printed here: {numbers}")
    excerpt = _cut(workspace, target.work, edition, paragraph, ranges, script)
    return replace(excerpt, notices=(*notices, *excerpt.notices))


def _part(workspace: Workspace, target: Target, place: Range, there: str) -> Range | None:
    """The part of another paragraph that is linked with a place of the paragraph named."""
    assert target.paragraph is not None
    for link in workspace.links(target.work):
        source = (link.source, link.source_start, link.source_end)
        goal = (link.target, link.target_start, link.target_end)
        for (one, first, last), (other, low, high) in ((source, goal), (goal, source)):
            if (one, other) != (target.paragraph.id, there) or None in (first, last, low, high):
                continue
            if first <= place[0] and place[1] <= last:  # type: ignore[operator]
                return low, high  # type: ignore[return-value]
    return None


def _cut(
    workspace: Workspace,
    work: str,
    edition: Edition,
    paragraph: Paragraph,
    ranges: Sequence[Range],
    script: Script | None,
) -> Excerpt:
    copies = workspace.local(work, edition.key) if edition.text == "local" else []
    notes = [Note.parse(note) for copy in copies if copy.id == paragraph.id for note in copy.notes]
    known = _script(copies) if copies and edition.script else None
    found = made(edition, paragraph, ranges, notes, known, script)
    if paragraph.section is None:
        return found
    above = workspace.paragraphs(work, edition.key)
    return replace(found, section=next((one.text for one in above if one.id == paragraph.section), None))


def _glossed(workspace: Workspace, found: Sequence[Excerpt], gloss: str) -> Excerpt:
    """The one passage with the writer's translation of it."""
    gloss = " ".join(gloss.split())
    if not gloss:
        raise YinzhengError("--gloss wants your translation of the words, and not an empty text")
    if len(found) != 1:
        raise YinzhengError("--gloss translates one passage; --lang both prints the other language already")
    excerpt = found[0]
    if excerpt.words == "paraphrase":
        raise YinzhengError("--gloss translates a quotation; this is our digest, a paraphrase: put it as you like")
    own = "zh" if excerpt.lang.startswith("zh") else "en"
    if is_chinese(gloss) == (own == "zh"):
        raise YinzhengError(f"--gloss is in {NAMES[own]}, as the words are; give a translation of them")
    if not bracketed(gloss):
        raise YinzhengError("a bracket in your --gloss has no partner; it stands in brackets, which that would end")
    if own == "zh" and marked(gloss):
        raise YinzhengError(
            "--gloss wants no quotation marks: English words between marks would be read as the original's; leave the "
            "marks out, or quote the original"
        )
    notices = list(excerpt.notices)
    place = published(workspace, excerpt, gloss)
    if place:
        notices.append(
            "the words of your gloss stand in the original, and can be quoted from it: "
            f"yinzheng cite {place} --quote {shlex.quote(gloss)}"
        )
    elif place := original(workspace, excerpt):
        notices.append(
            f"the original of these words is here, and can be quoted in the place of your gloss: yinzheng cite {place}"
        )
    return replace(excerpt, gloss=gloss, notices=tuple(notices))


def _script(copies: Sequence[LocalParagraph]) -> Script | None:
    """The script of the reader's copy, which may be another than the edition's: their letters are the same."""
    sample = ""
    for copy in copies:
        sample += copy.text
        if len(sample) >= SAMPLE:
            break
    return _detected(sample)


_detected = lru_cache(maxsize=4)(detect)
