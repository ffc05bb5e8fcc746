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
        if "password" in str(error).lower():
            raise YinzhengError("this PDF has a password; save a copy without one") from error
        raise YinzhengError(f"this PDF cannot be read: {error}") from error
    text = "\f".join(page.replace("\r\n", "\n").replace("\r", "\n") for page in pages)
    text = re.sub("[\x02\ufffe]", "-\n", text)  # how pdfium says that a hyphen ended the line
    if not re.search(r"\w", text):
        raise YinzhengError("this PDF holds no text, only pictures; recognise it (OCR) first")
    return Source(
        text, None, "pdf", ("a PDF knows no paragraphs: they are judged from its lines; look at `yinzheng show`",)
    )
