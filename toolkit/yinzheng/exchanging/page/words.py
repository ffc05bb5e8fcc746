"""What the page says, in Chinese and in English. Data."""

from __future__ import annotations

import re
from html import escape

from ...handouts import LABELS, WHO
from ..held import Held

Both = tuple[str, str]

WORDS: dict[str, Both] = {
    "type-claim": ("論斷", "Claim"),
    "type-entity": ("名稱", "Name"),
    "type-figure": ("數值", "Figure"),
    **{f"label-{label}": (zh, en) for label, (en, zh) in LABELS.items()},
    **{f"who-{who}": (zh, who) for who, zh in (WHO | {"author": "作者"}).items()},
    "status-suggested": ("待審", "suggested"),
    "status-rejected": ("未採納", "rejected"),
    "status-accepted": ("已採納", "accepted"),
    "col-note": ("說明", "Note"),
    "col-attribution": ("主張者", "Whose claim"),
    "col-speaker": ("說話者", "Speaker"),
    "col-score": ("信度", "Score"),
    "col-gloss_zh": ("撮述（中）", "In our words, Chinese"),
    "col-gloss_en": ("撮述（英）", "In our words, English"),
    "col-central": ("核心論斷", "Central"),
    "col-evidence": ("依據", "Rests on"),
    "col-name": ("所指", "Stands for"),
    "col-value": ("數值", "Value"),
    "col-value_list": ("數值", "Values"),
    "col-min": ("下限", "From"),
    "col-max": ("上限", "To"),
    "col-unit": ("單位", "Unit"),
    "col-approx": ("約數", "Approximate"),
    "col-bound": ("界限", "Bound"),
    "col-edtf": ("日期（EDTF）", "Date, EDTF"),
    "col-duration": ("期間（ISO 8601）", "Duration, ISO 8601"),
    "col-equals": ("換算自", "Converts"),
    "col-measure": ("量度", "Measure"),
    "col-payer": ("支付者", "Payer"),
    "col-payee": ("收受者", "Payee"),
    "col-subject": ("所屬", "Of"),
    "col-about_zh": ("何物（中）", "About, Chinese"),
    "col-about_en": ("何物（英）", "About, English"),
    "col-status": ("狀態", "Status"),
    "col-by": ("標註", "By"),
    "name-abbr": ("簡稱", "Abbreviation"),
    "name-aka": ("又稱", "Also"),
    "name-note": ("釋義", "About the name"),
    "yes": ("是", "yes"),
    "twin": ("另一語言的對應處", "The same place in the other text"),
    "citation": ("引文與出處", "Citation"),
    "no-citation": (
        "references.bib 沒有這一版本的條目，故無引文。",
        "references.bib has no entry for this edition: no citation.",
    ),
    "style": ("格式", "Style"),
    "copy": ("複製", "Copy"),
    "copied": ("已複製", "Copied"),
    "also": ("同處", "Also here"),
    "annotations": ("此段標註", "Annotations here"),
}
ROLES: dict[str, Both] = {
    "original": ("原文", "Original"),
    "translation": ("譯文", "Translation"),
    "digest": ("撮述", "Digest"),
}
LANGUAGES: dict[str, Both] = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}
VOICES: dict[str, Both] = {
    "translator": ("譯者的話", "The translator’s words"),
    "editor": ("編者的話", "The editor’s words"),
}
TYPES: dict[str, Both] = {"claim": ("論斷", "Claims"), "entity": ("名稱", "Names"), "figure": ("數值", "Figures")}


PICTURES: Both = ("圖", "Pictures")
OURS: Both = ("我們自己的話，並非原文", "our own words, not the author’s")


def name_of(held: Held) -> Both:
    """What an edition is called: its language and its role."""
    (role, role_en), edition = ROLES[held.edition.role], held.edition
    lang, lang_en = LANGUAGES.get(edition.language, (f"{edition.lang} ", edition.lang))
    return lang + role, f"{lang_en} {role_en.lower()}"


def both(words: Both) -> str:
    """HTML of which the page shows one half.

    >>> both(("論斷", "Claims"))
    '<span class="u-zh" lang="zh-Hant">論斷</span><span class="u-en" lang="en">Claims</span>'
    """
    zh, en = words
    return f'<span class="u-zh" lang="zh-Hant">{escape(zh)}</span><span class="u-en" lang="en">{escape(en)}</span>'


def spelt(template: str) -> str:
    """A template with its ``[[論斷|Claims]]`` spelt out."""
    return re.sub(r"\[\[([^|\]]+)\|([^\]]+)\]\]", lambda found: both((found[1], found[2])), template)
