"""The employee's program by keyboard, on real studies: what is wired to what."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Label

from instruments.answers import Choice, Rating, Skipped, Text
from instruments.model import ChoiceFormat
from store.cost import Cost
from store.inbox import read_own
from tests.tui import take_studies as studies
from tests.tui.take_driver import Respondent
from tui.crash import Crash
from tui.flows.taking import TakingSession
from tui.screens.ask import AskScreen
from tui.screens.question import QuestionScreen
from tui.screens.review import ReviewScreen
from tui.take_app import make_take_app


@asynccontextmanager
async def taking(session: TakingSession, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Respondent]:
    """Run the program for `session` with a clock that goes five seconds a look."""
    clock = itertools.count(0, 5)
    app = make_take_app(session, now=lambda: float(next(clock)))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Respondent(pilot, session)


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """An open study with one question of each answer type."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    return root


async def test_a_whole_sitting_by_keyboard_ends_in_a_sealed_file(five: Path) -> None:
    """All five answer types, review, own result, sealing, receipt; the draft is gone."""
    session = studies.session_in(five)
    async with taking(session) as person:
        await person.agree()
        await person.answer_five()
        assert tuple(session.sitting.answers.values()) == studies.FIVE_ANSWERS
        await person.press("g")
        await person.see("● some")
        await person.press("1")
        await person.see(session.code)
        assert "careload withdraw study" in person.text
        await person.press("enter")
    outcome = person.app.return_value
    assert outcome is not None
    assert (outcome.kind, outcome.exit_code) == ("sealed", 0)
    assert len(list((five / "inbox").iterdir())) == 1
    kept = [path.name for path in session._drafts_in().rglob("*") if path.is_file()]
    assert all(name.startswith(".lock") for name in kept)


async def test_standard_battery_goes_through_the_one_scoring_path(tmp_path: Path) -> None:
    """A real own result, worked out in a thread, can be read again with the personal code."""
    root = tmp_path / "study"
    studies.open_study(root, studies.standard())
    chosen = [
        Choice(code=1) if isinstance(question.format, ChoiceFormat) else None
        for question in studies.standard().questions()
    ]
    session = studies.started(root, *chosen, real=True)
    async with taking(session) as person:
        await person.see("Your answers")
        await person.press("g")
        await person.see("Hand in")
        own = session.show_result()
        assert own.needs[0].words.split()[0] in person.text
        await person.press("1")
        await person.see("handed in")
        await person.press("enter")
    assert own.needs
    assert read_own(session.public, session._own_key) == own


async def test_a_dropped_program_goes_on_at_the_same_question(five: Path) -> None:
    """Nothing was said to the first program before it went away; the second one shows question 3."""
    first = studies.session_in(five)
    async with taking(first) as person:
        await person.agree()
        await person.question("five/q-agree")
        await person.press("3", "5", "0", "enter")
        await person.question("five/q-words")
    second = studies.session_in(five)
    async with taking(second) as person:
        await person.resume(first.code)
        await person.question("five/q-words")
        assert second.sitting.answers == {"five/q-agree": Choice(code=3), "five/q-line": Rating(value=50)}
        assert "Question 3 of 5" in person.text


async def test_a_code_given_by_the_command_line_resumes_without_the_consent_page(five: Path) -> None:
    """`take --code` leads straight to the question where the person stopped, typed in capitals or not."""
    before = studies.started(five, None)
    async with taking(studies.session_in(five, code=before.code.upper())) as person:
        await person.question("five/q-line")


async def test_resuming_on_the_review_page_and_changing_an_answer_returns_there(five: Path) -> None:
    """The review page is a place to come back to; Enter on a line jumps to its question."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    async with taking(session) as person:
        await person.see("Your answers")
        await person.press("down", "enter")
        await person.question("five/q-line")
        assert "70" in person.text
        await person.press("4", "0", "enter")
        await person.until(lambda: isinstance(person.screen, ReviewScreen))
        assert session.sitting.answers["five/q-line"] == Rating(value=40)


async def test_once_the_own_result_was_shown_only_sealing_or_discarding_is_left(five: Path) -> None:
    """A program dropped on the own result comes back to it; discarding asks again and leaves nothing."""
    first = studies.started(five, *studies.FIVE_ANSWERS)
    async with taking(first) as person:
        await person.see("Your answers")
        await person.press("g")
        await person.see("● some")
    second = studies.session_in(five)
    async with taking(second) as person:
        await person.resume(first.code)
        await person.see("● some")
        await person.press("b", "s")
        assert "● some" in person.text
        await person.press("6")
        await person.see("Throw your answers away?")
        await person.press("escape")
        await person.see("● some")
        await person.press("6")
        await person.see("Throw your answers away?")
        await person.press("1")
        await person.until(lambda: person.app.return_value)
    assert person.app.return_value is not None
    assert person.app.return_value.kind == "discarded"
    assert not list((five / "inbox").iterdir())
    async with taking(studies.session_in(five)) as person:
        await person.resume(first.code)
        await person.see("Nothing unfinished")


async def test_skip_is_kept_and_back_shows_the_earlier_answer_as_chosen(five: Path) -> None:
    """Nothing is preselected at first; going back shows a mark on the earlier answer."""
    session = studies.started(five)
    async with taking(session) as person:
        await person.question("five/q-agree")
        assert "●" not in person.text
        assert "›" not in person.text
        await person.press("enter")
        assert not session.sitting.answers
        await person.press("down", "down", "enter")
        await person.question("five/q-line")
        await person.press("s")
        await person.question("five/q-words")
        await person.press("ctrl+b", "b")
        await person.question("five/q-agree")
        assert "› ●  2" in person.text
    assert session.sitting.answers == {"five/q-agree": Choice(code=2), "five/q-line": Skipped()}


async def test_in_a_text_letters_are_letters_and_leaving_keeps_what_was_typed(five: Path) -> None:
    """b, s, q and ? are typed; ctrl+q leaves; the half-written text is there on return."""
    first = studies.started(five, None, None)
    async with taking(first) as person:
        await person.question("five/q-words")
        await person.press("b", "s", "q", "question_mark", "ctrl+q")
        await person.see("Leave now?")
        assert first.code not in person.text
        await person.press("2")
        await person.see(first.code)
        await person.press("1")
        await person.until(lambda: person.app.return_value)
    assert person.app.return_value is not None
    assert person.app.return_value.kind == "left"
    async with taking(studies.session_in(five, code=first.code)) as person:
        await person.question("five/q-words")
        assert "bsq?" in person.text


async def test_ctrl_c_asks_like_leaving_and_twice_leaves_at_once(five: Path) -> None:
    """Ctrl-C loses nothing and needs no other key."""
    session = studies.started(five)
    async with taking(session) as person:
        await person.question("five/q-agree")
        await person.press("ctrl+c")
        await person.see("Leave now?")
        await person.press("escape")
        await person.question("five/q-agree")
        await person.press("ctrl+c", "ctrl+c")
        await person.until(lambda: person.app.return_value)
    assert person.app.return_value is not None
    assert (person.app.return_value.kind, person.app.return_value.exit_code) == ("left", 0)


async def test_an_answer_is_on_disk_before_the_next_question_is_painted(
    five: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the draft is being saved, the screen still shows the question that was answered."""
    session = studies.started(five)
    painted: list[str] = []
    async with taking(session) as person:
        await person.question("five/q-agree")
        assert session._draft is not None
        save = type(session._draft).save

        def watched(draft: object, record: object, **kept: object) -> None:
            save(draft, record, **kept)  # type: ignore[arg-type]
            painted.append(person.text)

        monkeypatch.setattr(type(session._draft), "save", watched)
        await person.press("1")
        await person.question("five/q-line")
    assert len(painted) == 1
    assert "Question 1 of 5" in painted[0]


async def test_a_save_that_fails_says_so_and_stays_on_the_question(
    five: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a full disk the answer is not painted as kept."""
    from store.errors import Unavailable

    def full(*_: object, **__: object) -> None:
        raise Unavailable("There is no room left on the disk.", "Make room.")

    session = studies.started(five)
    async with taking(session) as person:
        await person.question("five/q-agree")
        monkeypatch.setattr("store.drafts.Draft.save", full)
        await person.press("1")
        await person.see("There is no room left on the disk. Make room.")
        assert "Question 1 of 5" in person.text
    assert not session.sitting.answers


async def test_a_full_disk_before_the_own_result_ends_with_a_sentence_and_its_exit_code(
    five: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no fault of the program, and the answers stay in the draft."""
    from store.errors import Unavailable

    def full(*_: object, **__: object) -> None:
        raise Unavailable("There is no room left on the disk.", "Make room.")

    session = studies.started(five)
    async with taking(session) as person:
        await person.answer_five()
        await person.see("Your answers")
        monkeypatch.setattr("store.drafts.Draft.save", full)
        await person.press("g")
        await person.until(lambda: person.app.return_value)
    outcome = person.app.return_value
    assert outcome is not None
    assert (outcome.kind, outcome.exit_code) == ("refused", 6)
    assert outcome.sentence == "There is no room left on the disk. Make room."
    assert session.has_begun
    assert session.sitting.stage == "review"


async def test_markup_and_escape_bytes_in_texts_are_shown_as_text(tmp_path: Path) -> None:
    """A hostile question neither crashes the program nor reaches the terminal as a control sequence."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types(studies.HOSTILE))
    async with taking(studies.started(root)) as person:
        for keys in (("1",), ("1", "0", "enter"), ("ctrl+s",), ("2",), ("r", "1")):
            await person.until(lambda: person.screen.query("#asked, #ways"))
            if not isinstance(person.screen, QuestionScreen):
                await person.press("enter")
            await person.see("Is [/x] or [red]this[/red] fine?")
            assert not set(person.text) & {"\x1b", "\x9b", "\u202e"}
            await person.press("question_mark" if keys != ("ctrl+s",) else "f1")
            await person.until(lambda: isinstance(person.screen, AskScreen))
            await person.press("escape", *keys)
        await person.see("Your answers")
        assert "[/x]" in person.text


async def test_pasted_escape_bytes_do_not_get_into_a_text(five: Path) -> None:
    """What is pasted is cleaned before it is shown and before it is kept."""
    from textual import events

    session = studies.started(five, None, None)
    async with taking(session) as person:
        await person.question("five/q-words")
        await person.until(lambda: person.screen.query("#own-words"))
        box = person.screen.query_one("#own-words")
        box.post_message(events.Paste("a\x1b[2J[/x]\x9b\u202eb"))
        await person.see("a[2J[/x]b")
        await person.press("ctrl+n")
        await person.question("five/q-rows")
    assert session.sitting.answers["five/q-words"] == Text(value="a[2J[/x]b")


async def test_wrong_words_typed_back_are_named_kindly_and_the_code_can_be_seen_again(five: Path) -> None:
    """No question before the person has the code right."""
    session = studies.session_in(five)
    async with taking(session) as person:
        await person.see("I take part")
        await person.press("1")
        await person.see("I have written it down")
        await person.press("1")
        await person.fill("wrong", "wrong")
        await person.see("differently in your code")
        assert not session.has_begun
        await person.press("escape")
        await person.see("I have written it down")
        assert all(word in person.text for word in session.code.split())
        await person.type_code_back()
        assert session.has_begun


async def test_the_cursor_goes_to_the_word_that_reads_differently(five: Path) -> None:
    """In the first line a person mended the word that was right."""
    session = studies.session_in(five)
    async with taking(session) as person:
        await person.see("I take part")
        await person.press("1")
        await person.see("I have written it down")
        await person.press("1")
        await person.until(lambda: bool(person.screen.query("#line-1")))
        number = int(str(person.screen.query(Label).first().content).split()[1])
        await person.fill(session.code.split()[number - 1], "wrong")
        await person.see("differently in your code")
        assert person.app.focused is person.screen.query_one("#line-1")


async def test_a_mistyped_ticket_is_named_and_the_right_one_goes_on(tmp_path: Path) -> None:
    """The ticket comes before the code; a wrong group is told, not just refused."""
    root = tmp_path / "study"
    ticket = studies.one_ticket(studies.open_study(root, studies.five_types(), tickets=True))
    session = studies.session_in(root)
    async with taking(session) as person:
        await person.see("I take part")
        await person.press("1")
        wrong = "2222" if ticket[:4] != "2222" else "3333"
        await person.fill(wrong + ticket[4:])
        await person.see("first")
        await person.fill(ticket.lower())
        await person.type_code_back()
    assert session.ticket == ticket


async def test_an_unknown_word_in_an_old_code_is_named(five: Path) -> None:
    """A slip in the personal code is told where it can be."""
    async with taking(studies.session_in(five)) as person:
        await person.resume("zzzz abandon abandon abandon abandon abandon")
        await person.see("zzzz")


async def test_leaving_before_the_first_question_keeps_nothing(five: Path) -> None:
    """`Not now` is a way out like any other."""
    async with taking(studies.session_in(five)) as person:
        await person.see("Not now")
        await person.press("3")
        await person.until(lambda: person.app.return_value)
    assert person.app.return_value is not None
    assert "Nothing was kept" in person.app.return_value.sentence


async def test_the_whole_text_is_one_key_away_and_leads_back(five: Path) -> None:
    """Key 4 opens it, to read before saying yes; from there one goes back, and the other ways still work."""
    async with taking(studies.session_in(five)) as person:
        await person.see("Read the whole text first")
        await person.press("4")
        await person.see("The whole text")
        inside = "".join(str(widget.render()) for widget in person.screen.query("Static"))
        assert "these very tables" in inside
        assert "fixed when it opened" in inside
        assert "I take part" not in person.text
        await person.press("enter")
        await person.agree()
        assert person.session.has_begun


async def test_a_closed_round_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    """The terminal gets the reason and the documented exit code."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types()).begin_closing()
    async with taking(studies.session_in(root)) as person:
        await person.until(lambda: person.app.return_value)
    assert person.app.return_value is not None
    assert (person.app.return_value.kind, person.app.return_value.exit_code) == ("refused", 3)


async def test_a_round_that_closes_during_the_sitting_is_told_and_nothing_is_lost(five: Path) -> None:
    """Handing in fails with a sentence; the draft stays."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    async with taking(session) as person:
        await person.see("Your answers")
        await person.press("g")
        await person.see("● some")
        (five / "public" / "closing").write_bytes(b"")
        await person.press("1")
        await person.see("closed")
        await person.see("Leave now and decide later")
        assert session.has_begun
        await person.press("5")
        await person.until(lambda: person.app.return_value)
    assert person.app.return_value is not None
    assert person.app.return_value.kind == "left"


async def test_a_small_terminal_gets_a_notice_and_takes_no_answer_until_it_has_grown(five: Path) -> None:
    """Keys pressed blindly neither answer nor skip."""
    session = studies.started(five)
    async with taking(session) as person:
        await person.question("five/q-agree")
        await person.pilot.resize_terminal(60, 20)
        await person.see("Please make it larger")
        await person.press("1", "s", "b")
        assert not session.sitting.answers
        await person.pilot.resize_terminal(80, 24)
        await person.see("How is it?")
        await person.press("1")
        await person.question("five/q-line")


async def test_a_fault_of_the_program_prints_a_sentence_without_answers(
    five: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual's own report prints locals; ours names the place and nothing else."""
    session = studies.started(five)

    def broken(*_: object) -> Content:
        secret = "canary-in-a-local"
        raise RuntimeError(secret)

    async def crash() -> None:
        async with taking(session) as person:
            people.append(person)
            await person.question("five/q-agree")
            monkeypatch.setattr(QuestionScreen, "asked", broken)
            await person.press("1")
            await person.until(lambda: person.app.return_value)
            printed.extend(
                "".join(part.text for part in told.segments)  # type: ignore[union-attr]
                for told in person.app._exit_renderables
            )

    printed: list[str] = []
    people: list[Respondent] = []
    with pytest.raises(Crash):
        await crash()
    person = people[0]
    assert person.app.return_code == 1
    assert person.app.return_value is not None
    assert person.app.return_value.exit_code == 1
    assert "canary" not in person.app.return_value.sentence
    assert printed
    assert all("canary" not in text and "RuntimeError" in text for text in printed)


async def test_a_fault_between_the_screens_names_the_fault_itself(
    five: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The conversation runs in a worker; what is told is the fault in it, not the worker's."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("canary")

    async def crash() -> None:
        async with taking(studies.session_in(five)) as person:
            await person.until(lambda: person.app.return_value)

    monkeypatch.setattr("tui.take_guide.first_page", broken)
    with pytest.raises(Crash) as caught:
        await crash()
    told = str(caught.value.__rich__())
    assert "ZeroDivisionError, test_take_app.py" in told
    assert "canary" not in told


async def test_there_is_no_palette_no_screenshot_and_no_motion(five: Path) -> None:
    """Nothing on the employee's side writes what is on the screen anywhere."""
    async with taking(studies.session_in(five)) as person:
        await person.see("I take part")
        before = person.screen
        await person.press("ctrl+p", "ctrl+s")
        assert person.screen is before
        assert person.app.animation_level == "none"
        assert not any("screenshot" in binding.action for binding in person.app._bindings.shown_keys)


def test_sessions_default_to_the_real_cost_outside_of_rehearsals(five: Path) -> None:
    """Only a rehearsal's own mark makes the derivation cheap."""
    from store.public import load_public

    assert TakingSession(load_public(five))._cost_of_trying() is Cost.INTERACTIVE
