"""A document worked through, as long as it may be.

First what it says of itself is gathered, in order: the glossary, for every paragraph the last year named before it, and
whose 元 it speaks of.
With that each paragraph stands alone, and they are worked in batches, here or in several processes, with the same
result. Nothing is held but what is being worked: a paragraph that is a whole book is worked in parts, cut at the end of
a sentence.
"""

from __future__ import annotations

import pickle
import re
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..errors import YinzhengError
from .claims import claims
from .entities import Glossary, entities, from_spans, glossary
from .figures import figures, leading, year_named, yuan_of
from .found import Claim, Entity, Figure

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

PART = 50_000  # characters from which on a paragraph is worked in parts
_BATCH = 20_000
_END = re.compile(r"[。！？!?…][”’」』）)]*(?=[\w\s])|\n+|(?<=[a-z]{2})\.\s+(?=[A-Z])")
_HALF = re.compile("[\ud800-\udfff]")
Task = tuple[str, int | None, str | None]  # a paragraph, or a part of one, the last year named before it, whose 元
Batch = list[tuple[int, str, int, Task]]  # row, whole text, offset of the part, what to work


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a paragraph, or in a part of one; a part's places are in its own lists."""

    figures: tuple[Figure, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says of itself. ``years``: for each paragraph the last year named before it; 0 for none.
    ``yuan``: the currency of a bare 元, where the document tells."""

    glossary: Glossary
    years: array[int]
    yuan: str | None

    def tasks(self, texts: Iterable[str]) -> Iterator[Task]:
        """Each paragraph with its year, and whose 元 it speaks of."""
        return ((text, year or None, self.yuan) for text, year in zip(texts, self.years, strict=True))


def read(texts: Iterable[str]) -> Document:
    """The first pass, over all paragraphs in order, each looked at once."""
    years = array("i")
    places = Counter[str]()

    def told() -> Iterator[str]:
        year = None
        for text in texts:
            years.append(year or 0)
            text = speakable(text)
            year = year_named(text, year)
            places.update(yuan_of(text))
            yield text

    return Document(glossary(told()), years, leading(places))


def work(
    glossary: Glossary,
    tasks: Iterable[Task],
    model: str | None = None,
    jobs: int = 1,
    pool: ProcessPoolExecutor | None = None,
) -> Iterator[tuple[int, str, Found]]:
    """The second pass: for each paragraph, in order, its place in the row, its text and what was found in it; for a
    very long one several times, part after part. ``model``: an installed spaCy pipeline that finds the names instead.
    ``pool``: the processes, if they are `started`.
    """
    batches = _batches(tasks)
    pool = pool or started(jobs, model)
    done = _in_parallel(glossary, batches, pool, jobs) if pool else _here(glossary, model, batches)
    for batch, results in done:
        for (row, text, offset, _), found in zip(batch, results, strict=True):
            yield row, text, _shifted(found, offset)


class Finder:
    """Finds everything in paragraphs, each on its own."""

    def __init__(self, glossary: Glossary, model: str | None = None) -> None:
        self.glossary = glossary
        self.pipeline = None
        if model is not None:
            from .pipeline import installed

            self.pipeline = installed(model)

    def __call__(self, tasks: Sequence[Task]) -> list[Found]:
        tasks = [(speakable(text), year, yuan) for text, year, yuan in tasks]
        texts = [text for text, _, _ in tasks]
        if self.pipeline is None:
            named = entities(texts, self.glossary)
        else:
            docs = self.pipeline.pipe(texts)
            spans = [[(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs]
            named = from_spans(texts, spans, self.glossary)
        result = []
        for (text, year, yuan), mentions in zip(tasks, named, strict=True):
            values, others = apart(figures(text, year, yuan), mentions)
            result.append(Found(tuple(values), tuple(others), tuple(claims(text, values, others))))
        return result


def apart(values: Sequence[Figure], mentions: Sequence[Entity]) -> tuple[list[Figure], list[Entity]]:
    """No number inside a name is a figure, and no name inside a figure (日元) is one: the longer stays."""
    inside_figure = {at for at, mention in enumerate(mentions) if _covered(mention, values)}
    mentions = [mention for at, mention in enumerate(mentions) if at not in inside_figure]
    kept = [at for at, value in enumerate(values) if not _covered(value, mentions)]
    places = {at: place for place, at in enumerate(kept)}
    values = [
        value if value.equals is None else replace(value, equals=places.get(value.equals))
        for value in map(values.__getitem__, kept)
    ]
    return values, mentions


def _covered(one: Figure | Entity, others: Sequence[Figure | Entity]) -> bool:
    """Whether a span lies inside a longer one; both rows are in reading order."""
    low, high = 0, len(others)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if others[middle].end < one.end else (low, middle)
    if low == len(others):
        return False
    other = others[low]
    return other.start <= one.start and one.end <= other.end and one.end - one.start < other.end - other.start


def speakable(text: str) -> str:
    """The text as UTF-8 can hold it, and so spaCy and jieba: a lone half of a pair is U+FFFD."""
    return _HALF.sub("\ufffd", text)


def _batches(tasks: Iterable[Task]) -> Iterator[Batch]:
    """Paragraphs and parts of paragraphs, as (row, whole text, offset, task), by about so many characters."""
    batch: Batch = []
    size = 0
    for row, (text, year, yuan) in enumerate(tasks):
        for offset, part in _parts(text):
            batch.append((row, text, offset, (part, year, yuan)))
            size += len(part)
            if size >= _BATCH:
                yield batch
                batch, size = [], 0
            if len(part) < len(text):
                year = year_named(part, year)
    if batch:
        yield batch


def _parts(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while len(text) - start > PART:
        match = _END.search(text, start + PART, start + 2 * PART)
        end = match.end() if match else min(start + 2 * PART, len(text))
        yield start, text[start:end]
        start = end
    if start < len(text) or not text:
        yield start, text[start:] if start else text


def _shifted(found: Found, offset: int) -> Found:
    if not offset:
        return found

    def shifted(spans: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(replace(span, start=span.start + offset, end=span.end + offset) for span in spans)

    return Found(shifted(found.figures), shifted(found.entities), shifted(found.claims))


def _here(glossary: Glossary, model: str | None, batches: Iterable[Batch]) -> Iterator[tuple[Batch, list[Found]]]:
    finder = Finder(glossary, model)
    for batch in batches:
        yield batch, finder([task for _, _, _, task in batch])


_finder: Finder  # of a process that works for another


_told = b""  # the glossary that it has, as it came


def started(jobs: int, model: str | None = None) -> ProcessPoolExecutor | None:
    """Processes for `work`, to be started before the first pass: they load their tables meanwhile. None for one job."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    if jobs < 2:
        return None
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (model,))
    for _ in range(jobs):  # each begins when there is something to do for it
        pool.submit(int)
    return pool


def _start(model: str | None) -> None:
    import signal

    global _finder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who called us stops us
    _finder = Finder(Glossary(), model)
    _finder([("載入於2021年。Loaded.", None, None)])


def _find(told: bytes, tasks: Sequence[Task]) -> list[Found]:
    global _told
    if told != _told:
        _finder.glossary, _told = pickle.loads(told), told
    return _finder(tasks)


def _in_parallel(
    glossary: Glossary, batches: Iterable[Batch], pool: ProcessPoolExecutor, jobs: int
) -> Iterator[tuple[Batch, list[Found]]]:
    """Batches worked in other processes, in order, a few ahead of who takes them."""
    from concurrent.futures.process import BrokenProcessPool

    told = pickle.dumps(glossary)
    ahead: deque[tuple[Batch, Any]] = deque()
    try:
        for batch in batches:
            ahead.append((batch, pool.submit(_find, told, [task for _, _, _, task in batch])))
            if len(ahead) > 2 * jobs:
                batch, future = ahead.popleft()
                yield batch, future.result()
        while ahead:
            batch, future = ahead.popleft()
            yield batch, future.result()
    except BrokenProcessPool as error:
        raise YinzhengError(
            "a process that worked for this one was ended (not enough memory?); try fewer --jobs"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)
