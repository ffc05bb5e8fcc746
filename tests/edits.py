"""Random histories of a text, with the truth beside them: where every character went.

A document is a list of paragraphs; a history edits it and remembers, for each character of the result, the paragraph
and the place in it that it came from (or that it is new). Truth is read from that alone, so it depends on no matcher.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import opencc
from conftest import ROOT, SHARED
from yinzheng.letters import letters

Origin = tuple[int, int] | None
Cell = tuple[str, Origin]
Text = list[Cell]

HEADINGS = ("背景", "方法", "結果", "結論")
HEADING = 12  # characters: a shorter paragraph is edited as a heading
SUCCESSOR = 0.3  # a paragraph of which less survives may be called gone


@dataclass(frozen=True)
class History:
    """An edited document. ``origins[j][k]`` is where character k of paragraph j of ``new`` came from."""

    old: list[str]
    new: list[str]
    origins: list[list[Origin]]

    @cached_property
    def _images(self) -> dict[int, list[tuple[int, int, int]]]:
        """For each old paragraph its letters that are still there: place then, paragraph and place now."""
        images: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for at, origins in enumerate(self.origins):
            for place, origin in enumerate(origins):
                if origin and origin[1] in letter_places(self.old[origin[0]]):
                    images[origin[0]].append((origin[1], at, place))
        return images

    def successors(self, paragraph: int) -> Counter[int]:
        """How many of a paragraph's letters each new paragraph holds."""
        kept = {(then, at) for then, at, _ in self._images[paragraph]}
        return Counter(at for _, at in sorted(kept, key=lambda pair: pair[1]))

    def share(self, paragraph: int, heir: int) -> float:
        """The part of a paragraph's letters that a new paragraph holds."""
        return self.successors(paragraph)[heir] / max(len(letter_places(self.old[paragraph])), 1)

    def image(self, paragraph: int, start: int, end: int) -> list[tuple[int, int]]:
        """Where the letters of a span stand now, in reading order."""
        return sorted((at, place) for then, at, place in self._images[paragraph] if start <= then < end)


@cache
def letter_places(text: str) -> frozenset[int]:
    return frozenset(letters(text).index)


def fresh(text: str) -> Text:
    return [(character, None) for character in text]


class Editor:
    """Edits of one document, all from one seed. ``pool``: sentences of other texts, to insert."""

    def __init__(self, seed: int, pool: Sequence[str]) -> None:
        self.chance = random.Random(seed)
        self.pool = pool

    def characters(self, text: Text, rate: float) -> Text:
        """Replace, drop and add single characters."""
        result: Text = []
        there = {character for character, _ in text}
        for at, cell in enumerate(text):
            dice = self.chance.random()
            if dice < rate * 0.5:
                result.append((self.character(there), None))
            elif dice < rate * 0.75 and cell[0] not in [
                beside for beside, _ in (*text[at - 1 : at], *text[at + 1 : at + 2])
            ]:
                continue  # of two equal letters nobody could say which one went
            elif dice < rate:
                result += [cell, (self.character(there), None)]
            else:
                result.append(cell)
        return result

    def character(self, there: set[str]) -> str:
        """A letter that the text has not: chance must not write what stood there before."""
        while not (character := self.chance.choice(self.chance.choice(self.pool))).isalnum() or character in there:
            pass
        return character

    def sentence(self) -> str:
        return self.chance.choice(self.pool)

    def light(self, text: Text) -> list[Text]:
        return [self.characters(text, self.chance.uniform(0.01, 0.08))]

    def heavy(self, text: Text) -> list[Text]:
        parts = sentences(text)
        if len(parts) > 1 and self.chance.random() < 0.6:
            del parts[self.chance.randrange(len(parts))]
        if self.chance.random() < 0.6:
            parts.insert(self.chance.randint(0, len(parts)), fresh(self.sentence()))
        return [self.characters(join(parts), self.chance.uniform(0.05, 0.25))]

    def rewrite(self, text: Text) -> list[Text]:
        """About 15 % is kept, in a few pieces."""
        size = max(len(text) * 15 // 100, 1)
        start = self.chance.randint(0, len(text) - size)
        return [fresh(self.sentence()) + text[start : start + size] + fresh(self.sentence())]

    def split(self, text: Text) -> list[Text]:
        parts = sentences(text)
        if len(parts) < 2:
            return [text]
        at = self.chance.randrange(1, len(parts))
        halves = [join(parts[:at]), join(parts[at:])]
        if self.chance.random() < 0.3:
            halves = [self.characters(half, 0.04) for half in halves]
        return halves

    def delete(self, text: Text) -> list[Text]:
        return []

    def insert(self, text: Text) -> list[Text]:
        added = fresh("".join(self.sentence() for _ in range(self.chance.randint(1, 4))))
        return [text, added] if self.chance.random() < 0.5 else [added, text]

    def edit(self, old: Sequence[str], rate: float, script: Callable[[str], str] | None = None) -> History:
        """Apply one operation to each paragraph with the chance ``rate``, then change its dress."""
        operations = [self.light, self.heavy, self.rewrite, self.split, self.delete, self.insert]
        weights = [40, 18, 5, 9, 7, 7]
        document: list[Text] = [
            [(character, (at, place)) for place, character in enumerate(text)] for at, text in enumerate(old)
        ]
        result: list[Text] = []
        moving: list[Text] = []
        copies: list[Text] = []
        merge = False
        for text in document:
            if self.chance.random() < rate:
                dice = self.chance.random()
                if dice < 0.06:
                    moving.append(text)
                    merge = False
                    continue
                if dice < 0.08:
                    copies.append(fresh("".join(character for character, _ in text)))
                    pieces = [text]
                elif dice < 0.16 and result:
                    merge, pieces = True, [text]
                else:
                    operation = self.chance.choices(operations, weights)[0]
                    if len(text) < HEADING and operation in (self.heavy, self.rewrite, self.split):
                        operation = self.light  # nobody writes three sentences into a heading
                    pieces = operation(text)
            else:
                pieces = [text]
            if merge and pieces and result:
                result[-1] = result[-1] + pieces.pop(0)
            merge = False
            result += pieces
        for text in (*moving, *copies):
            result.insert(self.chance.randint(0, len(result)), text)
        result = [self.dress(text, script) for text in result]
        result = [text for text in result if any(character.isalnum() for character, _ in text)]
        return History(
            list(old),
            ["".join(character for character, _ in text) for text in result],
            [[origin for _, origin in text] for text in result],
        )

    def dress(self, text: Text, script: Callable[[str], str] | None) -> Text:
        """Script, width and spaces."""
        if script is not None:
            converted = script("".join(character for character, _ in text))
            if len(converted) == len(text):
                text = [(character, origin) for character, (_, origin) in zip(converted, text, strict=True)]
        if self.width:
            text = [(character.translate(NARROW), origin) for character, origin in text]
        if self.space:
            spaced: Text = []
            for cell in text:
                spaced.append(cell)
                if cell[0] in "，。；：、,;:" and self.chance.random() < 0.5:
                    spaced.append((" ", None))
            text = spaced
        return text

    width = False
    space = False


NARROW = str.maketrans("，：；！？（）", ",:;!?()")


def history(seed: int, old: Sequence[str], pool: Sequence[str], rate: float) -> History:
    """A whole random history: in a quarter the script changes, in a third each the width and the spacing."""
    editor = Editor(seed, pool)
    script = _converter("t2s") if editor.chance.random() < 0.25 else None
    editor.width = editor.chance.random() < 0.3
    editor.space = editor.chance.random() < 0.3
    return editor.edit(old, rate, script)


@cache
def _converter(config: str) -> Callable[[str], str]:
    converter = opencc.OpenCC(config)
    return lambda text: str(converter.convert(text))


def sentences(text: Text) -> list[Text]:
    parts: list[Text] = [[]]
    for cell in text:
        parts[-1].append(cell)
        if cell[0] in "。！？!?":
            parts.append([])
    return [part for part in parts if part]


def join(parts: list[Text]) -> Text:
    return [cell for part in parts for cell in part]


def with_twins(seed: int, old: Sequence[str]) -> list[str]:
    """A quarter of the paragraphs get a near-identical neighbour: one character in 25 changed."""
    chance = random.Random(seed)
    result = []
    for text in old:
        result.append(text)
        if chance.random() < 0.25 and len(letters(text).text) >= 25:
            twin = list(text)
            places = [at for at, character in enumerate(twin) if character.isalnum()]
            for at in chance.sample(places, max(len(places) // 25, 1)):
                twin[at] = chance.choice("甲乙丙丁戊己庚辛子丑寅卯辰巳午未")
            result.append("".join(twin))
    return result


@cache
def documents() -> list[list[str]]:
    """Articles of 40 to 90 paragraphs with repeated headings: texts of our own, and news where the data are."""
    lamp = (ROOT / "tests" / "texts" / "lighthouse.zh-Hant.txt").read_text("utf-8")
    ours = [line for line in lamp.split("\n") if len(letters(line)) >= HEADING]
    result = [_with_headings(ours + _digest("zh")), _with_headings(_digest("en"))]
    folder = SHARED / "data" / "ntrex"
    if folder.exists():
        for name in ("newstest2019-ref.zho-TW.txt", "newstest2019-ref.zho-CN.txt", "newstest2019-src.eng.txt"):
            result += _news(folder, name)
    return result


def _digest(language: str) -> list[str]:
    lines = (ROOT / "corpus" / "park2023" / f"digest-{language}.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line)["text"] for line in lines if line]


def _news(folder: Path, name: str) -> list[list[str]]:
    lines = (folder / name).read_text("utf-8").replace("\r\n", "\n").split("\n")
    names = (folder / "DOCUMENT_IDS.tsv").read_text("utf-8").split("\n")
    paragraphs: list[str] = []
    chance = random.Random(1)
    here, size, last = "", 0, ""
    for line, document in zip(lines, names, strict=False):
        if not line.strip():
            continue
        if document != last or size == 0:
            if here:
                paragraphs.append(here)
            here, size, last = "", chance.randint(2, 6), document
        gap = " " if here and here[-1].isascii() else ""
        here += gap + line.strip()
        size -= 1
    paragraphs.append(here)
    return [_with_headings(paragraphs[at : at + 48]) for at in range(0, len(paragraphs) - 40, 48)]


def _with_headings(paragraphs: Sequence[str]) -> list[str]:
    """A heading before every eighth, four words over and over: more than articles have, for they are the hardest."""
    result = []
    for at, text in enumerate(paragraphs):
        if at % 8 == 0:
            result.append(HEADINGS[at // 8 % len(HEADINGS)])
        result.append(text)
    return result


@cache
def pool() -> list[str]:
    """Sentences to insert, composed: of no document above, and no two alike."""
    chance = random.Random(5)
    who = [
        "茶農",
        "老船匠",
        "鎮上的郵差",
        "隔壁的木匠",
        "山村教師",
        "新來的醫生",
        "河邊的磨坊主",
        "退休的站長",
        "養蜂人",
        "賣花的婦人",
        "年輕的廚師",
        "守林員",
    ]
    when = ["入秋以後", "每逢雨季", "那年冬天", "天還沒亮", "過了清明", "集市散去之後", "大雪封山的日子", "收成前幾天"]
    what = [
        "修補屋頂",
        "曬乾草藥",
        "清點倉庫",
        "替鄰居寫信",
        "釀一罈梅酒",
        "給孩子講星座",
        "擦亮舊銅鐘",
        "在溪裡放竹筏",
        "磨新的犁頭",
        "縫冬天的棉被",
    ]
    then = [
        "鄰居們都來幫忙",
        "卻沒想到霧來得那麼快",
        "連狗也不肯出門",
        "這才記起鑰匙忘在橋頭",
        "孩子們圍著火堆唱歌",
        "從此再沒有人提起那場爭吵",
    ]
    seen = [
        "他把經過記在一本藍皮簿子裡",
        "這件事後來傳遍了整個山谷",
        "老人們說從前也是這樣",
        "許多年後還有人記得那股氣味",
    ]
    return sorted(
        {
            f"{chance.choice(when)}，{chance.choice(who)}{chance.choice(what)}，{chance.choice(then)}，{chance.choice(seen)}。"
            for _ in range(400)
        }
    )
