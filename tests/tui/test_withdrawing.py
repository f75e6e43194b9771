"""Withdrawing takes back what was handed in and what was begun, also begun in a wave that has closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.drafts import Draft
from store.errors import AlreadyClosed, KeyRefused
from tests.store.examples import Opened, cheap_key, open_study, sitting_record
from tui.flows.withdrawing import TakenBack, take_back


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Return a study of two made-up questions."""
    return open_study(tmp_path / "study")


def test_an_unfinished_sitting_can_be_discarded_after_closing(opened: Opened, tmp_path: Path) -> None:
    """Nobody can go on with it, so nothing of it has to stay; what was handed in stays counted."""
    key = opened.hand_in()
    Draft.start(tmp_path, key, "lighthouse", "baseline").save(sitting_record())
    opened.study.begin_closing()
    assert take_back(opened.public, key, tmp_path) == TakenBack(handed_in=False, unfinished=True)
    assert Draft.find(tmp_path, key, "lighthouse", "baseline") is None
    assert len(list(opened.inbox.iterdir())) == 1
    with pytest.raises(AlreadyClosed):
        take_back(opened.public, key, tmp_path)


def test_both_go_while_the_wave_is_open(opened: Opened, tmp_path: Path) -> None:
    key = opened.hand_in()
    Draft.start(tmp_path, key, "lighthouse", "baseline").save(sitting_record())
    assert take_back(opened.public, key, tmp_path) == TakenBack(handed_in=True, unfinished=True)
    assert not list(opened.inbox.iterdir())
    with pytest.raises(KeyRefused):
        take_back(opened.public, key, tmp_path)


def test_another_code_discards_nothing(opened: Opened, tmp_path: Path) -> None:
    key = opened.hand_in()
    Draft.start(tmp_path, key, "lighthouse", "baseline").save(sitting_record())
    with pytest.raises(KeyRefused):
        take_back(opened.public, cheap_key(opened.public), tmp_path)
    assert Draft.find(tmp_path, key, "lighthouse", "baseline") is not None
