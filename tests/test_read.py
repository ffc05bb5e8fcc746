"""Reading: every format and encoding that `add` takes, and what it refuses, with where and what to do."""

from __future__ import annotations

import codecs
import io
import itertools
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from conftest import SHARED, yinzheng
from documents import archive, chapter, docx, epub, paragraph, pdf, with_bomb
from server import Answer, answer, serving
from yinzheng.errors import YinzhengError
from yinzheng.read import encoding, parse, read, url
from yinzheng.segment import Note, segment

TRADITIONAL = "燈塔的歷史可以追溯到十九世紀，當時島上只有一座燈塔。\n\n後來議會通過了撥款，於是有了電燈，人們都很高興。"
SIMPLIFIED = "灯塔的历史可以追溯到十九世纪，当时岛上只有一座灯塔。\n\n后来议会通过了拨款，于是有了电灯，人们都很高兴。"
ENGLISH = "The council voted in 1907 to pay for the lamp.\n\nNobody came to see it lit."
PARAGRAPHS = "".join(
    f"<p>第{n}段：島上的議會在19{n}年通過了撥款，於是有了電燈，不必再燒鯨油了。</p>\n" for n in range(10, 20)
)
FORMULA = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:t>E</m:t></m:oMath>'
BOMB = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise("abcdefghij"))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "中文">{BOMB}]>'


def blocks(data: bytes, name: str = "") -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in segment(parse(data, name).text)]


def page(body: str, head: str = "<meta charset=utf-8>") -> str:
    return f"<!DOCTYPE html><html><head>{head}<title>島志</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("data", "text", "said"),
    [
        (TRADITIONAL.encode(), TRADITIONAL, ()),
        (codecs.BOM_UTF8 + TRADITIONAL.encode(), TRADITIONAL, ()),
        (TRADITIONAL.replace("\n", "\r\n").encode(), TRADITIONAL, ()),
        (TRADITIONAL.replace("\n", "\r").encode(), TRADITIONAL, ()),
        (TRADITIONAL.encode("utf-16"), TRADITIONAL, ("read as UTF-16",)),
        (codecs.BOM_UTF16_BE + TRADITIONAL.encode("utf-16-be"), TRADITIONAL, ("read as UTF-16",)),
        (TRADITIONAL.encode("utf-16-le"), TRADITIONAL, ("read as UTF-16",)),
        (TRADITIONAL.encode("utf-16-be"), TRADITIONAL, ("read as UTF-16",)),
        (ENGLISH.encode("utf-16-be"), ENGLISH, ("read as UTF-16",)),
        # the sample that is looked at ends between the halves of 𠮷
        (("\n" + "守塔人不必再燒鯨油。" * 9999 + "燒燒燒燒燒燒燒燒燒𠮷").encode("utf-16-le"), "守塔人", ("read as UTF-16",)),
        (TRADITIONAL.encode("utf-32"), TRADITIONAL, ("read as UTF-32",)),
        (TRADITIONAL.encode("big5"), TRADITIONAL, ("read as Big5",)),
        (TRADITIONAL.encode("gb18030"), TRADITIONAL, ("read as GB18030",)),
        (SIMPLIFIED.encode("gb2312"), SIMPLIFIED, ("read as GB18030",)),
        ("香港嘅燈塔喺度，佢哋唔使再燒鯨油。".encode("big5hkscs"), "香港嘅燈塔", ("read as Big5",)),
    ],
)  # fmt: skip
def test_encodings(data: bytes, text: str, said: tuple[str, ...]) -> None:
    source = parse(data)

    assert source.text.startswith(text) or text in source.text[:20]
    assert "\r" not in source.text
    assert "\ufeff" not in source.text
    assert source.warnings == said


@pytest.mark.parametrize("file", ["zho-TW", "zho-CN"])
def test_no_text_of_the_news_is_read_wrongly(file: str) -> None:
    path = SHARED / "data" / "ntrex" / f"newstest2019-ref.{file}.txt"
    if not path.exists():
        pytest.skip("the news texts are not on this machine")
    lines = path.read_bytes().decode("utf-8").split("\r\n")
    right = 0
    for coded in ("gb18030", "big5", "utf-16-le", "utf-16-be") if file == "zho-TW" else ("gb18030", "utf-16-le"):
        for line in lines:
            try:
                data = line.encode(coded)
                text, said = encoding.decode(data)
            except (UnicodeEncodeError, YinzhengError):
                continue  # refused is not wrong
            assert text == line, (coded, said)
            right += 1
    assert right > 1.6 * len(lines)


@pytest.mark.parametrize(
    ("data", "declared", "text", "said"),
    [
        (TRADITIONAL.encode("big5"), "Big5", TRADITIONAL, "read as Big5, as declared"),
        ("ふるさとの灯台は、もう鯨油を燃やさない。".encode("euc-jp"), "EUC-JP", "ふるさと", "read as euc_jp, as declared"),
        ("¿Dónde está el faro?".encode("latin-1"), "iso-8859-1", "¿Dónde está", "read as windows-1252, as declared"),
        ("“The lamp” – lit".encode("cp1252"), "windows-1252", "“The lamp” – lit", "read as windows-1252, as declared"),
        ("灯塔".encode("hz") + b"\nin 1907", "hz-gb-2312", "灯塔\nin 1907", "read as hz, as declared"),
        # declared without looking, or a lie
        (TRADITIONAL.encode(), "iso-8859-1", TRADITIONAL, "read as UTF-8, and not as the iso-8859-1 that it declares"),
        (TRADITIONAL.encode(), "gb2312", TRADITIONAL, "read as UTF-8, and not as the gb2312 that it declares"),
        (TRADITIONAL.encode(), "unicode_escape", TRADITIONAL, "read as UTF-8, and not as the unicode_escape that it declares"),
        (SIMPLIFIED.encode("gbk"), "iso-8859-1", SIMPLIFIED, "read as GB18030"),
        (SIMPLIFIED.encode("gbk"), "utf-8", SIMPLIFIED, "read as GB18030"),
        (SIMPLIFIED.encode("gbk"), "idna", SIMPLIFIED, "read as GB18030"),
        (SIMPLIFIED.encode("gbk"), "no-such-charset", SIMPLIFIED, "read as GB18030"),
        (ENGLISH.encode(), "utf-16", ENGLISH, ""),
    ],
)  # fmt: skip
def test_what_is_declared_is_believed_as_far_as_it_can_be_true(
    data: bytes, declared: str, text: str, said: str
) -> None:
    decoded, warnings = encoding.decode(data, declared)

    assert decoded.startswith(text)
    assert "".join(warnings) == said


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\xef\xbb\xbf\n", "the file is empty"),
        ("，。！".encode(), "no word in this file"),
        (b"\x89PNG\r\n\x1a\n", "binary file"),
        (b"GIF89a\x01\x00", "binary file"),
        (bytes(range(256)), "binary file"),
        ("文字".encode() + b"\x00" + "文字".encode(), "NUL bytes"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 9, r"old Word file .* save it as \.docx"),
        (rb"{\rtf1\ansi Hello}", r"RTF file; save it as \.docx"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "save the page as HTML"),
        (archive({"a.txt": "text"}), "neither docx nor epub"),
        (b"PK\x05\x06" + b"\x00" * 18, "neither docx nor epub"),
        (ENGLISH.encode() + b"\n\xff\n", r"undecodable byte 0xff at offset 75, line 4: .* save it as UTF-8"),
        (TRADITIONAL.encode()[:-1], r"undecodable byte 0xe3 at offset 149, line 3"),
        (TRADITIONAL.encode("utf-16")[:-1], "not UTF-16 at byte 104; save it as UTF-8"),
        ("de rien, où ça ? à l’île".encode("cp1252"), r"undecodable byte 0xf9"),
        (b"%PDF is a format of files", "binary file"),
    ],
)  # fmt: skip
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(YinzhengError, match=message):
        parse(data)


def test_a_word_document() -> None:
    body = (
        paragraph("燈塔的故事", "a3")
        + paragraph("一、緣起", "1")
        + paragraph("島上的議會在1907年通過了撥款。", note=1)
        + paragraph("不必再燒鯨油了。", bold=True)
        + "<w:p><w:r><w:t>他讀</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>ㄏㄢˋ</w:t></w:r></w:rt>"
        + "<w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r><w:fldSimple w:instr='SEQ'>"
        + "<w:r><w:t>字。</w:t></w:r></w:fldSimple></w:p>"
        + "<w:p><w:del><w:r><w:delText>舊的</w:delText></w:r></w:del><w:ins><w:r><w:t>新的字留下。</w:t></w:r></w:ins></w:p>"
        + f"<w:p>{FORMULA}</w:p>"
    )
    source = parse(docx(body, [paragraph("見《島志》卷二。") + paragraph("又見卷三。")]))
    found = segment(source.text)

    assert [(block.kind, block.text) for block in found] == [
        ("title", "燈塔的故事"), ("heading", "一、緣起"), ("body", "島上的議會在1907年通過了撥款。"), ("body", "不必再燒鯨油了。"),
        ("body", "他讀漢字。"), ("body", "新的字留下。"), ("note", "見《島志》卷二。"), ("note", "又見卷三。"),
    ]  # fmt: skip
    assert found[2].notes == (Note(17, 17, "marker", "[1]"),)
    assert found[3].emphasis == (0, 8)
    assert source.warnings == ("its formulas are left out; look at `yinzheng show`",)


def test_the_only_heading_1_of_a_word_document_is_its_title() -> None:
    body = paragraph("燈塔的故事", "1") + paragraph("緣起", "2") + paragraph("島上的議會通過了撥款。")

    assert [kind for kind, _ in blocks(docx(body))] == ["title", "heading", "body"]


def test_an_e_book() -> None:
    first = chapter(
        '<h1>緣起</h1><p>島上的議會在1907年通過了撥款<a epub:type="noteref" href="#n"><sup>1</sup></a>，於是有了電燈。</p>'
        '<aside epub:type="footnote" id="n"><p>見《島志》。</p></aside>'
    )
    second = chapter("<h1>結局</h1><p>守塔人識得<ruby>漢<rp>(</rp><rt>ㄏㄢˋ</rt><rp>)</rp></ruby>字。</p>", "Big5")
    cover = chapter('<img src="cover.jpg" alt=""/>')
    data = epub(
        {
            "cover.xhtml": cover,
            "empty.xhtml": "",
            "text/c%201.xhtml": first,
            "c2.xhtml": second.encode("cp950", "xmlcharrefreplace"),
        }
    )
    source = parse(data, "島志.zip")

    assert [(block.kind, block.text) for block in segment(source.text)] == [
        ("heading", "緣起"), ("body", "島上的議會在1907年通過了撥款，於是有了電燈。"), ("note", "見《島志》。"),
        ("heading", "結局"), ("body", "守塔人識得漢字。"),
    ]  # fmt: skip
    assert (source.title, source.warnings) == ("島志", ("read as Big5, as declared",))


def test_a_pdf() -> None:
    data = pdf(
        ["岛上的议会在1907年通过了拨款，", "于是有了电灯。"],
        ["The lamp was lit in 1907 by the coun-", "cil of the island."],
    )
    source = parse(b"\n" + data)

    assert (
        source.text
        == "岛上的议会在1907年通过了拨款，\n于是有了电灯。\fThe lamp was lit in 1907 by the coun-\ncil of the island."
    )
    assert "look at `yinzheng show`" in source.warnings[0]


def test_a_pdf_s_indents_and_gaps_are_kept() -> None:
    """Each paragraph ends at the end of a full line: without the page's layout nothing would tell one from the next."""
    lines = [f"{sign}上的议会在那一年通过了拨款，于是有了电灯，而且人人高兴" for sign in "甲乙丙丁戊己庚辛"]
    lines = [line[:-1] + "。" if line[0] in "丙己辛" else line for line in lines]
    first = [line[0] + line[3:] for line in lines]  # two characters shorter, where the line is set in
    indented = pdf([f" {first[0]}", lines[1], lines[2], f" {first[3]}", lines[4]], [lines[5], f" {first[6]}", lines[7]])
    apart = pdf([*lines[:3], f"\n{lines[3]}", *lines[4:6], f"\n{lines[6]}", lines[7]])

    assert [block.text for block in segment(parse(indented).text)] == [
        first[0] + lines[1] + lines[2], first[3] + lines[4] + lines[5], first[6] + lines[7],
    ]  # fmt: skip
    assert [block.text for block in segment(parse(apart).text)] == [
        lines[0] + lines[1] + lines[2], lines[3] + lines[4] + lines[5], lines[6] + lines[7],
    ]  # fmt: skip


def test_without_the_extra_a_pdf_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)

    with pytest.raises(YinzhengError, match=r"pip install 'yinzheng\[pdf\]'"):
        parse(pdf(["text"]))


def _flipped(data: bytes, name: bytes) -> bytes:
    at = data.index(name) + len(name) + 20
    return data[:at] + b"\xff" * 40 + data[at + 40 :]


ENCRYPTED = "<</Filter/Standard/V 2/R 3/Length 128/P -44/O<" + "11" * 32 + ">/U<" + "22" * 32 + ">>>"
DRM = (
    '<encryption><e:CipherData xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherReference URI="OEBPS/{}"/></e:CipherData>'
    "</encryption>"
)
ONE = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="b" href="b.xhtml"/></manifest>'
    '<spine><itemref idref="b"/></spine></package>'
)
WORDS = docx(paragraph("島上的議會在1907年通過了撥款。" * 9))
BOOK = epub({"a.xhtml": chapter("<p>島上的議會在1907年通過了撥款。</p>" * 9)})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (docx(""), "no text in this Word document"),
        (docx("<w:sdt><w:sdtContent>" * 9000), "word/document.xml"),
        (docx(paragraph("&j;"), prolog=LAUGHS), "declares entities, which no Word document does"),
        (docx(paragraph("x"), prolog='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "declares entities"),
        (archive({"word/document.xml": "<w:doc"}), "word/document.xml is not XML"),
        (archive({"word/document.xml": "<x/>"}), "Could not find the body"),
        (WORDS[: len(WORDS) // 2], "broken zip archive"),
        (_flipped(WORDS, b"word/document.xml"), "word/document.xml cannot be unpacked; save or download it again"),
        (with_bomb(docx(paragraph("字")), "word/numbering.xml", 65), "more than 64 MB of text; save it as plain text"),
        (epub({}), "no text in this e-book"),
        (epub({"a.xhtml": chapter('<img src="a.jpg"/>')}), "only pictures"),
        (with_bomb(epub({}, {"OEBPS/a.opf": ONE}), "OEBPS/b.xhtml", 65), "more than 64 MB"),
        (epub({"a.xhtml": ""}, {"META-INF/container.xml": "<container/>"}), "does not say where the book is"),
        (epub({"a.xhtml": ""}, {"META-INF/container.xml": "<container"}), "META-INF/container.xml is not XML"),
        (epub({"a.xhtml": ""}, {"OEBPS/a.opf": LAUGHS + "<x>&j;</x>"}), "amplification"),
        (epub({"../../../etc/passwd": ""}), "incomplete: ../../etc/passwd is not in it"),
        (_flipped(BOOK, b"OEBPS/a.xhtml"), "OEBPS/a.xhtml cannot be unpacked"),
        (epub({"a.xhtml": chapter("字")}, {"META-INF/encryption.xml": DRM.format("a.xhtml")}), "copy protection"),
        (epub({"a.xhtml": b"\xff\xff\x81"}), "undecodable byte"),
        (pdf([]), "only pictures; recognise it"),
        (pdf(["text"])[:300], "this PDF cannot be read"),
        (pdf(), "this PDF cannot be read"),
        (pdf(["字"], trailer="/Encrypt 7 0 R/ID[<00><00>]", more=[ENCRYPTED]), "has a password; save a copy without one"),
        (page("").encode(), "no text in this page"),
        (page("<script>document.write('文字')</script>").encode(), "a script may fill it"),
        (b"<html><!-- comment --></html>", "no text in this page"),
        (b'<?xml version="1.0"?><?nothing more?>', "no text in this page"),
        (page("<p>文字</p>" + "<div>" * 100_000 + PARAGRAPHS).encode(), "nested more than 2,000 deep"),
        (epub({"a.xhtml": chapter("<div>" * 3000 + "字" + "</div>" * 3000)}), "nested more than 2,000 deep"),
    ],
)  # fmt: skip
def test_broken_and_hostile_documents(data: bytes, message: str) -> None:
    began = time.perf_counter()
    with pytest.raises(YinzhengError, match=message):
        segment(parse(data).text)

    assert time.perf_counter() - began < 20  # a bomb that goes off takes minutes, or the machine


def test_fonts_of_an_e_book_may_be_encrypted() -> None:
    assert parse(
        epub({"a.xhtml": chapter("<p>島上的議會。</p>")}, {"META-INF/encryption.xml": DRM.format("a.otf")})
    ).text


SAVED = {
    "plain": f"<nav>首頁 關於</nav><div><h1>燈塔的故事</h1><p class=author>文/王小明</p>{PARAGRAPHS}</div><footer>版權所有 ©</footer>",
    "WeChat": '<div id="js_article"><h1 class="rich_media_title">燈塔的故事</h1><div id="js_content" style="visibility: hidden">'
    + PARAGRAPHS.replace("<p>", "<section><p><span>").replace("</p>", "</span></p></section><p><br></p>")
    + "</div></div><script>var x = '<p>假的</p>'</script>",
    "header": f"<header><h1>島報</h1></header><main><article><header><h1>燈塔的故事</h1></header>{PARAGRAPHS}</article></main>",
    "notes": f"<article><h1>燈塔的故事</h1>{PARAGRAPHS}<aside class=footnotes><p>見《島志》卷二，又見《島報》。</p></aside></article>"
    f"<aside>相關文章</aside>",
    "breaks": "<h1>燈塔的故事</h1><div>" + PARAGRAPHS.replace("<p>", "").replace("</p>", "<br><br>") + "</div>",
    "sup": f"<h1>燈塔的故事</h1><div>{PARAGRAPHS.replace('撥款', '撥款<sup>[2]</sup>')}</div>",
    "note-content": f"<h1>燈塔的故事</h1><div class=note-content>{PARAGRAPHS.replace('撥款', '撥款<sup>[2]</sup>')}</div>",
    "table": f"<h1>燈塔的故事</h1><table><tr><td>{PARAGRAPHS}</td></tr></table>",
}  # fmt: skip


@pytest.mark.parametrize("body", SAVED.values(), ids=list(SAVED))
@pytest.mark.parametrize("coded", ["utf-8", "gb18030", "big5", "utf-16"])
def test_a_saved_page(body: str, coded: str) -> None:
    data = page(body, f'<meta http-equiv="Content-Type" content="text/html; charset={coded}">').encode(coded, "ignore")
    found = blocks(data)
    body_texts = [text for kind, text in found if kind == "body"]

    assert ("title", "燈塔的故事") in found
    assert len(body_texts) == 10
    assert body_texts[0] == "第10段：島上的議會在1910年通過了撥款，於是有了電燈，不必再燒鯨油了。"
    assert not any(word in text for _, text in found for word in ("首頁", "版權", "假的", "相關"))
    assert (("note", "見《島志》卷二，又見《島報》。") in found) == ("footnotes" in body)


def test_a_text_that_speaks_of_tags_is_no_page() -> None:
    text = "網頁以<html>開始，\n\n以</html>結束，當中是<body>。"

    assert parse(text.encode(), "notes.txt").format == "txt"
    assert parse(text.encode(), "notes.md").text == text
    assert parse(page(PARAGRAPHS).encode(), "notes.txt").format == "html"  # a page saved under another name


def test_a_page_of_many_notes_takes_no_longer_than_its_length() -> None:
    began = time.perf_counter()
    found = segment("<div><p>" + "島上<sup>1</sup>有燈" * 20_000 + "</p></div>")

    assert len(found[0].notes) == 20_000
    assert time.perf_counter() - began < 20  # it took minutes when each note read the paragraph anew


def _redirect(target: str) -> Answer:
    return answer(b"", 302, Location=target)


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    for _ in range(9):
        handler.wfile.write(b"a")
        time.sleep(0.1)


ANSWERS: dict[str, Answer] = {
    "/page": answer(page(PARAGRAPHS).encode(), Content_Type="text/html"),
    "/latin": answer(page(PARAGRAPHS).encode(), Content_Type="text/html; charset=iso-8859-1"),
    "/gbk": answer(SIMPLIFIED.encode("gbk"), Content_Type="text/plain; charset=gb2312"),
    "/%E7%87%88%E5%A1%94": answer(TRADITIONAL.encode()),
    "/moved": _redirect("/page"),
    "/file": _redirect("file:///etc/passwd"),
    "/ftp": _redirect("ftp://127.0.0.1/a"),
    "/round": _redirect("/round"),
    "/broken": answer(b"too short", Content_Length="1000"),
    "/large": answer(b"a" * 100_000),
    "/error": answer(b"sorry", 503),
    "/nothing": answer(b""),
    "/slow": lambda handler: time.sleep(1),
    "/drip": _drip,
    "/garbage": lambda handler: handler.wfile.write(b"garbage\r\n\r\n"),
    "/chunks": lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab cd\r\n9\r\nxx"),
    "/closed": lambda handler: None,
}  # fmt: skip


def test_urls() -> None:
    with serving(ANSWERS) as (address, asked):
        assert len(segment(read(f"{address}/page?q=燈").text)) == 10
        assert asked == ["/page?q=%E7%87%88"]
        assert read(f"{address}/latin#there").warnings == (
            "read as UTF-8, and not as the iso-8859-1 that it declares",
        )  # fmt: skip
        assert read(f"{address}/gbk").text == SIMPLIFIED
        assert read(f"{address}/燈塔").text == TRADITIONAL
        assert len(segment(read(f"{address}/moved").text)) == 10


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/absent", "the server answers 404; or save the page, and add the file"),
        ("/error", "the server answers 503"),
        ("/file", "the server answers 302|redirect"),
        ("/ftp", "unknown url type: ftp"),
        ("/round", "the server answers 302"),
        ("/broken", "broke off after 9 of 1000 bytes; try again"),
        ("/chunks", "broke off"),
        ("/nothing", "the file is empty"),
        ("/garbage", "cannot be reached"),
        ("/closed", "cannot be reached"),
    ],
)
def test_urls_that_fail(path: str, message: str) -> None:
    with serving(ANSWERS) as (address, _), pytest.raises(YinzhengError, match=message) as failure:
        read(address + path)

    assert str(failure.value).startswith(f"{address}{path}: ")


def test_a_server_that_is_slow_or_never_stops_is_left() -> None:
    with serving(ANSWERS) as (address, _):
        for path, options, message in (
            ("/slow", {"timeout": 0.2}, "timed out"),
            ("/drip", {"patience": 0.3}, "not done after"),
            ("/large", {"largest": 1000}, "larger than 0 MB"),
        ):
            with pytest.raises(YinzhengError, match=message):
                url.fetch(address + path, **options)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://", "a URL with a host"),
        ("http://user:word@127.0.0.1/", "without a password"),
        ("http://127.0.0.1:99999/", "cannot be reached"),
        ("http://[::1/", "cannot be reached"),
        ("http://127.0.0.1:9/", "cannot be reached"),
        ("http://a..b/", "cannot be reached"),
    ],
)
def test_addresses_that_are_none(address: str, message: str) -> None:
    with pytest.raises(YinzhengError, match=message):
        read(address)


def test_files_and_streams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "燈塔.txt").write_text(TRADITIONAL, encoding="utf-8")
    (tmp_path / "x.docx").mkdir()
    steps: list[tuple[int, int | None]] = []

    assert read("-", stdin=io.BytesIO(TRADITIONAL.encode())).text == TRADITIONAL
    assert read(str(tmp_path / "燈塔.txt"), progress=lambda *step: steps.append(step)).text == TRADITIONAL
    assert steps == [(len(TRADITIONAL.encode()),) * 2]
    with pytest.raises(YinzhengError, match=r"燈塔\.tx: no such file; near it: 燈塔\.txt"):
        read(str(tmp_path / "燈塔.tx"))
    with pytest.raises(YinzhengError, match="this is a folder; name a file in it"):
        read(str(tmp_path / "x.docx"))
    with pytest.raises(YinzhengError, match="no such file"):
        read(r"C:\Users\王小明\燈塔.txt")
    with pytest.raises(YinzhengError, match="no standard input"):
        read("-")
    monkeypatch.setattr("yinzheng.read.LARGEST", 100)
    with pytest.raises(YinzhengError, match="-: more than 1 GB; divide it"):
        read("-", stdin=io.BytesIO(TRADITIONAL.encode()))


def test_added_from_every_format_the_ids_are_the_same(empty: Path) -> None:
    text = [f"第{n}段：島上的議會在19{n}年通過了撥款，於是有了電燈。" for n in range(10, 20)]
    markup = "".join(f"<p>{line}</p>" for line in text)
    with serving({"/page": answer(page(markup).encode())}) as (address, _):
        copies = {
            "lamp.txt": "\n\n".join(text).encode("utf-16"),
            "lamp.docx": docx("".join(map(paragraph, text))),
            "lamp.epub": epub({"a.xhtml": chapter(markup)}),
            "lamp.htm": page(markup, "<meta charset=big5>").encode("big5"),
        }
        for name, data in copies.items():
            (empty / name).write_bytes(data)
        first = yinzheng("add", "lamp.txt", "--work", "lamp", cwd=empty)
        assert first.returncode == 0, first.stderr
        assert "note: read as UTF-16" in first.stderr
        for source in [*copies, f"{address}/page"]:
            run = yinzheng("add", source, cwd=empty)
            assert (run.returncode, run.stdout) == (0, "lamp/zh  10 paragraphs: 10 exact\n  exact: ¶ 1–10\n"), (
                run.stderr
            )
