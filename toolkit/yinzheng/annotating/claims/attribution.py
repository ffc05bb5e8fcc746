"""Who says what a sentence says: its author, or somebody in it (現實主義者認為…, according to Pape, …, she argues).

Only the sentence itself is asked. The words are in ``data/attribution.toml``; the grammar is here. No more than REACH
characters of a sentence are read, so that a line of any length costs no more than its length.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache

from ...letters import in_one_script
from ..found import Entity
from .cues import DATA, language

AUTHOR = "author"
REACH = 600
_MOST = 30  # characters of a Chinese speaker, half those of an English one

Span = tuple[int, int]


def attribution(text: str, start: int, end: int, entities: Sequence[Entity]) -> tuple[str, str | None]:
    """Who says what stands in ``[start, end)``, in the text's words, or "author"; and the key of the entity that it is.

    A person's name goes before their role (首相岸田文雄 → 岸田文雄), as in an entity.

    >>> text = "經濟學家王明則認為，補貼無效。"
    >>> attribution(text, 0, len(text), [])
    ('經濟學家王明', None)
    """
    sentence = text[start : min(end, start + REACH)]
    found = _chinese(in_one_script(sentence)) if language(sentence) == "chinese" else _english(sentence)
    if found is None:
        return AUTHOR, None
    first, last = found[0] + start, found[1] + start
    inside = [entity for entity in entities if first <= entity.start and entity.end <= last]
    persons = [entity for entity in inside if entity.label == "PERSON"]
    if len(persons) == 1:
        return text[persons[0].start : persons[0].end], persons[0].key
    # 日本政府 is Japan, but a scholar of Japan (日本學者) is not.
    ends = ("", "政府", "當局", "当局", " government")
    whole = [entity for entity in inside if entity.start - first <= 4 and text[entity.end : last] in ends]
    return text[first:last], whole[0].key if len(whole) == 1 else None


@cache
def _table(spoken: str) -> dict[str, str]:
    table: dict[str, str] = tomllib.loads((DATA / "attribution.toml").read_text(encoding="utf-8"))[spoken]
    return {name: in_one_script(words) for name, words in table.items()}


def _alternatives(words: str) -> str:
    return "|".join(map(re.escape, sorted(set(words.split()), key=lambda word: (-len(word), word))))


class _Chinese:
    """The grammar of Chinese, compiled; all of it in one script."""

    def __init__(self) -> None:
        table = _table("chinese")
        self.weak = set(table["weak"].split())
        self.verb = re.compile(rf"({_alternatives(table['verbs'] + ' ' + table['weak'])})[说道]?")
        self.between = re.compile(rf"(?:{_alternatives(table['between'])})$")
        self.before = re.compile(rf"(?:{_alternatives(table['before'])})[，、]?")
        self.never = re.compile(rf"在(?!野)|{_alternatives(table['never_begins'])}")
        # 亞洲開發銀行的報告 → 亞洲開發銀行
        self.report = re.compile(
            in_one_script(
                r"(?<!过去)(?<!现有|既有|早期|近期|近年|最近)(?:\d{4}年)?的(?:一[份項篇])?(?:最新|年度)?(?:報告|研究|論文|文章|調查|著作|專著)$"
            )
        )
        self.never_inside = re.compile("是|被|用来|之所以|为何|如何")
        self.never_ends = re.compile(rf"(?:{_alternatives(table['never_ends'])})$")
        self.people = re.compile(rf"(?:{_alternatives(table['people'])})$")
        scenes = (
            r"，?(?:在(?!野)|於|向|對|接受|就|受)[^，。；：「」“”在於]{1,22}(?:時|中|上|裡|裏|內|後|訪問|採訪|專訪)，?",
            r"《[^》]{1,30}》(?:中|裡|裏|一書中|一文中)?，?",
            r"早?(?:在(?!野)|於)[^，。；：的]{0,6}",
            r"(?:對|向)(?:本報|本刊|媒體|記者|外界|外媒|公眾|國會|議會|立法院)",
            r"早?(?:在|於)?\d{1,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?",
        )
        self.scene = re.compile(in_one_script(f"(?:{'|'.join(scenes)})$"))
        self.framed = [
            re.compile(in_one_script(pattern))
            for pattern in (
                r"在(?P<who>[^，。；：在]{1,24})(?:看來|眼中|眼裡|筆下)",
                r"(?:依照|按照|根據|依據|援引|引用|借用|用|照|依|按|據)(?P<who>[^，。；：據]{1,28}?)的?"
                r"(?:看法|觀點|說法|見解|主張|論點|判斷|估計|估算|預測|預估|預計|分析|解釋|總結|歸納|理解|話說|話來說|論述|介紹)(?:[，：,:]|$)",
                r"據(?P<who>[^，。；：據]{1,20}?)(?:稱|說|表示|指出|透露)",
                r"^(?:[^，。；：]{0,6}，)?(?P<who>[^，。；：]{1,20}?)的(?:看法|觀點|主張|論點|判斷|解釋|立場|結論)(?:則|卻|也)?(?:是|為|在於|：)",
                r"(?:正如|誠如|一如|如)(?P<who>[^，。；：]{1,20}?)所(?:言|說|指出|述|論|料|強調|警告|稱)",
                r"(?:^|，)(?P<who>[^，。；：]{1,20}?)(?:則|也|卻|便|往往|通常)*(?:把|將)[^，。；：]{1,40}?"
                r"(?:視為|看作|看成|視作|歸因於|歸咎於|歸功於|稱為|稱作|形容為|描述為|描繪為|解釋為|理解為|比作|當作)",
            )
        ]


@cache
def _zh() -> _Chinese:
    return _Chinese()


_MARK = re.compile(r"[，。；：！？「」“”,;:()（）\s—…]")
_QUOTED = re.compile("「[^」]*」|“[^”]*”|『[^』]*』")


def _chinese(sentence: str) -> Span | None:
    grammar = _zh()
    for pattern in grammar.framed:
        match = pattern.search(sentence)
        span = _trimmed_zh(sentence, *match.span("who")) if match else None
        if span and (pattern is not grammar.framed[-1] or grammar.people.search(sentence, *span)):
            return span
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    for match in grammar.verb.finditer(sentence):
        if sentence.startswith("的", match.end()) or any(start < match.start() < end for start, end in quoted):
            continue
        if (span := _before_verb_zh(sentence, match.start())) is None:
            continue
        speaks = sentence[match.end() : match.end() + 1] in ("", *"，：「“,:。”」")
        somebody = (speaks and span[1] - span[0] > 1) or grammar.people.search(sentence, *span)
        if somebody or match[1] not in grammar.weak:
            return span
        if sentence.find("：", 0, match.start()) >= 0:  # what is said stands behind it, and nobody in there says it
            break
    return None


def _before_verb_zh(sentence: str, at: int) -> Span | None:
    """The words before a verb, back to the mark that opens its clause."""
    grammar = _zh()
    last = at
    while match := grammar.scene.search(sentence, max(0, last - 36), last) or grammar.between.search(
        sentence, max(0, last - 8), last
    ):
        last = match.start()
    if sentence[last - 1 : last] == "，" and last != at:  # 現實主義者，在書中，指出
        last -= 1
    if sentence[last - 1 : last] in (")", "）"):  # 張偉(2019)認為
        last = max(sentence.rfind("(", 0, last), sentence.rfind("（", 0, last), 0)
    first = last
    while first > 0 and not _MARK.match(sentence[first - 1]):
        first -= 1
    return _trimmed_zh(sentence, first, last)


def _trimmed_zh(sentence: str, first: int, last: int) -> Span | None:
    grammar = _zh()
    while (match := grammar.before.match(sentence, first, last)) and match.end() < last:
        first = match.end()
    while first < last and sentence[last - 1] in "，,、 ":
        last -= 1
    if (match := grammar.report.search(sentence, first, last)) and match.start() - first > 1:
        last = match.start()
    if not 0 < last - first <= _MOST or sentence[first:last].isdigit():
        return None
    never = (grammar.never.match, grammar.never_inside.search, grammar.never_ends.search)
    if any(found(sentence, first, last) for found in never):
        return None
    return first, last


class _English:
    """The grammar of English, compiled."""

    def __init__(self) -> None:
        table = _table("english")

        def words(*names: str) -> str:
            every = sorted({word for name in names for word in table[name].split()}, key=len, reverse=True)
            return "|".join(word.replace("*", "[a-z]*").replace("_", r"\s") for word in every)

        self.verb = re.compile(rf"\b(?:{words('verbs', 'weak')})\b")
        self.weak = re.compile(words("weak"))
        self.stance = re.compile(words("stance"))
        self.author = re.compile(rf"(?:the\s|an?\s)?(?:present\s)?(?:{words('author')})\b", re.IGNORECASE)
        self.people = re.compile(rf"\b(?:{words('people')})$", re.IGNORECASE)
        name = r"[A-Z][\w’'-]*\.?(?:\s(?:(?:and|of|de|von|van)\s)?[A-Z][\w’'-]*\.?){0,4}"
        some = r"(?:(?:[Tt]he|[Mm]any|[Ss]ome|[Mm]ost|their)\s)?[a-z-]+(?:\s[a-z-]+){0,2}"
        self.framed = [
            re.compile(pattern)
            for pattern in (
                rf"[,”\"] (?:sa(?:ys|id)|writes|wrote|argue[sd]|(?:warn|add|insist)(?:s|ed)) (?P<who>{name})(?=[,.])",
                rf"\b[Aa]ccording to (?:the\s)?(?P<who>{name}|[^,.;:]{{1,60}}?)(?=[,.;:]|$| (?:in|is|are|was|has)\b)",
                rf"\b[Ii]n (?P<who>{name}|{some}[’']s?|[Hh]is|[Hh]er|[Tt]heir) (?:own )?"
                r"(?:view|account|reading|opinion|words|judge?ment|eyes|telling)\b(?! of)",
                rf"^(?:[A-Z]?[a-z]+, )?(?:[Ff]or|[Tt]o) (?P<who>{name}|{some})(?:,| (?=this|the|these|such|it|what))",
                rf"\b[Aa]s (?P<who>{name}|{some}) (?:puts? it|argue[sd]?|note[sd]?|sees it|observe[sd]?|points? out)",
            )
        ]


@cache
def _en() -> _English:
    return _English()


_ADVERBS = re.compile(
    r"(?:\s|\b(?:has|have|had|also|often|further|themselves|himself|herself|still|now|then|once|would|could|may|might|"
    r"will|long|even|tends? to|instead|rather|never|always|later|first|both|all|too|[a-z]+ly)\b)+$"
)
_LEADING = re.compile(
    r"(?:\s|\b(?:but|yet|and|while|whereas|although|though|however|thus|hence|indeed|moreover|furthermore|meanwhile|as|"
    r"because|since|here|even|still|similarly|likewise|in contrast|by contrast|nor|so|or|instead|finally|first|second|"
    r"the|that)\b,?)+",
    re.IGNORECASE,
)
_CITATION = re.compile(r"\s*\([^()]{0,60}\)\s*$")
_OPENS = re.compile(r".*(?:[,;:“\"(—–]|\b(?:that|but|and yet|while|whereas|although|because|when|if)\s)", re.DOTALL)
_RELATIVE = re.compile(r"\b(?:what|which|who|whom|whose|how|why|not)\b", re.IGNORECASE)


def _english(sentence: str) -> Span | None:
    grammar = _en()
    for pattern in grammar.framed:
        match = pattern.search(sentence)
        span = _trimmed_en(sentence, *match.span("who")) if match else None
        if span and (
            pattern is not grammar.framed[3] or _is_somebody(sentence, span)
        ):  # For realists, but not: For decades
            return span
    for match in grammar.verb.finditer(sentence):
        span = _before_verb_en(sentence, match.start())
        if span is None:
            continue
        behind = sentence[match.end() : match.end() + 6]
        that = behind.startswith(" that ")
        says = that or behind.startswith((",", ":", " “", ' "')) or behind.strip() in ("", ".")
        only = grammar.weak.fullmatch(match[0]) is None
        if (only and that) or (
            _is_somebody(sentence, span) and (only or says or grammar.stance.fullmatch(match[0]) is not None)
        ):
            return span
    return None


def _is_somebody(sentence: str, span: Span) -> bool:
    return _en().people.search(sentence, *span) is not None or _is_named(sentence, span)


def _is_named(sentence: str, span: Span) -> bool:
    """Whether the words are a name: what is long in them is capitalised."""
    words = re.findall(r"[A-Za-zÀ-ɏ][\w’'.-]*", sentence[slice(*span)])
    return bool(words) and all(word[0].isupper() or word in ("of", "and", "the", "de", "von", "van") for word in words)


def _before_verb_en(sentence: str, at: int) -> Span | None:
    """The words before a verb, back to what opens their clause."""
    head = sentence[:at]
    if match := _ADVERBS.search(head, max(0, len(head) - 60)):
        head = head[: match.start()]
    while head.endswith(","):  # Farrell and Newman, for example, argue
        opening = head.rfind(",", 0, -1)
        if opening < 0 or len(head) - opening > 120:
            return None
        head = head[:opening]
    head = _CITATION.sub("", head)
    if head.rstrip().endswith(("'s", "’s", "'", "’")):  # a noun: the minister's claim
        return None
    opened = _OPENS.match(head)
    first = opened.end() if opened else 0
    return None if _RELATIVE.search(head, first) else _trimmed_en(head, first, len(head))


def _trimmed_en(sentence: str, first: int, last: int) -> Span | None:
    if match := _LEADING.match(sentence, first, last):
        first = match.end()
    while first < last and sentence[last - 1].isspace():
        last -= 1
    last -= 2 if sentence.endswith(("'s", "’s"), first, last) else 0
    words = sentence[first:last]
    if not 0 < len(words) <= 2 * _MOST or _en().author.match(words) or not words[0].isalpha():
        return None
    return first, last
