"""The report as SARIF 2.1.0 (OASIS), which editors and code hosts show beside the lines of a manuscript.

Columns count code points, which the report says (``columnKind``). A Word document has no lines: its place is the
paragraph, told as a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote as url

from ..citations import Finding
from ..judge import VERDICTS
from ..quotation import Quotation
from . import Checked
from .messages import Language, about, say

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_KINDS = ("no-such-paragraph", "unknown-key", "figure-contradicted")


def lines(checked: Sequence[Checked], language: Language) -> Iterator[str]:
    """The log, with one run. What is right is no result."""
    told = [what for what in VERDICTS if what not in ("exact", "variant", "elided-marked")] + list(_KINDS)
    rules = [{"id": what, "shortDescription": {"text": say("en", what)}} for what in told]
    results = [
        _result(item, one.name, language, told)
        for one in checked
        for item in one.items
        if isinstance(item, Finding) or item.verdict in told
    ]
    driver = {
        "name": "yinzheng",
        "version": version("yinzheng"),
        "rules": rules,
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(item: Quotation | Finding, name: str, language: Language, told: Sequence[str]) -> dict[str, Any]:
    what = item.kind if isinstance(item, Finding) else item.verdict
    soft = item.warning if isinstance(item, Finding) else item.right
    said = " ".join(about(item, language))
    if isinstance(item, Quotation):
        said = f"{said} {item.difference or item.quote}"
    file = name if item.file == "-" else item.file
    address = "stdin" if file == "-" else url(PurePath(file).as_posix(), safe="/")
    return {
        "ruleId": what,
        "ruleIndex": list(told).index(what),
        "level": "note" if what == "unchecked" else "warning" if soft else "error",
        "message": {"text": said},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": address},
                    "region": {"startLine": item.line, "startColumn": item.column},
                }
            }
        ],
    }
