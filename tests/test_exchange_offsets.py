"""Offsets are code points in every form: what goes out at a place is read at that place, whatever the text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from composed import returns, run
from hypothesis import given, settings
from hypothesis import strategies as st
from yinzheng.exchanging import form
from yinzheng.exchanging.held import Held
from yinzheng.records import Annotation, Entity, Paragraph
from yinzheng.works import Edition, Work

EDITION = Edition(
    key="zh", lang="zh-Hant", role="original", of=None, cite="odd", text="included", locator="counted",
    rights="https://creativecommons.org/licenses/by/4.0/", holder=None, obtain=None, medium=None,
)  # fmt: skip
ODD = "a1.,長长城𠮷🥳👩\u200d🔬\ufe0fé\u0301\u3000 \u00a0\t\r\u2028\x07<&>\"'()_-|=\\#%。！!"
# A paragraph's text has no LF, nothing around it, and no half of a pair.
TEXT = (
    st.text(st.sampled_from(ODD) | st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1)
    .map(str.strip)
    .filter(bool)
)


@st.composite
def edition(draw: st.DrawFn) -> Held:
    """Paragraphs with entities that begin and end on a character that is no white space."""
    paragraphs: list[Paragraph] = []
    notes: list[Entity] = []
    for order, text in enumerate(draw(st.lists(TEXT, min_size=1, max_size=3))):
        id = f"odd.p{order:08d}"
        paragraphs.append(
            Paragraph(
                id=id,
                work="odd",
                edition="zh",
                order=order,
                kind="body",
                number=order,
                section=None,
                page=None,
                voice="author",
                length=0,
                hash="0",
                text_hash="0",
                sketch=(),
                emphasis=(),
                text=text,
            )
        )
        shown = [at for at, character in enumerate(text) if not character.isspace()]
        ends = st.tuples(st.sampled_from(shown), st.sampled_from(shown)).map(sorted)
        for start, last in sorted(map(tuple, draw(st.lists(ends, max_size=4, unique_by=tuple)))):
            notes.append(
                Entity(
                    id=f"odd.e{len(notes):08d}",
                    type="entity",
                    work="odd",
                    edition="zh",
                    paragraph=id,
                    start=start,
                    end=last + 1,
                    letter_start=start,
                    letter_end=last + 1,
                    hash="0",
                    text=text[start : last + 1],
                    label=draw(st.sampled_from(["ORG", "GPE", "WORK_OF_ART"])),
                    status="accepted",
                    by="A",
                    created="x",
                    note=None,
                    name=None,
                    score=None,
                )
            )
    notes.sort(key=lambda one: (one.paragraph, one.start, -one.end))
    return Held(
        work=Work(key="odd", editions={"zh": EDITION}), edition=EDITION, paragraphs=tuple(paragraphs), notes=tuple(notes),
        names={}, links=(),
    )  # fmt: skip


def flat(notes: Sequence[Annotation]) -> list[Annotation]:
    """Those that BIO holds."""
    kept: list[Annotation] = []
    for note in notes:
        if not kept or kept[-1].paragraph != note.paragraph or kept[-1].end <= note.start:
            kept.append(note)
    return kept


@pytest.mark.parametrize("name", ["w3c", "tei", "docbin", "conll", "conll-words", "conllu"])
@settings(max_examples=150)
@given(held=edition())
def test_what_goes_out_at_a_place_is_read_there(name: str, held: Held) -> None:
    made = form(name).write([held])
    found: Any = [
        (document.paragraphs[0], span.start, span.end, span.label)
        for document in form(name).read(made.files)
        for span in document.spans
    ]
    notes: Any = flat(held.notes) if name in ("conll", "conll-words") else held.notes

    assert sorted(found) == sorted((note.paragraph, note.start, note.end, note.label) for note in notes)
    assert sum(made.lost[one] for one in made.lost if "overlaps" in one) == len(held.notes) - len(notes)


def one(text: str, start: int, end: int) -> Held:
    """A text with one entity."""
    paragraph = Paragraph(
        id="odd.p00000000", work="odd", edition="zh", order=1, kind="body", number=1, section=None, page=None,
        voice="author", length=2, hash="0", text_hash="0", sketch=(), emphasis=(), text=text,
    )  # fmt: skip
    note = Entity(
        id="odd.e00000000", type="entity", work="odd", edition="zh", paragraph=paragraph.id, start=start, end=end,
        letter_start=start, letter_end=end, hash="0", text=None, label="ORG", status="accepted", by="A", created="x",
        note=None, name=None, score=None,
    )  # fmt: skip
    return Held(
        work=Work(key="odd", editions={"zh": EDITION}), edition=EDITION, paragraphs=(paragraph,), notes=(note,), names={},
        links=(),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["w3c", "tei", "docbin", "conll", "conll-words", "conllu"])
@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Vitamin K, then B-ORG O", 8, 9),  # the text ends as a row of BIO does
        ("# 1 = O", 0, 5),
        ("Why?Sony paid.", 4, 8),  # no space between sentences
        ("他说：“付了。”索尼没有付。", 8, 10),
        ("0 \x1b", 0, 3),  # a control character that is no white space
    ],
)
def test_a_text_that_looks_like_the_form_keeps_its_places(name: str, text: str, start: int, end: int) -> None:
    documents = form(name).read(form(name).write([one(text, start, end)]).files)

    assert [(span.start, span.end) for document in documents for span in document.spans] == [(start, end)]


@given(
    signs=st.text(st.sampled_from(ODD), min_size=1, max_size=9), size=st.sampled_from([1999, 2000, 2001, 2099, 2500]),
    first=st.integers(0, 2500), length=st.sampled_from([1, 7, 101, 1900]), edge=st.sampled_from(["", "[…]", "…"]),
)  # fmt: skip
def test_csv_repeats_of_a_long_paragraph_only_what_is_near(
    signs: str, size: int, first: int, length: int, edge: str
) -> None:
    text = f"{edge}{signs * size}"[: size - len(edge)] + edge
    start = min(first, size - length)
    start = max(0, start)
    files = form("csv").write([one(text, start, start + length)]).files
    [document] = [document for document in form("csv").read(files) if document.spans]
    [span] = document.spans

    assert (span.start, span.end) == (start, start + length)
    assert (document.text, span.words) in (
        [(text, None)] if size <= 2000 else [(text, None), ("", text[start:][:length])]
    )
    if length < 1900:
        assert len(files["odd.csv"].decode().replace('""', '"')) < 2000 + 2000
        assert size <= 2000 or document.text == ""


def test_csv_of_a_long_paragraph_comes_back(empty: Path) -> None:
    sentence = "𠮷野家 paid TSMC 3 in Kumamoto. "
    marked = {"𠮷野家": "ORG", "TSMC": "ORG", "3": "CARDINAL", sentence[:-2]: "causal"}
    labels = [
        [at + sentence.index(words), at + sentence.index(words) + len(words), label]
        for at in range(0, 2000 * len(sentence), 9 * len(sentence))
        for words, label in marked.items()
    ]
    rows = [{"text": sentence * 2000, "label": labels}]
    (empty / "a.jsonl").write_text(json.dumps(rows), encoding="utf-8")
    run(empty, "import", "a.jsonl", "--from", "doccano", "--work", "long")
    returns(empty, "long", "csv", "--with-local-text")

    assert (empty.parent / f"{empty.name}.csv").stat().st_size < 900 * len(labels)


def test_a_column_that_is_none_of_ours_is_told(empty: Path) -> None:
    head, row = form("csv").write([one("長城在此", 0, 2)]).files["odd.csv"].decode("utf-8-sig").split("\r\n")[:2]
    documents = form("csv").read(
        {"a.csv": f"{head},my mark,\r\n{row},x,\r\n{row},,y\r\n{row},,,z\r\n{row},,,\r\n".encode()}
    )

    assert sum((document.lost for document in documents), Counter()) == {
        "the column 'my mark' is none of ours, and was left out": 1,
        "a row's cells without a column were left out": 2,
    }


@pytest.mark.parametrize("name", ["w3c", "tei", "docbin", "conll", "conll-words", "conllu"])
def test_what_has_no_place_in_the_text_is_counted(name: str) -> None:
    held = one("長城", 1, 9)
    stray = replace(held.notes[0], id="odd.e00000001", paragraph="odd.p99999999")
    held = replace(held, notes=(*held.notes, stray))
    made = form(name).write([held])

    assert sum(made.lost.values()) == 2
    assert b'"total": 1' not in b"".join(made.files.values())
    assert sum(len(document.spans) for document in form(name).read(made.files)) == 0
