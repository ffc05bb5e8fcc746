"""Figures: what counts, where its span ends, what it is worth; the same in both scripts; never a crash, never slow."""

from __future__ import annotations

import ast
import re
import time

import opencc
import pytest
from conftest import ROOT, SHARED
from hypothesis import given
from hypothesis import strategies as st
from yinzheng.annotating.figures import figures, leading, years_named, yuan_of
from yinzheng.annotating.found import Figure
from yinzheng.numerals import plain
from yinzheng.values import unsound

HAN = re.compile("[一-鿿]+")
T2S, S2T = opencc.OpenCC("t2s"), opencc.OpenCC("s2t")


def said(figure: Figure) -> str:
    """A figure's meaning on one line: ``50..80 %``, ``22,28 nm``, ``1998/2003``, ``>= P10Y``, ``~ 37000000000 JPY``."""
    value = (
        f"{figure.value:.10g}"
        if figure.value is not None
        else ",".join(f"{value:.10g}" for value in figure.value_list)
        or (f"{figure.min:.10g}..{figure.max:.10g}" if figure.min is not None else "")
    )
    what = [
        "~" if figure.approx else "",
        figure.bound or "",
        value,
        figure.unit or "",
        figure.edtf or "",
        figure.duration or "",
    ]
    return " ".join(part for part in what if part)


def found(text: str, year: int | None = None) -> list[tuple[str, str, str]]:
    return [(text[f.start : f.end], f.label, said(f)) for f in figures(text, year)]


def row(text: str, *expected: str) -> tuple[str, list[tuple[str, str, str]]]:
    """``surface | LABEL | meaning``."""
    cells = [[cell.strip() for cell in line.split("|")] for line in expected]
    return text, [(surface, label, meaning) for surface, label, meaning in cells]


CHINESE = [
    # Money
    row("議會為燈塔撥款1,000億日圓。", "1,000億日圓 | MONEY | 1e+11 JPY"),
    row("新台幣1.2兆元的預算，折合約400億美元", "新台幣1.2兆元 | MONEY | 1.2e+12 TWD", "約400億美元 | MONEY | ~ 4e+10 USD"),
    row("造價２５億歐元，另加三千萬英鎊", "２５億歐元 | MONEY | 2500000000 EUR", "三千萬英鎊 | MONEY | 30000000 GBP"),
    row("耗資數十億元", "數十億元 | MONEY | ~ 2000000000..9000000000"),
    row("稅收為5.2萬億元人民幣", "5.2萬億元人民幣 | MONEY | 5.2e+12 CNY"),
    row("捐款100億元（人民幣，下同），其中30億元", "100億元 | MONEY | 1e+10 CNY", "30億元 | MONEY | 3000000000 CNY"),
    row("罰款300萬至500萬港元", "300萬至500萬港元 | MONEY | 3000000..5000000 HKD"),
    row("每噸80美元，合計逾1億2千萬美元", "80美元 | MONEY | 80 USD", "逾1億2千萬美元 | MONEY | >= 120000000 USD"),
    row("上億美元的訂單，二十餘億韓元", "上億美元 | MONEY | >= 100000000 USD", "二十餘億韓元 | MONEY | >= 2000000000 KRW"),
    row("虧損3-5億美元", "3-5億美元 | MONEY | 300000000..500000000 USD"),
    row("票價$20，門檻£28億", "$20 | MONEY | 20 USD", "£28億 | MONEY | 2800000000 GBP"),
    # Percentages
    row("三成的漁民，七至八成的船", "三成 | PERCENT | 30 %", "七至八成 | PERCENT | 70..80 %"),
    row("三成五、逾六成、近九成", "三成五 | PERCENT | 35 %", "逾六成 | PERCENT | >= 60 %", "近九成 | PERCENT | ~ 90 %"),
    row("百分之十五，千分之三", "百分之十五 | PERCENT | 15 %", "千分之三 | PERCENT | 0.3 %"),
    row("百分之五至十，百分之三點五", "百分之五至十 | PERCENT | 5..10 %", "百分之三點五 | PERCENT | 3.5 %"),
    row("由30-45%升至22%以上", "30-45% | PERCENT | 30..45 %", "22%以上 | PERCENT | >= 22 %"),
    row("從18.5%降至12％，減少12.5個百分點", "18.5% | PERCENT | 18.5 %", "12％ | PERCENT | 12 %", "12.5個百分點 | PERCENT | 12.5 pp"),
    row("介於3%至5%之間，加息25個基點", "3%至5% | PERCENT | 3..5 %", "25個基點 | PERCENT | 0.25 pp"),
    row("持股不得超過15%，15%以內，2‰", "不得超過15% | PERCENT | <= 15 %", "15%以內 | PERCENT | <= 15 %", "2‰ | PERCENT | 0.2 %"),
    row("年減-2.5%", "2.5% | PERCENT | 2.5 %"),
    # Measures
    row("22/28納米的製程，7nm、三奈米", "22/28納米 | QUANTITY | 22,28 nm", "7nm | QUANTITY | 7 nm", "三奈米 | QUANTITY | 3 nm"),
    row("面積3.6萬平方公里，1,500公頃", "3.6萬平方公里 | QUANTITY | 36000 km2", "1,500公頃 | QUANTITY | 1500 har"),
    row("12吋晶圓，500兆瓦，20億度電", "12吋 | QUANTITY | 12 [in_i]", "500兆瓦 | QUANTITY | 500 MW", "20億度電 | QUANTITY | 2000000000 kW.h"),
    row("1.2億劑疫苗，三十萬載重噸", "1.2億劑 | QUANTITY | 120000000 {dose}", "三十萬載重噸 | QUANTITY | 300000 {DWT}"),
    row("升溫1.5度，攝氏25度", "1.5度 | QUANTITY | 1.5 Cel", "攝氏25度 | QUANTITY | 25 Cel"),
    row("45英里（72公里）外", "45英里 | QUANTITY | 45 [mi_i]", "72公里 | QUANTITY | 72 km"),
    row("約30至50公里", "約30至50公里 | QUANTITY | ~ 30..50 km"),
    row("零下20度，北緯38度，一噸半，一百千瓦", "零下20度 | QUANTITY | -20 Cel", "北緯38度 | QUANTITY | 38 deg", "一噸半 | QUANTITY | 1.5 t", "一百千瓦 | QUANTITY | 100 kW"),
    row("142 mmHg、130 mg/dL、35 微克/立方公尺、12 gCO2e/kWh", "142 mmHg | QUANTITY | 142 mm[Hg]", "130 mg/dL | QUANTITY | 130 mg/dL", "35 微克/立方公尺 | QUANTITY | 35 ug/m3", "12 gCO2e/kWh | QUANTITY | 12 g{CO2}/kW.h"),
    row("約1,500萬兩，四千兩白銀，米二石五斗，航速30節，發電3億度", "約1,500萬兩 | MONEY | ~ 15000000", "四千兩 | MONEY | 4000", "二石五斗 | QUANTITY | 2.5 {shi}", "30節 | QUANTITY | 30 [nmi_i]/h", "3億度 | QUANTITY | 300000000 kW.h"),
    # Years, months, days
    row("民國110年至112年間，光緒二十一年至二十三年，崇禎三年", "民國110年至112年間 | DATE | 2021/2023", "光緒二十一年至二十三年 | DATE | 1895/1897", "崇禎三年 | DATE | 1630"),
    row("2024年前三季度，9月末餘額，較2019年9月；二季度", "2024年前三季度 | DATE | 2024-33/2024-35", "9月末 | DATE | ~ 2024-09~", "2019年9月 | DATE | 2019-09", "二季度 | DATE | 2024-34"),
    row("2023年6月15日，5月的漲幅；今年8月", "2023年6月15日 | DATE | 2023-06-15", "5月 | DATE | 2023-05", "今年8月 | DATE | XXXX-08"),
    row("1999年，二〇〇八年，民國112年，昭和20年", "1999年 | DATE | 1999", "二〇〇八年 | DATE | 2008", "民國112年 | DATE | 2023", "昭和20年 | DATE | 1945"),
    row("2009年6月，2011年3月11日，二〇二〇年十二月", "2009年6月 | DATE | 2009-06", "2011年3月11日 | DATE | 2011-03-11", "二〇二〇年十二月 | DATE | 2020-12"),
    row("1998—2003年，2015至2020年，從2015年到2020年，1950-53年", "1998—2003年 | DATE | 1998/2003", "2015至2020年 | DATE | 2015/2020", "2015年到2020年 | DATE | 2015/2020", "1950-53年 | DATE | 1950/1953"),
    row("2009年6月至8月，6月4日至7日", "2009年6月至8月 | DATE | 2009-06/2009-08", "6月4日至7日 | DATE | 2009-06-04/2009-06-07"),
    row("2023年第三季度，2023年上半年，2022年Q4，2023年前三季度", "2023年第三季度 | DATE | 2023-35", "2023年上半年 | DATE | 2023-40", "2022年Q4 | DATE | 2022-36", "2023年前三季度 | DATE | 2023-33/2023-35"),
    row("2022年底，2000年初期，2021年年中，3月底", "2022年底 | DATE | ~ 2022~", "2000年初期 | DATE | ~ 2000~", "2021年年中 | DATE | ~ 2021~", "3月底 | DATE | ~ 2021-03~"),
    row("2000年以來，自2020年起，2022年之後，2030年前", "2000年以來 | DATE | 2000/..", "2020年起 | DATE | 2020/..", "2022年之後 | DATE | >= 2022", "2030年前 | DATE | <= 2030"),
    row("2021財年，2018年度，2023年春", "2021財年 | DATE | 2021", "2018年度 | DATE | 2018", "2023年春 | DATE | 2023-21"),
    row("公元前221年，光緒二十一年", "公元前221年 | DATE | -0220", "光緒二十一年 | DATE | 1895"),
    row("2015年和2018年之間，1—9月，第一至三季度，2018年前半年", "2015年和2018年之間 | DATE | 2015/2018", "1—9月 | DATE | 2018-01/2018-09", "第一至三季度 | DATE | 2018-33/2018-35", "2018年前半年 | DATE | 2018-40"),
    row("1949年（民國38年）1月，乾隆五十年", "1949年 | DATE | 1949", "民國38年 | DATE | 1949", "1月 | DATE | 1949-01", "乾隆五十年 | DATE | 1785"),
    # Decades and centuries
    row("20世紀80年代，上世紀九十年代，1980年代末", "20世紀80年代 | DATE | 198X", "上世紀九十年代 | DATE | 199X", "1980年代末 | DATE | ~ 198X~"),
    row("20世紀七八十年代，十九世紀末，21世紀以來", "20世紀七八十年代 | DATE | 197X/198X", "十九世紀末 | DATE | ~ 18XX~", "21世紀以來 | DATE | 20XX/.."),
    row("三〇年代，90年代中期", "三〇年代 | DATE | 193X", "90年代中期 | DATE | ~ 199X~"),
    row("1980至1990年代之間，民國80年代", "1980至1990年代之間 | DATE | 198X/199X", "民國80年代 | DATE | 199X"),
    # Dates that lean on an earlier one
    row("2021年議會開會，當年12月通過，次年3月施行", "2021年 | DATE | 2021", "當年12月 | DATE | 2021-12", "次年3月 | DATE | 2022-03"),
    row("2021年11月提案，12月通過，3月再議", "2021年11月 | DATE | 2021-11", "12月 | DATE | 2021-12", "3月 | DATE | XXXX-03"),
    row("去年10月", "去年10月 | DATE | XXXX-10"),
    # Durations and times
    row("10年以上，10至12年，一年半，三個月內", "10年以上 | DATE | >= P10Y", "10至12年 | DATE | P10Y/P12Y", "一年半 | DATE | P1Y6M", "三個月內 | DATE | <= P3M"),
    row("二十多年來，三年後，過去十年間，半個世紀", "二十多年來 | DATE | >= P20Y", "三年後 | DATE | P3Y", "十年間 | DATE | P10Y", "半個世紀 | DATE | P50Y"),
    row("77歲，16至24歲，65歲以上", "77歲 | DATE | P77Y", "16至24歲 | DATE | P16Y/P24Y", "65歲以上 | DATE | >= P65Y"),
    row("二十四小時，一個半小時，下午3時20分，晚上11時", "二十四小時 | TIME | PT24H", "一個半小時 | TIME | PT1H30M", "下午3時20分 | TIME |", "晚上11時 | TIME |"),
    row("三四十年，數十年", "三四十年 | DATE | ~ P30Y/P40Y", "數十年 | DATE | ~ P20Y/P90Y"),
    # Counts
    row("三個燈塔，兩名看守人，三千人，數百名", "三個 | CARDINAL | 3", "兩名 | CARDINAL | 2", "三千人 | CARDINAL | 3000", "數百名 | CARDINAL | ~ 200..900"),
    row("兩國、三方、三大港口", "兩 | CARDINAL | 2", "三 | CARDINAL | 3", "三大 | CARDINAL | 3"),
    row("逾500家，至少3艘，上百座，十多項，近千人", "逾500家 | CARDINAL | >= 500", "至少3艘 | CARDINAL | >= 3", "上百座 | CARDINAL | >= 100", "十多項 | CARDINAL | >= 10", "近千人 | CARDINAL | ~ 1000"),
    row("三至五艘，10-20人，兩三家", "三至五艘 | CARDINAL | 3..5", "10-20人 | CARDINAL | 10..20", "兩三家 | CARDINAL | ~ 2..3"),
    row("一半，三分之二，半數，過半", "一半 | CARDINAL | 0.5", "三分之二 | CARDINAL | 0.6667", "半數 | CARDINAL | 0.5", "過半 | CARDINAL | >= 0.5"),
    row("翻一番，翻了兩番，增長兩倍，超過一倍", "翻一番 | CARDINAL | 2", "翻了兩番 | CARDINAL | 4", "兩倍 | CARDINAL | 2", "超過一倍 | CARDINAL | >= 1"),
    row("12萬3千名船員，３０餘萬人", "12萬3千名 | CARDINAL | 123000", "３０餘萬人 | CARDINAL | >= 300000"),
    row("收治4 862例，另有１２\u2009３４５名，1900餘人，15萬3820人", "4 862例 | CARDINAL | 4862", "１２\u2009３４５名 | CARDINAL | 12345", "1900餘人 | CARDINAL | >= 1900", "15萬3820人 | CARDINAL | 153820"),
    row("2億3千萬人，1萬零50戶，1.4億成年人，編制約300人", "2億3千萬人 | CARDINAL | 230000000", "1萬零50戶 | CARDINAL | 10050", "1.4億 | CARDINAL | 140000000", "約300人 | CARDINAL | ~ 300"),
    row("八部門發文，3倍多，三成多，六千餘發，一倍半", "八 | CARDINAL | 8", "3倍多 | CARDINAL | >= 3", "三成多 | PERCENT | >= 30 %", "六千餘發 | CARDINAL | >= 6000", "一倍半 | CARDINAL | 1.5"),
    # A dash, a range, or a tilde that says about
    row("用了～３年，損失~5億美元，約~5%", "～３年 | DATE | ~ P3Y", "~5億美元 | MONEY | ~ 500000000 USD", "~5% | PERCENT | ~ 5 %"),
    row("投資150至180億，再加15～18億，三至五萬", "150至180億 | CARDINAL | 1.5e+10..1.8e+10", "15～18億 | CARDINAL | 1500000000..1800000000", "三至五萬 | CARDINAL | 30000..50000"),
    row("獲賠償2萬3,000，其中2萬，5人受傷", "2萬3,000 | CARDINAL | 23000", "2萬 | CARDINAL | 20000", "5人 | CARDINAL | 5"),
    row("獲賠償2萬3,000圓，1萬2,345人，5℃~10℃", "2萬3,000圓 | MONEY | 23000", "1萬2,345人 | CARDINAL | 12345", "5℃~10℃ | QUANTITY | 5..10 Cel"),
    row("三十～四十萬元，3個月~5個月", "三十～四十萬元 | MONEY | 300000..400000", "3個月~5個月 | DATE | P3M/P5M"),
    row("1500至2000元，1990-2000公里，2000—3000人", "1500至2000元 | MONEY | 1500..2000", "1990-2000公里 | QUANTITY | 1990..2000 km", "2000—3000人 | CARDINAL | 2000..3000"),
    row("-6歲，1998-2003年，2016-2020規劃", "6歲 | DATE | P6Y", "1998-2003年 | DATE | 1998/2003", "2016-2020 | DATE | 2016/2020"),
    # Ordinals
    row("第三個港口、第三大經濟體、首次、首座", "第三個 | ORDINAL | 3", "第三大 | ORDINAL | 3", "首次 | ORDINAL | 1", "首座 | ORDINAL | 1"),
    row("排名第二，第45任總統", "第二 | ORDINAL | 2", "第45任 | ORDINAL | 45"),
]  # fmt: skip

ENGLISH = [
    row("The council spent US$3.5 billion, about £2.8bn.", "US$3.5 billion | MONEY | 3500000000 USD", "about £2.8bn | MONEY | ~ 2800000000 GBP"),
    row("NT$1.2 trillion, 2 trillion yen, RMB 500 million, EUR 20m", "NT$1.2 trillion | MONEY | 1.2e+12 TWD", "2 trillion yen | MONEY | 2e+12 JPY", "RMB 500 million | MONEY | 500000000 CNY", "EUR 20m | MONEY | 20000000 EUR"),
    row("$3-5 billion, between $3 billion and $5 billion", "$3-5 billion | MONEY | 3000000000..5000000000 USD", "between $3 billion and $5 billion | MONEY | 3000000000..5000000000 USD"),
    row("hundreds of millions of dollars, 16 US dollars", "hundreds of millions of dollars | MONEY | ~ 200000000..900000000 USD", "16 US dollars | MONEY | 16 USD"),
    row("fell by 3.5 per cent, or two percentage points; 25 basis points", "3.5 per cent | PERCENT | 3.5 %", "two percentage points | PERCENT | 2 pp", "25 basis points | PERCENT | 0.25 pp"),
    row("rose from 5% to 10%; 5 to 10 percent of ships", "5% | PERCENT | 5 %", "10% | PERCENT | 10 %", "5 to 10 percent | PERCENT | 5..10 %"),
    row("no more than 15%, more than 22%", "no more than 15% | PERCENT | <= 15 %", "more than 22% | PERCENT | >= 22 %"),
    row("22/28 nm chips on 12-inch wafers, 300 mm, 5nm", "22/28 nm | QUANTITY | 22,28 nm", "12-inch | QUANTITY | 12 [in_i]", "300 mm | QUANTITY | 300 mm", "5nm | QUANTITY | 5 nm"),
    row("2,000 square miles, 1.2 million hectares, 500 MWh, 2 degrees Celsius", "2,000 square miles | QUANTITY | 2000 [mi_i]2", "1.2 million hectares | QUANTITY | 1200000 har", "500 MWh | QUANTITY | 500 MW.h", "2 degrees Celsius | QUANTITY | 2 Cel"),
    row("twelve million doses, 80,000 DWT", "twelve million doses | QUANTITY | 12000000 {dose}", "80,000 DWT | QUANTITY | 80000 {DWT}"),
    row("In 1987, by 2022, since 2000, after 2022, before 1949", "1987 | DATE | 1987", "by 2022 | DATE | <= 2022", "since 2000 | DATE | 2000/..", "after 2022 | DATE | >= 2022", "before 1949 | DATE | <= 1949"),
    row("from 2007 to the end of 2008, 2018 or later, 28 June of 2020, 2019 Q1", "2007 to the end of 2008 | DATE | ~ 2007/2008~", "2018 or later | DATE | >= 2018", "28 June of 2020 | DATE | 2020-06-28", "2019 Q1 | DATE | 2019-33"),
    row("less than 2 hours or more than 4 days, half a million, minus five percent, 10 €", "less than 2 hours | TIME | <= PT2H", "more than 4 days | DATE | >= P4D", "half a million | CARDINAL | 500000", "minus five percent | PERCENT | -5 %", "10 € | MONEY | 10 EUR"),
    row("0.1 of a percentage point; 18- to 29-year-olds; the twenty-first", "0.1 of a percentage point | PERCENT | 0.1 pp", "18- to 29-year-olds | DATE | P18Y/P29Y", "twenty-first | ORDINAL | 21"),
    row("aged 65, older than 80 years; 5 feet 6 inches; 20 995 men; 37.4 GtCO2", "65 | DATE | P65Y", "older than 80 years | DATE | >= P80Y", "5 feet 6 inches | QUANTITY | 5.5 [ft_i]", "20 995 | CARDINAL | 20995", "37.4 GtCO2 | QUANTITY | 37.4 Gt{CO2}"),
    row("In 2023 it sank. In August, unlike in 2019, it rose.", "2023 | DATE | 2023", "August | DATE | 2023-08", "2019 | DATE | 2019"),
    row("after the 2008 crisis", "2008 | DATE | 2008"),
    row("from 2015 to 2020, between 2015 and 2020, 2015–20, 1914-18", "2015 to 2020 | DATE | 2015/2020", "between 2015 and 2020 | DATE | 2015/2020", "2015–20 | DATE | 2015/2020", "1914-18 | DATE | 1914/1918"),
    row("5 April 2021; April 5, 2021; October 2020; January–March 2020", "5 April 2021 | DATE | 2021-04-05", "April 5, 2021 | DATE | 2021-04-05", "October 2020 | DATE | 2020-10", "January–March 2020 | DATE | 2020-01/2020-03"),
    row("Q3 2022, the third quarter of 2020, the first half of 2023", "Q3 2022 | DATE | 2022-35", "third quarter of 2020 | DATE | 2020-35", "first half of 2023 | DATE | 2023-40"),
    row("fiscal year 2019, FY2021, 2019/20", "fiscal year 2019 | DATE | 2019", "FY2021 | DATE | 2021", "2019/20 | DATE | 2019/2020"),
    row("the 1990s, the mid-1980s, the early 21st century, late 2019", "1990s | DATE | 199X", "mid-1980s | DATE | ~ 198X~", "early 21st century | DATE | ~ 20XX~", "late 2019 | DATE | ~ 2019~"),
    row("It was built in 2021, and in December of the same year it opened.", "2021 | DATE | 2021", "December of the same year | DATE | 2021-12"),
    row("at least 10 years, a ten-year plan, two and a half years, three years later, two decades", "at least 10 years | DATE | >= P10Y", "ten-year | DATE | P10Y", "two and a half years | DATE | P2Y6M", "three years later | DATE | P3Y", "two decades | DATE | P20Y"),
    row("within five years, half a century, a 48-year-old keeper, aged 33", "within five years | DATE | <= P5Y", "half a century | DATE | P50Y", "48-year-old | DATE | P48Y", "33 | DATE | P33Y"),
    row("24 hours, at 3 p.m., a 48-hour strike", "24 hours | TIME | PT24H", "3 p.m. | TIME |", "48-hour | TIME | PT48H"),
    row("three lighthouses, some 300 keepers, at most 5, fewer than a dozen, 5-10 boats", "three | CARDINAL | 3", "some 300 | CARDINAL | ~ 300", "at most 5 | CARDINAL | <= 5", "fewer than a dozen | CARDINAL | <= 12", "5-10 | CARDINAL | 5..10"),
    row("tens of thousands of gulls, dozens, a few hundred", "tens of thousands | CARDINAL | ~ 20000..90000", "dozens | CARDINAL | ~ 24..108", "a few hundred | CARDINAL | ~ 200..900"),
    row("three hundred and fifty thousand, twenty-five", "three hundred and fifty thousand | CARDINAL | 350000", "twenty-five | CARDINAL | 25"),
    row("two-thirds, one in five, half of them, a quarter of them", "two-thirds | CARDINAL | 0.6667", "one in five | CARDINAL | 0.2", "half | CARDINAL | 0.5", "a quarter | CARDINAL | 0.25"),
    row("Exports doubled, grew tenfold, and were three times as large.", "doubled | CARDINAL | 2", "tenfold | CARDINAL | 10", "three times | CARDINAL | 3"),
    row("It took ~3 years and ~$5 million, ~5% of it.", "~3 years | DATE | ~ P3Y", "~$5 million | MONEY | ~ 5000000 USD", "~5% | PERCENT | ~ 5 %"),
    row("2000-3000 people, 1500–2000 yuan, 1500-2000%", "2000-3000 | CARDINAL | 2000..3000", "1500–2000 yuan | MONEY | 1500..2000 CNY", "1500-2000% | PERCENT | 1500..2000 %"),
    row("the 2010-2012 euro crisis; between 1500 and 2000 yuan", "2010-2012 | DATE | 2010/2012", "between 1500 and 2000 yuan | MONEY | 1500..2000 CNY"),
    row("2003-2004 in Japan, 2010-2015. A reform", "2003-2004 | DATE | 2003/2004", "2010-2015 | DATE | 2010/2015"),
    row("for the first time, the third-largest port, the 21st", "first | ORDINAL | 1", "third-largest | ORDINAL | 3", "21st | ORDINAL | 21"),
]  # fmt: skip

NONE = [
    "一方面要點燈，另一方面要省油；這一系列做法進一步統一，唯一的例外另當別論。",
    "一個沿海國家和一家燈具公司",
    "不三不四，三番五次，千方百計，四面八方，百家爭鳴，半壁江山",
    "三星電子、三菱電機、三重縣、四川、九州、百度",
    "四方安全對話、六方會談、二十國集團、20國集團、10+3機制、八國聯軍、金磚五國",
    "二戰、第二次世界大戰、十月革命、第三世界、十九屆四中全會、二十大、十四五規劃",
    "5G網路、F-16、殲-20、ISO 9001認證、COVID-19、A14晶片、波音737客機、中國製造2025",
    "《日本第一》和《2022年燈塔法》",
    "第七艦隊、第二醫科大學、第七十八屆聯合國大會、第三屆世界杯、北約成員國",
    "第三章、第九條、第12頁、表3、圖2",
    "（三）結論",
    "長期照顧十年計畫2.0、第十四個五年規劃",
    "112年憲判字第13號、〔2015〕28號文、543 U.S. 220",
    "首相、首都、首爾、首先",
    "近年來，當下，多年來，幾個月，星期三",
    "半導體、半島、零件、大陸、隊伍、數據、萬一、十分重要、百貨",
    "5G, the F-35, Boeing 737, COVID-19, ISO 9001, the A14, G7, Web 2.0",
    "the Second World War, World War II, the Six-Day War, Five Eyes, the 9/11 attacks",
    "Chapter 3, sections 3 and 4, Table 2, pp. 12–15, Article 9, Section 301, Vol. 31, No. 2, [12], (3)",
    "https://example.org/2023/05/12?id=77 and doi:10.1080/02185377.2023.1234567",
    "One might think that one of them is the one; no one, one another, on the one hand.",
    "First, at first, a second-hand lamp, wait a second",
    "+1 202 555 0147, 192.168.0.1, 978-0-19-953556-9",
    "a one-sided, two-way, half-hearted, double standard; decades; an hour",
]


@pytest.mark.parametrize(("text", "expected"), CHINESE + ENGLISH)
def test_a_figure_is_its_span_its_label_and_its_value(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_numbers_in_names_idioms_and_references_are_no_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_both_scripts_give_the_same_figures(text: str, expected: list[tuple[str, str, str]]) -> None:
    simplified = T2S.convert(text)

    assert len(simplified) == len(text)
    assert figures(simplified) == figures(text)


@pytest.mark.parametrize("text", NONE)
def test_neither_script_takes_a_name_for_a_figure(text: str) -> None:
    assert found(T2S.convert(text)) == []


def test_a_conversion_points_at_what_it_converts() -> None:
    money = figures("先付3億元，再付2萬億日元(約合180億美元)，共5公里（3英里）。")

    assert [figure.equals for figure in money] == [None, None, 1, None, 3]
    assert [figure.equals for figure in figures("It cost ¥2 trillion (about US$18 billion).")] == [None, 0]
    assert [figure.equals for figure in figures("$5 (and €6 more)")] == [None, None]


def test_a_date_leans_on_the_year_of_an_earlier_paragraph() -> None:
    assert found("同年10月，翌年春", 2021)[0] == ("同年10月", "DATE", "2021-10")
    assert found("The same year, it closed.", 1999) == [("The same year", "DATE", "1999")]
    assert found("同年10月") == [("同年10月", "DATE", "XXXX-10")]
    assert years_named("1987年首創，2003年改名。") == (2003, None)
    assert years_named("It opened in 1987.") == (1987, None)
    assert years_named("2024年出刊，比2019年晚，自2010年起（2008年）。") == (2024, 2008)
    assert found("9月18日，一季度", 2024) == [("9月18日", "DATE", "2024-09-18"), ("一季度", "DATE", "2024-33")]


def test_yuan_has_the_currency_that_the_paragraph_states_or_none() -> None:
    assert [figure.unit for figure in figures("撥款3億元。")] == [None]
    assert [figure.unit for figure in figures("新台幣2億元，另有3億元。")] == ["TWD", "TWD"]
    assert [figure.unit for figure in figures("¥2 trillion")] == ["JPY"]
    assert [figure.unit for figure in figures("Beijing spent ¥2 trillion")] == ["CNY"]


@pytest.mark.parametrize("change", ["t2s", "s2t"])
def test_a_bare_yuan_is_of_the_country_that_the_text_speaks_of(change: str) -> None:
    read = opencc.OpenCC(change).convert

    assert [f.unit for f in figures(read("浙江省財政撥款三億元。"))] == ["CNY"]
    assert [f.unit for f in figures(read("行政院核定三億元，台北市自籌一億元。"))] == ["TWD", "TWD"]
    assert [f.unit for f in figures(read("香港特區政府撥款三億元。"))] == ["HKD"]
    assert [f.unit for f in figures(read("撥款三億元。"), yuan="TWD")] == ["TWD"]
    assert leading(yuan_of(read("上海與台北"))) is None


def test_no_yuan_of_before_1949_has_a_currency_of_today() -> None:
    for text, unit in (
        ("臺灣銀行1911年貸款20萬圓。", None), ("台灣政府2011年貸款20萬元。", "TWD"), ("中國在1930年代撥款3億元。", None),
        ("中國政府撥款20萬元。", "CNY"), ("1935年的人民幣20萬元", "CNY"),
    ):  # fmt: skip
        assert [figure.unit for figure in figures(text) if figure.label == "MONEY"] == [unit], text


def test_scores_tell_doubtful_counts_from_certain_figures() -> None:
    certain, doubtful = figures("耗資35億美元，達到384。")

    assert certain.score == 1.0
    assert doubtful.score == 0.6


PIECES = [
    "\n約",
    "近",
    "逾",
    "至少",
    "不到",
    "超過",
    "數",
    "幾",
    "半",
    "第",
    "首",
    "同年",
    "上半年",
    "12",
    "3.5",
    "1,000",
    "50-80",
    "22/28",
    "2021",
    "２０",
    "%",
    "三",
    "十二",
    "三千",
    "萬",
    "億",
    "兆",
    "餘",
    "多",
    "至",
    "到",
    "—",
    "-",
    "、",
    "(",
    ")",
    "年",
    "月",
    "日",
    "世紀",
    "年代",
    "個月",
    "小時",
    "元",
    "美元",
    "新台幣",
    "$",
    "US$\n納米",
    "公里",
    "度",
    "個",
    "家",
    "名",
    "人",
    "大",
    "國",
    "倍",
    "成",
    "分之",
    "百分之",
    "以上",
    "以來",
    "左右",
    "的",
    "。",
    "，",
    "日本",
    "two",
    "hundred",
    "million",
    "half",
    "a",
    "third",
    "of",
    "first",
    "quarter",
    "to",
    "and",
    "per",
    "cent",
    "years",
    "ago",
    "by",
    "since",
    "about\nmore",
    "than",
    "April",
    "late",
    "mid-1980s",
    "G7",
    "F-35",
    "😀",
    "𠀀",
    "�",
    "\u200b",
    "\x00",
    "\n\n",
]


def sound(text: str) -> list[Figure]:
    got = figures(text)
    at = 0
    for place, figure in enumerate(got):
        assert at <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end].strip()
        at = figure.end
        assert (figure.min is None) == (figure.max is None)
        assert figure.min is None or figure.max is None or figure.min < figure.max
        assert figure.bound is None or (figure.min is None and not figure.value_list)
        assert figure.equals is None or figure.equals < place
        assert 0 < (figure.score or 0) <= 1
        assert not [*unsound(figure)]  # type: ignore[arg-type]
    return got


@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
    | st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)
)
def test_any_mixture_gives_sound_figures(text: str) -> None:
    sound(text)


@given(
    st.lists(
        st.sampled_from([*"0123456789一三十百千萬年月日季~-至後", "世紀", "年代", " years", "to "]), max_size=10
    ).map("".join)
)
def test_any_time_is_sound(text: str) -> None:
    sound(text)


@given(st.text(max_size=60))
def test_any_text_gives_sound_figures(text: str) -> None:
    sound(text)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_script_never_matters(text: str) -> None:
    for converted in (T2S.convert(text.replace("\ud800", "")), S2T.convert(T2S.convert(text.replace("\ud800", "")))):
        if len(converted) == len(text):
            assert figures(converted) == figures(text)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "1,",
        "1、",
        "1/",
        "1-",
        "$",
        "十年",
        "三至",
        "(1)",
        "one ",
        "二〇",
        "1年",
        "約",
        "《",
        "half ",
        "數",
        "第",
        "1.",
        "2021",
        "百",
    ],
)
def test_time_is_linear(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    figures(text)

    assert time.process_time() - start < 12


def test_words_in_the_grammar_are_those_of_the_plain_text() -> None:
    """座 is read as 坐 (`plain`): a word compared as it is must be written so; patterns are folded by `pattern`."""
    for path in (ROOT / "toolkit" / "yinzheng" / "annotating" / "figures").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        free = {id(node) for node in ast.walk(tree) if isinstance(node, ast.Expr) for node in ast.walk(node)}
        for call in ast.walk(tree):
            made = (
                isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("pattern", "plain")
            )
            if made or isinstance(call, ast.DictComp):
                free |= {id(node) for node in ast.walk(call)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in free:
                words = HAN.findall(node.value)
                assert words == [plain(word) for word in words], path.name


def test_running_text_in_both_scripts_gives_the_same_figures() -> None:
    source = SHARED / "data" / "ntrex" / "newstest2019-ref.zho-TW.txt"
    if not source.exists():
        pytest.skip("the running text is not on this machine")
    for line in source.read_text(encoding="utf-8").split("\n"):
        simplified = T2S.convert(line)
        if len(simplified) == len(line):
            assert figures(simplified) == sound(line)
