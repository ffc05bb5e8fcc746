"""What was found becomes records: letters, hashes, ids; places become ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import islice
from typing import Any, Literal

from .. import ids
from ..letters import Letters, letters
from ..records import Annotation, Claim, Entity, Figure
from ..script import SAMPLE, is_chinese
from . import document, found

Type = Literal["claim", "entity", "figure"]
TYPES: tuple[Type, ...] = ("claim", "entity", "figure")


def author(model: str | None = None) -> dict[Type, str]:
    """Who suggests what: Yinzheng, or for names the model named."""
    ours = f"model:yinzheng/{version('yinzheng')}"
    return {"claim": ours, "figure": ours, "entity": f"model:{model}/{version(model)}" if model else ours}


_WORDS = re.compile("[一-鿿A-Za-z ]*")  # characters that read the same wherever they stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggester:
    """Makes the records of one edition. ``words``: whether claims may hold their text. ``name``: the id of the entry of
    a name's key. ``born``: an annotation's id from (letter of its type, paragraph, letter_start, letter_end)."""

    work: str
    edition: str
    by: Mapping[Type, str]
    created: str
    words: bool
    name: Callable[[str], str | None]
    born: Callable[[str, str, int, int], str]

    def __call__(self, paragraph: str, form: Letters, all: document.Found) -> Iterator[Annotation]:
        """The records, claims last. A span begins and ends on a letter or a sign; one without any gives no record."""
        figures = [self._common("figure", one, paragraph, form) for one in all.figures]
        entities = [self._common("entity", one, paragraph, form) for one in all.entities]
        claims = [self._common("claim", one, paragraph, form) for one in all.claims]
        made: set[str] = set()

        def once(rows: Iterable[dict[str, Any] | None], things: Iterable[Any]) -> Iterator[tuple[dict[str, Any], Any]]:
            for row, thing in zip(rows, things, strict=True):
                if row is not None and row["id"] not in made:
                    made.add(row["id"])
                    yield row, thing

        for row, figure in once(figures, all.figures):
            equal = figures[figure.equals] if figure.equals is not None else None
            yield Figure(
                **row, value=figure.value, value_list=figure.value_list, min=figure.min, max=figure.max,
                unit=figure.unit, approx=figure.approx, bound=figure.bound, edtf=figure.edtf,
                duration=figure.duration, equals=equal["id"] if equal else None, measure=None, payer=None, payee=None,
                subject=None, about_zh=None, about_en=None, score=figure.score,
            )  # fmt: skip
        for row, entity in once(entities, all.entities):
            yield Entity(**row, name=self.name(entity.key), score=entity.score)
        for row, claim in once(claims, all.claims):
            inside = [*map(figures.__getitem__, claim.figures), *map(entities.__getitem__, claim.entities)]
            yield Claim(
                **row, attribution=claim.attribution, speaker=self.name(claim.speaker) if claim.speaker else None,
                score=claim.score, gloss_zh=None, gloss_en=None, central=False,
                evidence=tuple(dict.fromkeys(one["id"] for one in inside if one)),
            )  # fmt: skip

    def _common(
        self, type: Type, span: found.Figure | found.Entity | found.Claim, paragraph: str, form: Letters
    ) -> dict[str, Any] | None:
        first, last = form.within(span.start, span.end)
        if first >= last:
            return None
        start, end = form.stored(first, last)
        text = form.source[start:end] if self.words or type != "claim" else None
        words = form.text[first:last]
        if text is not None and not _WORDS.fullmatch(text) and letters(text).text != words:
            return None  # cut out of a number, so that alone it reads differently (1,00 of 1,000)
        return {
            "id": self.born(type[0], paragraph, first, last), "type": type, "work": self.work,
            "edition": self.edition, "paragraph": paragraph, "start": start, "end": end, "letter_start": first,
            "letter_end": last, "hash": ids.keyed_hash(self.work, self.edition, words, 8), "text": text,
            "label": span.label, "status": "suggested", "by": self.by[type], "created": self.created, "note": None,
        }  # fmt: skip


def annotate(texts: Iterable[str], only: Type | Collection[Type] | None = None) -> list[list[Annotation]]:
    """Claims, entities and figures of a document, whose paragraphs the texts are: for each a list, in reading order.

    The work is called ``text``, the edition ``zh`` or ``en``; paragraphs have the ids that an import gives them.
    Offsets are code points of the text as it is given. ``created`` is the day, so that a day's results are the same.
    """
    texts = list(texts)
    result: list[list[Annotation]] = [[] for _ in texts]
    for row, notes in bare(lambda: texts, document.read(texts), only=only):
        result[row] += notes
    return result


def reading(note: Annotation) -> tuple[int, int, str]:
    """The order in which annotations of a paragraph are read: the longer before what is inside it."""
    return note.letter_start, -note.letter_end, note.type


def bare(
    texts: Callable[[], Iterable[str]],
    whole: document.Document,
    only: Type | Collection[Type] | None = None,
    model: str | None = None,
    jobs: int = 1,
) -> Iterator[tuple[int, list[Annotation]]]:
    """The records of a text that is in no workspace, as it is worked: the paragraph's place in the row, and some of its
    annotations. ``texts`` gives the paragraphs anew, as they were when ``whole`` was read."""
    from datetime import UTC, datetime

    wanted = TYPES if only is None else (only,) if isinstance(only, str) else tuple(only)
    sample = "\n".join(text[:SAMPLE] for text in islice(texts(), 50))
    edition = "zh" if is_chinese(sample) else "en"
    suggester = Suggester(
        work="text", edition=edition, by=author(model), created=f"{datetime.now(UTC):%Y-%m-%d}T00:00:00Z", words=True,
        name=lru_cache(1 << 12)(lambda key: ids.name_birth("text", key)),
        born=lambda letter, paragraph, first, last: ids.annotation_birth("text", letter, paragraph, first, last),
    )  # fmt: skip
    taken, counted = set[str](), dict[bytes, int]()
    at, paragraph, form = -1, "", letters("")
    for row, text, all in document.work(whole.glossary, whole.tasks(texts()), model, jobs):
        if row != at:
            at, form = row, letters(text)
            paragraph = ids.birth("text", edition, form.text, taken, counted)
            taken.add(paragraph)
        notes = (note for note in suggester(paragraph, form, all) if note.type in wanted)
        yield row, sorted(notes, key=reading)
