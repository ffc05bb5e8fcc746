"""From excerpts to printed citations: style and format meet here, and know nothing of one another. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..bib import Bibliography, Entry, closure
from ..errors import YinzhengError
from .bundle import Bundle, Citation
from .excerpt import Excerpt
from .formats import FORMATS
from .reference import Reference, reference
from .styles import DEFAULT, STYLES

_MARKS = {"zh-Hant": ("「」", "『』"), "zh-Hans": ("“”", "‘’"), "en": ("“”", "‘’")}


def render(
    excerpts: Sequence[Excerpt],
    bibliographies: Mapping[str, Bibliography],
    *,
    to: str = "text",
    style: str | None = None,
    keys: Sequence[tuple[str, str, str]] = (),
) -> str:
    """Print excerpts with their citations and the references that they need.

    ``keys``: (work, citation key, language tag) of references to list although no excerpt is of them. The style
    is by default that of the language of each excerpt. Raises YinzhengError for an unknown style, or a key that has
    no entry.
    """
    if style is not None and style not in STYLES:
        from difflib import get_close_matches

        near = get_close_matches(style, STYLES, n=2, cutoff=0.3) or list(STYLES)
        raise YinzhengError(f"no style {style!r}; there is: {', '.join(near)} (--list-styles)")
    citations = []
    listed: dict[tuple[str, str], dict[str, Reference]] = {}
    wanted: list[tuple[str, str]] = []
    for excerpt in excerpts:
        name = style or DEFAULT.get(excerpt.lang.split("-")[0], "apa")
        found = reference(bibliographies[excerpt.work], excerpt.edition.cite)
        citations.append(
            Citation(
                excerpt=excerpt,
                key=found.key,
                locator=locator(excerpt),
                in_text=STYLES[name].in_text(excerpt, found),
                marks=marks(excerpt),
            )
        )
        wanted.append((excerpt.work, found.key))
        listed.setdefault((name, excerpt.lang), {}).update((one.key, one) for one in _family(found))
    for work, key, lang in keys:
        found = reference(bibliographies[work], key)
        wanted.append((work, key))
        listed.setdefault((style or DEFAULT[found.lang], lang), {}).update((one.key, one) for one in _family(found))
    lists = tuple(
        (STYLES[name].heading(lang), tuple((one.key, STYLES[name].entry(one, lang)) for one in references.values()))
        for (name, lang), references in listed.items()
    )
    entries: dict[str, Entry] = {}
    for work, key in wanted:
        entries.update((entry.key, entry) for entry in closure(bibliographies[work], [key]))
    return FORMATS[to](Bundle(tuple(citations), lists, tuple(entries.values())))


def _family(found: Reference) -> list[Reference]:
    """A reference and what it renders: the original first, the words quoted last."""
    before = found.original or found.digests
    return [*(_family(before) if before else ()), found]


def locator(excerpt: Excerpt) -> str | None:
    """The place in the edition: a page where one is printed, else the paragraph that we count."""
    if excerpt.page:
        return f"p. {excerpt.page}"
    return f"para. {excerpt.number}" if excerpt.number else None


def marks(excerpt: Excerpt) -> str:
    """The pair of quotation marks, by language and by what the words themselves contain; none for our own words."""
    if excerpt.words == "paraphrase":
        return ""
    lang = "en" if excerpt.lang.startswith("en") else "zh-Hans" if "Hans" in excerpt.lang else "zh-Hant"
    outer, inner = _MARKS[lang]
    return inner if outer[0] in excerpt.text and inner[0] not in excerpt.text else outer
