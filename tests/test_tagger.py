"""The trained model: what it finds holds together on any input, is as good as its card says, and can be trained again."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import numpy as np
import pytest
from conftest import SHARED
from hypothesis import given, settings
from hypothesis import strategies as st
from yinzheng.annotating.tagger import Span, model, tag, train
from yinzheng.annotating.tagger.features import fold, pieces
from yinzheng.script import convert

UNER = SHARED / "data" / "uner"
CARD = Path(model.__file__).with_name("MODEL.md")
NAMES = "王小明李大文東京都大阪市北海道交通部國立中央大學和在的說了，。！？「」『』·123AB ab\n\u3000１Ｂ𠮷😀\ud800\x00"


def spans_hold(texts: list[str], found: list[list[Span]]) -> None:
    assert len(found) == len(texts)
    for text, spans in zip(texts, found, strict=True):
        end = 0
        for span in spans:
            assert end <= span.start < span.end <= len(text)
            assert span.label in ("PERSON", "ORG", "LOC")
            assert 0 <= span.score <= 1
            end = span.end


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(st.sampled_from(NAMES) | st.characters(), max_size=60), max_size=5))
def test_spans_are_in_order_in_bounds_and_apart_in_any_text(texts: list[str]) -> None:
    spans_hold(texts, tag(texts))


@settings(deadline=None, max_examples=100)
@given(st.text(st.sampled_from(NAMES) | st.characters(), max_size=80))
def test_folding_keeps_the_length_and_settles(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_a_text_is_tagged_the_same_alone_and_among_others() -> None:
    texts = [
        "王小明在東京大學任教。",
        "",
        "No Han here.",
        "台灣的交通部長林大同昨日訪問北海道。\n他說：「好。」",
        "好" * 5000,
    ]

    together = [[span[:3] for span in spans] for spans in tag(texts)]
    assert together == [[span[:3] for span in tag([text])[0]] for text in texts]
    assert together[1] == together[2] == []
    assert together[3]


@pytest.mark.parametrize("part", ["中", "。", "王小明在東京。"])
def test_a_line_of_ten_megabytes(part: str) -> None:
    line = part * (10_000_000 // len(part.encode()))

    spans_hold([line], tag([line]))


def test_pieces_are_of_the_text_and_lose_no_han() -> None:
    text = "他來了！？」她說。\nOnly English. 完" + "長" * 1000 + "！"

    assert all(text[at : at + len(piece)] == piece for at, piece in pieces(text))
    assert re.sub(r"[^\u4e00-\u9fff]", "", text) == re.sub(
        r"[^\u4e00-\u9fff]", "", "".join(piece for _, piece in pieces(text))
    )


@given(st.lists(st.integers(1, 3), min_size=1, max_size=3), st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_the_labels_and_the_probability_are_those_of_trying_all(lengths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    pairs = random.normal(0, 2, (13, 13)).astype(np.float32)
    allowed = [[model.follows(a, b) for b in model.LABELS] for a in model.LABELS]
    pairs[~np.array(allowed)] = -1e4
    emissions = random.normal(0, 2, (sum(lengths) + 3, 13)).astype(np.float32)
    ends = np.cumsum(np.array(lengths, dtype=np.intp), dtype=np.intp)
    mine = model.Model(np.zeros(1, np.int32), np.zeros((1, 16), np.int16), 1.0, pairs)

    found = model._decode(mine, emissions, ends - lengths, np.array(lengths, dtype=np.intp))

    expected = []
    for start, end in zip((ends - lengths).tolist(), ends.tolist(), strict=True):
        paths = {}
        for path in itertools.product(range(13), repeat=end - start):
            names = [model.LABELS[label] for label in path]
            if names[0][0] in "OBS" and names[-1][0] in "OES" and all(map(model.follows, names, names[1:])):
                total = sum(float(emissions[start + at, label]) for at, label in enumerate(path))
                paths[path] = math.exp(total + sum(float(pairs[a, b]) for a, b in itertools.pairwise(path)))
        best = max(paths, key=paths.__getitem__)
        for first, last, kind in mentions(best):
            sure = sum(weight for path, weight in paths.items() if (first, last, kind) in mentions(path))
            expected.append((start + first, start + last, kind, sure / sum(paths.values())))
    assert [part[:3] for part in zip(*(part.tolist() for part in found), strict=True)] == [
        part[:3] for part in expected
    ]
    assert found[3].tolist() == pytest.approx([part[3] for part in expected], abs=1e-3)


def mentions(path: tuple[int, ...]) -> list[tuple[int, int, int]]:
    out, first = [], 0
    for at, label in enumerate(path):
        if label and (label - 1) % 4 in (0, 3):
            first = at
        if label and (label - 1) % 4 >= 2:
            out.append((first, at, (label - 1) // 4))
    return out


@pytest.mark.skipif(not UNER.exists(), reason="the UNER data is not on this machine")
@pytest.mark.parametrize("name", ["gsd-dev", "simp-dev"])
def test_the_model_is_as_good_as_its_card_says(name: str) -> None:
    said = {
        kind: float(f1)
        for kind, f1 in re.findall(
            rf"^\| {name} \| (\w+) \| [\d.]+ \| [\d.]+ \| ([\d.]+) \|$", CARD.read_text("utf-8"), re.M
        )
    }
    measured = train.score(train.read(UNER / f"{name}.iob2"))

    assert said.keys() == measured.keys()
    for kind, f1 in said.items():
        assert measured[kind][2] == pytest.approx(f1, abs=0.06), kind


@pytest.mark.skipif(not UNER.exists(), reason="the UNER data is not on this machine")
def test_both_scripts_give_the_same_spans() -> None:
    texts = [text for text, _ in train.read(UNER / "gsd-dev.iob2")]
    simplified = [convert(text, "hant", "hans") for text in texts]
    a, b = ([{span[:3] for span in spans} for spans in tag(each)] for each in (texts, simplified))
    same = sum(len(x & y) for x, y in zip(a, b, strict=True))

    assert same >= 0.99 * max(sum(map(len, a)), sum(map(len, b)))


def test_it_can_be_trained_again_to_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("pycrfsuite")
    sentences = [
        [(person, "B-PER"), ("在", "O"), (place, "B-LOC"), (verb, "O"), ("。", "O")]
        for person, place, verb in itertools.product(("王小明", "李大文"), ("東京", "大阪"), ("任教", "留學"))
    ] + [[("交通", "B-ORG"), ("部", "I-ORG"), (" ", ""), (day, "O"), ("說明", "O")] for day in ("昨日", "今日", "明日")]
    blocks = (
        "\n".join(
            ["# text = " + "".join(word for word, _ in words)]
            + [f"{number}\t{word}\t{label}\t-\t-" for number, (word, label) in enumerate(words) if label]
        )
        for words in sentences
    )
    text = "\n\n".join(blocks)
    for name in ("gsd-train", "simp-train", "gsd-dev", "simp-dev"):
        (tmp_path / f"{name}.iob2").write_text(text, encoding="utf-8")

    for out in ("one.npz", "two.npz"):
        train.main([str(tmp_path), "--out", str(tmp_path / out)])

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    again = model.spans(model.load(tmp_path / "one.npz"), ["王小明在東京任教。", "交通部 昨日說明"])
    assert [[span[:3] for span in spans] for spans in again] == [[(0, 3, "PERSON"), (4, 6, "LOC")], [(0, 3, "ORG")]]


def test_words_that_are_not_the_sentence_s_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.iob2").write_text("# text = 好人\n1\t壞\tO\t-\t-\n\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"bad\.iob2:3: "):
        list(train.read(tmp_path / "bad.iob2"))
