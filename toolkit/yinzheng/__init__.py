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
    from .workspace import Workspace

__all__ = ["Block", "Letters", "Note", "Stake", "Workspace", "YinzhengError", "letters", "segment", "stakes"]


def __getattr__(name: str) -> object:
    """`Workspace` is imported when it is asked for: the pure functions need no bibliography."""
    if name == "Workspace":
        from .workspace import Workspace

        return Workspace
    raise AttributeError(name)
