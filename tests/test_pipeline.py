"""The spaCy side: `spacy.load("yinzheng")`, on disk and back, and the components in other pipelines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
import yinzheng as yz
from conftest import yinzheng
from spacy.tokens import DocBin
from yinzheng.annotating import pipeline
from yinzheng.errors import YinzhengError

TEXT = (
    "日本政府於2021年11月宣布，撥款約2萬億日元(約合180億美元)補助台積電(TSMC)。\n\n"
    "  次年，學者認為，這項政策導致台積電😀的納稅負擔加重了3.5%以上。\n"
)


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return spacy.load("yinzheng")


def test_characters_are_the_truth(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)

    assert doc.text == TEXT
    assert nlp.pipe_names == ["yinzheng_figures", "yinzheng_entities", "yinzheng_claims"]
    for group in pipeline.GROUPS:
        assert len(doc.spans[group]) == len(getattr(doc._, group)) > 0
        for span, row in zip(doc.spans[group], getattr(doc._, group), strict=True):
            assert (span.start_char, span.end_char, span.label_) == (row["start"], row["end"], row["label"])
            assert span._.found == row
    assert {ent.text for ent in doc.ents} >= {"日本", "台積電", "TSMC"}
    assert [span.text for span in doc.ents] == [span.text for span in doc.spans["entities"]]


def test_it_finds_what_annotate_finds(nlp: spacy.language.Language) -> None:
    lines = TEXT.split("\n")
    texts = [line.strip() for line in lines if line.strip()]

    found = [note for notes in yz.annotate(texts) for note in notes]
    doc = nlp(TEXT)

    for group, kind in (("figures", "figure"), ("entities", "entity")):
        assert [span.text for span in doc.spans[group]] == [note.text for note in found if note.type == kind]
    yen, dollars = (span for span in doc.spans["figures"] if span.label_ == "MONEY")
    assert dollars._.found["equals"] == list(doc.spans["figures"]).index(yen)
    assert [span._.found["edtf"] for span in doc.spans["figures"] if span.label_ == "DATE"] == ["2021-11", "2022"]
    (claim,) = (span for span in doc.spans["claims"] if "導致" in span.text)
    assert "3.5%以上" in [doc.spans["figures"][at].text for at in claim._.found["figures"]]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\ud83d 撥款35億美元 \udc00", "\x00\u200b\x1b", "a" * 5_000, "日" * 5_000]
)
def test_any_text(text: str, nlp: spacy.language.Language) -> None:
    doc = nlp(text)

    assert len(doc.text) == len(text)
    assert sum(span.label_ == "MONEY" for span in doc.spans["figures"]) == text.count("35億美元")


def test_each_doc_is_a_document(nlp: spacy.language.Language) -> None:
    first, second = TEXT.split("\n\n")

    alone = list(nlp.pipe([first, second]))

    assert [span for span in alone[1].spans["figures"] if span.text == "次年"] == []


def test_on_disk_and_back_in_another_process(nlp: spacy.language.Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    code = (
        "import sys, spacy\n"
        f"doc = spacy.load({str(tmp_path / 'pipeline')!r})({TEXT!r})\n"
        "print([(span.start_char, span.end_char, span.label_) for span in doc.spans['figures']])\n"
    )
    run = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, encoding="utf-8")

    assert run.returncode == 0, run.stderr
    doc = nlp(TEXT)
    spans = [(span.start_char, span.end_char, span.label_) for span in doc.spans["figures"]]
    assert run.stdout.strip() == str(spans)


def test_a_doc_keeps_everything_in_a_docbin(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)
    kept = DocBin(docs=[doc], store_user_data=True).to_bytes()

    (back,) = DocBin().from_bytes(kept).get_docs(nlp.vocab)

    assert back._.figures == doc._.figures
    assert [span.text for span in back.spans["entities"]] == [span.text for span in doc.spans["entities"]]


def test_overrides_of_load() -> None:
    nlp = spacy.load("yinzheng", exclude=["yinzheng_claims"])

    assert nlp.pipe_names == ["yinzheng_figures", "yinzheng_entities"]
    assert "claims" not in nlp(TEXT).spans


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_components_in_another_pipeline(lang: str) -> None:
    nlp = spacy.blank(lang)
    for group in pipeline.GROUPS:
        nlp.add_pipe(f"yinzheng_{group}")

    doc = nlp("NATO-Japan撥款35億美元，Kioxia in2021年")

    own = spacy.load("yinzheng")(doc.text)
    for group in pipeline.GROUPS:
        assert getattr(doc._, group) == getattr(own._, group)  # no token has cut anything
        for span, row in zip(doc.spans[group], getattr(doc._, group), strict=True):
            assert span.start_char <= row["start"] < row["end"] <= span.end_char
            assert span._.found == row


def test_names_of_another_component_stay_where_ours_are_not() -> None:
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "某國"}, {"label": "EVENT", "pattern": "日本政府"}])  # type: ignore[attr-defined]
    nlp.add_pipe("yinzheng_entities")

    doc = nlp("某國與日本政府談判。")

    assert [(ent.text, ent.label_) for ent in doc.ents] == [("某國", "GPE"), ("日本", "GPE")]


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A pipeline of somebody else's, installed as `spacy download` installs one."""
    folder = tmp_path / "site"
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "守塔人"}, {"label": "DATE", "pattern": "那天"}])  # type: ignore[attr-defined]
    nlp.meta |= {"name": "tower", "version": "1.2.3"}
    (folder / "zh_tower").mkdir(parents=True)
    nlp.to_disk(folder / "zh_tower" / "zh_tower-1.2.3")
    (folder / "zh_tower" / "meta.json").write_bytes((folder / "zh_tower" / "zh_tower-1.2.3" / "meta.json").read_bytes())
    (folder / "zh_tower" / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n"
        "def load(**overrides):\n    return load_model_from_init_py(__file__, **overrides)\n",
        encoding="utf-8",
    )
    (folder / "zh_tower-1.2.3.dist-info").mkdir()
    (folder / "zh_tower-1.2.3.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: zh_tower\nVersion: 1.2.3\n", encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_another_model_supplies_the_names(installed: Path, jobs: str, empty: Path) -> None:
    text = "那天守塔人\ud83d點燈，日本撥款35億美元。".replace("\ud83d", "")
    assert yinzheng("add", "-", "--work", "lamp", cwd=empty, stdin=text.encode()).returncode == 0

    run = yinzheng("annotate", "lamp", "--model", "zh_tower", "--jobs", jobs, cwd=empty, PYTHONPATH=str(installed))

    assert run.returncode == 0, run.stderr
    here = yz.Workspace(empty)
    assert [(n.text, n.label, n.by) for n in here.annotations("lamp", "entity", status=None)] == [
        ("守塔人", "PERSON", "model:zh_tower/1.2.3")
    ]
    assert [n.by.split("/")[0] for n in here.annotations("lamp", "figure", status=None)] == ["model:yinzheng"]
    assert yinzheng("check", cwd=empty).returncode == 0
    again = yinzheng("annotate", "lamp", cwd=empty)  # with our own names: those of the other model go
    assert "1 paragraphs worked" in again.stderr
    assert [n.text for n in here.__class__(empty).annotations("lamp", "entity", status=None)] == ["日本"]


def test_a_model_that_is_not_here_or_finds_no_names(empty: Path) -> None:
    run = yinzheng("annotate", "-", "--model", "zh_nothing", cwd=empty)

    assert run.returncode == 1
    assert "python -m spacy download zh_nothing" in run.stderr
    with pytest.raises(YinzhengError, match="spacy download"):
        pipeline.installed("zh_nothing")
