"""What `judge` decides on single quotations: cuts over paragraphs, scripts, the order of words, figures under marks."""

from __future__ import annotations

import pytest
from yinzheng.records import Kind, Paragraph, Voice
from yinzheng.verifying.index import Corpus
from yinzheng.verifying.judge import RIGHT, Judged
from yinzheng.verifying.seeking import seek
from yinzheng.works import Edition


def corpus(*texts: str | tuple[Kind, str] | tuple[Kind, str, Voice], lang: str = "zh-Hant") -> Corpus:
    edition = Edition(
        key="a", lang=lang, role="original", of=None, cite="x", text="included", rights="", holder=None, obtain=None,
        medium=None, locator="counted",
    )  # fmt: skip
    rows = [("body", text, "author") if isinstance(text, str) else (*text, "author")[:3] for text in texts]
    paragraphs = [
        Paragraph(
            id=f"x.p{order:08}", work="x", edition="a", order=order, kind=kind, number=order, section=None, page=None,
            voice=voice, length=0, hash="", text_hash="", sketch=(), emphasis=(), text=text,
        )
        for order, (kind, text, voice) in enumerate(rows, 1)
    ]  # fmt: skip
    return Corpus([("x", edition, paragraphs)])


def judged(found: Corpus, words: str) -> Judged | None:
    return seek(found, words, found.parts, lambda _: False)


def verdict(found: Corpus, words: str) -> str:
    best = judged(found, words)
    return best.verdict if best else "not-found"


SALT = corpus(
    ("title", "鹽場與糧道"),
    ("byline", "作者：沈岸"),
    "鹽場並不是海邊唯一的作坊，卻是唯一僱得起女工的作坊。她們的工錢按日計算。",
    "所謂糧道，是一條由驛站連成的土路。土路修成於1871年。",
    "到了1880年代，沿途的驛站已經超過40座。",
    ("caption", "圖一：鹽場的女工"),
    "糧道的運費很高，但損耗同樣不小，停運了兩個月。",
    ("heading", "二、衰敗"),
    "商會的理由不是費用上的，而是安全上的。沿途的盜匪與官差一樣多。",
    ("body", "（譯者註：此處原文有誤，譯文照錄，不作改動。）", "translator"),
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("鹽場……卻是唯一僱得起女工的作坊", "elided-marked"),  # the 鹽場 of the text, not that of the title
        ("卻是唯一僱得起女工的作坊……所謂糧道，是一條", "elided-marked"),
        ("卻是唯一僱得起女工的作坊……到了1880年代", "elided-marked"),  # one paragraph is left out
        ("已經超過40座……糧道的運費很高", "elided-marked"),  # a caption stands between
        ("土路修成於1871年。到了1880年代，沿途的驛站", "variant"),
        ("卻是唯一僱得起女工的作坊……糧道的運費很高", "altered"),  # two are
        ("鹽場與糧道……卻是唯一僱得起女工的作坊", "altered"),
        ("作者：沈岸……卻是唯一僱得起女工的作坊", "altered"),
        ("已經超過40座……鹽場的女工", "altered"),
        ("圖一：鹽場的女工……糧道的運費很高", "altered"),
        ("停運了兩個月……商會的理由不是費用上的", "altered"),
        ("二、衰敗……商會的理由不是費用上的", "altered"),
        ("沿途的盜匪與官差一樣多……此處原文有誤，譯文照錄", "altered"),
        ("沿途的盜匪與官差一樣多。（譯者註：此處原文有誤", "altered"),
        ("鹽場與糧道作者：沈岸", "altered"),
    ],
)
def test_a_cut_stays_within_one_text(words: str, expected: str) -> None:
    best = judged(SALT, words)

    assert best is not None
    assert best.verdict == expected
    assert best.apart == (expected == "altered")


def test_a_cut_runs_forwards() -> None:
    assert verdict(SALT, "土路修成於1871年……她們的工錢按日計算") not in RIGHT


HANT = corpus(
    "他家裡的帳簿後來由幹部採用，頭髮乾了，關係很複雜。颱風吹到臺北，皇后乾杯。鄉里的里長看著著名的風采。",
)
HANS = corpus(
    "当地的织工没有采用新机器，头发和皮革后来都涨价了。为头发愁的理发师回到家里，干部说台风影响了发展。",
    lang="zh-Hans",
)


@pytest.mark.parametrize(
    ("found", "words", "expected"),
    [
        (HANT, "他家里的帐簿后来由干部采用，头发干了，关系很复杂", "variant"),
        (HANT, "台风吹到台北，皇后干杯。乡里的里长看着著名的风采", "variant"),
        (HANT, "他家裏的帳簿後來由幹部採用", "variant"),
        (HANT, "鄉里的里長看着著名的風采", "variant"),
        (HANT, "鄉里的里長看著着名的風采", "altered"),
        (HANT, "他家里的帳簿後來由幹部採用", "altered"),
        (HANT, "他家裡的帳簿后來由幹部採用", "altered"),
        (HANT, "帳簿後來由幹部采用", "altered"),
        (HANT, "鄉裡的里長看著著名的風采", "altered"),
        (HANT, "颱風吹到臺北，皇后干杯", "altered"),
        (HANT, "頭發乾了，關係很複雜", "altered"),
        (HANT, "台風吹到臺北，皇后乾杯", "altered"),
        (HANS, "當地的織工沒有採用新機器，頭髮和皮革後來都漲價了", "variant"),
        (HANS, "為頭髮愁的理髮師回到家裡，幹部說颱風影響了發展", "variant"),
        (HANS, "回到家裏，幹部説颱風影響了發展", "variant"),
        (HANS, "頭發和皮革後來都漲價了", "altered"),
        (HANS, "頭髮和皮革后來都漲價了", "variant"),  # half converted: 后 is the source's own
        (HANS, "幹部說颱風影響了髮展", "altered"),
        (HANS, "乾部說颱風影響了發展", "altered"),
    ],
)
def test_a_conversion_is_a_variant_and_a_wrong_character_is_not(found: Corpus, words: str, expected: str) -> None:
    assert verdict(found, words) == expected


MILL = corpus(
    "工會不談工資，只談工時；老闆出價3元，工人要價5元。磨坊在2017年5月花了24億元翻修，另外借了7億馬克，合計約200多噸鋼材。",
    "六家商號拒絕為港口的碼頭付款。距離不得少於20公里，產量增長了6.5%，每人分到三斤米。",
)
DYKE = corpus(
    "The board paid DM 4.5 billion, 120 million kroner and SEK 30 for 24 dykes of 5 hectares. Output rose to 35 MW in 2021.",
    lang="en",
)


@pytest.mark.parametrize(
    ("found", "words", "expected"),
    [
        (MILL, "工會不談工時，只談工資", "altered"),
        (MILL, "只談工時，工會不談工資", "altered"),
        (MILL, "工人要價5元，老闆出價3元", "altered"),
        (MILL, "老闆出價5元，工人要價3元", "figure-changed"),
        (MILL, "工會談工資，不只談工時", "negation-changed"),
        (MILL, "工人要價5元", "exact"),
        (MILL, "花了24……億元翻修", "figure-changed"),
        (MILL, "花了……億元翻修", "figure-changed"),
        (MILL, "花了24億……翻修", "figure-changed"),
        (MILL, "花了（24）億元翻修", "figure-changed"),
        (MILL, "花了（24億元）翻修", "altered"),
        (MILL, "花了24億（元）翻修", "figure-changed"),
        (MILL, "磨坊在2017年……花了24億元翻修", "elided-marked"),
        (MILL, "磨坊在2017年5月……翻修", "elided-marked"),
        (MILL, "產量增長了……%", "figure-changed"),
        (MILL, "產量增長了6……%", "figure-changed"),
        (MILL, "另外借了7億，合計約200多噸", "figure-changed"),
        (MILL, "另外借了7億美元，合計約200多噸", "figure-changed"),
        (MILL, "合計約200噸鋼材", "figure-changed"),
        (MILL, "每人分到三米", "figure-changed"),
        (MILL, "六家商號拒絕……付款", "elided-marked"),
        (MILL, "六家商號……為港口的碼頭付款", "negation-changed"),
        (DYKE, "paid 4.5 billion, 120 million kroner", "figure-changed"),
        (DYKE, "paid DM 4.5 billion, 120 million and SEK 30", "figure-changed"),
        (DYKE, "120 million krone and SEK 30", "figure-changed"),
        (DYKE, "120 million kroner and NOK 30", "figure-changed"),
        (DYKE, "DM 4.5 … billion, 120 million", "figure-changed"),
        (DYKE, "DM … 120 million kroner", "figure-changed"),
        (DYKE, "The board paid … 120 million kroner", "elided-marked"),
        (DYKE, "paid DM (4.5) billion", "figure-changed"),
        (DYKE, "rose to 35 … in 2021", "figure-changed"),
        (DYKE, "rose to (35) MW", "figure-changed"),
        (DYKE, "in 2021 Output rose to 35 MW", "altered"),
    ],
)
def test_figures_and_the_order_of_words(found: Corpus, words: str, expected: str) -> None:
    assert verdict(found, words) == expected


def test_the_difference_shows_what_was_turned() -> None:
    best = judged(MILL, "工會不談工時，只談工資")

    assert best is not None
    assert (best.found, best.quoted) == ("工會不談工資，只談工時", "工會不談工時，只談工資")


@pytest.mark.parametrize("words", ["燈塔[舊港]旁", "塔[舊港]", "[舊港]旁"])
def test_a_bracket_beside_the_source_s_own_hides_nothing(words: str) -> None:
    assert verdict(corpus("他們住在燈塔[舊燈塔]旁邊，靠近碼頭。"), f"他們住在{words}邊，靠近碼頭"[-12:]) not in RIGHT


PIER = corpus(
    "碼頭的主人不同意這筆賬，因為賬上沒有燈塔的名字。他並非「善人」，而是債主。帳房從不說謊，卻也從不開口。",
    "那年冬天損失了一百二十七隻駁船，凍死纜夫四百餘人，倖存的只有十九人，工錢照付。",
    "The harbour master did not ask the keepers what they had seen. Nobody had counted the barges, and he failed to pay.",
    "The pier cost £6,200 in paint alone, and repairs rose from 14 to 39 a month. A survey of 57 barges found a mean of "
    "0.7 tons, a little less than the 5 tons that the company allowed; it sold 88 old ropes, most of them rotten.",
    lang="zh-Hant",
)


@pytest.mark.parametrize(
    ("said", "words", "expected"),
    [
        ("他說「", "同意這筆賬，因為賬上沒有燈塔的名字", "negation-changed"),
        ("主人不「", "同意這筆賬，因為賬上沒有燈塔的名字", "exact"),
        ("主人並未\n「", "同意這筆賬，因為賬上沒有燈塔的名字", "exact"),
        ("他們不在乎，主人「", "同意這筆賬，因為賬上沒有燈塔的名字", "negation-changed"),  # of another clause
        ("主人不久前「", "同意這筆賬，因為賬上沒有燈塔的名字", "negation-changed"),  # it denies nothing
        ("賬上有「", "燈塔的名字", "exact"),  # the negation is 沒, and 有 stands between
        ("賬上「", "有燈塔的名字", "negation-changed"),
        ("他被稱為「", "善人", "exact"),  # named, not said of him
        ("他是「", "善人」，而是債主", "negation-changed"),
        ("帳房「", "而是債主。帳房從不說謊", "exact"),
        ("She did “", "ask the keepers what they had seen", "negation-changed"),
        ("She did not “", "ask the keepers what they had seen", "exact"),
        ("“The harbour master did not,” she wrote, “", "ask the keepers what they had seen", "exact"),
        ("They say that someone “", "had counted the barges", "negation-changed"),
        ("He promised “", "to pay", "negation-changed"),
    ],
)
def test_a_negation_that_is_cut_off_at_the_front(said: str, words: str, expected: str) -> None:
    best = seek(PIER, words, PIER.parts, lambda _: False, said)
    assert best is not None
    assert best.verdict == expected
    if expected == "negation-changed" and "」" not in words:
        assert best.correction is not None
        again = seek(PIER, best.correction, PIER.parts, lambda _: False, said)
        assert again is not None
        assert again.verdict in RIGHT


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("損失了一百二十七……人，工錢照付", "figure-changed"),
        ("損失了一百二十七隻駁船……倖存的只有十九人", "elided-marked"),
        ("凍死纜夫四百餘人……工錢照付", "elided-marked"),
        ("cost £6,200 … a month", "figure-changed"),
        ("cost £6,200 … and repairs rose", "elided-marked"),
        ("found a mean of … 5 tons", "figure-changed"),
        ("a mean of 0.7 tons, a little … 5 tons", "figure-changed"),
        ("A survey of 57 … found a mean", "figure-changed"),
        ("sold 88 … ropes", "elided-marked"),  # the noun is there
        ("sold 88 … rotten", "figure-changed"),
        ("that the company allowed; it sold 88 old ropes … rotten", "elided-marked"),
        ("碼頭的主人〔略〕因為賬上沒有燈塔的名字", "elided-marked"),
        ("他並非「善人」……（中略）……帳房從不說謊", "elided-marked"),
        ("他並非「善人」(中略)帳房從不說謊", "elided-marked"),
    ],
)
def test_what_a_marked_cut_takes(words: str, expected: str) -> None:
    assert verdict(PIER, words) == expected


def test_an_alteration_shows_what_it_replaced() -> None:
    best = judged(PIER, "碼頭的[老闆]不同意這筆賬，因為[他的]賬上沒有燈塔的名字")

    assert best is not None
    assert best.listed == ("主人 → [老闆]", "[他的]")


TIDES = corpus(
    "第一段只說船。",
    "船長可以離港而領航員不能，港務局以41票對37票通過。風向與水深都寫在冊上。",
    "The tide rose in the morning. By noon, 12 of the 45 boats had not left the pier, and the keeper slept.",
)


@pytest.mark.parametrize(
    ("words", "expected", "correction"),
    [
        ("船長不能離港而領航員可以", "negation-changed", "船長可以離港而領航員不能"),
        ("港務局以37票對41票通過", "figure-changed", "港務局以41票對37票通過"),
        ("By noon, 45 of the 12 boats had not left the pier", "figure-changed", None),
        ("12 of the 45 boats had left the pier, and the keeper not slept", "negation-changed", None),
        ("深度與風向都寫在冊上", "altered", None),
        ("港務局以41票對37票否決", "negation-changed", "港務局以41票對37票通過"),
        ("後 noon, 12 of the 45 boats had", "altered", "By noon, 12 of the 45 boats had"),
        ("12 of the 45 boats had not left the harbours", "altered", "12 of the 45 boats had not left the pier"),
        ("of the 45 boats had not left the pie", "altered", "of the 45 boats had not left the pier"),
        ("2 of the 45 boats had not left", "figure-changed", "12 of the 45 boats had not left"),
    ],
)
def test_what_is_moved_or_changed_at_an_end(words: str, expected: str, correction: str | None) -> None:
    best = judged(TIDES, words)

    assert best is not None
    assert best.verdict == expected
    assert best.passage.first == best.passage.last
    if correction:
        assert best.correction == correction


def test_the_difference_shows_the_punctuation_that_both_have() -> None:
    best = judged(TIDES, "第一段只說舟。")

    assert best is not None
    assert (best.found, best.quoted) == ("第一段只說船。", "第一段只說舟。")
