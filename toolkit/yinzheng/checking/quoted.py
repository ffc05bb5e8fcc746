"""What people wrote of a text that is local, and whether they copied it: promise 4. Only where the reader's copy is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from .. import jsonl
from ..errors import YinzhengError
from ..history import told
from ..letters import Letters, letters
from ..works import CJK, SHARED
from ..workspace import TYPES, Workspace

_WRITTEN = ("attribution", "gloss_zh", "gloss_en", "measure", "about_zh", "about_en", "note", "en_source")
_BLOCK, _LATIN = SHARED // 2, 90  # letters; those of about 20 words


def quoted(workspace: Workspace, work: str) -> Iterator[str]:
    """The glosses, notes and other words of annotations that hold a run of a local text, in words. A name is a fact,
    and may be as long as it is. What cannot be read says nothing here: that is a problem already."""
    try:
        editions = {key: one for key, one in workspace.work(work).editions.items() if one.text == "local"}
        texts = {key: [copy.text for copy in workspace.local(work, key)] for key in editions}
        if not any(texts.values()):
            return
        named = workspace.names(work)
        names = [form for one in named for form in (one.zh_hant, one.en, *one.aka) if form]
        records = [jsonl.values(note) for kind in TYPES for note in workspace.annotations(work, kind, status=None)]  # type: ignore[arg-type]
        for key in workspace.work(work).editions:
            records += [told(event) for event in workspace.history(work, key).events if event.event == "conflict"]
        records += [{"id": one.id, "note": one.note, "en_source": one.en_source} for one in named]
    except YinzhengError:
        return
    written = [
        (str(one["id"]), column, words)
        for one in records
        for column in _WRITTEN
        if isinstance(words := one.get(column), str)
    ]
    known = {name for name in (letters(form).text for form in names) if len(name) >= SHARED}
    for key, paragraphs in texts.items():
        text = _Text("\n".join(letters(paragraph).text for paragraph in paragraphs))
        for id, column, words in written:
            least = SHARED * 2 if column == "attribution" else SHARED  # who says so is a fact, as a name is
            if run := text.shared(letters(words), known, least):
                yield (
                    f"{id}: {column} holds {run} letters in a row of {work}/{key}, whose text is local: "
                    "in git they are published; say it in other words"
                )
        for one in named:
            for form in (one.zh_hant, one.zh_hans, one.en, one.abbr, *one.aka):
                if form is None or not (len(CJK.findall(form)) >= SHARED or len(form.split()) >= 8):
                    continue
                at = [(whole, whole.find(form), whole.find(form) + len(form)) for whole in paragraphs if form in whole]
                if not all(editions[key].gives(one.label, *place) for place in at):
                    yield f"{one.id}: {form[:12]}… is a sentence of {work}/{key}, whose text is local, and no name"


class _Text:
    """A text by its blocks: of every 13 letters in a row, seven are one of them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks: defaultdict[str, list[int]] = defaultdict(list)
        for at in range(0, len(text) - _BLOCK + 1, _BLOCK):
            places = self._blocks[text[at : at + _BLOCK]]
            if len(places) < 8:  # of what stands again and again, as a refrain
                places.append(at)

    def shared(self, form: Letters, known: Collection[str], least: int) -> int:
        """The letters of the longest run of at least so many Han characters that is no name; 0 if there is none."""
        words, longest = form.text, 0
        if len(words) < least:
            return 0
        done: dict[int, int] = {}  # by how far the two are apart, up to where they were compared
        for at in range(len(words) - _BLOCK + 1):
            for place in self._blocks.get(words[at : at + _BLOCK], ()):
                first, last = at, at + _BLOCK
                if at < done.get(place - at, 0):
                    continue
                while first and place - at + first and words[first - 1] == self._text[place - at + first - 1]:
                    first -= 1
                while last < len(words) and words[last] == self._text[place - at + last : place - at + last + 1]:
                    last += 1
                done[place - at] = last
                run = words[first:last]
                if last - first > longest and _is_long(run, least):
                    name = max((len(name) for name in known if name in run or run in name), default=0)
                    longest = last - first if _is_long(run, least + name) else longest
        return longest


def _is_long(run: str, least: int) -> bool:
    return len(run) >= _LATIN or sum(map(bool, map(CJK.match, run))) >= least
