"""PDF, through pdfium: the extra `pdf`."""

from __future__ import annotations

import re

from ..errors import YinzhengError
from . import Source


def from_pdf(data: bytes) -> Source:
    """The text of all pages, a form feed between two."""
    try:
        import pypdfium2
    except ImportError as error:
        raise YinzhengError("to read PDF, install the extra: pip install 'yinzheng[pdf]'") from error
    try:
        document = pypdfium2.PdfDocument(data)
        pages = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
    except pypdfium2.PdfiumError as error:
        raise YinzhengError(f"this PDF cannot be read: {error}") from error
    text = "\f".join(page.replace("\r\n", "\n").replace("\r", "\n") for page in pages)
    if not re.search(r"\w", text):
        raise YinzhengError("this PDF holds no text, only pictures; recognise it (OCR) first")
    return Source(
        text, None, "pdf", ("a PDF knows no paragraphs: they are judged from its lines; look at `yinzheng show`",)
    )
