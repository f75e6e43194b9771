"""`careload demo`: a rehearsal organisation through the whole way."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.errors import BadInput, WrongUsage
from tui import output
from tui.exits import Exit
from tui.terminal import wants_lines

if TYPE_CHECKING:
    from scoring.plan.records import Plan
    from scoring.records import Release
    from store.study import Study

MIN_PEOPLE, MAX_PEOPLE = 15, 5000
FIRST_MONDAY = "2026-02-02"
"""First week of the rehearsed rollout, four weeks after its closing."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--people", type=int, default=240, metavar="N", help="how many take part (240)")
    parser.add_argument(
        "--seed", type=int, default=7, metavar="S", help="the same seed gives the same numbers (7)"
    )
    parser.add_argument("--dir", type=Path, metavar="DIR", help="folder for the rehearsal (a temporary one)")
    parser.add_argument("--no-tui", action="store_true", help="print the summary instead of opening the desk")
    parser.add_argument("--json", action="store_true", help="print one JSON object (with --no-tui)")


def run(given: argparse.Namespace) -> int:
    """Build the rehearsal, then open the desk or print the summary."""
    from tui.flows.planning import plan_for
    from tui.flows.rehearsing import rehearse

    if not MIN_PEOPLE <= given.people <= MAX_PEOPLE:
        raise BadInput(f"--people: found {given.people}; expected {MIN_PEOPLE} to {MAX_PEOPLE}.")
    if given.seed < 0:
        raise BadInput(f"--seed: found {given.seed}; expected 0 or more.")
    folder = _folder(given.dir)
    output.say("Everything here is made up. Simulated people answer, seal and are counted the real way.")
    from tui.cli import program_version

    progress = output.Progress("People answer and seal")
    rehearsal = rehearse(folder, given.people, given.seed, program_version(), progress)
    release = rehearsal.closing.release
    output.say(f"Study: {rehearsal.study.root}")
    output.say(f"Look at it again: {_called()} review {rehearsal.study.root}")
    plan = plan_for(rehearsal.study, release)
    if given.json:
        from tui.text.summary import summary_object

        paths = {"study": str(rehearsal.study.root), "keys": str(folder / "keys")}
        output.put_json(summary_object(release, plan, paths))
        return Exit.DONE
    _write(rehearsal.study, release, plan, folder / "plan")
    if given.no_tui or wants_lines():
        from tui.commands.review import tell

        return tell(release, plan)
    from tui.commands.review import open_desk

    return open_desk(rehearsal.study, release)


def _write(study: Study, release: Release, plan: Plan, folder: Path) -> None:
    """Write the plan as a facilitator would: tables, calendars, and a report where that is possible."""
    from tui.flows.calendars import first_monday
    from tui.flows.plan_files import Wanted, write_plan
    from tui.flows.reporting import FORMATS, NAME, report_formats

    try:
        formats = report_formats(",".join(FORMATS))
    except WrongUsage:  # its libraries are not installed
        formats = ()
    write_plan(study, release, plan, folder, Wanted(first_monday(FIRST_MONDAY), formats))
    output.say(f"Plan, calendars (.ics) and tables: {folder}")
    if formats:
        output.say(f"Report to look at: {folder / NAME}.html")


def _called() -> str:
    """Return what starts careload from here: after `make demo` it lies in `.venv`, where no PATH leads."""
    program = Path(sys.argv[0])
    return str(program) if program.name == "careload" and not shutil.which("careload") else "careload"


def _folder(wanted: Path | None) -> Path:
    if wanted is None:
        return Path(tempfile.mkdtemp(prefix="careload-demo-"))
    if not wanted.exists():
        return wanted
    number = 2
    while (wanted.parent / f"{wanted.name}-{number}").exists():
        number += 1
    return wanted.parent / f"{wanted.name}-{number}"
