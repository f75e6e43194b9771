"""The assessment in plain lines: the whole way, every word, and what is on disk at every moment."""

from __future__ import annotations

import itertools
import os
import signal
from pathlib import Path

import pytest

from instruments.answers import Choice, Rating, Rows, Skipped, Text
from instruments.errors import CareloadError
from instruments.model import ChoiceFormat
from store.codes import _checksum, check_code
from store.inbox import read_own
from store.words import word_at, word_list
from tests.tui import take_studies as studies
from tests.tui.plain_person import AGREE, Step, sit, typed_for
from tui import take_texts as texts
from tui.flows.taking import TakingSession
from tui.plain import words
from tui.plain.choosing import choice_prompt

FIVE_LINES = tuple(
    line
    for answer, fmt in zip(studies.FIVE_ANSWERS, studies.FIVE, strict=True)
    for line in typed_for(answer, fmt)
)
GONE_ON = {5: FIVE_LINES[4:], 6: FIVE_LINES[4:]}
"""How one goes on where a row was open: it is begun again."""
NAMES = tuple(f"five/q-{fmt.id}" for fmt in studies.FIVE)


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """An open study with one question of each answer type."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    return root


def again(session: TakingSession) -> TakingSession:
    """Return what another process finds under the same code."""
    other = studies.session_in(session.public.root, code=session.code)
    assert other.look() == "draft"
    return other


def test_the_whole_way_from_the_first_page_to_the_receipt(five: Path) -> None:
    """Agree, type two words back, five kinds of answers, own result, seal."""
    session = studies.session_in(five)
    outcome, told = sit(session, *AGREE, *FIVE_LINES, "1", "1", "1")
    assert (outcome.kind, outcome.exit_code) == ("sealed", 0)
    assert session.sitting.answers == dict(zip(NAMES, studies.FIVE_ANSWERS, strict=True))
    assert session.sitting.stage == "sealed"
    session.derive()
    assert read_own(session.public, session._own_key).heading == "Relative need, hours assumed"
    assert texts.RECEIPT_TITLE in told
    assert session.code in told


def test_nothing_is_told_twice_on_the_plain_way(five: Path) -> None:
    """Prompts and headings apart, each sentence of a whole sitting is told once."""
    session = studies.session_in(five)
    _, told = sit(session, *AGREE, *FIVE_LINES, "1", "1", "1")
    prompts = ("Type a number", "Your answer", "How is it?", texts.CODE_TITLE)
    said = [line for line in told if line and not line.startswith(prompts)]
    twice = {line for line in said if said.count(line) > 1}
    assert not twice - {session.code}


def test_every_question_says_its_number_its_section_and_its_answers(five: Path) -> None:
    """Number, section, words, numbered answers and the names of both ends stand in whole lines."""
    _, told = sit(studies.started(five), *FIVE_LINES)
    for number in range(1, 6):
        place = told.index(f"Question {number} of 5, Five kinds.")
        assert told[place + 1] == "How is it?"
    assert "Think of one team only." in told[: told.index("Question 1 of 5, Five kinds.")]
    assert "Your answer, 1 to 3; 1 not at all, 3 fully." in told
    assert "Your answer, a number from 0 to 100 in steps of 5; 0 low, 100 high." in told
    assert "Your answer: 1 Add an entry, 2 No such task." in told
    assert "1 Lists" in told
    assert "Times a week (2 of 2): a number from 1 to 40." in told
    assert any(
        line.startswith("Your answer: r needs review or f fine, then how sure: 1 about 55") for line in told
    )


@pytest.mark.parametrize("kept", range(len(FIVE_LINES) + 1))
def test_wherever_the_input_ends_all_that_was_acknowledged_is_kept(five: Path, kept: int) -> None:
    """The end of a pipe leaves with a sentence; another process then finds the same sitting."""
    session = studies.started(five)
    outcome, _ = sit(session, *FIVE_LINES[:kept])
    assert (outcome.kind, outcome.exit_code) == ("left", 0)
    assert "personal code" in outcome.sentence
    assert again(session).sitting == session.sitting
    whole = dict(zip(NAMES, studies.FIVE_ANSWERS, strict=True))
    assert session.sitting.answers.items() <= whole.items()
    lines = GONE_ON.get(kept, FIVE_LINES[kept:])
    later = studies.session_in(five, code=session.code)
    outcome, told = sit(later, *lines, "1", "1", "1")
    assert outcome.kind == "sealed", told
    assert later.sitting.answers == whole


def test_before_the_first_question_nothing_is_kept(five: Path) -> None:
    """Leaving on the first page, or by quit on the page of the code, keeps nothing."""
    for steps in ((), ("3",), ("quit",), ("1", "quit"), ("1", "2", "3"), ("2", "back", "quit")):
        session = studies.session_in(five)
        outcome, _ = sit(session, *steps)
        assert (outcome.kind, outcome.exit_code) == ("left", 0)
        assert not session.has_begun
        assert "Nothing was kept" in outcome.sentence


def test_a_draft_begun_on_screens_goes_on_in_lines(five: Path) -> None:
    """The code leads to the same question, whatever showed the first ones; a text typed half is there."""
    session = studies.started(five, Choice(code=2), Rating(value=70))
    session.look()
    session.hold(Text(value="half a sen"))
    later = studies.session_in(five)
    code = session.code
    outcome, told = sit(later, "2", code, "add", "tence", "done", "back", "back", "quit")
    assert outcome.kind == "left"
    assert "1. half a sen" in told
    assert later.sitting.answers["five/q-words"] == Text(value="half a sen\ntence")
    assert "Until now: 70. Enter alone keeps it." in told


def test_back_skip_why_again_help_and_code(five: Path) -> None:
    """Every word does its work and is no answer."""
    session = studies.started(five)
    steps = ("back", "why", "again", "help", "code", "2", "back", "3", "s", "back", "quit")
    outcome, told = sit(session, *steps)
    assert outcome.kind == "left"
    assert session.sitting.position == 1
    assert session.sitting.answers == {"five/q-agree": Choice(code=3), "five/q-line": Skipped()}
    for line in (words.FIRST, "What this asks:", "Who sees your answer:", *words.QUESTION_HELP):
        assert told.count(line) == 1
    assert f"Your personal code: {session.code}" in told
    assert "Until now: 2 of 3 (3 = fully). Enter alone keeps it." in told
    assert "Until now: skipped. Enter alone keeps it." in told


NONSENSE = (
    "",
    "0",
    "99",
    "-1",
    "1e3",
    "٣",
    "²",
    "yes please",
    "1 2",
    "r",
    "f9",
    "rr1",
    "find",
    "text",
    "leave out",
    "\x1b[A",
    "\x00",
    "\x9b2J",
    "'; drop",
    "[/x]",
    "%s %d {0}",
    "\u202ex",
    "1" * 50,
    "ö" * 20_000,
    "\ud800",
)


@pytest.mark.parametrize("place", [0, 1, 3, 4])
def test_nonsense_gets_a_kind_line_and_the_same_prompt(five: Path, place: int) -> None:
    """No answer is taken, nothing ends, nothing that was typed is repeated, and the prompt comes again."""
    session = studies.started(five, *studies.FIVE_ANSWERS[:place])
    assert session.look() == "draft"
    before = session.sitting
    fresh = studies.session_in(five, code=session.code)
    nonsense = [line for line in NONSENSE if place != 1 or line != "0"]
    outcome, told = sit(fresh, *nonsense)
    assert outcome.kind == "left"
    assert fresh.sitting == before
    prompt = told[-1]
    assert told.count(prompt) == len(nonsense) + 1
    assert all(told[at + 1] == prompt for at, line in enumerate(told) if line.startswith("Please"))
    assert not any(odd in line for odd in ("yes please", "drop", "[/x]", "\x1b", "{0}") for line in told)


def test_hostile_words_of_a_study_and_of_a_person_send_no_control_character(tmp_path: Path) -> None:
    """Escape codes in a definition and in an answer are neither shown nor kept."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types(studies.HOSTILE))
    session = studies.started(root)
    typed = ("2", "70", studies.HOSTILE, "\x1b]0;x\x07again\x9b31m", "done", "2", "r1", "2", "back", "1", "1")
    outcome, told = sit(session, *typed)
    assert outcome.kind == "sealed"
    assert session.sitting.answers["five/q-words"] == Text(
        value="Is [/x] or [red]this[/red] fine?[31m 2Jtxet\n]0;xagain31m"
    )
    text = "\n".join(told)
    assert not [char for char in text if not char.isprintable() and char != "\n"]


def test_rows_are_entered_changed_and_left(five: Path) -> None:
    """A finished row is on disk at once; back inside a row goes one step back, a wrong number is told."""
    session = studies.started(five, *studies.FIVE_ANSWERS[:3])
    steps = ("1", "2", "back", "1", "99", "no", "2,5", "5", "1", "back", "1", "2", "40", "3")
    outcome, told = sit(session, *steps)
    assert outcome.kind == "left"
    assert session.sitting.answers["five/q-rows"] == Rows(rows=((1.0, 5.0),))
    for line in (
        "Please give a number from 1 to 40.",
        "Please type a number from 1 to 40, or help.",
        "Please go in steps of 1.",
        "Entry 1: Lists, Times a week: 5.",
        "Entry 2: Letters, Times a week: 40.",
        "Your answer: 1 That is all, 2 Take entry 1 out, 3 Take entry 2 out.",
    ):
        assert line in told
    assert again(session).sitting == session.sitting


def test_a_text_is_typed_changed_and_bounded(five: Path) -> None:
    """Paragraphs are added, replaced, inserted and deleted; what is too long is refused and said."""
    session = studies.started(five, *studies.FIVE_ANSWERS[:2])
    steps: tuple[Step, ...] = (
        "done",
        "",
        "first",
        "show",
        "replace 1",
        "one  two",
        "insert 1",
        "zero",
        "delete 3",
        "delete 2",
        "add",
        "x" * 250,
        "three",
        "done",
        "back",
        "back",
        "quit",
    )
    outcome, told = sit(session, *steps)
    assert outcome.kind == "left"
    assert session.sitting.answers["five/q-words"] == Text(value="zero\nthree")
    for line in (words.NOTHING_TYPED, words.NO_PARAGRAPH.format(3), "This is longer than 200 characters."):
        assert line in told
    assert "1. one  two" in told or any("zero" in line for line in told)
    assert again(session).sitting == session.sitting


def test_answers_are_read_back_and_changed(five: Path) -> None:
    """On the last page the list is read on demand; a change returns there."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    outcome, told = sit(session, "2", "9", "back", "2", "1", "1", "quit")
    assert outcome.kind == "left"
    assert session.sitting.stage == "review"
    assert session.sitting.answers["five/q-agree"] == Choice(code=1)
    assert "1. How is it? Answer: 2 of 3 (3 = fully)." in told
    assert "4. How is it? Answer: Letters, 5." in told
    assert "Please type a number from 1 to 5, or back." in told


def test_throwing_away_asks_first_and_deciding_later_keeps_the_result(five: Path) -> None:
    """The own result is told in sentences; discarding needs a second yes."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    outcome, told = sit(session, "1", "6", "2", "3", "5")
    assert (outcome.kind, session.sitting.stage) == ("left", "result")
    shares = "Of 100 people who answer like this, 12 are self-directed, 46 are peer-supported, 33 are coached"
    assert any(line.startswith(shares) for line in told)
    outcome, _ = sit(studies.session_in(five, code=session.code), "6", "1")
    assert (outcome.kind, outcome.sentence) == ("discarded", texts.DISCARDED)


def test_help_by_name_is_asked_for_in_lines(five: Path) -> None:
    """Ticks are said in words; what is passed on lies in the inbox, sealed."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    before = len(list((five / "inbox").iterdir()))
    outcome, told = sit(session, "1", "1", "2", "5", "1", "5", "Ada quit", "desk 4")
    assert outcome.kind == "sealed"
    assert texts.HELP_TICK in told
    assert any(line.startswith("1 ticked: ") for line in told)
    assert texts.HELP_SENT in told
    assert len(list((five / "inbox").iterdir())) >= before + 1


def test_words_of_the_code_are_no_commands(five: Path) -> None:
    """A personal code may have the words quit, help and code: typed back they are words."""
    session = studies.session_in(five)
    typed = "quit help code find text"
    numbers = [word_list().index(word) for word in typed.split()]
    code = check_code(f"{typed} {word_at(_checksum(numbers))}")
    session.make_code = lambda: _set(session, code)  # type: ignore[method-assign]
    outcome, told = sit(session, *AGREE, "2")
    assert session.has_begun
    assert outcome.kind == "left"
    assert not any(line in words.ENTRY_HELP for line in told)


def _set(session: TakingSession, code: str) -> str:
    session.code = code
    return code


def test_a_full_disk_is_told_and_the_question_stays(five: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that could not be kept is not taken for one: the same prompt comes again."""
    session = studies.started(five)
    keep = TakingSession._keep
    failing = itertools.count()

    def full(self: TakingSession, *rest: object) -> None:
        if next(failing) < 2:
            raise CareloadError("The disk is full.", "Make room, then try again.")
        keep(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(TakingSession, "_keep", full)
    outcome, told = sit(session, "2", "skip", "2")
    assert outcome.kind == "left"
    assert told.count("The disk is full.") == 2
    assert session.sitting.answers == {"five/q-agree": Choice(code=2)}


def test_the_standard_battery_repeats_no_list_of_choices(tmp_path: Path) -> None:
    """A list is told line by line where it is new, and in one line where it was told before."""
    root = tmp_path / "study"
    studies.open_study(root, studies.standard())
    session = studies.started(root)
    steps = ["2" if isinstance(q.format, ChoiceFormat) else "skip" for q in _questions(root)]
    _, told = sit(session, *steps)
    assert told.count("5 Strongly agree") == 1
    again_lines = [line for line in told if line.startswith("Your answer: 1 Strongly disagree, 2 ")]
    assert len(again_lines) >= 5


def _questions(root: Path) -> tuple[object, ...]:
    session = studies.session_in(root)
    session.make_code()
    session.begin()
    return tuple(session.sitting.questions)


def test_a_pasted_text_with_an_empty_line_stays_one_text(five: Path) -> None:
    """What comes after the empty line is the next paragraph, never the answer to the next question."""
    session = studies.started(five, *studies.FIVE_ANSWERS[:2])
    outcome, _ = sit(session, "one", "", "", "two", "", "done", "quit")
    assert outcome.kind == "left"
    assert session.sitting.answers["five/q-words"] == Text(value="one\n\ntwo")
    assert session.sitting.position == 3


def test_enter_alone_keeps_an_answer_and_answers_nothing_new(five: Path) -> None:
    session = studies.started(five, Choice(code=2), None)
    sit(session, "back", "back", "", "", "quit")
    assert session.sitting.answers == {"five/q-agree": Choice(code=2), "five/q-line": Skipped()}
    assert session.sitting.position == 2
    fresh = studies.started(five)
    sit(fresh, "", "")
    assert fresh.sitting.answers == {}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_interrupts_handing_in(
    five: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Ctrl-C while answers are sealed waits: they are handed in, and that is said."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    seal = TakingSession.seal

    def interrupted(self: TakingSession, **given: bool) -> None:
        os.kill(os.getpid(), number)
        seal(self, **given)

    monkeypatch.setattr(TakingSession, "seal", interrupted)
    outcome, told = sit(session, "1", "1", "1")
    assert outcome.kind == "sealed"
    assert texts.RECEIPT_TITLE in told
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_choices_in_one_line_are_told_apart() -> None:
    """A label with a comma is not taken for two; a long list, or one that is new, comes one a line."""
    few = ((1, "Use it, checked"), (2, "Leave it"))
    assert choice_prompt(few, is_new=False) == ((), "Your answer: 1 Use it, checked; 2 Leave it.")
    assert choice_prompt(few, is_new=True) == (("1 Use it, checked", "2 Leave it"), "Your answer, 1 or 2.")
    long = tuple((number, "word " * 20) for number in range(3))
    assert choice_prompt(long, is_new=False)[1] == "Your answer, 0 to 2."
    ends = ((1, "low"), (2, ""), (3, "high"))
    assert choice_prompt(ends, is_new=True) == ((), "Your answer, 1 to 3; 1 low, 3 high.")
