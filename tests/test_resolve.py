"""`resolve`: Crossref's candidates beside what we know; only what is accepted is written, and nonsense is refused."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from conftest import yinzheng
from screen import on_screen
from server import Answer, answer, serving
from yinzheng import bib, crossref
from yinzheng.bib import Entry
from yinzheng.errors import YinzhengError

ITEM = {
    "DOI": "10.9999/lamp.1907",
    "title": ["Lamps &amp; <i>Whales</i>"],
    "subtitle": ["A\x1b[31m 100% Story"],
    "author": [{"family": "Doe", "given": "Jane"}, {"name": "Island and Council"}],
    "container-title": ["Journal of Lamps"],
    "volume": "31",
    "issue": "2",
    "page": "12-30",
    "issued": {"date-parts": [[2023, 5]]},
}
OTHER = {"DOI": "10.9999/other", "title": ["Boats"], "author": [{"family": "Roe"}], "issued": {"date-parts": [[2022]]}}
BIB = """% checked by hand
@article{lamp,
  author = {Doe, Jane and {Island and Council}},
  title = {[燈與鯨]},
  journal = {Journal of lamps},
  volume = {30},
  year = {2023},
  note = {Not verified: English title, issue, pages, DOI, place},
}

@misc{lampzh, title={燈與鯨}, related={lamp}}
"""
TOML = """work = "lamp"
[editions.zh]
lang = "zh-Hant"
role = "translation"
of = "en"
cite = "lampzh"
text = "local"
rights = "http://rightsstatements.org/vocab/UND/1.0/"
locator = "counted"
[editions.en]
lang = "en"
role = "original"
cite = "lamp"
text = "local"
rights = "http://rightsstatements.org/vocab/UND/1.0/"
locator = "page"
"""
ENTRY = bib.parse(BIB).entries["lamp"]


def reply(*items: object) -> Answer:
    return answer(json.dumps({"status": "ok", "message": {"items": items}}).encode(), Content_Type="application/json")


@pytest.fixture
def lamp(empty: Path) -> Path:
    folder = empty / "corpus" / "lamp"
    folder.mkdir()
    (folder / "work.toml").write_text(TOML, encoding="utf-8")
    (folder / "references.bib").write_text(BIB, encoding="utf-8")
    return empty


def written(lamp: Path) -> str:
    return (lamp / "corpus/lamp/references.bib").read_text(encoding="utf-8")


def test_candidates_are_shown_with_what_agrees_and_what_differs_and_nothing_is_written(lamp: Path) -> None:
    with serving({"/works": reply(OTHER, ITEM)}) as (address, asked):
        run = yinzheng("resolve", "lamp", cwd=lamp, YINZHENG_CROSSREF=address)

    assert run.returncode == 0
    assert run.stdout == (
        "1. Lamps & Whales: A[31m 100% Story  10.9999/lamp.1907\n"
        "   agrees: author, journaltitle, date\n"
        "   differs: volume: here '30', there '31'\n"
        "   adds: title = Lamps & Whales: A[31m 100% Story\n"
        "   adds: number = 2\n   adds: pages = 12--30\n   adds: doi = 10.9999/lamp.1907\n"
        "2. Boats  10.9999/other\n   agrees: nothing\n"
        "   differs: author: here 'Doe, Jane and Island and Council', there 'Roe'\n   differs: date: here '2023', there '2022'\n"
        "   adds: title = Boats\n   adds: doi = 10.9999/other\n"
    )  # fmt: skip
    assert "nothing was changed; to accept one: --accept DOI" in run.stderr
    assert written(lamp) == BIB
    assert asked == [
        "/works?query.author=Jane+Doe+Island+and+Council&query.container-title=Journal+of+lamps"
        "&filter=from-pub-date%3A2022%2Cuntil-pub-date%3A2024&rows=5"
    ]


@pytest.mark.parametrize("doi", ["10.9999/lamp.1907", "https://doi.org/10.9999/LAMP.1907", "doi:10.9999/lamp.1907"])
def test_only_what_is_accepted_is_written(lamp: Path, doi: str) -> None:
    with serving({"/works": reply(OTHER, ITEM)}) as (address, _):
        run = yinzheng("resolve", "lamp", "--accept", doi, cwd=lamp, YINZHENG_CROSSREF=address)

    assert run.returncode == 0
    assert "what differs stays as it was: volume" in run.stderr
    old = BIB[BIB.index("@article") : BIB.index("\n\n@misc")]
    new = """@article{lamp,
  author = {Doe, Jane and {Island and Council}},
  title = {Lamps \\& Whales: A[31m 100\\% Story},
  journal = {Journal of lamps},
  volume = {30},
  year = {2023},
  number = {2},
  pages = {12--30},
  doi = {10.9999/lamp.1907},
  note = {Not verified: place},
}"""
    assert written(lamp) == BIB.replace(old, new)


def test_a_doi_that_is_no_candidate_is_refused(lamp: Path) -> None:
    with serving({"/works": reply(ITEM)}) as (address, _):
        run = yinzheng("resolve", "lamp", "--accept", "10.1/x", cwd=lamp, YINZHENG_CROSSREF=address)

    assert run.returncode == 1
    assert "no candidate has the DOI 10.1/x; nothing was changed" in run.stderr
    assert written(lamp) == BIB


def test_an_edition_can_be_named_and_a_paragraph_cannot(lamp: Path, demo: Path) -> None:
    with serving({"/works": reply()}) as (address, asked):
        run = yinzheng("resolve", "lamp/zh", cwd=lamp, YINZHENG_CROSSREF=address)
        assert (run.returncode, "knows nothing like it" in run.stderr) == (1, True)
        assert "query.bibliographic=%E7%87%88%E8%88%87%E9%AF%A8" in asked[0]
        assert yinzheng("resolve", "park2023/digest-zh:3", cwd=demo, YINZHENG_CROSSREF=address).returncode == 1
        assert len(asked) == 1


NONSENSE: dict[str, tuple[Answer, str]] = {
    "not JSON": (answer(b"<html>busy</html>"), "did not answer in JSON"),
    "cut": (answer(b'{"message": {"it'), "did not answer in JSON"),
    "no UTF-8": (answer(b'{"a": "\xff"}'), "did not answer in JSON"),
    "deep": (answer(b"[" * 100_000), "did not answer in JSON"),
    "a list": (answer(b"[]"), "not Crossref's"),
    "null": (answer(b"null"), "not Crossref's"),
    "no items": (answer(b'{"message": {}}'), "not Crossref's"),
    "items of nonsense": (reply(1, None, [], {}, {"DOI": 5}, {"DOI": "x"}), "nothing in the reply is a work"),
    "limited": (answer(b"", 429), "the server answers 429"),
    "broken": (answer(b"", 503), "the server answers 503"),
    "elsewhere": (answer(b"", 302, Location="file:///etc/passwd"), "answers 302"),
    "huge": (answer(b"[" + b" " * (17 << 20) + b"]"), "larger than 16 MB"),
    "short": (answer(b"{}", Content_Length="99"), "broke off"),
}


@pytest.mark.parametrize(("said", "message"), NONSENSE.values(), ids=list(NONSENSE))
def test_a_server_that_fails_or_talks_nonsense(said: Answer, message: str) -> None:
    with serving({"/works": said}) as (address, _), pytest.raises(YinzhengError, match=message) as failure:
        crossref.candidates(crossref.ask(crossref.query(ENTRY), address), ENTRY)

    assert "nothing was changed" in str(failure.value)


def test_offline_and_late(lamp: Path) -> None:
    run = yinzheng("resolve", "lamp", cwd=lamp, YINZHENG_CROSSREF="http://127.0.0.1:9")
    assert run.returncode == 1
    assert "Crossref: cannot be reached" in run.stderr
    assert "nothing was changed; try again when you are online" in run.stderr
    assert run.stdout == ""
    with (
        serving({"/works": lambda _: time.sleep(0.6)}) as (address, _),
        pytest.raises(YinzhengError, match="timed out"),
    ):
        crossref.ask({}, address, timeout=0.2)


@pytest.mark.parametrize(
    "item",
    [
        {"title": None, "author": None, "container-title": None, "issued": None, "page": None},
        {"title": "a string", "author": "Doe", "issued": {"date-parts": None}, "volume": {}},
        {"title": [None], "author": [None, {}, {"family": None}], "issued": {"date-parts": [[None]]}, "volume": [1]},
        {"title": [[]], "author": [{"family": []}], "issued": {"date-parts": [[]]}, "issue": True},
        {"title": [5], "issued": {"date-parts": ["2023"]}, "published": "2023"},
    ],
)
def test_an_item_may_lack_anything_but_its_doi(item: dict[str, object]) -> None:
    (offer,) = crossref.candidates({"message": {"items": [{"DOI": "10.9999/x", **item}]}}, ENTRY)

    assert crossref.accept(ENTRY, offer).fields["doi"] == "10.9999/x"
    assert bib.dump(crossref.accept(ENTRY, offer))


def test_what_came_to_be_known_meanwhile_is_not_written_over() -> None:
    (offer,) = crossref.candidates({"message": {"items": [ITEM]}}, ENTRY)
    now = Entry("article", "lamp", {**ENTRY.fields, "title": "Lamps", "number": "7"})

    done = crossref.accept(now, offer).fields
    assert (done["title"], done["number"], done["pages"]) == ("Lamps", "7", "12--30")


@pytest.mark.parametrize(
    ("field", "ours", "theirs", "same"),
    [
        ("pages", "12--30", "12-30", True), ("pages", "12–30", "12-30", True), ("pages", "1--230", "12-30", False),
        ("volume", "31", "31", True), ("issue", "2", "2", True), ("doi", "https://doi.org/10.9999/LAMP.1907", "", True),
        ("year", "2023", "2023", True), ("date", "2023-05-01", "2023", True), ("date", "2022", "2023", False),
        ("author", "DOE, J. and {Island and Council}", "", True), ("author", "Doe, Jane", "", False),
        ("title", "LAMPS \\& whales -- a [31m, 100\\% story", "Lamps & Whales", True), ("title", "Boats", "", False),
    ],
)  # fmt: skip
def test_what_agrees(field: str, ours: str, theirs: str, same: bool) -> None:
    (offer,) = crossref.candidates({"message": {"items": [ITEM]}}, Entry("article", "x", {field: ours}))

    assert bool(offer.agrees) == same
    assert bool(offer.differs) != same


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("typed", "accepted"), [("1", True), ("", False), ("9", False), ("0", False), ("-1", False), ("²", False)]
)
def test_asked_at_a_terminal(lamp: Path, typed: str, accepted: bool) -> None:
    with serving({"/works": reply(ITEM)}) as (address, _):
        shown, code = on_screen("resolve", "lamp", cwd=lamp, typed=f"{typed}\n", YINZHENG_CROSSREF=address)

    assert code == 0
    assert "accept which?" in shown
    assert ("10.9999/lamp.1907" in written(lamp)) == accepted
    assert ("nothing was changed" in shown) != accepted
