"""Whether two entries are of one work: by what each is known, in whatever script and spelling. Pure."""

from __future__ import annotations

import re

from ..bib import Entry, names, plain
from ..letters import in_one_script, letters

_SERIAL = (("journaltitle", "journal"), ("volume",))


# What stands between the parts of a foreign name in Chinese: any dot, or a space.
_DOT = re.compile(r"(?<=[\u3400-\u9fff])\s*[·•・･‧∙⋅．.\s]\s*(?=[\u3400-\u9fff])")


def persons(entry: Entry) -> list[str]:
    """The authors as a citation prints them: a family name in lower case; a Chinese one in full too, in one script; of
    a foreign name in Chinese what stands behind its last dot too, and so of a name of two or three words that the
    entry keeps together.

    >>> from ..bib import Entry
    >>> persons(Entry("a", "book", {"author": "{Maria Soto}", "author-zh": "瑪麗亞・索托"}))
    ['maria soto', 'soto', '玛丽亚·索托', '索托']
    """
    result = []
    for author in (*names(entry.fields.get("author", "")), *names(entry.fields.get("author-zh", ""))):
        family = person(author.family or author.literal)
        result.append(family)
        if author.given and family >= "\u2e80":
            result.append(family + person(author.given))
        words = re.split(r"·", family) if "·" in family else family.split() if author.literal else []
        if "·" in family or 2 <= len(words) <= 3:
            result.append(words[-1])
    return result


def person(name: str) -> str:
    """A name in lower case and one script, with one kind of dot."""
    return in_one_script(_DOT.sub("·", name.strip().lower()))


def titles(entry: Entry) -> list[str]:
    """The letters of a title, with and without its subtitle; none where it stands in brackets."""
    title = plain(entry.fields.get("title", ""))
    if title.startswith("[") and title.endswith("]"):
        return []  # a description in brackets is no title of this entry
    whole = letters(title + plain(entry.fields.get("subtitle", ""))).text
    main = letters(re.split("[:：]", title, maxsplit=1)[0]).text  # people leave a subtitle out
    found = (whole, letters(title).text, main if len(main) >= (4 if main >= "\u2e80" else 6) else "")
    return [name for name in dict.fromkeys(found) if len(name) >= 2]


def aliases(entry: Entry) -> list[str]:
    """The other keys that an entry says it has."""
    return [key.strip() for key in entry.fields.get("ids", "").split(",") if key.strip()]


def years(entry: Entry) -> list[str]:
    """Every year that an entry may be cited by."""
    text = " ".join(entry.fields.get(name, "") for name in ("date", "year", "origdate"))
    return re.findall(r"\d{4}", text)


def doi(text: str) -> str:
    """The DOI in a field or URL, in lower case; empty: none."""
    found = re.search(r"10\.\d{4,9}/\S+", text.lower().replace("\\_", "_"))
    return found.group().rstrip(".,;)}") if found else ""


def same(one: Entry, other: Entry) -> bool:
    """Whether two entries are of one edition of a work: by DOI where both have one; else by title and, where both say
    it, year and author (translator, where one has the author's name in Chinese and the other in Latin letters); else,
    where the title of one is only known translated, by key or journal, with author and year.
    """
    registered = doi(one.fields.get("doi", "")), doi(other.fields.get("doi", ""))
    if all(registered):
        return registered[0] == registered[1]
    if not _meet(_published(one), _published(other)):
        return False
    who = persons(one), persons(other)
    if not _meet(*who):
        translators = _translators(one), _translators(other)
        if _han(who[0]) == _han(who[1]) or not _meet(*translators):
            return False
        who = translators
    said = all(who) and all(map(_published, (one, other)))
    if titles(one) and titles(other):
        shared = set(titles(one)) & set(titles(other))
        return bool(shared) and (said or max(map(len, shared)) >= 8)  # 導論, Introduction: many works
    if not said:
        return False
    journals, volumes = ([_letters(entry, *fields) for entry in (one, other)] for fields in _SERIAL)
    if not _meet(*journals) or not _meet(*volumes):
        return False
    return all(journals) or bool({one.key, *aliases(one)} & {other.key, *aliases(other)})


def _translators(entry: Entry) -> list[str]:
    return [person(name.family or name.literal) for name in names(entry.fields.get("translator", ""))]


def _han(who: list[str]) -> bool:
    return any(name >= "\u2e80" for name in who)


def _published(entry: Entry) -> list[str]:
    return re.findall(r"\d{4}", entry.fields.get("date", entry.fields.get("year", "")))[:1]


def _letters(entry: Entry, *fields: str) -> list[str]:
    return [text for field in fields if (text := letters(plain(entry.fields.get(field, ""))).text)][:1]


def _meet(some: list[str], others: list[str]) -> bool:
    return not some or not others or bool(set(some) & set(others))
