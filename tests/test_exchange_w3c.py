"""W3C Web Annotations: what goes out passes W3C's own schemas, and comes back as it was."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from composed import composed, returns, run
from conftest import SUITES, yinzheng
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry
from referencing.jsonschema import DRAFT4
from yinzheng.errors import YinzhengError
from yinzheng.exchanging import w3c
from yinzheng.workspace import Workspace

SUITE = SUITES / "web-annotation-tests"
JSON = dict[str, Any]


@cache
def musts(name: str) -> list[tuple[JSON, jsonschema.Draft4Validator]]:
    """The schemas that W3C's suite says an annotation or collection must pass, with format checking."""
    if not SUITE.is_dir():
        pytest.skip("w3c/web-annotation-tests is not on this machine")
    registry: Any = Registry()
    for path in (SUITE / "definitions").glob("*.json"):
        registry = registry.with_resource(path.name, DRAFT4.create_resource(json.loads(path.read_text("utf-8"))))
    assertions = json.loads((SUITE / name).read_text("utf-8"))["assertions"]
    schemas = [json.loads((SUITE / one).read_text("utf-8")) for one in assertions]
    checker = jsonschema.FormatChecker(formats=("uri", "date-time"))
    assert {"uri", "date-time"} <= set(jsonschema.Draft4Validator.FORMAT_CHECKER.checkers)
    del checker
    return [
        (
            one,
            jsonschema.Draft4Validator(
                one, registry=registry, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER
            ),
        )
        for one in schemas
    ]


def failures(data: JSON, name: str) -> list[str]:
    return [
        schema["id"]
        for schema, validator in musts(name)
        if validator.is_valid(data) != (schema["expectedResult"] == "valid") and schema["assertionType"] == "must"
    ]


def out(folder: Path, *what: str) -> JSON:
    data: JSON = json.loads(run(folder, "export", *what, "--to", "w3c", "--status", "all")[0])
    return data


def test_the_suite_finds_what_is_wrong(demo: Path) -> None:
    annotation = out(demo, "park2023/digest-en")["first"]["items"][0]
    musts_all = "annotations/annotationMusts.test"

    assert failures({**annotation, "id": "no iri"}, musts_all)
    assert failures({**annotation, "created": "yesterday"}, musts_all)
    assert failures({**annotation, "bodyValue": "x"}, musts_all)


@pytest.mark.parametrize("work", ["park2023", "odd"])
def test_every_annotation_passes_the_musts_of_w3c(demo: Path, work: str) -> None:
    data = out(composed(demo) if work == "odd" else demo, work)
    items = data["first"]["items"]

    assert len(items) == data["total"] > 100
    assert failures(data, "collections/collectionMusts.test") == []
    assert failures({"@context": w3c.CONTEXT, **data["first"]}, "collections/pages/pageMusts.test") == []
    assert {item["id"]: bad for item in items if (bad := failures(item, "annotations/annotationMusts.test"))} == {}


def test_positions_are_code_points_of_the_paragraph_and_quotations_say_where(tmp_path: Path) -> None:
    folder = composed(tmp_path)
    texts = {one.id: one.text or "" for one in Workspace(folder).paragraphs("odd")}
    for item in out(folder, "odd")["first"]["items"]:
        position, quote = item["target"]["selector"]
        text = texts[position["value"]]
        start, end = position["refinedBy"]["start"], position["refinedBy"]["end"]
        words = quote["refinedBy"]
        assert text[start:end] == words["exact"]
        assert words["prefix"] + words["exact"] + words["suffix"] in text
        assert (len(words["prefix"]), len(words["suffix"])) == (min(32, start), min(32, len(text) - end))


def test_words_that_are_not_ours_to_give_stay_here(article: Path, demo: Path) -> None:
    yinzheng("add", str(article), cwd=demo)
    for item in out(demo, "park2023/zh")["first"]["items"]:
        quotes = [one["refinedBy"] for one in item["target"]["selector"] if "exact" in one["refinedBy"]]
        assert all("prefix" not in one and "suffix" not in one for one in quotes)
        assert not quotes or item["id"].removeprefix("urn:yinzheng:park2023.")[0] in "ef"


@pytest.mark.parametrize("edition", ["digest-en", "digest-zh", "zh"])
def test_the_bundled_records_come_back(demo: Path, edition: str) -> None:
    returns(demo, f"park2023/{edition}", "w3c")


@pytest.mark.parametrize("text", ["included", "local"])
def test_composed_records_come_back(tmp_path: Path, text: str) -> None:
    (tmp_path / "a").mkdir()
    returns(composed(tmp_path / "a", text), "odd", "w3c")
    returns(tmp_path / "a", "odd", "w3c", "--with-local-text")


def foreign(**more: Any) -> JSON:
    """As another tool writes an annotation of its own on a paragraph of ours."""
    return {
        "@context": w3c.CONTEXT, "id": "#a1b2", "type": "Annotation",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": "Organization"},
                 {"type": "TextualBody", "purpose": "commenting", "value": "seen by me"}],
        **more,
    }  # fmt: skip


def test_what_another_tool_marked_comes_in_by_its_words(demo: Path) -> None:
    paragraph = next(
        one for one in Workspace(demo).paragraphs("park2023", "digest-en") if "Fujitsu" in (one.text or "")
    )
    at = (paragraph.text or "").index("attempt" if "attempt" in (paragraph.text or "") else "national security")
    words = (paragraph.text or "")[at : at + 8]
    target = {
        "source": f"https://example.org/digest.html#{paragraph.id}",
        "selector": [{"type": "TextQuoteSelector", "exact": words}, {"type": "TextPositionSelector", "start": at, "end": at + 8}],
    }  # fmt: skip
    (demo / "x.jsonld").write_text(json.dumps([foreign(target=target), foreign(target="https://example.org/")]))
    printed, told = run(demo, "import", "x.jsonld", "--from", "w3c")

    assert "1 new" in printed
    assert "names no paragraph of ours" in told
    [note] = [one for one in Workspace(demo).annotations("park2023", "entity") if one.note == "seen by me"]
    assert (note.text, note.label, note.paragraph, note.start) == (words, "ORG", paragraph.id, at)


def test_what_another_tool_changed_leads(demo: Path) -> None:
    data = out(demo, "park2023/digest-en", "--only", "entity")
    item = data["first"]["items"][0]
    item["body"][0]["value"] = "LAW"
    item["body"].append({"type": "TextualBody", "purpose": "commenting", "value": "no body, a law"})
    (demo / "x.jsonld").write_text(json.dumps(item))

    assert "1 in conflict" in run(demo, "import", "x.jsonld", "--from", "w3c")[0]


def target(paragraph: str, exact: str | None = None, position: tuple[int, int] | None = None) -> JSON:
    selectors: list[JSON] = []
    if exact is not None:
        selectors.append({"type": "TextQuoteSelector", "exact": exact})
    if position:
        selectors.append({"type": "TextPositionSelector", "start": position[0], "end": position[1]})
    return {"source": f"https://example.org/digest.html#{paragraph}", "selector": selectors}


def test_every_target_and_every_body_of_another_tool_comes_in(demo: Path) -> None:
    [one, other] = [one for one in Workspace(demo).paragraphs("park2023", "digest-en") if one.kind == "body"][1:3]
    bodies = [
        {"type": "TextualBody", "purpose": "tagging", "value": "Law"},
        {"type": "TextualBody", "purpose": "tagging", "value": "urgent"},
        {"type": "SpecificResource", "purpose": "identifying", "source": "http://www.wikidata.org/entity/Q1"},
        {"type": "TextualBody", "purpose": "commenting", "value": "by hand"},
        "https://example.org/more",
    ]
    places = [((one.text or "")[:2], one, (0, 2)), (None, other, (1, 4))]
    item = foreign(
        body=bodies,
        target=[target(paragraph.id, words, place) for words, paragraph, place in places],
        creator={"type": "Person", "name": "Ng", "id": "https://orcid.org/0000-0002-1825-0097"},
        created="2024-05-06T07:08:09Z",
    )
    (demo / "x.jsonld").write_text(json.dumps(item))
    run(demo, "import", "x.jsonld", "--from", "w3c")
    notes = [note for note in Workspace(demo).annotations("park2023", "entity") if "by hand" in (note.note or "")]

    assert [(note.paragraph, note.start, note.end, note.label) for note in notes] == [
        (paragraph.id, *place, "LAW") for _, paragraph, place in places
    ]
    for note in notes:
        assert (note.by, note.created) == ("Ng https://orcid.org/0000-0002-1825-0097", "2024-05-06T07:08:09Z")
        assert (note.note or "").split("; ") == [
            "by hand", "identifying: http://www.wikidata.org/entity/Q1", "linking: https://example.org/more", "label: urgent",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "label", "note"),
    [
        ({"bodyValue": "odd"}, "odd", None),
        ({"bodyValue": "odd", "motivation": "commenting"}, "TERM", "odd"),
        ({"body": {"value": "odd"}, "motivation": ["questioning"]}, "TERM", "questioning: odd"),
        ({"body": {"type": "Choice", "items": [{"value": "x"}, {"value": "y"}]}}, "x", "label: y"),
        ({"body": {"purpose": "linking", "source": {"id": "urn:x"}}}, "TERM", "linking: urn:x"),
    ],
)
def test_a_body_is_what_it_is_for(more: JSON, label: str, note: str | None) -> None:
    item = {"type": "Annotation", "target": target("odd.p00000000", "a"), **more}
    [document] = w3c.read({"x": json.dumps(item).encode()})

    assert [(span.label, span.columns.get("note")) for span in document.spans] == [(label, note)]


def test_a_position_that_was_changed_by_itself_is_told(demo: Path) -> None:
    data = out(demo, "park2023/digest-en", "--only", "entity")
    moved, both = data["first"]["items"][:2]
    position, quote = (one["refinedBy"] for one in moved["target"]["selector"])
    position.update(start=position["start"] + 3, end=position["end"] + 3)
    position, quote = (one["refinedBy"] for one in both["target"]["selector"])
    position.update(end=position["end"] - 1)
    quote.update(exact=quote["exact"][:-1])
    (demo / "x.jsonld").write_text(json.dumps([moved, both]))
    told = run(demo, "import", "x.jsonld", "--from", "w3c")[1]

    assert "note: an annotation's position and quotation do not agree" in told


def test_other_files_of_annotations_say_what_they_lack(demo: Path) -> None:
    item = foreign(target="https://example.org/")
    for data, message in (
        (f"{json.dumps(item)}\n{json.dumps(item)}\n".encode(), "JSON Lines"),
        (json.dumps({"total": 1, "rows": [item]}).encode(), "no target"),
        (json.dumps(item).encode("utf-16"), "not UTF-8 at byte 0"),
    ):
        with pytest.raises(YinzhengError, match=message) as told:
            w3c.read({"x.json": data})
        assert "x.json" in str(told.value)
        assert len(str(told.value)) < 300


def test_half_of_a_character_is_refused(demo: Path) -> None:
    paragraph = Workspace(demo).paragraphs("park2023", "digest-en")[0].id
    for body in ({"purpose": "tagging", "value": "\ud800"}, {"purpose": "commenting", "value": "\ud800"}):
        (demo / "x.jsonld").write_text(json.dumps(foreign(target=target(paragraph, "a"), body=body)))
        done = yinzheng("import", "x.jsonld", "--from", "w3c", cwd=demo)

        assert (done.returncode, "x.jsonld" in done.stderr) == (1, True), done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["", "[1, 2]", "null", '{"type": "AnnotationCollection", "first": "https://x.example/1"}',
                                  '[{"target": 3}]', '[{"target": {"selector": [{"type": "FragmentSelector"}]}}]'])  # fmt: skip
def test_what_is_none_says_so(demo: Path, text: str) -> None:
    (demo / "x.jsonld").write_text(text)
    done = yinzheng("import", "x.jsonld", "--from", "w3c", "--work", "park2023", cwd=demo)

    assert done.returncode == 1
    assert "x.jsonld" in done.stderr
    assert "Traceback" not in done.stderr


@given(st.recursive(st.none() | st.integers() | st.text(max_size=8), lambda one: st.lists(one, max_size=3) | st.dictionaries(
    st.sampled_from(["type", "target", "selector", "body", "value", "first", "items", "next", "source", "refinedBy", "purpose"]),
    one, max_size=4), max_leaves=12))  # fmt: skip
def test_any_json_is_read_or_refused(data: object) -> None:
    with suppress(YinzhengError, LookupError, ValueError, TypeError, AttributeError):
        w3c.read({"x": json.dumps(data).encode()})
