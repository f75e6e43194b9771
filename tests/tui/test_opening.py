"""Opening a study: every recovery sheet is tried on a canary first."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.cost import Cost
from store.errors import KeyRefused
from store.vault import make_key, unlock_sheet
from tui.flows.founding import Founded, found_study
from tui.flows.opening import open_study
from tui.flows.wishes import Wishes, parse_attribute, parse_supporter

HELD = ("the first passphrase", "the second passphrase")


@pytest.fixture
def founded(tmp_path: Path) -> Founded:
    """Return a study that was set up and not opened; its keys cost no work."""
    wishes = Wishes(
        study="spring",
        organisation="Example Ltd",
        headcount=100,
        attributes=(parse_attribute("department: Sales=40, Operations=60"),),
        supporters=(parse_supporter("champion=6x2"),),
    )
    return found_study(tmp_path / "spring", wishes, tmp_path / "keys", HELD, cost=Cost.CHEAP)


def test_a_sheet_that_opens_another_key_freezes_nothing(founded: Founded) -> None:
    """It is a sound sheet, but of a key that the study does not have: a loss would only show at closing."""
    (first, second) = (sheet.read_text() for sheet in founded.sheets)
    other = make_key("somebody else's passphrase", cost=Cost.CHEAP).recovery
    assert unlock_sheet(other)
    for sheets in ([first, other], [other, second], [first, first]):
        with pytest.raises(KeyRefused, match="not the keys of this study"):
            open_study(founded.study, sheets, "test")
    assert not (founded.study.root / "public" / "policy.json").exists()
    open_study(founded.study, [second, first], "test")
    assert (founded.study.root / "public" / "policy.json").exists()
