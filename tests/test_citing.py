"""Citing: golden renderings of every style in every format, and what must hold for any words."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import opencc
import pytest
from conftest import ROOT, yinzheng
from hypothesis import given
from hypothesis import strategies as st
from yinzheng import bib
from yinzheng.citing import cite
from yinzheng.citing.excerpt import Excerpt
from yinzheng.citing.formats import DOCUMENTS, FORMATS, markdown
from yinzheng.citing.formats.document import clean
from yinzheng.citing.marks import marks
from yinzheng.citing.styles import STYLES
from yinzheng.errors import YinzhengError
from yinzheng.works import Edition, Role

GOLDEN = ROOT / "tests" / "golden" / "citing"
# Placeholder names and a DOI with the prefix that Crossref keeps for tests.
BIBLIOGRAPHY = bib.parse(r"""
@article{doe2019, author={Doe, Jane A. and Roe, Richard}, title={An Example Title: Placeholders in Practice},
  journaltitle={Journal of Placeholder Studies}, date={2019}, volume={12}, number={3}, pages={101--125}, doi={10.5555/jps.2019}, langid={english}}
@article{doe2019zh, author={Doe, Jane A. and Roe, Richard}, translator={{张三} and {李四}}, translatortype={译},
  title={示例标题：占位符的实践}, journaltitle={占位学刊}, date={2021}, volume={3}, number={2}, pages={1--9}, langid={chinese},
  related={doe2019}, relatedtype={translationof}}
@misc{doe2019digest, author={{Yinzheng contributors}}, title={A \& B: 100\% Digest}, date={2026}, langid={english},
  related={doe2019zh}, relatedtype={digestof}, note={Not verified: pages}}
""")


def edition(key: str, lang: str, role: Role, cite: str) -> Edition:
    return Edition(
        key=key,
        lang=lang,
        role=role,
        of=None,
        cite=cite,
        text="included",
        rights="",
        holder=None,
        obtain=None,
        medium=None,
        locator="counted",
    )


ZH = edition("zh", "zh-Hans", "translation", "doe2019zh")
EN = edition("en", "en", "original", "doe2019")
DIGEST = edition("digest-en", "en", "digest", "doe2019digest")


def excerpt(text: str, of: Edition = ZH, **changes: object) -> Excerpt:
    values: dict[str, object] = {
        "work": "doe2019",
        "edition": of,
        "paragraph": "doe2019.p00000000",
        "number": 12,
        "page": None,
        "section": None,
        "start": 0,
        "end": len(text),
        "text": text,
        "words": "paraphrase" if of.role == "digest" else "quotation",
        "whose": "ours" if of.role == "digest" else "author",
        "lang": of.lang,
    }
    return Excerpt(**{**values, **changes})  # type: ignore[arg-type]


def render(excerpts: list[Excerpt], bibliographies: dict[str, bib.Bibliography], **options: str) -> str:
    printed = cite.render([[one] for one in excerpts], bibliographies, **options).data  # type: ignore[arg-type]
    if isinstance(printed, str):
        return printed
    with zipfile.ZipFile(io.BytesIO(printed)) as docx:
        return docx.read("word/document.xml").decode() + docx.read("word/footnotes.xml").decode()


CASES = {
    "translation-quoted": excerpt("占位符从不说话，但它们占了 5% 的篇幅。"),
    "translation-page": excerpt("占位符从不说话。", page="4"),
    "translation-converted": excerpt("佔位符從不說話。", lang="zh-Hant", script_from="hans"),
    "translators-note": excerpt("译者注：原文如此", whose="translator"),
    "emphasis": excerpt("占位符从不说话。", emphasis=(0, 3)),
    "nested-marks": excerpt("他说“不”，然后走了。"),
    "original-quoted": excerpt("Placeholders never speak; they hold 5% of the place & say nothing.", EN, page="105"),
    "digest-paraphrase": excerpt("The authors hold that placeholders never speak.", DIGEST),
}


@pytest.mark.parametrize(
    ("style", "to"), [*((style, "text") for style in STYLES), *(("apa", to) for to in DOCUMENTS if to != "text")]
)
@pytest.mark.parametrize("case", CASES)
def test_golden(case: str, style: str, to: str) -> None:
    path = GOLDEN / case / f"{style}.{to}.txt"
    text = render([CASES[case]], {"doe2019": BIBLIOGRAPHY}, to=to, style=style) + "\n"
    if os.environ.get("YINZHENG_UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("to", FORMATS)
def test_what_is_not_verified_shows_in_every_output(to: str) -> None:
    text = render([CASES["digest-paraphrase"]], {"doe2019": BIBLIOGRAPHY}, to=to, style="apa")

    assert "Not verified: pages" in text


@pytest.mark.parametrize("to", FORMATS)
def test_our_own_words_never_stand_in_quotation_marks(to: str) -> None:
    case = CASES["digest-paraphrase"]
    text = render([case], {"doe2019": BIBLIOGRAPHY}, to=to, style="apa")

    assert marks(case) == ""
    assert f"“{case.text}" not in text
    assert "textcquote" not in text


def test_an_unknown_style_names_near_ones() -> None:
    with pytest.raises(YinzhengError, match="gbt7714-2025"):
        render([CASES["emphasis"]], {"doe2019": BIBLIOGRAPHY}, style="gbt7714-2052")


def test_a_key_without_an_entry_is_an_error() -> None:
    with pytest.raises(YinzhengError, match="'nobody'"):
        render([excerpt("字", edition("x", "zh-Hans", "translation", "nobody"))], {"doe2019": BIBLIOGRAPHY})


words = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("%&_#${}~^\\*`[]<>@\"'“「—-. 1)")
    ),
    min_size=1,
    max_size=60,
)


@given(words)
def test_json_gives_the_words_back(text: str) -> None:
    line = render([excerpt(text)], {"doe2019": BIBLIOGRAPHY}, to="json")
    data = json.loads(line)

    assert "\n" not in line
    assert list(data) == [
        "work",
        "edition",
        "paragraph",
        "number",
        "start",
        "end",
        "text",
        "words",
        "whose",
        "key",
        "locator",
        "citation",
        "bibtex",
    ]
    assert data["text"] == text
    assert bib.parse(data["bibtex"]).problems == ()


@given(words)
def test_latex_escapes_every_special_once(text: str) -> None:
    escaped = bib.escape(text)
    bare = re.sub(r"\\text(?:backslash|asciicircum|asciitilde|braceleft|braceright)\{\}|\\[$&#%_]", "", escaped)

    assert not re.search(r"[\\{}$&#%_^~]", bare)
    assert bib.plain(escaped) == text


@given(words)
def test_markdown_gives_the_words_back(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", markdown.escape(clean(text))) == clean(text)


def run(folder: Path, *arguments: str) -> str:
    done = yinzheng("cite", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def lamp(empty: Path) -> Path:
    yinzheng("add", str(ROOT / "tests" / "texts" / "lighthouse.zh-Hant.txt"), "--work", "lamp", cwd=empty)
    return empty


def test_without_the_text_the_digest_is_a_paraphrase(demo: Path) -> None:
    done = yinzheng("cite", "park2023:41", "--to", "json", cwd=demo)
    data = json.loads(done.stdout)

    assert (data["edition"], data["words"], data["whose"], data["key"]) == (
        "digest-zh",
        "paraphrase",
        "ours",
        "park2023digest-zh",
    )
    assert "a paraphrase and no quotation" in done.stderr
    assert data["bibtex"].index("@article{park2023,") < data["bibtex"].index("@online{park2023zh,")


def test_with_the_text_the_very_words_are_quoted(article: Path, demo: Path) -> None:
    yinzheng("add", str(article), cwd=demo)
    data = json.loads(run(demo, "park2023:41", "--to", "json"))
    english = json.loads(run(demo, "park2023:41", "--to", "json", "--lang", "en"))

    assert (data["edition"], data["words"], data["whose"], data["key"]) == ("zh", "quotation", "author", "park2023zh")
    assert data["text"] in article.read_text(encoding="utf-8")
    assert (english["edition"], english["words"]) == ("digest-en", "paraphrase")


def test_a_quotation_is_found_blind_and_printed_exactly(lamp: Path) -> None:
    data = json.loads(run(lamp, "lamp:4", "--quote", "以22票对20票通过拨款 1000万元，", "--to", "json"))

    assert data["text"] == "以22票對20票通過撥款1,000萬元，"
    assert (data["start"], data["end"]) == (10, 30)


def test_from_words_to_words_with_and_without_what_is_between(lamp: Path) -> None:
    whole = json.loads(run(lamp, "lamp:4", "--start", "議會", "--end", "1907年", "--to", "json"))
    elided = json.loads(run(lamp, "lamp:4", "--start", "議會", "--end", "出人意料。", "--elide", "--to", "json"))

    assert whole["text"] == "議會最終在1907年"
    assert elided["text"] == "議會……出人意料。"


def test_a_translator_s_note_is_not_the_author_s(lamp: Path) -> None:
    done = yinzheng("cite", "lamp:6", "--quote", "原文作六座", "--to", "json", cwd=lamp)

    assert json.loads(done.stdout)["whose"] == "translator"
    assert "translator's words" in done.stderr


def test_and_others_are_not_a_name(empty: Path) -> None:
    (empty / "x.bib").write_text(
        "@article{x, author={Doe, Jane and others}, title={Life}, journaltitle={J}, date={2020}}"
    )
    yinzheng("add", "-", "--work", "x", "--bib", "x.bib", cwd=empty, stdin=b"The lamp was lit in 1907.")

    assert "(Doe et al., 2020, para. 1)" in run(empty, "x:1", "--style", "apa")
    assert "Doe, J., et al. (2020). Life." in run(empty, "x:1", "--style", "apa")
    assert "Doe J，et al.，2020. Life[J]" in run(empty, "x:1", "--style", "gbt7714-2025")
    assert "author = {Doe, Jane and others}" in run(empty, "x:1", "--to", "bibtex")


def test_another_script_is_said(lamp: Path) -> None:
    done = yinzheng("cite", "lamp:7", "--script", "hans", cwd=lamp)

    assert "“灯塔的历史告诉我们" in done.stdout
    assert "转换自繁体原文" in done.stdout
    assert "converted" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lamp:4", "--quote", "以23票對20票"], "it has '2票對20票通過'"),
        (["lamp:4", "--quote", "……"], "no letters"),
        (["lamp:99"], "1 to 7"),
        (["limp:1"], "lamp"),
        (["lamp/en:1"], "zh"),
        (["lamp.pzzzzzzzz"], "lamp.p"),
        (["lamp.p"], "type more"),
        (["lamp", "--quote", "燈塔"], "which paragraph"),
        (["???"], "names nothing"),
        (["lamp:1", "--lang", "en"], "no English"),
        (["lamp:1", "--style", "nope"], "apa"),
        (["lamp:4", "--elide"], "--start and --end"),
        (["lamp:6", "--quote", "作六座，疑误）。工程师们"], "partly the translator's"),
        (["lamp:6", "--start", "燈塔增至", "--end", "原文作"], "quote the note whole, or none of it"),
    ],
)
def test_what_cannot_be_cited_says_why(lamp: Path, arguments: list[str], message: str) -> None:
    done = yinzheng("cite", *arguments, cwd=lamp)

    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_copy_in_another_script_is_never_passed_off_as_the_edition(empty: Path, lighthouse: str) -> None:
    """The letters are the same, so the copy is attached; the characters are not those of the edition."""
    simplified = opencc.OpenCC("t2s").convert(lighthouse)
    yinzheng("add", "-", "--work", "lamp", cwd=empty, stdin=lighthouse.encode())
    shutil.rmtree(empty / "corpus/lamp/local")
    yinzheng("add", "-", cwd=empty, stdin=simplified.encode())

    plain = yinzheng("cite", "lamp:5", cwd=empty)
    back = yinzheng("cite", "lamp:5", "--script", "hant", cwd=empty)
    yinzheng("add", "-", cwd=empty, stdin=lighthouse.encode())
    own = yinzheng("cite", "lamp:5", cwd=empty)

    assert "“战时燃料短缺" in plain.stdout
    assert "转换自繁体原文" in plain.stdout
    assert "converted; the edition prints 繁體" in plain.stderr
    assert "「戰時燃料短缺" in back.stdout
    assert "compare the characters with the print" in back.stderr
    assert "「戰時燃料短缺" in own.stdout
    assert own.stderr == ""
