"""Released tables about work and help: thresholds, masks, and attackers who read all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from instruments.battery import STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.records import PlannedTable, Policy, canonical
from instruments.setup import Thresholds
from instruments.tasks.catalogue import shipped_tasks
from scoring.hours import DEFAULT_HOURS
from scoring.masking import DAY_CUTS
from scoring.records import Release
from scoring.reference import default_reference
from scoring.release import build_release, default_release_plan
from scoring.sums import carries
from scoring.tables import HIDDEN, codebook, release_tables
from scoring.work import HELP, LOAD_SCALE, NO_ANSWER, NOT_GIVEN, Work
from scoring.work_records import WorkflowTable
from scoring.work_tables import WORK_KINDS
from tests.scoring.attacker import attack_table
from tests.scoring.people import attribute, header, policy, random_people

LIMITS = Thresholds()
Groups = dict[str, NDArray[np.int64]]
SUFFERING = {1: "Time", 2: "Quality", 3: "Both"}


def work(seed: int, people: int) -> Work:
    """Return made-up answers about work; some roles and tasks are rare, a few people help very much."""
    rng = np.random.default_rng(seed)

    def some(lines: int) -> NDArray[np.float64]:
        given = rng.random((people, lines)) < rng.uniform(0.03, 0.6, lines)
        hours = np.round(2 * rng.exponential(4, (people, lines))) / 2 * given
        hours[rng.random(people) < 0.01] *= 30
        return np.asarray(hours)

    lost = some(5)
    return Work(
        people=people,
        labels={
            "tool-use/stopped": {code: f"stopped {code}" for code in range(1, 6)},
            "slack/agreed": {code: f"agreed {code}" for code in range(1, 4)},
            **{name: {code: f"role {code}" for code in range(1, 4)} for name in HELP},
            "workflow": {code: f"task {code}" for code in range(1, 6)},
        },
        choices={
            "tool-use/stopped": rng.choice([NO_ANSWER, 1, 2, 3, 4, 5], people),
            "slack/agreed": rng.choice([1, 2, 3], people),
        },
        days=rng.choice([0.0, 2.0, 7.0, np.nan], people),
        help={name: some(3) for name in HELP},
        lost={code: lost[:, code - 1] for code in range(1, 6)},
        suffers={code: rng.choice([1, 2, 3], people) for code in range(1, 6)},
        suffering=SUFFERING,
        reviewing=np.tile([4.0, 6.0, 2.0, 6.0], (people, 1)),
        faults=some_faults(rng, people),
        load={"Mental demand": rng.choice([20.0, 55.0, 90.0, np.nan], people)},
    )


def some_faults(rng: np.random.Generator, people: int) -> NDArray[np.int64]:
    """Return found or not of six kinds, some easy and some hard; a third were not given the task."""
    found = rng.random((people, 6)) < rng.uniform(0.2, 0.9, 6)
    given = rng.random((people, 1)) < 0.67
    return np.where(given, found, NOT_GIVEN).astype(np.int64)


def organisation(seed: int, people: int) -> tuple[Groups, Policy]:
    """Return departments within sites, and a policy that declares every table about work."""
    rng = np.random.default_rng(seed)
    department = rng.choice([1, 2, 3, 4], people, p=[0.4, 0.3, 0.2, 0.1])
    both = (attribute("department", (90, 70, 50, 40)), attribute("site", (150, 100)))
    plan = default_release_plan(both, ("safety",), WORK_KINDS)
    rules = msgspec.structs.replace(policy(both, 250), release_plan=plan)
    return {"department": department, "site": np.where(department <= 2, 1, 2)}, rules


def released(
    seed: int, people: int, change: Callable[[Work], Work] = lambda told: told
) -> tuple[Release, Work, Groups]:
    """Return a release, the work behind it and the groups."""
    groups, rules = organisation(seed, people)
    told = change(work(seed, people))
    minutes = np.full(people, 20.0)
    facts = header(people, 250)
    scored = random_people(seed, people)
    return build_release(scored, DEFAULT_HOURS, groups, minutes, rules, facts, told), told, groups


def rows_of(release: Release, groups: Groups) -> NDArray[np.int64]:
    """Return the row of each person in the tables by department."""
    response = next(table for table in release.counts if table.id == "response-department")
    names = [row.group for row in response.rows]
    letters = [chr(64 + code) for code in groups["department"]]
    return np.array([names.index(name) if name in names else len(names) - 1 for name in letters])


def test_fewer_than_fifteen_people_tell_nothing_of_their_work() -> None:
    release, _, _ = released(1, 14)
    assert (release.shares, release.sums, release.workflows, release.reviewing) == ((), (), (), ())
    assert release.counts == ()


def test_fewer_than_thirty_people_have_no_groups() -> None:
    release, _, _ = released(2, 29)
    assert all(row.group == "Everybody" for table in release.workflows for row in table.rows)
    assert next(table for table in release.sums if table.id == "help-department").rows == ()


def test_every_declared_table_is_there() -> None:
    release, _, _ = released(3, 180)
    ids = {
        table.id
        for tables in (
            *(release.shares, release.sums, release.workflows),
            *(release.reviewing, release.faults, release.loads),
        )
        for table in tables
    }
    assert ids == {
        "tool-stopped-everybody",
        "slack-agreed-everybody",
        "help-department",
        "help-roles-everybody",
        "workflows-department",
        "reviewing-everybody",
        "faults-department",
    }
    assert "tool-days-department" in {table.id for table in release.counts}


def test_hours_of_help_survive_subtraction() -> None:
    """What is hidden, and the total less all that is shown, carries ten people and no large share."""
    hidden_rows = 0
    for seed in range(25):
        release, told, groups = released(seed, 150)
        table = next(one for one in release.sums if one.id == "help-department")
        member = rows_of(release, groups)
        for column, question in enumerate(HELP):
            amounts = told.help[question].sum(axis=1)
            hidden = [row.cells[column] is None for row in table.rows]
            assert table.total is not None
            if table.total.cells[column] is None:
                assert all(hidden)
                continue
            assert table.total.cells[column] == 5 * np.floor(amounts.sum() / 5 + 0.5)
            rest = amounts[np.array(hidden)[member]]
            assert not any(hidden) or all(hidden) or (sum(hidden) > 1 and carries(rest, LIMITS))
            for place, row in enumerate(table.rows):
                own = amounts[member == place]
                if row.cells[column] is not None:
                    assert row.cells[column] == 5 * np.floor(own.sum() / 5 + 0.5)
                    assert carries(own, LIMITS)
            hidden_rows += sum(hidden)
    assert hidden_rows > 20  # else there was nothing to attack


def test_roles_survive_subtraction_from_the_total() -> None:
    seen = 0
    for seed in range(25):
        release, told, _ = released(seed, 120)
        table = next(one for one in release.sums if one.id == "help-roles-everybody")
        for part, question in enumerate(HELP):
            hidden = np.array([row.cells[0] is None for row in table.rows[3 * part : 3 * part + 3]])
            if hidden.any() and not hidden.all():
                assert hidden.sum() > 1
                assert carries(told.help[question][:, hidden].sum(axis=1), LIMITS)
                seen += 1
    assert seen > 5


def lines_of(table: WorkflowTable, task: str) -> dict[str, tuple[int, int]]:
    return {row.group: (row.people, row.hours) for row in table.rows if row.task == task}


def test_recurring_tasks_have_ten_people_behind_each_line_and_behind_each_difference() -> None:
    seen = 0
    for seed in range(25):
        release, told, groups = released(seed, 170)
        member = rows_of(release, groups)
        response = next(table for table in release.counts if table.id == "response-department")
        for code, amounts in told.lost.items():
            lines = lines_of(release.workflows[0], f"task {code}")
            rest = amounts.copy()
            for place, row in enumerate(response.rows):
                if row.group in lines:
                    own = amounts[member == place]
                    assert carries(own, LIMITS)
                    assert lines[row.group] == (
                        5 * np.floor((own > 0).sum() / 5 + 0.5),
                        5 * np.floor(own.sum() / 5 + 0.5),
                    )
                    rest[member == place] = 0
                    seen += 1
            if "Everybody" in lines:
                assert carries(amounts, LIMITS)
                assert not rest.any() or carries(rest, LIMITS)
            else:
                assert not lines
    assert seen > 20


def test_what_suffers_is_not_told_when_nearly_all_say_the_same_or_few_say_it() -> None:
    def same(told: Work) -> Work:
        return replace(told, suffers={code: np.full(told.people, 2) for code in told.suffers})

    def few(told: Work) -> Work:
        first = np.where(np.arange(told.people) < 9, 1, NO_ANSWER)
        return replace(told, suffers=dict.fromkeys(told.suffers, first))

    assert {row.suffers for row in released(4, 170, same)[0].workflows[0].rows} == {""}
    assert {row.suffers for row in released(4, 170, few)[0].workflows[0].rows} == {""}
    assert {row.suffers for row in released(4, 170)[0].workflows[0].rows} & set(SUFFERING.values())


def test_tables_by_a_second_attribute_have_no_rows_even_when_they_are_planned() -> None:
    """Departments lie within sites: sites less departments would tell a hidden department."""
    groups, rules = organisation(5, 170)
    more = tuple(PlannedTable(kind=kind, attribute="site") for kind in ("help", "workflows"))
    rules = msgspec.structs.replace(rules, release_plan=(*rules.release_plan, *more))
    minutes = np.full(170, 20.0)
    scored = random_people(5, 170)
    release = build_release(scored, DEFAULT_HOURS, groups, minutes, rules, header(170, 250), work(5, 170))
    assert next(table for table in release.sums if table.id == "help-site").rows == ()
    site = next(table for table in release.workflows if table.id == "workflows-site")
    assert {row.group for row in site.rows} <= {"Everybody"}


def test_an_attacker_finds_no_count_below_ten_in_the_days() -> None:
    """Every hidden cell that is small could be none, or ten."""
    attacked = 0
    for seed in range(20):
        release, told, groups = released(seed, 130)
        table = next(one for one in release.counts if one.kind == "tool-days")
        assert told.days is not None
        if table.total is None or not table.rows:
            continue
        band = np.where(told.days >= 4, 2, np.where(told.days >= 1, 1, 0))
        band = np.array(next(cut.band for cut in DAY_CUTS if cut.names == table.columns))[band]
        member = rows_of(release, groups)
        shape = (len(table.rows), len(table.columns))
        truth = np.bincount(member * shape[1] + band, minlength=shape[0] * shape[1]).reshape(shape)
        hidden = np.array([[cell is None for cell in row.cells] for row in table.rows])
        for row, true in zip(table.rows, truth, strict=True):
            assert all(cell in {None, n} for cell, n in zip(row.cells, true, strict=True))
        assert all(cell is None or cell == 0 or cell >= 10 for row in table.rows for cell in row.cells)
        for (row_number, column), (low, high) in attack_table(truth, hidden).items():
            if 0 < truth[row_number, column] < 10:
                assert low == 0
                assert high >= 10
                attacked += 1
    assert attacked > 5


def test_those_who_never_tried_cannot_be_told_from_those_who_used_none() -> None:
    """Four used none and had tried one: the count of the never tried goes to the rest."""

    def close(told: Work) -> Work:
        days = np.where(np.arange(told.people) < 60, 0.0, np.where(np.arange(told.people) < 110, 2.0, 8.0))
        stopped = np.where(np.arange(told.people) < 56, 1, np.where(np.arange(told.people) < 120, 2, 3))
        return replace(told, days=days, choices={**told.choices, "tool-use/stopped": stopped})

    release = released(6, 170, close)[0]
    days = next(table for table in release.counts if table.kind == "tool-days")
    assert days.total is not None
    assert 60 in days.total.cells
    shares = next(table for table in release.shares if table.id.startswith("tool-stopped"))
    assert "stopped 1" not in {row.label for row in shares.rows}


def test_reviewing_is_pooled_and_rounded_and_needs_fifteen_people() -> None:
    pooled = released(7, 60)[0].reviewing[0]
    assert (pooled.people, pooled.hits, pooled.false_alarms) == (60, 65, 35)

    def fourteen(told: Work) -> Work:
        counts = np.zeros((told.people, 4))
        counts[:14] = (4, 6, 2, 6)
        return replace(told, reviewing=counts)

    hidden = released(7, 60, fourteen)[0].reviewing[0]
    assert (hidden.people, hidden.hits, hidden.false_alarms) == (None, None, None)


def test_an_attacker_finds_no_small_number_behind_the_faults() -> None:
    """The attacker knows who was given the task by group, and every shown share before it was rounded."""
    attacked = shown = 0
    for seed in range(20):
        release, told, groups = released(seed, 240)
        table, faults = release.faults[0], told.faults
        assert faults is not None
        given = faults[:, 0] != NOT_GIVEN
        member, rows = rows_of(release, groups)[given], len(table.rows)
        for kind in range(6):
            found = faults[given, kind]
            truth = np.bincount(2 * member + 1 - found, minlength=2 * rows).reshape(rows, 2)
            hidden = np.array([row.cells[kind] is None for row in table.rows])
            if table.total.cells[kind] is None:
                assert hidden.all()
                continue
            for row, true in zip(table.rows, truth, strict=True):
                if row.cells[kind] is not None:
                    assert row.cells[kind] == 5 * np.floor(20 * true[0] / true.sum() + 0.5)
                    assert true.min() >= 10
                    shown += 1
            for (place, column), (low, high) in attack_table(truth, hidden).items():
                if 0 < truth[place, column] < 10:
                    assert low == 0
                    assert high >= min(10, truth[place].sum())
                    attacked += 1
    assert attacked > 50
    assert shown > 50


def test_faults_need_fifteen_people_who_were_given_the_task() -> None:
    def few(told: Work) -> Work:
        assert told.faults is not None
        given = np.arange(told.people)[:, None] < 14
        return replace(told, faults=np.where(given, told.faults, NOT_GIVEN))

    table = released(7, 60, few)[0].faults[0]
    assert table.people is None
    assert {cell for row in (*table.rows, table.total) for cell in row.cells} == {None}


def test_the_load_is_told_in_quartiles_of_ten_people_and_belongs_to_no_need() -> None:
    """Group C has nine who rated, all others differ; ratings one by one are told of everybody only."""
    groups, rules = organisation(3, 200)
    plan = (*rules.release_plan, PlannedTable(kind="task-load", attribute="department"))
    rules = msgspec.structs.replace(rules, release_plan=plan)
    rated = np.arange(200) % 5 * 20.0
    small = np.flatnonzero(groups["department"] == 3)
    rated[small[9:]] = np.nan
    people = random_people(3, 200)
    scored = replace(
        people,
        scales=(*people.scales, LOAD_SCALE),
        scale_scores=np.column_stack([people.scale_scores, rated]),
    )
    told = work(3, 200)
    release = build_release(scored, DEFAULT_HOURS, groups, np.full(200, 20.0), rules, header(200, 250), told)
    table = release.loads[0]
    rows = {row.group: (row.lower, row.median, row.upper) for row in table.rows}
    assert rows["A"] == (20, 40, 60)
    assert rows["C"] == (None, None, None)
    assert [row.group for row in table.parts] == ["Mental demand"]
    without = build_release(people, DEFAULT_HOURS, groups, np.full(200, 20.0), rules, header(200, 250), told)
    assert without.counts == release.counts
    assert without.loads == ()
    exported = release_tables(release)["task-load-department"]
    assert [HIDDEN] * 3 in [row[3:] for row in exported]
    assert len({len(row) for row in exported}) == 1


def test_the_order_of_people_does_not_show() -> None:
    groups, rules = organisation(8, 120)
    told, scored = work(8, 120), random_people(8, 120)
    order = np.random.default_rng(0).permutation(120)
    assert told.days is not None
    assert told.reviewing is not None
    assert told.faults is not None
    mixed = replace(
        told,
        choices={name: codes[order] for name, codes in told.choices.items()},
        days=told.days[order],
        help={name: hours[order] for name, hours in told.help.items()},
        lost={code: hours[order] for code, hours in told.lost.items()},
        suffers={code: what[order] for code, what in told.suffers.items()},
        reviewing=told.reviewing[order],
        faults=told.faults[order],
        load={name: values[order] for name, values in told.load.items()},
    )
    minutes, facts = np.full(120, 20.0), header(120, 250)
    one = build_release(scored, DEFAULT_HOURS, groups, minutes, rules, facts, told)
    turned = {name: codes[order] for name, codes in groups.items()}
    other = build_release(scored.take(order), DEFAULT_HOURS, turned, minutes, rules, facts, mixed)
    assert canonical(one) == canonical(other)


def test_work_of_other_people_is_refused() -> None:
    groups, rules = organisation(9, 60)
    with pytest.raises(ValueError, match="59 people"):
        build_release(
            random_people(9, 60),
            DEFAULT_HOURS,
            groups,
            np.full(60, 20.0),
            rules,
            header(60, 250),
            work(9, 59),
        )


def test_csv_tables_and_codebook_carry_work_with_its_marks() -> None:
    release = released(10, 90)[0]
    tables = release_tables(release)
    for name in ("help-department", "help-roles-everybody", "workflows-department", "faults-department"):
        assert len({len(row) for row in tables[name]}) == 1
    hidden = [row for table in release.sums for row in table.rows if None in row.cells]
    assert sum(HIDDEN in row for name in tables if name.startswith("help-") for row in tables[name]) >= len(
        hidden
    )
    battery = build_battery("standard", "en", (), STANDARD, shipped, tasks=shipped_tasks())
    rows = {
        (row[0], row[1], row[2]): row[3] for row in codebook(release, battery, default_reference(battery))
    }
    assert rows["table", "workflows-department", "note"]
    assert rows["task", "review", "reliability (assumed; .35 to .70 is thought possible)"] == 0.55
    assert rows["task", "all", "drawn"] == "2 of 4 tasks, by lot on the respondent's side; others by choice"
