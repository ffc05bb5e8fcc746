"""The text of a TEI: its paragraphs as they read, the names marked in them; what is no part of it is counted.

Of what the encoding offers twice, the text has what stands in the source (``sic``, ``orig``, ``abbr``), and of an
apparatus the reading that its editor takes (``lem``). Lines are joined as those of a text that is added.
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from ..segment.wrapping import glue
from .columns import kind
from .held import Span
from .tei_signs import NS, XML, Characters, character, gap

OURS = re.compile(r"[a-z][a-z0-9-]*\.[pcefn][0-9a-hjkmnp-tv-z]{8,}")
_PARAGRAPHS = {
    "p", "ab", "head", "l", "u", "item", "cell", "byline", "docTitle", "docAuthor", "trailer", "salute", "signed",
}  # fmt: skip
_WORDS = {"w", "pc", "c", "g", "hi"}  # what stands in a paragraph only
_BREAKS = {"lb", "pb", "cb", "milestone"}
_SOURCE = ("sic", "orig", "abbr")
_READING = "another reading (rdg) stayed out"
_APART = "an entry of an apparatus that stands apart from the text stayed out"
_OUT = {  # no part of the running text
    "note": "a note in the text stayed out",
    "del": "deleted words (del) stayed out",
    "fw": "the head, foot or number of a page (fw) stayed out",
    "figDesc": "the description of a figure (figDesc) stayed out",
    "mulu": "an entry for a table of contents (cb:mulu) stayed out",
    "listApp": _APART,
    **dict.fromkeys(("listWit", "listEvent", "listNym", "listObject", "listRelation"), "a list of data stayed out"),
    **dict.fromkeys(("listPerson", "listOrg", "listPlace"), ""),  # the entries are counted where names are read
}
INLINE = {
    "persName": "PERSON", "orgName": "ORG", "placeName": "GPE", "settlement": "GPE", "country": "GPE", "region": "GPE",
    "geogName": "LOC", "date": "DATE", "time": "TIME", "title": "WORK_OF_ART", "term": "TERM", "name": "TERM",
    "rs": "TERM", "measure": "QUANTITY", "num": "CARDINAL",
}  # fmt: skip
_TYPED = {
    "person": "PERSON", "place": "GPE", "org": "ORG", "organisation": "ORG", "organization": "ORG", "event": "EVENT",
    "money": "MONEY", "currency": "MONEY", "percentage": "PERCENT", "percent": "PERCENT", "ordinal": "ORDINAL",
    "cardinal": "CARDINAL", "work": "WORK_OF_ART",
}  # fmt: skip
Place = tuple[int, int, int]  # which paragraph, from where, to where


@dataclass(slots=True)
class Text:
    """The paragraphs of one TEI, with the spans in them, and where each element with an id is."""

    characters: Characters
    ids: list[str | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    spans: list[list[Span]] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)


def text_of(tei: Any, characters: Characters) -> Text:
    """What stands below the ``text`` elements of a TEI."""
    text = Text(characters)
    for body in tei.findall(f"{{{NS}}}text"):
        _walk(body, text, _preserves(body, False))
    return text


def tag_of(element: Any) -> str:
    """Its name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _preserves(element: Any, outside: bool) -> bool:
    said = element.get(f"{XML}space")
    return outside if said is None else bool(said == "preserve")


def _walk(element: Any, text: Text, preserve: bool) -> None:
    """The paragraphs below an element, whatever has words of its own; one inside another is a part of it."""
    for child in element:
        _block(child, text, _preserves(child, preserve))


def _block(element: Any, text: Text, preserve: bool) -> None:
    tag = tag_of(element)
    if _is_out(element):
        _stays_out(element, text)
    elif tag == "gap":
        text.lost["a gap between paragraphs was left out"] += 1
    elif tag in ("app", "choice"):
        if (shown := _shown(element, text)) is not None:
            _block(shown, text, preserve)
    elif tag in _PARAGRAPHS or _has_words(element):
        _paragraph(element, text, preserve)
    else:
        _walk(element, text, preserve)


def _has_words(element: Any) -> bool:
    return any(said and not said.isspace() for said in (element.text, *(one.tail for one in element))) or any(
        tag_of(one) in _WORDS or tag_of(one) in INLINE for one in element
    )


def _is_out(element: Any) -> bool:
    tag = tag_of(element)
    return tag in _OUT or (tag == "app" and any(element.get(one) for one in ("from", "to", "loc")))


def _stays_out(element: Any, text: Text) -> None:
    """What is no part of the running text, and the names in it."""
    tag = tag_of(element)
    other = {"app": _APART, "lem": _READING, "rdg": _READING}
    if sentence := _OUT.get(tag, other.get(tag, f"another form ({tag}) of what the text has stayed out")):
        text.lost[sentence] += max(1, sum(tag_of(one) == "app" for one in element)) if tag == "listApp" else 1
        marked = sum(tag_of(one) in INLINE for one in element.iter())
        text.lost["an annotation in a note, or in what is no running text, was left out"] += marked


def _shown(element: Any, text: Text) -> Any:
    """Of an apparatus or a choice what the text has, or None; the rest stays out. An apparatus may group readings."""
    parts = list(element)
    while any(tag_of(one) == "rdgGrp" for one in parts):
        parts = [*chain.from_iterable(one if tag_of(one) == "rdgGrp" else [one] for one in parts)]
    wanted = ("lem", "rdg") if tag_of(element) == "app" else (*_SOURCE, *map(tag_of, parts))
    shown = next((one for tag in wanted for one in parts if tag_of(one) == tag), None)
    for other in parts:
        if other is not shown and tag_of(other) not in ("wit", "witDetail"):
            _stays_out(other, text)
    return _shown(shown, text) if shown is not None and tag_of(shown) in ("app", "choice") else shown


def _paragraph(element: Any, text: Text, preserve: bool) -> None:
    id = element.get(f"{XML}id", "")
    words, at, ours = _Words(preserve), len(text.texts), OURS.fullmatch(id)
    if not (ours and [*map(tag_of, element)] == ["gap"] and not _has_words(element)):  # its text did not go out
        _inside(element, words, text)
    whole = words.laid()
    text.ids.append(id if ours else None)
    text.texts.append(whole)
    text.spans.append(
        [
            Span(start=first, end=last, type=kind(label), label=label, columns={"note": note} if note else {})
            for start, end, label, note in words.spans
            if (first := words.start(start)) < (last := words.end(end))
        ]
    )
    text.places.setdefault(id, (at, 0, len(whole)))
    text.places |= {one: (at, words.start(start), words.end(end)) for one, (start, end) in words.places.items()}


def _inside(element: Any, words: _Words, text: Text) -> None:
    """The words in an element, its names as spans."""
    words.add(element.text)
    for child in element:
        tag, begin = tag_of(child), words.length
        if _is_out(child):
            _stays_out(child, text)
        elif tag in _BREAKS:
            words.add(_NO_BREAK if child.get("break") == "no" else "\n")
        elif tag == "gap":
            text.lost["a gap stands as □ for each character that is missing, or as …"] += 1
            words.add(gap(child))
        elif tag == "g" and not "".join(child.itertext()).strip():
            words.add(character(child, text.characters, text.lost))
        elif tag in ("app", "choice"):
            if (shown := _shown(child, text)) is not None:
                _inside(shown, words, text)
        elif tag in _PARAGRAPHS:
            words.add("\n")
            _inside(child, words, text)
            words.add("\n")
        elif tag:
            _inside(child, words, text)
            if tag in INLINE:
                label = _TYPED.get((child.get("type") or "").lower(), INLINE[tag])
                said = {key: value for key, value in child.attrib.items() if key[0] != "{" and value}
                if said.get("type", "").lower() in _TYPED:
                    del said["type"]
                words.spans.append((begin, words.length, label, "; ".join(f"{key}: {said[key]}" for key in said)))
        if id := child.get(f"{XML}id"):
            words.places[id] = begin, words.length
        words.add(child.tail)


_NO_BREAK = "\0"  # a line ends amid a word; no XML holds this
_SPACE = re.compile(r"[\s\0]+")


class _Words:
    """The words of a paragraph, first as they stand in the file, then, once laid, on one line."""

    def __init__(self, preserve: bool) -> None:
        self.preserve, self.raw, self.length = preserve, list[str](), 0
        self.spans, self.places = list[tuple[int, int, str, str]](), dict[str, tuple[int, int]]()
        self.begins, self.ends, self.at = list[int](), list[int](), list[int]()  # what is no space: there, and here

    def add(self, said: str | None) -> None:
        if said and not (self.preserve and said == _NO_BREAK):
            self.raw.append(said)
            self.length += len(said)

    def laid(self) -> str:
        """On one line. White space is one space, but between two lines what joins them, and at both ends nothing."""
        raw = "".join(self.raw)
        if self.preserve:
            self.begins, self.ends, self.at = [0], [len(raw)], [0]
            return raw.replace("\n", " ")
        result, length, begin = list[str](), 0, 0
        between = ""
        for space in chain(_SPACE.finditer(raw), [None]):
            end = space.start() if space else len(raw)
            if begin < end:
                if between and result:
                    before = "".join(one[-2:] for one in result[-3:])[-2:]
                    result.append(_between(between, before, raw[begin]))
                    length += len(result[-1])
                result.append(raw[begin:end])
                self.begins.append(begin)
                self.ends.append(end)
                self.at.append(length)
                length += end - begin
            if space:
                between, begin = space[0], space.end()
        return "".join(result)

    def start(self, at: int) -> int:
        """Where what begins at a place of the file begins here."""
        number = bisect(self.ends, at)
        if number == len(self.ends):
            return self.end(at)
        return self.at[number] + max(0, at - self.begins[number])

    def end(self, at: int) -> int:
        """Where what ends at a place of the file ends here."""
        number = bisect_left(self.begins, at) - 1
        return self.at[number] + min(at, self.ends[number]) - self.begins[number] if number >= 0 else 0


def _between(space: str, before: str, behind: str) -> str:
    if _NO_BREAK in space:
        return ""
    if "\n" in space or "\r" in space:
        return glue(before, behind)
    return re.sub("[ \t]+", " ", space)
