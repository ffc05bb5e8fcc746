"""Pictures of what is annotated: money over time and by payer, names through the text and together, claims by kind.

Each is of one edition, with labels in both languages, and says what it leaves out. Made by `drawing`, of the numbers
of `told`; the figure of a picture is in its description too, for who cannot see it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

from ...bib import plain
from ...handouts import LABELS
from ...records import ClaimLabel
from ..held import Held
from .drawing import ACROSS, FAINT, GREY, HATCHES, INK, OKABE_ITO, Drawing, fonts, inches, ink, rows, short
from .money import pictured
from .told import Label, sections, spread, together

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PICTURES", "drawings", "fonts", "missing", "pictures"]

PICTURES = {
    "money-by-year": ("figure", "sums of money with a value and a currency"),
    "money-by-payer": ("figure", "sums of money with a value and a currency"),
    "names": ("entity", "names"),
    "together": ("entity", "two names in one paragraph"),
    "claims": ("claim", "claims"),
}  # and what each is of

_OUTSIDE = "正文之外 outside the body"
_NAMES, _TOGETHER = 24, 16  # what is still readable


def pictures(held: Sequence[Held]) -> dict[str, bytes]:
    """SVG by name, as ``digest-en/names``: one file each, that may stand in one page together.

    Needs matplotlib: raises YinzhengError where it is not installed.
    """
    return {name: drawing.svg(name.replace("/", "-")) for name, drawing in drawings(held).items()}


def drawings(held: Sequence[Held]) -> dict[str, Drawing]:
    """What can be drawn, by name; an edition without the annotations that a picture is of has none."""
    result: dict[str, Drawing] = {}
    for one in held:
        source = _source(one)
        result |= {f"{one.edition.key}/{name}": drawing for name, drawing in pictured(one, source).items()}
        for name, made in (
            ("names", _names(one, source)),
            ("together", _together(one, source)),
            ("claims", _claims(one, source)),
        ):
            if made is not None:
                result[f"{one.edition.key}/{name}"] = made
    return result


def missing(held: Sequence[Held]) -> Counter[str]:
    """What there is no picture of, and why; of what was asked for."""
    made = drawings(held)
    return Counter(
        f"no picture {one.edition.key}/{name}: there are no {of}"
        for one in held
        for name, (kind, of) in PICTURES.items()
        if kind in one.types and f"{one.edition.key}/{name}" not in made
    )


def _source(one: Held) -> str:
    fields = one.entry.fields if one.entry else {}
    title, year = plain(fields.get("title", "")).strip("[]"), plain(fields.get("year", fields.get("date", "")))
    of = ", ".join(part for part in (short(title, 90), year) if part)
    return f"來源 Source: {one.work.key}/{one.edition.key}" + (f", {of}" if of else "")


def _names(one: Held, source: str) -> Drawing | None:
    found = spread(one, _NAMES)
    if not found:
        return None
    numbers = [(at, paragraph.number) for at, paragraph in enumerate(one.paragraphs) if paragraph.number is not None]
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if len(numbers) / step <= 16)
    headings = [at for at, paragraph in enumerate(one.paragraphs) if paragraph.kind == "heading"]

    def draw(axes: Axes) -> None:
        rows(axes, [line.name for line in found])
        axes.set_xlim(-1, max(len(one.paragraphs), 2))
        axes.vlines(headings, -0.5, len(found) - 0.5, color=FAINT, lw=0.8, zorder=0)
        for row, line in enumerate(found):
            axes.hlines(row, -1, len(one.paragraphs), color=FAINT, lw=0.5, zorder=0)
            for size in range(1, 7):
                places = [place for place in sorted(line.places) if min(line.places[place], 6) == size]
                axes.plot(places, [row] * len(places), "o", ms=3.9 * size**0.5, color=OKABE_ITO[0], mew=0)
            total = str(sum(line.places.values()))
            axes.text(1.005, row, total, va="center", size=8, color=GREY, transform=axes.get_yaxis_transform())
        ticks = [(at, number) for at, number in numbers if number % step == 0 or number == 1]
        axes.set_xticks([at for at, _ in ticks], [str(number) for _, number in ticks], size=8, color=GREY)
        axes.set_xlabel("段落 ¶ of the text", size=8.5, color=INK)

    words = "; ".join(f"{line.name.either}: {sum(line.places.values())} mentions" for line in found)
    key = (
        f"點：該段提到的次數，越大越多；右為總數；直線為標題；所列為提到最多的 {len(found)} 個名稱。 "
        f"Dot: mentions in a paragraph, larger for more; right: in all; lines: headings; the {len(found)} named most."
    )
    title = Label("名稱在全文中的分布", "Names over the course of the text")
    return Drawing(title, words, [key, source], 0.34 * len(found), draw)


def _together(one: Held, source: str) -> Drawing | None:
    names, pairs = together(one, _TOGETHER)
    if not pairs:
        return None
    size, most = len(names), max(pairs.values())

    def draw(axes: Axes) -> None:
        from matplotlib import colormaps

        rows(axes, [Label(f"{at}  {zh or en}", en if zh else "") for at, (zh, en) in enumerate(names, 1)])
        shades = colormaps["cividis_r"]
        axes.set_xlim(-0.5, size - 0.5)
        for (row, column), count in pairs.items():
            shade = shades(count / most)
            axes.fill_between([column - 0.48, column + 0.48], row - 0.48, row + 0.48, color=shade, lw=0)
            axes.text(column, row, str(count), ha="center", va="center", size=8, color=ink(shade))
        axes.set_xticks(range(size), [str(at) for at in range(1, size + 1)], size=8, color=INK)
        axes.set_xlabel("同一名稱，以左側編號 The same names, by their numbers", size=8.5, color=INK)

    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    words = "; ".join(f"{names[b].either} and {names[a].either}: {count} paragraphs" for (a, b), count in ordered)
    key = (
        f"數字：同時提到兩者的段落數；所列為出現段落最多的 {size} 個名稱。 "
        f"Number: paragraphs that name both, of the {size} names in most paragraphs."
    )
    title = Label("誰與誰一同出現", "Who appears with whom")
    return Drawing(title, words, [key, source], 0.36 * size, draw)


def _claims(one: Held, source: str) -> Drawing | None:
    found = sections(one)
    if not found:
        return None
    kinds = [str(kind) for kind in get_args(ClaimLabel) if any(section.kinds[kind] for section in found)]
    labels = [
        Label(section.heading, section.numbers) if section.heading else Label(section.numbers or _OUTSIDE, "")
        for section in found
    ]

    def draw(axes: Axes) -> None:
        from matplotlib.ticker import MaxNLocator

        rows(axes, labels)
        ends, longest = [0] * len(found), max(section.kinds.total() for section in found) * 1.04
        for at, kind in enumerate(kinds):
            paint: dict[str, Any] = {"facecolor": OKABE_ITO[at], "edgecolor": "white", "hatch": HATCHES[at], "lw": 0.6}
            for row, section in enumerate(found):
                if count := section.kinds[kind]:
                    axes.barh([row], [count], 0.62, [ends[row]], **paint)
                    if inches(str(count), 7.5) + 0.06 < count / longest * ACROSS:
                        box = {"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none"}
                        middle = ends[row] + count / 2
                        axes.text(middle, row, str(count), ha="center", va="center", size=7.5, color=INK, bbox=box)
                    ends[row] += count
            axes.barh([0], [0], label=f"{LABELS[kind][1]} {kind}", **paint)
        axes.set_xlim(0, longest)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10))
        axes.tick_params(axis="x", labelsize=8, labelcolor=GREY)
        axes.set_xlabel("論斷數 number of claims", size=8.5, color=INK)

    def say(at: int) -> str:
        counts = ", ".join(f"{found[at].kinds[kind]} {kind}" for kind in kinds if found[at].kinds[kind])
        return f"{' '.join(filter(None, labels[at]))}: {counts}"

    title = Label("論斷，按種類與章節", "Claims by kind and section")
    if not one.headings:
        title = Label("論斷，按種類與段落", "Claims by kind and place, ten paragraphs a row")
    return Drawing(title, "; ".join(map(say, range(len(found)))), [source], 0.42 * len(found), draw)
