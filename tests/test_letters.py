"""Letters: pinned by golden cases and a golden file, and by the properties that the rest builds on."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from pathlib import Path
from unittest.mock import patch

import opencc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yinzheng.letters import letters

TABLE = Path(__file__).parents[1] / "toolkit" / "yinzheng" / "data" / "letters-1.txt"

# An update of Python, of OpenCC or of our own code that changes one of these breaks every id in the world.
GOLDEN = {
    "憑藉": "凭借",
    "憑藉 1,000億美元，": "凭借1000亿美元",
    "Ｋｉｏｘｉａ（鎧俠）": "kioxia铠侠",
    "３．５％": "3.5%",
    "50-80%": "50-80%",
    "50－80％": "50-80%",
    "50～80%": "50-80%",
    "5%～10%": "5%-10%",
    "1998——2003年": "1998-2003年",
    "1998—2003年": "1998-2003年",
    "22/28納米": "22/28纳米",
    "22 / 28 納米": "22/28纳米",
    "3∶2，3：2": "3:2,3:2",
    "1⁄2": "1/2",
    "3‧5": "3·5",
    "0,123": "0,123",
    "5元-10元": "5元10元",
    "5元—10元": "5元10元",
    "US$5-US$10": "us$5us$10",
    "14½-13½": "14½13½",
    "2019年-5%": "2019年−5%",
    "5、6": "5、6",
    "1,00": "1,00",
    "2019,300": "2019,300",
    "12,345,678.9": "12345678.9",
    "COVID-19": "covid19",
    "增長-5%": "增长−5%",
    "−5°C": "−5°c",
    "＞30": ">30",
    "≧30": "≥30",
    "p<0.05": "p<0.05",
    "p < .05": "p<.05",
    ">=5，＜ = 5": "≥5,≤5",
    "≦5 ⩽5": "≤5≤5",
    "+/-5": "+−5",
    "--5 a->5": "5a>5",
    "10⁻³ Na⁺": "10⁻³na⁺",
    "±2": "±2",
    "-$5": "−$5",
    "US$5–$10": "us$5-$10",
    "￥100": "¥100",
    "m²": "m²",
    "㎡": "m²",
    "①②": "①②",
    "x½": "x½",
    "二○二三": "二〇二三",
    "二零二三": "二零二三",
    "里哩": "里哩",
    "裏裡里": "里里里",
    "台臺颱": "台台台",
    "說説说": "说说说",
    "Straße ΣΑΣ": "strasseσασ",
    "e\u0301É": "éé",
    "ｶﾞ": "ガ",
    "한글 \u1112\u1161\u11ab": "한글한",
    "🙂 “引”": "引",
    "葛\U000e0101城": "葛城",
    "𠮷野家": "𠮷野家",
    "\u200b\ufeff\u00ad字": "字",
    "Ⅳ": "iv",
    "…——！？": "",
    "": "",
}


@pytest.mark.parametrize("text", GOLDEN)
def test_golden(text: str) -> None:
    assert letters(text).text == GOLDEN[text]


def test_the_table_is_the_one_that_was_published() -> None:
    digest = hashlib.blake2b(TABLE.read_bytes(), digest_size=16).hexdigest()

    assert digest == "b8856a7df1226bf658857f1be62ee3d1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.5億", "35億"),
        ("35億", "35萬"),
        ("5里", "5哩"),
        ("+5", "−5"),
        ("<5", ">5"),
        ("5%", "5‰"),
        ("$5", "€5"),
        ("5~6", "56"),
        ("5/6", "5.6"),
        ("二〇三", "二三"),
        ("10²", "102"),
        ("10⁻²", "10²"),
        ("p<.05", "p>.05"),
        ("≥5", "<=5"),
        ("1,00", "100"),
        ("1①", "11"),
        ("½", "12"),
        ("兩", "二"),
        ("café", "cafe"),
        ("不是", "是"),
        ("上升", "下降"),
    ],
)
def test_what_must_differ_differs(one: str, other: str) -> None:
    assert letters(one).text != letters(other).text


@pytest.mark.parametrize("config", ["t2s", "s2tw", "s2hk", "s2t", "t2tw", "t2hk", "tw2s", "hk2s"])
def test_scripts_have_the_same_letters(lighthouse: str, config: str) -> None:
    source = opencc.OpenCC("t2s").convert(lighthouse) if config.startswith("s") else lighthouse

    assert letters(opencc.OpenCC(config).convert(source)).text == letters(lighthouse).text


@pytest.mark.parametrize("config", ["t2s", "s2tw", "s2hk"])
def test_the_article_has_the_same_letters_in_every_script(article: Path, config: str) -> None:
    text = article.read_text(encoding="utf-8")

    assert letters(opencc.OpenCC(config).convert(text)).text == letters(text).text


def test_full_and_half_width_have_the_same_letters(lighthouse: str) -> None:
    narrow = lighthouse.translate({ord(a): b for a, b in zip("，：；！？（）", ",:;!?()", strict=True)})
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in lighthouse)

    assert letters(narrow).text == letters(lighthouse).text
    assert letters(wide).text == letters(lighthouse).text


texts = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("0123456789,.，。-—~～−+<>=%％$￥ \u3000\u0301\uff9eｶeé一二万萬里哩①²½㎜ﬁ\ufe0fA()（）「」"),
    ),
    max_size=40,
)


@given(texts)
def test_the_index_leads_back(text: str) -> None:
    found = letters(text)

    assert len(found.index) == len(found.text)
    assert list(found.index) == sorted(found.index)
    for at in range(len(found)):
        start, end = found.stored(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert found.within(start, end)[0] <= at < found.within(start, end)[1]


@given(texts)
def test_letters_of_letters_are_the_same(text: str) -> None:
    once = letters(text).text

    assert letters(once).text == once


@given(texts)
@example("1.\u03025e\u0301")  # a mark that combines with a decimal point
def test_canonically_equal_texts_have_the_same_letters(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)

    assert letters(composed).text == letters(decomposed).text


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("abUS中文里12350,.-−+$€% e\u0301①㎜")), max_size=60))
def test_a_long_text_is_read_in_pieces_and_no_letter_shows_it(text: str) -> None:
    with patch.object(sys.modules["yinzheng.letters"], "PIECE", 3):
        pieces = letters(text)
        index = pieces.index

    assert pieces.text == letters(text).text
    assert index == letters(text).index


@given(st.text(alphabet="中文字abUS$½<=,.。，12350億元%-~— ", max_size=30))
def test_spacing_changes_nothing(text: str) -> None:
    assert letters(" ".join(text)).text == letters(text).text == letters(text.replace(" ", "\u3000")).text
    assert letters("\u200b".join(text)).text == letters(text).text


@given(
    st.text(
        alphabet=st.one_of(
            st.characters(min_codepoint=33, max_codepoint=126), st.sampled_from("中 0123456789-+<>=.,$%")
        ),
        max_size=30,
    )
)
@example("COVID-19, -US$5, <=.05")
def test_width_changes_nothing(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)

    assert letters(wide).text == letters(text).text


@given(texts, texts)
def test_letters_add_up_where_texts_meet_in_words(one: str, other: str) -> None:
    assert letters(f"{one}文書{other}".replace("\u0301", "")).text == (
        letters(f"{one}文".replace("\u0301", "")).text + letters(f"書{other}".replace("\u0301", "")).text
    )


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_different_numbers_have_different_letters(one: int, other: int) -> None:
    assert (letters(f"約{one:,}元").text == letters(f"約{other}元").text) == (one == other)


def test_a_span_takes_its_combining_marks_along() -> None:
    assert letters("cafe\u0301s").stored(3, 4) == (3, 5)
    assert letters("葛\U000e0101城").stored(0, 1) == (0, 2)


def test_a_span_outside_is_an_error() -> None:
    with pytest.raises(ValueError, match="letters 0:3 of 2"):
        letters("引證").stored(0, 3)
