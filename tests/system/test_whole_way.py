"""The whole way at the command line: rehearsal, a live wave with 60 people, the release, the export."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar

from instruments.answers import Text
from instruments.records import Submission
from instruments.sitting import Sitting
from scoring.rehearsal import simulate
from store.codes import CodeKey, new_code
from store.cost import Cost
from store.inbox import submit
from store.public import load_public
from tests.system.program import careload, close, open_set_up, open_study, set_up
from tui.flows.own import own_result
from tui.flows.taking import TakingSession

CANARY = "canary-7f3a9d51c2e84b06a1d95e77c0b2f4d8x"
SECRETS = (CANARY, "usercanary8841", "hostcanary5527", "home-canary-3319")
OWN_QUESTION = """
schema = 1
id = "own-words"
kind = "questions"
name = "In your own words"
title = { en = "In your own words" }

[[formats]]
kind = "text"
id = "words"
max_length = 400

[[items]]
id = "wish"
format = "words"
text = { en = "What would help you most?" }
"""


def seal_people(study: Path, people: int, seed: int, words: str = "") -> None:
    """Let simulated people sit and seal into a live study, with real tickets."""
    public = load_public(study)
    chance = random.Random(seed)
    tickets = careload("invite", study.name, "--count", str(people), cwd=study.parent).stdout.split()
    everybody = simulate(public.battery, public.policy.attributes, people, seed)
    for ticket, wanted in zip(tickets, everybody, strict=True):
        sitting = Sitting.begin(public.battery)
        while (question := sitting.current) is not None:
            answer = wanted.get(question.id)
            if words and question.id == "own-words/wish":
                answer = Text(value=words)
            sitting = sitting.skip() if answer is None else sitting.answer(answer)
        key = CodeKey.derive(new_code(chance), public.salt, cost=Cost.CHEAP)
        submission = Submission(
            study=public.policy.study,
            wave=public.policy.wave,
            policy_sha256=public.policy_sha256,
            battery_sha256=public.policy.battery_sha256,
            answers=sitting.answers,
            ticket=ticket,
            code_public=key.public_hex,
        )
        submit(public, submission, own_result(public, sitting.answers), key)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a live study of 60 people, closed by its two key holders."""
    study = open_study(tmp_path_factory.mktemp("whole"))
    seal_people(study, 60, 11)
    ended = close(study.parent)
    assert ended.returncode == 0, ended.stderr
    assert "Counted: 60 of 100" in ended.stderr
    return study


def numbers_in(value: object) -> Iterator[object]:
    """Yield every leaf of a JSON value."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from numbers_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers_in(inner)
    else:
        yield value


def test_the_same_seed_gives_the_same_rehearsal(tmp_path: Path) -> None:
    """`demo --json` prints one object, and only the paths differ between two runs of one seed."""
    objects = []
    for folder in ("one", "two"):
        done = careload(
            *("demo", "--people", "60", "--seed", "7", "--no-tui", "--json", "--dir", folder), cwd=tmp_path
        )
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        paths = found.pop("paths")
        assert Path(tmp_path / paths["study"]).is_dir()
        objects.append(found)
    assert objects[0] == objects[1]
    other = careload("demo", "--people", "60", "--seed", "8", "--no-tui", "--json", cwd=tmp_path)
    assert json.loads(other.stdout)["hours"] != objects[0]["hours"]


def test_a_rehearsal_says_so_everywhere(tmp_path: Path) -> None:
    """Nobody can take a rehearsal's tables for real ones."""
    done = careload("demo", "--people", "40", "--no-tui", "--dir", "demo", cwd=tmp_path)
    assert "made up" in done.stdout
    exported = careload("export", "demo/study", "--out", "out", cwd=tmp_path)
    assert exported.returncode == 0, exported.stderr
    assert "rehearsal with made-up people,yes" in (tmp_path / "out" / "about.csv").read_text()


def test_a_rehearsal_ends_with_a_plan_to_act_on(tmp_path: Path) -> None:
    """Beside the study lie the plan's tables, a readable calendar for each cohort, a report."""
    done = careload("demo", "--people", "60", "--no-tui", "--dir", "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "demo" / "plan"
    assert "careload-report.html" in done.stderr
    assert "What to decide" in done.stdout
    cohorts = list(folder.glob("calendar-cohort-*.ics"))
    assert cohorts
    for path in cohorts:
        events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        assert any("Foundation" in str(event["SUMMARY"]) for event in events), path.name
    assert (folder / "careload-report.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "plan-weeks.csv").is_file()


def test_status_tells_no_group_before_closing(tmp_path: Path) -> None:
    """Below fifteen answers not even the number is told; groups never are while the wave is open."""
    study = open_study(tmp_path)
    seal_people(study, 14, 3)
    assert "fewer than 15 of 100" in careload("status", study.name, cwd=tmp_path).stdout
    seal_people(study, 2, 4)
    shown = careload("status", study.name, cwd=tmp_path).stdout
    assert "16 of 100" in shown
    assert "Sales" not in shown


def test_a_closed_wave_shows_groups_only(closed: Path) -> None:
    """Every count of a group in the release stands for at least k people, or is hidden."""
    shown = careload("review", closed.name, "--json", cwd=closed.parent)
    release = json.loads(shown.stdout)
    assert release["header"]["counted"] == 60
    cells = [
        cell
        for table in release["counts"]
        for row in [*table["rows"], *([table["total"]] if table["total"] else [])]
        for cell in row["cells"]
    ]
    assert cells
    assert all(cell is None or cell == 0 or cell >= 5 for cell in cells)


def test_a_closed_wave_takes_nothing_more(closed: Path) -> None:
    """Closing again, taking part and withdrawing are refused with a sentence and exit 3."""
    assert close(closed.parent).returncode == 3
    refused = careload("wording", closed.name, "edmondson-1999", "--from", "secrets/p0", cwd=closed.parent)
    assert refused.returncode == 3
    assert "Traceback" not in refused.stderr


def test_exports_hold_the_release_and_no_person(closed: Path, tmp_path: Path) -> None:
    """Every csv can be read; no table has as many rows as there are people."""
    done = careload("export", closed.name, "--out", str(tmp_path / "out"), cwd=closed.parent)
    assert done.returncode == 0, done.stderr
    tables = {
        path.name: list(csv.reader(path.read_text().splitlines()))
        for path in (tmp_path / "out").glob("*.csv")
    }
    assert "codebook.csv" in tables
    assert len(tables) > 3
    assert all(len(rows) < 60 for name, rows in tables.items() if name != "codebook.csv")


def test_the_plan_is_printed_and_written(closed: Path, tmp_path: Path) -> None:
    done = careload(
        "plan", closed.name, "--weeks", "8", "--out", str(tmp_path / "plan"), "--json", cwd=closed.parent
    )
    assert done.returncode == 0, done.stderr
    plan = json.loads(done.stdout)
    assert [total["week"] for total in plan["totals"]] == list(range(1, 9))
    assert all(total["low"] <= total["hours"] <= total["high"] for total in plan["totals"])
    assert list((tmp_path / "plan").glob("*.csv"))


def test_the_doctor_finds_a_closed_study_well(closed: Path) -> None:
    assert careload("doctor", closed.name, cwd=closed.parent).returncode == 0


def test_fewer_than_fifteen_people_give_no_number(tmp_path: Path) -> None:
    """A wave of twelve ends with a sentence: no table and no exact count, not in JSON either."""
    study = open_study(tmp_path)
    seal_people(study, 12, 5)
    assert close(tmp_path).returncode == 0
    shown = careload("review", study.name, "--json", cwd=tmp_path).stdout
    release = json.loads(shown)
    assert release["counts"] == release["hours"] == release["minutes"] == []
    assert 12 not in list(numbers_in(release))
    shown = careload("review", study.name, "--plain", cwd=tmp_path).stdout
    assert "fewer than 15" in shown.lower()
    assert "Care plan" in shown
    assert "Care plan" not in careload("review", study.name, "--plain", "--role", "hr", cwd=tmp_path).stdout
    assert len(release["header"]["counted_hashes"]) == 0


def test_a_canary_is_nowhere_in_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text answer and the machine's names appear in no file, export or message, before and after."""
    home = tmp_path / "home-canary-3319"
    home.mkdir()
    for name, value in (("USER", SECRETS[1]), ("LOGNAME", SECRETS[1]), ("HOSTNAME", SECRETS[2])):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_STATE_HOME")
    study = open_with_own_question(tmp_path)
    seal_people(study, 40, 9, CANARY)
    leave_a_draft(study, CANARY)
    assert [path for path in home.rglob("*") if path.is_file() and path.stat().st_size]
    commands = (("review", "--plain"), ("review", "--json"), ("plan",), ("status",), ("doctor",))
    written = [close(tmp_path)]
    written += [careload(name, study.name, *more, cwd=tmp_path) for name, *more in commands]
    written.append(careload("export", study.name, "--out", "out", cwd=tmp_path))
    told = "".join(done.stdout + done.stderr for done in written)
    assert "Counted: 40" in told
    for secret in SECRETS:
        assert secret not in told
        hits = [
            path
            for path in tmp_path.rglob("*")
            if path.is_file() and (secret.encode() in path.read_bytes() or secret in path.name)
        ]
        assert not hits, secret


def open_with_own_question(folder: Path) -> Path:
    """Return an open study whose battery also asks a text question of its own."""
    root = set_up(folder)
    (root / "definitions" / "own-words.toml").write_text(OWN_QUESTION)
    open_set_up(folder)
    return root


def leave_a_draft(study: Path, words: str) -> None:
    """Answer the text question and stop without handing in."""
    ticket = careload("invite", study.name, "--count", "1", cwd=study.parent).stdout.strip()
    session = TakingSession(load_public(study), ticket=ticket, cost=Cost.CHEAP)
    session.make_code()
    session.begin()
    while (question := session.sitting.current) is not None:
        if question.id == "own-words/wish":
            session.answer(Text(value=words))
        else:
            session.skip()
