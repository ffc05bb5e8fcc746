"""What the Chinese roles of contributors mean, in the words of the English styles.

編譯 (translated and adapted) claims no complete translation, and 審校 is a reviewer: such a role stands beside its
English words as printed. A role that is not here stands as printed alone.
"""

from __future__ import annotations

from typing import NamedTuple

from ..reference import Contributor


class Role(NamedTuple):
    """``noun`` behind a name (APA), ``verb`` before "by"; ``short`` is the verb's abbreviation, if it has one, and then
    the English says all that the Chinese does."""

    noun: str
    verb: str
    short: str = ""


_ROLES = {
    "譯 译 翻譯 翻译 translator trans. translated": Role("Trans.", "translated", "trans."),
    "編 编 主編 主编 editor ed. edited": Role("Ed.", "edited", "ed."),
    "編譯 编译 譯編 译编": Role("Trans. & Adapter", "translated and adapted"),
    "節譯 节译 摘譯 摘译 選譯 选译": Role("Trans. of parts", "translated in part"),
    "譯註 譯注 译注 譯著 译著": Role("Trans. & Annotator", "translated and annotated"),
    "譯校 译校 校譯 校译": Role("Checker of the translation", "translation checked"),
    "審校 审校 審閱 审阅": Role("Reviewer", "reviewed"),
    "校 校對 校对 校訂 校订": Role("Checker", "checked"),
    "審訂 审订 審定 审定": Role("Approving Editor", "approved"),
    "選編 选编 編選 编选": Role("Selecting Ed.", "selected and edited"),
    "註 注 註釋 注释": Role("Annotator", "annotated"),
    "改編 改编": Role("Adapter", "adapted"),
    "整理": Role("Compiler", "compiled"),
}
ROLES = {name: role for names, role in _ROLES.items() for name in names.split()}


def by(contributor: Contributor, people: str, *, short: bool = False) -> str:
    """translated by Jane Doe, ``short`` trans. Jane Doe; translated and adapted by 陳蕊 (編譯)."""
    role = ROLES.get(contributor.role)
    if role is None:
        return f"{people} ({contributor.role})" if contributor.role else people
    if role.short:
        return f"{role.short} {people}" if short else f"{role.verb} by {people}"
    return f"{role.verb} by {people} ({contributor.role})"


def behind(contributor: Contributor, people: str, several: bool = False) -> str:
    """J. Doe, Trans.; 陳蕊, 編譯 [Trans. & Adapter]."""
    role = ROLES.get(contributor.role)
    if role is None:
        return ", ".join(filter(None, [people, contributor.role]))
    if role.short:
        return f"{people}, {'Eds.' if several and role.noun == 'Ed.' else role.noun}"
    return f"{people}, {contributor.role} [{role.noun}]"
