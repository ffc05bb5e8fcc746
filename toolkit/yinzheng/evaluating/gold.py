"""Gold texts: running text, a sentence a line, annotated by quoting, so that a person can read and correct it.

    lang: en

    # Ports

    In 2021 Rotterdam spent €2.5 million.
      DATE In 2021 = 2021
      GPE Rotterdam
      MONEY €2.5 million = 2.5e6 EUR
    That was far too little.
      CLAIM evaluative

``#`` opens a document, a blank line a paragraph; a line that is indented annotates the sentence above it. Quotes of one
type stand in reading order: each is sought behind the one before it, never inside a word or a number, and one that
is not there is an error. What follows `` = `` is the value: a number, a range ``30..40`` or a list ``22,28``, with its
unit; for a DATE an EDTF, and durations as ISO 8601; then ``approx``, a bound (``>=``), and ``equals QUOTE``, the
figure before it in the paragraph that it converts. A CLAIM says its kind, and after ``@`` who says so, unless it is
the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from .. import ids
from ..errors import YinzhengError
from ..letters import letters
from ..records import Annotation, Bound, Claim, ClaimLabel, Entity, EntityLabel, Figure, FigureLabel
from .passage import Passage

_NUMBER = r"-?\d+(?:\.\d+)?(?:e\d+)?"
_VALUE = re.compile(
    rf"(?P<list>{_NUMBER}(?:,{_NUMBER})+)|(?P<min>{_NUMBER})\.\.(?P<max>{_NUMBER})|(?P<value>{_NUMBER})"
)
_NO_VALUE: dict[str, Any] = {
    "value": None, "value_list": (), "min": None, "max": None, "unit": None, "approx": False, "bound": None,
    "edtf": None, "duration": None, "equals": None,
}  # fmt: skip
_NO_SUBJECT: dict[str, Any] = dict.fromkeys(("measure", "payer", "payee", "subject", "about_zh", "about_en", "score"))
_NO_GLOSS: dict[str, Any] = {
    "speaker": None, "score": None, "gloss_zh": None, "gloss_en": None, "central": False, "evidence": (),
}  # fmt: skip
_TYPES: dict[str, Literal["claim", "entity", "figure"]] = (
    {"CLAIM": "claim"} | dict.fromkeys(get_args(EntityLabel), "entity") | dict.fromkeys(get_args(FigureLabel), "figure")
)


@dataclass
class _Sentence:
    text: str
    notes: list[tuple[int, str]] = field(default_factory=list)  # (line, annotation)


def read_gold(path: Path) -> Iterator[Passage]:
    """The paragraphs of one gold file. Raises YinzhengError with the line of whatever is not as it should be."""
    try:
        rows = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise YinzhengError(f"not UTF-8 at byte {error.start}; save it as UTF-8", path=path) from error
    if not (head := re.fullmatch(r"lang: *(\S+)\s*", rows[0])):
        raise YinzhengError("a gold text begins with its language, as `lang: zh-Hant`", path=path, line=1)
    document, sentences = "", list[_Sentence]()
    for line, row in enumerate([*rows[1:], ""], 2):
        if row.startswith("#") or not row.strip():
            if sentences:
                yield _passage(path, f"{path.stem}/{document}", head[1], sentences)
            sentences = []
            document = row.lstrip("# ").strip() or document
        elif not row[0].isspace():
            sentences.append(_Sentence(row.strip()))
        elif sentences:
            sentences[-1].notes.append((line, row.strip()))
        else:
            raise YinzhengError("an annotation with no sentence above it", path=path, line=line)


def _passage(path: Path, document: str, language: str, sentences: list[_Sentence]) -> Passage:
    between = " " if language.startswith("en") else ""
    text = between.join(sentence.text for sentence in sentences)
    whole = letters(text)
    where = f"{document}#{ids.keyed_hash('gold', document, whole.text, 4)}"
    spans, made = [], list[Annotation]()
    begin = 0
    for sentence in sentences:
        end = begin + len(sentence.text)
        spans.append(whole.within(begin, end))
        cursor = dict.fromkeys(("entity", "figure"), begin)
        for line, note in sentence.notes:
            try:
                label, _, rest = note.partition(" ")
                kind = _TYPES.get(label)
                if kind is None:
                    raise ValueError(f"no label {label!r}")
                quote, _, value = rest.partition(" = ")
                if kind == "claim":
                    at, quote = begin, sentence.text
                else:
                    at = _find(text, quote.strip(), cursor[kind], end)
                    quote = quote.strip()
                    cursor[kind] = at + len(quote)
                first, last = whole.within(at, at + len(quote))
                start, stop = whole.stored(first, last)
                common: dict[str, Any] = {
                    "id": ids.annotation_birth("gold", kind[0], where, first, last),
                    "type": kind, "work": "gold", "edition": "gold", "paragraph": where, "start": start, "end": stop,
                    "letter_start": first, "letter_end": last,
                    "hash": ids.keyed_hash("gold", "gold", whole.text[first:last], 8), "text": text[start:stop],
                    "label": label, "status": "accepted", "by": "gold", "created": "", "note": None,
                }  # fmt: skip
                if kind == "claim":
                    claimed, _, who = rest.partition(" @ ")
                    if claimed.strip() not in get_args(ClaimLabel):
                        raise ValueError(f"no kind of claim {claimed!r}")
                    common["label"] = claimed.strip()
                    made.append(Claim(attribution=who.strip() or "author", **common, **_NO_GLOSS))
                elif kind == "entity":
                    made.append(Entity(name=None, score=None, **common))
                else:
                    made.append(Figure(**common, **_NO_SUBJECT, **_value(label, value, made)))
            except ValueError as error:
                raise YinzhengError(f"{error} (in {note!r})", path=path, line=line) from error
        begin = end + len(between)
    return Passage(
        where=where, document=document, language=language, length=len(whole), text=text, sentences=tuple(spans),
        gold=tuple(made),
    )  # fmt: skip


def _find(text: str, quote: str, start: int, end: int) -> int:
    """The next place of a quote that cuts no word and no number of ASCII characters."""
    at = text.find(quote, start, end) if quote else -1
    while at >= 0:
        last = at + len(quote)
        if not (_joined(text[at - 1 : at], quote[0]) or _joined(quote[-1], text[last : last + 1])):
            return at
        at = text.find(quote, at + 1, end)
    raise ValueError(f"{quote!r} is not in what is left of the sentence")


def _joined(one: str, other: str) -> bool:
    pair = one + other
    return len(pair) == 2 and pair.isascii() and (pair.isalpha() or pair.isdigit())


def _value(label: str, written: str, before: list[Annotation]) -> dict[str, Any]:
    """The normalised columns of a figure."""
    found = dict(_NO_VALUE)
    written, _, equal = written.partition("equals ")
    if equal:
        same = [one for one in before if one.type == "figure" and one.text == equal.strip()]
        if not same:
            raise ValueError(f"no figure {equal.strip()!r} stands before it")
        found["equals"] = same[-1].id
    for word in written.split():
        if word == "approx":
            found["approx"] = True
        elif word in get_args(Bound):
            found["bound"] = word
        elif label in ("DATE", "TIME") and re.match(r"P[T\d]", word):
            found["duration"] = word
        elif label == "DATE":
            found["edtf"] = word
        elif match := _VALUE.fullmatch(word):
            if match["list"]:
                found["value_list"] = tuple(map(float, match["list"].split(",")))
            found |= {name: float(number) for name in ("value", "min", "max") if (number := match[name])}
        elif found["unit"] is None:
            found["unit"] = word
        else:
            raise ValueError(f"{word!r} is no value")
    if all(found[name] in (None, ()) for name in ("value", "value_list", "min", "edtf", "duration")):
        raise ValueError("no value")
    return found
