"""One manuscript in every markup, all ten verdicts, through the command: where each is, in each report, and mended."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import yinzheng
from manuscripts import docx, field, note, paragraph, run, zotero
from test_verify import EN, ZH
from yinzheng.verifying.judge import VERDICTS

TEXTS = Path(__file__).parent / "texts" / "manuscripts"
DIGEST = ["The port paid for lighthouses, and the boats did not vanish; the author finds the plan late."]
BIB = """@book{lin, author = {林守}, title = {港口與燈塔}, date = {2019}, langid = {chinese}}
@book{linen, author = {Lin, Shou}, title = {Harbours and Lamps}, date = {2021}, langid = {english}}
"""
# The words, the verdict, the number of the paragraph where they are; what mends them, where a patch can.
TABLE: list[tuple[str, str, int | None, str | None]] = [
    ("漁船的數量並未下降", "exact", 1, None),
    ("渔船的数量并未下降", "variant", 1, None),
    ("港務局在2019年撥出35億元……反而增長了18.5%", "elided-marked", 1, None),
    ("市議會以22票對20票通過了議案", "wrong-paragraph", 2, None),
    ("這說明後來的工程發起得太晚", "altered", 1, "這說明後來的計劃發起得太晚"),
    ("臺風吹倒了三座燈塔，皇后碼頭也停用了半年。", "exact", 3, None),
    ("output rose to 53 MW", "figure-changed", 1, "output rose to 35 MW"),
    ("The keepers were able to adapt", "negation-changed", 1, "The keepers were unable to adapt"),
    ("subsidies would not be renewed", "elided-unmarked", 1, "subsidies of $3.5 billion would not be renewed"),
    ("The port paid for lighthouses, and the boats did not vanish", "not-found", None, None),
    ("Ships need no lamps any more", "unchecked", None, None),
]
MENDED = {"altered", "figure-changed", "negation-changed", "elided-unmarked", "wrong-paragraph"}
NAMES = ["harbour.md", "harbour.tex", "harbour.typ", "harbour.org", "harbour.html", "harbour.txt"]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with an original, a translation and a digest, and a manuscript in each markup beside them."""
    folder = tmp_path_factory.mktemp("sources")
    assert yinzheng("init", ".", cwd=folder).returncode == 0
    for edition, lang, texts in (("zh", "zh-Hant", ZH), ("en", "en", EN), ("digest", "en", DIGEST)):
        (folder / f"{edition}.txt").write_text("\n\n".join(texts), encoding="utf-8")
        added = yinzheng("add", f"{edition}.txt", "--work", "lin", "--edition", edition, "--lang", lang, cwd=folder)
        assert added.returncode == 0, added.stderr
    facts = folder / "corpus" / "lin" / "work.toml"
    head, digest = facts.read_text(encoding="utf-8").split("[editions.digest]")
    digest = re.sub('role = "[a-z]+"', 'role = "digest"', digest)
    facts.write_text(f"{head}[editions.digest]{digest}", encoding="utf-8")
    (folder / "corpus" / "lin" / "references.bib").write_text(BIB, encoding="utf-8")
    for path in TEXTS.glob("harbour*"):
        shutil.copy(path, folder)
    (folder / "harbour.docx").write_bytes(harbour_docx())
    return folder


def harbour_docx() -> bytes:
    def cite(key: str, place: str) -> str:
        return field(zotero(key, "", place, "paragraph").replace('"DOI": "10.9999/x.1", ', ""), f"({key}, {place})")

    def said(words: str, key: str, place: str = "1") -> str:
        marks = "“”" if words.isascii() else "「」"
        return run(f"{marks[0]}{words}{marks[1]} ") + cite(key, place) + run(". ")

    rows = [row[0] for row in TABLE]
    return docx(
        paragraph(said(rows[0], "linzh"), said(rows[1], "linzh"), said(rows[2], "linzh")),
        paragraph(said(rows[3], "linzh", "3"), said(rows[4], "linzh")),
        paragraph(run(rows[5]), cite("linzh", "3"), style="q"),
        paragraph(said(rows[6], "linen"), said(rows[7], "linen"), note(2), said(rows[8], "linen")),
        paragraph(run(f"“{rows[9]}” "), field(" CITATION lin", "(Lin 2019)")),
        footnotes=f'<w:footnote w:id="2"><w:p>{said(rows[10], "other2020", "3")}</w:p></w:footnote>',
        styles='<w:style w:type="paragraph" w:styleId="q"><w:name w:val="Quote"/></w:style>',
    )


def verified(folder: Path, name: str, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return yinzheng("verify", name, *arguments, cwd=folder, **more)


def rows(output: str) -> list[dict[str, Any]]:
    return [row for line in output.split("\n") if line and (row := json.loads(line))["type"] == "quotation"]


def plain(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("name", [*NAMES, "harbour.docx"])
def test_all_ten_verdicts(sources: Path, name: str) -> None:
    ran = verified(sources, name, "--to", "jsonl")
    told = sorted(rows(ran.stdout), key=lambda row: row["verdict"] == "unchecked")  # where the note stands inside

    assert ran.returncode == 1
    assert {row[1] for row in TABLE} == set(VERDICTS)
    assert [(plain(row["quote"]), row["verdict"], row["number"]) for row in told] == [
        (plain(words), verdict, number) for words, verdict, number, _ in TABLE
    ]
    assert told[9]["reason"] == "digest"
    assert told[10]["reason"] == "key"
    for row in told:
        if name != "harbour.docx":
            lines = (sources / row["file"]).read_text(encoding="utf-8").split("\n")
            assert lines[row["line"] - 1][row["column"] - 1 :].startswith(row["quote"][:4])
    if name == "harbour.docx":
        assert [row["line"] for row in told] == [1, 1, 1, 2, 2, 3, 4, 4, 4, 5, 4]
    if name == "harbour.tex":
        assert {row["file"] for row in told[6:]} == {"harbour-two.tex"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tool", [["git", "apply", "-"], ["patch", "-p1"]], ids=["git", "patch"])
def test_the_patch_mends_what_can_be_mended(sources: Path, tmp_path: Path, name: str, tool: list[str]) -> None:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not on this machine")
    for path in TEXTS.glob("harbour*"):
        shutil.copy(path, tmp_path)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return yinzheng("--workspace", str(sources), "verify", name, *arguments, cwd=tmp_path)

    first = run("--fix")
    assert first.returncode == 1
    applied = subprocess.run(tool, cwd=tmp_path, input=first.stdout.encode(), capture_output=True)
    assert applied.returncode == 0, (applied.stderr, first.stdout)

    told = sorted(rows(run("--to", "jsonl").stdout), key=lambda row: row["verdict"] == "unchecked")
    assert [(plain(row["quote"]), row["verdict"]) for row in told] == [
        (plain(mended or words), "exact" if verdict in MENDED else verdict) for words, verdict, _, mended in TABLE
    ]
    assert run("--fix").stdout == ""


def test_a_cut_over_paragraphs_names_them(sources: Path, tmp_path: Path) -> None:
    quoted = "「撥出35億元修建燈塔……每晚只燒掉3噸煤」"
    (tmp_path / "over.md").write_text(f"{quoted}[@linzh, paras. 1–2]，{quoted}[@linzh, para. 1]。\n", encoding="utf-8")

    def run(*arguments: str) -> str:
        return yinzheng("--workspace", str(sources), "verify", "over.md", *arguments, cwd=tmp_path).stdout

    told = rows(run("--to", "jsonl"))
    assert [(row["verdict"], row["number"], row["through"]) for row in told] == [
        ("elided-marked", 1, 2),
        ("wrong-paragraph", 1, 2),
    ]
    assert run("--report-lang", "en").count("several paragraphs: ¶ 1–2") == 2
    assert "第 1–2 段" in run("--report-lang", "zh")
    assert f"+{quoted}[@linzh, paras. 1–2]，{quoted}[@linzh, para. 1–2]。" in run("--fix")


def test_a_word_document_gets_a_comment_at_each_finding(sources: Path) -> None:
    before = (sources / "harbour.docx").read_bytes()
    ran = subprocess.run(
        [sys.executable, "-m", "yinzheng", "verify", "harbour.docx", "--to", "docx", "--report-lang", "en"],
        cwd=sources,
        capture_output=True,
    )
    copy = zipfile.ZipFile(io.BytesIO(ran.stdout))
    comments = copy.read("word/comments.xml").decode()

    assert ran.returncode == 1
    assert comments.count("<w:comment ") == sum(row[1] not in ("exact", "variant", "elided-marked") for row in TABLE)
    assert "The source has “35”, not “53”." in comments
    assert "[-" not in comments
    part = copy.read("word/document.xml").decode()  # of a note, at its call: Word allows no comment inside
    assert part.count("commentRangeStart") == part.count("commentRangeEnd") == comments.count("<w:comment ")
    assert (sources / "harbour.docx").read_bytes() == before


def test_a_word_processor_shows_the_comments(sources: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    ran = subprocess.run(
        [sys.executable, "-m", "yinzheng", "verify", "harbour.docx", "--to", "docx", "--report-lang", "en"],
        cwd=sources,
        capture_output=True,
    )
    (tmp_path / "copy.docx").write_bytes(ran.stdout)
    for form in ("odt", "pdf"):
        subprocess.run(
            [office, f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless", "--convert-to", form, "copy.docx"],
            cwd=tmp_path, check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    content = zipfile.ZipFile(tmp_path / "copy.odt").read("content.xml").decode()
    notes = re.findall(r"<office:annotation .*?</office:annotation>", content, re.S)
    said = [re.sub(r"<[^>]+>", "", note) for note in notes]

    assert len(notes) == sum(row[1] not in ("exact", "variant", "elided-marked") for row in TABLE)
    assert any("The source: “output rose to 35 MW”" in note for note in said)
    assert all("Yinzheng" in note for note in said)
    assert all(plain(row[0]) in plain(re.sub(r"<[^>]+>", "", content)) for row in TABLE if len(row[0]) < 12)
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")


def test_both_languages_and_the_exit_codes(sources: Path, tmp_path: Path) -> None:
    english = verified(sources, "harbour.md", "--report-lang", "en")
    chinese = verified(sources, "harbour.md", "--report-lang", "zh")
    (tmp_path / "right.md").write_text(
        "「漁船的數量並未下降」[@linzh, para. 1]，“Nobody’s words here” [@x].", encoding="utf-8"
    )
    right = yinzheng("--workspace", str(sources), "verify", "right.md", cwd=tmp_path)
    wrong = verified(sources, "harbour.md", "harbour.org", "--to", "jsonl")

    assert "11 quotations: 4 right, 6 wrong, 1 unchecked" in english.stdout
    assert "引文 11 條：無誤 4，有誤 6" in chinese.stdout
    assert (english.returncode, chinese.returncode, right.returncode, wrong.returncode) == (1, 1, 0, 1)
    assert verified(sources, "harbour.md", "--to", "nonsense").returncode == 2
    assert len(rows(wrong.stdout)) == 22


@pytest.fixture(scope="module")
def mole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A translation with a note of its translator's."""
    folder = tmp_path_factory.mktemp("mole")
    text = (
        "# 防波堤史\n\n防波堤在1911年由漁會出資修成，耗銀5,600兩，全長280米。\n\n漁會並不同意加價，也從未收過一文錢。\n\n"
        "譯者註：「漁會」在原文中是一個行會，譯名依當地的習慣。\n"
    )
    (folder / "mole.md").write_text(text, encoding="utf-8")
    assert yinzheng("init", ".", cwd=folder).returncode == 0
    added = yinzheng("add", "mole.md", "--work", "mole", "--edition", "zh", "--lang", "zh-Hant", cwd=folder)
    assert added.returncode == 0, added.stderr
    return folder


@pytest.mark.parametrize(
    ("line", "verdict", "reason"),
    [
        ("作者認為「在原文中是一個行會，譯名依當地的習慣」[@mole]。", "wrong-paragraph", "whose"),
        ("譯者註說「在原文中是一個行會，譯名依當地的習慣」[@mole]。", "exact", "voice"),
        ("其中「在原文中是一個行會，譯名依當地的習慣」[@mole, 譯者註]。", "exact", "voice"),
        ("The translator’s note says so: 「在原文中是一個行會，譯名依當地的習慣」 [@mole].", "exact", "voice"),
        ("譯者說過話。作者認為「在原文中是一個行會，譯名依當地的習慣」[@mole]。", "wrong-paragraph", "whose"),
    ],
)
def test_another_s_words_are_not_quoted_as_the_author_s(mole: Path, line: str, verdict: str, reason: str) -> None:
    (mole / "one.md").write_text(line + "\n", encoding="utf-8")
    told = json.loads(yinzheng("verify", "one.md", "--to", "jsonl", cwd=mole).stdout.split("\n")[0])

    assert (told["verdict"], told["reason"], told["where"]) == (verdict, reason, "translator")
    assert "translator" in yinzheng("verify", "one.md", "--report-lang", "en", cwd=mole).stdout


def test_what_fix_proposes_is_right_and_the_rest_is_named(mole: Path) -> None:
    lines = [
        "「防波堤在1911年由漁會出資修建」[@mole, para. 1]。",  # the last word
        "「築壩在1911年由漁會出資修成」[@mole, para. 1]。",  # the first
        "「600兩，全長280米」[@mole, para. 1]。",  # inside a number
        "他們「同意加價，也從未收過一文錢」[@mole, para. 2]。",
        "「全長380米[原文如此]，耗銀5,600兩」[@mole, para. 1]。",
    ]
    (mole / "many.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    before = yinzheng("verify", "many.md", "--fix", "--report-lang", "en", cwd=mole)
    applied = subprocess.run(["patch", "-p1"], cwd=mole, input=before.stdout, text=True, capture_output=True)

    assert applied.returncode == 0, applied.stdout
    mended = (mole / "many.md").read_text(encoding="utf-8").split("\n\n")
    assert mended[0].startswith("「防波堤在1911年由漁會出資修成」")
    assert mended[2].startswith("「5,600兩，全長280米」")
    assert mended[3].startswith("他們「不同意加價")
    after = [
        json.loads(row) for row in yinzheng("verify", "many.md", "--to", "jsonl", cwd=mole).stdout.strip().split("\n")
    ]
    wrong = {row["line"] for row in after if row["verdict"] not in ("exact", "variant", "elided-marked")}
    assert all(f"many.md:{line}: " in before.stderr for line in wrong)
    assert "many.md:1: " not in before.stderr


def test_reports_show_the_source_of_a_variant_and_what_a_bracket_replaced(mole: Path) -> None:
    words = "「防波堤在1911年由漁會出資修成」、「渔会并不同意加价」與「[公會]並不同意加價」[@mole]。其長300米[@mole, para. 1; @mole, para. 1]。"
    (mole / "shown.md").write_text(words + "\n", encoding="utf-8")
    page = yinzheng("verify", "shown.md", "--to", "html", cwd=mole).stdout
    numbers = yinzheng("verify", "shown.md", "--numbers", "--report-lang", "en", cwd=mole).stdout

    assert "<td>漁會並不同意加價</td>" in page
    assert numbers.count("300米 is cited to") == 1
