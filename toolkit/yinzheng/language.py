"""The language tag of a text: what its characters are, whatever was said of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .script import SAMPLE, detect, is_chinese
from .segment import Block
from .works import Edition, with_language
from .workspace import Workspace


def language(blocks: Sequence[Block], tag: str | None) -> tuple[str, list[str]]:
    """The language tag of a text: what its characters are, whatever was said, and a notice where the two differ."""
    text = _sample(blocks)
    if is_chinese(text):
        script = detect(text)
        seen = {"hant": "zh-Hant", "hans": "zh-Hans", None: "zh-Hant"}[script]
    else:
        seen = "en"
    if tag is None:
        return seen, []
    said = tag.lower()
    if said.split("-")[0] not in ("zh", "en"):
        return tag, []
    script_said = (
        "hans" if re.search(r"hans|-cn|-sg", said) else "hant" if re.search(r"hant|-tw|-hk|-mo", said) else None
    )
    same = said.split("-")[0] == seen.split("-")[0] and (script_said is None or script_said in seen.lower())
    if same:
        return (seen if said == "zh" else tag), []
    name = {"zh-Hant": "Traditional Chinese", "zh-Hans": "Simplified Chinese", "en": "English"}[seen]
    return seen, [f"--lang says {tag}, but the text is in {name}: recorded as {seen}"]


def relabelled(
    workspace: Workspace, work: str, edition: Edition, blocks: Sequence[Block], tag: str | None
) -> tuple[dict[str, str], list[str]]:
    """work.toml anew, and a notice, where the new state of an edition is in another script or language than it was."""
    lang, _ = language(blocks, tag or edition.lang)
    if lang == edition.lang:
        return {}, []
    path = f"corpus/{work}/work.toml"
    text = (workspace.path / path).read_text(encoding="utf-8-sig")
    notice = f"the text was {edition.lang} and is {lang} now; that is recorded in {path}"
    return {path: with_language(text, edition.key, lang)}, [notice]


def _sample(blocks: Sequence[Block]) -> str:
    """The beginning of a text, as much as `script` looks at."""
    sample = ""
    for block in blocks:
        if len(sample) >= SAMPLE:
            break
        sample += block.text[:SAMPLE] + "\n"
    return sample
