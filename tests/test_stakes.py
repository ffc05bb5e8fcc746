"""Stakes: the same in every script, width and spacing; different wherever a number, unit, negation or direction is."""

from __future__ import annotations

import opencc
import pytest
from yinzheng.stakes import same_stakes, stakes


def values(text: str) -> list[tuple[str, str]]:
    return [(stake.kind, stake.value) for stake in stakes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("約370億日元", [("number", "370"), ("number", "亿"), ("currency", "日元")]),
        ("22/28納米", [("number", "22/28"), ("unit", "纳米")]),
        ("50-80%的虧損", [("number", "50-80"), ("unit", "%"), ("direction", "亏损")]),
        ("5 MW", [("number", "5"), ("unit", "MW")]),
        ("5ｍＷ", [("number", "5"), ("unit", "mW")]),
        ("三成", [("number", "三"), ("unit", "成")]),
        ("COVID-19", [("number", "19")]),
        ("It did not rise.", [("negation", "not"), ("direction", "rise")]),
        ("it doesn’t", [("negation", "not")]),
    ],
)
def test_stakes(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("35億美元", "35萬美元"),
        ("35億美元", "35億日元"),
        ("3納米", "3微米"),
        ("5 MW", "5 mW"),
        ("3.5%", "35%"),
        ("5%", "5‰"),
        ("沒有上升", "有上升"),
        ("明顯上升", "明顯下降"),
        ("不是", "是"),
        ("10年以上", "10年以下"),
        ("兩家公司", "三家公司"),
        ("rose by 5", "fell by 5"),
        ("did not agree", "did agree"),
        ("three million", "three billion"),
        ("5 km", "5 km²"),
        ("-5", "5"),
    ],
)
def test_a_changed_stake_is_seen(one: str, other: str) -> None:
    assert not same_stakes(one, other)


@pytest.mark.parametrize("config", ["t2s", "t2tw", "t2hk"])
def test_scripts_have_the_same_stakes(lighthouse: str, config: str) -> None:
    assert stakes(lighthouse)
    assert same_stakes(lighthouse, opencc.OpenCC(config).convert(lighthouse))


def test_width_and_spacing_change_no_stake() -> None:
    assert same_stakes("約１，０００億元，不足50%", "約 1,000 億元, 不足 50%")


def test_the_offsets_are_of_the_stored_text(lighthouse: str) -> None:
    for stake in stakes(lighthouse):
        assert lighthouse[stake.start : stake.end].strip()
