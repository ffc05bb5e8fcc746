"""Formats of documents: what other programs read in them are the very words, whatever these are made of."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import mammoth
import pytest
from conftest import ROOT, yinzheng
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from screen import on_screen
from test_citing import BIBLIOGRAPHY, CASES, DIGEST, EN, edition, excerpt
from yinzheng import bib
from yinzheng.citing import cite
from yinzheng.citing.bundle import Printed
from yinzheng.citing.excerpt import Excerpt
from yinzheng.citing.formats import DOCUMENTS
from yinzheng.citing.formats.document import clean, stretches
from yinzheng.citing.styles import STYLES

HANT = edition("hant", "zh-Hant", "translation", "doe2019zh")
MARKUP = ("markdown", "latex", "typst", "org", "html", "docx")
NOTES = "lishi-yanjiu"
LONG = "占位符从不说话；他说“不”。" * 10
ENGLISH = "Placeholders never speak; they hold 5% of the place & say nothing. " * 6
# Several passages, both scripts, a block, a paraphrase, emphasis, a gloss, a caption, pairs.
DOCUMENT: list[list[Excerpt]] = [
    [CASES["translation-quoted"]],
    [
        excerpt(
            "佔位符從不說話。「不」，他說。", HANT, emphasis=(0, 3), gloss="They never speak.", caption="Claim 1: 5 %"
        )
    ],
    [excerpt("佔位符從不說話。", HANT), CASES["digest-paraphrase"]],
    [excerpt(LONG)],
    [excerpt(LONG, page="4"), excerpt(ENGLISH.strip(), EN, page="105")],
    [CASES["translators-note"]],
    [CASES["original-quoted"]],
]
HOSTILE = (
    r"100% & a_b #1 $5 {x} ~ ^ \ end", 'a "quoted" word, and “unbalanced', "</script><b>& &amp; é --> <!--",
    "=cmd()|'/c calc'!A0", "\u202eright to left\u202c 你好", "\u202eleft open", "\u2069closed", "🙂 𠮷野家 𪚥", "{{unbalanced",
    "un}balanced", r"\textbf{x} \& \{ \input{x}", "$math$ and $", "@article{x,", "a -- b --- c ... d", "key: value # no",
    "* star", "- minus", "1. one", "a) alpha", "iv. four", "(i) x", "# head", "#+end_quote", "> quote", "| a | b |",
    ": x", "~~~", "```", "---", "===", "[[link]] [x](y) ![z](w)", "[fn:1] x[^1] ^[y]", "<https://x.org> https://x.org/a_b",
    "#let x = 1", "#[x] <label> @ref", "/ term: x", "// comment /* c */", "don't 'a' \"b\" `c` ``d''", "?`!`<<>>,,--",
    "\\\\", r"\(x\) \[y\]", "a\\", "%%(x)", "% title", "src_a{b} {{{m}}} @@h:x@@", "=a= ~b~ +c+ /d/ _e_ *f* ==g==", "字*粗*字_下_字",
    "&lt; &#60; &copy;", "x^2^ H~2~O x^{2}", "-1 +1 1/2 -?", "[2020-01-01 Wed] <2020-01-01>", ":PROPERTIES:", "\x00\x07\x1b[31mred\x9f",
    "\ud800 lone", "\ufffe\uffff", "a\u2028b\u2029c\nd\r\ne", "a\u00a0b　c", "“他”‘不’”", "()[]{}", "; @x [y] & z", "${x}", "$[x]",
)  # fmt: skip


def printed(to: str, passages: Sequence[Sequence[Excerpt]], style: str | None = None) -> Printed:
    return cite.render(passages, {"doe2019": BIBLIOGRAPHY}, to=to, style=style)


def pandoc() -> str:
    """A pandoc that reads Typst; the extra brings one."""
    try:
        pypandoc: Any = import_module("pypandoc")
        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        found = shutil.which("pandoc")
    if found is None or int(subprocess.run([found, "-v"], capture_output=True, text=True).stdout.split()[1][0]) < 3:
        pytest.skip("no pandoc 3 on this machine")
    return found


def run(*arguments: str, cwd: Path | None = None, stdin: str | bytes = b"") -> str:
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    done = subprocess.run(arguments, cwd=cwd, input=data, capture_output=True, timeout=300)
    assert done.returncode == 0, (arguments[0], done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout.decode("utf-8", "replace")


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found


def spoken(node: Any) -> str:
    """The words of a node of pandoc's tree; nothing for a citation, which pandoc makes itself."""
    if isinstance(node, list):
        return "".join(map(spoken, node))
    kind, inner = node["t"], node.get("c")
    if kind in ("Para", "Plain", "Header"):
        return spoken(inner[2] if kind == "Header" else inner) + "\n"
    if kind == "Quoted":
        opening, closing = "“”" if inner[0]["t"] == "DoubleQuote" else "‘’"
        return f"{opening}{spoken(inner[1])}{closing}"
    if kind in ("Str", "Space", "SoftBreak", "Cite"):
        return {"Str": str(inner), "Cite": ""}.get(kind, " ")
    assert kind not in ("Math", "RawInline", "RawBlock", "Note", "BulletList", "OrderedList", "DefinitionList"), node
    if kind == "Table":
        return "".join(spoken(cell[4]) for body in inner[4] for row in body[3] for cell in row[1])
    if kind == "Figure":
        return spoken(inner[2]) + spoken(inner[1][1])
    if kind == "Code":
        return str(inner[1])
    return spoken(inner[1] if kind in ("Span", "Link", "Div") else inner)


def lines(to: str, data: str | bytes) -> list[str]:
    """The paragraphs that pandoc reads; it does not know LaTeX's name for a grave accent that stands alone."""
    if isinstance(data, str) and to == "latex":
        data = data.replace(r"\textasciigrave{}", r"\`{}")
    tree = json.loads(run(pandoc(), "-f", to, "-t", "json", stdin=data))
    blocks = [block for block in tree["blocks"] if block["t"] != "RawBlock"]  # a comment
    return "".join(
        spoken(block).replace("\n", "") + "\n" if block["t"] == "Para" else spoken(block) for block in blocks
    ).split("\n")


def bare(text: str, to: str) -> str:
    """Words as all of these formats tell them: white space in one, none at the ends; what Org escapes with taken away."""
    text = re.sub(" +", " ", text.replace("\u200b", "")).strip()
    return text.replace("’", "'") if to == "latex" else text  # between letters ' is LaTeX's ’


texts = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("%&_#${}~^\\*`[]<>@\"'“”‘’「」—-. 1)(+=:/|;,!?ab字𠮷🙂\u200f\u202e\u2067\t\n\u00a0\u3000"),
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: clean(text).replace("\u200b", "").strip() != "")


def hold_the_words(to: str, some: Sequence[str]) -> None:
    """Our own words are the ones to try: nothing stands before them, so that a line can begin with anything."""
    document = printed(to, [[excerpt(text, DIGEST)] for text in some], "apa")
    told = " (Yinzheng contributors, 2026, para. 12, summarising Doe & Roe, 2019/2021)"
    told = " , summarising " if to == "typst" else told  # between its two citations
    read = [bare(line.removesuffix(told), to) for line in lines(to, document.data)]

    assert read[: len(some)] == [bare(clean(text), to) for text in some]


@pytest.mark.parametrize("to", MARKUP)
def test_pandoc_reads_the_hostile_words(to: str) -> None:
    hold_the_words(to, HOSTILE)


@pytest.mark.parametrize("to", MARKUP)
def test_pandoc_reads_the_very_words(to: str) -> None:
    @settings(max_examples=8)
    @given(st.lists(texts, min_size=20, max_size=40))
    def holds(some: list[str]) -> None:  # a process for each list
        hold_the_words(to, some)

    holds()


@pytest.mark.parametrize("to", MARKUP)
def test_hostile_words_in_every_place(to: str) -> None:
    """Captions, glosses, block quotations and pairs in columns."""
    more = " word" * 40
    passages = []
    for hostile in HOSTILE:
        one = excerpt(hostile + more, EN, caption=hostile, number=None)
        passages += [[one], [one, excerpt("佔位符。", HANT, gloss=hostile)]]
    read = [bare(line, to) for line in lines(to, printed(to, passages, "apa").data)]

    for hostile in HOSTILE:
        assert read.count(bare(clean(hostile), to)) == 2, hostile  # the captions
        assert "".join(read).count(bare(clean(hostile + more), to)) >= 2, hostile
        label = " My translation." if hostile.endswith((".", "?", "!")) else "; my translation"
        assert bare(clean(f" [{hostile}{label}]"), to) in "".join(read), hostile


@pytest.mark.parametrize("to", ["text", "html", "docx"])
def test_hostile_titles_and_names_in_the_list(to: str) -> None:
    fields = [bib.escape(clean(hostile)) for hostile in HOSTILE]
    entries = {
        f"doe{n}": bib.Entry("misc", f"doe{n}", {"author": f"{{{field}}}", "title": field, "date": "2026"})
        for n, field in enumerate(fields)
    }
    keys = [("doe2019", key, "en") for key in entries]
    data = cite.render([], {"doe2019": bib.Bibliography(entries)}, to=to, style="apa", keys=keys).data
    read = data if isinstance(data, str) and to == "text" else "\n".join(lines(to, data))

    for hostile in HOSTILE:
        assert bare(read, to).count(bare(clean(hostile), to)) >= 2, hostile


@given(texts)
def test_marks_of_direction_stay_where_they_are(text: str) -> None:
    """What the words open is closed behind them, and what they close was opened before."""
    depth = 0
    for character in clean(text):
        depth += {"\u2066": 1, "\u2067": 1, "\u2068": 1, "\u2069": -1}.get(character, 0)
        assert depth >= 0
        assert depth > 0 or character not in "\u202a\u202b\u202c\u202d\u202e"
    assert depth == 0


def test_a_name_that_turns_does_so_alone() -> None:
    book = bib.parse("@misc{doe, author={李\u202eevil and Roe, A.}, title={A \u202eTitle}, date={2020}}")
    said = cite.render([], {"doe2019": book}, style="apa", keys=[("doe2019", "doe", "en")]).data

    assert "\u2068李\u202eevil\u2069, & Roe, A. (2020). \u2068A \u202eTitle\u2069." in str(said)


@given(texts)
def test_stretches_are_all_of_the_text(text: str) -> None:
    assert "".join(part for part, _ in stretches(text)) == text


@pytest.mark.parametrize("to", DOCUMENTS)
@pytest.mark.parametrize("piece", ["…", "“", "*", "- ", "\u202e", "字", "\\"])
def test_long_words_take_no_more_than_their_length(to: str, piece: str) -> None:
    start = time.process_time()
    printed(to, [[excerpt(piece * 300_000, DIGEST)]])

    assert time.process_time() - start < 10


def test_json_holds_half_of_a_pair() -> None:
    data = str(printed("json", [[excerpt("a\ud800b", DIGEST)]]).data)

    assert json.loads(data.encode())["text"] == "a\ud800b"


@pytest.mark.parametrize("to", MARKUP)
def test_two_languages_stand_side_by_side(to: str) -> None:
    pair = [excerpt("佔位符從不說話。", HANT), CASES["digest-paraphrase"]]
    data = printed(to, [pair]).data
    text = document(data) if isinstance(data, bytes) else data

    columns = {
        "markdown": "|---|---|",
        "latex": "\\switchcolumn",
        "typst": "#grid(",
        "html": 'class="pair"',
        "docx": "<w:tbl>",
    }
    assert columns.get(to, "") in text
    assert text.index("佔位符") < text.index("placeholders never speak")


@pytest.mark.parametrize("to", DOCUMENTS)
def test_our_own_words_are_no_quotation_in_any_shape(to: str) -> None:
    data = printed(to, [[excerpt("The authors hold it. " * 30, DIGEST)]]).data
    text = document(data) if isinstance(data, bytes) else data

    assert not re.search(
        r"<q\b|<blockquote|#quote|quote\{|cquote|begin_quote|^> |^    The|[“「]The|val=\"Quote\"", text, re.M
    )


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("text", "no italics"),
        ("markdown", "--csl"),
        ("latex", "biblatex"),
        ("typst", "style"),
        ("org", "no columns"),
        ("org", "zero width"),
    ],
)
def test_what_is_lost_is_said(to: str, said: str) -> None:
    pair = [excerpt("佔位符_從不。", HANT), CASES["digest-paraphrase"]]

    assert any(said in sentence for sentence in printed(to, [pair], "apa").lost)


@pytest.mark.parametrize(
    ("to", "form"),
    [
        ("markdown", "---\nnocite: |\n  @doe2019\n---"),
        ("org", "[cite/n:@doe2019]"),
        ("typst", "#cite(<doe2019>, form: none)"),
        ("latex", "\\nocite{doe2019}"),
    ],
)
def test_the_original_is_listed_beside_the_translation_that_is_cited(to: str, form: str) -> None:
    assert form in str(printed(to, [[CASES["translation-quoted"]]]).data)
    assert form not in str(printed(to, [[CASES["translation-quoted"]], [CASES["original-quoted"]]]).data)


def test_pandoc_lists_the_original_beside_the_translation(tmp_path: Path) -> None:
    (tmp_path / "my.bib").write_text(str(printed("biblatex", [[CASES["translation-quoted"]]]).data), encoding="utf-8")
    data = str(printed("markdown", [[CASES["translation-quoted"]]]).data)
    said = run(pandoc(), "--citeproc", "--bibliography=my.bib", "-t", "plain", "--wrap=none", cwd=tmp_path, stdin=data)

    assert "An Example Title" in said
    assert "nocite" not in said


@pytest.mark.parametrize("to", ["markdown", "latex", "typst", "org"])
def test_a_list_made_elsewhere_is_said_not_to_say_what_is_not_verified(to: str) -> None:
    assert any("comment" in one for one in printed(to, [[CASES["digest-paraphrase"]]]).lost)
    assert not any("comment" in one for one in printed(to, [[CASES["original-quoted"]]]).lost)


def test_emphasis_in_org_is_put_where_every_reader_takes_it_for_that() -> None:
    spaced = printed("org", [[excerpt("It did not do it.", EN, emphasis=(7, 10))]])
    inside = printed("org", [[excerpt("它並沒有降低。", HANT, emphasis=(1, 4))]])

    assert "did /not/ do" in str(spaced.data)
    assert "它並沒有降低" in str(inside.data)
    assert any("emphasis" in one for one in inside.lost)
    assert not any("emphasis" in one for one in spaced.lost)


def test_control_characters_are_said_to_be_lost() -> None:
    assert any("control" in one for one in printed("html", [[excerpt("a\x07b", EN)]]).lost)
    assert printed("docx", [[excerpt("佔位符。", HANT, number=None)]]).lost == ()


# LaTeX


SIGNS = "100% & a_b #1 $5 {x} ~ ^ \\ -- '\"` << ,, ?` ''"


def compiled(folder: Path, passages: list[list[Excerpt]], style: str | None = None) -> tuple[str, str]:
    """A document of what is pasted, with the preamble that stands above it: its log, and its words. Without a ``style``
    in the one of biblatex that is everywhere, since the other is a suggestion."""
    pasted = printed("latex", passages, style).data
    assert isinstance(pasted, str)
    preamble = "\n".join(line[2:] for line in pasted.splitlines() if line.startswith("% \\"))
    preamble = preamble if style else re.sub("style=[a-z0-9-]+", "style=authoryear", preamble)
    source = f"\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\n{pasted}\n\n\\printbibliography\n\\end{{document}}\n"
    (folder / "a.tex").write_text(source, encoding="utf-8")
    (folder / "your.bib").write_text("\n".join(map(bib.dump, BIBLIOGRAPHY.entries.values())), encoding="utf-8")
    for program in ("lualatex", "biber", "lualatex", "lualatex"):
        arguments = ["-interaction=nonstopmode", "-halt-on-error", "a.tex"] if program == "lualatex" else ["a"]
        run(program, *arguments, cwd=folder)
    log = (folder / "a.log").read_text(encoding="utf-8", errors="replace")
    return log, run("pdftotext", "-layout", "a.pdf", "-", cwd=folder)


def test_latex_compiles_without_a_warning_about_a_citation(tmp_path: Path) -> None:
    for name in ("lualatex", "biber", "pdftotext", "kpsewhich"):
        tool(name)
    for package in ("csquotes", "biblatex", "paracol", "babel"):
        if not run("kpsewhich", "-must-exist", f"{package}.sty"):
            pytest.skip(f"{package} is not on this machine")
    if "Noto Serif CJK" not in run(tool("fc-list")):
        pytest.skip("Noto Serif CJK is not on this machine")
    log, words = compiled(tmp_path, [*DOCUMENT, [excerpt(SIGNS, EN)]])

    assert not re.search(r"LaTeX Warning|Missing character|(?:biblatex|csquotes|babel) Warning", log), log
    for one in (
        "“占位符从不说话",
        "「佔位符從不說話。『不』，他說。」",
        "(Doe and Roe 2021, 第12段",
        "; summarising Doe and Roe 2021)",
        LONG,
        SIGNS,
    ):
        assert re.sub(r"\s", "", one) in re.sub(r"\s", "", words), one


@pytest.mark.parametrize("style", ["apa", "gbt7714-2015"])
def test_the_style_that_is_suggested_for_latex_sets_the_citation(style: str, tmp_path: Path) -> None:
    for name in ("lualatex", "biber", "pdftotext", "kpsewhich"):
        tool(name)
    loaded = re.sub(r".*style=(.*)\].*", r"\1.bbx", STYLES[style].engines.biblatex)
    if not subprocess.run(["kpsewhich", loaded], capture_output=True).stdout:
        pytest.skip("this style of biblatex is not on this machine")
    if "Noto Serif CJK" not in run(tool("fc-list")):
        pytest.skip("Noto Serif CJK is not on this machine")
    log, words = compiled(tmp_path, [[CASES["translation-quoted"]]], style)

    assert not re.search(r"(?:biblatex|csquotes) Warning", log), log
    assert "占位符从不说话" in re.sub(r"\s", "", words)


@pytest.mark.parametrize("style", STYLES)
def test_a_style_of_typst_is_suggested_that_it_has(style: str, tmp_path: Path) -> None:
    data = str(printed("typst", [[CASES["translation-quoted"]]], style).data)

    assert f'style: "{STYLES[style].engines.typst}")' in data
    assert typeset(tmp_path, data, "cite")


# Typst


def typeset(tmp_path: Path, source: str, selector: str) -> Any:
    """What the compiler finds in a document, with its list of references."""
    typst: Any = pytest.importorskip("typst", reason="typst is not installed")
    (tmp_path / "your.bib").write_text("\n".join(map(bib.dump, BIBLIOGRAPHY.entries.values())), encoding="utf-8")
    (tmp_path / "a.typ").write_text(source.replace("// #bibliography", "#bibliography"), encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), str(tmp_path / "a.pdf"))
    return json.loads(typst.query(str(tmp_path / "a.typ"), selector))


def set_words(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(set_words, node))
    if not isinstance(node, dict):
        return ""
    if node.get("func") == "space":
        return " "
    text = node.get("text", "")
    return (text if isinstance(text, str) else "") + "".join(
        set_words(node.get(key)) for key in ("body", "children", "child")
    )


def test_typst_compiles_and_reads_the_very_words(tmp_path: Path) -> None:
    data = printed("typst", [*DOCUMENT, *([excerpt(hostile + " word" * 40, EN)] for hostile in HOSTILE)]).data
    found = typeset(tmp_path, str(data), "quote")
    read = [set_words(one["body"]) for one in found]

    assert sum(one["block"] for one in found) == 3 + len(HOSTILE)
    assert read[0] == "“占位符从不说话，但它们占了 5% 的篇幅。”"
    assert [bare(one, "typst") for one in read[-len(HOSTILE) :]] == [
        bare(clean(one + " word" * 40), "typst") for one in HOSTILE
    ]


def test_typst_cites_with_the_locator(tmp_path: Path) -> None:
    found = typeset(tmp_path, str(printed("typst", DOCUMENT, "apa").data), "cite")

    assert found[0]["key"] == "<doe2019zh>"
    assert set_words(found[0]["supplement"]) == "para. 12"


# Markdown through pandoc


@pytest.mark.parametrize("to", ["plain", "html", "docx", "latex"])
def test_markdown_goes_through_pandoc_with_its_words(to: str, tmp_path: Path) -> None:
    data = printed("markdown", [*DOCUMENT, [excerpt("以上对应\"hydroxo\"的情况 -- 'a'...", DIGEST)]], "apa").data
    (tmp_path / "references.bib").write_text("\n".join(map(bib.dump, BIBLIOGRAPHY.entries.values())), encoding="utf-8")
    arguments = ["-f", "markdown", "--citeproc", "--bibliography", "references.bib", "--wrap=none"]
    run(pandoc(), *arguments, "-t", to, "-o", "out", cwd=tmp_path, stdin=str(data))
    if to == "docx":
        words = run(pandoc(), "-f", "docx", "-t", "plain", "--wrap=none", "out", cwd=tmp_path)
    elif to == "plain":
        words = (tmp_path / "out").read_text(encoding="utf-8")
    else:
        words = run(pandoc(), "-f", to, "-t", "plain", "--wrap=none", "out", cwd=tmp_path)

    assert "“占位符从不说话，但它们占了 5% 的篇幅。” (Doe and Roe 2021, para. 12)" in words.replace("\u00a0", " ")
    assert "以上对应\"hydroxo\"的情况 -- 'a'... (" in words
    assert "; summarising Doe and Roe 2021)" in words.replace("\u00a0", " ")  # pandoc's own name for it
    assert LONG in words
    assert "An Example Title" in words


# HTML


class Page(HTMLParser):
    """What is opened and closed, and what is said of it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attributes if name == "id"]
        assert len({name for name, _ in attributes}) == len(attributes)
        if tag not in ("meta", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)


@pytest.mark.parametrize("style", ["apa", NOTES])
def test_html_is_well_formed(style: str) -> None:
    passages = [*DOCUMENT, *([excerpt(hostile, EN, caption=hostile)] for hostile in HOSTILE)]
    page = Page()
    page.feed(str(printed("html", passages, style).data))
    page.close()
    linked = json.loads("".join(page.scripts))

    assert page.open == []
    assert len(set(page.ids)) == len(page.ids)
    assert {one["@id"]: one.get("translationOfWork") for one in linked["@graph"]}["#doe2019zh"] == {"@id": "#doe2019"}


def test_html_says_language_and_source_of_a_quotation() -> None:
    text = str(printed("html", DOCUMENT).data)

    assert "<q lang=\"zh-Hans\" style=\"quotes: '“' '”'\">占位符从不说话" in text
    assert '<q lang="en" cite="https://doi.org/10.5555/jps.2019"' in text
    assert '<blockquote lang="zh-Hans">' in text


def test_linked_data_cannot_end_its_element() -> None:
    entry = bib.Entry("misc", "doe", {"title": "</script><script>alert(1)</script>", "url": "javascript:alert(1)"})
    data = cite.render(
        [], {"x": bib.Bibliography({"doe": entry})}, to="html", style="apa", keys=[("x", "doe", "en")]
    ).data

    assert str(data).count("<script") == str(data).count("</script") == 1
    assert 'href="javascript' not in str(data)


def test_a_browser_has_nothing_to_say_about_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(str(printed("html", DOCUMENT, NOTES).data), encoding="utf-8")
    browser = shutil.which("chromium") or tool("google-chrome")
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}",
         "--enable-logging=stderr", "--dump-dom", (tmp_path / "a.html").as_uri()],
        capture_output=True, timeout=120,
    )  # fmt: skip

    assert b"CONSOLE" not in done.stderr
    assert "占位符从不说话".encode() in done.stdout


# Word


def document(data: bytes, part: str = "document") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as docx:
        return docx.read(f"word/{part}.xml").decode("utf-8")


def word(passages: list[list[Excerpt]], style: str | None = None) -> bytes:
    data = printed("docx", passages, style).data
    assert isinstance(data, bytes)
    return data


def test_word_s_parts_are_xml_and_the_same_every_time() -> None:
    data = word([*DOCUMENT, *([excerpt(hostile, EN, caption=hostile)] for hostile in HOSTILE)], NOTES)
    with zipfile.ZipFile(io.BytesIO(data)) as docx:
        for name in docx.namelist():
            etree.fromstring(docx.read(name))

    assert word(DOCUMENT) == word(DOCUMENT)


def test_chinese_runs_have_a_chinese_font_with_their_marks() -> None:
    text = document(word([[CASES["translation-quoted"]], [excerpt("佔位符。", HANT)]]))
    run = '<w:rFonts w:hint="eastAsia" w:eastAsia="{}"/><w:lang w:eastAsia="{}"/></w:rPr><w:t xml:space="preserve">{}'

    assert run.format("SimSun", "zh-CN", "“占位符从不说话，但它们占了 5% 的篇幅。”") in text
    assert run.format("PMingLiU", "zh-TW", "「佔位符。」") in text


def test_both_marks_of_a_pair_are_of_one_width() -> None:
    for text in ("“占位 place”, he said", "“place 占位”他說", "he ‘占位 x’", "占“place”位"):
        flags = {part: east for parts, east in stretches(text) for part in parts if part in "“”‘’"}
        assert len(set(flags.values())) == 1, text


def test_another_reader_finds_the_footnotes_of_a_word_document() -> None:
    read = mammoth.convert_to_html(io.BytesIO(word(DOCUMENT[:2], NOTES))).value

    assert re.search(r"占位符从不说话.*?”<sup><a href=\"#footnote-1\"", read)
    assert re.search(r'<li id="footnote-1"><p>.{20,}', read)


def test_a_word_document_opens_in_libreoffice_with_its_footnotes(tmp_path: Path) -> None:
    office = tool("soffice")
    tool("pdftotext")
    (tmp_path / "a.docx").write_bytes(word(DOCUMENT, NOTES))
    for kind in ("odt", "pdf"):
        run(
            office,
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
            "--convert-to",
            kind,
            "a.docx",
            cwd=tmp_path,
        )
    with zipfile.ZipFile(tmp_path / "a.odt") as odt:
        tree = etree.fromstring(odt.read("content.xml"))
    notes = tree.findall(".//{*}note")
    words = re.sub(r"\s+", "", run("pdftotext", "a.pdf", "-", cwd=tmp_path))

    assert len(notes) == sum(map(len, DOCUMENT))
    for one, note in zip((one for passage in DOCUMENT for one in passage), notes, strict=True):
        before = "".join(note.getparent().itertext()) + "".join(note.getparent().getparent().itertext())
        assert one.text[:6] in before
        assert len("".join(note.find("{*}note-body").itertext())) > 10
    assert re.sub(r"\s+", "", LONG) in words


# The command


@pytest.fixture
def lamp(empty: Path) -> Path:
    yinzheng("add", str(ROOT / "tests" / "texts" / "lighthouse.zh-Hant.txt"), "--work", "lamp", cwd=empty)
    return empty


ENDINGS = {
    "text": "txt", "markdown": "md", "latex": "tex", "typst": "typ", "org": "org", "html": "html", "docx": "docx",
}  # fmt: skip
# Long enough for a block.
HARBOUR = "港口的管理者在會議上說：「碼頭不是倉庫。」他接著逐項說明，三十年來每一次擴建都先有船而後有碼頭，從來不是反過來；因此，在沒有一艘船申請停泊以前，就為它修築防波堤，只會讓鎮上的人多付一代人的稅，而海面上依舊空空如也，連燈塔看守人也不知道該為誰點燈。"


@pytest.mark.parametrize("style", ["gbt7714-2025", NOTES])
@pytest.mark.parametrize("to", ENDINGS)
def test_verify_finds_in_every_format_what_cite_printed(lamp: Path, to: str, style: str) -> None:
    (lamp / "h.bib").write_text(
        "@book{harbour, author={{王小明}}, title={港口}, date={2020}, langid={chinese}}", encoding="utf-8"
    )
    yinzheng(
        "add", "-", "--work", "harbour", "--bib", "h.bib", cwd=lamp, stdin=f"{HARBOUR}\n\n第二段只有一句話。".encode()
    )
    command = [sys.executable, "-m", "yinzheng", "cite", "lamp:4", "harbour:1", "lamp:2", "--to", to, "--style", style]
    done = subprocess.run(command, cwd=lamp, capture_output=True)
    (lamp / f"draft.{ENDINGS[to]}").write_bytes(done.stdout)
    verified = yinzheng("verify", f"draft.{ENDINGS[to]}", "--to", "jsonl", cwd=lamp)
    found = [json.loads(line) for line in verified.stdout.splitlines()]

    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert [one["paragraph"].split(".")[0] for one in found if len(one["quote"]) > 40] == ["lamp", "harbour", "lamp"]


@pytest.mark.parametrize("style", ["chicago-notes", "chicago-author-date"])
@pytest.mark.parametrize("to", ["text", "markdown", "html", "docx"])
def test_titles_in_notes_and_bibliographies_are_no_quotations(empty: Path, to: str, style: str) -> None:
    entries = (
        "@article{vera, author={Vera, Anna}, title={What the Tide Remembers: A Coast, 1901--1950}, "
        "journal={Coasts}, volume={5}, date={2015}, pages={3--19}}\n"
        "@incollection{holm, author={Holm, Nils}, title={The Village That Moved}, booktitle={Dunes and People}, "
        "editor={Lind, Ida}, publisher={Sand Press}, address={London}, date={1988}}\n"
        "@article{chao, author={潮生}, title={看守人與海：一個漁村的冬天}, journal={海島研究}, number={4}, date={2016}, "
        "langid={chinese}}"
    )
    texts = {
        "vera": f"The tide came twice a day, and the keeper wrote it down once.\n\n{'No visitor came in winter. ' * 24}",
        "holm": "The dunes moved three metres to the east in every year that anyone counted.",
        "chao": "守燈人在冬天也不離開。\n\n沒有人數過船，也沒有人問過他。",
    }
    (empty / "w.bib").write_text(entries, encoding="utf-8")
    for work, text in texts.items():
        yinzheng("add", "-", "--work", work, "--bib", f"w.bib#{work}", cwd=empty, stdin=text.encode())
    what = ["vera:1", "holm:1", "chao:1", "vera:2", "chao:2"]
    command = [sys.executable, "-m", "yinzheng", "cite", *what, "--to", to, "--style", style]
    done = subprocess.run(command, cwd=empty, capture_output=True)
    (empty / f"draft.{ENDINGS[to]}").write_bytes(done.stdout)
    verified = yinzheng("verify", f"draft.{ENDINGS[to]}", "--to", "jsonl", cwd=empty)
    found = [json.loads(line) for line in verified.stdout.splitlines()]

    assert [(one["work"], one["number"]) for one in found] == [
        ("vera", 1),
        ("holm", 1),
        ("chao", 1),
        ("vera", 2),
        ("chao", 2),
    ]
    assert {one["verdict"] for one in found} == {"exact"}


def test_bytes_are_not_sent_to_a_terminal(lamp: Path) -> None:
    shown, code = on_screen("cite", "lamp:4", "--to", "docx", cwd=lamp, columns=200)

    assert code == 1
    assert "--to docx > FILE" in shown


@pytest.mark.parametrize("to", ["text", "docx"])
def test_a_locator_without_a_bracket_is_not_read_as_words_of_a_block(to: str) -> None:
    data = printed(to, [[excerpt(LONG)]]).data
    text = document(data) if isinstance(data, bytes) else data

    assert re.search(re.escape(LONG) + r"(?:\n\n|</w:t></w:r></w:p>)", text)
