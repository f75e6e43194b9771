"""A task that an organisation made from its own document: the very file that CONTRIBUTING refers to."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from instruments.answers import Answer, Marked
from instruments.errors import BadInput
from instruments.tasks.catalogue import read_own_task
from instruments.tasks.feedback import review_feedback
from instruments.tasks.marking import marks_of
from instruments.tasks.model import ReviewTask
from instruments.tasks.review import TOP
from scoring.reference import decode
from store.public import load_public
from store.study import Study
from tests.system.program import careload, close, open_set_up, set_up
from tests.tui import take_studies
from tui.flows.opening import battery_of
from tui.flows.rehearsing import fill
from tui.flows.taking import TakingSession
from tui.flows.tasks import before_task, source_of

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "loan-bikes-a.toml"


def example() -> ReviewTask:
    """Return the example as a task."""
    task = read_own_task(EXAMPLE.read_bytes(), EXAMPLE.stem)
    assert isinstance(task, ReviewTask)
    return task


def with_own(folder: Path, *flags: str, text: str = "", name: str = EXAMPLE.name) -> Path:
    """Set a study up and put the example, or `text` in its place, into its folder of definitions."""
    study = set_up(folder, *flags)
    own = study / "definitions" / name
    shutil.copy(EXAMPLE, own)
    own.chmod(0o600)
    if text:
        own.write_text(text)
    return study


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed study of 40 people who were all given the example and nothing else."""
    folder = tmp_path_factory.mktemp("own")
    study = with_own(folder, "--task", "loan-bikes")
    assert careload("doctor", study.name, cwd=folder).returncode == 0
    open_set_up(folder)
    fill(Study.load(study), 40, 3)
    ended = close(folder)
    assert ended.returncode == 0, ended.stderr
    return study


def test_contributing_refers_to_the_example() -> None:
    assert "docs/examples/loan-bikes-a.toml" in (EXAMPLE.parents[2] / "CONTRIBUTING.md").read_text()


def test_the_example_stands_beside_the_tasks_that_ship(tmp_path: Path) -> None:
    """Without --task it is a fifth task to draw from; two are drawn, as ever."""
    battery = battery_of(Study.load(with_own(tmp_path)))
    assert {task.id for task in battery.tasks} == {"review", "summarise", "adapt", "withhold", "loan-bikes"}
    assert battery.task_count == 2


def test_the_example_is_the_only_task_where_it_is_chosen(closed: Path) -> None:
    battery = load_public(closed).battery
    assert [task.id for task in battery.tasks] == ["loan-bikes"]
    assert battery.task_count == 1


def test_the_example_is_drawn_and_shown(tmp_path: Path) -> None:
    battery = take_studies.with_task("review")
    task = example()
    own = take_studies.open_study(
        tmp_path / "study",
        type(battery)(name="custom", language="en", parts=battery.parts, tasks=(task,), task_count=1),
    )
    session = TakingSession(load_public(own.root))
    session.make_code()
    session.begin()
    assert session.sitting.drawn == ("loan-bikes-a",)
    drawn = session.battery.drawn("loan-bikes-a")
    assert before_task(drawn, "en")[0].title == "Loan bikes at two sites"
    [(_, paragraphs)] = source_of(task, session.policy)
    assert paragraphs[0].startswith("Since May")
    asked = [one.item.text["en"] for one in session.sitting.questions if one.task == "loan-bikes-a"]
    assert asked == [one.text["en"] for one in task.statements]


def test_a_perfect_answer_to_the_example_earns_the_most_and_a_missed_fault_comes_with_its_reason() -> None:
    task = example()
    battery = take_studies.with_task("review")
    own = type(battery)(name="custom", language="en", parts=battery.parts, tasks=(task,), task_count=1)
    answers: dict[str, Answer] = {
        f"loan-bikes-a/{one.id}": Marked(flagged=bool(one.fault), confidence=95) for one in task.statements
    }
    [mark] = marks_of(own, ("loan-bikes-a",), answers, take_studies.AI_USE)
    assert (mark.task, mark.points) == ("loan-bikes", pytest.approx(TOP))
    flawed = [one for one in task.statements if one.fault]
    by_id: dict[str, Answer] = {name.partition("/")[2]: answer for name, answer in answers.items()}
    assert " ".join(review_feedback(task, by_id)).count("You found it.") == len(flawed)
    missed: dict[str, Answer] = dict.fromkeys(by_id, Marked(flagged=False, confidence=95))
    told = " ".join(review_feedback(task, missed))
    assert all(one.reason["en"] in told for one in flawed)


def test_its_marks_feed_the_capability_need_with_an_assumed_reference(closed: Path) -> None:
    public = load_public(closed)
    row = decode(public.reference).row("tasks/loan-bikes")
    assert (row.status, row.need, row.alpha) == ("assumed", "capability", 0.55)
    release = json.loads(Study.load(closed).read_release())
    wordings = {line["instrument"]: line["reference"] for line in release["header"]["wordings"]}
    assert wordings["tasks/loan-bikes"] == "assumed"
    whose = {line["instrument"]: line["wording"] for line in release["header"]["wordings"]}
    assert whose["tasks/loan-bikes"].startswith("a task of the study's own, forms A;")
    needs = {table["need"] for table in release["counts"] if table["kind"] == "need-bands"}
    assert "capability" in needs
    assert release["reviewing"][0]["people"] == 40
    assert release["faults"][0]["people"] == 40


def test_the_codebook_tells_how_it_is_marked(closed: Path, tmp_path: Path) -> None:
    done = careload("export", closed.name, "--out", str(tmp_path / "out"), cwd=closed.parent)
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader((tmp_path / "out" / "codebook.csv").read_text().splitlines()))
    facts = {row[2]: row[3] for row in rows if row[:2] == ["task", "loan-bikes"]}
    assert facts["titles"] == "Loan bikes at two sites"
    assert facts["reference"] == "assumed"
    assert facts["mark"].startswith("d' with the log-linear correction")


FAULTS = (
    (
        'fault = "contradiction"\nplace = { en = "once',
        'fault = "made-up"\nplace = { en = "once',
        ".fault",
        "",
    ),
    (
        'place = { en = "once a month" }',
        'place = { en = "twice a month" }',
        ".place.en",
        "words out of its text",
    ),
    ("Since then the bikes have been checked every week", "Since then they were", ".source.en", "own words"),
    ("half = 2", "half = 3", ".half", "1 or 2"),
    ("time_guide_minutes = 10", "time_guide_minutes = 0", "time_guide_minutes", "1 to 60 minutes"),
    ('form = "a"', 'form = "a"\ncolour = "red"', "colour", ""),
    ('id = "loan-bikes"', 'id = "withhold"', "id", "an id of its own"),
)


@pytest.mark.parametrize(("old", "new", "key", "expected"), FAULTS)
def test_every_fault_is_named_with_file_line_key_found_and_expected(
    old: str, new: str, key: str, expected: str
) -> None:
    text = EXAMPLE.read_text()
    at = text.rindex(old) if "Since then" in old else text.index(old)
    broken = text[:at] + new + text[at + len(old) :]
    with pytest.raises(BadInput) as caught:
        read_own_task(broken.encode(), EXAMPLE.stem)
    fault = next(one for one in caught.value.faults if one.key.endswith(key))
    assert fault.file == EXAMPLE.name
    assert fault.line
    assert broken.splitlines()[fault.line - 1]
    assert fault.found
    assert expected in fault.expected


def test_the_doctor_lists_all_faults_at_once_and_opening_is_refused(tmp_path: Path) -> None:
    text = (
        EXAMPLE.read_text().replace("half = 2", "half = 3", 1).replace('en = "once a month"', 'en = "never"')
    )
    study = with_own(tmp_path, text=text)
    told = careload("doctor", study.name, "--json", cwd=tmp_path)
    assert told.returncode == 3
    found = [one["found"] for one in json.loads(told.stdout)["findings"] if "loan-bikes" in one["path"]]
    assert any("half" in one and "expected 1 or 2" in one for one in found)
    assert any(re.match(r"loan-bikes-a\.toml:\d+: .*place", one) for one in found), found
    sheets = [f"@spring-keys/spring-{role}-recovery.txt" for role in ("facilitator", "works-council")]
    opened = careload("open", study.name, "--sheet", sheets[0], "--sheet", sheets[1], cwd=tmp_path)
    assert opened.returncode == 3
    assert "Traceback" not in opened.stderr
    assert not (study / "public" / "policy.json").exists()


def test_a_file_under_another_name_and_a_task_that_is_not_there_are_named(tmp_path: Path) -> None:
    study = with_own(tmp_path, "--task", "loan-bikes", "--task", "nowhere", name="bikes.toml")
    told = careload("doctor", study.name, cwd=tmp_path).stdout
    assert "Name the file loan-bikes-a.toml." in told
    (study / "definitions" / "bikes.toml").rename(study / "definitions" / EXAMPLE.name)
    told = careload("doctor", study.name, cwd=tmp_path).stdout
    assert "found 'nowhere'" in told
    assert "loan-bikes" in told
