"""Release and plan as plain text."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.records import TIERS, sha256_of
from scoring.records import Release
from tests.tui.desk_examples import (
    FEW,
    HOSTILE,
    HOURS_TABLE,
    PLAN,
    RELEASE,
    TIER_TABLE,
    WHOLE,
    renamed,
)
from tui.commands.review import tell
from tui.text.cells import pad, width_of, wrap
from tui.text.plan_text import plan_lines
from tui.text.summary import release_lines, summary_object

EXPLANATION = "hidden so that nobody is singled out"


def text_of(release: Release) -> str:
    return "\n".join(release_lines(release))


def joined(lines: tuple[str, ...]) -> str:
    """Undo wrapping, to look for sentences."""
    return " ".join(" ".join(lines).split())


def line_with(lines: tuple[str, ...], start: str, after: str) -> str:
    place = lines.index(after)
    return next(line for line in lines[place:] if line.startswith(start))


@pytest.mark.parametrize("release", [RELEASE, FEW, WHOLE, renamed(RELEASE, HOSTILE * 6)])
def test_no_line_is_wider_than_79_cells_and_none_ends_in_spaces(release: Release) -> None:
    lines = (*release_lines(release), *plan_lines(PLAN))
    assert max(width_of(line) for line in lines) <= 79
    assert not [line for line in lines if line != line.rstrip()]


def test_large_organisations_fit_too() -> None:
    """Four-digit counts and a long group name still give 79 cells with every number whole."""
    name = "Betriebsverfassungsangelegenheiten und Recht"
    row = msgspec.structs.replace(TIER_TABLE.rows[0], group=name, respondents=8241, headcount=9999)
    row = msgspec.structs.replace(row, cells=(2000, 2041, 2200, 2000))
    hours = msgspec.structs.replace(
        HOURS_TABLE.rows[0], group=name, respondents=8241, headcount=9999, hours=16800, low=9000, high=32000
    )
    release = msgspec.structs.replace(
        RELEASE,
        counts=(msgspec.structs.replace(TIER_TABLE, rows=(row,)),),
        hours=(msgspec.structs.replace(HOURS_TABLE, rows=(hours,)),),
    )
    text = text_of(release)
    assert max(width_of(line) for line in text.split("\n")) <= 79
    for number in ("8241 of 9999", ".2000", ":2041", "+2200", "16800", "9000-32000"):
        assert number in text


def test_the_hidden_mark_is_explained_once() -> None:
    assert joined(release_lines(RELEASE)).count(EXPLANATION) == 1


def test_a_hidden_row_shows_marks_and_its_respondents_but_no_count() -> None:
    line = line_with(release_lines(RELEASE), "Legal", "Support tiers by department")
    assert line.split() == ["Legal", "20", "of", "40", "*", "*", "*", "*"]


def test_counts_hidden_one_by_one_leave_the_others_of_their_row() -> None:
    """Also in a large organisation, within 79 cells."""
    some = msgspec.structs.replace(TIER_TABLE.rows[1], cells=(2009, None, 2426, None), respondents=8241)
    table = msgspec.structs.replace(TIER_TABLE, rows=(TIER_TABLE.rows[0], some, *TIER_TABLE.rows[2:]))
    lines = release_lines(msgspec.structs.replace(RELEASE, counts=(table, *RELEASE.counts[1:])))
    assert max(width_of(line) for line in lines) <= 79
    line = line_with(lines, "Sales", "Support tiers by department")
    assert line.split()[4:] == ["2009", "*", "2426", "*", "*", "*", "*"]


def test_hidden_hours_beside_shown_counts_are_marked() -> None:
    line = line_with(release_lines(RELEASE), "Sales", "Support tiers by department")
    assert line.split() == ["Sales", "70", "of", "120", ".", "9", ":24", "+26", "#11", "*", "*", "*"]


def test_a_shown_row_gives_counts_hours_range_and_split() -> None:
    lines = release_lines(RELEASE)
    line = line_with(lines, "Engineering", "Support tiers by department")
    assert line.split()[4:] == [".20", ":41", "+25", "#10", "170", "110-265", "60", ":", "40"]
    bar = lines[lines.index(line) + 1].split()[0]
    assert set(bar) == set(".:+#")
    assert bar.count(":") > bar.count("+") > bar.count("#")


def test_the_tables_of_hours_say_that_hours_are_assumed() -> None:
    assert "Relative need, hours assumed" in release_lines(RELEASE)
    assert "Care plan. Relative need, hours assumed" in plan_lines(PLAN)


def test_nothing_but_words_where_too_few_answered() -> None:
    """Fewer than 15: no table, no mark, and not even the number of people."""
    text = text_of(FEW)
    assert "Fewer than 15 people answered" in text
    assert "11" not in text
    assert EXPLANATION not in joined(release_lines(FEW))
    assert "Group" not in text


def test_a_release_without_breakdown_shows_everybody_only() -> None:
    lines = release_lines(WHOLE)
    assert "Everybody  24 of 40  .10 #14                         55      30-95      50 : 50" in lines
    assert not [line for line in lines if line.startswith("Who answered")]


def test_rehearsals_say_so_and_real_waves_do_not() -> None:
    assert "REHEARSAL" in text_of(RELEASE)
    assert "REHEARSAL" not in text_of(WHOLE)


def test_adapted_wording_and_reference_are_told() -> None:
    text = joined(release_lines(RELEASE))
    assert "published reliability does not carry over" in text
    assert "assumed" in text


def test_hostile_names_lose_their_control_characters_and_stay_text() -> None:
    text = text_of(renamed(RELEASE, HOSTILE))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[/x][bold][31m=cmd|evil" in text


def test_the_release_hash_is_printed_where_it_is_given() -> None:
    assert f"- Release {'f' * 64}" in release_lines(RELEASE, "f" * 64)
    assert "Release f" not in text_of(RELEASE)


def test_overloaded_weeks_are_named_in_words() -> None:
    text = joined(plan_lines(PLAN))
    assert "Too much in weeks 1-3: 34 hours more are expected than supporters can give." in text
    assert "too much: 18 h over" in text
    assert "too much for managers, champions" in text
    assert text.count("fits") == 9


def test_a_role_without_enough_hours_is_named_in_its_week() -> None:
    lines = plan_lines(PLAN)
    first = line_with(lines, "   1", "By role: expected hours of the hours they have")
    assert " ".join(first.split()) == "1 24 of 30 over: 30 of 20 over: 54 of 40 12 of 12"


def test_statements_and_assumptions_are_printed() -> None:
    lines = plan_lines(PLAN)
    assert all(f"- {text}" in lines for text in (*PLAN.statements, *PLAN.assumptions))


def test_without_a_plan_it_says_why() -> None:
    assert "There is no plan" in joined(plan_lines(None))


def test_minutes_are_told_and_hidden_where_they_are_hidden() -> None:
    lines = release_lines(RELEASE)
    start = "Minutes a week to spare by department"
    assert line_with(lines, "Engineering", start).split() == ["Engineering", "95", "15", "30", "60"]
    assert line_with(lines, "Legal", start).split() == ["Legal", "20", "*", "*", "*"]


def test_recurring_tasks_show_people_and_hours_and_never_what_may_not_be_told() -> None:
    lines = release_lines(RELEASE)
    start = "Recurring tasks that cost time by department"
    assert line_with(lines, "Everybody", start).split()[-3:] == ["60", "210", "Quality"]
    assert line_with(lines, "Care and support", start).split()[-4:] == ["15", "40", "not", "told"]


def test_hidden_hours_of_help_are_marked_and_their_group_keeps_its_name() -> None:
    lines = release_lines(RELEASE)
    start = "Hours of help in four weeks by department"
    assert line_with(lines, "Engineering", start).split() == ["Engineering", "120", "90", "*"]
    assert line_with(lines, "Legal", start).split() == ["Legal", "*", "*", "*"]
    assert line_with(lines, "Everybody", start).split() == ["Everybody", "400", "310", "145"]


def test_pooled_reviewing_is_told_in_per_cent_and_said_to_be_nobody_s() -> None:
    text = joined(release_lines(RELEASE))
    assert "Of the flawed statements: 65 %." in text
    assert "Of the sound statements: 30 %." in text
    assert "No person has such a number." in text


def test_faults_by_kind_are_numbered_in_words_and_hidden_cells_are_marked() -> None:
    lines = release_lines(RELEASE)
    start = "Faults found, by kind and department"
    assert "4: a part made into the whole" in joined(lines)
    assert line_with(lines, "Engineering", start).split() == ["Engineering", "75", "60", "*", "65", "55", "*"]
    assert line_with(lines, "Legal", start).split() == ["Legal", *"*" * 6]
    assert line_with(lines, "Everybody", start).split() == [
        "Everybody",
        *["70", "55", "45", "60", "50", "75"],
    ]


def test_the_load_of_the_tasks_stands_by_group_and_by_rating() -> None:
    lines = release_lines(RELEASE)
    start = "Load of the tasks by department"
    assert line_with(lines, "Legal", start).split() == ["Legal", "20", "*", "*", "*"]
    assert line_with(lines, "Mental demand", start).split()[-3:] == ["40", "55", "75"]
    assert "Not part of any tier." in joined(lines)


def test_the_json_object_carries_every_table_about_work() -> None:
    """Each table stands under exactly one head, whole; hidden numbers are null."""
    work = summary_object(RELEASE, PLAN, {})["work"]
    ids = {head: [table["id"] for table in tables] for head, tables in work.items()}
    assert ids == {
        "capability": ["reviewing-everybody", "faults-department", "task-load-department"],
        "workflows": ["workflows-department"],
        "help": ["help-department"],
        "tools": ["tool-days-department", "tool-stopped-everybody"],
        "slack": ["minutes-department"],
    }
    assert work["capability"][1]["rows"][1] == {"group": "Legal", "cells": [None] * 6}
    assert work["help"][0]["total"]["cells"] == [400, 310, 145]
    assert msgspec.json.decode(msgspec.json.encode(work)) == work


def test_a_withheld_table_of_work_has_words_and_no_number() -> None:
    shares = msgspec.structs.replace(RELEASE.shares[0], rows=(), note="Withheld.")
    hidden = msgspec.structs.replace(RELEASE.reviewing[0], people=None, hits=None, false_alarms=None)
    release = msgspec.structs.replace(RELEASE, shares=(shares,), reviewing=(hidden,), faults=(), loads=())
    text = joined(release_lines(release))
    assert "Withheld." in text
    assert "I have never tried" not in text
    assert "65 %" not in text


def test_the_page_of_work_is_left_out_where_nothing_was_asked() -> None:
    assert "Work and help" in text_of(RELEASE)
    assert "Work and help" not in text_of(WHOLE)


def test_the_json_object_marks_hidden_rows_and_names_every_tier() -> None:
    found = summary_object(RELEASE, PLAN, {"study": "somewhere"})
    rows = {row["group"]: row for row in found["tiers"][0]["groups"]}
    assert rows["Legal"] == {
        "group": "Legal",
        "respondents": 20,
        "headcount": 40,
        "hidden": True,
        "tiers": dict.fromkeys(TIERS),
    }
    assert rows["Sales"]["tiers"] == dict(zip(TIERS, (9, 24, 26, 11), strict=True))
    assert rows["Sales"]["hidden"] is False
    hours = {row["group"]: row for row in found["hours"][0]["groups"]}
    assert (hours["Sales"]["hours"], hours["Sales"]["low"]) == (None, None)
    assert found["respondents"] == 248
    assert found["plan"]["overload_weeks"] == (1, 2, 3)
    assert found["plan"]["hours"][0]["supply"] == 30.0
    assert found["paths"] == {"study": "somewhere"}
    assert msgspec.json.decode(msgspec.json.encode(found))["tiers"][0]["attribute"] == "department"


def test_the_json_object_holds_no_number_of_people_where_too_few_answered() -> None:
    found = summary_object(FEW, None, {})
    assert (found["respondents"], found["tiers"], found["plan"]) == (None, [], None)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60), st.integers(2, 40))
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    text = " ".join(text.split())
    lines = wrap(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wide_and_combining_letters_are_measured_in_cells() -> None:
    assert width_of("人事") == 4
    assert width_of("e\u0301") == 1
    assert pad("人", 4) == "人  "
    assert pad("7", 3, right=True) == "  7"


def test_review_prints_the_hash_of_the_release_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    """Two people can tell by it whether they look at the same release."""
    assert tell(RELEASE, PLAN) == 0
    assert f"Release {sha256_of(RELEASE)}" in capsys.readouterr().out


def test_quality_tells_figures_alarms_and_where_people_disagree() -> None:
    lines = release_lines(RELEASE)
    text = joined(lines)
    assert "Psychological safety: Item 5 looks un-reversed" in text
    assert "About 10 % of the people may have answered without reading." in text
    start = "Reliability of each scale in this sample"
    found = line_with(lines, "Psychological", start).split()
    assert found[-6:] == ["245", "0.71", "0.65", "to", "0.76", "0.73"]
    assert line_with(lines, "Slack", start).split() == ["Slack", "*", "*", "*", "*"]


def test_no_mean_stands_where_people_disagree_or_the_group_is_hidden() -> None:
    lines = release_lines(RELEASE)
    start = "Safe to learn in the team: where people agree"
    assert line_with(lines, "Engineering", start).split() == ["Engineering", "96", "65"]
    assert line_with(lines, "Care and support", start).split()[-3:] == ["62", "people", "disagree"]
    assert line_with(lines, "Legal", start).split() == ["Legal", "20", "*"]


def test_types_are_told_in_bands_and_their_absence_in_words() -> None:
    lines = release_lines(RELEASE)
    assert line_with(lines, "Type 2", "Types of people").split() == ["Type", "2", "40", "%", "lower", "lower"]
    table = msgspec.structs.replace(RELEASE.quality[0], types=(), types_note="No stable types.")
    text = text_of(msgspec.structs.replace(RELEASE, quality=(table,)))
    assert "No stable types." in text
    assert "Type 1" not in text


def test_the_json_object_holds_the_quality_of_the_answers() -> None:
    (found,) = summary_object(RELEASE, PLAN, {})["quality"]
    assert (found["careless"], found["scales"][0]["alpha"], found["climate"][1]["mean"]) == (10, 0.71, None)
