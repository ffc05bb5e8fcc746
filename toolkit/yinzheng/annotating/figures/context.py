"""What a date may lean on: the years and the month that the text named before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...numerals import pattern

_LEAD = pattern(
    r"(?:[自从较比到至迄距(]|早在|(?<![A-Za-z])(?:since|by|until|till|than in|(?:compared )?with|compared to|from"
    r"|before|after|prior to|unlike|as in|over)(?: the)?)[ ]?\Z",
    re.I,
)
_TAIL = pattern(
    r"(?:年(?:度|末|底)?)?(?:[一二三四五六七八九十0-9]{1,3}月)?(?:以来|起|以前|之前|前|之后|以后|后|同期|水平|相比|\))"
)


def is_aside(text: str, start: int, end: int) -> bool:
    """Whether a year that ends at an offset only bounds or is compared with what the text tells of, or is a
    reference: 自2016年起, 較2019年, since 2016, (Smith 2016). A month that stands alone is in no such year."""
    return bool(_LEAD.search(text, max(0, start - 16), start) or _TAIL.match(text, end))


@dataclass(slots=True)
class Context:
    """``year``: the last year named, here or in an earlier paragraph; ``told``: the last one that is no aside
    (`is_aside`). ``month``: the last month named here, as EDTF; ``framed``: whether only its year was named."""

    year: int | None = None
    told: int | None = None
    month: str | None = None
    framed: bool = True
    end: int = -1  # where the last year named ends

    def name(self, year: int, month: int | None = None, aside: bool = False) -> None:
        self.year = year
        if not aside or self.told is None:
            self.told, self.framed = year, month is None
            self.month = f"{year:04d}-{month:02d}" if month else None

    def lose(self) -> None:
        """去年, 今年: what follows is told from a present that the text does not name."""
        self.told = self.month = None

    def bare(self) -> str:
        """The year of a quarter that stands alone: the last one told of, or not known."""
        return "XXXX" if self.told is None else edtf_year(self.told)

    def of_month(self, month: int, gap: str | None = None) -> str:
        """The year of a month that stands alone: the last one told of, unless the month of the next year is nearer to
        the month named last (12月 … 3月); or that of the year before it where only a parenthesis ends between them:
        1949年（民國38年）1月."""
        if gap == ")" and self.year is not None:
            return edtf_year(self.year)
        if self.month and not self.framed and int(self.month[-2:]) - month > 6:
            return "XXXX"
        return self.bare()

    def leaning(self, step: int | None) -> str:
        """The year of 同年 (0), 次年 (1) …; None steps lean on nothing that a text says (去年)."""
        return "XXXX" if step is None or self.year is None else edtf_year(self.year + step)


def edtf_year(year: int) -> str:
    """1999; -0220 for 221 BC.

    >>> edtf_year(1999), edtf_year(-220)
    ('1999', '-0220')
    """
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"
