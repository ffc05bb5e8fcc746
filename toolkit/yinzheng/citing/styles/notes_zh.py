"""What Chinese journals that cite in footnotes share: the note, first and again, and entries of Western works.

A journal says how its full and its short form are made; a short form stands from the second note on a work. 同上 is
not among them: neither journal here has it. Places without pages are told as paragraphs (第12段), in the words of the
note. What must be said of the words (translator's note, emphasis, script) stands before and behind the reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...bib import PersonName
from ..cited import Cited, Place
from ..excerpt import Excerpt
from ..inline import Emph, Inline, Link, Text, inline, plain
from ..marks import fitted
from ..phrases import phrase
from ..reference import Contributor, Reference
from . import zh

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Journal:
    """``full`` and ``short`` are told a Chinese work, the page or paragraph in words, and the language around."""

    full: Callable[[Reference, str, str], Inline]
    short: Callable[[Reference, str, str], Inline]

    def cite(self, excerpt: Excerpt, reference: Reference, place: Place) -> Cited:
        """The words get a note's number; the note is the reference, and what must be said of the words."""
        lang, source = place.lang, reference.digests
        voice = zh.voice(excerpt, lang)
        where = paged(excerpt.page, lang) if excerpt.page else zh.paragraph(excerpt)
        if not zh.chinese(reference):
            where = western_pages(excerpt.page) if excerpt.page else excerpt.locator or ""
        said = zh.after(excerpt, lang)
        work = self._work(reference, where, lang, full=place.first)
        if source is not None:
            work = inline(work, f"，{phrase('summarising', lang)} ", self._work(source, "", lang, full=place.first))
        lead = f"{voice}，{zh.script(lang, '見', '见')}" if voice else ""
        unverified = zh.unverified(source or reference, lang) if place.first else ""
        return Cited(
            note=inline(lead, _ended(work, source or reference), *(f"{one}。" for one in said), unverified),
            gloss=inline(zh.gloss(excerpt, lang)),
            prefix=voice,
            locator=where,
            suffix="，".join(said),
        )

    def entry(self, reference: Reference, lang: str) -> Inline:
        """The entry in a list of works: the full form with the pages that it takes up."""
        pages, eid = reference.pages or "", reference.eid or ""
        if zh.chinese(reference):
            where = paged(pages, lang) if pages else f"{zh.script(lang, '文章編號', '文章编号')}{eid}" if eid else ""
        else:
            where = western_pages(pages) if pages else f"article {eid}" if eid else ""
        where = "" if newspaper(reference) else where
        return inline(
            _ended(self._work(reference, where, lang, full=True), reference),
            zh.unverified(reference, lang),
        )

    def _work(self, reference: Reference, where: str, lang: str, *, full: bool) -> Inline:
        if zh.chinese(reference):
            return (self.full if full else self.short)(reference, where, lang)
        return western(reference, where, full)


def paged(pages: str, lang: str, form: str = "第{}{}") -> str:
    """第4—5页; what is no number (扉頁, 序2) as printed."""
    pages = pages.replace("--", "—").replace("–", "—").replace("-", "—")
    if not pages[:1].isdecimal():
        return pages
    return form.format(pages, zh.script(lang, "頁", "页"))


def western_pages(pages: str) -> str:
    """p. 105, pp. 101-125."""
    pages = pages.replace("--", "-").replace("–", "-")
    return f"{'pp' if '-' in pages or ',' in pages else 'p'}. {pages}" if pages[:1].isdecimal() else pages


def western(reference: Reference, where: str, full: bool) -> Inline:
    """Jane A. Doe and Richard Roe, “Title,” *Journal*, vol. 12, no. 3 (2019), p. 105; *Title*, Place: Publisher, Year.

    From four authors on, the first with et al. A title that is only known translated stands in brackets.
    """
    chapter = reference.kind in zh.CHAPTERS and reference.container is not None
    serial = not chapter and (reference.kind in ("article", "newspaper") or reference.issue is not None)
    rest = [*(_published(reference, chapter, serial) if full else []), *([inline(where)] if where else [])]
    who = _people(reference.authors)
    if not who and not chapter and reference.editors:
        who = _editors(reference.editors)
    title = reference.title or "title not known"
    if reference.title_translated or not reference.title:
        name = inline(f"[{title}]", ", " if rest else None)
    elif chapter or serial or reference.kind in zh.THESES:
        mark = "" if title.endswith(("?", "!")) else "," if rest else "."
        name = inline(f"“{fitted(title, 'en')}{mark}”", " " if rest else None)
    else:
        name = inline(Emph(title), ", " if rest else None)
    joined = [node for one in rest for node in (*one, Text(", "))][:-1]
    return inline(f"{who}, " if who else None, name, tuple(joined))


def _published(reference: Reference, chapter: bool, serial: bool) -> list[Inline]:
    found = [_contributed(one, reference) for one in zh.contributors(reference)]
    year = reference.dated or "n.d."
    container = Emph(reference.container or "")
    if serial:
        number = reference.issue or reference.number
        parts = [f"vol. {reference.volume}" if reference.volume else "", f"no. {number}" if number else ""]
        issue = ", ".join(filter(None, parts))
        dated = _day(reference.date or year) if newspaper(reference) else f"{issue} ({year})" if issue else year
        return [*found, inline(container), inline(dated)]
    if chapter:
        people, editors = zh.hosts(reference)
        host = _editors(people) if editors else _people(people)
        found += [inline(f"in {host}"), inline(container)] if people else [inline("in ", container)]
    elif reference.kind in zh.THESES:
        kind = reference.genre or reference.kind
        degrees = {"phdthesis": "PhD dissertation", "mathesis": "master’s thesis", "mastersthesis": "master’s thesis"}
        found.append(inline(degrees.get(kind, reference.genre or "thesis")))
    if zh.edition(reference):
        found.append(inline(zh.edition(reference)))
    if reference.volume:
        found.append(inline(f"vol. {reference.volume}" if reference.volume.isdecimal() else reference.volume))
    place = reference.place if reference.kind not in zh.THESES else None
    maker = ": ".join(filter(None, [place, reference.publisher]))
    online = reference.kind in zh.PAGES and reference.url
    if online:
        year = _day(reference.date or "")
    found += [inline(part) for part in (maker, year) if part]
    if online:
        found += [inline(Link(online)), *([inline(_day(reference.urldate))] if reference.urldate else [])]
    return found


def _day(date: str) -> str:
    """April 21, 2021, as far as the date is known; anything else as it stands."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", date)
    if match is None:
        return date
    return f"{_MONTHS[int(match[2]) - 1]} {str(int(match[3])) + ', ' if match[3] else ''}{match[1]}"


def _contributed(contributor: Contributor, reference: Reference) -> Inline:
    """trans. Jane Roe; with a role that says more: 陳蕊 (編譯)."""
    role, people = zh.role(contributor, reference), _people(contributor.names)
    if role in ("ed.", "eds."):
        return inline(f"ed. {people}")
    return inline(f"trans. {people}" if role == "trans." else f"{people} ({role})" if role else people)


def newspaper(reference: Reference) -> bool:
    """Whether it stands in a newspaper, whose pages are part of its date."""
    return reference.kind == "newspaper" or "newspaper" in (reference.genre or "").casefold()


def _editors(people: Sequence[PersonName]) -> str:
    return f"{_people(people)}, {'eds.' if len(zh.named(people)[0]) > 1 else 'ed.'}"


def _people(people: Sequence[PersonName]) -> str:
    known, more = zh.named(people)
    names = [zh.direct(name) for name in known]
    if more or len(names) > 3:
        return f"{names[0]} et al." if names else ""
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])}, and {names[-1]}"


def chinese_people(people: Sequence[PersonName]) -> str:
    """甲、乙、丙; of more than three the first, with 等."""
    known, more = zh.named(people)
    names = [zh.direct(name) for name in known]
    return f"{names[0]}等" if names and (more or len(names) > 3) else "、".join(names)


def serial_issue(reference: Reference, volume: str, plain: str) -> str:
    """The number of an issue: ``volume`` with {volume}, {issue}, {year} where there are volumes, else ``plain``.

    An issue that names its own year (2023年第50期 總第159期) stands as the source has it.
    """
    issue = reference.issue or ("" if reference.series else reference.number) or ""
    year = reference.dated or ""
    if issue and reference.year and reference.year in issue:
        return issue
    issue = f"第{issue}期" if issue[:1].isdecimal() else issue
    known = f"第{reference.volume}卷" if (reference.volume or "").isdecimal() else reference.volume or ""
    return (volume if known else plain).format(volume=known, issue=issue, year=year)


def series(reference: Reference) -> str:
    """，叢書之9."""
    return f"，{reference.series}{'之' + reference.number if reference.number else ''}" if reference.series else ""


def _ended(work: Inline, reference: Reference) -> Inline:
    """With its full stop."""
    words = plain(work)
    if words.endswith((".", "。", ".”", "?”", "!”")):
        return work
    return inline(work, "。" if zh.chinese(reference) else ".")
