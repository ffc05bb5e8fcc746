"""Names in running prose: what is one, where it begins and ends, what it is called, and what a document defines."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable

import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st
from yinzheng.annotating.entities import entities, from_spans, glossary
from yinzheng.annotating.entities.fold import fold
from yinzheng.annotating.entities.lexicon import lexicon
from yinzheng.annotating.entities.rules import rules
from yinzheng.annotating.entities.words import pieces
from yinzheng.annotating.figures import figures
from yinzheng.annotating.found import Entity
from yinzheng.annotating.names import names
from yinzheng.records import Name
from yinzheng.script import convert

# Composed for these tests; what is said in them is invented. [LABEL:name].
CHINESE = """
[GPE:德國]聯邦經濟事務和氣候行動部長[PERSON:哈貝克]週二在[GPE:柏林]表示，[ORG:歐盟]對[GPE:中國]電動車加徵關稅的決定將影響[ORG:福斯汽車]與[ORG:比亞迪]的合作。
[GPE:韓國][ORG:三星電子]與[GPE:荷蘭][ORG:艾司摩爾]去年簽署備忘錄，計畫在[GPE:京畿道][GPE:華城市]建立研發中心。
[ORG:國際貨幣基金組織]在最新的《[WORK_OF_ART:世界經濟展望]》中下調了[LOC:東南亞]的增長預測，其中[GPE:越南]與[GPE:泰國]的降幅最大。
社會學家[PERSON:黃麗玲]指出，[GPE:新北市]的都市更新政策忽略了弱勢居民，而[ORG:內政部營建署]並未介入。
[EVENT:冷戰]結束後，[GPE:美]、[GPE:日]、[GPE:韓]三國的安全合作並未減弱，反而因[GPE:北韓]核武計畫而加強。
[GPE:中][GPE:美]兩國在《[LAW:巴黎協定]》下的承諾並不對等，[PERSON:拜登]政府因此面臨國內壓力。
[PERSON:林毅夫]等（2012）認為，後發國家可以透過比較優勢實現追趕；[PERSON:張夏準]則強調幼稚產業保護的重要性。
[ORG:浙江省發展和改革委員會]的數據顯示，[GPE:寧波]港口的吞吐量去年上升了百分之八。
[ORG:馬來西亞投資發展局]局長[PERSON:阿漢]說，[GPE:檳城]已成為半導體封裝的重鎮，[ORG:英特爾]和[ORG:英飛凌]都在當地擴建。
根據《[LAW:外商投資法]》，[GPE:中國]政府將進一步縮減負面清單，[ORG:商務部]也發布了配套規定。
[EVENT:亞洲金融危機]期間，[ORG:國際貨幣基金組織]向[GPE:印尼]、[GPE:韓國]和[GPE:泰國]提供貸款，條件相當嚴苛。
[PERSON:馬克斯·韋伯]在《[WORK_OF_ART:新教倫理與資本主義精神]》中討論了宗教與經濟的關係，[PERSON:韋伯]的論點至今仍有爭議。
[ORG:清華大學]國際關係學者[PERSON:閻學通]認為，[GPE:美]方的圍堵不會改變[GPE:中]方的立場。
[ORG:日本經濟產業省]大臣[PERSON:西村康稔]宣布，將對[ORG:Rapidus]追加補貼，廠址設在[GPE:北海道][GPE:千歲市]。
[NORP:美國人]對[ORG:世界貿易組織]的不滿由來已久，[EVENT:中美貿易戰]只是把它推到台前。
[GPE:印度]總理[PERSON:莫迪]訪[GPE:美]期間，與[ORG:通用電氣]達成了共同生產引擎的協議。
[LOC:西方]學界常把[LAW:一帶一路]視為地緣政治工具，但[GPE:肯亞]與[GPE:巴基斯坦]的案例顯示情況更複雜。
[ORG:宇辰精密科技股份有限公司]（以下簡稱「[ORG:宇辰]」）是[GPE:台中]的一家設備商，[ORG:宇辰]去年的出口成長三成。
[PERSON:約瑟夫·奈]（[PERSON:Joseph Nye]）提出的[TERM:軟實力]（[TERM:soft power]）概念影響深遠。
[ORG:行政院]院長[PERSON:陳建仁]表示，政府將協助業者因應[EVENT:新冠疫情]的衝擊。
[ORG:歐洲議會]通過《[LAW:人工智慧法案]》，要求[ORG:OpenAI]等公司揭露訓練資料，[PRODUCT:ChatGPT]也在規範之列。
[GPE:沙烏地阿拉伯]與[GPE:俄羅斯]主導的[ORG:OPEC+]宣布減產，布蘭特原油應聲上漲。
[ORG:蘭德公司]的報告警告，[LOC:台灣海峽]一旦爆發衝突，全球晶片供應將中斷。
[GPE:菲律賓]海岸警衛隊在[LOC:仁愛礁]附近與[GPE:中國]船隻對峙，[ORG:東協]各國反應不一。
[PERSON:高橋亮平]與[PERSON:佐藤美和子]的研究比較了[GPE:大阪府]與[GPE:愛知縣]的中小企業。
[GPE:四川]的[GPE:涼山彝族自治州]與[GPE:雲南]的[GPE:怒江州]是扶貧的重點地區。
[LAW:京都議定書]之後，[GPE:日本]與[ORG:歐盟]的減排路徑明顯分歧。
[GPE:法國]總統[PERSON:馬克宏]和[GPE:德國]總理[PERSON:蕭茲]在[GPE:巴黎]會晤，討論[EVENT:俄烏戰爭]後的[LOC:歐洲]安全。
[ORG:美國聯準會]主席[PERSON:鮑爾]在[ORG:國會]作證時說，[ORG:矽谷銀行]的倒閉暴露了監管漏洞。
[ORG:越南工貿部]官員[PERSON:阮氏蘭英]承認，[GPE:北寧省]的供電仍不穩定。
[ORG:雲林科技大學]副教授[PERSON:許文彬]比較了[GPE:彰化縣]與[GPE:雲林縣]的農業政策，認為[ORG:農業部]的補貼方式應該檢討。
[PERSON:娜奧米·克萊因]在《[WORK_OF_ART:休克主義]》一書中批評[ORG:芝加哥學派]對[GPE:智利]的影響。
[GPE:內蒙古]的[GPE:鄂爾多斯市]擁有豐富的煤炭資源，[ORG:神華集團]在當地經營多座礦場。
[ORG:北海道大學]研究團隊與[ORG:株式會社日立製作所]合作開發新型感測器，[ORG:文部科學省]提供經費。
[GPE:波蘭]前外長[PERSON:西科爾斯基]表示，[ORG:北約]應在[LOC:波羅的海]沿岸部署更多兵力。
[GPE:孟加拉]紡織工人[PERSON:拉希達·貝古姆]告訴研究者，工廠倒閉後她回到了[GPE:達卡]郊外。
[EVENT:廣州起義]失敗後，[ORG:中國共產黨]轉入農村，[PERSON:毛澤東]的路線逐漸佔上風。
[LAW:日英同盟條約]於1902年簽訂，[GPE:俄國]因此在[LOC:遠東]陷入孤立，兩年後爆發[EVENT:日俄戰爭]。
[ORG:加州大學聖地牙哥分校]政治學者[PERSON:謝淑麗]曾任[ORG:美國國務院]官員，她對[GPE:中]政策的看法頗具代表性。
[GPE:美國]公債殖利率上升，[ORG:高盛]分析師[PERSON:陳志偉]預測[ORG:聯準會]將暫停升息。
[ORG:阿里巴巴]與[ORG:騰訊]被[ORG:國家市場監督管理總局]罰款，依據是《[LAW:反壟斷法]》。
[GPE:衣索比亞]的[FAC:復興大壩]引發[GPE:埃及]與[GPE:蘇丹]的不滿，[ORG:非洲聯盟]的調停未見成效。
[PERSON:金賢洙]教授認為，[GPE:首爾]與[GPE:東京]的和解取決於[GPE:韓國]國內政治，而不是[GPE:美國]的壓力。
在[LOC:湄公河]下游，[GPE:柬埔寨]與[GPE:寮國]的漁民受到水壩影響，[ORG:湄公河委員會]卻缺乏強制力。
[ORG:永豐精密工業公司]把產線從[GPE:東莞]遷往[GPE:海防市]，主要是為了規避[GPE:美國]的關稅。
[NORP:穆斯林]移民在[GPE:法國]社會的處境，是[PERSON:奧利維耶·羅伊]研究的核心。
[ORG:經濟合作與發展組織]（[ORG:OECD]）的資料顯示，[GPE:義大利]的青年失業率高於[GPE:葡萄牙]。
[ORG:台灣經濟研究院]院長[PERSON:張建一]說，[LAW:五加二產業創新計畫]帶動了民間投資。
[PERSON:涂爾幹]的[TERM:失範]（[TERM:anomie]）概念，後來由[PERSON:默頓]加以發展。
[GPE:深圳]的[ORG:光啟技術公司]研發超材料，[ORG:解放軍]是主要客戶之一。
[GPE:阿根廷]總統[PERSON:米萊]主張廢除央行，[ORG:國際貨幣基金組織]對此持保留態度。
[GPE:烏克蘭]軍隊在[GPE:哈爾科夫州]發動反攻，[GPE:俄]軍撤至[LOC:頓涅茨河]東岸。
[ORG:日本銀行]總裁[PERSON:植田和男]在[ORG:眾議院]答詢時否認將調整殖利率曲線控制政策。
《[ORG:經濟日報]》引述[ORG:工研院]報告指出，[GPE:台灣]的面板產業正在流失市占。
[GPE:蘇格蘭]的獨立公投使[ORG:工黨]陷入兩難，[ORG:蘇格蘭民族黨]則趁勢崛起。
[LOC:阿拉伯半島]的油田多由國營公司經營，[ORG:卡達能源公司]正擴大[LOC:北方氣田]的產能。
[PERSON:吳明益]的小說《[WORK_OF_ART:複眼人]》被譯成[LANGUAGE:法文]與[LANGUAGE:德文]。
[ORG:上海社會科學院]研究員[PERSON:李開盛]認為，[GPE:中]、[GPE:日]、[GPE:韓]自由貿易談判有望重啟。
[ORG:歐洲太空總署]的[PRODUCT:亞利安六號]火箭延後發射，[ORG:SpaceX]因而取得更多訂單。
[GPE:新加坡]總理[PERSON:黃循財]在[EVENT:香格里拉對話]上呼籲[GPE:中][GPE:美]避免對抗。
"""
ENGLISH = """
[GPE:Germany]'s economy minister [PERSON:Robert Habeck] said in [GPE:Berlin] on Tuesday that the [ORG:European Union] would impose tariffs on [NORP:Chinese] electric vehicles.
The [ORG:International Monetary Fund] ([ORG:IMF]) lowered its forecast for [LOC:Southeast Asia]; the [ORG:IMF] cited weak demand in [GPE:Vietnam] and [GPE:Thailand].
[PERSON:Chalmers Johnson] argued that the [ORG:Ministry of International Trade and Industry] ([ORG:MITI]) steered [GPE:Japan]'s postwar growth, a view that [PERSON:Johnson] later qualified.
In [GPE:South Korea], [ORG:Samsung Electronics] and [ORG:SK Hynix] dominate memory chips, while [GPE:Taiwan]'s [ORG:TSMC] leads in foundry.
[PERSON:Maria Delgado], a sociologist at the [ORG:University of Valencia], interviewed migrant workers from [GPE:Ecuador] and [GPE:Bolivia].
The [LAW:Inflation Reduction Act] and the [LAW:CHIPS and Science Act] mark a return of industrial policy in the [GPE:United States].
[GPE:US]-[GPE:China] rivalry has spread from trade to technology, as [PERSON:Henry Farrell] and [PERSON:Abraham Newman] show.
The [EVENT:Asian Financial Crisis] of 1997 hit [GPE:Indonesia] hardest, and [PERSON:Suharto] fell within a year.
According to the [ORG:Ministry of Finance], exports to the [LOC:Middle East] rose sharply.
[PERSON:Okonkwo] (2017) finds that [NORP:Nigerian] banks expanded across [LOC:West Africa] after 2005.
Prime Minister [PERSON:Anthony Albanese] met [NORP:Japanese] officials in [GPE:Canberra] to discuss [ORG:AUKUS].
The [LAW:Treaty of Shimonoseki] ended the [EVENT:First Sino-Japanese War] and ceded [GPE:Taiwan] to [GPE:Japan].
Scholars such as [PERSON:Dani Rodrik] and [PERSON:Ha-Joon Chang] have defended selective protection.
The [ORG:Port Authority of Rotterdam] reported that traffic through the [LOC:Red Sea] fell by half.
In its annual report, the [ORG:Norwegian Petroleum Directorate] warned that output in the [LOC:Barents Sea] would decline.
[ORG:Kestrel Microsystems Inc.] opened a plant near [GPE:Dresden], where [ORG:Infineon] and [ORG:GlobalFoundries] already operate.
The [ORG:New York Times] and the [ORG:Financial Times] both reported that [ORG:Huawei] had stockpiled chips.
[PERSON:Lee Kuan Yew] insisted that [GPE:Singapore] must remain useful to the great powers.
During the [EVENT:Cold War], [LOC:Western Europe] relied on [GPE:U.S.] security guarantees and on [ORG:NATO].
[PERSON:Max Weber]'s account of bureaucracy shaped later work, and [PERSON:Weber] remains widely cited.
The [ORG:Bank of Japan] and the [ORG:Federal Reserve] intervened after the [LAW:Plaza Accord].
[PERSON:Xi Jinping] launched the [LAW:Belt and Road Initiative] in [GPE:Astana] in 2013.
[NORP:French] and [NORP:German] firms lobbied the [ORG:European Commission] against the [LAW:Carbon Border Adjustment Mechanism].
The [ORG:Kenya Private Sector Alliance] welcomed the plan, but [PERSON:Wanjiru Kamau], an economist in [GPE:Nairobi], disagreed.
[ORG:Apple] moved part of its [PRODUCT:iPhone] production from [GPE:Zhengzhou] to [GPE:Chennai].
[PERSON:Takeshi Yamamura] of the [ORG:Mitsubishi Research Institute] said that [GPE:Hokkaido] lacked engineers.
The [ORG:World Bank]'s chief economist, [PERSON:Indermit Gill], called the outlook for [LOC:Sub-Saharan Africa] fragile.
The [ORG:Department of Commerce] added [ORG:SMIC] to the [LAW:Entity List] in December 2020.
However, neither [GPE:Moscow] nor [GPE:Beijing] has signed the [LAW:Paris Agreement on Artificial Intelligence].
[LOC:Silicon Valley] investors lost billions when [ORG:Silicon Valley Bank] collapsed.
[PERSON:Ngozi Adeyemi], who directs the [ORG:Centre for Development Studies] in [GPE:Accra], criticised the [ORG:African Development Bank]'s lending.
The [ORG:Ministry of Trade and Industry] in [GPE:Singapore] and the [ORG:Economic Development Board] courted [ORG:Micron].
[NORP:Brazilian] soy exporters benefited when [GPE:Beijing] retaliated against [GPE:Washington].
[PERSON:Mills] (1956) and [PERSON:Domhoff] (1967) located power in a narrow elite.
The [LAW:Montreal Protocol] succeeded where the [LAW:Kyoto Protocol] failed, according to [PERSON:Scott Barrett].
After the [EVENT:Meiji Restoration], [GPE:Japan] sent the [EVENT:Iwakura Mission] to [LOC:Europe] and the [GPE:United States].
The [ORG:Federal Trade Commission] sued [ORG:Meta] in the [ORG:District Court for the Northern District of California].
[ORG:Orion Battery Holdings], a start-up based in [GPE:Perth], signed a supply agreement with [ORG:LG Energy Solution].
"We cannot wait," said [PERSON:Linh Tran], a textile worker in [GPE:Binh Duong Province].
[GPE:India]'s Prime Minister, [PERSON:Narendra Modi], inaugurated the [FAC:Dholera Airport] in [GPE:Gujarat].
Both [ORG:Greenpeace] and the [ORG:World Wide Fund for Nature] opposed drilling in the [LOC:Beaufort Sea].
The [NORP:Ottoman] state defaulted in 1875, and the [ORG:Ottoman Public Debt Administration] took over its revenues.
[PERSON:Gerschenkron] argued that late developers skip stages; [PERSON:Amsden] extended the argument to [GPE:South Korea].
Since [PERSON:Xi] took office, the [ORG:Politburo Standing Committee] has met more often.
The [ORG:European Central Bank] ([ORG:ECB]) and the [ORG:Bank of England] raised rates in July.
Critics at [ORG:Human Rights Watch] say the [LAW:National Security Law] silenced dissent in [GPE:Hong Kong].
[NORP:Dutch] officials told [ORG:Reuters] that [ORG:ASML] would need licences.
The [FAC:Port of Piraeus] is majority-owned by [ORG:COSCO], which alarmed [GPE:Brussels].
Urban planners in [GPE:Curitiba] borrowed ideas from [GPE:Copenhagen] and [GPE:Portland].
[ORG:Vietnam Electricity] delayed the [FAC:Nam Dinh Power Plant], citing cost.
The [LAW:Monroe Doctrine] shaped [GPE:U.S.] policy toward [LOC:Latin America] for a century.
[PERSON:Susan Strange] taught at the [ORG:London School of Economics] and later at the [ORG:University of Warwick].
The [ORG:Council on Foreign Relations] hosted [PERSON:Katherine Tai], the [GPE:U.S.] trade representative.
[NORP:Kurdish] refugees crossed from [GPE:Syria] into [GPE:Turkey] along the [LOC:Euphrates River].
[PRODUCT:GPT-4] and [PRODUCT:Gemini] were trained on data scraped from the web.
The [EVENT:Paris Peace Conference] disappointed [NORP:Chinese] students, who launched the [EVENT:May Fourth Movement].
[ORG:Sumitomo Chemical] and [ORG:Mitsui] invested in [GPE:Ras Laffan], [GPE:Qatar].
By 1990 the [ORG:Communist Party of the Soviet Union] had lost its monopoly.
"""


def marked(passages: str) -> list[tuple[str, set[tuple[int, int, str]]]]:
    """Each line without its marks, and the names that they mark."""
    found = []
    for line in passages.strip().split("\n"):
        text, spans = "", set()
        for part in re.split(r"(\[[A-Z_]+:[^\]]+\])", line):
            if match := re.fullmatch(r"\[([A-Z_]+):([^\]]+)\]", part):
                spans.add((len(text), len(text) + len(match[2]), match[1]))
                text += match[2]
            else:
                text += part
        found.append((text, spans))
    return found


def spans(found: Iterable[Entity]) -> set[tuple[int, int, str]]:
    return {(one.start, one.end, one.label) for one in found}


def found(*texts: str) -> list[list[tuple[str, str]]]:
    """What is found in the paragraphs of one document: surfaces with labels."""
    return [
        [(text[one.start : one.end], one.label) for one in all_]
        for text, all_ in zip(texts, entities(texts, glossary(texts).finish()), strict=True)
    ]


def entries(*texts: str) -> dict[str, Name]:
    """The entries of a document, by each surface that they are mentioned with."""
    own = glossary(texts).finish()
    mentions = [
        (text[one.start : one.end], one) for text, all_ in zip(texts, entities(texts, own), strict=True) for one in all_
    ]
    made = names("doe2019", mentions, own)
    by_key = dict(zip(dict.fromkeys(one.key for _, one in mentions), made, strict=True))
    return {surface: by_key[one.key] for surface, one in mentions}


@pytest.mark.parametrize("passages", [CHINESE, convert(CHINESE, "hant", "hans"), ENGLISH], ids=["hant", "hans", "en"])
def test_names_of_composed_prose(passages: str) -> None:
    gold = marked(passages)
    texts = [text for text, _ in gold]
    right = wrong = missed = 0
    for (_, wanted), all_ in zip(gold, entities(texts, glossary(texts).finish()), strict=True):
        right += len(wanted & spans(all_))
        wrong += len(spans(all_) - wanted)
        missed += len(wanted - spans(all_))

    assert 2 * right / (2 * right + wrong + missed) >= 0.93


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("日、韓、美三國與中美之間", "日 韓 美 中 美"),
        ("美中台關係、歐美各國、俄烏邊境", "美 中 台 歐 美 俄 烏"),
        ("對華出口、訪日期間、駐美大使、美軍與台商", "華 日 美 美 台"),
        ("其中方法很多，日前美好的法律與品德，集中資源加以解決以及討論", ""),
        ("中國台灣與日本熊本縣", "中國台灣 日本 熊本縣"),
    ],
)
def test_countries_in_one_character(text: str, expected: str) -> None:
    assert [surface for surface, _ in found(text)[0]] == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("日本政府與日本企業", [("日本", "GPE"), ("日本", "GPE")]),
        ("韓國三星電子與日本東北大學", [("韓國", "GPE"), ("三星電子", "ORG"), ("日本東北大學", "ORG")]),
        ("日本政策投資銀行", [("日本政策投資銀行", "ORG")]),
        ("首相岸田文雄", [("岸田文雄", "PERSON")]),
        ("半導體公司、上市公司、地方政府與納稅人", []),
        ("西方與新冠疫情", [("西方", "LOC"), ("新冠疫情", "EVENT")]),
        (
            "《半導體援助法》與《紐約時報》、《資本論》",
            [("半導體援助法", "LAW"), ("紐約時報", "ORG"), ("資本論", "WORK_OF_ART")],
        ),
        ("Japanese firms and the EU", [("Japanese", "NORP"), ("EU", "ORG")]),
        ("US-China talks in Japan's Diet", [("US", "GPE"), ("China", "GPE"), ("Japan", "GPE"), ("Diet", "ORG")]),
        ("However, this is not a name. In Table 2, GDP rose.", []),
    ],
)
def test_the_guidelines_cases(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text)[0] == expected


def test_a_bilingual_parenthesis_gives_three_mentions_of_one_name_that_holds_everywhere() -> None:
    document = (
        "LZINC後來退出。",
        "蘭州創新網絡公司(Innovation Network Corporation, LZINC)成立。",
        "蘭州創新網絡公司與LZINC。",
    )
    first, second, third = found(*document)
    by_surface = entries(*document)

    assert first == [("LZINC", "ORG")]
    assert second == [("蘭州創新網絡公司", "ORG"), ("Innovation Network Corporation", "ORG"), ("LZINC", "ORG")]
    assert third == [("蘭州創新網絡公司", "ORG"), ("LZINC", "ORG")]
    name = by_surface["LZINC"]
    assert name is by_surface["蘭州創新網絡公司"]
    assert (name.zh_hant, name.zh_hans) == ("蘭州創新網絡公司", "兰州创新网络公司")
    assert (name.en, name.en_source, name.abbr) == ("Innovation Network Corporation", "article", "LZINC")


def test_a_parenthesis_around_a_common_noun_makes_a_term() -> None:
    document = ("所謂技術民族主義(technonationalism)是一種主張。", "技術民族主義並不新。")

    assert found(*document) == [
        [("技術民族主義", "TERM"), ("technonationalism", "TERM")],
        [("技術民族主義", "TERM")],
    ]
    assert entries(*document)["技術民族主義"].en == "technonationalism"


def test_a_full_name_defines_the_short_one() -> None:
    assert ("高市", "PERSON") in found("首相高市早苗出席。", "高市沒有回答。")[1]
    assert ("Okada", "PERSON") in found("Marie Okada argues so.", "Later Okada agreed.")[1]
    assert ("TIDE", "ORG") in found("The Tidal Institute for Data Ethics (TIDE) closed.", "TIDE was small.")[1]


def test_what_a_document_calls_something_for_short() -> None:
    assert ("宇辰", "ORG") in found("宇辰精密股份有限公司(以下簡稱「宇辰」)成立。", "宇辰擴廠。")[1]


def test_an_english_form_is_never_invented() -> None:
    by_surface = entries("陳明義教授訪問南韓，與台積電會面。")

    assert by_surface["陳明義"].en is None
    assert by_surface["陳明義"].en_source is None
    assert (by_surface["南韓"].en, by_surface["南韓"].en_source) == ("South Korea", "CLDR")
    assert (by_surface["台積電"].abbr, by_surface["台積電"].en_source) == ("TSMC", "lexicon")


def test_spans_of_another_pipeline_get_keys() -> None:
    texts = ["韓國與南韓"]
    ((one, two),) = from_spans(texts, [[(0, 2, "GPE"), (3, 5, "GPE"), (0, 1, "DATE")]], glossary(texts).finish())

    assert one.key == two.key == "GPE:KR"


def test_paragraphs_may_be_grouped_in_any_way() -> None:
    texts = [text for text, _ in marked(CHINESE + ENGLISH.lstrip())]
    own = glossary(texts).finish()

    assert entities(texts, own) == [entities([text], own)[0] for text in texts]


def test_both_scripts_of_a_text_have_the_same_names() -> None:
    path = SHARED / "data" / "ntrex" / "newstest2019-ref.zho-TW.txt"
    if not path.exists():
        pytest.skip("the news texts are not on this machine")
    hant = path.read_text(encoding="utf-8").split("\n")[:400]
    hans = [convert(text, "hant", "hans") for text in hant]
    one, other = (
        {(at, *place) for at, all_ in enumerate(entities(texts, glossary(texts).finish())) for place in spans(all_)}
        for texts in (hant, hans)
    )

    assert len(one & other) >= 0.99 * len(one | other)


@given(
    st.lists(
        st.text(st.sampled_from("中美日岸田文雄(（）)《》「」·US -.A的公司大學Ministry of&\ud800𠀀😀\n，。")),
        max_size=3,
    )
)
def test_any_text_gives_spans_in_order_apart_and_inside(texts: list[str]) -> None:
    for text, all_ in zip(texts, entities(texts, glossary(texts).finish()), strict=True):
        assert len(fold(text)) == len(text)
        ends = [0, *(one.end for one in all_)]
        assert all(end <= one.start < one.end <= len(text) for end, one in zip(ends, all_, strict=False))


@pytest.mark.parametrize("unit", ["中國(China)", "Ministry of ", "《", "日、", "阿", "(", "A. ", "“A"])
def test_time_grows_with_length_alone(unit: str) -> None:
    def seconds(times: int) -> float:
        text = fold(unit * times)
        started = time.process_time()
        own = glossary([text]).finish()
        for _, piece in pieces(text):
            rules(piece, own.proper, own.own)
        return time.process_time() - started

    seconds(10)
    assert seconds(16_000) < 12 * seconds(4_000) + 0.3


def test_the_tables_have_no_form_that_is_an_ordinary_word() -> None:
    known = lexicon()

    assert len(known.rows) > 2_000
    assert not {"自然", "財富", "新政", "四國", "The", "Who", "Time"} & {*known.han, *known.latin}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Brook and Ferrant, writing in the Journal of Rural Health and Society, disagree.",
            [("Brook", "PERSON"), ("Ferrant", "PERSON"), ("Journal of Rural Health and Society", "WORK_OF_ART")],
        ),
        ("In her book The Silent Harvest, she doubts it.", [("The Silent Harvest", "WORK_OF_ART")]),
        ("The Animal Welfare Act 2006 replaced it.", [("Animal Welfare Act 2006", "LAW")]),
        ("It cites Regulation (EU) 2019/1020 and nothing else.", [("Regulation (EU) 2019/1020", "LAW")]),
        ("General Motors Finance UK lent little.", [("General Motors Finance UK", "ORG")]),
        ("The inquiry by Helen Marsh KC found nothing.", [("Helen Marsh", "PERSON")]),
        ("They met in the town of Velikopol last year.", [("Velikopol", "GPE")]),
        (
            "The Children's Commissioner's Office and King's College Hospital agreed.",
            [("King's College Hospital", "ORG")],
        ),
        ("National Trust members left.", [("National Trust", "ORG")]),
    ],
)
def test_english_names_by_what_stands_around_them(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(text[one.start : one.end], one.label) for one in entities([text], glossary([text]).finish())[0]]
    assert [one for one in found if one in expected] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("經濟部能源署與運輸及房屋局", [("經濟部能源署", "ORG"), ("運輸及房屋局", "ORG")]),
        ("國立政治大學國際關係研究中心的報告", [("國立政治大學國際關係研究中心", "ORG")]),
        ("羅志田則強調清末的脈絡", [("羅志田", "PERSON")]),
        ("李靜君(Ching Kwan Lee)", [("李靜君", "PERSON"), ("Ching Kwan Lee", "PERSON")]),
        ("該村的衛生院與廣義的行動", []),
    ],
)
def test_names_that_the_words_of_the_dictionary_cut(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text)[0] == expected


def test_short_and_full_chinese_forms_share_an_entry() -> None:
    named = entries("國家發展和改革委員會公布辦法。", "發改委稱，國家發改委將檢討。")
    assert len({id(named[form]) for form in ("國家發展和改革委員會", "發改委", "國家發改委")}) == 1
    assert named["發改委"].zh_hant == "國家發展和改革委員會"
    assert {"發改委", "國家發改委"} <= set(named["發改委"].aka)

    named = entries("環境保護署（環保署）成立。", "環保署說，河川管理局(以下簡稱「河管局」)同意。")
    assert named["環保署"] is named["環境保護署"]
    assert (named["環保署"].abbr, named["環保署"].aka) == (None, ("環保署",))
    assert named["河管局"] is named["河川管理局"]


def test_a_family_name_with_a_title_is_the_person_named_in_full() -> None:
    for texts in (
        ("岸田首相表示會推動改革。", "後來岸田文雄訪問美國。"),
        ("首相岸田文雄訪問美國。", "岸田首相表示會推動改革。"),
    ):
        named = entries(*texts)
        assert named["岸田"] is named["岸田文雄"]
        assert named["岸田"].aka == ("岸田",)
    named = entries("教授王小明認為不妥。", "王教授說，陳教授同意。")
    assert named["王"] is named["王小明"]
    assert "陳" not in named  # whom nothing names in full
    named = entries("教授王小明與教授王大同認為不妥。", "王教授說。")
    assert named["王"] is not named["王小明"]  # one of the two
    assert ("福島", "PERSON") not in found("福島知事說。")[0]


@pytest.mark.parametrize("text", ["航運由三大聯盟主導。", "歐洲的五大銀行合併。", "代表五人出席。", "全島共六鄉。"])
def test_what_is_counted_is_no_name(text: str) -> None:
    assert [one for one in found(text)[0] if set(one[0]) & set("三五六")] == []
    assert [figure.label for figure in figures(text)] == ["CARDINAL"] or "鄉" in text


@pytest.mark.parametrize(
    "text", ["收縮壓（mmHg）下降。", "這一現象（as Lee notes）普遍。", "作者訪談（Interview A）。", "收入（USD）下降。"]
)
def test_parentheses_that_define_nothing(text: str) -> None:
    assert [one for one in found(text)[0] if one[1] == "TERM"] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shares in Veltron fell.", ("Veltron", "ORG")),
        ("Analysts doubted Quandrel's share price.", ("Quandrel", "ORG")),
        ("Ministers praised the Homes for Veterans scheme.", ("Homes for Veterans", "LAW")),
        ("Inmates left Barlock, a state prison.", ("Barlock", "FAC")),
        ("台中火力發電廠除役。", ("台中火力發電廠", "FAC")),
    ],
)
def test_what_stands_beside_a_name_says_what_it_is(text: str, wanted: tuple[str, str]) -> None:
    assert found(text)[0] == [wanted]
