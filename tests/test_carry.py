"""`carry`: every id and every annotation comes through or is reported; none points at the wrong words.

Random histories with their truth are `edits`; YINZHENG_HISTORIES=1000 runs more of them than the default, and
`pytest -s` prints the rates.
"""

from __future__ import annotations

import os
import random
import tracemalloc
from collections import Counter
from collections.abc import Iterable

import edits
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yinzheng import ids
from yinzheng.carrying import Carry, carry
from yinzheng.letters import Letters, letters
from yinzheng.paragraphs import births, paragraphs, without_text
from yinzheng.records import Annotation, Paragraph
from yinzheng.segment import Block
from yinzheng.stakes import stakes

HISTORIES = int(os.environ.get("YINZHENG_HISTORIES", "44"))
CARRIED = ("unchanged", "moved", "variant")
Spans = list[tuple[int, int, int]]

# rate: ids carried right, flagged at most, annotations right
TARGETS = {0.1: (0.988, 0.01, 0.985), 0.25: (0.977, 0.02, 0.955), 0.5: (0.955, 0.035, 0.905)}
FROM_THE_INDEX = 0.015


def histories(rate: float, twins: bool = False, count: int = HISTORIES) -> Iterable[edits.History]:
    documents = edits.documents()
    for seed in range(count):
        old = documents[seed % len(documents)]
        yield edits.history(seed, edits.with_twins(seed, old) if twins else old, edits.pool(), rate)


def some_spans(history: edits.History, known: list[Letters], count: int = 40) -> Spans:
    """Spans of 2 to 40 letters."""
    chance = random.Random(len(history.new))
    result: Spans = []
    for _ in range(count):
        row = chance.randrange(len(known))
        if len(known[row]) >= 6:
            size = min(chance.randint(2, 40), len(known[row]) - 1)
            start = chance.randrange(len(known[row]) - size)
            result.append((row, *known[row].stored(start, start + size)))
    return result


def textless(texts: list[str]) -> list[Paragraph]:
    """The index of an edition, as the repository ships it."""
    blocks = [Block(kind="body", text=text) for text in texts]
    return list(map(without_text, paragraphs("w", "zh", blocks, births("w", "zh", blocks))))


def record(paragraph: Paragraph, whole: Letters, start: int, end: int) -> Annotation:
    """An annotation as a file holds it: short words are shown, sentences are not."""
    first, last = whole.within(start, end)
    return Annotation(
        id=ids.annotation_birth("w", "e", paragraph.id, first, last), type="entity", work="w", edition="zh",
        paragraph=paragraph.id, start=start, end=end, letter_start=first, letter_end=last,
        hash=ids.keyed_hash("w", "zh", whole.text[first:last], 8), text=whole.source[start:end] if last - first < 8 else None,
        label="ORG", status="accepted", by="tests", created="2026-01-01T00:00:00Z", note=None,
    )  # fmt: skip


def reads_as_before(history: edits.History, row: int, heir: int) -> bool:
    """Whether a repeated heading stands, letter for letter, where one stood, and beside what stood there: that another
    of the same letters was moved into its place, nobody could tell."""
    forms = [letters(text).text for text in history.old]
    beside = [history.successors(at).most_common(1) for at in (row - 1, row + 1) if 0 <= at < len(forms)]
    near = {found[0][0] for found in beside if found}
    return (
        forms.count(forms[row]) > 1
        and letters(history.new[heir]).text == forms[row]
        and bool(near & {heir - 1, heir + 1})
    )


def say(name: str, rate: float, tally: Counter[str]) -> None:
    """The rates, for who looks (pytest -s)."""
    parts = []
    if tally["ids"]:
        right, flagged = tally["carried right"] / tally["successors"], tally["flagged"] / tally["ids"]
        parts.append(f"ids {tally['ids']}: {right:.2%} right, {tally['wrong']} wrong, {flagged:.2%} flagged")
    if tally["spans"]:
        parts.append(
            f"annotations {tally['spans']}: {tally['right'] / tally['spans']:.2%} right, {tally['wrong']} wrong"
        )
    print(f"\n{name}, {rate:.0%} edited; {'; '.join(parts)}")


def judge_ids(history: edits.History, result: Carry, tally: Counter[str]) -> None:
    for row, fate in enumerate(result.paragraphs):
        best = history.successors(row).most_common(1)
        has_successor = bool(best) and history.share(row, best[0][0]) >= edits.SUCCESSOR
        right = bool(best) and bool(fate.targets) and fate.targets[0] == best[0][0]
        right = right or (fate.status == "carried" and reads_as_before(history, row, fate.targets[0]))
        tally["ids"] += 1
        tally["successors"] += has_successor
        tally["flagged"] += fate.status == "review"
        tally["carried right"] += fate.status == "carried" and right and has_successor
        tally["wrong"] += fate.status == "carried" and not right


def judge_spans(history: edits.History, spans: Spans, result: Carry, tally: Counter[str]) -> None:
    new = [letters(text) for text in history.new]
    for (row, start, end), place in zip(spans, result.annotations, strict=True):
        truth = set(history.image(row, start, end))
        size = sum(start <= at < end for at in edits.letter_places(history.old[row]))
        tally["spans"] += 1
        if place.paragraph is None or place.start is None or place.end is None:
            tally["right"] += place.status == "orphan" and len(truth) <= size / 2
            continue
        there = {(place.paragraph, at) for at in new[place.paragraph].index if place.start <= at < place.end}
        if place.status in CARRIED:
            tally["right"] += there == truth
            tally["wrong"] += not there <= truth
            tally["wrong and long"] += not there <= truth and size > 8
        elif place.status == "changed":
            tally["right"] += bool(there & truth)


@pytest.mark.parametrize("rate", TARGETS)
def test_ids_and_annotations_come_through(rate: float) -> None:
    tally: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for history in histories(rate):
        spans = some_spans(history, [letters(text) for text in history.old])
        result = carry(history.old, history.new, spans)
        judge_ids(history, result, tally)
        judge_spans(history, spans, result, found)

    say("text", rate, tally)
    say("text", rate, found)
    right, flagged, annotations = TARGETS[rate]
    assert tally["carried right"] >= right * tally["successors"], tally
    assert tally["flagged"] <= flagged * tally["ids"], tally
    assert tally["wrong"] <= tally["ids"] / 10_000 * (rate == 0.5), tally
    assert found["right"] >= annotations * found["spans"], found
    assert found["wrong and long"] == 0, found
    assert rate == 0.5 or found["wrong"] == 0, found


@pytest.mark.parametrize("rate", TARGETS)
def test_a_twin_is_never_taken_for_its_neighbour(rate: float) -> None:
    tally: Counter[str] = Counter()
    for history in histories(rate, twins=True):
        judge_ids(history, carry(history.old, history.new), tally)

    say("twins", rate, tally)
    assert tally["wrong"] <= tally["ids"] / 10_000, tally
    assert tally["carried right"] >= (TARGETS[rate][0] - 0.1) * tally["successors"], tally


@pytest.mark.parametrize("rate", TARGETS)
def test_the_index_alone_is_nearly_as_good(rate: float) -> None:
    tally: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for history in histories(rate):
        index = textless(history.old)
        known = [letters(text) for text in history.old]
        spans = some_spans(history, known, 25)
        notes = [record(index[row], known[row], start, end) for row, start, end in spans]
        result = carry(index, history.new, notes)
        judge_ids(history, result, tally)
        judge_spans(history, spans, result, found)

    say("index", rate, tally)
    say("index", rate, found)
    right, flagged, annotations = TARGETS[rate]
    assert tally["carried right"] >= (right - FROM_THE_INDEX) * tally["successors"], tally
    assert tally["flagged"] <= (flagged + FROM_THE_INDEX) * tally["ids"], tally
    assert tally["wrong"] <= tally["ids"] / 10_000 * (rate == 0.5), tally
    assert found["right"] >= (annotations - FROM_THE_INDEX) * found["spans"], found
    assert found["wrong"] <= found["spans"] / 1_000 * (rate == 0.5), found


def test_headings_that_are_all_the_same() -> None:
    body = [text for text in edits.documents()[0] if len(letters(text)) >= 12]
    old = [text for paragraph in body[:40] for text in ("小結", paragraph)]
    tally: Counter[str] = Counter()
    for seed in range(HISTORIES):
        history = edits.history(seed, old, edits.pool(), 0.25)
        for row, fate in enumerate(carry(history.old, history.new).paragraphs):
            if old[row] == "小結" and fate.status == "carried":
                tally["carried"] += 1
                right = fate.targets[0] in history.successors(row) or reads_as_before(history, row, fate.targets[0])
                tally["wrong"] += not right

    assert tally["wrong"] == 0, tally
    assert tally["carried"] > 25 * HISTORIES


STAKES = [
    "議會撥款1,000億日元建造燈塔，約占預算的12.5%，比上年增加三成。",
    "工廠的產能不到28納米，電力需求為350MW，出口下降了22%以上，但沒有停產。",
    "他表示，2021年12月以後，進口並未減少，反而上升至35億美元，支持者多於反對者。",
    "The ministry never paid more than $1.5 billion, and exports of 12nm chips fell by two thirds after 2019.",
]
OTHERS = {
    "number": ["7", "3.5", "1,001", "萬", "九", "seven"],
    "unit": ["公里", "nm", "mW", "噸", "%"],
    "currency": ["歐元", "美元", "英鎊", "¥", "euros"],
    "negation": ["非", "無", "未"],
    "direction": ["上升", "下跌", "以下", "少於", "減少", "rose", "less"],
}


def one_change(chance: random.Random, text: str) -> tuple[str, int, int] | None:
    """A text with one stake replaced, dropped or (for a digit) altered, and where."""
    stake = chance.choice(stakes(text))
    words = text[stake.start : stake.end]
    digits = [at for at in range(stake.start, stake.end) if text[at].isdigit()]
    if digits and chance.random() < 0.5:
        at = chance.choice(digits)
        other = chance.choice([digit for digit in "0123456789" if digit != text[at]])
        return text[:at] + other + text[at + 1 :], at, at + 1
    other = "" if chance.random() < 0.3 else chance.choice(OTHERS[stake.kind])
    return None if other == words else (text[: stake.start] + other + text[stake.end :], stake.start, stake.end)


def test_no_changed_stake_is_carried() -> None:
    """10,000 single changes of a digit, number word, unit, currency, negation or direction word."""
    chance = random.Random(20)
    around = ["燈塔建於島的南端，周圍都是礁石。", "居民以捕魚為生，冬天風浪很大，少有船來。"]
    done: Counter[str] = Counter()
    while done["changes"] < 10_000:
        text = chance.choice(STAKES)
        change = one_change(chance, text)
        if change is None:
            continue
        edited, first, last = change
        start = max(first - chance.randint(0, 6), 0)
        end = min(last + chance.randint(0, 6), len(text))
        sentence = chance.random() < 0.3
        span = (1, 0, len(text) - 1) if sentence else (1, start, end)
        result = carry([around[0], text, around[1]], [around[0], edited, around[1]], [span])
        done["changes"] += 1
        done["silent"] += result.annotations[0].status in CARRIED
        done["changed"] += result.annotations[0].status == "changed"

    assert done["silent"] == 0
    assert done["changed"] > 9_000


@pytest.mark.parametrize(
    ("old", "new", "words", "status"),
    [
        ("議會撥款35億美元修燈塔。", "議會撥款35億美元修燈塔。", "35億美元", "unchanged"),
        ("議會撥款35億美元修燈塔。", "议会拨款35亿美元修灯塔。", "35億美元", "variant"),
        ("議會撥款35億美元修燈塔。", "議會撥款３５億 美元，修燈塔。", "35億美元", "variant"),
        ("議會撥款35億美元修燈塔。", "去年，議會撥款35億美元修燈塔。", "35億美元", "moved"),
        ("議會撥款35億美元修燈塔。", "議會撥款36億美元修燈塔。", "35億美元", "changed"),
        ("議會撥款35億美元修燈塔。", "議會撥款135億美元修燈塔。", "35億美元", "changed"),
        ("議會撥款35億美元修燈塔。", "議會撥款3.5億美元修燈塔。", "35億美元", "changed"),
        ("發電廠的容量是350MW，够用。", "發電廠的容量是350mW，够用。", "350MW", "changed"),
        ("當地居民對此表示滿意。", "當地居民對此表示不滿意。", "表示滿意", "changed"),
        ("該年的出口並未下降多少。", "該年的出口並下降多少。", "下降", "changed"),
        ("氣溫降到−5℃以下，港口結冰。", "氣溫降到5℃以下，港口結冰。", "−5℃", "changed"),
        ("議會撥款35億美元修燈塔。", "島上的漁民冬天都不出海。", "35億美元", "orphan"),
    ],
)  # fmt: skip
def test_what_an_annotation_is_told(old: str, new: str, words: str, status: str) -> None:
    start = old.index(words)
    before, after = "燈塔建於島的南端，周圍都是礁石和暗流。", "居民以捕魚為生，冬天風浪很大，少有船來。"

    result = carry([before, old, after], [before, new, after], [(1, start, start + len(words))])

    assert result.annotations[0].status == status
    place = result.annotations[0]
    if status in CARRIED and place.paragraph is not None:
        text = [before, new, after][place.paragraph][place.start : place.end]
        assert letters(text).text == letters(words).text


def test_a_split_a_merge_and_a_move() -> None:
    first = "十九世紀末，島上只有一座燈塔，每晚要燒掉十二公斤鯨油。守塔人住在塔下的石屋裡，冬天常有幾個月不見人。"
    second = "油價後來漲了三倍，議會不得不考慮電燈，反對的人卻說它中看不中用。"
    third = "一九〇七年，議會以二十二票對十九票通過預算，撥款一千萬元。"
    fourth = "到一九二六年，東岸的主燈終於點亮，漁船的事故少了許多，漁民也漸漸不再反對。"
    cut = first.index("守塔人")

    split = carry([first, second, third], [first[:cut], first[cut:], second, third])
    merged = carry([first, second, third], [first, second + third])
    moved = carry([first, second, third, fourth], [fourth, first, second, third])

    assert [(f.status, f.targets) for f in split.paragraphs] == [
        ("carried", (0, 1)),
        ("carried", (2,)),
        ("carried", (3,)),
    ]
    assert [(f.status, f.targets) for f in merged.paragraphs] == [
        ("carried", (0,)),
        ("carried", (1,)),
        ("carried", (1,)),
    ]
    assert [f.targets for f in moved.paragraphs] == [(1,), (2,), (3,), (0,)]


@given(st.lists(st.text(alphabet="日本技術的政策，。0123億不abc ", max_size=30), max_size=8))
def test_the_same_text_again_changes_nothing(texts: list[str]) -> None:
    spans = [(row, 0, len(text)) for row, text in enumerate(texts) if letters(text).text]

    result = carry(texts, texts, spans)

    assert [(fate.status, fate.targets) for fate in result.paragraphs] == [
        ("carried", (row,)) for row in range(len(texts))
    ]
    assert {place.status for place in result.annotations} <= {"unchanged"}


@given(st.lists(st.text(max_size=20), max_size=6), st.lists(st.text(max_size=20), max_size=6))
def test_any_two_texts_can_be_laid_beside_each_other(old: list[str], new: list[str]) -> None:
    result = carry(old, new, [(row, 0, len(text)) for row, text in enumerate(old) if text])

    assert len(result.paragraphs) == len(old)
    assert all(0 <= target < len(new) for fate in result.paragraphs for target in fate.targets)
    for place in result.annotations:
        if place.paragraph is not None and place.start is not None and place.end is not None:
            assert 0 <= place.start < place.end <= len(new[place.paragraph])


@pytest.mark.parametrize("note", [(0, 2, 99), (0, 3, 2), (5, 0, 1), (0, -1, 2)])
def test_a_span_outside_its_paragraph_is_an_error(note: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"paragraph \d"):
        carry(["一段文字。"], ["一段文字。"], [note])


@pytest.mark.parametrize("words", ["下降", "滿意", "出口"])
def test_what_did_not_change_is_unchanged_in_the_index_too(words: str) -> None:
    """A negation before the words is no change where it always stood there."""
    old = ["燈塔建於島的南端，周圍都是礁石。", "該年的出口並未下降多少，居民對此不滿意。"]
    start = old[1].index(words)
    index, whole = textless(old), letters(old[1])
    note = record(index[1], whole, start, start + len(words))

    same = carry(index, old, [note]).annotations[0]
    script = carry(index, [old[0], "该年的出口并未下降多少，居民对此不满意。"], [note]).annotations[0]
    added = carry(index, [old[0], old[1].replace("多少", "不多")], [note]).annotations[0]

    assert (same.status, same.start, same.end) == ("unchanged", start, start + len(words))
    assert script.status in ("unchanged", "variant")
    assert words == "出口" or added.status not in CARRIED  # what stood before them then is not known


@pytest.mark.parametrize("note", [(0, 1, 99), (0, 3, 3), (0, -1, 2)])
def test_a_span_outside_an_unread_paragraph_is_an_error(note: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="paragraph 0"):
        carry(textless(["一段文字。"]), ["一段文字。"], [note])


def test_two_long_texts_that_have_nothing_in_common() -> None:
    """A table of all pairs would take gigabytes; nothing is carried, and soon."""
    chance = random.Random(4)
    one, other = (["".join(chr(0x4E00 + chance.randrange(4000)) for _ in range(40)) for _ in range(4000)] for _ in "ab")
    tracemalloc.start()

    result = carry(one, other)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {fate.status for fate in result.paragraphs} == {"gone"}
    assert peak < 300_000_000
