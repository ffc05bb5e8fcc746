"""Bibliographies: real ones are read whole, written back as they were, and what is wrong in one is said with its line."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st
from yinzheng.bib import Entry, PersonName, closure, dump, merge, names, parse
from yinzheng.errors import YinzhengError
from yinzheng.tex import escape, plain

BIB = SHARED / "data" / "bib"
OLD = '% by hand\n@string{aj = {島報}}\n\n@book{a,\n  title = {甲}, % a note\n year = 1999\n}\nfree words\n@Misc(c, note="x")\n'
NEW = Entry("online", "a", {"title": "{乙} of 5\\%", "translator": "{陳蕊}"})


def real(name: str) -> str:
    if not (BIB / name).exists():
        pytest.skip("the bibliographies are not on this machine")
    return (BIB / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize(
    ("name", "count", "problems"),
    [
        ("example.bib", 458, []),
        ("example2025.bib", 627, ["example2025.bib:2991: entry '阿扬2023' cannot be read: Duplicate field keys on entry: 'pages'"]),
    ],
)  # fmt: skip
def test_real_bibliographies(name: str, count: int, problems: list[str]) -> None:
    text = real(name)
    found = parse(text, Path(name))

    assert len(found.entries) == count
    assert list(map(str, found.problems)) == problems
    for entry in found.entries.values():
        assert parse(dump(entry)).entries == {entry.key: entry}
        for author in names(entry.fields.get("author", "")):
            assert author.literal or author.family
    some = list(found.entries.values())[::25]
    assert merge(text, some) == text


@pytest.mark.parametrize("name", ["example.bib", "example2025.bib"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_merged_leaves_every_other_byte_as_it_was(name: str, newline: str) -> None:
    text = "\ufeff" + real(name).replace("\n", newline)
    entries = parse(text).entries
    for key in list(entries)[7::60]:
        changed = replace(entries[key], fields={**entries[key].fields, "note": "看過"})
        start = re.search(rf"@\w+\s*{{\s*{re.escape(key)}\s*,", text)
        assert start is not None
        following = text.find("\n@", start.end())
        own = text[start.start() : following]
        if re.search(r",[ \t]*%", own):
            with pytest.raises(YinzhengError, match="comments inside"):
                merge(text, [changed])
            continue
        merged = merge(text, [changed])
        assert merged.startswith(text[: start.start()])
        assert merged.endswith(text[following:])
        assert len(merged) - len(text) == len(dump(changed).rstrip().replace("\n", newline)) - len(own.rstrip())
        assert parse(merged).entries == {**entries, key: changed}
    new = Entry("misc", "neu", {"title": "新"})
    assert merge(text, [new]) == text + newline + dump(new).replace("\n", newline)


def test_what_is_merged_twice_is_there_once() -> None:
    merged = merge(OLD, [replace(NEW, key="n"), replace(NEW, key="n", fields={"title": "later"})])

    assert merged == merge(merge(OLD, [replace(NEW, key="n")]), [replace(NEW, key="n", fields={"title": "later"})])
    assert merged.count("{n,") == 1


def test_values_of_real_records_survive() -> None:
    for item in json.loads(real("gbt7714-data.json")):
        words = {key: value for key, value in item.items() if isinstance(value, str)}
        people = " and ".join(f"{{{escape(p.get('literal') or p['family'])}}}" for p in item.get("author", []))
        entry = Entry(
            "misc", "x", {**{f"f{n}": escape(value) for n, value in enumerate(words.values())}, "author": people}
        )
        back = parse(dump(entry)).entries["x"]

        assert back == entry
        folded = [re.sub(r"\s*\n\s*", " ", value) for value in words.values()]  # as TeX reads a line end
        assert [plain(back.fields[f"f{n}"]) for n in range(len(words))] == folded
        assert [n.literal for n in names(people)] == [p.get("literal") or p["family"] for p in item.get("author", [])]


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_plain_is_the_inverse_of_escape(text: str) -> None:
    entry = Entry("misc", "x", {"title": escape(text)})

    assert plain(escape(text)) == text
    assert parse(dump(entry)).entries["x"] == entry


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"M{\"u}ller, Caf\'e, na\"{\i}ve, \v{S}koda, \c{c}a, {\o}re, Stra{\ss}e, \AA ngstr\"om", "Müller, Café, naïve, Škoda, ça, øre, Straße, Ångström"),
        (r"The {\emph{Yangzi}} and \textit{H}\textsubscript{2}O", "The Yangzi and H2O"),
        (r"R\&D at 5\,\% of \$9\_\#", "R&D at 5 % of $9_#"),
        ("{DNA}~of {島報}", "DNA\u00a0of 島報"),
        ("10.1000/a_b%20c", "10.1000/a_b%20c"),
        (r"\LaTeX{} stays", r"\LaTeX stays"),
    ],
)  # fmt: skip
def test_latex_as_people_write_it(value: str, text: str) -> None:
    assert plain(value) == text


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('@BOOK{k, Title = "A {"}quoted{"} word", Year=1999,}', {"title": 'A {"}quoted{"} word', "year": "1999"}),
        ("@string{aj = {島} # {報}}\n@a{k, journal = aj # { II}, month = jan}", {"journal": "島報 II", "month": "jan"}),
        ("@a(k, t={mail @ home}, n={x@article{y}})", {"t": "mail @ home", "n": "x@article{y}"}),
        ("\ufeff@a{k,\r\n t = {甲\r\n乙},\r\n}\r\n", {"t": "甲\n乙"}),
        ("@a{k, t={甲}, % a note\n y={1}, z={2}}", {"t": "甲", "y": "1", "z": "2"}),
        ("@a{k, t={甲},\n %t={乙},\n y={1}}", {"t": "甲", "y": "1"}),
        ("hello @ there, @a{k, t={100\\%}}", {"t": "100\\%"}),
    ],
)
def test_ways_to_write_an_entry(text: str, fields: dict[str, str]) -> None:
    found = parse(text)

    assert [entry.fields for entry in found.entries.values()] == [fields]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("@article{a,\n title={x {y},\n}\n", "f.bib:3: entry 'a' cannot be read: Unexpected block start"),
        ("@article{a,\n title={x}\n year={1999}\n}\n", "f.bib:4: entry 'a' cannot be read: a comma is missing before 'year={1999}'"),
        ("@article{a,\n title {x},\n}\n", "f.bib:3: entry 'a' cannot be read: Expected a `=`"),
        ("@article{a, title={x}, title={y}}\n", "f.bib:3: entry 'a' cannot be read: Duplicate field keys on entry: 'title'"),
        ("@article{a, title={x},\n journal = aj}\n", "f.bib:4: entry 'a' cannot be read: the string 'aj' is not defined"),
        ("@article{a, title={x} % y\n}\n", "f.bib:3: entry 'a' cannot be read: a comment stands inside it"),
        ("@article{, title={x}}\n", "f.bib:3: '' is no citation key"),
        ("@article{a b, title={x}}\n", "f.bib:3: 'a b' is no citation key"),
        ("@book{ok, title={y}}\n", "f.bib:3: entry 'ok' cannot be read: Duplicate entry key 'ok'"),
        ("@article{a, title=}\n", "f.bib:3: entry 'a' cannot be read: "),
        ("@article{a, ti tle={x}}\n", "f.bib:3: entry 'a' cannot be read: 'ti tle' is no name of a field"),
        ("@article{a, title={x", "f.bib:3: entry 'a' cannot be read: Unexpectedly reached end of file"),
    ],
)  # fmt: skip
def test_a_broken_entry_is_named_with_its_line_and_the_rest_is_read(broken: str, message: str) -> None:
    text = f"@misc{{ok, title={{甲}}}}\n\n{broken}@misc{{last, title={{乙}}}}\n"
    found = parse(text, Path("f.bib"))

    assert len(found.problems) == 1
    assert str(found.problems[0]).startswith(message)
    assert found.entries["ok"].fields == {"title": "甲"}
    assert ("last" in found.entries) == (not broken.endswith("{x"))
    if "entry 'a'" in message:
        with pytest.raises(YinzhengError, match="is there, but cannot be read; repair it first"):
            merge(text, [NEW])


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("", dump(NEW)),
        ("% no entry", "% no entry\n\n" + dump(NEW)),
        ("@misc{b, t={x}}\n", "@misc{b, t={x}}\n\n" + dump(NEW)),
        ("@comment{@book{a, t={x}}}\n@book{a, t={x}} @misc{b, t={y}}", "@comment{@book{a, t={x}}}\n" + dump(NEW).strip() + " @misc{b, t={y}}"),
    ],
)  # fmt: skip
def test_merge(text: str, merged: str) -> None:
    assert merge(text, [NEW]) == merged
    assert merge(merged, [NEW]) == merged


def test_merge_loses_no_comment() -> None:
    with pytest.raises(YinzhengError, match="the entry a has comments inside, which would be lost"):
        merge(OLD, [NEW])
    assert merge(OLD, [Entry("book", "a", {"title": "甲", "year": "1999"})]) == OLD
    assert merge(OLD, [Entry("misc", "c", {"note": "y"})]) == OLD.replace(
        '@Misc(c, note="x")', "@misc{c,\n  note = {y},\n}"
    )


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (Entry("misc", "a b", {}), "no spaces"),
        (Entry("misc", "a", {"title": "x} y"}), "braces of title are not balanced"),
        (Entry("misc", "a", {"title": "x\x1b[31m"}), "control characters"),
        (Entry("misc", "a", {"ti,tle": "x"}), "would not read back"),
    ],
)
def test_what_would_not_read_back_is_not_written(entry: Entry, message: str) -> None:
    with pytest.raises(YinzhengError, match=message):
        dump(entry)


def test_names_and_related_entries() -> None:
    literal = [PersonName(literal=name) for name in ("陳蕊", "Yinzheng and Sons", "王小明", "欧阳 修", "OECD")]
    assert names("{陳蕊} and {Yinzheng and Sons} and 王小明 and 欧阳 修 and OECD") == tuple(literal)
    assert names("Proakis, J. G. AND Manolakis, D. G. And Others")[1:] == (
        PersonName("Manolakis", "D. G."),
        PersonName(literal="others"),
    )
    assert names("Park, Seohee Ashley and Jane\nDoe and M{\\\"u}ller, K.") == (
        PersonName("Park", "Seohee Ashley"), PersonName("Doe", "Jane"), PersonName("Müller", "K."),
    )  # fmt: skip
    found = parse("@a{x, related={y}} @a{y, related={z,x}} @a{z, crossref={nowhere}}")
    assert [entry.key for entry in closure(found, ["x", "nowhere"])] == ["z", "y", "x"]
