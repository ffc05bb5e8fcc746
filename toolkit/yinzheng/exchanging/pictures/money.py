"""The pictures of money: over time and by payer, in one currency, as stated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ..held import Held
from .drawing import FAINT, GREY, INK, MARKERS, OKABE_ITO, Drawing, rows, short
from .told import NOBODY, Amount, Label, Money, money

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_AMOUNTS, _PAYERS = 40, 20  # what is still readable
_ROW = 0.36  # inches
_MEASURES = {
    "subsidy": "補貼", "loan": "貸款", "investment": "投資", "price": "價格", "cost": "成本", "valuation": "估值",
    "revenue": "營收", "budget": "預算", "profit": "利潤", "loss": "虧損", "fine": "罰款", "export": "出口",
    "other": "其他",
}  # fmt: skip
_SCALES = ((1e9, "billion", "十億"), (1e6, "million", "百萬"), (1.0, "", ""))


def pictured(one: Held, source: str) -> dict[str, Drawing]:
    """Both, by name; none where no amount has a value and a unit."""
    told = money(one)
    if told is None or not told.amounts:
        return {}
    scale, word, zi = next(one for one in _SCALES if one[0] <= max(a.high for a in told.amounts) / 10 or one[0] == 1)
    axis = Label(f"金額（{zi}{told.unit}）", f"amount, {word} {told.unit}".replace("  ", " "))
    largest = sorted(told.amounts, key=lambda a: -a.high)
    out = [_left_out(told, len(largest) - _AMOUNTS), source]
    year = "年份：段落中該金額之前最後提到的年份。 Year: the last that the paragraph states before the amount."
    dated = sorted(largest[:_AMOUNTS], key=lambda a: (a.year is None, a.year or 0, a.low))
    by_year = [(str(when) if when else "年份未說明 no year", [*group]) for when, group in groupby(dated, _year)]
    payers: defaultdict[Label, list[Amount]] = defaultdict(list)  # of the largest amount first
    for amount in largest:
        payers[amount.payer].append(amount)
    kept = dict(sorted(payers.items(), key=lambda item: item[0] == NOBODY)[:_PAYERS])

    def over_time(axes: Axes) -> None:
        rows(axes, [_parties(a) for a in dated])
        _points(axes, [[a] for a in dated], _order(told), scale, axis)
        at = 0
        for words, group in by_year:
            axes.axhline(at - 0.5, color=FAINT, lw=0.8, xmin=-0.55, clip_on=False)
            place = axes.get_yaxis_transform()
            axes.text(1, at - 0.42, words, ha="right", va="top", size=9, weight="bold", color=INK, transform=place)
            at += len(group)

    def by_payer(axes: Axes) -> None:
        rows(axes, [*kept])
        _points(axes, [*kept.values()], _order(told), scale, axis)

    def say(a: Amount) -> str:
        money = f"{_number(a.low / scale)}" + (f"–{_number(a.high / scale)}" if a.high != a.low else "")
        return f"{a.year or 'no year'}: {money} {word} {told.unit}, {a.measure or ''} ({_parties(a).either})"

    words = "; ".join(map(say, dated))
    once = "每點為一筆所述金額，從不相加。 A point is an amount as stated; amounts are never added up."
    more = len(payers) - len(kept)
    few = [f"另有 {more} 個付款者未列。 {more} more payers are not shown."] if more > 0 else []
    return {
        "money-by-year": Drawing(
            Label("文中所述金額，按年份", f"Money over time, as stated in {told.unit}"),
            words, [year, *filter(None, out)], _ROW * len(dated), over_time,
        ),
        "money-by-payer": Drawing(
            Label("文中所述金額，按付款者", f"Money by payer, as stated in {told.unit}"),
            words, [once, *few, *filter(None, [_left_out(told, 0), source])], _ROW * len(kept), by_payer,
        ),
    }  # fmt: skip


def _left_out(told: Money, more: int) -> str:
    """What is not in a picture of money, in both languages."""
    zh = [f"{count} 筆以 {unit} 計" for unit, count in told.others.items()]
    en = [f"{count} stated in {unit}" for unit, count in told.others.items()]
    if told.unclear:
        zh.append(f"{told.unclear} 筆沒有單一數值")
        en.append(f"{told.unclear} without a single value")
    if more > 0:
        zh.append(f"較小的 {more} 筆")
        en.append(f"the {more} smallest")
    return f"未列：{'，'.join(zh)}。 Left out: {', '.join(en)}." if zh else ""


def _order(told: Money) -> list[str | None]:
    """The measures, most frequent first; what has no colour of its own is the last."""
    counts = Counter(amount.measure for amount in told.amounts)
    return sorted(counts, key=lambda one: (one is None, -counts[one], one or ""))


def _points(
    axes: Axes, lines: Sequence[Sequence[Amount]], order: Sequence[str | None], scale: float, axis: Label
) -> None:
    """Amounts along their rows: a point, or two joined where a range is stated; logarithmic where they differ much."""
    from matplotlib.ticker import FuncFormatter, LogLocator

    values = [value / scale for line in lines for amount in line for value in amount[:2]]
    low, high = min(values), max(values)
    if low > 0 and high / low > 30:
        axes.set_xscale("log")
        axes.set_xlim(low / 1.6, high * 3)
        axes.minorticks_off()
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if high / low < 1e4 else (1,), numticks=12))
    else:
        axes.set_xlim(min(0, low * 1.15), (high * 1.25) or 1)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _number(value)))
    axes.tick_params(axis="x", labelsize=8, labelcolor=GREY)
    axes.grid(axis="x", color=FAINT, lw=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"{axis.zh}  {axis.en}", size=8.5, color=INK)
    for row, line in enumerate(lines):
        line = sorted(line, key=lambda amount: amount.low)
        for amount, following in zip(line, [*line[1:], None], strict=True):
            kind = min(order.index(amount.measure), len(MARKERS) - 1)
            ends = sorted({amount.low / scale, amount.high / scale})
            axes.plot(ends, [row] * len(ends), MARKERS[kind], ls="-", ms=7, color=OKABE_ITO[kind], mec=INK, mew=0.6)
            if following is None or _apart(axes, ends[-1], following.low / scale):
                words = "–".join(map(_number, ends))
                place, off = (ends[-1], row), (7, 0)
                axes.annotate(words, place, off, textcoords="offset points", size=8, va="center", color=INK)
    named = [*order[: len(MARKERS) - 1], *(["other"] if len(order) > len(MARKERS) else order[len(MARKERS) - 1 :])]
    for kind, measure in enumerate(named):
        words = "未說明 not stated" if measure is None else f"{_MEASURES.get(measure, '')} {short(measure, 24)}".strip()
        axes.plot([], [], MARKERS[kind], ms=7, color=OKABE_ITO[kind], mec=INK, mew=0.6, label=words)


def _apart(axes: Axes, one: float, other: float) -> bool:
    """Whether there is room for a number between two places of the axis."""
    place = axes.transScale.transform([(one, 0), (other, 0), (axes.get_xlim()[0], 0), (axes.get_xlim()[1], 0)])[:, 0]
    return bool(place[1] - place[0] > 0.12 * (place[3] - place[2]))


def _number(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def _year(amount: Amount) -> int | None:
    return amount.year


def _parties(a: Amount) -> Label:
    if a.payer == a.payee == NOBODY:
        return a.subject
    return Label(f"{a.payer.zh or a.payer.en} → {a.payee.zh or a.payee.en}", f"{a.payer.either} → {a.payee.either}")
