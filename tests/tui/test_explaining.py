"""`score --explain`: every scale that the study asks, by the reference it is read against."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from instruments.errors import BadInput
from instruments.setup import PartChoice
from scoring.reference import default_reference, encode
from store.study import Study
from tests.instruments.made import DEFINITION
from tests.scoring.made import battery_of, instrument
from tests.store.examples import policy_for, setup_for
from tui.flows.explaining import explained


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Return a study of one shipped instrument and one definition put there by hand."""
    setup = msgspec.structs.replace(
        setup_for(("00" * 32,)), battery="custom", parts=(PartChoice(instrument="slack"),)
    )
    made = Study.create(tmp_path / "study", setup)
    (made.root / "definitions" / "made-up.toml").write_text(DEFINITION)
    return made


def test_definitions_put_there_by_hand_are_explained_too(study: Study) -> None:
    """Answers 3 and 3 on 1 to 3, the second reversed to 1: 4 / 2 = 2."""
    assert set(explained(study, None, None)) == {"slack slack", "made-up whole"}
    steps = explained(study, "made-up", "3,3")["made-up whole"]
    assert "  b: 3, reversed 4 - 3 = 1" in steps
    assert "Score: 4 / 2 = 2.00 on 1 to 3" in steps


def test_an_instrument_that_is_not_asked_is_refused(study: Study) -> None:
    with pytest.raises(BadInput, match="nasa"):
        explained(study, "nasa-rtlx", None)


def test_an_open_study_is_explained_by_its_frozen_reference(tmp_path: Path) -> None:
    """The standard error printed is the frozen row's, not the one that would be assumed now."""
    battery = battery_of(instrument("safe", 2, 5, "safety"))
    reference = default_reference(battery)
    known = msgspec.structs.replace(reference.rows[0], sd=2.0, alpha=0.75, status="local")
    frozen = msgspec.structs.replace(reference, rows=(known,))
    setup = setup_for(("00" * 32,))
    opened = Study.create(tmp_path / "open", setup)
    policy = msgspec.structs.replace(policy_for(setup, battery), reference_sha256=frozen.sha256)
    opened.freeze(policy, battery, encode(frozen))
    steps = explained(opened, "safe", "2,4")["safe all"]
    assert any("2.00 x sqrt(1 - 0.75) = 1.00 (reference: local)" in step for step in steps)
