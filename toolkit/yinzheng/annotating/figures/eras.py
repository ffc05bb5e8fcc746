"""Eras: the year before the first of each, in the calendars of China, Taiwan and Japan."""

from __future__ import annotations

from ...numerals import plain
from .chinese_centuries import whole_number

ERAS = {
    plain(era): before
    for era, before in {
        "民国": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "明治": 1867, "大正": 1911, "公元": 0, "西元": 0,
        "康熙": 1661, "雍正": 1722, "乾隆": 1735, "嘉庆": 1795, "道光": 1820, "咸丰": 1850, "同治": 1861, "光绪": 1874,
        "宣统": 1908, "顺治": 1643,
        "洪武": 1367, "建文": 1398, "永乐": 1402, "宣德": 1425, "正统": 1435, "景泰": 1449, "天顺": 1456, "成化": 1464,
        "弘治": 1487, "正德": 1505, "嘉靖": 1521, "隆庆": 1566, "万历": 1572, "天启": 1620, "崇祯": 1627, "贞观": 626,
        "开元": 712, "天宝": 741, "熙宁": 1067, "元丰": 1077, "绍兴": 1130, "淳熙": 1173, "至正": 1340, "庆应": 1864,
        "享保": 1715, "天保": 1829, "嘉永": 1847, "安政": 1853,
    }.items()
}  # fmt: skip
ERA = "|".join(ERAS)


def in_era(numeral: str, era: str) -> int | None:
    """The year of our calendar, 0 and below for those before it; None if the numeral is none.

    >>> in_era("112", "民国"), in_era("221", "公元前")
    (2023, -220)
    """
    value = whole_number(numeral)
    return None if value is None else 1 - value if era.endswith("前") else value + ERAS[era]
