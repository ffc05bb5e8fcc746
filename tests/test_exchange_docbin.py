"""spaCy's DocBin: exact spans with their ids and labels, and the same records back."""

from __future__ import annotations

import zlib
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


def test_nothing_of_another_pipeline_is_lost_in_silence(empty: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Sony and Sharp paid Ng.")
    doc.ents = [Span(doc, 0, 1, "ORG", kb_id="Q41187"), Span(doc, 2, 3, "ORG"), Span(doc, 4, 5, "PERSON", span_id="ng")]
    doc.spans["sc"] = [Span(doc, 0, 1, "COMPANY"), Span(doc, 2, 3, "ORG")]
    doc.cats = {"news": 0.9, "law": 0.1}
    doc.user_data[("._.", "vouched", 0, None)] = True  # type: ignore[index]
    folder = empty / "in"
    folder.mkdir()
    DocBin(docs=[doc], store_user_data=True).to_disk(folder / "x.spacy")
    (folder / "readme.txt").write_bytes(b"\0\0\0\1Bud1")
    told = run(empty, "import", "in", "--from", "docbin", "--work", "new")[1]
    notes = {note.text: note for note in Workspace(empty).annotations("new", "entity")}
    said = {text: {note.label, *(note.note or "").split("; ")} for text, note in notes.items()}

    assert said["Sony"] >= {"TERM", "label: COMPANY", "label: ORG", "kb_id: Q41187"}
    assert said["Sharp"] == {"ORG", ""}
    assert said["Ng"] == {"PERSON", "id: ng"}
    assert "2 × a label of a whole text" in told
    assert "(._.)" in told
    assert "readme.txt" in told


def test_names_stay_and_that_is_told(demo: Path) -> None:
    assert "a name goes without its entry" in run(demo, "export", "park2023/digest-en", "--to", "docbin", "-o", "x")[1]


@pytest.mark.parametrize(
    "said", [{"paragraph": 3}, {"paragraph": ["x"]}, {"records": [1]}, {"records": {"x": 3}}, [1], "x"]
)
def test_user_data_that_is_not_ours_says_so(demo: Path, said: object) -> None:
    doc = spacy.blank("en")("Sony")
    doc.user_data["yinzheng"] = said
    DocBin(docs=[doc], store_user_data=True).to_disk(demo / "x.spacy")
    done = yinzheng("import", "x.spacy", "--from", "docbin", "--work", "park2023", cwd=demo)

    assert (done.returncode, "x.spacy" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


GARBAGE = b"\x81\xa1a\xa1b" + b"secret" * 1000


@pytest.mark.parametrize(
    "data", [b"", b"no DocBin", b"\x78\x9c\x03\x00\x00\x00\x00\x01", GARBAGE, zlib.compress(GARBAGE)]
)
def test_what_is_none_says_so(demo: Path, data: bytes) -> None:
    (demo / "x.spacy").write_bytes(data)
    done = yinzheng("import", "x.spacy", "--from", "docbin", "--work", "park2023", cwd=demo)

    assert done.returncode == 1
    assert "x.spacy" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 500


def test_a_text_that_is_not_here_is_left_out(demo: Path) -> None:
    done = yinzheng("export", "park2023/zh", "--to", "docbin", "-o", "x.spacy", cwd=demo)

    assert done.returncode == 1
    assert "needs the text" in done.stderr
