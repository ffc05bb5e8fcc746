"""brat, doccano, Label Studio, INCEpTION and REFI-QDA: what goes out comes back, and what others made comes in."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cassis
import pytest
from composed import composed, returns, run
from conftest import SUITES, yinzheng
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from yinzheng import jsonl
from yinzheng.errors import YinzhengError
from yinzheng.exchanging import columns, form, packing
from yinzheng.exchanging.counting import counted_as, units
from yinzheng.exchanging.held import Document, Held, Type
from yinzheng.exchanging.packing import pack, unpack
from yinzheng.exchanging.qdpx_reading import MEMO, TITLE
from yinzheng.records import LABELS, Annotation, Claim, Entity, Figure, Name, Paragraph
from yinzheng.works import Edition, Work
from yinzheng.workspace import FILES, TYPES, Workspace

FORMS = ("brat", "doccano", "label-studio", "inception", "qdpx")
Row = dict[str, Any]


@pytest.mark.parametrize("edition", ["digest-en", "digest-zh"])
@pytest.mark.parametrize("to", FORMS)
def test_the_bundled_records_come_back(demo: Path, to: str, edition: str) -> None:
    returns(demo, f"park2023/{edition}", to)


@pytest.mark.parametrize("to", FORMS)
def test_composed_records_come_back(tmp_path: Path, to: str) -> None:
    (tmp_path / "a").mkdir()
    returns(composed(tmp_path / "a"), "odd", to)


@pytest.mark.parametrize("to", FORMS)
def test_a_reader_s_copy_goes_out_only_when_asked_and_comes_back(article: Path, demo: Path, to: str) -> None:
    yinzheng("add", str(article), cwd=demo)
    done = yinzheng("export", "park2023/zh", "--to", to, "-o", "out", cwd=demo)

    assert (done.returncode, (demo / "out").exists()) == (1, False)
    assert "--with-local-text" in done.stderr
    returns(demo, "park2023/zh", to, "--with-local-text")


EDITION = Edition(
    key="zh", lang="zh-Hant", role="original", of=None, cite="x", text="included", rights="r", holder=None, obtain=None,
    medium=None, locator="counted",
)  # fmt: skip
NAME = Name(
    id="x.n00000001", label="ORG", zh_hant="𠮷野家", zh_hans=None, en="Y & <Z>", en_source=None, abbr=None,
    aka=('a"', "𠮷"), wikidata=None, note=None,
)  # fmt: skip
# Whatever may stand in a text or a value, but what no XML can hold (a test of its own).
CHARACTERS = st.one_of(
    st.sampled_from("a中𠮷👩🏽‍🔬e\u0301 \t<&>\"'；。\u2028\u3000\n\r\u0085"),
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
)
WORDS = st.text(CHARACTERS, min_size=1, max_size=12)
DECIMALS = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def helds(draw: st.DrawFn) -> Held:
    """An edition of some paragraphs with any spans and values."""
    texts = draw(st.lists(st.text(CHARACTERS, min_size=2, max_size=30), min_size=1, max_size=4))
    paragraphs = tuple(
        Paragraph(
            id=f"x.p0000000{order}", work="x", edition="zh", order=order, kind="body", number=order + 1, section=None,
            page=None, voice="author", length=len(text), hash="0" * 32, text_hash="0" * 32, sketch=(), emphasis=(),
            text=text,
        )
        for order, text in enumerate(texts)
    )  # fmt: skip
    notes: dict[Any, Annotation] = {}
    for number in range(draw(st.integers(0, 6))):
        paragraph = draw(st.sampled_from(paragraphs))
        text = paragraph.text or ""
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        kind = draw(st.sampled_from(sorted(LABELS)))
        note = draw(_records(kind, number))
        there = [one.id for one in notes.values() if one.paragraph == paragraph.id]
        if isinstance(note, Claim):
            note = replace(note, evidence=tuple(draw(st.lists(st.sampled_from(there), unique=True))) if there else ())
        notes[paragraph.id, start, end, kind] = replace(note, paragraph=paragraph.id, start=start, end=end)
    kept = {note.id for note in notes.values()}
    ours = [
        replace(note, evidence=tuple(id for id in note.evidence if id in kept)) if isinstance(note, Claim) else note
        for note in notes.values()
    ]
    ordered = sorted(ours, key=lambda one: (one.paragraph, one.start, -one.end))
    return Held(
        work=Work(key="x", editions={"zh": EDITION}), edition=EDITION, paragraphs=paragraphs, notes=tuple(ordered),
        names={NAME.id: NAME}, links=(),
    )  # fmt: skip


def _records(kind: Type, number: int) -> st.SearchStrategy[Annotation]:
    maybe = st.none() | WORDS
    common = {
        "id": st.just(f"x.{kind[0]}0000000{number}"), "type": st.just(kind), "work": st.just("x"),
        "edition": st.just("zh"), "paragraph": st.just(""), "start": st.just(0), "end": st.just(1),
        "letter_start": st.just(0), "letter_end": st.just(1), "hash": st.just("0" * 16), "text": st.none(),
        "status": st.sampled_from(("accepted", "suggested")), "by": WORDS, "created": st.just("2026-01-01T00:00:00Z"),
        "note": maybe, "label": st.sampled_from(LABELS[kind]),
    }  # fmt: skip
    if kind == "claim":
        return st.builds(
            Claim, **common, attribution=maybe, speaker=st.none() | st.just(NAME.id), score=st.none() | DECIMALS,
            gloss_zh=maybe, gloss_en=maybe, central=st.booleans(), evidence=st.just(()),
        )  # fmt: skip
    if kind == "entity":
        return st.builds(Entity, **common, name=st.none() | st.just(NAME.id), score=st.none() | DECIMALS)
    return st.builds(
        Figure, **common, value=st.none() | DECIMALS, value_list=st.lists(DECIMALS, max_size=3).map(tuple),
        min=st.none() | DECIMALS, max=st.none() | DECIMALS, unit=maybe, approx=st.booleans(),
        bound=st.sampled_from((None, "<", "<=", ">", ">=")), edtf=maybe, duration=maybe,
        equals=st.sampled_from((None, "x.f00000000", "x.f99999999")), measure=maybe, payer=maybe, payee=maybe,
        subject=maybe, about_zh=maybe, about_en=maybe, score=st.none() | DECIMALS,
    )  # fmt: skip


def come_back(held: Held, to: str) -> tuple[dict[str, Row], list[Document]]:
    """The columns that a form gives back, by id, with the words that each annotation is on; each document."""
    made = form(to)
    documents: list[Document] = made.read(made.write([held]).files)
    found = {}
    for one in documents:
        lines, at = one.text.split("\n"), 0
        starts = [at := 0, *(at := at + len(line) + 1 for line in lines)]
        for span in one.spans:
            place = max(number for number, start in enumerate(starts) if start <= span.start)
            columns_of = {name: value for name, value in span.columns.items() if name != "paragraph"}
            assert span.id not in found
            found[span.id or ""] = {
                **columns_of, "id": span.id, "label": span.label, "type": span.type,
                "words": one.text[span.start : span.end], "paragraph": one.paragraphs[place],
                "start": span.start - starts[place],
            }  # fmt: skip
    return found, documents


SPAN = {"work", "edition", "end", "letter_start", "letter_end", "hash", "text"}


@pytest.mark.parametrize("to", FORMS)
@settings(max_examples=60)
@given(held=helds())
def test_any_text_and_any_values_come_back(to: str, held: Held) -> None:
    texts = {one.id: one.text or "" for one in held.paragraphs}
    found, documents = come_back(held, to)

    assert found.keys() == {note.id for note in held.notes}
    for note in held.notes:
        expected = {name: value for name, value in jsonl.values(note).items() if name not in SPAN}
        words = columns.line(texts[note.paragraph])[note.start : note.end]
        assert found[note.id] == {**expected, "words": words}
    assert sum((one.lost for one in documents), Counter()) == Counter()
    lines = [line for one in documents for line in one.text.split("\n")]
    assert [line for line in lines if line] == [columns.line(text) for text in texts.values()]


@pytest.mark.parametrize("to", FORMS)
def test_what_was_rejected_stays_or_says_so(demo: Path, to: str) -> None:
    path = demo / "annotations" / "park2023" / FILES["figure"]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    ours = [row for row in rows if row["edition"] == "digest-en"]
    ours[0]["status"], ours[1]["status"] = "rejected", "suggested"
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    told = run(demo, "export", "park2023/digest-en", "--to", to, "--status", "all", "-o", "out")[1]

    assert ("a rejected annotation stays here" in told) == (to not in ("brat", "inception"))
    returns(demo, "park2023/digest-en", to, whole=to in ("brat", "inception"))


def written(demo: Path, to: str) -> dict[str, bytes]:
    run(demo, "export", "park2023/digest-zh", "--to", to, "-o", "out")
    path = demo / "out"
    return {one.name: one.read_bytes() for one in path.iterdir()} if path.is_dir() else {"out": path.read_bytes()}


def test_doccano_numbers_spans_anew_and_a_person_s_label_leads(demo: Path) -> None:
    """What its export makes of a line: the same meta, other ids, spans in another order."""
    rows = [json.loads(line) for line in written(demo, "doccano")["out"].decode().split("\n") if line]
    row = next(row for row in rows if len(row["relations"]) > 1)
    row["id"], row["Comments"] = 17, []
    for entity in row["entities"]:
        entity["id"] += 1000
    for relation in row["relations"]:
        relation |= {"from_id": relation["from_id"] + 1000, "to_id": relation["to_id"] + 1000}
    row["entities"].reverse()
    changed = next(entity for entity in row["entities"] if entity["label"] == "TERM")
    changed["label"] = "EVENT"
    archive = pack({"all.jsonl": json.dumps(row).encode()})
    [document] = form("doccano").read({"x.zip": archive})
    notes = {
        note.id: note
        for kind in TYPES
        for note in Workspace(demo).annotations("park2023", kind, "digest-zh")  # type: ignore[arg-type]
    }

    assert len(document.spans) == len(row["entities"]) > 5
    for span in document.spans:
        note = notes[span.id or ""]
        label = "EVENT" if (span.start, span.end) == (changed["start_offset"], changed["end_offset"]) else note.label
        assert span.label == (label if note.type == "entity" else note.label)
        expected = {name: value for name, value in jsonl.values(note).items() if name not in SPAN}
        assert {name: expected[name] for name in span.columns} == dict(span.columns)


def test_label_studio_counts_code_points_and_what_counted_otherwise_is_seen() -> None:
    text = "🥳𠮷野家投資半導體"
    task = {"data": {"text": text}, "predictions": [{"result": [], "model_version": "m"}]}

    def region(id: str, start: int, end: int, words: str, label: str = "ORG") -> Row:
        value = {"start": start, "end": end, "text": words, "labels": [label]}
        return {"id": id, "from_name": "entity", "to_name": "text", "type": "labels", "value": value}

    result = [
        region("a", 1, 4, "𠮷野家"),
        region("b", 6, 8, "投資"),
        region("c", 6, 9, "半導體"),
        region("d", 2, 3, "家"),
    ]
    [document] = form("label-studio").read(
        {"x.json": json.dumps([{**task, "annotations": [{"result": result}]}]).encode()}
    )

    assert [text[span.start : span.end] for span in document.spans] == ["𠮷野家", "投資", "半導體"]
    assert document.lost == {"an annotation whose words are not at its offsets was left out": 1}


def test_what_a_person_accepted_in_label_studio_is_accepted(demo: Path) -> None:
    path = demo / "annotations" / "park2023" / FILES["entity"]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    for row in rows:
        row["status"] = "suggested"
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    run(
        demo, "export", "park2023/digest-en", "--to", "label-studio", "--only", "entity", "--status", "all", "-o", "out"
    )
    tasks = json.loads((demo / "out" / "tasks.json").read_text(encoding="utf-8"))
    assert all(not task["annotations"] for task in tasks)
    taken = tasks[0]["predictions"][0]["result"][0]  # as its editor copies a region: same id, same meta
    tasks[0]["annotations"] = [{"id": 5, "completed_by": 1, "result": [{**taken, "origin": "prediction"}]}]
    (demo / "out" / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    printed = run(demo, "import", "out", "--from", "label-studio")[0]

    after = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    assert [row["id"] for row in after if row["status"] == "accepted"] == [taken["id"]]
    assert "1 decided there" in printed


def test_uima_counts_utf_16(tmp_path: Path) -> None:
    """Against cassis, which reads and checks; the numbers in the file themselves are units."""
    folder = composed(tmp_path)
    run(folder, "export", "odd", "--to", "inception", "-o", "out")
    [xmi] = (folder / "out").glob("*.xmi")
    system = cassis.load_typesystem((folder / "out" / "TypeSystem.xml").read_bytes().decode())
    cas = cassis.load_cas_from_xmi(io.BytesIO(xmi.read_bytes()), typesystem=system)
    work = Workspace(folder)
    notes = {note.id: note for kind in TYPES for note in work.annotations("odd", kind)}  # type: ignore[arg-type]
    texts = {one.id: columns.line(one.text or "") for one in work.paragraphs("odd")}
    coded = (cas.sofa_string or "").encode("utf-16-le")
    begins = [one.attrib for one in ElementTree.fromstring(xmi.read_bytes()) if "identifier" in one.attrib]
    layers = [f"webanno.custom.Yinzheng{kind.capitalize()}" for kind in TYPES]
    found = {one.identifier: one.get_covered_text() for layer in layers for one in cas.select(layer)}

    assert found == {id: texts[note.paragraph][note.start : note.end] for id, note in notes.items()}
    assert len(found) == len([one for one in begins if "begin" in one]) > 100
    for one in begins:
        words = coded[2 * int(one["begin"]) : 2 * int(one["end"])].decode("utf-16-le")
        assert words == found[one["identifier"]]
    assert [one.id for one in cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Paragraph")] == [*texts]


@pytest.mark.parametrize("case", ["TraditionalChinese", "EmojiUnicode"])
def test_uima_s_references_are_read_where_they_say(case: str) -> None:
    """UIMA's own reference documents, by way of cassis: their numbers are units, and ours come out the same."""
    path = SUITES / "cassis" / f"casWith{case}TextAndAnnotations" / "data.json"
    if not path.exists():
        pytest.skip("the reference files of dkpro-cassis are not on this machine")
    raw = path.read_bytes()
    marks = [one for one in json.loads(raw)["%FEATURE_STRUCTURES"] if "begin" in one]
    there = [one for one in marks if not one["%TYPE"].endswith("DocumentAnnotation")]
    cas, system = cassis.load_cas_from_json(io.BytesIO(raw)), cassis.TypeSystem()
    layer = system.create_type("webanno.custom.Word", "uima.tcas.Annotation")
    ours = cassis.Cas(typesystem=system)
    ours.sofa_string, ours.sofa_mime = cas.sofa_string, "text/plain"
    ours.add_all(
        [
            layer(begin=one.begin, end=one.end)
            for one in cas.select_all_annotations()
            if not one.type.name.endswith("DocumentAnnotation")
        ]
    )
    files = {"a.xmi": ours.to_xmi().encode(), "TypeSystem.xml": system.to_xml().encode()}
    [document] = form("inception").read(files)
    coded, count = document.text.encode("utf-16-le"), units(document.text)

    assert len(document.spans) == len(there) > 3
    assert {(count[one.start], count[one.end]) for one in document.spans} == {
        (one["begin"], one["end"]) for one in there
    }
    assert [document.text[one.start : one.end] for one in document.spans] == [
        coded[2 * one["begin"] : 2 * one["end"]].decode("utf-16-le")
        for one in sorted(there, key=lambda one: int(one["begin"]))
    ]


def test_a_document_of_another_inception_project_comes_in(demo: Path) -> None:
    """Named entities and a layer of its own, as cassis writes them, in an archive as INCEpTION hands it out."""
    system = cassis.TypeSystem()
    named = system.create_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "uima.tcas.Annotation")
    system.create_feature(named, "value", "uima.cas.String")
    token = system.create_type("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token", "uima.tcas.Annotation")
    pos = system.create_type("de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS", "uima.tcas.Annotation")
    cas = cassis.Cas(typesystem=system)
    cas.sofa_string, cas.sofa_mime = "🥳🥳 這是一個測試\n👳🏻‍♀️ Kioxia", "text/plain"
    cas.add_all([named(begin=5, end=7, value="MISC"), named(begin=16, end=22, value="ORG"), token(begin=0, end=2)])
    cas.add(pos(begin=3, end=4))
    files = {"x/doc.xmi": cas.to_xmi().encode(), "x/TypeSystem.xml": system.to_xml().encode()}
    (demo / "x.zip").write_bytes(pack({"annotation/doc/curator.zip": pack(files)}))
    told = run(demo, "import", "x.zip", "--from", "inception", "--work", "new")[1]
    notes = Workspace(demo).annotations("new", "entity")

    assert [(note.text, note.label, note.note) for note in notes] == [
        ("一個", "TERM", "label: MISC"),
        ("Kioxia", "ORG", None),
    ]
    assert "an annotation of the layer POS was left out" in told


def test_a_document_that_several_annotated_in_inception_comes_in_once(empty: Path) -> None:
    system = cassis.TypeSystem()
    named = system.create_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "uima.tcas.Annotation")
    system.create_feature(named, "value", "uima.cas.String")

    def archive(user: str, *spans: tuple[int, int, str], text: str = TEXT) -> bytes:
        cas = cassis.Cas(typesystem=system)
        cas.sofa_string, cas.sofa_mime = text, "text/plain"
        cas.add_all([named(begin=start, end=end, value=label) for start, end, label in spans])
        return pack({f"{user}.xmi": cas.to_xmi().encode(), "TypeSystem.xml": system.to_xml().encode()})

    project = pack(
        {
            "annotation/a.txt/ana.zip": archive("ana", (0, 4, "LOC"), (9, 13, "ORG")),
            "annotation/a.txt/ben.zip": archive("ben", (5, 8, "MISC")),
            "annotation/b.txt/ana.zip": archive("ana"),
            "curation/a.txt/CURATION_USER.zip": archive("CURATION_USER", (0, 4, "ORG")),
        }
    )
    (empty / "x.zip").write_bytes(project)
    run(empty, "import", "x.zip", "--from", "inception", "--work", "new")
    notes = Workspace(empty).annotations("new", "entity")

    assert [one.text for one in form("inception").read({"x.zip": project})] == [TEXT, TEXT]
    assert len(Workspace(empty).paragraphs("new")) == 2
    assert [(note.text, note.label, note.note) for note in notes] == [
        ("Sony", "ORG", "label: LOC"), ("and", "TERM", "label: MISC"), ("TSMC", "ORG", None),
    ]  # fmt: skip


def test_every_feature_of_another_layer_is_kept_or_counted(empty: Path) -> None:
    system = cassis.TypeSystem()
    named = system.create_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "uima.tcas.Annotation")
    tone = system.create_type("webanno.custom.Tone", "uima.tcas.Annotation")
    free = system.create_type("webanno.custom.Free", "uima.tcas.Annotation")
    for layer, features in (
        (named, {"value": "String", "identifier": "String"}),
        (tone, {"value": "String", "strength": "Integer", "sure": "Boolean", "tags": "StringArray", "about": "TOP"}),
        (free, {"comment": "String"}),
    ):
        for feature, sort in features.items():
            system.create_feature(layer, feature, f"uima.cas.{sort}")
    cas = cassis.Cas(typesystem=system)
    cas.sofa_string, cas.sofa_mime = "🥳 Sony pays Ng.", "text/plain"
    sony = named(begin=2, end=6, value="ORG", identifier="http://www.wikidata.org/entity/Q41187")
    tags = system.get_type("uima.cas.StringArray")(elements=["a", "b"])
    cas.add_all(
        [sony, tone(begin=7, end=11, value="cold", strength=3, sure=False, tags=tags, about=sony), free(begin=12, end=14, comment="who?")]
    )  # fmt: skip
    xmi = cas.to_xmi().replace(
        "</xmi:XMI>", '<custom:Free xmi:id="98" sofa="1" begin="1" end="7" comment="half"/></xmi:XMI>'
    )
    xmi = re.sub(r'members="', 'members="98 ', xmi)
    (empty / "in").mkdir()
    (empty / "in" / "doc.xmi").write_text(xmi, encoding="utf-8")
    (empty / "in" / "TypeSystem.xml").write_text(system.to_xml(), encoding="utf-8")
    told = run(empty, "import", "in", "--from", "inception", "--work", "new")[1]

    assert {note.text: (note.label, note.note) for note in Workspace(empty).annotations("new", "entity")} == {
        "Sony": ("ORG", "identifier: http://www.wikidata.org/entity/Q41187"),
        "pays": ("TERM", "label: cold; layer: Tone; strength: 3; sure: False; tags: a, b"),
        "Ng": ("TERM", "label: Free; comment: who?"),
    }
    assert "what an annotation of the layer Tone leads to (about) was left out" in told
    assert "an annotation of the layer Free was left out" in told
    assert "UserWarning" not in told


@pytest.mark.parametrize("to", ["inception", "tei"])
def test_what_xml_cannot_hold_comes_back_in_values(tmp_path: Path, to: str) -> None:
    (tmp_path / "a").mkdir()
    folder = composed(tmp_path / "a")
    path = folder / "annotations" / "odd" / FILES["entity"]
    odd = r"a\u0007b \uffff _x0007_ \u001f _x005F_x0007_ _x00_"
    path.write_text(
        re.sub(r'"note": "[^"]', lambda one: f"{one[0][:-1]}{odd}{one[0][-1]}", path.read_text("utf-8")), "utf-8"
    )
    rewritten = [jsonl.loads(line, Entity) for line in path.read_text("utf-8").splitlines() if line]
    path.write_text(jsonl.text(rewritten), encoding="utf-8")

    assert any("\x07" in (note.note or "") for note in rewritten)
    returns(folder, "odd", to)


@pytest.mark.parametrize("work", ["park2023", "odd"])
def test_a_project_is_one_of_refi_qda(demo: Path, work: str) -> None:
    path = SUITES / "refi-qda" / "Project.xsd"
    if not path.exists():
        pytest.skip("REFI-QDA's Project.xsd is not on this machine")
    run(composed(demo) if work == "odd" else demo, "export", work, "--to", "qdpx", "-o", "x.qdpx")
    schema = etree.XMLSchema(etree.parse(path))
    project = etree.fromstring(zipfile.ZipFile(demo / "x.qdpx").read("project.qde"))

    assert schema.validate(project), schema.error_log
    project.find(".//{*}PlainTextSelection").attrib.pop("startPosition")
    assert not schema.validate(project)


def test_a_project_is_the_same_each_time_and_its_sources_hold_the_selections(demo: Path) -> None:
    one, other = written(demo, "qdpx")["out"], written(demo, "qdpx")["out"]
    files = unpack({"x": one})
    project = ElementTree.fromstring(files["x/project.qde"])
    space = {"": "urn:QDA-XML:project:1.0"}

    assert one == other
    for source in project.iterfind(".//TextSource", space):
        text = files["x/sources/" + source.get("plainTextPath", "").removeprefix("internal://")].decode()
        for selection in source.iterfind("PlainTextSelection", space):
            words = text[int(selection.get("startPosition", "")) : int(selection.get("endPosition", ""))]
            assert words.startswith((selection.get("name") or "").rstrip("…"))
    guids = re.findall(
        rb'<(?:PlainTextSelection|Coding|Code|User|TextSource|Note|Link) guid="([^"]+)"', files["x/project.qde"]
    )
    assert len(guids) == len({*guids}) > 1000


def project(text: str, selections: str, origin: str = "Other 1") -> dict[str, bytes]:
    """As another program writes one: capitals in GUIDs and folders, a byte order mark, a code within a code."""
    qde = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="Other 1">'
        '<Users><User guid="AD68FBE7-E1EE-4A82-A279-23CC698C89EB" name="Ana"/></Users><CodeBook><Codes>'
        '<Code guid="AE6D04CE-D987-4FC8-AF97-D72CA6FFD08F" name="Actors" isCodable="true">'
        '<Code guid="{85D17F60-7BB0-481E-B742-B4861DD669DF}" name="Organisation" isCodable="true"/></Code></Codes></CodeBook>'
        '<Sources><TextSource guid="17FB9CB8-7858-4291-A162-65424B9942EC" name="a.txt" plainTextPath="internal://A.txt">'
        f"{selections}</TextSource></Sources></Project>"
    )
    return {"P.qdpx": pack({"project.qde": qde.encode(), "Sources/a.TXT": text.encode("utf-8-sig")})}


def selected(start: int, end: int, name: str, *codes: str) -> str:
    coding = "".join(f'<Coding guid="{n}"><CodeRef targetGUID="{code}"/></Coding>' for n, code in enumerate(codes))
    return (
        f'<PlainTextSelection guid="g{start}" name="{name}" startPosition="{start}" endPosition="{end}" '
        f'creatingUser="ad68fbe7-e1ee-4a82-a279-23cc698c89eb"><Description>why?</Description>{coding}</PlainTextSelection>'
    )


ACTORS, ORGANISATION = "AE6D04CE-D987-4FC8-AF97-D72CA6FFD08F", "85d17f60-7bb0-481e-b742-b4861dd669df"


@pytest.mark.parametrize("count", ["code points", "utf-16", "crlf as one"])
def test_a_project_of_another_program_comes_in_however_it_counts(count: str) -> None:
    text = "🥳 Kioxia\r\n👩🏽‍🔬 SONY and TSMC"

    def at(words: str) -> tuple[int, int]:
        before = text[: text.index(words)]
        if count == "utf-16":
            return len(before.encode("utf-16-le")) // 2, len((before + words).encode("utf-16-le")) // 2
        start = len(before.replace("\r\n", "\n") if count == "crlf as one" else before)
        return start, start + len(words)

    body = selected(*at("Kioxia"), "Kioxia", ORGANISATION) + selected(*at("SONY"), "SONY", ACTORS, ORGANISATION)
    [document] = form("qdpx").read(project(text, body + selected(*at("TSMC"), "TSMC")))

    assert [(document.text[one.start : one.end], one.label) for one in document.spans] == [
        ("Kioxia", "Organisation"), ("SONY", "Actors"), ("SONY", "Organisation"),
    ]  # fmt: skip
    assert dict(document.spans[0].columns) == {"by": "Ana", "note": "why?"}
    assert document.lost == {"a selection without a code was left out": 1}


def test_a_text_counts_as_the_standard_says_where_nothing_says_otherwise() -> None:
    text = "🥳a\r\nb"
    assert list(counted_as(text, [])[1]) == list(counted_as(text, [(0, "🥳")])[1]) == [0, 1, 2, 3, 4]
    assert list(counted_as(text, [(2, "a")])[1]) == [0, 0, 1, 2, 3, 4]


def test_brat_of_another_scheme_comes_in_twice_as_the_same(demo: Path) -> None:
    (demo / "d").mkdir()
    (demo / "d" / "a.txt").write_text("Sony spent $3 a bn on 𠮷.\nEnd.\n", encoding="utf-8")
    (demo / "d" / "a.ann").write_text(
        "T1\tOrganization 0 4\tSony\nT2\tMONEY 11 13;16 18\t$3 bn\nT3\tGene 22 23\t𠮷\nT4\tX 0 4\tSonx\nT5\tY 99 100\tx\n"
        "E1\tSpend:T2 By:T1\nR1\tOwns Arg1:T1 Arg2:T3\t\n#1\tAnnotatorNotes T1\tsee below\nA1\tNegation T3\n"
        "N1\tReference T1 Wikipedia:42\tSony Group\n*\tEquiv T1 T3\nT6\tGene 23 24\t.\n",
        encoding="utf-8",
    )
    told = run(demo, "import", "d", "--from", "brat", "--work", "new")[1]
    notes = [note for kind in TYPES for note in Workspace(demo).annotations("new", kind)]  # type: ignore[arg-type]

    assert [(note.text, note.label, note.note) for note in notes] == [
        ("Sony", "ORG", "see below; Reference: Wikipedia:42 Sony Group"),
        ("𠮷", "TERM", "label: Gene; Negation; on “.” at 23:24"),
        ("$3 a bn", "MONEY", None),
    ]
    for words in ("in several pieces", "words are not at its offsets", "outside of its text", "an event", "(Owns)",
                  "equivalent", "on marks alone"):  # fmt: skip
        assert words in told
    assert "3 as here" in run(demo, "import", "d", "--from", "brat", "--work", "new")[0]


def test_what_was_moved_or_retyped_in_brat_leads(demo: Path) -> None:
    run(demo, "export", "park2023/digest-en", "--to", "brat", "-o", "out")
    path = demo / "out" / "digest-en.ann"
    text = path.read_text(encoding="utf-8")
    key = re.search(r"^(T\d+)\tORG ", text, re.MULTILINE)
    assert key is not None
    id = json.loads(re.search(rf"Yinzheng {key[1]}\t(.*)", text)[1])["id"]  # type: ignore[index]
    text = text.replace(f"{key[1]}\tORG ", f"{key[1]}\tFAC ") + f"#99999\tAnnotatorNotes {key[1]}\ta works, no firm\n"
    path.write_text(text, encoding="utf-8")
    run(demo, "import", "out", "--from", "brat")
    [conflict] = [json.loads(line) for line in run(demo, "review", "--to", "jsonl")[0].split("\n") if line]

    assert conflict["id"] == id
    assert "FAC" in conflict["new"]


def test_words_of_another_state_of_a_text_are_looked_for(demo: Path) -> None:
    """A text that was changed after it went out: an annotation stays on its words, or stays out."""
    run(demo, "export", "park2023/digest-en", "--to", "brat", "--only", "entity", "-o", "out")
    path = demo / "annotations" / "park2023" / FILES["entity"]
    before = path.read_text(encoding="utf-8")
    text = (demo / "out" / "digest-en.txt").read_text(encoding="utf-8")
    ann = (demo / "out" / "digest-en.ann").read_text(encoding="utf-8")
    moved = re.sub(r"(?m)^(T\d+\t\S+) (\d+) (\d+)", lambda m: f"{m[1]} {int(m[2]) + 6} {int(m[3]) + 6}", ann)
    (demo / "out" / "digest-en.txt").write_text("Added " + text, encoding="utf-8")
    (demo / "out" / "digest-en.ann").write_text(moved, encoding="utf-8")
    run(demo, "import", "out", "--from", "brat")

    assert path.read_text(encoding="utf-8") == before


def lost(documents: list[Document]) -> dict[str, int]:
    return dict(sum((one.lost for one in documents), Counter()))


def placed(documents: list[Document]) -> list[tuple[str, str]]:
    return [(one.text[span.start : span.end], span.label) for one in documents for span in one.spans]


TEXT = "Sony and TSMC."


@pytest.mark.parametrize(
    ("row", "spans", "told"),
    [
        ({"labels": [[0, 4, "ORG"], [9, 13, "ORG"]]}, [("Sony", "ORG"), ("TSMC", "ORG")], {}),
        ({"annotations": [{"label": 3, "start_offset": 0, "end_offset": 4, "user": 1}]}, [("Sony", "3")], {}),
        ({"entities": [], "spans": [[9, 13, "ORG"]]}, [("TSMC", "ORG")], {}),
        ({"label": [[0, 4, "ORG"]], "labels": [[9, 13, "ORG"]]}, [("Sony", "ORG"), ("TSMC", "ORG")], {}),
        ({"marks": [[0, 4]]}, [], {"what stands under 'marks' was left out; spans? call it \"label\"": 1}),
        (
            {
                "label": [[0, 4, "ORG"]],
                "tags": ["a", "b"],
                "score": 0,
                "by": None,
                "data": "x",
                "meta": {"page": 3, "work": "x"},
            },
            [("Sony", "ORG")],
            {
                f"what stands under {key!r} was left out": count
                for key, count in {"tags": 2, "score": 1, "data": 1, "page": 1}.items()
            },
        ),
        ({"annotations": [{"label": 1}], "labels": ["a"]}, [], {"a label of a whole text was left out": 2}),
        (
            {"entities": [{"id": 1, "start_offset": at, "end_offset": at + 4, "label": "ORG"} for at in (0, 9)]},
            [("Sony", "ORG"), ("TSMC", "ORG")],
            {"two spans have one id; relations with it are taken as the first's": 1},
        ),
    ],
)
def test_doccano_s_spans_are_read_wherever_they_stand_or_told(
    row: Row, spans: list[tuple[str, str]], told: dict[str, int]
) -> None:
    documents = form("doccano").read({"a.jsonl": json.dumps({"text": TEXT, **row}).encode()})

    assert (placed(documents), lost(documents)) == (spans, told)


def test_an_array_of_doccano_s_lines_may_stand_on_one() -> None:
    rows = [{"text": TEXT, "label": [[0, 4, "ORG"]]}, {"text": "b"}]
    for lines in (json.dumps(rows), json.dumps(rows, indent=1), f"{json.dumps(rows[:1])}\n{json.dumps(rows[1])}"):
        documents = form("doccano").read({"a.jsonl": lines.encode()})
        assert [one.text for one in documents] == [TEXT, "b"]
    with pytest.raises(YinzhengError, match=r"a\.jsonl:2: a line of doccano is an object"):
        form("doccano").read({"a.jsonl": b'{"text": "a"}\n[3]'})


def test_a_span_that_was_moved_in_doccano_keeps_what_was_known_of_it(demo: Path) -> None:
    rows = [json.loads(line) for line in written(demo, "doccano")["out"].decode().split("\n") if line]
    row = next(row for row in rows if row["relations"])
    moved = next(one for one in row["entities"] if one["id"] == row["relations"][0]["to_id"])
    record = row["meta"]["annotations"][row["entities"].index(moved)]["id"]
    moved |= {"start_offset": moved["start_offset"] + 1, "end_offset": moved["end_offset"] + 1}
    before = form("doccano").read({"x": "\n".join(map(json.dumps, rows)).encode()})
    spans = [span for one in before for span in one.spans]

    assert record in [span.id for span in spans]
    assert None not in (ids := {span.id for span in spans})
    assert len(ids) == len(spans)


def region(start: int, end: int, **more: Any) -> Row:
    value = {"start": start, "end": end, "text": TEXT[start:end], "labels": ["ORG"]}
    return {"id": f"r{start}", "from_name": "label", "to_name": "text", "type": "labels", "value": value, **more}


@pytest.mark.parametrize(
    ("task", "by"),
    [
        ({"data": {"text": TEXT}, "completions": [{"result": [region(0, 4)]}]}, None),
        ({"id": 1, "text": TEXT, "created_at": "2021", "annotator": 2, "label": [region(0, 4)["value"]]}, None),
        ({"data": {"text": TEXT}, "annotations": [{"completed_by": 7, "result": [region(0, 4)]}]}, None),
        (
            {"data": {"text": TEXT}, "annotations": [{"completed_by": {"id": 7, "email": "ana@example.org"},
             "result": [region(0, 4)]}]},
            "ana@example.org",
        ),
        (
            {"data": {"text": TEXT}, "annotations": [{"completed_by": 7, "created_username": "Ana Ng99, 7",
             "result": [region(0, 4)]}]},
            "Ana Ng99",
        ),
    ],
)  # fmt: skip
def test_label_studio_s_older_and_shorter_forms_come_in_with_who_made_them(task: Row, by: str | None) -> None:
    documents = form("label-studio").read({"a.json": json.dumps([task]).encode()})

    assert (placed(documents), lost(documents)) == ([("Sony", "ORG")], {})
    assert documents[0].spans[0].columns.get("by") == by


def test_what_json_min_says_of_one_task_comes_in_once_and_its_other_answers_are_told(empty: Path) -> None:
    def row(annotation: int, start: int, end: int, **more: Any) -> Row:
        labels = {"label": [region(start, end)["value"]], "annotator": annotation}
        return {"id": 7, "text": TEXT, "annotation_id": annotation, "created_at": "2021", **labels, **more}

    other = {
        "comment": ["甲", "乙"],
        "topic": [["經濟", "補貼"]],
        "stance": "pro",
        "note": None,
        "rating": {"rating": 3},
    }
    tasks = [row(1, 0, 4, **other), row(2, 9, 13, comment=["丙"]), {**row(3, 0, 4), "id": 8, "source": "a.txt"}]
    documents = form("label-studio").read({"a.json": json.dumps(tasks).encode()})
    under = "what stands under {!r} is no labelled text, and was left out"

    assert [one.text for one in documents] == [TEXT, TEXT]
    assert placed(documents) == [("Sony", "ORG"), ("TSMC", "ORG"), ("Sony", "ORG")]
    assert lost(documents) == {
        under.format(name): count
        for name, count in {"comment": 3, "topic": 1, "stance": 1, "rating": 1, "source": 1}.items()
    }
    (empty / "a.json").write_text(json.dumps(tasks[:2]), encoding="utf-8")
    run(empty, "import", "a.json", "--from", "label-studio", "--work", "new")
    assert [one.text for one in Workspace(empty).paragraphs("new")] == [TEXT]


@pytest.mark.parametrize("task", [None, 3, [], {"id": 1}, {"data": None}, {"data": {"text": "a"}, "annotations": [3]}])
def test_no_task_is_told_in_no_words_of_python(task: Any) -> None:
    good = {"data": {"text": "a"}}
    with pytest.raises(YinzhengError) as told:
        form("label-studio").read({"a.json": json.dumps([good, task]).encode()})
    assert str(told.value) == "a.json: task 2 is none of Label Studio, or damaged; export as JSON?"


def test_what_label_studio_keeps_of_no_finished_annotation_is_told() -> None:
    """A prediction stays that someone took up and then skipped the task; a draft is no annotation."""
    task = {
        "data": {"text": TEXT}, "predictions": [{"result": [region(0, 4)]}], "drafts": [{"result": [region(9, 13)]}],
        "annotations": [{"was_cancelled": True, "result": [region(0, 4)]}],
    }  # fmt: skip
    documents = form("label-studio").read({"a.json": json.dumps([task]).encode()})

    assert placed(documents) == [("Sony", "ORG")]
    assert lost(documents) == {
        "a draft that its annotator did not submit was left out": 1,
        "a task that its annotator skipped was left out": 1,
    }


def test_spans_of_one_key_in_brat_and_marks_alone_are_not_lost(demo: Path) -> None:
    (demo / "d").mkdir()
    (demo / "d" / "a.txt").write_text("I, Sony.\n« and\n—\n", encoding="utf-8")
    (demo / "d" / "a.ann").write_text(
        "T1\tX 1 2\t,\nT1\tORG 3 7\tSony\nT2\tX 7 8\t.\nT3\tX 9 10\t«\nT4\tX 15 16\t—\nT5\tY 0 1\tI\n"
        "#1\tAnnotatorNotes T1\tone\n#2\tAnnotatorNotes T1\tanother\n",
        encoding="utf-8",
    )
    told = run(demo, "import", "d", "--from", "brat", "--work", "new")[1]
    notes = Workspace(demo).annotations("new", "entity", status=None)

    assert [(note.text, note.label, note.status, note.note) for note in notes] == [
        ("I", "TERM", "accepted", "label: Y; label: X; on “,” at 1:2; one; another"),
        ("Sony", "ORG", "accepted", None),
        ("y", "TERM", "suggested", "label: X; on “.” at 7:8"),
        ("a", "TERM", "suggested", "label: X; on “«” at 9:10"),
    ]
    assert "two spans have one key" in told
    assert "3 × what was annotated on marks alone" in told
    assert "note: an annotation on no letter" in told  # of a line that has none
    assert "4 as here" in run(demo, "import", "d", "--from", "brat", "--work", "new")[0]


def test_the_words_in_a_line_of_brat_hold_no_tab() -> None:
    held = Held(
        work=Work(key="x", editions={"zh": EDITION}), edition=EDITION, names={}, links=(),
        paragraphs=(
            Paragraph(
                id="x.p00000000", work="x", edition="zh", order=0, kind="body", number=1, section=None, page=None,
                voice="author", length=2, hash="0" * 32, text_hash="0" * 32, sketch=(), emphasis=(), text="a\tb",
            ),
        ),
        notes=(
            Entity(
                id="x.e00000000", type="entity", work="x", edition="zh", paragraph="x.p00000000", start=0, end=3,
                letter_start=0, letter_end=2, hash="0" * 16, text=None, label="TERM", status="accepted", by="b",
                created="c", note=None, name=None, score=None,
            ),
        ),
    )  # fmt: skip
    lines = form("brat").write([held]).files["zh.ann"].decode().split("\n")

    assert lines[0] == "T1\tTERM 0 3\ta b"


def qde(sources: str, more: str = "", files: dict[str, bytes] | None = None) -> dict[str, bytes]:
    whole = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="p"><CodeBook><Codes><Code guid="c1" name="Theme A"/>'
        f'<Code guid="c2" name="ORG"/></Codes></CodeBook><Sources>{sources}</Sources>{more}</Project>'
    )
    return {"P.qdpx": pack({"project.qde": whole.encode(), "sources/a.txt": TEXT.encode(), **(files or {})})}


def coded(start: int, end: int, *codes: str, inner: str = "") -> str:
    coding = "".join(f'<Coding guid="k{code}"><CodeRef targetGUID="{code}"/>{inner}</Coding>' for code in codes)
    return (
        f'<PlainTextSelection guid="s{start}" startPosition="{start}" endPosition="{end}">{coding}</PlainTextSelection>'
    )


def source(*selections: str, path: str = "plainTextPath") -> str:
    return f'<TextSource guid="t" name="a" {path}="internal://a.txt">{"".join(selections)}</TextSource>'


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            qde(source(coded(0, 4, "c1", "c2"), path="richTextPath")),
            {"an annotation of a source without a plain text was left out": 2},
        ),
        (
            qde(source(), '<Notes><Note guid="m" name="x"><PlainTextContent>y</PlainTextContent></Note></Notes>'),
            {"a memo of no annotation was left out": 1},
        ),
        (
            qde(source(), '<Links><Link guid="l" name="x" originGUID="c1" targetGUID="c2"/></Links>'),
            {"a link from what is no annotation was left out": 1},
        ),
        (
            qde(source(coded(0, 4, "c2", inner='<NoteRef targetGUID="m"/>')),
                '<Notes><Note guid="m" name="x" richTextPath="internal://m.docx"/></Notes>'),
            {"a memo without a plain text was left out": 1},
        ),
    ],
)  # fmt: skip
def test_what_of_a_project_cannot_come_in_is_told(files: dict[str, bytes], told: dict[str, int]) -> None:
    assert lost(form("qdpx").read(files)) == told


def test_memos_of_codings_are_notes_and_selections_of_one_guid_stay_apart() -> None:
    memo = '<Notes><Note guid="m" name="x"><PlainTextContent>because</PlainTextContent></Note></Notes>'
    one = coded(0, 4, "c2", inner='<NoteRef targetGUID="m"/>')
    same = coded(9, 13, "c2").replace('"s9"', '"s0"')
    documents = form("qdpx").read(qde(source(one, same, same.replace("13", "14")), memo))

    assert placed(documents) == [("Sony", "ORG"), ("TSMC", "ORG"), ("TSMC.", "ORG")]
    assert [span.columns.get("note") for span in documents[0].spans] == ["because", None, None]
    assert lost(documents) == {}


@pytest.mark.parametrize("note", [MEMO, f"a\n{MEMO}\nb"])
def test_a_note_like_the_marker_of_a_description_comes_back_unchanged(demo: Path, note: str) -> None:
    path = demo / "annotations" / "park2023" / FILES["entity"]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    next(row for row in rows if row["edition"] == "digest-en")["note"] = note
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    returns(demo, "park2023/digest-en", "qdpx")


def test_what_lies_beside_the_files_of_an_archive_does_not_stop_it() -> None:
    """A Word document is an archive, one that only begins like one is none, and macOS adds files of its own."""
    more = {
        "sources/a.docx": b"PK\x03\x04 no archive", "sources/b.zip": b"PK\x03\x04 none either",
        "sources/.DS_Store": b"\x00\x00\x00\x01Bud1", "__MACOSX/._project.qde": b"\x00\x05\x16\x07",
    }  # fmt: skip
    documents = form("qdpx").read(qde(source(coded(0, 4, "c2")), files=more))

    assert (placed(documents), lost(documents)) == ([("Sony", "ORG")], {})


def zipped(method: int, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.json", data)
    return out.getvalue()


UTF_16 = '{"text": "很長的一段秘密"}'.encode("utf-16")


@pytest.mark.parametrize(
    ("to", "files", "message"),
    [
        ("brat", {"a.ann": b"T1\tX 0 1\ta"}, "no a.txt"),
        ("brat", {"a.txt": b"abc", "a.ann": b"T1\tX 0 1\ta\nT2\tX zero one\ta"}, "a.ann:2:"),
        ("brat", {"a.txt": b"abc", "a.ann": b'T1\tMONEY 0 1\ta\n#1\tYinzheng T1\t{"id": "x", "paragraph": "p", "value": "y"}'}, "value"),
        ("brat", {"a.txt": b"\xff", "a.ann": b""}, "UTF-8"),
        ("doccano", {"a.jsonl": b'{"text": "a"}\n{"label": [[0, 1, "PER"]]}'}, "a.jsonl:2: no text"),
        ("doccano", {"a.jsonl": b'{"text": "a", "label": [[0, "x"]]}'}, "a.jsonl:1:"),
        ("doccano", {"a.jsonl": b'{"text": "a"}\n{"text": '}, "a.jsonl:2:"),
        ("label-studio", {"a.json": b'[{"data": {"image": 3}}]'}, "task 1"),
        ("label-studio", {"a.json": b"["}, "not JSON"),
        ("label-studio", {"a.json": UTF_16}, "a.json: not UTF-8 at byte 0"),
        ("label-studio", {"a.json": b'[{"id": 1, "image": "x"}]'}, "export as JSON"),
        ("label-studio", {"a.json": b'{"data": {"text": "a"}, "score": NaN}'}, "NaN is no number"),
        ("label-studio", {"a.zip": zipped(zipfile.ZIP_LZMA, b"[]")}, "deflate"),
        ("doccano", {"a.jsonl": UTF_16}, "a.jsonl: not UTF-8 at byte 0"),
        ("doccano", {"a.jsonl": b'{"text": "a"}\n{"text": "b", "x": 1e999}'}, "a.jsonl:2: not JSON: 1e999 is no number"),
        ("doccano", {"a.jsonl": b'{"text": "a"}\n{"text": "b", "relations": [{}]}'}, "a.jsonl:2: no line of doccano"),
        ("doccano", {"a.jsonl": b""}, "no line of doccano"),
        ("brat", {"a.txt": UTF_16, "a.ann": b""}, "a.txt: not UTF-8 at byte 0"),
        ("brat", {"a.txt": b"abc", "a.ann": b'T1\tX 0 1\ta\n#1\tYinzheng T1\t{"score": NaN}'}, "a.ann:2:"),
        ("qdpx", qde(source(), files={"sources/a.txt": UTF_16}), "not UTF-8 at byte 0"),
        ("qdpx", qde(source('<NoteRef targetGUID="m"/>'), f'<Notes><Note guid="m" name="{TITLE}"><PlainTextContent>{{"paragraphs":[1]}}</PlainTextContent></Note></Notes>'), "was changed"),
        ("label-studio", {"a.xml": b"<View/>"}, "no task"),
        ("inception", {"a.xmi": b"<x/>"}, "TypeSystem.xml"),
        ("inception", {"a.xmi": b"<x", "TypeSystem.xml": b"<typeSystemDescription xmlns='http://uima.apache.org/resourceSpecifier'/>"}, "a.xmi"),
        ("inception", {"a.zip": b"PK\x03\x04garbage"}, "damaged"),
        ("qdpx", {"a.qdpx": pack({"x.txt": b""})}, "no project.qde"),
        ("qdpx", {"a.qdpx": pack({"project.qde": b"<Project>"})}, "not XML"),
        ("qdpx", project("abc", '<PlainTextSelection guid="g" startPosition="x" endPosition="1"/>'), "selection g"),
    ],
)  # fmt: skip
def test_what_is_damaged_says_where(to: str, files: dict[str, bytes], message: str) -> None:
    with pytest.raises(YinzhengError, match=re.escape(message)):
        form(to).read(files)


@pytest.mark.parametrize("to", FORMS)
@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_no_traceback(to: str, data: st.DataObject) -> None:
    """Bytes cut, doubled or turned: what the command says of it is an error of ours, never one of Python's."""
    made = form(to)
    files = dict(made.write([data.draw(helds())]).files)
    name = data.draw(st.sampled_from(sorted(files)))
    raw = files[name]
    at, length = data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, 9))
    files[name] = raw[:at] + data.draw(st.binary(max_size=4)) + raw[at + length :]
    with suppress(
        YinzhengError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError
    ):  # import_._of_tool names the file
        made.read(files)


def test_what_xml_cannot_hold_is_counted() -> None:
    paragraph = Paragraph(
        id="x.p00000000", work="x", edition="zh", order=0, kind="body", number=1, section=None, page=None,
        voice="author", length=3, hash="0" * 32, text_hash="0" * 32, sketch=(), emphasis=(), text="a\ufffeb\x0bc",
    )  # fmt: skip
    held = Held(work=Work(key="x"), edition=EDITION, paragraphs=(paragraph,), notes=(), names={}, links=())
    made = form("inception").write([held])

    assert made.lost == {"a character that XML cannot hold became another": 1}
    assert form("inception").read(made.files)[0].text == "a b c\n"


def test_an_archive_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "LIMIT", 1 << 20)
    for files in (
        {"x.zip": pack({"a": bytes(1 << 20), "b": b"x"})},
        {"x.zip": pack({"a": bytes(1 << 19)}), "y.zip": pack({"a": bytes(1 << 20)})},
        {"x.zip": pack({f"{number}.zip": pack({"a": bytes(1 << 18)}) for number in range(5)})},
    ):
        with pytest.raises(YinzhengError, match="when unpacked"):
            unpack(files)
    assert unpack({"x.qdpx": pack({"film.mp4": bytes(1 << 21), "a.txt": b"x"})}, ".txt") == {"x.qdpx/a.txt": b"x"}


def counted(folder: Path, count: Callable[[Path], int], to: str, source: Path) -> tuple[int, int, int]:
    """Annotations in a file of another project, records here, and those that are told as become one with another."""
    work = folder / "w"
    work.mkdir()
    run(work, "init", ".")
    told = run(work, "import", str(source), "--from", to, "--work", "new")[1]
    kinds: tuple[Type, ...] = ("claim", "entity", "figure")
    here = sum(len(Workspace(work).annotations("new", kind, status=None)) for kind in kinds)
    joined = sum(int(match[1] or 1) for match in re.finditer(r"note: (?:(\d+) × )?an annotation .* became one", told))
    return count(source), here, joined


BRAT_DATA = SUITES / "brat" / "example-data"
CORPORA = sorted({path.parent for path in BRAT_DATA.rglob("*.ann")}) or [BRAT_DATA]


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: path.name)
def test_brat_s_own_data_comes_in_without_one_span_lost(tmp_path: Path, corpus: Path) -> None:
    if not corpus.is_dir():
        pytest.skip("brat's example-data is not on this machine")

    def spans(folder: Path) -> int:
        return sum(len(re.findall(r"(?m)^T", path.read_text(encoding="utf-8"))) for path in folder.glob("*.ann"))

    there, here, joined = counted(tmp_path, spans, "brat", corpus)
    assert there == here + joined > 0


DOCCANO = SUITES / "doccano" / "backend"
FIXTURES = sorted(
    path for kind in ("sequence_labeling", "relation_extraction", "intent*") for path in DOCCANO.rglob(f"{kind}/*.jsonl")
) or [DOCCANO]  # fmt: skip


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: "-".join(path.parts[-4:]))
def test_doccano_s_own_files_come_in_without_one_span_lost(tmp_path: Path, fixture: Path) -> None:
    if not fixture.is_file():
        pytest.skip("doccano's fixtures are not on this machine")
    text = fixture.read_text(encoding="utf-8")
    try:
        rows = [json.loads(text)]
    except ValueError:
        rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    if not all(row.keys() & {"text", "column_data"} for row in rows):  # doccano refuses the line too
        done = yinzheng("import", str(fixture), "--from", "doccano", "--work", "new", cwd=tmp_path)
        assert done.returncode == 1
        return

    def spans(_: Path) -> int:
        keys = ("entities", "label", "column_label")
        return sum(1 for row in rows for key in keys for one in row.get(key, ()) if not isinstance(one, str))

    there, here, joined = counted(tmp_path, spans, "doccano", fixture)
    assert there == here + joined > 0
