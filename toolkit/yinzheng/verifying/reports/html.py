"""The report as one page that needs nothing else: the source and the quotation side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ..citations import Finding
from ..difference import parts
from ..quotation import Quotation
from . import Checked
from .messages import Language, about, say, total

_STYLE = """
body{font:16px/1.6 system-ui,"Noto Sans CJK TC","PingFang TC",sans-serif;max-width:72em;margin:2em auto;
padding:0 1em;color:#222;background:#fff}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;
padding:.5em;text-align:left;vertical-align:top}del{background:#fdd;text-decoration:none}ins{background:#dfd;
text-decoration:none}.right{color:#060}.wrong{color:#a00}.unsure{color:#850}p{margin:.2em 0}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}del{background:#622}ins{background:#264}
.right{color:#8d8}.wrong{color:#f88}.unsure{color:#dc7}}"""


def lines(checked: Sequence[Checked], language: Language) -> Iterator[str]:
    """The page."""
    title = say(language, "title", name=", ".join(one.name for one in checked))
    yield f'<!DOCTYPE html>\n<html lang="{"zh-Hant" if language == "zh" else "en"}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>'
    yield f"<style>{_STYLE}</style>"
    yield f"</head>\n<body>\n<h1>{escape(title)}</h1>"
    yield f"<p>{escape(total([q for one in checked for q in one.quotations], language))}</p>\n<table>"
    heads = (say(language, head) for head in ("place", "verdict", "source", "quoted", "said"))
    yield "<thead><tr>" + "".join(f'<th scope="col">{escape(head)}</th>' for head in heads) + "</tr></thead>\n<tbody>"
    for one in checked:
        for item in one.items:
            yield _row(item, one.name, language)
    yield "</tbody>\n</table>\n</body>\n</html>"


def _row(item: Quotation | Finding, name: str, language: Language) -> str:
    what = item.kind if isinstance(item, Finding) else item.verdict
    place = f"{name if item.file == '-' else item.file}:{item.line}:{item.column}"
    ours = "" if isinstance(item, Finding) else escape(item.found or "")
    theirs = escape(item.words if isinstance(item, Finding) else item.quote)
    if isinstance(item, Quotation) and item.difference is not None:
        words = parts(item.found or "", item.quoted or "")
        ours = "".join(_piece(kind, text, "del") for kind, text in words if kind != "quote")
        theirs = "".join(_piece(kind, text, "ins") for kind, text in words if kind != "source")
    if isinstance(item, Finding):
        looks = "unsure" if item.warning else "wrong"
    else:
        looks = "unsure" if item.verdict == "unchecked" else "right" if item.right else "wrong"
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in about(item, language))
    cited = f"<br>{escape(item.cited)}" if item.cited else ""
    return (
        f'<tr><td>{escape(place)}{cited}</td><td class="{looks}">{escape(say(language, what))}</td>'
        f"<td>{ours}</td><td>{theirs}</td><td>{said}</td></tr>"
    )


def _piece(kind: str, text: str, tag: str) -> str:
    return escape(text) if kind == "both" else f"<{tag}>{escape(text)}</{tag}>"
