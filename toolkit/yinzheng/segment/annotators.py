"""Whose words a block is, where it says so itself: 譯者註, 編者按, Translator's note, at its beginning or its end."""

from __future__ import annotations

import re
from typing import Literal

from ..letters import in_one_script

Annotator = Literal["translator", "editor"]

_SAYS = r"\s*(?:附?注释?|补注|按语?|案语?|附[记识])"
_ENGLISH = r"['’]?s?['’]?\s+[Nn]otes?"
_TRANSLATOR = (
    rf"(?:编?译者?|译校者?){_SAYS}|[Tt]ranslator{_ENGLISH}|Transl?\.\s*[Nn]ote|T/N"
    r"|[Nn]ote (?:by|from) the [Tt]ranslator"
)
_EDITOR = (
    rf"(?:编者?|编辑|主编|责编|审?校者?|校[订对]者?|审订者?){_SAYS}"
    rf"|[Ee]ditor{_ENGLISH}|Ed\.\s*[Nn]ote|[Nn]ote (?:by|from) the [Ee]ditor"
)
_BOTH = rf"(?:(?P<translator>{_TRANSLATOR})|(?P<editor>{_EDITOR}))"
_OPEN, _CLOSE = r"[【\[［〔(（]", r"[】\]］〕)）]"
# [1], 〔註 2〕, ①, 註1：, 3., ², *, [^4]:
_MARK = (
    rf"(?:\[\^[^\]\s]{{1,20}}\]:?|{_OPEN}?\s*(?:注\s*)?(?:\d{{1,3}}|[①-⑳])\s*{_CLOSE}?\s*[.、．:：]?|注\s*[:：]"
    r"|[⁰¹²³⁴-⁹]{1,3}|[*＊†‡]{1,3})\s*"
)
_DASH = r"(?:[—–―─]{1,2}|--)\s*"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(in_one_script(pattern))


_MARKED = _compiled(_MARK)
_BEGINS = _compiled(rf"(?:{_MARK})?{_OPEN}?\s*{_BOTH}\s*(?:{_CLOSE}|[:：])")
_ADDED = _compiled(
    rf"{_MARK}(?:(?P<translator>译者?)|(?P<editor>编者?|校者))\s*(?:所?[加补增添]|[注按])(?=$|[。．，,；;\s])"
)
_SIGNED = _compiled(
    rf"{_DASH}(?:{_BOTH}|(?P<translated>[Tt]ransl?\.|[Tt]ranslator)|(?P<edited>[Ee]ds?\.|[Ee]ditors?)"
    r"|(?<=[。！？.!?”」』）)…][—–―─]{2})(?:(?P<translates>译者)|(?P<edits>编者)))[。.]?$"
)
_LABELLED = _compiled(rf"{_OPEN}\s*{_BOTH}\s*{_CLOSE}$")
_HEADED = (
    r"(?P<translator>译者?(?:后记|序言?|前言|导言|跋|附记|说明|按语?)|译者的话"
    r"|Translator['’]s (?:Note|Preface|Afterword|Introduction))"
    r"|(?P<editor>编者?(?:后记|按语?)|编辑后记|编者的话|Editor['’]s (?:Note|Afterword))"
)
_HEADING = _compiled(rf"{_OPEN}?\s*(?:{_HEADED})\s*{_CLOSE}?[:：]?$")
_AFTERWORD = _compiled(rf"{_OPEN}?\s*(?:{_HEADED})\s*(?:{_CLOSE}\s*[:：]?|[:：])\s*\S")
_IN_BRACKETS = re.compile(r"[（(【\[［〔]([^（）()【】\[\]［］〔〕]+)[)）】\]］〕]")
_TAIL = 40


def note_of(text: str, sentence: bool) -> Annotator | None:
    """Whose note a block is; None where it does not say, or only speaks of one. ``text``: in one script.

    >>> note_of("[1] 译者注:指东京。", True), note_of("See above.—Ed.", True), note_of("译者注意到了。", True)
    ('translator', 'editor', None)
    """
    whole = _IN_BRACKETS.fullmatch(text) if len(text) < 1000 else None
    inner = whole[1] if whole else text
    match = _BEGINS.match(text) or _ADDED.match(text) or _SIGNED.search(inner, max(0, len(inner) - _TAIL))
    if match is None and _MARKED.match(text):
        match = _LABELLED.search(text, max(0, len(text) - _TAIL))
    if match is None and sentence:
        match = _AFTERWORD.match(text)
    return _whose(match)


def section_of(text: str) -> Annotator | None:
    """Whose words stand under a heading, where it is no author's: 譯後記."""
    return _whose(_HEADING.match(text))


def _whose(match: re.Match[str] | None) -> Annotator | None:
    if match is None or match.lastgroup is None:
        return None
    return "translator" if match.lastgroup.startswith("translat") else "editor"
