"""Quotations with one random change, and untouched ones in another dress, for the tests of `verify`.

A change counts as a misquotation only if the changed words, compared without punctuation, space and width, stand nowhere
in the source: what a mutation turned into other words of the source is not one. The check is a plain substring search
and shares nothing with what it tests.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence

SWAPS = [
    ("百分之", "千分之"), ("億", "萬"), ("亿", "万"), ("萬", "億"), ("万", "亿"), ("美元", "日元"), ("公里", "英里"),
    ("million", "billion"), ("billion", "million"), ("kilometres", "miles"), ("%", "‰"), ("$", "€"), ("percent", "degrees"),
    ("年", "月"), ("years", "months"), ("days", "weeks"),
]  # fmt: skip
NEGATIONS = {"zh": ("不", "沒有", "并未", "未", "無"), "en": ("not", "never", "no")}
_WORD = re.compile(r"[A-Za-z]+")


def plain(text: str) -> str:
    """What two texts have in common that differ in width, space and punctuation between words only."""
    text = unicodedata.normalize("NFKC", text)
    marks = re.compile(r"(?<![\d])[^\w%‰°$€£¥+-]+|[^\w%‰°$€£¥+.,-]+|[.,-]+(?!\d)")
    return marks.sub("", text)


def cut(text: str, chance: random.Random) -> str | None:
    """A true quotation of 8 to 80 characters: no word of Latin letters and no number is cut."""
    size = chance.randint(8, min(80, max(8, len(text))))
    if len(text) < size:
        return None
    start = chance.randint(0, len(text) - size)
    end = start + size
    while start and _goes_on(text, start):
        start -= 1
    while end < len(text) and _goes_on(text, end):
        end += 1
    words = text[start:end].strip()
    return words if 8 <= len(words) <= 80 and sum(map(str.isalnum, words)) >= 8 else None


_NUMBER = "0-9０-９.,，．〇零一二兩两三四五六七八九十百千萬万億亿兆半%％‰°+−"


def _goes_on(text: str, at: int) -> bool:
    both = text[at - 1 : at + 1]
    if re.fullmatch(r"[^\W\d_⺀-鿿]{2}|[^\W\d_⺀-鿿]['’.-]|['’.-][^\W\d_⺀-鿿]", both):
        return True
    return bool(re.fullmatch(rf"[{_NUMBER}$€£¥之分第幾几數数 -]{{2}}", both) and re.search(r"[^ ,，.]", both))


def corrupted(words: str, text: str, chance: random.Random) -> tuple[str, str] | None:
    """The words with one change of a random kind, and the kind; None where that kind has nothing to change."""
    han = sum("\u3400" <= c <= "\u9fff" for c in words) > len(words) / 3
    kind = chance.choice(["replace", "insert", "delete", "transpose", "figure", "unit", "negate", "affirm", "cut"])
    letters = [at for at, c in enumerate(words) if c.isalnum()]
    pool = [c for c in text if c.isalpha()]
    at = chance.choice(letters)
    if kind == "replace":
        return words[:at] + chance.choice(pool) + words[at + 1 :], kind
    if kind == "insert":
        return words[:at] + chance.choice(pool) + words[at:], kind
    if kind == "delete":
        return words[:at] + words[at + 1 :], kind
    if kind == "transpose":
        pairs = [a for a in letters if words[a + 1 : a + 2].isalnum() and words[a] != words[a + 1]]
        if not pairs:
            return None
        at = chance.choice(pairs)
        return words[:at] + words[at + 1] + words[at] + words[at + 2 :], kind
    if kind == "figure":
        digits = [a for a, c in enumerate(words) if c.isdecimal() and c.isascii()]
        if not digits:
            return None
        at = chance.choice(digits)
        other = chance.choice([d for d in "0123456789" if d != words[at]] + ["", "1" + words[at]])
        return words[:at] + other + words[at + 1 :], kind
    if kind == "unit":
        found = [(a, b) for a, b in SWAPS if a in words]
        return (words.replace(*chance.choice(found), 1), kind) if found else None
    if kind == "negate":
        added = chance.choice(NEGATIONS["zh" if han else "en"])
        if han:
            return words[:at] + added + words[at:], kind
        starts = [m.start() for m in _WORD.finditer(words)]
        at = chance.choice(starts) if starts else 0
        return words[:at] + added + " " + words[at:], kind
    if kind == "affirm":
        pattern = "不|沒有|没有|未|無|无" if han else r"\b(?:not|never|no)\b ?"
        matches = list(re.finditer(pattern, words))
        if not matches:
            return None
        one = chance.choice(matches)
        return words[: one.start()] + words[one.end() :], kind
    size = chance.randint(2, 8)
    if han:
        middle = list(range(2, len(words) - size - 2))
        if not middle:
            return None
        at = chance.choice(middle)
        return words[:at] + words[at + size :], kind
    parts = words.split(" ")
    if len(parts) < 4:
        return None
    at = chance.randint(1, len(parts) - 2)
    return " ".join(parts[:at] + parts[at + 1 :]), kind


def misquotations(texts: Sequence[str], number: int, seed: int) -> list[tuple[str, str, str]]:
    """So many: the true words, the false ones, and the kind of change."""
    chance = random.Random(seed)
    source = plain("".join(texts))
    result: list[tuple[str, str, str]] = []
    while len(result) < number:
        text = chance.choice(texts)
        words = cut(text, chance)
        changed = corrupted(words, text, chance) if words else None
        if words and changed and plain(changed[0]) not in source:
            result.append((words, *changed))
    return result


MARKS = {
    "zh": ("……", "…", "[…]", "〔……〕", "[sic]", "（引者注：從略）", "〔即〕", "［的］"),
    "en": (" … ", " ... ", " . . . ", " [...] ", " [sic] ", " (emphasis added) ", " [indeed] "),
}


def marked(false: str, true: str, chance: random.Random) -> list[str]:
    """A false quotation with a mark of the writer's, as an honest one may have it, somewhere outside the change, in it
    or beside it: its words and marks by turns. A cut takes some words with it."""
    han = sum("\u3400" <= c <= "\u9fff" for c in false) > len(false) / 3
    mark = chance.choice(MARKS["zh" if han else "en"])
    ends = [at for at in range(len(false) + 1) if han or not false[at - 1 : at + 1].isalnum()]
    same = next((n for n, (a, b) in enumerate(zip(false, true, strict=False)) if a != b), len(true))
    start = chance.choice([at for at in ends if abs(at - same) < 4 or chance.random() < 0.5] or ends)
    cut = any(sign in mark for sign in "….")
    later = [at for at in ends if start <= at <= start + 8] if cut and 0 < start < len(false) else [start]
    return [false[:start], mark, false[chance.choice(later) :]]


def stands_somewhere(pieces: Sequence[str], source: str) -> bool:
    """Whether the words between the marks stand one behind the other in the source, so that it is no misquotation."""
    words = [plain(piece) for piece in pieces[::2]]
    return re.search(".{0,400}".join(map(re.escape, filter(None, words))), source, re.S | re.I) is not None
