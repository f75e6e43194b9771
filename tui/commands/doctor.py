"""`careload doctor`: check every file of a study."""

from __future__ import annotations

import argparse
from pathlib import Path

from store.checkup import Finding
from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--json", action="store_true", help="print the findings as one JSON object")


def run(given: argparse.Namespace) -> int:
    """List what is wrong, where, and what to do."""
    from tui.flows.checking import check_all

    findings = check_all(given.study)
    if given.json:
        output.put_json({"findings": findings})
    else:
        output.put_line("\n".join(_line(one) for one in findings) or "Everything is as it should be.")
    return Exit.BAD_INPUT if any(one.severity == "wrong" for one in findings) else Exit.DONE


def _line(finding: Finding) -> str:
    return f"{finding.severity}: {finding.path}: {finding.found} {finding.todo}".rstrip()
