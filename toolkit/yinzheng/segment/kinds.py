"""What each block is: title, byline, lead, heading, body, caption or note.

Judged from the markup where it says so, else from shape (`signs`) and place: a line that ends no sentence and stands
before prose is a heading; short lines above the text are its title and bylines; what follows 【導讀】 up to the next
line of furniture is the editor's lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..records import Kind, Voice
from .annotators import section_of
from .block import Block, Stored
from .looks import Looks
from .signs import Look, note_number


def classify(blocks: Sequence[Stored]) -> list[Block]:
    """Name every block's kind and voice, and join a title that stands on several lines."""
    looks = Looks(_with_joined_titles(Looks(blocks)))
    opening, leads = _front(looks)
    kinds = [*_above(looks, opening, leads), *_running(looks, opening)]
    headline = _headline(kinds, opening, leads)
    under = _sections(looks, kinds, opening)
    return [
        Block(
            kind,
            block.text,
            block.emphasis,
            block.notes,
            leads.get(at) or ("editor" if at < headline else under.get(at) or _voice(kind, looks[at])),
        )
        for at, (kind, block) in enumerate(zip(kinds, looks.blocks, strict=True))
    ]


def _voice(kind: Kind, look: Look) -> Voice:
    if kind in ("byline", "caption"):
        return "editor"
    return look.annotator if kind == "note" else "author"


def _sections(looks: Looks, kinds: Sequence[Kind], opening: int) -> dict[int, Voice]:
    """The prose under headings that say whose it is, up to the next heading: 譯後記."""
    result: dict[int, Voice] = {}
    whose: Voice | None = None
    for at in range(opening, len(kinds)):
        if kinds[at] == "heading":
            whose = section_of(looks[at].text)
        elif whose and kinds[at] == "body":
            result[at] = whose
    return result


def _headline(kinds: Sequence[Kind], opening: int, leads: dict[int, Voice]) -> int:
    """How many blocks stand above an editor's lead where the work's own title follows it: the page's headline, never
    the author's words."""
    if not leads:
        return 0
    first, last = min(leads), max(leads)
    return first if leads[first] == "editor" and "title" in kinds[last + 1 : opening] else 0


def _front(looks: Looks) -> tuple[int, dict[int, Voice]]:
    """How many blocks stand above the text, and which of them are a lead, in whose voice.

    The text begins with the first prose that is no lead, with the list or the heading that it stands under.
    """
    leads: dict[int, Voice] = {}
    at = 0
    while at < len(looks):
        look = looks[at]
        headed = look.lead_heading if at + 1 < len(looks) and looks[at + 1].prose else None
        if whose := look.lead or headed:
            start = at + 1 if headed else at
            at = _end_of_lead(looks, start, headed is not None)
            leads.update(dict.fromkeys(range(start, at), whose))
        elif _is_text(looks, at) or _opens_section(looks, at):
            break
        else:
            at += 1
    if at == len(looks) and not leads:  # no prose at all
        return _above_verse(looks), leads
    if 0 < at < len(looks) and _is_item(looks, at) and looks[at - 1].text.endswith((":", "：")):
        at -= 1  # what announces a list belongs to the text
    return at, leads


def _is_text(looks: Looks, at: int) -> bool:
    """Prose, or an item of a list, or what announces it; but no first line with a byline under it."""
    look = looks[at]
    if at == 0 and look.width <= 120 and len(looks) > 2 and not look.lead:
        under = looks[1]
        if (
            not under.hint
            and (under.credit or under.date or under.name)
            and any(other.prose for other in looks.part(2))
        ):
            return False
    if look.announces:  # 主題： announces no text where the author's name comes first
        first = next((other for other in looks.part(at + 1) if other.prose or other.hint or other.byline), None)
        return first is None or first.prose
    return look.prose or look.listed or _is_item(looks, at)


def _end_of_lead(looks: Looks, start: int, headed: bool) -> int:
    """Up to the credits or the title above the text; only the first paragraph where nothing shows the end."""
    end = start + 1
    while end < len(looks) and looks[end].prose and not looks[end].lead:
        end += 1
    after = end
    while after < len(looks) and not (looks[after].prose or looks[after].hint or looks[after].number):
        after += 1
    if after == len(looks) or not (headed or after - end > 1 or (after > end and _is_credited(looks, end, after))):
        return start + 1 if not headed or end == len(looks) else end
    return end


def _is_credited(looks: Looks, at: int, after: int) -> bool:
    """Whether one line between a lead and the text is no heading of the text: a credit, or a title above headings."""
    return looks[at].credit or looks[at].date or looks[after].hint == "heading" or looks[after].number is not None


def _next_is_prose(looks: Looks, at: int) -> bool:
    return at + 1 < len(looks) and looks[at + 1].prose


def _opens_section(looks: Looks, at: int) -> bool:
    """A heading, by its markup, number or word, with text below it and not the author's name."""
    look = looks[at]
    if look.hint != "heading" and (
        look.hint or look.credit or look.date or not (look.number or look.section or look.bold)
    ):
        return False
    if look.bold and not (
        look.short and at and not look.name and _next_is_prose(looks, at) and any(o.bold for o in looks.part(at + 1))
    ):
        return False
    below = next((other for other in looks.part(at + 1) if other.hint != "heading" and not other.number), None)
    return below is None or below.prose or not (below.byline or below.hint == "title")


def _above_verse(looks: Looks) -> int:
    """The lines above a poem: they stand apart from it, and its lines together."""
    first = next((at for at, block in enumerate(looks.blocks) if at and not block.adjacent), 0)
    together = any(block.adjacent for block in looks.blocks[first:])
    return first if first <= 3 and together and not any(look.number for look in looks.part(0, first)) else 0


def _above(looks: Looks, opening: int, leads: dict[int, Voice]) -> Iterator[Kind]:
    titled = signed = False
    for at in range(opening):
        kind: Kind = "lead" if at in leads else _furniture(looks, at, titled)
        if signed and not leads and at + 1 == opening and _is_unmarked(looks[at], kind):
            kind = "heading"  # under the byline, directly above the text
        titled, signed = titled or kind == "title", signed or kind == "byline"
        yield kind


def _is_unmarked(look: Look, kind: Kind) -> bool:
    return not look.hint and (kind == "title" or (kind == "byline" and not (look.credit or look.date or look.name)))


def _furniture(looks: Looks, at: int, titled: bool) -> Kind:
    look = looks[at]
    if look.hint == "heading":
        return "heading" if look.lead_heading or _opens_section(looks, at) else "title"
    if look.hint:
        return look.hint
    if look.caption or look.in_brackets == "picture":
        return "caption"
    if look.lead_heading or (look.section and titled) or (look.number and at and not (look.credit or look.date)):
        return "heading"
    return "byline" if look.credit or look.date or (look.byline and titled) else "title"


def _running(looks: Looks, opening: int) -> Iterator[Kind]:
    markers = {note_number(note.what) for block in looks.blocks for note in block.notes if note.kind == "marker"}
    foot = next((at + 1 for at in reversed(range(len(looks))) if looks[at].prose and not looks[at].mark), opening)
    numbered = next((block.text for block in looks.blocks[opening:] if block.text.isdecimal()), "1") == "1"
    outline = not any(look.prose for look in looks.part(0)) and all(
        look.number and not look.block.adjacent for look in looks.part(0)
    )
    in_notes = listing = False
    for at in range(opening, len(looks)):
        look = looks[at]
        listing = look.circled and (listing or looks[at - 1].announces) if at else False
        kind: Kind = "body"
        if look.signed and look.hint in (None, "body"):
            kind = "note"
        elif look.hint:
            kind = look.hint
        elif look.page or look.related or (look.text.isdecimal() and not numbered):
            kind = "byline"
        elif look.caption:
            kind = "caption"
        elif look.in_brackets:
            kind = "caption" if look.in_brackets == "picture" else "byline" if look.width <= 40 else "body"
        elif (
            look.note
            or look.lead
            or (look.circled and not listing)
            or (at >= foot and look.mark and look.mark in markers)
        ):
            kind = "note"
        elif outline or _is_heading(looks, at, in_notes):
            kind = "heading"
        elif at >= foot > 0 and not look.number and (look.credit or look.date or (look.byline and look.width <= 60)):
            kind = "byline"  # furniture at the foot of a page
        elif in_notes:
            kind = "note"
        if kind == "heading":
            in_notes = look.notes
        yield kind


def _is_heading(looks: Looks, at: int, in_notes: bool) -> bool:
    look = looks[at]
    if look.notes:
        return True
    if at + 1 == len(looks) or not look.short or look.credit or _is_item(looks, at):
        return False
    following = looks[at + 1]
    if look.section or in_notes:
        return look.section or look.text.startswith(("第", "Chapter", "Part", "Appendix", "附"))
    if look.number:
        return following.prose or following.hint is not None or _is_deeper(look, following)
    if at and not looks[at - 1].hint and not look.bold and (looks[at - 1].announces or _is_among_verse(looks, at)):
        return False
    return following.prose and look.width <= 60 and not look.listed


def _is_among_verse(looks: Looks, at: int) -> bool:
    """Directly under a line that is no sentence either: the last of some verse, or of an address."""
    above = looks[at - 1]
    return looks[at].block.adjacent and not (above.prose or above.number or above.in_brackets or above.caption)


def _is_item(looks: Looks, at: int) -> bool:
    """A numbered line directly before or behind another of the same pattern: a list, not headings."""
    near = (looks[other].number for other in (at - 1, at + 1) if 0 <= other < len(looks))
    return looks[at].number is not None and looks[at].number in near


def _is_deeper(look: Look, following: Look) -> bool:
    """A numbered line under a numbered line of another pattern: 一、 and then （一）, 1. and then 1.1."""
    return following.number not in (None, look.number) and following.width <= 90


def _with_joined_titles(looks: Looks) -> list[Stored]:
    """Lines of a title that stand directly under one another, joined: 主題： / 副題, or 主題 / ——副題."""
    result: list[Stored] = []
    limit = next((at for at, block in enumerate(looks.blocks) if block.hint), len(looks))
    credited = False
    previous: Look | None = None
    for at, look in enumerate(looks.part(0, limit)):
        if (
            previous is not None
            and (look.block.adjacent or credited)
            and not any(one.prose or one.byline or one.number or one.listed for one in (previous, look))
            and (
                previous.text.endswith((":", "：", "—"))
                or look.text.startswith(("—", "–"))
                or (previous.block is not looks[at - 1].block and not look.section and looks[at - 2].announces)
            )
        ):
            previous = Look(_joined(previous.block, look.block))
            result[-1] = previous.block
        else:
            previous = look
            result.append(look.block)
        credited = credited or look.credit or look.date or bool(look.lead)
    return [*result, *looks.blocks[limit:]]


def _joined(one: Stored, other: Stored) -> Stored:
    wide = one.text[-1] >= "⺀" or (one.text[-1] in ":—" and other.text[0] >= "⺀")
    glue = "" if wide or other.text[0] in "—–" else " "
    shift = len(one.text) + len(glue)
    return replace(
        one,
        text=one.text + glue + other.text,
        emphasis=(*one.emphasis, *(offset + shift for offset in other.emphasis)),
        notes=(*one.notes, *(replace(n, start=n.start + shift, end=n.end + shift) for n in other.notes)),
    )
