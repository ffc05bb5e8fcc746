"""《歷史研究》 (Historical Research, Beijing): footnotes.

Source: 《歷史研究》編輯部, 關於《歷史研究》文獻引證標註方式的規定 (15 December 2004), as set out in the style of the
journal that zotero-chinese/styles keeps with the rule as its documentation; its first version (26 November 2001, in
force from 2002 no. 1) for authors; and 綜合性期刊文獻引證技術規範 (試行稿), the rules that it shares with other
journals of the Chinese Academy of Social Sciences.

- Authors: 責任者：; 編 and other roles before the colon, 著 is not said; two or three with 、, of more the first with
  等 (2001, 一(一)2–3). An entry without an author begins with its title: 佚名 (一(一)1) is for an author who cannot be
  made out, which a missing field does not say. People with other roles stand behind the title: 《書》，某某譯
  (一(一)4).
- Books: 《書》（第2版）第1卷, place：publisher, year, page. Chapters: 《篇》，某某編：《書》. Serials:
  《刊》2009年第1期 or 《刊》第52卷第11期，2012年. Theses: 《題》，博士學位論文，學校，年. Newspapers:
  《報》1986年8月22日，第2版. Web: date of publication, path, date of access. Titles inside titles stand in 〈〉. Page
  ranges have —.
- Western works: as in `notes_zh.western`, titles of books and journals in italics.
- Again: author, title, page; the publisher's data are left out. 同上 is not used.

The rule knows no paragraphs; 第12段 stands where the page would. DOIs are not in it. For a list it says nothing: an
entry is the full note.
"""

from __future__ import annotations

from ..inline import Inline, inline
from ..reference import Reference
from . import zh
from .notes_zh import Journal, chinese_people, newspaper, paged, serial_issue, series


def full(reference: Reference, where: str, lang: str) -> Inline:
    """多伊、罗：《示例标题》，张三、李四译，《占位学刊》第3卷第2期，2021年，第4页."""
    roles = [f"{chinese_people(one.names)}{one.role}" for one in zh.contributors(reference)]
    parts = [_begin(reference, lang), *roles, *_published(reference, lang), where]
    return inline("，".join(filter(None, parts)))


def short(reference: Reference, where: str, lang: str) -> Inline:
    """多伊、罗：《示例标题》，第4页."""
    return inline("，".join(filter(None, [_begin(reference, lang), where])))


def _begin(reference: Reference, lang: str) -> str:
    who = chinese_people(zh.authors(reference))
    if who and not (reference.authors or reference.authors_zh):
        who += zh.script(lang, "編", "编")
    title = zh.marked(reference.title, "《》") if reference.title else zh.script(lang, "［題名不詳］", "［题名不详］")
    volume = _volume(reference) if not reference.container else ""
    return f"{who}{'：' if who else ''}{title}{volume}"


def _volume(reference: Reference) -> str:
    edition = zh.numbered(reference)
    return (f"（{edition}）" if edition else "") + zh.volume(reference)


def _published(reference: Reference, lang: str) -> list[str]:
    container = zh.marked(reference.container, "《》") if reference.container else ""
    year = f"{reference.dated}年" if reference.dated else zh.script(lang, "出版時間不詳", "出版时间不详")
    if newspaper(reference):
        page = paged(reference.pages, lang).replace(zh.script(lang, "頁", "页"), "版") if reference.pages else ""
        return [f"{container}{zh.day(reference.date)}", page]
    if reference.kind == "article" or (container and reference.issue):
        return [container + serial_issue(reference, "{volume}{issue}，{year}年", "{year}年{issue}") + series(reference)]
    if reference.kind in zh.PAGES:
        site = reference.publisher or ""
        return [site, zh.day(reference.date), reference.url or "", zh.day(reference.urldate)]
    if reference.kind in zh.THESES:
        return [zh.thesis(reference, lang, "學位論文"), reference.publisher or "", year]
    host = ""
    if reference.kind in zh.CHAPTERS and container:
        people, editors = zh.hosts(reference)
        role = zh.script(lang, "編", "编") if editors else ""
        host = (f"{chinese_people(people)}{role}：" if people else "") + container + _volume(reference)
    maker = "：".join(filter(None, [reference.place, reference.publisher]))
    number = reference.number if reference.kind in ("report", "techreport") else None
    return [host, number or "", maker, year]


STYLE = Journal(full, short)
