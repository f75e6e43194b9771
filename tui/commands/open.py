"""`careload open`: freeze the policy and open the wave."""

from __future__ import annotations

import argparse
from pathlib import Path

from store.errors import KeyRefused
from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument(
        "--sheet",
        action="append",
        metavar="-|@FILE",
        help="recovery sheet of a key holder, to test it; once for each, in the order of `init`",
    )
    parser.add_argument("--json", action="store_true", help="print the frozen policy as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Test the recovery sheets, freeze the study and say what was frozen."""
    from store.study import Study
    from tui.cli import program_version
    from tui.flows.opening import battery_of, open_study, published_count
    from tui.secrets import read_secret

    study = Study.load(given.study)
    holders = study.setup().key_holders
    wanted: list[str | None] = list(given.sheet or [None] * len(holders))
    sheets = [
        read_secret("--sheet", sheet, "") if sheet else _typed(holder.role)
        for sheet, holder in zip(wanted, holders, strict=False)
    ] + [str(extra) for extra in wanted[len(holders) :]]
    policy = open_study(study, sheets, program_version())
    published, instruments = published_count(battery_of(study))
    output.say(f"The wave {policy.wave} is open. Its policy is frozen.")
    output.say(f"Published wording: {published} of {instruments} instruments.")
    if published < instruments:
        output.say("Adapted wording: published reliability does not carry over.")
    if not policy.agreement_date:
        output.say("No works agreement is named; people will read that on the first screen.")
    output.say(f"Next: careload invite {given.study} --count {policy.headcount}")
    if given.json:
        output.put_json(policy)
    return Exit.DONE


def _typed(role: str) -> str:
    """Ask for the words of one sheet until they are those of a sheet: a slip costs one sheet, not all."""
    from store.vault import unlock_sheet
    from tui.secrets import read_secret

    while True:
        words = read_secret("--sheet", None, f"Words of the recovery sheet ({role}): ", echo=True)
        try:
            unlock_sheet(words)
        except KeyRefused as error:
            if not words:
                raise
            output.say_error(error)
        else:
            return words
