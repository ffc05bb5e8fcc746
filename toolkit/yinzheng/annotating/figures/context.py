"""What a date may lean on: the last year and month that the text named before it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Context:
    """``year``: the last year named, here or in an earlier paragraph; ``here``: whether in this one. ``month``: the
    last month named here, as EDTF."""

    year: int | None = None
    here: bool = False
    month: str | None = None
    end: int = -1  # where the last year named ends

    def name(self, year: int, month: int | None = None) -> None:
        self.year, self.here = year, True
        self.month = f"{year:04d}-{month:02d}" if month else None

    def bare(self) -> str:
        """The year of a quarter that stands alone: the one named in this text, or not known."""
        return edtf_year(self.year) if self.here and self.year is not None else "XXXX"

    def of_month(self, month: int, gap: str | None = None) -> str:
        """The year of a month that stands alone: that of the month named before it, where it is no earlier one, or
        that of the year before it where only a parenthesis ends between them: 1949年（民國38年）1月."""
        if gap == ")" and self.here and self.year is not None:
            return edtf_year(self.year)
        return self.month[:-3] if self.month and int(self.month[-2:]) <= month else "XXXX"

    def leaning(self, step: int | None) -> str:
        """The year of 同年 (0), 次年 (1) …; None steps lean on nothing that a text says (去年)."""
        return "XXXX" if step is None or self.year is None else edtf_year(self.year + step)


def edtf_year(year: int) -> str:
    """1999; -0220 for 221 BC.

    >>> edtf_year(1999), edtf_year(-220)
    ('1999', '-0220')
    """
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"
