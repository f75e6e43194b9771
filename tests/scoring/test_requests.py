"""People who asked for help by name do not count towards the smallest numbers for a release."""

from __future__ import annotations

import msgspec
import pytest

from scoring.hours import DEFAULT_HOURS
from scoring.records import Release
from scoring.release import build_release
from scoring.release_audit import audit_release
from tests.scoring.people import header
from tests.scoring.test_release import minutes_for, organisation
from tests.scoring.test_release_audit import plain


def released(people: int, requests: int, imported: int = 0) -> Release:
    scored, groups, rules = organisation(1, people)
    facts = msgspec.structs.replace(header(people, rules.headcount, imported), requests=requests)
    return build_release(scored, DEFAULT_HOURS, groups, minutes_for(people), rules, facts)


@pytest.mark.parametrize(("people", "requests", "shown"), [(20, 5, True), (20, 6, False), (14, 0, False)])
def test_requests_lift_no_wave_over_the_least_number(people: int, requests: int, shown: bool) -> None:
    release = released(people, requests)
    assert bool(release.counts) == shown
    if not shown:
        assert (release.header.counted, release.header.requests) == (None, 0)


@pytest.mark.parametrize(("requests", "has_groups"), [(0, True), (10, True), (11, False)])
def test_nor_over_the_least_number_for_groups(requests: int, has_groups: bool) -> None:
    """Forty people with eleven requests are told like 29."""
    assert any(table.rows for table in released(40, requests).counts) == has_groups


def test_a_wave_imported_as_a_whole_is_not_lifted_either() -> None:
    """All forty rows count there, but for as many as asked for help."""
    assert any(table.rows for table in released(40, 10, imported=40).counts)
    assert not any(table.rows for table in released(40, 11, imported=40).counts)


def test_more_requests_than_people_are_nobody() -> None:
    assert released(20, 50).counts == ()


def test_the_auditor_takes_requests_off_as_well() -> None:
    """A release of forty people with groups passes without requests, and is refused with eleven."""
    release, truth, rules = plain(1, 40)
    assert audit_release(release, truth, rules) == ()
    asked = msgspec.structs.replace(release, header=msgspec.structs.replace(release.header, requests=11))
    assert {one.reason for one in audit_release(asked, truth, rules)} == {"few"}
