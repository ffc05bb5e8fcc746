"""A manuscript against a workspace: every quotation with its verdict, and what is wrong with its citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from ..bib import Bibliography
from ..letters import letters
from ..records import Paragraph
from ..script import is_chinese
from ..workspace import Workspace
from .difference import marked
from .index import Corpus, Part, Passage
from .judge import RIGHT, Judged, Verdict
from .keys import Locator, Target, Works, locator, works
from .manuscript import Include, read
from .prose import Block, Citation
from .quotation import Quotation, Reason, quotation
from .quotes import Quote, quotes
from .seeking import seek
from .telling import mended, said, says_whose

TERM = 8  # letters: fewer, without a citation, are no quotation
OURS = {True: 10, False: 24}  # letters (Chinese or not) from which on a digest's words are no coincidence


def verify(
    manuscript: str | bytes,
    workspace: Workspace,
    markup: str = "markdown",
    name: str = "-",
    include: Include | None = None,
    bibliography: Bibliography | None = None,
) -> list[Quotation]:
    """Every quotation of a manuscript, in reading order, with its verdict (DESIGN section 5).

    ``markup``: markdown, latex, typst, org, html, docx (bytes) or text. ``bibliography``: the writer's, whose keys may
    be other than the workspace's. Quoted terms of less than 8 letters are left out if nothing is cited beside them.

    >>> from yinzheng.workspace import Workspace, bundled
    >>> [found] = verify("「該詞起初針對一庄具體的事」[@park2023digest-zh, para. 1]", Workspace(bundled()))
    >>> found.verdict, found.difference
    ('altered', '該詞起初針對一[-樁-]{+庄+}具體的事')
    """
    return Verifier(workspace, bibliography).quotations(read(manuscript, markup, name, include))


class Verifier:
    """A workspace with its index, for any number of manuscripts."""

    def __init__(self, workspace: Workspace, bibliography: Bibliography | None = None) -> None:
        self.workspace = workspace
        self.works: Works = works(bibliography, workspace)
        self._last: dict[tuple[str, str], int] = {}

    @cached_property
    def corpus(self) -> Corpus:
        """All texts that are here."""
        return Corpus(
            (key, edition, self._paragraphs(key, edition.key))
            for key, work in self.workspace.works.items()
            for edition in work.editions.values()
        )

    def quotations(self, blocks: Sequence[Block]) -> list[Quotation]:
        """The quotations in blocks of prose, judged."""
        return [
            self.judged(quote)
            for quote in quotes(blocks)
            if len(letters(quote.text)) >= (1 if quote.citations else TERM)
        ]

    def judged(self, quote: Quote) -> Quotation:
        """One quotation."""
        named = [one for one in quote.citations if one.key or one.fields]
        targets = [(one, self.works.of(one)) for one in named]
        known = [(one, target) for one, target in targets if target and target[0]]
        if named and not known and all(target is None for _, target in targets):
            return self._unchecked(quote, named[0], "key")
        best = self._cited(quote, known) if known else self._anywhere(quote)
        return best

    def _anywhere(self, quote: Quote) -> Quotation:
        parts = [part for part in self.corpus.parts if part.edition.role != "digest"]
        places = [one for one in quote.citations if one.locator]
        where = [(one, locator(one.locator)) for one in places]

        def preferred(passage: Passage) -> bool:
            return any(found and self.stands(passage, found) for _, found in where)

        best = seek(self.corpus, quote.text, parts, preferred, said(quote))
        citation = places[0] if places else None
        if best is None or best.verdict not in RIGHT:
            ours = self._ours(quote)
            if ours:
                return ours
        if best is None:
            return quotation(quote, "not-found", citation, reason="nowhere")
        wrong = bool(where) and self._misplaced(best, [one for one, _ in where])
        return self._told(quote, best, citation, wrong)

    def _cited(self, quote: Quote, known: list[tuple[Citation, Target]]) -> Quotation:
        named = {target for _, target in known}
        own = [part for part in self.corpus.parts if (part.work, part.edition.key) in named]
        others = [
            part
            for part in self.corpus.parts
            if part not in own and part.edition.role != "digest" and part.work in {work for work, _ in named}
        ]

        def preferred(passage: Passage) -> bool:
            part = self.corpus.part(passage.first)
            return any(
                target[0] == part.work
                and target[1] in (None, part.edition.key)
                and self._is_there(passage, one) is not False
                for one, target in known
            )

        best = seek(self.corpus, quote.text, own, preferred, said(quote)) if own else None
        if others and (best is None or best.verdict not in RIGHT):
            other = seek(self.corpus, quote.text, others, preferred, said(quote))
            if other and (best is None or other.verdict in RIGHT or other.likeness > best.likeness + 0.2):
                best = other
        citation = known[0][0]
        if best is None or best.verdict not in RIGHT:
            digested = any(part.edition.role == "digest" for part in own)
            ours = None if digested else self._ours(quote)
            if ours:
                return ours
            if (best is None or best.likeness < 0.8) and not self._is_here(quote, named, own, others):
                return self._unchecked(quote, citation, "text")
        if best is None:
            rest = [part for part in self.corpus.parts if part not in own and part not in others]
            other = seek(self.corpus, quote.text, rest, lambda _: False, said(quote))
            if other and other.verdict in RIGHT:
                part = self.corpus.part(other.passage.first)
                return quotation(
                    quote, "not-found", citation, reason="elsewhere", where=f"{part.work}/{part.edition.key}"
                )
            return quotation(quote, "not-found", citation, reason="nowhere")
        part = self.corpus.part(best.passage.first)
        mine = [
            (one, target) for one, target in known if target[0] == part.work and target[1] in (None, part.edition.key)
        ]
        wrong = bool(mine) and self._misplaced(best, [one for one, _ in mine])
        told = self._told(quote, best, mine[0][0] if mine else citation, wrong)
        return told

    def _unchecked(self, quote: Quote, citation: Citation, reason: Reason) -> Quotation:
        """What nobody can check in the work cited; and where its words, or nearly these, stand all the same."""
        near = self.works.near(citation) if reason == "key" else None
        told = quotation(quote, "unchecked", citation, reason=reason, where=near)
        parts = [part for part in self.corpus.parts if part.edition.role != "digest"]
        enough = len(letters(quote.text)) >= OURS[is_chinese(quote.text)]
        best = seek(self.corpus, quote.text, parts, lambda _: False) if enough else None
        if best is None or (best.verdict not in RIGHT and best.likeness < 0.8):
            return told
        part, paragraph = self.corpus.part(best.passage.first), self.corpus.paragraphs[best.passage.first]
        edition = part.edition.key
        return replace(told, work=part.work, edition=edition, paragraph=paragraph.id, number=paragraph.number)

    def _is_here(self, quote: Quote, named: Iterable[Target], own: Sequence[Part], others: Sequence[Part]) -> bool:
        """Whether the text that is cited is here; for an edition in the other language, one in that of the words."""
        language = "zh" if is_chinese(quote.text) else "en"
        for work, key in named:
            if key is None or self.workspace.edition(work, key).language != language:
                if any(p.work == work and p.edition.language == language and p.last > p.first for p in (*own, *others)):
                    return True
                if key is None:
                    continue
            if any(p.work == work and p.edition.key == key and p.last > p.first for p in own):
                return True
        return False

    def _ours(self, quote: Quote) -> Quotation | None:
        """A quotation of words that nobody published: of a digest, or a gloss."""
        form = letters(quote.text).text
        if len(form) < OURS[is_chinese(quote.text)]:
            return None
        citation = quote.citations[0] if quote.citations else None
        digests = [part for part in self.corpus.parts if part.edition.role == "digest"]
        found = self.corpus.exact(form, digests)
        if found:
            part = self.corpus.part(self.corpus.passage(found[0], found[0] + len(form)).first)
            return quotation(quote, "not-found", citation, reason="digest", where=f"{part.work}/{part.edition.key}")
        work = next((key for key, glosses in self._glosses.items() if form in glosses), None)
        return quotation(quote, "not-found", citation, reason="gloss", where=work) if work else None

    @cached_property
    def _glosses(self) -> dict[str, str]:
        """The letters of every gloss of a work's claims and figures."""
        columns = ("gloss_zh", "gloss_en", "about_zh", "about_en")
        return {
            work: "\n".join(
                letters(text).text
                for kind in ("claim", "figure")
                for record in self.workspace.annotations(work, kind, status=None)
                for column in columns
                if (text := getattr(record, column, None))
            )
            for work in self.workspace.works
        }

    def last(self, work: str, edition: str) -> int:
        """The number of the last paragraph of an edition, whether its text is here or not; 0 where none is numbered."""
        if (work, edition) not in self._last:
            self._paragraphs(work, edition)
        return self._last[work, edition]

    def _paragraphs(self, work: str, edition: str) -> list[Paragraph]:
        """The paragraphs of an edition; its last number is noted on the way, so that its index is read once."""
        found = self.workspace.paragraphs(work, edition)
        self._last[work, edition] = max(filter(None, (p.number for p in found)), default=0)
        return found

    def _misplaced(self, best: Judged, citations: Sequence[Citation]) -> bool:
        """Whether none of the citations points to the words; of those that a marked cut runs over, to both ends."""
        if not any(self._is_there(best.passage, one) is not False for one in citations):
            return True
        found = [locator(one.locator) for one in citations]
        paragraphs = [place for place in found if place and place.kind == "paragraph"]
        ends = (self.corpus.paragraphs[at].number for at in (best.passage.first, best.passage.last))
        return (
            best.cut_over
            and len(paragraphs) == len(citations)
            and not all(number is None or any(number in place for place in paragraphs) for number in ends)
        )

    def _is_there(self, passage: Passage, citation: Citation) -> bool | None:
        place = locator(citation.locator)
        return None if place is None else self.stands(passage, place)

    def stands(self, passage: Passage, place: Locator) -> bool | None:
        """Whether a passage is where a locator says; None where nobody can tell."""
        paragraphs = self.corpus.paragraphs
        part = self.corpus.part(passage.first)
        if place.kind == "paragraph" or (place.kind == "number" and part.edition.locator != "page"):
            return any(
                number in place
                for p in paragraphs[passage.first : passage.last + 1]
                if (number := p.number) is not None
            )
        first = _page(paragraphs[passage.first].page)
        following = (_page(p.page) for p in paragraphs[passage.last + 1 : part.last])
        last = next((page for page in following if page is not None), None)
        if first is None:
            return None
        return any(low <= (last or high) and first <= high for low, high in place.ranges)

    def _told(self, quote: Quote, best: Judged, citation: Citation | None, wrong: bool) -> Quotation:
        part = self.corpus.part(best.passage.first)
        paragraph = self.corpus.paragraphs[best.passage.first]
        verdict: Verdict = "wrong-paragraph" if wrong and best.verdict in RIGHT else best.verdict
        differs = verdict not in RIGHT and verdict != "wrong-paragraph"
        reason: Reason | None = "apart" if best.apart else None
        where = None
        last = self.corpus.paragraphs[best.passage.last].number
        if not best.apart and paragraph.voice != "author":
            reason, where = "voice", paragraph.voice
            if verdict in RIGHT and not _located(quote) and not says_whose(quote, paragraph.voice):
                verdict, reason = "wrong-paragraph", "whose"
        return quotation(
            quote,
            verdict,
            citation,
            reason=reason,
            where=where,
            paragraph=paragraph.id,
            number=paragraph.number,
            through=last if best.passage.last > best.passage.first else None,
            work=part.work,
            edition=part.edition.key,
            difference=marked(best.found, best.quoted) if differs else None,
            found=best.found if differs or verdict == "variant" else None,
            quoted=best.quoted if differs else None,
            varies=best.varies if verdict in RIGHT else (),
            alterations=best.listed,
            left_out=best.left_out,
            correction=mended(self.corpus, quote, best, part) if differs else None,
        )


def _located(quote: Quote) -> bool:
    """Whether a citation says where the words are."""
    return any(locator(one.locator) for one in quote.citations)


def _page(page: str | None) -> int | None:
    return int(page) if page and page.isdecimal() else None
