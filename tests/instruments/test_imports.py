"""A respondent's first screen waits for nothing that only `init` and `open` need."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("rooms", ["instruments.records, instruments.sitting, instruments.reading"])
def test_records_and_sitting_load_no_definition_reader(rooms: str) -> None:
    """Asked of a fresh interpreter: TOML, catalogue and importlib.resources stay away."""
    code = f"import sys, {rooms}; print(*sorted(sys.modules))"
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert "instruments.sitting" in told
    heavy = {
        "tomllib",
        "instruments.catalogue",
        "instruments.checking",
        "importlib.resources",
        "numpy",
        "textual",
    }
    assert not heavy & set(told)
