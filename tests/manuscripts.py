"""Word documents composed for the tests: the parts that a word processor would write, no more."""

from __future__ import annotations

import io
import json
import zipfile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def run(text: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str, pieces: int = 1) -> str:
    """A complex field, its code over several runs, as Word divides it."""
    code = code.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    size = max(1, len(code) // pieces)
    parts: list[str] = []
    at = 0
    while at < len(code):
        end = at + size
        while end < len(code) and "&" in code[max(at, end - 6) : end]:
            end += 1  # not inside an entity
        parts.append(f'<w:r><w:instrText xml:space="preserve">{code[at:end]}</w:instrText></w:r>')
        at = end
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(parts)
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run(result)
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def zotero(key: str, title: str, locator: str, label: str) -> str:
    """The code of a Zotero citation."""
    item = {"locator": locator, "label": label, "itemData": {"title": title, "DOI": "10.9999/x.1", "citation-key": key}}
    return "ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [item]}, ensure_ascii=False)


def note(number: int, kind: str = "footnote") -> str:
    """The call of a note."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def paragraph(*runs: str, style: str = "", indent: int = 0) -> str:
    """A paragraph."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    space = f'<w:ind w:left="{indent}"/>' if indent else ""
    return f"<w:p><w:pPr>{style}{space}</w:pPr>{''.join(runs)}</w:p>"


def docx(
    *body: str, footnotes: str = "", styles: str = "", sources: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    """A document of these paragraphs. ``footnotes``: <w:footnote> elements; ``sources``: <b:Source> elements."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
    }
    if footnotes:
        parts["word/footnotes.xml"] = f"<w:footnotes {_W}>{footnotes}</w:footnotes>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {_W}>{styles}</w:styles>"
    named = [name for name in ("footnotes", "styles") if f"word/{name}.xml" in parts]
    if named:
        links = "".join(f'<Relationship Id="{name}" Type="{kind}/{name}" Target="{name}.xml"/>' for name in named)
        parts["word/_rels/document.xml.rels"] = (
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
        )
        declared = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            f'wordprocessingml.{name}+xml"/>'
            for name in named
        )
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", f"{declared}</Types>")
    if sources:
        name = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
        parts["customXml/item1.xml"] = f'<b:Sources xmlns:b="{name}">{sources}</b:Sources>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, _HEAD + text)
        for part, raw in (extra or {}).items():
            archive.writestr(part, raw)
    return data.getvalue()
