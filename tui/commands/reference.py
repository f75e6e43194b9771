"""`careload reference`: a local reference from a calibration sample."""

from __future__ import annotations

import argparse
from pathlib import Path

from instruments.errors import WrongUsage
from tui import output
from tui.commands.import_ import configure_missing
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study, not yet open")
    parser.add_argument(
        "sample", type=Path, nargs="?", metavar="FILE", help="csv file, one row a person, question ids above"
    )
    parser.add_argument(
        "--retest", type=Path, metavar="FILE", help="the same people's second answers; both files need id"
    )
    parser.add_argument("--team-column", default="", metavar="C", help="column that says who is in one team")
    configure_missing(parser)
    parser.add_argument(
        "--drop", action="store_true", help="take the local reference away; assumed figures hold"
    )
    parser.add_argument("--json", action="store_true", help="print what changed as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Estimate the reference, keep it with the study and say what changed."""
    from store.study import Study
    from tui.flows.referring import Sources, make_reference, take_away_reference

    study = Study.load(given.study)
    if given.drop == (given.sample is not None):
        raise WrongUsage("Give a sample, or --drop, not both.", "careload reference STUDY sample.csv")
    if given.drop:
        was_there = take_away_reference(study)
        output.say("The assumed figures hold again." if was_there else "There was no local reference.")
        return Exit.DONE
    sources = Sources(given.sample, given.retest, given.team_column, tuple(given.missing))
    outcome = make_reference(study, sources)
    if given.json:
        output.put_json(outcome)
    else:
        output.put("\n".join(outcome.lines()))
    output.say("The study opens with this reference. Made for its present wording: put that in first.")
    return Exit.DONE
