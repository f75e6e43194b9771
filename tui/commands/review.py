"""`careload review`: the desk of facilitators and HR."""

from __future__ import annotations

import argparse
from pathlib import Path

from instruments.records import sha256_of
from scoring.plan_options import PlanOptions
from scoring.plan_records import Plan
from scoring.records import Release
from tui import output
from tui.exits import Exit
from tui.terminal import is_accessible, wants_lines
from tui.text.layout import plain_lines


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument(
        "--weeks", type=int, default=12, metavar="N", help="length of the rollout in weeks (12)"
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help="print the pages as text; with ACCESSIBLE=1 every row of a table as a sentence",
    )
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
    return show(release, plan, on_screen=not given.plain and not wants_lines())


def show(release: Release, plan: Plan, *, on_screen: bool) -> int:
    """Show release and plan on the desk, or as text where there is no terminal."""
    if on_screen:
        from tui.desk_app import make_desk_app

        make_desk_app(release, plan, release_sha256=sha256_of(release)).run()
        return Exit.DONE
    from tui.text.plan_text import plan_page
    from tui.text.spoken import spoken_lines
    from tui.text.summary import release_pages

    lines_of = spoken_lines if is_accessible() else plain_lines
    pages = (*release_pages(release, sha256_of(release)), plan_page(plan))
    output.put("\n\n".join("\n".join(lines_of(page)) for page in pages))
    return Exit.DONE
