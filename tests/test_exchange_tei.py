"""TEI P5: valid by the schema of the TEI, exact ranges, and the same records and names back; other editions' names."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from composed import composed, returns, run, state
from conftest import SUITES, yinzheng
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from yinzheng.errors import YinzhengError
from yinzheng.exchanging import tei
from yinzheng.records import Annotation
from yinzheng.segment.wrapping import Line, joined
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
    assert not lost("<p>a<hi>b</hi></p>")


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


def test_a_character_that_unicode_had_not_is_what_the_file_maps_it_to() -> None:
    """As CBETA declares them: by Unicode, by a normal form in two ways, by nothing but private use."""
    maps = {
        "a": '<mapping type="PUA">U+F00A6</mapping><mapping type="normal_unicode">U+5384</mapping>'
        '<mapping type="unicode">U+2053B</mapping>',
        "b": '<mapping type="Unicode">厄</mapping>',
        "c": "<charProp><localName>normalized form</localName><value>厄</value></charProp>",
        "d": '<localProp name="normalized form" value="厄"/>',
        "e": '<mapping type="normal_unicode">U+5384 U+5385</mapping>',
        "f": '<mapping type="PUA">U+F00A6</mapping><charProp><localName>composition</localName><value>[木*奈]</value></charProp>',
        "g": '<mapping type="unicode">U+F00A6</mapping>', "h": '<mapping type="unicode">U+FFFFFF</mapping>',
        "i": "<charProp><value>x</value></charProp>",
    }  # fmt: skip
    declared = "".join(f'<char xml:id="{id}">{said}</char>' for id, said in maps.items())
    more = f"<teiHeader><encodingDesc><charDecl>{declared}</charDecl></encodingDesc></teiHeader>"
    body = "<p>苦<name>" + "".join(f'<g ref="#{id}"/>' for id in (*maps, "gone")) + '</name>，<g ref="#a">木</g></p>'

    assert read(body, more) == [("苦\U0002053b厄厄厄厄厅〓〓〓〓〓，木", [("\U0002053b厄厄厄厄厅〓〓〓〓〓", "TERM")])]
    assert lost(body, more) == {
        "a character (g) that the file maps to none of Unicode stands as 〓": 5,
        "a character (g) stands in a normal form, as the file maps it": 3,
    }


@pytest.mark.parametrize(
    ("said", "signs"),
    [
        ('reason="illegible" quantity="2"', "□□"), ('unit="chars" quantity="3"', "□□□"), ('extent="2 characters"', "□□"),
        ('extent="2字"', "□□"), ('unit="line" quantity="2"', "…"), ('extent="some"', "…"), ("", "…"),
        ('quantity="1000000000000"', "…"), ('quantity="0"', "…"), ('extent="2 lines"', "…"),
    ],
)  # fmt: skip
def test_a_gap_is_seen(said: str, signs: str) -> None:
    body = f"<p>前<gap {said}><desc>worm</desc></gap>後</p>"

    assert read(body) == [(f"前{signs}後", [])]
    assert lost(body) == {"a gap stands as □ for each character that is missing, or as …": 1}
    assert lost(f"<gap {said}/><p>a</p>") == {"a gap between paragraphs was left out": 1}


READING = "another reading (rdg) stayed out"


@pytest.mark.parametrize(
    ("body", "texts", "told"),
    [
        ("<lg><app><lem><l>床前明月光</l><l>疑是</l></lem><rdg><l>床前看月光</l></rdg></app></lg>", ["床前明月光", "疑是"], {READING: 1}),
        ("<div><app><lem><p>甲</p></lem><rdg><p>乙</p><p>丙</p></rdg></app></div>", ["甲"], {READING: 1}),
        ("<div><app><rdg><p>甲</p></rdg><rdg/></app></div>", ["甲"], {READING: 1}),
        ("<p>讀<app><rdgGrp><lem>甲</lem><rdg>乙</rdg></rdgGrp></app>之</p>", ["讀甲之"], {READING: 1}),
        ("<p>讀<app><rdgGrp><rdgGrp><rdg>乙</rdg><rdg>丁</rdg></rdgGrp></rdgGrp><lem>甲</lem><wit>B</wit></app>之</p>", ["讀甲之"], {READING: 2}),
        ("<p>讀<app><note>按</note><rdg>甲</rdg></app></p>", ["讀甲"], {"a note in the text stayed out": 1}),
        ("<p>讀<app><note>按</note></app></p>", ["讀"], {"a note in the text stayed out": 1}),
        (
            '<p>讀甲<app from="#a"><lem>甲</lem><rdg>乙</rdg></app></p><p><app loc="1"><rdg>乙</rdg></app></p>'
            "<listApp><app><rdg>x</rdg></app><app><rdg>y</rdg></app></listApp>",
            ["讀甲"], {"an entry of an apparatus that stands apart from the text stayed out": 4},
        ),
        (
            "<p>a<choice><corr>c</corr><sic>b</sic></choice><choice><reg>e</reg><orig>d</orig></choice>"
            "<choice><abbr>f</abbr><expan>g</expan></choice><subst><del>i</del><add>h</add></subst><fw>9</fw></p>",
            ["abdfh"],
            {f"another form ({tag}) of what the text has stayed out": 1 for tag in ("corr", "reg", "expan")}
            | {"deleted words (del) stayed out": 1, "the head, foot or number of a page (fw) stayed out": 1},
        ),
        ("<div><choice><sic><p>a</p></sic><corr><p>b</p></corr></choice></div>", ["a"],
         {"another form (corr) of what the text has stayed out": 1}),
        ("<listPerson><person><persName>Ng</persName></person></listPerson><p>a</p>", ["a"],
         {"an entry of a person, organisation or place without an id of ours was left out": 1}),
        ("<p>云：<lg><l>甲</l><l>乙</l></lg>或 <list><item>a</item><item>b</item></list></p>", ["云：甲乙或a b"], {}),
    ],
)  # fmt: skip
def test_what_the_text_has_of_two_and_what_it_has_not(body: str, texts: list[str], told: dict[str, int]) -> None:
    assert ([text for text, _ in read(body)], lost(body)) == (texts, told)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('照見五蘊皆\n<lb n="1"/>空，度一切\n苦厄', "照見五蘊皆空，度一切苦厄"), ("照見 五蘊", "照見 五蘊"),
        ("照<lb/>見<pb/>Sony<lb/>paid", "照見Sony paid"), ("hyphen-\n<lb break='no'/>  ated", "hyphen-ated"),
        ("皆\n　　空　空", "皆空　空"), ("\n　a\n", "a"), ("well-\nknown", "well-known"),
    ],
)  # fmt: skip
def test_lines_are_joined_as_everywhere(body: str, text: str) -> None:
    assert read(f"<p>{body}</p>") == [(text, [])]


LINES = st.text(st.sampled_from("a中𠮷🥳-é，.7 "), min_size=1, max_size=5).map(str.strip).filter(bool)


@given(st.lists(LINES, min_size=1, max_size=6), st.sampled_from(["\n", "<lb/>", " \n <lb n='1'/>", "\t\r\n\t"]))
def test_every_name_is_its_words_however_lines_break(lines: list[str], between: str) -> None:
    lines = [" ".join(line.split()) for line in lines]
    body = between.join(f"<name> {line}\n</name>" for line in lines)

    assert read(f"<p>{body}</p>") == [
        (joined([Line(line, line) for line in lines], False), [(one, "TERM") for one in lines])
    ]


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
