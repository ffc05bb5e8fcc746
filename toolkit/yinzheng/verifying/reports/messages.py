"""What the reports say, in English and in Chinese: one table of messages a language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ..citations import Finding
from ..difference import parts
from ..quotation import Quotation

_CHANGES = 6  # told one by one
Language = Literal["en", "zh"]
_EN: Mapping[str, str] = {
    "exact": "exact",
    "variant": "variant",
    "elided-marked": "elided, marked",
    "wrong-paragraph": "wrong paragraph",
    "altered": "altered",
    "elided-unmarked": "elided, unmarked",
    "negation-changed": "negation changed",
    "figure-changed": "figure changed",
    "not-found": "not found",
    "unchecked": "unchecked",
    "no-such-paragraph": "no such paragraph",
    "unknown-key": "unknown key",
    "figure-contradicted": "figure contradicted",
    "about:exact": "The words are the source's.",
    "about:variant": "The same words; what varies: {varies}.",
    "about:elided-marked": "Words are left out, and the cut is marked.",
    "about:wrong-paragraph": "The words are right, but they stand in ¶ {number}, not in {cited}.",
    "about:wrong-paragraph:none": "The words are right, but they stand in no numbered paragraph ({paragraph}).",
    "about:wrong-paragraph:whose": "The words are right, but they are the {voice}'s, not the author's: say whose they "
    "are, or cite their paragraph.",
    "about:altered": "The words are not the source's.",
    "about:elided-unmarked": "Words are left out, and nothing marks the cut.",
    "about:negation-changed": "A negation or a word of direction was added, dropped or turned.",
    "about:figure-changed": "A figure or its unit is not the source's.",
    "about:not-found": "These words are in no text of the corpus.",
    "about:not-found:cited": "These words, or any like them, are not in the work cited ({cited}).",
    "about:not-found:digest": "These are the digest's words ({where}), not the author's: quote the source, or take "
    "the quotation marks away.",
    "about:not-found:gloss": "These are the words of a gloss ({where}), which nobody published: take the marks away.",
    "about:not-found:elsewhere": "The words are not in the work cited ({cited}), but in {where}.",
    "about:unchecked:key": "{cited} is no work of this corpus.",
    "about:unchecked:text": "The text of {cited} is not here; add your copy: yinzheng add FILE",
    "about:unchecked:near": "Is {where} meant?",
    "about:unchecked:here": "But these words, or nearly these, stand in {place}.",
    "about:voice": "These are the words of the {voice}, not the author's.",
    "about:left-out": "Left out: {words}",
    "about:alterations": "Marked as the writer's: {words}",
    "about:over": "The words run over several paragraphs: ¶ {number}.",
    "about:apart": "It joins words that stand too far apart, or in a heading, a caption, another section or voice: "
    "quote them one by one (¶ {number}).",
    "about:no-such-paragraph": "{cited}: there is no such paragraph; the last is ¶ {known}.",
    "about:unknown-key": "{words} is not in the bibliography.",
    "about:figure-contradicted": "{words} is cited to {cited}, which has {known}.",
    "change:both": "The source has “{source}”, not “{quote}”.",
    "change:source": "Left out: “{source}”.",
    "change:quote": "The source does not have “{quote}”.",
    "change:whole": "The source: “{source}”",
    "voice:translator": "translator",
    "voice:editor": "editor",
    "source": "source",
    "quoted": "quoted",
    "script": "script",
    "width": "width",
    "punctuation": "punctuation",
    "spacing": "spacing",
    "glyph": "glyph",
    "list": ", ",
    "uncited": "uncited",
    "one": "{n} quotation",
    "many": "{n} quotations",
    "sum": "{quotations}: {right} right, {wrong} wrong, {unchecked} unchecked",
    "title": "Quotations of {name}",
    "manuscript": "Manuscript",
    "place": "Place",
    "verdict": "Verdict",
    "said": "What is said",
}
_ZH: Mapping[str, str] = {
    "exact": "無誤",
    "variant": "字形或標點有別",
    "elided-marked": "有刪節，已標明",
    "wrong-paragraph": "段落有誤",
    "altered": "文字有改動",
    "elided-unmarked": "有刪節，未標明",
    "negation-changed": "否定或方向改變",
    "figure-changed": "數字改變",
    "not-found": "查無此文",
    "unchecked": "未核對",
    "no-such-paragraph": "無此段落",
    "unknown-key": "未知文獻",
    "figure-contradicted": "數字不符",
    "about:exact": "與原文相同。",
    "about:variant": "文字相同；有別之處：{varies}。",
    "about:elided-marked": "有刪節，已用省略號標明。",
    "about:wrong-paragraph": "引文無誤，但在第 {number} 段，不在 {cited}。",
    "about:wrong-paragraph:none": "引文無誤，但所在之處沒有段號（{paragraph}）。",
    "about:wrong-paragraph:whose": "引文無誤，但這是{voice}的文字，不是作者的：請說明是誰的文字，或註明段落。",
    "about:altered": "文字與原文不同。",
    "about:elided-unmarked": "刪去了文字而沒有標明。",
    "about:negation-changed": "否定詞或表示方向的詞有增、刪或改變。",
    "about:figure-changed": "數字或單位與原文不同。",
    "about:not-found": "語料庫中沒有這段文字。",
    "about:not-found:cited": "所引文獻（{cited}）中沒有這段文字，也沒有相近的文字。",
    "about:not-found:digest": "這是撮述 {where} 的文字，並非已發表的原文：請引用原文，或去掉引號。",
    "about:not-found:gloss": "這是 {where} 註釋的文字，從未發表：請去掉引號。",
    "about:not-found:elsewhere": "這段文字不在所引文獻（{cited}）中，而在 {where}。",
    "about:unchecked:key": "{cited} 不是本語料庫的文獻。",
    "about:unchecked:text": "這裡沒有 {cited} 的全文；請加入你的文本：yinzheng add FILE",
    "about:unchecked:near": "是否指 {where}？",
    "about:unchecked:here": "但這段文字（或相近的文字）見於 {place}。",
    "about:voice": "這是{voice}的文字，不是作者的。",
    "about:left-out": "刪去：{words}",
    "about:alterations": "標明為引者所加：{words}",
    "about:over": "引文跨段：第 {number} 段。",
    "about:apart": "所連接的文字相隔太遠，或分屬標題、圖說、另一節、另一人（第 {number} 段）：請分別引用。",
    "about:no-such-paragraph": "{cited}：沒有這一段；最後一段是第 {known} 段。",
    "about:unknown-key": "參考文獻中沒有 {words}。",
    "about:figure-contradicted": "{words} 引自 {cited}，而該處作 {known}。",
    "change:both": "原文作「{source}」，不作「{quote}」。",
    "change:source": "引文缺「{source}」。",
    "change:quote": "原文沒有「{quote}」。",
    "change:whole": "原文：「{source}」",
    "voice:translator": "譯者",
    "voice:editor": "編者",
    "source": "原文",
    "quoted": "引文",
    "script": "繁簡",
    "width": "全半形",
    "punctuation": "標點",
    "spacing": "空格",
    "glyph": "異體字",
    "list": "、",
    "uncited": "未註出處",
    "one": "引文 {n} 條",
    "many": "引文 {n} 條",
    "sum": "{quotations}：無誤 {right}，有誤 {wrong}，未核對 {unchecked}",
    "title": "{name} 的引文",
    "manuscript": "稿件",
    "place": "位置",
    "verdict": "核對結果",
    "said": "說明",
}
TABLES: Mapping[Language, Mapping[str, str]] = {"en": _EN, "zh": _ZH}


def say(language: Language, key: str, **words: object) -> str:
    """One message."""
    return TABLES[language][key].format(**words)


def about(one: Quotation | Finding, language: Language) -> list[str]:
    """What there is to say of a quotation or a citation, a sentence each."""
    if isinstance(one, Finding):
        return [say(language, f"about:{one.kind}", words=one.words, cited=one.cited, known=one.known)]
    key = f"about:{one.verdict}"
    if f"{key}:{one.reason}" in TABLES[language]:
        key += f":{one.reason}"
    elif one.verdict == "not-found" and one.cited:
        key += ":cited"
    elif one.verdict == "wrong-paragraph" and one.number is None:
        key += ":none"
    listed = say(language, "list")
    varies = listed.join(say(language, kind) for kind in one.varies)
    lines = [
        say(
            language,
            key,
            number=one.numbers,
            cited=one.cited,
            varies=varies,
            where=one.where,
            paragraph=one.paragraph,
            voice=say(language, f"voice:{one.where}") if one.reason in ("voice", "whose") else None,
        )
    ]
    if one.reason == "key" and one.where:
        lines.append(say(language, "about:unchecked:near", where=one.where))
    if one.verdict == "unchecked" and one.work:
        place = f"{one.work}/{one.edition}" + (f" ¶ {one.number}" if one.number is not None else "")
        lines.append(say(language, "about:unchecked:here", place=place))
    if one.reason == "apart":
        lines.append(say(language, "about:apart", number=one.numbers))
    elif one.through is not None:
        lines.append(say(language, "about:over", number=one.numbers))
    if one.reason == "voice":
        lines.append(say(language, "about:voice", voice=say(language, f"voice:{one.where}")))
    if one.alterations:
        lines.append(say(language, "about:alterations", words=listed.join(one.alterations)))
    if one.left_out:
        lines.append(say(language, "about:left-out", words=listed.join(one.left_out)))
    return lines


def changes(one: Quotation, language: Language) -> list[str]:
    """The difference in words, where there is no colour to show it: a sentence for each change, at last the source."""
    if one.difference is None:
        return []
    lines, left = [], ""
    for kind, words in [*parts(one.found or "", one.quoted or ""), ("both", "")]:
        if left and kind != "quote":
            lines.append(say(language, "change:source", source=left))
            left = ""
        if kind == "source":
            left = words
        elif kind == "quote" and words.strip():
            lines.append(say(language, "change:both" if left else "change:quote", source=left, quote=words.strip()))
            left = ""
    return [*lines[:_CHANGES], say(language, "change:whole", source=one.found or "")]


def total(quotations: list[Quotation], language: Language) -> str:
    """How many, and how many of them are right."""
    unchecked = sum(one.verdict == "unchecked" for one in quotations)
    right = sum(one.right for one in quotations) - unchecked
    count = say(language, "one" if len(quotations) == 1 else "many", n=len(quotations))
    wrong = len(quotations) - right - unchecked
    return say(language, "sum", quotations=count, right=right, wrong=wrong, unchecked=unchecked)
