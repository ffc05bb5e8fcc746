"""`add`: what is recognised, what is new, what is refused; and that nothing is ever half-done."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import opencc
import pytest
from conftest import ROOT, yinzheng
from yinzheng import bib
from yinzheng.checking import check

LIGHTHOUSE = ROOT / "tests" / "texts" / "lighthouse.zh-Hant.txt"
WIDE = str.maketrans("，：；！？（）", ",:;!?()")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a workspace, our own lock and state left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".yinzheng" not in path.parts
    }


def tracked(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(folder).items() if f"{os.sep}local{os.sep}" not in name}


def ids(folder: Path, work: str, edition: str = "zh") -> list[str]:
    lines = (folder / "corpus" / work / f"{edition}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line)["id"].split(".")[1] for line in lines if line]


def variants(text: str) -> dict[str, bytes]:
    simplified = opencc.OpenCC("t2s").convert(text)
    spaced = text
    for mark in "，。；：,;:":
        spaced = spaced.replace(mark, mark + " ")
    return {
        "simplified": simplified.encode(),
        "Taiwan": opencc.OpenCC("s2tw").convert(simplified).encode(),
        "Hong Kong": opencc.OpenCC("s2hk").convert(simplified).encode(),
        "half width": text.translate(WIDE).encode(),
        "full width": text.translate({ord(b): a for a, b in zip("，：；！？（）", ",:;!?()", strict=True)}).encode(),
        "CRLF": text.replace("\n", "\r\n").encode(),
        "BOM": b"\xef\xbb\xbf" + text.encode(),
        "spaced": spaced.encode(),
        "GB18030": text.encode("gb18030"),
        "UTF-16": text.encode("utf-16"),
    }


def test_a_new_work_and_its_copies_in_every_form(empty: Path, lighthouse: str) -> None:
    assert yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", cwd=empty).returncode == 0
    born, before = ids(empty, "lamp"), tracked(empty)

    for name, data in variants(lighthouse).items():
        (empty / "copy.txt").write_bytes(data)
        run = yinzheng("add", "copy.txt", "--to", "jsonl", cwd=empty)
        (empty / "copy.txt").unlink()

        assert run.returncode == 0, (name, run.stderr)
        assert {json.loads(line)["state"] for line in run.stdout.split("\n") if line} <= {"exact", "equivalent"}, name
        assert tracked(empty) == before, name
        fresh = empty / "fresh"
        yinzheng("init", str(fresh), cwd=empty)
        run = yinzheng("add", "-", "--work", "other", cwd=fresh, stdin=data)
        assert ids(fresh, "other") == born, (name, run.stderr)
        shutil.rmtree(fresh)
    assert check(empty) == []


def test_the_article_has_the_same_ids_in_every_form(article: Path, tmp_path: Path) -> None:
    golden = [
        json.loads(line)["id"].split(".")[1]
        for line in (ROOT / "corpus/park2023/zh.jsonl").read_text("utf-8").split("\n")
        if line
    ]
    text = article.read_text(encoding="utf-8")

    for number, (name, data) in enumerate(variants(text).items()):
        fresh = tmp_path / str(number)
        yinzheng("init", str(fresh), cwd=tmp_path)
        run = yinzheng("add", "-", "--work", "park", cwd=fresh, stdin=data)
        assert ids(fresh, "park") == golden, (name, run.stderr)


def test_the_article_is_recognised(article: Path, demo: Path) -> None:
    before = tracked(demo)

    run = yinzheng("add", str(article), cwd=demo)
    again = tree(demo)
    second = yinzheng("add", str(article), cwd=demo)

    assert "park2023/zh  78 paragraphs: 78 exact" in run.stdout
    assert tracked(demo) == before
    assert tree(demo) == again
    assert second.returncode == 0
    assert check(demo) == []


def test_git_sees_nothing_of_a_copy(empty: Path) -> None:
    subprocess.run(["git", "init", "-q", str(empty)], check=True)
    yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", cwd=empty)

    seen = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=empty, capture_output=True, text=True, check=True
    )

    assert sorted(line[3:] for line in seen.stdout.split("\n") if line) == [
        "corpus/lamp/references.bib", "corpus/lamp/work.toml", "corpus/lamp/zh.jsonl",
    ]  # fmt: skip
    assert "燈塔每晚" not in (empty / "corpus/lamp/zh.jsonl").read_text(encoding="utf-8")


def test_a_copy_with_changed_and_missing_paragraphs(empty: Path, lighthouse: str) -> None:
    yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", cwd=empty)
    before = tree(empty)
    changed = lighthouse.replace("議會最終在1907年以22票", "議會最終在1908年以23票").replace(
        "燈塔的歷史告訴我們：技術本身不會說話，決定它用途的是人。", ""
    )

    run = yinzheng("add", "-", cwd=empty, stdin=changed.encode())

    assert "20 exact, 1 review, 1 missing" in run.stdout
    assert "review: ¶ 4" in run.stdout
    assert "missing: ¶ 7" in run.stdout
    assert tree(empty) == before


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (["-"], "完全不同的一篇文章，講的是山裡的茶園。\n\n茶樹種在坡上，每年春天採收一次。".encode(), "--work"),
        (["-", "--work", "lamp"], "完全不同的一篇文章，講的是山裡的茶園，與海無關。".encode(), "--edition"),
        (["-", "--work", "lamp", "--edition", "zh"], "完全不同的一篇文章，講的是山裡的茶園。".encode(), "another text"),
        (["-", "--work", "Bad Key"], "一段文字。".encode(), "lower-case"),
        (["-", "--edition", "zh"], "一段文字。".encode(), "--work"),
        (["-", "--work", "x"], b"", "empty"),
        (["-", "--work", "x"], b" \n\n ", "empty"),
        (["-", "--work", "x"], b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (["-", "--work", "x"], b"abc\x00\x01\x02def", "binary"),
        (["-", "--work", "x"], "好的文字".encode() + b"\xff\xfe\x81\x00\x9d", "binary"),
        (["-", "--work", "x"], b"A good line.\n" + b"\xc3\x28\xff\xff\xff", "offset 13"),
        (["missing.txt", "--work", "x"], b"", "no such file"),
        ([".", "--work", "x"], b"", "folder"),
        (["-", "--work", "x", "--bib", "none.bib"], "一段文字。".encode(), "none.bib"),
    ],
)
def test_what_is_refused_changes_nothing(empty: Path, arguments: list[str], stdin: bytes, message: str) -> None:
    yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", cwd=empty)
    before = tree(empty)

    run = yinzheng("add", *arguments, cwd=empty, stdin=stdin)

    assert run.returncode == 1
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""
    assert tree(empty) == before


def test_a_language_tag_that_the_text_contradicts(empty: Path) -> None:
    run = yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", "--lang", "zh-Hans", cwd=empty)

    assert run.returncode == 0
    assert "recorded as zh-Hant" in run.stderr
    assert 'lang = "zh-Hant"' in (empty / "corpus/lamp/work.toml").read_text(encoding="utf-8")


def test_publication_data_of_a_new_work(empty: Path) -> None:
    (empty / "all.bib").write_text(
        "@book{other, title={Other}}\n@article{doe, author={Doe, Jane}, title={海上燈火}, translator={{張三}}, year={2020}}\n",
        encoding="utf-8",
    )

    run = yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", "--bib", "all.bib#doe", cwd=empty)
    ambiguous = yinzheng("add", str(LIGHTHOUSE), "--work", "lamp2", "--bib", "all.bib", cwd=empty)

    assert run.returncode == 0, run.stderr
    assert "@article{lampzh," in (empty / "corpus/lamp/references.bib").read_text(encoding="utf-8")
    assert 'role = "translation"' in (empty / "corpus/lamp/work.toml").read_text(encoding="utf-8")
    assert ambiguous.returncode == 1
    assert "say which" in ambiguous.stderr


def test_a_dry_run_writes_nothing(empty: Path) -> None:
    run = yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", "--dry-run", cwd=empty)

    assert run.returncode == 0
    assert "dry run" in run.stdout
    assert tree(empty) == {}


def test_a_second_edition_of_a_work(empty: Path) -> None:
    yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", cwd=empty)
    run = yinzheng(
        "add", "-", "--work", "lamp", "--edition", "en", cwd=empty, stdin=b"The lamp was lit in 1907.\n\nNobody came.\n"
    )

    assert run.returncode == 0, run.stderr
    assert check(empty) == []
    assert "lampen" in (empty / "corpus/lamp/references.bib").read_text(encoding="utf-8")


def test_outside_a_workspace_adding_says_what_to_do(tmp_path: Path) -> None:
    run = yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", cwd=tmp_path)

    assert run.returncode == 1
    assert "yinzheng init" in run.stderr


def test_two_at_once_both_land(empty: Path) -> None:
    start = [sys.executable, "-m", "yinzheng", "add", str(LIGHTHOUSE), "--work"]
    runs = [
        subprocess.Popen([*start, f"lamp{n}"], cwd=empty, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for n in range(4)
    ]
    for run in runs:
        run.communicate(timeout=120)

    assert [run.returncode for run in runs] == [0, 0, 0, 0]
    assert check(empty) == []
    assert sorted(p.name for p in (empty / "corpus").iterdir()) == ["lamp0", "lamp1", "lamp2", "lamp3"]


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
def test_a_kill_at_any_instant_leaves_the_old_or_the_new_state(empty: Path, lighthouse: str) -> None:
    yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", cwd=empty)
    old = tree(empty)
    simplified = empty / "s.txt"
    simplified.write_text(opencc.OpenCC("t2s").convert(lighthouse), encoding="utf-8")
    outcomes = set()
    chance = random.Random(7)
    command = [sys.executable, "-m", "yinzheng", "add", str(simplified), "--work", "neu"]
    began = time.perf_counter()
    subprocess.run(command, cwd=empty, check=True, capture_output=True)
    whole = time.perf_counter() - began
    new = {name: data for name, data in tree(empty).items() if name != "s.txt"}

    for _ in range(25):
        shutil.rmtree(empty / "corpus" / "neu")
        run = subprocess.Popen(command, cwd=empty, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.5, 1.05) * whole)
        run.send_signal(signal.SIGKILL)
        run.wait()
        after_kill = yinzheng("show", cwd=empty)  # whoever comes next finishes or clears away
        state = {name: data for name, data in tree(empty).items() if name != "s.txt"}
        assert after_kill.returncode == 0
        assert state in (old, new)
        outcomes.add("new" if state == new else "old")
        yinzheng("add", str(simplified), "--work", "neu", cwd=empty)
        assert {n: d for n, d in tree(empty).items() if n != "s.txt"} == new
    assert outcomes


def test_a_broken_line_of_an_older_copy_is_not_written_over(empty: Path) -> None:
    yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", cwd=empty)
    copy = empty / "corpus" / "lamp" / "local" / "zh.jsonl"
    copy.write_text(copy.read_text("utf-8") + '{"id": "lamp.p', encoding="utf-8")
    before = tree(empty)

    run = yinzheng("add", str(LIGHTHOUSE), cwd=empty)

    assert run.returncode == 1
    assert "zh.jsonl:23: not JSON" in run.stderr
    assert tree(empty) == before


@pytest.mark.parametrize("first", ["en", "zh"])
def test_what_is_related_follows_a_key_that_becomes_ours(empty: Path, first: str) -> None:
    (empty / "m.bib").write_text(
        "@book{many2020, title={Many}, date={2020}, langid={english}}\n"
        "@book{many2021, title={眾多}, date={2021}, langid={chinese}, related={many2020}, relatedtype={translationof}}\n",
        encoding="utf-8",
    )
    texts = {
        "en": ("many2020", "en", "Many a lamp was lit in the harbour that year."),
        "zh": ("many2021", "zh-Hant", "那一年，港口點起了許多盞燈。"),
    }
    for name in (first, "zh" if first == "en" else "en"):
        key, lang, text = texts[name]
        done = yinzheng(
            "add",
            "-",
            "--work",
            "many",
            "--edition",
            name,
            "--lang",
            lang,
            "--bib",
            f"m.bib#{key}",
            cwd=empty,
            stdin=text.encode(),
        )
        assert done.returncode == 0, done.stderr
    found = bib.parse((empty / "corpus" / "many" / "references.bib").read_text(encoding="utf-8")).entries

    assert {one.fields["related"] for one in found.values() if "related" in one.fields} <= set(found)
    assert yinzheng("check", cwd=empty).returncode == 0
