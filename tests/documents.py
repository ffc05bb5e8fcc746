"""Word documents, e-books and PDFs, made from nothing: as small as each format allows, and broken where a test says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
XML = '<?xml version="1.0" encoding="UTF-8"?>'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return made.getvalue()


def with_bomb(data: bytes, name: str, megabytes: int) -> bytes:
    """The archive with one part of so many megabytes, a few hundred times smaller as it lies there."""
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as part:
        for _ in range(megabytes):
            part.write(b"a" * (1 << 20))
    return made.getvalue()


def paragraph(text: str, style: str | None = None, note: int | None = None, bold: bool = False) -> str:
    """A paragraph of a Word document."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r>"
    mark = f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' if note else ""
    return f"<w:p>{styled}{run}{mark}</w:p>"


def docx(body: str, footnotes: Sequence[str] = (), prolog: str = XML) -> bytes:
    """A Word document; footnotes count from 1."""
    notes = "".join(f'<w:footnote w:id="{n}">{text}</w:footnote>' for n, text in enumerate(footnotes, 1))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("a3", "Title"), ("1", "heading 1"), ("2", "heading 2"))
    )

    def relation(number: int, kind: str, target: str) -> str:
        return f'<Relationship Id="r{number}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'

    def relations(*inside: str) -> str:
        return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(inside)}</Relationships>'

    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return archive(
        {
            "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": relations(relation(1, "officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relations(
                relation(1, "styles", "styles.xml"), relation(2, "footnotes", "footnotes.xml")
            ),
            "word/styles.xml": f"{XML}<w:styles {W}>{styles}</w:styles>",
            "word/footnotes.xml": f"{XML}<w:footnotes {W}>{notes}</w:footnotes>",
            "word/document.xml": f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>",
        }
    )


def chapter(body: str, encoding: str = "UTF-8") -> str:
    """A chapter of an e-book."""
    ops = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return f'<?xml version="1.0" encoding="{encoding}"?><html {ops}><head><title/></head><body>{body}</body></html>'


def epub(chapters: Mapping[str, str | bytes], more: Mapping[str, str | bytes] | None = None) -> bytes:
    """An e-book; chapters by their href. ``more`` adds parts, or puts others in their place."""
    items = "".join(f'<item id="c{n}" href="{href}"/>' for n, href in enumerate(chapters))
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    container = "urn:oasis:names:tc:opendocument:xmlns:container"
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": f'<container xmlns="{container}"><rootfile full-path="OEBPS/a.opf"/></container>',
        "OEBPS/a.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>島志</dc:title></metadata><manifest>{items}</manifest><spine>{refs}</spine></package>",
    }
    return archive({**parts, **{f"OEBPS/{unquote(href)}": text for href, text in chapters.items()}, **(more or {})})


def pdf(*pages: Sequence[str], trailer: str = "", more: Sequence[str] = ()) -> bytes:
    """A PDF of lines of text, in a Chinese font that every reader has. Objects 1 to 4 are the frame, then two a page.

    A line that begins with a space is set in by two characters; before a line that begins with LF there is a gap.
    """
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
    ]
    for n, lines in enumerate(pages):
        height, shown = 760, ""
        for line in lines:
            height -= 28 if line.startswith("\n") else 16
            left, words = 96 if line.startswith(" ") else 72, line.strip().encode("utf-16-be").hex()
            shown += f"1 0 0 1 {left} {height} Tm <{words}> Tj "
        stream = f"BT /F 12 Tf {shown}ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {5 + 2 * n} 0 R/Resources<</Font<</F 3 0 R>>>>>>"
        )
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate([*objects, *more], 1):
        places.append(f"{len(out):010} 00000 n \n")
        out += f"{number} 0 obj\n{content}\nendobj\n"
    size = len(places) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{''.join(places)}trailer<</Size {size}/Root 1 0 R{trailer}>>\n"
    return f"{out}{table}startxref\n{len(out)}\n%%EOF\n".encode("ascii")
