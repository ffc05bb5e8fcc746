"""Formats: each prints a bundle, and escapes what it prints. To add one: a module, and a row here."""

from __future__ import annotations

from collections.abc import Callable

from ..bundle import Bundle, Printed
from . import bibtex, json, latex, markdown, org, text, typst

FORMATS: dict[str, Callable[[Bundle], Printed]] = {
    "text": text.render,
    "markdown": markdown.render,
    "latex": latex.render,
    "typst": typst.render,
    "org": org.render,
    "json": json.render,
    "bibtex": bibtex.render,
}
