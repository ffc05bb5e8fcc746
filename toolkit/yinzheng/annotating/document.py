"""A document worked through, as long as it may be.

First what it says of itself is gathered: the glossary, for every paragraph the last year named before it, and whose 元
it speaks of. With that each paragraph stands alone. Both passes go over batches, here or in several processes, with the
same result. Nothing is held but what is being worked: a paragraph that is a whole book is worked in parts, cut at the
end of a sentence.
"""

from __future__ import annotations

import re
import sys
import warnings
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ..errors import YinzhengError
from .claims import claims
from .entities import Glossary, entities, from_spans, glossary
from .figures import figures, leading, years_named, yuan_of
from .found import Claim, Entity, Figure

PART = 50_000  # characters from which on a paragraph is worked in parts
_BATCH = 20_000
_END = re.compile(r"[。！？!?…][”’」』）)]*(?=[\w\s])|\n+|(?<=[a-z]{2})\.\s+(?=[A-Z])")
_HALF = re.compile("[\ud800-\udfff]")
Task = tuple[str, int | None, str | None]  # a paragraph, or a part of one, the last year named before it, whose 元
Piece = tuple[int, str, int, Task]  # row, whole text, offset of the part, what to work


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


def read(texts: Iterable[str], jobs: int = 1) -> Document:
    """The first pass, over all paragraphs, each looked at once; what they say is put together in their order."""
    years = array("i")
    places = Counter[str]()
    whole = Glossary()
    year: int | None = None
    parts = ((row, "", offset, (part, None, None)) for row, text in enumerate(texts) for offset, part in _parts(text))
    for batch, (said, counted, named) in _spread(_reader, _batches(parts), jobs if _forks() else 1):
        whole.add(said)
        places.update(counted)
        for (_, _, offset, _), (told, aside) in zip(batch, named, strict=True):
            if not offset:
                years.append(year or 0)
            year = told or year or aside
    return Document(whole.finish(), years, leading(places))


Said = tuple[Glossary, Counter[str], list[tuple[int | None, int | None]]]


def _reader() -> Callable[[Sequence[Task]], Said]:
    return _look


def _look(tasks: Sequence[Task]) -> Said:
    """What some paragraphs say of the whole document's names, places and years."""
    texts = [speakable(text) for text, _, _ in tasks]
    places = Counter[str]()
    for text in texts:
        places.update(yuan_of(text))
    return glossary(texts), places, list(map(years_named, texts))


def work(
    glossary: Glossary, tasks: Iterable[Task], model: str | None = None, jobs: int = 1
) -> Iterator[tuple[int, str, Found]]:
    """The second pass: for each paragraph, in order, its place in the row, its text and what was found in it; for a
    very long one several times, part after part. ``model``: an installed spaCy pipeline that finds the names instead.
    """
    for batch, results in _spread(partial(Finder, glossary, model), _batches(_pieces(tasks)), jobs, model is None):
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


def _pieces(tasks: Iterable[Task]) -> Iterator[Piece]:
    """Paragraphs, and parts of very long ones, each with the year named before it."""
    for row, (text, year, yuan) in enumerate(tasks):
        for offset, part in _parts(text):
            yield row, text, offset, (part, year, yuan)
            if len(part) < len(text):
                told, aside = years_named(part)
                year = told or year or aside


def _batches(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """By about so many characters."""
    batch: list[Piece] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece[-1][0])
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
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


Worker = Callable[[Sequence[Task]], Any]
_worker: Worker  # of a process that works for another


def _spread(
    make: Callable[[], Worker], batches: Iterable[list[Piece]], jobs: int, fork: bool = True
) -> Iterator[tuple[list[Piece], Any]]:
    """Batches and what a worker makes of each, in order: worked here, or in other processes, a few ahead of who takes
    them. ``fork``: whether these may have the tables of this one."""
    if jobs < 2:
        worker = make()
        for batch in batches:
            yield batch, worker([task for _, _, _, task in batch])
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    if fork := fork and _forks():
        Finder(Glossary())([("載入於2021年。Loaded.", None, None)])  # the tables, read once for all
    pool = ProcessPoolExecutor(jobs, get_context("fork" if fork else "spawn"), _start, (make,))
    ahead: deque[tuple[list[Piece], Any]] = deque()
    with warnings.catch_warnings():  # numpy has threads, and puts them away while it is copied
        warnings.simplefilter("ignore", DeprecationWarning)
        pool.submit(int)
    try:
        for batch in batches:
            ahead.append((batch, pool.submit(_do, [task for _, _, _, task in batch])))
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


def _forks() -> bool:
    """Whether a process may be copied as it is: on macOS its libraries do not bear it, Windows can't."""
    return sys.platform == "linux"


def _start(make: Callable[[], Worker]) -> None:
    import gc
    import signal
    import threading

    global _worker
    threading.Thread(target=_leave, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who called us stops us
    _worker = make()
    gc.freeze()  # the tables stay: nobody need look through them for rubbish


def _leave() -> None:
    """End with who called us, were it killed: the queue that we wait at would never tell."""
    import os
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _do(tasks: Sequence[Task]) -> Any:
    return _worker(tasks)
