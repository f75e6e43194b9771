"""Rows of people: what they tell, what they leave open, and what an attacker makes of it all together."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from instruments.model import NEEDS, Need
from instruments.records import Policy
from instruments.setup import MIN_RECORDS
from scoring import record_file
from scoring.assembly import TableMaker
from scoring.audit import Finding, Verdict, audit
from scoring.grouping import Counted, count_people
from scoring.hours import DEFAULT_HOURS
from scoring.masking import HIGHER_OR_NOT, LOWER_OR_NOT, THREE_BANDS, TIER_CUTS
from scoring.record_file import MOST_CELLS, record_table
from scoring.record_rows import ANY, WITHHELD
from scoring.record_system import Rows, facet_of, group_of, record_system
from scoring.records import RecordTable, Release
from scoring.release import build_release, default_release_plan
from scoring.table_records import CountTable
from tests.scoring.attacker import Attacker
from tests.scoring.people import attribute, header, policy, random_people

K = 5
CUTS = (*TIER_CUTS, THREE_BANDS, LOWER_OR_NOT, HIGHER_OR_NOT)
CODES = {
    name: {code for code, column in enumerate(cut.band) if cut.names[column] == name}
    for cut in CUTS
    for name in cut.names
}
"""Fine tiers or bands of each word."""


def rules_for(departments: int, sites: bool) -> Policy:
    attributes = (attribute("department", (200,) * departments),)
    if sites:
        attributes += (attribute("site", (100 * departments,) * 2),)
    made = policy(attributes, 200 * departments)
    plan = default_release_plan(attributes, NEEDS, records=True)
    return msgspec.structs.replace(made, record_file=True, release_plan=plan)


def groups_for(seed: int, people: int, departments: int, sites: bool) -> dict[str, NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    found = {"department": rng.integers(1, departments + 1, people)}
    return found | ({"site": rng.integers(1, 3, people)} if sites else {})


def crowd(
    seed: int, people: int, departments: int = 3, *, sites: bool = True, imported: int = 0
) -> tuple[Counted, tuple[CountTable, ...], Policy]:
    """Return people and the count tables of their release."""
    rules = rules_for(departments, sites)
    groups = groups_for(seed, people, departments, sites)
    minutes = np.full(people, 20.0)
    counted = count_people(random_people(seed, people), groups, minutes, rules, imported=imported)
    maker = TableMaker(counted, DEFAULT_HOURS, rules)
    tables = [maker.table(one) for one in rules.release_plan if one.kind in {"tiers", "need-bands"}]
    return counted, tuple(one for one in tables if isinstance(one, CountTable)), rules


def rows_of(seed: int, people: int, departments: int = 3, *, sites: bool = True) -> RecordTable:
    counted, tables, rules = crowd(seed, people, departments, sites=sites)
    return record_table(counted, tables, rules, "department", random.Random(seed))


SIZES = [(50, 2), (90, 3), (160, 3), (300, 3), (600, 4)]


@pytest.mark.parametrize(("people", "departments"), SIZES)
def test_everybody_has_one_row_and_no_combination_is_rare(people: int, departments: int) -> None:
    """At least k people have every word of a row alike; two tiers at least for the same group and bands."""
    table = rows_of(people, people, departments)
    assert len(table.rows) == people
    alike = Counter((row.group, row.tier, row.bands) for row in table.rows)
    assert min(alike.values()) >= K
    tiers: dict[object, set[str]] = defaultdict(set)
    for row in table.rows:
        tiers[row.group, row.bands].add(row.tier)
    assert all(len(found) >= 2 or found == {WITHHELD} for found in tiers.values())


@pytest.mark.parametrize(("people", "departments"), SIZES)
def test_rows_hold_closed_words_and_numbers_drawn_by_lot(people: int, departments: int) -> None:
    """No score, no answer, no text: groups, tiers and bands of the release, and eight hexadecimal digits.

    A letter stands before them: no spreadsheet takes 12e45678 for a number.
    """
    table = rows_of(people, people, departments)
    counted, _, _ = crowd(people, people, departments)
    assert {row.group for row in table.rows} <= set(group_of(counted, "department")[0])
    assert {row.tier for row in table.rows} <= set(CODES) | {WITHHELD}
    assert {band for row in table.rows for band in row.bands} <= set(CODES) | {ANY}
    numbers = [row.id for row in table.rows]
    assert len(set(numbers)) == people
    assert all(re.fullmatch("r[0-9a-f]{8}", number) for number in numbers)


def test_large_groups_have_bands_and_some_are_left_open() -> None:
    """The file is worth having: over several studies bands are told, and never all of them."""
    told = Counter(band == ANY for seed in range(6) for row in rows_of(seed, 900).rows for band in row.bands)
    assert told[False] > 500
    assert told[True] > 0


@pytest.mark.parametrize("seed", range(8))
def test_rows_add_up_to_the_release_and_are_silent_where_it_is(seed: int) -> None:
    """Tiers of a group are those of its released row; where one number is hidden, all its rows are silent."""
    counted, tables, rules = crowd(seed, 80)
    table = record_table(counted, tables, rules, "department", random.Random(seed))
    released = next(t for t in tables if t.kind == "tiers" and t.attribute == "department")
    for row in released.rows:
        found = Counter(one.tier for one in table.rows if one.group == row.group)
        if None in row.cells:
            assert found == {WITHHELD: row.respondents}
            bands = {band for one in table.rows if one.group == row.group for band in one.bands}
            assert bands <= {ANY}
        else:
            counts = dict(zip(released.columns, row.cells, strict=True))
            for word, people in found.items():
                within = [n or 0 for name, n in counts.items() if CODES[name] <= CODES[word]]
                assert sum(within) == people
            assert sum(found.values()) == row.respondents


def test_a_hidden_row_silences_its_people() -> None:
    """When the release hides the tiers of one group, nobody of that group has a tier or a band."""
    counted, tables, rules = crowd(3, 900)
    tiers = next(t for t in tables if t.kind == "tiers" and t.attribute == "department")
    assert None not in tiers.rows[0].cells
    cells = (None, *tiers.rows[0].cells[1:])
    hidden = msgspec.structs.replace(
        tiers, rows=(msgspec.structs.replace(tiers.rows[0], cells=cells), *tiers.rows[1:])
    )
    some = tuple(hidden if one is tiers else one for one in tables)
    table = record_table(counted, some, rules, "department", random.Random(1))
    silent = {(row.tier, *row.bands) for row in table.rows if row.group == tiers.rows[0].group}
    assert silent == {(WITHHELD, *(ANY for _ in table.needs))}


@pytest.mark.parametrize(("people", "imported"), [(MIN_RECORDS - 1, 0), (60, 11)])
def test_below_fifty_people_there_are_no_rows(people: int, imported: int) -> None:
    """Imported answers do not count towards the fifty."""
    counted, tables, rules = crowd(1, people, 2, imported=imported)
    table = record_table(counted, tables, rules, "department", random.Random(1))
    assert table.rows == ()
    assert str(MIN_RECORDS) in table.note


def test_a_policy_without_the_switch_releases_no_rows() -> None:
    people, rules = 120, rules_for(2, sites=False)
    groups, minutes = groups_for(1, people, 2, sites=False), np.full(people, 20.0)
    for plan, tables in (
        (rules.release_plan, 1),
        (default_release_plan(rules.attributes, NEEDS), 0),
    ):
        made: Release = build_release(
            random_people(1, people),
            DEFAULT_HOURS,
            groups,
            minutes,
            msgspec.structs.replace(rules, release_plan=plan),
            header(people, 400),
            chance=random.Random(1),
        )
        assert len(made.records) == tables


class Colleague:
    """Knows the groups of everybody, the release and the rows; solves programmes over fine cells."""

    def __init__(self, counted: Counted, tables: tuple[CountTable, ...], rows: RecordTable) -> None:
        needs = rows.needs
        people = counted.people
        self.tables = [t for t in tables if t.kind == "tiers" or t.need in needs]
        members = [one.member for one in counted.breakdowns.values()]
        self.labels = {name: one.labels for name, one in counted.breakdowns.items()}
        bands = [
            np.digitize(people.need_mean[:, NEEDS.index(need)], [-0.5, 0.5], right=False) for need in needs
        ]
        axes = [*members, np.argmax(people.tier_probabilities, axis=1), *bands]
        shape = [*(len(one) for one in self.labels.values()), 4, *(3 for _ in needs)]
        self.axes: dict[str | None, int] = {name: place for place, name in enumerate(self.labels)}
        self.axes[None] = len(members)
        self.axes |= {need: len(members) + 1 + place for place, need in enumerate(needs)}
        self.truth = np.zeros(shape)
        np.add.at(self.truth, tuple(axes), 1)
        self.numbers = np.arange(self.truth.size).reshape(shape)
        self.attacker = Attacker(self.truth.size)
        self._learn_sizes(len(members))
        self._learn_release()
        self._learn_rows(rows)

    def cells(self, where: dict[str | None, set[int]]) -> NDArray[np.int64]:
        found = self.numbers
        for name, codes in where.items():
            found = np.take(found, sorted(codes), axis=self.axes[name])
        return found.reshape(-1)

    def true(self, cells: NDArray[np.int64]) -> int:
        return int(self.truth.reshape(-1)[cells].sum())

    def learn(self, where: dict[str | None, set[int]]) -> None:
        cells = self.cells(where)
        self.attacker.learn(cells, self.true(cells))

    def _learn_sizes(self, attributes: int) -> None:
        for place in np.ndindex(*self.numbers.shape[:attributes]):
            self.attacker.learn(self.numbers[place], self.truth[place].sum())

    def columns(self, table: CountTable) -> Iterator[set[int]]:
        for name in table.columns:
            yield CODES[name]

    def _learn_release(self) -> None:
        for table in self.tables:
            for column in self.columns(table):
                if table.total is not None:
                    self.learn({table.need: column})
            for number, row in enumerate(table.rows):
                for column, count in zip(self.columns(table), row.cells, strict=True):
                    if count is not None:
                        self.learn({table.attribute: {number}, table.need: column})

    def _learn_rows(self, rows: RecordTable) -> None:
        """Rows that are alike stand for all the people who fit them: no other row fits them too."""
        for (group, *words), alike in Counter((r.group, r.tier, *r.bands) for r in rows.rows).items():
            where: dict[str | None, set[int]] = {"department": {self.labels["department"].index(group)}}
            told = zip((None, *rows.needs), words, strict=True)
            where |= {name: CODES[word] for name, word in told if word not in {ANY, WITHHELD}}
            cells = self.cells(where)
            assert self.true(cells) == alike
            self.attacker.learn(cells, alike)

    def secrets(self) -> Iterator[NDArray[np.int64]]:
        """Yield the cells of every number that is nowhere shown."""
        for table in self.tables:
            for number, row in enumerate(table.rows):
                for column, count in zip(self.columns(table), row.cells, strict=True):
                    if count is None:
                        yield self.cells({table.attribute: {number}, table.need: column})
        tiers = next(t for t in self.tables if t.kind == "tiers" and t.attribute == "department")
        for table in (t for t in self.tables if t.need and t.attribute == "department"):
            for number, (row, bands) in enumerate(zip(tiers.rows, table.rows, strict=True)):
                if None in (*row.cells, *bands.cells):
                    continue
                for tier in self.columns(tiers):
                    for band in self.columns(table):
                        yield self.cells({"department": {number}, None: tier, table.need: band})


def found_out(seed: int, people: int, departments: int, *, sites: bool) -> tuple[int, int]:
    """Return how many small counts an attacker works out, and how many there are to find."""
    counted, tables, rules = crowd(seed, people, departments, sites=sites)
    rows = record_table(counted, tables, rules, "department", random.Random(seed))
    if not counted.breakdowns:
        return 0, 0
    colleague = Colleague(counted, tables, rows)
    small = [cells for cells in colleague.secrets() if 0 < colleague.true(cells) < K]
    bounds = [colleague.attacker.bounds(cells) for cells in small]
    return sum(low > 1e-6 or high < K - 1e-6 for low, high in bounds), len(small)


def test_release_and_rows_together_give_no_small_count_away() -> None:
    """A colleague who knows who sits where and reads both finds no count of 1 to 4 people."""
    found = [found_out(seed, people, 3, sites=False) for seed in range(4) for people in (70, 260)]
    assert sum(leaks for leaks, _ in found) == 0
    assert sum(small for _, small in found) > 5


@pytest.mark.slow
def test_release_and_rows_of_many_companies_give_no_small_count_away() -> None:
    """Fifty companies of 50 to 2,000 people, half of them with sites across departments."""
    sizes = np.geomspace(50, 2000, 50).astype(int)
    found = [found_out(seed, int(n), 2 + seed % 3, sites=seed % 2 == 0) for seed, n in enumerate(sizes)]
    assert sum(leaks for leaks, _ in found) == 0
    assert sum(small for _, small in found) > 100


def test_the_audit_refuses_rows_that_tell_every_band() -> None:
    """The control: with nothing left out, most studies give people away, and the auditor says so."""
    refused = 0
    for seed in range(10):
        counted, tables, rules = crowd(seed, 200, sites=False)
        labels, member = group_of(counted, "department")
        tier = facet_of(counted, tables, "department", None)
        needs: tuple[Need, ...] = ("safety", "headroom")
        facets = [facet_of(counted, tables, "department", need) for need in needs]
        assert tier is not None
        told = tuple(facet for facet in facets if facet is not None)
        bands = np.column_stack([facet.column for facet in told])
        made = record_system(
            counted, tables, Rows(labels, member, tier, tier.column, told, bands), MOST_CELLS
        )
        assert made is not None
        limits = rules.thresholds
        refused += not audit(made[0], limits.k, limits.homogeneity, made[1]).is_safe
    assert refused >= 9


def test_the_order_of_rows_tells_nothing_of_the_order_of_handing_in() -> None:
    """At 50 people, 200 draws: rank correlation within .4 in at least 97 %, although groups came in turn."""
    people = 50
    rules = rules_for(2, sites=False)
    groups = {"department": np.repeat([1, 2], people // 2)}
    counted = count_people(random_people(5, people), groups, np.full(people, 20.0), rules)
    maker = TableMaker(counted, DEFAULT_HOURS, rules)
    made = [maker.table(one) for one in rules.release_plan if one.kind in {"tiers", "need-bands"}]
    tables = tuple(one for one in made if isinstance(one, CountTable))
    labels, member = group_of(counted, "department")
    chance, near, drawn = random.Random(7), 0, set()
    for draw in range(200):
        rows = record_table(counted, tables, rules, "department", random.Random(draw)).rows
        place = {label: [i for i, row in enumerate(rows) if row.group == label] for label in labels}
        for positions in place.values():
            chance.shuffle(positions)
        order = [place[labels[group]].pop() for group in member]
        near += abs(spearmanr(range(people), order).statistic) <= 0.4
        drawn.add(rows[0].id)
    assert near >= 194
    assert len(drawn) == 200


def test_rows_do_not_depend_on_the_order_of_people() -> None:
    """The same people handed over in another order give the same file with the same draw."""
    people = 120
    rules = rules_for(2, sites=False)
    groups = groups_for(4, people, 2, sites=False)["department"]
    scored, other = random_people(4, people), np.random.default_rng(1).permutation(people)
    files = [
        build_release(
            scored.take(turn),
            DEFAULT_HOURS,
            {"department": groups[turn]},
            np.full(people, 20.0),
            rules,
            header(people, 400),
            chance=random.Random(9),
        ).records
        for turn in (np.arange(people), other)
    ]
    assert files[0] == files[1]
    assert len(files[0][0].rows) == people


def test_bands_that_the_audit_refuses_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The auditor has the last word: without its consent rows say what the release says, and no more."""
    assert rows_of(1, 300).needs
    refusal = Verdict(findings=(Finding(name="x", reason="worked out"),), attacked=1)
    monkeypatch.setattr(record_file, "audit", lambda *_: refusal)
    table = rows_of(1, 300)
    assert table.needs == ()
    assert {row.bands for row in table.rows} == {()}
    assert {row.tier for row in table.rows} <= {"self-directed", "peer-supported", "coached", "intensive"} | {
        "coached or intensive",
        WITHHELD,
    }
