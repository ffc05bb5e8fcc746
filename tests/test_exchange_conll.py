"""CoNLL and CoNLL-U: every annotation on whole tokens, the text as it was, and back to the same places and labels."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import conllu
import pytest
from composed import composed, forget, returns, run
from conftest import SHARED, yinzheng
from hypothesis import given
from hypothesis import strategies as st
from yinzheng.errors import YinzhengError
from yinzheng.exchanging import conll, form
from yinzheng.exchanging.tokens import words
from yinzheng.records import Annotation
from yinzheng.workspace import FILES, TYPES, Workspace

FORMS = ("conll", "conll-words", "conllu")


def places(folder: Path, work: str, edition: str | None = None) -> Counter[tuple[str, str, int, int, str]]:
    notes: list[Annotation] = []
    for kind in FILES:
        notes += Workspace(folder).annotations(work, kind, edition, None)  # type: ignore[arg-type]
    return Counter((note.type, note.paragraph, note.start, note.end, note.label) for note in notes)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("edition", ["digest-en", "digest-zh"])
def test_the_records_that_stand_here_stay_as_they_are(demo: Path, form: str, edition: str) -> None:
    returns(demo, f"park2023/{edition}", form, whole=False)
    before = places(demo, "park2023", edition)
    forget(demo, "park2023", edition)
    run(demo, "import", str(demo.parent / f"{demo.name}.{form}"), "--from", form)

    assert places(demo, "park2023", edition) == before


@pytest.mark.parametrize("name", FORMS)
def test_what_overlaps_is_held_or_counted(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    composed(folder)
    before = places(folder, "odd")
    out = tmp_path / "out"
    told = run(folder, "export", "odd", "--to", name, "--status", "all", "-o", str(out))[1]
    forget(folder, "odd")
    run(folder, "import", str(out), "--from", name)
    after = places(folder, "odd")

    assert after <= before
    missing = sum((before - after).values())
    assert missing == 0 if name == "conllu" else missing > 0
    assert (f"{missing} × an annotation that overlaps" in told) == bool(missing)
    assert f"{sum(before.values())} × CoNLL has" in told


def test_conllu_says_the_text_as_it_is(tmp_path: Path) -> None:
    """Detokenised by the rules of Universal Dependencies, every sentence is its text."""
    folder = composed(tmp_path)
    out, _ = run(folder, "export", "odd", "--to", "conllu")
    texts = {one.id: one.text or "" for one in Workspace(folder).paragraphs("odd")}
    seen: dict[str, str] = {}
    paragraph = ""
    for sentence in conllu.parse(out):
        paragraph = sentence.metadata.get("newpar id", paragraph)
        pieces = [token["form"] + gap(token["misc"] or {}) for token in sentence]
        assert "".join(pieces).strip() == sentence.metadata["text"]
        assert [token["id"] for token in sentence] == list(range(1, len(sentence) + 1))
        assert all(token["form"] and not any(map(str.isspace, token["form"])) for token in sentence)
        seen[paragraph] = seen.get(paragraph, "") + "".join(pieces)
    assert {id: text.strip() for id, text in seen.items()} == {
        id: text.replace("\u2028", " ") for id, text in texts.items()
    }


def gap(misc: dict[str, Any]) -> str:
    if "SpacesAfter" in misc:
        return str(misc["SpacesAfter"]).replace(r"\s", " ").replace(r"\u3000", "\u3000").replace(r"\u00a0", "\u00a0")
    return "" if misc.get("SpaceAfter") == "No" else " "


@given(
    st.text(
        st.sampled_from("長长城a1.,%é\u0301👩\u200d🔬\ufe0f \u3000。!'’-_\U0002f800")
        | st.characters(exclude_categories=["Cs"])
    )
)
def test_words_together_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text
    assert all(words(text))


def read(name: str, text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    documents = form(name).read({"x": text.encode()})
    return [(one.text, [(one.text[span.start : span.end], span.label) for span in one.spans]) for one in documents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.N. NNP I-NP I-ORG\nofficial NN I-NP O\nEkeus NNP I-NP I-PER\n. . O O\n",
         [("U.N. official Ekeus .", [("U.N.", "ORG"), ("Ekeus", "PER")])]),
        ("-DOCSTART- -X- O O\n\nA I-X\nB B-X\nC I-X\n\nD O\n", [("A B C", [("A", "X"), ("B C", "X")]), ("D", [])]),
        ("北\tB-LOC\r\n京\tE-LOC\r\n人\tS-NORP\r\n#\tO\r\n", [("北京人#", [("北京", "LOC"), ("人", "NORP")])]),
        ("# text = 我去A城\n1\t我\tO\t-\t-\n2\t去\tO\t-\t-\n3\tA城\tB-LOC\t-\t-\n\n1\t1\tO\t-\t-\n", [("我去A城", [("A城", "LOC")]), ("1", [])]),
        ("# newpar\n# text = a  b\na\tB-X\nb\tI-X\n\n# text = c\nc\tO\n", [("a  b c", [("a  b", "X")])]),
    ],
)  # fmt: skip
def test_the_conll_of_other_tools_is_read(text: str, expected: object) -> None:
    assert read("conll", text) == expected


NER = "#\thttps://example.org\n1\tDie\tO\tO\n2\tBank\tB-ORG\tO\n3\tvon\tI-ORG\tO\n4\tJapan\tI-ORG\tB-LOC\n\n"


@pytest.mark.parametrize(
    ("text", "found", "aside"),
    [
        (NER, [("Bank von Japan", "ORG"), ("Japan", "LOC")], 0),  # GermEval: outer and inner
        (NER.replace("B-LOC", "O"), [("Bank von Japan", "ORG")], 0),
        ("U.N. NNP B-NP I-ORG\nhas VBZ B-VP O\n\nIt PRP B-NP O\nis VBZ B-VP O\n", [("U.N.", "ORG")], 4),
        ("It PRP B-NP O\nis VBZ B-VP O\n", [], 2),  # no name in the whole file
        ("a B-Gene B-Protein\nb O O\n", [("a", "Protein")], 1),
        ("a b-52 B-X\nb O O\nc c O\n", [("a", "X")], 0),  # a column of words, not of tags
        ("# global.columns = ID FORM NER\n1\ta\tB-X\n2\tb\tO\n", [("a", "X")], 0),
        ("3\u00a0km B-QUANTITY\noff O\n", [("3\u00a0km", "QUANTITY")], 0),
    ],
)
def test_every_column_of_names_is_read_and_other_columns_are_counted(
    text: str, found: list[tuple[str, str]], aside: int
) -> None:
    documents = form("conll").read({"x": text.encode()})

    assert [(one.text[span.start : span.end], span.label) for one in documents for span in one.spans] == found
    assert sum(one.lost.total() for one in documents) == aside


def test_a_damaged_tag_of_names_is_not_read_past() -> None:
    with pytest.raises(YinzhengError, match="'ORG' is no tag"):
        form("conll").read({"x": b"U.N. B-NP ORG\nsaid B-VP O\n"})


@pytest.mark.parametrize("name", ["conll", "conll-words", "conllu"])
@pytest.mark.parametrize("data", ["a\tO\n".encode("utf-16"), b"a\tO\n\xff" + b"secret" * 99])
def test_what_is_not_utf_8_is_told_by_its_place(name: str, data: bytes) -> None:
    with pytest.raises(YinzhengError, match="not UTF-8 at byte") as told:
        form(name).read({"x.conll": data})
    assert "x.conll" in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("name", ["gsd-dev", "simp-dev", "gsd-train"])
def test_no_span_of_universal_ner_is_lost(name: str) -> None:
    path = SHARED / "data" / "uner" / f"{name}.iob2"
    if not path.exists():
        pytest.skip("Universal NER is not on this machine")
    data = path.read_bytes()
    documents = form("conll").read({name: data})

    assert sum(len(one.spans) for one in documents) == data.count(b"\tB-") > 500
    assert [one.text for one in documents] == re.findall(r"(?m)^# text = (.*)$", data.decode())


def test_the_conllu_of_other_tools_is_read() -> None:
    rows = ["1-2\tdel\t_\t_\t_\t_\t_\t_\t_\tner=B-ORG", "1\tde\t_\t_\t_\t_\t_\t_\t_\t_", "2\tel\t_\t_\t_\t_\t_\t_\t_\t_",
            "3\tSur\t_\t_\t_\t_\t_\t_\t_\tner=I-ORG|SpaceAfter=No", "3.1\tx\t_\t_\t_\t_\t_\t_\t_\t_", "4\t.\t_\t_\t_\t_\t_\t_\t_\t_"]  # fmt: skip
    corefud = "1\tA\t_\t_\t_\t_\t_\t_\t_\tEntity=(e1-person-1-(e2-abstract-1-)\n2\tb\t_\t_\t_\t_\t_\t_\t_\tEntity=e1)\n"

    assert read("conllu", "\n".join(rows) + "\n\n") == [("del Sur.", [("del Sur", "ORG")])]
    whose = ["1\tto\t_\t_\t_\t_\t_\t_\t_\t_", "2-3\tNg's\t_\t_\t_\t_\t_\t_\t_\t_",
             "2\tNg\t_\t_\t_\t_\t_\t_\t_\tEntity=(e1-x(e2-person|NER=B-PERSON", "3\t's\t_\t_\t_\t_\t_\t_\t_\tEntity=e2)|NER=O",
             "4\tbag\t_\t_\t_\t_\t_\t_\t_\tEntity=e1)"]  # fmt: skip

    assert read("conllu", "\n".join(whose) + "\n\n") == [
        ("to Ng's bag", [("Ng's", "PERSON"), ("Ng's", "person"), ("Ng's bag", "x")])
    ]
    assert read("conllu", corefud + "\n") == [("A b", [("A", "abstract"), ("A b", "person")])]
    assert form("conllu").read({"x": f"{corefud}\n".encode()})[0].lost.total() == 2


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("conll", "a\tB-X\nb\n", "x, line 2"), ("conll", "a\n", "x, line 1"), ("conll", "a\tO\nb\tX\n", "x, line 2"),
        ("conll", "# text = abc\nx\tO\n", "x, line 2"), ("conllu", "1\ta\tb\n\n", "not CoNLL-U"), ("conllu", "no\n\n", "not CoNLL-U"),
        ("conllu", "1\ta\t_\t_\t_\t_\t_\t_\t_\tEntity=(e1-X\n\n", "does not end"),
        ("conllu", "1\ta\t_\t_\t_\t_\t_\t_\t_\tEntity=e1)\n\n", "did not begin"),
    ],
)  # fmt: skip
def test_what_is_damaged_is_told_with_its_place(demo: Path, name: str, text: str, message: str) -> None:
    (demo / "x").write_text(text)
    done = yinzheng("import", "x", "--from", name, "--work", "park2023", cwd=demo)

    assert done.returncode == 1
    assert message.replace(", line ", ":") in done.stderr or message in done.stderr
    assert "Traceback" not in done.stderr


def rows(*words: str) -> str:
    """A sentence of CoNLL-U, a word and its MISC in turn."""
    pairs = zip(words[::2], words[1::2], strict=True)
    return "".join(f"{at}\t{word}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n" for at, (word, misc) in enumerate(pairs, 1)) + "\n"


@pytest.mark.parametrize("name", ["conll", "conllu"])
def test_paragraphs_with_ids_of_another_tool_are_found_by_their_letters(demo: Path, name: str) -> None:
    """Universal Dependencies number paragraphs as they like: p1, weblog-blogspot.com_x_20041122094100_ENG-p0001 …"""
    there = [one for one in Workspace(demo).paragraphs("park2023", "digest-en") if one.kind == "body"][:2]
    text = ""
    for number, paragraph in enumerate(there, 1):
        tokens = [token for token in words(paragraph.text or "") if not token.isspace()]
        text += f"# newdoc id = d{number}\n# newpar id = p{number}\n"
        if name == "conll":
            text += (
                f"# text = {paragraph.text}\n{tokens[0]}\tB-EVENT\n"
                + "".join(f"{one}\tO\n" for one in tokens[1:])
                + "\n"
            )
        else:
            said = [cell for token in tokens for cell in (token, "_")]
            text += rows(tokens[0], "NER=B-EVENT", *said[2:])
    (demo / "x").write_text(text, encoding="utf-8")
    printed, told = run(demo, "import", "x", "--from", name, "--work", "park2023")

    assert "left out" not in printed + told
    notes = [one for one in Workspace(demo).annotations("park2023", "entity", status=None) if one.label == "EVENT"]
    assert {(note.paragraph, note.letter_start) for note in notes} >= {(one.id, 0) for one in there}


def test_half_of_a_character_between_words_is_refused(demo: Path) -> None:
    (demo / "x").write_text(rows("Sony", r"Entity=(e1-ORG)|SpacesAfter=\ud800", "paid", "_"))
    done = yinzheng("import", "x", "--from", "conllu", "--work", "new", cwd=demo)

    assert (done.returncode, "half of a character" in done.stderr) == (1, True)


def test_a_new_work_comes_in(empty: Path) -> None:
    (empty / "x.conll").write_text(
        "台\tB-GPE\n北\tI-GPE\n很\tO\n大\tO\n。\tO\n\nSony\tB-ORG\npaid\tO\n.\tO\n", encoding="utf-8"
    )
    run(empty, "import", "x.conll", "--from", "conll", "--work", "new")
    notes = [note for kind in TYPES for note in Workspace(empty).annotations("new", kind)]  # type: ignore[arg-type]

    assert {(note.text, note.label) for note in notes} == {("台北", "GPE"), ("Sony", "ORG")}
    assert conll.joined(["a", "b"]) == "a b"
