"""Keys that come faster than the screens change, and what the screens say about keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import OptionList

from instruments.answers import Marked, Rating
from tests.tui import take_studies as studies
from tests.tui.test_take_app import taking
from tui.widgets.choice_list import ChoiceList
from tui.widgets.line_box import LineBox
from tui.widgets.rating_line import RatingLine


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """An open study with one question of each answer type."""
    studies.open_study(tmp_path / "study", studies.five_types())
    return tmp_path / "study"


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    """An open study with the standard battery."""
    studies.open_study(tmp_path / "study", studies.standard())
    return tmp_path / "study"


def twice(choices: ChoiceList, key: str) -> None:
    """Press `key` twice before anything else can happen."""
    for _ in range(2):
        choices.on_key(events.Key(key, key))


async def test_a_key_pressed_twice_leaves_the_first_page_once(five: Path) -> None:
    """The second key used to close the screen behind it, which ended the program with a fault."""
    async with taking(studies.session_in(five)) as person:
        await person.see("Not now")
        twice(person.screen.query_one("#ways", ChoiceList), "3")
        await person.until(lambda: person.app.return_value)
    outcome = person.app.return_value
    assert outcome is not None
    assert (outcome.kind, outcome.exit_code) == ("left", 0)


async def test_a_key_pressed_twice_answers_one_question_only(five: Path) -> None:
    """The next question is a number on a line; it may not take the second key as its answer."""
    session = studies.started(five)
    async with taking(session) as person:
        await person.question("five/q-agree")
        twice(person.screen.query_one("#choices", ChoiceList), "1")
        await person.question("five/q-line")
        await person.pilot.pause()
    assert set(session.sitting.answers) == {"five/q-agree"}


async def test_enter_pressed_twice_on_a_line_answers_one_question_only(five: Path) -> None:
    """A held Enter key does not run through the questions."""
    session = studies.started(five, studies.FIVE_ANSWERS[0])
    async with taking(session) as person:
        await person.question("five/q-line")
        await person.press("7", "0")
        line = person.screen.query_one("#rating", RatingLine)
        line.action_give()
        line.action_give()
        await person.question("five/q-words")
        await person.pilot.pause()
        assert "Type something first" not in person.text
    assert list(session.sitting.answers) == ["five/q-agree", "five/q-line"]


async def test_digits_stop_at_the_end_of_the_line(five: Path) -> None:
    """A number that is not possible never stands there, and the line says where it ends."""
    session = studies.started(five, studies.FIVE_ANSWERS[0])
    async with taking(session) as person:
        await person.question("five/q-line")
        await person.press("4", "0", "0")
        assert "Your number: 40" in person.text
        assert "400" not in person.text
        await person.see("The line ends at 100.")
        await person.press("backspace", "backspace", "5")
        assert "The line ends" not in person.text
        await person.press("enter")
        await person.question("five/q-words")
    assert session.sitting.answers["five/q-line"] == Rating(value=5)


async def test_a_table_tells_the_keys_of_each_of_its_steps(five: Path) -> None:
    """Number keys choose in the list; for hours or times a number is typed."""
    session = studies.started(five, *studies.FIVE_ANSWERS[:3])
    async with taking(session) as person:
        await person.question("five/q-rows")
        await person.press("1", "2")
        await person.see("type a number")
        await person.press("9", "9", "9", "9")
        await person.see("The line ends at")
        await person.press(*4 * ["backspace"], "5", "enter")
        await person.see("number keys")
        assert "The line ends at" not in person.text, "it was about the step before"
        assert "Letters · Times a week: 5" in person.text


async def test_the_source_stands_under_the_first_item_of_a_section_and_always_in_the_help(
    standard: Path,
) -> None:
    """Four lines under each of eight questions hid the question."""
    session = studies.started(standard, None)
    async with taking(session) as person:
        await person.press("enter")
        await person.see("Question 2 of")
        assert "published reliability" in person.text
        await person.press("3")
        await person.see("Question 3 of")
        assert "published reliability" not in person.text
        await person.press("?")
        await person.see("Go on")
        assert "published reliability" in " ".join(person.text.split())


async def test_going_back_announces_nothing_new(five: Path) -> None:
    """What was answered before is not new."""
    session = studies.started(five)
    async with taking(session) as person:
        await person.question("five/q-agree")
        await person.press("2")
        await person.see("New here")
        await person.press("b")
        await person.question("five/q-agree")
        assert "New here" not in person.text


async def test_the_review_page_points_at_the_answer_that_was_changed(five: Path) -> None:
    """Who corrects one answer goes on reading there, not at the top."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    async with taking(session) as person:
        await person.see("Your answers")
        await person.press("down", "down", "enter")
        await person.question("five/q-words")
        await person.press("ctrl+n")
        await person.see("Your answers")
        pointed = person.screen.query_one("#answers", OptionList).highlighted_option
    assert pointed is not None
    assert pointed.id == "five/q-words"


async def test_a_wide_terminal_shows_more_of_each_question_on_the_review_page(standard: Path) -> None:
    """Cut questions are hard to check."""
    cut = []
    for size in ((80, 24), (120, 40)):
        session = studies.started(standard, *[None] * len(studies.standard().questions()))
        async with taking(session, size) as person:
            await person.see("Your answers")
            cut.append(next(line for line in person.text.splitlines() if "…" in line).index("…"))
    assert cut[1] > cut[0] + 10


async def test_a_statement_is_marked_by_a_letter_and_a_number(five: Path) -> None:
    """The other letter changes one's mind; a number alone marks nothing and says what comes first."""
    session = studies.started(five, *studies.FIVE_ANSWERS[:4])
    async with taking(session) as person:
        await person.question("five/q-mark")
        await person.see("r or f, then 1-3")
        await person.press("2")
        await person.see("Press r or f first")
        assert "five/q-mark" not in session.sitting.answers
        await person.press("r", "9", "F", "3")
        await person.see("Your answers")
    assert session.sitting.answers["five/q-mark"] == Marked(flagged=False, confidence=95)


async def test_a_mark_is_chosen_by_arrows_too(five: Path) -> None:
    """From needs review, least sure, down to fine, most sure."""
    session = studies.started(five, *studies.FIVE_ANSWERS[:4])
    async with taking(session) as person:
        await person.question("five/q-mark")
        await person.press("f", "down", "down", "enter")
        await person.see("Your answers")
    assert session.sitting.answers["five/q-mark"] == Marked(flagged=True, confidence=75)


async def test_a_click_beside_the_answers_leaves_the_keys_where_they_were(five: Path) -> None:
    """Who clicks into the window to bring it to the front goes on by number keys; with a box in front too."""
    session = studies.started(five)
    async with taking(session) as person:
        await person.question("five/q-agree")
        for offset in ((1, 0), (70, 20), (40, 3)):
            await person.pilot.click(offset=offset)
        assert person.screen.focused is person.screen.query_one("#choices")
        await person.press("q")
        await person.see("Leave now?")
        await person.pilot.click(offset=(1, 1))
        await person.press("3")
        await person.question("five/q-agree")
        await person.press("2")
        await person.question("five/q-line")


async def test_keys_typed_behind_enter_go_into_the_next_line(five: Path) -> None:
    """Enter moves on before the next key is looked at, however fast they come."""
    session = studies.session_in(five)
    async with taking(session) as person:
        await person.press("1")
        await person.see("I have written it down")
        await person.press("1")
        await person.until(lambda: len(person.screen.query(LineBox)) == 2)
        for key in ("a", "b", "enter", "c", "d"):
            person.app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await person.until(lambda: [box.value for box in person.screen.query(LineBox)] == ["ab", "cd"])


async def test_a_text_that_nobody_touched_is_not_kept(tmp_path: Path) -> None:
    """The draft that a task begins with is no answer before a key is pressed."""
    studies.open_study(tmp_path / "study", studies.with_task("adapt"))
    session = studies.started(tmp_path / "study", studies.FIVE_ANSWERS[0])
    async with taking(session) as person:
        await person.see("Take the time you need")
        await person.press("enter")
        await person.until(lambda: person.screen.query("#own-words"))
        await person.pilot.pause(1.5)
        assert list(session.sitting.answers) == ["five/q-agree"]
        await person.press("x")
        await person.until(lambda: "adapt-a/text" in session.sitting.answers)
