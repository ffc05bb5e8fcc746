"""APA, 7th edition.

Sources: the research notes on citation, 4.1 and 4.5, with the pages they name (both years in the text:
uow.libguides.com/uow-apa7/book-translated; a translated article: knowadays.com; the title's translation in brackets:
libanswers.jcu.edu.au/faq/273527, Manual p. 301); "How to Quote a Foreign-Language Source and Its Translation",
blog.apastyle.org, 2018-09-03 (one's own translation in brackets, without quotation marks; that it is one's own is said
there, as every style here that prints one says it); up to 20 authors, of more
19, an ellipsis and the last: library.ju.edu/c.php?g=994677&p=7197483; chapters, web pages with their day:
htuse.com/?p=4267; paragraphs counted where there are no pages: libanswers.nwtc.edu/faq/212915. What those do not show
(theses, reports, article numbers, n.d.-a) is as apa.csl of the CSL styles prints it (commit 0819c0e).

Counted paragraphs are allowed as locators. APA asks for a title romanised; where no source romanises it, it stays
Chinese. The title's translation is the original's own, in its own capitals.
"""

from __future__ import annotations

from ..cited import Cited, Place
from ..excerpt import Excerpt
from ..inline import Emph, Inline, inline, plain
from ..phrases import phrase
from ..reference import Reference
from . import en, roles, zh
from .people import joined, persons
from .people import people as listed

_SET_ALONE = {"page", "thesis", "report", "book"}  # what stands in nothing else: its title is set apart


def cite(excerpt: Excerpt, reference: Reference, place: Place) -> Cited:
    """(Park, 2019/2021, para. 12); for our digest: (…, summarising Park, 2019)."""
    source, where = reference.digests, locator(excerpt)
    said = [f"{phrase('summarising', 'en')} {plain(_work(source))}"] if source else en.said(excerpt)
    after = "; ".join(said)
    voice = en.voice(excerpt)
    gap = (", " if source else "; ") if after else ""
    return Cited(
        text=inline("(", voice, _work(reference), f", {where}" if where else None, f"{gap}{after})"),
        gloss=en.gloss(excerpt, "[]"),
        prefix=voice.strip(),
        locator=where,
        suffix=after,
    )


def entry(reference: Reference, lang: str) -> Inline:
    """The entry in the list of references; APA's own words are English whatever the language around them."""
    who, title = _authors(reference), _title(reference)
    dated = f"({_date(reference)})"
    begin = inline(who, " ", dated, ". ", title) if who else inline(title, _stop(title), " ", dated)
    original = reference.original
    link = en.address(reference)
    seen = en.date(reference.urldate)
    seen_on = (
        f"Retrieved {_day(seen)}, from "
        if seen and not reference.year and reference.url and not reference.doi
        else None
    )
    return inline(
        begin,
        _stop(begin),
        _container(reference),
        inline(" ", seen_on, link) if link else None,
        f" (Original work published {original.year})" if original and original.year else None,
        en.unverified(reference),
    )


def _title(reference: Reference) -> Inline:
    """The title, its translation, and in brackets who rendered it and which edition it is."""
    title = reference.title_latn or reference.title or "title not known"
    name = f"[{title}]" if reference.title_translated or not reference.title else title
    translated = en.translated_title(reference)
    kind = en.kind(reference)
    people = [roles.behind(one, _people(one.names, one.latn), len(one.names) > 1) for one in en.contributors(reference)]
    facts = ["; ".join(people)]
    if kind in ("book", "report"):
        edition, volume = en.ordinal(reference.edition, "ed."), reference.volume
        number = (
            f"{reference.genre or 'Report'} No. {reference.number}" if reference.number and kind == "report" else ""
        )
        facts.append(", ".join(filter(None, [edition, f"Vol. {volume}" if volume else "", number])))
    said = "; ".join(filter(None, facts))
    if kind == "thesis":
        degree = en.degree(reference, "Doctoral dissertation", "Master’s thesis")
        said_of = f" [{', '.join(filter(None, [degree, reference.publisher]))}]"
    else:
        said_of = ""
    return inline(
        Emph(name) if kind in _SET_ALONE else name,
        f" [{translated}]" if translated else None,
        f" ({said})" if said else None,
        said_of,
    )


def _container(reference: Reference) -> Inline:
    kind = en.kind(reference)
    if kind == "chapter":
        people, editors = zh.hosts(reference)
        label = f" ({'Eds.' if len(people) > 1 else 'Ed.'})" if editors else ""
        facts = [
            en.ordinal(reference.edition, "ed."),
            f"Vol. {reference.volume}" if reference.volume else "",
            en.paged(reference.pages) if reference.pages else "",
        ]
        where = ", ".join(filter(None, facts))
        maker = f" {_once(reference.publisher)}" if reference.publisher else None
        host = f"{_people(people)}{label}, " if people else ""
        return inline(f" In {host}", Emph(_name(reference)), f" ({where})" if where else None, ".", maker)
    if kind in _SET_ALONE:
        made = en.site(reference) if kind == "page" else None if kind == "thesis" else reference.publisher
        known = [one.literal for one in reference.authors]
        return inline(f" {_once(made)}") if made and made not in known else ()
    issue = en.issue(reference)
    numbers = (
        inline(Emph(reference.volume), f"({issue})" if issue else None)
        if reference.volume
        else inline(f"({issue})" if en.numeric(issue) else issue)
    )
    series = f"{reference.series}{', No. ' + reference.number if reference.number else ''}" if reference.series else ""
    where = en.pages(reference.pages) if reference.pages else f"Article {reference.eid}" if reference.eid else ""
    name = en.italic(_name(reference)) if reference.container else ()
    tree = en.commas(name, numbers)
    tree = inline(tree, " " if tree and series else None, f"({series})" if series else None)
    tree = en.commas(tree, where)
    return inline(" ", tree, ".") if tree else ()


def _name(reference: Reference) -> str:
    return reference.container_latn or reference.container or ""


def _authors(reference: Reference) -> str:
    """Up to twenty; of more, nineteen, an ellipsis and the last. Without authors the editors of a book."""
    people, more = listed(reference)
    names = [one.abbreviated() for one in people]
    if len(names) > 20 and not more:
        who = ", ".join([*names[:19], f". . . {names[-1]}"])
    else:
        who = joined(names, more, "&", comma="always")
    if who and not reference.authors:
        return f"{who} ({'Eds.' if len(names) > 1 or more else 'Ed.'})."
    return who if not who or who.endswith(".") else f"{who}."


def _people(names: object, latn: object = ()) -> str:
    people, more = persons(names, latn)  # type: ignore[arg-type]
    return joined([one.initialled() for one in people], more, "&")


def _work(reference: Reference) -> Inline:
    """Doe & Roe, 2019/2021; without authors “Title,” 2021, or *Title*, 2021."""
    people, more = listed(reference)
    who: str | Inline = joined([one.family for one in people], more, "&", most=2)
    if not who:
        who = _called(reference)
    return inline(en.ended(inline(who), ","), " ", _years(reference))


def _called(reference: Reference) -> Inline:
    title = en.short_title(reference, article=True)
    if reference.title_translated or not reference.title:
        return inline(f"[{title}]")
    return en.italic(title) if en.kind(reference) in _SET_ALONE else inline(en.quoted(title))


def _year(reference: Reference) -> str:
    return en.year(reference, "n.d.")


def _years(reference: Reference) -> str:
    if _republished(reference) and reference.original:
        return f"{reference.original.year}/{_year(reference)}"
    return _year(reference)


def _republished(reference: Reference) -> bool:
    original = reference.original
    return original is not None and original.year is not None and original.year != reference.year


def _date(reference: Reference) -> str:
    """The year; of newspapers and web pages the day: 2021, April 21."""
    known = en.date(reference.date)
    if known and known[1] and en.kind(reference) in ("newspaper", "page"):
        return f"{_year(reference)}, {known[1]}{f' {known[2]}' if known[2] else ''}"
    return _year(reference)


def _day(seen: tuple[str, str, int]) -> str:
    year, month, day = seen
    return f"{month} {day}, {year}" if day else f"{month} {year}".strip()


def locator(excerpt: Excerpt) -> str:
    """A printed page, else the paragraph, which APA lets us count."""
    return en.paged(excerpt.page) if excerpt.page else f"para. {excerpt.number}" if excerpt.number else ""


def _stop(tree: Inline) -> str:
    return "" if plain(tree).endswith((".", "?", "!", "。", "？", "！")) else "."


def _once(name: str | None) -> str:
    return f"{name}{'' if (name or '').endswith('.') else '.'}" if name else ""
