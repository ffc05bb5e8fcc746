"""Typst: quotations that say their language, and its own citations."""

from __future__ import annotations

import re

from ..bundle import Bundle, Citation, Passage, Printed
from ..inline import Emph, Inline, Sup, inline
from .document import chinese, clean, content, lost, settled, suffix, summarising, uncited

# Whatever Typst's markup could take for more than itself, anywhere; and what only at a line's beginning.
_ANYWHERE = re.compile(r"[\\#\[\]*_@<>$`~\"'/-]|\.(?=\.)")
_AT_START = re.compile(r"^(\s*\d*)(?=[+=:.)])")
_SPACE = re.compile(r"[^\S ]")  # that of 全形 and the like, which readers take for a plain one
_FONT = '// #set text(font: ("Libertinus Serif", "Noto Serif CJK TC"))'
_LABEL = re.compile(r"\w(?:[\w.:-]*\w)?")


def escape(text: str) -> str:
    """Words that Typst prints as they are.

    >>> escape("#let x = 1 // a")
    '\\\\#let x = 1 \\\\/\\\\/ a'
    """
    escaped = _SPACE.sub(lambda match: f"\\u{{{ord(match.group()):x}}}", _ANYWHERE.sub(r"\\\g<0>", text))
    return _AT_START.sub(r"\1\\", escaped)


def render(bundle: Bundle) -> Printed:
    """``#quote`` with ``#cite``, two languages in a grid; what is not verified in a comment, since Typst makes
    the list."""
    parts = [part for passage in bundle.passages for part in _passage(passage)]
    if any(chinese(citation.excerpt.lang) for citation in bundle.citations):
        parts.insert(0, _FONT)
    if also := uncited(bundle):
        parts.append("\n".join(f"#cite({_label(key)}, form: none)" for key in also))
    notes = [f"// {key}: {clean(note)}" for key, note in bundle.unverified]
    parts.append("\n".join([*notes, f'// #bibliography("your.bib", style: "{bundle.engines.typst}")']))
    said = ["Typst makes the citations and their list in the style given there: #bibliography(…, style: …)"]
    if any(citation.cited.prefix for citation in bundle.citations):
        said.append("Typst has no words before a name inside of a citation: they stand before it")
    return Printed("\n\n".join(parts), lost(bundle, *said, comment=True))


def _passage(passage: Passage) -> list[str]:
    caption = [f"*{_inline(inline(passage.caption)).strip()}*"] if passage.caption else []
    cited = [_citation(citation) for citation in passage.citations]
    if len(cited) > 1:
        columns = ", ".join(["1fr"] * len(cited))
        return [
            *caption,
            "\n".join([f"#grid(columns: ({columns}), gutter: 1.5em,", *(f"  [{one}]," for one in cited), ")"]),
        ]
    return caption + cited


def _citation(citation: Citation) -> str:
    excerpt, cited = citation.excerpt, citation.cited
    # No Chinese font is slanted, and Typst slants none.
    words = _inline(citation.words, "strong" if chinese(excerpt.lang) else "emph")
    said = f"#text({_language(excerpt.lang)})[{citation.marks[:1]}{words}{citation.marks[1:]}]"
    said += _inline(cited.gloss)
    after = ", ".join(_inline(inline(part)) for part in (cited.locator, suffix(citation)) if part)
    source = f"#cite({_label(citation.key)}{f', supplement: [{after}]' if after else ''})"
    source = f"{_inline(inline(cited.prefix))} {source}" if cited.prefix else source
    if citation.source:
        source += f', {summarising(citation)} #cite({_label(citation.source)}, form: "prose")'
    if citation.block:
        return f"#quote(block: true, attribution: [{source}])[{said}]"
    return f"{said if excerpt.words == 'paraphrase' else f'#quote(quotes: false)[{said}]'} {source}"


def _language(lang: str) -> str:
    if not chinese(lang):
        return f'lang: "{lang.split("-")[0]}"'
    script, region = ("hans", "CN") if "Hans" in lang else ("hant", "TW")
    return f'lang: "zh", script: "{script}", region: "{region}"'


def _label(key: str) -> str:
    return f"<{key}>" if _LABEL.fullmatch(key) else 'label("' + key.replace("\\", "\\\\").replace('"', '\\"') + '")'


def _inline(tree: Inline, emphasis: str = "emph") -> str:
    signs = {Emph: f"#{emphasis}[%s]", Sup: "#super[%s]"}
    return "".join(signs.get(type(node), "%s").replace("%s", escape(content(node))) for node in settled(tree))
