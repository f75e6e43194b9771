"""Run the benchmarks: `python -m benchmarks [PART ...] [--rounds N] [--json]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from benchmarks.figures import Figure

PARTS = ("startup", "keys", "saving", "probabilities", "scoring")
"""Modules of this package; scoring is last because it fills the memory."""
NAMED = ("kiosk", "desk", "plan")
"""Parts that take more than a minute: only when they are named."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios of one interleaved run.")
    made.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}, without any all; {', '.join(NAMED)}"
    )
    made.add_argument("--rounds", type=int, help="turns of each part, instead of its own number")
    made.add_argument("--json", action="store_true", help="print one JSON object in place of lines")
    return made


def main(arguments: Sequence[str]) -> int:
    """Run the wanted parts and print a line a figure."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    made = parser()
    given = made.parse_args(arguments)
    unknown = sorted(set(given.parts) - {*PARTS, *NAMED})
    if unknown or (given.rounds is not None and given.rounds < 1):
        made.error(f"no such part: {', '.join(unknown)}" if unknown else "--rounds is 1 or more")
    told: dict[str, object] = {}
    for part in given.parts or PARTS:
        module = import_module(f"benchmarks.{part}")
        figures: dict[str, Figure] = module.run(**({"rounds": given.rounds} if given.rounds else {}))
        for name, figure in figures.items():
            told[name] = figure.as_json()
            if not given.json:
                print(figure.line(), flush=True)
    if given.json:
        print(json.dumps(told, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
