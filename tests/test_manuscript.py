"""Manuscripts in every markup: the same words, quotations and citations are found in each, where they stand."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manuscripts import docx, field, note, paragraph, run, zotero
from yinzheng.bib import parse
from yinzheng.citing.same import persons
from yinzheng.errors import YinzhengError
from yinzheng.verifying.comments import Comment, commented
from yinzheng.verifying.keys import locator, works
from yinzheng.verifying.manuscript import MARKUPS, markup_of, read, text_of
from yinzheng.verifying.marks import marks
from yinzheng.verifying.patch import patch, relocated, replacements
from yinzheng.verifying.prose import Block, Citation
from yinzheng.verifying.quotes import Quote, quotes
from yinzheng.workspace import Workspace

TEXTS = Path(__file__).parent / "texts" / "manuscripts"
TEXT_MARKUPS = [markup for markup in MARKUPS if markup != "docx"]

Found = tuple[str, int, str, tuple[tuple[str | None, str | None], ...]]


def found(source: str | bytes, markup: str, **options: object) -> list[Found]:
    """Words, depth, kind and (key, author or title, locator) of each quotation."""

    def named(one: Citation) -> str | None:
        said = dict(one.fields)
        return one.key or said.get("author") or said.get("title")

    return [
        (q.text, q.depth, q.kind, tuple((named(c), c.locator) for c in q.citations))
        for q in quotes(read(source, markup, **options))  # type: ignore[arg-type]
    ]


# What the manuscript in tests/texts/manuscripts says, in each of its markups.
COMMON: list[tuple[str, int, str, str, str]] = [
    ("the first lamp was lit in 1912", 0, "inline", "lamp", "para. 5"),
    ("島上的燈塔由『守燈人』看管", 0, "inline", "lampzh", "第5段"),
    ("守燈人", 1, "inline", "lampzh", "第5段"),
    ("keepers were paid 35% less", 0, "inline", "lamp", "p. 7"),
    ("海上的燈火，是島民共同的記憶。", 0, "block", "lampzh", "第9段"),
    ("No keeper lives there now", 0, "inline", "lamp", "para. 12"),
]


@pytest.mark.parametrize("path", sorted(TEXTS.glob("lamp.*")), ids=lambda path: path.suffix[1:])
def test_every_markup_says_the_same(path: Path) -> None:
    markup = markup_of(path)
    source = path.read_text(encoding="utf-8")
    result = quotes(read(source, markup, path.name))
    result.sort(key=lambda quote: quote.block.note_of is not None)  # where notes stand inside, they come earlier

    assert [
        (
            q.text,
            q.depth,
            q.kind,
            q.citations[0].key or dict(q.citations[0].fields).get("author"),
            q.citations[0].locator,
        )
        for q in result
    ] == [
        (words, depth, kind, {"lamp": "Keeper", "lampzh": "林守"}.get(key) if markup == "text" else key, place)
        for words, depth, kind, key, place in COMMON
    ]
    _check_places(result, source)


def _check_places(result: list[Quote], source: str) -> None:
    """Line and column lead to the first word of each quotation."""
    lines = source.split("\n")
    for quote in result:
        here = lines[quote.line - 1][quote.column - 1 :]
        assert here.startswith(quote.text[0]), quote


def test_a_word_document_says_the_same() -> None:
    data = lamp_docx()
    blocks = read(data, "docx", "lamp.docx")
    result = quotes(blocks)

    assert [(q.text, q.depth, q.kind, q.citations[0].key, q.citations[0].locator) for q in result] == COMMON
    assert [q.line for q in result] == [
        1,
        2,
        2,
        2,
        3,
        1,
    ]  # paragraphs of the document; the last is in a note of the first
    for quote in result:
        assert quote.block.source[quote.column - 1 :].startswith(quote.text[:4])
    assert ("title", "海上燈火") in result[1].citations[0].fields
    assert ("doi", "10.9999/x.1") in result[0].citations[0].fields


def lamp_docx() -> bytes:
    return docx(
        paragraph(
            run("Keeper writes that “the "),
            run("first", "<w:b/>"),
            run(" lamp was lit in 1912” "),
            field(zotero("lamp", "Lamps", "5", "paragraph"), "(Keeper 2020, para. 5)", pieces=4),
            run("."),
            note(2),
        ),
        paragraph(
            run("書中說：「島上的燈塔由『守燈人』看管」"),
            field(' CITATION lampzh \\s "第5段" \\l 1028 ', "(林守，2021，第5段)"),
            run("。Elsewhere “keepers were paid 35% less” "),
            f'<w:fldSimple w:instr=" CITATION lamp \\p 7 ">{run("(Keeper, 2020, p. 7)")}</w:fldSimple>',
            "<w:del><w:r><w:delText> “a deleted quotation”</w:delText></w:r></w:del>",
        ),
        paragraph(
            run("海上的燈火，是島民共同的記憶。"),
            field(" CITATION lampzh \\s 第9段", "（林守，2021，第9段）"),
            style="a7",
        ),
        footnotes='<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:id="2"><w:p>'
        + run("“No keeper lives there now” ")
        + field(zotero("lamp", "Lamps", "12", "paragraph"), "(Keeper 2020, para. 12)")
        + "</w:p></w:footnote>",
        styles='<w:style w:type="paragraph" w:styleId="a7"><w:name w:val="我的引用"/><w:basedOn w:val="a6"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a6"><w:name w:val="Quote"/></w:style>',
        sources="<b:Source><b:Tag>lampzh</b:Tag><b:Title>海上燈火</b:Title><b:Year>2021</b:Year></b:Source>",
        extra={"word/media/image1.png": bytes(range(256))},
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("「他說『好』」", ["他說『好』", "好"]),
        ("it's the '90s; the dogs’ bowl and ‘the dogs’ bowl’", ["the dogs’ bowl"]),
        ('a 5" pipe and "a real quotation" here', ["a real quotation"]),
        ("6'2\" tall, 'so he said'", ["so he said"]),
        ("«words» ‹words› „Wörter“ ＂字＂ »Wörter«", ["words", "words", "Wörter", "字", "Wörter"]),
        ("《書名》〈篇名〉", []),
        ("an open “mark and no end", []),
        ("”hydroxo”的情況", ["hydroxo"]),
        ("“outer ‘inner’s’ end”", ["outer ‘inner’s’ end", "inner’s"]),
        ('"don\'t", he said, "go"', ["don't", "go"]),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert [text[a + 1 : b] for a, b in marks(text).pairs] == expected


@pytest.mark.parametrize(
    ("markup", "source", "expected"),
    [
        # the citation behind goes before the one in front; the one in front speaks where none is behind
        ("markdown", "@a [p. 1] says “one”, and “two” [@b, p. 2].", [("one", ("a", "p. 1")), ("two", ("b", "p. 2"))]),
        ("markdown", "“one” [@a, p. 1]. @b [p. 2] says “two”.", [("one", ("a", "p. 1")), ("two", ("b", "p. 2"))]),
        ("markdown", "“one” [@a, p. 1] and then “two” stands alone.", [("one", ("a", "p. 1")), ("two", None)]),
        ("markdown", "“one” and “two” [see @a, p. 1; @b].", [("one", ("a", "p. 1")), ("two", ("a", "p. 1"))]),
        ("markdown", "“one.”[^1] “two”\n\n[^1]: @a [p. 3] says so.", [("one.", ("a", "p. 3")), ("two", None)]),
        ("markdown", "“one” [-@{a:b}, ¶ 5] (para. 6)", [("one", ("a:b", "¶ 5"))]),
        ("markdown", "“one” [@a, p. 1]. “Two” (para. 6).", [("one", ("a", "p. 1")), ("Two", ("a", "para. 6"))]),
        ("markdown", "As @a [p. 4] puts it:\n\n> “A block.”\n\nAnd on.", [("A block.", ("a", "p. 4"))]),
        ("markdown", "> One\n>\n> two.\n>\n> — [@a, p. 4]", [("One", ("a", "p. 4")), ("two.", ("a", "p. 4"))]),
        ("markdown", "“One\n\n“two” [@a].", [("One", ("a", None)), ("two", ("a", None))]),
        ("markdown", "mail a@b.org, `“code”`, $“m”$ <!-- “c” --> \\“x", []),
        ("markdown", "---\ntitle: “t”\n---\n\n```\n“code”\n```\n\n    “code”\n", []),
        ("latex", r"``one'' \parencite[see][¶~5]{a,b}", [("one", ("a", None))]),
        ("latex", r"\textcite[5]{a} has \enquote{one \enquote*{two}}.", [("one two", ("a", "5")), ("two", ("a", "5"))]),
        ("latex", r"\say{one} \textcite{a} and \citet[p.~3]{b}", [("one", ("a", None))]),
        ("latex", r"\foreigntextcquote{german}[vgl.][para.~5]{a}[.]{eins}", [("eins", ("a", "para. 5"))]),
        ("latex", r"\blockcquote[9]{a}{one} \textquote[\cite[7]{b}]{two}", [("one", ("a", "9")), ("two", ("b", "7"))]),
        ("latex", "\\begin{displaycquote}[第3段]{a}\n甲\n\n乙\n\\end{displaycquote}", [("甲", ("a", "第3段")), ("乙", ("a", "第3段"))]),
        ("latex", "``one''\\footnote{See \\cite[4]{a}.} % ``two''\n\\verb|``x''|", [("one", ("a", "4"))]),
        ("latex", "\\begin{verbatim}``x''\\end{verbatim} $``y''$ \\newcommand{\\x}{``z''}", []),
        ("latex", "\\documentclass{x} ``pre''\n\\begin{document}``in''\\end{document}``post''", [("in", None)]),
        ("typst", '"one" @a[para. 5] and #quote(attribution: <b>)[two]', [("one", ("a", "para. 5")), ("two", ("b", None))]),
        ("typst", "#quote(block: true, attribution: [Li (2020, p. 3)])[\n甲\n]", [("甲", ("Li", "p. 3"))]),
        ("typst", '“one” #cite(<a>, supplement: [第5段]) /* “c” */ // “d”', [("one", ("a", "第5段"))]),
        ("typst", '#let x = [“not”]\n#figure(caption: [“one” @a])', [("one", ("a", None))]),
        ("org", "“one” [cite/t:see @a p. 5;@b] =“c”=. Next “x”\n# “comment”", [("one", ("a", "p. 5")), ("x", None)]),
        ("org", "#+begin_quote\n甲 [cite:@a 第2段]\n#+end_quote\n#+begin_src\n“c”\n#+end_src", [("甲", ("a", "第2段"))]),
        ("org", "“one”[fn:1] “two”[fn:: [cite:@b p. 2]]\n\n[fn:1] [cite:@a p. 5]", [("one", ("a", "p. 5")), ("two", ("b", "p. 2"))]),
        ("html", '<p><q>one</q> <span data-cites="a">(A 2020, p. 5)</span></p>', [("one", ("a", "p. 5"))]),
        ("html", '<p>“one”<a href="#fn1" role="doc-noteref">1</a></p><li id="fn1">（李，2020，第3段）</li>', [("one", ("李", "第3段"))]),
        ("html", "<script>“x”</script><p>&ldquo;o&amp;e&rdquo; <!-- “c” --><code>“y”</code></p>", [("o&e", None)]),
        ("text", "Li (2020, para. 5) writes “one”.", [("one", ("Li", "para. 5"))]),
        ("text", "正如李四（2020，第5段）所說，「甲」。", [("甲", ("正如李四", "第5段"))]),
        ("text", "「甲」〔1〕\n\n〔1〕李四：《書》，2020年，第5段。", [("甲", ("李四", "第5段"))]),
        ("text", "一「甲\n乙」", [("甲乙", None)]),
        ("markdown", "> The words of one.\n>\n> — @a, para. 13", [("The words of one.", ("a", "para. 13"))]),
        ("markdown", "“one”[^1]\n\n[^1]: @a, para. 13.", [("one", ("a", "para. 13"))]),
        ("markdown", "“one”[^1]\n\n[^1]: @a, 13 of them; @b, p. 2.", [("one", ("a", None))]),
        ("latex", "``one''\\footnote{See \\textcite{a}, para.~13.}", [("one", ("a", "para. 13"))]),
        ("html", '<p><q cite="#a">one</q> (<cite data-cites="a">A 2020, para. 5</cite>)</p>', [("one", ("a", "para. 5"))]),
        # a web address that is no work hides no citation beside it
        ("html", '<q cite="https://x.org/1">one</q> (<cite data-cites="a">A 2020, para. 5</cite>)', [("one", ("a", "para. 5"))]),
        ("html", '<blockquote cite="https://x.org/1"><p>甲</p><p>乙</p><footer>某人，<cite data-cites="a">A 2020, para. 5</cite></footer></blockquote>', [("甲", ("a", "para. 5")), ("乙", ("a", "para. 5"))]),
        # what signs a block quotation is none of its words
        ("html", "<figure><blockquote>甲乙</blockquote><figcaption>李四：《書》，2020年，第5段</figcaption></figure>", [("甲乙", ("李四", "第5段"))]),
        ("html", "<figure><figcaption>李四，2020，第5段</figcaption><blockquote><p>甲乙</p></blockquote></figure>", [("甲乙", ("李四", "第5段"))]),
        ("html", "<blockquote>one two<br><cite>Li Si 2020, para. 5</cite></blockquote>", [("one two", ("Si", "para. 5"))]),
        ("html", "<blockquote>as in <cite>Lamps</cite></blockquote>", [("as in Lamps", None)]),
        ("html", "<blockquote>one two — <cite>Lamps</cite></blockquote>", [("one two", None)]),
        ("html", "<blockquote>one</blockquote><blockquote>two (A, 2020)</blockquote>", [("one", None), ("two", ("A", None))]),
        # notes, by where the call leads
        *(
            ("html", f"<p>“one”{call}, and “another one” here.</p><hr>{notes}", [("one", ("李四", "第5段")), ("another one", None)])
            for call, notes in (
                ('<sup><a href="#n1" id="r1">1</a></sup>', '<ol><li id="n1">李四（2020，第5段）。<a href="#r1">↩</a></li></ol>'),
                ('<a href="#x">[1]</a>', '<p id="x">[1] 李四：《書》，2020年，第5段。</p>'),
                ('<a href="#_ftn1" name="_ftnref1">[1]</a>', '<p><a href="#_ftnref1" name="_ftn1">[1]</a> 李四，2020，第5段。</p>'),
                ('<a epub:type="noteref" href="#e"></a>', '<aside epub:type="footnote" id="e"><p>李四，2020，第5段。</p></aside>'),
                ('[<a href="#b">1</a>]', '<p>x<br><a id="a"></a>1 王五，2021。<br><span id="b">2</span> 李四，2020，第5段。</p>'),
            )
        ),
        ("html", '<blockquote>甲乙<a href="#n">1</a></blockquote><div id="n">李四，2020，第5段</div>', [("甲乙", ("李四", "第5段"))]),
        ("html", '<p>“one”, see <a href="#s">section 2</a></p><h2 id="s">Li (2020, para. 5)</h2>', [("one", None)]),
        ("html", "<title>“t”</title><nav>“n”</nav><template>“p”</template><p>“10<sup>2</sup> km” <del>“d”</del></p>", [("10² km", None)]),
        ("html", "<tr><td>“one”</td><td>(Li, 2020, para. 5)</td></tr><tr><td>“two”</td></tr>", [("one", ("Li", "para. 5")), ("two", None)]),
        ("markdown", "| a | b |\n|---|---|\n| “one” | [@a, p. 5] |\n| “two” | |", [("one", ("a", "p. 5")), ("two", None)]),
        ("org", "| “one” | [cite:@a p. 5] |\n| “two” | |", [("one", ("a", "p. 5")), ("two", None)]),
        # a term takes no part in what is cited for more; words cited before or behind take none of the next
        ("markdown", "所謂「公共財」，又說「這是一句很長的話」[@a, 第5段]。", [("公共財", None), ("這是一句很長的話", ("a", "第5段"))]),
        ("markdown", "情形「各有不同」，「這是一句很長的話」[@a, 第5段]。", [("各有不同", ("a", "第5段")), ("這是一句很長的話", ("a", "第5段"))]),
        ("markdown", "「公共財」和「私有財」[@a, 第5段]。", [("公共財", ("a", "第5段")), ("私有財", ("a", "第5段"))]),
        ("text", "「一句話」（第3段）。", [("一句話", (None, "第3段"))]),
        ("latex", r"\enquote{o \enquote*{an inner one} p} \cite{a}, \enquote{another one} \cite{b}", [("o an inner one p", ("a", None)), ("an inner one", ("a", None)), ("another one", ("b", None))]),
        ("latex", ",,one'' \\cite[5]{a}; ,,two`` \\cite{b}; x, y", [("one", ("a", "5")), ("two", ("b", None))]),
        ("latex", "\\usepackage[ngerman]{babel}\n\\begin{document}\"`one\"' \\cite[5]{a}", [("one", ("a", "5"))]),
        ("latex", r"\hybridblockquote{german}[\cite[5]{a}]{one} \hybridblockcquote{german}[6]{b}{two}", [("one", ("a", "5")), ("two", ("b", "6"))]),
        ("latex", r"\blockquote[{\cite[5]{a}}][.]{one} \hyphenblockcquote{german}[6]{b}[.]{two} \foreignquote*{german}{three}", [("one", ("a", "5")), ("two", ("b", "6")), ("three", None)]),
        ("latex", "\\begin{displayquote}[\\cite[5]{a}][.]\none\n\\end{displayquote}\\begin{quotation}[x]\ntwo\n\\end{quotation}\\begin{quote}\nthree \\cite{b}\\end{quote}", [("one", ("a", "5")), ("two", None), ("three", ("b", None))]),
        ("latex", "\\MakeOuterQuote{|}\\MakeInnerQuote{/}\n\\begin{document}|one /two/| \\cite{a}", [("one ‘two’", ("a", None)), ("two", ("a", None))]),
        ("latex", "\\MakeAutoQuote{<}{>}\\MakeBlockQuote{+}{;}{=}\n\\begin{document}<one> \\cite{a}\n\n+two;\\cite[5]{b}=", [("one", ("a", None)), ("two", ("b", "5"))]),
        ("latex", "``one''\\footcite[see][para.~5]{a}, ``two''\\footcites[5]{b}[6]{c}", [("one", ("a", "para. 5")), ("two", ("b", "5"))]),
        ("latex", "``10\\textsuperscript{2} km''", [("10² km", None)]),
        # set in, and cited
        ("text", "甲說（李四，2020，第5段）：\n\n    一段很長\n    的話\n\n下文。", [("一段很長的話", ("李四", "第5段"))]),
        ("text", "　　甲說：\n　　　　一段很長的話（李四，2020，第5段）\n　　下文。", [("一段很長的話", ("李四", "第5段"))]),
        ("text", "As follows:\n\n\tone\n\ttwo\n\n\t— Li (2020, para. 5)\n\nrest\n\nrest", [("one two", ("Li", "para. 5"))]),
        ("text", "　　甲說（李四，2020，第5段）：\n　　正文繼續。\n　　正文繼續（同上，第6段）。", []),
        ("text", "甲說（李四，2020，第5段）。\n\n　　正文繼續（同上，第6段）。", []),
        ("text", "Said.\n\n    an example, set in\n\nMore.", []),
        ("text", "要點如下：\n\n    （一）第一個要點\n\n    （二）第二個要點\n\n下文。", []),
        # a year whose name stands further ahead in the sentence, and one whose name stands in the part before
        ("text", "In Japan, as Li argues, “one” (2020, para. 5).", [("one", ("Japan", "para. 5"))]),
        ("text", "某地。李四曾指出，「一句話」（2020，第5段）；又說「又一句」（第7段）。", [("一句話", ("李四", "第5段")), ("又一句", ("李四", "第7段"))]),
        ("text", "Lamps burned “one” (1998) there.", [("one", None)]),
        ("text", "“one” (2020, para. 5). “Two” (Li, 2020; 2021, p. 5).", [("one", None), ("Two", ("Li", None))]),
        ("markdown", "<blockquote>\n<p>one</p>\n\n<p>two</p>\n<footer>[@a, p. 5]</footer>\n</blockquote>\n\nthree `</blockquote>` “four”", [("one", ("a", "p. 5")), ("two", ("a", "p. 5")), ("four", None)]),
        ("latex", "\"`one\"' \\cite{a}", [("one", ("a", None))]),  # a chapter of a thesis, its preamble elsewhere
        # the title of an article, in a note or a bibliography, is no quotation
        ("text", "“one” [1]\n\n[1] Park, “A Long Title,” Journal 31 (2023), para. 5.", [("one", ("Park", "para. 5"))]),
        ("text", "「甲乙」①\n\n① 朴：「一篇長文」，《期刊》2023年，第5段；他說：「一句話」。", [("甲乙", ("朴", "第5段")), ("一句話", ("朴", "第5段"))]),
        ("text", "Li, S. (2020). “A Title.” Press.\n\nPark. “A Title.” Journal 5 (2023).\n\nLi (2020): “one” and Park, “two” in 2023.", [("one", ("Li", None)), ("two", ("Li", None))]),
        ("markdown", "“one”[^1]\n\n[^1]: Li (2020), para. 5.", [("one", ("Li", "para. 5"))]),
        ("html", '<div class="quote"><p>甲</p><p>乙（李四，2020）</p></div><p class="MsoQuote">丙</p><p class="MsoQuote">丁（王五，2021）</p>', [("甲", ("李四", None)), ("乙", ("李四", None)), ("丙", ("王五", None)), ("丁", ("王五", None))]),
        ("latex", r"«~one two~» \cite{a}, \og trois\fg{} \cite{b}, \frquote{quatre} \cite{c}", [("one two", ("a", None)), ("trois", ("b", None)), ("quatre", ("c", None))]),
        ("text", "« un\u202f» et »zwei« (Li, 2020)", [("un", ("Li", None)), ("zwei", ("Li", None))]),
        ("markdown", "“one” @a [p. 5; @b].", [("one", ("a", "p. 5"))]),
        # a short title in a later note
        ("markdown", "“one”[^1] “two”[^2]\n\n[^1]: A. Wu, “Memories of a Street,” *Lamps* (2015), para. 10.\n\n[^2]: Wu, “Memories,” para. 12.", [("one", ("Wu", "para. 10")), ("two", ("Wu", "para. 12"))]),
        ("text", "「甲乙」①「丙丁」②\n\n① 朴：〈一篇長文〉，《期刊》2023年，第5段。\n② 朴：〈一篇長文〉，第6段。", [("甲乙", ("朴", "第5段")), ("丙丁", ("朴", "第6段"))]),
        # a title in the parenthesis, with and without its author and a year; a year in it is none of the citation
        ("text", "「甲乙」（李四，《長夜燈火》，第5段）；「丙丁」（《長夜燈火》，第6段）。", [("甲乙", ("李四", "第5段")), ("丙丁", ("長夜燈火", "第6段"))]),
        ("text", '“one” (Wu, "Lamps, 1901–1950", para. 5), “two” (see the “three” of p. 5)', [("one", ("Wu", "para. 5")), ("two", None), ("three", None)]),
        ("text", "“one” (Wu, Lamps, 1901–1950, 2015, para. 5)", [("one", ("Wu", "para. 5"))]),
        ("markdown", "“one”[^1]\n\n[^1]: A. Wu, *Lamps, 1901–1950* (2015), para. 5.", [("one", ("Wu", "para. 5"))]),
        ("text", "「甲乙」①\n\n① 《長夜燈火》，第5段。", [("甲乙", ("長夜燈火", "第5段"))]),
        # any dot in a foreign name, an issue before the locator
        ("text", "安娜・維爾（2015）說：「甲乙」（第5段）；又「丙丁」（維爾，2015，第3期，第6段）。", [("甲乙", ("安娜・維爾", "第5段")), ("丙丁", ("維爾", "第6段"))]),
        ("org", "“one” [cite:@a, 第5段]", [("one", ("a", "第5段"))]),
        # fenced divs, epigraphs, code in lists
        ("markdown", "::: {.epigraph}\nOne [@a, para. 5]\n:::\n\n:::: note\n::: blockquote\nTwo\n\nthree [@b]\n:::\nfour\n::::\nfive “six”", [("One", ("a", "para. 5")), ("Two", ("b", None)), ("three", ("b", None)), ("six", None)]),
        ("latex", "\\epigraph{One}{Li (2020, para. 5)} “two” \\epigraph{Three}{\\cite[6]{a}}\n\n\\begin{epigraph}Four \\cite{b}\\end{epigraph} \\qitem{Five\n\nsix}{Wu, “Lamps,” 2015}", [("One", ("Li", "para. 5")), ("two", None), ("Three", ("a", "6")), ("Four", ("b", None)), ("Five", ("Wu", None)), ("six", ("Wu", None))]),
        ("markdown", "- one\n\n  “two”\n\n      “code”\n\n  - “three”\n\n        “code”\n\n1.  x\n\n    “four”\n\n        “code”\n\nfive\n\n    “code”", [("two", None), ("three", None), ("four", None)]),
        # a function of one's own that quotes, and quotations among the arguments of code
        ("typst", "#let q(body) = quote(body)\n#let bq(body, by: none) = {\n  quote(block: true, attribution: by, body)\n}\n#q[One] @a[para. 5]\n\n#bq(by: <b>)[Two]\n\nText.\n\n#figure(quote[Three], caption: quote(attribution: <d>)[Four])\n\n#quote(\"Five\") @f[p. 6] and #q([Six]).", [("One", ("a", "para. 5")), ("Two", ("b", None)), ("Three", None), ("Four", ("d", None)), ("Five", ("f", "p. 6")), ("Six", None)]),
        ("typst", "#align(center, quote(block: true, attribution: [Li (2020, p. 3)], [Seven \"eight\"])) “nine”", [("Seven \"eight\"", ("Li", "p. 3")), ("eight", ("Li", "p. 3")), ("nine", None)]),
        # notes below, numbered as a list, whose numbers stand raised in the text
        ("text", "1. A list\n\n“one”¹ and “two.”²\n\n1. Wu (2015), para. 5.\n\n2. Wu, “Lamps,” para. 6.\n\nBibliography\nLi. “A Title.” Press, 2001.\nWu, A. “Lamps.” *Light* 5 (2015).", [("one", ("Wu", "para. 5")), ("two.", ("Wu", "para. 6"))]),
        # a locator before the parenthesis
        ("text", "「甲乙」第5段（李四，2020），「丙丁」 第6頁（李四，2020）。", [("甲乙", ("李四", "第5段")), ("丙丁", ("李四", "第6頁"))]),
        ("text", "下文：\n\n    甲乙丙丁\n\n第5段（李四，2020）\n\n下文。", [("甲乙丙丁", ("李四", "第5段"))]),
        ("markdown", "> 甲乙丙丁 第5段（李四，2020）\n", [("甲乙丙丁", ("李四", "第5段"))]),
        # notes whose numbers come again, and whose marks stand in the words
        ("text", "「甲乙①」\n\n① 李四，2020，第5段。\n\n「丙丁①」\n\n① 王五，2021，第6段。", [("甲乙", ("李四", "第5段")), ("丙丁", ("王五", "第6段"))]),
        ("text", "「甲乙」①\n\n「丙丁」①\n\n① 李四，2020，第5段。\n\n① 王五，2021，第6段。", [("甲乙", ("李四", "第5段")), ("丙丁", ("王五", "第6段"))]),
    ],
)  # fmt: skip
def test_citations_belong(markup: str, source: str, expected: list[tuple[str, tuple[str, str | None] | None]]) -> None:
    result = found(source, markup)

    assert [(words, cited[0] if cited else None) for words, _, _, cited in result] == expected
    _check_places(quotes(read(source, markup)), source)


def test_included_files_are_read_once_and_named() -> None:
    files = {"two.tex": "“two” \\input{one} \\input{two}", "sub/three.typ": "“three”"}
    blocks = read("“one”\n\\input{two}\n\\input{../secret}", "latex", "book/one.tex", files.get)

    assert [(q.block.file, q.text, q.line) for q in quotes(blocks)] == [
        ("book/one.tex", "one", 1),
        ("book/two.tex", "two", 1),
    ]
    thesis = "\\MakeOuterQuote{|}\n\\begin{document}\\input{four}\\end{document}"
    assert [q.text for q in quotes(read(thesis, "latex", "m.tex", {"four.tex": "a |four| \\cite{b}"}.get))] == ["four"]
    assert [q.text for q in quotes(read('#include "sub/three.typ"', "typst", "m.typ", files.get))] == ["three"]


def test_what_a_reader_sees() -> None:
    (block,) = read("caf\\'e 35\\% -- 40~km \\& \\textelp{} \\textins{x}, \\$5 $7$", "latex")

    assert block.text == "café 35% – 40 km & […] [x], $5 7"
    assert read("a \\*b\\* &amp; *c* 10^2^ --- [d](http://x.y) <b>e</b>", "markdown")[0].text == "a *b* & c 10² — d e"
    assert read("甲\n乙 a\nb", "markdown")[0].text == "甲乙 a b"


def test_bom_and_carriage_returns_count() -> None:
    source = "\ufeff# Title\r\n\r\nHe said “one\r\ntwo” [@a].\r\n"
    (quote,) = quotes(read(source.encode(), "markdown"))

    assert (quote.text, quote.line, quote.column) == ("one two", 3, 10)
    assert source[quote.block.index[quote.start] :].startswith("one\r\ntwo")


@pytest.mark.parametrize(
    ("text", "kind", "ranges"),
    [
        ("para. 5", "paragraph", ((5, 5),)),
        ("paras 5–6, 9", "paragraph", ((5, 6), (9, 9))),
        ("¶ 5", "paragraph", ((5, 5),)),
        ("第5段", "paragraph", ((5, 5),)),
        ("第十二段", "paragraph", ((12, 12),)),
        ("第3至5段", "paragraph", ((3, 5),)),
        ("段5", "paragraph", ((5, 5),)),
        ("p. 7, para. 3", "paragraph", ((3, 3),)),
        ("pp. 105–8", "page", ((105, 108),)),
        ("第7頁", "page", ((7, 7),)),
        ("45頁", "page", ((45, 45),)),
        ("頁45", "page", ((45, 45),)),
        ("45-46頁", "page", ((45, 46),)),
        ("頁45、47", "page", ((45, 45), (47, 47))),
        ("12段", "paragraph", ((12, 12),)),
        ("第3期，第2段", "paragraph", ((2, 2),)),
        ("12", "number", ((12, 12),)),
    ],
)
def test_locators(text: str, kind: str, ranges: tuple[tuple[int, int], ...]) -> None:
    result = locator(text)

    assert result is not None
    assert (result.kind, result.ranges) == (kind, ranges)


@pytest.mark.parametrize("text", ["", None, "see above", "chapter", "emphasis added"])
def test_no_locator(text: str | None) -> None:
    assert locator(text) is None


def test_keys(demo: Path) -> None:
    bib = parse(
        "@article{mine, title={日本技术民族主义的模式演变：从发展导向的产业政策到安全导向的地缘战略}, ids={also}, translator={陳蕊}}\n"
        "@article{other, title={Something else}, author={Park, A.}, date={2023}}\n"
        "@article{park2023zh, title={Lamps}, author={Keeper, B.}, date={1999}}\n"
    )
    known = works(bib, Workspace(demo))

    assert known.keys["mine"] == known.keys["also"] == ("park2023", "zh")
    assert known.keys["park2023"] == ("park2023", "en")
    assert known.keys["park2023digest-en"] == ("park2023", "digest-en")
    assert "other" not in known.keys
    assert "park2023zh" not in known.keys  # the writer's own entry of that key is another work
    assert "park2023zh" in works(None, Workspace(demo)).keys
    assert known.of(Citation(0, 0, None, None, (("author", "Park"), ("year", "2023")))) == ("park2023", None)
    assert known.of(Citation(0, 0, "nobody", None)) is None
    chinese = parse(
        "@article{a, author={Wu, Nian}, date={2015}}\n@article{b, author={劉, 明遠}, date={2015}}\n"
    ).entries
    assert [persons(entry) for entry in chinese.values()] == [["wu"], ["刘", "刘明远"]]
    titled = (("author", "朴"), ("year", "2023"), ("title", "日本技术民族主义的模式演变"))
    assert known.of(Citation(0, 0, None, "第5段", titled)) == ("park2023", "zh")


@pytest.mark.parametrize(
    ("markup", "source", "new", "expected"),
    [
        ("markdown", "See “the *first* step\nwas 35%” [@a, para. 5].\n", "the second step was 30%", "See “the *second* step\nwas 30%” [@a, para. 8].\n"),
        ("latex", "\\textcquote[¶ 5]{a}{the \\emph{first} 35\\%}\n", "the first 30% & more", "\\textcquote[¶ 8]{a}{the \\emph{first} 30\\% \\& more}\n"),
        ("typst", "“a_b” @a[para. 5]", "a#b", "“a\\#b” @a[para. 8]"),
        ("org", "「甲乙」[cite:@a 第5段]", "甲丙", "「甲丙」[cite:@a 第8段]"),
        ("html", "<p>“a &amp; b” <b data-cites='a'>(A, 2020, para. 5)</b></p>", "a < b", "<p>“a &lt; b” <b data-cites='a'>(A, 2020, para. 8)</b></p>"),
        ("text", "「甲乙」（李，2020，第五段）\r\n下", "甲", "「甲」（李，2020，第8段）\r\n下"),
    ],
)  # fmt: skip
def test_corrections_apply(markup: str, source: str, new: str, expected: str, tmp_path: Path) -> None:
    (quote, *_) = quotes(read(source, markup, "my 手稿.txt"))
    edits = replacements(quote.block, quote.start, quote.end, new)
    edits += relocated(quote.block, quote.citations[0], 8)
    path = tmp_path / "my 手稿.txt"
    path.write_bytes(source.encode())
    diff = patch({"my 手稿.txt": source}, edits).encode()

    for command in (["git", "apply", "--check", "-"], ["patch", "-p1", "--binary"]):
        applied = subprocess.run(command, cwd=tmp_path, input=diff, capture_output=True)
        assert applied.returncode == 0, (applied.stderr, applied.stdout, diff.decode())
    assert path.read_bytes().decode() == expected


def test_a_patch_of_several_places(tmp_path: Path) -> None:
    source = "".join(f"line {n} “w{n}”\n" for n in range(40)) + "last “w40”"
    edits = [
        edit
        for n, quote in enumerate(quotes(read(source, "text", "a/b.txt")))
        if n in (0, 1, 20, 40)
        for edit in replacements(quote.block, quote.start, quote.end, f"new{n}")
    ]
    path = tmp_path / "a" / "b.txt"
    path.parent.mkdir()
    path.write_text(source, encoding="utf-8")
    diff = patch({"a/b.txt": source}, edits)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=diff.encode(), check=True)

    assert path.read_text(encoding="utf-8") == re.sub(r"“w(0|1|20|40)”", r"“new\1”", source)
    assert patch({"a/b.txt": source}, []) == ""
    with pytest.raises(YinzhengError, match="two corrections"):
        patch({"a/b.txt": source}, [edits[0], type(edits[0])("a/b.txt", edits[0].start, edits[0].end, "other")])


def test_comments_in_a_copy(tmp_path: Path) -> None:
    import io
    import zipfile

    data = lamp_docx()
    blocks = read(data, "docx")
    found = quotes(blocks)
    copy = commented(data, blocks, [Comment(q.block, q.start, q.end, f"看 <{q.text}>\n第二行\x00") for q in found])
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, copy))

    related = "word/_rels/document.xml.rels"
    for name in set(before.namelist()) - {"word/document.xml", "[Content_Types].xml", related}:
        assert before.read(name) == after.read(name)
    assert set(after.namelist()) - set(before.namelist()) == {"word/comments.xml"}
    targets = re.compile(rb"Target=[\"']([^\"']+)")
    assert {*targets.findall(after.read(related))} == {*targets.findall(before.read(related)), b"comments.xml"}
    assert [block.text for block in read(copy, "docx")] == [block.text for block in blocks]
    xml = after.read("word/document.xml").decode()
    for number, quote in enumerate(found):
        inside = re.search(f'commentRangeStart w:id="{number}"/>(.*?)<w:commentRangeEnd w:id="{number}"/>', xml, re.S)
        assert inside is not None
        words = "".join(re.findall(r"<w:t[ >][^<]*?>?([^<>]*)</w:t>", inside[1]))
        assert words == ("" if quote.block.note_of else quote.text)
    again = commented(copy, read(copy, "docx"), [Comment(read(copy, "docx")[0], 0, 3, "more")])
    assert again.count(b"PK\x01\x02") == copy.count(b"PK\x01\x02")
    numbers = re.findall(
        r'<w:comment w:id="(\d+)"', zipfile.ZipFile(io.BytesIO(again)).read("word/comments.xml").decode()
    )
    assert numbers == [str(n) for n in range(len(found) + 1)]


@pytest.mark.parametrize(
    ("indent", "before", "words"),
    [
        ('w:left="720"', "Li (2020, para. 5) writes:", "The block."),
        ('w:leftChars="200"', "Said.", "The block. (Li, 2020, para. 5)"),
        ('w:left="1cm" w:hanging="200"', "Said.", "The block. (Li, 2020, para. 5)"),
        ('w:left="720" w:hanging="720"', "Said.", "Li (2020). Lamps, para. 5."),  # a bibliography
        ('w:firstLine="480" w:firstLineChars="200"', "Li (2020, para. 5) writes:", "And on."),
        ('w:left="720"', "Said.", "An example."),
    ],
)
def test_what_is_set_in_in_a_word_document(indent: str, before: str, words: str) -> None:
    inside = f"<w:p><w:pPr><w:ind {indent}/></w:pPr>{run(words)}</w:p>"
    plain = paragraph(run("Plain."))
    result = found(docx(plain, paragraph(run(before)), inside, inside, plain, plain, plain), "docx")

    quoted = [("The block.", 0, "block", (("Li", "para. 5"),))] * 2
    assert result == (quoted if words.startswith("The") else [])


def test_a_style_of_characters_that_quotes() -> None:
    said = "".join(
        f'<w:r><w:rPr><w:rStyle w:val="Q"/></w:rPr><w:t xml:space="preserve">{x}</w:t></w:r>' for x in ("one ", "two")
    )
    result = found(docx(paragraph(run("He says: ") + said + run(" (Li, 2020, para. 5)."))), "docx")

    assert result == [("one two", 0, "inline", (("Li", "para. 5"),))]


def test_a_citation_in_the_cell_behind_its_words() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(run(words))}</w:tc>" for words in cells) + "</w:tr>"

    table = row("“one”", "(Li, 2020, para. 5)") + row("“two”", "“three” (Wu, 2015)") + row("“four”", "said")
    result = found(docx(f"<w:tbl>{table}</w:tbl>", paragraph(run("(Li, 2020, para. 6)"))), "docx")

    assert [(words, cited) for words, _, _, cited in result] == [
        ("one", (("Li", "para. 5"),)),
        ("two", ()),
        ("three", (("Wu", None),)),
        ("four", ()),
    ]


def test_what_a_reader_of_a_word_document_sees() -> None:
    endnote = '<w:endnote w:id="2"><w:p>' + run("Li (2020, para. 5)") + "</w:p></w:endnote>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = docx(
        paragraph(
            run("“10"),
            run("2", '<w:vertAlign w:val="superscript"/>'),
            f'<w:ins w:id="1">{run(" km")}</w:ins><w:del w:id="2"><w:r><w:delText> not</w:delText></w:r></w:del>',
            run("hidden", "<w:vanish/>"),
            run(" long”"),
            note(2, "endnote"),
        ),
        extra={"word/endnotes.xml": f'<w:endnotes xmlns:w="{space}">{endnote}</w:endnotes>'.encode()},
    )

    assert found(data, "docx") == [("10² km long", 0, "inline", (("Li", "para. 5"),))]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip", lamp_docx()[:-40], docx("<w:p>")], ids=range(5))
def test_a_broken_word_document_is_a_clear_error(data: bytes) -> None:
    with pytest.raises(YinzhengError, match=r"x\.docx"):
        read(data, "docx", "x.docx")


def test_a_bomb_is_refused() -> None:
    bomb = docx(paragraph(run("a")), extra={"word/styles.xml": b" " * (65 << 20)})

    with pytest.raises(YinzhengError, match="unpacks to more"):
        read(bomb, "docx")


def _check_blocks(blocks: list[Block], source: str) -> None:
    for block in blocks:
        assert len(block.index) == len(block.text) + 1
        assert len(block.ends) == len(block.text)
        assert all(a <= b for a, b in zip(block.index, block.index[1:], strict=False))
        assert all(0 <= a <= b <= len(source) for a, b in zip(block.index, block.ends, strict=False))
        for a, b in [
            *block.emphasis,
            *((s.start, s.end) for s in block.quoted),
            *((c.start, c.end) for c in block.citations),
        ]:
            assert 0 <= a <= b <= len(block.text)
        if block.note_of:
            assert block.note_of[1] <= len(blocks[block.note_of[0]].text)
    for quote in quotes(blocks):
        assert 0 <= quote.start < quote.end <= len(quote.block.text)
        assert quote.line >= 1
        assert quote.column >= 1


PIECES = st.sampled_from(
    [
        *"“”‘’「」『』\"'«»()[]{}<>*_`$#@\\^~&|:;=-+/%\n\r\t \u3000《》",
        *(
            "\n\n",
            "\n> ",
            "\n- ",
            "\n# ",
            "```",
            "[^1]",
            "[^1]: ",
            "[@a, p. 3]",
            "@key ",
            "\\cite[p. 3]{k}",
            "``",
            "''",
        ),
        *("\\textcquote[5]{k}{", "\\begin{quote}", "\\end{quote}", "\\footnote{", "#quote(block: true)[", "#footnote["),
        *("#cite(<k>)", "[cite:@k p. 3]", "[fn:1]", "[fn:: ", "#+begin_quote\n", "#+end_quote\n", "<q>", "</q>", "<p>"),
        *(
            "<blockquote>",
            "</blockquote>",
            "<!--",
            "-->",
            "&amp;",
            "<li id='n'>",
            "<a href='#fn1'>",
            "（李，2020，第5段）",
        ),
        *(
            "<figure>",
            "</figure>",
            "<figcaption>",
            "</figcaption>",
            "<footer>",
            "</footer>",
            "<cite>",
            "</cite>",
            "<td>",
        ),
        *("<sup>", "2</sup>", "<a href='#n' name='m'>", "<a href='#m' id='n'>", "</a>", "[1]", "\n[1] ", "①", "\n① "),
        *(
            "\n    ",
            "\n\u3000\u3000",
            "\n\u3000\u3000\u3000",
            "\\MakeOuterQuote{|}",
            "\\MakeBlockQuote{<}{|}{>}",
            "|",
            ",,",
        ),
        *("甲", "乙文", "word ", "Li (2020, para. 5)", "\U0001f600", "\x00", "\ud800", "é", "\ufeff", "s’ ", '5" '),
    ]
)


@pytest.mark.parametrize("markup", TEXT_MARKUPS)
@given(pieces=st.lists(PIECES, max_size=40))
def test_nothing_breaks_a_reader_and_every_character_has_its_place(markup: str, pieces: list[str]) -> None:
    source = "".join(pieces)
    _check_blocks(read(source, markup), source)


@pytest.mark.parametrize("markup", TEXT_MARKUPS)
@given(words=st.lists(st.text(st.characters(categories=["Lo", "Ll"]), min_size=1, max_size=8), min_size=1, max_size=12))
def test_words_are_copied_from_where_they_stand(markup: str, words: list[str]) -> None:
    source = " ".join(words)
    blocks = read(source, markup)
    for block in blocks:
        for at, character in enumerate(block.text):
            if not character.isspace():
                assert source[block.index[at] : block.ends[at]] == character
    assert "".join("".join(block.text for block in blocks).split()) == "".join("".join(words).split())


@given(data=st.binary(max_size=200))
def test_bytes_that_are_no_text(data: bytes) -> None:
    try:
        text_of(data)
    except YinzhengError:
        return


@pytest.mark.parametrize("markup", TEXT_MARKUPS)
@pytest.mark.parametrize(
    "unit", ["(", "[", "{", "“", '"', "<a b='", "<!-- ", "\\cite[", "#f(", "\\footnote{", "^[", "*a", "(“a” b, 2023) "]
)
def test_garbage_takes_linear_time(markup: str, unit: str) -> None:
    import time

    def seconds(size: int) -> float:
        source = unit * (size // len(unit))
        begin = time.process_time()
        quotes(read(source, markup))
        return time.process_time() - begin

    small, large = (min(seconds(size) for _ in range(2)) for size in (5_000, 40_000))
    assert large < 0.5 or large < 24 * small  # eight times the text; quadratic would be 64
