"""`careload review`: the desk of facilitators and HR."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.records import sha256_of
from scoring.plan.options import PlanOptions, check_options
from scoring.plan.records import Plan
from scoring.records import Release
from tui import output
from tui.exits import Exit
from tui.terminal import is_accessible, wants_lines
from tui.text.layout import plain_lines

if TYPE_CHECKING:
    from store.study import Study


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument(
        "--weeks", type=int, default=12, metavar="N", help="length of the rollout in weeks (12)"
    )
    parser.add_argument(
        "--role", choices=("facilitator", "hr"), default="facilitator", help="whose desk comes first"
    )
    parser.add_argument(
        "--look",
        choices=("dark", "light", "contrast-dark", "contrast-light"),
        default="dark",
        help="colours of the desk; NO_COLOR takes them away",
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
    from tui.text.next_steps import next_steps

    check_options(PlanOptions(weeks=given.weeks))
    study = Study.load(given.study)
    release = release_in(study)
    if given.json:
        output.put_json(release)
        return Exit.DONE
    if given.plain or wants_lines():
        is_hr = given.role == "hr"  # whose desk has no plan either
        plan = None if is_hr else plan_for(study, release, PlanOptions(weeks=given.weeks))
        return tell(
            release,
            plan,
            next_steps(release, study.root.name, has_pledges=bool(study.public().policy.pledges)),
        )
    return open_desk(study, release, weeks=given.weeks, role=given.role, look=given.look)


def open_desk(
    study: Study, release: Release, *, weeks: int = 12, role: str = "facilitator", look: str = "dark"
) -> int:
    """Open the desk at once; the plan is worked out when it is first looked at."""
    from tui.cli import program_version
    from tui.desk_app import make_desk_app
    from tui.flows.desk import desk_work
    from tui.flows.planning import plan_for

    make_desk_app(
        release,
        lambda: plan_for(study, release, PlanOptions(weeks=weeks)),
        release_sha256=sha256_of(release),
        look=f"careload-{look}",
        role=role,
        work=desk_work(study, release, program_version()),
    ).run()
    return Exit.DONE


def tell(release: Release, plan: Plan | None, steps: Sequence[str] = ()) -> int:
    """Print release and, where there is one, plan as text, with the `steps` that can be taken next."""
    from tui.text.plan_text import plan_page
    from tui.text.spoken import spoken_lines
    from tui.text.summary import release_pages

    lines_of = spoken_lines if is_accessible() else plain_lines
    shown = release_pages(release, sha256_of(release), steps)
    pages = shown if plan is None else (*shown, plan_page(plan))
    output.put("\n\n".join("\n".join(lines_of(page)) for page in pages))
    return Exit.DONE
