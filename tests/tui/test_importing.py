"""Importing as a whole: what a file from elsewhere becomes in the release, and what is told about it."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pytest

from instruments.answers import Answer
from instruments.errors import BadInput
from instruments.importing import How
from instruments.questions import Battery
from instruments.records import Submission
from scoring.records import Release
from scoring.rehearsal import simulate
from store.codes import CodeKey, new_code
from store.cost import Cost
from store.errors import AlreadyClosed, Unavailable
from store.inbox import submit
from store.public import load_public
from store.study import Study
from store.tickets import issue
from store.vault import PrivateKey, unlock
from tests import exported
from tui.flows.closing import close_study
from tui.flows.counting import status_of
from tui.flows.founding import found_study
from tui.flows.import_report import SHOWN
from tui.flows.importing import Import, look_at, take_imports_back
from tui.flows.opening import open_study
from tui.flows.own import own_result
from tui.flows.rehearsing import PASSPHRASES, wishes_for

Exporter = Callable[[Battery, Sequence[Mapping[str, Answer]]], bytes]
PEOPLE, SEED = 60, 11


@dataclass(frozen=True)
class Founded:
    """An open study with its keys, and simulated people who could answer it."""

    study: Study
    keys: tuple[PrivateKey, ...]
    people: tuple[dict[str, Answer], ...]
    folder: Path

    def look(self, data: bytes, **how: object) -> Import:
        """Look at the file with the bytes `data`."""
        path = self.folder / "answers.csv"
        path.write_bytes(data)
        return look_at(self.study, path, How(**how))  # type: ignore[arg-type]

    def sit(self, people: Sequence[Mapping[str, Answer]]) -> None:
        """Let `people` answer through careload."""
        public = load_public(self.study.root)
        chance = random.Random(1)
        for ticket, answers in zip(issue(self.study, len(people), chance), people, strict=True):
            key = CodeKey.derive(new_code(chance), public.salt, cost=Cost.CHEAP)
            sitting = Submission(
                study=public.policy.study,
                wave=public.policy.wave,
                policy_sha256=public.policy_sha256,
                battery_sha256=public.policy.battery_sha256,
                answers=dict(answers),
                ticket=ticket,
                code_public=key.public_hex,
            )
            submit(public, sitting, own_result(public, answers), key)

    def close(self) -> Release:
        """Close the wave."""
        return close_study(self.study, self.keys, "2026-03-02").release


def open_in(folder: Path, *, rehearsal: bool = False) -> Founded:
    """Set a study up and open it, with cheap keys."""
    wishes = replace(wishes_for(PEOPLE), rehearsal=rehearsal, study="spring")
    founded = found_study(folder / "study", wishes, folder / "keys", PASSPHRASES, cost=Cost.CHEAP)
    open_study(founded.study, [sheet.read_text() for sheet in founded.sheets], "careload test")
    pairs = zip(founded.keys, PASSPHRASES, strict=True)
    keys = tuple(unlock(path.read_bytes(), passphrase, path.name) for path, passphrase in pairs)
    public = load_public(founded.study.root)
    people = simulate(public.battery, public.policy.attributes, PEOPLE, SEED)
    return Founded(founded.study, keys, people, folder)


@pytest.fixture
def spring(tmp_path: Path) -> Founded:
    """A live study, open."""
    return open_in(tmp_path)


@pytest.fixture(scope="module")
def by_sitting(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of everybody answering through careload."""
    one = open_in(tmp_path_factory.mktemp("sitting"))
    one.sit(one.people)
    return one.close()


def tables(release: Release) -> dict[str, object]:
    """Return all numbers of `release`, without what it says of itself."""
    return {
        field: getattr(release, field)
        for field in release.__struct_fields__
        if field not in {"header", "statements"}
    }


@pytest.mark.parametrize("layout", [exported.plain, exported.limesurvey, exported.redcap])
def test_every_layout_leads_to_the_release_of_the_same_answers_by_sitting(
    spring: Founded, by_sitting: Release, layout: Exporter
) -> None:
    """Labels or numbers, rows, tick boxes: the same tables, to the last number."""
    found = spring.look(layout(spring.study.public().battery, spring.people))
    assert found.report.layout == layout.__name__
    assert (found.report.taken, found.report.not_taken) == (PEOPLE, ())
    assert (found.report.questions_without_column, found.report.columns_not_known) == ((), ())
    sealed = found.seal()
    assert (sealed.sealed, sealed.already) == (PEOPLE, 0)
    release = spring.close()
    assert tables(release) == tables(by_sitting)
    assert (release.header.counted, release.header.imported) == (PEOPLE, PEOPLE)
    assert "The whole wave was collected elsewhere and imported." in release.statements
    assert by_sitting.header.imported == 0


def test_a_second_look_says_what_was_imported_before(spring: Founded) -> None:
    """Before anything is sealed again; a person added since is the only one who can be taken."""
    battery = spring.study.public().battery
    first = spring.look(exported.plain(battery, spring.people[:9]))
    assert "Can be taken: 9. Cannot: 0." in first.report.lines()
    first.seal()
    again = spring.look(exported.plain(battery, spring.people[:9])).report
    assert "Can be taken: 0. Imported before: 9. Cannot: 0." in again.lines()
    more = spring.look(exported.plain(battery, spring.people[:10]))
    assert "Can be taken: 1. Imported before: 9. Cannot: 0." in more.report.lines()
    assert more.seal().sealed == 1


def test_columns_are_listed_only_where_one_is_called_otherwise(spring: Founded) -> None:
    battery = spring.study.public().battery
    own = spring.look(exported.plain(battery, spring.people[:9])).report
    assert all(one.column == one.meaning for one in own.columns)
    assert f"Columns taken: {len(own.columns)}, each named after its question." in own.lines()
    assert not [line for line in own.lines() if line.strip() == str(own.columns[0])]
    other = spring.look(exported.redcap(battery, spring.people[:9])).report
    assert f"  {other.columns[0]}" in other.lines()


def test_looking_changes_nothing(spring: Founded) -> None:
    data = exported.plain(spring.study.public().battery, spring.people)
    (spring.folder / "answers.csv").touch()
    before = sorted(path for path in spring.study.root.rglob("*"))
    spring.look(data)
    assert sorted(path for path in spring.study.root.rglob("*")) == before


def test_in_a_mixed_wave_the_release_is_that_of_the_sittings_alone(tmp_path: Path) -> None:
    """Nobody who knows the imported rows can take them off a table: they are in none."""
    (tmp_path / "alone").mkdir()
    (tmp_path / "mixed").mkdir()
    alone, mixed = open_in(tmp_path / "alone"), open_in(tmp_path / "mixed")
    for one in (alone, mixed):
        one.sit(one.people[:35])
    mixed.look(exported.plain(mixed.study.public().battery, mixed.people[35:])).seal()
    release = mixed.close()
    assert tables(release) == tables(alone.close())
    header = release.header
    assert (header.counted, header.imported, header.imported_left_out) == (35, 25, 25)
    assert len(header.counted_hashes) == 35
    assert any("Imported answers are left out" in said for said in release.statements)


def test_imported_rows_do_not_lift_a_wave_over_fifteen(spring: Founded) -> None:
    """The release tells neither how many answered nor how many were imported."""
    spring.sit(spring.people[:14])
    spring.look(exported.plain(spring.study.public().battery, spring.people[14:])).seal()
    release = close_study(spring.study, spring.keys, "2026-03-02", accepts_few=True).release
    assert tables(release)["counts"] == ()
    header = release.header
    assert (header.counted, header.imported, header.imported_left_out) == (None, 0, 0)
    assert len(release.statements) == 2


def test_fewer_than_fifteen_imported_rows_have_no_tables(spring: Founded) -> None:
    spring.look(exported.plain(spring.study.public().battery, spring.people[:14])).seal()
    assert spring.close().counts == ()


def test_the_warning_says_what_the_release_will_do(spring: Founded) -> None:
    data = exported.plain(spring.study.public().battery, spring.people)
    assert any("only as long as nobody" in said for said in spring.look(data).report.warnings)
    spring.sit(spring.people[:1])
    assert any("will leave imported answers out" in said for said in spring.look(data).report.warnings)


def test_more_rows_than_people_are_said(spring: Founded) -> None:
    data = exported.plain(spring.study.public().battery, spring.people * 2)
    assert any("More rows than people" in said for said in spring.look(data).report.warnings)


def test_the_status_tells_imports_apart_and_never_fewer_than_a_release(spring: Founded) -> None:
    """Whoever imported 20 could take them off one number for all."""
    spring.look(exported.plain(spring.study.public().battery, spring.people[:20])).seal()
    spring.sit(spring.people[20:23])
    status = status_of(spring.study)
    assert (status.answered, status.imported) == (None, 20)
    assert "Answered: fewer than 15" in " ".join(status.lines())


def test_imports_can_be_taken_back(spring: Founded) -> None:
    spring.look(exported.plain(spring.study.public().battery, spring.people[:20])).seal()
    assert take_imports_back(spring.study) == 20
    assert status_of(spring.study).imported == 0


def test_a_closed_wave_is_refused_at_once(spring: Founded) -> None:
    data = exported.plain(spring.study.public().battery, spring.people)
    found = spring.look(data)
    spring.close()
    with pytest.raises(AlreadyClosed):
        spring.look(data)
    with pytest.raises(AlreadyClosed):
        found.seal()


def test_a_rehearsal_takes_no_real_answers(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="rehearsal"):
        open_in(tmp_path, rehearsal=True).look(b"department\n1\n")


def _link(path: Path) -> None:
    path.with_name("real.csv").write_text("department\n1\n")
    path.symlink_to(path.with_name("real.csv"))


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)


@pytest.mark.parametrize(
    ("put", "kind", "reason"),
    [
        (_link, BadInput, "a link"),
        (os.mkfifo, BadInput, "not a regular file"),
        (Path.mkdir, BadInput, "not a regular file"),
        (_large, BadInput, "larger than"),
        (lambda _path: None, Unavailable, "not there"),
    ],
)
def test_what_is_no_file_to_read_is_refused_without_hanging(
    spring: Founded, put: Callable[[Path], None], kind: type[Exception], reason: str
) -> None:
    path = spring.folder / "odd.csv"
    put(path)
    with pytest.raises(kind, match=reason) as error:
        look_at(spring.study, path, How())
    assert "odd.csv" in str(error.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("department,attributes/department\n", "map.csv:1:"),
        ("column,question\nwhere\n", "map.csv:2:"),
        ("column,question\nwhere,\n", "map.csv:2:"),
        ("column,question\nwhere,a/b\nwhere,a/c\n", "map.csv:3:"),
        ("column,question\nwhere,a/b\n", "where: found 'a/b'"),
    ],
)
def test_a_map_that_cannot_be_used_is_refused_with_its_place(spring: Founded, text: str, place: str) -> None:
    (spring.folder / "map.csv").write_text(text)
    (spring.folder / "answers.csv").write_text("where\n1\n")
    with pytest.raises(BadInput) as error:
        look_at(spring.study, spring.folder / "answers.csv", How(), spring.folder / "map.csv")
    assert any(place in str(fault) for fault in error.value.faults)


def test_a_map_names_the_question_of_a_column(spring: Founded) -> None:
    (spring.folder / "map.csv").write_text("column,question\nwhere,attributes/department\n")
    (spring.folder / "answers.csv").write_text("where\nfinance\n")
    found = look_at(spring.study, spring.folder / "answers.csv", How(), spring.folder / "map.csv")
    assert found.report.taken == 1


def test_the_report_is_short_and_quotes_no_answer(spring: Founded) -> None:
    rows = "".join(f"canary-{number}\n" for number in range(500))
    report = spring.look(b"department\n" + rows.encode()).report
    text = "\n".join(report.lines())
    assert "canary" not in text + str(msgspec.json.encode(report))
    assert f"... and {500 - SHOWN} more" in text
    assert len(report.not_taken) == 500
    assert report.taken == 0
