"""Quotation craft: what is cut out of a paragraph, what stands between which marks, and what a writer is told."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, yinzheng
from hypothesis import given
from hypothesis import strategies as st
from yinzheng import bib
from yinzheng.citing import cite, cut
from yinzheng.citing.converting import in_script
from yinzheng.citing.excerpt import Excerpt
from yinzheng.citing.formats import FORMATS
from yinzheng.citing.making import excerpt as made
from yinzheng.citing.making import with_partners
from yinzheng.citing.marks import balanced, fitted, pairs
from yinzheng.citing.quoted import LIMIT, is_restricted, share
from yinzheng.citing.styles import STYLES
from yinzheng.errors import YinzhengError
from yinzheng.letters import letters
from yinzheng.records import Paragraph
from yinzheng.verifying.index import Corpus
from yinzheng.verifying.seeking import seek
from yinzheng.works import Edition, Role

CHINESE = """港口的灯

一、起因

灯塔在1907年以22票对20票获准修建，耗资1000万元。**头发花白的守塔人**说：“技术不会说话（译者注：原文作演说）。”人们说，电灯中看不中用。

二、结果

“灯亮了。”人们说灯亮了，灯亮了……但没有人高兴。𠮷田先生🙂也不高兴。
"""
ENGLISH = """The Lights of a Harbour

Causes

The lighthouse was approved in 1907 by 22 votes to 20. “Technology does not speak,” said the grey-haired keeper; people don’t trust electric lamps.

Results

“The lamp is lit.” Nobody was glad of the firms’ success.
"""
ENTRIES = """
@article{pair, author={Doe, Jane A. and Roe, Richard}, title={The Lights of a Harbour},
  journaltitle={Journal of Placeholder Studies}, date={2019}, volume={12}, number={3}, pages={101--125}, langid={english}}
@article{pairzh, author={Doe, Jane A. and Roe, Richard}, translator={{陈三}}, translatortype={译}, title={港口的灯},
  journaltitle={灯塔学刊}, date={2021}, volume={3}, number={2}, pages={1--9}, langid={chinese},
  related={pair}, relatedtype={translationof}}
"""


@pytest.fixture(scope="session")
def pair_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Chinese translation whose paragraphs we count, and its English original, whose pages are printed."""
    folder = tmp_path_factory.mktemp("pair")
    for name in ("corpus", "annotations"):
        (folder / name).mkdir()
    (folder / "p.bib").write_text(ENTRIES, encoding="utf-8")
    for edition, lang, key, text in (("zh", "zh-Hans", "pairzh", CHINESE), ("en", "en", "pair", ENGLISH)):
        arguments = ["--work", "pair", "--edition", edition, "--lang", lang, "--bib", f"p.bib#{key}"]
        assert yinzheng("add", "-", *arguments, cwd=folder, stdin=text.encode()).returncode == 0
    corpus = folder / "corpus" / "pair"
    index = {
        name: [json.loads(line) for line in (corpus / f"{name}.jsonl").read_text("utf-8").split("\n") if line]
        for name in ("zh", "en")
    }
    body = {name: [row["id"] for row in rows if row["number"]] for name, rows in index.items()}
    link = {"source_start": None, "source_end": None, "target_start": None, "target_end": None}
    (corpus / "alignment.jsonl").write_text(
        "".join(
            json.dumps({"source": a, **link, "target": b, "status": "confirmed", "score": None, "by": "x"}) + "\n"
            for a, b in zip(*body.values(), strict=True)
        )
    )
    for number, row in enumerate(index["en"]):
        row["page"] = str(101 + number)
    (corpus / "en.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in index["en"]))
    return folder


def cited(folder: Path, *arguments: str) -> tuple[list[dict[str, Any]], str]:
    """What `cite --to json` prints, and what it says."""
    done = yinzheng("cite", *arguments, "--to", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def paragraph(text: str, emphasis: tuple[int, ...] = (), **changes: object) -> Paragraph:
    values: dict[str, object] = {
        "id": "pair.p00000001", "work": "pair", "edition": "zh", "order": 1, "kind": "body", "number": 1,
        "section": None, "page": None, "voice": "author", "length": len(letters(text)), "hash": "", "text_hash": "",
        "sketch": (), "emphasis": emphasis, "text": text,
    }  # fmt: skip
    return Paragraph(**{**values, **changes})  # type: ignore[arg-type]


def edition(lang: str = "zh-Hans", role: Role = "translation", key: str = "zh", cite: str = "pairzh") -> Edition:
    return Edition(
        key=key, lang=lang, role=role, of=None, cite=cite, text="local",
        rights="http://rightsstatements.org/vocab/InC/1.0/", holder=None, obtain=None, medium=None, locator="counted",
    )  # fmt: skip


# Cutting


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("燈亮了", "灯亮了"),
        ("「灯亮了。」", "“灯亮了。”"),
        ("……人们说", "人们说"),  # an ellipsis at the edge is none of the paragraph's marks
        ("灯亮了……但没有人高兴。", "灯亮了……但没有人高兴。"),  # this one is
        ("𠮷田先生🙂", "𠮷田先生🙂"),
        ("先生也不高兴", "先生🙂也不高兴"),
        ("人们说……没有人……也不高兴", "人们说……没有人……也不高兴"),
        ("人们说[...]也不高兴", "人们说……也不高兴"),
        ("灯亮了……但没有人……也不", "灯亮了……但没有人［……］也不"),
    ],
)
def test_the_words_are_the_paragraph_s_own(pair_files: Path, quote: str, words: str) -> None:
    assert cited(pair_files, "pair:2", "--quote", quote)[0][0]["text"] == words


def test_an_ellipsis_of_its_own_is_told_from_ours() -> None:
    text = "他说灯亮了……但没有人高兴，后来灯灭了。"

    assert (
        made(edition(), paragraph(text), cut.parts(text, "灯亮了……但没有人……灯灭了")).text
        == "灯亮了……但没有人［……］灯灭了"
    )


def test_words_that_stand_twice_are_said_and_marks_choose(pair_files: Path) -> None:
    plain, said = cited(pair_files, "pair:2", "--quote", "灯亮了")
    marked, nothing = cited(pair_files, "pair:2", "--quote", "“灯亮了")
    second, _ = cited(pair_files, "pair:2", "--quote", "说灯亮了")

    assert "stands 3 times" in said
    assert "the first is taken" in said
    assert "stands" not in nothing
    assert [one[0]["start"] for one in (plain, marked, second)] == [1, 0, 8]


@pytest.mark.parametrize(
    ("what", "quote", "message"),
    [
        ("pair:1", "2票对20票", "cuts a number or a word in two"),
        ("pair:1", "以22票对2", "quote it whole"),
        ("pair/en:1", "rey", "grey-haire"),
        ("pair/en:1", "light", "cuts a number or a word in two"),
        ("pair:1", "技术不会说话（译者注", "quote the note whole, or none of it"),
        ("pair:1", "技术不会说话……原文作演说", "partly the author's and partly not"),
        ("pair:1", "技术……灯塔在", "stands before"),
        ("pair:1", "技术……飞船", "not in this paragraph"),
        ("pair:1", "🙂", "no letters"),
        ("pair:1", "\udcff", "Error"),
    ],
)
def test_a_cut_that_would_misquote_is_refused(pair_files: Path, what: str, quote: str, message: str) -> None:
    done = yinzheng("cite", what, "--quote", quote, cwd=pair_files)

    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("text", "quote", "said"),
    [
        ("他說技術並不是為了人才會說話，人會。", "他說技術……才會說話", "'不'"),
        ("他說技術，雖不會說話，但人會。", "他說技術……但人會", None),  # a clause that is left out whole
        ("The lamps would soon have been lit.", "lamps would … have been lit", None),
    ],
)
def test_a_negation_that_is_left_out_is_said(text: str, quote: str, said: str | None) -> None:
    notices = made(edition(), paragraph(text), cut.parts(text, quote)).notices

    assert [said in one for one in notices] == [True] if said else notices == ()


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("他說技術並不會說話，人會。", "他說技術……會說話", "negation-changed"),
        ("The lamps would not have been lit.", "lamps would … have been lit", "negation-changed"),
        ("他說他們不再賣出一盞盞燈來。", "他說他們不……燈來", "negation-changed"),
        ("賣出340盞燈，收回三人。", "賣出340……收回", "figure-changed"),
        ("他說技術，雖不會說話，但人會。", "他說技術……但人會", None),
        ("The lamps would soon have been lit.", "lamps would … have been lit", None),
    ],
)
def test_a_cut_is_refused_where_verify_rejects_it(text: str, quote: str, verdict: str | None) -> None:
    corpus = Corpus([("pair", edition(), [paragraph(text)])])
    judged = seek(corpus, quote, corpus.parts, lambda _: False)

    assert judged is not None
    assert judged.verdict == (verdict or "elided-marked")
    if verdict:
        with pytest.raises(YinzhengError, match="says something else"):
            cut.parts(text, quote)
    else:
        assert len(cut.parts(text, quote)) == 2


def test_a_range_takes_the_partners_of_its_marks_along_and_a_bracket_without_one_is_said() -> None:
    text = "他說「燈亮了，人（還在）走」，而燈（不再亮。"

    assert text[slice(*with_partners(text, 3, 14))] == "「燈亮了，人（還在）走」"
    assert text[slice(*with_partners(text, 2, 13))] == "「燈亮了，人（還在）走」"
    assert with_partners(text, 3, 6) == (3, 6)
    assert "a bracket" in made(edition(), paragraph(text), [(16, 22)]).notices[0]


def test_a_note_inside_the_words_is_said(pair_files: Path) -> None:
    _, said = cited(pair_files, "pair:1", "--quote", "不会说话（译者注：原文作演说）。")

    assert "hold a note of the translator's" in said


def test_emphasis_is_kept_over_a_cut_and_a_conversion() -> None:
    text = "头发花白的守塔人说，理发之后，皇后也来了。"
    source = paragraph(text, emphasis=(0, 4, 11, 14))
    ranges = cut.ends(text, "发花白", "发之后")
    kept = made(edition(), source, ranges)
    converted = made(edition(), source, ranges, script="hant")

    assert (kept.text, converted.text) == ("发花白……发之后", "髮花白……髮之後")
    assert [kept.text[a:b] for a, b in zip(kept.emphasis[::2], kept.emphasis[1::2], strict=True)] == [
        "发花白",
        "发之后",
    ]
    assert kept.emphasis == converted.emphasis
    assert converted.script_from == "hans"
    assert kept.elided
    assert kept.parts == (1, 4, 11, 14)


@given(st.text("灯塔头发后里a1,.“”🙂𠮷 ", min_size=1, max_size=30), st.data())
def test_any_cut_is_a_piece_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        low, high = cut.find(text, text[start:end])
    except YinzhengError:
        return

    assert letters(text[low:high]).text == letters(text[start:end]).text
    excerpt = made(edition(), paragraph(text, emphasis=(start, end)), [(low, high)], script="hant")
    assert list(excerpt.emphasis) == sorted(set(excerpt.emphasis))
    assert all(0 <= at <= len(excerpt.text) for at in excerpt.emphasis)


def test_a_long_paragraph_and_a_long_quotation_are_quick() -> None:
    text = "灯塔很高，" * 400_000
    started = time.monotonic()

    with pytest.raises(YinzhengError, match="not in this paragraph"):
        cut.find(text, "灯塔很高，" * 400 + "船")
    with pytest.raises(YinzhengError, match="not in this paragraph"):
        cut.find(text, "船灯" * 2_000)
    assert len(cut.places(text, "很高")) == 100
    assert time.monotonic() - started < 30


def test_an_excerpt_has_a_script_of_two(pair_files: Path) -> None:
    """zh-CN is Simplified for every style, which look at the tag."""
    assert made(edition("zh-CN"), paragraph("灯塔"), [(0, 2)]).lang == "zh-Hans"
    assert made(edition("zh-TW"), paragraph("燈塔"), [(0, 2)]).lang == "zh-Hant"


# Marks

WORDS = st.text("灯塔a b，。1", min_size=1, max_size=5)


def nested(opening: str) -> st.SearchStrategy[str]:
    """Texts whose marks are balanced, as deep as you like."""
    pair = st.sampled_from(opening.split())
    return st.recursive(
        WORDS, lambda inner: st.builds(lambda a, p, b, c: f"{a} {p[0]}{b}{p[1]} {c}", WORDS, pair, inner, WORDS)
    )


def unmarked(text: str) -> str:
    return "".join('"' if c in "“「『‘”」』’" else c for c in text)


@given(nested("「」 『』 “” ‘’"), st.sampled_from(["zh-Hant", "zh-Hans"]))
def test_balanced_marks_are_fitted_and_stay_balanced(text: str, lang: str) -> None:
    once = fitted(text, lang)
    outer, inner = pairs(lang)

    assert unmarked(once) == unmarked(text)
    assert set(once) & set("「」『』“”‘’") <= set(outer + inner)
    assert balanced(once, lang)
    assert fitted(once, lang) == once


@given(st.text("ab s’‘“”「」『』'\"灯。 90", max_size=25), st.sampled_from(["zh-Hant", "zh-Hans", "en"]))
def test_fitting_changes_marks_alone_and_only_once(text: str, lang: str) -> None:
    once = fitted(text, lang)

    assert unmarked(once) == unmarked(text)
    assert fitted(once, lang) == once


@pytest.mark.parametrize(
    ("text", "lang", "result"),
    [
        ("a “b ‘c “d” e’ f” g", "en", "a ‘b “c ‘d’ e” f’ g"),
        ("don’t say “don’t”", "en", "don’t say ‘don’t’"),
        ("in the ’90s, “rock ’n’ roll”", "en", "in the ’90s, ‘rock ’n’ roll’"),
        ("the firms’ “aim”", "en", "the firms’ ‘aim’"),
        ("“the firms’ aim” was theirs", "en", "‘the firms’ aim’ was theirs"),
        ("‘the firms’ aim’ and “more”", "en", "‘the firms’ aim’ and “more”"),  # which ’ is the plural's?
        ("Hawai‘i’s “mana”", "en", "Hawai‘i’s ‘mana’"),
        ("“All.”", "en", "‘All.’"),
        ("a “b", "en", "a “b"),
        ("a b” c", "en", "a b” c"),
        ("the term 「技術」 in “English”", "en", "the term 「技術」 in ‘English’"),
        ("5\" of «rain»", "en", "5\" of «rain»"),
        ('the "firms\' aim", 6" of it', "en", 'the "firms\' aim", 6" of it'),
        ('the "firms" said, "no"', "en", "the ‘firms’ said, ‘no’"),
        ('他說"不，"走了', "zh-Hant", "他說『不，』走了"),
        ("電燈“中看‘不’中用”", "zh-Hant", "電燈『中看「不」中用』"),
        ("他說「不」", "zh-Hans", "他說‘不’"),
        ("“don’t”一詞", "zh-Hant", "『don’t』一詞"),
        ("‘技術’IT", "zh-Hant", "『技術』IT"),
        ("《書》「一", "zh-Hant", "《書》「一"),
    ],
)  # fmt: skip
def test_marks_as_they_stand_inside_others(text: str, lang: str, result: str) -> None:
    assert fitted(text, lang) == result


def test_the_words_in_json_are_the_stored_ones(pair_files: Path) -> None:
    data, _ = cited(pair_files, "pair:2", "--quote", "“灯亮了。”人们说")
    printed = yinzheng("cite", "pair:2", "--quote", "“灯亮了。”人们说", cwd=pair_files).stdout

    assert data[0]["text"] == "“灯亮了。”人们说"
    assert "“‘灯亮了。’人们说”" in printed


def test_a_mark_without_its_partner_is_said(pair_files: Path) -> None:
    assert "no partner" in cited(pair_files, "pair:2", "--quote", "“灯亮了")[1]


# Two languages


def test_each_of_two_citations_has_its_own_place(pair_files: Path) -> None:
    (chinese, english), said = cited(pair_files, "pair:1", "--lang", "both", "--style", "apa")

    assert (chinese["key"], chinese["locator"]) == ("pairzh", "para. 1")
    assert (english["key"], english["locator"]) == ("pair", "p. 103")
    assert "2019/2021, para. 1" in chinese["citation"]
    assert "2019, p. 103" in english["citation"]
    assert (chinese["words"], english["words"]) == ("quotation", "quotation")
    assert "whole paragraph" not in said


def test_the_words_are_looked_for_in_the_language_to_print(pair_files: Path) -> None:
    english, _ = cited(pair_files, "pair:1", "--lang", "en", "--quote", "technology does not speak")
    both, said = cited(pair_files, "pair:1", "--lang", "both", "--quote", "守塔人")

    assert (english[0]["edition"], english[0]["text"]) == ("en", "Technology does not speak")
    assert both[0]["text"] == "守塔人"
    assert both[1]["text"].startswith("The lighthouse")
    assert "the English is the whole paragraph" in said


def test_a_pair_of_digests(demo: Path) -> None:
    (chinese, english), _ = cited(demo, "park2023/digest-zh:54", "--lang", "both")

    assert (chinese["key"], english["key"]) == ("park2023digest-zh", "park2023digest-en")
    assert {one["words"] for one in (chinese, english)} == {"paraphrase"}


# The writer's own translation


def test_a_gloss_is_printed_and_labelled(pair_files: Path) -> None:
    words = ["pair:1", "--quote", "技术不会说话", "--gloss", "Technology is\n mute"]

    assert (
        "“技术不会说话” [Technology is mute; my translation] (Doe"
        in yinzheng("cite", *words, "--style", "apa", cwd=pair_files).stdout
    )
    assert "“技术不会说话”（Technology is mute，笔者译）" in yinzheng("cite", *words, cwd=pair_files).stdout


def test_a_gloss_that_stands_in_the_original_is_said(pair_files: Path) -> None:
    _, said = cited(pair_files, "pair:1", "--quote", "技术不会说话", "--gloss", "Technology does not speak")

    assert "yinzheng cite pair/en:1 --quote 'Technology does not speak'" in said

    _, said = cited(pair_files, "pair:1", "--quote", "技术不会说话", "--gloss", "Technology is mute")
    assert "can be quoted in the place of your gloss: yinzheng cite pair/en:1" in said


def test_english_words_of_a_translation_that_the_original_lacks_are_said(pair_files: Path, tmp_path: Path) -> None:
    for name in ("corpus", "annotations"):
        shutil.copytree(pair_files / name, tmp_path / name)
    bib = tmp_path / "x.bib"
    bib.write_text("@book{x, author={X, Y}, title={Y}, related={pair}, relatedtype={translationof}}", encoding="utf-8")
    text = "人们把它叫作placeholder paradox，而那盏灯（The lamp is lit）还在港口亮着。"
    added = ["add", "-", "--work", "pair", "--edition", "zhb", "--lang", "zh-Hans", "--bib", "x.bib"]
    assert yinzheng(*added, cwd=tmp_path, stdin=text.encode()).returncode == 0
    _, lacks = cited(tmp_path, "pair/zhb:1", "--quote", "placeholder paradox")
    _, has = cited(tmp_path, "pair/zhb:1", "--quote", "The lamp is lit")

    assert "the English words 'placeholder paradox' are the translation's" in lacks
    assert "the English words" not in has


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["pair:1", "--gloss", "技术"], 1, "--gloss is in Chinese, as the words are"),
        (["pair/en:1", "--gloss", "mute"], 1, "--gloss is in English, as the words are"),
        (["pair:1", "--gloss", " "], 1, "not an empty text"),
        (["pair:1", "--gloss", "silent] “hands never paid” ["], 1, "a bracket in your --gloss has no partner"),
        (["pair:1", "--gloss", "mute (mostly"], 1, "a bracket in your --gloss has no partner"),
        (["pair:1", "--gloss", "“hands” never paid"], 1, "wants no quotation marks"),
        (["pair:1", "--gloss", "a 'mute' thing"], 1, "wants no quotation marks"),
        (["pair:1", "--gloss", "mute", "--lang", "both"], 1, "one passage"),
        (["pair", "--gloss", "mute"], 1, "which paragraph"),
        (["pair", "--quote", "高興"], 1, "as pair:2; they stand in ¶ 2"),
        (["pair:1-2"], 1, "the works here: pair"),
        (["pair:1", "pair:2", "--gloss", "mute"], 2, "name one paragraph"),
        (["pair:1", "pair:2", "--quote", "灯"], 2, "name one paragraph"),
        (["pair", "--only", "claim", "--quote", "灯"], 2, "whole annotations"),
        (["pair", "--only", "entity", "--central"], 2, "--central is said of claims"),
        (["pair:1", "--script-references"], 2, "--script hant"),
        (["pair", "pair:1", "--to", "json"], 1, "prints excerpts"),
        (["pair", "--only", "claim"], 1, "no accepted claims in pair/zh"),
        (["pair:1", "--style", "ap"], 1, "apa"),
        (["pair:1", "--to", "pdf"], 2, "markdown"),
        ([], 2, "WHAT"),
    ],
)
def test_what_does_not_go_together_says_what_does(
    pair_files: Path, arguments: list[str], code: int, message: str
) -> None:
    done = yinzheng("cite", *arguments, cwd=pair_files)

    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr


def test_a_digest_takes_no_gloss(demo: Path) -> None:
    done = yinzheng("cite", "park2023:12", "--gloss", "mute", cwd=demo)

    assert done.returncode == 1
    assert "a paraphrase" in done.stderr


def test_a_style_that_prints_no_gloss_names_those_that_do(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = STYLES["apa"]._replace(cite=lambda e, r, p: STYLES["apa"].cite(made(ZH, PLACE, [(0, 2)]), r, p))
    monkeypatch.setitem(STYLES, "silent", silent)

    with pytest.raises(YinzhengError, match=r"labels it as yours: .*\bapa\b"):
        cite.render([[GLOSSED]], {"pair": BIBLIOGRAPHY}, style="silent")


# English words between marks

BIBLIOGRAPHY = bib.parse(ENTRIES + "@misc{digest, author={{Us}}, title={A Digest}, date={2026}, langid={english}, related={pairzh}, relatedtype={digestof}}")  # fmt: skip
ZH, EN, DIGEST = edition(), edition("en", "original", "en", "pair"), edition("en", "digest", "digest-en", "digest")
PLACE = paragraph("灯塔不会说话")
GLOSSED = replace(made(ZH, PLACE, [(0, 6)]), gloss="Towers are mute")
OPENERS = (*"“‘「『«\"'", "{", "\\enquote{", "#quote[", "<q>", "<blockquote>", "> ")


def output(one: Excerpt, style: str, to: str) -> str:
    data = cite.render([[one]], {"pair": BIBLIOGRAPHY}, style=style, to=to).data
    if isinstance(data, bytes):
        import io
        import zipfile

        return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    return data


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("style", STYLES)
def test_english_words_stand_between_marks_only_where_they_are_the_original_s(style: str, to: str) -> None:
    """Verbatim from the original; or a gloss that the style labels; never a digest's."""
    ours = made(DIGEST, paragraph("Towers never speak, they hold.", edition="digest-en"), [(0, 30)])
    original = made(EN, paragraph("They said Towers never speak.", edition="en", page="7"), [(10, 28)])
    digest = output(ours, style, to)
    for words in ("Towers never speak", "Towers"):
        for at in range(len(digest)):
            if digest.startswith(words, at) and to != "json":
                assert not digest[:at].endswith(OPENERS), digest[max(0, at - 40) : at + 40]
    if ours.text in digest:
        assert digest.count(ours.text) == 1
    quoted = output(original, style, to)
    if "Towers" in quoted:
        assert "Towers never speak" in quoted
    try:
        glossed = output(GLOSSED, style, to)
    except YinzhengError as refusal:  # the style has no form for it
        if "prints no translation of the writer’s own" in str(refusal):
            return
        raise
    glossed = glossed.replace("\u200b", "").replace("\\", "")  # what Org and LaTeX escape with
    if "Towers are mute" in glossed:
        at = glossed.index("Towers are mute")
        label = glossed[max(0, at - 3) : at + len("Towers are mute") + 400]
        assert any(sign in label for sign in ("my trans", "筆者譯", "笔者译")), label
    elif str(PLACE.text) in glossed:
        pytest.fail(f"{to} prints the words and drops the gloss")


# Scripts of references


def test_references_stay_as_published_unless_asked(pair_files: Path) -> None:
    words = ["pair:1", "--quote", "技术", "--script", "hant", "--style", "apa"]
    stays = yinzheng("cite", *words, cwd=pair_files)
    turned = yinzheng("cite", *words, "--script-references", cwd=pair_files)

    assert "「技術」" in stays.stdout
    assert all(words in stays.stdout for words in ("港口的灯", "陈三", "灯塔学刊"))
    assert all(words in turned.stdout for words in ("港口的燈", "陳三", "燈塔學刊"))
    assert not any(words in turned.stdout for words in ("港口的灯", "陈三", "灯塔学刊"))
    assert "the references are converted too" in turned.stderr
    assert "转换" not in turned.stdout


def test_what_programs_read_is_not_converted() -> None:
    turned = in_script(bib.parse("@online{a, title={发现头发}, url={https://e.org/发现}, langid={chinese}}"), "hant")

    assert turned.entries["a"].fields == {"title": "發現頭髮", "url": "https://e.org/发现", "langid": "chinese"}
    assert in_script(turned, "hant") == turned


# Handouts


def test_a_handout_of_the_theses(demo: Path) -> None:
    started = time.monotonic()
    done = yinzheng("cite", "park2023", "--only", "claim", "--central", "--to", "markdown", cwd=demo)
    text = done.stdout
    records = [
        json.loads(line) for line in (demo / "annotations/park2023/claims.jsonl").read_text("utf-8").split("\n") if line
    ]
    theses = [one for one in records if one["central"] and one["edition"] == "zh"]
    numbers = [int(part.split("段")[0]) for part in text.split("**第")[1:]]

    assert time.monotonic() - started < 10
    assert all(one["gloss_zh"] in text for one in theses)
    assert len(theses) == 24
    assert numbers == sorted(numbers)
    assert "論斷（撮述：" in text
    assert done.stderr.count("a paraphrase and no quotation") == 1
    assert "「作者" not in text


def test_a_handout_in_english_and_of_figures(demo: Path) -> None:
    english = yinzheng("cite", "park2023/digest-en", "--central", "--lang", "en", cwd=demo).stdout
    entities = yinzheng("cite", "park2023/digest-zh:41", "--only", "entity", "--script", "hans", cwd=demo).stdout
    figures = yinzheng("cite", "park2023:39", "--only", "figure", cwd=demo).stdout
    speakers = yinzheng("cite", "park2023/digest-en", "--only", "claim", cwd=demo).stdout

    assert "¶ 3 · evaluative claim, Park (in our words: " in english
    assert english.rstrip().splitlines()[-1].startswith("Yinzheng contributors. (2026).")
    assert "第41段 · 人物（萩生田光一）" in entities
    assert figures.startswith("第39段 · 日期（2020年起：華為遭美國制裁的起始年份；2019財年：")
    assert " · 百分比（53%：索尼2019財年的" in figures
    assert "；43%：索尼2021財年的" in figures
    assert len({line for line in speakers.splitlines() if line.startswith("¶ ") and "claim, Ezra Vogel (" in line}) == 1


def test_a_handout_has_the_heading_above(pair_files: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(pair_files, folder)
    made = yinzheng("mark", "pair:1", "--quote", "电灯中看不中用", "--claim", "evaluative", "--gloss-zh", "電燈不好用",
                    "--central", cwd=folder)  # fmt: skip
    done = yinzheng("cite", "pair", "--central", cwd=folder)

    assert made.returncode == 0, made.stderr
    assert done.stdout.startswith("第1段 · 一、起因 · 评价论断（撮述：电灯不好用）\n\n“电灯中看不中用”")


# How much is quoted


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(1, 20)), max_size=8))
def test_what_is_quoted_twice_counts_once(ranges: list[tuple[int, int]]) -> None:
    text = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    quotations = [("pair.p00000001", text[start : start + size]) for start, size in ranges]
    covered = {at for start, size in ranges for at in range(start, min(start + size, len(text)))}

    assert share(ZH, [paragraph(text)], quotations).letters == len(covered)


def test_the_account_of_a_text_in_copyright() -> None:
    text = "甲乙丙丁戊己庚辛壬癸" * 2
    free = replace(ZH, rights="https://creativecommons.org/licenses/by/4.0/")
    strict = replace(ZH, quote_limit=5)
    place = [paragraph(text), paragraph("子丑寅卯", id="pair.p00000002")]
    elided = share(ZH, place, [("pair.p00000001", "甲乙……丁"), ("pair.p00000001", "癸 甲"), ("pair.p00000002", "寅卯")])

    assert (elided.letters, elided.of) == (3 + 2 + 2, 24)
    assert share(ZH, place, [("pair.p00000001", "壬癸甲乙丙丁戊己庚辛壬癸子丑")]).letters == 14  # over two paragraphs
    assert share(ZH, place, [("pair.p00000001", "錯字")]).letters == 2
    assert (share(ZH, place, []).limit, share(strict, place, []).limit) == (LIMIT, 5)
    assert str(elided).startswith("7 of the 24 letters of pair/zh are quoted (29%), more than 10 %")
    assert is_restricted(ZH)
    assert not is_restricted(free)


def test_the_limit_is_the_edition_s(pair_files: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(pair_files, folder)
    toml = folder / "corpus/pair/work.toml"
    toml.write_text(toml.read_text("utf-8").replace('text = "local"', 'text = "local"\nquote_limit = 95', 1), "utf-8")
    _, under = cited(folder, "pair:1", "pair:2")
    toml.write_text(toml.read_text("utf-8").replace("95", "0"), "utf-8")
    _, over = cited(folder, "pair:1", "--quote", "技术")
    toml.write_text(toml.read_text("utf-8").replace("quote_limit = 0", 'quote_limit = "much"'), "utf-8")
    wrong = yinzheng("cite", "pair:1", cwd=folder)

    assert "are quoted" not in under
    assert "2 of the" in over
    assert "more than 0 %" in over
    assert "quote_limit = 'much' is not int" in wrong.stderr


def test_much_of_a_text_is_said_below_the_output(pair_files: Path, demo: Path) -> None:
    _, much = cited(pair_files, "pair:1", "pair:2")
    _, little = cited(pair_files, "pair:1", "--quote", "技术")
    _, free = cited(demo, *(f"park2023/digest-en:{n}" for n in range(1, 40)))

    assert "letters of pair/zh are quoted" in much
    assert "no legal advice" in much
    assert "are quoted" not in little + free


def test_verify_counts_a_whole_manuscript(pair_files: Path) -> None:
    first = "「技術不會說話」[@pairzh, para. 1]，"
    second = first + "“灯塔在1907年以22票对20票获准修建”[@pairzh, para. 1]。"
    little, much = (
        yinzheng("verify", "-", "--markup", "markdown", cwd=pair_files, stdin=text.encode()) for text in (first, second)
    )

    assert "are quoted" not in little.stderr
    assert "26 of the 97 letters of pair/zh are quoted (27%)" in much.stderr  # 6 and 20
    assert (little.returncode, much.returncode) == (0, 0)


# The command


def test_help_is_light_and_has_examples() -> None:
    code = (
        "import sys, yinzheng.cli as c\n"
        "try: c.cli(['cite', '--help'], prog_name='yinzheng', standalone_mode=False)\n"
        "except SystemExit: pass\n"
        "heavy = {'opencc', 'bibtexparser', 'docx', 'lxml', 'pypinyin', 'numpy', 'spacy', 'zipfile'} & set(sys.modules)\n"
        "sys.exit(f'imported: {sorted(heavy)}' if heavy else 0)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True)

    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout.decode().count("yinzheng cite park2023") >= 4


def test_styles_are_listed_and_completed(demo: Path) -> None:
    listed = yinzheng("cite", "--list-styles", cwd=demo).stdout
    completed = yinzheng("cite", "--style", "ap", cwd=demo, _YINZHENG_COMPLETE="bash_complete",
                         COMP_WORDS="yinzheng cite --style ap", COMP_CWORD="3").stdout  # fmt: skip

    assert len(listed.splitlines()) == len(STYLES) + 1
    assert all(word in listed.splitlines()[1] for word in ("apa", "APA, 7th edition", "English", "author-date"))
    assert "plain,apa" in completed
    assert "gbt" not in completed
