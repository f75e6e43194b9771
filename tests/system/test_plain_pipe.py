"""Plain mode with the real program: over a pipe, on a simple terminal, killed, and beside the screens."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pexpect
import pytest

from instruments.questions import Battery, Question
from instruments.records import Submission
from store.cost import Cost
from store.envelope import open_submission, unpack
from store.vault import NewKey, PrivateKey, make_key, unlock
from tests.system.plain_pipe import PipedPerson, odd_bytes
from tests.system.program import careload
from tests.system.same_answers import answer_to, as_keys, as_lines, with_all_tasks
from tests.tui import take_studies as studies
from tests.tui.test_take_app import taking
from tui.flows.question_words import section_title
from tui.plain.listening import LONGEST_OF_TERMINAL
from tui.plain.words import STANDS_ABOVE, TYPE_PROMPT
from tui.take_texts import HELP_SENT, RECEIPT_TITLE

PASSPHRASE = "a long enough passphrase"
CANARY = "Wellensittichzucht"


class Keys:
    """The key holders' two keys."""

    def __init__(self) -> None:
        made: list[NewKey] = [make_key(PASSPHRASE, cost=Cost.CHEAP) for _ in range(2)]
        self.publics = (made[0].public_hex, made[1].public_hex)
        self.privates: list[PrivateKey] = [unlock(key.key_file, PASSPHRASE, "key") for key in made]

    def opened(self, path: Path) -> Submission:
        """Return what was sealed into `path`."""
        plain = open_submission(unpack(path.read_bytes(), path.name), self.privates)
        return msgspec.json.decode(plain, type=Submission)


@pytest.fixture(scope="module")
def keys() -> Keys:
    return Keys()


@pytest.fixture
def five(tmp_path: Path, keys: Keys) -> Path:
    """An open study with one question of each answer type."""
    studies.open_study(tmp_path / "study", studies.five_types(), publics=keys.publics)
    return tmp_path / "study"


@pytest.fixture
def whole(tmp_path: Path, keys: Keys) -> Path:
    """An open study with five kinds of questions and all four tasks, scoring frozen."""
    studies.open_study(tmp_path / "study", with_all_tasks(), publics=keys.publics, pinned=True)
    return tmp_path / "study"


def by_words(battery: Battery) -> dict[tuple[str, str], Question]:
    """Return every question by its section and the words that are told."""
    drawn = tuple(f"{task.id}-{task.form}" for task in battery.tasks)
    return {
        (section_title(battery, one), " ".join(one.item.text["en"].split())): one
        for one in battery.questions(drawn)
    }


def answer_all(person: PipedPerson, battery: Battery, prompt: str, halt: Callable[[int], None]) -> None:
    """Answer question after question, hand tasks in, up to the page with all answers; `halt` may cut in."""
    questions, done = by_words(battery), 0
    while "Go on to your own result" not in "".join(person.lines[-6:]):
        if prompt.startswith("Type a number"):
            prompt = person.type("1")
            continue
        place = max(i for i, line in enumerate(person.lines) if re.match(r"Question \d+ of \d+, ", line))
        section = person.lines[place].rstrip(".").split(", ")[1]
        question = questions[section, " ".join(person.lines[place + 1].split())]
        prompt = person.type(*as_lines(battery, question))
        done += 1
        halt(done)


def alike(submission: Submission) -> Submission:
    """Leave out what differs between two people who answer alike: code, ticket, pace, the lot's order."""
    drawn = tuple(sorted(submission.drawn))
    return msgspec.structs.replace(submission, code_public="", ticket="", pace="", drawn=drawn)


async def on_screens(root: Path, battery: Battery) -> None:
    """Give the same answers by keyboard, and seal them."""
    session = studies.session_in(root)
    async with taking(session) as person:
        await person.agree()
        while session.sitting.stage in {"asking", "handing"}:
            question = session.sitting.current
            if question is None:
                await person.see("Hand in this task?")
                await person.press("1")
            else:
                await person.question(question.id)
                await person.press(*as_keys(battery, question))
        await person.see("Go on")
        await person.press("enter")
        await person.see("Your answers")
        await person.press("g")
        await person.see("Hand in: seal my answers")
        await person.press("1")
        await person.see("sealed and handed in")
        await person.press("enter")


@pytest.mark.slow
async def test_lines_over_a_pipe_and_keys_on_screens_hand_in_the_same(
    whole: Path, keys: Keys, tmp_path: Path
) -> None:
    """All five kinds of answers and all four tasks; codes, ticket, pace and the lot's order apart."""
    battery = with_all_tasks()
    with PipedPerson(whole, tmp_path / "state") as person:
        answer_all(person, battery, person.begin(), lambda _: None)
        person.type("1", "1")
        person._write("1")
        code, err = person.leave()
    assert (code, err) == (0, "")
    assert not odd_bytes(person.raw)
    (piped,) = (whole / "inbox").iterdir()
    await on_screens(whole, battery)
    (shown,) = set((whole / "inbox").iterdir()) - {piped}
    first, second = keys.opened(piped), keys.opened(shown)
    assert alike(first) == alike(second)
    assert first.answers == {one.id: answer_to(battery, one) for one in by_words(battery).values()}


def test_a_power_cut_at_any_question_loses_nothing_that_was_acknowledged(
    whole: Path, keys: Keys, tmp_path: Path
) -> None:
    """Killed while the next prompt waits, again and again: the code leads back, and all is sealed."""
    battery = with_all_tasks()
    person = PipedPerson(whole, tmp_path / "state")
    prompt = person.begin()
    code = person.code

    class Cut(Exception):
        """The power is gone."""

    for stop in (1, 3, 4, 6, 9, 5, 99):

        def halt(done: int, stop: int = stop) -> None:
            if done == stop:
                raise Cut

        try:
            answer_all(person, battery, prompt, halt)
        except Cut:
            person.kill()
            person = PipedPerson(whole, tmp_path / "state", code=code)
            prompt = person.prompt()
    person.type("1", "1")
    person._write("1")
    assert person.leave() == (0, "")
    (sealed,) = (whole / "inbox").iterdir()
    expected = {one.id: answer_to(battery, one) for one in by_words(battery).values()}
    assert keys.opened(sealed).answers == expected
    assert not [path for path in (tmp_path / "state").rglob("*.json") if path.stat().st_size]


def test_the_end_of_a_pipe_leaves_with_a_sentence(five: Path, tmp_path: Path) -> None:
    """Nothing typed at all, or only some answers: exit 0, nothing on standard error, the code goes on."""
    nothing = careload("take", five.name, cwd=five.parent)
    assert (nothing.returncode, nothing.stderr) == (0, "")
    assert nothing.stdout.endswith("Nothing was kept.\n")
    with PipedPerson(five, tmp_path / "state") as person:
        person.begin()
        person.type("2", "70")
        code, err = person.leave()
    assert (code, err) == (0, "")
    assert "Everything you answered is kept." in person.lines[-2]
    assert person.lines[-1] == STANDS_ABOVE
    with PipedPerson(five, tmp_path / "state", code=person.code) as later:
        assert later.prompt() == TYPE_PROMPT
        assert later.since(lambda line: line.startswith("Question")) == "Question 3 of 5, Five kinds."


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_end_leaves_with_a_sentence(five: Path, tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C and a system that shuts down: everything is kept, exit 0."""
    with PipedPerson(five, tmp_path / "state") as person:
        person.begin()
        person.type("2")
        person.program.send_signal(number)
        code, err = person.leave()
    assert (code, err) == (0, "")
    assert "Everything you answered is kept." in person.lines[-2]


def test_what_is_typed_anywhere_is_nowhere_in_clear(five: Path, tmp_path: Path) -> None:
    """A canary at every prompt, in the text and in the request for help: in no file and on no error line."""
    state = tmp_path / "state"
    with PipedPerson(five, state) as person:
        person.prompt()
        person.type(CANARY, "2", CANARY, "back")
        prompt = person.type("1", CANARY, "1")
        words = {line[0]: line[2:] for line in person.lines if re.fullmatch(r"[1-6] [a-z]+", line)}
        person.type(CANARY, CANARY)
        for _ in range(2):
            prompt = person.type(words[person.lines[-1][5]])
        assert prompt.startswith("Your answer")
        person.type(CANARY, "2", CANARY, "70", CANARY, "show", "replace 1", f"{CANARY} {CANARY}", "done")
        person.type(CANARY, "1", CANARY, "2", CANARY, "5", "2", f"r1 {CANARY}", "r1")
        on_disk = [path for folder in (state, five) for path in folder.rglob("*") if path.is_file()]
        assert on_disk
        assert not [path for path in on_disk if CANARY.encode() in path.read_bytes()]
        person.type(CANARY, "2", CANARY, "back", "1", CANARY, "1", CANARY, "2", "1", "5", CANARY)
        person._write(f"{CANARY} desk 4")
        code, err = person.leave()
    assert (code, err) == (0, "")
    assert RECEIPT_TITLE in person.lines
    assert HELP_SENT in person.lines
    everything = [path for folder in (state, five) for path in folder.rglob("*")]
    assert not [path for path in everything if CANARY in path.name]
    assert not [path for path in everything if path.is_file() and CANARY.encode() in path.read_bytes()]


class Typist:
    """Somebody at a terminal that can do nothing but add lines; `heard` is all that was written to it."""

    def __init__(self, study: Path, state: Path, **extra: str) -> None:
        self.heard = io.StringIO()
        self.program = pexpect.spawn(
            sys.executable,
            ["-m", "tui", "take", study.name],
            cwd=str(study.parent),
            env={**os.environ, "XDG_STATE_HOME": str(state), "TERM": "dumb", **extra},
            timeout=30,
            encoding="utf-8",
        )
        self.program.logfile_read = self.heard

    def at(self, prompt: str, line: str = "") -> str:
        """Wait for a prompt, type a line if there is one; returns what the prompt matched."""
        self.program.expect(prompt)
        if line:
            self.program.sendline(line)
        return str(self.program.match[0])

    def end(self) -> str:
        """Wait for the end; returns all that was heard."""
        self.program.expect(pexpect.EOF)
        self.program.close()
        assert self.program.exitstatus == 0
        return self.heard.getvalue().replace("\r\n", "\n")


@pytest.mark.parametrize("extra", [{}, {"TERM": "xterm", "ACCESSIBLE": "1"}], ids=["dumb", "accessible"])
def test_a_simple_terminal_gets_plain_lines(five: Path, tmp_path: Path, extra: dict[str, str]) -> None:
    """No escape byte on a pseudo-terminal; Ctrl-C and Ctrl-D leave; an old code is not shown when typed."""
    typist = Typist(five, tmp_path / "state", **extra)
    typist.at("Type a number, 1 to 4", "1")
    typist.at("Type a number, 1 or 2", "1")
    words = {line[0]: line[2:] for line in re.findall(r"^[1-6] [a-z]+", typist.heard.getvalue(), re.M)}
    for _ in range(2):
        typist.program.sendline(words[typist.at("Word [1-6]")[5]])
    typist.at("Your answer, 1 to 3", "2")
    typist.at("Your answer, a number")
    typist.program.sendintr()
    heard = typist.end()
    assert "\nEverything you answered is kept." in heard
    assert max(len(line) for line in heard.splitlines()) < 80
    assert not odd_bytes(heard.encode())

    code = " ".join(words[str(number)] for number in range(1, 7))
    typist = Typist(five, tmp_path / "state", **extra)
    typist.at("Type a number, 1 to 4", "2")
    typist.at("The six words of your code", code)
    typist.at("Your answer, a number")
    typist.program.sendeof()
    heard = typist.end()
    assert "Question 2 of 5, Five kinds." in heard
    assert code not in heard
    assert not odd_bytes(heard.encode())


def test_a_line_that_a_terminal_cuts_is_told(five: Path, tmp_path: Path) -> None:
    """A terminal drops what is beyond its longest line without a word."""
    typist = Typist(five, tmp_path / "state")
    typist.at("Type a number, 1 to 4")
    typist.program.sendline("x" * (LONGEST_OF_TERMINAL + 500))
    typist.at("so its end may be missing")
    typist.at("Type a number, 1 to 4", "3")
    assert "Nothing was kept." in typist.end()
