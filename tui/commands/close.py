"""`careload close`: close the wave and write the release."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from tui import output
from tui.exits import Exit
from tui.keys import configure_keys


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    configure_keys(parser)
    parser.add_argument(
        "--few",
        action="store_true",
        help="close although requests for help, or imports that do not count, leave too few people to show "
        "results or groups",
    )
    parser.add_argument("--json", action="store_true", help="print the release as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Open everything in memory, score it, make it safe and write it."""
    from store.errors import AlreadyClosed
    from store.study import Study
    from tui.flows.closing import close_study
    from tui.keys import read_keys

    study = Study.load(given.study)
    if study.is_closed(study.public().policy.wave):
        raise AlreadyClosed("This wave is closed.", "Its release is there: `careload review`.")
    keys = read_keys(given.key, given.passphrase)
    closing = close_study(study, keys, date.today().isoformat(), accepts_few=given.few)
    header = closing.release.header
    for problem in closing.quarantined[:20]:
        output.say(f"Not counted: {problem.file}: {problem.reason}.")
    if len(closing.quarantined) > 20:
        output.say(
            f"... and {len(closing.quarantined) - 20} more files that are not submissions of this wave."
        )
    if closing.held_back:
        output.say(f"Held back: {closing.held_back} submissions with a ticket or code used twice.")
    counted = header.counted or f"fewer than {header.thresholds.minimum_people}"
    output.say(f"Counted: {counted} of {header.headcount}. The release is written and frozen.")
    output.say(f"Next: careload review {given.study}")
    if closing.requests:
        output.say(f"Asked for help by name: {closing.requests}. `careload requests` opens the queue.")
    if closing.texts:
        output.say(f"Texts whose authors let raters read them: {closing.texts}.")
    if given.json:
        output.put_json(closing.release)
    return Exit.DONE
