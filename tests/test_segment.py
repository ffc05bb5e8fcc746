"""Segmenting: the real article, articles of other shapes, and what holds for any text."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yinzheng.letters import letters
from yinzheng.segment import Block, Note, segment
from yinzheng.segment.looks import Looks

FOLDER = Path(__file__).parent / "texts" / "shapes"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in segment(text)]


PROSE = "佔位符是每一本手冊裡沉默的工人。它們站在名字將要站的地方，卻分文不取。"


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("[1] 譯者注：指東京。", "translator"),
        ("〔譯註〕此處原文作六座。", "translator"),
        ("① 譯註：指東京。", "translator"),
        ("註1：譯者所加", "translator"),
        ("[2] 此處指東京。（譯者註）", "translator"),
        ("譯後記：這本書翻譯了三年，今年才得以出版。", "translator"),
        ("譯者前言：這本書翻譯了三年，今年才得以出版。", "translator"),
        ("審校者按：此處年份有誤。", "editor"),
        ("[Translator's note: the original has six.]", "translator"),
        ("此處指東京灣的填海計劃——譯者註", "translator"),
        ("此處指東京。——譯者", "translator"),
        ("The island of that name. —Trans.", "translator"),
        ("See the second edition. — Ed.", "editor"),
        ("譯者注意到，這裏的燈塔不多。", None),
        ("譯者按照原文改動了句子，編者註釋了全書。", None),
        ("他既是作者，又是譯者。", None),
        ("他想起了那句話——譯者註定孤獨。", None),
        ("1. 譯者要守規矩。", None),
        ("The translator's note is long, and the editor says so.", None),
    ],
)
def test_a_note_says_whose_it_is(line: str, whose: str | None) -> None:
    for text in (line, opencc.OpenCC("t2s").convert(line)):
        blocks = segment(f"# 標題\n\n{PROSE}\n\n{text}\n\n{PROSE}\n")
        [said] = [block for block in blocks if block.text == text]

        assert (said.kind, said.voice) == (("note", whose) if whose else ("body", "author"))
        assert [block.voice for block in blocks if block.text == PROSE] == ["author", "author"]


def test_what_stands_under_a_translator_s_heading_is_the_translator_s() -> None:
    blocks = segment(f"# 標題\n\n{PROSE}\n\n## 譯後記\n\n{PROSE}\n\n{PROSE}\n\n## 結論\n\n{PROSE}\n")

    assert [block.voice for block in blocks if block.kind == "body"] == ["author", "translator", "translator", "author"]


def test_a_bracket_that_a_translator_signs_is_the_translator_s() -> None:
    [block] = segment("原文作六座（原文如此——譯者注）燈塔，（他說——譯者注意到）後來拆了。")[:1]

    assert next(block.text[note.start : note.end] for note in block.notes) == "原文如此——譯者注"


def test_the_article(article: Path) -> None:
    blocks = segment(article.read_text(encoding="utf-8"))
    lead = [block for block in blocks if block.kind == "lead"]

    assert Counter(block.kind for block in blocks) == {
        "body": 54, "heading": 10, "lead": 4, "byline": 7, "title": 2, "caption": 1,
    }  # fmt: skip
    assert {block.voice for block in lead} == {"editor"}
    assert [block.voice for block in blocks if block.kind == "title"] == ["editor", "author"]
    assert all(block.voice == "author" for block in blocks if block.kind == "body")
    assert sum(len(block.emphasis) for block in blocks) == 30
    assert [n.kind for block in blocks for n in block.notes] == ["translator", "translator"]
    assert not any(mark in block.text for block in blocks for mark in ("**", "▍"))


@pytest.mark.parametrize("config", ["t2s", "s2tw", "s2hk"])
def test_the_article_has_the_same_blocks_in_every_script(article: Path, config: str) -> None:
    text = article.read_text(encoding="utf-8")
    ours, theirs = segment(text), segment(opencc.OpenCC(config).convert(text))

    assert [b.kind for b in ours] == [b.kind for b in theirs]
    assert [letters(b.text).text for b in ours] == [letters(b.text).text for b in theirs]


def test_a_saved_page(lighthouse: str) -> None:
    blocks = segment(lighthouse)

    assert [block.kind for block in blocks] == [
        "title", "byline", "byline", "byline", "lead", "lead", "byline", "byline", "title",
        "heading", "body", "body", "heading", "body", "body", "caption",
        "heading", "body", "heading", "body", "heading", "body",
    ]  # fmt: skip
    assert blocks[8].text == "海上燈火：從油燈到電燈的一百年"
    assert (blocks[0].voice, blocks[8].voice) == ("editor", "author")  # the page's headline; the work's title
    assert blocks[11].emphasis == (0, 28)
    assert blocks[14].text.endswith("結果出人意料。")
    assert blocks[14].notes == (Note(29, 29, "marker", "[3]"),)
    translators = blocks[19].notes[0]
    assert blocks[19].text[translators.start : translators.end] == "譯者注:原文作六座,疑誤"


SHAPES = {
    "indented": (
        "　　第一段沒有標題，只是一段文字。\n　　第二段也是這樣。",
        [("body", "第一段沒有標題，只是一段文字。"), ("body", "第二段也是這樣。")],
    ),
    "wrapped Chinese": (
        "　　燈塔的歷史可以追溯到十九世紀，當時\n島上只有一座燈塔，每晚都要燒掉許多鯨\n油，守塔人非常辛苦。\n"
        "　　後來議會通過了撥款，於是有了電燈，\n島上的人們都很高興，紛紛前來觀看，一\n時熱鬧非凡。\n",
        [
            ("body", "燈塔的歷史可以追溯到十九世紀，當時島上只有一座燈塔，每晚都要燒掉許多鯨油，守塔人非常辛苦。"),
            ("body", "後來議會通過了撥款，於是有了電燈，島上的人們都很高興，紛紛前來觀看，一時熱鬧非凡。"),
        ],
    ),
    "wrapped English": (
        "The Quiet Harbour\nBy Jane Doe\nMarch 3, 2020\n\nIt was late in the season when the\nboats came back to the harbour, and\n"
        "nobody on the quay had expected so\nmany of them. The fish were few.\n\nA second paragraph follows here and\n"
        "it is wrapped at thirty-five columns\nor thereabouts.\n",
        [
            ("title", "The Quiet Harbour"),
            ("byline", "By Jane Doe"),
            ("byline", "March 3, 2020"),
            (
                "body",
                "It was late in the season when the boats came back to the harbour, and nobody on the quay had "
                "expected so many of them. The fish were few.",
            ),
            ("body", "A second paragraph follows here and it is wrapped at thirty-five columns or thereabouts."),
        ],
    ),
    "Markdown": (
        "---\ntitle: x\n---\n# The Lamp\n\n*By Jane Doe*, 3 March 2020\n\n## Introduction\n\nThe lamp was **first lit** in "
        "1907, and *nobody* came.[^1]\n\n![A picture](img.png)\n\n***\n\n## References\n\n[^1]: Doe, *Lamps*, 1999.\n",
        [
            ("title", "The Lamp"),
            ("byline", "By Jane Doe, 3 March 2020"),
            ("heading", "Introduction"),
            ("body", "The lamp was first lit in 1907, and nobody came."),
            ("caption", "A picture"),
            ("heading", "References"),
            ("note", "[^1]: Doe, Lamps, 1999."),
        ],
    ),
    "numbered headings": (
        "燈塔\n\n作者：張三\n\n燈塔的歷史可以追溯到十九世紀。\n\n一、起源\n\n最早的燈塔是木頭造的。\n\n二、發展\n\n"
        "（一）石塔\n\n石塔很堅固。\n\n註釋\n\n① 見《島志》第3頁。\n\n責任編輯：李四\n",
        [
            ("title", "燈塔"),
            ("byline", "作者：張三"),
            ("body", "燈塔的歷史可以追溯到十九世紀。"),
            ("heading", "一、起源"),
            ("body", "最早的燈塔是木頭造的。"),
            ("heading", "二、發展"),
            ("heading", "（一）石塔"),
            ("body", "石塔很堅固。"),
            ("heading", "註釋"),
            ("note", "① 見《島志》第3頁。"),
            ("byline", "責任編輯：李四"),
        ],
    ),
    "a list": (
        "購物清單如下：\n1. 蘋果\n2. 梨子\n以上是清單，請按此購買。\n",
        [("body", "購物清單如下："), ("body", "1. 蘋果"), ("body", "2. 梨子"), ("body", "以上是清單，請按此購買。")],
    ),
    "dialogue": (
        "「你來了？」\n「來了。」\n屋裡沒有別人，只有一盞燈。\n",
        [("body", "「你來了？」"), ("body", "「來了。」"), ("body", "屋裡沒有別人，只有一盞燈。")],
    ),
    "HTML": (
        "<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body><nav>首頁</nav><article><h1>燈塔</h1>"
        "<p class='byline'>張三</p><p>第一段，<strong>很重要</strong>的話<sup><a href='#n'>[1]</a></sup>。</p>"
        "<p>面積10<sup>2</sup> m<sup>2</sup>。</p><h2>二</h2><p>第一行完。<br/>第二行完。</p></article></body></html>",
        [
            ("title", "燈塔"),
            ("byline", "張三"),
            ("body", "第一段，很重要的話。"),
            ("body", "面積10² m²。"),
            ("heading", "二"),
            ("body", "第一行完。"),
            ("body", "第二行完。"),
        ],
    ),
    "mixed languages": (
        "台積電（TSMC）在 Kumamoto\n\nThe plant was opened by 首相 in 2024, and it employs 1,700 people.\n\n據說 output 很高。",
        [
            ("title", "台積電（TSMC）在 Kumamoto"),
            ("body", "The plant was opened by 首相 in 2024, and it employs 1,700 people."),
            ("body", "據說 output 很高。"),
        ],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_other_shapes(shape: str) -> None:
    text, expected = SHAPES[shape]

    assert kinds(text) == expected


def shape(path: Path) -> tuple[str, str]:
    """An article composed for the tests, and its blocks: kind, whose voice where it is not the usual one, and the text
    with <emphasis>, {markers} and {translator: insertions}."""
    text, _, expected = path.read_text(encoding="utf-8").partition("\n=====\n")
    return text, expected


def shown(block: Block) -> str:
    voice = "editor" if block.kind in ("byline", "caption") else "author"
    marks = [(at, 1 - n % 2, "<>"[n % 2]) for n, at in enumerate(block.emphasis)]
    for note in block.notes:
        if note.kind == "marker":
            marks.append((note.start, 2, f"{{{note.what}}}"))
        else:
            marks += [(note.start, 1, f"{{{note.kind}: "), (note.end, 0, "}")]
    text = block.text
    for at, _, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    return f"{block.kind}{'' if block.voice == voice else f' ({block.voice})'}| {text}\n"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_articles_of_other_shapes(path: Path) -> None:
    text, expected = shape(path)

    assert "".join(map(shown, segment(text))) == expected


FORMS: dict[str, Callable[[str], str]] = {
    "t2s": opencc.OpenCC("t2s").convert,
    "s2tw": lambda text: opencc.OpenCC("s2tw").convert(opencc.OpenCC("t2s").convert(text)),
    "half width": lambda text: text.translate(str.maketrans("，：；！？（）", ",:;!?()")),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("form", FORMS)
def test_script_and_width_change_no_block(form: str) -> None:
    def blocks(text: str) -> list[tuple[str, str, str, int]]:
        return [(block.kind, block.voice, letters(block.text).text, len(block.notes)) for block in segment(text)]

    texts = [shape(path)[0] for path in FOLDER.glob("*.txt")]

    assert texts
    assert not [text for text in texts if blocks(FORMS[form](text)) != blocks(text)]


RELAID: dict[str, Callable[[str], str]] = {
    "double-spaced": lambda text: re.sub(r"\n+", "\n\n", text),
    "without marks": lambda text: re.sub(r"\*\*|▍", "", text),
    "indented": lambda text: re.sub(r"\n+|^", "\n　　", re.sub(r"\*\*|▍", "", text)),
    "cut at 35 characters": lambda text: re.sub(
        r".{35}(?=.)", "\\g<0>\n", re.sub(r"\n+", "\n\n", re.sub(r"\*\*|▍", "", text))
    ),
    "a page": lambda text: "<div>" + re.sub(r"(.+)\n*", r"<p>\1</p>", re.sub(r"\*\*|▍", "", text)) + "</div>",
    "a page of line breaks": lambda text: "<div>" + re.sub(r"\n+", "<br>", re.sub(r"\*\*|▍", "", text)) + "</div>",
}


@pytest.mark.parametrize("form", RELAID)
def test_the_article_has_the_same_blocks_however_it_is_laid_out(article: Path, form: str) -> None:
    text = article.read_text(encoding="utf-8")
    ours, theirs = segment(text), segment(RELAID[form](text))

    assert [(b.kind, b.voice) for b in ours] == [(b.kind, b.voice) for b in theirs]
    assert [letters(b.text).text for b in ours] == [letters(b.text).text for b in theirs]


ENGLISH = [
    "The lighthouse on the Northern Reef was first lit in the autumn of 1890, when the islanders hauled twelve barrels of "
    "whale oil up the stairs and waited for the fog. Nobody knew whether the light would carry to the shipping lane.",
    "By 1907 the parliament, after a long-running debate about the price of electricity, had voted 22 to 20 to replace "
    "the oil lamp; the twenty-five engineers who came to the island stayed there for three long winters.",
]
CHINESE = [
    "燈塔的歷史可以追溯到十九世紀，當時島上只有一座燈塔，每晚都要燒掉許多鯨油，守塔人非常辛苦。後來議會通過了撥款1,000萬元，於是有了電燈，人人都很高興。",
    "反對者提出了三點理由，其中最重要的一點是電纜的價格，據估計每公里要花費35000元。支持者則指出，鄰島的Lighthouse Company已經運轉了五年，足以說明問題。",
]


@pytest.mark.parametrize("between", ["\n\n", "\n    "])
@pytest.mark.parametrize("width", [*range(40, 100, 3)])
def test_wrapped_paragraphs_come_back(width: int, between: str) -> None:
    indent = between.lstrip("\n")
    text = between.join("\n".join(textwrap.wrap(indent + part, width)).strip() for part in ENGLISH)

    assert [block.text for block in segment(indent + text)] == ENGLISH


@pytest.mark.parametrize("between", ["\n\n", "\n　　"])
@pytest.mark.parametrize("width", range(14, 40))
def test_paragraphs_cut_at_every_so_many_characters_come_back(width: int, between: str) -> None:
    parts = [between.lstrip("\n") + part for part in CHINESE]
    text = ("\n" + "\n" * (between == "\n\n")).join(re.sub(rf".{{{width}}}(?=.)", "\\g<0>\n", part) for part in parts)

    assert [block.text for block in segment(text)] == CHINESE


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(lighthouse: str, newline: str) -> None:
    assert segment("\ufeff" + lighthouse.replace("\n", newline)) == segment(lighthouse)


@pytest.mark.parametrize(
    ("text", "stored", "markers"),
    [
        ("提到了數字①，以及注釋[12]。", "提到了數字，以及注釋。", ["①", "[12]"]),
        ("The lamps were lit.¹² They burned.", "The lamps were lit. They burned.", ["¹²"]),
        ("理由有三：①電纜；②海風；③無人。", "理由有三：①電纜；②海風；③無人。", []),
        ("面積為5 m²，重10³克。", "面積為5 m²，重10³克。", []),
        ("他說[sic]這樣。", "他說[sic]這樣。", []),
        ("自[2019]年起。", "自[2019]年起。", []),
        ("產量達50%[3]，見[註 2]與【4】。", "產量達50%，見與。", ["[3]", "[註 2]", "【4】"]),
        ("Doe² saw sin²θ in 5 km² in 1907¹.", "Doe saw sin²θ in 5 km² in 1907.", ["²", "¹"]),
        ("見[12](#fn12)與[北礁](https://a.org/b)。", "見與北礁。", ["12"]),
    ],
)
def test_note_markers_go_and_other_signs_stay(text: str, stored: str, markers: list[str]) -> None:
    (block,) = segment(text)

    assert block.text == stored
    assert [note.what for note in block.notes] == markers


def test_nothing_else_goes() -> None:
    text = "【按】 1. “引文”（括號）……　中間的空格 ﬁ é ① 留着。"

    assert segment(text)[0].text == text


anything = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("*#▍<>/bp 　\n\r[]()（）①¹12一二。，.|`_-=：a")
    ),
    max_size=120,
)


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("這是***很重要***的。", "這是<很重要>的。"),
        ("a __bold__ and _thin_ snake_case word.", "a <bold> and <thin> snake_case word."),
        ("**未閉合的粗體一直到底。", "<未閉合的粗體一直到底。>"),
        (
            "文中（譯者注：原文(sic)如此）說，譯者注不多。",
            "文中（{translator: 譯者注：原文(sic)如此}）說，譯者注不多。",
        ),
    ],
)
def test_emphasis_and_insertions_are_ranges(text: str, shown_as: str) -> None:
    assert shown(segment(text)[0]) == f"body| {shown_as}\n"


@given(anything)
def test_blocks_of_any_text_hold_together(text: str) -> None:
    for block in segment(text):
        assert block.text == block.text.strip()
        assert "\n" not in block.text
        assert list(block.emphasis) == sorted(set(block.emphasis))
        assert len(block.emphasis) % 2 == 0
        assert all(0 <= offset <= len(block.text) for offset in block.emphasis)
        assert all(0 <= note.start <= note.end <= len(block.text) for note in block.notes)
        assert all(Note.parse(str(note)) == note for note in block.notes)


@given(st.lists(st.text(alphabet="甲乙丙丁戊己庚辛，", min_size=8, max_size=60), min_size=1, max_size=8))
def test_paragraphs_of_prose_come_back_as_they_were(parts: list[str]) -> None:
    parts = [f"正文{part}。" for part in parts]

    assert segment("\n\n".join(parts)) == [Block("body", part) for part in parts]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_what_is_forgotten_in_a_long_text_is_seen_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text(encoding="utf-8")
    blocks = segment(text)

    monkeypatch.setattr(Looks, "REMEMBERED", 1)

    assert segment(text) == blocks
