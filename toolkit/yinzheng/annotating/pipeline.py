"""The spaCy side: `yinzheng` as a pipeline, and its components in any other.

The truth is characters. A Doc is a document (nothing is shared between the Docs of one `nlp.pipe`), its lines are the
paragraphs. ``doc._.figures``, ``doc._.entities`` and ``doc._.claims`` hold all that was found, as plain dicts with
``start`` and ``end`` (code points of ``doc.text``), ``label`` and what `found` says of it, whatever the tokens are;
what refers to another is its place in those lists. ``doc.spans`` shows the same on the tokens that hold it, under the
same three names, where ``span._.found`` is the dict; ``doc.ents`` the names among them. In a pipeline of our own every
character is a token, so that every span is exact there.

>>> import spacy
>>> doc = spacy.load("yinzheng")("政府撥款1,000億日元。")
>>> [(span.text, span.label_, span._.found["value"], span._.found["unit"]) for span in doc.spans["figures"]]
[('1,000億日元', 'MONEY', 100000000000.0, 'JPY')]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import spacy
from confection import Config
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans, is_package, registry

from ..errors import YinzhengError
from . import document

GROUPS = ("figures", "entities", "claims")


def load(**overrides: Any) -> Language:
    """The pipeline; `spacy.load("yinzheng")` calls this, with its arguments (``exclude``, ``vocab``, …)."""
    config = {
        "nlp": {
            "lang": "xx", "pipeline": [f"yinzheng_{name}" for name in GROUPS],
            "tokenizer": {"@tokenizers": "yinzheng.Characters.v1"},
        },
        "components": {f"yinzheng_{name}": {"factory": f"yinzheng_{name}"} for name in GROUPS},
    }  # fmt: skip
    more = overrides.pop("config", {})
    nlp = spacy.util.load_model_from_config(Config(config).merge(more), auto_fill=True, **overrides)
    nlp.meta |= {"name": "yinzheng", "lang": "xx", "version": _version(), "description": "Names, figures and claims"}
    return nlp


def installed(name: str) -> Language:
    """An installed pipeline, to find names with. Raises YinzhengError that says how to install it."""
    if not is_package(name):
        raise YinzhengError(
            f"no spaCy pipeline {name!r} is installed; install it: python -m spacy download {name} (or pip install it)"
        )
    nlp = spacy.load(name)
    if not any(
        nlp.get_pipe_meta(pipe).assigns and "doc.ents" in nlp.get_pipe_meta(pipe).assigns for pipe in nlp.pipe_names
    ):
        raise YinzhengError(
            f"the pipeline {name!r} finds no names: none of its components ({', '.join(nlp.pipe_names)})"
        )
    nlp.max_length = 10**9  # a paragraph comes in parts, and never whole where it is long
    return nlp


def _version() -> str:
    from importlib.metadata import version

    return version("yinzheng")


@registry.tokenizers("yinzheng.Characters.v1")  # type: ignore[untyped-decorator]
def characters() -> Callable[[Language], Characters]:
    """The tokenizer of our pipeline, for a spaCy configuration."""
    return lambda nlp: Characters(nlp.vocab)


def blank() -> Characters:
    """The tokenizer of our pipeline by itself."""
    return Characters(spacy.blank("xx").vocab)


def docs() -> DocBin:
    """An empty file of Docs, which keeps what is said of them (``doc.user_data``)."""
    return DocBin(attrs=["ORTH"], store_user_data=True)  # characters have no classes; ten columns of them would be long


class Characters:
    """Every character is a token: nothing that a tokeniser could cut wrongly."""

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return Doc(self.vocab, words=list(document.speakable(text)), spaces=[False] * len(text))

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> Characters:
        """Nothing was kept."""
        return self

    def to_disk(self, *_: Any, **__: Any) -> None:
        """Nothing to keep."""

    def from_disk(self, *_: Any, **__: Any) -> Characters:
        """Nothing was kept."""
        return self


def _analyse(doc: Doc) -> None:
    """Find everything in a document, once for all components: its lines are the paragraphs, blank ones are none."""
    starts, texts, at = [], [], 0
    for line in doc.text.split("\n"):
        if text := line.strip():
            starts.append(at + line.index(text[0]))
            texts.append(text)
        at += len(line) + 1
    whole = document.read(texts)
    all: dict[str, list[dict[str, Any]]] = {group: [] for group in GROUPS}
    for row, _, part in document.work(whole.glossary, whole.tasks(texts)):
        figures, entities = len(all["figures"]), len(all["entities"])
        for group in GROUPS:
            for one in getattr(part, group):
                columns = {**asdict(one), "start": one.start + starts[row], "end": one.end + starts[row]}
                if columns.get("equals") is not None:
                    columns["equals"] += figures
                if group == "claims":
                    columns["figures"] = tuple(figures + at for at in columns["figures"])
                    columns["entities"] = tuple(entities + at for at in columns["entities"])
                all[group].append(columns)
    for group, rows in all.items():
        setattr(doc._, group, tuple(rows))


def _show(group: str, doc: Doc) -> Doc:
    """Show a group on the tokens that hold its spans."""
    if getattr(doc._, group) is None:
        _analyse(doc)
    spans: list[Any] = []
    for at, row in enumerate(getattr(doc._, group)):
        name = f"{group}:{at}"
        spans.append(
            doc.char_span(
                row["start"], row["end"], row["label"], row.get("key") or 0, alignment_mode="expand", span_id=name
            )
        )
    doc.spans[group] = spans
    if group == "entities":
        taken = {token.i for span in spans for token in span}
        doc.ents = filter_spans([*spans, *(ent for ent in doc.ents if taken.isdisjoint(range(ent.start, ent.end)))])
    return doc


def _found(span: Span) -> dict[str, Any] | None:
    group, _, at = span.id_.partition(":")
    return getattr(span.doc._, group)[int(at)] if group in GROUPS else None


def _factory(group: str) -> Callable[[Language, str], Callable[[Doc], Doc]]:
    assigns = ["doc.spans", f"doc._.{group}", *(["doc.ents"] if group == "entities" else [])]

    def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        return partial(_show, group)

    Language.factory(f"yinzheng_{group}", assigns=assigns, func=make)
    return make


for _group in GROUPS:
    Doc.set_extension(_group, default=None, force=True)
Span.set_extension("found", getter=_found, force=True)
figures, entities, claims = map(_factory, GROUPS)
