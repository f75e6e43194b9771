"""What is told of a file that does not count never repeats what somebody answered."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from instruments.answers import Answer, Choice, Rating, Text
from instruments.errors import CareloadError
from store.inbox import collect, submit
from tests.store.examples import OWN, Opened, cheap_key, everything_under, forge, open_study

CANARY = "Zanzibarkanarienvogel"
ODD: tuple[dict[str, Answer], ...] = (
    {"mini/a": Rating(value=777_123_777)},
    {"mini/a": Text(value=CANARY)},
    {"mini/b": Text(value=CANARY * 400)},
    {"mini/b": Choice(code=777_123_777)},
    {"mini/c": Text(value=CANARY)},
)
SECRETS = (CANARY, "777123777", "777,123,777", "777_123_777")


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Return a study of two made-up questions."""
    return open_study(tmp_path / "study")


@pytest.mark.parametrize("answers", ODD)
def test_neither_handing_in_nor_closing_repeats_an_answer_that_does_not_fit(
    opened: Opened, answers: dict[str, Answer]
) -> None:
    """Not in the sentence, not in the reason for setting aside, not in any file."""
    key = cheap_key(opened.public)
    odd = msgspec.structs.replace(opened.submission(key), answers=answers)
    with pytest.raises(CareloadError) as refused:
        submit(opened.public, odd, OWN, key)
    forge(opened, opened.submission(key), answers=answers)
    (problem,) = collect(opened.study, opened.privates).quarantined
    told = f"{refused.value.message} {refused.value} {problem.reason} {everything_under(opened.root)!r}"
    assert not [secret for secret in SECRETS if secret in told]
