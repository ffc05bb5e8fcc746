"""What many annotations cost: 100,000 on a text of 1,000,000 characters, read, checked and sent out in every form.

Targets, in seconds of one core and with less than 500 MB: reading all annotations as records 1 s; `yinzheng check` 5 s;
`yinzheng export` 10 s in each form, the command with its start. The peers do part of the same: `json.loads` of every
line, pandas.read_json of the files, and the CSV and Parquet that it makes of them.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from measure import Report, alternated, command, interpreter, options, prose
from yinzheng import ids, jsonl, letters
from yinzheng.exchanging import FORMS
from yinzheng.paragraphs import births, paragraphs
from yinzheng.records import Annotation, Claim, Entity, Figure, Name
from yinzheng.segment import Block
from yinzheng.workspace import FILES, Workspace

WORK, EDITION = "many2026", "zh"
NAMES, SECTION = 2_000, 40  # names; paragraphs of a section
MEMORY = 500  # MB
_TOML = f"""work = "{WORK}"

[editions.{EDITION}]
lang = "zh-Hant"
role = "original"
cite = "{WORK}{EDITION}"
locator = "counted"
text = "included"
rights = "https://creativecommons.org/licenses/by/4.0/"
"""
_BIB = f"@book{{{WORK}{EDITION},\n  title = {{A text of many annotations}},\n  date = {{2026}},\n}}\n"


def compose(folder: Path, characters: int, annotations: int) -> None:
    """A workspace with one text; of ten annotations five are entities, three figures, two claims; they cross."""
    corpus, notes = folder / "corpus" / WORK, folder / "annotations" / WORK
    corpus.mkdir(parents=True)
    notes.mkdir(parents=True)
    (corpus / "work.toml").write_text(_TOML, encoding="utf-8")
    (corpus / "references.bib").write_text(_BIB, encoding="utf-8")
    blocks: list[Block] = []
    for at, text in enumerate(prose("zh", characters, 2)):
        if at % SECTION == 0:
            blocks.append(Block("heading", f"{at // SECTION + 1}. 一節"))
        blocks.append(Block("body", text))
    records = list(paragraphs(WORK, EDITION, blocks, births(WORK, EDITION, blocks)))
    (corpus / f"{EDITION}.jsonl").write_text(jsonl.text(records), encoding="utf-8")
    names = [
        Name(
            id=ids.name_birth(WORK, f"name {at}"), label="ORG", zh_hant=f"名{at}", zh_hans=None, en=f"Name {at}",
            en_source=None, abbr=None, aka=(), wikidata=None, note=None,
        )
        for at in range(NAMES)
    ]  # fmt: skip
    (notes / "names.jsonl").write_text(jsonl.text(names), encoding="utf-8")
    bodies = [record for record in records if record.kind == "body"]
    made: dict[str, list[Annotation]] = {kind: [] for kind in FILES}
    chance = random.Random(1)
    for at, record in enumerate(bodies):
        form, there = letters(record.text or ""), set[tuple[str, int, int]]()
        while len(there) < annotations * (at + 1) // len(bodies) - annotations * at // len(bodies):
            kind = chance.choice("eeeeefffcc")
            size = chance.randint(12, 30) if kind == "c" else chance.randint(2, 6)
            start = chance.randrange(max(len(form) - size, 1))
            span = start, min(start + size, len(form))
            if letters(form.source[slice(*form.stored(*span))]).text == form.text[slice(*span)]:  # nothing cut in two
                there.add((kind, *span))
        for kind, start, end in sorted(there):
            stored = form.stored(start, end)
            shared = {
                "id": ids.annotation_birth(WORK, kind, record.id, start, end), "work": WORK, "edition": EDITION,
                "paragraph": record.id, "start": stored[0], "end": stored[1], "letter_start": start, "letter_end": end,
                "hash": ids.keyed_hash(WORK, EDITION, form.text[start:end], 8), "text": form.source[slice(*stored)],
                "status": "accepted", "by": "A person", "created": "2026-11-01T00:00:00Z", "note": None,
            }  # fmt: skip
            note = _note(kind, shared, [name.id for name in chance.choices(names, k=2)], chance)
            made[note.type].append(note)
    for kind, name in FILES.items():
        (notes / name).write_text(jsonl.text(made[kind]), encoding="utf-8")


def _note(kind: str, shared: dict[str, object], names: list[str], chance: random.Random) -> Annotation:
    values: dict[str, object]
    if kind == "c":
        label = chance.choice(("causal", "evaluative", "predictive"))
        values = {
            "type": "claim", "label": label, "attribution": "author", "speaker": None, "score": 0.9, "gloss_zh": None,
            "gloss_en": "a claim", "central": False, "evidence": (),
        }  # fmt: skip
        return Claim(**shared, **values)  # type: ignore[arg-type]
    if kind == "e":
        return Entity(**shared, type="entity", label="ORG", name=names[0], score=0.9)  # type: ignore[arg-type]
    values = {
        "type": "figure", "label": chance.choice(("MONEY", "DATE")), "value": float(chance.randint(1, 10**9)),
        "value_list": (), "min": None, "max": None, "unit": "JPY", "approx": False, "bound": None, "edtf": "2021",
        "duration": None, "equals": None, "measure": "subsidy", "payer": names[0], "payee": names[1], "subject": None,
        "about_zh": "款項", "about_en": "a sum", "score": 0.9,
    }  # fmt: skip
    return Figure(**shared, **values)  # type: ignore[arg-type]


def timed(work: Callable[[], object]) -> float:
    """Processor seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def load(folder: Path) -> int:
    """All annotations as records; how many."""
    workspace = Workspace(folder)
    return sum(len(workspace.annotations(WORK, kind, status=None)) for kind in ("claim", "entity", "figure"))


def peers(folder: Path) -> dict[str, Callable[[], object]]:
    """What others make of the same files."""
    import pandas as pd

    paths = [folder / "annotations" / WORK / name for name in FILES.values()]

    def loads() -> None:
        for path in paths:
            with path.open(encoding="utf-8") as file:
                for line in file:
                    json.loads(line)

    def frames() -> list[pd.DataFrame]:
        return [pd.read_json(path, lines=True, dtype_backend="pyarrow") for path in paths]

    return {
        "json.loads": loads,
        "pandas": frames,
        "csv": lambda: [frame.to_csv() for frame in frames()],
        "parquet": lambda: [frame.to_parquet() for frame in frames()],
    }


def main() -> int:
    """Load, check, then every form."""
    parser = options(__doc__)
    parser.add_argument("--characters", type=int, default=1_000_000, help="of the text (default: 1000000)")
    parser.add_argument("--annotations", type=int, default=100_000, help="on it (default: 100000)")
    parser.add_argument("--form", choices=list(FORMS), action="append", help="only this form; may be repeated")
    arguments = parser.parse_args()
    quick = arguments.quick
    characters, annotations = (2_000, 100) if quick else (arguments.characters, arguments.annotations)
    print(f"{interpreter()}; {annotations:,} annotations, {characters:,} characters; processor seconds")
    report = Report("", "ours", "peer", "peak, MB", "target", judged=not quick)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compose(folder, characters, annotations)
        assert load(folder) == annotations
        other = peers(folder)
        ours = partial(timed, partial(load, folder))
        plain, frames = partial(timed, other["json.loads"]), partial(timed, other["pandas"])
        mine, lines, frame = alternated(1 if quick else 3, ours, plain, frames)
        report.row("load, beside json.loads of the lines", f"{mine:.2f}", f"{lines:.2f}", "", "< 1", met=mine < 1)
        report.row("… beside pandas.read_json", f"{mine:.2f}", f"{frame:.2f}", "")
        (folder / "out").mkdir()
        judge(report, "check", 5, None, "--workspace", name, "check")
        for form in arguments.form or FORMS:
            out = str(folder / "out" / form)
            peer = timed(other[form]) if form in other else None
            judge(report, f"export --to {form}", 10, peer, "--workspace", name, "export", WORK, "--to", form, "-o", out)
    return report.exit()


def judge(report: Report, title: str, target: int, peer: float | None, *arguments: str) -> None:
    """The row of a command."""
    _, worked, peak = command(*arguments)
    report.row(
        title, f"{worked:.1f}", f"{peer:.1f}" if peer is not None else "", str(peak), f"< {target}, {MEMORY} MB",
        met=worked < target and peak < MEMORY,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
