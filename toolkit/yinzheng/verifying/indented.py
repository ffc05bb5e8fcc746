"""Block quotations that nothing marks but their place on the page: paragraphs set in further than those around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from .belonging import reach, sentence, speaks
from .prose import Block, Citation

_ITEM = re.compile(r"[-*•·‧◦▪–]\s|[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-z]|[ivx]{1,5})[)）.．、]|[①-⑳]")
_LEADS = (":", "：", "︰", "﹕")


def indented(blocks: Sequence[Block], depths: Mapping[int, float]) -> list[Block]:
    """The blocks, those made quotations that are set in as a whole and beside which something is cited.

    ``depths``: how far each paragraph is set in, in any one unit, by the number of its block. What most have is none.
    A citation at its end, a note, a sentence before it that cites or ends in a colon, or a citation right behind it
    shows that it is quoted; so does a paragraph before it that is quoted, and set in no further.
    """
    result = list(blocks)
    counted = Counter(depths.values())
    usual = min(counted, key=lambda depth: (-counted[depth], depth), default=0)
    called = {block.note_of[0] for block in blocks if block.note_of}
    body = [number for number, block in enumerate(blocks) if block.note_of is None]
    for place, number in enumerate(body):
        block = blocks[number]
        if block.quote or depths.get(number, 0) <= usual:
            continue
        lead = result[body[place - 1]] if place else None
        goes_on = lead is not None and lead.quote and depths[number] >= depths.get(body[place - 1], 0)
        behind = blocks[body[place + 1]] if place + 1 < len(body) else None
        if (
            goes_on
            or number in called
            or _ends_in_citation(block)
            or (lead is not None and not lead.quote and _leads(lead) and not _ITEM.match(block.text))
            or (behind is not None and any(map(partial(_begins, behind), behind.citations[:1])))
        ):
            result[number] = replace(block, quote=1)
    return result


def _begins(block: Block, one: Citation) -> bool:
    """Whether a paragraph begins with a citation of what stands before it."""
    near = reach(block.text, 0)
    return one.end <= near or (one.start <= near and not speaks(block.text, one))


def _ends_in_citation(block: Block) -> bool:
    return any(reach(block.text, one.end) >= len(block.text.rstrip()) for one in block.citations[-1:])


def _leads(block: Block) -> bool:
    text = block.text.rstrip()
    begin, _ = sentence(text, max(0, len(text) - 1), len(text))
    return text.endswith(_LEADS) or any(one.start >= begin for one in block.citations)
