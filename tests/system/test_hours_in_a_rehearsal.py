"""A closed rehearsal whose people told their hours of help: totals learn from them, tiers do not."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.hours import DEFAULT_HOURS
from scoring.plan.careload import build_plan
from scoring.plan.inputs import PlanInputs
from scoring.tables import release_tables
from tui.flows import closing
from tui.flows.rehearsing import Rehearsal, rehearse
from tui.text.plan_text import plan_lines
from tui.text.segments import segments_page
from tui.text.summary import summary_object


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rehearsal, Rehearsal]:
    """Close the same rehearsal twice: as it is, and with nobody's hours known."""
    told = rehearse(tmp_path_factory.mktemp("told") / "x", 50, 5, "careload test")
    with pytest.MonkeyPatch.context() as patch:
        silent = closing.help_labels

        def unknown(*given: object) -> object:
            labels = silent(*given)  # type: ignore[arg-type]
            for hours in (labels.given, labels.received, labels.wanted):
                hours[:] = np.nan
            return labels

        patch.setattr(closing, "help_labels", unknown)
        return told, rehearse(tmp_path_factory.mktemp("unknown") / "x", 50, 5, "careload test")


def test_the_release_says_where_its_hours_come_from(pair: tuple[Rehearsal, Rehearsal]) -> None:
    """On the desk, in the plan, in the export and in the object for --json."""
    release = pair[0].closing.release
    assert release.basis is not None
    assert release.basis.heading.startswith("Hours from about ")
    assert set(release.basis.sentences) <= set(release.statements)
    assert release.basis.heading in str(segments_page(release)[0])
    plan = build_plan(release, PlanInputs(attribute="department"))
    assert release.basis.heading in plan_lines(plan)[0]
    tables = release_tables(release)
    assert ["hours", release.basis.heading] in tables["about"]
    assert [row[1] for row in tables["hours-weights"][1:]] == list(DEFAULT_HOURS.weights)
    assert summary_object(release, None, {})["hours_from"]["labels"] == release.basis.labels


def test_without_reports_the_hours_are_assumed(pair: tuple[Rehearsal, Rehearsal]) -> None:
    release = pair[1].closing.release
    assert release.basis is not None
    assert release.basis.heading == "Relative need, hours assumed"
    assert release.basis.weights == ()
    assert "hours-weights" not in release_tables(release)
    wide = build_plan(release, PlanInputs(attribute="department")).statements
    assert any(f"narrow it to about ±{release.basis.narrowing} %" in said for said in wide)


def test_reports_change_hours_and_never_tiers_or_bands(pair: tuple[Rehearsal, Rehearsal]) -> None:
    told, unknown = (one.closing.release for one in pair)
    assert told.counts == unknown.counts
    assert told.hours[0].total.hours != unknown.hours[0].total.hours
    narrow, wide = (release.hours[0].total.common_sd or 0 for release in (told, unknown))
    assert narrow < 0.5 * wide
