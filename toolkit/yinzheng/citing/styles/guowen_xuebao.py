"""《國文學報》 (Bulletin of Chinese, National Taiwan Normal University): footnotes.

Source: the journal's 撰稿格式, revised February 2018 (民國107年2月), 壹 中文部分, 二–四: 《 》 for books, 〈 〉 for
articles; 註釋之體例 (一) books: 作者：《書》（臺北：出版社，1976年），頁102; (二)1 serials:
〈篇〉，《刊》第3期（1979年12月），頁1-5, or 《刊》2005年第3期（2005年7月）; (二)2 chapters:
〈篇〉，《書》（地：社，年），頁; (二)3 theses: 《題》（臺北：某大學博士論文， 1973年），頁20; (四) newspapers:
〈篇〉，《報》第37版（1994年1月10日）; (五)1 again: author, title, page, nothing else.

The clauses have no example of a translation, nor of web pages, nor of works in other languages. The roles of a
translation stand before the title, as printed (某某著，某某譯：〈篇〉), which is how the Department of Chinese of the
University of Hong Kong has it for notes of this same form (中文及日文徵引書目格式, 論文). Web pages have the form of
a book with their site, date, path and date of access; Western works that of `notes_zh.western`. The list follows the
notes.
"""

from __future__ import annotations

from ..inline import Inline, inline
from ..reference import Reference
from . import zh
from .notes_zh import Journal, chinese_people, newspaper, serial_issue, series


def heading(lang: str) -> str:
    """What the list is called."""
    return zh.script(lang, "徵引文獻", "征引文献")


def full(reference: Reference, where: str, lang: str) -> Inline:
    """多伊、羅著，張三、李四譯：〈示例標題〉，《佔位學刊》第3卷第2期（2021年），頁4."""
    roles = [f"{chinese_people(one.names)}{one.role}" for one in zh.contributors(reference)]
    return inline("，".join(filter(None, [_begin(reference, roles, lang) + _published(reference, lang), _page(where)])))


def short(reference: Reference, where: str, lang: str) -> Inline:
    """多伊、羅：〈示例標題〉，頁4."""
    return inline("，".join(filter(None, [_begin(reference, [], lang), _page(where)])))


def _page(where: str) -> str:
    """頁4-5 for 第4—5頁."""
    if where.startswith("第") and where[-1] in "頁页":
        return where[-1] + where[1:-1].replace("—", "-")
    return where


def _begin(reference: Reference, roles: list[str], lang: str) -> str:
    who = chinese_people(zh.authors(reference))
    if who and not (reference.authors or reference.authors_zh):
        who += zh.script(lang, "編", "编")
    elif who and roles:
        who += "著"
    who = "，".join(filter(None, [who, *roles]))
    title = reference.title or zh.script(lang, "題名不詳", "题名不详")
    title = zh.marked(title, "〈〉" if _inside(reference) else "《》")
    volume = zh.volume(reference) if not reference.container else ""
    return f"{who}{'：' if who else ''}{title}{volume}"


def _inside(reference: Reference) -> bool:
    """Whether it stands in a serial or a book."""
    return reference.container is not None and (
        reference.kind in ("article", "newspaper", *zh.CHAPTERS) or reference.issue is not None
    )


def _published(reference: Reference, lang: str) -> str:
    container = zh.marked(reference.container, "《》") if reference.container else ""
    year = f"{reference.dated}年" if reference.dated else zh.script(lang, "出版年不詳", "出版年不详")
    if newspaper(reference):
        page = f"第{reference.pages}版" if reference.pages else ""
        return f"，{container}{page}（{zh.day(reference.date)}）"
    if reference.kind == "article" or (container and reference.issue):
        issue = serial_issue(reference, "{volume}{issue}", "{issue}")
        month = zh.day((reference.date or "")[:7]) if len(reference.date or "") >= 7 else year
        month = month.replace("年", f"{reference.letter}年", 1)
        if not (reference.volume or reference.issue or reference.number) and not container:
            return f"（{month}）"
        return f"，{container}{issue}（{month}）{series(reference)}"
    if reference.kind in zh.PAGES:
        facts = [reference.publisher, zh.day(reference.date), reference.url, zh.day(reference.urldate)]
        return f"（{'，'.join(filter(None, facts))}）"
    maker = reference.publisher or ""
    if reference.kind in zh.THESES:
        maker += zh.thesis(reference, lang, "論文")
    facts = [zh.numbered(reference), "：".join(filter(None, [reference.place, maker])), year]
    imprint = f"（{'，'.join(filter(None, facts))}）"
    if reference.kind in zh.CHAPTERS and container:
        people, editors = zh.hosts(reference)
        role = zh.script(lang, "編", "编") if editors else ""
        return f"，{chinese_people(people) + role + '：' if people else ''}{container}{zh.volume(reference)}{imprint}"
    return imprint


STYLE = Journal(full, short)
