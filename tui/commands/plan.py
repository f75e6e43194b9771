"""`careload plan`: the care-load plan."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study, closed")
    parser.add_argument(
        "--weeks", type=int, default=12, metavar="N", help="length of the rollout in weeks (12)"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="write csv tables here too")
    parser.add_argument("--json", action="store_true", help="print the plan as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Compute the plan from the release and the supporters."""
    from store.study import Study
    from tui.flows.exporting import export_plan
    from tui.flows.planning import plan_for, release_in
    from tui.text.plan_text import plan_lines

    study = Study.load(given.study)
    plan = plan_for(study, release_in(study), given.weeks)
    if given.out:
        for path in export_plan(plan, given.out):
            output.say(f"Written: {path}")
    if given.json:
        output.put_json(plan)
    else:
        output.put("\n".join(plan_lines(plan)))
    return Exit.DONE
