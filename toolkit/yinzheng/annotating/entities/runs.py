"""The runs of capitalised words of an English text, cut where one name ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from .heads import LABELS, TOKEN, by_form, head
from .lexicon import raw

_POSSESSIVE = re.compile(r"'s?$")


class Run:
    """A run of capitalised words: its words, each with its place."""

    __slots__ = ("text", "words")

    def __init__(self, text: str, words: list[tuple[str, int, int]]) -> None:
        self.text, self.words = text, words

    @property
    def start(self) -> int:
        return self.words[0][1]

    @property
    def end(self) -> int:
        return self.words[-1][2]

    @property
    def forms(self) -> list[str]:
        return [word for word, _, _ in self.words]


def cut(
    text: str, match: re.Match[str], first: bool, proper: Collection[str], known: Mapping[tuple[int, int], str]
) -> Iterator[Run]:
    """A run apart at possessives, at connectives between two names, without a word that only begins a sentence."""
    words = [(m[0], m.start(), m.end()) for m in TOKEN.finditer(text, *match.span())]
    title = len(words) > 1 and words[0][0] in raw("persons.english_titles")
    if (
        first
        and not title
        and words[0][0].lower() in raw("english.starters")
        and (words[0][0].lower() in raw("english.function") or not by_form([word for word, _, _ in words]))
        and not any(s == words[0][1] for s, _ in known)
    ):
        words = words[1:]
    starts = {start for start, _ in known}
    part: list[tuple[str, int, int]] = []
    for at, (word, start, end) in enumerate(words):
        if (possessive := _POSSESSIVE.search(word)) and len(word) > 2 and word.endswith(("'s", "'")):
            if (
                word[: possessive.start()].rstrip("s") in _possessors()
                and any(head(after) in ("ORG", "FAC") for after, _, _ in words[at + 1 : at + 3])
            ) or (
                word.endswith("s'")
                and start not in starts
                and any(head(w) == "ORG" for w, _, _ in words[at + 1 : at + 2])
            ):
                part.append((word, start, end))
                continue
            part.append((word[: possessive.start()], start, start + possessive.start()))
            yield from _runs(text, part)
            part = []
        elif (
            (word == "and" and ((part and (part[0][1], part[-1][2]) in known) or not _joins(words, at, part)))
            or (word in ("of", "for", "on") and at + 1 < len(words) and words[at + 1][0] in raw("english.months"))
            or (word in ("for", "on") and part and (part[0][1], part[-1][2]) in known)
            or (word == "on" and head(words[-1][0]) == "LAW" and part and head(part[-1][0]) == "ORG")
            or (word in ("of", "for", "on") and not _leads(part, word) and not _deeper(part, words[at + 1 :], starts))
            or (word == "or" and not (part and any(w == "for" for w, _, _ in part)))
            or (word == "the" and part and part[-1][0] not in ("of", "for", "and", "on"))
            or (word.isdigit() and not (part and (part[-1][0] in raw("english.numbered") or "-" in part[-1][0])))
        ):
            yield from _runs(text, part)
            part = []
        elif word == "the" and not part:
            continue
        else:
            part.append((word, start, end))
    yield from _runs(text, part)


def _runs(text: str, part: list[tuple[str, int, int]]) -> Iterator[Run]:
    while part and part[0][0].islower() and part[0][0] not in ("al", "bin", "ibn"):
        part = part[1:]
    while part and (part[-1][0].islower() or part[-1][0] == "&"):
        part = part[:-1]
    if part:
        yield Run(text, part)


def _leads(part: list[tuple[str, int, int]], word: str) -> bool:
    """Whether what stands before ``of`` is the head of a name: University of, Treaty on."""
    if not part or (part[-1][0] == "Group" and len(part) > 1):
        return False
    last = part[-1][0]
    if word == "of" and len(part) > 1 and last in ("Act", "Bill", "Directive", "Law"):
        return False
    return any(last in raw(f"english.first_{label}") for label in LABELS) and (
        word != "on"
        or last
        in (
            "Summit",
            "Committee",
            "Council",
            "Convention",
            "Treaty",
            "Agreement",
            "Conference",
            "Commission",
            "Center",
            "Centre",
        )
    )


def _deeper(part: list[tuple[str, int, int]], after: list[tuple[str, int, int]], starts: Collection[int]) -> bool:
    """Whether a second ``of`` belongs to the name: Convention on Succession of States, but Ministry of Defence of X."""
    small = next((at for at, (word, _, _) in enumerate(part) if at and word in ("of", "for", "on")), 0)
    if not small and part and part[-1][0] == "Group" and len(part) > 1:
        small = len(part)  # Advisory Group of Experts
        return not any(start in starts for _, start, _ in after[:2])
    led = small and any(part[small - 1][0] in raw(f"english.first_{label}") for label in ("ORG", "LAW"))
    following = next((start for word, start, _ in after if word != "the"), None)
    return bool(led) and following is not None and following not in starts


def _joins(words: list[tuple[str, int, int]], at: int, part: list[tuple[str, int, int]]) -> bool:
    """Whether ``and`` stands within one name: after ``Ministry of X``, or where only the words after it have a head."""
    before = [word for word, _, _ in part]
    after = [word for word, _, _ in words[at + 1 :]]
    if not after:
        return False
    rest = after[: after.index("and")] if "and" in after else after
    if len(rest) == 1 and len(before) > 1 and head(rest[0]) == head(before[-1]) == "ORG":
        return True  # National Library and Archive
    if rest[0] == "the" or not rest:
        return False
    if any(word in ("of", "for", "on") for word in before) and not head(before[-1]):
        return not (head(rest[-1]) or any(word in raw("english.first_ORG") for word in rest))
    return bool(head(rest[-1])) and not head(before[-1]) and len(before) <= 2 and len(rest) >= 2 if before else False


@cache
def _possessors() -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in raw("english.possessors"))
