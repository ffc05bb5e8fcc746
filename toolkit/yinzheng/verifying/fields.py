"""Citations in the fields of a Word document: Zotero's and Mendeley's CSL, Word's own, EndNote's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

Fields = tuple[tuple[str, str], ...]
Cited = tuple["str | None", "str | None", Fields]  # key, locator, what else is said of the work

_CSL = re.compile(r"(?:ZOTERO_ITEM|ZOTERO_CITATION|MENDELEY_CITATION_V3|CSL_CITATION)\s*(?:CSL_CITATION\s*)?(?=\{)")
_WORD = re.compile(r"\s*CITATION\s+(\"[^\"]*\"|\S+)(.*)", re.S)
_SWITCH = re.compile(r"\\([a-z])\s*(\"[^\"]*\"|[^\\\s\"]+(?:\s+[^\\\s\"]+)*)?", re.I)
_LABELS = {"paragraph": "para. {}", "page": "p. {}", "section": "sec. {}", "chapter": "ch. {}", "line": "l. {}"}
_ENDNOTE = re.compile(r"<Cite[\s>].*?</Cite>", re.S)


def cited(code: str, sources: Mapping[str, Fields]) -> Iterator[Cited]:
    """What the code of a field cites; nothing where it is another field. ``sources``: Word's own list, by tag.

    >>> list(cited(r" CITATION Park23 \\p 5 \\l 1033 ", {"Park23": (("title", "On Light"),)}))
    [('Park23', 'p. 5', (('title', 'On Light'),))]
    """
    csl = _CSL.search(code[:400])
    word = _WORD.match(code)
    if csl:
        try:
            items = json.JSONDecoder().raw_decode(code[csl.end() :])[0].get("citationItems", [])
        except (ValueError, RecursionError):
            return
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict):
                yield _item(item)
    elif word:
        keys, places = [word[1].strip('"')], [""]
        for switch in _SWITCH.finditer(word[2]):
            value = (switch[2] or "").strip('" ')
            if switch[1] == "m":
                keys.append(value)
                places.append("")
            elif switch[1] == "p":
                places[-1] = f"p. {value}" if re.match(r"\d", value) else value
            elif switch[1] == "s" and not places[-1]:
                places[-1] = value.strip(" ,，")
        for key, place in zip(keys, places, strict=True):
            yield key, place or None, sources.get(key, ())
    elif "EN.CITE" in code[:100]:
        for cite in _ENDNOTE.findall(code):
            said = {name: _tag(cite, name) for name in ("Author", "Year", "title", "Pages", "electronic-resource-num")}
            named = (("author", said["Author"]), ("year", said["Year"]), ("title", said["title"]))
            fields = (*named, ("doi", said["electronic-resource-num"]))
            yield None, (said["Pages"] and f"p. {said['Pages']}") or None, tuple(pair for pair in fields if pair[1])


def _tag(xml: str, name: str) -> str:
    found = re.search(rf"<{name}>(.*?)</{name}>", xml, re.S)
    return re.sub(r"<[^>]*>", "", found[1]).strip() if found else ""


def _item(item: Mapping[str, Any]) -> Cited:
    given = item.get("itemData")
    data: dict[str, Any] = given if isinstance(given, dict) else {}
    people: Any = data.get("author")
    issued: Any = data.get("issued")
    fields: list[tuple[str, str]] = [
        (name.lower(), data[name]) for name in ("DOI", "title") if isinstance(data.get(name), str)
    ]
    try:
        fields.append(("author", str(people[0].get("family") or people[0]["literal"])))
        fields.append(("year", str(issued["date-parts"][0][0])))
    except (TypeError, KeyError, IndexError, AttributeError):
        pass
    key = data.get("citation-key")
    place = str(item.get("locator") or "").strip()
    label = str(item.get("label") or "page")
    if place and re.match(r"[\d〇一二三四五六七八九十]", place):
        place = _LABELS.get(label, "{}").format(place)
    suffix = str(item.get("suffix") or "").strip(" ,，")
    return key if isinstance(key, str) else None, place or suffix or None, tuple(fields)
