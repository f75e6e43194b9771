"""The conversation of one sitting without any screen: drafts, pace, the order of its steps."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from instruments.answers import Choice, Rating, Skipped, Text
from instruments.errors import CareloadError
from instruments.model import ChoiceFormat
from instruments.pacing import PaceCounts
from instruments.sitting import SittingError
from store.drafts import Draft
from store.study import Study
from tests.tui import take_studies as studies
from tui.flows.outcomes import TakingError
from tui.flows.packing import submission_of
from tui.flows.taking import TakingSession


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """An open study with one question of each answer type."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    return root


def resumed(root: Path, code: str) -> TakingSession:
    session = studies.session_in(root, code=code)
    assert session.look() == "draft"
    return session


def kept(session: TakingSession) -> PaceCounts:
    assert session._draft is not None
    return session._draft.load().pace


def test_every_step_is_on_disk_when_it_returns(five: Path) -> None:
    """After each step another process, knowing the code, finds the same state."""
    session = studies.session_in(five)
    session.make_code()
    session.begin()
    steps: tuple[Callable[[], None], ...] = (
        lambda: session.answer(Choice(code=1), 4.0),
        session.skip,
        lambda: session.hold(Text(value="half a sen")),
        session.back,
        session.skip,
    )
    for step in steps:
        step()
        other = resumed(five, session.code)
        assert other.sitting == session.sitting
    assert session.sitting.answers["five/q-words"] == Text(value="half a sen")


def test_pace_counts_each_question_once_and_no_single_time(five: Path) -> None:
    """Changing an answer and skipping do not count; the draft holds three numbers, no seconds."""
    session = studies.session_in(five)
    session.make_code()
    session.begin()
    session.answer(Choice(code=1), 1.0)
    session.back()
    session.answer(Choice(code=2), 100.0)
    session.skip()
    session.answer(Text(value="x"), 30.0)
    assert kept(session) == PaceCounts(fast=1, slow=1)


def test_time_left_follows_the_own_pace(five: Path) -> None:
    """A slow respondent is told more minutes than a fast one, for the same open questions."""
    left = []
    for seconds in (2.0, 170.0):
        session = studies.session_in(five)
        session.make_code()
        session.begin()
        session.answer(Choice(code=1), seconds)
        session.answer(Rating(value=5), seconds)
        left.append(session.minutes_left)
    assert left[0] < left[1]


def test_a_save_that_fails_leaves_the_state_as_it_was(five: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither answers nor pace move on when the disk did not take them."""
    session = studies.session_in(five)
    session.make_code()
    session.begin()
    before = session.sitting

    def full(*_: object, **__: object) -> None:
        raise TakingError("no room")

    monkeypatch.setattr(Draft, "save", full)
    with pytest.raises(TakingError):
        session.answer(Choice(code=1), 5.0)
    assert session.sitting is before
    assert session._kept.pace == PaceCounts()


def test_after_the_own_result_no_answer_changes_also_not_in_another_run(five: Path) -> None:
    """The lock is on disk before the result is worked out."""
    session = studies.session_in(five)
    session.make_code()
    session.begin()
    for answer in studies.FIVE_ANSWERS:
        session.answer(answer)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    session._work_out = interrupted  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        session.show_result()
    other = resumed(five, session.code)
    assert other.sitting.stage == "result"
    with pytest.raises(SittingError):
        other.back()
    with pytest.raises(SittingError):
        other.answer(Choice(code=1))


def test_sealing_needs_the_own_result_and_drops_the_draft(five: Path) -> None:
    """The draft is gone only when the sealed file is there; the same code then finds it sealed."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    session.look()
    with pytest.raises(CareloadError):
        session.seal()
    session.show_result()
    session.seal()
    assert len(list((five / "inbox").iterdir())) == 1
    assert not session.has_begun
    assert studies.session_in(five, code=session.code).look() == "sealed"


def test_a_kill_between_handing_in_and_dropping_the_draft_hands_in_once(five: Path) -> None:
    """The next run finds the sealed file, drops the left-over draft and says so."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    session.look()
    session.show_result()
    session._drop_draft = lambda: None  # type: ignore[method-assign]
    session.seal()
    assert session.has_begun
    after = studies.session_in(five, code=session.code)
    assert after.look() == "sealed"
    assert not after.has_begun
    assert studies.session_in(five, code=session.code).look() == "sealed"
    assert len(list((five / "inbox").iterdir())) == 1


def test_discarding_leaves_neither_draft_nor_submission(five: Path) -> None:
    """Thrown away means gone."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    session.look()
    session.show_result()
    session.discard()
    assert studies.session_in(five, code=session.code).look() == "nothing"
    assert not list((five / "inbox").iterdir())


def test_the_draft_carries_the_ticket_over_a_break(tmp_path: Path) -> None:
    """A resumed sitting asks for no ticket and hands in with the one it began with."""
    study = studies.open_study(tmp_path / "study", studies.five_types(), tickets=True)
    ticket = studies.one_ticket(study)
    first = studies.session_in(study.root)
    first.give_ticket(f" {ticket.lower()} ")
    first.make_code()
    first.begin()
    for _ in studies.FIVE_ANSWERS:
        first.skip()
    second = resumed(study.root, first.code)
    second.show_result()
    second.seal()
    assert second.ticket == ticket
    assert len(list((study.root / "inbox").iterdir())) == 1


def test_a_closed_round_begins_nothing(tmp_path: Path) -> None:
    """Also when it closed after the public folder had been read."""
    study: Study = studies.open_study(tmp_path / "study", studies.five_types())
    session = studies.session_in(study.root)
    session.make_code()
    study.begin_closing()
    with pytest.raises(TakingError, match="closed"):
        session.begin()
    assert not session.has_begun


def test_two_different_words_are_asked_back_and_compared_kindly(five: Path) -> None:
    """Case and spaces around a word do not matter, another word does."""
    session = studies.session_in(five)
    words = session.make_code().split()
    for seed in range(20):
        session._chance = random.Random(seed)
        first, second = session.words_to_repeat()
        assert 1 <= first < second <= 6
        assert session.is_word(first, f" {words[first - 1].upper()} ")
        assert not session.is_word(first, words[first - 1] + "x")


def test_the_real_result_comes_from_the_frozen_folder_and_the_answers_alone(tmp_path: Path) -> None:
    """Two runs tell the same; other answers to the scored questions tell something else."""
    root = tmp_path / "study"
    studies.open_study(root, studies.standard())
    told = []
    for code in (1, 1, 5):
        answers = [
            Choice(code=min(code, len(question.format.options)))
            if isinstance(question.format, ChoiceFormat)
            else None
            for question in studies.standard().questions()
        ]
        session = studies.started(root, *answers, real=True)
        session.look()
        told.append(session.show_result())
    assert told[0] == told[1]
    assert told[0].shares != told[2].shares
    assert sum(share.of_100 for share in told[0].shares) == 100


def test_skipped_questions_are_handed_in_as_skipped(five: Path) -> None:
    """What a person passed over stays a fact of its own."""
    session = studies.started(five, None, Rating(value=5), None, None, None)
    session.look()
    session.show_result()
    handed_in = submission_of(session.public, session.sitting, session._kept, "c" * 64)
    assert handed_in.answers["five/q-agree"] == Skipped()
    assert handed_in.pace == "middle"
