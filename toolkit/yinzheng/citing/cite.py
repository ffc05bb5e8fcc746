"""From excerpts to printed citations: style and format meet here, and know nothing of one another. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from string import ascii_lowercase

from ..bib import Bibliography, Entry, closure
from ..errors import YinzhengError
from .bundle import NEAREST, Bundle, Citation, Passage, Printed
from .cited import Cited, Place
from .excerpt import Excerpt
from .formats import FORMATS
from .inline import Inline, inline, plain
from .marks import dotted, printed
from .reference import Reference, reference
from .styles import DEFAULT, STYLES, Style

_MARKS = str.maketrans("", "", "“”‘’\"'")


def render(
    passages: Sequence[Sequence[Excerpt]],
    bibliographies: Mapping[str, Bibliography],
    *,
    to: str = "text",
    style: str | Style | None = None,
    keys: Sequence[tuple[str, str, str]] = (),
) -> Printed:
    """Print excerpts with their citations and the references that they need.

    The excerpts of one passage belong together (a place in two languages). ``keys``: (work, citation key, language
    tag) of references to list although no excerpt is of them. ``style``: a name, or one made of a CSL file; by default
    that of the language of each excerpt. Raises YinzhengError for an unknown style, for a key that has no entry, and
    for a writer's own translation in a style that prints none.
    """
    tags = [one.lang for passage in passages for one in passage] + [lang for _, _, lang in keys]
    around = next((tag for tag in tags if tag.startswith("zh")), "zh-Hant")
    lists: dict[str | Style, _List] = {}

    def listed(lang: str) -> _List:
        name = style or DEFAULT.get(lang.split("-")[0], "apa")
        if name not in lists:
            lists[name] = _List(_style(name), around)
        return lists[name]

    wanted: list[tuple[str, str]] = []
    for excerpt in (one for passage in passages for one in passage):
        found = reference(bibliographies[excerpt.work], excerpt.edition.cite)
        listed(excerpt.lang).add(found)
        wanted.append((excerpt.work, found.key))
    for work, key, _ in keys:
        found = reference(bibliographies[work], key)
        listed(found.lang).add(found)
        wanted.append((work, key))
    for one in lists.values():
        one.settle()
    entries: dict[str, Entry] = {}
    for work, key in wanted:
        entries.update((entry.key, entry) for entry in closure(bibliographies[work], [key]))
    return FORMATS[to](
        Bundle(
            tuple(Passage(tuple(listed(one.lang).cite(one) for one in passage)) for passage in passages),
            tuple((one.style.heading(one.lang), one.entries()) for one in lists.values()),
            tuple(entries.values()),
            next((one.style.engines for one in lists.values()), NEAREST),
        )
    )


def _style(name: str | Style) -> Style:
    if isinstance(name, Style):
        return name
    name = {key.casefold(): key for key in STYLES}.get(name.casefold(), name)
    if name not in STYLES:
        from difflib import get_close_matches

        within = [key for key, one in STYLES.items() if name.casefold() in f"{key} {one.label}".casefold()]
        near = within or get_close_matches(name.casefold(), STYLES, n=3, cutoff=0.6) or list(STYLES)
        raise YinzhengError(f"no style {name!r}; there is: {', '.join(near)} (--list-styles)")
    return STYLES[name]


class _List:
    """A list of references in one style, and the citations that point into it, in their order."""

    def __init__(self, style: Style, around: str) -> None:
        self.style, self.lang = style, around if style.language == "zh" else "en"
        self.references: dict[str, Reference] = {}
        self.numbers: dict[str, int] = {}
        self.cited: list[str] = []

    def add(self, found: Reference) -> None:
        """A reference and what it renders: in a numbered list what is cited first, else the original first."""
        family = [found]
        while before := family[-1].original or family[-1].digests:
            family.append(before)
        for one in family if self.style.kind == "numeric" else reversed(family):
            self.references.setdefault(one.key, one)

    def settle(self) -> None:
        """Bring the references into the order of the style; number them, and tell apart those of one year."""
        if self.style.order:
            ordered = sorted(self.references.values(), key=self.style.order)
            self.references = {one.key: one for one in ordered}
        self.numbers = {key: number for number, key in enumerate(self.references, 1)}
        if self.style.kind == "author-date":
            english = self.style.language == "en"  # cites a work without authors by its title, and letters n.d. too
            same: dict[tuple[object, str | None], list[str]] = {}
            for one in self.references.values():
                who = (one.listed or one.title) if english else one.creators or None
                same.setdefault((who, one.year), []).append(one.key)
            letters = {
                key: letter
                for (_, year), keys in same.items()
                if len(keys) > 1 and (year or english)
                for key, letter in zip(keys, ascii_lowercase, strict=False)
            }
            self.references = {key: _lettered(one, letters) for key, one in self.references.items()}

    def cite(self, excerpt: Excerpt) -> Citation:
        """The next citation."""
        found = self.references[excerpt.edition.cite]
        source = found.digests or found.original
        people = attrgetter("listed" if self.style.language == "en" else "creators")
        place = Place(
            number=self.numbers[found.key],
            source=self.numbers[source.key] if source else 0,
            note=len(self.cited) + 1,
            first=found.key not in self.cited,
            again=self.cited[-1:] == [found.key],
            alone=sum(people(one) == people(found) for one in self.references.values()) == 1,
            lang=self.lang,
        )
        self.cited.append(found.key)
        gloss, own = excerpt.gloss, not excerpt.lang.startswith("en")  # then the gloss is English
        told = replace(excerpt, gloss=dotted(gloss, self.style.ellipsis)) if gloss and own else excerpt
        cited = self.style.cite(told, found, place)
        if not _glosses(told, cited):
            others = [name for name, one in STYLES.items() if _glosses(told, one.cite(told, found, place))]
            raise YinzhengError(
                f"this style prints no translation of the writer’s own; with --gloss use one that labels it as yours: "
                f"{', '.join(others) or 'there is none'}"
            )
        words = len(excerpt.text.split()) if excerpt.lang.startswith("en") else len(excerpt.text)
        block = excerpt.words == "quotation" and words >= self.style.block[not excerpt.lang.startswith("en")]
        around, runs = printed(excerpt, block, self.style.ellipsis)
        summarised = found.digests.key if found.digests else None
        return Citation(excerpt, found.key, cited, around, runs, block, place.note if cited.note else None, summarised)

    def entries(self) -> tuple[tuple[str, Inline], ...]:
        """(key, entry) of each reference."""
        numbered = self.style.kind == "numeric"
        result: list[tuple[str, Inline]] = []
        above: Reference | None = None
        for key, one in self.references.items():
            same = above is not None and one.authors and above.authors and one.listed == above.listed
            make = self.style.again if self.style.again and same else self.style.entry
            result.append((key, inline(f"[{self.numbers[key]}] " if numbered else None, make(one, self.lang))))
            above = one
        return tuple(result)


def _glosses(excerpt: Excerpt, cited: Cited) -> bool:
    """Whether a citation has the writer's own translation, if there is one, with whatever quotation marks."""
    wanted = (excerpt.gloss or "").translate(_MARKS)
    return any(wanted in plain(part).translate(_MARKS) for part in (cited.gloss, cited.text, cited.note))


def _lettered(one: Reference, letters: Mapping[str, str]) -> Reference:
    """A reference and what it renders, with their letters."""
    return replace(
        one,
        letter=letters.get(one.key, ""),
        original=_lettered(one.original, letters) if one.original else None,
        digests=_lettered(one.digests, letters) if one.digests else None,
    )
