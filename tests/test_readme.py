"""The README is true: its commands are run, and print what it shows. YINZHENG_UPDATE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, yinzheng

README = ROOT / "README.md"
_BLOCK = re.compile(r"```console\n(.*?)```\n", re.S)
_ANSWERED = re.compile(r"(```python\n((?:(?!```).)*?)```\n\n)```text\n.*?```\n", re.S)
_PYTHON = re.compile(r"```python\n(.*?)```\n", re.S)


def test_the_commands_print_what_the_readme_shows(demo: Path) -> None:
    for path in (ROOT / "tests" / "texts").glob("lighthouse*.txt"):
        shutil.copy(path, demo)

    [essay] = re.findall(r"```markdown\n(.*?)```\n", README.read_text(encoding="utf-8"), re.S)
    (demo / "essay.md").write_text(essay, encoding="utf-8")

    def real(block: re.Match[str]) -> str:
        lines = []
        for command in re.findall(r"^\$ yinzheng (.*)$", block[1], re.M):
            run = yinzheng(*shlex.split(command), cwd=demo)
            assert "Traceback" not in run.stderr
            shown = run.stdout or run.stderr if run.returncode == 0 or command.startswith("verify") else run.stderr
            lines += [f"$ yinzheng {command}", shown]
        return "```console\n" + "\n".join(line.rstrip("\n") for line in lines) + "\n```\n"

    text = README.read_text(encoding="utf-8")
    true = _BLOCK.sub(real, text)
    if os.environ.get("YINZHENG_UPDATE_GOLDEN"):
        README.write_text(true, encoding="utf-8")
        text = true

    assert len(_BLOCK.findall(text)) >= 5
    assert text == true


def test_the_python_examples_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    for code in _PYTHON.findall(README.read_text(encoding="utf-8")):
        exec(compile(code, "README.md", "exec"), {})

    printed = capsys.readouterr().out.split("\n")
    assert printed[0].startswith("54 park2023.p")
    assert printed[1].startswith("1 The term technonationalism")
    assert printed[2] == "True"
    assert printed[3] == "['gone', 'carried']"
    assert printed[4] == "[('moved', '1000萬元'), ('changed', '四成')]"
    assert "figure MONEY 約1,000萬日元 10000000.0" in printed[5:]


def test_the_answers_to_analysts_are_what_the_files_say(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)

    def real(block: re.Match[str]) -> str:
        capsys.readouterr()
        exec(compile(block[2], "README.md", "exec"), {})
        printed = "\n".join(line.rstrip() for line in capsys.readouterr().out.split("\n"))
        return f"{block[1]}```text\n{printed}```\n"

    text = README.read_text(encoding="utf-8")
    true, count = _ANSWERED.subn(real, text)
    if os.environ.get("YINZHENG_UPDATE_GOLDEN"):
        README.write_text(true, encoding="utf-8")
        text = true

    assert count == 3
    assert text == true


def test_the_commands_of_the_chinese_readme_exist(demo: Path) -> None:
    text = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    commands = [c for c in re.findall(r"`yinzheng ([^`]*)`", text) if "我的副本" not in c and "新副本" not in c]

    assert len(commands) >= 4
    (demo / "稿.md").write_text("「戰略競爭」[@park2023digest-zh, 第54段]。", encoding="utf-8")
    (demo / "書目.bib").write_text("@book{other, title = {別的書}}", encoding="utf-8")
    (demo / "文稿.txt").write_text("議會撥款1,000萬元。", encoding="utf-8")
    shutil.copytree(demo / "annotations" / "park2023", demo / "同事的資料夾")
    for command in commands:
        assert yinzheng(*shlex.split(command.split(" > ")[0]), cwd=demo).returncode == 0, command
