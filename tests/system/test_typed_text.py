"""Text that people type into the tasks: nowhere in clear, in no message, draft, crash, release or export."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from instruments.answers import Text
from instruments.battery import FULL, STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.model import RowsFormat, TextFormat
from instruments.tasks.catalogue import shipped_tasks
from store.cost import Cost
from store.public import load_public
from store.study import Study
from tests.system.canaries import typed_with
from tests.system.program import careload, close, open_study
from tests.tui import take_studies
from tests.tui.take_driver import Respondent
from tui.crash import Crash
from tui.flows.rehearsing import fill
from tui.flows.taking import TakingSession
from tui.screens.task import TaskScreen
from tui.take_app import make_take_app

CANARY = "Zanzibarkanarienvogel"


def files_with(secret: str, *folders: Path) -> list[Path]:
    """Return every file that holds `secret` in clear."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if secret.encode() in path.read_bytes()]


@pytest.mark.parametrize("choices", [STANDARD, FULL])
def test_only_summaries_and_prompts_are_typed(choices: tuple[object, ...]) -> None:
    """Recurring tasks, help and every other question are closed lists and bounded numbers."""
    name = "full" if choices is FULL else "standard"
    battery = build_battery(name, "en", (), choices, shipped, tasks=shipped_tasks())  # type: ignore[arg-type]
    drawn = tuple(f"{task.id}-{task.form}" for task in battery.tasks)
    typed = {one.id for one in battery.questions(drawn) if isinstance(one.format, TextFormat)}
    assert typed == {f"{task}-{form}/text" for task in ("summarise", "adapt") for form in ("a", "b")}
    rows = [one.format for one in battery.questions() if isinstance(one.format, RowsFormat)]
    assert len(rows) == 4
    assert all(column.is_choice or column.maximum > 0 for one in rows for column in one.columns)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a live study in which 40 people typed the canary; one of the sealed files is damaged."""
    study = open_study(tmp_path_factory.mktemp("typed"))
    with typed_with(CANARY) as typed:
        fill(Study.load(study), 40, 9)
    assert len(typed) > 20  # else there was nothing to find
    sealed = min((study / "inbox").iterdir())
    sealed.chmod(0o600)
    sealed.write_bytes(sealed.read_bytes()[:-1] + b"x")
    sealed.chmod(0o444)
    return study


def leave_in_a_task(study: Path, state: Path) -> None:
    """Type the canary into every text of a sitting and stop before the last page."""
    ticket = careload("invite", study.name, "--count", "1", cwd=study.parent).stdout.strip()
    session = TakingSession(load_public(study), state, ticket=ticket, cost=Cost.CHEAP)
    session.make_code()
    session.begin()
    while session.sitting.stage == "asking" and (question := session.sitting.current) is not None:
        if isinstance(question.format, TextFormat):
            session.answer(Text(value=CANARY))
        else:
            session.skip()


def test_no_command_and_no_file_tells_what_was_typed(live: Path, tmp_path: Path) -> None:
    """Closing with a damaged file, desk, plan, export, doctor: not on stdout, not on stderr, not on disk."""
    for number in range(6):
        leave_in_a_task(live, tmp_path / f"state{number}")
    done = [close(live.parent)]
    for command in ("review --plain", "review --json", "plan --json", "status", "doctor", "doctor --json"):
        name, *flags = command.split()
        done.append(careload(name, live.name, *flags, cwd=live.parent))
    out = str(tmp_path / "out")
    done.append(careload("export", live.name, "--out", out, cwd=live.parent))
    told = "".join(one.stdout + one.stderr for one in done)
    assert "Counted: 39" in told
    assert CANARY not in told
    assert files_with(CANARY, live.parent, tmp_path) == []


@pytest.mark.parametrize("task", ["summarise", "adapt"])
async def test_a_crash_while_somebody_types_tells_no_word_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], task: str
) -> None:
    """What is printed names the fault; the text in the box stands in no draft in clear."""
    take_studies.open_study(tmp_path / "study", take_studies.with_task(task))
    session = take_studies.started(tmp_path / "study", take_studies.Choice(code=1))
    clock = itertools.count(0, 5)
    printed: list[str] = []

    def broken(*_: object) -> None:
        raise RuntimeError(CANARY)

    async def crash() -> None:
        app = make_take_app(session, now=lambda: float(next(clock)))
        async with app.run_test(size=(80, 24)) as pilot:
            person = Respondent(pilot, session)
            await person.see("Take the time you need")
            await person.press("enter")
            await person.until(lambda: isinstance(person.screen, TaskScreen))
            await person.until(lambda: person.screen.query("#own-words"))
            await person.press(*CANARY)
            await person.see(CANARY)
            monkeypatch.setattr(TaskScreen, "asked", broken)
            await person.press("ctrl+n")
            await person.until(lambda: app.return_value)
            printed.extend("".join(part.text for part in told.segments) for told in app._exit_renderables)  # type: ignore[union-attr]

    with pytest.raises(Crash) as caught:
        await crash()
    told = [*printed, str(caught.value.__rich__()), *capfd.readouterr()]
    assert any("RuntimeError" in one for one in told)
    assert not [one for one in told if CANARY in one]
    assert files_with(CANARY, tmp_path) == []
