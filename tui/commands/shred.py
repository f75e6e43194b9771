"""`careload shred`: destroy the keys, so that no answer can be opened any more."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from instruments.errors import WrongUsage
from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study, closed")
    parser.add_argument(
        "--key-dir", type=Path, metavar="DIR", help="folder with keys and sheets (STUDY-keys)"
    )
    parser.add_argument(
        "--key",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a further copy: a key file (.key) or a recovery sheet",
    )
    parser.add_argument(
        "--before-closing",
        action="store_true",
        help="end a study without a release; every answer is lost",
    )
    parser.add_argument(
        "--keep-lists", action="store_true", help="leave the staff list and the supporters by name"
    )
    parser.add_argument("--json", action="store_true", help="print what was destroyed as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Say what would be destroyed, ask for the study's name, destroy, and say what is left to do."""
    from store.study import Study
    from tui.flows.shredding import LISTS_GO, check_time, find_keys, shred, warnings

    study = Study.load(given.study)
    check_time(study, before_closing=given.before_closing)
    folder = given.key_dir or given.study.parent / f"{given.study.name}-keys"
    keys = find_keys(study, folder, given.key)
    today = date.today()
    for warning in warnings(study, today):
        output.say(warning)
    if not given.keep_lists:
        output.say(LISTS_GO)
    output.say("This cannot be undone. To be destroyed:")
    for key in keys:
        output.say(f"  {key.path} ({key.role})")
    _agree(study.setup().study)
    done = shred(study, keys, today, before_closing=given.before_closing, keep_lists=given.keep_lists)
    if given.json:
        output.put_json(done)
    else:
        output.put_line("\n".join(done.lines()))
    return Exit.DONE


def _agree(name: str) -> None:
    output.say(f"Type the name of the study ({name}) to go on: ", end="")
    if sys.stdin.readline().strip() != name:
        raise WrongUsage("That is not the study's name.", "Nothing was destroyed.")
