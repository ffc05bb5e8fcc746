"""Annotations in the forms of other tools, both ways, and nothing lost in silence.

To add a form: a module with ``write(held) -> Exported`` and, where it comes back, ``read(files) -> list[Document]``,
and a row here. A module is imported when its form is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple


class Form(NamedTuple):
    """``suffix``: of its file, or files; ``text``: it cannot do without the text; ``reads``: it comes back."""

    label: str
    suffix: str
    text: bool
    reads: bool


FORMS: dict[str, Form] = {
    "csv": Form("CSV for spreadsheets, with numbers, headings and names beside the ids", ".csv", False, True),
    "w3c": Form("W3C Web Annotations, JSON-LD", ".jsonld", False, True),
    "brat": Form("brat standoff, a folder: a text and an .ann for each edition", "", True, True),
    "conll": Form("CoNLL, BIO over characters, a column for each type", ".conll", True, True),
    "conll-words": Form("CoNLL, BIO over words", ".conll", True, True),
    "conllu": Form("CoNLL-U, words, with annotations in MISC", ".conllu", True, True),
    "docbin": Form("spaCy DocBin, every character a token", ".spacy", True, True),
    "doccano": Form("doccano JSONL, a paragraph a line", ".jsonl", True, True),
    "label-studio": Form("Label Studio, a folder: tasks and the labelling interface", "", True, True),
    "inception": Form("INCEpTION, a folder: UIMA CAS XMI and its type system", "", True, True),
    "qdpx": Form("REFI-QDA project, for NVivo, ATLAS.ti, MAXQDA, QualCoder", ".qdpx", True, True),
    "html": Form("A page to read, one file that needs nothing else", ".html", False, False),
    "svg": Form("Pictures, SVG: money by year and payer, names, who is named with whom, claims", "", False, False),
    "png": Form("Pictures, PNG: the same", "", False, False),
    "tei": Form("TEI P5, a file for each edition, annotations in standOff", ".xml", False, True),
    "parquet": Form("Parquet, the columns of the JSONL", ".parquet", False, False),
}


def form(name: str) -> Any:
    """The module of a form."""
    return import_module(f"{__name__}.{name.replace('-', '_')}")
