"""Citations that are printed in the words: (Park, 2023, para. 5), Park (2023), （朴，2023，第5段）, (para. 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .keys import locator
from .prose import Citation

_GROUP = re.compile(r"[(（\[〔［]([^()（）\[\]〔〕［］]{1,300})[)）\]〕］]")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?:/(\d{4}))?[a-z]?(?![\d亿億万萬])(?:\s*年)?")
_LEAD = re.compile(
    r"^\s*(?:see(?: also)?|cf\.|e\.g\.,?|also|vgl\.|quoted in|qtd\. in|cited in|參見|参见|參看|参看|轉引自|转引自|引自|詳見|详见|見|见)[\s:：]*",
    re.I,
)
_BEFORE = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'.-]{0,30}(?:,? (?:and|&|et al\.?|de|van|von|der) ?| |, )?){1,6}$|[\u3400-\u9fff·]{1,8}(?:等)?\s?$"
)
_AUTHOR = re.compile(r"[^\W\d_]")


def citations(text: str) -> Iterator[Citation]:
    """Each parenthesis that cites, one citation for each part between semicolons, with its author, year and locator.

    A parenthesis with a year only takes the name before it. One with nothing but a locator has neither key nor fields.
    """
    for group in _GROUP.finditer(text):
        start, end = group.span()
        for part in re.split("[;；]", group[1]):
            year = _YEAR.search(part)
            if year is None:
                if locator(part) is not None and not _BARE.fullmatch(part) and _is_locator(part):
                    yield Citation(start, end, None, part.strip())
                continue
            author = _LEAD.sub("", part[: year.start()]).strip(" ,，:：、")
            rest = part[year.end() :].strip(" ,，:：、")
            if not author:
                before = _BEFORE.search(text, max(0, start - 60), start)
                if before is None:
                    continue
                author = before.group().strip(" ,")
            if not _AUTHOR.search(author) or len(author) > 80 or rest and locator(rest) is None:
                continue
            family = author if author[0] >= "\u2e80" else _family(author)
            yield Citation(start, end, None, rest or None, (("author", family), ("year", year[2] or year[1])))


_BARE = re.compile(r"[\d\s,，、.–-]+")
_NOISE = re.compile(
    r"\b(?:ibid|op\. cit|paras?|paragraphs?|pars?|pp?|pages?|and|emphasis (?:added|mine|in original)|my trans(?:lation)?|trans)\b"
    r"|同上|前引|前揭|第|段落?|自然段|页|頁|[至到]|[〇零一二三四五六七八九十百]|[\d０-９\s.,，、:：¶§&‐-―~～-]",
    re.I,
)


def _is_locator(part: str) -> bool:
    """Whether a parenthesis holds a locator and no other words."""
    return not _NOISE.sub("", part)


def _family(author: str) -> str:
    """The family name of the first author: of ``S. A. Park and Lee``, ``Park, S.``, ``Park et al.``: Park."""
    first = re.split(r",| and | & | et al", author)[0].strip()
    return first.split()[-1] if first.split() else first
