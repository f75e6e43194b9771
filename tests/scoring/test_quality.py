"""The released quality of the answers: what is told, from how many, and what stays hidden."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from instruments.records import canonical
from scoring.agreement import agreement, skewed_variance
from scoring.blocks import Floats
from scoring.careless_training import careless_model
from scoring.hours import DEFAULT_HOURS
from scoring.items import item_columns, matrix
from scoring.pipeline import score
from scoring.quality import quality_of
from scoring.quality_records import QualityTable
from scoring.quality_tables import NO_TYPES, TYPES
from scoring.records import Release
from scoring.reference import default_reference
from scoring.rehearsal import simulate_with_truth
from scoring.release import build_release
from scoring.scored import Scored
from scoring.tables import HIDDEN, codebook, release_tables
from tests.scoring.made import pipeline_of, standard_like
from tests.scoring.people import attribute, header, policy

BATTERY = standard_like()
DEPARTMENTS = attribute("department", (90, 70, 60, 30))
CARELESS = careless_model(BATTERY, default_reference(BATTERY))


@dataclass(frozen=True)
class Wave:
    """Raw answers of one wave and the department of each person."""

    raw: Floats
    department: NDArray[np.int64]

    @property
    def scored(self) -> Scored:
        """The same people, scored."""
        return score(pipeline_of(BATTERY), self.raw)

    def released(self) -> Release:
        """Return the release of this wave."""
        people = len(self.raw)
        rules = policy((DEPARTMENTS,), 250)
        groups = {"department": self.department}
        quality = quality_of(BATTERY, self.raw, CARELESS.probability(self.raw))
        minutes = np.full(people, 20.0)
        return build_release(
            self.scored, DEFAULT_HOURS, groups, minutes, rules, header(people, 250), quality=quality
        )

    def table(self) -> QualityTable:
        """Return the table of the release."""
        (found,) = self.released().quality
        return found


def wave(seed: int, people: int) -> Wave:
    answers, truth = simulate_with_truth(BATTERY, (DEPARTMENTS,), people, seed)
    return Wave(matrix(BATTERY, answers), truth.groups["department"])


def columns_of(scale: str) -> list[int]:
    return [place for place, column in enumerate(item_columns(BATTERY)) if column.scale == scale]


def test_every_scale_is_told_with_rounded_figures() -> None:
    table = wave(1, 200).table()
    assert [one.scale for one in table.scales] == [
        "safe/all",
        "learn/all",
        "work/all",
        "slack/all",
        "say/all",
    ]
    for one in table.scales:
        assert one.people is not None
        assert one.people % 5 == 0
        assert one.alpha is not None
        assert one.alpha_low is not None
        assert one.alpha_high is not None
        assert one.alpha_low < one.alpha < one.alpha_high
        assert one.omega == round(one.omega or 0, 2)
        assert one.alarms == ()
    assert (table.careless or 0) % 5 == 0


@pytest.mark.parametrize(("people", "is_told"), [(29, False), (30, True)])
def test_nothing_is_told_of_fewer_than_thirty_people(people: int, is_told: bool) -> None:
    table = wave(2, people).table()
    assert bool(table.scales) is is_told
    assert (table.careless is not None) is is_told
    assert (table.note == "") is is_told
    if not is_told:
        assert (table.climate, table.types, table.types_note) == ((), (), "")


def test_a_scale_that_few_answered_keeps_its_name_and_nothing_else() -> None:
    made = wave(3, 120)
    made.raw[29:, columns_of("slack/all")] = np.nan
    slack = next(one for one in made.table().scales if one.scale == "slack/all")
    assert slack.people is slack.alpha is slack.omega is None
    assert slack.alarms == ()


def test_an_item_that_was_not_reversed_raises_an_alarm_by_its_number() -> None:
    """Item 5 of the safety scale is asked the other way round; here its answers were turned before."""
    made = wave(4, 200)
    place = columns_of("safe/all")[4]
    made.raw[:, place] = 8 - made.raw[:, place]
    safe = made.table().scales[0]
    assert [alarm[:28] for alarm in safe.alarms] == ["Item 5 looks un-reversed: an"]


def test_agreement_and_intra_class_figures_are_told_of_climate_scales_only() -> None:
    table = wave(5, 220).table()
    assert [one.scale for one in table.scales if one.agreement is not None] == ["safe/all"]
    safe = table.scales[0]
    assert safe.agreement is not None
    assert safe.agreement_skewed is not None
    assert safe.agreement_skewed < safe.agreement
    assert safe.icc_one is not None
    assert safe.icc_two is not None
    assert safe.icc_size is not None
    assert safe.icc_size % 5 == 0


def calm(made: Wave, department: int) -> None:
    """Let all people of a department answer the safety items nearly alike, some low, some high."""
    rng = np.random.default_rng(department)
    rows = np.flatnonzero(made.department == department)
    for number, place in enumerate(columns_of("safe/all"), start=1):
        given = np.where(rng.random(len(rows)) < 0.5, 5.0, 6.0)
        made.raw[rows, place] = 8 - given if number in {1, 3, 5} else given


def test_a_mean_is_shown_only_where_people_agree_and_the_group_is_shown() -> None:
    shown = disagreeing = hidden = 0
    for seed in range(6):
        made = wave(seed, 220)
        if seed % 2:
            calm(made, 1)
        release = made.released()
        (table,) = release.quality
        bands = next(one for one in release.counts if one.need == "safety")
        for row, band in zip(table.climate, bands.rows, strict=True):
            assert row.group == band.group
            rows = made.department == ord(row.group) - 64
            if None in band.cells or bands.total is None:
                assert (row.agrees, row.mean) == (None, None)
                hidden += 1
                continue
            items = made.scored.scale_scores[rows][:, 0]
            keyed = quality_of(BATTERY, made.raw, np.zeros(len(made.raw))).scales[0].items[rows]
            agrees = agreement(keyed, skewed_variance(1, 7)) >= 0.7
            assert row.agrees is bool(agrees)
            assert (row.mean is not None) is bool(agrees)
            if row.mean is not None:
                assert abs(row.mean - 100 * (np.nanmean(items) - 1) / 6) <= 2.5
                assert row.mean % 5 == 0
            shown += row.mean is not None
            disagreeing += row.agrees is False
    assert min(shown, disagreeing) > 0
    assert hidden + shown + disagreeing == 24


def test_no_mean_of_everybody_stands_beside_those_of_the_groups() -> None:
    """The mean of the hidden groups cannot be had by subtraction."""
    table = wave(1, 220).table()
    assert "Everybody" not in {row.group for row in table.climate}


def typed(people: int) -> Wave:
    """Return people of three types: half are well off, a third lacks safety and time, the rest feedback."""
    made = wave(6, people)
    rng = np.random.default_rng(0)
    kind = np.array([0, 0, 0, 1, 1, 2])[np.arange(people) % 6]
    high = {"safe/all": [1, -1, 1], "work/all": [1, -1, 0], "slack/all": [1, -1, 0], "learn/all": [1, 0, -1]}
    for place, column in enumerate(item_columns(BATTERY)):
        way = np.array(high.get(column.scale, [0, 0, 0]))[kind] * (-1 if column.reverse else 1)
        share = 0.5 + 0.4 * way + 0.12 * rng.normal(size=people)
        raw = column.minimum + share * (column.maximum - column.minimum)
        made.raw[:, place] = np.clip(np.round(raw), column.minimum, column.maximum)
    return made


def test_without_types_it_says_so_and_with_types_their_shares_add_up() -> None:
    assert wave(6, 200).table().types_note == NO_TYPES
    table = typed(240).table()
    assert table.types_note == TYPES
    assert [one.share for one in table.types] == [50, 35, 15]
    assert [one.bands["safety"] for one in table.types] == ["higher", "lower", "higher"]
    assert table.types[0].bands["agility"] == "higher"
    assert table.types[2].bands["agility"] == "lower"


def test_a_type_of_too_few_people_is_never_told() -> None:
    """Only 5 people are of the third kind: they are no type of their own."""
    made = typed(240)
    third = np.arange(240) % 6 == 5
    kept = ~third | (np.cumsum(third) <= 5)
    table = Wave(made.raw[kept], made.department[kept]).table()
    assert len(table.types) in {0, 2}
    assert sum(one.share for one in table.types) in {0, 100}


def test_the_order_of_people_does_not_show() -> None:
    made = wave(7, 150)
    order = np.random.default_rng(0).permutation(150)
    other = Wave(made.raw[order], made.department[order])
    assert canonical(made.table()) == canonical(other.table())


def test_no_number_of_a_release_tells_how_one_person_answered() -> None:
    """One person in a shown group gives quite other answers; no rounded mean of a group moves two steps."""
    made = wave(8, 220)
    calm(made, 1)
    before = made.table()
    person = int(np.flatnonzero(made.department == 1)[0])
    changed = Wave(made.raw.copy(), made.department)
    changed.raw[person] = [column.minimum for column in item_columns(BATTERY)]
    after = changed.table()
    for one, other in zip(before.climate, after.climate, strict=True):
        if one.mean is not None and other.mean is not None:
            assert abs(one.mean - other.mean) <= 5
    assert {row.group for row in before.climate} == {row.group for row in after.climate}


def test_quality_of_other_people_is_refused() -> None:
    made = wave(9, 60)
    quality = quality_of(BATTERY, made.raw[:50], np.zeros(50))
    rules = msgspec.structs.replace(policy((DEPARTMENTS,), 250))
    with pytest.raises(ValueError, match="quality tells of 50 people, the release counts 60"):
        build_release(
            made.scored,
            DEFAULT_HOURS,
            {"department": made.department},
            np.full(60, 20.0),
            rules,
            header(60, 250),
            quality=quality,
        )


def test_exports_hold_every_figure_and_the_codebook_says_how_reliable_each_scale_is() -> None:
    release = wave(1, 220).released()
    (table,) = release.quality
    tables, book = release_tables(release), codebook(release, BATTERY, default_reference(BATTERY))
    rows = tables[table.id]
    assert [row[0] for row in rows[1:]] == [one.scale for one in table.scales]
    assert len({len(row) for row in rows}) == 1
    assert rows[1][2:6] == [
        table.scales[0].people,
        table.scales[0].alpha,
        table.scales[0].alpha_low,
        table.scales[0].alpha_high,
    ]
    assert HIDDEN not in rows[1][7:12]
    assert rows[2][7:12] == [""] * 5
    means = {row[0]: row[2:] for row in tables[f"{table.id}-safety"][1:]}
    words = {None: "*", True: "yes", False: "no"}
    assert {row.group: words[row.agrees] for row in table.climate} == {
        group: told[0] for group, told in means.items()
    }
    sample = [row for row in book if row[2] == "reliability in this sample"]
    assert len(sample) == len(table.scales)
    assert str(sample[0][3]).startswith(f"alpha {table.scales[0].alpha:.2f} (")
    assert any(row[:2] == ["table", table.id] for row in book)
