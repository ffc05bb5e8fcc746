"""The corpus as it ships: park2023's index, digests, alignment and bibliography are complete and agree."""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from itertools import pairwise
from pathlib import Path

import opencc
import pytest
from conftest import ROOT
from yinzheng import jsonl
from yinzheng.bib import parse as parse_bib
from yinzheng.checking import check
from yinzheng.letters import letters
from yinzheng.paragraphs import births, paragraphs, without_text
from yinzheng.records import Link, Paragraph
from yinzheng.segment import segment
from yinzheng.works import parse as parse_work

FOLDER = ROOT / "corpus" / "park2023"
NUMBERS = list(range(1, 55))


def rows(edition: str) -> list[Paragraph]:
    good, bad = jsonl.read(FOLDER / f"{edition}.jsonl", Paragraph)
    assert bad == []
    return good


def texts(edition: str) -> dict[int, str]:
    """The body paragraphs of a digest, by number."""
    return {p.number: p.text for p in rows(edition) if p.number is not None and p.text is not None}


ZH, EN = texts("digest-zh"), texts("digest-en")


def test_nothing_in_it_is_wrong_by_our_own_check() -> None:
    assert check(ROOT, "park2023") == []


def test_the_index_has_every_paragraph_and_no_text() -> None:
    index = rows("zh")
    headings = {p.id for p in index if p.kind == "heading"}

    assert Counter(p.kind for p in index) == {
        "body": 54, "heading": 10, "lead": 4, "byline": 7, "title": 2, "caption": 1,
    }  # fmt: skip
    assert [p.number for p in index if p.kind == "body"] == NUMBERS
    assert all(p.section in headings for p in index if p.kind == "body")
    assert {p.section for p in index if p.kind == "body"} == headings - {
        p.id for p, after in pairwise(index) if p.kind == after.kind == "heading"
    }
    assert {p.voice for p in index if p.kind in ("lead", "byline", "caption")} == {"editor"}
    assert {p.voice for p in index if p.kind in ("body", "heading")} == {"author"}
    assert [p.voice for p in index if p.kind == "title"] == ["editor", "author"]
    assert all(p.text is None for p in index)


def test_the_index_is_that_of_the_article(article: Path) -> None:
    blocks = segment(article.read_text(encoding="utf-8"))
    fresh = paragraphs("park2023", "zh", blocks, births("park2023", "zh", blocks))

    assert [without_text(p) for p in fresh] == rows("zh")


@pytest.mark.parametrize("edition", ["digest-zh", "digest-en"])
def test_a_digest_has_one_paragraph_for_each_of_the_body(edition: str) -> None:
    digest = rows(edition)

    assert [p.number for p in digest] == NUMBERS
    assert {p.kind for p in digest} == {"body"}
    assert all(p.text and p.text == p.text.strip() and "\n" not in p.text for p in digest)


def test_the_alignment_joins_each_paragraph_to_its_digests_and_nothing_else() -> None:
    links, bad = jsonl.read(FOLDER / "alignment.jsonl", Link)
    body = [p.id for p in rows("zh") if p.kind == "body"]
    expected = {
        (source, target.id)
        for edition in ("digest-zh", "digest-en")
        for source, target in zip(body, rows(edition), strict=True)
    }

    whole = [link for link in links if link.source_start is None]
    assert bad == []
    assert len(whole) == 108
    assert {(link.source, link.target) for link in whole} == {(link.source, link.target) for link in links} == expected
    assert {link.status for link in links} == {"confirmed"}
    assert {(k.source_end, k.target_start, k.target_end) for k in whole} == {(None,) * 3}


def test_sentences_are_aligned_where_they_stand_one_to_one() -> None:
    links, _ = jsonl.read(FOLDER / "alignment.jsonl", Link)
    texts = {p.id: p.text for edition in ("digest-zh", "digest-en") for p in rows(edition)}
    parts = [link for link in links if link.source_start is not None]

    assert len(parts) == 282
    assert len({(link.source, link.source_start, link.target) for link in parts}) == len(parts)
    for link in parts:
        form = letters(texts[link.target] or "")
        start, end = link.target_start or 0, link.target_end or 0
        assert form.stored(*form.within(start, end)) == (start, end)  # from a letter to a letter, as it is carried
        assert form.source[end] in "。？.)）", form.source[start:end]


# Figures: what each digest states in digits, in one form for both languages and for the article.

_POWERS = {"萬億": 12, "兆": 12, "億": 8, "萬": 4, "trillion": 12, "billion": 9, "million": 6}
_UNITS = {
    "日圓": "JPY",
    "日元": "JPY",
    "¥": "JPY",
    "美元": "USD",
    "US$": "USD",
    "US dollars": "USD",
    "奈米": "nm",
    "納米": "nm",
}
_FIGURE = re.compile(
    r"(?P<before>US\$|¥)?(?P<number>\d[\d,]*(?:\.\d+)?(?:[-–/]\d+(?:\.\d+)?)*)\s?(?P<power>萬億|兆|億|萬|trillion|billion|million)?"
    r"\s?(?P<after>日圓|日元|美元|US dollars|奈米|納米|nm|%|月)?"
)


def figures(text: str) -> Counter[tuple[float, str]]:
    """Every number in digits with its unit: amounts written out, a decade by its first year, a month as one."""
    text = re.sub(r"20\s*世紀\s*(\d0)\s*年代", r"19\1年代", text)
    text = re.sub(r"\(\d\)|5G|COVID-19|Chips? 4", "", text)  # numbers of a list, and in names
    for at, month in enumerate(month_name[1:], 1):
        text = re.sub(rf"\b{month}\b", f"{at}月", text)
    found: Counter[tuple[float, str]] = Counter()
    for match in _FIGURE.finditer(text):
        unit = match["before"] or match["after"] or ""
        for number in re.split(r"[-–/]", match["number"].replace(",", "")):
            found[round(float(number) * 10 ** _POWERS.get(match["power"], 0), 4), _UNITS.get(unit, unit)] += 1
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2萬億日元（約合180億美元）", "¥2 trillion (about US$18 billion)"),
        ("1,000億日圓", "¥100 billion"),
        ("1000億日元", "1,000億日圓"),
        ("20 世紀 80 年代", "the 1980s"),
        ("2020年10月，約16美元", "in October 2020, about 16 US dollars"),
        ("22/28納米，18.5%，50-80%", "22/28 nm, 18.5%, 50–80%"),
    ],
)
def test_figures_are_read_alike_in_both_languages(one: str, other: str) -> None:
    assert figures(one) == figures(other) != Counter()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2兆日圓", "¥2 billion"),
        ("300億日圓", "¥300 billion"),
        ("35億美元", "¥3.5 billion"),
        ("53%", "53"),
        ("2020年10月", "September 2020"),
        ("22/28奈米", "22 nm"),
    ],
)
def test_figures_that_differ_are_told_apart(one: str, other: str) -> None:
    assert figures(one) != figures(other)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_digests_state_the_same_figures(number: int) -> None:
    assert figures(ZH[number]) == figures(EN[number])


# What a digest writes out where the article points back to an earlier paragraph.
RESOLVED = {40: {(2021.0, "")}}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_digest_states_the_article_s_figures_all_of_them_and_no_other(article: Path, number: int) -> None:
    body = [block.text for block in segment(article.read_text(encoding="utf-8")) if block.kind == "body"]

    assert set(figures(ZH[number])) - RESOLVED.get(number, set()) == set(figures(body[number - 1]))


# Words

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_name_in_latin_letters_stands_in_both_digests(number: int) -> None:
    english = {word.lower() for word in _LATIN.findall(EN[number].replace("GVCs", "GVC"))}

    assert {word.lower() for word in _LATIN.findall(ZH[number])} <= english


@pytest.mark.parametrize("number", NUMBERS)
def test_a_digest_quotes_nobody_in_english(number: int) -> None:
    assert not re.search(r"[\"“”]|(?<!\w)['‘]", EN[number])


@pytest.mark.parametrize("number", NUMBERS)
def test_a_digest_says_no_more_of_the_author_than_the_source(number: int) -> None:
    """The source gives no sex and no title: the author is 作者, Park."""
    assert not re.search(r"她|(?<!其)他", ZH[number])
    assert not re.search(r"\b(?:he|she|his|her|hers|him|Mr|Ms|Mrs|Dr|Professor)\b", EN[number], re.I)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_chinese_digest_is_in_taiwan_s_traditional_characters_and_full_width_marks(number: int) -> None:
    text = ZH[number]

    assert (
        text.encode("cp950").decode("cp950") == text
    )  # the characters of Taiwan's own standard, none of them simplified
    assert opencc.OpenCC("t2tw").convert(text).replace("臺", "台") == text
    assert not re.search(r"[一-鿿][,.;:!?()\"']|[,.;:!?()\"'][一-鿿]", text)
    assert not re.search(r"\s[一-鿿]|[一-鿿]\s", text)
    assert text.endswith(("。", "。）"))


def test_a_thing_has_one_term_in_the_chinese_digest() -> None:
    """The source's regional words, and other words for what the digest names otherwise."""
    whole = "\n".join(ZH.values()).replace("日本創新網絡公司", "").replace("西部數據", "").replace("大數據", "")

    for term in (
        "芯片",
        "納米",
        "人工智能",
        "信息",
        "網絡",
        "數據",
        "傳感器",
        "閃存",
        "創新主義方法",
        "日元",
        "侷限",
        "計劃",
        "官企",
    ):
        assert term not in whole, term


DOUBTFUL = {  # what in the source is doubtful, and how each digest says that the source says so
    20: ("文中作", "named in the text as"),
    23: ("文中繫於1987年", "the text dates to 1987"),
    24: ("文中說", "the text says"),
    29: ("文中把", "the text counts"),
    31: ("文中作", "printed in the text as"),
    33: ("文中如此", "sic"),
    38: ("文中稱", "according to the text"),
    40: ("文中未加說明", "The text does not explain"),
    46: ("文中作", "named in the text as"),
    50: ("文中作", "named in the text as"),
    51: ("據文中所述", "according to the text"),
}


@pytest.mark.parametrize("number", DOUBTFUL)
def test_what_is_doubtful_in_the_source_is_reported_as_the_source_s(number: int) -> None:
    chinese, english = DOUBTFUL[number]

    assert chinese in ZH[number]
    assert english in EN[number]


# Editions and their publication

BIBLIOGRAPHY = parse_bib((FOLDER / "references.bib").read_text(encoding="utf-8"))


def test_the_editions_are_what_they_are() -> None:
    work = parse_work((FOLDER / "work.toml").read_text(encoding="utf-8"), "park2023")
    copyrighted, open_ = "http://rightsstatements.org/vocab/InC/1.0/", "https://creativecommons.org/licenses/by/4.0/"

    assert [(e.key, e.role, e.of, e.lang, e.cite, e.text, e.rights, e.locator) for e in work.editions.values()] == [
        ("zh", "translation", "en", "zh-Hant", "park2023zh", "local", copyrighted, "counted"),
        ("en", "original", None, "en", "park2023", "local", copyrighted, "page"),
        ("digest-zh", "digest", "zh", "zh-Hant", "park2023digest-zh", "included", open_, "counted"),
        ("digest-en", "digest", "zh", "en", "park2023digest-en", "included", open_, "counted"),
    ]
    assert all(e.holder for e in work.editions.values())
    assert all(e.obtain for e in work.editions.values() if e.text == "local")


def test_the_original_s_entry_states_what_is_known_and_says_what_is_not() -> None:
    entry = BIBLIOGRAPHY.entries["park2023"]

    assert BIBLIOGRAPHY.problems == ()
    assert entry.type == "article"
    assert {k: v for k, v in entry.fields.items() if k != "title"} == {
        "author": "Park, Seohee Ashley",
        "journaltitle": "Asian Journal of Political Science",
        "volume": "31",
        "date": "2023",
        "langid": "english",
        "note": "Not verified: English title, issue, pages, DOI",
    }
    assert re.fullmatch(r"\[[一-鿿:]+\]", entry.fields["title"])  # the Chinese title, as one: no English one is known


def test_the_translation_s_entry_keeps_the_roles_as_printed() -> None:
    fields = BIBLIOGRAPHY.entries["park2023zh"].fields

    assert (fields["translator"], fields["translatortype"]) == ("{陳蕊}", "編譯")
    assert (fields["editora"], fields["editoratype"]) == ("{迦然}", "審校")
    assert (fields["related"], fields["relatedtype"]) == ("park2023", "translationof")
    assert (fields["series"], fields["number"]) == ("技術革命的衝擊與重構", "9")
    assert fields["note"] == "Not verified: URL, day of publication"
    assert fields["date"] == "2023"
    assert not fields.keys() & {"url", "doi", "pages", "urldate", "month", "origtitle", "eprint", "issn"}


def test_every_fact_of_the_translation_s_entry_is_printed_in_the_source(article: Path) -> None:
    source = letters(article.read_text(encoding="utf-8")).text
    for key in ("park2023", "park2023zh"):
        fields = BIBLIOGRAPHY.entries[key].fields
        printed = [fields.get(name, "") for name in ("title", "translator", "translatortype", "editora", "editoratype")]
        printed += [fields.get(name, "") for name in ("organization", "journaltitle", "series", "issue", "date")]
        printed += [
            " ".join(reversed(fields["author"].split(", "))),
            fields.get("titleaddon", "").removeprefix("網頁標題:"),
        ]
        for fact in printed:
            assert letters(fact).text in source, fact
    assert letters("Vol.31, 2023").text in source
