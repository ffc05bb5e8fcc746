"""Citation keys for new works: the surname and the year (zeng2019), readable, and the same every time.

Han is written in pinyin, other scripts as their letters sound. Many surnames are not read as the same character is
elsewhere. Readings: 《现代汉语词典》 7th ed. (商务印书馆, 2016), where a reading is marked 姓; where it has two of a
surname, the one of more people. Surnames of two characters: 《百家姓》. How both are spelt: GB/T 28039—2011.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from itertools import count

from ..bib import OTHERS, Entry, PersonName, names, plain
from ..letters import in_one_script

_READINGS = {
    **{"曾": "zeng", "单": "shan", "仇": "qiu", "翟": "zhai", "区": "ou", "解": "xie", "查": "zha", "盖": "ge"},
    **{"朴": "piao", "覃": "qin", "种": "chong", "员": "yun", "繁": "po", "缪": "miao", "乐": "yue", "召": "shao"},
    **{"折": "she", "祭": "zhai", "句": "gou", "秘": "bi", "洗": "xian", "能": "nai", "贲": "ben", "钭": "tou"},
    **{"莘": "shen", "隽": "juan", "么": "yao", "乜": "nie", "宓": "mi", "都": "du"},
    **{"尉迟": "yuchi", "长孙": "zhangsun", "万俟": "moqi", "澹台": "tantai", "单于": "chanyu", "乐正": "yuezheng"},
}
_COMPOUND = (
    "欧阳 上官 司马 诸葛 夏侯 皇甫 公孙 慕容 宇文 令狐 东方 东郭 独孤 南宫 西门 端木 轩辕 百里 呼延 "
    "鲜于 闾丘 濮阳 淳于 太叔 申屠 仲孙 钟离 亓官 司寇 司徒 司空 颛孙 巫马 公西 漆雕 公羊 公冶 公良 "
    "宗政 赫连 拓跋 完颜 宰父 谷梁 梁丘 左丘 闻人 第五"
)
_SMALL = {"a", "an", "the", "on", "of", "in", "at", "for", "to", "and", "or", "from", "with", "by", "is", "are", "de",
          "der", "die", "das", "le", "la", "les", "el", "los", "un", "une", "ein", "eine"}  # fmt: skip
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_SURNAME_FIRST = re.compile(f"{_HAN.pattern}|[\uac00-\ud7a3]")  # Han and Hangul


def key(entry: Entry, taken: Container[str] = ()) -> str:
    """A key for an entry that no other has: author and year; without an author the title's first word and the year;
    without a year author and title. It is lower-case letters and digits, a letter first, as a work's key must be.

    >>> key(Entry("article", "", {"author": "{曾国藩} and Doe, Jane", "date": "1867"}), {"zeng1867"})
    'zeng1867a'
    """
    people = [name for field in ("author", "editor", "translator") for name in names(entry.fields.get(field, ""))]
    who = next((word for name in people if name.literal != OTHERS and (word := surname(name))), "")
    year = re.search(r"[0-9]{4}", entry.fields.get("date", entry.fields.get("year", "")))
    title = _word(plain(entry.fields.get("title", ""))) if not (who and year) else ""
    return free(re.sub("^[0-9]*", "", f"{who}{title}") + (year.group() if year else ""), taken)


def free(wanted: str, taken: Container[str]) -> str:
    """The key, or the key with the first of a, b, … z, aa, … that is not taken.

    >>> free("doe2019", {"doe2019", "doe2019a"})
    'doe2019b'
    """
    wanted = wanted if wanted[:1].isalpha() else f"work{wanted}"
    return next(one for n in count() if (one := wanted + _letters(n)) not in taken)


def surname(name: PersonName) -> str:
    """A name's surname in lower-case ASCII; of a name in one piece and neither Han nor Hangul, its first two words.

    >>> [surname(PersonName(literal=name)) for name in ("單田芳", "长孙无忌", "尉遲恭", "歐陽修", "仇英", "World Bank")]
    ['shan', 'zhangsun', 'yuchi', 'ouyang', 'qiu', 'worldbank']
    """
    if name.literal and not _SURNAME_FIRST.match(name.literal):
        return "".join(_words(name.literal)[:2])
    text = in_one_script(re.sub(r"\s", "", name.family or name.literal))
    readings = _readings()
    compound = readings.get(text[:2]) if len(text) > 2 or name.family else None
    if compound or not name.family:
        return compound or readings.get(text[:1]) or _ascii(text[:1])
    return readings.get(text) or _ascii(text)


@cache
def _readings() -> dict[str, str]:
    """In the one script of the folded letters, so that 單 and 单 are one."""
    compound = {name: _ascii(name) for name in _COMPOUND.split()}
    return {in_one_script(name): reading for name, reading in {**compound, **_READINGS}.items()}


def _word(title: str) -> str:
    """The first word of a title that says something; of Han, two characters."""
    title = title.strip("[]").strip()
    if _HAN.match(title):
        return _ascii("".join(_HAN.findall(title)[:2]))
    return next((word for word in _words(title)), "")


def _words(text: str) -> list[str]:
    found = [_ascii(word) for word in re.findall(r"[^\W_]+", text)]
    return [word for word in found if word and word not in _SMALL] or found


def _ascii(text: str) -> str:
    """As ASCII letters and digits: Han by Unihan's first Mandarin reading."""
    from anyascii import anyascii  # late: only a new key needs it

    return re.sub("[^a-z0-9]", "", anyascii(text).lower())


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
