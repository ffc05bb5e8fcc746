"""The MLA Handbook, 9th edition: author and page in the text, a list of works cited.

Sources: the research notes on citation, 4.3 and 4.5, with the pages they name. One's own translation, in quotation
marks within the citation and labelled my trans.: style.mla.org/?p=38184 (Handbook 6.75). A title in characters first,
then romanised, then translated, in brackets, and three hyphens for the authors of the entry above:
style.mla.org/nonroman-characters. No numbers that the source does not print (6.77): a counted paragraph is left out, a
printed one is par. 12. A contributor to the one work stands behind its title, one to the container behind that one's:
style.mla.org/2017/10/31/label-before-a-contributor-name/, and Handbook 5.107 as modern-language-association.csl of the
CSL styles (commit 0819c0e) cites it; the original's year: 5.108. Three authors and more with et al., short titles where
a list has several works of one author: library.gannon.edu/c.php?g=1183183&p=8653519.

The title's translation is the original's own, in its own capitals.
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

_MONTHS = {"January": "Jan.", "February": "Feb.", "March": "Mar.", "April": "Apr.", "August": "Aug.",
           "September": "Sept.", "October": "Oct.", "November": "Nov.", "December": "Dec."}  # fmt: skip
_QUOTED = {"article", "newspaper", "chapter", "page"}
MINE = "my trans."
ELLIPSIS = ". . ."


def cite(excerpt: Excerpt, reference: Reference, place: Place) -> Cited:
    """(Doe and Roe 105); (“English wording”; Doe and Roe, “示例标题” 4; my trans.)."""
    source, voice = reference.digests, en.voice(excerpt)
    where = locator(excerpt)
    # What a digest summarises is told by its title too: the list may hold its original, by the same authors.
    said = [f"{phrase('summarising', 'en')} {plain(_work(source, alone=False))}"] if source else en.said(excerpt)
    own = inline(en.quoted(excerpt.gloss), "; ") if excerpt.gloss else ()
    said += [MINE] if excerpt.gloss else []
    named = _work(reference, alone=place.alone)
    if where:
        named = inline(named, " ", where) if excerpt.page else inline(en.ended(named, ","), " ", where)
    gap = ", " if source else "; "
    return Cited(
        text=inline("(", own, voice, named, *(f"{gap}{one}" for one in said), ")"),
        prefix=(plain(own) + voice).strip(),
        locator=f"p. {where}" if excerpt.page else where,
        suffix="; ".join(said),
    )


def entry(reference: Reference, lang: str) -> Inline:
    """The entry in the list of works cited."""
    return _entry(reference, _authors(reference))


def again(reference: Reference, lang: str) -> Inline:
    """The entry of one more work by the authors of the entry above."""
    return _entry(reference, "---")


def _entry(reference: Reference, who: str) -> Inline:
    kind, original = en.kind(reference), reference.original
    credits = [roles.by(one, _people(one.names, one.latn)) for one in en.contributors(reference)]
    lead: list[str | Inline] = [original.year] if original and original.year and original.year != reference.year else []
    run: list[str | Inline] = []
    if kind in ("book", "report", "page", "thesis") and not (kind == "page" and en.site(reference)):
        run += credits
    else:
        lead += [en.capital(one) for one in credits]
    if kind == "thesis":
        lead += [_dated(reference)]
        run += [reference.publisher or "", en.degree(reference, "PhD dissertation", "Master’s thesis")]
    else:
        run += [*_container(reference), _dated(reference), _pages(reference)]
    seen = en.date(reference.urldate)
    series = f"{reference.series}{', no. ' + reference.number if reference.number else ''}" if reference.series else ""
    return inline(
        en.sentences(
            who,
            _title(reference),
            *lead,
            _capital(en.commas(*run, inline(en.address(reference)))),
            f"Accessed {_day(seen)}" if seen and not reference.year else "",
            series,
        ),
        en.unverified(reference),
    )


def locator(excerpt: Excerpt) -> str:
    """A page, or a paragraph whose number the source prints; never one that we count."""
    if excerpt.page:
        return en.mla_pages(excerpt.page)
    return f"par. {excerpt.number}" if excerpt.number and excerpt.edition.locator == "printed" else ""


def _work(reference: Reference, *, alone: bool) -> Inline:
    """Doe and Roe; with a short title where the list has other works of theirs, and the title alone without authors."""
    people, more = listed(reference)
    who = joined([one.family for one in people], more, "and", most=2)
    return inline(who) if who and alone else en.commas(who, _marked(en.short_title(reference, native=True), reference))


def _authors(reference: Reference) -> str:
    people, more = listed(reference)
    names = [one.spoken if at else one.inverted for at, one in enumerate(people)]
    turned = "always" if people and people[0].inverted != people[0].spoken else "series"
    if people and (more or len(people) > 2):
        who = f"{names[0]}{',' if turned == 'always' else ''} et al."
    else:
        who = joined(names, False, "and", comma=turned)
    return f"{who}, {'editors' if len(people) > 1 or more else 'editor'}" if who and not reference.authors else who


def _title(reference: Reference) -> Inline:
    """“漢字” [“Romanised”; “An Original Title”]."""
    title = _marked(reference.title or "title not known", reference)
    others = [_marked(one, reference) for one in (reference.title_latn, en.translated_title(reference)) if one]
    inside = [node for one in others for node in (*inline("; "), *one)][1:]
    return inline(title, *(inline(" [", tuple(inside), "]") if inside else ()))


def _marked(title: str, reference: Reference) -> Inline:
    if reference.title_translated or not reference.title:
        return inline(f"[{title}]")
    return inline(en.quoted(title)) if en.kind(reference) in _QUOTED else en.italic(title)


def _container(reference: Reference) -> list[str | Inline]:
    """What the work stands in, who made it, its edition, its numbers and its publisher."""
    kind = en.kind(reference)
    if kind == "page":
        site = en.site(reference)
        return [en.italic(site)] if site else []
    issue = en.issue(reference) if kind in ("article", "newspaper") else ""
    number = f"no. {issue}" if en.numeric(issue) else issue
    if kind == "report" and reference.number:
        number = f"{reference.genre or 'report'} {reference.number}"
    volume = f"vol. {reference.volume}" if reference.volume else ""
    found: list[str | Inline] = []
    if kind in _QUOTED and reference.container:
        latn = f" [{reference.container_latn}]" if reference.container_latn else None
        found.append(inline(Emph(reference.container), latn))
    if kind == "chapter":
        people, edited = zh.hosts(reference)
        found.append(f"{'edited by' if edited else 'by'} {_people(people)}" if people else "")
    maker = "" if kind in ("article", "newspaper") else reference.publisher or reference.place or ""
    return [*found, en.ordinal(reference.edition, "ed."), volume, number, maker]


def _pages(reference: Reference) -> str:
    if reference.pages:
        return en.paged(en.mla_pages(reference.pages))
    return reference.eid or ""


def _dated(reference: Reference) -> str:
    """The day where it is known, else the year; what has no date has none."""
    known = en.date(reference.date)
    if known and known[1]:
        return _day(known)
    return en.year(reference, "", "circa ", "")


def _day(known: tuple[str, str, int]) -> str:
    year, month, day = known
    return " ".join(filter(None, [str(day or ""), _MONTHS.get(month, month), year]))


def _people(names: Sequence[PersonName], latn: Sequence[PersonName] = ()) -> str:
    people, more = persons(names, latn)
    return joined([one.spoken for one in people], more, "and", most=2)


def _capital(tree: Inline) -> Inline:
    """A sentence of words begins with a capital; a title as it is."""
    if tree and not isinstance(tree[0], Emph) and hasattr(tree[0], "text"):
        return inline(en.capital(tree[0].text), tree[1:])
    return tree
