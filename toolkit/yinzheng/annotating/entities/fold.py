"""The form in which names are looked up: one script, one width, every character in its place.

As long as the text, so that an offset in the one is an offset in the other. Two texts that differ in script have the
same form, in the simplified characters that the dictionary of words has.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ...letters import han, in_one_script


def fold(text: str) -> str:
    """The text in the looked-up form: one script, half-width letters, digits and parentheses, one kind of each quote.

    >>> fold("《資本論》（Ｄａｓ Kapital）、『臺灣』")
    '《资本论》(Das Kapital)、“台湾”'
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _codes()[codes].tobytes().decode("utf-32-le")


@cache
def _codes() -> NDArray[np.uint32]:
    """The form of every code point: a table in an array, five times as fast as `str.translate`."""
    codes = np.arange(0x110000, dtype=np.uint32)
    for code in han().keys() | _table().keys():
        codes[code] = ord(in_one_script(chr(code)).translate(_table()))
    return codes


@cache
def _table() -> dict[int, str | int]:
    table: dict[int, str | int] = {
        code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0) not in ",.;:!?"
    }
    table.update(str.maketrans("「『」』〈〉‧・•･⋅’‘–‑﹙﹚", "““””《》·····''--()"))
    # the classes of letters whose first member is not the usual character
    table.update(str.maketrans("赀睪拏揹籐荳耡幺伕侭䜣颕㓰㳽彜䌽䙓䩄䦆", "资睾拿背藤豆锄么夫尽欣颖划弥彝彩摆腼镢"))
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))  # halves of a pair, which no dictionary takes
    table.update(dict.fromkeys((0xA0, 0x3000, 0x9, 0x2009, 0x202F), " "))
    return table
