"""`careload invite`: tickets to hand out by lot."""

from __future__ import annotations

import argparse
from pathlib import Path

from instruments.errors import BadInput
from instruments.records import Policy
from tui import output
from tui.exits import Exit

MAX_TICKETS = 100_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--count", type=int, required=True, metavar="N", help="how many tickets")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write the tickets here (0600) instead of printing"
    )
    parser.add_argument(
        "--page", action="store_true", help="a page to print and cut up instead of one a line"
    )
    parser.add_argument("--json", action="store_true", help="print the tickets as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Issue tickets; the study keeps only their hashes."""
    from store.files import PRIVATE_FILE, write_atomic
    from store.study import Study
    from store.tickets import issue, issued

    if not 1 <= given.count <= MAX_TICKETS:
        raise BadInput(f"--count: found {given.count}; expected 1 to {MAX_TICKETS:,}.")
    _check_out(given.out)
    study = Study.load(given.study)
    policy = study.public().policy
    if not policy.tickets:
        raise BadInput("This study is open to everybody: it needs no tickets.")
    tickets = issue(study, given.count)
    total = len(issued(study.root))
    if total > policy.headcount:
        output.say(f"{total:,} tickets have been issued for {policy.headcount:,} people.")
        output.say("Answers can be made up with tickets left over: let a key holder count and destroy them.")
    if given.json and not given.out:
        output.put_json({"tickets": tickets})
        return Exit.DONE
    text = "\n".join(_slip(policy, given.study, one) for one in tickets) if given.page else "\n".join(tickets)
    if given.out:
        write_atomic(given.out, (text + "\n").encode(), PRIVATE_FILE, given.out.name)
        output.say(f"{len(tickets)} tickets are in {given.out}.")
        if given.json:
            output.put_json({"file": str(given.out), "count": len(tickets)})
    else:
        output.put(text)
    output.say("Hand them out by lot: whoever gives a ticket to a person could note which one it was.")
    return Exit.DONE


def _check_out(out: Path | None) -> None:
    """Refuse a place for the tickets before any is issued: a ticket that nobody reads is lost."""
    if out is not None and (out.exists() or not out.parent.is_dir()):
        found = "something of this name already" if out.exists() else "no such folder"
        raise BadInput(f"--out: found {found}; expected a new file.", "Choose another place.")


def _slip(policy: Policy, study: Path, ticket: str) -> str:
    return "\n".join(
        (
            "- " * 36,
            f"{policy.organisation}: your ticket for the assessment before AI tools are rolled out",
            "",
            f"    {ticket}",
            "",
            f"Type: careload take {study}",
            f"{_length(policy)}The program keeps no list of who gets which ticket.",
        )
    )


def _length(policy: Policy) -> str:
    from tui.flows.consent import STANDARD_MINUTES

    return f"It takes about {STANDARD_MINUTES} minutes. " if policy.battery == "standard" else ""
