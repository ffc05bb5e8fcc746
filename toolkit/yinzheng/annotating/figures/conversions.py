"""What figures of one paragraph say of each other: conversions in parentheses, and the country of 元."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ...numerals import pattern, plain
from ..found import Figure

_OPEN = pattern(
    r"[ ]?(?:\(|（)[ ]?(?:(?:折合|相当于|约等于|等于|即|或|合|约为|也就是|equivalent to|equal to|or|i\.e\.,?"
    r"|=)[ ]?)?\Z|,? (?:or"
    r"|equivalent to|equal to) \Z|[，,](?:约合|折合|合|相当于)\Z",
    re.I,
)


def linked(text: str, found: list[Figure]) -> list[Figure]:
    """With ``equals`` set: 2萬億日元(約合180億美元); 45 miles (72 kilometres)."""
    for place in range(1, len(found)):
        first, second = found[place - 1], found[place]
        if first.label != second.label or first.label not in ("MONEY", "QUANTITY") or first.unit == second.unit:
            continue
        gap = text[first.end : second.start]
        if len(gap) < 24 and _OPEN.match(gap) and _closes(text, gap, second.end):
            found[place] = replace(second, equals=place - 1)
    return found


def _closes(text: str, gap: str, end: int) -> bool:
    return "(" not in gap or text[end : end + 8].find(")") >= 0


_YUAN = pattern(r"新台币|台币|人民币|RMB|CNY|yuan|renminbi|港币|港元")
_CODES = {"新台币": "TWD", "台币": "TWD", "港币": "HKD", "港元": "HKD"}


_PLACE = pattern(
    r"(?P<TWD>台[湾北中南东币积电澎]|全台|新北市|桃园市|新竹|高雄|[行立司考监][政法试察]院|立委|健保署|卫福部|经济部|主计总?处|金管会|国发会|内政部|劳[动工]部|中华民国|民国(?=[0-9一二三四五六七八九十])|趸购|(?<=[0-9])兆元)"
    r"|(?P<HKD>香港|港[币元府]|特区政府|金管局|强积金|立法会)"
    r"|(?P<CNY>中国(?!台)|我国[东中西]部|国民经济和社会|城镇化|规模以上工业|乡村振兴|农民工|人民银行|银保监|证监会|国资委|工信部|商务部|人社部|民政部|(?<!地方)财政部门|央企|地级市|自治[区州县]|省委|市委|县委|(?<=[0-9])万亿元|人民币|中华人民|国务院|全国人大|发改委|中央财政|北京|上海|广[东州]|深圳|浙江|江[苏西]|山[东西]|四川|河[南北]|湖[南北]"
    r"|安徽|福建|陕西|云南|贵州|辽宁|黑龙江|吉林|内蒙古|新疆|西藏|重庆|天津|甘肃|青海|宁夏|海南)"
)


def yuan_of(text: str) -> Counter[str]:
    """How often a text names what belongs to a country of the 元: to mainland China, Taiwan or Hong Kong.

    >>> yuan_of("新北市与台北市").most_common(1)
    [('TWD', 2)]
    """
    return Counter(match.lastgroup for match in _PLACE.finditer(plain(text)) if match.lastgroup)


def leading(count: Counter[str]) -> str | None:
    """The currency that more is said of than of any other."""
    (first, most), (_, next_most) = [*count.most_common(2), *[(None, 0)] * 2][:2]
    return first if most > next_most else None


def named_yuan(text: str, found: list[Figure], yuan: str | None = None) -> list[Figure]:
    """元 by the currency that the paragraph names, else by the places it speaks of, else by the document's (``yuan``);
    ¥ by the country. 元 stays without a currency where nothing says whose it is."""
    if not any(figure.label == "MONEY" and figure.unit in (None, "¥") for figure in found):
        return found
    named = {_CODES.get(word, "CNY") for word in _YUAN.findall(text)}
    years = [figure.edtf[:4] for figure in found if figure.label == "DATE" and figure.edtf]
    old = bool(years) and max(years) < "1949"  # before the renminbi and the new Taiwan dollar
    own = named.pop() if len(named) == 1 else None if old else leading(yuan_of(text)) or yuan
    japan = _JAPAN.search(text)
    sign = "CNY" if own == "CNY" or (not japan and (_CHINA.search(text) or _HAN.search(text))) else "JPY"

    def unit(figure: Figure) -> str | None:
        if figure.unit == "¥":
            return sign
        return own if "元" in text[figure.start : figure.end] or text[figure.end - 1] == "圆" else None

    return [
        replace(figure, unit=unit(figure)) if figure.label == "MONEY" and figure.unit in (None, "¥") else figure
        for figure in found
    ]


_JAPAN = pattern(r"日[本圆元方]|东京|Japan|Tokyo|\byen\b")
_CHINA = pattern(r"中国|China|Chinese|Beijing|PRC")
_HAN = pattern("[一-鿿]")
