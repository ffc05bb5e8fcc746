"""A writer's own .bib file: what is cited goes into it, and is cited by the keys that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .. import store
from ..bib import Bibliography, Entry, closure, settled
from ..citing.excerpt import Excerpt
from ..errors import YinzhengError
from ..terminal import say, warn


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be printed: the arguments of `citing.cite.render`."""

    passages: Sequence[Sequence[Excerpt]]
    bibliographies: Mapping[str, Bibliography]
    keys: Sequence[tuple[str, str, str]]


@contextmanager
def own_bibliography(path: Path | None, asked: Asked) -> Iterator[Asked]:
    """What was asked for, under the keys of the file, which is written when the block ends well, and only then."""
    if path is None:
        yield asked
        return
    from ..citing import merging

    with store.holding(path, say):
        before, text = _read(path)
        merged = merging.merge(text, _entries(asked), path)
        yield Asked(
            [[merging.cited(one, merged.keys) for one in passage] for passage in asked.passages],
            {work: merging.renamed(one, merged.keys) for work, one in asked.bibliographies.items()},
            [(work, merged.keys.get(key, key), lang) for work, key, lang in asked.keys],
        )
        for sentence in merged.said:
            warn(sentence)
        if merged.text != text:
            store.replace_file(path, merged.text.encode(), before)


def _read(path: Path) -> tuple[bytes, str]:
    try:
        data = path.read_bytes() if path.exists() else b""
        return data, data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YinzhengError(
            "this is not UTF-8, which biber wants; save it as UTF-8 and try again; nothing was changed",
            path=path,
            line=line,
        ) from error
    except OSError as error:
        raise YinzhengError(f"cannot be read: {error.strerror}", path=path) from error


def _entries(asked: Asked) -> list[Entry]:
    """Each entry once, what is rendered before what renders it."""
    from ..citing.publication import filled

    wanted = [(one.work, one.edition.cite) for passage in asked.passages for one in passage]
    entries: dict[str, Entry] = {}
    for work, key in [*wanted, *((work, key) for work, key, _ in asked.keys)]:
        found = closure(asked.bibliographies[work], [key])
        entries |= {one.key: settled(filled(one, asked.bibliographies[work].entries)) for one in found}
    return list(entries.values())
