"""The Chicago Manual of Style, 18th edition: notes and bibliography, and author and date.

Sources: the research notes on citation, 4.2 and 4.5, with the pages they name (a translated title in brackets, in
roman, and "my translation" in parentheses behind the words: CMOS 11.16 and 13.101 in libguides.kpu.ca/c.php?g=700763&
p=5411726; a heading in the place of a page: chicagomanualofstyle.org, faq0431). One or two authors, of more the first
with et al. in notes and citations, in the bibliography of more than six three: libguides.acu.edu.au/chicago/
author_layout. Shortened notes and no ibid.: guides.douglascollege.ca/Chicago18/ShortenedCitations (CMOS 13.32-37). The
rest, down to the places of publication and the pages of chapters that the 18th edition leaves out, is as the styles
chicago-notes-bibliography.csl and chicago-author-date.csl of the CSL styles (commit 0819c0e) cite the manual.

No public page shows the comma behind a title that ends in ? or !, kept inside the quotation mark, which CSL drops.
Counted paragraphs are no locators of the source: the heading that they stand under comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from ...bib import PersonName
from ..cited import Cited, Place
from ..excerpt import Excerpt
from ..inline import Emph, Inline, inline, plain
from ..phrases import phrase
from ..reference import Reference
from . import en, roles, zh
from .people import Person, joined, persons
from .people import people as listed

_QUOTED = {"article", "newspaper", "chapter", "page", "thesis"}


@dataclass(frozen=True, slots=True)
class Chicago:
    """``notes``: with notes and a bibliography; else with author and date in the text."""

    notes: bool
    ELLIPSIS: ClassVar[str] = ". . ."

    def cite(self, excerpt: Excerpt, reference: Reference, place: Place) -> Cited:
        """(Doe and Roe [2019] 2021, 4), or the same as a note: full at first, then short."""
        source, voice, said = reference.digests, en.voice(excerpt), en.said(excerpt)
        where = locator(excerpt)
        if source:
            said = [f"{phrase('summarising', 'en')} {plain(_short(source) if self.notes else _dated(source))}"]
        behind = "; ".join(said)
        if self.notes:
            make = _full if place.first else _short
            note = en.commas(
                make(reference, excerpt), inline(f"{phrase('summarising', 'en')} ", make(source)) if source else ""
            )
            remarks = [] if source else [f" {en.capital(one)}." for one in said]
            unverified = [en.unverified(one) for one in (reference, source) if one and place.first]
            text: Inline = ()
            name = reference.creators[0].family if reference.creators and not place.first and not voice else ""
            if zh.particle(name)[0]:  # 8.5: De la Cruz, where it begins a note
                note = inline(en.capital(plain(note[:1])), note[1:])
            note = inline(en.ended(inline(en.capital(voice), note), "."), *remarks, *unverified)
        else:
            text = inline("(", voice, _dated(reference), f", {_bare(where)}" if where else None)
            text = inline(text, f"{', ' if source else '; '}{behind}" if behind else None, ")")
            note = ()
        return Cited(text, note, en.gloss(excerpt, "()"), prefix=voice.strip(), locator=where, suffix=behind)

    def entry(self, reference: Reference, lang: str) -> Inline:
        """The entry in the bibliography or the list of references."""
        people, more = listed(reference)
        who = _listed(people, more)
        if who and not reference.authors:
            who += ", eds." if len(people) > 1 or more else ", ed."
        original = reference.original
        dated = None
        if not self.notes:
            before = f"({original.year}) " if original and _republished(reference) else ""
            dated = f"{before}{_year(reference)}"
        kind, title = en.kind(reference), _title(reference)
        credits = [en.capital(roles.by(one, _people(one.names, one.latn))) for one in en.contributors(reference)]
        begin = (who, dated, title) if who else (title, dated)
        return inline(
            en.sentences(
                *begin,
                *(_host(reference, credits) if kind == "chapter" else credits),
                *_facts(reference),
                *self._published(reference),
                _seen(reference, capital=True),
                inline(en.address(reference)),
                _origin(original),
            ),
            en.unverified(reference),
        )

    def _published(self, reference: Reference) -> list[Inline]:
        """Where and when, for the list: the date stands behind the authors already in the style of author and date."""
        kind = en.kind(reference)
        where = en.chicago_pages(reference.pages) if reference.pages else reference.eid or ""
        if kind == "article":
            return [_issue(reference, where, dated=self.notes)]
        if kind in ("newspaper", "page"):
            name = inline(Emph(_name(reference))) if kind == "newspaper" else inline(en.site(reference))
            return [en.commas(name, _day(reference, with_year=self.notes))]
        maker = _degree(reference) if kind == "thesis" else reference.publisher or reference.place
        return [en.commas(maker or "", _year(reference) if self.notes else "")]


def locator(excerpt: Excerpt) -> str:
    """A page; a paragraph that is printed; else the heading it stands under, and only where there is none our count."""
    if excerpt.page:
        return en.paged(en.chicago_pages(excerpt.page))
    if excerpt.section and excerpt.edition.locator == "counted":
        return f"under {en.quoted(excerpt.section)}"
    return f"para. {excerpt.number}" if excerpt.number else ""


def _bare(where: str) -> str:
    """A page without p."""
    return where.removeprefix("pp. ").removeprefix("p. ")


def _full(reference: Reference, excerpt: Excerpt | None = None) -> Inline:
    """Jane A. Doe and Richard Roe, “Title,” trans. Zhang San, *Journal* 12, no. 3 (2019): 105, https://…"""
    people, more = listed(reference)
    who = joined([one.spoken for one in people], more, "and", most=2)
    if who and not reference.authors:
        who += ", eds." if len(people) > 1 or more else ", ed."
    kind = en.kind(reference)
    credits = [roles.by(one, _people(one.names, one.latn, most=2), short=True) for one in en.contributors(reference)]
    where = locator(excerpt) if excerpt else ""
    page = _bare(where) if excerpt and excerpt.page else ""
    if kind == "article":
        work = _issue(reference, page or ("" if where else reference.eid or ""), dated=True)
        rest = "" if page else where
        return en.commas(who, _title(reference), *credits, work, rest, inline(en.address(reference)))
    begin: list[str | Inline] = [who, _title(reference), *credits]
    if kind in ("newspaper", "page"):
        name = inline(Emph(_name(reference))) if kind == "newspaper" else inline(en.site(reference))
        begin += [name, _day(reference, with_year=True)]
    else:
        if kind == "chapter":
            hosts, edited = zh.hosts(reference)
            made = f"{'ed. ' if edited else 'by '}{_people(hosts, most=2)}" if hosts else ""
            work = inline("in ", Emph(_name(reference)))
            begin += [work, made]
        inside = page and kind == "book" and (reference.volume or "").isdecimal()  # 3:101, for volume 3
        page = f"{reference.volume}:{page}" if inside else page
        begin += [
            fact.replace("Vol.", "vol.") for fact in _facts(reference) if not (inside and fact.startswith("Vol."))
        ]
        maker = _degree(reference) if kind == "thesis" else reference.publisher or reference.place
        made_in = ", ".join(filter(None, [maker, _year(reference)]))
        begin = [inline(en.commas(*begin), f" ({made_in})")]
    return en.commas(*begin, page or where, _seen(reference), inline(en.address(reference)))


def _short(reference: Reference, excerpt: Excerpt | None = None) -> Inline:
    """Doe and Roe, “Example Title,” 105."""
    people, more = listed(reference)
    who = joined([one.family for one in people], more, "and", most=2)
    return en.commas(who, _called(reference), _bare(locator(excerpt)) if excerpt else "")


def _dated(reference: Reference) -> Inline:
    """Doe and Roe [2019] 2021; a comma before n.d. alone."""
    people, more = listed(reference)
    who = joined([one.family for one in people], more, "and", most=2)
    original = reference.original
    before = f"[{original.year}] " if original and _republished(reference) else ""
    name = inline(who) if who else _called(reference)
    return inline(name if reference.year else en.ended(name, ","), f" {before}{_year(reference)}")


def _called(reference: Reference) -> Inline:
    return _marked(en.short_title(reference), reference)


def _marked(title: str, reference: Reference) -> Inline:
    if reference.title_translated or not reference.title:
        return inline(f"[{title}]")
    return inline(en.quoted(title)) if en.kind(reference) in _QUOTED else en.italic(title)


def _title(reference: Reference) -> Inline:
    """“Romanised” 漢字 [An Original Title]; what no source romanises or translates is left out."""
    title = _marked(reference.title_latn or reference.title or "title not known", reference)
    translated = en.translated_title(reference)
    return inline(
        title,
        f" {reference.title}" if reference.title_latn and reference.title else None,
        f" [{translated}]" if translated else None,
    )


def _name(reference: Reference) -> str:
    return reference.container_latn or reference.container or ""


def _issue(reference: Reference, where: str, *, dated: bool) -> Inline:
    """*Journal* 12, no. 3 (2019): 105, or without the date *Journal* 12 (3): 105."""
    issue = en.issue(reference)
    number = f"no. {issue}" if en.numeric(issue) else issue
    native = f" {reference.container}" if reference.container_latn else ""
    series = (
        f", {reference.series}{', no. ' + reference.number if reference.number else ''}" if reference.series else ""
    )
    named = inline(Emph(_name(reference)), native) if reference.container else ()
    if dated:
        numbers = f" {reference.volume}, {number}" if reference.volume and number else ""
        numbers = numbers or (f" {reference.volume}" if reference.volume else f", {number}" if number else "")
        numbers += f" ({_year(reference)})"
    else:
        bracket = f" ({issue})" if issue else ""
        numbers = f" {reference.volume}{bracket}" if reference.volume else f", {number}" if number else ""
    behind = series + numbers
    return inline(named, behind if named else behind.lstrip(", "), f": {where}" if where else None)


def _host(reference: Reference, credits: Sequence[str]) -> list[str | Inline]:
    """In *Book*, edited by Max Moe."""
    people, edited = zh.hosts(reference)
    made = f"{'edited by' if edited else 'by'} {_people(people)}" if people else ""
    return [*credits, en.commas(inline("In ", Emph(_name(reference))), made)]


def _facts(reference: Reference) -> list[str]:
    """The edition, the volume and the series of a book, or a report's number."""
    kind = en.kind(reference)
    if kind not in ("chapter", "book", "report"):
        return []
    volume, number = reference.volume, reference.number
    found = [en.ordinal(reference.edition, "ed."), f"Vol. {volume}" if volume else ""]
    if reference.series:
        found.append(f"{reference.series}{' ' + number if number else ''}")
    elif number and kind == "report":
        found.append(f"{reference.genre or 'Report'} {number}")
    return [one for one in found if one]


def _degree(reference: Reference) -> str:
    return ", ".join(filter(None, [en.degree(reference, "PhD diss.", "Master’s thesis"), reference.publisher]))


def _day(reference: Reference, *, with_year: bool) -> str:
    """May 4, 2020, as far as it is known."""
    known = en.date(reference.date)
    if known is None or not known[1]:
        return _year(reference) if with_year and (reference.year or not reference.urldate) else ""
    day = f"{known[1]}{f' {known[2]}' if known[2] else ''}"
    return f"{day}{',' if known[2] else ''} {known[0]}" if with_year else day


def _seen(reference: Reference, *, capital: bool = False) -> str:
    """When a page without a date was seen."""
    known = en.date(reference.urldate)
    if known is None or reference.year or en.kind(reference) != "page":
        return ""
    year, month, day = known
    said = f"accessed {month} {day}, {year}" if day else f"accessed {month} {year}".replace("  ", " ")
    return en.capital(said) if capital else said


def _origin(original: Reference | None) -> Inline:
    """Originally published as “Title,” *Journal* 12, no. 3 (2019); in, where the title is only known translated."""
    if original is None:
        return ()
    kind, known = en.kind(original), bool(original.title and not original.title_translated)
    if kind == "article":
        place = _issue(original, "", dated=True)
    else:
        place = inline(", ".join(filter(None, [original.publisher or original.place, original.year])))
        place = en.commas(inline("in ", Emph(_name(original))), place) if kind == "chapter" else place
    if known:
        return inline("Originally published as ", en.commas(_title(original), place))
    return inline("Originally published in ", place) if kind in ("article", "chapter") else ()


def _year(reference: Reference) -> str:
    return en.year(reference, "n.d.")


def _republished(reference: Reference) -> bool:
    original = reference.original
    return original is not None and original.year is not None and original.year != reference.year


def _listed(people: Sequence[Person], more: bool) -> str:
    """The first turned, the others as spoken; of more than six, three."""
    names = [one.spoken if at else one.inverted for at, one in enumerate(people)]
    turned = "always" if people and people[0].inverted != people[0].spoken else "series"
    return joined(names, more, "and", comma=turned, most=6, first=3)


def _people(names: Sequence[PersonName], latn: Sequence[PersonName] = (), most: int = 0) -> str:
    people, more = persons(names, latn)
    return joined([one.spoken for one in people], more, "and", most=most)
