"""Word documents, through mammoth: headings, emphasis and footnotes as HTML."""

from __future__ import annotations

import io
import re
import zipfile

from ..errors import YinzhengError
from . import Source
from .archive import Archive, xml

_MAP = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.byline:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
b => strong
i => em
u => em
"""
# Mammoth leaves out, with the words in them, elements that it does not know: these only stand around words.
_AROUND = {"ruby", "rubyBase", "fldSimple", "bdo", "dir"}
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"


def from_docx(archive: Archive) -> Source:
    """The document's text; footnotes become notes behind it, and their numbers markers.

    Left out, and said: formulas. Left out like the pictures: the readings (ruby) above characters.
    """
    import mammoth

    data, said = _prepared(archive)
    try:
        result = mammoth.convert_to_html(
            data, style_map=_MAP, convert_image=mammoth.images.img_element(lambda image: {"src": ""})
        )
    except Exception as error:  # mammoth lets through whatever the XML of a broken file raises
        raise YinzhengError(f"this Word document cannot be read: {error}") from error
    html = re.sub(r"<img[^>]*>", "", result.value)
    html = re.sub(r'\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>', "", html)
    html = re.sub(r'<li (?=id="(?:foot|end)note-)', '<li class="note" ', html)
    if '<h1 class="title">' in html:  # beside a title, "Heading 1" is the first level of headings
        html = re.sub(r"<h1>(.*?)</h1>", r"<h2>\1</h2>", html, flags=re.S)
    if not re.search(r"\w", re.sub(r"<[^>]+>", "", html)):
        raise YinzhengError("there is no text in this Word document")
    return Source(f"<div>{html}</div>", None, "docx", said)


def _prepared(archive: Archive) -> tuple[io.BytesIO, tuple[str, ...]]:
    """The document without its pictures, and with no words inside elements that mammoth does not know."""
    prepared = io.BytesIO()
    formulas = False
    with zipfile.ZipFile(prepared, "w") as copy:
        for name in sorted(archive.names):
            if not name.endswith((".xml", ".rels")):
                continue
            part = archive.read(name)
            if b"<!DOCTYPE" in part:
                raise YinzhengError(f"{name} declares entities, which no Word document does; it was not read")
            if name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
                part, found = _unwrapped(part, name)
                formulas = formulas or found
            copy.writestr(name, part)
    return prepared, ("its formulas are left out; look at `yinzheng show`",) if formulas else ()


def _unwrapped(part: bytes, name: str) -> tuple[bytes, bool]:
    from lxml import etree

    root = xml(part, name)
    for element in list(root.iter()):
        local = etree.QName(element).localname if isinstance(element.tag, str) else ""
        parent = element.getparent()
        if local == "rt" and etree.QName(parent).localname == "ruby":
            parent.remove(element)
        elif local in _AROUND and parent is not None:
            at = parent.index(element)
            parent[at : at + 1] = [child for child in element if etree.QName(child).localname not in ("rubyPr", "rt")]
    return etree.tostring(root), next(root.iter(_FORMULA), None) is not None
