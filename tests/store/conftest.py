"""Fixtures of the store's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.examples import Opened, open_study


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """An opened study with tickets and two key holders."""
    return open_study(tmp_path / "study")
