"""TEI P5: valid by the schema of the TEI, exact ranges, and the same records and names back; other editions' names."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from composed import composed, returns, run, state
from conftest import SUITES, yinzheng
from lxml import etree
from yinzheng.errors import YinzhengError
from yinzheng.exchanging import tei
from yinzheng.records import Annotation
from yinzheng.workspace import FILES, TYPES, Workspace

NS = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


@cache
def schema() -> Any:
    """tei_all of the TEI Consortium (P5 4.3 and 4.7 were tried); some seconds to read."""
    path = SUITES / "tei_all.rng"
    if not path.exists():
        pytest.skip("tei_all.rng is not on this machine")
    return etree.RelaxNG(etree.parse(path))


def valid(data: bytes) -> str:
    return "" if schema().validate(etree.fromstring(data)) else str(schema().error_log)


def out(folder: Path, what: str, *options: str) -> bytes:
    run(folder, "export", what, "--to", "tei", "--status", "all", "-o", "x.xml", *options)
    return (folder / "x.xml").read_bytes()


def test_the_schema_finds_what_is_wrong(demo: Path) -> None:
    data = out(demo, "park2023/digest-en")

    assert valid(data.replace(b"<listAnnotation>", b"<listAnnotation><p/>"))
    assert valid(data.replace(b'target="#string', b'target=" #string', 1).replace(b" target=", b" targett=", 1))


@pytest.mark.parametrize("edition", ["digest-en", "digest-zh", "zh", "en"])
def test_every_edition_is_valid(demo: Path, edition: str) -> None:
    if edition == "en":
        done = yinzheng("export", "park2023/en", "--to", "tei", cwd=demo)
        assert done.returncode == 1
        return
    data = out(demo, f"park2023/{edition}")

    assert valid(data) == ""
    assert (b"<gap " in data) == (edition == "zh")


def test_a_text_with_headings_and_emphasis_is_valid(article: Path, demo: Path) -> None:
    yinzheng("add", str(article), cwd=demo)
    data = out(demo, "park2023/zh", "--with-local-text")

    assert valid(data) == ""
    assert b"<head " in data


def test_composed_text_is_valid_and_every_range_is_its_words(tmp_path: Path) -> None:
    folder = composed(tmp_path)
    data = out(folder, "odd")
    root = etree.fromstring(data)
    texts = {one.get(ID): "".join(one.itertext()) for one in root.iter(f"{NS}p")}
    notes: list[Annotation] = []
    for kind in FILES:
        notes += Workspace(folder).annotations("odd", kind, status=None)  # type: ignore[arg-type]
    targets = {
        one.get(ID): one.get("target")[len("#string-range(") : -1].split(",") for one in root.iter(f"{NS}annotation")
    }

    assert valid(data) == ""
    assert len(targets) == len(notes)
    for note in notes:
        paragraph, start, length = targets[note.id]
        assert texts[paragraph][int(start) : int(start) + int(length)] == note.text


def test_a_note_s_marker_refers_to_its_note_and_is_no_word(empty: Path) -> None:
    text = (
        "A title\n\nIt **has spent[^1] 3.5 billion** on chips.[^2] And more.[^9]\n\n[^1]: A paper.\n\n[^2]: Another.\n"
    )
    (empty / "t.md").write_text(text, encoding="utf-8")
    run(empty, "add", "t.md", "--work", "t", "--lang", "en")
    data = out(empty, "t", "--with-local-text")
    root = etree.fromstring(data)
    there = Workspace(empty).paragraphs("t")
    words = {one.get(ID): "".join(one.itertext()) for one in root.iter() if one.get(ID, "").startswith("t.p")}
    notes = [f"#{one.id}" for one in there if one.kind == "note"]

    assert words == {one.id: one.text for one in there}
    assert [(one.get("n"), one.get("target")) for one in root.iter(f"{NS}ref")] == [
        ("1", notes[0]),
        ("2", notes[1]),
        ("9", None),
    ]
    assert ["".join(one.itertext()) for one in root.iter(f"{NS}hi")] == ["has spent", " 3.5 billion"]
    assert tei.read({"x.xml": data})[1].text == there[1].text
    assert valid(data) == ""


def test_the_header_says_what_the_bibliography_says(demo: Path) -> None:
    root = etree.fromstring(out(demo, "park2023/zh"))
    header = root.find(f"{NS}teiHeader")
    words = " ".join(header.itertext())

    assert "Park, Seohee Ashley" in words
    assert [one.text for one in header.iter(f"{NS}editor")] == ["陳蕊"]
    assert header.find(f".//{NS}licence").get("target") == "http://rightsstatements.org/vocab/InC/1.0/"


@pytest.mark.parametrize("edition", ["digest-en", "digest-zh", "zh"])
def test_the_bundled_records_come_back(demo: Path, edition: str) -> None:
    returns(demo, f"park2023/{edition}", "tei")


def test_names_come_back(demo: Path) -> None:
    before = state(demo)
    run(demo, "export", "park2023", "--to", "tei", "--status", "all", "-o", "out")
    for path in (demo / "annotations" / "park2023").iterdir():
        path.write_text("")
    run(demo, "import", "out", "--from", "tei")

    assert state(demo) == before


@pytest.mark.parametrize("text", ["included", "local"])
def test_composed_records_come_back(tmp_path: Path, text: str) -> None:
    (tmp_path / "a").mkdir()
    returns(composed(tmp_path / "a", text), "odd", "tei")
    returns(tmp_path / "a", "odd", "tei", "--with-local-text")


def document(body: str, more: str = "") -> bytes:
    head = "<teiHeader><fileDesc><titleStmt><title>x</title></titleStmt></fileDesc></teiHeader>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}{more}<text><body>{body}</body></text></TEI>'.encode()


def read(body: str, more: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (one.text, [(one.text[span.start : span.end], span.label) for span in one.spans])
        for one in tei.read({"x.xml": document(body, more)})
        if one.text
    ]


def test_what_another_edition_marks_in_its_text_is_read() -> None:
    body = """<div><head>On <placeName>Kumamoto</placeName></head>
      <p>It was <persName>Mr.
         <surname>Ng</surname></persName>, of <orgName>Sony</orgName><note>a note</note>, in <date when="1999">1999</date>
         who paid <measure type="currency">$5</measure>.<lb/>🥳<rs type="person">He</rs> left.</p></div>"""

    assert read(body) == [
        ("On Kumamoto", [("Kumamoto", "GPE")]),
        ("It was Mr. Ng, of Sony, in 1999 who paid $5. 🥳He left.",
         [("Mr. Ng", "PERSON"), ("Sony", "ORG"), ("1999", "DATE"), ("$5", "MONEY"), ("He", "PERSON")]),
    ]  # fmt: skip


def test_spans_between_anchors_and_words_are_read() -> None:
    body = '<p>a <anchor xml:id="a"/>b c<anchor xml:id="b"/> <w xml:id="w1">d</w> <w xml:id="w2">e</w></p>'
    more = ('<standOff><spanGrp><span from="#a" to="#b" ana="#ORG">x</span><span target="#w1 #w2" type="GPE"/>'
            '<span target="#gone"/></spanGrp></standOff>')  # fmt: skip

    assert read(body, more) == [("a b c d e", [("b c", "ORG"), ("d e", "GPE")])]
    assert sum(sum(one.lost.values()) for one in tei.read({"x": document(body, more)})) == 1


@pytest.mark.parametrize(
    "body",
    [
        '<u who="#a">Said <persName>Ng</persName>.</u>', "<quote>Said <persName>Ng</persName>.</quote>",
        "<sp><speaker><persName>Ng</persName></speaker><p>Yes.</p></sp>", "<stage>Enter <persName>Ng</persName>.</stage>",
        "<u><w>Said</w> <persName><w>Ng</w></persName></u>", "<div><opener><persName>Ng</persName></opener></div>",
    ],
)  # fmt: skip
def test_whatever_has_words_is_read(body: str) -> None:
    assert [found for _, spans in read(body) for found in spans] == [("Ng", "PERSON")]


def lost(body: str, more: str = "") -> Counter[str]:
    return sum((one.lost for one in tei.read({"x": document(body, more)})), Counter())


def test_what_stays_out_is_counted() -> None:
    body = "<note>At <placeName>Ise</placeName></note><p>a<note>x</note> b<note>y</note> c<choice><sic>d</sic><corr><date>e</date></corr></choice></p>"
    told = lost(
        body, '<standOff><listPerson><person xml:id="ng"><persName>Ng</persName></person></listPerson></standOff>'
    )

    assert read(body) == [("a b cd", [])]
    assert {words: count for words, count in told.items() if "note in the text" in words} == {
        "a note in the text stayed out": 3
    }
    assert told["an annotation in a note, or in what is no running text, was left out"] == 2
    assert told["an entry of a person, organisation or place without an id of ours was left out"] == 1
    assert not lost("<p>a<del>b</del></p>")


def test_one_reading_of_an_apparatus_is_the_text() -> None:
    body = (
        '<p>It is <app><lem>black</lem><rdg wit="#B">white <name>Sony</name></rdg></app> and <app><rdg>old</rdg>'
        "<rdg>new</rdg></app> <choice><sic>teh</sic><corr>the</corr></choice> <name>Sharp</name></p>"
    )
    first, last = tei.read({"x.xml": document(body, "")})

    assert first.text == "It is black and old teh Sharp"
    assert [first.text[span.start : span.end] for span in first.spans] == ["Sharp"]
    assert last.lost["another reading (rdg) stayed out"] == 2
    assert last.lost["an annotation in a note, or in what is no running text, was left out"] == 1


def test_what_another_edition_says_of_a_name_is_its_note() -> None:
    body = '<p><persName ref="#ng" type="author" xml:id="a">Ng</persName> in <date when="1999">that year</date></p>'
    more = ('<standOff><listAnnotation><annotation target="#a" ana="#PERSON #poet" resp="#kc"><note>a <hi>real</hi> one</note>'
            "</annotation></listAnnotation></standOff>")  # fmt: skip
    spans = [(span.label, dict(span.columns)) for one in tei.read({"x": document(body, more)}) for span in one.spans]

    assert spans == [
        ("PERSON", {"note": "ref: #ng; type: author"}), ("DATE", {"note": "when: 1999"}),
        ("PERSON", {"note": "a real one; label: poet", "by": "#kc"}),
    ]  # fmt: skip


def test_a_declared_entity_is_refused_and_told() -> None:
    data = b'<!DOCTYPE TEI [<!ENTITY co "Sony">]>' + document("<p>a\n&co; b</p>")
    with pytest.raises(YinzhengError, match=r"x\.xml:2: &co; is declared"):
        tei.read({"x.xml": data})


def test_a_structure_that_says_too_little_is_told(demo: Path) -> None:
    paragraph = Workspace(demo).index("park2023", "zh")[3].id
    annotation = f'<annotation target="#string-range({paragraph},0,2)"><note><fs type="entity"/></note></annotation>'
    (demo / "x.xml").write_bytes(document(f'<p xml:id="{paragraph}"><gap/></p>', f"<standOff>{annotation}</standOff>"))
    told = run(demo, "import", "x.xml", "--from", "tei")[1]

    assert "text is not here" in told


def test_a_new_work_comes_in(empty: Path) -> None:
    (empty / "x.xml").write_bytes(document("<p>The owner <persName>Ng</persName> paid.</p>"))
    run(empty, "import", "x.xml", "--from", "tei", "--work", "new")
    notes = [note for kind in TYPES for note in Workspace(empty).annotations("new", kind)]  # type: ignore[arg-type]

    assert [(note.text, note.label) for note in notes] == [("Ng", "PERSON")]


def test_what_xml_cannot_hold_is_counted(tmp_path: Path) -> None:
    folder = composed(tmp_path)
    index = next((folder / "corpus/odd").glob("*.jsonl"))
    index.write_text(index.read_text("utf-8").replace("left; ", "left;\\u0007\\u001b"), encoding="utf-8")
    told = run(folder, "export", "odd", "--to", "tei", "-o", "x.xml")[1]

    written = (folder / "x.xml").read_text("utf-8").count("\ufffd")
    assert f"{written} × a character that XML cannot hold" in told
    assert "left;\ufffd\ufffd" in "".join(etree.parse(folder / "x.xml").getroot().itertext())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not XML"), (b"<TEI/>", "no TEI"), (b"<a", "not XML"), (b"\xff\xfe", "not XML"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "no TEI"),
        (document('<p xml:id="odd.p00000000">a</p>', '<standOff><listAnnotation><annotation xml:id="x" '
                  'target="#string-range(odd.p00000000,0,1)"><note><fs type="figure"><f name="value"><numeric value="x"/>'
                  "</f></fs></note></annotation></listAnnotation></standOff>"), "value: 'x' is no number"),
    ],
)  # fmt: skip
def test_what_is_damaged_is_told(data: bytes, message: str) -> None:
    with pytest.raises(YinzhengError, match=message):
        tei.read({"x.xml": data})
