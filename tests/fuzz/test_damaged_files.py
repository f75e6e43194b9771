"""A thousand damaged files: a sentence, the right exit code, no hang, and nothing else changed on disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import resources
from pathlib import Path

import pytest

from instruments.errors import CareloadError
from instruments.records import OwnResult
from scoring.rehearsal import simulate
from store.envelope import LARGEST
from store.inbox import read_own
from store.public import load_public
from store.study import Study
from tests import exported
from tests.fuzz.harness import Done, careload, close_arguments, each, live_study, on_disk, watched
from tests.fuzz.mutations import changed, spoil
from tests.store.examples import OWN, Opened, open_study
from tui.exits import exit_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return an open study of 20 people; its keys lie beside it."""
    return live_study(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Return a study of two made-up questions."""
    return open_study(tmp_path / "study")


@pytest.fixture(scope="module")
def closed(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return a closed copy of the study."""
    folder = tmp_path_factory.mktemp("closed")
    shutil.copytree(study.root.parent, folder, dirs_exist_ok=True)
    careload(*close_arguments(folder)).refused(0)
    return Study.load(folder / "spring")


@contextmanager
def kept(path: Path) -> Iterator[None]:
    """Put the file at `path` back after the block, whatever stands there then."""
    mode, data = path.stat().st_mode & 0o7777, path.read_bytes()
    try:
        yield
    finally:
        clear(path)
        path.write_bytes(data)
        path.chmod(mode)


def unchanged(folder: Path, act: Callable[[], Done]) -> Done:
    """Do `act` and hold that it changed nothing under `folder`."""
    before = on_disk(folder)
    done = act()
    after = on_disk(folder)
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == set()
    return done


FROZEN = ("public/policy.json", "public/battery.json", "public/reference.json", "public/salt")
PRIVATE = (
    "private/study.json",
    "private/openings.json",
    "private/tickets",
    "public/tickets",
    "public/closed",
    "public/proof-baseline.json",
)


COMMANDS = (
    "status",
    "review --plain",
    "review --json",
    "plan",
    "doctor",
    "open",
    "invite --count 1",
    "verify",
)


@pytest.mark.parametrize("place", [*FROZEN, *PRIVATE, "private/releases/baseline.json"])
def test_damaged_study_files(closed: Study, place: str) -> None:
    """330 times: frozen files and the release end in 3 (6 where one is gone), the doctor names the place."""
    path = closed.root / place
    for _, chance in each(1, 30):
        name, *flags = chance.choice(COMMANDS).split()
        with kept(path):
            spoil(path, chance)
            words = (name, str(closed.root), *flags)
            done = unchanged(closed.root, partial(careload, *words, given="x\n" * 4))
            is_frozen = place in FROZEN or "releases" in place
            if is_frozen and name in {"status", "review", "plan", "doctor"}:
                done.refused(3, 6)
            elif name == "doctor" and place.endswith("tickets"):
                done.refused(3)
            elif name == "verify":
                done.refused(*((3, 5, 6) if is_frozen else (0, 3, 5, 6)))
            else:
                done.refused(0, 2, 3, 6)
            assert name != "doctor" or not done.code or place.partition("/")[0] in done.out


def code_of(read: Callable[[], OwnResult]) -> int:
    """Return the exit code with which reading the own result ends; what is read is what was sealed."""
    try:
        found = read()
    except CareloadError as error:
        return exit_for(error)
    assert found == OWN
    return 0


def test_damaged_submissions_are_told_to_the_person(opened: Opened) -> None:
    """150 times: the own result is unharmed, or refused with exit 4 (3: no file); nothing is changed."""
    key = opened.hand_in()
    path = opened.inbox / key.submission_name("baseline")
    for _, chance in each(2, 150):
        with kept(path):
            is_file = spoil(path, chance)
            before = on_disk(opened.root)
            with watched():
                code = code_of(lambda: read_own(opened.public, key))
            is_far_off = not is_file or path.stat().st_size > LARGEST
            assert code in ({3, 4, 6} if is_far_off else {0, 4})
            unchanged(opened.root, lambda: careload("doctor", str(opened.root))).refused(0, 3)
            unchanged(opened.root, lambda: careload("status", str(opened.root))).refused(0)
            assert on_disk(opened.root) == before


def test_damaged_submissions_do_not_count_and_the_others_do(study: Study, tmp_path: Path) -> None:
    """200 damaged copies, pipes and links among them, beside 20 good ones: 20 count, all others are told."""
    shutil.copytree(study.root.parent, tmp_path, dirs_exist_ok=True)
    inbox = tmp_path / "spring" / "inbox"
    good = sorted(inbox.iterdir())
    for number, chance in each(3, 200):
        copy = inbox / f"{number:032x}"
        shutil.copy(chance.choice(good), copy)
        spoil(copy, chance)
    done = careload(*close_arguments(tmp_path))
    done.refused(0)
    assert "Counted: 20 of 100" in done.err
    there = len(list(inbox.iterdir())) + len(list((tmp_path / "spring/private/quarantine").iterdir()))
    assert there >= 200 + 20 - 10 - 200 // 20


def test_damaged_key_files(study: Study) -> None:
    """200 times: exit 4 (3 where there is no key file at all), the wave stays open, nothing is written."""
    folder = study.root.parent
    path = folder / "keys" / "spring-facilitator.key"
    for _, chance in each(4, 200):
        with kept(path):
            is_file = spoil(path, chance)
            done = unchanged(folder, lambda: careload(*close_arguments(folder)))
            done.refused(*((4,) if is_file and path.stat().st_size <= 4096 else (3, 4)))


def test_damaged_definitions(study: Study, tmp_path: Path) -> None:
    """150 times: the doctor lists every fault with its file and ends in 3, or there is none."""
    root = tmp_path / "spring"
    shutil.copytree(study.root, root)
    path = root / "definitions" / "edmondson-1999.toml"
    good = (resources.files("instruments") / "data" / "edmondson-1999.toml").read_bytes()
    for _, chance in each(5, 150):
        path.write_bytes(changed(good, chance))
        done = unchanged(root, lambda: careload("doctor", str(root)))
        done.refused(0, 3)
        assert done.code == 0 or "definitions/edmondson-1999.toml" in done.out


@pytest.mark.parametrize("layout", ["plain", "limesurvey", "redcap"])
def test_damaged_tables_to_import(study: Study, layout: str, tmp_path: Path) -> None:
    """150 times: read, or refused with 3; looking changes nothing."""
    public = load_public(study.root)
    people = simulate(public.battery, public.policy.attributes, 5, 4)
    good = getattr(exported, layout)(public.battery, people)
    path = tmp_path / "answers.csv"
    for _, chance in each(6, 50):
        path.write_bytes(good)
        spoil(path, chance)
        done = unchanged(study.root, lambda: careload("import", str(study.root), str(path), "--dry-run"))
        done.refused(0, 3, 6)
        clear(path)


def test_damaged_personal_codes_and_tickets_and_passphrases(study: Study, tmp_path: Path) -> None:
    """60 times: whatever a file with a secret holds, it is refused with 3 or 4 (2: an empty one)."""
    secret = tmp_path / "secret"
    for _, chance in each(7, 60):
        secret.write_bytes(b"abandon ability able about above absent")
        spoil(secret, chance)
        words = (chance.choice(("result", "withdraw")), str(study.root), "--code", f"@{secret}")
        unchanged(study.root, partial(careload, *words)).refused(2, 3, 4)
        clear(secret)


def clear(path: Path) -> None:
    """Remove whatever stands at `path`."""
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    path.unlink(missing_ok=True)
