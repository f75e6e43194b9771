"""References: status, adapted wording, a form that can be frozen."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from instruments.errors import BadInput
from instruments.model import NEEDS
from scoring.errors import BadModel
from scoring.reference import decode, default_reference, encode, reference_for
from tests.scoring.made import ADAPTED, PUBLISHED, battery_of, instrument, standard_like


def test_a_frozen_reference_comes_back_equal_with_the_same_hash() -> None:
    reference = default_reference(standard_like())
    assert decode(encode(reference)) == reference
    assert decode(encode(reference)).sha256 == reference.sha256


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"rows": [], "correlations": [], "extra": 1}'])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"reference\.json"):
        decode(data)


@pytest.mark.parametrize(
    "change", [{"sd": 0.0}, {"alpha": 1.2}, {"retest": -0.1}, {"items": 0}, {"mean_sd": -1.0}]
)
def test_figures_that_no_population_could_have_are_refused(change: dict[str, float]) -> None:
    reference = default_reference(standard_like())
    wrong = (msgspec.structs.replace(reference.rows[0], **change), *reference.rows[1:])
    with pytest.raises(BadModel, match="safe/all"):
        decode(encode(msgspec.structs.replace(reference, rows=wrong)))


@pytest.mark.parametrize("across", [1.5, -0.9])
def test_correlations_that_contradict_each_other_are_refused(across: float) -> None:
    table = tuple(tuple(1.0 if a == b else across for b in range(4)) for a in range(4))
    with pytest.raises(BadModel, match="correlations"):
        decode(encode(msgspec.structs.replace(default_reference(standard_like()), correlations=table)))


def test_adapted_wording_lowers_reliability_by_a_tenth() -> None:
    one = instrument("edmondson-1999", 7, 7, "safety", (1, 3, 5), scale="psychological_safety")
    adapted, published = (default_reference(battery_of(one, wording=w)).rows[0] for w in (ADAPTED, PUBLISHED))
    assert published.alpha == pytest.approx(0.82)
    assert adapted.alpha == pytest.approx(0.72)
    assert adapted.retest == pytest.approx(published.retest - 0.10)
    assert (adapted.wording_sha256, published.wording_sha256) == (ADAPTED.sha256, PUBLISHED.sha256)


def test_a_recalled_figure_stays_assumed_even_with_published_wording() -> None:
    reference = default_reference(battery_of(instrument("safe", 7, 7, "safety"), wording=PUBLISHED))
    assert reference.status == "assumed"
    assert {row.status for row in reference.rows} == {"assumed"}
    assert {row.mean_sd for row in reference.rows} == {0.4}


def test_status_is_that_of_the_weakest_row_that_feeds_a_need() -> None:
    reference = default_reference(standard_like())
    local = tuple(
        msgspec.structs.replace(row, status="local" if row.need else "assumed") for row in reference.rows
    )
    assert msgspec.structs.replace(reference, rows=local).status == "assumed"
    known = msgspec.structs.replace(reference, rows=local, correlations_status="published")
    assert known.status == "local"


def test_each_instrument_has_the_status_of_its_own_weakest_scale() -> None:
    reference = default_reference(standard_like())
    local = tuple(
        msgspec.structs.replace(row, status="local") if row.scale == "safe/all" else row
        for row in reference.rows
    )
    mixed = msgspec.structs.replace(reference, rows=local)
    assert [mixed.status_of(name) for name in ("safe", "work", "say", "sa")] == [
        "local",
        "assumed",
        None,
        None,
    ]


def test_correlations_are_those_of_a_possible_population() -> None:
    found = np.array(default_reference(standard_like()).correlations)
    assert found.shape == (len(NEEDS), len(NEEDS))
    np.testing.assert_array_equal(found, found.T)
    np.testing.assert_array_equal(np.diag(found), 1)
    assert np.linalg.eigvalsh(found).min() > 0.1


def test_every_assumed_figure_says_how_far_it_may_be_off() -> None:
    for row in default_reference(standard_like()).rows:
        errors = (row.mean_sd, row.sd_error, row.alpha_error, row.retest_error)
        assert all(error is not None and error > 0 for error in errors)
        assert row.people == 0


def test_a_study_takes_local_rows_where_it_has_them() -> None:
    battery = standard_like()
    assumed = default_reference(battery)
    first = msgspec.structs.replace(assumed.rows[0], status="local", mean=5.0, people=100)
    local = msgspec.structs.replace(assumed, rows=(first, *assumed.rows[1:]))
    assert reference_for(battery, None) == assumed
    assert reference_for(battery, local) == local
    more = battery_of(*(part.instrument for part in battery.parts), instrument("new", 4, 5, "capability"))
    rows = reference_for(more, local).rows
    assert [row.status for row in rows] == ["local", *["assumed"] * 5]


def test_a_local_row_of_another_wording_is_refused() -> None:
    battery = standard_like()
    assumed = default_reference(battery)
    first = msgspec.structs.replace(assumed.rows[0], status="local")
    local = msgspec.structs.replace(assumed, rows=(first, *assumed.rows[1:]))
    other = battery_of(*(part.instrument for part in battery.parts), wording=PUBLISHED)
    with pytest.raises(BadInput, match=r"another wording than safe/all\."):
        reference_for(other, local)
