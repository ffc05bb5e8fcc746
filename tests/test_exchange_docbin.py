"""spaCy's DocBin: exact spans with their ids and labels, and the same records back."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from composed import composed, returns, run
from conftest import yinzheng
from spacy.tokens import Doc, DocBin, Span
from yinzheng.workspace import FILES, TYPES, Workspace


def docs(path: Path) -> list[Doc]:
    return list(DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("xx").vocab))


def test_spacy_reads_every_span_at_its_place(tmp_path: Path) -> None:
    folder = composed(tmp_path)
    run(folder, "export", "odd", "--to", "docbin", "--status", "all", "-o", "odd.spacy")
    workspace, found = Workspace(folder), docs(folder / "odd.spacy")

    assert [doc.text for doc in found] == [paragraph.text for paragraph in workspace.paragraphs("odd")]
    for kind, name in FILES.items():
        spans = {span.id_: span for doc in found for span in doc.spans[name.removesuffix(".jsonl")]}
        notes = workspace.annotations("odd", kind, status=None)  # type: ignore[arg-type]
        assert len(notes) == len(spans) > 5
        for note in notes:
            span = spans[note.id]
            assert (span.start_char, span.end_char, span.label_) == (note.start, note.end, note.label)
            assert span.text == (note.text or span.text)


@pytest.mark.parametrize("what", ["park2023/digest-en", "park2023/digest-zh", "odd"])
def test_the_same_records_come_back(demo: Path, what: str) -> None:
    returns(composed(demo) if what == "odd" else demo, what, "docbin")


def test_another_pipeline_s_docs_come_in(empty: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Reuters says that 🥳 Sony paid $5 million.")
    doc.ents = [Span(doc, 0, 1, "ORG"), Span(doc, 6, 9, "MONEY")]
    doc.spans["sc"] = [Span(doc, 0, 1, "ORG"), Span(doc, 4, 5, "Company")]
    DocBin(docs=[doc]).to_disk(empty / "x.spacy")
    run(empty, "import", "x.spacy", "--from", "docbin", "--work", "new")
    notes = [note for kind in TYPES for note in Workspace(empty).annotations("new", kind)]  # type: ignore[arg-type]

    assert {(note.text, note.label) for note in notes} == {
        ("Reuters", "ORG"),
        ("Sony", "TERM"),
        ("$5 million", "MONEY"),
    }


@pytest.mark.parametrize("data", [b"", b"no DocBin", b"\x78\x9c\x03\x00\x00\x00\x00\x01"])
def test_what_is_none_says_so(demo: Path, data: bytes) -> None:
    (demo / "x.spacy").write_bytes(data)
    done = yinzheng("import", "x.spacy", "--from", "docbin", "--work", "park2023", cwd=demo)

    assert done.returncode == 1
    assert "x.spacy" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_text_that_is_not_here_is_left_out(demo: Path) -> None:
    done = yinzheng("export", "park2023/zh", "--to", "docbin", "-o", "x.spacy", cwd=demo)

    assert done.returncode == 1
    assert "needs the text" in done.stderr
