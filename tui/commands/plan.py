"""`careload plan`: the care-load plan."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.errors import WrongUsage
from tui import output
from tui.commands.plan_flags import add_scenario, options_of
from tui.exits import Exit

if TYPE_CHECKING:
    from scoring.plan.records import Plan
    from scoring.records import Release
    from store.study import Study
    from tui.flows.plan_files import Wanted


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study, closed")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write csv tables here too")
    parser.add_argument(
        "--start", metavar="DATE", help="Monday of week 1: write calendars (.ics) into --out, too"
    )
    parser.add_argument(
        "--report", metavar="LIST", help="write a report into --out, too: html, pdf, with a comma between"
    )
    parser.add_argument(
        "--best-seats",
        action="store_true",
        help="look for the best seats for everybody on the staff list; can take minutes",
    )
    parser.add_argument("--json", action="store_true", help="print the plan as one JSON object")
    add_scenario(parser)


def run(given: argparse.Namespace) -> int:
    """Compute the plan from the release and the supporters."""
    from store.study import Study
    from tui.flows.exporting import make_folder
    from tui.flows.planning import check_staff, plan_for, release_in
    from tui.text.plan_text import plan_lines

    asked = [name for name in ("start", "report") if getattr(given, name) is not None]
    if asked and not given.out:
        raise WrongUsage(f"--{asked[0]} writes files, and no folder was named for them.", "Add --out DIR.")
    if given.compare and given.best_seats:
        raise WrongUsage("--compare shows kept scenarios; seats belong to none.", "Leave --best-seats out.")
    wanted = _wanted(given)
    study = Study.load(given.study)
    release = release_in(study)
    if given.best_seats:
        check_staff(study)
    if given.compare:
        return _compare(given, study, release)
    if given.out:
        make_folder(given.out)
    options = options_of(given, study, release)
    if given.best_seats:
        _tell_seats(is_kept=given.out is not None and not options.groups)
    plan = plan_for(study, release, options, best_seats=given.best_seats)
    if given.out:
        _write(given.out, study, plan, release, wanted)
    if given.json:
        output.put_json(plan)
    else:
        output.put("\n".join(plan_lines(plan)))
    return Exit.DONE


def _tell_seats(*, is_kept: bool) -> None:
    output.say("Looking for good seats: less than a minute for 400 people, five to fifteen for 4,200.")
    if not is_kept:
        output.say("These seats will not be kept: for that, plan all groups and add --out DIR.")


def _compare(given: argparse.Namespace, study: Study, release: Release) -> int:
    """Print the kept scenarios side by side."""
    from scoring.plan.comparing import compare
    from tui.flows.scenarios import side_by_side
    from tui.text.plan_scenarios import scenario_lines

    rows = compare(side_by_side(study, release))
    if given.json:
        output.put_json({"scenarios": rows})
    else:
        output.put("\n".join(scenario_lines(rows)))
    return Exit.DONE


def _wanted(given: argparse.Namespace) -> Wanted:
    """Return which files were asked for, everything checked that can be before planning."""
    from tui.flows.calendars import first_monday
    from tui.flows.plan_files import Wanted
    from tui.flows.reporting import report_formats

    return Wanted(
        start=None if given.start is None else first_monday(given.start),
        formats=() if given.report is None else report_formats(given.report),
    )


def _write(folder: Path, study: Study, plan: Plan, release: Release, wanted: Wanted) -> None:
    from tui.flows.plan_files import write_plan

    paths, lacks_calendars = write_plan(study, release, plan, folder, wanted)
    if lacks_calendars:
        output.say("No calendar was written: this plan has no cohorts and no supporters' weeks yet.")
    for path in paths:
        output.say(f"Written: {path}")
