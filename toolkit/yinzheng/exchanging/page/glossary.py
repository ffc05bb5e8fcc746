"""The names and terms of a work in both languages, with where they are mentioned. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from typing import get_args

from ...records import Entity, EntityLabel, Name, Paragraph
from ..held import Held
from .marked import shown
from .words import LANGUAGES, WORDS, both, name_of

_ORDER = ["TERM", *(label for label in get_args(EntityLabel) if label != "TERM")]


def glossary(held: Sequence[Held], names: Mapping[str, Name]) -> str:
    """A table for each label, terms first."""
    places, words = _places(held), _words(held)
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names.values():
        groups[name.label].append(name)
    head = "".join(
        f'<th scope="col">{both(words)}</th>' for words in (LANGUAGES["zh"], LANGUAGES["en"], ("見於", "Mentions"))
    )
    tables = []
    for label in _ORDER:
        if rows := [
            _row(name, words.get(name.id), places.get(name.id, {}), held) for name in sorted(groups[label], key=_key)
        ]:
            title = both((WORDS[f"label-{label}"][0], WORDS[f"label-{label}"][1].capitalize()))
            body = "\n".join(rows)
            tables.append(
                f'<h3 id="label-{label}">{title}</h3>\n<div class="table"><table aria-labelledby="label-{label}">\n'
                f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
            )
    return "\n".join(tables) or f"<p>{both(('沒有名稱', 'There are none.'))}</p>"


def _key(name: Name) -> tuple[str, str]:
    return (name.en or name.zh_hant or name.zh_hans or "").casefold(), name.id


def _places(held: Sequence[Held]) -> dict[str, dict[int, list[Paragraph]]]:
    """For each name, by the index of the edition, the paragraphs that mention it."""
    found: dict[str, dict[int, dict[str, Paragraph]]] = defaultdict(lambda: defaultdict(dict))
    for index, one in enumerate(held):
        here = {paragraph.id: paragraph for paragraph in one.paragraphs if paragraph.text is not None}
        for note in one.notes:
            name = getattr(note, "name", None)
            if name and note.paragraph in here:
                found[name][index][note.paragraph] = here[note.paragraph]
    return {name: {index: list(rows.values()) for index, rows in by.items()} for name, by in found.items()}


def _words(held: Sequence[Held]) -> dict[str, str]:
    """The words of each name's first mention."""
    notes = [note for one in held for note in one.notes if isinstance(note, Entity)]
    return {note.name: note.text for note in reversed(notes) if note.name and note.text}


def _row(name: Name, words: str | None, places: Mapping[int, list[Paragraph]], held: Sequence[Held]) -> str:
    hant, hans = name.zh_hant or name.zh_hans, name.zh_hans or name.zh_hant
    zh = ""
    if hant and hans:
        lang = "zh-Hant" if name.zh_hant else "zh-Hans"
        zh = f'<span lang="{lang}" data-hant="{_text(hant)}" data-hans="{_text(hans)}">{_text(hant)}</span>'
    less = [f'<bdi lang="en">{_text(name.abbr)}</bdi>'] if name.abbr else []
    less += [f"<bdi>{_text(one)}</bdi>" for one in name.aka]
    en = f'<span lang="en">{_text(name.en)}</span>' if name.en else ""
    head, en = (zh, en) if zh else (en, "")
    head = head or (less.pop(0) if less else f"<bdi>{_text(words or name.id)}</bdi>")
    en += f'<span class="less">{" · ".join(less)}</span>' if less else ""
    en += f'<span class="less" lang="en">{_text(name.note)}</span>' if name.note else ""
    where = "".join(
        f'<div class="where"><small>{both(name_of(held[index])) if len(held) > 1 else ""}</small> '
        + " ".join(f'<a href="#{_text(one.id)}">{one.number or "¶"}</a>' for one in paragraphs)
        + "</div>"
        for index, paragraphs in places.items()
    )
    return f'<tr id="{_text(name.id)}"><th scope="row">{head}</th><td class="en">{en}</td><td>{where}</td></tr>'


def _text(text: str) -> str:
    return escape(shown(text))
