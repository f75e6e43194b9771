"""`careload requests`: who asked for help by name, once the wave is closed."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui import output
from tui.exits import Exit
from tui.keys import configure_keys


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    configure_keys(parser)
    parser.add_argument("--json", action="store_true", help="print the requests as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Open the queue with the key holders' keys: name, contact, kinds of help, in an order drawn by lot."""
    from store.requests import open_queue
    from store.study import Study
    from tui.keys import read_keys

    study = Study.load(given.study)
    requests = open_queue(study, read_keys(given.key, given.passphrase))
    if given.json:
        asked = [{"name": one.name, "contact": one.contact, "kinds": one.kinds} for one in requests]
        output.put_json({"requests": asked})
    else:
        lines = [f"{one.name}\t{one.contact}\t{', '.join(one.kinds)}" for one in requests]
        output.put("\n".join(lines) or "Nobody has asked for help by name.")
    output.say("Asking says nothing about what somebody answered, or whether they took part.")
    return Exit.DONE
