"""Make letters-N.txt, the versioned table behind `yinzheng.letters`.

    pip download --no-deps --no-binary :all: opencc==1.4.2 && tar xzf opencc-1.4.2.tar.gz
    python3.13 -m yinzheng.data.make_letters opencc-1.4.2/data/dictionary > toolkit/yinzheng/data/letters-1.txt

The table fixes every code point's treatment, so that neither a new Python (its Unicode data) nor a new OpenCC can
change an id. A changed table is a new version under a new name: never edit a published one, whatever the reason.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

UNICODE = "15.1.0"
VERSION = 1

CHARACTERS = ("STCharacters", "TSCharacters", "TWVariants", "HKVariants")
PHRASES = (
    "STPhrases",
    "TSPhrases",
    "TWVariantsPhrases",
    "TWVariantsRevPhrases",
    "HKVariantsPhrases",
    "HKVariantsRevPhrases",
)
# Each group is one number or one unit in its written forms. A pair that would join two groups is refused.
DISTINCT = [
    "零",
    "〇",
    "一弌",
    "二弍",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "百",
    "千",
    "万萬",
    "亿億",
    "兆",
    "京",
    "垓",
    "两兩",
    "半",
    "几幾",
    "廿",
    "卅",
    "卌",
    "余餘",
    "多",
    "壹",
    "贰貳",
    "叁叄",
    "肆",
    "伍",
    "陆陸",
    "柒",
    "捌",
    "玖",
    "拾",
    "佰",
    "仟",
    "双雙",
    "倍",
    "成",
    "分",
    "厘釐",
    "毫",
    "秒",
    "刻",
    "时時",
    "日",
    "天",
    "周週",
    "旬",
    "月",
    "季",
    "年",
    "岁歲",
    "代",
    "世",
    "纪紀",
    "元",
    "圆圓",
    "角",
    "块塊",
    "镑鎊",
    "里",
    "哩",
    "浬",
    "米",
    "尺",
    "呎",
    "寸",
    "吋",
    "丈",
    "码碼",
    "斤",
    "克",
    "吨噸",
    "磅",
    "盎",
    "升",
    "斗",
    "石",
    "担擔",
    "亩畝",
    "顷頃",
    "瓦",
    "伏",
    "安",
    "赫",
    "度",
    "点點",
    "微",
    "纳納",
    "奈",
    "皮",
    "飞飛",
    "太",
    "吉",
    "万萬",
    "不",
    "无無",
    "没沒",
    "未",
    "非",
    "勿",
    "莫",
    "否",
    "增",
    "减減",
    "涨漲",
    "跌",
    "升",
    "降",
    "高",
    "低",
    "上",
    "下",
    "多",
    "少",
    "强強",
    "弱",
]
DASHES = "-‐‑‒–—―⸺⸻−~～〜∼⁓﹘﹣－─━﹏〰˗"
SIGNS = {"−": "-－﹣−", "+": "+＋﹢", "±": "±", "<": "<＜﹤", ">": ">＞﹥", "≤": "≤≦⩽", "≥": "≥≧⩾", "=": "=＝﹦"}
ALWAYS = set("%‰‱°")
RAISED_SIGNS = set("⁺⁻₊₋")  # 10⁻³ is not 10³
# Marks that are typed for one another between two digits: 3∶2, 1⁄2, 3‧5.
BETWEEN = {":": "∶", "/": "⁄∕", "·": "‧・•∙⋅"}
# Circles are typed for the ideographic zero; dropping one would turn 二○三 into 23.
ZERO = "○◯"


def rows(folder: Path, name: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of an OpenCC dictionary: a key and its values."""
    with (folder / f"{name}.txt").open(encoding="utf-8") as file:
        for line in file:
            key, tab, values = line.rstrip("\n").partition("\t")
            if tab and not key.startswith("#"):
                yield key, values.split(" ")


def pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Every two characters that a script dictionary writes for one another."""
    for name in CHARACTERS + PHRASES:
        for key, values in rows(folder, name):
            for value in values:
                if len(value) == len(key):
                    yield from ((a, b) for a, b in zip(key, value, strict=True) if a != b)


def traditional(folder: Path) -> set[str]:
    """The characters that TSCharacters leads away from."""
    return {key for key, _ in rows(folder, "TSCharacters")}


def classes(edges: Iterable[tuple[str, str]], last: set[str]) -> list[str]:
    """Equivalence classes with no two numbers or units in one: a simplified character first, then by code point."""
    kind = {character: forms for forms in DISTINCT for character in forms}
    members: dict[str, set[str]] = {}
    for a, b in edges:
        one, other = members.get(a, {a}), members.get(b, {b})
        if one is other or len({kind[c] for c in one | other if c in kind}) > 1:
            continue
        both = one | other
        for character in both:
            members[character] = both
    return sorted({"".join(sorted(group, key=lambda c: (c in last, c))) for group in members.values()})


def is_kept(character: str) -> bool:
    """Letters, marks that combine with them, digits, currency and the signs that always count."""
    category = unicodedata.category(character)
    return category[0] in "LNM" or category in ("Sc", "Co") or character in ALWAYS


def compatible(character: str) -> str:
    """NFKC of one code point, except that ² ① ½ and their kind stay apart from plain digits."""
    if unicodedata.category(character) == "No":
        return character
    tag, _, rest = unicodedata.decomposition(character).partition(" ")
    if not tag:
        return character
    codes = rest.split() if tag.startswith("<") else [tag, *rest.split()]
    return unicodedata.normalize("NFC", "".join(compatible(chr(int(code, 16))) for code in codes))


def folded(character: str, fold: dict[str, str]) -> str:
    """What a code point contributes to the letters; empty where it goes."""
    if character in RAISED_SIGNS:
        return character
    previous, current = "", compatible(character)
    while previous != current:
        previous = current
        current = unicodedata.normalize("NFC", "".join(compatible(c) for c in current.casefold()))
    if unicodedata.category(character)[0] in "PSZ" and not any(
        c in ALWAYS or unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Sc" for c in current
    ):
        return ""
    return "".join(fold.get(c, c) for c in current if is_kept(c))


def ranges(codes: list[int]) -> Iterator[str]:
    """Sorted code points as hexadecimal ranges."""
    start = end = codes[0]
    for code in [*codes[1:], -1]:
        if code != end + 1:
            yield f"{start:X}" if start == end else f"{start:X}-{end:X}"
            start = code
        end = code


def is_ignorable(code: int) -> bool:
    """Default-ignorable code points that are no white space: variation selectors, fillers, joiners, bidi marks."""
    return code in (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0) or (
        0x180B <= code <= 0x180F or 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF
    )


def table(folder: Path) -> Iterator[str]:
    """The lines of the table."""
    groups = classes(pairs(folder), traditional(folder))
    fold = {character: group[0] for group in groups for character in group}
    space, mark, combine, maps = [], [], [], []
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Cn", "Co"):
            continue
        if category[0] in "ZC" or is_ignorable(code):
            space.append(code)
        elif character in ZERO:
            maps.append((code, "〇"))
        else:
            out = folded(character, fold)
            if not out:
                mark.append(code)
            elif out != character and character not in fold:
                maps.append((code, out))
            if category[0] == "M" or 0x1161 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF or code in (0xFF9E, 0xFF9F):
                combine.append(code)
    yield f"# Yinzheng letters, version {VERSION}. Unicode {UNICODE}; OpenCC script dictionaries (see NOTICE)."
    yield "# Generated by make_letters.py: never edited. What stands in no section is kept as it is."
    yield "[space]"
    yield from ranges(space)
    yield "[mark]"
    yield from ranges(mark)
    yield "[combine]"
    yield from ranges(combine)
    yield "[between]"  # how a mark is written between two digits, where not as itself
    for code in mark:
        character = chr(code)
        plain = "-" if character in DASHES or unicodedata.category(character) == "Pd" else compatible(character)
        plain = next((one for one, others in BETWEEN.items() if plain in others), plain)
        if plain != character and len(plain) == 1:
            yield f"{code:X} {ord(plain):X}"
    yield "[sign]"
    for sign, forms in SIGNS.items():
        yield from (f"{ord(form):X} {ord(sign):X}" for form in forms)
    yield "[map]"
    for code, out in maps:
        yield " ".join(f"{ord(c):X}" for c in chr(code) + out)
    yield "[fold]"
    yield from groups


def main() -> None:
    """Print the table."""
    if unicodedata.unidata_version != UNICODE:
        raise SystemExit(f"this Python has Unicode {unicodedata.unidata_version}; the table is made with {UNICODE}")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    for line in table(Path(sys.argv[1])):
        print(line)


if __name__ == "__main__":
    main()
