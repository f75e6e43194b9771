"""`careload demo`: a rehearsal organisation through the whole way."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.errors import BadInput
from tui import output
from tui.exits import Exit
from tui.terminal import wants_lines

if TYPE_CHECKING:
    from scoring.records import Release
    from store.study import Study

MIN_PEOPLE, MAX_PEOPLE = 15, 5000


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
    output.say(f"Look at it again: careload review {rehearsal.study.root}")
    if given.json or given.no_tui or wants_lines():
        return _told(rehearsal.study, release, folder, as_json=given.json)
    from tui.commands.review import open_desk

    return open_desk(rehearsal.study, release)


def _told(study: Study, release: Release, folder: Path, *, as_json: bool) -> int:
    """Print the summary, as text or as one JSON object."""
    from tui.flows.planning import plan_for

    plan = plan_for(study, release)
    if as_json:
        from tui.text.summary import summary_object

        output.put_json(
            summary_object(release, plan, {"study": str(study.root), "keys": str(folder / "keys")})
        )
        return Exit.DONE
    from tui.commands.review import tell

    return tell(release, plan)


def _folder(wanted: Path | None) -> Path:
    if wanted is None:
        return Path(tempfile.mkdtemp(prefix="careload-demo-"))
    if not wanted.exists():
        return wanted
    number = 2
    while (wanted.parent / f"{wanted.name}-{number}").exists():
        number += 1
    return wanted.parent / f"{wanted.name}-{number}"
