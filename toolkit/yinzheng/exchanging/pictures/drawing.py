"""A drawing, and what every picture has: its title, its axes, its source; as SVG or PNG. The rest is `pictures`.

Colours are Okabe and Ito's, which people with any colour vision tell apart, and never alone: shapes, hatches or numbers
say the same. Text stays text in SVG; the fonts named are those of common systems that have Han characters.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from ...errors import YinzhengError
from ...terminal import lines, shortened, width
from .told import Label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#F0E442")
UPPER, LOWER = 9, 7  # points of the lines of a row's label
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
HATCHES = ("", "///", "..", "xx", "---", "\\\\\\", "++")
INK, GREY, FAINT = "#222222", "#595959", "#DDDDDD"
_HAN = (
    "Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans TC", "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK JP",
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Heiti TC",
    "Hiragino Sans GB", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Arial Unicode MS", "SimHei",
)  # fmt: skip
_STACK = ", ".join([*(f"'{font}'" for font in ("DejaVu Sans", "Verdana", *_HAN)), "sans-serif"])
_FONTS = ["DejaVu Sans", *_HAN]
_ILLEGAL = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTH, _LEFT, _RIGHT, _NOTE, _GAP = 9.6, 3.3, 0.35, 0.22, 0.09  # inches; _GAP: between a row and its label
ACROSS = _WIDTH - _LEFT - _RIGHT  # of the axes
_LABEL = _LEFT - _GAP - 0.1  # of a row's label
_COLUMNS = 4  # of the legend
_NOTED = 150  # columns that a line of the notes has room for


class Drawing:
    """A picture with a title in both languages, what it tells in words, notes below it, and rows of so many inches.

    ``draw`` puts the marks on the axes; it runs when the picture is asked for, in one form or the other.
    """

    def __init__(
        self,
        title: Label,
        told: str,
        notes: Sequence[str],
        height: float,
        draw: Callable[[Axes], None],
    ) -> None:
        self.title, self.told, self.notes = Label(*map(clean, title)), clean(told), [*map(clean, notes)]
        self._height, self._draw = height, draw

    def png(self) -> bytes:
        """As PNG, 150 dots an inch."""
        return self._printed("png")

    def svg(self, name: str) -> bytes:
        """As SVG with title and description; ``name`` begins its ids, so that several may stand in one page, and there
        are no styles in it, so that a page's own policy need not allow them."""
        text = self._printed("svg").decode()
        text = re.sub(r' style="([^"]*)"', _attributes, re.sub(r"<style.*?</style>", "", text[text.index("<svg") :]))
        text = re.sub(r'(\bid="|url\(#|href="#)', rf"\1{name}-", text)
        looks = f'stroke-linejoin="round" stroke-linecap="butt" font-family="{_STACK}"'
        told = f'<title id="{name}-title">{escape(" ".join(self.title))}</title>'
        told += f'\n <desc id="{name}-desc">{escape(self.told)}</desc>'
        head, rest = text.split(">", 1)
        return f'{head} {looks} role="img" aria-labelledby="{name}-title {name}-desc">\n {told}{rest}'.encode()

    def _printed(self, form: Literal["svg", "png"]) -> bytes:
        with _settings():
            from matplotlib.figure import Figure

            figure = Figure()
            axes = figure.add_axes((0, 0, 1, 1))
            for side in ("top", "right", "left"):
                axes.spines[side].set_visible(False)
            axes.tick_params(length=0)
            self._draw(axes)
            marks, words = axes.get_legend_handles_labels()
            notes = [line for note in self.notes for line in lines(note, _NOTED)]
            top, bottom = 0.85 + 0.24 * -(-len(words) // _COLUMNS), 0.75 + _NOTE * len(notes)
            height = top + self._height + bottom
            figure.set_size_inches(_WIDTH, height)
            axes.set_position((_LEFT / _WIDTH, bottom / height, 1 - (_LEFT + _RIGHT) / _WIDTH, self._height / height))
            edge = 0.2 / _WIDTH
            figure.text(edge, 1 - 0.32 / height, self.title.zh, size=13, color=INK, weight="bold")
            figure.text(edge, 1 - 0.56 / height, self.title.en, size=11, color=INK)
            for line, note in enumerate(reversed(notes)):
                figure.text(edge, (0.12 + _NOTE * line) / height, note, size=7.5, color=GREY)
            if words:
                place, looks = (0.12 / _WIDTH, 1 - 0.62 / height), {"fontsize": 8, "labelcolor": INK}
                figure.legend(
                    marks, words, loc="upper left", bbox_to_anchor=place, ncols=_COLUMNS, frameon=False, **looks
                )
            out = io.BytesIO()
            keep = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
            figure.savefig(out, format=form, dpi=150, metadata=keep)
            return out.getvalue()


def _attributes(style: re.Match[str]) -> str:
    """``fill: red; stroke: none`` as attributes; the fonts are told once, for all of the picture."""
    pairs = (part.split(": ", 1) for part in style[1].split("; ") if ": " in part)
    return "".join(f' {name}="{value}"' for name, value in pairs if name != "font-family")


@contextmanager
def _settings() -> Iterator[None]:
    """The same picture for the same data. A character that no font of the machine has is a box, in PNG alone."""
    try:
        import matplotlib
        from matplotlib import font_manager
    except ImportError:
        raise YinzhengError("pictures need matplotlib: pip install 'yinzheng[pictures]'") from None
    here = {font.name for font in font_manager.fontManager.ttflist}
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(
            {
                "svg.fonttype": "none",
                "svg.hashsalt": "yinzheng",
                "text.parse_math": False,  # US$ is no formula
                "text.hinting": "no_hinting",  # which would make words wider than their letters are
                "font.family": [font for font in _FONTS if font in here] or ["sans-serif"],
                "axes.edgecolor": GREY,
                "hatch.linewidth": 0.6,
                "path.simplify": False,
            }
        )
        yield


def fonts() -> list[str]:
    """The fonts of this machine that have Han characters."""
    from matplotlib import font_manager

    here = {font.name for font in font_manager.fontManager.ttflist}
    return [font for font in _HAN if font in here]


def ink(background: tuple[float, ...]) -> str:
    """Black or white, whichever reads better on a colour (WCAG 2, relative luminance)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in background[:3])
    return "white" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179 else "black"


def rows(axes: Axes, labels: Sequence[Label]) -> None:
    """Rows from the top, each with its label in both languages to the left."""
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_yticks([])
    for row, (zh, en) in enumerate(labels):
        upper, lower = fitted(zh or en, UPPER, _LABEL), fitted(en if zh else "", LOWER, _LABEL)
        place, room = -_GAP / ACROSS, axes.get_yaxis_transform()
        axes.text(place, row - (0.02 if lower else -0.18), upper, ha="right", size=UPPER, color=INK, transform=room)
        axes.text(place, row + 0.36, lower, ha="right", size=LOWER, color=GREY, transform=room)


def shared(names: Sequence[str], between: str, size: float) -> str:
    """A row's label of several names: as much of each as there is room for."""
    sizes, room = [inches(clean(one), size) for one in names], _LABEL - inches(between, size) * (len(names) - 1)
    spare, least = room - sum(sizes), room / len(names)
    return between.join(fitted(one, size, max(least, own + spare)) for one, own in zip(names, sizes, strict=True))


def fitted(text: str, size: float, room: float) -> str:
    """As much of a text in so many points as so many inches have room for, with … where it was cut."""
    text, room = clean(text), room + 1e-9
    if inches(text, size) <= room:
        return text
    ends = accumulate((inches(character, size) for character in text), initial=inches("…", size))
    return text[: sum(end <= room for end in ends) - 1].rstrip() + "…"


def inches(text: str, size: float) -> float:
    """How wide a text in so many points is."""
    return sum(map(_advance, text)) * size / 72


@cache
def _advance(character: str) -> float:
    """The width of a character, in ems: that of DejaVu Sans, which comes with matplotlib and is the first of the fonts;
    what it lacks is as wide as a Han character."""
    from matplotlib import font_manager

    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    if not font.get_char_index(ord(character)):
        return 1.0 if width(character) else 0.0
    font.set_size(72, 72)
    return font.load_char(ord(character)).linearHoriAdvance / 65536 / 72


def short(text: str, columns: int) -> str:
    """As much of a text as has room, one column for a Latin letter and two for a Han character."""
    return shortened(clean(text), columns)


def clean(text: str) -> str:
    """What XML can hold, on one line."""
    return _ILLEGAL.sub("\ufffd", " ".join(text.split()))
