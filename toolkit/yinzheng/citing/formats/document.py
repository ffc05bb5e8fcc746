"""What every document format does alike, before it escapes: words that no format chokes on, trees made simple. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ..bundle import Bundle, Citation
from ..inline import Emph, Inline, Link, Node, Sup, Text, isolated, plain
from ..phrases import phrase

# What ends a line is a space: a paragraph is one line in every format.
_LINE_END = re.compile(r"\r\n|[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_LAST = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_NO_CHARACTER = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_LAST}]")
_EAST = (
    r"[\u2e80-\u303f\u3100-\u312f\u31a0-\u31ef\u3200-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    r"\U00020000-\U0003ffff]"
)
# Quotation marks, dashes, ellipses and points that Latin and Chinese share belong to what they touch.
_SHARED = r"[‘’“”—…·]"
_STRETCH = re.compile(f"(?:{_EAST}{_SHARED}*|(?<!{_SHARED}){_SHARED}+(?={_EAST}))+")


def clean(text: str) -> str:
    """Words that every format can hold: on one line, without control characters, their direction kept to themselves.

    >>> clean("a\\x07\\nb")
    'a b'
    """
    if text.isprintable():  # none of them is
        return text
    return isolated(_NO_CHARACTER.sub("\ufffd", _CONTROL.sub("", _LINE_END.sub(" ", text))))


def content(node: Node) -> str:
    """What a node holds, as it is."""
    return node.url if isinstance(node, Link) else node.text


def settled(tree: Inline) -> Inline:
    """The tree cleaned: neighbours of one kind are one node, and white space at the edges stands outside emphasis."""
    result: list[Node] = []
    for node in tree:
        words = clean(content(node))
        core = words.strip() if isinstance(node, Emph | Sup) else words
        before, _, after = words.partition(core) if core else (words, "", "")
        for part in (Text(before), type(node)(core), Text(after)):
            if not content(part):
                continue
            last = result[-1] if result else None
            if isinstance(part, Text) and isinstance(last, Text):
                result[-1] = Text(last.text + part.text)
            elif isinstance(part, Emph) and isinstance(last, Emph):
                result[-1] = Emph(last.text + part.text)
            else:
                result.append(part)
    return tuple(result)


def gap(citation: Citation) -> str:
    """What stands between the words and the citation: nothing before a note, a raised number or a Chinese bracket, nor
    before 第12段 where marks or a full stop end the words."""
    said = citation.cited.text
    if citation.note or any(isinstance(node, Sup) for node in said[:1]):
        return ""
    ended = bool(citation.marks) or not plain(citation.words)[-1:].isalnum()
    bracket = plain(said).startswith(("（", "［", "〔"))
    return "" if chinese(citation.excerpt.lang) and not plain(said).startswith("(") and (ended or bracket) else " "


def apart(citation: Citation) -> bool:
    """Whether a citation must stand below its block: without marks or a bracket, 第12段 would be read as its words."""
    said = plain(citation.cited.text)
    return citation.block and not citation.note and not said.startswith(tuple("([（［〔"))


def suffix(citation: Citation) -> str:
    """What stands behind the locator where a program makes the citation. Of what our words summarise it makes a second
    citation (see `summarising`), since only the program knows what its list calls it: 2023a, [3]."""
    return "" if citation.source else citation.cited.suffix


def uncited(bundle: Bundle) -> list[str]:
    """The keys of what belongs into the list although no citation names it: the original of a translation."""
    named = {key for one in bundle.citations for key in (one.key, one.source)}
    return [entry.key for entry in bundle.entries if entry.key not in named]


def summarising(citation: Citation) -> str:
    """What stands before that second citation."""
    return phrase("summarising", citation.excerpt.lang)


def chinese(lang: str) -> bool:
    """Whether a language tag is one of Chinese."""
    return lang.startswith("zh")


def around(bundle: Bundle) -> str:
    """The tag of the Chinese in a list of references: that of the Chinese quoted."""
    return next((one.excerpt.lang for one in bundle.citations if chinese(one.excerpt.lang)), "zh-Hant")


def stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is set as Chinese: marks that Latin shares go with their neighbour, and
    a pair of quotation marks whose neighbours differ is Latin, so that the two are of one width.

    >>> list(stretches("Doe, “占位”, 2021")), list(stretches("“占 X”"))
    ([('Doe, ', False), ('“占位”', True), (', 2021', False)], [('“', False), ('占', True), (' X”', False)])
    """
    east = [False] * len(text)
    for match in _STRETCH.finditer(text):
        east[match.start() : match.end()] = [True] * (match.end() - match.start())
    opened: dict[str, list[int]] = {"“": [], "‘": []}
    for match in re.finditer("[“”‘’]", text):
        if match.group() in opened:
            opened[match.group()].append(match.start())
        elif waiting := opened["“" if match.group() == "”" else "‘"]:
            pair = waiting.pop(), match.start()
            east[pair[0]] = east[pair[1]] = east[pair[0]] and east[pair[1]]
    for chinese_part, part in groupby(zip(east, text, strict=True), key=lambda one: one[0]):
        yield "".join(character for _, character in part), chinese_part


def lost(bundle: Bundle, *sentences: str, italics: bool = True, comment: bool = False) -> tuple[str, ...]:
    """The sentences, and what must be said of this bundle: ``italics``: whether the format has them; ``comment``: a
    program makes the list, so that what is not verified stands in a comment alone."""
    trees = [tree for one in bundle.citations for tree in (one.words, one.cited.text, one.cited.note, one.cited.gloss)]
    trees += [entry for _, entries in bundle.lists for _, entry in entries]
    found = []
    if not italics and any(isinstance(node, Emph) for tree in trees for node in tree):
        found.append("plain text has no italics: titles and emphasised words stand as all others")
    if comment and bundle.unverified:
        found.append("what is not verified stands in a comment here, since the list is made elsewhere: check it there")
    captions = [passage.caption or "" for passage in bundle.passages]
    if any(_CONTROL.search(text) or _NO_CHARACTER.search(text) for text in (*map(plain, trees), *captions)):
        found.append("control characters in the words are left out, and what is no character is replaced by �")
    return (*sentences, *found)
