"""CoNLL, a token a line: BIO (IOB2) in a column for each type; here every character is a token.

``# global.columns`` names the columns (as CoNLL-U Plus does), ``# newpar id`` the paragraph, ``# text`` says the text
with its spaces, ``# SpaceAfter = No`` that the next sentence follows without one.

Reading takes the BIO and BIOES of other tools too. Where no column is named as ours are, those that hold tags are known
by their cells: the last of them is read, and every other that has a label in common with it (GermEval's outer and inner
names) or one of ours; what others mark (the chunks of CoNLL-2003) is no annotation here, and is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..errors import YinzhengError
from ..records import LABELS
from .columns import line
from .held import Document, Exported, Held, Span, Type
from .packing import decoded
from .tokens import Range, Sentence, characters, sentences

COLUMNS: dict[str, Type] = {"CLAIM": "claim", "ENTITY": "entity", "FIGURE": "figure"}
LOST = "CoNLL has the place and label of an annotation; its id, name, values, glosses, note and status stay here"
_TAG = re.compile(r"O|[BIESLUM]-\S+")
_SAID = re.compile(r"#\s*([^=]+?)\s*=\s?(.*)", re.DOTALL)
_COMMENT = re.compile(r"# [^\s=][^=\t]* = ")  # whatever it ends in; a row may begin with the token #
_KNOWN = {"PER", *(label.upper() for kind in LABELS for label in LABELS[kind])}
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U000323af]")


def write(held: Sequence[Held]) -> Exported:
    """One file; an annotation that overlaps another of its type has no place, and is counted."""
    return written(held, characters)


def written(held: Sequence[Held], cut: Callable[[str], Sequence[str]]) -> Exported:
    """The file with the tokens that ``cut`` makes of a text."""
    lost: Counter[str] = Counter()
    out = [f"# global.columns = FORM {' '.join(COLUMNS)}\n"]
    count = 0
    for one in held:
        for sentence in sentences(one, cut, lost):
            out.append(_block(sentence, lost))
            count += len(sentence.notes)
    if count:
        lost[LOST] += count
    return Exported({f"{held[0].work.key}.conll": "".join(out).encode()}, lost)


def _block(sentence: Sentence, lost: Counter[str]) -> str:
    text = line(sentence.paragraph.text or "")
    head = [f"# newpar id = {sentence.paragraph.id}\n"] if sentence.first else []
    head.append(f"# sent_id = {sentence.paragraph.id}-{sentence.number}\n")
    head.append(f"# text = {text[sentence.start : sentence.end]}\n")
    if sentence.end < len(text) and not text[sentence.end - 1].isspace():
        head.append("# SpaceAfter = No\n")
    tags = [_tags(sentence, kind, lost) for kind in COLUMNS.values()]
    rows = (
        f"{text[start:end]}\t{claim}\t{entity}\t{figure}\n"
        for (start, end), claim, entity, figure in zip(sentence.tokens, *tags, strict=True)
    )
    return "".join([*head, *rows, "\n"])


def _tags(sentence: Sentence, kind: Type, lost: Counter[str]) -> list[str]:
    """The tags of a sentence's tokens."""
    notes = [note for note in sentence.notes if note.type == kind]
    tags = ["O"] * len(sentence.tokens)
    at, end = 0, 0
    for note in notes:
        if note.start < end:
            lost["an annotation that overlaps another of its type has no place in BIO"] += 1
            continue
        end = note.end
        at = _after(sentence.tokens, note.start, at)
        before = "B"
        while at < len(tags) and sentence.tokens[at][0] < end:
            tags[at] = f"{before}-{note.label}"
            before, at = "I", at + 1
    return tags


def _after(tokens: Sequence[Range], start: int, at: int) -> int:
    while at < len(tokens) and tokens[at][0] < start:
        at += 1
    return at


def read(files: Mapping[str, bytes]) -> list[Document]:
    """A paragraph a document where the file tells paragraphs, else a sentence."""
    return [document for name, data in files.items() for document in _documents(name, decoded(data, name))]


Row = tuple[int, list[str]]  # its line in the file, its columns


def _documents(name: str, text: str) -> Iterator[Document]:
    paragraph: Building | None = None
    names: list[str] = []
    blocks = list(_blocks(text))
    numbered = all([cells[0] for _, cells in rows] == [str(n) for n in range(1, len(rows) + 1)] for _, rows in blocks)
    found: dict[int, tuple[dict[int, Type], list[int]]] = {}
    for comments, rows in blocks:
        names = comments.get("global.columns", "").split() or names
        if paragraph is None or not paragraph.goes_on(comments):
            if paragraph is not None:
                yield paragraph.document()
            paragraph = Building(name, comments)
        token = names.index("FORM") if "FORM" in names else 1 if numbered and not names else 0
        width = len(names) or len(rows[0][1])
        tagged: dict[int, Type] = {at: COLUMNS[column] for at, column in enumerate(names) if column in COLUMNS}
        aside: list[int] = []
        if not tagged:
            if width not in found:
                found[width] = _tagged([cells for _, all in blocks for _, cells in all if len(cells) == width], token)
            tagged, aside = found[width]
        _sentence(paragraph, width, tagged, comments, rows, token)
        for at in aside:
            marked = tagged_spans([cells[at] for _, cells in rows], [(0, 0)] * len(rows), "entity")
            paragraph.lost["what a column marks that has none of the labels read here (chunks?) stays out"] += len(
                marked
            )
    if paragraph is not None:
        yield paragraph.document()


def _tagged(rows: Sequence[Sequence[str]], token: int) -> tuple[dict[int, Type], list[int]]:
    """The columns of tags that are read, and the others: half of the cells or more of such a one are tags, so that a
    damaged one is found, and a word that looks like a tag is none."""
    labels: dict[int, set[str]] = {}
    for at in range(token + 1, len(rows[0])):
        tags = [cells[at] for cells in rows if _TAG.fullmatch(cells[at])]
        if 2 * len(tags) >= len(rows):
            labels[at] = {tag[2:].upper() for tag in tags} - {""}
    last = max(labels, default=len(rows[0]) - 1)
    known = labels.get(last, set()) | _KNOWN
    read = [at for at in labels if at == last or labels[at] & known] or [last]
    return dict.fromkeys(read, "entity"), [at for at in labels if at not in read]


def _blocks(text: str) -> Iterator[tuple[dict[str, str], list[Row]]]:
    """What is said before each sentence, and its rows."""
    comments: dict[str, str] = {}
    rows: list[Row] = []
    for number, whole in enumerate([*text.split("\n"), ""], 1):
        row = whole.removesuffix("\r")
        cells = row.split("\t") if "\t" in row else [cell for cell in row.split(" ") if cell]  # no other space ends one
        tagged = len(cells) > 1 and _TAG.fullmatch(cells[-1])
        if row.startswith("#") and (_COMMENT.match(row) or not tagged):
            said = _SAID.fullmatch(row)
            comments[said[1] if said else row[1:].strip()] = said[2] if said else ""
        elif row.startswith("-DOCSTART-"):
            comments["newdoc"] = ""
        elif cells:
            rows.append((number, cells))
        elif rows:
            yield comments, rows
            comments, rows = {}, []


def _sentence(
    paragraph: Building,
    width: int,
    tagged: Mapping[int, Type],
    comments: Mapping[str, str],
    rows: Sequence[Row],
    token: int,
) -> None:
    """A sentence added to its paragraph. ``token``: the column of its tokens; one of numbers may stand before."""
    for number, cells in rows:
        if len(cells) != width:
            raise YinzhengError(f"{len(cells)} columns, where {width} were expected", path=paragraph.name, line=number)
    places = paragraph.add([(number, cells[token]) for number, cells in rows], comments)
    for at, kind in tagged.items():
        for number, cells in rows:
            if at <= token or not _TAG.fullmatch(cells[at]):
                raise YinzhengError(f"{cells[at]!r} is no tag of BIO", path=paragraph.name, line=number)
        paragraph.spans += tagged_spans([cells[at] for _, cells in rows], places, kind)


def tagged_spans(tags: Iterable[str], places: Sequence[Range], kind: Type) -> list[Span]:
    """What tags say, in BIO (either kind), BIOES or BILOU."""
    spans: list[Span] = []
    open = ""
    for (start, end), tag in zip(places, tags, strict=True):
        mark, _, label = tag.partition("-")
        if open and mark in "IMEL" and label == open:
            spans[-1] = Span(start=spans[-1].start, end=end, type=kind, label=label)
        elif mark != "O":
            spans.append(Span(start=start, end=end, type=kind, label=label))
        open = label if mark in "BIM" else ""
    return spans


class Building:
    """A paragraph while its sentences are read."""

    def __init__(self, name: str, comments: Mapping[str, str]) -> None:
        self.name = name
        self.id = comments.get("newpar id")
        self.told = "newpar id" in comments or "newpar" in comments
        self.text = ""
        self.joins = False  # what comes next stands right behind
        self.spans: list[Span] = []
        self.lost: Counter[str] = Counter()

    def goes_on(self, comments: Mapping[str, str]) -> bool:
        """Whether a sentence belongs to this paragraph."""
        return self.told and "newpar id" not in comments and "newpar" not in comments and "newdoc" not in comments

    def add(self, tokens: Sequence[tuple[int, str]], comments: Mapping[str, str]) -> list[Range]:
        """A sentence's tokens, each with its line in the file, and where they are in the paragraph."""
        text = comments.get("text") or joined([token for _, token in tokens])
        if self.text and not (self.joins or self.text[-1].isspace() or _WIDE.match(self.text[-1])):
            self.text += " "
        self.joins = comments.get("SpaceAfter") == "No"
        start = at = len(self.text)
        self.text += text.replace("\n", " ")
        places = []
        for number, token in tokens:
            found = self.text.find(token, at)
            if found < 0 or self.text[at:found].strip():
                raise YinzhengError(
                    f"{token!r} is not what follows in the text: {text[at - start :][:20]!r}",
                    path=self.name,
                    line=number,
                )
            at = found + len(token)
            places.append((found, at))
        return places

    def document(self) -> Document:
        return Document(
            name=self.name, text=self.text, spans=tuple(self.spans), paragraphs=(self.id,) if self.id else (),
            lost=+self.lost,
        )  # fmt: skip


def joined(tokens: Iterable[str]) -> str:
    """Tokens as a text: a space between two, but none beside Chinese.

    >>> joined(["Sony", "and", "索", "尼", "paid"])
    'Sony and索尼paid'
    """
    text = ""
    for token in tokens:
        text += token if not text or _WIDE.match(text[-1]) or _WIDE.match(token) else f" {token}"
    return text
