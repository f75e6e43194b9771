"""Importing: sealed like all answers, all of it or nothing, nobody twice, and no way in for others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from instruments.answers import Rating
from instruments.errors import BadInput
from instruments.records import Submission
from store import imports
from store.alone import closing_alone
from store.checkup import check_study
from store.codes import CodeKey
from store.errors import AlreadyClosed, Unavailable
from store.imports import Imported, ToImport, import_all, imported_names, take_back
from store.inbox import collect, count, submit
from tests.store.examples import OWN, Opened, cheap_key, everything_under, forge, open_study, values

CANARY = "canary-8842-of-an-import"


def row(opened: Opened, value: int, respondent: str = "") -> ToImport:
    """Return one row of a file with the answer `value`."""
    public = opened.public
    submission = Submission(
        study=public.policy.study,
        wave=public.policy.wave,
        policy_sha256=public.policy_sha256,
        battery_sha256=public.policy.battery_sha256,
        answers={"mini/a": Rating(value=value)},
        origin="import",
    )
    return ToImport(submission, respondent)


def rows(opened: Opened, *wanted: int) -> list[ToImport]:
    """Return a row for each of the answers `wanted`."""
    return [row(opened, value) for value in wanted]


def bring_in(opened: Opened, wanted: list[ToImport]) -> Imported:
    """Import `wanted`."""
    return import_all(opened.study, opened.public, wanted)


def counted(opened: Opened) -> list[int]:
    """Return the answers that count at closing."""
    return values(collect(opened.study, opened.privates).submissions)


def test_an_import_is_sealed_like_all_answers_and_counts(opened: Opened) -> None:
    """In a study with tickets, without one; the mode and the time of its files are those of all."""
    assert bring_in(opened, rows(opened, 10, 20, 30)) == Imported(3, 0)
    assert check_study(opened.root) == ()
    status = [path.stat() for path in opened.inbox.iterdir()]
    assert {(one.st_mode & 0o777, one.st_mtime) for one in status} == {(0o444, 946_684_800)}
    assert counted(opened) == [10, 20, 30]


def test_nothing_of_an_import_is_on_disk_in_clear(opened: Opened) -> None:
    bring_in(opened, [row(opened, 10, CANARY)])
    assert CANARY.encode() not in everything_under(opened.root)
    assert CANARY not in repr(row(opened, 10, CANARY))


def test_people_with_the_same_answers_all_count(opened: Opened) -> None:
    assert bring_in(opened, rows(opened, 10, 10, 10)) == Imported(3, 0)
    assert counted(opened) == [10, 10, 10]


def test_the_same_file_again_in_another_order_imports_nobody_twice(opened: Opened) -> None:
    bring_in(opened, rows(opened, 10, 10, 20))
    assert bring_in(opened, rows(opened, 20, 10, 30, 10)) == Imported(1, 3)
    assert counted(opened) == [10, 10, 20, 30]


def test_two_respondents_of_two_files_with_the_same_answers_count(opened: Opened) -> None:
    bring_in(opened, [row(opened, 10, "1")])
    assert bring_in(opened, [row(opened, 10, "2")]) == Imported(1, 0)


def _breaking(after: int) -> Callable[..., None]:
    done = []
    real = imports.write_once

    def write(*arguments: object) -> None:
        if len(done) >= after:
            raise Unavailable("The disk is full.", "")
        done.append(1)
        real(*arguments)  # type: ignore[arg-type]

    return write


def test_of_an_import_that_breaks_off_nothing_counts(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(imports, "WRITERS", 1)
        patch.setattr(imports, "write_once", _breaking(2))
        with pytest.raises(Unavailable):
            bring_in(opened, rows(opened, 10, 20, 30))
    assert (count(opened.study), imported_names(opened.root)) == (2, frozenset())
    collected = collect(opened.study, opened.privates)
    assert collected.submissions == ()
    assert {problem.reason for problem in collected.quarantined} == {
        "imported by somebody else, or by an import that did not finish"
    }


def test_an_import_that_broke_off_goes_on(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sealed before is not sealed again: no answer counts twice."""
    with monkeypatch.context() as patch:
        patch.setattr(imports, "WRITERS", 1)
        patch.setattr(imports, "write_once", _breaking(2))
        with pytest.raises(Unavailable):
            bring_in(opened, rows(opened, 10, 20, 30))
    before = {path.name: path.stat().st_ino for path in opened.inbox.iterdir()}
    assert bring_in(opened, rows(opened, 10, 20, 30)) == Imported(3, 0)
    after = {path.name: path.stat().st_ino for path in opened.inbox.iterdir()}
    assert len(after) == 3
    assert before.items() <= after.items()
    assert counted(opened) == [10, 20, 30]


def test_nobody_else_can_put_an_import_into_the_inbox(opened: Opened) -> None:
    """Without it anybody who may write there could answer without a ticket."""
    bring_in(opened, rows(opened, 10))
    forge(opened, row(opened, 90).submission)
    collected = collect(opened.study, opened.privates)
    assert values(collected.submissions) == [10]
    assert len(collected.quarantined) == 1


@pytest.mark.parametrize("changes", [{"ticket": "T"}, {"code_public": "0" * 64}, {"drawn": ("review-a",)}])
def test_an_import_has_no_ticket_no_code_and_no_task(opened: Opened, changes: dict[str, object]) -> None:
    wrong = msgspec.structs.replace(row(opened, 10).submission, **changes)
    with pytest.raises(BadInput, match="ticket, a code or tasks"):
        bring_in(opened, [row(opened, 20), ToImport(wrong, "")])
    assert count(opened.study) == 0


def test_one_wrong_row_stops_all_before_the_first_is_sealed(opened: Opened) -> None:
    with pytest.raises(BadInput) as error:
        bring_in(opened, rows(opened, 10, 99_999))
    assert count(opened.study) == 0
    assert "99" not in error.value.message


def test_no_sitting_passes_as_an_import_and_no_import_as_a_sitting(opened: Opened) -> None:
    key: CodeKey = cheap_key(opened.public)
    with pytest.raises(BadInput, match="not an import"):
        bring_in(opened, [ToImport(opened.submission(key), "")])
    with pytest.raises(BadInput):
        submit(opened.public, row(opened, 10).submission, OWN, key)


def test_imported_answers_are_left_out_where_people_answered_themselves(opened: Opened) -> None:
    """Whoever imported them could take them off every table and would see the few others."""
    for value in (40, 50):
        opened.hand_in(value)
    bring_in(opened, rows(opened, 10, 20, 30))
    collected = collect(opened.study, opened.privates)
    assert values(collected.submissions) == [40, 50]
    assert (collected.imported_left_out, len(collected.counted_hashes)) == (3, 2)
    assert (collected.openings[-1].opened, collected.openings[-1].counted) == (5, 2)


def test_all_imports_can_be_taken_back_until_the_wave_closes(opened: Opened) -> None:
    opened.hand_in(40)
    bring_in(opened, rows(opened, 10, 20))
    bring_in(opened, rows(opened, 30))
    assert take_back(opened.study, opened.public) == 3
    assert take_back(opened.study, opened.public) == 0
    assert bring_in(opened, []) == Imported(0, 0)
    assert counted(opened) == [40]


def test_a_closed_wave_takes_no_import_and_gives_none_back(opened: Opened) -> None:
    bring_in(opened, rows(opened, 10))
    collect(opened.study, opened.privates)
    with pytest.raises(AlreadyClosed):
        bring_in(opened, rows(opened, 20))
    with pytest.raises(AlreadyClosed):
        take_back(opened.study, opened.public)
    assert counted(opened) == [10]


def test_a_rehearsal_takes_no_real_answers(tmp_path: Path) -> None:
    rehearsal = open_study(tmp_path / "study", rehearsal=True)
    with pytest.raises(BadInput, match="a real one in a rehearsal"):
        bring_in(rehearsal, rows(rehearsal, 10))


def test_closing_and_importing_wait_for_each_other(opened: Opened) -> None:
    with (
        closing_alone(opened.root),
        pytest.raises(Unavailable, match="or importing into it"),
        closing_alone(opened.root),
    ):
        pass


@pytest.mark.parametrize(
    "damage",
    [
        '{"files":{"1":{"wave":"baseline","names":["../x"]}}}',
        '{"files":{"1":{"wave":"baseline","names":[7]}}}',
        '{"files":{"1":{"wave":"baseline","names":7}}}',
        '{"files":{"1":{}}}',
        "{",
        "[]",
    ],
)
def test_a_damaged_list_of_imports_is_named(opened: Opened, damage: str) -> None:
    """By `doctor` too; no name from it becomes a path."""
    (opened.root / "private" / imports.IMPORTS_FILE).write_text(damage)
    with pytest.raises(BadInput, match=r"imports\.json"):
        imported_names(opened.root)
    with pytest.raises(BadInput):
        take_back(opened.study, opened.public)
    assert any(finding.path == "private/imports.json" for finding in check_study(opened.root))
