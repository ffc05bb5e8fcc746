"""work.toml: a broken one says where it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from yinzheng.errors import YinzhengError
from yinzheng.works import parse


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('work = "lamp"\n[editions.zh]\nlang = zh\n', 3),
        ('work = "lamp"\n[editions.zh]\nlang = "zh"\nlang = "en"\n', 4),
        ('work = "lamp"\n[editions.zh', 2),
    ],
)
def test_broken_toml_names_its_line(text: str, line: int) -> None:
    with pytest.raises(YinzhengError, match="not TOML") as caught:
        parse(text, "lamp", Path("work.toml"))

    assert (caught.value.path, caught.value.line) == (Path("work.toml"), line)
