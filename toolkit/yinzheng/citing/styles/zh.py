"""What the Chinese styles share: scripts and languages of an entry, names, dates, and the order of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...bib import OTHERS, PersonName
from ...script import convert, detect
from ..excerpt import Excerpt
from ..keys import surname
from ..phrases import phrase, remarks
from ..reference import CHAPTERS as CHAPTERS
from ..reference import Contributor, Reference

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
THESES = {"thesis", "phdthesis", "mastersthesis"}
PAGES = {"online", "electronic", "www"}
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def script(lang: str, hant: str, hans: str) -> str:
    """A style's own word in the script of the text around it."""
    return hans if "Hans" in lang else hant


def heading(lang: str) -> str:
    """What the list is called."""
    return script(lang, "參考文獻", "参考文献")


def han(text: str) -> bool:
    """Whether words end in a Chinese character or mark, so that full-width marks follow."""
    return text[-1:] >= "⺀"


def written(text: str) -> str:
    """The language that a text is written in: zh, ja, ru, en (any in Latin letters), or other.

    One Chinese character weighs as much as one word of another script.
    """
    if re.search(r"[\u3041-\u30ff]", text):
        return "ja"
    counts = {
        "zh": len(re.findall(r"[\u3400-\u9fff\U00020000-\U0003ffff]", text)),
        "ru": len(re.findall(r"[\u0400-\u04ff]+", text)),
        "en": len(re.findall(r"[A-Za-z\u00c0-\u024f]+", text)),
    }
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] else "other" if re.search(r"[^\W\d]", text) else "en"


def language(reference: Reference) -> str:
    """The language of a resource: what the entry says, else that of its title, if the title is its own."""
    if reference.lang == "zh":
        return "zh"
    title = reference.container if reference.title_translated and reference.container else reference.title
    return written(title or "".join(map(direct, reference.creators[:1])))


def chinese(reference: Reference) -> bool:
    """Whether an entry is Chinese."""
    return language(reference) == "zh"


def authors(reference: Reference) -> tuple[PersonName, ...]:
    """The authors as the edition prints them: in Chinese where it does; without authors, the editors of a book."""
    if chinese(reference) and reference.authors_zh:
        return reference.authors_zh
    return reference.creators


def named(people: Sequence[PersonName]) -> tuple[list[PersonName], bool]:
    """The names, without the ``others`` that ends a list; and whether it does."""
    known = [name for name in people if name.literal != OTHERS]
    return known, len(known) < len(people)


def direct(name: PersonName) -> str:
    """A name as it is spoken: Jane A. Doe, 王小明."""
    if name.literal:
        return name.literal
    *suffix, given = name.given.split(", ")
    if han(name.family) and (not given or han(given)):
        return name.family + given
    return " ".join(filter(None, [given, name.family, *suffix]))


def particle(family: str) -> tuple[str, str]:
    """What stands in small letters before a family name, and the name: ("van der", "Veen"); De Morgan has none."""
    words = family.split(" ")
    start = next((at for at, word in enumerate(words) if not word.islower()), 0)
    return " ".join(words[:start]), " ".join(words[start:])


def short(name: PersonName) -> str:
    """What a citation in the text calls a person: the family name, or a Chinese name whole."""
    return direct(name) if han(name.family) else name.literal or name.family


def inverted(name: PersonName) -> str:
    """Doe, J. A.; a Chinese name and a name in one piece stay as they are."""
    if name.literal or han(name.family):
        return direct(name)
    *suffix, given = name.given.split(", ")
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
    return ", ".join(filter(None, [name.family, initials, *suffix]))


def marked(title: str, marks: str) -> str:
    """A title in 《》 or 〈〉; the same marks inside it become the other ones.

    >>> marked("讀《史記》", "《》"), marked("讀《史記》", "〈〉")
    ('《讀〈史記〉》', '〈讀《史記》〉')
    """
    other = "〈〉" if marks == "《》" else "《》"
    return f"{marks[0]}{title.translate(str.maketrans(marks, other))}{marks[1]}"


def contributors(reference: Reference) -> tuple[Contributor, ...]:
    """Who rendered, reviewed or edited the work, beside its authors."""
    edited = reference.authors and reference.editors and reference.kind not in CHAPTERS
    said = "编" if detect(reference.title or "") == "hans" else "編"
    if not chinese(reference):
        said = "eds." if len(reference.editors) > 1 else "ed."
    return (*reference.contributors, *([Contributor(reference.editors, said)] if edited else []))


def role(contributor: Contributor, reference: Reference) -> str:
    """A role as printed; that of a plain translator in the language of the entry."""
    plain = contributor.role in ("譯", "译") and not chinese(reference)
    return "trans." if plain else contributor.role


def edition(reference: Reference) -> str:
    """3版, 3rd ed.; the first is not said; what is no number stands as printed."""
    said = reference.edition or ""
    if not said.isdecimal():
        return said
    number = int(said)
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return "" if number < 2 else f"{number}版" if chinese(reference) else f"{number}{ending} ed."


def thesis(reference: Reference, lang: str, title: str) -> str:
    """博士學位論文; ``title`` is 學位論文 or 論文, as a style calls it. What the source calls it stands as printed."""
    kind = reference.genre or reference.kind
    degree = {"phdthesis": ("博士", "博士"), "mathesis": ("碩士", "硕士"), "mastersthesis": ("碩士", "硕士")}.get(kind)
    said = title if "Hans" not in lang else title.replace("學", "学").replace("論", "论")
    return script(lang, *degree) + said if degree else reference.genre or said


def numbered(reference: Reference) -> str:
    """第2版 in a Chinese entry, where the edition is a number; else as printed."""
    said = edition(reference)
    return f"第{said}" if (reference.edition or "").isdecimal() and said else said


def volume(reference: Reference) -> str:
    """第3卷, where the volume is a number; else as printed (上冊)."""
    said = reference.volume or ""
    return f"第{said}卷" if said.isdecimal() else said


def hosts(reference: Reference) -> tuple[Sequence[PersonName], bool]:
    """Who made the book around a chapter, and whether as its editors; nobody where they are the chapter's authors."""
    people = () if reference.hosts == reference.authors else reference.hosts
    return people, reference.hosts == reference.editors


def day(date: str | None) -> str:
    """2021年4月21日, as far as the date is known; anything else as it stands."""
    match = _DATE.fullmatch(date or "")
    if match is None:
        return f"{date}年" if (date or "").isdecimal() else date or ""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(match.groups(), "年月日", strict=True) if part)


def unverified(reference: Reference, lang: str) -> str:
    """What nobody has confirmed, in the language around."""
    if not reference.unverified:
        return ""
    parts = [part.strip() for part in reference.unverified.split(",")]
    said = "、".join(script(lang, *_UNVERIFIED[part]) if part in _UNVERIFIED else part for part in parts)
    return f"〔{script(lang, '未核實', '未核实')}：{said}〕"


def voice(excerpt: Excerpt, lang: str) -> str:
    """Whose words they are, if not the author's."""
    return phrase(excerpt.whose, lang) if excerpt.whose in ("translator", "editor") else ""


def after(excerpt: Excerpt, lang: str) -> list[str]:
    """What must be said of the words quoted."""
    return remarks(lang, emphasis=bool(excerpt.emphasis), script_from=excerpt.script_from)


def gloss(excerpt: Excerpt, lang: str) -> str:
    """The writer's own translation, labelled: no standard rules it, journals print （……，筆者譯）."""
    if not excerpt.gloss:
        return ""
    joint = (
        "" if excerpt.gloss.endswith(("。", "！", "？")) else " " if excerpt.gloss.endswith((".", "!", "?")) else "，"
    )
    return f"（{excerpt.gloss}{joint}{phrase('gloss', lang)}）"


def paragraph(excerpt: Excerpt) -> str:
    """第12段, where the edition has no pages: said in prose, printed or counted."""
    return f"第{excerpt.number}段" if excerpt.number and not excerpt.page else ""


def order(reference: Reference) -> tuple[object, ...]:
    """By language (Chinese, Japanese, Western, Russian, others), then authors by surname, year, title.

    A Chinese surname stands by its reading as one (see `keys.surname`), and names and titles of one reading in the
    order of GB 2312, which files its 3,755 common characters by pinyin and the rest by radical and strokes.
    """
    place = ["zh", "ja", "en", "ru", "other"].index(language(reference))
    people = authors(reference) or (PersonName(literal="佚名" if place == 0 else "Anon"),)
    who = [(_surname(name), _sorted(direct(name))) for name in people]
    return place, who, reference.year or "", reference.letter, _sorted(reference.title or "")


def _surname(name: PersonName) -> str:
    family = name.family or name.literal
    return surname(name) if written(family) == "zh" else particle(family)[1].casefold()


def _sorted(text: str) -> bytes:
    if written(text) != "zh":
        return text.casefold().encode("utf-8", "surrogatepass")
    whole = text.encode("utf-8", "replace").decode()  # no half of a surrogate pair
    return convert(whole, "hant", "hans").encode("gb18030")
