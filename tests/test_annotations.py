"""The curated annotation of Park (2023): complete, consistent, and as its data card says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yinzheng as yz
from conftest import ROOT, SHARED
from yinzheng.records import Claim, Entity, Figure

FOLDER = ROOT / "annotations" / "park2023"
CARD = FOLDER / "README.md"
EDITIONS = ("zh", "digest-zh", "digest-en")
WORKSPACE = yz.Workspace(ROOT)


def counts() -> str:
    """The table of the card: how many of each label, in each edition."""
    rows = ["| | " + " | ".join(EDITIONS) + " |", "|---|" + "---|" * len(EDITIONS)]

    def row(name: str, numbers: list[int]) -> None:
        rows.append(f"| {name} | " + " | ".join(map(str, numbers)) + " |")

    for kind in ("claim", "entity", "figure"):
        notes = {edition: WORKSPACE.annotations("park2023", kind, edition) for edition in EDITIONS}
        row(f"**{'entities' if kind == 'entity' else kind + 's'}**", [len(found) for found in notes.values()])
        if kind == "claim":
            row("central", [sum(isinstance(one, Claim) and one.central for one in notes[e]) for e in EDITIONS])
        by_label = {edition: Counter(note.label for note in found) for edition, found in notes.items()}
        for label in sorted(set().union(*by_label.values())):
            row(label, [by_label[edition][label] for edition in EDITIONS])
    names = WORKSPACE.names("park2023")
    terms = sum(name.label == "TERM" for name in names)
    return "\n".join(rows) + f"\n\n{len(names)} names, {terms} of them terms."


def test_the_card_counts_what_is_there() -> None:
    text = CARD.read_text(encoding="utf-8")
    true = re.sub(
        r"(<!-- counts:.*?-->\n).*?(<!-- end of counts -->)",
        lambda match: f"{match[1]}\n{counts()}\n\n{match[2]}",
        text,
        flags=re.DOTALL,
    )
    if os.environ.get("YINZHENG_UPDATE_GOLDEN"):
        CARD.write_text(true, encoding="utf-8")
        text = true

    assert text == true


def test_claims_have_glosses_in_both_languages_and_theses_stand_out() -> None:
    claims = WORKSPACE.annotations("park2023", "claim")

    assert all(isinstance(claim, Claim) and claim.gloss_zh and claim.gloss_en and claim.attribution for claim in claims)
    assert all(claim.text is None for claim in claims if claim.edition == "zh")
    assert 18 <= sum(isinstance(claim, Claim) and claim.central for claim in claims if claim.edition == "zh") <= 26


def test_figures_say_what_they_are_of_and_have_a_value() -> None:
    for figure in WORKSPACE.annotations("park2023", "figure"):
        assert isinstance(figure, Figure)
        assert figure.about_zh, figure.text
        assert figure.about_en, figure.text
        assert (
            figure.value is not None or figure.value_list or figure.min is not None or figure.edtf or figure.duration
        ), figure.text


def test_every_mention_has_its_name() -> None:
    names = {name.id: name for name in WORKSPACE.names("park2023")}
    for entity in WORKSPACE.annotations("park2023", "entity"):
        assert isinstance(entity, Entity)
        assert entity.name is not None
        name = names[entity.name]
        forms = {form for form in (name.zh_hant, name.zh_hans, name.en, name.abbr, *name.aka) if form}
        assert yz.letters(entity.text or "").text in {yz.letters(form).text for form in forms}, (entity.text, name.en)
        assert entity.label in (name.label, "NORP")


def test_every_numeral_of_the_digests_is_a_figure_or_inside_a_name() -> None:
    for edition in ("digest-zh", "digest-en"):
        marks = [note for kind in ("entity", "figure") for note in WORKSPACE.annotations("park2023", kind, edition)]
        for paragraph in WORKSPACE.paragraphs("park2023", edition):
            covered = {at for note in marks if note.paragraph == paragraph.id for at in range(note.start, note.end)}
            for match in re.finditer(r"\d+", paragraph.text or ""):
                around = (paragraph.text or "")[max(0, match.start() - 3) : match.end() + 3]
                assert match.start() in covered or "5G" in around, (paragraph.number, around)


def test_checks_hold_against_the_article(tmp_path: Path) -> None:
    source = SHARED / "texts" / "park2023.zh-Hant.txt"
    if not source.exists():
        pytest.skip("the article's text is not on this machine")
    command = [sys.executable, "-m", "yinzheng"]
    subprocess.run([*command, "init", str(tmp_path / "w"), "--demo"], check=True, capture_output=True)
    subprocess.run([*command, "add", str(source)], cwd=tmp_path / "w", check=True, capture_output=True)
    run = subprocess.run([*command, "check", "park2023"], cwd=tmp_path / "w", capture_output=True, text=True)

    assert run.returncode == 0, run.stdout + run.stderr


def test_a_claim_whose_words_are_not_here_is_cited_by_the_sentence_of_the_digest() -> None:
    workspace = yz.Workspace(ROOT)
    link = next(link for link in workspace.links("park2023") if link.source_start is not None)
    claim = next(
        claim
        for claim in workspace.annotations("park2023", "claim", "zh")
        if claim.paragraph == link.source and claim.start >= (link.source_start or 0)
    )
    texts = {p.id: p.text or "" for p in workspace.paragraphs("park2023", "digest-zh")}
    (excerpt,) = workspace.excerpts(claim.id)

    assert excerpt.words == "paraphrase"
    assert excerpt.text in texts[excerpt.paragraph]
    assert excerpt.text != texts[excerpt.paragraph]
