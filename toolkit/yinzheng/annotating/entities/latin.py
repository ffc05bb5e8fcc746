"""English names: runs of capitalised words, what they end or begin with, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from ...records import EntityLabel
from .candidate import GUESSED, Candidate
from .cued import cued
from .heads import TOKEN, UP, WORD, by_form
from .lexicon import LATIN, raw
from .runs import Run, cut
from .works import works

_SMALL = (
    "of|for|and|or|the|de|la|du|del|der|den|van|von|bin|ibn|al|da|dos|di|on|&|do|das|zu|und|et|por|des|por la|de los"
    "|de las|of the|for the|and the|on the|van der|de la|von der"
)
_RUN = re.compile(
    rf"(?<![{LATIN}])(?=[{UP}]){WORD}"
    rf"(?:(?: (?:{_SMALL}))? (?=[{UP}&]){WORD}| [IVX]+\b| \d{{1,4}}(?![\d,.%]))*"
)
_NOUNS = rf"[{UP}][{LATIN}-]+(?: [{UP}][{LATIN}-]+)*"
_LISTED = re.compile(
    rf"(?<![{LATIN}])(?:(?:[{UP}]\.[{UP}]\.|[{UP}]\w*)(?:'s)? ){{0,4}}"
    r"(?:Ministry|Department|Committee|Office|Bureau|College|School|Faculty|Agency|Centre|Center|Institute|Council"
    rf"|Commission|Board) (?:of|for|on)(?: the)? [{UP}][{LATIN}-]+"
    rf"(?:,? [{UP}][{LATIN}-]+)*(?:,? and(?: the)? {_NOUNS})?"
)
_DATED = re.compile(r"(?: of)? (?:1[5-9]|20)\d\d(?!\d)")  # Data Protection Act 2018, Trade Act of 1974
_STATUTES = frozenset(["Act", "Law", "Bill", "Code", "Order", "Rules", "Regulations", "Ordinance", "Statute"])
_MODEL = re.compile(rf"(?<![{LATIN}-])[A-Z]{{1,4}}-?\d{{2,4}}[A-Z]?(?![{LATIN}%-])")
_BESIDE = re.compile(r"(?:, and|,| and) $")
_OF_PLACE = re.compile(
    r"\b(?:north|south|east|west|outskirts|suburbs|streets|slums|coast|shores?|mayor|bishop|people|residents"
    r"|inhabitants|citizens|farmers|villages?|towns?|schools|prisons?|ports?|plants|factories|mines|hospitals"
    r"|bombing|siege|fall) of $"
)
_PLACED = ("in", "at", "near", "from", "to", "across", "outside", "around", "of")
_FIRM = ("bank", "soft", "tech", "corp", "chem", "tel", "pharma", "ware", "labs", "tronics", "systems")
_ENDED = re.compile(r"(?:^|[.!?。！？:;\n]['\"”)\]]*\s*|[“\"(]\s*|[•·*▍#-]\s)$")
_PARTICLES = frozenset(["de", "la", "du", "del", "der", "den", "van", "von", "bin", "ibn", "al", "da", "dos", "di"])
_ACRONYM = re.compile(rf"[{UP}](?=[{UP}0-9]*[{UP}])[{UP}0-9]{{2,5}}$")
_CAMEL = re.compile("^(?!Mc|Mac|(?:De|Le|La|Van|Di|Fitz)[A-Z])[A-Z][a-z]+(?:-[A-Z][a-z]+)?[A-Z]")
_CITED = re.compile(r"(?:'s)?(?:,? (?:and|&) [A-Z][\w-]+)?(?: et al\.?,?)?,? \(?(?:19|20)\d\d[a-z]?[),;:]")


def english(text: str, proper: Collection[str], known: Mapping[tuple[int, int], str]) -> Iterator[Candidate]:
    """The names of an English text, or of the English in another, by form and surroundings.

    ``proper``: capitalised words that the document has amid its sentences. ``known``: spans already known, labelled.
    """
    heading = _is_heading(text)
    for match in _MODEL.finditer(text):
        if match[0][:2] not in ("CO", "PM", "FY", "NT", "HK", "US", "CP", "AD", "BC"):
            yield Candidate(*match.span(), "PRODUCT", 0.5, rank=GUESSED)
    yield from works(text, known)
    if not heading:
        yield from cued(text, known)
    for match in _LISTED.finditer(text):
        yield Candidate(*_trimmed(text, *match.span(), known), "ORG", 0.85)
    for match in _RUN.finditer(text):
        first = bool(_ENDED.search(text, max(0, match.start() - 6), match.start()))
        for run in cut(text, match, first, proper, known):
            yield from _named(text, run, first and run.start == match.start(), heading, proper, known)


def _named(
    text: str, run: Run, first: bool, heading: bool, proper: Collection[str], known: Mapping[tuple[int, int], str]
) -> Iterator[Candidate]:
    words = run.words
    title = False
    while len(words) > 1 and words[-1][0] in raw("persons.english_after_names"):
        words = words[:-1]
    while (words and by_form([word for word, _, _ in words]) != "ORG") and (
        words[0][0] in raw("persons.english_titles")
        or (
            words[0][0] in raw("english.before_titles")
            and len(words) > 1
            and (words[1][0] in raw("persons.english_titles"))
        )
    ):
        title = title or words[0][0] in raw("persons.english_titles")
        words = words[1:]
    if not words:
        return
    run = Run(text, words)
    forms = run.forms
    if all(word in raw("english.not_names") or word.isdigit() for word in forms):
        return
    if label := by_form(forms):
        dated = _DATED.match(text, run.end) if label == "LAW" and forms[-1] in _STATUTES else None
        yield Candidate(run.start, dated.end() if dated else run.end, label, 0.82)
        return
    if not heading and not title and (label := _led(run, known)):
        yield Candidate(run.start, run.end, label, 0.6)
        return
    score = _person(text, run, title, first)
    if score and not (heading and score < 0.8):
        yield Candidate(run.start, run.end, "PERSON", score, rank=2 if score > 0.7 else GUESSED)
        return
    if heading or any(word in raw("english.not_names") for word in forms):
        return
    yield from _guess(text, run, first, proper, known)


def _led(run: Run, known: Mapping[tuple[int, int], str]) -> EntityLabel | None:
    """A run that begins with a name known: Microsoft Research, China Molybdenum, American National Election Studies."""
    first = next(((e, label) for (s, e), label in known.items() if s == run.start and e < run.end), None)
    if not first or any(s > run.start and e <= run.end for s, e in known):
        return None
    rest = [word for word, start, _ in run.words if start >= first[0]]
    if run.forms[0] in ("Chad", "Jordan", "Georgia", "Israel", "Austin", "Florence") or any(
        word in raw("english.not_names")
        or word in raw("persons.english_titles")
        or word in raw("persons.first_names")
        or not word[0].isupper()
        or _ACRONYM.match(word)
        or "-" in word
        for word in rest
    ):
        return None
    if (first[1] == "ORG" and len(rest) < 3) or (first[1] == "GPE" and len(rest) == 1 and len(run.words) == 2):
        return "ORG" if run.forms[0] not in raw("persons.first_names") else None
    return "ORG" if first[1] == "NORP" and len(rest) > 2 else None


def _person(text: str, run: Run, title: bool, first: bool) -> float:
    """How surely a run is a person's name; 0 for no."""
    forms = run.forms
    if len(forms) > 5 or forms[0] == "The" or any(word.isdigit() or "&" in word for word in forms):
        return 0
    names = [word for word in forms if word not in _PARTICLES]
    if any(_ACRONYM.match(word) for word in names):
        return 0
    if title:
        return 0.85
    before = text[max(0, run.start - 24) : run.start].rstrip().rsplit(" ", 1)[-1].strip("(,")
    after = TOKEN.search(text, run.end, run.end + 16)
    said = bool(after and after[0] in raw("persons.english_saying")) and text[run.end : run.end + 1] in (" ", ",")
    role = before in raw("persons.english_roles")
    if len(names) >= 2:
        if names[0].partition("-")[0] in raw("persons.first_names") or re.match(r"(?:[A-Z]\.)+$", names[0]):
            return 0.88
        if names[0] in raw("persons.eastern_surnames") and len(names) <= 3 and names[-1] not in raw("english.starters"):
            return 0.8 if "-" in names[-1] or role or said else 0.72
        if names[-1] in raw("persons.eastern_surnames") or any(re.match(r"[A-Z]\.$", name) for name in names[1:-1]):
            return 0.78
        if any(name.lower() in raw("english.starters") for name in names):
            return 0
        if role or (said and after and after[0] not in ("has", "had", "was", "called", "found", "showed", "shows")):
            return 0.76
    elif said and "-" in forms[0] and forms[0].partition("-")[2][:1].isupper():
        return 0.72
    elif _CITED.match(text, run.end) and len(forms[0]) > 2:
        return 0.84
    elif role:
        return 0.8
    elif (
        said
        and after
        and after[0] in raw("persons.english_arguing")
        and forms[0].lower() not in raw("english.starters")
    ):
        return 0.6 if first and forms[0].endswith("s") else 0.72
    return 0


def _guess(
    text: str, run: Run, first: bool, proper: Collection[str], known: Mapping[tuple[int, int], str]
) -> Iterator[Candidate]:
    """What a run is that nothing gives away: by the word before it, by how many words it has."""
    forms = run.forms
    if (
        first
        and len(forms) == 1
        and forms[0] not in proper
        and not _ACRONYM.match(forms[0])
        and not _CAMEL.search(forms[0])
    ):
        return
    if len(forms) == 1 and _CAMEL.search(forms[0]):
        yield Candidate(run.start, run.end, "ORG", 0.55, rank=GUESSED)
        return
    if len(forms) == 1 and ("-" in forms[0] or len(forms[0]) < 3):
        return
    lower = [word.lower() for word in forms]
    if any(word in raw("english.starters") for word in lower) or lower[-1].endswith(
        ("tion", "ment", "ness", "ism", "ity", "ing", "ists", "ological", "ics", "ology", "ship")
    ):
        return
    before = text[max(0, run.start - 16) : run.start].rstrip().rsplit(" ", 1)[-1]
    after = text[run.end : run.end + 3]
    beside = _BESIDE.search(text, max(0, run.start - 6), run.start)
    if len(forms) == 1 and lower[0].endswith(_FIRM):
        yield Candidate(run.start, run.end, "ORG", 0.5, rank=GUESSED)
    elif len(forms) < 3 and any(s == run.end + 2 and of == "GPE" for (s, _), of in known.items()) and before in _PLACED:
        yield Candidate(run.start, run.end, "GPE", 0.6, rank=GUESSED)
    elif beside and len(forms) < 3 and any(end == beside.start() and of == "GPE" for (_, end), of in known.items()):
        yield Candidate(run.start, run.end, "GPE", 0.5, rank=GUESSED)
    elif after[:2] in (" (", "'s") and text[run.end + 2 : run.end + 4] in ("19", "20") and len(forms) > 2:
        yield Candidate(run.start, run.end, "WORK_OF_ART", 0.55, rank=GUESSED)
    elif before in ("the", "The", "a", "an") or (first and forms[0] not in proper and len(forms) == 1):
        if len(forms) > 1 or _ACRONYM.match(forms[0]):
            yield Candidate(run.start, run.end, "ORG", 0.42, rank=GUESSED)
    elif before in ("in", "at", "near", "from", "to", "across", "outside", "around") and (
        len(forms) == 1 or (len(forms) == 2 and before in ("in", "near", "across", "outside", "around"))
    ):
        yield Candidate(run.start, run.end, "GPE", 0.5, rank=GUESSED)
    elif len(forms) == 1 and before == "of" and _OF_PLACE.search(text, max(0, run.start - 24), run.start):
        yield Candidate(run.start, run.end, "GPE", 0.45, rank=GUESSED)
    elif len(forms) in (2, 3) and len(forms[-1]) > 1 and not any(_ACRONYM.match(word) for word in forms):
        yield Candidate(run.start, run.end, "PERSON", 0.5, rank=GUESSED)
    elif (
        _ACRONYM.match(forms[0])
        or after[:2] == "'s"
        or before in ("by", "with", "of", "and", "at", "company", "firm", "maker", "giant", "startup")
    ):
        yield Candidate(run.start, run.end, "ORG", 0.45, rank=GUESSED)


def _trimmed(text: str, start: int, end: int, known: Mapping[tuple[int, int], str]) -> tuple[int, int]:
    """A listing ``Ministry of A, B and C`` without what is a name of its own at its end, and without ``The``."""
    for word in ("The ", "In ", "At ", "And "):
        if text.startswith(word, start):
            start += len(word)
    if (own := text.rfind("'s ", start, end)) > 0:
        start = own + 3
    inside = [s for s, e in known if start < s and e <= end and re.search(r"(?:,| and)(?: the)? $", text[start:s])]
    if inside:
        end = min(inside)
        end = start + len(re.sub(r"(?:,? and(?: the)?|,) $", "", text[start:end]))
    return start, end


def _is_heading(text: str) -> bool:
    """Whether a line is set in title case: no sentence ends in it, and most words begin with a capital."""
    line = text.strip()
    if len(line) > 200 or line[-1:] in ".!?。":
        return False
    words = [word for word in line.split() if word[0].isalpha() and word.lower() not in raw("english.starters")]
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def proper_words(text: str) -> Iterator[str]:
    """The capitalised words that stand amid the sentences of a text."""
    if not _is_heading(text):
        for match in re.finditer(rf"(?<=[a-z,] )[{UP}][a-z{LATIN[8:]}]+", text):
            yield match[0]
