"""Citation keys of new works: readable in any script, surnames as they are read, the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import yinzheng
from hypothesis import given
from hypothesis import strategies as st
from yinzheng.bib import Entry, escape
from yinzheng.citing.keys import free, key
from yinzheng.works import KEY


@pytest.mark.parametrize(
    ("author", "surname"),
    [
        *((name, "zeng") for name in ("{曾国藩}", "{曾國藩}", "曾, 国藩", "曾国藩")),
        *((name, "shan") for name in ("{单田芳}", "{單田芳}")),
        *((name, "ou") for name in ("{区寄}", "{區寄}")),
        *((name, "ye") for name in ("{叶圣陶}", "{葉聖陶}")),
        *((name, "yuchi") for name in ("{尉迟恭}", "{尉遲恭}", "尉遲, 恭")),
        *((name, "zhangsun") for name in ("{长孙无忌}", "{長孫無忌}", "長孫, 無忌")),
        *((name, "tantai") for name in ("{澹台灭明}", "{澹臺滅明}")),
        *((name, "ouyang") for name in ("{欧阳修}", "{歐陽修}", "欧阳 修", "歐陽, 修")),
        ("{仇英}", "qiu"), ("{翟让}", "zhai"), ("{解缙}", "xie"), ("{查良鏞}", "zha"), ("{种师道}", "chong"), ("{繁钦}", "po"),
        ("{員半千}", "yun"), ("{乐毅}", "yue"), ("{祭遵}", "zhai"), ("{折可适}", "she"), ("{万俟卨}", "moqi"), ("{諸葛亮}", "zhuge"),
        ("{陳蕊}", "chen"), ("{呂思勉}", "lu"), ("김민수 and Doe, J.", "gim"), ("Müller, Jörg", "muller"),
        ("Ковалёв, Иван", "kovalev"), ("van Gennep, Arnold", "vangennep"), ("O'Neil, Kim", "oneil"), ("{The World Bank}", "worldbank"),
    ],
)  # fmt: skip
def test_surnames(author: str, surname: str) -> None:
    assert key(Entry("book", "", {"author": author, "date": "2001-05"})) == f"{surname}2001"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "The Lighthouse Keepers", "date": "2023"}, "lighthouse2023"),
        ({"title": "[島報的歷史]", "year": "1999"}, "daobao1999"),
        ({"title": "Of {DNA}", "author": "Doe, Jane"}, "doedna"),
        ({"editor": "Roe, R.", "date": "2000/2004"}, "roe2000"),
        ({"title": "1984", "date": "1949"}, "work1949"),
        ({}, "work"),
    ],
)
def test_what_there_is_makes_the_key(fields: dict[str, str], expected: str) -> None:
    assert key(Entry("book", "", fields)) == expected


def test_collisions_take_letters() -> None:
    taken: list[str] = []
    for _ in range(30):
        taken.append(free("doe2019", taken))

    assert taken[:3] == ["doe2019", "doe2019a", "doe2019b"]
    assert taken[26:28] == ["doe2019z", "doe2019aa"]
    assert len(set(taken)) == 30


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(words, words, words)
def test_any_entry_has_a_key_that_a_work_may_have(author: str, title: str, date: str) -> None:
    entry = Entry("book", "", {"author": f"{{{escape(author)}}}", "title": escape(title), "date": escape(date)})

    assert KEY.fullmatch(key(entry))
    assert key(entry) == key(entry)
    assert KEY.fullmatch(key(entry, {key(entry)}))
    assert key(entry, {key(entry)}) != key(entry)


def test_add_offers_a_key_for_a_new_work(empty: Path) -> None:
    (empty / "x.bib").write_text("@book{x, author={查, 良鏞}, title={島}, date={1999}}", encoding="utf-8")
    (empty / "x.txt").write_text("島\n\n島上有一座燈塔，很多人都知道它的歷史。\n", encoding="utf-8")
    done = yinzheng("add", "x.txt", "--bib", "x.bib", cwd=empty)

    assert done.returncode == 1
    assert "name it: --work zha1999" in done.stderr
