"""What a citation says of the words beside it, in English and in both Chinese scripts. One table for every style."""

from __future__ import annotations

_PHRASES = {
    "emphasis": ("emphasis in the edition quoted", "著重號為所引版本所有", "着重号为所引版本所有"),
    "from-hant": ("converted from Traditional characters", "轉換自繁體原文", "转换自繁体原文"),
    "from-hans": ("converted from Simplified characters", "轉換自簡體原文", "转换自简体原文"),
    "translator": ("translator’s note in", "譯者註", "译者注"),
    "editor": ("editor’s words in", "編者語", "编者语"),
    "summarising": ("summarising", "撮述", "撮述"),
    "gloss": ("my translation", "筆者譯", "笔者译"),
}


def phrase(name: str, lang: str) -> str:
    """A phrase in the language of a tag: en, zh-Hant, zh-Hans."""
    return _PHRASES[name][0 if not lang.startswith("zh") else 2 if "Hans" in lang else 1]


def remarks(lang: str, *, emphasis: bool, script_from: str | None) -> list[str]:
    """What must be said of the words: whose emphasis it is, and that the script was converted."""
    return [
        *([phrase("emphasis", lang)] if emphasis else []),
        *([phrase(f"from-{script_from}", lang)] if script_from else []),
    ]
