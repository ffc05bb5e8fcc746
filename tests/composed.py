"""What the tests of the exchange forms stand on: a composed work with everything that shifts offsets, and its records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from conftest import yinzheng
from yinzheng import jsonl
from yinzheng.holding import hold
from yinzheng.letters import letters
from yinzheng.marking import mark
from yinzheng.records import Annotation
from yinzheng.workspace import FILES, Workspace

# Astral Han, emoji of several code points, marks that combine, odd spaces, both scripts, words of one letter.
PARAGRAPHS = (
    "𠮷野家集團在2021年10月投資35億美元，𠮷野家發言人👩🏽‍🔬說：「前所未有」。股價上升3.5%。",
    "吉野家集团的董事长王小明认为，這是一次失敗　的冒險\u00a0🥳🥳；台積電(TSMC)  與ＳＯＮＹ則投資1,000億日元。",
    "The café\u0301 owner Zoë\u0308 Ng paid <US$3.5 million> & left; \"nobody\" at O'Neil's saw\u2028it. He failed badly.",
    "葛󠄀城市 and 臺灣 한국어 é e\u0301 A\u030a B\u0336C 12\u00a0345 km² ﬁnance ①② end",
)  # fmt: skip
VALUES: tuple[dict[str, object], ...] = (
    {"value": 3.5},
    {"value_list": (22.0, 28.0)},
    {"min": 1e9, "max": 9e9, "approx": True},
)
BY = ("A colleague", "model:yinzheng/1", "陳蕊 https://orcid.org/0000-0002-1825-0097")


def composed(folder: Path, text: str = "included") -> Path:
    """A workspace with the work ``odd``; nested, overlapping and adjacent annotations of all types."""
    for name in ("corpus", "annotations"):
        (folder / name).mkdir(exist_ok=True)
    source = folder / "odd.txt"
    source.write_text("\r\n\r\n".join(PARAGRAPHS), encoding="utf-8", newline="")
    done = yinzheng("add", "odd.txt", "--work", "odd", cwd=folder)
    assert done.returncode == 0, done.stderr
    source.unlink()
    work = Workspace(folder)
    if text == "included":
        toml, index = folder / "corpus/odd/work.toml", folder / f"corpus/odd/{work.edition('odd').key}.jsonl"
        copies = {one.id: one.text for one in work.local("odd", work.edition("odd").key)}
        rows = [json.loads(line) for line in index.read_text(encoding="utf-8").split("\n") if line]
        lines = [json.dumps({**row, "text": copies[row["id"]]}, ensure_ascii=False) for row in rows]
        index.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        toml.write_text(
            toml.read_text(encoding="utf-8").replace('text = "local"', 'text = "included"'), encoding="utf-8"
        )
    notes = list(_notes(Workspace(folder), text == "included"))
    for kind, name in FILES.items():
        path = folder / "annotations" / "odd" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(jsonl.text([note for note in notes if note.type == kind]), encoding="utf-8")
    done = yinzheng("check", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def _notes(workspace: Workspace, words: bool) -> Iterator[Annotation]:
    """Spans of one to many letters that begin everywhere: every one with another label, status and person."""
    holding = hold(workspace, "odd", workspace.edition("odd").key)
    labels = {"claim": ["causal", "evaluative"], "entity": ["ORG", "TERM", "PERSON"], "figure": ["MONEY", "DATE"]}
    for paragraph in holding.paragraphs:
        form = letters(paragraph.text or "")
        for number, start in enumerate(range(len(form))):
            for kind, length in (("entity", 1 + start % 5), ("figure", 2 + start % 3), ("claim", 12)):
                span = (start, start + length)
                if span[1] > len(form) or (kind == "claim" and start % 12):
                    continue
                if letters(form.source[slice(*form.stored(*span))]).text == form.text[slice(*span)]:  # no half ligature
                    said = {"note": f'one, {number}; "two"\t<3> & ]]>' if number % 3 == 0 else None}
                    if kind == "figure":
                        said |= {**(VALUES[number % 3]), "unit": ("USD", "km2")[number % 2], "about_zh": "多少"}  # type: ignore[dict-item]
                    yield mark(
                        paragraph, (start, start + length), kind, labels[kind][number % len(labels[kind])], said,  # type: ignore[arg-type]
                        edition=holding.edition, by=BY[number % 3], created="2026-01-02T03:04:05Z", history=holding.history, there={},
                    )  # fmt: skip


def state(folder: Path) -> dict[str, list[str]]:
    """The lines of all files of a workspace, in an order of their own."""
    return {
        str(path.relative_to(folder)): sorted(path.read_text(encoding="utf-8").split("\n"))
        for top in ("corpus", "annotations")
        for path in sorted((folder / top).rglob("*.*"))
    }


def forget(folder: Path, work: str, edition: str | None = None) -> None:
    """Take the annotations of an edition away."""
    for name in FILES.values():
        path = folder / "annotations" / work / name
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
        kept = [line for line in lines if edition is not None and json.loads(line)["edition"] != edition]
        path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")


def returns(folder: Path, what: str, form: str, *options: str, whole: bool = True) -> None:
    """What goes out comes back as the same records; ``whole``: also where they were taken away before."""
    out, before = folder.parent / f"{folder.name}.{form}", state(folder)
    run(folder, "export", what, "--to", form, "--status", "all", "-o", str(out), *options)
    work, _, edition = what.partition("/")
    run(folder, "import", str(out), "--from", form)
    assert state(folder) == before
    if whole:
        forget(folder, work, edition or None)
        assert state(folder) != before
        run(folder, "import", str(out), "--from", form)
        assert state(folder) == before


def run(folder: Path, *arguments: str) -> tuple[str, str]:
    done = yinzheng(*arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr
