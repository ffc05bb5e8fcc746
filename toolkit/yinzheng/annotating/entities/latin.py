"""English names: runs of capitalised words, what they end or begin with, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from .candidate import GUESSED, Candidate
from .heads import LABELS, TOKEN, UP, WORD, by_form, head
from .lexicon import LATIN, raw

_SMALL = (
    "of|for|and|the|de|la|du|del|der|den|van|von|bin|ibn|al|da|dos|di|on|&"
    "|of the|for the|and the|on the|van der|de la|von der"
)
_RUN = re.compile(
    rf"(?<![{LATIN}])(?=[{UP}]){WORD}"
    rf"(?:(?: (?:{_SMALL}))? (?=[{UP}&]){WORD}| [IVX]+\b| \d{{1,4}}(?![\d,.%]))*"
)
_NOUNS = rf"[{UP}][{LATIN}-]+(?: [{UP}][{LATIN}-]+)*"
_LISTED = re.compile(
    rf"(?<![{LATIN}])(?:[{UP}][\w.]*(?:'s)? ){{0,4}}(?:Ministry|Department|Committee|Office|Bureau|College|School"
    rf"|Faculty|Agency|Centre|Center|Institute|Council|Commission|Board) (?:of|for|on)(?: the)? [{UP}][{LATIN}-]+"
    rf"(?:,? [{UP}][{LATIN}-]+)*(?:,? and(?: the)? {_NOUNS})?"
)
_DATED = re.compile(r" of (?:1[5-9]|20)\d\d(?!\d)")
_MODEL = re.compile(rf"(?<![{LATIN}-])[A-Z]{{1,4}}-?\d{{2,4}}[A-Z]?(?![{LATIN}%-])")
_BESIDE = re.compile(r"(?:, and|,| and) $")
_FIRM = ("bank", "soft", "tech", "corp", "chem", "tel", "pharma", "ware", "labs", "tronics", "systems")
_ENDED = re.compile(r"(?:^|[.!?。！？:;\n]['\"”)\]]*\s*|[“\"(]\s*|[•·*▍#-]\s)$")
_POSSESSIVE = re.compile(r"'s?$")
_PARTICLES = frozenset(["de", "la", "du", "del", "der", "den", "van", "von", "bin", "ibn", "al", "da", "dos", "di"])
_ACRONYM = re.compile(rf"[{UP}]{{3,6}}$")
_CITED = re.compile(r"(?:'s)?(?:,? (?:and|&) [A-Z][\w-]+)?(?: et al\.?,?)?,? \(?(?:19|20)\d\d[a-z]?[),;:]")


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


def english(text: str, proper: Collection[str], known: Mapping[tuple[int, int], str]) -> Iterator[Candidate]:
    """The names of an English text, or of the English in another, by form and surroundings.

    ``proper``: capitalised words that the document has amid its sentences. ``known``: spans already known, labelled.
    """
    heading = _is_heading(text)
    for match in _MODEL.finditer(text):
        if match[0][:2] not in ("CO", "PM", "FY", "NT", "HK", "US", "CP", "AD", "BC"):
            yield Candidate(*match.span(), "PRODUCT", 0.5, rank=GUESSED)
    for match in _LISTED.finditer(text):
        yield Candidate(*_trimmed(text, *match.span(), known), "ORG", 0.85)
    for match in _RUN.finditer(text):
        first = bool(_ENDED.search(text, max(0, match.start() - 6), match.start()))
        for run in _cut(text, match, first, proper, known):
            yield from _named(text, run, first and run.start == match.start(), heading, proper, known)


def _cut(
    text: str, match: re.Match[str], first: bool, proper: Collection[str], known: Mapping[tuple[int, int], str]
) -> Iterator[Run]:
    """A run apart at possessives, at connectives between two names, without a word that only begins a sentence."""
    words = [(m[0], m.start(), m.end()) for m in TOKEN.finditer(text, *match.span())]
    title = len(words) > 1 and words[0][0] in raw("persons.english_titles")
    if (
        first
        and not title
        and words[0][0].lower() in raw("english.starters")
        and not any(s == words[0][1] for s, _ in known)
    ):
        words = words[1:]
    starts = {start for start, _ in known}
    part: list[tuple[str, int, int]] = []
    for at, (word, start, end) in enumerate(words):
        if (possessive := _POSSESSIVE.search(word)) and len(word) > 2 and word.endswith(("'s", "'")):
            part.append((word[: possessive.start()], start, start + possessive.start()))
            yield from _runs(text, part)
            part = []
        elif (
            (word == "and" and ((part and part[0][1] in starts) or not _joins(words, at, part)))
            or (word in ("of", "for", "on") and not _leads(part, word))
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
    return any(last in raw(f"english.first_{label}") for label in LABELS) and (
        word != "on"
        or last
        in ("Committee", "Council", "Convention", "Treaty", "Agreement", "Conference", "Commission", "Center", "Centre")
    )


def _joins(words: list[tuple[str, int, int]], at: int, part: list[tuple[str, int, int]]) -> bool:
    """Whether ``and`` stands within one name: after ``Ministry of X``, or where only the words after it have a head."""
    before = [word for word, _, _ in part]
    after = [word for word, _, _ in words[at + 1 :]]
    if not after:
        return False
    rest = after[: after.index("and")] if "and" in after else after
    if rest[0] == "the" or not rest:
        return False
    if any(word in ("of", "for", "on") for word in before) and not head(before[-1]):
        return not (head(rest[-1]) or any(word in raw("english.first_ORG") for word in rest))
    return bool(head(rest[-1])) and not head(before[-1]) and len(before) <= 2 and len(rest) >= 2 if before else False


def _named(
    text: str, run: Run, first: bool, heading: bool, proper: Collection[str], known: Mapping[tuple[int, int], str]
) -> Iterator[Candidate]:
    words = run.words
    title = False
    while words and (
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
        dated = _DATED.match(text, run.end) if label == "LAW" else None
        yield Candidate(run.start, dated.end() if dated else run.end, label, 0.82)
        return
    score = _person(text, run, title, first)
    if score and not (heading and score < 0.8):
        yield Candidate(run.start, run.end, "PERSON", score, rank=2 if score > 0.7 else GUESSED)
        return
    if heading or any(word in raw("english.not_names") for word in forms):
        return
    yield from _guess(text, run, first, proper, known)


def _person(text: str, run: Run, title: bool, first: bool) -> float:
    """How surely a run is a person's name; 0 for no."""
    forms = run.forms
    if len(forms) > 5 or any(word.isdigit() or "&" in word for word in forms):
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
        if names[0] in raw("persons.first_names") or re.match(r"(?:[A-Z]\.)+$", names[0]):
            return 0.88
        if names[0] in raw("persons.eastern_surnames") and len(names) <= 3 and names[-1] not in raw("english.starters"):
            return 0.8 if "-" in names[-1] or role or said else 0.72
        if names[-1] in raw("persons.eastern_surnames") or any(re.match(r"[A-Z]\.$", name) for name in names[1:-1]):
            return 0.78
        if role or (said and after and after[0] not in ("has", "had", "was", "called", "found", "showed", "shows")):
            return 0.76
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
    if first and len(forms) == 1 and forms[0] not in proper:
        return
    if len(forms) == 1 and ("-" in forms[0] or len(forms[0]) < 3):
        return
    lower = [word.lower() for word in forms]
    if any(word in raw("english.starters") for word in lower) or lower[-1].endswith(
        ("tion", "ment", "ness", "ism", "ity", "ing", "ists", "ological")
    ):
        return
    before = text[max(0, run.start - 16) : run.start].rstrip().rsplit(" ", 1)[-1]
    after = text[run.end : run.end + 3]
    beside = _BESIDE.search(text, max(0, run.start - 6), run.start)
    if len(forms) == 1 and lower[0].endswith(_FIRM):
        yield Candidate(run.start, run.end, "ORG", 0.5, rank=GUESSED)
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
    elif len(forms) in (2, 3) and not any(_ACRONYM.match(word) for word in forms):
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
