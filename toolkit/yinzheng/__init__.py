"""Yinzheng 引證: annotate, quote and cite across Chinese and English.

>>> import yinzheng as yz
>>> yz.letters("憑藉 1,000億美元").text
'凭借1000亿美元'
>>> [block.kind for block in yz.segment("第一段話說完了。\\n\\n第二段話也說完了。")]
['body', 'body']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import YinzhengError
from .letters import Letters, letters
from .segment import Block, Note, segment
from .stakes import Stake, stakes

if TYPE_CHECKING:
    from .annotating.pipeline import load
    from .annotating.suggest import annotate
    from .carrying import Carry, carry
    from .verifying.quotation import Quotation
    from .verifying.verify import verify
    from .workspace import Workspace

__all__ = [
    "Block",
    "Carry",
    "Letters",
    "Note",
    "Quotation",
    "Stake",
    "Workspace",
    "YinzhengError",
    "annotate",
    "carry",
    "letters",
    "load",
    "segment",
    "stakes",
    "verify",
]

_LATE = {
    "Workspace": "workspace",
    "annotate": "annotating.suggest",
    "carry": "carrying",
    "Carry": "carrying",
    "load": "annotating.pipeline",
    "verify": "verifying.verify",
    "Quotation": "verifying.quotation",
}


def __getattr__(name: str) -> object:
    """What needs more than the text is imported when it is asked for: letters need no bibliography, and no numpy."""
    if name in _LATE:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
