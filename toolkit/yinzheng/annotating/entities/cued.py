"""English names that only the words around them give away: surnames of scholars, products, uprisings, storms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ...records import EntityLabel
from .candidate import MARKED, Candidate
from .heads import UP, head
from .lexicon import LATIN, raw

_NAME = rf"(?:Mc|Mac|De|O'|Le|La|Van )?[{UP}][a-zà-ɏ]+(?:-[{UP}][a-zà-ɏ]+)?"
_PERSONS = rf"(?P<a>{_NAME})(?:, (?P<c>{_NAME}))?(?:,? (?:and|&) (?P<b>{_NAME}))?"
_COMMON = ("tion", "ment", "ness", "ism", "ity", "ing", "ists", "ics", "ology", "ship", "ance", "ence")
_THING = (
    "software|app|platform|drug|vaccine|missile|armoured vehicle|fighting vehicle|vehicle|aircraft|tank"
    "|satellite|rocket|chatbot|submersible|icebreaker|vessel|drone|console|microchip|fighter|bomber|frigate|destroyer|submarine"
    "|helicopter|locomotive|spacecraft|smartphone|search engine|operating system|reactor design|insecticide|herbicide"
)
_PRODUCT = re.compile(
    rf"\b(?:(?:{_THING})s?,? (?:(?:called|named|known as|dubbed) )?(?:the )?"
    rf"(?P<after>{_NAME}(?:[A-Z]\w*|-\d+| [{UP}][a-z]+)?)"
    rf"(?=[ ,.;:)])|(?P<before>{_NAME}(?:[A-Z]\w*|-\d+)?) (?:{_THING})s?\b)"
)
_RISING = re.compile(
    rf"(?P<name>{_NAME}(?: {_NAME})?) (?:uprising|rebellion|revolt|genocide|massacre|mutiny|famine|affair|scandal)\b"
)
_STORM = re.compile(rf"\b(?:Hurricane|Typhoon|Cyclone|Operation|Storm) {_NAME}(?: {_NAME})?")
_NUMBERED = re.compile(
    r"\b(?:(?:Regulation|Directive|Decision)s? (?:\((?:EU|EC|EEC)(?:, Euratom)?\) )?(?:No\.? )?\d{2,4}/\d{1,4}"
    r"(?:/(?:EU|EC|EEC))?"
    r"|(?:Proposition|Assembly Bill|Senate Bill|House Bill|Executive Order|Public Law"
    r"|(?:UN )?(?:Security Council )?Resolution"
    r"|Decree|Law No\.|Act No\.|Decree No\.|Circular|Convention No\.) \d+(?:[-/]\d+)?)"
)
_SOME = rf"{_NAME}(?: {_NAME}){{0,2}}"
_KINDS: dict[EntityLabel, str] = {
    "ORG": "company|firm|bank|agency|charity|broadcaster|regulator|watchdog|think tank|consultancy|newspaper|retailer"
    "|lender|insurer|start-up|startup|manufacturer|supplier|operator|utility|miner|brewer|publisher|union|NGO|non-profit"
    "|foundation|subsidiary",
    "FAC": "airport|power station|dam|reactor|stadium|prison|refinery|wind farm|mine|shipyard",
    "GPE": "city|town|village|province|district|suburb|capital|municipality|county|borough|favela|township|hamlet",
    "LOC": "river|island|lake|atoll|peninsula|strait|mountain|glacier|desert|valley|bay|reef|archipelago|islet",
}
_KIND: dict[str, EntityLabel] = {noun: label for label, nouns in _KINDS.items() for noun in nouns.split("|")}
_NOUN = rf"(?P<noun>{'|'.join(_KIND)})"
# X, a state company; the charity X; the town of X; the river X
_BEFORE = re.compile(
    rf"(?<![{LATIN}'-])(?!(?:In|At|On|The|From|Near|By|For|And|But|Of|To) )(?P<name>{_SOME}),"
    rf" (?:a|an|the|its|now|once|then) (?:[a-z-]+ ){{0,3}}{_NOUN}\b"
)
_AFTER = re.compile(rf"\b{_NOUN}(?P<of>,? |,? of )(?P<name>{_SOME})(?=[ ,.;:)])")
_FIRM = rf"{_NAME}(?:[A-Z]\w*)?"
_OF_FIRM = re.compile(  # shares in X
    rf"(?:[Ss]hares? (?:in|of)|stakes? in|(?:[Cc]hief executive|CEO|[Ff]ounder|[Ss]ubsidiary|[Ss]hareholders) of"
    rf"|(?:acquired|manufactured|employed) by|giant|maker|carmaker|chipmaker) (?P<name>{_FIRM})(?=[ ,.;:')])"
)
_OF_A_FIRM = re.compile(  # X's factory
    "'s (?:share price|shares|shareholders|factory|factories|chief executive|CEO|revenues?|subsidiary|subsidiaries"
    r"|customers|workforce|headquarters|products?)\b"
)
_SCHEME = re.compile(r" (?:scheme|programme|initiative|pilot)\b")  # Homes for Ukraine scheme
_ENDS: tuple[tuple[re.Pattern[str], re.Pattern[str], EntityLabel], ...] = (
    (_OF_A_FIRM, re.compile(rf"(?<![{LATIN}'-])(?P<name>{_FIRM})\Z"), "ORG"),
    (
        _SCHEME,
        re.compile(
            rf"(?<![{LATIN}'.-])(?P<name>(?!The )[{UP}][\w-]+(?: (?:(?:to|for|of|the|and|in) )?[{UP}][\w-]+){{1,6}})\Z"
        ),
        "LAW",
    ),
)

_LIST = re.compile(rf"(?<![{LATIN}'.-]){_SOME}(?:, {_SOME}){{0,5}},? and {_SOME}(?![{LATIN}-]| [{UP}])")
_LISTED: dict[str, EntityLabel] = {"GPE": "GPE", "PERSON": "PERSON", "ORG": "ORG"}
_ITEM = re.compile(_SOME)


def cued(text: str, known: Mapping[tuple[int, int], str]) -> Iterator[Candidate]:
    """The names in a folded English text that their surroundings give away. ``known``: as `english` has them."""
    taken = {start for start, _ in known}
    for pattern, score in _authors():
        for match in pattern.finditer(text):
            for group in ("a", "b", "c"):
                if match[group] and match.start(group) not in taken and _surname(match[group]):
                    yield Candidate(*match.span(group), "PERSON", score)
    for match in _NUMBERED.finditer(text):
        yield Candidate(*match.span(), "LAW", 0.9, rank=MARKED)
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            label = _KIND[match["noun"]]
            fits = pattern is _BEFORE or label == "LOC" or ("of" in match["of"]) == (label == "GPE")
            if fits and match.start("name") not in taken and _surname(match["name"]):
                yield Candidate(*match.span("name"), label, 0.72)
    for match in _LIST.finditer(text):
        items = [item.span() for item in _ITEM.finditer(text, *match.span())]
        labels = {known[item] for item in items if item in known}
        if len(labels) == 1 and (shared := _LISTED.get(labels.pop())):
            for start, end in items:
                if (
                    start not in taken
                    and _surname(text[start:end])
                    and not (shared == "PERSON" and " " in text[start:end])
                ):
                    yield Candidate(start, end, shared, 0.64)
    for match in _PRODUCT.finditer(text):
        group = "after" if match["after"] else "before"
        if match.start(group) not in taken and _surname(match[group]):
            yield Candidate(*match.span(group), "PRODUCT", 0.7)
    for match in _OF_FIRM.finditer(text):
        if match.start("name") not in taken and _surname(match["name"]):
            yield Candidate(*match.span("name"), "ORG", 0.7)
    for ended, name, label in _ENDS:
        for match in ended.finditer(text):
            before = name.search(text, max(0, match.start() - 60), match.start())
            if before and before.start() not in taken and _surname(before[0]):
                yield Candidate(*before.span(), label, 0.7)
    for match in _RISING.finditer(text):
        if match["name"].split()[0].lower() not in raw("english.starters"):
            yield Candidate(*match.span(), "EVENT", 0.7)
    for match in _STORM.finditer(text):
        yield Candidate(*match.span(), "EVENT", 0.85)


def _surname(word: str) -> bool:
    """Whether a capitalised word may be a surname: none that only begins a sentence, none that is common."""
    first = word.split()[0]
    return (
        first.lower() not in raw("english.starters")
        and first not in raw("english.not_names")
        and first not in raw("persons.english_titles")
        and not head(word)
        and not word.endswith(_COMMON)
    )


@cache
def _authors() -> tuple[tuple[re.Pattern[str], float], ...]:
    """What a surname stands before or behind in academic prose, surest first."""
    verbs = "|".join(
        sorted(raw("persons.english_arguing") | {"find", "found", "show", "showed", "propose", "proposed"})
    )
    works = "|".join(sorted(raw("persons.english_works")))
    edge = rf"(?<![{LATIN}'.-])(?<![{UP}][a-z] )"
    return (
        (
            re.compile(
                rf"{edge}{_PERSONS}(?:, writing in| and (?:his |her |their )?(?:colleagues|co-authors)| et al\b)"
            ),
            0.84,
        ),
        (re.compile(rf"(?:^|[.!?;] ){_PERSONS},? (?:{verbs}|in (?:a|an|his|her|their)|could not|cannot)\b"), 0.76),
        (re.compile(rf"(?:^|[.!?;] )(?P<a>{_NAME})(?P<b>)(?P<c>), in (?:the )?[{UP}][^.,;]*, "), 0.72),
        (re.compile(rf"\b(?:{works}) (?:of|by) {_PERSONS}(?![{LATIN}]| [{UP}])"), 0.74),
        (
            re.compile(
                rf"{edge}(?P<a>{_NAME})(?P<b>)(?P<c>)'s? (?:own |later |early |first |famous |classic )?(?:{works})\b"
            ),
            0.74,
        ),
        (
            re.compile(
                rf"(?:^|[.!?;] )(?P<a>{_NAME})(?P<c>) and (?P<b>{_NAME}) (?:[a-z]+ed|have|reject|agree|disagree)\b"
            ),
            0.72,
        ),
        (re.compile(rf"\b[Aa]ccording to {_PERSONS}(?=[,.;])"), 0.72),
    )
