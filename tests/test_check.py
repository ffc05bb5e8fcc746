"""`check`: every kind of problem, with its file and its line, none hidden behind another; and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, yinzheng
from yinzheng import ids, jsonl
from yinzheng.checking import check
from yinzheng.errors import YinzhengError
from yinzheng.letters import letters
from yinzheng.records import Claim, Entity, Figure, Name
from yinzheng.workspace import Workspace

C, A = "corpus/park2023", "annotations/park2023"
Line = dict[str, Any]


@pytest.fixture(scope="session")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled work with an annotation of each kind on its digest, and one on the text that is not here."""
    root = tmp_path_factory.mktemp("annotated")
    for top in ("corpus", "annotations"):
        shutil.copytree(ROOT / top / "park2023", root / top / "park2023", ignore=shutil.ignore_patterns("local"))
    here = Workspace(root)
    first = here.paragraphs("park2023", "digest-zh")[0]
    absent = here.paragraphs("park2023", "zh")[20]
    whole = letters(first.text or "")

    def common(kind: str, low: int, high: int) -> Line:
        start, end = whole.stored(low, high)
        return {
            "id": ids.annotation_birth("park2023", kind[0], first.id, low, high), "type": kind, "work": "park2023",
            "edition": "digest-zh", "paragraph": first.id, "start": start, "end": end, "letter_start": low,
            "letter_end": high, "hash": ids.keyed_hash("park2023", "digest-zh", whole.text[low:high], 8),
            "text": (first.text or "")[start:end], "status": "accepted", "by": "Jane Doe", "created": "2026-01-01",
            "note": None, "score": None,
        }  # fmt: skip

    name = Name(
        id="park2023.n00000001", label="TERM", zh_hant="技術民族主義", zh_hans=None, en="technonationalism",
        en_source=None, abbr=None, aka=(), wikidata=None, note=None,
    )  # fmt: skip
    nothing = dict.fromkeys(("attribution", "speaker", "gloss_zh", "gloss_en"))
    claim = Claim(**common("claim", 0, 20), label="causal", central=True, evidence=(), **nothing)  # type: ignore[arg-type]
    entity = Entity(**common("entity", 0, 6), label="TERM", name=name.id)
    empty = dict.fromkeys(
        (
            "min",
            "max",
            "unit",
            "bound",
            "duration",
            "equals",
            "measure",
            "payer",
            "payee",
            "subject",
            "about_zh",
            "about_en",
        )
    )
    date: Line = {**empty, "label": "DATE", "value": 1.0, "value_list": (), "approx": False, "edtf": "1987"}
    figure = Figure(**common("figure", 30, 35), **date)
    far: Line = {
        **common("claim", 0, 9), "id": ids.annotation_birth("park2023", "c", absent.id, 0, 9), "edition": "zh",
        "paragraph": absent.id, "hash": "0" * 16, "text": None,
    }  # fmt: skip
    away = Claim(**far, label="causal", central=False, evidence=(figure.id,), **nothing)  # type: ignore[arg-type]
    folder = root / A
    (folder / "claims.jsonl").write_text(jsonl.text([claim, away]), encoding="utf-8")
    (folder / "entities.jsonl").write_text(jsonl.text([entity]), encoding="utf-8")
    (folder / "figures.jsonl").write_text(jsonl.text([figure]), encoding="utf-8")
    (folder / "names.jsonl").write_text(jsonl.text([name]), encoding="utf-8")
    return root


@pytest.fixture
def work(annotated: Path, tmp_path: Path) -> Path:
    shutil.copytree(annotated, tmp_path, dirs_exist_ok=True)
    return tmp_path


def problems(root: Path) -> list[str]:
    return [str(problem).replace(f"{root}/", "") for problem in check(root)]


def test_nothing_is_wrong_with_what_is_right(work: Path) -> None:
    assert problems(work) == []
    run = yinzheng("check", cwd=work)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "no problems\n")
    assert yinzheng("check", "park2023", cwd=work).returncode == 0
    assert yinzheng("check", cwd=ROOT).returncode == 0


def change(root: Path, file: str, at: int, edit: Callable[[Line], object]) -> None:
    """Change the record in one line (1-based), its form left as it was."""
    path = root / file
    lines = path.read_text(encoding="utf-8").split("\n")
    data = json.loads(lines[at - 1])
    edit(data)
    lines[at - 1] = json.dumps(data, ensure_ascii=False)
    path.write_text("\n".join(lines), encoding="utf-8")


PARAGRAPH = f"{C}/digest-zh.jsonl"
CONTENT: list[tuple[str, int, Line, list[str]]] = [
    # paragraphs
    (PARAGRAPH, 2, {"order": 1}, ["order 1 does not follow 1"]),
    (PARAGRAPH, 2, {"number": 7}, ["number 7, but 2 is next"]),
    (PARAGRAPH, 54, {"kind": "note"}, ["kind note with number 54: body paragraphs, and only they, are numbered"]),
    (PARAGRAPH, 54, {"number": None}, ["kind body with number None"]),
    (PARAGRAPH, 2, {"section": "park2023.p00000000"}, ["section park2023.p00000000 is no heading above"]),
    (PARAGRAPH, 2, {"edition": "zh"}, ["says park2023/zh, but stands in park2023/digest-zh", "hash is not", "text_hash", "sketch", "joins two paragraphs of zh"]),
    (PARAGRAPH, 2, {"hash": "0" * 32}, ["hash is not that of the letters"]),
    (PARAGRAPH, 2, {"text_hash": "0" * 32}, ["text_hash is not that of the text"]),
    (PARAGRAPH, 2, {"length": 3}, ["length 3, but the text has"]),
    (PARAGRAPH, 2, {"sketch": [1]}, ["sketch is not that of the letters"]),
    (PARAGRAPH, 2, {"emphasis": [3, 2]}, ["emphasis [3, 2] are no ranges of the text"]),
    (PARAGRAPH, 2, {"emphasis": [-1, 2]}, ["emphasis [-1, 2] are no ranges"]),
    (PARAGRAPH, 2, {"emphasis": [0, 9999]}, ["emphasis [0, 9999] are no ranges"]),
    (PARAGRAPH, 2, {"text": None}, ["the edition's text is included, but this paragraph has none"]),
    (f"{C}/zh.jsonl", 12, {"text": "words"}, ["holds text, but the edition's text is local: it must not stand here"]),
    # links
    (f"{C}/alignment.jsonl", 3, {"source": "park2023.pzzzzzzzz"}, ["park2023.pzzzzzzzz is no paragraph"]),
    (f"{C}/alignment.jsonl", 3, {"source_start": 4}, ["4:None is no part of"]),
    (f"{C}/alignment.jsonl", 3, {"target_start": 4, "target_end": 4}, ["4:4 is no part of"]),
    # names and annotations
    (f"{A}/names.jsonl", 1, {"id": "park2023.n1"}, ["'park2023.n1' is no id of a name of park2023", "name park2023.n00000001 is no name"]),
    (f"{A}/claims.jsonl", 1, {"type": "entity"}, ["a entity in the file of claims", "the id is not born"]),
    (f"{A}/claims.jsonl", 1, {"work": "other"}, ["says other/digest-zh, but", "the id is not born", "hash is not that of the words at its place"]),
    (f"{A}/claims.jsonl", 1, {"paragraph": "park2023.pzzzzzzzz"}, ["park2023.pzzzzzzzz is no paragraph"]),
    (f"{A}/claims.jsonl", 1, {"letter_end": 9999}, ["letters 0:9999 are not inside the paragraph"]),
    (f"{A}/claims.jsonl", 1, {"letter_start": 20}, ["letters 20:20 are not inside the paragraph"]),
    (f"{A}/claims.jsonl", 1, {"letter_start": 1}, ["the id is not born from its type, paragraph and letters", "hash is not"]),
    (f"{A}/claims.jsonl", 1, {"hash": "0" * 16}, ["hash is not that of the words at its place"]),
    (f"{A}/claims.jsonl", 1, {"text": "other words"}, ["text 'other words' is not the words at its place"]),
    (f"{A}/claims.jsonl", 1, {"start": 9}, ["start and end are 9:"]),
    (f"{A}/claims.jsonl", 1, {"speaker": "park2023.n00000002"}, ["speaker park2023.n00000002 is no name"]),
    (f"{A}/claims.jsonl", 1, {"evidence": ["park2023.f00000000"]}, ["park2023.f00000000 is no annotation"]),
    (f"{A}/claims.jsonl", 2, {"text": "words"}, ["holds words of a text that is local: they must not stand here"]),
    (f"{A}/entities.jsonl", 1, {"text": None}, ["a entity without its words (text)"]),
    (f"{A}/entities.jsonl", 1, {"name": "park2023.n00000002"}, ["name park2023.n00000002 is no name"]),
    (f"{A}/figures.jsonl", 1, {"min": 1.0}, ["min 1.0 and max None are no range", "value, value_list and min–max at once"]),
    (f"{A}/figures.jsonl", 1, {"value": None, "min": 2.0, "max": 1.0}, ["min 2.0 and max 1.0 are no range"]),
    (f"{A}/figures.jsonl", 1, {"value_list": [1.0]}, ["value, value_list and min–max at once"]),
    (f"{A}/figures.jsonl", 1, {"value": None, "value_list": [1.0], "bound": ">="}, ["bound >= with more than one value"]),
    (f"{A}/figures.jsonl", 1, {"edtf": "2009/6"}, ["edtf '2009/6' is no EDTF date, as 2009-06"]),
    (f"{A}/figures.jsonl", 1, {"unit": "hello there"}, ["unit 'hello there' is none of"]),
    (f"{A}/figures.jsonl", 1, {"duration": "ten years"}, ["duration 'ten years' is no ISO 8601 duration"]),
    (f"{A}/figures.jsonl", 1, {"equals": "park2023.f00000000"}, ["park2023.f00000000 is no annotation"]),
    # columns
    (PARAGRAPH, 2, {"page": 12}, ["column 'page': 12 is not str | None", "is no paragraph"]),
    (f"{A}/figures.jsonl", 1, {"value": 1}, ["column 'value': 1 is not float | None", "is no annotation"]),
    (f"{A}/names.jsonl", 1, {"label": "THING"}, ["column 'label': 'THING' is not Literal", "is no name"]),
    (f"{A}/names.jsonl", 1, {"extra": 1}, ["unknown column 'extra'", "is no name"]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "line", "columns", "expected"), CONTENT)
def test_what_a_line_says(work: Path, file: str, line: int, columns: Line, expected: list[str]) -> None:
    change(work, file, line, lambda data: data.update(columns))

    found = problems(work)
    for message in expected:
        assert any(message in problem for problem in found), (message, found)
    assert all(any(message in problem for message in expected) for problem in found), found
    assert any(problem.startswith(f"{file}:{line}: ") for problem in found)


def test_what_stands_twice(work: Path) -> None:
    for file, at in ((PARAGRAPH, 54), (f"{C}/alignment.jsonl", 1), (f"{A}/claims.jsonl", 1), (f"{A}/names.jsonl", 1)):
        path = work / file
        text = path.read_text(encoding="utf-8")
        path.write_text(text + text.split("\n")[at - 1] + "\n", encoding="utf-8")

    found = [problem.split(": ", 1) for problem in problems(work)]
    assert [(where, message.split("stands twice")[1]) for where, message in found if "stands twice" in message] == [
        (f"{PARAGRAPH}:55", "; first in digest-zh.jsonl:54"), (f"{C}/alignment.jsonl:391", "; first in line 1"),
        (f"{A}/names.jsonl:2", ""), (f"{A}/claims.jsonl:3", ""),
    ]  # fmt: skip


FORM: list[tuple[Callable[[bytes], bytes], list[str]]] = [
    (lambda data: b"\xef\xbb\xbf" + data, ["1: begins with a byte-order mark (BOM)"]),
    (lambda data: data.replace(b"\n", b"\r\n"), ["1: lines end with CR LF"]),
    (lambda data: data[:-1], ["2: the last line has no end; was the file cut off?"]),
    (lambda data: b"\n" + data, ["1: an empty line"]),
    (lambda data: data[:-40], ["2: the last line has no end", "2: not JSON"]),
    (lambda data: data.replace(b"{", b"", 1), ["1: not JSON: "]),
    (lambda data: b"\n\n{}\n" + data, ["1: an empty line", "3: column 'id' is missing; column 'type' is missing"]),
    (lambda data: b"[]\n" + data, ["1: expected an object, found list"]),
    (lambda data: b"\xff\n" + data, ["1: not UTF-8: invalid start byte at byte 0"]),
    (lambda data: data.replace(b'"type"', b'"id": "a", "type"', 1), ["1: not JSON: column 'id' twice"]),
    (lambda data: data.replace(b'"score": null', b'"score": NaN', 1), ["1: not JSON: NaN is no number"]),
    (lambda data: data.replace(b'"score": null', b'"score": 1e999', 1), ["1: not JSON: column 'score' holds a number too large"]),
    (lambda data: data.replace(b"Jane", b"\\ud800", 1), ["1: not JSON: 'utf-8' codec can't encode"]),
    (lambda data: data.replace(b"Jane Doe", "Jane\u2028Doe\u0085\x0b\x0c".encode().replace(b"\x0b\x0c", b"\\u000b"), 1), []),
    (lambda data: data.replace(b'"type": "claim", "work": "park2023"', b'"work": "park2023", "type": "claim"'), ["1: columns in another order than id, type, work"]),
    (lambda data: data.replace(b", ", b",").replace(b'": ', b'":'), []),
    (lambda data: b"[" * 100_000 + b"\n" + data, ["1: not JSON: maximum recursion depth"]),
    (lambda data: b"\x00" * 100, ["1: the last line has no end", "1: not JSON"]),
]  # fmt: skip


def second(data: bytes, old: bytes, new: bytes) -> bytes:
    """A file with its second line changed."""
    lines = data.split(b"\n")
    lines[1] = lines[1].replace(old, new)
    return b"\n".join(lines)


FORM += [
    (
        lambda data: second(data, b'"type": "claim", "work": "park2023"', b'"work": "park2023", "type": "claim"'),
        ["2: columns in another order than id, type, work"],
    ),
    (lambda data: second(data, b'"score": null', b'"score": 1'), ["2: column 'score': 1 is not float"]),
    (lambda data: second(data, b'"id"', b'"id" : "a", "id"'), ["2: not JSON: column 'id' twice"]),
    (lambda data: second(data, b'{"id"', b'{"odd": {"id": 1}, "id"'), ["2: unknown column 'odd'"]),
]


@pytest.mark.parametrize("run", [1, 1 << 17])  # read at once from the second line on, or line by line
@pytest.mark.parametrize(("edit", "expected"), FORM)
def test_how_a_file_is_written(
    work: Path, edit: Callable[[bytes], bytes], expected: list[str], run: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "_RUN", run)
    path = work / A / "claims.jsonl"
    path.write_bytes(edit(path.read_bytes()))
    before = path.read_bytes()

    found = problems(work)

    assert len(found) == len(expected), found
    for problem, message in zip(found, expected, strict=True):
        assert problem.startswith(f"{A}/claims.jsonl:{message}")
    assert path.read_bytes() == before


def test_several_broken_at_once_are_all_listed(work: Path) -> None:
    """Not one hides another: lines of several files, a bibliography, a second work, a third without its work.toml."""
    change(work, PARAGRAPH, 3, lambda data: data.update(length=1))
    change(work, PARAGRAPH, 5, lambda data: data.update(length=2))
    (work / A / "claims.jsonl").write_text("{\n\u2028\n", encoding="utf-8")
    last = (work / C / "references.bib").read_text(encoding="utf-8").count("\n") + 1
    with (work / C / "references.bib").open("a", encoding="utf-8") as file:
        file.write("@misc{a, title={x}, title={y}}\n@misc{b, related={c}}\n")
    (work / "corpus" / "second").mkdir()
    (work / "corpus" / "second" / "work.toml").write_text('work = "second"\nx\n', encoding="utf-8")
    (work / "corpus" / "second" / "zh.jsonl").write_text("{}}\n", encoding="utf-8")
    (work / "corpus" / "third").mkdir()
    (work / "annotations" / "fourth").mkdir()
    (work / "annotations" / "fourth" / "claims.jsonl").write_text("")
    (work / "corpus" / ".hidden").mkdir()

    found = problems(work)
    expected = [
        [f"{A}/claims.jsonl:1", "not JSON: Expecting property name enclosed in double quotes: line 2 column 1 (char 2)"],
        [f"{A}/claims.jsonl:2", "an empty line"],
        [f"{PARAGRAPH}:3", "length 1, but the text has"],
        [f"{PARAGRAPH}:5", "length 2, but the text has"],
        [f"{C}/references.bib:{last}", "entry 'a' cannot be read: Duplicate field keys on entry: 'title'"],
        [f"{C}/references.bib", "b is related to 'c', which is no entry"],
        ["corpus/second/work.toml:2", "not TOML: Expected '=' after a key in a key/value pair (at line 2, column 2)"],
        ["corpus/second/zh.jsonl:1", "not JSON: Extra data: line 1 column 3 (char 2)"],
        ["corpus/third/work.toml", "cannot be read: No such file or directory"],
        ["annotations/fourth", "annotations of a work that is not in corpus/: fourth"],
    ]  # fmt: skip
    assert len(found) == len(expected), found
    for problem, (where, message) in zip(found, expected, strict=True):
        assert problem.startswith(f"{where}: {message}")
    run = yinzheng("check", cwd=work)
    assert (run.returncode, run.stderr) == (1, "10 problems\n")
    assert len(run.stdout.rstrip("\n").split("\n")) == 10
    assert yinzheng("check", "third", cwd=work).stdout.endswith(
        "work.toml: cannot be read: No such file or directory\n"
    )


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("", "work = None, but the folder is 'park2023'"),
        ('work = "other"', "work = 'other', but the folder"),
        ('work = "park2023"', r"no \[editions.KEY\] table"),
        ('work = "park2023"\n[editions.zh]\nlang = "zh"', "edition zh: role is missing"),
        ('work = "park2023"\n[editions.zh]\nlang = 1', "edition zh: lang = 1 is not str"),
        ('work = "park2023"\n[editions.zh]\nlanguage = "zh"', "edition zh: unknown field 'language'"),
        ('work = "park2023"\n[editions.ZH]\nlang = "zh"', "edition key 'ZH'"),
        ('work = "park2023"\n[editions]\nzh = 1', "edition key 'zh'"),
    ],
)
def test_a_broken_work_toml(work: Path, toml: str, message: str) -> None:
    (work / C / "work.toml").write_text(toml, encoding="utf-8")

    (problem,) = check(work)
    with pytest.raises(YinzhengError, match=message):
        raise problem


def test_files_that_belong_to_nothing_or_cannot_be_read(work: Path) -> None:
    (work / C / "references.bib").write_bytes(b"\xff\xfe")
    (work / C / "fr.jsonl").write_text("", encoding="utf-8")
    (work / C / "local").mkdir()
    (work / C / "local" / "zh.jsonl").mkdir()
    (work / A / "names.jsonl").unlink()
    (work / "corpus" / "Big").mkdir()
    (work / "corpus" / "Big" / "work.toml").write_text(
        (work / C / "work.toml").read_text(encoding="utf-8").replace('"park2023"', '"Big"', 1), encoding="utf-8"
    )

    found = problems(work)
    assert "corpus/Big: the folder's name is no key of a work: lower-case letters, digits, hyphens" in found
    assert f"{C}/fr.jsonl: work.toml has no edition 'fr', so this file is read by nothing" in found
    assert f"{C}/local/zh.jsonl: cannot be read: Is a directory" in found
    assert f"{C}/references.bib: not UTF-8 at byte 0; save it as UTF-8" in found
    assert any(f"{A}/entities.jsonl:1: " in problem and "is no name" in problem for problem in found)


def test_a_reader_s_copy_is_checked(work: Path) -> None:
    here = Workspace(work)
    name = here.paragraphs("park2023", "zh")[3].id
    (work / C / "local").mkdir()
    row = {"id": name, "text": "other words", "emphasis": [], "notes": []}
    rows = [row, {**row, "id": "park2023.p00000000"}]
    (work / C / "local" / "zh.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")

    assert problems(work) == [
        f"{C}/local/zh.jsonl:1: {name}: the copy's words are not the edition's; add it again",
        f"{C}/local/zh.jsonl:2: park2023.p00000000 is no paragraph of park2023/zh",
    ]


def test_a_work_that_is_not_there(work: Path) -> None:
    run = yinzheng("check", "park2032", cwd=work)

    assert (run.returncode, run.stdout) == (1, "")
    assert "no work 'park2032'; there is: park2023" in run.stderr
    assert yinzheng("check", "park2023/zh:3", cwd=work).returncode == 0


def test_a_broken_line_stops_other_commands_with_its_place_and_stays(work: Path) -> None:
    path = work / PARAGRAPH
    lines = path.read_bytes().split(b"\n")
    lines[6] = lines[6][:50]
    lines[8] = b"\xff"
    path.write_bytes(b"\n".join(lines))
    before = path.read_bytes()
    (work / "text.txt").write_text("The lamp was lit in 1907, and nobody came to see it.", encoding="utf-8")

    for command in (["show", "park2023/digest-zh:1"], ["find", "日本"], ["cite", "park2023:3"], ["add", "text.txt"]):
        run = yinzheng(*command, cwd=work)
        assert (run.returncode, run.stdout) == (1, ""), command
        assert f"{path}:7: not JSON" in run.stderr
        assert "(and 1 more; `yinzheng check` lists them all)" in run.stderr
    assert path.read_bytes() == before


def test_annotations_are_shown_cited_and_named_by_a_prefix(work: Path) -> None:
    claim, away = Workspace(work).annotations("park2023", "claim")
    (figure,) = Workspace(work).annotations("park2023", "figure")

    shown = yinzheng("show", "park2023/digest-zh:1", cwd=work)
    assert f"\n  causal  {claim.text}  {claim.id}\n" in shown.stdout
    assert f"\n  DATE  {figure.text}  {figure.id}\n" in shown.stdout
    assert f"  (text not here)  {away.id}" in yinzheng("show", away.paragraph, cwd=work).stdout
    cited = yinzheng("cite", figure.id[:15], "--to", "json", cwd=work)
    assert json.loads(cited.stdout)["text"] == figure.text
    digest = yinzheng("cite", away.id, "--to", "json", cwd=work)
    assert json.loads(digest.stdout)["words"] == "paraphrase"
    assert "the text of park2023/zh is not here: this is our digest's" in digest.stderr
    near = yinzheng("show", f"{claim.id[:-1]}0", cwd=work)
    assert near.returncode == 1
    assert f"; there is: {claim.id}" in near.stderr
    several = yinzheng("show", "park2023.c", cwd=work)
    assert "'park2023.c' begins 2 claim ids; type more of it" in several.stderr


def test_an_annotation_that_is_not_inside_its_text_is_said(work: Path) -> None:
    change(work, f"{A}/claims.jsonl", 1, lambda data: data.update(letter_end=9999))
    (claim, _) = Workspace(work).annotations("park2023", "claim")

    shown = yinzheng("show", "park2023/digest-zh:1", cwd=work)
    cited = yinzheng("cite", claim.id, cwd=work)
    assert shown.returncode == 0
    assert (cited.returncode, cited.stdout) == (1, "")
    assert f"{claim.id} is not inside its paragraph; run: yinzheng check park2023" in cited.stderr


def test_a_bare_special_in_the_bibliography_is_no_problem_but_said(demo: Path) -> None:
    path = demo / "corpus" / "park2023" / "references.bib"
    path.write_text(
        path.read_text(encoding="utf-8") + "\n@misc{x, title={R&D, a\\_b}, note={$x_1$ & 5\\%}, url={a_b}}\n",
        encoding="utf-8",
    )
    done = yinzheng("check", cwd=demo)

    assert done.returncode == 0
    assert "x, title, note: LaTeX wants a backslash" in done.stderr


def test_a_note_that_holds_a_sentence_of_a_local_text_is_told(empty: Path) -> None:
    """No problem of the files: a scholar may quote. But git publishes it (promise 4)."""
    sentence = "議會每年撥款給守塔人用於購置燈油和修繕燈塔"
    name = "海島燈塔管理委員會下屬技術研究所"
    (empty / "a.txt").write_text(f"帳目\n\n{sentence}。{name}點燈。\n", "utf-8")
    assert yinzheng("add", "a.txt", "--work", "lamp", cwd=empty).returncode == 0
    for note in (f"原文：「{sentence[2:18]}」云云", f"比較{name}", "議會每年撥款，守塔人買油"):
        quote = {"原": "議會", "比": name, "議": "守塔人"}[note[0]]
        done = yinzheng("mark", "lamp:1", "--quote", quote, "--entity", "ORG", "--note", note, cwd=empty)
        assert done.returncode == 0, done.stderr
    done = yinzheng("check", cwd=empty)

    assert done.returncode == 0
    assert done.stderr.count("letters in a row of lamp/zh") == 1
    assert "note holds 16 letters in a row of lamp/zh, whose text is local" in done.stderr
    (empty / "corpus" / "lamp" / "work.toml").write_text("[", "utf-8")
    assert yinzheng("check", cwd=empty).returncode == 1
