"""`careload import`: answers collected elsewhere, by item id."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.errors import WrongUsage
from instruments.importing_columns import LAYOUTS
from tui import output
from tui.exits import Exit

if TYPE_CHECKING:
    from store.study import Study


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study, open")
    parser.add_argument("answers", type=Path, nargs="?", metavar="FILE", help="csv file, one row a person")
    parser.add_argument("--layout", choices=LAYOUTS, help="where the file comes from (found out)")
    parser.add_argument("--map", type=Path, metavar="FILE", help="csv file: column,question")
    configure_missing(parser)
    parser.add_argument(
        "--leave-out-values",
        action="store_true",
        help="take the rest of a row with a value that does not fit",
    )
    parser.add_argument("--yes", action="store_true", help="seal without asking")
    parser.add_argument("--dry-run", action="store_true", help="only look and report, whatever else is said")
    parser.add_argument(
        "--take-back", action="store_true", help="remove every import of the open wave for good"
    )
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")


def configure_missing(parser: argparse.ArgumentParser) -> None:
    """Declare the option that names further marks of no answer."""
    parser.add_argument(
        "--missing",
        action="append",
        default=[],
        metavar="CODE",
        help="a further mark of no answer, such as 99",
    )


def run(given: argparse.Namespace) -> int:
    """Report what the file has for the study, and seal it when told to."""
    from instruments.importing import How
    from store.study import Study
    from tui.flows.importing import look_at

    study = Study.load(given.study)
    if given.take_back:
        return _take_back(study, given)
    if given.answers is None:
        raise WrongUsage("Which answers?", "careload import STUDY answers.csv")
    how = How(layout=given.layout, missing=tuple(given.missing), leave_out_values=given.leave_out_values)
    found = look_at(study, given.answers, how, given.map)
    report = found.report
    if not given.json:
        output.put("\n".join(report.lines()))
    if not report.taken:
        output.say("Nothing was sealed: no row can be taken.")
    elif given.dry_run or not (
        given.yes or _agreed(f"Seal the answers of {report.taken - report.before} people?")
    ):
        instead = " instead of --dry-run" if given.dry_run else ""
        output.say(f"Nothing was sealed. To seal what can be taken, add --yes{instead}.")
    else:
        report = found.seal(output.Progress("Sealing"))
        before = f" Imported before: {report.already}." if report.already else ""
        output.say(f"Sealed: {report.sealed} people's answers.{before}")
    if given.json:
        output.put_json(report)
    return Exit.DONE if report.taken else Exit.BAD_INPUT


def _take_back(study: Study, given: argparse.Namespace) -> int:
    from tui.flows.importing import take_imports_back

    if given.answers is not None:
        raise WrongUsage("--take-back removes all imports; it takes no file.", "Leave the file out.")
    if not (given.yes or _agreed("Remove every import of this wave?")):
        output.say("Nothing was removed. To remove every import of this wave, add --yes.")
        return Exit.DONE
    removed = take_imports_back(study)
    output.say(f"Removed: {removed} people's imported answers.")
    if given.json:
        output.put_json({"removed": removed})
    return Exit.DONE


def _agreed(question: str) -> bool:
    """Ask on a terminal; where nobody can be asked the answer is no."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    output.say(f"{question} Type yes: ", end="")
    return sys.stdin.readline().strip().casefold() == "yes"
