"""`cite --csl FILE`: any CSL style, set by pandoc, printed in every format."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from conftest import yinzheng
from test_citing import BIBLIOGRAPHY, DIGEST, EN, excerpt
from yinzheng import bib
from yinzheng.citing import csl
from yinzheng.citing.cite import render
from yinzheng.errors import YinzhengError

HEAD = '<?xml version="1.0" encoding="utf-8"?><style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{kind}"{more}><info><title>A Test Style</title><id>x</id><updated>2026-01-01T00:00:00+00:00</updated></info>'
BODY = """
<citation><layout prefix="{opens}" suffix="{closes}" delimiter="; "><group delimiter=" | "><names variable="author"><name form="short"/></names>
<date variable="issued"><date-part name="year"/></date><group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group></group></layout></citation>
<bibliography><sort><key variable="title"/></sort><layout><group delimiter=", "><names variable="author"/><text variable="title" font-style="italic"/>
<names variable="translator" prefix="tr. "/><text variable="DOI" prefix="https://doi.org/"/></group></layout></bibliography></style>"""
IN_TEXT = HEAD.format(kind="in-text", more="") + BODY.format(opens="&lt;", closes="&gt;")
NOTES = HEAD.format(kind="note", more="") + BODY.format(opens="", closes=".")
CHINESE = HEAD.format(kind="in-text", more=' default-locale="zh-CN"') + BODY.format(opens="（", closes="）")
DEPENDENT = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>D</title><link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info></style>'
HOSTILE = r"a <i>b</i> & $x$ *y* _z_ `c` {d} \e “unbalanced </script> 🙂𠮷"


@pytest.fixture(autouse=True)
def pandoc() -> None:
    if not shutil.which("pandoc"):
        pytest.importorskip("pypandoc", reason="no pandoc here")


def made(tmp_path: Path, style: str, *excerpts: object, to: str = "text", book: bib.Bibliography = BIBLIOGRAPHY) -> str:
    (tmp_path / "x.csl").write_text(style, encoding="utf-8")
    passages = [[one] for one in excerpts]
    chosen, _ = csl.style(tmp_path / "x.csl", passages, {"doe2019": book})  # type: ignore[arg-type]
    printed = render(passages, {"doe2019": book}, to=to, style=chosen).data  # type: ignore[arg-type]
    assert isinstance(printed, str)
    return printed


def test_the_style_makes_the_citations_and_the_list(tmp_path: Path) -> None:
    said = made(tmp_path, IN_TEXT, excerpt("占位符"), excerpt("Placeholders.", EN, page="105"))

    assert "“占位符”" in said
    assert "<Doe, Roe | 2021 | para. 12>" in said
    assert "“Placeholders.” <Doe, Roe | 2019 | p. 105>" in said
    assert (
        "References\nJane A. Doe, Richard Roe, An Example Title: Placeholders in Practice, https://doi.org/10.5555/jps.2019"
        in said
    )
    assert "示例标题：占位符的实践, tr. 张三, 李四" in said


def test_titles_are_set_apart_and_links_are_links(tmp_path: Path) -> None:
    said = made(tmp_path, IN_TEXT, excerpt("占位符"), to="html")

    assert "An Example Title: Placeholders in Practice</" in said
    assert 'href="https://doi.org/10.5555/jps.2019"' in said


def test_a_style_of_notes_makes_notes(tmp_path: Path) -> None:
    said = made(tmp_path, NOTES, excerpt("占位符"), excerpt("占位符从不说话。"))

    assert "1. Doe, Roe | 2021 | para. 12." in said
    assert "2. Doe, Roe | 2021 | para. 12." in said


def test_a_digest_is_said_to_be_one_and_what_is_not_verified_says_so(tmp_path: Path) -> None:
    said = made(tmp_path, IN_TEXT, excerpt("The authors hold that …", DIGEST))

    assert "summarising Doe & Roe" in said
    assert "“The authors" not in said
    assert "A & B: 100% Digest [Not verified: pages]" in said


def test_a_chinese_style_speaks_chinese(tmp_path: Path) -> None:
    said = made(tmp_path, CHINESE, excerpt("占位符", emphasis=(0, 3)))

    assert "（Doe" in said
    assert "着重号为所引版本所有" in said
    assert "参考文献" in said


def test_the_writers_own_translation_is_labelled(tmp_path: Path) -> None:
    assert "[Placeholders; my translation]" in made(tmp_path, IN_TEXT, excerpt("占位符", gloss="Placeholders"))


def test_hostile_words_come_out_as_they_are(tmp_path: Path) -> None:
    title = bib.escape(HOSTILE)
    book = bib.parse(
        f"@book{{doe2019zh, author={{{{{title}}}}}, title={{{title}}}, date={{2020}}, langid={{chinese}}}}"
    )
    said = made(tmp_path, IN_TEXT, excerpt("占位符"), book=book)

    assert said.count(HOSTILE) == 3  # in the citation, and as author and title in the list


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no xml", "no CSL style"),
        ("<html/>", "no CSL style"),
        (DEPENDENT, "take that one: http://www.zotero.org/styles/apa"),
        (HEAD.format(kind="in-text", more="") + "</style>", "pandoc cannot use this style"),
    ],
)
def test_what_is_no_style_is_said(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(YinzhengError, match=message):
        made(tmp_path, content, excerpt("占位符"))


def test_without_pandoc_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setitem(sys.modules, "pypandoc", None)

    with pytest.raises(YinzhengError, match=r"needs pandoc: install it .*yinzheng\[csl\]"):
        made(tmp_path, IN_TEXT, excerpt("占位符"))


def test_the_command(demo: Path) -> None:
    (demo / "x.csl").write_text(IN_TEXT, encoding="utf-8")
    done = yinzheng("cite", "park2023/digest-en:3", "--csl", "x.csl", cwd=demo)
    both = yinzheng("cite", "park2023/digest-en:3", "--csl", "x.csl", "--style", "apa", cwd=demo)
    nowhere = yinzheng("cite", "park2023/digest-en:3", "--csl", "nowhere.csl", cwd=demo)

    assert done.returncode == 0, done.stderr
    assert "<Yinzheng contributors | 2026 | para. 3, summarising Park" in done.stdout
    assert "park2023zh: CSL has no role 審校" in done.stderr
    assert "paragraphs are counted" in done.stderr
    assert (both.returncode, nowhere.returncode) == (2, 2)
