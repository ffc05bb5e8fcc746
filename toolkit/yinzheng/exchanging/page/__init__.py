"""The page: an edition in reading order, beside it what is aligned, with everything that is known of it.

Read without JavaScript, it is the text with its marks, the glossary and the sources; `page.js` adds the panel, search,
the other script and the keys. Nothing is fetched: the page's own policy forbids it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from importlib.metadata import version
from pathlib import Path

from ...bib import plain
from ...citing.cite import render
from ...errors import YinzhengError
from ...records import Annotation, Paragraph
from ...script import Script, convert
from ...works import Edition
from ..held import Exported, Held
from ..noted import noted
from ..pictures import pictures
from . import turned
from .cited import Citations, Cited
from .facts import Facts, places
from .glossary import glossary
from .marked import marked, shown
from .rows import Row, rows
from .words import OURS, PICTURES, VOICES, both, name_of, spelt

_HERE = Path(__file__).parent
_OURS: Script = "hant"  # of our own words
_SPEAKING = ("lead", "body", "note", "caption")  # where a reader may take an editor's words for the author's
_CLASSES = {"claim": "c", "entity": "e", "figure": "f"}


def write(held: Sequence[Held]) -> Exported:
    """One file. An edition whose text is not here, or may not go out, is left out and told."""
    lost: Counter[str] = Counter()
    here = [one for one in held if any(paragraph.text is not None for paragraph in one.paragraphs)]
    work = held[0].work.key
    for one in held:
        if one not in here:
            lost[f"{work}/{one.edition.key} is left out: its text is not here, or goes out only --with-local-text"] += 1
    if not here:
        key = held[0].edition.key
        raise YinzhengError(
            f"the text of {work}/{key} is not here, or goes out only --with-local-text: into a page for yourself, not "
            "to be given on"
        )
    return Exported({f"{work}.html": _page(here, lost).encode()}, lost)


def _page(held: Sequence[Held], lost: Counter[str]) -> str:
    facts, citations = Facts(held[0].work.key), Citations()
    cells = {
        paragraph.id: html
        for index, one in enumerate(held)
        for paragraph, html in _paragraphs(index, one, facts, citations, lost)
    }
    body = "\n".join(_row(row, len(held), cells) for row in rows(held, held[0].links))
    counts = Counter(note[4] for note in facts.notes)
    values = {
        "lang": _text(held[0].edition.tag),
        "version": version("yinzheng"),
        "title": _text(_title(held[0])),
        "titles": _titles(held),
        "claims": str(counts[0]),
        "entities": str(counts[1]),
        "figures": str(counts[2]),
        "editions": _choices(held),
        "heads": _heads(held),
        "rows": body,
        "glossary": glossary(held, held[0].names),
        "pictures": (pictured := _pictures(held, lost)),
        "jump": f'<a href="#pictures">{both(PICTURES)}</a>' if pictured else "",
        "about": _about(held),
        "turns": "" if any(one.edition.script for one in held) else "none",
        "style": _file("page.css") + _switches(len(held)),
        "early": _file("early.js"),
        "script": _file("letters.js") + _file("page.js"),
    }
    template = spelt(_file("page.html"))
    seen = set(template).union(*map(set, values.values()))
    turn = {
        str(source): turned.table(seen | _more(held), source)
        for source in dict.fromkeys((_OURS, *(one.edition.script for one in held if one.edition.script)))
    }
    fold = turned.folds(paragraph.text or "" for one in held for paragraph in one.paragraphs)
    values["data"] = facts.data(held, citations, places(held), turn, fold)
    for name in ("style", "early", "script"):
        values[f"{name}-hash"] = f"sha256-{base64.b64encode(hashlib.sha256(values[name].encode()).digest()).decode()}"
    return re.sub(r"\{\{([a-z-]+)\}\}", lambda found: values[found[1]], template)


def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _switches(editions: int) -> str:
    """Editions are switched without JavaScript."""
    return "".join(
        f'body:has(#ed-{at}:not(:checked)) [data-e="{at}"]:not(:has(:target)){{display:none}}\n'
        for at in range(editions)
        if editions > 1
    )


def _more(held: Sequence[Held]) -> set[str]:
    """The characters of glosses, which the page shows in either script."""
    return {
        character
        for one in held
        for note in one.notes
        for column in ("gloss_zh", "about_zh")
        for character in getattr(note, column, None) or ""
    }


def _paragraphs(
    index: int, one: Held, facts: Facts, citations: Citations, lost: Counter[str]
) -> list[tuple[Paragraph, str]]:
    """Each paragraph that has a text, as HTML; what the panel tells of it goes to ``facts``."""
    cited = Cited(citations, one) if one.edition.cite in one.bibliography.entries else None
    if cited is None:
        lost[f"references.bib has no entry {one.edition.cite}, so the page has no citations of it"] += 1
    headings = {paragraph.id: paragraph.text for paragraph in one.paragraphs if paragraph.kind == "heading"}
    known = noted(one)
    result = []
    for paragraph, notes in one.grouped(lost):
        if paragraph.text is None:
            lost["a paragraph that is not in your copy is not in the page"] += 1
            if notes:
                lost["an annotation of a paragraph that is not in your copy is not in the page"] += len(notes)
            continue
        fitting = [note for note in notes if 0 <= note.start < note.end <= len(paragraph.text)]
        if len(fitting) < len(notes):
            lost["an annotation that does not fit the text of its paragraph is not in the page"] += len(notes) - len(
                fitting
            )
        whole, *rest = (
            cited.at(paragraph, [(note.start, note.end) for note in fitting]) if cited else [None] * (len(fitting) + 1)
        )
        at = facts.paragraph(index, paragraph, whole, headings.get(paragraph.section or ""))
        marks = [
            (note.start, note.end, facts.note(at, note, cell), _classes(note))
            for note, cell in zip(fitting, rest, strict=True)
        ]
        raised: dict[int, str] = {}
        if paragraph.id in known.numbers:
            raised[0] = _marker(known.numbers[paragraph.id], known.places.get(paragraph.id))
        for marker in known.markers.get(paragraph.id, ()):
            raised[marker.at] = raised.get(marker.at, "") + _marker(marker.number, marker.target)
        if one.edition.script:
            edges = {0, len(paragraph.text), *paragraph.emphasis, *raised, *(at for mark in marks for at in mark[:2])}
            if odd := turned.exceptions(paragraph, one.edition.script, sorted(edges)):
                facts.odd[at] = odd
        text = marked(paragraph.text, marks, paragraph.emphasis, raised)
        result.append((paragraph, _paragraph(paragraph, at, one.edition.tag, text)))
    return result


def _marker(number: str, target: str | None) -> str:
    """A note's number, raised. The style writes it, so that it is no character of the text."""
    number = _text(number)
    if target is None:
        return f'<sup class="m" data-m="{number}"></sup>'
    return f'<a class="m" href="#{_text(target)}" aria-label="{number}" data-m="{number}"></a>'


def _classes(note: Annotation) -> str:
    classes = _CLASSES[note.type]
    classes += " k" if getattr(note, "central", False) else ""
    return classes + (" s" if note.status != "accepted" else "")


def _paragraph(one: Paragraph, at: int, lang: str, text: str) -> str:
    number = (
        f'<span class="sr">{both(("段", "Paragraph "))}</span>{one.number}'
        if one.number
        else (f'<span aria-hidden="true">¶</span><span class="sr">{both(("此段", "This paragraph"))}</span>')
    )
    tag = "h2" if one.kind == "heading" else "p"
    voice = (
        f'<span class="voice">{both(VOICES[one.voice])}</span>' if one.voice in VOICES and one.kind in _SPEAKING else ""
    )
    return (
        f'<div class="p {one.kind}" id="{_text(one.id)}" lang="{_text(lang)}" data-p="{at}">'
        f'<a class="n" href="#{_text(one.id)}">{number}</a>{voice}<{tag}>{text}</{tag}></div>'
    )


def _row(row: Row, editions: int, cells: Mapping[str, str]) -> str:
    inside = "".join(
        f'<div class="cell" data-e="{index}">{"".join(cells[one.id] for one in row.get(index, ()))}</div>'
        for index in range(editions)
    )
    return f'<div class="row">{inside}</div>'


def _title(one: Held) -> str:
    title = plain(one.entry.fields.get("title", "")) if one.entry else ""
    return title.strip("[]") or f"{one.work.key}/{one.edition.key}"


def _titles(held: Sequence[Held]) -> str:
    lines = {_title(one): one.edition for one in held}
    (first, edition), *others = lines.items()
    second = [f'<p class="second" {_in_scripts(title, one)}>{_text(title)}</p>' for title, one in others]
    return "\n".join([f"<h1 {_in_scripts(first, edition)}>{_text(first)}</h1>", *second])


def _in_scripts(text: str, edition: Edition) -> str:
    """The attributes of a text that is shown in either script."""
    said = f'lang="{_text(edition.tag)}"'
    if not edition.script:
        return said
    other = turned.OTHER[edition.script]
    turn = _text(convert(text, edition.script, other))
    return f'{said} data-{edition.script}="{_text(text)}" data-{other}="{turn}"'


def _choices(held: Sequence[Held]) -> str:
    """Which editions are shown: at first one in each language."""
    if len(held) < 2:
        return ""
    seen: set[str] = set()
    result = []
    for index, one in enumerate(held):
        checked = "" if one.edition.language in seen else " checked"
        seen.add(one.edition.language)
        result.append(
            f'<label><input type="checkbox" id="ed-{index}"{checked}><span>{both(name_of(one))}</span></label>'
        )
    return "\n".join(result)


def _heads(held: Sequence[Held]) -> str:
    ours = both(OURS)
    heads = "".join(
        f'<div data-e="{index}"><b>{both(name_of(one))}</b> {ours if one.edition.role == "digest" else ""}</div>'
        for index, one in enumerate(held)
    )
    return f'<div class="heads">{heads}</div>'


def _pictures(held: Sequence[Held], lost: Counter[str]) -> str:
    """Of the first edition: the others are of the same work."""
    try:
        found = pictures(held[:1])
    except YinzhengError as error:
        lost[f"the page has no pictures: {error}"] += 1
        return ""
    if not found:
        return ""
    drawn = "\n".join(
        f'<div class="picture" tabindex="0" role="group" aria-labelledby="{name.replace("/", "-")}-title">\n'
        f"{data.decode()}</div>"
        for name, data in found.items()
    )
    title = f'<h2 id="pictures-title">{both(PICTURES)}</h2>'
    return f'<section id="pictures" aria-labelledby="pictures-title">\n{title}\n{drawn}\n</section>'


def _about(held: Sequence[Held]) -> str:
    """For each edition how it is cited, and what may be done with it."""
    parts = []
    for one in held:
        edition = one.edition
        rights = _text(edition.rights)
        if edition.rights.startswith(("https://", "http://")):
            rights = f'<a href="{rights}" rel="license noreferrer">{rights}</a>'
        holder = f" · {_text(edition.holder)}" if edition.holder else ""
        refs = ""
        if edition.cite in one.bibliography.entries:
            found = render([], {one.work.key: one.bibliography}, keys=[(one.work.key, edition.cite, edition.tag)])
            refs = f'<p class="refs" lang="{_text(edition.tag)}">{_text(str(found.data).strip())}</p>'
        parts.append(f"<h3>{both(name_of(one))}</h3>\n{refs}\n<p>{rights}{holder}</p>")
    return "\n".join(parts)


def _text(text: str) -> str:
    return escape(shown(text))
