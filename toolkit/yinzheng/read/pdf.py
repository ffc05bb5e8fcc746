"""PDF, through pdfium: the extra `pdf`.

pdfium tells the words of each line and where they stand. What a page says of its paragraphs, by an indent or a gap, is
written into the text, as a person would type it; `segment` reads it there.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from ..errors import YinzhengError
from . import Source

_HYPHEN = "\x02\ufffe"  # how pdfium writes a hyphen that ended a line


def from_pdf(data: bytes) -> Source:
    """The text of all pages, a form feed between two."""
    try:
        import pypdfium2
    except ImportError as error:
        raise YinzhengError("to read PDF, install the extra: pip install 'yinzheng[pdf]'") from error
    try:
        document = pypdfium2.PdfDocument(data)
        pages = [_text(page.get_textpage()) for page in document]
        document.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise YinzhengError("this PDF has a password; save a copy without one") from error
        raise YinzhengError(f"this PDF cannot be read: {error}") from error
    text = "\f".join(pages)
    if not re.search(r"\w", text):
        raise YinzhengError("this PDF holds no text, only pictures; recognise it (OCR) first")
    return Source(
        text, None, "pdf", ("a PDF knows no paragraphs: they are judged from its lines; look at `yinzheng show`",)
    )


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    left: float
    bottom: float
    size: float


def _text(page: Any) -> str:
    """The lines of a page, with an indent or an empty line in front where the page shows one."""
    text: str = page.get_text_bounded()
    # pdfium counts characters as we do, but for those that it leaves out or puts in: then no place is sure
    sure = page.count_chars() == len(text)
    lines: list[_Line] = []
    for match in re.finditer(rf"([^\r\n{_HYPHEN}]+)([{_HYPHEN}]?)", text):
        words = match[1].strip()
        if words:
            first = match.start() + len(match[1]) - len(match[1].lstrip())
            left, bottom, _, top = _box(page, first) if sure else (0.0, 0.0, 0.0, 0.0)
            lines.append(_Line(words + ("-" if match[2] else ""), left, bottom, top - bottom))
    return "\n".join(_laid_out(lines))


def _box(page: Any, at: int) -> tuple[float, float, float, float]:
    try:
        box: tuple[float, float, float, float] = page.get_charbox(at, loose=True)
        return box
    except RuntimeError:  # pdfium's, for a character that has no place; the words are there all the same
        return 0.0, 0.0, 0.0, 0.0


def _laid_out(lines: list[_Line]) -> list[str]:
    pitches = [above.bottom - line.bottom for above, line in pairwise(lines)]
    usual = median([pitch for pitch in pitches if pitch > 1] or [0.0])
    size = median([line.size for line in lines] or [0.0])
    margins: list[float] = []
    for left, often in sorted(Counter(round(line.left) for line in lines).items()):
        # a margin is where many lines begin; an indent lies near one, the next column far from it
        if often >= max(2, len(lines) / 5) and not any(left - margin < 6 * size for margin in margins):
            margins.append(left)
    result = []
    for line, pitch in zip(lines, [0.0, *pitches][: len(lines)], strict=True):
        margin = max((margin for margin in margins if margin <= line.left + 1), default=line.left)
        indented = 0.8 * line.size <= line.left - margin <= 4.5 * line.size and line.size > 0
        apart = usual > 0 and pitch > 1.35 * usual
        result.append(("\n" if apart else "") + ("\u3000\u3000" if indented else "") + line.words)
    return result
