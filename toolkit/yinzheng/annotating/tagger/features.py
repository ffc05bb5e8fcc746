"""What the model sees of a text: for every character, one number per feature, made for a whole batch at once.

A text is folded first, each character by itself, so that both scripts look the same and every offset stays: to the
simplified character (OpenCC t2s), full-width signs to ASCII, corner brackets to quotation marks. The features are the
characters around a place, the words and word classes around it (`rjieba`, which cuts the folded text; a span may still
begin and end anywhere), and the shape of a word. Each is hashed to one of ``BUCKETS`` rows of the weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from typing import TypeAlias

import numpy as np
import rjieba
from numpy.typing import NDArray

from ...script import convert

Numbers: TypeAlias = NDArray[np.uint32]
Places: TypeAlias = NDArray[np.intp]

BUCKETS = 1 << 21
MARGIN = "\n" * 3  # between two pieces, so that no window of a character reaches into the next
_STOPS = "。！？!?"
# At most 120 characters, up to a full stop, or else a lesser one: what is longer is cut anyway.
_SENTENCE = re.compile(
    rf"[^{_STOPS}\n]{{1,120}}(?:[{_STOPS}]{{1,9}}[”’」』）)]{{0,9}}|(?=\n)|\Z|(?<=[，,；;：:、]))|[^{_STOPS}\n]{{1,120}}"
)
_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")

# Characters that write foreign names: what a Chinese word list can't know, a run of them tells.
_FOREIGN = (
    "阿埃艾爱奥巴拜班邦贝本比彼别宾波玻伯勃博布查茨达大戴丹道德登迪蒂丁东杜多恩尔法菲费芬佛夫弗福盖冈戈格根古哈海汉豪赫亨胡华霍基吉加"
    "杰金卡凯坎康考柯科克肯库夸拉莱兰朗劳勒雷里理利莉丽列林琳隆卢鲁路露伦罗洛马玛迈麦曼梅门蒙米密明莫默姆穆纳奈南内尼涅宁纽努诺欧帕潘佩"
    "彭皮珀普奇恰钱乔切琴丘让热仁日荣茹瑞若萨塞赛桑瑟沙莎山尚舍申圣施史士舒斯丝苏索塔泰坦汤陶特滕提廷图托瓦万旺威维韦魏温文翁沃乌武西希席夏"
    "谢辛欣休逊雅亚延杨耶叶伊易因英尤于约扎詹珍芝朱兹佐"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑"
    "薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季"
    "麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲家封"
    "储靳松井段富巫乌焦巴弓牧谷车侯宓蓬全班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲从索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟"
    "谭贡劳姬申扶堵冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连习艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄东欧沃利蔚越隆师巩聂晁"
    "勾敖融冷辛那简饶空曾沙养鞠丰巢关查红游竺权盖益桓公仉督岳缑亢况琴商牟佘佴伯赏墨哈谯笪年爱阳佟"
)
_SHAPES = 8  # margin, Han, foreign, surname, digit, Latin letter, kana, anything else


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with its offset; those without Han characters are left out.

    >>> list(pieces("台灣。Chips act! 日本，"))
    [(0, '台灣。'), (13, ' 日本，')]
    """
    for found in _SENTENCE.finditer(text):
        if _HAN.search(found[0]):
            yield found.start(), found[0]


def features(texts: Sequence[str]) -> tuple[Places, Iterator[Places]]:
    """Where each text begins in the features, and the features: one array after another, each a row of the weights for
    every character of the batch (texts one after the other, with ``MARGIN`` before, between and after them)."""
    joined = MARGIN + MARGIN.join(texts) + MARGIN
    lengths = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts)) + len(MARGIN)
    codes = _fold()[np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]
    return len(MARGIN) + np.cumsum(lengths) - lengths, _rows(codes)


def fold(text: str) -> str:
    """A text as the model sees it, of the same length.

    >>> fold("臺灣「晶片」５Ｇ")
    '台湾“晶片”5G'
    """
    return _text(_fold()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)])


def _text(codes: Numbers) -> str:
    return codes.tobytes().decode("utf-32-le")


@cache
def _fold() -> Numbers:
    table = np.arange(0x110000, dtype=np.uint32)
    table[0xD800:0xE000] = 0xFFFD  # half a character is none
    han = [
        code for first, last in ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32000)) for code in range(first, last)
    ]
    simple = convert("\n".join(map(chr, han)), "hant", "hans").split("\n")
    table[han] = [ord(new) if len(new) == 1 else old for old, new in zip(han, simple, strict=True)]
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    for old, new in zip("「」『』﹁﹂　‧・•〈〉藉瞭", "“”“”“” ···《》借了", strict=True):
        table[ord(old)] = ord(new)
    return table


@cache
def _shapes() -> Numbers:
    table = np.full(0x110000, 7, dtype=np.uint32)
    table[0x3400:0xA000] = 1
    table[0x20000:0x32000] = 1
    table[[ord(char) for char in _SURNAMES]] = 3
    table[[ord(char) for char in _FOREIGN]] = 2
    table[0x30:0x3A] = 4
    table[[*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x250)]] = 5
    table[0x3040:0x3100] = 6
    table[ord("·")] = 2
    table[ord("\n")] = 0
    return table


# Hashes are sums of powers of an odd number, modulo 2**32: the power can be divided out again, so that one running sum
# over the text gives the hash of every word of it.
_BASE = 0x9E3779B1
_INVERSE = pow(_BASE, -1, 1 << 32)


def _powers(base: int, count: int) -> Numbers:
    out = np.full(count, base, dtype=np.uint32)
    out[0] = 1
    return np.multiply.accumulate(out, dtype=np.uint32)


def _stir(values: Numbers) -> Numbers:
    """Other numbers, as different from one another and in every bit."""
    out = values * np.uint32(0x85EBCA6B)
    out ^= out >> np.uint32(15)
    out *= np.uint32(0xC2B2AE35)
    out ^= out >> np.uint32(13)
    return out


def _join(*parts: Numbers) -> Numbers:
    """One number for several, in their order."""
    out = parts[0]
    for part in parts[1:]:
        out = out * np.uint32(_BASE) + part
    return out


def _near(values: Numbers, step: int) -> Numbers:
    """Each place's neighbour ``step`` further on; the ends wrap around, and are margin."""
    return np.roll(values, -step)


def _rows(codes: Numbers) -> Iterator[Places]:
    words, classes = zip(*rjieba.tag(_text(codes)), strict=True)
    lengths = np.fromiter(map(len, words), dtype=np.intp, count=len(words))
    kinds = _stir(np.fromiter(map(_kind, classes), dtype=np.uint32, count=len(words)))
    ends = np.cumsum(lengths)
    starts = ends - lengths
    # Where in its word a character stands: from the front and from the back, each up to two characters away.
    word = np.repeat(np.arange(len(words)), lengths)  # the number of the word that a character stands in
    place = np.arange(len(codes)) - starts[word]
    rest = lengths[word] - 1 - place
    where = _stir((np.minimum(place, 2) * 3 + np.minimum(rest, 2) + 1).astype(np.uint32))

    salt = count(1)
    char = _stir(np.where((codes >= 0x30) & (codes < 0x3A), 0x30, codes).astype(np.uint32))
    for values in _of_characters(codes, char):
        yield _row(_stir(values + np.uint32(next(salt) * _BASE & 0xFFFFFFFF)))
    for values in _of_words(char, kinds, starts, lengths):
        yield _row((_stir(values + np.uint32(next(salt) * _BASE & 0xFFFFFFFF)).take(word) + where) * np.uint32(_BASE))


def _row(values: Numbers) -> Places:
    return (values >> np.uint32(32 - BUCKETS.bit_length() + 1)).astype(np.intp)


def _of_characters(codes: Numbers, char: Numbers) -> Iterator[Numbers]:
    before2, before, after, after2 = (_near(char, step) for step in (-2, -1, 1, 2))
    yield from (before2, before, char, after, after2)
    yield from (_join(before2, before), _join(before, char), _join(char, after), _join(after, after2))
    yield from (
        _join(before, after),
        _join(before2, before, char),
        _join(before, char, after),
        _join(char, after, after2),
    )
    shape = _shapes()[codes]
    shapes = _stir(shape)
    yield _join(*(_near(shapes, step) for step in (-2, -1, 0, 1, 2)))
    yield _join(_foreign_run(shape), shapes)
    listed = [_stir(row) for row in _listed(codes)]
    for row in listed:
        yield _join(_near(row, -1), row, _near(row, 1))
    lists = _join(*listed)
    yield from (lists, _join(_near(lists, -1), lists), _join(lists, _near(lists, 1)))


def _of_words(char: Numbers, kinds: Numbers, starts: Places, lengths: Places) -> Iterator[Numbers]:
    ends = starts + lengths
    sums = np.zeros(len(char) + 1, dtype=np.uint32)
    np.cumsum(char * _powers(_BASE, len(char)), dtype=np.uint32, out=sums[1:])
    word = _stir((sums[ends] - sums[starts]) * _powers(_INVERSE, len(char))[starts])
    first, last = char[starts], char[ends - 1]
    last2 = _join(char[np.maximum(ends - 2, starts)], last)
    size = _stir(np.minimum(lengths, 5).astype(np.uint32))
    kind_before2, kind_before, kind_after, kind_after2 = (_near(kinds, step) for step in (-2, -1, 1, 2))
    word_before, word_after = _near(word, -1), _near(word, 1)
    last_before, last_after, last_after2 = _near(last, -1), _near(last, 1), _near(last, 2)

    yield from (kinds, word, _join(kinds, size), _join(kinds, last), _join(kinds, first), last2)
    yield from (_near(word, -2), word_before, word_after, _near(word, 2))
    yield from (kind_before2, kind_before, kind_after, kind_after2)
    yield from (_join(kind_before, kinds), _join(kinds, kind_after), _join(kind_before, kinds, kind_after))
    yield from (_join(kind_before2, kind_before, kinds), _join(kinds, kind_after, kind_after2))
    yield from (_join(word_before, kinds), _join(kinds, word_after), _join(word_before, word), _join(word, word_after))
    yield from (_join(last_before, kinds, kind_before), _join(last_after, kinds, kind_after))
    yield _join(last_after2, kinds, kind_after, kind_after2)


@cache
def _kind(name: str) -> int:
    return int.from_bytes(name.encode()[:4], "little")


def _foreign_run(shape: Numbers) -> Numbers:
    """How long the run of name-writing characters is that a character stands in, up to seven."""
    inside = shape == 2
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False]))))
    lengths = edges[1::2] - edges[::2]
    out = np.zeros(len(shape), dtype=np.uint32)
    out[inside] = np.repeat(np.minimum(lengths, 7), lengths)
    return out


_LISTS = {"nr": 0, "nrt": 0, "nrfg": 0, "ns": 1, "nt": 2, "nz": 3}  # persons, places, organisations, other names


def _listed(codes: Numbers) -> tuple[Numbers, ...]:
    """For persons, places, organisations and other names in the word list, whatever the cut into words: which letter,
    of how many (up to four), of the longest listed word each character is."""
    known = _known()[codes]
    words = rjieba.cut_all(_text(np.where(known, codes, ord("，"))))
    lengths = np.fromiter(map(len, words), dtype=np.intp, count=len(words))
    out = tuple(np.zeros(len(codes), dtype=np.uint32) for _ in range(5))
    if np.count_nonzero(lengths == 1) != len(codes):
        return out
    starts = np.cumsum(lengths == 1) - 1  # at each place the single character comes first, then longer words
    several = np.flatnonzero(lengths > 1)
    lists = np.fromiter(map(_list, map(words.__getitem__, several.tolist())), dtype=np.intp, count=len(several))
    starts, lengths = starts[several], lengths[several]
    for length in range(2, 9):
        for number, row in enumerate(out):
            found = starts[(lengths == length) & (lists == number)]
            for place in range(length):
                row[found + place] = min(length, 4) * 16 + min(place, 2) * 4 + min(length - 1 - place, 2)
    return out


@cache
def _list(word: str) -> int:
    found = rjieba.tag(word)
    return _LISTS.get(found[0][1], 4) if len(found) == 1 else 4


@cache
def _known() -> NDArray[np.bool_]:
    """The characters of the word list: any other would be left out of ``cut_all``'s answer."""
    table = np.zeros(0x110000, dtype=np.bool_)
    for code in range(0x4E00, 0xA000):
        table[code] = rjieba.cut_all(chr(code)) == [chr(code)]
    return table
