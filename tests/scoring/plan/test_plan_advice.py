"""What a plan advises where not everybody can start, and where people do not agree how safe it is."""

from __future__ import annotations

import msgspec

from instruments.setup import SupporterHours
from scoring.plan.careload import build_plan
from scoring.plan.options import PlanOptions
from scoring.plan.schedule_records import Courses
from scoring.plan.scheduling import fitting
from scoring.quality_records import ClimateRow, QualityTable
from scoring.records import Release
from tests.scoring.plan.plans import ENOUGH, inputs, plan_with, release_with, row, with_bands
from tests.scoring.plan.test_schedule import cohort, helper

TOLD = row("Everybody", 75, 100, 170)
ROWS = (row("A", 40, 50, 80), row("B", 35, 50, 90))
BANDS: dict[str, tuple[int | None, ...]] = {"A": (5, 15, 20), "B": (5, 15, 15)}


def test_what_fits_is_whatever_can_start_with_every_hour_met() -> None:
    """One helper, one cohort at a time, three weeks each: the second starts in week 4, the third not."""
    courses = Courses(kinds=(cohort(2, 2, 2, count=3),), supporters=(helper(),), weeks=4)
    assert fitting(courses) == (2, 16)
    assert fitting(msgspec.structs.replace(courses, supporters=())) == (0, 0)


def test_start_smaller_says_how_small() -> None:
    few = tuple(
        SupporterHours(role=one.role, people=1, hours_per_week=14, relief_hours=14)
        if one.role == "facilitator"
        else one
        for one in ENOUGH
    )
    plan = build_plan(release_with(TOLD, *ROWS), inputs(few))
    assert plan.decision is not None
    assert plan.decision.kind == "start-smaller"
    first, _, rest = plan.decision.reasons[0].partition(" of ")
    assert first.startswith("With every hour met, ")
    assert 0 < int(first.rpartition(" ")[2]) < len(plan.cohorts)
    assert rest.startswith(f"{len(plan.cohorts)} cohorts (")
    enough = plan_with(TOLD, *ROWS).decision
    assert enough is not None
    assert not any("With every hour met" in reason for reason in enough.reasons)


def test_only_what_fits_leaves_no_hour_unmet_and_says_who_waits() -> None:
    """With too few facilitators the rest waits, nothing is unmet, and the advice is to start smaller."""
    few = tuple(
        SupporterHours(role=one.role, people=1, hours_per_week=14, relief_hours=14)
        if one.role == "facilitator"
        else one
        for one in ENOUGH
    )
    release = release_with(TOLD, *ROWS)
    everybody = build_plan(release, inputs(few))
    fitted = build_plan(release, inputs(few), PlanOptions(fits_only=True))
    waiting = sum(one.start_week is None for one in fitted.cohorts)
    assert everybody.unmet
    assert not fitted.unmet
    assert 0 < waiting < len(fitted.cohorts)
    assert fitted.decision is not None
    assert fitted.decision.kind == "start-smaller"
    assert (
        f"Begin with {len(fitted.cohorts) - waiting} of {len(fitted.cohorts)} cohorts"
        in fitted.decision.words
    )


def _with_climate(release: Release, agrees: bool) -> Release:
    rows = tuple(ClimateRow(group=name, respondents=40, agrees=agrees, mean=70) for name in ("A", "B"))
    table = QualityTable(id="q", title="Quality", attribute="department", climate=rows)
    return msgspec.structs.replace(release, quality=(table,))


def test_disagreement_about_safety_is_no_good_sign() -> None:
    release = with_bands(release_with(TOLD, *ROWS), "safety", BANDS)
    agreed, split = (
        build_plan(_with_climate(release, agrees), inputs()).failure_modes[-1] for agrees in (True, False)
    )
    assert (agreed.verdict, split.verdict) == ("met", "partly")
    assert "do not agree how safe it is in A, B" in split.why
