"""English titles of works without marks: journals and reports by their words, books by what announces them.

Italics are lost in plain text, so a title is a run of capitalised words, small words between them, that stands where
only a title can: after ``in her book``, ``the author of``, ``writing in``, or between ``X, in`` and a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .candidate import Candidate
from .heads import UP
from .lexicon import LATIN

_CAP = rf"[{UP}][{LATIN}]*(?:[-'][{LATIN}]+)*"
_SMALL = (
    r"(?:(?:of|and|the|in|for|on|to|a|an|from|with|or|at|by|as|into|against|without|&"
    r"|de|la|le|les|der|die|das|und|à|et) ){0,3}"
)
_WORDS = rf"{_CAP}(?: {_SMALL}{_CAP}){{0,9}}"
_LIST = rf"{_CAP}(?: {_CAP})?(?:, {_CAP}(?: {_CAP})?){{1,3}},? (?:and|&) {_CAP}(?: {_CAP}){{0,2}}(?=[,.;)]| \()"
_TITLE = rf"(?:{_LIST}|{_WORDS})(?:: {_WORDS}(?:, {_WORDS})?)?"
_FIELD = rf"(?:{_LIST}|{_CAP}(?: (?:(?:of|and|for|in|on|&)(?: the)? )?{_CAP}){{0,6}})"
_SERIES = re.compile(
    rf"(?<![{LATIN}'-])(?:{_CAP} ){{0,3}}(?:Journal|Annals|Annual Reviews?|Annual Report|Quarterly Review|Bulletin"
    rf"|Proceedings|Transactions|Archives|Handbook|Encyclopa?edia|Yearbook|Review|Advances) (?:of|in|on|for)(?: the)?"
    rf" {_FIELD}(?:: {_FIELD})?"
)
_REPORT = re.compile(
    rf"(?<![{LATIN}'-])(?:{_CAP} (?:and |of (?:the )?|on )?){{1,6}}(?:Reports?|Review|Outlook|Atlas|Handbook"
    rf"|White Paper|Green Paper|Blueprint|Yearbook|Quarterly|Journal|Prize|Award|Medal)(?![{LATIN}'-])"
    rf"(?:: {_CAP}(?: {_CAP})*)?"
)
_BOOK = re.compile(
    r"(?:\b(?:books?|novels?|memoirs?|monographs?|essays?|treatises?|films?|documentar(?:y|ies)|bestseller|classics?"
    r"|biography|autobiography|textbook|pamphlet|play|poem|trilogy|manifesto|magazines?|journals?|dissertation"
    r"|entitled|titled)(?:,| called)?|\b(?:[Aa]uthors?|[Ee]ditors?|[Cc]o-authors?|editions?|translations?) of"
    r"|\b(?:[Ww]riting|published|appeared|printed|serialised|serialized|articles?|essays?|papers?|reviewed) in"
    r"|\b(?:wrote|co-wrote|edited|authored|co-authored|published|released|translated|read))(?: the(?= [A-Z]))? "
    rf"(?P<title>{_TITLE})"
)
_OWN = re.compile(
    rf"\b[Ii]n (?:his|her|their)(?: \d{{4}}| own"
    rf"| (?:influential|seminal|classic|celebrated|recent|famous|first|later))?"
    rf" (?P<title>{_TITLE})(?=[,.;:?()]| (?:that|he|she|they|is|was|has|argues|argued|shows|by|and)\b)"
)
_THEME = re.compile(
    rf"(?<=[a-z] in )(?P<title>{_CAP} (?:{_CAP} )?(?:{_CAP}(?:ics|cy|tion|ness|ment|ism|ogy)|Power|Behaviou?r|Society"
    r"|Theory|Affairs|Culture|Thought))(?=[,.;])"
)
_ASIDE = re.compile(rf"(?<=[a-z)], in )(?:the )?(?P<title>{_TITLE})(?=,|\?,| \(\d{{4}}\))")
_VERDICT = re.compile(rf"(?<![{LATIN}])(?:The|A|An|In|This|That|Its?|Their|His|Her|Our|See|As|By|For|From|On|And|But) ")
_PAPERS = ("Times", "Post", "Guardian", "Daily", "Herald", "Tribune", "Telegraph", "Gazette", "Shimbun")


def works(text: str, known: Mapping[tuple[int, int], str]) -> Iterator[Candidate]:
    """The titles in a folded English text. ``known``: spans already known, labelled: they are none."""
    for match in _SERIES.finditer(text):
        start = _bare(text, match.start())
        if text[start : match.end()][:3] != "of ":
            yield Candidate(start, match.end(), "WORK_OF_ART", 0.86, rank=3)
    for match in _REPORT.finditer(text):
        start = _bare(text, match.start())
        if " " in text[start : match.end()] and (start, match.end()) not in known:
            yield Candidate(start, match.end(), "WORK_OF_ART", 0.8)
    for pattern, score in ((_BOOK, 0.8), (_OWN, 0.8), (_ASIDE, 0.72), (_THEME, 0.65)):
        for match in pattern.finditer(text):
            start, end = match.span("title")
            title = match["title"]
            label = next((label for (s, e), label in known.items() if s == start), None)
            if label and (label != "WORK_OF_ART" or " " not in title):
                continue
            if title.endswith(_PAPERS):
                yield Candidate(start, end, "ORG", score)
            elif match[0].startswith(("published ", "released ", "translated ", "read ")) and title.count(" ") < 3:
                continue
            elif " " in title or (pattern is not _ASIDE and len(title) > 3):
                yield Candidate(start, end, "WORK_OF_ART", score, rank=3 if " " in title else 2)


def _bare(text: str, start: int) -> int:
    while match := _VERDICT.match(text, start):
        start = match.end()
    return start
