"""`careload pledge`: what became of the promises that were made before opening."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument(
        "--say",
        action="append",
        default=[],
        metavar="N=kept|not-yet|broken",
        help="say for everybody to read what became of pledge N",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(given: argparse.Namespace) -> int:
    """Tell what the release says of each condition, and keep what the organisation says of each promise."""
    from store.study import Study
    from tui.flows.planning import release_in
    from tui.flows.pledges import pledge_lines, say, sayings_of

    study = Study.load(given.study)
    release, public = release_in(study), study.public()
    sayings = say(study, release, given.say) if given.say else sayings_of(public, release)
    if given.json:
        output.put_json({"pledges": public.policy.pledges, "now": sayings})
    else:
        output.put_line("\n".join(pledge_lines(public, sayings)) or "No pledge was made before opening.")
    if given.say:
        output.say("Everybody reads this with `careload verify`.")
    return Exit.DONE
