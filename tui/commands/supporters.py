"""`careload supporters`: who gives support, by name, with hours week by week."""

from __future__ import annotations

import argparse

from tui.people_command import configure_list, run_list


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    configure_list(parser)


def run(given: argparse.Namespace) -> int:
    """Read, show or remove the supporters."""
    return run_list(given, "supporters")
