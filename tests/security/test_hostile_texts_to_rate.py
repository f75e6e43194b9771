"""A hundred hostile texts through the raters' screen: the app lives, and each is shown as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from instruments.texts import CONTROL
from tests.security.terminal_texts import hostile_texts
from tests.tui.rating_studies import closed_with
from tui.cleaning import clean
from tui.flows.rating import RatingSession
from tui.rate_app import make_rate_app

pytestmark = pytest.mark.slow

TEXTS = tuple(text for text in hostile_texts() if clean(text).strip())[::4][:100]


async def test_every_text_is_shown_without_control_characters_and_without_markup(tmp_path: Path) -> None:
    closed = closed_with(tmp_path / "study", [("summarise-b", text) for text in TEXTS])
    session = RatingSession(closed.ratings(), closed.study.public(), "one")
    shown = []
    async with make_rate_app(session).run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        for number in range(len(TEXTS)):
            shown.append(str(pilot.app.screen.query_one("#text", Static).content))
            await pilot.press(str(number % 5))
            await pilot.pause()
    assert session.given == len(TEXTS)
    assert sorted(shown) == sorted(clean(text) for text in TEXTS)
    assert not [text for text in shown if CONTROL.search(text)]
