"""The rooms' one direction, and what a respondent waits for before the first screen."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"numpy", "scipy", "sklearn", "pandas", "polars", "highspy"}


def modules_after(code: str) -> set[str]:
    script = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def rooms(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules} & {"instruments", "store", "scoring", "tui"}


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        (
            "import instruments.catalogue, instruments.wording, instruments.battery, instruments.sitting",
            {"instruments"},
        ),
        ("import store.study, store.inbox, store.tickets, store.drafts", {"instruments", "store"}),
        ("import scoring.pipeline, scoring.release, scoring.plan.careload", {"instruments", "scoring"}),
    ],
)
def test_a_room_loads_only_the_rooms_below_it(code: str, allowed: set[str]) -> None:
    assert rooms(modules_after(code)) <= allowed


def test_instruments_need_the_standard_library_and_msgspec_only() -> None:
    """Whatever else is installed, importing the whole room brings in no other distribution.

    msgspec itself asks for typing_extensions where it is installed.
    """
    loaded = modules_after("import instruments.catalogue, instruments.wording, instruments.battery")
    outside = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    allowed = {
        "instruments",
        "msgspec",
        "typing_extensions",
        "__main__",
        "_distutils_hack",
        "sitecustomize",
        "usercustomize",
    }
    assert {name for name in outside if not name.startswith(("_", "__editable__"))} <= allowed


def test_the_way_to_the_first_screen_loads_no_number_crunching() -> None:
    """A respondent who starts `careload take` waits for no numpy, scipy, scikit-learn, pandas or polars."""
    loaded = modules_after(
        "import tui.cli, tui.commands.take, tui.terminal, tui.flows.taking, tui.take_app\n"
        "tui.cli.build_parser('take')"
    )
    assert not {name.partition(".")[0] for name in loaded} & HEAVY


def test_the_command_line_itself_loads_no_screens() -> None:
    """`careload --help` answers at once: neither Textual nor numbers are loaded for it."""
    loaded = modules_after("import tui.cli\ntui.cli.build_parser(None)")
    assert not {name.partition(".")[0] for name in loaded} & (HEAVY | {"textual", "questionary", "nacl"})


def test_the_desk_opens_without_numbers() -> None:
    """The desk reads a release and a plan: data that was counted long ago."""
    loaded = modules_after("import tui.desk_app")
    assert not {name.partition(".")[0] for name in loaded} & HEAVY
