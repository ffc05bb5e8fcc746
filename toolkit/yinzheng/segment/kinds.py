"""What each block is: title, byline, lead, heading, body, caption or note.

Judged from the markup where it says so, else from shape and place: a line that ends no sentence and stands before
prose is a heading; short lines before the text are its title and bylines; what follows 【導讀】 up to the next line
of furniture is the editor's lead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..records import Kind, Voice
from .block import Block, Stored
from .lines import TERMINAL, columns

_LEAD = re.compile(
    r"[【\[［〔(（]?\s*(?P<editor>導讀|导读|導語|导语|編者按|编者按|編按|编按|按語|按语|Editor['’]s [Nn]ote)"
    r"\s*[】\]］〕)）:：]|[【\[［〔]?\s*(?:摘要|內容提要|内容提要|提要|Abstract|Summary)\s*[】\]］〕:：.。]"
)
_OUTLET = (
    r"公眾號|公众号|官方账号|官方帳號|新媒體|新媒体|出版社|編輯部|编辑部|雜誌社|杂志社|日報|日报|晚報|晚报|周刊|週刊|通訊社|"
    r"通讯社|大學|大学|學院|学院|研究所|研究院|University|Institute|College|Academy|School of|Department of|Press\b"
)
_CREDIT = (
    r"文|圖|图|作者|譯者|译者|編譯|编译|翻譯|翻译|審校|审校|校對|校对|編輯|编辑|責編|责编|責任編輯|责任编辑|記者|记者|來源|来源|原文|原載|原载|"
    r"本文原載|轉載|转载|本文作者|發佈|发布|更新|閱讀|阅读|收藏|版權|版权|分享|微信|Source|Published|Updated|Posted"
)
_BYLINE = re.compile(
    rf"(?:{_OUTLET})|[（(]\s*(?:編譯|编译|翻譯|翻译|譯|译|審校|审校|校|著|編|编|文|圖|图|攝|摄|作者|編輯|编辑)\s*[)）]"
    rf"|^[【\[]?\s*(?:{_CREDIT})\s*(?:[】\]/／|｜:：丨•·]|\s\S)|^(?:Translated|Edited) by\b"
    r"|^[Bb][Yy]\s+\S|\d{4}\s*[-年./]\s*\d{1,2}|\d{4}年|第\s*\d+\s*[期卷號号]|總第|总第|\b(?:Vol|No)\.\s*\d|\d{1,2}:\d{2}"
    r"|^[A-Z][a-z]+ \d{1,2},? \d{4}$|^\d{1,2} [A-Z][a-z]+ \d{4}$|@\w|https?://|©"
)
# The hundred commonest surnames, in both scripts: 張三 under a title is its author, 緣起 a heading.
_HAN_NAME = re.compile(
    "[王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡郭何高林羅罗鄭郑梁謝谢宋唐許许韓韩馮冯鄧邓曹彭曾肖蕭萧田董袁潘于蔣蒋蔡余杜葉叶程蘇苏魏呂吕"
    "丁任沈姚盧卢姜崔鍾钟譚谭陸陆汪范金石廖賈贾夏韋韦付方白鄒邹孟熊秦邱江尹薛閻阎段雷侯龍龙史陶黎賀贺顧顾毛郝龔龚邵萬万錢钱嚴严覃武戴莫孔向湯汤]"
    "[\\u4e00-\\u9fff]{1,2}$"
)
_LATIN_NAME = re.compile(r"(?:(?:[A-Z][\w'’.-]*|de|van|von|da|del|la|bin|al)\s*(?:,|and|&|·)?\s*){2,6}$")
_CAPTION = re.compile(
    r"[（(▲△▼◎\[【]?\s*(?:(?:圖|图|表|照片|圖表|图表)\s*[0-9一二三四五六七八九十]{1,3}\s*[.:：、\s]|"
    r"(?:Figure|Fig\.|Table|Chart|Photo)\s*\d|圖源|图源|圖片來源|图片来源|資料來源|资料来源|[▲△▼])"
)
_PARENTHESISED = re.compile(r"[（(【\[][^（）()【】\[\]]{1,60}[)）】\]]$")
_PICTURE = re.compile(r"截圖|截图|圖|图|照|攝|摄|screenshot|photo|image|credit|source", re.I)
_NUMBERED = re.compile(
    r"(?:第[〇零一二三四五六七八九十百\d]{1,4}[章節节部分編编篇][、.．:：\s\u3000]?|[一二三四五六七八九十]{1,3}\s*[、.．\s]|"
    r"[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:\.\d{1,2}){0,3}\s*[.．、\s]|[IVXivx]{1,5}[.．、]\s|[A-Z][.．]\s|"
    r"(?:Chapter|Part|Section|Appendix)\s+\w+)"
)
_NOTES = re.compile(
    r"(?:[一二三四五六七八九十\d]{0,2}[、.]?\s*)?[【\[]?\s*(?:註釋|注釋|注释|尾註|尾注|腳註|脚注|參考文獻|参考文献|參考書目|参考书目|引用文獻|"
    r"Notes?|Endnotes|Footnotes|References|Bibliography|Works [Cc]ited)\s*[】\]]?\s*[:：]?$"
)
_NOTE = re.compile(
    r"[\[［〔]\d{1,3}[\]］〕]\s*\S|[①-⑳]\s*\S|\[\^[^\]]+\]:|[【\[（(]?[譯译編编]者?[注註按][】\])）]?[:：]"
    r"|(?:Translator|Editor)['’]s note:"
)
_ENDS_OPEN = tuple("，,；;：:、—")


def classify(blocks: Sequence[Stored]) -> list[Block]:
    """Name every block's kind and voice, and join a title that stands on several lines."""
    blocks = _joined_titles(blocks)
    kinds: list[Kind] = []
    opening = _front(blocks)
    after_notes = False
    lead = _lead(blocks, opening)
    foot = next((at + 1 for at in reversed(range(len(blocks))) if _is_prose(blocks[at])), 0)
    for at, block in enumerate(blocks):
        kind: Kind
        if at in lead:
            kind = "lead"
        elif at < opening:
            kind = _furniture(blocks, at)
        else:
            kind = _running(blocks, at, after_notes, at >= foot)
        if kind == "heading":
            after_notes = bool(_NOTES.match(block.text))
        kinds.append(kind)
    edited = _headline(blocks, kinds, lead, opening)
    return [
        Block(kind, block.text, block.emphasis, block.notes, "editor" if at in edited else _voice(kind, block.text))
        for at, (kind, block) in enumerate(zip(kinds, blocks, strict=True))
    ]


def _headline(blocks: Sequence[Stored], kinds: Sequence[Kind], lead: range, opening: int) -> range:
    """What stands above an editor's lead, where the work's own title follows it: the page's headline, never the
    author's words."""
    if lead and "title" in kinds[lead.stop : opening] and _voice("lead", blocks[lead.start].text) == "editor":
        return range(lead.start)
    return range(0)


def _voice(kind: Kind, text: str) -> Voice:
    if kind == "lead":
        match = _LEAD.match(text)
        return "editor" if match is None or match["editor"] else "author"
    if kind in ("byline", "caption"):
        return "editor"
    if kind == "note" and re.match(r"[【\[（(]?[譯译]|Translator", text):
        return "translator"
    return "editor" if kind == "note" and re.match(r"[【\[（(]?[編编]|Editor", text) else "author"


def _is_prose(block: Stored) -> bool:
    """Whether a block says something in sentences, and is not a line of furniture."""
    if block.hint is not None:
        return False
    width = columns(block.text)
    if _LEAD.match(block.text) or width >= 160:
        return True
    enough = 12 if block.text.endswith((".", ")", "）", "]")) else 8
    return width >= enough and bool(TERMINAL.search(block.text)) and not _is_byline(block.text)


def _is_byline(text: str) -> bool:
    if text.endswith(("。", "！", "？", "…")) or (TERMINAL.search(text) and columns(text) > 60):
        return False
    return columns(text) <= 120 and bool(_BYLINE.search(text) or _LATIN_NAME.match(text) or _HAN_NAME.match(text))


def _front(blocks: Sequence[Stored]) -> int:
    """How many blocks stand before the text: up to the first heading in markup, or the first prose that no title or
    byline follows before one."""
    first_heading = next((at for at, b in enumerate(blocks) if b.hint == "heading"), None)
    if first_heading == 0:
        return 0
    prose = next((at for at, b in enumerate(blocks) if _is_prose(b) or _is_item(blocks, at)), None)
    if prose is None:
        return 0
    limit = first_heading if first_heading is not None else len(blocks)
    if prose >= limit:
        return limit
    if prose and blocks[prose - 1].text.endswith((":", "：")) and _is_item(blocks, prose):
        prose -= 1  # what announces a list belongs to the text
    if not _LEAD.match(blocks[prose].text):
        return prose
    end = prose
    while end < limit and _is_prose(blocks[end]):
        end += 1
    after = end
    while after < limit and not _is_prose(blocks[after]) and _furnishes(blocks, after):
        after += 1
    return after if after > end else prose + 1


def _furnishes(blocks: Sequence[Stored], at: int) -> bool:
    """Bylines and titles between a lead and the text; a numbered line is a heading of the text already."""
    return not _NUMBERED.match(blocks[at].text) and blocks[at].hint is None


def _lead(blocks: Sequence[Stored], opening: int) -> range:
    """The lead: from its mark to the next furniture, or the marked block alone where none follows."""
    for at, block in enumerate(blocks[: opening or len(blocks)]):
        if block.hint is None and _LEAD.match(block.text):
            end = at + 1
            while end < opening and _is_prose(blocks[end]):
                end += 1
            return range(at, end)
    return range(0)


def _furniture(blocks: Sequence[Stored], at: int) -> Kind:
    block = blocks[at]
    if block.hint is not None:
        return block.hint
    if _CAPTION.match(block.text) or (_PARENTHESISED.match(block.text) and _PICTURE.search(block.text)):
        return "caption"
    if _is_prose(block):
        return "lead" if _LEAD.match(block.text) else "body"
    if _NUMBERED.match(block.text) and not _is_byline(block.text):
        return "heading"
    if at == 0 and not _BYLINE.search(block.text):
        return "title"
    return "byline" if _is_byline(block.text) and not (at == 0 and columns(block.text) > 24) else "title"


def _running(blocks: Sequence[Stored], at: int, after_notes: bool, at_foot: bool) -> Kind:
    block = blocks[at]
    text = block.text
    if block.hint is not None:
        return block.hint
    if _CAPTION.match(text) and columns(text) <= 200:
        return "caption"
    if _PARENTHESISED.match(text) and not _NUMBERED.match(text):
        return "caption" if _PICTURE.search(text) else "byline" if columns(text) <= 40 else "body"
    if _NOTE.match(text):
        return "note"
    if _is_heading(blocks, at):
        return "heading"
    if after_notes and _BYLINE.match(text) and columns(text) <= 60:
        return "byline"
    if after_notes:
        return "note"
    if at_foot and columns(text) <= 80 and _BYLINE.search(text):
        return "byline"  # furniture at the foot of a page
    return "body"


def _is_heading(blocks: Sequence[Stored], at: int) -> bool:
    text = blocks[at].text
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if _NOTES.match(text):
        return True
    if columns(text) > 90 or TERMINAL.search(text) or text.endswith(_ENDS_OPEN) or following is None:
        return False
    if _is_item(blocks, at):
        return False
    if _NUMBERED.match(text):
        return _is_prose(following) or following.hint is not None or _deeper(text, following.text)
    return (
        _is_prose(following) and columns(text) <= 60 and not _is_byline(text) and not text.startswith(("-", "•", "·"))
    )


def _is_item(blocks: Sequence[Stored], at: int) -> bool:
    """A numbered line directly before or behind another of the same pattern: a list, not headings."""
    shape = _shape_of(blocks[at])
    near = (blocks[other] for other in (at - 1, at + 1) if 0 <= other < len(blocks))
    return shape is not None and any(_shape_of(block) == shape for block in near)


def _shape_of(block: Stored) -> str | None:
    match = _NUMBERED.match(block.text) if block.hint is None else None
    return _shape(match.group()) if match else None


def _deeper(text: str, following: str) -> bool:
    """A numbered line under a numbered line of another pattern: 一、 and then （一）, 1. and then 1.1."""
    match, other = _NUMBERED.match(text), _NUMBERED.match(following)
    if match is None or other is None:
        return False
    return _shape(match.group()) != _shape(other.group()) and columns(following) <= 90


def _shape(number: str) -> str:
    return re.sub(r"\d+", "1", re.sub(r"[一二三四五六七八九十百〇零]+", "一", number)).strip()


def _joined_titles(blocks: Sequence[Stored]) -> list[Stored]:
    """Lines of a title that stand directly under one another, joined: 主題： / 副題."""
    result: list[Stored] = []
    limit = next((at for at, b in enumerate(blocks) if b.hint is not None), len(blocks))
    for at, block in enumerate(blocks):
        previous = result[-1] if result else None
        if (
            previous is not None
            and at < limit
            and block.adjacent
            and not any(map(_is_prose, (previous, block)))
            and not any(_is_byline(b.text) or _NUMBERED.match(b.text) for b in (previous, block))
            and (previous.text.endswith((":", "：", "—", "──")) or _continues(result, blocks, at))
        ):
            glue = "" if previous.text[-1] >= "⺀" or (previous.text[-1] in ":—" and block.text[0] >= "⺀") else " "
            shift = len(previous.text) + len(glue)
            result[-1] = replace(
                previous,
                text=previous.text + glue + block.text,
                emphasis=(*previous.emphasis, *(offset + shift for offset in block.emphasis)),
                notes=(*previous.notes, *(replace(n, start=n.start + shift, end=n.end + shift) for n in block.notes)),
            )
        else:
            result.append(block)
    return result


def _continues(result: Sequence[Stored], blocks: Sequence[Stored], at: int) -> bool:
    """The third line of a title whose first ended with a colon."""
    return any(mark in result[-1].text for mark in ":：") and at >= 2 and blocks[at - 2].text.endswith((":", "："))
