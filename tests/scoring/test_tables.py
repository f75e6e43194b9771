"""Tables for export: hidden marks, numbers that stay numbers, text that no spreadsheet runs."""

from __future__ import annotations

import csv
import io

import msgspec
import numpy as np
import pytest

from instruments.battery import STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.records import WordingLine
from scoring.hours import DEFAULT_HOURS
from scoring.records import Release
from scoring.reference import default_reference
from scoring.release import build_release
from scoring.tables import HIDDEN, codebook, release_tables, safe_text
from tests.scoring.people import attribute, header, policy, random_people


def release(seed: int = 3, people: int = 90) -> Release:
    """Return a release in which some rows are hidden."""
    rng = np.random.default_rng(seed)
    rules = policy((attribute("department", (50, 50, 40)),), 140)
    groups = {"department": rng.choice([1, 2, 3], people)}
    minutes = rng.choice([0.0, 10.0, 40.0], people)
    return build_release(
        random_people(seed, people), DEFAULT_HOURS, groups, minutes, rules, header(people, 140)
    )


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@now",
        "\t=1",
        "\r=1",
        "  =1",
        "'=1",
        '"=1',
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " “=1",
        "\u00a0=1",
    ],
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Sales", "A-B", "a = b", "3 people", "*", "'quoted'", "Büro", "(=)"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


def test_every_released_table_is_there_with_its_rows_and_total() -> None:
    made = release()
    tables = release_tables(made)
    ids = {t.id for t in made.counts} | {t.id for t in made.hours} | {t.id for t in made.minutes}
    assert set(tables) == ids | {"about"}
    for rows in tables.values():
        assert len({len(row) for row in rows}) == 1
    assert tables["response-department"][-1] == ["Everybody", 90, 140]


def test_hidden_numbers_are_a_mark_and_shown_ones_stay_numbers() -> None:
    """Each cell of the export is the released number, or the one mark where the release has none."""
    marks = 0
    for seed in range(6):
        made = release(seed, 45)
        tables = release_tables(made)
        for counts in made.counts:
            for given, row in zip(tables[counts.id][1:], counts.rows, strict=False):
                assert given[0] == row.group
                expected = [HIDDEN if cell is None else cell for cell in row.cells]
                assert given[3:] == expected
                marks += expected.count(HIDDEN)
    assert marks > 0


def test_a_withheld_total_is_marked_too() -> None:
    made = release()
    blank = msgspec.structs.replace(made.counts[1], total=None)
    rows = release_tables(msgspec.structs.replace(made, counts=(blank,)))[blank.id]
    assert rows[-1][0] == "Everybody"
    assert set(rows[-1][3:]) == {HIDDEN}


def test_a_group_name_that_is_a_formula_is_harmless_in_the_csv() -> None:
    made = release()
    bad = msgspec.structs.replace(made.counts[0].rows[0], group='=HYPERLINK("x")')
    rows = (bad, *made.counts[0].rows[1:])
    counts = (msgspec.structs.replace(made.counts[0], rows=rows),)
    file = io.StringIO()
    csv.writer(file).writerows(release_tables(msgspec.structs.replace(made, counts=counts))[counts[0].id])
    assert '"\'=HYPERLINK(""x"")"' in file.getvalue()


def test_the_codebook_tells_wording_marks_rules_and_what_a_star_means() -> None:
    battery = build_battery("standard", "en", (), STANDARD, shipped)
    line = WordingLine(
        instrument="edmondson-1999",
        name="x",
        wording="adapted wording",
        wording_sha256="w",
        reference="assumed",
    )
    made = release()
    facts = msgspec.structs.replace(made.header, wordings=(line,))
    rows = codebook(msgspec.structs.replace(made, header=facts), battery, default_reference(battery))
    assert {len(row) for row in rows} == {4}
    told = {(row[0], row[1], row[2]): row[3] for row in rows}
    assert "hidden" in str(told["mark", HIDDEN, "means"])
    assert told["instrument", "edmondson-1999", "wording"] == "adapted wording"
    assert told["instrument", "edmondson-1999", "reference"] == "assumed"
    assert told["scale", "edmondson-1999/psychological_safety", "items"] == 7
    assert told["scale", "edmondson-1999/psychological_safety", "share of items that must be answered"] == 0.8
    for part in battery.parts:
        if part.instrument.scoring is not None:
            assert told["instrument", part.instrument.id, "scoring rule"] == safe_text(
                part.instrument.scoring.rule
            )
            assert ("instrument", part.instrument.id, "missing answers") in told
    assert any("(recalled)" in str(row[2]) for row in rows)
    titles = {
        title
        for name, table in release_tables(made).items()
        if name.startswith("hours-")
        for title in table[0]
    }
    assert titles - {"group"} <= {row[1] for row in rows if row[0] == "column"}
    assert {row[1] for row in rows if row[0] == "table"} == set(release_tables(made)) - {"about"}
