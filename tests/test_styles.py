"""The English styles: APA, Chicago, MLA, Harvard: what each rules, and pandoc's citeproc as a second opinion."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st
from test_citing import edition, excerpt
from yinzheng import bib
from yinzheng.citing import cite
from yinzheng.citing.bundle import Bundle
from yinzheng.citing.cited import Place
from yinzheng.citing.excerpt import Excerpt
from yinzheng.citing.formats.csl_json import items
from yinzheng.citing.inline import Emph, plain
from yinzheng.citing.reference import reference
from yinzheng.citing.styles import STYLES, en, roles
from yinzheng.citing.styles.people import Person, joined, persons
from yinzheng.errors import YinzhengError

ENGLISH = [name for name, style in STYLES.items() if style.language == "en"]
HANDS = " and ".join(f"Hand{letter}, Ann B." for letter in "abcdefghijklmnopqrstuvwxyz")


def many(number: int) -> str:
    people = " and ".join(HANDS.split(" and ")[:number])
    return f"@article{{n{number}, author={{{people}}}, title={{Many Hands}}, journaltitle={{Places}}, date={{{2000 + number}}}, volume={{4}}, pages={{1--9}}}}"


BOOKS = bib.parse(
    r"""
@article{one, author={Doe, Jane A.}, title={An Example Title: Placeholders in Practice}, journaltitle={Journal of Placeholder Studies},
  date={2019}, volume={12}, number={3}, pages={101--125}, doi={10.5555/one}, langid={english}}
@article{two, author={Doe, Jane A. and Roe, Richard}, title={Why Place?}, journaltitle={Places}, date={2018}, volume={2}, pages={321--328}}
@article{three, author={Doe, Jane A. and Roe, Richard and van der Poe, J.-P.}, title={The “Quoted” Place}, journaltitle={Places},
  date={2017}, volume={2}, number={1}, eid={e105}, doi={10.5555/three}}
@article{original, author={Doe, Jane A. and Roe, Richard}, title={An Example Title: Placeholders in Practice},
  journaltitle={Journal of Placeholder Studies}, date={2019}, volume={12}, number={3}, pages={101--125}, doi={10.5555/jps}, langid={english}}
@article{zh, author={Doe, Jane A. and Roe, Richard}, translator={{张三} and {李四}}, translatortype={译}, title={示例标题：占位符的实践},
  journaltitle={占位学刊}, date={2021}, volume={3}, number={2}, pages={1--9}, langid={chinese}, related={original}, relatedtype={translationof}}
@book{book, author={Doe, Jane A.}, title={Placeholders: A History}, edition={2}, volume={3}, location={London}, publisher={Press}, date={2001}}
@book{translated, author={Roe, Richard}, translator={Doe, Jane}, title={The Place}, location={London}, publisher={Press}, date={2005}}
@book{edited, editor={Moe, Max and Low, Ann}, title={Placeholders Edited}, location={London}, publisher={Press}, date={2011}}
@incollection{chapter, author={Doe, Jane A. and Roe, Richard}, title={Small Places}, editor={Moe, Max and Low, Ann},
  booktitle={Placeholders Edited}, location={London}, publisher={Press}, date={2011}, pages={101--109}}
@online{page, author={{World Placeholder Organization}}, title={What a Placeholder Is}, organization={Placeholder News}, date={2020-05-04},
  urldate={2021-06-07}, url={https://example.org/p}}
@online{undated, author={{World Placeholder Organization}}, title={Undated Places}, organization={Placeholder News}, urldate={2021-06-07},
  url={https://example.org/q}}
@article{nameless, title={A Nameless Place}, journaltitle={Places}, date={1999}, volume={1}, number={4}, pages={5--8}}
@thesis{thesis, author={Low, Ann}, title={On Places}, type={phdthesis}, institution={Place University}, date={2010}}
@newspaper{news, author={Low, Ann}, title={A Place in the News}, journaltitle={The Placeholder Times}, date={2021-04-21}, pages={7}}
@report{report, author={{World Placeholder Organization}}, title={A Report}, type={Report}, number={5}, institution={Place Press}, date={2012}}
"""
    + "\n".join(many(number) for number in (4, 6, 7, 20, 21, 22))
)
ORIGINAL = edition("en", "en", "original", "original")
CHINESE = edition("zh", "zh-Hans", "translation", "zh")


def cited(style: str, *excerpts: Excerpt, library: bib.Bibliography = BOOKS) -> list[str]:
    """The lines of the text that are not empty."""
    printed = cite.render([[one] for one in excerpts], {"doe2019": library}, style=style).data
    assert isinstance(printed, str)
    return [line.strip() for line in printed.split("\n") if line]


def said(style: str, one: Excerpt, place: Place | None = None, library: bib.Bibliography = BOOKS) -> str:
    """The citation, in the text or in a note."""
    made = STYLES[style].cite(one, reference(library, one.edition.cite), place or Place())
    return plain(made.text or made.note)


def entry(style: str, key: str, library: bib.Bibliography = BOOKS) -> str:
    return plain(STYLES[style].entry(reference(library, key), "en"))


def of(key: str, **changes: object) -> Excerpt:
    return excerpt("Words.", edition("e", "en", "original", key), **changes)


# ---- the original, the translation, the original through the translation, the writer's own translation


def test_the_four_cases_in_apa() -> None:
    assert said("apa", of("original", page="105")) == "(Doe & Roe, 2019, p. 105)"
    assert said("apa", excerpt("示例", CHINESE, page="4--5")) == "(Doe & Roe, 2019/2021, pp. 4–5)"
    assert said("apa", excerpt("示例", CHINESE)) == "(Doe & Roe, 2019/2021, para. 12)"
    assert (
        cited("apa", excerpt("示例", CHINESE, gloss="Example"))[0]
        == "“示例” [Example; my translation] (Doe & Roe, 2019/2021, para. 12)"
    )
    assert entry("apa", "zh") == (
        "Doe, J. A., & Roe, R. (2021). 示例标题：占位符的实践 [An Example Title: Placeholders in Practice] "
        "(张三 & 李四, Trans.). 占位学刊, 3(2), 1–9. (Original work published 2019)"
    )


def test_the_four_cases_in_chicago_notes() -> None:
    lines = cited(
        "chicago-notes",
        excerpt("示例", CHINESE, page="4"),
        excerpt("Words.", ORIGINAL, page="105"),
        excerpt("示例", CHINESE, page="4--5", gloss="Example"),
        excerpt("Words.", ORIGINAL, page="105--108"),
        excerpt("Words.", ORIGINAL, page="105--108"),
    )

    assert lines[2:4] == ["“示例” (Example; my translation)³", "“Words.”⁴"]
    assert lines[5:10] == [
        "1. Jane A. Doe and Richard Roe, “示例标题：占位符的实践” [An Example Title: Placeholders in Practice], "
        "trans. 张三 and 李四, 占位学刊 3, no. 2 (2021): 4.",
        "2. Jane A. Doe and Richard Roe, “An Example Title: Placeholders in Practice,” Journal of Placeholder Studies 12, "
        "no. 3 (2019): 105, https://doi.org/10.5555/jps.",
        "3. Doe and Roe, “示例标题,” 4–5.",
        "4. Doe and Roe, “Example Title,” 105–8.",
        "5. Doe and Roe, “Example Title,” 105–8.",
    ]
    assert lines[10] == "Bibliography"
    assert lines[12].endswith(
        "(2021): 1–9. Originally published as “An Example Title: Placeholders in Practice,” Journal of Placeholder "
        "Studies 12, no. 3 (2019)."
    )


def test_a_sentence_of_ones_own_keeps_its_full_stop() -> None:
    one = excerpt("示例。", CHINESE, page="4", gloss="An example.")

    assert cited("apa", one)[0].startswith("“示例。” [An example. My translation.] (Doe")
    assert cited("chicago-author-date", one)[0].startswith("“示例。” (An example. My translation.) (Doe")
    assert cited("chicago-notes", one)[0] == "“示例。” (An example. My translation.)¹"


def test_a_style_of_notes_has_nothing_in_the_text() -> None:
    made = STYLES["chicago-notes"].cite(excerpt("示例", CHINESE), reference(BOOKS, "zh"), Place())

    assert made.text == ()
    assert made.note


def test_the_four_cases_in_chicago_by_author_and_date() -> None:
    style = "chicago-author-date"

    assert said(style, of("original", page="105")) == "(Doe and Roe 2019, 105)"
    assert said(style, excerpt("示例", CHINESE, page="4")) == "(Doe and Roe [2019] 2021, 4)"
    assert cited(style, excerpt("示例", CHINESE, gloss="Example"))[0] == (
        "“示例” (Example; my translation) (Doe and Roe [2019] 2021, para. 12)"
    )
    assert entry(style, "zh").startswith("Doe, Jane A., and Richard Roe. (2019) 2021. “示例标题")


def test_the_four_cases_in_mla() -> None:
    lines = cited(
        "mla", excerpt("示例", CHINESE, page="4", gloss="The “example”"), excerpt("Words.", ORIGINAL, page="105--108")
    )

    assert lines[0] == "“示例” (“The ‘example’”; Doe and Roe, “示例标题” 4; my trans.)"
    assert lines[1] == "“Words.” (Doe and Roe, “Example Title” 105–08)"
    assert lines[4] == (
        "---. “示例标题：占位符的实践” [“An Example Title: Placeholders in Practice”]. 2019. Translated by 张三 and 李四. "
        "占位学刊, vol. 3, no. 2, 2021, pp. 1–9."
    )
    assert cited("mla", excerpt("Words.", ORIGINAL, page="105"))[0] == "“Words.” (Doe and Roe 105)"


def test_the_cases_in_harvard_which_has_no_rule_for_ones_own_translation() -> None:
    assert said("harvard", of("original", page="105")) == "(Doe and Roe, 2019, p. 105)"
    assert said("harvard", excerpt("示例", CHINESE)) == "(Doe and Roe, 2021, para. 12)"
    assert (
        "‘示例标题：占位符的实践’ [An Example Title: Placeholders in Practice]. Translated by 张三 and 李四."
        in entry("harvard", "zh")
    )
    with pytest.raises(YinzhengError, match="apa, chicago-notes, chicago-author-date, mla"):
        cited("harvard", excerpt("示例", CHINESE, gloss="Example"))


# ---- places, voices, remarks


@pytest.mark.parametrize(
    ("style", "counted", "printed", "heading", "nowhere"),
    [
        ("apa", "(Doe, 2019, para. 12)", "(Doe, 2019, para. 12)", "(Doe, 2019, para. 12)", "(Doe, 2019)"),
        ("chicago-author-date", "(Doe 2019, para. 12)", "(Doe 2019, para. 12)", "(Doe 2019, under “A Heading”)", "(Doe 2019)"),
        ("mla", "(Doe)", "(Doe, par. 12)", "(Doe)", "(Doe)"),
        ("harvard", "(Doe, 2019, para. 12)", "(Doe, 2019, para. 12)", "(Doe, 2019, para. 12)", "(Doe, 2019)"),
    ],
)  # fmt: skip
def test_counted_paragraphs_stand_only_where_a_style_allows_them(
    style: str, counted: str, printed: str, heading: str, nowhere: str
) -> None:
    numbered = replace(edition("e", "en", "original", "one"), locator="printed")

    assert said(style, of("one")) == counted
    assert said(style, replace(of("one"), edition=numbered)) == printed
    assert said(style, of("one", section="A Heading")) == heading
    assert said(style, of("one", number=None)) == nowhere
    assert "12" in said(style, replace(of("one", section="A Heading"), edition=numbered))


def test_a_note_names_the_heading_or_the_page_in_the_volume() -> None:
    assert said("chicago-notes", of("one", section="A “Heading”")).endswith(
        "12, no. 3 (2019), under “A ‘Heading,’” https://doi.org/10.5555/one."
    )
    assert said("chicago-notes", of("book", page="105-108")) == (
        "Jane A. Doe, Placeholders: A History, 2nd ed. (Press, 2001), 3:105–8."
    )
    assert said("chicago-notes", of("book", number=None)).endswith("2nd ed., vol. 3 (Press, 2001).")


@pytest.mark.parametrize("style", ENGLISH)
def test_a_translator_s_note_is_told_from_the_author(style: str) -> None:
    text = said(style, excerpt("注", CHINESE, whose="translator", page="4"))

    assert re.match(r"\(?[Tt]ranslator’s note in (Jane A\. )?Doe", text)


@pytest.mark.parametrize("style", ENGLISH)
def test_emphasis_and_a_converted_script_are_said(style: str) -> None:
    text = said(style, excerpt("示例", CHINESE, emphasis=(0, 1), script_from="hant", lang="zh-Hans", page="4"))

    assert "mphasis in the edition quoted" in text
    assert "onverted from Traditional characters" in text


@pytest.mark.parametrize("style", ENGLISH)
def test_what_is_not_verified_stands_in_the_entry_and_in_a_first_note(style: str) -> None:
    library = bib.parse(
        "@article{x, author={Doe, Jane}, title={[题名]}, journaltitle={J}, date={2020}, note={Not verified: title, year}}"
    )
    one = of("x")

    assert entry(style, "x", library).endswith("[Not verified: title, year]")
    assert "[题名]" in entry(style, "x", library)
    assert "“[题名" not in entry(style, "x", library)
    if STYLES[style].kind == "note":
        assert said(style, one, Place(first=True), library).endswith("[Not verified: title, year]")
        assert "verified" not in said(style, one, Place(first=False), library)


# ---- names


def test_names() -> None:
    [jean, body, zhang], more = persons(
        bib.names("van der Poe, Jr., Jean-Paul A. and {World Bank} and {张三} and others")
    )

    assert more
    assert (jean.spoken, jean.inverted) == ("Jean-Paul A. van der Poe Jr.", "van der Poe, Jean-Paul A., Jr.")
    assert (jean.abbreviated(), jean.initialled("")) == ("van der Poe, J.-P. A., Jr.", "J.-P.A. van der Poe Jr.")
    assert {body.spoken, body.inverted, body.abbreviated(), body.initialled(), body.family} == {"World Bank"}
    assert {zhang.spoken, zhang.inverted, zhang.abbreviated()} == {"张三"}
    assert Person("Doe", "J.A. de").abbreviated() == "Doe, J. A. de"


def test_a_romanised_name_stands_family_first() -> None:
    [zhang], _ = persons(bib.names("{张三}"), bib.names("Zhang, San"))

    assert (zhang.spoken, zhang.inverted, zhang.abbreviated(), zhang.family) == (
        "Zhang San",
        "Zhang San",
        "Zhang, S.",
        "Zhang",
    )


@given(
    st.lists(st.text(min_size=1), min_size=1, max_size=5), st.booleans(), st.sampled_from(["always", "series", "never"])
)
def test_a_list_has_every_name_in_its_order(names: list[str], more: bool, comma: str) -> None:
    text = joined(names, more, "and", comma=comma)

    assert re.sub(r"", "", text).startswith(names[0])
    assert text.endswith("et al." if more else names[-1])
    assert joined(names, False, "&", comma=comma, most=1, first=1).startswith(names[0])


def test_romanised_fields_are_used_where_a_source_gives_them() -> None:
    library = bib.parse("""@article{z, author={{王五}}, author-latn={Wang, Wu}, translator={{张三} and {李四}}, translatortype={译},
      translator-latn={Zhang, San and Li, Si}, title={示例标题}, title-latn={Shili biaoti}, journaltitle={占位学刊},
      journaltitle-latn={Zhanwei xuekan}, date={2021}, volume={3}, number={2}, pages={1--9}, langid={chinese}}""")

    assert (
        entry("apa", "z", library)
        == "Wang, W. (2021). Shili biaoti (S. Zhang & S. Li, Trans.). Zhanwei xuekan, 3(2), 1–9."
    )
    assert entry("chicago-notes", "z", library) == (
        "Wang Wu. “Shili biaoti” 示例标题. Translated by Zhang San and Li Si. Zhanwei xuekan 占位学刊 3, no. 2 (2021): 1–9."
    )
    assert entry("mla", "z", library) == (
        "Wang Wu. “示例标题” [“Shili biaoti”]. Translated by Zhang San and Li Si. 占位学刊 [Zhanwei xuekan], vol. 3, no. 2, "
        "2021, pp. 1–9."
    )
    assert said("chicago-notes", of("z", page="4"), Place(first=False), library) == "Wang, “Shili biaoti,” 4."


# ---- roles


def test_a_role_that_claims_less_or_more_than_a_translation_is_shown_as_printed() -> None:
    library = bib.parse("""@online{p, author={Doe, Jane}, translator={{陳蕊}}, translatortype={編譯}, editora={{迦然}}, editoratype={審校},
      title={題名}, journaltitle={期刊}, issue={2023年第50期}, date={2023}, langid={chinese}}
      @online{q, author={Doe, Jane}, translator={{陳蕊}}, translatortype={策劃}, title={題名}, journaltitle={期刊}, issue={5}, date={2023}, langid={chinese}}""")

    assert "(陳蕊, 編譯 [Trans. & Adapter]; 迦然, 審校 [Reviewer])" in entry("apa", "p", library)
    for style in ("chicago-notes", "chicago-author-date", "mla", "harvard"):
        assert "Translated and adapted by 陳蕊 (編譯). Reviewed by 迦然 (審校)." in entry(style, "p", library)
        assert "陳蕊 (策劃)" in entry(style, "q", library)
    assert "translated and adapted by 陳蕊 (編譯), reviewed by 迦然 (審校), 期刊, 2023年第50期 (2023)" in said(
        "chicago-notes", of("p"), None, library
    )


def test_both_scripts_of_a_role_mean_the_same() -> None:
    from yinzheng.script import convert

    for role, meaning in roles.ROLES.items():
        if role[0] >= "⺀":
            assert roles.ROLES[convert(role, "hant", "hans")] == meaning


def test_who_edited_a_book_that_has_an_author_is_told() -> None:
    library = bib.parse("""@book{b, author={Doe, Jane}, editor={Moe, Max and others}, translator={Roe, R.}, title={A Book}, publisher={P}, date={2020}}
      @book{c, editor={Moe, Max and others}, title={A Book}, publisher={P}, date={2020}}
      @incollection{d, author={Doe, Jane}, title={T}, bookauthor={Moe, Max}, booktitle={Why?}, publisher={P}, date={2020}}""")

    assert entry("apa", "b", library) == "Doe, J. (2020). A Book (R. Roe, Trans.; M. Moe et al., Eds.). P."
    assert (
        said("chicago-notes", of("b", page="4"), None, library)
        == "Jane Doe, A Book, trans. R. Roe, ed. Max Moe et al. (P, 2020), 4."
    )
    assert entry("mla", "b", library) == "Doe, Jane. A Book. Translated by R. Roe, edited by Max Moe et al., P, 2020."
    assert entry("harvard", "b", library) == "Doe, J. (2020) A Book. Translated by R. Roe. Edited by M. Moe et al. P."
    assert entry("chicago-notes", "c", library) == "Moe, Max, et al., eds. A Book. P, 2020."
    assert entry("harvard", "d", library) == "Doe, J. (2020) ‘T’, in M. Moe, Why? P."


# ---- years, titles, lists


def test_works_of_one_year_get_letters_with_and_without_a_year() -> None:
    library = bib.parse("".join(f"@book{{{key}, author={{Doe, Jane}}, title={{{title}}}, {date} publisher={{P}}}}" for key, title, date in (
        ("a", "B", "date={2023},"), ("b", "The A", "date={2023},"), ("c", "C", ""), ("d", "D", ""))))  # fmt: skip
    excerpts = [of(key) for key in "abcd"]

    assert [line.removeprefix("“Words.”") for line in cited("apa", *excerpts, library=library)[:4]] == [
        f" (Doe, {year}, para. 12)" for year in ("2023b", "2023a", "n.d.-a", "n.d.-b")
    ]
    assert "(Doe, n.d.-a, para. 12)" in cited("chicago-author-date", *excerpts, library=library)[2]
    assert "(Doe, no date b, para. 12)" in cited("harvard", *excerpts, library=library)[3]
    assert cited("apa", *excerpts, library=library)[-2:] == ["Doe, J. (2023a). The A. P.", "Doe, J. (2023b). B. P."]


def test_works_without_authors_are_told_apart_by_title() -> None:
    library = bib.parse(
        "@article{a, title={The Title}, journaltitle={J}, date={2020}} @article{b, title={Why?}, journaltitle={J}, date={2020}}"
    )

    assert cited("apa", of("a"), of("b"), library=library)[:2] == [
        "“Words.” (“The Title,” 2020, para. 12)",
        "“Words.” (“Why?,” 2020, para. 12)",
    ]


def test_a_list_is_in_the_order_of_the_alphabet() -> None:
    lines = cited("chicago-author-date", *(of(key) for key in ("undated", "nameless", "zh", "two", "one", "report")))
    first = [line[:22] for line in lines[lines.index("References") + 1 :]]

    assert first == [
        "Doe, Jane A. 2019. “An",
        "Doe, Jane A., and Rich",
        "Doe, Jane A., and Rich",
        "Doe, Jane A., and Rich",
        "“A Nameless Place.” 19",
        "World Placeholder Orga",
        "World Placeholder Orga",
    ]


@pytest.mark.parametrize(
    ("title", "chicago", "short", "mla", "harvard"),
    [
        ("Why Place?", "“Why Place?” J (", "Doe, “Why Place?,” 4.", "“Why Place?” J,", "‘Why Place?’, J."),
        ("Look, a “Place”!", "“Look, a ‘Place’!” J (", "Doe, “Look, a ‘Place’!,” 4.", "“Look, a ‘Place’!” J,", "‘Look, a “Place”!’, J."),
        ("The Firms’ “Place”", "“The Firms’ ‘Place.’” J (", "Doe, “Firms’ ‘Place,’” 4.", "“The Firms’ ‘Place.’” J,", "‘The Firms’ “Place”’, J."),
        ("‘Single’ Places", "“‘Single’ Places.” J (", "Doe, “‘Single’ Places,” 4.", "“‘Single’ Places.” J,", "‘“Single” Places’, J."),
        ("何去何从？", "“何去何从？” J (", "Doe, “何去何从？,” 4.", "“何去何从？” J,", "‘何去何从？’, J."),
    ],
)  # fmt: skip
def test_marks_inside_and_behind_titles(title: str, chicago: str, short: str, mla: str, harvard: str) -> None:
    library = bib.parse(f"@article{{t, author={{Doe, Jane}}, title={{{title}}}, journaltitle={{J}}, date={{2020}}}}")

    assert chicago in entry("chicago-notes", "t", library)
    assert said("chicago-notes", of("t", page="4"), Place(first=False), library) == short
    assert mla in entry("mla", "t", library)
    assert harvard in entry("harvard", "t", library)


@pytest.mark.parametrize(
    ("date", "apa", "chicago", "mla"),
    [
        ("2001~", "(ca. 2001)", " ca. 2001.", "circa 2001"),
        ("2001/2005", "(2001–2005)", " 2001–2005.", "2001–2005"),
        ("", "(n.d.)", " n.d.", "P."),
    ],
)
def test_dates_are_no_more_certain_than_the_source(date: str, apa: str, chicago: str, mla: str) -> None:
    library = bib.parse(f"@book{{d, author={{Doe, Jane}}, title={{T}}, publisher={{P}}, date={{{date}}}}}")

    assert apa in entry("apa", "d", library)
    assert chicago in entry("chicago-author-date", "d", library)
    assert mla in entry("mla", "d", library)


def test_a_title_given_as_short_is_the_short_one() -> None:
    library = bib.parse(
        "@article{s, author={Doe, Jane}, title={A Very Long Title of Places}, shorttitle={Long Title}, journaltitle={J}, date={2020}}"
    )

    assert said("chicago-notes", of("s", page="4"), Place(first=False), library) == "Doe, “Long Title,” 4."
    assert said("mla", of("s", page="4"), Place(alone=False), library) == "(Doe, “Long Title” 4)"


def test_a_doi_is_an_address_however_it_is_written() -> None:
    for doi in ("10.5555/a", "https://doi.org/10.5555/a", "doi:10.5555/a", "http://dx.doi.org/10.5555/a"):
        library = bib.parse(f"@article{{d, title={{T}}, journaltitle={{J}}, doi={{{doi}}}}}")

        assert all(" https://doi.org/10.5555/a" in entry(style, "d", library) for style in ENGLISH)


def test_titles_and_et_al_are_set_apart() -> None:
    apart = {
        name: [node.text for node in STYLES[name].entry(reference(BOOKS, "one"), "en") if isinstance(node, Emph)]
        for name in ENGLISH
    }
    made = STYLES["harvard"].cite(of("n4"), reference(BOOKS, "n4"), Place()).text

    assert apart == {name: ["Journal of Placeholder Studies", *(["12"] if name == "apa" else [])] for name in ENGLISH}
    assert [node.text for node in made if isinstance(node, Emph)] == ["et al."]


# ---- no field and no words break an entry

fields = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}\\%“”‘’\"'"), min_size=1, max_size=12)
            for name in ("title", "journaltitle", "booktitle", "publisher", "location", "series", "title-latn", "shorttitle")
        },
        **{name: st.from_regex(r"[0-9]{1,4}(--[0-9]{1,4})?", fullmatch=True) for name in ("pages", "volume", "number", "issue", "edition")},
        "author": st.sampled_from(["Doe, Jane", "{王五}", "Doe, Jane and others", "Doe, Jr., Jane and {A} and B, C and D, E"]),
        "editor": st.sampled_from(["Moe, Max", "Moe, Max and {李四}"]),
        "translator": st.sampled_from(["{张三}", "{张三} and {李四}"]),
        "date": st.sampled_from(["2020", "2020-05", "2020-05-04", "2001/2005", "2001~", "-0044", "spring", "2020-13-45"]),
        "urldate": st.sampled_from(["2021-06-07", "yesterday"]),
        "url": st.just("https://example.org/a?b=c&d"),
        "eid": st.just("e1"),
        "langid": st.sampled_from(["english", "chinese"]),
    },
)  # fmt: skip


@given(
    st.sampled_from(["article", "book", "incollection", "online", "misc", "thesis", "report", "newspaper"]),
    fields,
    st.booleans(),
)
def test_an_entry_of_any_fields_is_well_formed(kind: str, given_fields: dict[str, str], first: bool) -> None:
    library = bib.Bibliography(
        {
            "x": bib.Entry(
                kind,
                "x",
                {
                    name: bib.escape(text)
                    if name
                    in (
                        "title",
                        "journaltitle",
                        "booktitle",
                        "publisher",
                        "location",
                        "series",
                        "title-latn",
                        "shorttitle",
                    )
                    else text
                    for name, text in given_fields.items()
                },
            )
        }
    )
    known = " ".join(given_fields.values())
    for style in ENGLISH:
        for text in (
            entry(style, "x", library),
            said(style, of("x", page="4"), Place(first=first, alone=first), library),
        ):
            assert text.strip() == text or not given_fields.get("title", "x").strip()
            for wrong in ("None", "()", "[]", "“”", "‘’", ",,", " ,", ": .", ", ."):
                assert wrong not in text or any(mark in known for mark in wrong)


# ---- a second opinion

STYLE_FILES = Path(os.environ.get("YINZHENG_CSL", SHARED / "data" / "csl"))
CSL = {
    "apa": "apa",
    "chicago-notes": "chicago-notes-bibliography",
    "chicago-author-date": "chicago-author-date",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
}
ARTICLE = "a short title has no first article, and CSL has only what the entry gives as short"
ORIGIN = "CSL cannot translate a title, and takes the original for a book by other people"
DEGREE = "CSL prints the type of a thesis as BibTeX calls it"
DIFFERENT = {
    "apa": {
        "three": "APA prints Article before an article number",
        "zh": "the title's translation, and Original work published, are as in the research notes, 4.1",
        "translated": "Tran.: a mistake of pandoc's",
        "thesis": DEGREE,
        "report": "APA's own example has Report No. 5",
        **{f"n{n}": "the ellipsis is spaced, as APA prints it" for n in (21, 22)},
    },
    "chicago-notes": {
        "two": "the comma behind a title that ends in ?",
        "three": "an article number gives way to the page quoted, as a range of pages does",
        "zh": ORIGIN,
        "thesis": DEGREE,
    },
    "chicago-author-date": {"zh": ORIGIN, "nameless": ARTICLE, "thesis": DEGREE},
    "mla": {
        "three": "an article number stands where pages do",
        "zh": ORIGIN + "; and the translator of one article is none of the journal's",
        "page": "a page on a site stands in quotation marks; CSL knows the site as its publisher alone",
        "undated": "the same; and MLA does not shorten June",
        "nameless": ARTICLE,
        "thesis": DEGREE,
    },
    "harvard": {
        "three": "CSL leaves the article number out",
        "zh": ORIGIN,
        "book": "CSL leaves the volume out",
        "nameless": "CSL has the journal for the author; a work without one stands under its title",
        "thesis": DEGREE,
        **{f"n{n}": "all authors are listed, as the guides have it; the book leaves it open" for n in (4, 6, 7, 20, 21, 22)},
    },
}  # fmt: skip


@pytest.fixture(scope="session")
def pandoc() -> str:
    """Its version."""
    if not shutil.which("pandoc"):
        pytest.skip("no pandoc here")
    if not STYLE_FILES.is_dir():
        pytest.skip(f"no CSL styles in {STYLE_FILES}: put those of github.com/citation-style-language/styles there")
    return subprocess.run(["pandoc", "--version"], capture_output=True, text=True).stdout.split()[1]


@pytest.mark.parametrize("style", CSL)
def test_pandoc_prints_the_same_but_for_what_is_listed(style: str, pandoc: str, tmp_path: Path) -> None:
    file = tmp_path / "style.csl"
    text = (STYLE_FILES / f"{CSL[style]}.csl").read_text(encoding="utf-8")
    file.write_text(text.replace("chicago-16", "chicago"), encoding="utf-8")  # which older pandocs do not know
    (tmp_path / "books.json").write_text(json.dumps(items(Bundle((), (), tuple(BOOKS.entries.values())))[0]))
    language = "en-GB" if style == "harvard" else "en-US"
    options = ["-t", "plain", "--wrap=none", "--citeproc", "--csl", str(file), "-M", f"lang={language}"]
    # MLA tells works of the same people apart in the text; to the other styles their years do.
    runs = [[key] for key in BOOKS.entries] if style == "mla" else [list(BOOKS.entries)]
    theirs: set[str] = set()
    for keys in runs:
        text = "\n\n".join(f"[@{key}, p. 101-103]" for key in keys)
        command = ["pandoc", *options, "--bibliography", str(tmp_path / "books.json")]
        made = subprocess.run(command, input=text, capture_output=True, text=True).stdout
        theirs |= {re.sub(r"^\[\d+\] ", "", block.strip()) for block in made.split("\n\n")}
    different = {
        key
        for key in BOOKS.entries
        if said(style, of(key, page="101--103")) not in theirs or entry(style, key) not in theirs
    }

    assert different <= set(DIFFERENT[style])
    if pandoc.startswith("2.17"):
        assert different == set(DIFFERENT[style])


def test_pages_are_shortened_as_each_style_does() -> None:
    assert en.chicago_pages("S101-S125, 7-8; 1087-1089") == "S101–S125, 7–8; 1087–89"
    assert en.mla_pages("923-1003, 103-104") == "923–1003, 103–04"


# ---- marks inside titles, and names with particles

PARTICLE = bib.parse(
    """
@article{cruz, author={de la Cruz, Maria and Roe, Ann}, title={The 'I' and the "We" of Places}, journaltitle={Places},
  volume={2}, date={2017}, pages={1--9}, langid={english}}
"""
)


@pytest.mark.parametrize(
    ("style", "title"),
    [
        ("apa", "The 'I' and the \"We\" of Places"),
        ("chicago-notes", "“The ‘I’ and the ‘We’ of Places.”"),
        ("mla", "“The ‘I’ and the ‘We’ of Places.”"),
        ("harvard", "‘The “I” and the “We” of Places’"),
        ("lishi-yanjiu", "“The ‘I’ and the ‘We’ of Places,”"),
        ("guowen-xuebao", "“The ‘I’ and the ‘We’ of Places,”"),
    ],
)
def test_straight_marks_inside_a_title_in_marks_are_those_of_the_inside(style: str, title: str) -> None:
    assert title in entry(style, "cruz", PARTICLE)


@pytest.mark.parametrize("words", ["'Tis the firms' aim", "rock 'n' roll's 'n'", "the '90s' end", "O'Neil's 'x"])
def test_an_apostrophe_is_no_quotation_mark(words: str) -> None:
    assert en.quoted(words) == f"“{words}”"


def test_a_particle_begins_a_note_with_a_capital() -> None:
    lines = cited("chicago-notes", *[of("cruz", page="3")] * 2, library=PARTICLE)

    assert lines[2].startswith("1. Maria de la Cruz and Ann Roe, ")
    assert lines[3].startswith("2. De la Cruz and Roe, ")
    assert "(Cruz et al.，2017）" in said("gbt7714-2025", of("cruz"), library=PARTICLE).replace("（", "(")
    assert entry("gbt7714-2025", "cruz", PARTICLE).startswith("Cruz M de la，Roe A，2017")


# ---- a Chinese edition that prints Western names in characters; what a record says and a style must not drop

TRANSLATION = bib.parse(
    """
@article{original, author={Doe, Jane A. and Roe, Richard}, title={An Example Title}, journaltitle={Places}, date={2019},
  volume={1}, pages={1--9}, langid={english}}
@article{zh, author={{多伊} and {羅}}, author-latn={Doe, Jane A. and Roe, Richard}, translator={{張三}}, translatortype={譯},
  title={示例標題：佔位}, title-latn={Shili biaoti: Zhanwei}, journaltitle={佔位學刊}, date={2021}, number={3}, pages={7},
  langid={chinese}, related={original}, relatedtype={translationof}}
@article{native, author={{張三}}, author-latn={Zhang, San}, title={標題}, journaltitle={佔位學刊}, date={2021}, langid={chinese}}
@book{book, author={{多伊}}, editor={{王五} and {趙六}}, translator={{張三}}, translatortype={譯}, title={佔位之書},
  location={臺北}, publisher={佔位社}, date={2020}, langid={chinese}}
@book{western, author={Doe, Jane}, editor={Moe, Max and Low, Ann}, translator={Roe, Richard}, title={The Book of Places},
  location={London}, publisher={Press}, date={2005}, langid={english}}
@online{site, author={{多伊}}, title={網頁}, organization={佔位網}, date={2022-01-02}, langid={chinese}, url={https://example.org/x}}
@online{year, author={{多伊}}, title={網頁}, organization={佔位網}, date={2022}, langid={chinese}, url={https://example.org/y}}
"""
)


def test_western_names_in_characters_are_listed_as_western_ones() -> None:
    for style in ("chicago-notes", "chicago-author-date", "mla"):
        assert entry(style, "zh", TRANSLATION).startswith("Doe, Jane A., and Richard Roe. ")
        assert entry(style, "native", TRANSLATION).startswith("Zhang San. ")
    zh, en = edition("zh", "zh-Hant", "translation", "zh"), edition("en", "en", "original", "original")
    lines = cited("mla", excerpt("示例", zh, page="7"), excerpt("Words.", en, page="1"), library=TRANSLATION)

    assert lines[:2] == ["「示例」 (Doe and Roe, “示例標題” 7)", "“Words.” (Doe and Roe, “Example Title” 1)"]
    assert lines[3].startswith("Doe, Jane A., and Richard Roe. “An")
    assert lines[4].startswith("---. “示例標題：佔位” [“Shili biaoti: Zhanwei”; ")


@pytest.mark.parametrize(
    ("style", "words"),
    [("apa", ", (3), 7."), ("harvard", ", (3), p. 7."), ("apa-zh", "，（3），7。"), ("mla", ", no. 3, 2021, p. 7.")],
)
def test_an_issue_without_a_volume_keeps_its_form(style: str, words: str) -> None:
    assert words in entry(style, "zh", TRANSLATION)


@pytest.mark.parametrize("style", STYLES)
def test_who_edited_a_translated_book_is_told_in_every_style(style: str) -> None:
    for key, editors in (("book", ("王五", "趙六")), ("western", ("Moe", "Low"))):
        for name in editors:
            assert name.casefold() in entry(style, key, TRANSLATION).casefold()


@pytest.mark.parametrize("style", [name for name in STYLES if name.startswith("gbt")])
def test_the_site_of_a_web_page_is_told(style: str) -> None:
    assert "[EB/OL]. 佔位網" in entry(style, "site", TRANSLATION)
    assert "2022-01-02" in entry(style, "site", TRANSLATION)
    assert entry(style, "year", TRANSLATION).count("2022") == 1


@pytest.mark.parametrize(
    ("style", "dots"), [("mla", ". . ."), ("chicago-notes", ". . ."), ("apa", "…"), ("harvard", "…")]
)
def test_words_left_out_are_shown_as_the_style_does(style: str, dots: str) -> None:
    one = of("original", page="1", parts=(0, 5, 9, 14))
    chinese = excerpt("占位……书", CHINESE, page="1", parts=(0, 2, 5, 6))

    assert f"“Words {dots} end.”" in cited(style, replace(one, text="Words … end."))[0]
    assert (
        f"“So ... Words [{'. . .' if dots != '…' else ' … '}] end.”"
        in (cited(style, replace(one, text="So ... Words [ … ] end."))[0])
    )
    assert "“占位……书”" in cited(style, chinese)[0]
    assert "“So … end.”" in cited(style, replace(of("original", page="1"), text="So … end."))[0]  # the source's own


def test_a_gloss_has_the_ellipsis_of_the_style() -> None:
    assert "(“A . . . b”; " in cited("mla", excerpt("示例", CHINESE, page="1", gloss="A … b"))[0]
    assert " [A … b; my translation] " in cited("apa", excerpt("示例", CHINESE, page="1", gloss="A … b"))[0]
