r"""CoNLL-U: words, their spaces, and annotations in MISC, as CorefUD writes entities: ``Entity=(e1kfmb551-ORG``.

The brackets name the annotation's id (without the work) and label, so that what is nested or overlaps goes out too.
``# newpar id`` names the paragraph; a word without a space behind it says ``SpaceAfter=No``, any other white space than
one space is in ``SpacesAfter`` (UDPipe's escapes, and ``\u3000``). No word class and no tree is told.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ..errors import YinzhengError
from .columns import kind, line
from .conll import LOST, Building, tagged_spans
from .held import Document, Exported, Held, Span
from .packing import decoded
from .tokens import Range, Sentence, sentences, words

_FIELDS = ("id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc")
_BRACKET = re.compile(r"\((?P<open>[^()]*)(?P<one>\))?|(?P<close>[^()]+)\)")
_SPACES = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
_SPACED = re.compile(r"\\(?:u[0-9a-f]{4}|[stnrp\\])")


def write(held: Sequence[Held]) -> Exported:
    """One file."""
    from conllu.models import Metadata, Token, TokenList

    lost: Counter[str] = Counter()
    out = ["# global.Entity = eid-etype\n"]
    count = 0
    for one in held:
        for sentence in sentences(one, words, lost):
            metadata, tokens = _sentence(sentence)
            out.append(TokenList([Token(one) for one in tokens], Metadata(metadata)).serialize())
            count += len(sentence.notes)
    if count:
        lost[LOST.replace("its id, name", "its name").replace("place", "id, place")] += count
    return Exported({f"{held[0].work.key}.conllu": "".join(out).encode()}, lost)


def _sentence(sentence: Sentence) -> tuple[dict[str, str], list[dict[str, Any]]]:
    text, id = line(sentence.paragraph.text or ""), sentence.paragraph.id
    metadata = {"newpar id": id} if sentence.first else {}
    metadata |= {"sent_id": f"{id}-{sentence.number}", "text": text[sentence.start : sentence.end].strip()}
    brackets = _brackets(sentence)
    tokens = []
    bounds = [*sentence.tokens, (sentence.end, sentence.end)]
    for number, ((start, end), (following, _)) in enumerate(pairwise(bounds), 1):
        misc: dict[str, str] = {}
        if start in brackets:
            misc["Entity"] = "".join(brackets[start])
        gap = text[end:following]
        if not gap:
            misc["SpaceAfter"] = "No"
        elif gap != " ":
            misc["SpacesAfter"] = "".join(_SPACES.get(space, f"\\u{ord(space):04x}") for space in gap)
        tokens.append(dict(zip(_FIELDS, (number, text[start:end], *[None] * 7, misc or None), strict=True)))
    return metadata, tokens


def _brackets(sentence: Sentence) -> dict[int, list[str]]:
    """What MISC says, by where tokens begin: ends, then begins, the longer outside."""
    starts = [start for start, _ in sentence.tokens]
    last: dict[int, int] = {end: start for start, end in sentence.tokens}
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for note in sentence.notes:
        id = note.id.rpartition(".")[2]
        begin = note.start
        end = last.get(note.end)
        if end is None:  # it ends in white space
            end = max(start for start in starts if start < note.end)
        if begin == end:
            opens.setdefault(begin, []).append(f"({id}-{note.label})")
        else:
            opens.setdefault(begin, []).append(f"({id}-{note.label}")
            closes.setdefault(end, []).insert(0, f"{id})")
    return {at: closes.get(at, []) + opens.get(at, []) for at in opens.keys() | closes.keys()}


def read(files: Mapping[str, bytes]) -> list[Document]:
    """Entities in brackets (ours, CorefUD's), and tags in MISC (``NER=B-ORG``, as pipelines write them)."""
    return [document for name, data in files.items() for document in _documents(name, decoded(data, name))]


def _documents(name: str, text: str) -> Iterator[Document]:
    import conllu

    paragraph: Building | None = None
    gap = ""
    try:
        for sentence in conllu.parse_incr(io.StringIO(text, newline="\n")):
            said = {key: value or "" for key, value in sentence.metadata.items()}
            where = f"{name}, sentence {said.get('sent_id', '?')}"
            if paragraph is None or not paragraph.goes_on(said):
                if paragraph is not None and paragraph.text:
                    yield paragraph.document()
                paragraph, gap = Building(where, said), ""
            paragraph.name = where
            gap = _read(paragraph, list(_surface(sentence, where)), gap, where)
    except conllu.exceptions.ParseException as error:
        raise YinzhengError(f"not CoNLL-U: {error}", path=name) from error
    if paragraph is not None and paragraph.text:
        yield paragraph.document()


def _surface(sentence: Any, where: str) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The tokens as they stand in the text, and their MISC: a contraction, with that of the words it is made of."""
    until = 0
    form, miscs = "", list[Mapping[str, Any]]()
    for number, token in enumerate(sentence, 1):
        if not token.get("form") or "misc" not in token:
            raise YinzhengError(f"not CoNLL-U: token {number} has not ten columns", path=where)
        id = token["id"]
        if isinstance(id, tuple) and id[1] != "-":
            continue  # an empty node
        if isinstance(id, tuple) or id > until:
            if form:
                yield form, miscs
            form, miscs = token["form"], []
            until = id[2] if isinstance(id, tuple) else until
        miscs.append(token["misc"] or {})
    if form:
        yield form, miscs


def _read(paragraph: Building, tokens: Sequence[tuple[str, list[Mapping[str, Any]]]], gap: str, where: str) -> str:
    """A sentence into its paragraph; what stands behind it."""
    found = []
    for form, miscs in tokens:
        paragraph.text += gap.replace("\n", " ")
        found.append((len(paragraph.text), len(paragraph.text) + len(form)))
        paragraph.text += form
        gap = _gap(miscs[0])
    for key in ("NER", "ner"):
        tags = [[str(misc[key]) for misc in miscs if misc.get(key)] for _, miscs in tokens]
        if any(tags):
            paragraph.spans += tagged_spans([max(said, key="O".__ne__, default="O") for said in tags], found, "entity")
    said = [
        (place, str(misc["Entity"]))
        for place, (_, miscs) in zip(found, tokens, strict=True)
        for misc in miscs
        if misc.get("Entity")
    ]
    paragraph.spans += _bracketed(said, where, paragraph.lost)
    return gap


def _gap(misc: Mapping[str, str | None]) -> str:
    if spaces := misc.get("SpacesAfter"):
        back = {code: space for space, code in _SPACES.items()}
        return _SPACED.sub(lambda match: back.get(match[0]) or chr(int(match[0][2:], 16)), spaces)
    return "" if misc.get("SpaceAfter") == "No" else " "


def _bracketed(entities: Sequence[tuple[Range, str]], where: str, lost: Counter[str]) -> list[Span]:
    """The spans of brackets, by the ids in them."""
    spans: list[Span] = []
    open: dict[str, list[tuple[int, str]]] = {}
    for (start, end), said in entities:
        for match in _BRACKET.finditer(said):
            if match["close"]:
                id = match["close"].partition("[")[0]
                if not open.get(id):
                    raise YinzhengError(f"Entity={said}: {id!r} ends, and did not begin", path=where)
                begin, label = open[id].pop()
                spans.append(Span(start=begin, end=end, type=kind(label), label=label))
                continue
            id, label, *more = match["open"].split("-") if "-" in match["open"] else (match["open"], "TERM")
            if any(more):
                lost["what Entity= says beside the id and type of an annotation was left out"] += 1
            if match["one"]:
                spans.append(Span(start=start, end=end, type=kind(label), label=label))
            else:
                open.setdefault(id.partition("[")[0], []).append((start, label))
    if left := [id for id, begun in open.items() if begun]:
        raise YinzhengError(f"Entity: {left[0]!r} begins, and does not end in its sentence", path=where)
    return spans
