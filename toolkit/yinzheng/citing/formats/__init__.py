"""Formats: each prints a bundle, and escapes what it prints. To add one: a module, and a row here.

A document shows passages and references in a style; an export gives the entries alone to another program."""

from __future__ import annotations

from collections.abc import Callable

from ..bundle import Bundle, Printed
from . import biblatex, bibtex, csl_json, docx, hayagriva, html, json, latex, markdown, org, ris, text, typst

DOCUMENTS: dict[str, Callable[[Bundle], Printed]] = {
    "text": text.render,
    "markdown": markdown.render,
    "latex": latex.render,
    "typst": typst.render,
    "org": org.render,
    "html": html.render,
    "docx": docx.render,
    "json": json.render,
}
EXPORTS: dict[str, Callable[[Bundle], Printed]] = {
    "biblatex": biblatex.render,
    "bibtex": bibtex.render,
    "csl-json": csl_json.render,
    "ris": ris.render,
    "hayagriva": hayagriva.render,
}
FORMATS = {**DOCUMENTS, **EXPORTS}
