"""APA 7. Rules as collected in the research notes on citation, 4.1 and 4.5.

A translated article: both years where they differ (2019/2021); translators in brackets behind the title, with the role
as printed; counted paragraphs are allowed as locators. A title that is only known translated stands in brackets. No
romanisation and no English title is made up: what the source prints in Chinese stays Chinese.
"""

from __future__ import annotations

from ...bib import OTHERS, PersonName
from ..cited import Cited, Place
from ..excerpt import Excerpt
from ..inline import Emph, Inline, Link, inline
from ..phrases import phrase, remarks
from ..reference import Reference

# Chinese roles as printed, with what they mean; 編譯 does not claim a complete translation.
ROLES = {"譯": "Trans.", "译": "Trans.", "編譯": "編譯 [Trans. & adapted]", "编译": "编译 [Trans. & adapted]",
         "審校": "審校 [Rev.]", "审校": "审校 [Rev.]"}  # fmt: skip


def cite(excerpt: Excerpt, reference: Reference, place: Place) -> Cited:
    """(Park, 2023, para. 12); for our digest: (…, summarising Park, 2023)."""
    source = reference.digests
    where = locator(excerpt)
    if source is not None:
        after = f"{phrase('summarising', 'en')} {_who(source)}, {_years(source)}"
    else:
        after = "; ".join(remarks("en", emphasis=bool(excerpt.emphasis), script_from=excerpt.script_from))
    voice = phrase(excerpt.whose, "en") + " " if excerpt.whose in ("translator", "editor") else ""
    said = ", ".join(filter(None, [f"{voice}{_who(reference)}", _years(reference), where]))
    gap = (", " if source else "; ") if after else ""
    return Cited(
        text=inline(f"({said}{gap}{after})"),
        gloss=inline(f" [{excerpt.gloss}]") if excerpt.gloss else (),
        prefix=voice.strip() if not source else "",
        locator=where,
        suffix=after,
    )


def entry(reference: Reference, lang: str) -> Inline:
    """The entry in the list of references; APA's own words are English whatever the language around them."""
    who = _list([_inverted(name) for name in reference.authors]) or None
    title = reference.title or "[title not known]"
    if reference.title_translated:
        title = f"[{title}]"
    people = "; ".join(
        f"{_people([_direct(name) for name in one.latn or one.names])}, {ROLES.get(one.role, one.role)}"
        for one in reference.contributors
    )
    brackets = f" ({people})" if people else ""
    alone = reference.container is None
    return inline(
        f"{who}{'' if who.endswith('.') else '.'} " if who else None,
        f"({_year(reference)}). ",
        Emph(title) if alone else title,
        f"{brackets}.",
        _container(reference),
        " " if reference.doi or reference.url else None,
        Link(f"https://doi.org/{reference.doi}") if reference.doi else Link(reference.url) if reference.url else None,
        f" (Original work published {reference.original.year})"
        if _republished(reference) and reference.original
        else None,
        f" [Not verified: {reference.unverified}]" if reference.unverified else None,
    )


def _container(reference: Reference) -> Inline:
    if reference.container is None:
        return ()
    parts: list[str | Emph] = [" ", Emph(reference.container)]
    if reference.volume:
        parts += [", ", Emph(reference.volume)]
        if reference.issue or (reference.number and not reference.series):
            parts.append(f"({reference.issue or reference.number})")
    elif reference.issue:
        parts.append(f", {reference.issue}")
    if reference.series:
        parts.append(f" ({reference.series}{', No. ' + reference.number if reference.number else ''})")
    if reference.pages:
        parts.append(f", {reference.pages.replace('--', '–')}")
    return inline(*parts, ".")


def _who(reference: Reference) -> str:
    names = [name.literal or name.family for name in reference.authors]
    if not names:
        return f"“{reference.title}”" if reference.title else reference.key
    pair = len(names) == 2 and names[1] != OTHERS
    return names[0] if len(names) == 1 else " & ".join(names) if pair else f"{names[0]} et al."


def _year(reference: Reference) -> str:
    return reference.dated or "n.d."


def _years(reference: Reference) -> str:
    if _republished(reference) and reference.original:
        return f"{reference.original.year}/{_year(reference)}"
    return _year(reference)


def _republished(reference: Reference) -> bool:
    original = reference.original
    return original is not None and original.year is not None and original.year != reference.year


def locator(excerpt: Excerpt) -> str:
    """A printed page, else the paragraph, which APA lets us count."""
    return f"p. {excerpt.page}" if excerpt.page else f"para. {excerpt.number}" if excerpt.number else ""


def _inverted(name: PersonName) -> str:
    if name.literal:
        return name.literal
    initials = " ".join(f"{part[0]}." for part in name.given.replace("-", " ").split())
    return f"{name.family}, {initials}" if initials else name.family


def _direct(name: PersonName) -> str:
    return name.literal or f"{' '.join(f'{part[0]}.' for part in name.given.split())} {name.family}".strip()


def _people(names: list[str]) -> str:
    return " & ".join(names) if len(names) == 2 and names[1] != OTHERS else _list(names)


def _list(names: list[str]) -> str:
    if names[1:] and names[-1] == OTHERS:
        return ", ".join([*names[:-1], "et al."])
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f", & {names[-1]}" if names else ""
