"""Stakes: the same in every script, width and spacing; different wherever a number, unit, negation or direction is."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import opencc
import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st
from yinzheng.letters import letters
from yinzheng.stakes import same_stakes, stakes


def values(text: str) -> list[tuple[str, str]]:
    return [(stake.kind, stake.value) for stake in stakes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("約370億日元", [("number", "370"), ("number", "亿"), ("currency", "日元")]),
        ("22/28納米", [("number", "22/28"), ("unit", "纳米")]),
        ("50-80%的虧損", [("number", "50-80"), ("unit", "%"), ("direction", "亏损")]),
        ("5%～10%", [("number", "5"), ("unit", "%"), ("number", "10"), ("unit", "%")]),
        ("5 MW", [("number", "5"), ("unit", "MW")]),
        ("5ｍＷ", [("number", "5"), ("unit", "mW")]),
        ("三十㎡", [("number", "三十"), ("unit", "m"), ("number", "²")]),
        ("三成", [("number", "三"), ("unit", "成")]),
        ("二十一世紀", [("number", "二十一"), ("unit", "世纪")]),
        ("12.5個百分點", [("number", "12.5"), ("unit", "个百分点")]),
        ("NT$5、HK$ 5", [("currency", "nt$"), ("number", "5"), ("currency", "hk$"), ("number", "5")]),
        ("in 2019 300 people", [("number", "2019"), ("number", "300")]),
        ("12 345 678.9 or 5 - 6", [("number", "12345678.9"), ("number", "5-6")]),
        ("p < .05, GDP -5%, 65+", [("number", "<.05"), ("number", "−5"), ("unit", "%"), ("number", "65+")]),
        (
            "三、五十年與三·五億",
            [("number", "三"), ("number", "五十"), ("unit", "年"), ("number", "三.五亿")],
        ),
        ("COVID-19", [("number", "19")]),
        ("It did not rise.", [("negation", "not"), ("direction", "rise")]),
        ("it doesn’t, can not, cannot", [("negation", "not")] * 3),
        ("twenty-five per cent", [("number", "twenty"), ("number", "five"), ("unit", "percent")]),
        (
            "DM 4.5 billion, 120 million kroner",
            [
                ("currency", "dm"),
                ("number", "4.5"),
                ("number", "billion"),
                ("number", "120"),
                ("number", "million"),
                ("unit", "kroner"),
            ],
        ),
        ("二百多桶", [("number", "二百"), ("number", "多"), ("unit", "桶")]),
        ("ﬁve m/s", [("number", "five"), ("unit", "m/")]),
    ],
)
def test_stakes(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


# In each sentence, every two of its words are different stakes. ∅ is no word at all.
DIFFERENT = {
    "約{}人": "5 12 35 3.5 0.35 1,000 1,00 −5 +5 ±5 <5 >5 ≤5 ≥5 十二 十二萬三千 二〇二三 三 兩 二 廿 卅 壹貳 數十億 半 2.3兆 1,000億 "
    "½ ¼ 1/2 二十一 二十 十一 十 幾十 數百 三四 三、四 三·四 10³ 10⁻³ 103 10-20 10、20 22/28 100萬 100億 百萬 萬 億 65+ 65 5:3 5.3 百分之十五 千分之十五 三分之二",
    "達35{}。": "年 月 日 天 週 小時 分鐘 秒 納米 奈米 微米 毫米 釐米 米 公里 英里 里 哩 海里 公斤 克 噸 公頃 畝 MW mW kW GW kWh nm mm μm km m m² m³ Gb GB Mb "
    "℃ ℉ % ‰ 個百分點 百分點 成 倍 世紀 度 折 瓦 千瓦 m/s ms 升 美元 日元 日圓 圓 元 歐元 新台幣 人民幣 港元 英鎊 韓元 盧布 盧比 億 萬 K k M",
    "共{}35億": "$ ¥ € £ US$ NT$ HK$ RMB USD EUR ₩",
    "其產量{}了": "上升 下降 增加 減少 擴大 縮小 高於 低於 以上 以下 以內 之前 之後 進口 出口 支持 反對 上漲 下跌 提高 降低 升值 貶值 超過 不足 強化 弱化 加速 放緩 至少 至多 領先 落後 順差 逆差 增 減",
    "他{}同意": "∅ 不 無 沒 未 非 勿 莫 否 別 毋 難以",
    "about {} people": "0 5 12 35 .35 0.35 1,000 twelve twenty twenty-five thirty-five one-third two-thirds half dozen hundred thousand million billion 3.5bn 3.5m 3.5M 3.5tn "
    "first third once twice double nineteen ninety <.05 >.05 5% 5‰",
    "about five {} more": "percent percentage-points miles kilometres metres feet inches km m nm mm MW mW Gb GB tonnes tons years months days hours dollars yen euros pounds won USD JPY million",
    "they {} it": "∅ rise fall rose increase decrease above below more less import export before after up down support oppose not no never without neither nor fail",
}  # fmt: skip


@pytest.mark.parametrize("sentence", DIFFERENT)
def test_a_changed_stake_is_seen(sentence: str) -> None:
    texts = [sentence.format(word.strip("∅")) for word in DIFFERENT[sentence].split()]

    assert not [pair for pair in combinations(texts, 2) if same_stakes(*pair)]


def test_what_is_no_stake() -> None:
    assert not stakes("日本人 元素 月球 一般 大陸 隊伍 半導體 數據 幾乎 成立 個別 特別 別人 know another upright")
    assert not stakes(
        "帝國的沒落 一律沒收 埋沒了 非常重要 南非的 乙未年 未來的 莫里哀 不列顛 困難以及 以上海為家 海上行人 投降"
    )


@pytest.mark.parametrize(
    "word", ["沒收購", "沒落實", "沉沒停止", "退出沒成功", "他未來開會", "河南非遺", "是非正式的", "非常規", "莫奈何"]
)
def test_what_can_be_read_as_a_negation_is_one(word: str) -> None:
    assert {stake.kind for stake in stakes(word)} == {"negation"}


CONVERTERS = {name: opencc.OpenCC(name) for name in ("t2s", "s2t", "s2tw", "s2hk", "t2tw", "t2hk")}
WIDE = {ord(half): full for half, full in zip(",:;!?()", "，：；！？（）", strict=True)}
NARROW = {ord(full): half for half, full in zip(",:;!?()", "，：；！？（）", strict=True)}
SAME: dict[str, Callable[[str], str]] = {
    "t2s": CONVERTERS["t2s"].convert,
    "t2tw": CONVERTERS["t2tw"].convert,
    "t2hk": CONVERTERS["t2hk"].convert,
    "s2t": lambda text: CONVERTERS["s2t"].convert(CONVERTERS["t2s"].convert(text)),
    "s2tw": lambda text: CONVERTERS["s2tw"].convert(CONVERTERS["t2s"].convert(text)),
    "s2hk": lambda text: CONVERTERS["s2hk"].convert(CONVERTERS["t2s"].convert(text)),
    "half-width marks": lambda text: text.translate(NARROW),
    "half-width marks and spaces": lambda text: re.sub(r"([,:;!?])(?=[^\d\s])", r"\1 ", text.translate(NARROW)),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "full-width marks": lambda text: text.translate(WIDE),
    "spaces beside Latin": lambda text: re.sub(r"(?<=[一-鿿])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[一-鿿])", " ", text),
    "spaced out": lambda text: re.sub(r"(?<=[一-鿿])(?=[一-鿿])", "\u3000", text),
    "dashes and quotes": lambda text: text.translate(str.maketrans("「」『』“”—", "“”‘’「」–")),
    "nothing to be seen": lambda text: text.replace(" ", "\u00a0").replace("的", "的\u200b"),
}

PIECES = """
約 其 的 ， 。 、 （ ） 「 」 ： — 日本 元素 月球 莫斯科 不丹 未來 里程 裡面 大陸 數據 35 3.5 1,000 50-80 22/28 −5 2019 COVID-19 % ‰ 億 萬 十二 二〇二三 三成
百分之十五 兩 半年 納米 公里 里 哩 年 月 日 小時 美元 日圓 元 新臺幣 US$ NT$ 不 沒有 並未 難以 上升 下降 增長 減少 以上 以下 進口 出口 MW mW GB km ㎡ ℃
not cannot rose fell twenty-five percent million dollars don’t
"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=12), st.sampled_from(sorted(SAME)))
def test_form_changes_neither_letters_nor_stakes(pieces: list[str], change: str) -> None:
    text = re.sub(r"(?<=[A-Za-z])(?=[A-Za-z])|(?<=\d)(?=\d)", " ", "".join(pieces))
    text = re.sub(r"(?<=\d)(?=[「」]+\d)", "年", text)  # between two digits every mark is kept, quotes too
    changed = SAME[change](text)

    assert letters(changed).text == letters(text).text
    assert values(changed) == values(text)


@pytest.mark.parametrize("change", SAME)
@pytest.mark.parametrize("translation", ["zho-TW", "zho-CN"])
def test_the_news_has_the_same_letters_and_stakes_in_every_form(change: str, translation: str) -> None:
    path = SHARED / "data" / "ntrex" / f"newstest2019-ref.{translation}.txt"
    if not path.exists():
        pytest.skip("the news articles are not on this machine")
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]

    assert len(lines) == 1316
    assert not [line for line in lines if letters(SAME[change](line)).text != letters(line).text]
    assert not [line for line in lines if not same_stakes(SAME[change](line), line)]


@given(st.text(st.one_of(st.characters(), st.sampled_from("0123456789.,- +<>=%十三百、·年元mMkW/$不n't")), max_size=40))
def test_any_text_has_stakes_in_their_places(text: str) -> None:
    found = stakes(text)

    assert [stake.start for stake in found] == sorted(stake.start for stake in found)
    for stake in found:
        assert 0 <= stake.start < stake.end <= len(text)
        assert stake.value
