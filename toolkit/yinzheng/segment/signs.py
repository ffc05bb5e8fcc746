"""What the words of one block say of its kind, wherever it stands: credits, dates, numbers, marks of notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Generic, Literal, TypeVar

from ..letters import in_one_script
from ..records import Voice
from .annotators import Annotator, note_of
from .block import Stored
from .wrapping import TERMINAL, columns


def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in one script, as the blocks are that it is for."""
    return re.compile(in_one_script(pattern), flags)


_EDITOR = r"导\s*读|导语|编者按|编按|按语|Editor['’]s [Nn]ote"
_TRANSLATOR = r"译者?按|译者[导前]言|译者?序|Translator['’]s (?:[Nn]ote|[Pp]reface)"
_ABSTRACT = r"摘\s*要|内容提要|内容摘要|提\s*要|Abstract|ABSTRACT|Summary"
_BEGINS = rf"[【\[［〔(（]?\s*(?:(?P<editor>{_EDITOR})|(?P<translator>{_TRANSLATOR})|(?P<author>{_ABSTRACT}))\s*"
_LEAD = _compiled(rf"{_BEGINS}(?:[】\]］〕)）:：]|(?<=[tTyY要])[.。—])(?!$)")
_LEAD_HEADING = _compiled(rf"{_BEGINS}[】\]］〕]?[:：]?$")

_OUTLET = (
    "公众号|官方账号|新媒体|出版社|编辑部|杂志社|日报|晚报|周刊|通讯社|大学|学院|研究所|研究院|"
    r"University|Institute|College|Academy|School of|Department of|Press\b"
)
_LABEL = (
    "文|图|撰文|作者|译者|编译|翻译|审校|校对|编辑|责编|责任编辑|记者|采访|摄影|排版|来源|原文|原载|本文原载|转载|本文作者|发布|更新|阅读|收藏|版权|分享|"
    "微信|Source|Published|Updated|Posted|Author|Editor|Written by|Photo by"
)
_ROLE = "编译|翻译|译|审校|校|著|编|文|图|摄|作者|编辑"
_METADATA = _compiled(
    r"[【\[(（]?\s*(?:关\s*键\s*[词字]|主题词|Key\s?[Ww]ords|KEYWORDS|JEL|中图分类号|文献标识码|文章编号|DOI|收稿日期|修回日期|基金项目|作者简介|作者单位|通讯作者|"
    r"Received|Accepted|Correspondence|To cite)\s*(?:[】\]:：]|\d)"
)
_RELATED = _compiled(
    r"[【\[]?\s*(?:延伸阅读|相关阅读|推荐阅读|相关新闻|相关报[道导]|点击阅读|扫码|上一篇|下一篇|广告$|"
    r"Related (?:articles|stories|content)|Read more|Advertisement$)"
)
# What only a credit says, and what only the date or the issue does.
_CREDIT = _compiled(
    rf"[【\[(（]?\s*(?:{_LABEL})\s*[】\]/／|｜:：丨•·]"
    rf"|.{{0,60}}[（(]\s*(?:{_ROLE})\s*[)）]|\S{{2,12}}(?:[\s、，,]+\S{{2,12}}){{0,3}}\s+(?:{_ROLE})$"
    r"|(?:Translated|Edited|Written|Reporting|Editing|Additional reporting) by\b|[Bb]y\s+[A-Z]|BY\s+[A-Z]"
    r"|(?:©|\(c\)|Copyright)\s|.{0,60}All rights reserved|https?://\S+$|\S+@\S+\.\w+$"
)
_DATE = _compiled(
    r"[^\d，。；]{0,24}\d{4}\s*[-年./]\s*\d{1,2}(?:\s*[-月./]\s*\d{1,2}\s*日?|\s*月)?(?:$|[\s,，·|/T]+[^，。；]{0,40}$)"
    r"|(?:[A-Z][a-z]+day,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})"
    r"(?:$|[\s,·|]+.{0,30}$)"
    r"|.{0,24}第\s*\d+\s*[期卷号]|.{0,24}总第\s*\d|.{0,60}\bVol(?:\.|ume)\s*\d"
)
# What a credit may say, but any line too: it counts above the text only.
_PERHAPS = _compiled(
    rf"{_OUTLET}|^(?:{_LABEL})\s\S|\d{{4}}\s*[-年./]\s*\d{{1,2}}|\d{{4}}年|\bNo\.\s*\d|\d{{1,2}}:\d{{2}}|@\w|https?://"
    r"|^(?:本[报刊台]|特约|通讯员|实习)?记者|[社报]\S{0,8}\d{1,2}月\d{1,2}日[电讯]"
)
# The hundred commonest surnames: 张三 under a title is its author, 缘起 a heading.
_HAN_NAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦"
    r"邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤][\u4e00-\u9fff]{1,2}(?:\d[\d,，]*|[*＊†‡①-⑳¹²³⁴-⁹])*"
)
_HAN_NAMES = _compiled(rf"[■●◆◎○•·\s]*{_HAN_NAME}(?:[\s、，,/／·和与]+{_HAN_NAME})*(?:\s+[A-Z][A-Za-z'’. -]+)?$")
_LATIN_NAME = _compiled(r"(?:(?:[A-Z][\w'’.-]*|de|van|von|da|del|la|bin|al)[\d*†‡¹²³⁴-⁹]*\s*(?:,|and|&|·)?\s*){2,6}$")
_AFFILIATION = _compiled(
    r".*(?:大学|学院|研究所|研究院|研究中心|系|出版社|周刊|日报|晚报)(?:\s*[（(].*)?$"
    r"|.*\b(?:(?:University|Institute|College|Academy|School|Department) of\b|(?:University|Institute|College|Press)$)"
)
_PAGE = _compiled(
    r"[-—–·•~]\s*\d{1,4}\s*[-—–·•~]$|第\s*[\d〇零一二三四五六七八九十百]+\s*页(?:\s*[/，,共].{0,12})?$"
    r"|(?:[Pp]age|[Pp]\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?$|\d{1,4}\s*/\s*\d{1,4}$"
)
_CAPTION = _compiled(
    r"[（(▲△▼◎\[【]?\s*(?:(?:图|表|照片|图表)\s*[\d一二三四五六七八九十]{1,3}(?:[-－.]\d+)?\s*[.:：、\s]\s*(?!显示|是|为|中|所|的|给|列)"
    r"|(?:Figure|Fig\.|Table|Chart|Photo)\s*\d+[a-z]?\s*(?:$|[.:：|—–-]|\s(?=[^\sa-z]))|(?:图源|图片来源|资料来源)\s*[:：]|[▲△▼])"
)
_PARENTHESISED = _compiled(r"[（(【\[][^（）()【】\[\]]{1,60}[)）】\]]$")
_PICTURE = _compiled(r"截图|图|照|摄|screenshot|photo|image|credit|source", re.I)
_NUMBERED = _compiled(
    r"第[〇零一二三四五六七八九十百\d]{1,4}[章节部分编篇回卷][、.．:：\s]?|[一二三四五六七八九十]{1,3}\s*[、.．\s]|"
    r"[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:\.\d{1,2}){0,3}\s*[.．、]\s?|"
    r"\d{1,2}(?:\.\d{1,2}){1,3}\s|\d{1,2}\s+(?=[A-Z\u4e00-\u9fff])(?![个位名家年月日天种次件条国人万亿])|[IVXivx]{1,5}[.．、]\s|[A-Z][.．]\s|"
    r"(?:Chapter|CHAPTER|Part|PART|Section|Appendix)\s+\w+"
)
_SECTION = _compiled(
    r"(?:引\s*言|绪\s*论|导\s*[言论]|前\s*言|序\s*[言论]?|背\s*景|(?:研究)?方\s*法|结\s*[果论语]|讨\s*论|余\s*论|致\s*谢|附\s*录|后\s*记|Introduction|"
    r"Background|Methods?|Methodology|Results|Discussion|Conclusions?|Acknowledge?ments?|Appendix|Funding)$",
    re.I,
)
_NOTES = _compiled(
    r"(?:[一二三四五六七八九十\d]{0,2}[、.]?\s*)?[【\[]?\s*(?:注\s*释|尾注|脚注|参考文献|参考书目|引用文献|"
    r"Notes?|Endnotes|Footnotes|References|Bibliography|Works [Cc]ited)\s*[】\]]?\s*[:：]?$",
    re.I,
)
_NOTE = _compiled(
    r"[\[［〔]\s*(?:注\s*)?\d{1,3}[\]］〕]\s*\S|\[\^[^\]]+\]:|[【\[（(]?[译编]者?[注按][】\])）]?[:：]|注\s*\d{0,2}\s*[:：]|"
    r"(?:Translator|Editor)['’]s note:"
)
_ANNOTATOR = _compiled(r"[【\[（(]?(译|编|Translator|Editor)")
_CIRCLED = tuple("⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_MARK = re.compile(r"([①-⑳])\s*\S|[\[［〔(（]?(\d{1,3})(?:[\]］〕)）.．、]|\s)\s*\S")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LONG = 160


T = TypeVar("T")


class _once(Generic[T]):
    """A property that is worked out once. (That of functools takes a lock in Python 3.11, and there are millions.)"""

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self.work_out = work_out
        self.name = work_out.__name__
        self.__doc__ = work_out.__doc__

    def __get__(self, look: Look, _owner: type[Look]) -> T:
        value = look.__dict__[self.name] = self.work_out(look)
        return value


def note_number(marker: str) -> str:
    """The number of a note marker: 3 of ③, ³, [3] and [註 3]."""
    if marker in _CIRCLED:
        return str(_CIRCLED.index(marker))
    return marker.strip("[]［］〔〕【】^註注 ").translate(_RAISED)


def _whose(match: re.Match[str] | None) -> Voice | None:
    voices: tuple[Voice, ...] = ("editor", "translator", "author")
    return next((voice for voice in voices if match[voice]), None) if match else None


class Look:
    """A block as it looks by itself. Widths are columns; what is wider than 160 is prose, whatever it says."""

    def __init__(self, block: Stored) -> None:
        self.block = block
        self.hint = block.hint
        self.width = columns(block.text)
        self.text = in_one_script(block.text if len(block.text) <= 2 * LONG else block.text[:LONG])

    @_once
    def lead(self) -> Voice | None:
        """Whose lead or abstract begins here, by its mark."""
        match = _LEAD.match(self.text) if self.hint is None else None
        return _whose(match)

    @_once
    def lead_heading(self) -> Voice | None:
        """Whose lead or abstract follows, where this is its heading."""
        return _whose(_LEAD_HEADING.match(self.text))

    @_once
    def prose(self) -> bool:
        """Whether it says something in sentences, and is no line of furniture."""
        if self.hint is not None:
            return self.hint == "body"
        if self.lead or self.width >= LONG:
            return True
        enough = 12 if self.text.endswith((".", ")", "）", "]")) else 8
        return self.width >= enough and bool(TERMINAL.search(self.text)) and not (self.credit or self.date)

    @_once
    def sentence(self) -> bool:
        """Whether it ends as only a sentence does."""
        if self.text.endswith(("。", "！", "？", "!", "?", "…")):
            return True
        return self.width > 60 and bool(TERMINAL.search(self.text))

    @_once
    def credit(self) -> bool:
        """Whether it can be nothing but a credit, a page number or another line of the page."""
        if _METADATA.match(self.text):
            return True
        return not self.sentence and self.width <= 120 and bool(self.page or self.related or _CREDIT.match(self.text))

    @_once
    def date(self) -> bool:
        """Whether it is a date or the number of an issue, and who published it."""
        return not self.sentence and self.width <= 120 and bool(_DATE.match(self.text))

    @_once
    def byline(self) -> bool:
        """Whether it is a credit or a date, or looks like a name or an outlet, as a line above a text does."""
        if self.credit or self.date or self.sentence or self.width > 120:
            return self.credit or self.date
        return self.name or bool(_PERHAPS.search(self.text))

    @_once
    def name(self) -> bool:
        """Whether it could be a name, or several, or where its bearer works."""
        if self.width > 120 or self.sentence:
            return False
        return any(pattern.match(self.text) for pattern in (_LATIN_NAME, _HAN_NAMES, _AFFILIATION))

    @_once
    def page(self) -> bool:
        """Whether it is the number of a page."""
        return bool(_PAGE.match(self.text))

    @_once
    def caption(self) -> bool:
        return self.width <= 200 and bool(_CAPTION.match(self.text))

    @_once
    def in_brackets(self) -> Literal["picture", "words"] | None:
        """What it speaks of, where all of it stands in brackets."""
        if not _PARENTHESISED.match(self.text) or self.number:
            return None
        return "picture" if _PICTURE.search(self.text) else "words"

    @_once
    def number(self) -> str | None:
        """The form of the number it begins with: 二、 and 三、 are 一、."""
        match = _NUMBERED.match(self.text) if self.hint is None else None
        if match is None:
            return None
        return re.sub(r"\d+", "1", re.sub(r"[一二三四五六七八九十百〇零]+", "一", match.group())).strip()

    @_once
    def section(self) -> bool:
        """Whether it is a word that sections are called by."""
        return bool(_SECTION.match(self.text))

    @_once
    def notes(self) -> bool:
        """Whether it is the heading of notes or references."""
        return bool(_NOTES.match(self.text))

    @_once
    def note(self) -> bool:
        """Whether it begins as only a note does."""
        return bool(_NOTE.match(self.text))

    @_once
    def signed(self) -> Annotator | None:
        """Whose note it says that it is."""
        cut = len(self.text) < len(self.block.text)
        return note_of(self.text + in_one_script(self.block.text[-LONG:]) if cut else self.text, self.sentence)

    @_once
    def annotator(self) -> Voice:
        """Whose note it is."""
        match = _ANNOTATOR.match(self.text)
        return (
            self.signed
            or self.lead
            or ("author" if not match else "translator" if match[1] in ("译", "Translator") else "editor")
        )

    @_once
    def mark(self) -> str | None:
        """The number of a note that it may be: of ① and of 1."""
        match = _MARK.match(self.text)
        return note_number(match[1] or match[2]) if match else None

    @_once
    def circled(self) -> bool:
        return self.text[:1] in _CIRCLED

    @_once
    def listed(self) -> bool:
        """Whether it has the mark of a list that is no number."""
        return self.circled or self.text.startswith(("•", "·", "- ", "* ", "+ "))

    @_once
    def related(self) -> bool:
        """Whether it leads away to other pages."""
        return self.width <= 120 and bool(_RELATED.match(self.text))

    @_once
    def announces(self) -> bool:
        """Whether something must follow it: a list, a quotation, more of the sentence."""
        return self.hint is None and self.text.endswith(("：", ":", "，", ",", "；", ";", "、"))

    @_once
    def bold(self) -> bool:
        """Whether all of it is emphasised."""
        return self.block.emphasis == (0, len(self.block.text))

    @_once
    def short(self) -> bool:
        """Whether it could be a heading, going by its length and its end; bold or numbered it may be a question."""
        if self.width > 90 or self.announces or self.text.endswith("—"):
            return False
        asks = self.text.endswith(("？", "?", "！", "!")) and self.width <= 60 and bool(self.bold or self.number)
        return asks or not TERMINAL.search(self.text)
