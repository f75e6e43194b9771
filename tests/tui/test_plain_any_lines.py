"""Any lines in any order: plain mode neither stops nor says a character to obey, and the disk has it all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.system.same_answers import with_all_tasks
from tests.tui import take_studies as studies
from tests.tui.plain_person import AGREE, sit, word_back
from tui.plain.words import HELLO

LINES = (
    *(str(number) for number in range(8)),
    *("back", "skip", "why", "again", "help", "code", "text", "find gate", "find", "leave out"),
    *("r1", "f3", "70", "40", "done", "done", "show", "add", "replace 1", "insert 2", "delete 1", "change 1"),
    *("", "the", "Words of my own.", "\x1b[31mred", "x" * 300, "[/x] {0} %s", "\ud800", "99"),
)


@pytest.mark.parametrize("seed", range(12))
def test_any_lines_in_any_order(tmp_path: Path, seed: int) -> None:
    """What another process finds under the code is what this one stands at, until the answers are closed."""
    root = tmp_path / "study"
    studies.open_study(root, with_all_tasks())
    session = studies.session_in(root)
    chance = random.Random(seed)
    lines = chance.choices(LINES, k=1000)
    outcome, told = sit(session, *AGREE, *lines)
    assert outcome.exit_code == 0
    assert told[0] == HELLO
    assert not [line for line in told if line and not line.isprintable()]
    if session.has_begun:
        other = studies.session_in(root, code=session.code)
        assert other.look() == "draft"
        assert other.sitting == session.sitting


@pytest.mark.parametrize("seed", range(6))
def test_any_lines_at_the_door(tmp_path: Path, seed: int) -> None:
    """Before the first question, too: pages, ticket and code take anything."""
    root = tmp_path / "study"
    study = studies.open_study(root, studies.five_types(), tickets=True)
    ticket = studies.one_ticket(study)
    chance = random.Random(seed)

    def maybe_word(told: list[str]) -> str:
        return word_back(told) if told[-1].startswith("Word ") else chance.choice(LINES)

    steps = [chance.choice((*LINES, ticket, "1", "1", maybe_word, maybe_word)) for _ in range(120)]
    outcome, told = sit(studies.session_in(root), *steps)
    assert outcome.exit_code == 0
    assert not [line for line in told if line and not line.isprintable()]
