"""Claims: where sentences end, which of them assert, of what kind, and who says so."""

from __future__ import annotations

import pytest
from yinzheng.annotating.sentences import before_mark, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("港口擴建了。然而貨主走了！為什麼？", ["港口擴建了。", "然而貨主走了！", "為什麼？"]),
        ("投資有三項：一是港口；二是鐵路;三是電網", ["投資有三項：一是港口；二是鐵路;三是電網"]),
        ("他說：「補貼無效。」眾人不語。", ["他說：「補貼無效。」", "眾人不語。"]),
        ("他說補貼“無效”。眾人不語。", ["他說補貼“無效”。", "眾人不語。"]),
        ("真的嗎？！當然……不是。", ["真的嗎？！", "當然……不是。"]),
        ("（見圖一。）其後改組。", ["（見圖一。）", "其後改組。"]),
        ("售價3.5美元，見www.example.com。完", ["售價3.5美元，見www.example.com。", "完"]),
        ("GDP成長2.1%.其後放緩", ["GDP成長2.1%.其後放緩"]),
        ("1. 背景與問題", ["1. 背景與問題"]),
        ("A. Background", ["A. Background"]),
        ("The U.S. economy grew. It did.", ["The U.S. economy grew.", "It did."]),
        ("They sold it in the U.S. The rest stayed.", ["They sold it in the U.S.", "The rest stayed."]),
        ("S. C. M. Paine met Dr. Lee at 5 p.m. on Monday.", ["S. C. M. Paine met Dr. Lee at 5 p.m. on Monday."]),
        ("See Fig. 2 and No. 5. He said no. She left.", ["See Fig. 2 and No. 5.", "He said no.", "She left."]),
        ("Smith et al. (2019) disagree, e.g. on p. 4. Apple Inc. won.", ["Smith et al. (2019) disagree, e.g. on p. 4.", "Apple Inc. won."]),
        ("It cost $3.5 bn. Nobody paid.", ["It cost $3.5 bn.", "Nobody paid."]),
        ("“Why?” he asked. “No.” She left.", ["“Why?” he asked.", "“No.”", "She left."]),
        ("Prices rose 3.5%. 2019 was worse.", ["Prices rose 3.5%.", "2019 was worse."]),
        ("Wait... what? Well... Yes.", ["Wait... what?", "Well...", "Yes."]),
        ("  \u3000一。  二。 ", ["一。", "二。"]),
        ("", []),
        ("……！？", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("補貼無效。", "補貼無效"),
        ("他說：「補貼無效。」", "他說：「補貼無效"),
        ("他說補貼“無效”。", "他說補貼“無效”"),
        ("真的嗎？！", "真的嗎"),
        ("It failed (badly).", "It failed (badly)"),
        ("“It failed.”", "“It failed"),
        ("in the U.S.", "in the U.S"),
        ("一是港口；二是鐵路", "一是港口；二是鐵路"),
    ],
)
def test_a_claim_ends_before_the_closing_mark(sentence: str, words: str) -> None:
    assert sentence[: before_mark(sentence, 0, len(sentence))] == words
