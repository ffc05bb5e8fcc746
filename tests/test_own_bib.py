"""`cite --bib FILE`: a writer's own bibliography gets what it lacks, and loses nothing."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from conftest import SHARED, yinzheng
from yinzheng import bib, store
from yinzheng.bib import Entry
from yinzheng.citing.merging import merge
from yinzheng.citing.same import same
from yinzheng.errors import YinzhengError

MINE = '% by hand\n@string{aj = {島報}}\n\n@book{a,\n  title = {甲}, % a note\n year = 1999\n}\nfree words\n@Misc(c, note="x")'
PARK = """@article{mypark, author = "Park, S. A.", title = {Japan and chips}, journal = {Asian Journal of Political Science},
 year = 2023, volume=31 }
"""
WORK = Entry("article", "doe2019", {"author": "Doe, Jane A.", "title": "An Example Title", "date": "2019", "doi": "10.5555/jps.2019"})  # fmt: skip
ZH = Entry(
    "article",
    "doe2021",
    {"author": "Doe, Jane A.", "translator": "{张三}", "title": "示例标题", "date": "2021", "related": "doe2019", "relatedtype": "translationof"},
)  # fmt: skip


def cite(cwd: Path, *arguments: str) -> str:
    done = yinzheng("cite", "park2023/digest-zh:3", "--to", "markdown", *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_what_is_there_stays_and_the_second_time_nothing_happens(demo: Path, newline: str, bom: bytes) -> None:
    path = demo / "my.bib"
    before = bom + MINE.replace("\n", newline).encode()
    path.write_bytes(before)
    path.chmod(0o640)
    cite(demo, "--bib", "my.bib")
    after = path.read_bytes()

    assert after.startswith(before)
    assert after.count(b"\n") == after.count(newline.encode())
    assert list(bib.parse(after.decode()).entries) == ["a", "c", "park2023", "park2023zh", "park2023digest-zh"]
    assert path.stat().st_mode & 0o777 == 0o640
    os.utime(path, (1, 1))
    cite(demo, "--bib", "my.bib")
    assert path.stat().st_mtime == 1
    assert path.read_bytes() == after
    assert [one.name for one in demo.iterdir() if "my.bib" in one.name] == ["my.bib"]


def test_a_new_file_is_made(demo: Path) -> None:
    cite(demo, "--bib", "new.bib")

    assert (demo / "new.bib").read_text(encoding="utf-8").startswith("@article{park2023,\n")


def test_the_writer_s_key_is_cited(demo: Path) -> None:
    (demo / "my.bib").write_text(PARK, encoding="utf-8")
    done = yinzheng("cite", "park2023/en", "park2023/zh", "--to", "markdown", "--bib", "my.bib", cwd=demo)

    assert "@mypark" in done.stdout
    assert "@park2023zh" in done.stdout
    assert "@park2023," not in done.stdout
    assert "park2023 is mypark there" in done.stderr
    entries = bib.parse((demo / "my.bib").read_text(encoding="utf-8")).entries
    assert list(entries) == ["mypark", "park2023zh"]
    assert entries["park2023zh"].fields["related"] == "mypark"
    assert (demo / "my.bib").read_text(encoding="utf-8").startswith(PARK)


def test_what_cannot_be_read_is_listed_and_kept(demo: Path) -> None:
    (demo / "my.bib").write_text("@book{good, title={x}}\n@book{broken, title = a b}\n", encoding="utf-8")
    done = yinzheng("cite", "park2023", "--to", "ris", "--bib", "my.bib", cwd=demo)

    assert done.returncode == 0
    assert "my.bib:2: entry 'broken' cannot be read" in done.stderr
    assert "@book{broken, title = a b}\n" in (demo / "my.bib").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("@book{甲, title={島}}".encode("gb18030"), "my.bib:1: this is not UTF-8"),
        ("@book{a}\n".encode("utf-16"), "this is not UTF-8"),
        (b"@book{open, title={x\n", "my.bib:1: an entry is not closed"),
        (b"@article{park2023, title = a b}\n", "park2023 is there, but cannot be read"),
    ],
)
def test_a_file_that_cannot_be_added_to_is_left_alone(demo: Path, content: bytes, message: str) -> None:
    (demo / "my.bib").write_bytes(content)
    done = yinzheng("cite", "park2023", "--to", "ris", "--bib", "my.bib", cwd=demo)

    assert done.returncode == 1
    assert message in done.stderr
    assert (demo / "my.bib").read_bytes() == content
    assert not done.stdout


def test_an_error_in_the_citation_writes_nothing(demo: Path) -> None:
    done = yinzheng("cite", "park2023", "--style", "nonesuch", "--bib", "my.bib", cwd=demo)

    assert done.returncode == 1
    assert not (demo / "my.bib").exists()


def test_keys_that_are_taken_get_a_letter() -> None:
    other = "@book{Doe2019, author={Doe, John}, title={Another}, date={2019}}\n"
    merged = merge(other, [WORK, ZH])

    assert merged.keys == {"doe2019": "doe2019a", "doe2021": "doe2021"}
    assert bib.parse(merged.text).entries["doe2021"].fields["related"] == "doe2019a"
    assert merged.said == ("the file: doe2019 is another work there; ours is doe2019a",)


def test_the_same_key_with_other_content_is_said_and_kept() -> None:
    own = "@article{doe2019, author={Doe, Jane}, title={An example title}, year={2019}, doi={10.5555/JPS.2019}}\n"
    merged = merge(own, [WORK])

    assert merged.text == own
    assert merged.said == ("the file: doe2019 stays as you have it (it differs in author, title, doi)",)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"doi": "https://doi.org/10.5555/JPS.2019", "title": "Whatever"}, True),
        ({"doi": "10.5555/other", "title": "An Example Title", "date": "2019"}, False),
        ({"title": "an example title: with a subtitle", "year": "2019"}, True),
        ({"title": "An Example Title", "year": "2020"}, False),
        ({"title": "An Example Title", "year": "2019", "author": "Roe, R."}, False),
    ],
)
def test_one_work(fields: dict[str, str], expected: bool) -> None:
    assert same(WORK, Entry("article", "x", fields)) is expected


def test_one_title_in_two_scripts_is_one_work() -> None:
    assert same(Entry("book", "a", {"title": "導讀：臺灣的島報歷史", "date": "1999"}), Entry("book", "b", {"title": "导读：台湾的岛报历史", "year": "1999"}))  # fmt: skip
    assert not same(Entry("book", "a", {"title": "導論"}), Entry("book", "b", {"title": "导论"}))


@pytest.mark.parametrize("name", ["example.bib", "example2025.bib"])
def test_real_bibliographies_keep_every_byte(name: str) -> None:
    path = SHARED / "data" / "bib" / name
    if not path.exists():
        pytest.skip("the bibliographies are not on this machine")
    text = path.read_bytes().decode()
    some = list(bib.parse(text).entries.values())[3::40]

    assert merge(text, some).text == text
    assert merge(text, [WORK, ZH]).text.startswith(text)


def test_two_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "my.bib"
    entries = [Entry("book", f"k{n}", {"title": f"Title {n}", "date": str(1900 + n)}) for n in range(8)]

    def write(entry: Entry) -> None:
        with store.holding(path):
            before = path.read_bytes() if path.exists() else b""
            store.replace_file(path, merge(before.decode(), [entry]).text.encode(), before)

    threads = [threading.Thread(target=write, args=(entry,)) for entry in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(bib.parse(path.read_text(encoding="utf-8")).entries) == {f"k{n}" for n in range(8)}


def test_what_another_program_wrote_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "my.bib"
    path.write_bytes(b"theirs")
    with pytest.raises(YinzhengError, match="meanwhile"):
        store.replace_file(path, b"ours", before=b"what we read")

    assert path.read_bytes() == b"theirs"
    assert [one.name for one in tmp_path.iterdir()] == ["my.bib"]


@pytest.mark.parametrize("name", ["/dev/null", "/dev/full", "-", "pipe", "folder", "folder/none/my.bib", "loop"])
@pytest.mark.skipif(os.name == "nt", reason="devices and pipes of POSIX")
def test_what_is_no_file_is_refused_and_not_touched(demo: Path, name: str) -> None:
    os.mkfifo(demo / "pipe")
    (demo / "folder").mkdir()
    (demo / "loop").symlink_to("loop")
    before, devices = sorted(demo.rglob("*")), sorted(Path("/dev").iterdir())
    done = yinzheng("cite", "park2023", "--to", "ris", "--bib", name, cwd=demo)
    forms = ("html", "brat") if not name.startswith("folder") else ()  # a folder is made for several files
    sent = [yinzheng("export", "park2023/digest-en", "--to", to, "--output", name, cwd=demo) for to in forms]

    for one in (done, *sent):
        assert one.returncode == 1, name
        assert one.stderr.splitlines()[-1].startswith("Error: ")
        assert "Traceback" not in one.stderr
        assert not one.stdout
    assert (sorted(demo.rglob("*")), sorted(Path("/dev").iterdir())) == (before, devices)


def test_a_read_only_file_is_refused_whoever_asks(demo: Path) -> None:
    (demo / "my.bib").write_text(PARK, encoding="utf-8")
    (demo / "my.bib").chmod(0o444)
    done = yinzheng("cite", "park2023", "--to", "ris", "--bib", "my.bib", cwd=demo)

    assert (done.returncode, done.stdout) == (1, "")
    assert "read-only" in done.stderr
    assert (demo / "my.bib").read_text(encoding="utf-8") == PARK
    assert [one.name for one in demo.iterdir() if "my.bib" in one.name] == ["my.bib"]


def test_an_export_wants_the_folder_of_its_file(demo: Path) -> None:
    done = yinzheng("export", "park2023/digest-en", "--to", "csv", "--output", "none/x.csv", cwd=demo)

    assert (done.returncode, done.stdout) == (1, "")
    assert "no such folder" in done.stderr
    assert not (demo / "none").exists()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"author": "{多伊}", "title": "示例標題", "year": "2021", "translator": "{張三}"}, True),
        ({"author": "{多伊}", "title": "示例標題", "year": "2021", "translator": "{李四}"}, False),
        ({"author": "{多伊}", "title": "示例標題：佔位符的實踐", "year": "2021"}, False),
        ({"author": "Roe, R.", "title": "示例標題", "year": "2021", "translator": "{張三}"}, False),
    ],
)
def test_one_translation_under_an_author_s_name_in_either_script(fields: dict[str, str], expected: bool) -> None:
    assert same(ZH, Entry("article", "x", fields)) is expected
    assert same(Entry("article", "x", fields), ZH) is expected
