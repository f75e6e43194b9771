"""What `careload staff` and `careload supporters` have in common: read a list, show it, take it out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.errors import WrongUsage
from tui import output
from tui.exits import Exit

if TYPE_CHECKING:
    from store.study import Study
    from tui.flows.people_report import ListKind

_WORDS: dict[str, str] = {"staff": "staff list", "supporters": "list of supporters"}


def configure_list(parser: argparse.ArgumentParser) -> None:
    """Declare the options of both commands."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument(
        "list",
        type=Path,
        nargs="?",
        metavar="FILE",
        help="csv file, one row a person (none: tell what is kept)",
    )
    parser.add_argument("--check", action="store_true", help="only look and report; nothing is kept")
    parser.add_argument("--remove", action="store_true", help="take the list out of the study")
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")


def run_list(given: argparse.Namespace, kind: ListKind) -> int:
    """Read, show or remove the list of `kind`, and say what was done."""
    from store.study import Study
    from tui.flows.people import kept_list, read_list

    study = Study.load(given.study)
    if given.remove:
        return _remove(study, given, kind)
    if given.list is None:
        report = kept_list(study, kind)
        if report is None:
            raise WrongUsage(
                f"This study has no {_WORDS[kind]} yet.", f"careload {kind} STUDY {kind}.csv reads one."
            )
    else:
        report = read_list(study, kind, given.list, keep=not given.check)
    if given.json:
        output.put_json(report)
    else:
        output.put("\n".join(report.lines()))
    if report.faults:
        output.say("Nothing was taken. Mend the places named and read the file again.")
        return Exit.BAD_INPUT
    if given.list is not None:
        output.say(_said(kind, kept=report.kept))
    return Exit.DONE


def _said(kind: ListKind, *, kept: bool) -> str:
    if not kept:
        return "Nothing was kept: this was a look. Leave --check out to keep the list."
    return (
        f"Kept: the {_WORDS[kind]}, in the study's private folder, in place of any earlier one. "
        f"careload {kind} STUDY --remove takes it out. The csv file is still where it was."
    )


def _remove(study: Study, given: argparse.Namespace, kind: ListKind) -> int:
    from tui.flows.people import remove_list

    if given.list is not None or given.check:
        raise WrongUsage("--remove takes the list out; it takes no file and no --check.", "Leave them out.")
    removed = remove_list(study, kind)
    if given.json:
        output.put_json({"removed": removed})
    if removed is None:
        output.say(f"This study has no {_WORDS[kind]}; nothing was removed.")
    else:
        output.say(f"Removed: the {_WORDS[kind]} with {removed} names.")
    return Exit.DONE
