"""Word documents, through mammoth: headings, emphasis and footnotes as HTML."""

from __future__ import annotations

import io
import re

from ..errors import YinzhengError
from . import Source

_MAP = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.byline:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
b => strong
i => em
u => em
"""


def from_docx(data: bytes) -> Source:
    """The document's text; footnotes become notes behind it, and their numbers markers."""
    import mammoth

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_MAP, convert_image=mammoth.images.img_element(lambda image: {"src": ""})
        )
    except Exception as error:  # mammoth lets through whatever the XML of a broken file raises
        raise YinzhengError(f"this Word document cannot be read: {error}") from error
    html = re.sub(r"<img[^>]*>", "", result.value)
    html = re.sub(r'<p>(?=[^<]*)(.*?)<a href="#(?:foot|end)note-ref-\d+">↑</a></p>', r'<p class="note">\1</p>', html)
    html = re.sub(r'<li id="(?:foot|end)note-\d+">\s*<p(?: class="note")?>', '<li class="note"><p class="note">', html)
    if not re.search(r"\w", re.sub(r"<[^>]+>", "", html)):
        raise YinzhengError("there is no text in this Word document")
    return Source(f"<div>{html}</div>", None, "docx")
