"""GB/T 7714—2025, author and date. Rules as collected in the research notes on citation, 4.4 and 4.5.

Clause 8.5.3 is the first to give an article's translator a place: 題名[J]. 譯者，譯. 刊名，年，卷（期）：頁碼. The
standard wants pages as locators; a counted paragraph stands in prose, outside the brackets.
"""

from __future__ import annotations

from ...bib import OTHERS, PersonName
from ..cited import Cited, Place
from ..excerpt import Excerpt
from ..inline import Inline, Link, inline
from ..phrases import phrase, remarks
from ..reference import Reference

_TYPES = {
    "article": "J",
    "online": "EB/OL",
    "book": "M",
    "incollection": "M",
    "thesis": "D",
    "report": "R",
    "misc": "Z",
}
_UNVERIFIED = {
    "English title": ("英文題名", "英文题名"),
    "title": ("題名", "题名"),
    "author": ("作者", "作者"),
    "year": ("年份", "年份"),
    "issue": ("期號", "期号"),
    "pages": ("頁碼", "页码"),
    "publication": ("出版項", "出版项"),
    "URL": ("網址", "网址"),
    "day of publication": ("發表日期", "发表日期"),
}


def _in(lang: str, hant: str, hans: str) -> str:
    """The standard's own words in the script of the text around them."""
    return hans if "Hans" in lang else hant


def heading(lang: str) -> str:
    """What the list is called."""
    return _in(lang, "參考文獻", "参考文献")


def cite(excerpt: Excerpt, reference: Reference, place: Place) -> Cited:
    """第12段（Park，2023）; for our digest: （…，2026，撮述 Park，2023）."""
    lang = place.lang
    where = f"第{excerpt.number}段" if excerpt.number and not excerpt.page else ""
    page = f"：{excerpt.page}" if excerpt.page else ""
    source = reference.digests
    if source is not None:
        after = [f"{phrase('summarising', lang)} {_who(source)}，{_year(source, lang)}"]
    else:
        after = remarks(lang, emphasis=bool(excerpt.emphasis), script_from=excerpt.script_from)
    voice = phrase(excerpt.whose, lang) if excerpt.whose in ("translator", "editor") else ""
    said = "，".join(filter(None, [voice, _who(reference), _year(reference, lang) + page, *after]))
    return Cited(
        text=inline(f"{where}（{said}）"),
        gloss=inline(f"（{excerpt.gloss}，{phrase('gloss', lang)}）") if excerpt.gloss else (),
        prefix=voice,
        locator=where or excerpt.page or "",
        suffix="，".join(after),
    )


def entry(reference: Reference, lang: str) -> Inline:
    """The entry in the list of references, in the language of the resource (5.1)."""
    title = reference.title or _in(lang, "［題名不詳］", "［题名不详］")
    if reference.title_translated:
        title = f"［{title}］"
    kind = _TYPES.get(reference.kind, "Z")
    if kind == "J" and (reference.doi or reference.url):
        kind = "J/OL"
    people = "；".join(f"{_list(one.names)}，{one.role}" for one in reference.contributors)
    authors = _list(reference.authors)
    return inline(
        f"{authors.removesuffix('.')}. " if authors else None,
        f"{title}[{kind}]. ",
        f"{people}. " if people else None,
        _where(reference, lang),
        "." if not (reference.doi or reference.url) else ". ",
        Link(f"DOI:{reference.doi}") if reference.doi else Link(reference.url) if reference.url else None,
        "." if reference.doi or reference.url else None,
        _unverified(reference.unverified, lang) if reference.unverified else None,
    )


def _where(reference: Reference, lang: str) -> str:
    year = _year(reference, lang)
    if reference.container is None:
        return "，".join(filter(None, [reference.publisher, year]))
    if reference.volume or not reference.issue:
        issue = (
            f"（{reference.issue or reference.number}）"
            if reference.issue or (reference.number and not reference.series)
            else ""
        )
        parts = [reference.container, year, f"{reference.volume or ''}{issue}"]
    else:  # an issue that names its own year: 2023年第50期
        parts = [reference.container, reference.issue if year in reference.issue else f"{year}（{reference.issue}）"]
    if reference.series:
        parts.append(f"{reference.series}{'之' + reference.number if reference.number else ''}")
    where = "，".join(filter(None, parts))
    return f"{where}：{reference.pages.replace('--', '-')}" if reference.pages else where


def _unverified(note: str, lang: str) -> str:
    parts = [part.strip() for part in note.split(",")]
    said = "、".join(_in(lang, *_UNVERIFIED[part]) if part in _UNVERIFIED else part for part in parts)
    return f"〔{_in(lang, '未核實', '未核实')}：{said}〕"


def _who(reference: Reference) -> str:
    names = [name.literal or name.family for name in reference.authors]
    if not names:
        return reference.title or reference.key
    more = " 等" if names[0][-1] >= "⺀" else " et al."
    return names[0] + more if len(names) > 1 else names[0]


def _year(reference: Reference, lang: str) -> str:
    return reference.dated or _in(lang, "［年份不詳］", "［年份不详］")


def _list(names: tuple[PersonName, ...]) -> str:
    """Three names, then 等 or et al. (7.1.2); family first, initials without points (7.1.1)."""
    named = [name for name in names if name.literal != OTHERS]
    shown = [
        name.literal or " ".join([name.family, *(part[0] for part in name.given.replace("-", " ").split())])
        for name in named[:3]
    ]
    if shown and (len(named) > 3 or len(named) < len(names)):
        shown.append("等" if shown[0][-1] >= "⺀" else "et al.")
    return "，".join(shown)
