"""A rehearsal's plan as files: the report of a real release, and a ledger that draws its hours."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from instruments.care_log import CareEntry, groups_of
from store.ledger import append
from store.study import Study
from tests.tui.html_check import read_page
from tui.flows.calendars import calendar_files
from tui.flows.care_log import log, summary, undo
from tui.flows.planning import plan_before, plan_for, release_in
from tui.flows.rehearsing import rehearse
from tui.flows.reporting import report_files
from tui.text.ledger_text import ledger_lines

MONDAY = date(2027, 1, 11)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return rehearse(tmp_path_factory.mktemp("rehearsal") / "x", 60, 5, "careload test").study


def test_the_report_of_a_rehearsal_is_sound_and_says_that_people_are_made_up(study: Study) -> None:
    release = release_in(study)
    files = report_files(plan_for(study, release), release, ("html", "pdf"))
    seen = read_page(files["careload-report.html"])
    assert seen.faults == []
    assert "REHEARSAL" in seen.words
    assert [one["id"] for one in seen.all("section")][:1] == ["decision"]
    assert len(seen.all("figcaption")) == len(seen.all("svg")) >= 2


def test_logged_help_stands_beside_the_plan_and_draws_its_hours(study: Study, tmp_path: Path) -> None:
    """Twenty hours a week and group are far more than planned, so hours of need grow."""
    release, public = release_in(study), study.public()
    before = plan_before(study, release)
    entry = CareEntry(study=public.policy.study, week="2027-01-11", minutes=240, kind="pair", role="champion")
    for week in ("2027-01-11", "2027-01-18", "2027-01-25"):
        for group in groups_of(public.policy) * 5:
            append(public, msgspec.structs.replace(entry, week=week, group=group))
    assert plan_for(study, release).heading == before.heading  # nobody has said yet when week 1 is
    calendar_files(study, before, MONDAY, "")
    after = plan_for(study, release)
    assert after.heading.endswith("drawn by the care ledger")
    assert "The care ledger has" in after.statements[-1]
    assert after.supporter_hours > before.supporter_hours
    told, problems = summary(study)
    assert problems == ()
    first = next(week for week in told.weeks if (week.week, week.role) == (1, "champion"))
    planned = next(load for load in before.loads if (load.week, load.role) == (1, "champion"))
    assert first.logged == 4.0 * 5 * len(groups_of(public.policy))
    assert first.planned == planned.hours
    lines = ledger_lines(told)
    assert lines[0] == "Care ledger: planned and given"
    assert max(map(len, lines)) <= 79


def test_an_entry_that_is_taken_back_is_gone_from_the_summary(study: Study, tmp_path: Path) -> None:
    public = study.public()
    before = summary(study)[0].entries
    entry = CareEntry(study=public.policy.study, week="2027-01-11", minutes=30, kind="other", role="manager")
    log(public, entry, tmp_path)
    assert summary(study)[0].entries == before + 1
    assert undo(public, tmp_path) == entry
    assert summary(study)[0].entries == before
