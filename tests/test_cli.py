"""The command line as a stranger meets it: help, errors and their exit codes, streams, colours, completion."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, yinzheng
from screen import on_screen
from wcwidth import wcswidth
from yinzheng import terminal
from yinzheng.cli import COMMANDS, cli

SINGLE = [sys.executable, "-m", "yinzheng"]
pty_only = pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled work in a workspace of its own; not to be changed."""
    folder = tmp_path_factory.mktemp("workspace")
    assert run(folder, "init", "--demo").exit_code == 0
    return folder


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> Result:
    """The command in this process, standing in a folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(cli, arguments, input=stdin, prog_name="yinzheng")
    finally:
        os.chdir(before)


def test_help() -> None:
    result = CliRunner().invoke(cli, ["--help"], prog_name="yinzheng")

    assert result.exit_code == 0
    assert "Example: yinzheng find 熊本" in result.output
    assert "..." not in result.output.split("Commands:")[1]  # every command in a line that is not cut
    assert all(f"\n  {name} " in result.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_has_an_example_that_it_takes(name: str, here: Path) -> None:
    result = CliRunner().invoke(cli, [name, "-h"], prog_name="yinzheng")

    assert result.exit_code == 0
    example = re.search(r"^ *Example: yinzheng (.*)$", result.output, re.M)
    assert example is not None
    arguments = example[1].split()
    assert arguments[0] == name
    command = cli.get_command(cli.make_context("yinzheng", [name]), name)
    assert command is not None
    command.make_context(name, arguments[1:])  # raises for an option or an argument that is none


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ("", 2, "Usage: yinzheng"),
        ("--version", 0, ""),
        ("fnd 熊本", 2, "No such command 'fnd'. Did you mean: find?"),
        ("show --tp jsonl", 2, "No such option '--tp'"),
        ("show --to xml", 2, "'xml' is not one of 'text', 'jsonl'"),
        ("cite", 2, "Missing argument 'WHAT...'"),
        ("init a b", 2, "unexpected extra argument (b)"),
        ("--workspace corpus/park2023/work.toml show", 2, "is a file"),
        ("--workspace nowhere show", 1, "nowhere: no workspace here (no corpus/); make one with: yinzheng init"),
        ("show park2024", 1, "no work 'park2024'; there is: park2023"),
        ("show park2023/digest", 1, "no edition of park2023 'digest'; there is: digest-zh, digest-en"),
        ("show park2023/en:1", 1, "no paragraph 1 in park2023/en; none of its text has been added yet"),
        ("show park2023/digest-en:55", 1, "no paragraph 55 in park2023/digest-en; its paragraphs are 1 to 54"),
        ("show park2023:0", 1, "no paragraph 0 in park2023/zh"),
        (f"show park2023:{'9' * 5000}", 1, "names nothing; say WORK, WORK:12"),
        ("show park2023.pr70xmdwq", 1, "no paragraph 'park2023.pr70xmdwq'; there is: park2023.pr70xmdwr"),
        ("show park2023.p", 1, "begins 186 paragraph ids (park2023.p"),
        ("show park2023.c0000000", 1, "no claim 'park2023.c0000000'; there is: park2023.c"),
        (r"show C:\Users\王小明\燈塔.txt", 1, "names nothing; say WORK, WORK:12"),
        (r"add C:\Users\王小明\燈塔.txt", 1, "no such file"),
        (r"--workspace C:\nowhere show", 1, "no workspace here"),
        ("show ../../etc/passwd", 1, "names nothing"),
        ("show ''", 1, "names nothing"),
        ("find ，。", 1, "nothing to look for in '，。': it holds no letters"),
        ("find 鯨油燈", 1, "'鯨油燈' is in none of the texts that are here"),
        ("cite park2023/digest-zh:1 --quote 鯨油", 1, "these words are not in this paragraph"),
        ("cite park2023/digest-zh:1 --quote ''", 1, "want words, and not an empty text"),
        ("cite park2023/digest-zh:1 --quote 技術 --start 技術", 1, "give one or the other"),
        ("cite park2023 --quote 技術", 1, "say which paragraph the words are in, as park2023:12"),
        ("cite park2023:1 --quote 技術", 1, "the text of park2023/zh is not here"),
        ("add corpus", 1, "corpus: this is a folder; name a file in it"),
        ("add corpus/park2023/work.tom", 1, "no such file; near it: work.toml"),
        ("add gopher://example.org/", 1, "gopher://example.org/: only http and https URLs can be read"),
        ("check park2032", 1, "no work 'park2032'; there is: park2023"),
        ("resolve park2023:1", 1, "a work or an edition is resolved, as park2023/zh"),
    ],
)  # fmt: skip
def test_exit_codes_and_what_to_do(arguments: str, code: int, message: str, here: Path) -> None:
    result = run(here, *(word.strip("'") for word in arguments.split()))

    assert result.exit_code == code, result.output
    assert message in result.stderr
    assert (result.stdout == "") == (code != 0)


@pytest.mark.parametrize(
    "what", ["park2023/digest-zh:1", "park2023/digest-zh：1", "@park2023.pr70xmdwr", "park2023.pr70"]
)
def test_a_paragraph_by_number_id_and_prefix(what: str, here: Path) -> None:
    shown = run(here, "show", what).stdout

    assert shown.startswith("park2023/digest-zh ¶ 1  park2023.pr70xmdwr\n")
    assert "\n  ↔ park2023/zh:1 (confirmed)\n" in shown


def test_show_for_programs(here: Path) -> None:
    everything = run(here, "show", "--to", "jsonl").stdout
    edition = run(here, "show", "park2023/digest-en", "--to", "jsonl").stdout

    assert len(everything.strip("\n").split("\n")) == 78 + 54 + 54
    assert edition == (ROOT / "corpus/park2023/digest-en.jsonl").read_text(encoding="utf-8")
    one, *notes = run(here, "show", "park2023/digest-en:3", "--to", "jsonl").stdout.strip("\n").split("\n")
    assert json.loads(one)["number"] == 3
    assert {json.loads(note)["type"] for note in notes} == {"claim", "entity"}


def test_find_is_blind_to_script_and_width_and_shows_the_original(here: Path) -> None:
    texts = [
        [json.loads(line)["text"] for line in run(here, "find", query, "--to", "jsonl").stdout.strip("\n").split("\n")]
        for query in ("東芝", "东芝", "東 芝")
    ]
    assert texts[0] == texts[1] == texts[2]
    assert set(texts[0]) == {"東芝"}
    hit = json.loads(run(here, "find", "ｔｅｃｈｎｏｎａｔｉｏｎａｌｉｓｍ", "--to", "jsonl").stdout.split("\n")[0])
    assert hit["context"][hit["start"] - hit["offset"] if "offset" in hit else 0 :]
    assert hit["text"].lower() == "technonationalism"


def test_an_empty_workspace_says_what_to_do_next(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert run(tmp_path, "init", "new").exit_code == 0
    shown, programs, found = (
        run(tmp_path / "new", *words) for words in (("show",), ("show", "--to", "jsonl"), ("find", "x"))
    )

    assert "no work here yet; next: yinzheng add FILE --work KEY" in shown.stderr
    assert programs.stdout == ""
    assert (found.exit_code, "add one: yinzheng add FILE" in found.stderr) == (1, True)
    assert run(tmp_path / "new", "check").exit_code == 0


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".yinzheng" not in path.parts
    }


def test_init_twice_and_over_what_is_there(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "--demo").exit_code == 0
    first = tree(tmp_path)
    again = run(tmp_path, "init", "--demo")
    assert (again.exit_code, again.stdout, tree(tmp_path)) == (0, "", first)
    assert "kept" not in again.stderr
    (tmp_path / "corpus/park2023/references.bib").write_text("% mine\n", encoding="utf-8")
    (tmp_path / "corpus/park2023/zh.jsonl").unlink()
    third = run(tmp_path, "init", "--demo")
    assert "kept as they were here: corpus/park2023/references.bib" in third.stderr
    assert tree(tmp_path) == {**first, "corpus/park2023/references.bib": b"% mine\n"}
    assert run(tmp_path / "corpus", "show").stdout.startswith("work ")  # found from a folder inside


def test_a_clone_of_a_new_workspace_is_one_too(tmp_path: Path) -> None:
    run(tmp_path, "init", "first")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=tmp_path / "first", check=True)
    subprocess.run(["git", "clone", "-q", str(tmp_path / "first"), str(tmp_path / "second")], check=True)

    assert "no work here yet" in run(tmp_path / "second", "show").stderr


@pytest.mark.parametrize(
    ("ignore", "after"),
    [
        (b"*.pyc", b"*.pyc\n# A reader"),
        (b"*.pyc\r\n", b"*.pyc\r\n# A reader's copy of a text in copyright: never in git.\r\n/corpus/*/local/\r\n"),
        (b"# corpus/*/local/ is not ignored\n", b"not ignored\n# A reader"),
        (b"corpus/*/local/\n", b"corpus/*/local/\n"),
    ],
)
def test_init_adds_to_an_ignore_file(tmp_path: Path, ignore: bytes, after: bytes) -> None:
    (tmp_path / ".gitignore").write_bytes(ignore)
    assert run(tmp_path, "init").exit_code == 0

    written = (tmp_path / ".gitignore").read_bytes()
    assert written.startswith(ignore)
    assert after in written
    assert written.count(b"/local/\n") + written.count(b"/local/\r\n") == 1


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("corpus", b"", "corpus: cannot make a workspace here: File exists"),
        (".gitignore", b"\xff\xfe", ".gitignore: not UTF-8; put these lines into it yourself"),
        (".yinzheng", b"", ".yinzheng"),
    ],
)
def test_init_with_something_in_the_way(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    result = run(tmp_path, "init")

    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert message in result.stderr
    assert (tmp_path / name).read_bytes() == data
    assert run(tmp_path, "init", f"{name}/x").exit_code == 1
    assert run(tmp_path, "init", name).exit_code == 2


def test_a_text_from_stdin_has_its_result_alone_on_stdout(empty: Path) -> None:
    text = "燈塔的歷史可以追溯到十九世紀。\n\n後來議會通過了撥款，於是有了電燈。".encode("gb18030")
    added = yinzheng("add", "-", "--work", "lamp", "--lang", "zh-Hans", cwd=empty, stdin=text)

    assert (added.returncode, added.stdout) == (0, "lamp/zh  new: 2 blocks, 2 body paragraphs\n")
    assert "note: read as GB18030" in added.stderr
    assert "--lang says zh-Hans, but the text is in Traditional Chinese" in added.stderr
    again = yinzheng("add", "-", "--to", "jsonl", cwd=empty, stdin=text)
    assert [json.loads(line)["state"] for line in again.stdout.strip("\n").split("\n")] == ["exact", "exact"]


@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}],
    ids=str,
)
def test_output_is_utf_8_also_where_it_is_redirected(here: Path, environment: dict[str, str]) -> None:
    result = yinzheng("show", "park2023/digest-zh:37", cwd=here, stdin=None, **environment)
    bad = yinzheng("show", "燈塔", cwd=here, stdin=None, **environment)

    assert result.returncode == 0
    assert "熊本縣" in result.stdout
    assert "燈塔" in bad.stderr


@pytest.mark.skipif(os.name == "nt", reason="file names are bytes only elsewhere")
def test_a_name_that_is_no_utf_8_goes_out_as_it_is(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff"
    Path(os.fsdecode(folder), "corpus", "x").mkdir(parents=True)
    result = subprocess.run([*SINGLE, "--workspace", folder, "check"], capture_output=True)

    assert result.returncode == 1
    assert result.stdout == folder + b"/corpus/x/work.toml: cannot be read: No such file or directory\n"


@pytest.mark.skipif(os.name == "nt", reason="a shell, and /dev/full")
@pytest.mark.parametrize(
    ("line", "code", "shown", "said"),
    [
        ("{} show --to jsonl | head -1 | cut -c1-8", 0, '{"id": "', ""),
        ("({} show --to jsonl; echo $? >&2) | head -1 | cut -c1-8", 0, '{"id": "', "1\n"),
        ("{} show > /dev/full", 1, "", "Error: No space left on device\n"),
        ("{} show --to jsonl > /dev/full", 1, "", "Error: No space left on device\n"),
        ("{} check >&-", 0, "", "no problems\n"),
        ("{} show >&-", 0, "", ""),
        ("{} cite park2023/digest-en:3 --to json >&-", 0, "", ""),
        ("{} add - --work x 2>&1 >/dev/null <&-", 1, "Error: -: the file is empty\n", ""),
    ],
)
def test_a_reader_that_has_enough_and_a_disk_that_is_full(
    line: str, code: int, shown: str, said: str, here: Path
) -> None:
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    result = subprocess.run(line.format(" ".join(SINGLE)), shell=True, cwd=here, capture_output=True, text=True)

    assert (result.returncode, result.stdout.strip("\n"), result.stderr) == (code, shown.strip("\n"), said)


def test_out_of_memory_is_no_traceback(here: Path) -> None:
    code = (
        "import yinzheng.cli as c, yinzheng.commands.show as s, sys\n"
        "def full(*_): raise MemoryError\n"
        "s.works = full; sys.argv = ['yinzheng', 'show']; c.main()"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, text=True)

    assert (result.returncode, result.stdout, result.stderr) == (1, "", "Error: not enough memory for this\n")


@pty_only
def test_colours_at_a_terminal_and_none_where_they_are_not_wanted(here: Path) -> None:
    coloured, _ = on_screen("find", "熊本", cwd=here)
    plain, _ = on_screen("find", "熊本", cwd=here, NO_COLOR="1")
    said, code = on_screen("find", "鯨油燈", cwd=here, NO_COLOR="1")

    assert "\x1b[32m\x1b[1m熊本\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain
    assert "\x1b" not in plain + said
    assert code == 1
    assert "\x1b" not in run(here, "find", "熊本").stdout


@pty_only
@pytest.mark.parametrize("columns", [40, 61])
def test_text_is_wrapped_by_its_width_colours_not_counted(here: Path, columns: int) -> None:
    for query in ("日本", "Japan"):
        shown, _ = on_screen("find", query, cwd=here, columns=columns)
        lines = re.sub(r"\x1b\[\d+m", "", shown).split("\n")
        widths = [wcswidth(line) for line in lines if line.startswith("    ")]

        assert max(widths) <= columns + 2  # a closing mark may hang
        assert sum(width > columns - 14 for width in widths) > len(widths) / 4
        assert not any(re.match(r"    [，。、；：！？」』）]", line) for line in lines)


def test_columns_of_han_characters() -> None:
    rows = [("甲乙", "one", "x"), ("a", "二三四", "y"), ("e\u0301", "", "z")]
    lines = list(terminal.table(rows))

    assert lines == ["甲乙  one     x", "a     二三四  y", "e\u0301             z"]
    assert terminal.shortened("燈塔的歷史", 7) == "燈塔的…"
    assert terminal.shortened("燈塔的歷史", 10) == "燈塔的歷史"
    assert terminal.width("\x1b[32m燈\x1b[0m") == 2


def test_a_text_does_not_command_the_terminal(empty: Path) -> None:
    text = "燈塔的歷史\x1b]0;title\x07可以追溯到十九世紀，\x1b[2J當時只有一座燈塔。"
    assert run(empty, "add", "-", "--work", "lamp", stdin=text.encode()).exit_code == 0

    for command in (["show", "lamp:1"], ["show", "lamp"], ["find", "歷史"], ["find", "燈塔"]):
        shown = run(empty, *command).stdout
        assert "\x1b" not in shown
        assert "␛" in shown
    assert json.loads(run(empty, "show", "lamp:1", "--to", "jsonl").stdout)["text"] == text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    result = CliRunner().invoke(cli, [], prog_name="yinzheng", env={"_YINZHENG_COMPLETE": f"{shell}_source"})

    assert result.exit_code == 0
    assert f"_YINZHENG_COMPLETE={shell}_complete" in result.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("yinzheng fi", ["find"]),
        ("yinzheng show park2023/d", ["park2023/digest-zh", "park2023/digest-en"]),
        ("yinzheng cite --to j", ["json"]),
        ("yinzheng check x", []),
        ("yinzheng --workspace nowhere show p", []),
    ],
)
def test_completion(words: str, offered: list[str], here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here)
    environment = {
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
        "_YINZHENG_COMPLETE": "bash_complete",
    }
    result = CliRunner().invoke(cli, [], prog_name="yinzheng", env=environment)

    assert [line.split(",")[1] for line in result.stdout.split("\n") if line] == offered
