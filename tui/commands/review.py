"""`careload review`: the desk of facilitators and HR."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from instruments.records import sha256_of
from scoring.plan_options import PlanOptions
from scoring.plan_records import Plan
from scoring.records import Release
from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument(
        "--weeks", type=int, default=12, metavar="N", help="length of the rollout in weeks (12)"
    )
    parser.add_argument("--plain", action="store_true", help="print the tables as text")
    parser.add_argument("--json", action="store_true", help="print the release as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Open the desk on the frozen release."""
    from store.study import Study
    from tui.flows.planning import plan_for, release_in

    study = Study.load(given.study)
    release = release_in(study)
    if given.json:
        output.put_json(release)
        return Exit.DONE
    plan = plan_for(study, release, PlanOptions(weeks=given.weeks))
    on_screen = not given.plain and sys.stdout.isatty() and sys.stdin.isatty()
    return show(release, plan, on_screen=on_screen)


def show(release: Release, plan: Plan, *, on_screen: bool) -> int:
    """Show release and plan on the desk, or as text where there is no terminal."""
    if on_screen:
        from tui.desk_app import make_desk_app

        make_desk_app(release, plan, release_sha256=sha256_of(release)).run()
        return Exit.DONE
    from tui.text.plan_text import plan_lines
    from tui.text.summary import release_lines

    output.put("\n".join([*release_lines(release, sha256_of(release)), "", *plan_lines(plan)]))
    return Exit.DONE
