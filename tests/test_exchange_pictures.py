"""Pictures: right numbers, in one currency as stated; readable by a machine, an eye and an ear; the same every time."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from conftest import ROOT, yinzheng
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from PIL import Image
from yinzheng import YinzhengError
from yinzheng.exchanging.held import Held, held
from yinzheng.exchanging.page.glossary import glossary
from yinzheng.exchanging.pictures import PICTURES, drawings, missing, pictures
from yinzheng.exchanging.pictures.drawing import ACROSS, OKABE_ITO, ink
from yinzheng.exchanging.pictures.money import Scale, in_lines
from yinzheng.exchanging.pictures.told import Amount, Label, money, sections, spread, together
from yinzheng.records import Claim, Entity, Figure, Name
from yinzheng.terminal import width
from yinzheng.workspace import Workspace

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def park() -> list[Held]:
    return held(Workspace(ROOT), "park2023", ["digest-en", "zh"], ("claim", "entity", "figure"))


@pytest.fixture(scope="module")
def drawn(park: list[Held]) -> dict[str, bytes]:
    return pictures(park)


def texts(svg: bytes) -> list[str]:
    return ["".join(map(str, node.itertext())) for node in etree.fromstring(svg).iter(f"{SVG}text")]


def test_every_picture_says_in_words_what_it_is_and_shows(drawn: dict[str, bytes]) -> None:
    assert sorted(drawn) == sorted(f"{edition}/{name}" for edition in ("digest-en", "zh") for name in PICTURES)
    for svg in drawn.values():
        root = etree.fromstring(svg)
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert root.get("role") == "img"
        assert title is not None
        assert desc is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert len(desc.text) > 80
        shown = texts(svg)
        assert all(part in shown for part in title.text.split(" ", 1))
        assert any(text.startswith("來源 Source: park2023/") for text in shown)


def test_labels_are_in_both_languages(drawn: dict[str, bytes]) -> None:
    for edition in ("digest-en", "zh"):
        shown = texts(drawn[f"{edition}/names"])
        assert {"技術民族主義", "technonationalism", "台積電", "Taiwan Semiconductor Manufacturing Company"} <= {*shown}
        assert {"補貼 subsidy", "貸款 loan"} <= {*texts(drawn[f"{edition}/money-by-year"])}
        assert "因果論斷 causal" in texts(drawn[f"{edition}/claims"])


def test_several_stand_in_one_page_whose_policy_allows_no_styles(drawn: dict[str, bytes]) -> None:
    page = b"".join(drawn.values()).decode()
    ids = re.findall(r'\bid="([^"]*)"', page)

    assert len(ids) == len(set(ids))
    assert {*re.findall(r'(?:href="#|url\(#)([^")]*)', page)} <= {*ids}
    assert "<style" not in page
    assert "style=" not in page


def test_the_same_picture_every_time(drawn: dict[str, bytes], tmp_path: Path) -> None:
    for to in ("svg", "png"):
        for seed in ("1", "2"):
            arguments = ["export", "park2023/digest-en", "--to", to, "-o", str(tmp_path / to / seed)]
            done = yinzheng(*arguments, cwd=ROOT, PYTHONHASHSEED=seed)
            assert done.returncode == 0, done.stderr
        one, two = ({path.name: path.read_bytes() for path in (tmp_path / to / s).rglob("*.*")} for s in ("1", "2"))
        assert len(one) == len(PICTURES)
        assert one == two


def test_png_is_as_large_as_it_says(park: list[Held]) -> None:
    for drawing in drawings(park[:1]).values():
        image = Image.open(io.BytesIO(drawing.png()))
        assert image.format == "PNG"
        assert image.width == 1440
        assert len(image.convert("RGB").getcolors(10**6) or []) > 20  # and something is on it


def test_money_is_what_the_text_states(park: list[Held]) -> None:
    for one in park:
        told = money(one)
        assert told is not None
        assert told.unit == "JPY"
        assert told.others == {"USD": 2}  # the third is a conversion that the text itself gives
        stated = {(a.low / 1e9, a.year, a.payer.en, a.measure) for a in told.amounts}
        assert stated == {
            (20.0, 2009, "Taiwan Memory Corporation", "investment"),
            (30.0, 2009, "Development Bank of Japan", "investment"),
            (100.0, 2009, "Bank of Tokyo-Mitsubishi UFJ", "loan"),
            (2000.0, 2017, "Pangea consortium", "price"),
            (400.0, 2021, "Japan", "subsidy"),
            (19.0, None, "Japan", "subsidy"),
            (37.0, None, "not stated", "cost"),
        }


def test_what_is_left_out_is_told(drawn: dict[str, bytes]) -> None:
    for name in ("money-by-year", "money-by-payer"):
        assert "未列：2 筆以 USD 計。 Left out: 2 stated in USD." in texts(drawn[f"digest-en/{name}"])


def figures(one: Held, *changes: dict[str, object]) -> Held:
    """The edition with figures made of its first, on one paragraph, in this order."""
    first = next(note for note in one.notes if isinstance(note, Figure))
    blank = dict.fromkeys(("value", "min", "max", "unit", "edtf", "equals", "payer", "payee", "bound", "measure"))
    made = []
    for at, change in enumerate(changes):
        values = {"id": f"park2023.f{at:08}", "label": "MONEY", "letter_start": at, "value_list": (), **blank, **change}
        made.append(replace(first, **values))  # type: ignore[arg-type]
    return replace(one, notes=tuple(made))


def test_a_year_is_only_what_stands_before_it_as_a_single_year(park: list[Held]) -> None:
    yen = {"unit": "JPY", "value": 5.0}
    one = figures(
        park[0],
        {**yen, "value": 1.0},
        {"label": "DATE", "edtf": "2009-06"}, {**yen, "value": 2.0},
        {"label": "DATE", "edtf": "1998/2003"}, {**yen, "value": 3.0},
        {"label": "DATE", "edtf": "2000~"}, {**yen, "value": 4.0},
        {"label": "DATE", "edtf": "2022", "bound": "<="}, {**yen, "value": 5.0},
        {"label": "DATE", "edtf": "198X"}, {**yen, "value": 6.0},
        {**yen, "value": 7.0, "edtf": "2021"},
        {"label": "DATE", "edtf": "2008-04/2008-09"}, {**yen, "value": 8.0},
        {"label": "DATE", "edtf": "2008-04/2010-03"}, {**yen, "value": 9.0},
        {"label": "DATE", "edtf": "?2008-XX-~11"}, {**yen, "value": 10.0},
        {"label": "DATE", "edtf": "2008-04-01/.."}, {**yen, "value": 11.0},
    )  # fmt: skip
    told = money(one)

    assert told is not None
    assert [amount.year for amount in told.amounts] == [
        None, 2009, None, 2000, None, None, 2021, 2008, None, 2008, None,
    ]  # fmt: skip


def test_an_amount_stated_twice_is_there_once_and_a_range_is_one(park: list[Held]) -> None:
    one = figures(
        park[0],
        {"unit": "EUR", "value": 9.0},
        {"label": "DATE", "edtf": "2009"}, {"unit": "EUR", "value": 9.0},
        {"unit": "EUR", "min": 2.0, "max": 4.0},
        {"unit": "EUR", "value_list": (1.0, 2.0)},
        {"unit": "JPY", "value": 3.0, "equals": "park2023.f00000003"},
        {"unit": "JPY", "value": 8.0},
        {"value": 8.0},
    )  # fmt: skip
    told = money(one)

    assert told is not None
    assert [(amount.low, amount.high, amount.year) for amount in told.amounts] == [(9.0, 9.0, 2009), (2.0, 4.0, 2009)]
    assert (told.unit, told.unclear, told.others, told.bare, told.again) == ("EUR", 1, {"JPY": 1}, 1, 1)
    for name in ("money-by-year", "money-by-payer"):
        shown = texts(pictures([one])[f"digest-en/{name}"])
        assert (
            "未列：1 筆以 JPY 計，1 筆未說明貨幣，1 筆沒有單一數值。 "
            "Left out: 1 stated in JPY, 1 without a currency, 1 without a single value."
        ) in shown
        assert (
            "同一筆金額只畫一次，另有 1 處是重提。 An amount is drawn once; 1 more only state one of them again."
            in shown
        )


def test_equal_sums_of_other_years_are_other_sums(park: list[Held]) -> None:
    yen = {"unit": "JPY", "value": 1e10}
    one = figures(park[0], {**yen, "edtf": "2019"}, yen, {**yen, "edtf": "2020"}, {**yen, "edtf": "2020"})
    told = money(one)

    assert told is not None
    assert [amount.year for amount in told.amounts] == [2019, 2020]
    assert told.again == 2
    for svg in pictures([one]).values():
        assert texts(svg).count("100億 10 billion") == 2


def test_bounds_and_approximations_are_no_exact_sums(park: list[Held]) -> None:
    one = figures(
        park[0],
        {"unit": "JPY", "value": 2e10, "bound": ">="},
        {"unit": "JPY", "value": 2e10, "bound": "<="},
        {"unit": "JPY", "value": 2e10, "bound": "<"},
        {"unit": "JPY", "value": 2e10, "bound": ">", "approx": True},
        {"unit": "JPY", "value": 3.7e10, "approx": True},
        {"unit": "JPY", "value": 2e10},
    )
    wanted = {"≥20", "≤20", "<20", ">≈20", "≈37", "20"}
    for svg in pictures([one]).values():
        shown = {text.split(" ")[1] for text in texts(svg) if re.search("億 .*billion$", text)}
        assert wanted <= shown
        assert all(f" {number} billion JPY" in etree.fromstring(svg).find(f"{SVG}desc").text for number in wanted)


def test_sums_of_any_size_are_told_apart_and_labelled_as_people_write_them(park: list[Held]) -> None:
    yen = {"unit": "JPY", "payer": next(iter(park[0].names))}
    one = figures(
        park[0],
        *({**yen, "value": value, "edtf": "2019"} for value in (1e15, -5e6, 3.0, 5e7, 1234567.0, 1234567.25)),
        {**yen, "min": 9e6, "max": 1.2e7},
        {**yen, "min": 9e5, "max": 1.2e6},
    )
    wanted = {
        "1,000萬億 1,000 trillion", "−500萬 −5 million", "3", "5,000萬 50 million", "1,234,567", "1,234,567.25",
        "900–1,200萬 9–12 million", "90–120萬 900,000–1.2 million",
    }  # fmt: skip
    for svg in pictures([one]).values():
        assert wanted <= {*texts(svg)}
    told = money(one)
    assert told is not None
    scale = Scale(told.amounts, 0)
    places = [scale.at(value) for value in (-5e6, 3.0, 9e6, 5e7, 1e15)]
    assert places == sorted(places)
    assert min(b - a for a, b in pairwise(places)) > 0.1  # inches


FINITE = st.floats(-1e300, 1e300)


@given(st.lists(st.tuples(FINITE, FINITE), min_size=1, max_size=30))
def test_a_scale_keeps_order_and_has_room_for_every_label(pairs: list[tuple[float, float]]) -> None:
    nobody = Label("", "")
    amounts = [Amount(min(pair), max(pair), None, nobody, nobody, nobody, None, "") for pair in pairs]
    scale = Scale(amounts, 0)
    values = sorted({*(value for amount in amounts for value in amount[:2])})

    places = [scale.at(value) for value in values]
    assert places == sorted(places)
    assert places[0] >= 0
    assert places[-1] <= ACROSS
    for line in in_lines(amounts, scale):
        assert all(scale.at(a.high) < scale.at(b.low) for a, b in pairwise(line))
    assert all(0 <= scale.at(tick) <= ACROSS for tick in scale.ticks())


def test_notes_are_as_wide_as_the_picture(park: list[Held]) -> None:
    codes = ("USD", "EUR", "CNY", "TWD", "KRW", "GBP", "CHF", "SEK", "NOK", "DKK", "AUD", "CAD", "NZD", "INR", "BRL")
    one = figures(park[0], *[{"unit": "JPY", "value": 5.0}] * 2, *({"unit": code, "value": 1.0} for code in codes))
    for name, drawing in drawings([one]).items():
        assert drawing.png()
        shown = texts(drawing.svg(name))
        joined = " ".join(shown)
        assert all(code in joined for code in codes)
        assert max(map(width, shown)) <= 150


def test_names_are_counted_where_they_stand(park: list[Held]) -> None:
    for one in park:
        by_name: dict[str, Counter[int]] = {}
        order = [paragraph.id for paragraph in one.paragraphs]
        for note in one.notes:
            if isinstance(note, Entity) and note.name:
                by_name.setdefault(note.name, Counter())[order.index(note.paragraph)] += 1
        found = spread(one, 10**6)
        assert [sum(line.places.values()) for line in found] == sorted(
            (count.total() for count in by_name.values()), reverse=True
        )
        japan = next(id for id, name in one.names.items() if name.en == "Japan")
        assert found[0] == (Label("日本", "Japan"), by_name[japan])


def test_who_appears_with_whom(park: list[Held]) -> None:
    for one in park:
        names, pairs = together(one, 12)
        named: dict[str, set[str]] = {}
        for note in one.notes:
            if isinstance(note, Entity) and note.name:
                named.setdefault(note.paragraph, set()).add(one.names[note.name].en or "")
        for (second, first), count in pairs.items():
            assert first < second
            assert count == sum({names[first].en, names[second].en} <= group for group in named.values())
        assert len(pairs) == sum(
            any({a.en, b.en} <= group for group in named.values()) for a, b in combinations(names, 2)
        )


def test_the_number_of_a_row_stands_first(park: list[Held]) -> None:
    long = {
        id: replace(name, zh_hant=None, zh_hans=None, en=f"{name.en} {'long ' * 20}")
        for id, name in park[0].names.items()
    }
    shown = texts(pictures([replace(park[0], names=long)])["digest-en/together"])

    assert [text.split(" ")[0] for text in shown if text.endswith("…")][:16] == [str(at) for at in range(1, 17)]


LONG = [
    "Organisation for Economic Co-operation and Development, at Paris",
    "W" * 90,
    "字" * 90,
    "i" * 300,
    "字W i" * 30,
]


def test_a_label_is_as_long_as_there_is_room_for(park: list[Held]) -> None:
    labels = [*((None, one) for one in LONG), *((one, LONG[0]) for one in LONG)] * 99
    names = {
        id: replace(name, zh_hant=zh, zh_hans=None, en=en)
        for (id, name), (zh, en) in zip(park[0].names.items(), labels, strict=False)
    }
    for name, drawing in drawings([replace(park[0], names=names)]).items():
        image = Image.open(io.BytesIO(drawing.png())).convert("L")
        marks = image.crop((0, 100, 495, image.height - 100)).point(lambda shade: 255 * (shade < 128)).getbbox()
        if "claims" not in name:
            assert marks is not None
            assert 8 <= marks[0] <= 32, name  # of 495 dots: at the edge it would be cut, far from it there is room


def test_who_pays_does_not_hide_who_is_paid(park: list[Held]) -> None:
    first, second, third = list(park[0].names)[:3]
    names = dict(park[0].names)
    for id, zh, en in ((first, "甲" * 60, LONG[0] * 2), (second, "乙會", "Otsu"), (third, "丙" * 60, LONG[0] * 2)):
        names[id] = replace(names[id], zh_hant=zh, en=en)
    yen = {"unit": "JPY", "value": 5.0}
    one = figures(park[0], {**yen, "payer": first, "payee": second}, {**yen, "payer": first, "payee": third})
    shown = texts(pictures([replace(one, names=names)])["digest-en/money-by-year"])

    assert [text for text in shown if re.fullmatch("甲{15,}… → 乙會", text)]
    assert [text for text in shown if re.fullmatch("Organisation for Economic .{10,}… → Otsu", text)]
    assert [text for text in shown if re.fullmatch("甲{7,}… → 丙{7,}…", text)]


def test_the_last_kind_of_money_is_other_once(park: list[Held]) -> None:
    yen = {"unit": "JPY", "value": 5.0}
    kinds = ["other", "other", "subsidy", "loan", "investment", "price", "cost", "valuation", "fine", None]
    one = figures(park[0], *({**yen, "measure": kind, "edtf": f"{2000 + at}"} for at, kind in enumerate(kinds)))
    for svg in pictures([one]).values():
        assert len([text for text in texts(svg) if "other" in text]) == 1


def test_a_name_in_neither_language_is_called_by_what_there_is(park: list[Held]) -> None:
    first = next(note for note in park[0].notes if isinstance(note, Entity))
    blank = replace(park[0].names[first.name or ""], zh_hant=None, zh_hans=None, en=None, abbr=None, aka=())
    named = replace(blank, abbr="MITI"), replace(blank, aka=("the ministry", "it")), blank, blank
    names = {f"n{at}": replace(name, id=f"n{at}") for at, name in enumerate(named)}
    notes = [replace(first, id=id, name=id, text=None if id == "n3" else "its words") for id in names]
    one = replace(park[0], names=names, notes=(*notes, *(replace(note, text="other words") for note in notes)))

    assert [line.name.either for line in spread(one, 9)] == ["MITI", "the ministry", "its words", "other words"]
    alone = replace(one, notes=(*notes[:3], replace(notes[3], text=None)))
    assert [line.name.either for line in spread(alone, 9)] == ["MITI", "the ministry", "its words", "n3"]
    heads = lxml_html.fragments_fromstring(glossary([alone], names))[1].findall(".//tbody/tr/th")  # and in the page
    assert sorted(head.text_content() for head in heads) == ["MITI", "its words", "n3", "the ministry"]


def test_claims_are_in_their_sections(park: list[Held]) -> None:
    digest, zh = park
    claims = [note for note in digest.notes if isinstance(note, Claim)]
    found = sections(digest)

    assert sum((section.kinds for section in found), Counter()) == Counter(claim.label for claim in claims)
    assert [section.numbers for section in found] == [
        section.numbers for section in sections(zh) if section.numbers
    ]  # by the alignment: the digest has no headings
    few = sections(digest, most=4)
    assert len(few) == 4
    assert sum((section.kinds for section in few), Counter()) == Counter(claim.label for claim in claims)
    assert {section.heading for section in found} == {""}  # a heading of the article may not go out


def test_claims_are_in_the_same_sections_however_the_edition_is_asked_for(
    park: list[Held], drawn: dict[str, bytes], tmp_path: Path
) -> None:
    yinzheng("export", "park2023/digest-en", "--to", "svg", "-o", str(tmp_path), cwd=ROOT)

    assert (tmp_path / "digest-en" / "claims.svg").read_bytes() == drawn["digest-en/claims"]
    assert "Claims by kind and section" in texts(drawn["digest-en/claims"])


def test_numbers_of_claims_stand_only_where_their_bars_have_room(park: list[Held]) -> None:
    claim = next(note for note in park[0].notes if isinstance(note, Claim))
    kinds = ("causal", "evaluative", "interpretive", "predictive", "normative", "definitional")
    sizes = {number: {1: 120, 11: 8, 21: 4}.get(number, 0) for number in range(1, 55)}
    notes = [
        replace(claim, paragraph=one.id, label=kinds[at % 6])  # type: ignore[arg-type]
        for one in park[0].paragraphs
        for at in range(sizes.get(one.number or 0, 0))
    ]
    svg = pictures([replace(park[0], headings={}, notes=tuple(notes))])["digest-en/claims"]
    rows: dict[float, list[float]] = {}
    for text in etree.fromstring(svg).iter(f"{SVG}text"):
        if text.get("font-size") == "7.5px" and (text.text or "").isdigit():
            assert text.text == "20"  # neither 1 nor 2, of bars that are narrower than a number
            rows.setdefault(float(text.get("y") or 0), []).append(float(text.get("x") or 0))
    [places] = rows.values()

    assert len(places) == 6
    assert min(b - a for a, b in pairwise(sorted(places))) > 20


def test_where_no_sections_are_known_the_picture_is_called_what_it_is(park: list[Held]) -> None:
    without = replace(park[0], headings={})

    assert [section.numbers for section in sections(without)][:2] == ["¶ 1–10", "¶ 11–20"]
    shown = texts(pictures([without])["digest-en/claims"])
    assert "論斷，按種類與段落" in shown
    assert "Claims by kind and place, ten paragraphs a row" in shown


def test_nothing_of_a_text_that_is_not_ours_is_in_a_picture(article: Path, demo: Path, tmp_path: Path) -> None:
    yinzheng("add", str(article), cwd=demo)
    yinzheng("export", "park2023/zh", "--to", "svg", "-o", str(tmp_path / "out"), cwd=demo)
    yinzheng("export", "park2023/zh", "--to", "svg", "-o", str(tmp_path / "with"), "--with-local-text", cwd=demo)
    headings = [p.text for p in Workspace(demo).paragraphs("park2023", "zh") if p.kind == "heading" and p.text]
    without, local = (texts((tmp_path / name / "zh" / "claims.svg").read_bytes()) for name in ("out", "with"))

    assert headings
    assert not any(heading[:6] in text for heading in headings for text in without if not text.startswith("來源"))
    assert any(heading[:6] in text for heading in headings for text in local)


def test_what_cannot_be_drawn_is_told(park: list[Held]) -> None:
    [digest, _] = park
    claims = replace(digest, notes=tuple(note for note in digest.notes if note.type == "claim"))

    assert list(pictures([claims])) == ["digest-en/claims"]
    assert len(missing([claims])) == len(PICTURES) - 1
    assert pictures([replace(digest, notes=())]) == {}


def test_pictures_go_into_a_folder_and_what_is_written_is_said(demo: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = yinzheng("export", "park2023/digest-en", "--to", "svg", *arguments, cwd=demo)
        return done.returncode, done.stderr

    folder, file = tmp_path / "out", tmp_path / "one.svg"
    code, said = run("--only", "claim", "-o", str(folder))  # one picture
    assert (code, [*folder.rglob("*.svg")]) == (0, [folder / "digest-en" / "claims.svg"])
    assert str(folder / "digest-en" / "claims.svg") in said
    assert "no picture" not in said  # of what was not asked for
    assert run("--only", "claim", "-o", str(file))[0] == 0
    assert file.read_bytes() == (folder / "digest-en" / "claims.svg").read_bytes()
    for name in ("pics.svg", "one.svg"):
        code, said = run("-o", str(tmp_path / name))
        assert code == 1
        assert "folder" in said
    assert sorted(path.name for path in tmp_path.glob("*.svg")) == ["one.svg"]
    assert run("-o", str(folder))[0] == 0
    assert len([*folder.rglob("*.svg")]) == len(PICTURES)
    code, said = run("--status", "rejected", "-o", str(tmp_path / "none"))
    assert code == 1
    assert "nothing of park2023/digest-en can go out as svg" in said
    assert not (tmp_path / "none").exists()


ODD = [
    "",
    "US$ $x_{$ \\frac",
    "<b>&\"'",
    "a\x00b\x1b[31m\ud800",
    "\U0001f469‍\U0001f680\u0301",
    "\u202eabc",
    "字" * 400,
    "x\ny",
]


def test_odd_names_and_many_of_them(park: list[Held]) -> None:
    one = park[0]
    first = next(note for note in one.notes if isinstance(note, Entity))
    label = next(iter(one.names.values()))
    names: dict[str, Name] = {}
    notes: list[Entity | Figure | Claim] = []
    for at in range(300):
        id = f"park2023.n{at:08}"
        names[id] = replace(label, id=id, zh_hant=ODD[at % len(ODD)], en=ODD[(at + 3) % len(ODD)])
        notes += [replace(first, id=f"{at}", name=id, paragraph=one.paragraphs[at % 20].id)] * 3
        changed = {"unit": "USD", "value": (at - 5) * 10.0 ** (at % 12), "payer": id, "measure": ODD[at % len(ODD)]}
        notes += [note for note in figures(one, changed).notes if isinstance(note, Figure)]
    odd = replace(one, names=names, notes=tuple(notes))

    for name, svg in pictures([odd]).items():
        assert etree.fromstring(svg).get("role") == "img", name
        assert len(texts(svg)) < 400  # the most frequent, and no hairball
    for drawing in drawings([odd]).values():
        assert drawing.png()[1:4] == b"PNG"


def test_colours_are_told_apart_and_read() -> None:
    def luminance(colour: Sequence[float]) -> float:
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    from matplotlib import colormaps

    assert len(set(OKABE_ITO)) == 7
    for step in range(101):
        shade = colormaps["cividis_r"](step / 100)
        light, dark = sorted((luminance(shade[:3]), {"white": 1.0, "black": 0.0}[ink(shade)]), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2, AA


def test_without_the_library_it_says_what_to_install(park: list[Held], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(YinzhengError, match=r"yinzheng\[pictures\]"):
        pictures(park)
