"""Citations that are printed in the words: (Park, 2023, para. 5), Park (2023), （朴，2023，第5段）, (para. 7); and in
notes without brackets: 朴：《題名》，2023年，第5段。"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from .belonging import AHEAD
from .keys import locator
from .prose import Citation

_GROUP = re.compile(r"[(（\[〔［]([^()（）\[\]〔〕［］]{1,300})[)）\]〕］]")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?:/(\d{4}))?[a-z]?(?![\d亿億万萬])(?:\s*年)?")
_RANGE = re.compile(r"\s?[-–—~～至]\s?\d{4}")  # behind a year that begins a span of years: of a title, mostly
_LEAD = re.compile(
    r"\s*(?:see(?: also)?|cf\.|e\.g\.,?|also|vgl\.|quoted in|qtd\. in|cited in"
    r"|參見|参见|參看|参看|轉引自|转引自|引自|詳見|详见|見|见)[\s:：]*",
    re.I,
)
_NAME = r"[A-ZÀ-Þ][\w’'.-]{0,30}"
_BEFORE = re.compile(
    rf"{_NAME}(?:(?:,? (?:and|&|de|van|von|der) |, | ){_NAME}){{0,5}}(?:,? et al\.?)?\s?$"
    r"|[\u3400-\u9fff·•・･‧]{1,8}\s?$"
)
_NAMES = rf"{_NAME}(?:(?:,? (?:and|&|de|van|von|der) |, | ){_NAME}){{0,8}}"
_ENTRY = re.compile(  # Park, A. (2023). “Title” …; 朴：「題名」，…
    r"(?:(?<![^;；。])|(?<=[;；。] ))\s{0,5}(?:\S?\d{1,3}\S?\s{1,3})?"
    rf"(?P<who>{_NAMES}|[\u3400-\u9fff·•・･‧、]{{1,20}})(?P<sign>[,，.:：]?)\s?"
    r"(?:[(（]?(?:1[4-9]|20)\d\d[a-z]?年?[)）]?(?P<dated>[,，.。:：])\s?)?"
    r"(?:(?<=[,，.:：。])|(?<=[,，.:：。] ))[“「〈《\"](?P<title>[^“”「」〈〉《》\"]{2,200})[”」〉》\"]"
)
_SAYS = re.compile(
    r"([\u3400-\u9fff·•・･‧]{1,12}?)(?:曾|則|则|也|又|還|还|便|即|所)?"
    r"(?:指出|認為|认为|以為|以为|寫道|写道|寫到|写到|說|说|稱|称|表示|主張|主张|強調|强调|提到|論及|论及|論述|论述|總結|总结|補充|补充|回憶|回忆|記述|记述)"
)
_NO_NAMES = {
    *("A", "An", "And", "As", "At", "But", "By", "For", "From", "He", "Her", "His", "However", "I", "If", "In", "It"),
    *("Its", "On", "One", "She", "So", "The", "Their", "They", "This", "To", "We", "With"),
}
_BETWEEN = " ,，:：、.。;；()（）"
_TO = ("-", "–", "—", "~", "～", "至")
_ISSUE = re.compile(
    r"(?:(?:第\s*)?[0-9〇零一二三四五六七八九十百]{1,5}\s*[卷期輯辑號号](?:\s*第?\s*\d{1,4}\s*[期號号])?"
    r"|(?:vol(?:ume)?|no|iss(?:ue)?|bd|nr)\b\.?\s?\d{1,4})[\s,，、:：]*",
    re.I,
)
_FAR = 300  # how far back in its sentence a name may stand
_LETTER = re.compile(r"[^\W\d_]")
_TITLE = re.compile(r"[《〈“\"「]([^《》〈〉“”\"「」]{2,200})[》〉”\"」]")
_AUTHOR_END = re.compile(r"(?:[,，:：《〈“\"「。(（]|(?<!\b[A-Z])\.)\s?")
_PARTS = re.compile(r"[^;；。]+|(?<=\d)[;；。]")
_NOISE = re.compile(
    r"\b(?:ibid|op\. cit|paras?|paragraphs?|pars?|pp?|pages?|and|trans|my trans(?:lation)?"
    r"|emphasis (?:added|mine|in original))\b"
    r"|同上|同前|前引|前揭|第|段落?|自然段|页|頁|[至到]|[〇零一二三四五六七八九十百]|[\d０-９\s.,，、:：。¶§&‐-―~～-]",
    re.I,
)


def citations(text: str, note: bool = False) -> Iterator[Citation]:
    """Each parenthesis that cites, one citation for each part between semicolons, with its author, year and locator;
    of a ``note``, its words outside of them too.

    A parenthesis with a year only takes the name before it. One with nothing but a locator has neither key nor fields.

    >>> [(one.locator, one.fields) for one in citations("Park (2023, para. 5) 寫道「…」（第7段）")]
    [('para. 5', (('author', 'Park'), ('year', '2023'))), ('第7段', ())]
    """
    parts = list(_PARTS.finditer(text)) if note else []
    entries = [part for part in parts if _ENTRY.match(part.group())]
    begins = [entry.start() for entry in entries]
    found = False
    for group in _GROUP.finditer(text):
        start, end = group.span()
        authors: list[str] = []
        at = bisect_right(begins, start) - 1
        if at >= 0 and start < entries[at].end():
            continue  # the year of what is named before it
        for part in re.split("[;；]", group[1]):
            for place, fields in _read(part, text[max(0, start - _FAR) : start], authors):
                found = True
                if note and fields and place is None:
                    place = behind(text, end, len(text))
                if fields and place is None and (ahead := AHEAD.search(text, max(0, start - 20), start)):
                    place = ahead.group().strip()
                yield Citation(start, end, None, place, fields)
    for words in entries if found else parts:
        for place, fields in _read_note(words.group()):
            yield Citation(words.start(), words.end(), None, place, fields)


def _read(part: str, before: str, authors: list[str]) -> Iterator[tuple[str | None, tuple[tuple[str, str], ...]]]:
    """One part of a parenthesis. ``authors``: of the part before it; of a year alone they, or the names before it."""
    year, title = _year(part), _TITLE.search(part)
    if year is None and title is None:
        if _is_place(part):
            yield part.strip(), ()
        return
    lead = _LEAD.match(part)
    ends = [match.start() for match in (year, title) if match], [match.end() for match in (year, title) if match]
    author = part[lead.end() if lead else 0 : min(ends[0])].strip(_BETWEEN)
    rest = _place(part[max(ends[1]) :])
    if (rest or year is None) and locator(rest) is None:
        return
    about = (("title", title[1].strip(" ,，.")),) if title else ()
    if year is None:
        if _is_place(rest) and len(author) <= 40 and not _SAYS.search(author):
            yield rest, ((("author", _family(author)), *about) if _LETTER.search(author) else about)
        return
    if author:
        authors[:] = [author] if _LETTER.search(author) and len(author) <= 80 else []
    elif not authors:
        named = _BEFORE.search(before[-60:])
        authors[:] = [named.group().strip(" ,")] if named else _named(before) if rest else []
    for one in authors:
        yield rest or None, (("author", _family(one)), ("year", year[2] or year[1]), *about)


def _year(part: str) -> re.Match[str] | None:
    """The year that a citation gives: none of a title in marks, and none of a span of years, which is a title's too.

    >>> _year("Marsh, “The Ward, 1948–1979,” 2009, para. 3")[1], _year("Marsh, “The Ward in 1948,” para. 3")
    ('2009', None)
    """
    titled = [match.span() for match in _TITLE.finditer(part)]
    found = (one for one in _YEAR.finditer(part) if not any(a < one.start() < b for a, b in titled))
    return next(
        (one for one in found if not _RANGE.match(part, one.end()) and not part[: one.start()].endswith(_TO)), None
    )


def _place(words: str) -> str:
    """A locator as it is written, without the punctuation and the number of an issue before it.

    >>> _place("，第3期，第2段。"), _place(", vol. 12, no. 3, para. 4")
    ('第2段', 'para. 4')
    """
    words = words.strip(_BETWEEN)
    shorter = _ISSUE.sub("", words, count=2)
    return shorter if locator(shorter) else words


def _named(before: str) -> list[str]:
    """Who may have said what a parenthesis with a year and a locator stands behind: the names in its sentence."""
    own = re.sub(r"“[^“”]*”|「[^「」]*」|‘[^‘’]*’|\"[^\"]*\"", " ", before)
    said = re.split(r"[。！？!?；;]|(?<![A-Z])\.\s", own)[-1]
    latin = [name for name in re.findall(rf"(?<![\w.]){_NAME}", said) if name not in _NO_NAMES]
    return [*(match[1] for match in _SAYS.finditer(said)), *latin][-4:]


def _read_note(part: str) -> Iterator[tuple[str | None, tuple[tuple[str, str], ...]]]:
    """``朴：《題名》，2023年，第5段``, ``Park, “Title,” 2023, para. 5``, ``Ibid., para. 7``."""
    year, title, lead = _year(part), _TITLE.search(part), _LEAD.match(part)
    place = _place(part[year.end() if year else title.end() if title else 0 :])
    said = part[lead.end() if lead else 0 :]
    entry = _ENTRY.match(said)
    author = (
        entry["who"] if entry else _AUTHOR_END.split(said.split(year.group())[0].strip() if year else "", maxsplit=1)[0]
    )
    if year is None and entry and title and locator(place) and not _SAYS.search(author):
        yield place, (("author", _family(author)), ("title", title[1].strip(" ,，.")))  # cited in full before
        return
    if (
        year is None
        and title
        and _is_place(place)
        and not said[: title.start() - len(part) + len(said)].strip(_BETWEEN)
    ):
        yield place, (("title", title[1].strip(" ,，.")),)
        return
    if year is None:
        if _is_place(part):
            yield place, ()
        return
    if _LETTER.search(author) and len(author) <= 40:
        fields = (("author", _family(author)), ("year", year[2] or year[1]))
        yield place if locator(place) else None, (*fields, ("title", title[1].strip(" ,，."))) if title else fields


def titles(text: str, note: bool) -> list[tuple[int, int]]:
    """Where a note, or an entry of a bibliography, has the title of an article in quotation marks: nobody's words.

    >>> text = "Park, A. “On Lamps.” Light 5 (2023)."
    >>> [text[a:b] for a, b in titles(text, note=False)]
    ['On Lamps.']
    """
    found = list(_ENTRY.finditer(text)) if note else [_ENTRY.match(text)]
    return [
        one.span("title")
        for one in found
        if one
        and (note or not {one["sign"], one["dated"]} & {":", "："})
        and not _SAYS.search(one["who"])
        and (
            _YEAR.search(text[: one.start("title")] + " " + text[one.end("title") :][:_FAR])
            or (note and locator(text[one.end("title") + 1 :][:40]))
        )
    ]


def bracketed(text: str) -> set[tuple[int, int]]:
    """Where a parenthesis that cites has the title of a work in quotation marks.

    >>> text = "(Park, “On Lamps,” para. 5) and (the “lamps” of paras. 5 and 6)"
    >>> [text[a:b] for a, b in bracketed(text)]
    ['On Lamps,']
    """
    return {
        (group.start(1) + part.start() + title.start(1), group.start(1) + part.start() + title.end(1))
        for group in _GROUP.finditer(text)
        for part in re.finditer("[^;；]+", group[1])
        if (title := _TITLE.search(part.group()))
        and any("title" in dict(fields) for _, fields in _read(part.group(), "", []))
    }


def _is_place(words: str) -> bool:
    """Whether these words are a locator, and no others, with its unit."""
    found = locator(words)
    return found is not None and found.kind != "number" and _is_locator(words)


def _is_locator(part: str) -> bool:
    """Whether these words are a locator and no others."""
    return not _NOISE.sub("", part)


def _family(author: str) -> str:
    """The family name of the first author: of ``S. A. Park and Lee``, ``Park, S.``, ``Park et al.``: Park."""
    first = re.split(r"[,，、]| and | & | et al|等", author)[0].strip()
    return first.split()[-1] if first < "\u2e80" and first.split() else first or author


def behind(text: str, end: int, stop: int) -> str | None:
    """The locator that a note prints behind a work it names by its key: ``Hale (2018), para. 13.``"""
    words = _PARTS.match(text[end : min(stop, end + 80)])
    rest = words.group().strip(" ,，:：、.。)）") if words else ""
    found = locator(rest) if rest and _is_locator(rest) else None
    return rest if found and found.kind != "number" else None


def place(words: str) -> str | None:
    """The locator in a printed citation: what stands behind its year, or the whole.

    >>> place("（朴，2023，第5段）"), place("(Park 2023)"), place("Park (2023, pp. 5, 7)")
    ('第5段', None, 'pp. 5, 7')
    """
    year = _year(words)
    rest = words[year.end() if year else 0 :].strip(" ,，:：、;；()（）[]〔〕")
    found = locator(rest)
    return rest if found and (year or found.kind != "number") else None
