"""APA 7 in Chinese, as Taiwanese guides print it; entries that are not Chinese follow APA itself.

Sources: 林雍智, 《教育學門論文寫作格式指引：APA格式第七版之應用》 (2020), its forms of a reference as listed by the
National Taiwan University Library (articles, newspapers, books, translations, with 原著出版年：); cite2style,〈How to
Cite APA〉, on translations (2020, revised 2022: a translated article in a journal is its own example; both years in
the text, translators and reviewers with their roles in brackets behind the title, divided by ；) and on several
authors (2019, revised 2020: 等 or et al. from three on; up to 20 in the list). Chinese entries have full-width marks,
and an author of another language as the original has the name. What those pages do not show, chapters and theses, is
in APA's order with 載於 and ［博士論文，校名］, as is usual. Counted paragraphs are allowed as locators (see `apa`).
"""

from __future__ import annotations

from dataclasses import replace

from ..cited import Cited, Place
from ..excerpt import Excerpt
from ..inline import Emph, Inline, Link, inline, plain
from ..phrases import phrase
from ..reference import Reference
from . import apa, zh


def cite(excerpt: Excerpt, reference: Reference, place: Place) -> Cited:
    """（王小明、李大同，2019/2021，頁4）, （Park, 2023，第12段）; our digest （…, 2026，撮述 Park, 2023）."""
    lang, source = place.lang, reference.digests
    where = _locator(excerpt, reference, lang)
    said = zh.after(excerpt, lang)
    if source is not None:
        said = [f"{phrase('summarising', lang)} {_work(source, lang)}"]
    voice = zh.voice(excerpt, lang)
    return Cited(
        text=inline(f"（{'，'.join(filter(None, [voice, _work(reference, lang) + where, *said]))}）"),
        gloss=inline(zh.gloss(excerpt, lang)),
        prefix=voice,
        locator=where.lstrip("，, "),
        suffix="，".join(said),
    )


def entry(reference: Reference, lang: str) -> Inline:
    """The entry in the list of references."""
    if not zh.chinese(reference):
        return inline(apa.entry(replace(reference, unverified=None), lang), zh.unverified(reference, lang))
    who = _people(reference)
    if who and not reference.authors:
        who += f"（{zh.script(lang, '編', '编')}）"
    title = reference.title or zh.script(lang, "［題名不詳］", "［题名不详］")
    alone = _alone(reference)
    if reference.kind in zh.THESES:
        facts = [zh.thesis(reference, lang, "論文"), reference.publisher]
        brackets = f"［{'，'.join(filter(None, facts))}］"
    else:
        roles = ["、".join(map(zh.direct, zh.named(one.names)[0])) + one.role for one in zh.contributors(reference)]
        edition = zh.numbered(reference) if alone else ""
        number = reference.number if alone and reference.kind in ("report", "techreport") else None
        said = "；".join(filter(None, [*roles, edition, number]))
        brackets = f"（{said}）" if said else ""
    date = _date(reference, lang)
    name = Emph(title) if alone else title
    begin = (f"{who}（{date}）。", name, brackets) if who else (name, brackets, f"（{date}）")
    original = reference.original
    return inline(
        *begin,
        None if plain(inline(*begin)).endswith(("。", "？", "！")) else "。",
        _source(reference, lang),
        Link(f"https://doi.org/{reference.doi}") if reference.doi else Link(reference.url) if reference.url else None,
        f"（原著出版年：{original.year}）" if original and _translated(reference) else None,
        zh.unverified(reference, lang),
    )


def _source(reference: Reference, lang: str) -> Inline:
    page = zh.script(lang, "頁", "页")
    pages = (reference.pages or "").replace("--", "-").replace("–", "-")
    pages = pages or (f"文章{reference.eid}" if reference.eid else "")
    if reference.kind in zh.CHAPTERS and reference.container:
        people, edited = zh.hosts(reference)
        made = "、".join(map(zh.direct, zh.named(people)[0]))
        editors = f"{made}{'（' + zh.script(lang, '編', '编') + '）' if edited else ''}，" if made else ""
        facts = [zh.numbered(reference), zh.volume(reference), f"{page}{pages}" if pages else ""]
        where = f"（{'，'.join(filter(None, facts))}）" if any(facts) else ""
        maker = f"{reference.publisher}。" if reference.publisher else None
        return inline(zh.script(lang, "載於", "载于"), editors, Emph(reference.container), where, "。", maker)
    if _alone(reference):
        return inline(f"{reference.publisher}。" if reference.publisher and reference.kind not in zh.THESES else None)
    issue = reference.issue or ("" if reference.series else reference.number) or ""
    parts: list[str | Emph] = [Emph(reference.container or "")]
    if reference.volume:
        parts += ["，", Emph(reference.volume), f"（{issue}）" if issue else ""]
    elif issue:
        parts.append(f"，（{issue}）" if issue.isdecimal() else f"，{issue}")
    if reference.series:
        parts.append(f"，{reference.series}{'之' + reference.number if reference.number else ''}")
    return inline(*parts, f"，{pages}" if pages else None, "。")


def _alone(reference: Reference) -> bool:
    """Whether it stands in no journal or book: then its own title is set apart. A web site is its publisher."""
    return reference.container is None or (
        reference.kind in zh.PAGES and reference.container == reference.publisher and not reference.issue
    )


def _people(reference: Reference) -> str:
    """Up to twenty names; of more, nineteen, an ellipsis and the last. Chinese ones with 、."""
    known, more = zh.named(reference.authors or reference.editors or reference.authors_zh)
    names = [zh.inverted(name) for name in known]
    if not names:
        return ""
    if any(zh.han(name) for name in names):
        shown = names if len(names) <= 20 else [*names[:19], "……", names[-1]]
        return "、".join(shown).replace("、……、", "……") + ("等" if more else "")
    if more:
        return ", ".join([*names, "et al."])
    if len(names) > 20:
        return ", ".join([*names[:19], f"… {names[-1]}"])
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f", & {names[-1]}"


def _work(reference: Reference, lang: str) -> str:
    who = _who(reference)
    comma = "，" if zh.han(who) else ", "
    return f"{who}{comma}{_years(reference, lang)}"


def _who(reference: Reference) -> str:
    known, more = zh.named(reference.authors or reference.editors or reference.authors_zh)
    names = [zh.short(name) for name in known]
    if not names:
        return zh.marked(reference.title, "〈〉") if reference.title else reference.key
    if more or len(names) > 2:
        return f"{names[0]}等" if zh.han(names[0]) else f"{names[0]} et al."
    return ("、" if zh.han(names[0]) else " & ").join(names)


def _translated(reference: Reference) -> bool:
    return bool(reference.original and reference.original.year and reference.original.year != reference.year)


def _years(reference: Reference, lang: str) -> str:
    year = reference.dated or zh.script(lang, "無日期", "无日期")
    return f"{reference.original.year}/{year}" if reference.original and _translated(reference) else year


def _date(reference: Reference, lang: str) -> str:
    """The year; of newspapers and web pages the day."""
    daily = reference.kind in zh.PAGES or "newspaper" in (reference.kind, (reference.genre or "").casefold())
    if daily and reference.date and reference.year and len(reference.date) > len(reference.year):
        return zh.day(reference.date).replace("年", f"{reference.letter}年", 1)
    return reference.dated or zh.script(lang, "無日期", "无日期")


def _locator(excerpt: Excerpt, reference: Reference, lang: str) -> str:
    if not excerpt.page:
        return f"，{zh.paragraph(excerpt)}" if excerpt.number else ""
    page = excerpt.page.replace("--", "-")
    if zh.chinese(reference):
        return f"，{zh.script(lang, '頁', '页')}{page}"
    return f", {'pp' if '-' in page else 'p'}. {page}"
