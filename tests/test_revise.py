"""`add --revise` and `review`: real files, real commands; ids for ever, and nothing lost whatever happens."""

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
from typing import Any

import edits
import opencc
import pytest
from conftest import ROOT, yinzheng
from marking import mark
from test_add import LIGHTHOUSE, tracked, tree
from yinzheng import Workspace
from yinzheng.checking import check
from yinzheng.history import History, teller
from yinzheng.holding import hold, plan
from yinzheng.revising import revise
from yinzheng.segment import Block
from yinzheng.store import apply, writing

QUOTES = {
    "約12公斤": "figure", "1,000萬元": "figure", "15%": "figure", "1890年代": "figure", "守塔人老秦": "entity",
    "電燈“中看不中用”": "claim", "卻沒有一個人離開": "claim", "技術本身不會說話": "claim",
}  # fmt: skip
# What an editor does to a text: each changes something else.
EDITS = {
    "a figure": ("撥款1,000萬元", "撥款2,000萬元"),
    "a negation": ("卻沒有一個人離開", "卻有一個人離開"),
    "a typo before": ("每晚燒掉約12公斤", "每晚都要燒掉約12公斤"),
    "a split": ("支持者則指出", "\n\n支持者則指出"),
    "a deletion": ("燈塔的歷史告訴我們：技術本身不會說話，決定它用途的是人。", ""),
    "an insertion": ("▍結語", "新來的守塔人不識字，卻記得每一艘船的名字和它的船長。\n\n▍結語"),
}


@pytest.fixture
def lamp(empty: Path) -> Path:
    """A workspace with the composed article, and annotations on it."""
    assert yinzheng("add", str(LIGHTHOUSE), "--work", "lamp", cwd=empty).returncode == 0
    mark(empty, "lamp", QUOTES)
    return empty


def edited(text: str, *names: str) -> bytes:
    for name in names or EDITS:
        before, after = EDITS[name]
        assert before in text
        text = text.replace(before, after)
    return text.encode()


def rows(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.split("\n") if line]


def happened(folder: Path, data: bytes, *arguments: str) -> dict[str, str]:
    """Revise, and what is reported of each id."""
    run = yinzheng("add", "-", "--revise", "--to", "jsonl", *arguments, cwd=folder, stdin=data)
    assert run.returncode == 0, run.stderr
    return {row["id"]: row["event"] for row in rows(run.stdout)}


def test_every_id_and_annotation_is_reported(lamp: Path, lighthouse: str) -> None:
    workspace = Workspace(lamp)
    ids = [p.id for p in workspace.paragraphs("lamp")]
    notes = [note for kind in ("claim", "entity", "figure") for note in workspace.annotations("lamp", kind)]

    told = happened(lamp, edited(lighthouse))

    assert {told[name] for name in ids} == {"same", "carried", "split", "gone"}
    words = {note.id: note.text or "" for note in notes}
    assert sorted((told[note.id], words[note.id]) for note in notes) == [
        ("changed", ""), ("changed", "1,000萬元"), ("moved", "守塔人老秦"), ("moved", "約12公斤"),
        ("orphan", ""), ("unchanged", ""), ("unchanged", "15%"), ("unchanged", "1890年代"),
    ]  # fmt: skip
    assert check(lamp) == []
    kept = [note for kind in ("claim", "entity", "figure") for note in Workspace(lamp).annotations("lamp", kind)]
    assert len(kept) == 5  # what changed is set aside: it must not pass for certain


def test_a_dry_run_writes_nothing_and_says_the_same(lamp: Path, lighthouse: str) -> None:
    before = tree(lamp)

    dry = yinzheng("add", "-", "--revise", "--dry-run", cwd=lamp, stdin=edited(lighthouse))
    unchanged = tree(lamp) == before
    wet = yinzheng("add", "-", "--revise", cwd=lamp, stdin=edited(lighthouse))

    assert unchanged
    assert dry.stdout.replace(" (dry run: nothing was written)", "") == wet.stdout
    assert "yinzheng review lamp" in wet.stdout


@pytest.mark.parametrize("names", [(name,) for name in EDITS] + [tuple(EDITS)], ids=" ".join)
def test_there_and_back_restores_every_id_and_annotation(lamp: Path, lighthouse: str, names: tuple[str, ...]) -> None:
    before = tracked(lamp)

    happened(lamp, edited(lighthouse, *names))
    there = tracked(lamp)
    happened(lamp, lighthouse.encode())

    back = tracked(lamp)
    assert there != before
    history = f"corpus{os.sep}lamp{os.sep}zh.history.jsonl"
    assert {name for name in back if name not in before} == {history}
    for name, data in before.items():
        assert sorted(back[name].split(b"\n")) == sorted(data.split(b"\n")), name
    assert check(lamp) == []
    assert not Workspace(lamp).history("lamp", "zh").waiting


def test_the_same_text_again_changes_nothing(lamp: Path, lighthouse: str) -> None:
    happened(lamp, edited(lighthouse))
    before = tree(lamp)

    told = happened(lamp, edited(lighthouse))

    assert tree(lamp) == before
    assert set(told.values()) == {"same", "unchanged"}


def test_another_script_changes_no_id_and_no_letter(lamp: Path, lighthouse: str) -> None:
    ids = [p.id for p in Workspace(lamp).paragraphs("lamp")]
    simplified = opencc.OpenCC("t2s").convert(lighthouse).encode()

    told = happened(lamp, simplified)
    labelled = (lamp / "corpus/lamp/work.toml").read_text(encoding="utf-8")
    cited = yinzheng("cite", "lamp:5", "--script", "hant", cwd=lamp)
    happened(lamp, lighthouse.encode())

    assert 'lang = "zh-Hans"' in labelled
    assert "轉換自簡體原文" in cited.stdout
    assert 'lang = "zh-Hant"' in (lamp / "corpus/lamp/work.toml").read_text(encoding="utf-8")
    assert set(told.values()) <= {"same", "unchanged", "variant"}
    assert [p.id for p in Workspace(lamp).paragraphs("lamp")] == ids
    assert check(lamp) == []


def test_old_ids_resolve_and_say_where_they_lead(lamp: Path, lighthouse: str) -> None:
    paragraphs = Workspace(lamp).paragraphs("lamp")
    fifth, sixth, last = (next(p for p in paragraphs if p.number == n) for n in (5, 6, 7))
    assert fifth.text
    assert sixth.text
    merged = lighthouse.replace("2. 戰後的重建\n", "").replace("離開。\n", "離開。")
    happened(lamp, edited(merged, "a deletion"))

    survivor, other = sorted((fifth, sixth), key=lambda p: -p.length)
    for command in (["show"], ["cite"], ["cite", "--to", "json"]):
        run = yinzheng(*command, other.id, cwd=lamp)
        assert run.returncode == 0, run.stderr
        assert f"{other.id} was merged on" in run.stderr
        assert survivor.id in run.stderr
    gone = yinzheng("show", last.id, cwd=lamp)
    assert gone.returncode == 1
    assert "is gone since the revision of" in gone.stderr
    prefix = yinzheng("show", other.id[:-2], cwd=lamp)
    assert f"it leads to {survivor.id}" in prefix.stderr


def test_a_split_paragraph_says_where_the_rest_is(lamp: Path, lighthouse: str) -> None:
    third = next(p.id for p in Workspace(lamp).paragraphs("lamp") if p.number == 3)
    happened(lamp, edited(lighthouse, "a split"))

    run = yinzheng("show", third, cwd=lamp)

    assert run.returncode == 0
    assert f"{third} was split on" in run.stderr


def test_an_annotation_that_was_set_aside_says_so(lamp: Path, lighthouse: str) -> None:
    figure = next(n.id for n in Workspace(lamp).annotations("lamp", "figure") if n.text == "1,000萬元")
    happened(lamp, edited(lighthouse, "a figure"))

    run = yinzheng("show", figure, cwd=lamp)

    assert run.returncode == 1
    assert "set aside" in run.stderr
    assert "yinzheng review" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (["--work", "lamp", "--edition", "zh"], "山裡有一片茶園，茶樹種在向陽的坡上，春天採一次。", "another text"),
        (["--work", "lamp", "--edition", "en"], "A text.", "edition"),
        (["--work", "nil"], "一段文字。", "no work"),
        ([], "山裡有一片茶園，茶樹種在向陽的坡上，春天採一次。", "--work KEY"),
        (["--work", "lamp", "--bib", "x.bib"], "一段文字。", "x.bib"),
    ],
)
def test_what_is_refused_changes_nothing(lamp: Path, arguments: list[str], stdin: str, message: str) -> None:
    before = tree(lamp)

    run = yinzheng("add", "-", "--revise", *arguments, cwd=lamp, stdin=stdin.encode())

    assert run.returncode == 1
    assert message in run.stderr
    assert tree(lamp) == before


def test_an_index_without_its_text_is_revised_by_sketches_and_checks(lamp: Path, lighthouse: str) -> None:
    shutil.rmtree(lamp / "corpus/lamp/local")

    told = happened(lamp, edited(lighthouse))

    assert sorted(event for name, event in told.items() if ".p" in name and event not in ("same", "born")) == [
        "carried", "carried", "carried", "gone", "split",
    ]  # fmt: skip
    events = {told[name] for name in told if ".p" not in name}
    assert "changed" in events
    assert check(lamp) == []


def test_links_follow_their_paragraphs(demo: Path) -> None:
    workspace = Workspace(demo)
    texts = [p.text or "" for p in workspace.paragraphs("park2023", "digest-zh")]
    links = set(workspace.links("park2023"))
    before = len(links)
    changed = [texts[0].replace("。", "，這一點後來多有爭論。", 1), *texts[1:-1]]

    run = yinzheng(
        "add", "-", "--revise", "--work", "park2023", "--edition", "digest-zh", "--to", "jsonl",
        cwd=demo, stdin="\n\n".join(changed).encode(),
    )  # fmt: skip

    told = [row["event"] for row in rows(run.stdout)]
    assert told.count("gone") == 1
    assert told.count("unlinked") == 1  # its link to the translation
    assert len(Workspace(demo).links("park2023")) == before - 1
    assert check(demo) == []
    yinzheng(
        "add",
        "-",
        "--revise",
        "--work",
        "park2023",
        "--edition",
        "digest-zh",
        cwd=demo,
        stdin="\n\n".join(texts).encode(),
    )
    assert set(Workspace(demo).links("park2023")) == links
    assert check(demo) == []


def decided(folder: Path, *arguments: str, stdin: bytes | None = None) -> None:
    run = yinzheng("review", *arguments, cwd=folder, stdin=stdin)
    assert run.returncode == 0, run.stderr


def test_review_lists_decides_and_takes_back(lamp: Path, lighthouse: str) -> None:
    happened(lamp, edited(lighthouse, "a figure", "a negation", "a deletion"))
    waiting = rows(yinzheng("review", "--to", "jsonl", cwd=lamp).stdout)
    by_why = {(row["why"], row["type"]): row for row in waiting}
    figure, claim, orphan = by_why["changed", "figure"], by_why["changed", "claim"], by_why["orphan", "claim"]
    before = tracked(lamp)

    shown = yinzheng("review", "lamp", cwd=lamp)
    decided(lamp, "--set", "accepted", figure["id"])
    accepted = next(n for n in Workspace(lamp).annotations("lamp", "figure") if n.id == figure["id"])
    decided(lamp, "--set", "rejected", claim["id"], orphan["id"])
    nothing = yinzheng("review", cwd=lamp)

    assert (figure["old"], figure["new"]) == ("1,000萬元", "2,000萬元")
    assert (claim["old"], claim["new"]) == ("卻沒有一個人離開", "卻有一個人離開")
    assert "then  卻沒有一個人離開" in shown.stdout
    assert accepted.text == "2,000萬元"
    assert "nothing to decide" in nothing.stderr
    assert check(lamp) == []
    for _ in range(3):
        decided(lamp, "--undo")
    after = tracked(lamp)
    assert {name for name in after if after[name] != before[name]} == {f"corpus{os.sep}lamp{os.sep}zh.history.jsonl"}
    assert rows(yinzheng("review", "--to", "jsonl", cwd=lamp).stdout) == waiting
    assert yinzheng("review", "--undo", cwd=lamp).returncode == 1


def test_review_from_a_file(lamp: Path, lighthouse: str) -> None:
    happened(lamp, edited(lighthouse, "a figure", "a negation"))
    listed = rows(yinzheng("review", "--to", "jsonl", cwd=lamp).stdout)
    lines = [{**row, "decision": "accepted" if row["type"] == "figure" else None} for row in listed]

    decided(lamp, "--from", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    bad = yinzheng("review", "--from", "-", cwd=lamp, stdin=b'{"id": "lamp.c00000000", "decision": "perhaps"}')
    worse = yinzheng("review", "--from", "-", cwd=lamp, stdin=b"not json")

    assert [row["type"] for row in rows(yinzheng("review", "--to", "jsonl", cwd=lamp).stdout)] == ["claim"]
    assert bad.returncode == 1
    assert "line" in bad.stderr or ":1:" in bad.stderr
    assert worse.returncode == 1
    assert ":1:" in worse.stderr


def test_review_all_or_none(lamp: Path, lighthouse: str) -> None:
    happened(lamp, edited(lighthouse, "a figure", "a deletion"))
    listed = rows(yinzheng("review", "--to", "jsonl", cwd=lamp).stdout)
    before = tree(lamp)

    run = yinzheng("review", "--set", "accepted", *(row["id"] for row in listed), cwd=lamp)

    assert run.returncode == 1
    assert "words are gone" in run.stderr
    assert tree(lamp) == before


def test_suggestions_come_to_the_same_place(lamp: Path) -> None:
    mark(lamp, "lamp", {"守塔人老秦": "entity", "15%": "figure"}, status="suggested")
    listed = rows(yinzheng("review", "--only", "entity", "--to", "jsonl", cwd=lamp).stdout)
    strict = rows(yinzheng("review", "--min-score", "0.9", "--to", "jsonl", cwd=lamp).stdout)

    decided(lamp, "--set", "accepted", listed[0]["id"])
    statuses = [note.status for note in Workspace(lamp).annotations("lamp", "entity", status=None)]
    decided(lamp, "--undo")

    assert [(row["why"], row["new"]) for row in listed] == [("suggested", "守塔人老秦")]
    assert strict == []
    assert statuses == ["accepted"]
    assert Workspace(lamp).annotations("lamp", "entity", status=None)[0].status == "suggested"
    assert check(lamp) == []


@pytest.fixture
def doubtful(empty: Path) -> tuple[Path, str, str]:
    """A workspace in which one paragraph is in doubt: of two that are nearly the same, one is gone, and one reworded."""
    first = "議會在第一次表決時以二十二票對二十票通過了撥款，報紙稱之為海上的勝利，漁民卻大多不知道這件事。"
    second = first.replace("第一次", "第二次")
    around = [
        "燈塔建於島的南端，周圍都是礁石和暗流，漁船大多繞道而行。",
        "戰時燃料短缺，燈塔每週只亮四晚，守塔人的工資也降了。",
    ]
    texts = [around[0], first, second, around[1]]
    assert yinzheng("add", "-", "--work", "lamp", cwd=empty, stdin="\n\n".join(texts).encode()).returncode == 0
    mark(empty, "lamp", {"二十二票對二十票": "figure", "海上的勝利": "entity"})
    new = [around[0], first.replace("在第一次表決時", "在表決時").replace("卻大多", "大多"), around[1]]
    run = yinzheng("add", "-", "--revise", cwd=empty, stdin="\n\n".join(new).encode())
    assert run.returncode == 0, run.stderr
    waiting = [row for row in rows(yinzheng("review", "--to", "jsonl", cwd=empty).stdout) if row["why"] == "doubt"]
    assert waiting, run.stdout
    return empty, waiting[0]["id"], waiting[0]["paragraph"]


def test_a_doubtful_id_is_decided_by_a_person(doubtful: tuple[Path, str, str]) -> None:
    folder, name, stopgap = doubtful
    before = tracked(folder)
    refused = yinzheng("show", name, cwd=folder)

    decided(folder, "--set", "accepted", name)
    ids = [p.id for p in Workspace(folder).paragraphs("lamp")]
    found = yinzheng("show", stopgap, cwd=folder)
    notes = Workspace(folder).annotations("lamp", "figure") + Workspace(folder).annotations("lamp", "entity")
    problems = check(folder)
    decided(folder, "--undo")

    assert refused.returncode == 1
    assert "decide: yinzheng review" in refused.stderr
    assert name in ids
    assert stopgap not in ids
    assert f"{stopgap} was merged on" in found.stderr
    assert {note.paragraph for note in notes} <= {name}
    assert problems == []
    after = tracked(folder)
    assert {n for n in after if after[n] != before[n]} == {f"corpus{os.sep}lamp{os.sep}zh.history.jsonl"}
    assert check(folder) == []


def test_what_was_marked_meanwhile_goes_with_the_paragraph(doubtful: tuple[Path, str, str]) -> None:
    folder, name, stopgap = doubtful
    said = yinzheng("mark", stopgap, "--quote", "漁民", "--entity", "TERM", cwd=folder)
    assert said.returncode == 0, said.stderr
    decided(folder, "--set", "accepted", name)

    [note] = [one for one in Workspace(folder).annotations("lamp", "entity") if one.label == "TERM"]
    assert (note.id, note.paragraph) == (json.loads(said.stdout)["id"], name)
    assert check(folder) == []
    decided(folder, "--undo")
    assert check(folder) == []


def test_no_id_is_ever_used_twice_and_every_old_one_leads_somewhere(empty: Path) -> None:
    """Twelve random revisions on end; after each, everything still checks."""
    old = edits.documents()[0][:40]
    apply_new(empty, old)
    mark(empty, "lamp", {text[:20]: "claim" for text in old[6:40:5] if len(text) > 60})
    given: dict[str, str] = {}
    text = old
    for seed in range(12):
        text = edits.history(seed, text, edits.pool(), 0.3).new
        ever = Workspace(empty).history("lamp", "zh").used | {p.id for p in Workspace(empty).index("lamp", "zh")}
        with writing(empty):
            holding = hold(Workspace(empty), "lamp", "zh")
            tell = teller("auto", "0", f"2026-01-{seed + 1:02}T00:00:00Z")
            revision = revise(holding, [Block(kind="body", text=one) for one in text], tell)
            apply(empty, plan(revision.before, revision.after))
        index = Workspace(empty).index("lamp", "zh")
        history = Workspace(empty).history("lamp", "zh")
        born = {event.id for event in revision.after.events if event.event == "born"}
        assert len({p.id for p in index}) == len(index)
        assert not born & ever
        assert check(empty) == []
        live = {p.id for p in index}
        for name in ever:
            if ".p" not in name:
                continue
            assert set(history.lead(name).ids) <= live
            assert name in live or history.lead(name).event is not None
        given |= {p.id: p.hash for p in index}
    waiting = Workspace(empty).history("lamp", "zh").waiting
    notes = Workspace(empty).annotations("lamp", "claim", status=None)
    assert len(notes) + sum(".c" in name for name in waiting) == sum(len(text) > 60 for text in old[6:40:5])


def apply_new(folder: Path, texts: list[str]) -> None:
    """Add texts as they are, a paragraph each."""
    from yinzheng import adding

    with writing(folder):
        addition = adding.add(
            Workspace(folder), [Block(kind="body", text=text) for text in texts], adding.Wish(work="lamp")
        )
        apply(folder, addition.plan)


def test_random_texts_come_back_with_all_their_ids(empty: Path) -> None:
    old = edits.documents()[0][:40]
    apply_new(empty, old)
    before = [(p.id, p.hash) for p in Workspace(empty).index("lamp", "zh")]
    for seed in range(6):
        for text in (edits.history(seed, old, edits.pool(), 0.5).new, old):
            holding = hold(Workspace(empty), "lamp", "zh")
            tell = teller("auto", "0", "2026-01-01T00:00:00Z")
            revision = revise(holding, [Block(kind="body", text=one) for one in text], tell)
            with writing(empty):
                apply(empty, plan(revision.before, revision.after))
        assert [(p.id, p.hash) for p in Workspace(empty).index("lamp", "zh")] == before


def test_a_history_is_only_ever_appended_to(lamp: Path, lighthouse: str) -> None:
    path = lamp / "corpus/lamp/zh.history.jsonl"
    seen = b""
    for data in (edited(lighthouse, "a figure"), edited(lighthouse), lighthouse.encode()):
        happened(lamp, data)
        assert path.read_bytes().startswith(seen)
        assert path.read_bytes() != seen
        seen = path.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
def test_a_kill_at_any_instant_leaves_the_old_or_the_new_state(lamp: Path, lighthouse: str) -> None:
    new_text = lamp / "new.txt"
    new_text.write_bytes(edited(lighthouse))
    old = tree(lamp)
    command = [sys.executable, "-m", "yinzheng", "add", str(new_text), "--revise"]
    whole = time.perf_counter()
    subprocess.run(command, cwd=lamp, check=True, capture_output=True)
    whole = time.perf_counter() - whole
    saved = lamp.parent / "saved"
    chance = random.Random(3)
    outcomes = set()
    for _ in range(12):
        shutil.rmtree(saved, ignore_errors=True)
        restore(lamp, old)
        run = subprocess.Popen(command, cwd=lamp, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.6, 1.05) * whole)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert yinzheng("show", cwd=lamp).returncode == 0  # whoever comes next finishes or clears away
        state = tree(lamp)
        assert state == old or (check(lamp) == [] and state != old)
        changed = {name for name in state if state[name] != old.get(name)}
        assert not changed or len(changed) >= 5  # index, copy, former, annotations, history: all or none
        outcomes.add(bool(changed))
    assert outcomes


def restore(folder: Path, files: dict[str, bytes]) -> None:
    for name in ("corpus", "annotations"):
        shutil.rmtree(folder / name)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_a_witness_of_a_revised_edition_changes_nothing_that_git_sees(lamp: Path, lighthouse: str) -> None:
    happened(lamp, edited(lighthouse))
    before = tracked(lamp)

    run = yinzheng("add", "-", cwd=lamp, stdin=lighthouse.encode())

    assert run.returncode == 0, run.stderr
    assert tracked(lamp) == before
    assert "review" in run.stdout


def test_a_copy_of_an_earlier_state_is_no_text_of_the_edition(lamp: Path, lighthouse: str) -> None:
    """As after `git pull`: the index is revised, the reader's copy is not."""
    stale = (lamp / "corpus/lamp/local/zh.jsonl").read_bytes()
    happened(lamp, edited(lighthouse, "a figure"))
    (lamp / "corpus/lamp/local/zh.jsonl").write_bytes(stale)
    fourth = next(p for p in Workspace(lamp).paragraphs("lamp") if p.number == 4)

    run = yinzheng("cite", "lamp:4", "--quote", "撥款1,000萬元", cwd=lamp)

    assert fourth.text is None
    assert run.returncode == 1
    assert "not here" in run.stderr


def test_the_events_of_a_shipped_history_would_be_read(lamp: Path, lighthouse: str) -> None:
    happened(lamp, edited(lighthouse))
    history: History = Workspace(lamp).history("lamp", "zh")

    assert {event.version for event in history.events} != {""}
    assert all(event.by == "auto" for event in history.events)
    assert {event.event for event in history.events} >= {
        "revision",
        "carried",
        "gone",
        "split",
        "born",
        "changed",
        "moved",
    }
    carried = next(event for event in history.events if event.event == "carried")
    assert carried.likeness is not None
    assert carried.margin is not None
    assert "議會最終" not in (lamp / "corpus/lamp/zh.history.jsonl").read_text(encoding="utf-8")
    assert ROOT.exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", "not JSON"),
        ('{"id": "lamp.pxxxxxxxx"}', "column 'event' is missing"),
        ('{"id": "lamp.paaaaaaaa", "event": "gone", "record": null}', "without a record"),
        ('{"id": "lamp.caaaaaaaa", "event": "changed", "record": "{"}', "not JSON of"),
        ('{"id": "lamp.paaaaaaaa", "event": "gone", "record": "{\\"id\\": 3}"}', "is missing"),
    ],
)
def test_a_broken_history_is_refused_and_kept(lamp: Path, lighthouse: str, line: str, message: str) -> None:
    happened(lamp, edited(lighthouse, "a deletion"))
    path = lamp / "corpus/lamp/zh.history.jsonl"
    if '"event"' in line:
        whole: dict[str, Any] = {**json.loads(path.read_text(encoding="utf-8").split("\n")[0]), "to": []}
        line = json.dumps({**whole, **json.loads(line)})
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    before = tree(lamp)

    runs = [
        yinzheng("add", "-", "--revise", cwd=lamp, stdin=lighthouse.encode()),
        yinzheng("review", cwd=lamp),
        yinzheng("check", cwd=lamp),
    ]

    assert tree(lamp) == before
    for run in runs:
        assert run.returncode == 1
        assert "Traceback" not in run.stderr
        assert "zh.history.jsonl" in run.stdout + run.stderr
        assert message in run.stdout + run.stderr


def test_two_revisions_at_once_are_one_after_the_other(lamp: Path, lighthouse: str) -> None:
    (lamp / "new.txt").write_bytes(edited(lighthouse))
    (lamp / "old.txt").write_text(lighthouse, encoding="utf-8")
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "yinzheng", "add", f"{name}.txt", "--revise"],
            cwd=lamp,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name in ("new", "old", "new")
    ]
    for run in runs:
        run.communicate(timeout=120)

    assert [run.returncode for run in runs] == [0, 0, 0]
    assert check(lamp) == []


def test_decisions_in_two_editions_of_a_work_land_together(lamp: Path, lighthouse: str) -> None:
    """The editions share the files of annotations: neither's decision may undo the other's."""
    english = b"The lamp was lit in 1907.\n\nNobody came to see it, and the keeper was paid 12 pounds a year.\n"
    assert yinzheng("add", "-", "--work", "lamp", "--edition", "en", cwd=lamp, stdin=english).returncode == 0
    mark(lamp, "lamp", {"1,000萬元": "figure", "12 pounds": "figure", "15%": "figure"})
    happened(lamp, edited(lighthouse, "a figure"), "--work", "lamp", "--edition", "zh")
    happened(lamp, english.replace(b"12 pounds", b"14 pounds"), "--work", "lamp", "--edition", "en")
    waiting = rows(yinzheng("review", "lamp", "--to", "jsonl", cwd=lamp).stdout)
    only = rows(yinzheng("review", "lamp/en", "--to", "jsonl", cwd=lamp).stdout)

    decided(lamp, "--set", "accepted", *(row["id"] for row in waiting))

    texts = {note.text for note in Workspace(lamp).annotations("lamp", "figure")}
    assert [row["edition"] for row in only] == ["en"]
    assert texts == {"2,000萬元", "14 pounds", "15%"}
    assert check(lamp) == []
