"""What `status` tells while a wave is open."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from instruments.setup import Thresholds
from store.study import Study
from tests.store.examples import REFERENCE, battery, make_keys, policy_for, setup_for
from tui.flows import counting


@pytest.mark.parametrize(("sealed", "told"), [(0, None), (16, None), (17, 17)])
def test_an_open_wave_tells_no_number_below_the_studys_own_threshold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sealed: int, told: int | None
) -> None:
    """As in a release: here it was raised to 17 people, so 15 or 16 answers are not told either."""
    setup = msgspec.structs.replace(
        setup_for(tuple(key.public_hex for key in make_keys())), thresholds=Thresholds(minimum_people=17)
    )
    study = Study.create(tmp_path / "study", setup)
    policy = msgspec.structs.replace(policy_for(setup, battery()), thresholds=setup.thresholds)
    study.freeze(policy, battery(), REFERENCE)
    monkeypatch.setattr(counting, "count", lambda _study: sealed)
    status = counting.status_of(study)
    assert (status.state, status.answered, status.fewer_than) == ("open", told, 17)
    assert ("fewer than 17" in status.lines()[1]) is (told is None)
    assert "Requests for help look just alike." in status.lines()[-1]
