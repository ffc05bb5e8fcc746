"""Harvard as Cite Them Right prints it, 12th edition.

Sources: library guides that follow the book. Books, chapters, articles, editions, edited books, all authors in the list
and et al. from four on in the text: libguides.sgul.ac.uk/Harvard/books; Translated by behind the title: the reference
list of the University of Birmingham on Cite Them Right (Homer, The Iliad); organisations, web pages, Available at,
(Accessed: 28 March 2024), no date: library.rgu.ac.uk/harvard-referencing-templates/webpages. Single quotation marks,
with punctuation behind them. What those do not show is as harvard-cite-them-right.csl of the CSL styles (commit
0819c0e) prints it.

No page that could be found says how Cite Them Right would have an article translated into Chinese, the original of a
translation, or an article's number: they follow the pattern of books, with the words of the other styles. It has no
rule for a writer's own translation of a quotation, so that this style prints none.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...bib import PersonName
from ..cited import Cited, Place
from ..excerpt import Excerpt
from ..inline import Emph, Inline, inline, plain
from ..phrases import phrase
from ..reference import Reference
from . import en, roles, zh
from .people import joined, persons
from .people import people as listed

_QUOTED = {"article", "newspaper", "chapter"}
_MARKS = "‘’"


def cite(excerpt: Excerpt, reference: Reference, place: Place) -> Cited:
    """(Doe and Roe, 2021, p. 4)."""
    source, voice, where = reference.digests, en.voice(excerpt), locator(excerpt)
    said = [f"{phrase('summarising', 'en')} {plain(_work(source))}"] if source else en.said(excerpt)
    behind = "; ".join(said)
    gap = (", " if source else "; ") if behind else ""
    return Cited(
        text=inline("(", voice, _work(reference), f", {where}" if where else None, f"{gap}{behind})"),
        prefix=voice.strip(),
        locator=where,
        suffix=behind,
    )


def entry(reference: Reference, lang: str) -> Inline:
    """The entry in the reference list."""
    people, more = listed(reference)
    who = joined([one.abbreviated("") for one in people], more, "and", comma="never")
    if who and not reference.authors:
        who += " (eds)" if len(people) > 1 or more else " (ed.)"
    dated = f"({_year(reference)})"
    credits = [en.capital(roles.by(one, _people(one.names, one.latn))) for one in en.contributors(reference)]
    title, where = _title(reference), _container(reference)
    joint = " " if not who else ", " if en.kind(reference) in _QUOTED else ". "
    begin = inline(f"{who} {dated} ", title) if who else inline(title, f" {dated}")
    if credits or not plain(where):
        begin = inline(
            begin, _stop(begin), *(f" {one}{_stop(inline(one))}" for one in credits), " " if plain(where) else None
        )
    else:
        begin = inline(begin, " " if joint == ". " and _ended(begin) else joint)
    made = inline(begin, where)
    link, seen = en.address(reference), en.date(reference.urldate)
    seen_on = f" (Accessed: {_day(seen)})" if seen and reference.url and not reference.doi else ""
    return inline(
        made,
        _stop(made),
        inline(" Available at: ", link, seen_on, ".") if link else None,
        _origin(reference.original),
        en.unverified(reference),
    )


def locator(excerpt: Excerpt) -> str:
    """A page, else the paragraph."""
    return en.paged(excerpt.page) if excerpt.page else f"para. {excerpt.number}" if excerpt.number else ""


def _work(reference: Reference) -> Inline:
    """Doe and Roe, 2021; Doe *et al.*, 2021; without authors the title."""
    people, more = listed(reference)
    names = [one.family for one in people]
    if names and (more or len(names) > 3):
        who = inline(f"{names[0]} ", Emph("et al."))
    else:
        who = inline(
            joined(names, False, "and", comma="never") or _marked(en.short_title(reference, article=True), reference)
        )
    return inline(who, f", {_year(reference)}")


def _title(reference: Reference) -> Inline:
    title = _marked(reference.title_latn or reference.title or "title not known", reference)
    translated = en.translated_title(reference)
    return inline(title, f" [{translated}]" if translated else None)


def _marked(title: str, reference: Reference) -> Inline:
    if reference.title_translated or not reference.title:
        return inline(f"[{title}]")
    return inline(en.quoted(title, _MARKS)) if en.kind(reference) in _QUOTED else en.italic(title)


def _container(reference: Reference) -> Inline:
    """What the work stands in and who published it, without a full stop at the end."""
    kind = en.kind(reference)
    name = reference.container_latn or reference.container
    pages = en.paged(reference.pages) if reference.pages else f"article {reference.eid}" if reference.eid else ""
    maker = ": ".join(filter(None, [reference.place, reference.publisher]))
    if kind == "chapter":
        people, edited = zh.hosts(reference)
        label = f" ({'eds' if len(people) > 1 else 'ed.'})" if edited else ""
        made = f"{_people(people)}{label}{'' if edited else ','} " if people else ""
        host = inline("in ", made, Emph(name or ""))
        return inline(host, _stop(host), " ", _facts(reference), ", ".join(filter(None, [maker, pages])))
    if kind in ("article", "newspaper"):
        issue = en.issue(reference)
        bracket = f"({issue})" if issue and (reference.volume or en.numeric(issue)) else issue
        numbers = f"{reference.volume or ''}{bracket}"
        series = (
            f"{reference.series}{', no. ' + reference.number if reference.number else ''}" if reference.series else ""
        )
        known = en.date(reference.date)
        day = " ".join(filter(None, [str(known[2] or ""), known[1]])) if known and kind == "newspaper" else ""
        facts = ", ".join(filter(None, [numbers, series, day, pages]))
        return inline(Emph(name) if name else None, f"{', ' if name else ''}{facts}" if facts else None)
    if kind == "thesis":
        return inline(
            ". ".join(filter(None, [en.degree(reference, "PhD thesis", "Master’s thesis"), reference.publisher]))
        )
    if kind == "page":
        return inline(Emph(site) if (site := en.site(reference)) else None)
    return inline(_facts(reference), maker)


def _facts(reference: Reference) -> str:
    """2nd edn. Vol. 3. Series, 9."""
    number = reference.number if en.kind(reference) == "report" else ""
    found = [
        en.ordinal(reference.edition, "edn"),
        f"Vol. {reference.volume}" if reference.volume else "",
        ", ".join(filter(None, [reference.series, reference.number])) if reference.series else "",
        f"{reference.genre or 'Report'} {number}" if number and not reference.series else "",
    ]
    return "".join(f"{one}{'' if one.endswith('.') else '.'} " for one in found if one)


def _origin(original: Reference | None) -> Inline:
    """Originally published as ‘Title’ (2019) *Journal*, 12(3), pp. 101–125; in, where no source gives its title."""
    if original is None:
        return ()
    where, dated = _container(original), f"({_year(original)})" if original.year else ""
    if original.title_translated or not original.title:
        named = inline("in ", where) if where else ()
    else:
        named = inline("as ", _marked(original.title, original), f" {dated}" if dated else None)
        named = inline(named, " " if where else None, where)
        dated = ""
    known = inline(named, " " if named and dated else None, dated)
    return inline(" Originally published ", known, _stop(known)) if known else ()


def _year(reference: Reference) -> str:
    return en.year(reference, "no date", "c. ", " ")


def _day(known: tuple[str, str, int]) -> str:
    year, month, day = known
    return " ".join(filter(None, [str(day or ""), month, year]))


def _people(names: Sequence[PersonName], latn: Sequence[PersonName] = ()) -> str:
    people, more = persons(names, latn)
    return joined([one.initialled("") for one in people], more, "and", comma="never")


def _ended(tree: Inline) -> bool:
    return plain(tree).endswith((".", "?", "!", "。", "？", "！"))


def _stop(tree: Inline) -> str:
    return "" if _ended(tree) else "."
