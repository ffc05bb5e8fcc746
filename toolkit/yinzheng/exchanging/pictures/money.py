"""The pictures of money: over time and by payer, in one currency, as stated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise
from math import copysign, floor, isclose, log10
from typing import TYPE_CHECKING

from ...terminal import width
from ..held import Held
from .drawing import ACROSS, FAINT, GREY, INK, LOWER, MARKERS, OKABE_ITO, UPPER, Drawing, rows, shared, short
from .told import NOBODY, Amount, Label, Money, money

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_AMOUNTS, _PAYERS = 40, 20  # what is still readable
_ROW, _POINT, _COLUMN, _HEADING = 0.36, 0.12, 0.07, 0.75  # inches: a row, a point, a column of its label, a year
_MEASURES = {
    "subsidy": "補貼", "loan": "貸款", "investment": "投資", "price": "價格", "cost": "成本", "valuation": "估值",
    "revenue": "營收", "budget": "預算", "profit": "利潤", "loss": "虧損", "fine": "罰款", "export": "出口",
    "other": "其他",
}  # fmt: skip
_ZH, _EN = ((1e12, "萬億"), (1e8, "億"), (1e4, "萬")), ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
_ARROW = " → "  # from who pays to who is paid
_MUCH = 30  # times the smallest amount, from which on powers of ten are a scale


class Scale:
    """Where amounts stand on an axis of so many inches: as they are, or from 0 both ways by their powers of ten where
    they differ much. To the right of the largest there is room for any label, and ``more``."""

    def __init__(self, amounts: Sequence[Amount], more: float) -> None:
        values = [value for amount in amounts for value in amount[:2]]
        sizes = [abs(value) for value in values if value]
        self._least: int | None = None  # the smallest power of ten, where these are the scale
        if sizes and max(sizes) / min(sizes) > _MUCH:
            self._least = floor(log10(min(sizes)))
        self.low, self.high = min(values), max(values)
        if self._least is None:
            self.low, self.high = min(self.low, 0), max(self.high, 0)
        right = min(max(map(_room, amounts)) + more, 0.7 * ACROSS)
        first, last = self._at(self.low), self._at(self.high)
        self._inch = ((last - first) or 1) / (ACROSS - right - 2 * _POINT)
        self._first = first - 2 * _POINT * self._inch

    def at(self, value: float) -> float:
        """Inches from the left of the axis."""
        return (self._at(value) - self._first) / self._inch

    def _at(self, value: float) -> float:
        if self._least is None or not value:
            return value
        return copysign(1 + log10(abs(value)) - self._least, value)

    def ticks(self) -> list[float]:
        """As many as there is room for."""
        from matplotlib.ticker import MaxNLocator

        least, most = self._least, max(abs(self.low), abs(self.high))
        span = range(0) if least is None else range(least, floor(log10(most)) + 1)
        for few in range(max(len(span), 6) + 2):
            if span:
                step, subs = max(few - 1, 1), ((1, 2, 5), (1, 3), (1,))[min(few, 2)]
                sizes = [sub * 10.0**power for power in span[step - 1 :: step] for sub in subs]
                found = [*(-size for size in reversed(sizes)), 0.0, *sizes]
            else:
                found = [*map(float, MaxNLocator(max(7 - few, 1)).tick_values(self.low, self.high))]
            found = [value for value in found if self.low <= value <= self.high]
            widths = [max(map(width, _amount([value]))) * _COLUMN for value in found]
            if all(
                self.at(one) + first / 2 < self.at(two) - second / 2
                for (one, first), (two, second) in pairwise(zip(found, widths, strict=True))
            ):
                break
        return found


def pictured(one: Held, source: str) -> dict[str, Drawing]:
    """Both, by name; none where no amount has a value and a unit."""
    told = money(one)
    if told is None or not told.amounts:
        return {}
    largest = sorted(told.amounts, key=_size, reverse=True)
    dated = sorted(largest[:_AMOUNTS], key=lambda a: (a.year is None, a.year or 0, a.low))
    payers: defaultdict[Label, list[Amount]] = defaultdict(list)  # of the largest amount first
    for amount in largest:
        payers[amount.payer].append(amount)
    kept = dict(sorted(payers.items(), key=lambda item: item[0] == NOBODY)[:_PAYERS])
    every = [amount for amounts in kept.values() for amount in amounts]
    every.sort(key=lambda a: (a is not payers[a.payer][0], -_size(a)))
    paid = every[:_AMOUNTS]  # of each payer the largest, then the largest of all
    scale = Scale(paid, 0)
    lines = [(payer, line) for payer in kept for line in in_lines([a for a in paid if a.payer == payer], scale)]

    def over_time(axes: Axes) -> None:
        rows(axes, [*map(_label, dated)])
        _points(axes, [[a] for a in dated], told, Scale(dated, _HEADING))
        at = 0
        for year, group in groupby(dated, _year):
            axes.axhline(at - 0.5, color=FAINT, lw=0.8, xmin=-0.55, clip_on=False)
            words, place = str(year or "年份未說明\nno year"), axes.get_yaxis_transform()
            axes.text(1, at - 0.42, words, ha="right", va="top", size=8.5, weight="bold", color=INK, transform=place)
            at += len([*group])

    def by_payer(axes: Axes) -> None:
        first = [at == 0 or lines[at - 1][0] != payer for at, (payer, _) in enumerate(lines)]
        rows(axes, [payer if new else Label("", "") for new, (payer, _) in zip(first, lines, strict=True)])
        _points(axes, [line for _, line in lines], told, scale)
        for at, new in enumerate(first):
            if new:
                axes.axhline(at - 0.5, color=FAINT, lw=0.8, xmin=-0.55, clip_on=False)

    def say(a: Amount) -> str:
        who = _ARROW.join(one.either for one in _parties(a))
        return f"{a.year or 'no year'}: {_spelt(a).en} {told.unit}, {a.measure or ''} ({who})"

    words = "; ".join(map(say, dated))
    year = "年份：段落中該金額之前最後提到的年份。 Year: the last that the paragraph states before the amount."
    once = "每點為一筆所述金額，從不相加。 A point is an amount as stated; amounts are never added up."
    more = len(payers) - len(kept)
    few = [f"另有 {more} 個付款者未列。 {more} more payers are not shown."] if more > 0 else []
    unpaid = len(every) - len(paid)
    return {
        "money-by-year": Drawing(
            Label("文中所述金額，按年份", f"Money over time, as stated in {told.unit}"),
            words, [year, *_notes(told, len(largest) - len(dated)), source], _ROW * len(dated), over_time,
        ),
        "money-by-payer": Drawing(
            Label("文中所述金額，按付款者", f"Money by payer, as stated in {told.unit}"),
            words, [once, *few, *_notes(told, unpaid), source], _ROW * len(lines), by_payer,
        ),
    }  # fmt: skip


def _notes(told: Money, more: int) -> list[str]:
    """What is not in a picture of money, or only once, in both languages."""
    zh = [f"{count} 筆以 {unit} 計" for unit, count in told.others.items()]
    en = [f"{count} stated in {unit}" for unit, count in told.others.items()]
    for count, chinese, english in (
        (told.bare, "筆未說明貨幣", "without a currency"),
        (told.unclear, "筆沒有單一數值", "without a single value"),
    ):
        if count:
            zh.append(f"{count} {chinese}")
            en.append(f"{count} {english}")
    if more > 0:
        zh.append(f"較小的 {more} 筆")
        en.append(f"the {more} smallest")
    notes = [f"未列：{'，'.join(zh)}。 Left out: {', '.join(en)}."] if zh else []
    if told.again:
        zh_again = f"同一筆金額只畫一次，另有 {told.again} 處是重提。"
        notes.append(f"{zh_again} An amount is drawn once; {told.again} more only state one of them again.")
    return notes


def _order(told: Money) -> list[str | None]:
    """The measures, most frequent first; what is no measure of its own is last, for it may share a colour."""
    counts = Counter(amount.measure for amount in told.amounts)
    return sorted(counts, key=lambda one: (one is None, one == "other", -counts[one], one or ""))


def in_lines(amounts: Sequence[Amount], scale: Scale) -> list[list[Amount]]:
    """In as few lines as there is room for with their labels."""
    lines: list[list[Amount]] = []
    for amount in sorted(amounts, key=lambda a: a[:2]):
        for line in lines:
            if scale.at(line[-1].high) + _room(line[-1]) + _POINT < scale.at(amount.low):
                line.append(amount)
                break
        else:
            lines.append([amount])
    return lines


def _points(axes: Axes, lines: Sequence[Sequence[Amount]], told: Money, scale: Scale) -> None:
    """Amounts along their rows: a point, or two joined where a range is stated, with its label."""
    order, ticks = _order(told), scale.ticks()
    axes.set_xlim(0, ACROSS)
    axes.set_xticks([*map(scale.at, ticks)], ["\n".join(_both(_amount([tick]))) for tick in ticks], size=8, color=GREY)
    axes.grid(axis="x", color=FAINT, lw=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"金額（{told.unit}）  amount, {told.unit}", size=8.5, color=INK)
    for row, line in enumerate(lines):
        for amount in line:
            kind = min(order.index(amount.measure), len(MARKERS) - 1)
            ends = [scale.at(value) for value in sorted({*amount[:2]})]
            axes.plot(ends, [row] * len(ends), MARKERS[kind], ls="-", ms=7, color=OKABE_ITO[kind], mec=INK, mew=0.6)
            words, place, off = " ".join(_both(_spelt(amount))), (ends[-1], row), (7, 0)
            axes.annotate(words, place, off, textcoords="offset points", size=8, va="center", color=INK)
    named = [*order[: len(MARKERS) - 1], *(["other"] if len(order) > len(MARKERS) else order[len(MARKERS) - 1 :])]
    for kind, measure in enumerate(named):
        words = "未說明 not stated" if measure is None else f"{_MEASURES.get(measure, '')} {short(measure, 24)}".strip()
        axes.plot([], [], MARKERS[kind], ms=7, color=OKABE_ITO[kind], mec=INK, mew=0.6, label=words)


def _room(amount: Amount) -> float:
    """Inches of its point and label."""
    return _POINT + _COLUMN * width(" ".join(_both(_spelt(amount))))


def _spelt(a: Amount) -> Label:
    return Label(*(a.sign + words for words in _amount(sorted({a.low, a.high}))))


def _both(words: Label) -> list[str]:
    """Once, where both languages write the same."""
    return [*dict.fromkeys(words)]


def _amount(values: Sequence[float]) -> Label:
    """A number or a range as people write it: in 萬 and 億, or millions and billions, if three decimals are enough.

    >>> _amount([9e6, 1.2e7])
    Label(zh='900–1,200萬', en='9–12 million')
    """
    both = []
    for words in (_ZH, _EN):
        number = [_number(value, words) for value in values]
        alike = len({word for _, word in number}) == 1
        parts = [figure + ("" if alike and at < len(number) - 1 else word) for at, (figure, word) in enumerate(number)]
        both.append("–".join(parts).replace("-", "−"))
    return Label(*both)


def _number(value: float, words: Sequence[tuple[float, str]]) -> tuple[str, str]:
    for size, word in words:
        if 1 <= abs(value) / size < 1e6 and isclose(round(value / size, 3), value / size, rel_tol=1e-9):
            return f"{value / size:,.10g}", word
    return f"{value:,.12g}", ""


def _size(amount: Amount) -> float:
    return max(map(abs, amount[:2]))


def _year(amount: Amount) -> int | None:
    return amount.year


def _parties(a: Amount) -> tuple[Label, ...]:
    """Who pays and who is paid; or, where neither is stated, whose it is."""
    return (a.subject,) if a.payer == a.payee == NOBODY else (a.payer, a.payee)


def _label(a: Amount) -> Label:
    upper, lower = zip(*((one.zh or one.en, one.either) for one in _parties(a)), strict=True)
    return Label(shared(upper, _ARROW, UPPER), "" if upper == lower else shared(lower, _ARROW, LOWER))
