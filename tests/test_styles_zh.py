"""The Chinese styles: GB/T 7714 against the examples of its Annex B, and what each style rules for each kind of work."""

from __future__ import annotations

import json
import re
from hashlib import blake2b

import pytest
from conftest import ROOT, SHARED
from hypothesis import given
from hypothesis import strategies as st
from test_citing import edition, excerpt
from yinzheng import bib
from yinzheng.citing import cite
from yinzheng.citing.inline import Emph, plain
from yinzheng.citing.reference import reference
from yinzheng.citing.styles import STYLES, zh

CHINESE = [name for name, style in STYLES.items() if style.language == "zh"]
NOTES = [name for name in CHINESE if STYLES[name].kind == "note"]

# The types of CSL that a .bib file has its own for.
TYPES = {
    **{"article-journal": "article", "article-newspaper": "newspaper", "book": "book", "chapter": "incollection"},
    **{"paper-conference": "inproceedings", "thesis": "thesis", "report": "report", "webpage": "online"},
    **{"graphic": "online"},
}
FIELDS = [
    *(("container-title", "booktitle"), ("event-title", "booktitle"), ("volume", "volume"), ("issue", "issue")),
    *(("number", "number"), ("page", "pages"), ("publisher", "publisher"), ("publisher-place", "location")),
    *(("edition", "edition"), ("URL", "url"), ("DOI", "doi")),
]
WHOLE_SERIAL = "a serial as a whole, with its run of years in the place of a volume: not a work that one quotes"
GUESSED = "no year of publication; the engine prints that of access as the year, we invent none"
VOLUME = "the standard's own example has 第1卷 (2015, annex B.1); 卷 1 and Vol. 1 are the engine's"
# Why an entry is not as expected. The expected lines are those that zotero-chinese/styles (commit 34e21ea, CC BY-SA
# 3.0) prints for Annex B of GB/T 7714—2025; here are only digests of them, without spaces (see annex-b.txt).
DIFFERENT = {
    "gbt7714-2025-numeric": {
        **{f"gbt7714.b.3:{n}": WHOLE_SERIAL for n in range(1, 5)},
        "gbt7714.b.6:4": "a CSTR identifier, for which BibTeX has no field",
        "gbt7714.b.7:6": GUESSED,
    },
    "gbt7714-2015-numeric": {
        **{f"gbt7714.b.3:{n}": WHOLE_SERIAL for n in range(1, 5)},
        **{f"gbt7714.b.{n}": VOLUME for n in ("1:3", "1:19", "2:6")},
        "gbt7714.b.4:4": "2015 has no place for an article's translator; journals print it where 2025 does, and so do we",
        "gbt7714.b.10:6": "a picture on the web: the engine has [Z/OL]",
    },
    "gbt7714-2025": {
        **{f"gbt7714.b.3:{n}": WHOLE_SERIAL for n in range(1, 5)},
        "gbt7714.b.6:4": "a CSTR identifier, for which BibTeX has no field",
        **{f"gbt7714.b.{n}": GUESSED for n in ("7:6", "10:1", "10:4", "10:9", "10:10", "10:13")},
        "gbt7714.b.4:18": "an article out before its issue: 8.1 moves the year behind the authors; the engine repeats it",
    },
}
annex_b = pytest.mark.skipif(not (SHARED / "data" / "bib").is_dir(), reason="the examples of Annex B are not here")


def digest(line: str) -> str:
    return blake2b(re.sub(r"\s", "", line).encode(), digest_size=4).hexdigest()


def from_csl(item: dict[str, object]) -> bib.Entry:
    """A CSL item as an entry of a .bib file. Names in one piece stay so; the engine's tags in titles go."""
    notes = dict(re.findall(r"^([a-z.-]+): (.*)$", str(item.get("note", "")), re.MULTILINE))
    fields = {"title": words(item["title"])}
    fields["langid"] = "chinese" if str(item["language"]).startswith("zh") else str(item["language"])
    for theirs, ours in (("author",) * 2, ("editor",) * 2, ("translator",) * 2, ("container-author", "bookauthor")):
        if theirs in item:
            fields[ours] = " and ".join(map(person, item[theirs]))  # type: ignore[call-overload]
    for theirs, ours in FIELDS:
        if theirs in item:
            name = "journaltitle" if ours == "booktitle" and str(item["type"]).startswith("article") else ours
            value = str(item[theirs])
            fields.setdefault(name, value if ours in bib.VERBATIM else words(value))
    fields |= {ours: notes[theirs] for theirs, ours in (("page", "pages"), ("number", "eid")) if theirs in notes}
    for theirs, ours in (("issued", "date"), ("accessed", "urldate")):
        if theirs in item:
            parts = item[theirs]["date-parts"][0]  # type: ignore[index]
            fields[ours] = "-".join(str(part) if at == 0 else f"{part:02d}" for at, part in enumerate(parts))
    return bib.Entry(TYPES[str(item["type"])], re.sub("[^a-z0-9]", "", str(item["id"])), fields)


def words(text: object) -> str:
    return bib.escape(re.sub("<[^>]+>", "", str(text)))


def person(name: dict[str, str]) -> str:
    if "literal" in name:
        return "{" + name["literal"] + "}"
    family = " ".join(name[part] for part in ("non-dropping-particle", "dropping-particle", "family") if part in name)
    return ", ".join([family, *([name["suffix"]] if "suffix" in name else []), name["given"]])


@annex_b
@pytest.mark.parametrize("style", DIFFERENT)
def test_the_entries_of_annex_b_are_the_published_ones(style: str) -> None:
    items = json.loads((SHARED / "data" / "bib" / "gbt7714-data.json").read_text(encoding="utf-8"))
    chosen = {str(item["id"]): from_csl(item) for item in items if item["type"] in TYPES}
    lines = (ROOT / "tests" / "golden" / "annex-b.txt").read_text(encoding="utf-8").split("\n")
    expected = dict(line.split(" ")[1:3] for line in lines if line.startswith(f"{style} "))
    library = bib.Bibliography({entry.key: entry for entry in chosen.values()})
    keys = [("gbt", entry.key, "zh-Hans") for entry in chosen.values()]
    printed = cite.render([], {"gbt": library}, style=style, keys=keys).data
    assert isinstance(printed, str)
    found = [digest(re.sub(r"^\[\d+\] ", "", line)) for line in printed.split("\n")[1:]]
    different = {key for key in chosen if expected[key] not in found}

    assert len(chosen) == len(found) == 95
    assert different == set(DIFFERENT[style])


def test_8_5_3_a_translated_article() -> None:
    """The example of the standard that gives an article's translator a place for the first time."""
    library = bib.parse("""@article{k, author={{久保智康}}, translator={{顾幼静}}, translatortype={译}, number={1},
      title={花枝蝶鸟方镜的镜范：以平安后期的铜镜制作工艺为中心}, journaltitle={东方博物}, date={2009}, pages={85--92}, langid={chinese}}""")
    one = reference(library, "k")
    entry = "久保智康. 花枝蝶鸟方镜的镜范：以平安后期的铜镜制作工艺为中心[J]. 顾幼静，译. 东方博物，2009（1）：85-92."

    assert plain(STYLES["gbt7714-2025-numeric"].entry(one, "zh-Hans")) == entry
    assert plain(STYLES["gbt7714-2025"].entry(one, "zh-Hans")) == (
        entry.replace("久保智康.", "久保智康，2009.").replace("东方博物，2009（1）", "东方博物（1）")
    )


KINDS = bib.parse(r"""
@article{zh, author={Doe, Jane A. and Roe, Richard}, author-zh={{多伊} and {罗}}, translator={{张三} and {李四}}, translatortype={译},
  editora={{王五}}, editoratype={审校}, title={读《示例》：占位符的实践}, journaltitle={占位学刊}, date={2021}, volume={3}, number={2},
  pages={1--9}, langid={chinese}, related={en}, relatedtype={translationof}}
@article{en, author={Doe, Jane A. and Roe, Richard}, title={An “Example” Title}, journaltitle={Journal of Placeholders},
  date={2019}, volume={12}, number={3}, eid={e105}, doi={10.5555/jps.2019}, langid={english}}
@book{book, author={{张三} and {李四} and {王五} and {赵六}}, title={占位符史}, edition={2}, volume={3}, location={北京}, publisher={占位社},
  date={2001~}, langid={chinese}}
@book{edited, editor={Doe, Jane and van der Roe, J.-P.}, title={Placeholders}, edition={3}, location={London}, publisher={Press}, date={2011}}
@incollection{chapter, author={{张三}}, title={论占位}, editor={{李四}}, booktitle={占位文集}, location={台北}, publisher={聯經}, date={1990},
  pages={5--20}, langid={chinese}}
@thesis{thesis, author={{李四}}, title={占位研究}, type={博士学位论文}, institution={某大学}, location={武汉}, date={2005}, langid={chinese}}
@thesis{degree, author={{李四}}, title={占位研究}, type={phdthesis}, institution={某大學}, date={2005}, langid={chinese}}
@mastersthesis{masters, author={Doe, Jane}, title={Placeholders}, school={University}, address={London}, year={2005}}
@report{report, author={{某研究院}}, title={占位白皮书}, number={R-7}, date={2013-09-30}, url={https://e.org/r}, urldate={2014-06-24}, langid={chinese}}
@article{paper, entrysubtype={newspaper}, author={{王五}}, title={占位之年}, journaltitle={占位日报}, date={2013-03-16}, pages={1}, langid={chinese}}
@online{page, author={{北京占位馆}}, title={章程}, date={2021-04-21}, url={https://e.org/a_b}, urldate={2023-05-02}, langid={chinese}}
@book{nobody, title={無名書}, publisher={某社}, langid={chinese}}
@book{nobodyen, title={Nameless}, publisher={Press}}
""")
ENTRIES = {
    "gbt7714-2025": {
        "zh": "多伊，罗，2021. 读《示例》：占位符的实践[J]. 张三，李四，译. 王五，审校. 占位学刊，3（2）：1-9.",
        "en": "Doe J A，Roe R，2019. An “Example” Title[J/OL]. Journal of Placeholders，12（3）：e105. DOI:10.5555/jps.2019.",
        "book": "张三，李四，王五，等，[2001]. 占位符史：第3卷[M]. 2版. 北京：占位社.",
        "edited": "Doe J，Roe J-P van der，2011. Placeholders[M]. 3rd ed. London：Press.",
        "chapter": "张三，1990. 论占位[M]//李四. 占位文集. 台北：聯經：5-20.",
        "thesis": "李四，2005. 占位研究[D]. 武汉：某大学.",
        "report": "某研究院，2013. 占位白皮书：R-7[R/OL]. 2013-09-30. https://e.org/r.",
        "paper": "王五，2013. 占位之年[N]. 占位日报，2013-03-16（1）.",
        "page": "北京占位馆，2021. 章程[EB/OL]. （2021-04-21）[2023-05-02]. https://e.org/a_b.",
        "nobody": "佚名，[年份不详]. 無名書[M]. 某社.",
        "nobodyen": "Anon，[n.d.]. Nameless[M]. Press.",
    },
    "gbt7714-2015-numeric": {
        "zh": "多伊, 罗. 读《示例》：占位符的实践[J]. 张三, 李四, 译. 王五, 审校. 占位学刊, 2021, 3(2): 1-9.",
        "en": "DOE J A, ROE R. An “Example” Title[J/OL]. Journal of Placeholders, 2019, 12(3): e105. DOI:10.5555/jps.2019.",
        "book": "张三, 李四, 王五, 等. 占位符史: 第3卷[M]. 2版. 北京: 占位社, [2001].",
        "edited": "DOE J, ROE J P van der. Placeholders[M]. 3rd ed. London: Press, 2011.",
        "report": "某研究院. 占位白皮书: R-7[R/OL]. (2013-09-30)[2014-06-24]. https://e.org/r.",
        "page": "北京占位馆. 章程[EB/OL]. (2021-04-21)[2023-05-02]. https://e.org/a_b.",
        "nobody": "無名書[M]. 某社.",
    },
    "apa-zh": {
        "zh": "Doe, J. A., & Roe, R.（2021）。读《示例》：占位符的实践（张三、李四译；王五审校）。占位学刊，3（2），1-9。（原著出版年：2019）",
        "book": "张三、李四、王五、赵六（2001）。占位符史（第2版）。占位社。",
        "chapter": "张三（1990）。论占位。载于李四（编），占位文集（页5-20）。聯經。",
        "thesis": "李四（2005）。占位研究［博士学位论文，某大学］。",
        "report": "某研究院（2013）。占位白皮书（R-7）。https://e.org/r",
        "paper": "王五（2013年3月16日）。占位之年。占位日报，1。",
        "page": "北京占位馆（2021年4月21日）。章程。https://e.org/a_b",
        "nobody": "無名書（无日期）。某社。",
    },
    "lishi-yanjiu": {
        "zh": "多伊、罗：《读〈示例〉：占位符的实践》，张三、李四译，王五审校，《占位学刊》第3卷第2期，2021年，第1—9页。",
        "en": "Jane A. Doe and Richard Roe, “An ‘Example’ Title,” Journal of Placeholders, vol. 12, no. 3 (2019), article e105.",
        "book": "张三等：《占位符史》（第2版）第3卷，北京：占位社，2001年。",
        "edited": "Jane Doe and J.-P. van der Roe, eds., Placeholders, 3rd ed., London: Press, 2011.",
        "chapter": "张三：《论占位》，李四编：《占位文集》，台北：聯經，1990年，第5—20页。",
        "thesis": "李四：《占位研究》，博士学位论文，某大学，2005年。",
        "degree": "李四：《占位研究》，博士学位论文，某大學，2005年。",
        "masters": "Jane Doe, “Placeholders,” master’s thesis, University, 2005.",
        "report": "某研究院：《占位白皮书》，R-7，2013年。",
        "paper": "王五：《占位之年》，《占位日报》2013年3月16日，第1版。",
        "page": "北京占位馆：《章程》，2021年4月21日，https://e.org/a_b，2023年5月2日。",
        "nobody": "《無名書》，某社，出版时间不详。",
    },
    "guowen-xuebao": {
        "zh": "多伊、罗著，张三、李四译，王五审校：〈读《示例》：占位符的实践〉，《占位学刊》第3卷第2期（2021年），页1-9。",
        "book": "张三等：《占位符史》第3卷（第2版，北京：占位社，2001年）。",
        "chapter": "张三：〈论占位〉，李四编：《占位文集》（台北：聯經，1990年），页5-20。",
        "thesis": "李四：《占位研究》（武汉：某大学博士学位论文，2005年）。",
        "degree": "李四：《占位研究》（某大學博士论文，2005年）。",
        "paper": "王五：〈占位之年〉，《占位日报》第1版（2013年3月16日）。",
        "page": "北京占位馆：《章程》（2021年4月21日，https://e.org/a_b，2023年5月2日）。",
    },
}


@pytest.mark.parametrize(("style", "key"), [(style, key) for style in ENTRIES for key in ENTRIES[style]])
def test_each_kind_of_work_has_its_entry(style: str, key: str) -> None:
    assert plain(STYLES[style].entry(reference(KINDS, key), "zh-Hans")) == ENTRIES[style][key]


TRANSLATION = edition("zh", "zh-Hans", "translation", "zh")
ORIGINAL = edition("en", "en", "original", "en")
BOOK = edition("book", "zh-Hans", "original", "book")


def cited(style: str, *excerpts: object, library: bib.Bibliography = KINDS) -> list[str]:
    """The citations in the text or in notes, and behind them the list."""
    printed = cite.render([[one] for one in excerpts], {"doe2019": library}, style=style).data  # type: ignore[list-item]
    assert isinstance(printed, str)
    return [part for block in printed.split("\n\n") for part in block.split("\n")]


@pytest.mark.parametrize(
    ("style", "page", "paragraph"),
    [
        ("gbt7714-2025", "“字。”（多伊 等，2021）⁴⁻⁵", "“字。”第12段（多伊 等，2021）"),
        ("gbt7714-2025-numeric", "“字。”[1]⁴⁻⁵", "“字。”第12段[1]"),
        ("gbt7714-2015", "“字。”（多伊 等，2021）⁴⁻⁵", "“字。”第12段（多伊 等，2021）"),
        ("gbt7714-2015-numeric", "“字。”[1]⁴⁻⁵", "“字。”第12段[1]"),
        ("apa-zh", "“字。”（Doe & Roe, 2019/2021，页4-5）", "“字。”（Doe & Roe, 2019/2021，第12段）"),
    ],
)
def test_a_page_stands_where_the_style_has_it_and_a_counted_paragraph_in_prose(
    style: str, page: str, paragraph: str
) -> None:
    assert cited(style, excerpt("字。", TRANSLATION, page="4--5"))[0] == page
    assert cited(style, excerpt("字。", TRANSLATION))[0] == paragraph


@pytest.mark.parametrize(
    ("style", "first", "again"),
    [
        (
            "lishi-yanjiu",
            "1. 多伊、罗：《读〈示例〉：占位符的实践》，张三、李四译，王五审校，《占位学刊》第3卷第2期，2021年，第4页。",
            "多伊、罗：《读〈示例〉：占位符的实践》，第5页。",
        ),
        (
            "guowen-xuebao",
            "1. 多伊、罗著，张三、李四译，王五审校：〈读《示例》：占位符的实践〉，《占位学刊》第3卷第2期（2021年），页4。",
            "多伊、罗：〈读《示例》：占位符的实践〉，页5。",
        ),
    ],
)
def test_a_note_is_full_once_and_short_from_then_on(style: str, first: str, again: str) -> None:
    """Also right behind one another: neither journal has 同上."""
    lines = cited(
        style,
        excerpt("一。", TRANSLATION, page="4"),
        excerpt("二。", TRANSLATION, page="5"),
        excerpt("Three.", ORIGINAL, page="105"),
        excerpt("四。", TRANSLATION, page="5"),
        excerpt("Five.", ORIGINAL, page="105--106"),
    )

    assert lines[0] == "“一。”¹"
    assert lines[5] == first
    assert lines[6] == f"2. {again}"
    assert lines[7] == (
        "3. Jane A. Doe and Richard Roe, “An ‘Example’ Title,” Journal of Placeholders, vol. 12, no. 3 (2019), p. 105."
    )
    assert lines[8] == f"4. {again}"
    assert lines[9] == "5. Jane A. Doe and Richard Roe, “An ‘Example’ Title,” pp. 105-106."


def test_a_number_is_kept_and_the_list_follows_the_citations() -> None:
    lines = cited(
        "gbt7714-2025-numeric",
        excerpt("书。", BOOK, page="7"),
        excerpt("Words.", ORIGINAL, page="105"),
        excerpt("书。", BOOK, page="9"),
    )

    assert lines[:3] == ["“书。”[1]⁷", "“Words.”[2]¹⁰⁵", "“书。”[1]⁹"]
    assert [line[:6] for line in lines[4:]] == ["[1] 张三", "[2] Do"]


@pytest.mark.parametrize("style", CHINESE)
def test_the_original_is_listed_beside_the_translation(style: str) -> None:
    """The original through the translation: the words are the translation's, and both are in the list."""
    lines = cited(style, excerpt("字。", TRANSLATION, page="4"))

    assert sum("占位学刊" in line for line in lines) == (2 if style in NOTES else 1)
    assert sum("Journal of Placeholders" in line for line in lines) == 1


@pytest.mark.parametrize("style", CHINESE)
@pytest.mark.parametrize(("lang", "label"), [("zh-Hans", "笔者译"), ("zh-Hant", "筆者譯")])
def test_the_writer_s_own_translation_is_labelled_in_the_script_around(style: str, lang: str, label: str) -> None:
    of = edition("zh", lang, "translation", "zh")
    line = cited(style, excerpt("字。", of, gloss="My words."))[0]

    assert f"（My words. {label}）" in line
    assert "“My words" not in line
    assert f"（my words，{label}）" in cited(style, excerpt("字。", of, gloss="my words"))[0]


@pytest.mark.parametrize("style", CHINESE)
@pytest.mark.parametrize(("whose", "words_"), [("translator", "译者注"), ("editor", "编者语")])
def test_whose_words_they_are_is_said(style: str, whose: str, words_: str) -> None:
    assert words_ in "\n".join(cited(style, excerpt("字。", TRANSLATION, whose=whose)))


@pytest.mark.parametrize("style", CHINESE)
def test_a_digest_is_a_paraphrase_of_what_it_summarises(style: str) -> None:
    library = bib.parse("""
    @misc{d, author={{引證}}, title={逐段撮述}, date={2026}, langid={chinese}, related={zh}, relatedtype={digestof}}
    @online{zh, author={Park, Seohee Ashley}, translator={{陳蕊}}, translatortype={編譯}, title={模式}, organization={文化},
      date={2023}, langid={chinese}, note={Not verified: URL, day of publication}}""")
    text = "\n".join(cited(style, excerpt("撮述之言。", edition("d", "zh-Hant", "digest", "d")), library=library))

    assert text.startswith("撮述之言。")
    assert "撮述 " in text
    assert "陳蕊" in text
    assert "編譯" in text
    assert "〔未核實：網址、發表日期〕" in text


def test_works_of_one_year_by_the_same_people_have_letters_everywhere() -> None:
    library = bib.parse("""
    @book{a, author={{张三}}, title={乙}, publisher={社}, date={2001}, langid={chinese}}
    @book{b, author={{张三}}, title={甲}, publisher={社}, date={2001}, langid={chinese}}
    @book{c, editor={{李四}}, title={丙}, publisher={社}, date={2001}, langid={chinese}}""")
    books = [excerpt("字。", edition(key, "zh-Hans", "original", key), page="3") for key in "abc"]
    lines = cited("gbt7714-2025", *books, library=library)

    assert lines[:3] == ["“字。”（张三，2001b）³", "“字。”（张三，2001a）³", "“字。”（李四，2001）³"]
    assert lines[4:] == ["李四，2001. 丙[M]. 社.", "张三，2001a. 甲[M]. 社.", "张三，2001b. 乙[M]. 社."]
    assert cited("apa-zh", *books, library=library)[:1] == ["“字。”（张三，2001b，页3）"]


def test_a_list_stands_by_language_then_by_the_reading_of_surnames() -> None:
    people = [
        "翟某",
        "曾某",
        "單某",
        "Zhang, Jane",
        "Кочетков, А.",
        "久保のぶ",
        "阿某",
        "欧阳某",
        "van der Berg, A.",
        "佚某",
    ]
    titles = ["字"] * 3 + ["Title", "Книга", "かな", "字", "字", "Title", "字"]
    library = bib.parse(
        "".join(
            f"@book{{k{n}, author={{{who if ',' in who else '{' + who + '}'}}}, title={{{title}}}, date={{2000}}}}\n"
            for n, (who, title) in enumerate(zip(people, titles, strict=True))
        )
    )
    ordered = sorted((reference(library, key) for key in library.entries), key=zh.order)

    assert [zh.direct(one.authors[0]) for one in ordered] == [
        *["阿某", "欧阳某", "單某", "佚某", "曾某", "翟某"],
        *["久保のぶ", "A. van der Berg", "Jane Zhang", "А. Кочетков"],
    ]


@pytest.mark.parametrize(
    ("count", "entry", "text"),
    [
        (2, "甲，乙，2000. 题[M].", "（甲 等，2000）"),
        (3, "甲，乙，丙，2000. 题[M].", "（甲 等，2000）"),
        (4, "甲，乙，丙，等，2000. 题[M].", "（甲 等，2000）"),
    ],
)
def test_authors_in_the_list_and_in_the_text(count: int, entry: str, text: str) -> None:
    people = " and ".join(f"{{{name}}}" for name in "甲乙丙丁"[:count])
    library = bib.parse(f"@book{{k, author={{{people}}}, title={{题}}, date={{2000}}, langid={{chinese}}}}")
    lines = cited(
        "gbt7714-2025", excerpt("字。", edition("k", "zh-Hans", "original", "k"), number=None), library=library
    )

    assert lines == [f"“字。”{text}", "参考文献", entry]


def test_titles_are_set_apart_in_western_entries_only() -> None:
    style = STYLES["lishi-yanjiu"]

    assert Emph("Journal of Placeholders") in style.entry(reference(KINDS, "en"), "zh-Hans")
    assert not any(isinstance(node, Emph) for node in style.entry(reference(KINDS, "zh"), "zh-Hans"))


NAMES = """author editor translator title journaltitle booktitle date volume number issue pages eid publisher location
edition series langid type urldate author-zh note"""
fields = st.dictionaries(
    st.sampled_from(NAMES.split()),
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
        st.sampled_from(
            ["Doe, J. and others", "others", "{甲} and {乙}", "chinese", "2001~", "1999/2003", "12--3", "2", "《〈》〉"]
        ),
        st.sampled_from(["\ud800", "𠮷野", "👩‍🔬", "-", ",", ", ,", "a and and b", "版", "第1册", "2023年第5期"]),
    ),
)


@given(st.sampled_from([*TYPES.values(), "misc", "mastersthesis", "weird"]), fields)
def test_no_entry_is_too_odd(kind: str, found: dict[str, str]) -> None:
    """Whatever the fields hold, every style prints the entry, the title in it, and can sort it."""
    one = reference(bib.Bibliography({"k": bib.Entry(kind, "k", found)}), "k")
    for name in CHINESE:
        printed = plain(STYLES[name].entry(one, "zh-Hant"))
        assert printed
        if one.title and one.title.isalnum():
            assert one.title in printed
        key = STYLES[name].order
        if key is not None:
            assert key(one) == key(one)
