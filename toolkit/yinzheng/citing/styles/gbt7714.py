"""GB/T 7714 《信息与文献 参考文献著录规则》, editions 2025 and 2015, by author and date or by number.

Clauses are those of GB/T 7714—2025; the 2015 edition differs as said.

- 5.1: an entry is in the language of the resource; 等 or et al. by that language.
- 6.2 with its note: full-width marks but for ``.`` and ``[ ]``. The 2015 edition does not rule their width; half-width
  ones with a space are what is printed by it.
- 7.1.1: family name first, given names as initials without points, never in capitals (2015, 8.1.1: capitals); the
  Chinese form of a Western author's name where the edition prints it. 7.1.2: three names, then 等 or et al.
- 7.1.3: no author: 佚名 or Anon; a numbered list leaves it out.
- 7.2.1: a title of our own making (here: that is only known translated) stands in ``[ ]``.
- 7.5.4: an estimated year stands in ``[ ]``. What the record lacks (place, publisher) is left out rather than
  declared unknown to the work.
- 7.7: a resource without pages but with an article number has that in their place.
- 7.9: DOI: after the path, unless the path holds it.
- 8.1: by author and date, the year follows the authors.
- 8.2–8.5, 8.7, 8.8, 8.11.3: books, chapters, articles, theses, reports, web pages. 8.5.3 is the first to give the
  translator of an article a place: 題名[J]. 譯者，譯. 刊名. The 2015 edition has none (its 4.4.1 lists no
  其他責任者); journals that follow it print the translator in the same place, and so do we: whose words are quoted
  must be said. The role is the one printed. 6.2 sets ``.`` before each 其他責任者.
- A date of access stands in web pages, and in 2015 (4.4, 8.6) in every online resource.
- 9.2.1.3, 9.3.1.4: the page quoted stands raised, outside the brackets. Nothing provides for paragraphs: they stand
  in prose before the citation. 9.3.1.2: first author with 等 or et al. by the author's own script.
- 9.3.2: by language, then author, then year (see `zh.order`).

The labels 筆者譯 and 著重號為所引版本所有 follow usage; the standard has no rule for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...bib import PersonName
from ..cited import Cited, Place
from ..excerpt import Excerpt
from ..inline import Inline, Link, Sup, inline
from ..phrases import phrase
from ..reference import Reference
from . import en, zh

_TYPES = {
    **dict.fromkeys(["article", "suppperiodical", "periodical"], "J"),
    **dict.fromkeys(["book", "mvbook", "collection", "mvcollection", "reference", "booklet", *zh.CHAPTERS], "M"),
    **dict.fromkeys(["inproceedings", "conference"], "C"),
    **dict.fromkeys(zh.THESES, "D"),
    **dict.fromkeys(["report", "techreport"], "R"),
    **dict.fromkeys(zh.PAGES, "EB"),
    **{"newspaper": "N", "proceedings": "C", "mvproceedings": "C", "standard": "S", "patent": "P", "dataset": "DS"},
    **{"software": "CP", "map": "CM", "archive": "A", "preprint": "PP"},
}


@dataclass(frozen=True, slots=True)
class Standard:
    """The standard in one of its editions and one of its two systems."""

    edition: Literal[2015, 2025]
    numeric: bool = False

    def cite(self, excerpt: Excerpt, reference: Reference, place: Place) -> Cited:
        """第12段（Park，2023）, （Doe et al.，2021）⁴; by number [2]⁴; our digest （…，2026，撮述 Park，2023）."""
        lang, source = place.lang, reference.digests
        where, voice = zh.paragraph(excerpt), zh.voice(excerpt, lang)
        said = zh.after(excerpt, lang)
        if source is not None:
            work = _who(source) if self.numeric else f"{_who(source)}，{_year(source, lang)}"
            number = f"[{place.source}]" if self.numeric else ""
            said = [f"{phrase('summarising', lang)} {work}{number}"]
        whole = [voice, *said] if self.numeric else [voice, _who(reference), _year(reference, lang), *said]
        bracket = "，".join(filter(None, whole))
        return Cited(
            text=inline(
                where,
                f"（{bracket}）" if bracket else None,
                Sup(f"[{place.number}]") if self.numeric else None,
                Sup(excerpt.page.replace("--", "-")) if excerpt.page else None,
            ),
            gloss=inline(zh.gloss(excerpt, lang)),
            prefix=voice,
            locator=where or excerpt.page or "",
            suffix="，".join(said),
        )

    def entry(self, reference: Reference, lang: str) -> Inline:
        """The entry in the list of references."""
        kind = self._type(reference)
        chapter = reference.kind in zh.CHAPTERS and reference.container is not None
        main = self._people(zh.authors(reference), reference)
        if not self.numeric:
            main = f"{main or _anonymous(reference)}{self._comma}{_year(reference, lang)}"
        title = f"{self._title(reference, kind, lang)}[{kind}{_medium(reference, kind)}]"
        roles = [
            self._comma.join(filter(None, [self._people(one.names, reference), zh.role(one, reference)]))
            for one in zh.contributors(reference)
        ]
        source = self._source(reference, kind)
        if chapter:
            host = [self._people(reference.hosts, reference), self._volume(reference.container or "", reference)]
            if self.edition == 2025 and not (
                reference.place or reference.publisher
            ):  # a conference, without a publisher: //會議，年：頁
                mark = self._comma if self.numeric and reference.year else self._colon
                host, source = host[:1], mark.join(filter(None, [host[1], source]))
            parts = [main, f"{_joined([title, *roles])}//{_joined([*host, zh.edition(reference), source])}"]
        else:
            parts = [main, title, *roles, zh.edition(reference), source]
        doi = reference.doi and reference.doi.casefold() not in (reference.url or "").casefold()
        return inline(
            _joined(parts) + ".",
            *((" ", Link(reference.url), ".") if reference.url else ()),
            *((" ", Link(f"DOI:{reference.doi}"), ".") if doi else ()),
            zh.unverified(reference, lang),
        )

    def _type(self, reference: Reference) -> str:
        if "newspaper" in (reference.genre or "").casefold():
            return "N"
        if self.edition == 2025 and reference.kind in ("proceedings", "mvproceedings") and reference.publisher:
            return "M"  # 8.6.1: published as a book
        return _TYPES.get(reference.kind, "Z")

    @property
    def _comma(self) -> str:
        return "，" if self.edition == 2025 else ", "

    @property
    def _colon(self) -> str:
        return "：" if self.edition == 2025 else ": "

    def _bracket(self, text: str) -> str:
        return f"（{text}）" if self.edition == 2025 else f"({text})"

    def _title(self, reference: Reference, kind: str, lang: str) -> str:
        title = reference.title or zh.script(lang, "[題名不詳]", "[题名不详]")
        if reference.title_translated:
            return f"[{title}]"
        if kind in ("R", "P") and reference.number:
            return f"{title}{self._colon}{reference.number}"
        return self._volume(title, reference) if kind in ("M", "C") and not reference.container else title

    def _volume(self, title: str, reference: Reference) -> str:
        """A book of several volumes: 史書：第1卷, history：v.1 (7.2.3)."""
        volume = reference.volume or ""
        if volume.isdecimal():
            volume = f"第{volume}卷" if zh.chinese(reference) else f"v.{volume}"
        return f"{title}{self._colon}{volume}" if volume else title

    def _source(self, reference: Reference, kind: str) -> str:
        """Where it was published, from the serial or the place on to the pages and the date of access."""
        pages = (reference.pages or reference.eid or "").replace("--", "-").replace("–", "-")
        pages = f"{self._colon}{pages}" if pages else ""
        date = (reference.date or "").rstrip("~?%")
        year = _bare(reference) if self.numeric else ""
        if kind == "N":
            edition = self._bracket(reference.pages) if reference.pages else ""
            source = self._comma.join(filter(None, [reference.container, date])) + edition
        elif (
            kind == "J"
            or (kind == "EB" and (reference.issue or reference.volume))
            or (kind == "Z" and reference.container)
        ):
            source = self._serial(reference) + pages
        elif kind == "EB":
            site = en.site(reference) or ""
            known = f"{self._comma}{year}" if site and year and len(date) == 4 else ""
            source = site + (known or (self._bracket(date) if date and not (site and len(date) == 4) else ""))
        elif kind == "P" or (kind == "R" and not reference.place):
            source = (self._bracket(date) if self.edition == 2015 and kind == "R" and len(date) > 4 else date) + pages
        else:
            maker = self._colon.join(filter(None, [reference.place, reference.publisher]))
            source = self._comma.join(filter(None, [maker, year])) + pages
        access = kind in ("EB", "DS", "PP") or self.edition == 2015
        return source.removeprefix(self._colon) + (
            f"[{reference.urldate}]" if access and reference.url and reference.urldate else ""
        )

    def _serial(self, reference: Reference) -> str:
        """刊名，年，卷（期）; without volume 刊名，年（期）; an issue that names its own year stands for both.

        8.5.1.1: an article that is out before its issue has the day in their place.
        """
        year = _bare(reference) if self.numeric else ""
        issue = reference.issue or ("" if reference.series else reference.number) or ""
        day = reference.date if self.edition == 2025 and len(reference.date or "") > 7 else ""
        if issue and reference.year and reference.year in issue:
            parts = [reference.container, issue]
        elif reference.volume:
            parts = [reference.container, year, reference.volume + (self._bracket(issue) if issue else "")]
        elif issue:
            parts = [self._comma.join(filter(None, [reference.container, year])) + self._bracket(issue)]
        else:
            parts = [reference.container, day or year]
        series = f"{reference.series}{'之' + reference.number if reference.number else ''}" if reference.series else ""
        return self._comma.join(filter(None, [*parts, series]))

    def _people(self, people: Sequence[PersonName], reference: Reference) -> str:
        """Three names, then 等 or et al. (7.1.2)."""
        known, more = zh.named(people)
        shown = [self._person(name) for name in known[:3]]
        if shown and (more or len(known) > 3):
            shown.append("等" if zh.chinese(reference) else "et al.")
        return self._comma.join(shown)

    def _person(self, name: PersonName) -> str:
        if name.literal:
            return name.literal
        *suffix, given = name.given.split(", ")
        if zh.han(name.family) and zh.han(given):
            return name.family + given
        particle, family = zh.particle(name.family)
        # 2025 keeps the hyphen of a double name (Park J-R), 2015 does not (PARK J R)
        joint = "-" if self.edition == 2025 else " "
        initials = [joint.join(part[:1] for part in word.split("-") if part) for word in given.split()]
        family = family if self.edition == 2025 else family.upper()
        return " ".join(filter(None, [family, *initials, *(one.rstrip(".") for one in suffix), particle]))


def _joined(parts: Sequence[str]) -> str:
    return ". ".join(part.removesuffix(".") for part in parts if part)


def _medium(reference: Reference, kind: str) -> str:
    return "/OL" if reference.url or reference.doi or kind == "EB" else ""


def _who(reference: Reference) -> str:
    """The first author, in the text: a Chinese name whole with 等, a Western family name with et al."""
    known, more = zh.named(zh.authors(reference))
    if not known:
        return _anonymous(reference)
    first = zh.short(known[0])
    first = first if known[0].literal else zh.particle(first)[1]  # which stands behind the name in the list
    return f"{first} {'等' if zh.han(first) else 'et al.'}" if more or len(known) > 1 else first


def _anonymous(reference: Reference) -> str:
    return "佚名" if zh.chinese(reference) else "Anon"


def _bare(reference: Reference) -> str:
    """The year; in brackets where the entry marks it as uncertain."""
    return f"[{reference.year}]" if (reference.date or "").endswith(("~", "?", "%")) else reference.year or ""


def _year(reference: Reference, lang: str) -> str:
    if not reference.year:
        return zh.script(lang, "[年份不詳]", "[年份不详]") if zh.chinese(reference) else "[n.d.]"
    return f"{_bare(reference)}{reference.letter}"
