"""The package of a .docx around its paragraphs: parts, relations and styles, written out; no library is needed."""

from __future__ import annotations

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {"document": "document.main", "styles": "styles", "settings": "settings", "footnotes": "footnotes"}
# Word draws these two itself, above the notes; it wants them there.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)


def _style(name: str, label: str, paragraph: str = "", run: str = "", kind: str = "paragraph") -> str:
    default = ' w:default="1"' if name == "Normal" else ""
    based = '<w:basedOn w:val="Normal"/>' if kind == "paragraph" and name != "Normal" else ""
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{name}"><w:name w:val="{label}"/>{based}<w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _styles(font: str, lang: str) -> str:
    fonts = (
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{font}"/>'
    )
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        f'<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="{lang}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        + _style("Normal", "Normal")
        + _style("Heading1", "heading 1", '<w:keepNext/><w:spacing w:before="360"/><w:outlineLvl w:val="0"/>', "<w:b/>")
        + _style("Heading3", "heading 3", '<w:keepNext/><w:outlineLvl w:val="2"/>', "<w:b/>")
        + _style("Quote", "Quote", '<w:ind w:left="720" w:right="720"/>')
        + _style("Bibliography", "Bibliography", '<w:ind w:left="480" w:hanging="480"/>')
        + _style("FootnoteText", "footnote text", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
                 '<w:sz w:val="20"/><w:szCs w:val="20"/>')
        + _style("FootnoteReference", "footnote reference", "", '<w:vertAlign w:val="superscript"/>', "character")
    )  # fmt: skip


def package(body: str, notes: str, font: str, lang: str) -> bytes:
    """A file of these paragraphs and footnotes; the same bytes whenever it is made.

    ``font`` and ``lang`` are those of Chinese where no run says otherwise.
    """
    import io
    import zipfile  # late: only this format needs it

    def part(root: str, inner: str) -> str:
        return f'{_XML}<w:{root} xmlns:w="{_W}" xmlns:r="{_R}">{inner}</w:{root}>'

    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" '
    section += 'w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
    listed = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    types = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    types += 'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    for name, kind in _PARTS.items():
        types += f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{kind}+xml"/>'
    related = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{name}" Target="{name}.xml"/>'
        for n, name in enumerate(list(_PARTS)[1:], 1)
    )
    root = f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    files = {
        "[Content_Types].xml": f"{_XML}{types}</Types>",
        "_rels/.rels": f"{related}{root}</Relationships>",
        "word/_rels/document.xml.rels": f"{related}{relations}</Relationships>",
        "word/document.xml": part("document", f"<w:body>{body}{section}</w:body>"),
        "word/styles.xml": part("styles", _styles(font, lang)),
        "word/settings.xml": part("settings", listed),
        "word/footnotes.xml": part("footnotes", _SEPARATORS + notes),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name)  # dated 1980
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8"))
    return buffer.getvalue()
