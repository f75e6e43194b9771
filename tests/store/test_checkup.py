"""The checkup finds what is wrong with a study folder and nothing where all is well."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store.checkup import check_study
from store.inbox import collect
from tests.store.examples import Opened, open_study


@pytest.mark.parametrize("shared", [False, True])
def test_a_healthy_study_gives_no_finding(tmp_path: Path, shared: bool) -> None:
    opened = open_study(tmp_path / "study", shared=shared)
    opened.hand_in()
    assert check_study(opened.root) == ()
    collect(opened.study, opened.privates)
    opened.study.write_release(b"{}")
    opened.study.mark_closed("baseline")
    assert check_study(opened.root) == ()


def test_a_missing_study_is_one_finding(tmp_path: Path) -> None:
    (finding,) = check_study(tmp_path / "nowhere")
    assert finding.severity == "wrong"


def _mode(opened: Opened) -> None:
    (opened.root / "private").chmod(0o755)


def _file_mode(opened: Opened) -> None:
    (opened.root / "private" / "study.json").chmod(0o644)


def _sealed_mode(opened: Opened) -> None:
    next(opened.inbox.iterdir()).chmod(0o666)


def _battery(opened: Opened) -> None:
    (opened.root / "public" / "battery.json").write_bytes(b"{}")


def _private(opened: Opened) -> None:
    (opened.root / "private" / "study.json").write_bytes(b"{")


def _openings(opened: Opened) -> None:
    (opened.root / "private" / "openings.json").write_bytes(b'{"openings":{"1":{}}}')
    (opened.root / "private" / "openings.json").chmod(0o600)


def _calendars(opened: Opened) -> None:
    _made(opened.root / "private" / "calendars.json", b'{"events":{"1":{"uid":"a","sequence":"x"}}}')


def _start(opened: Opened) -> None:
    _made(opened.root / "private" / "calendars.json", b'{"start":{"1":{"monday":"soon"}}}')


def _seats(opened: Opened) -> None:
    with opened.study.private.transaction() as db:
        db.table("cohort-seats").insert({"schema": 1, "people": 5})


def _made(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    path.chmod(0o600)


def _tickets(opened: Opened) -> None:
    (opened.root / "public" / "tickets").write_bytes(b"x")


def _private_tickets(opened: Opened) -> None:
    (opened.root / "private" / "tickets").write_bytes(b"x")


def _lost_tickets(opened: Opened) -> None:
    (opened.root / "private" / "tickets").unlink()


def _closing(opened: Opened) -> None:
    opened.study.begin_closing()


def _junk(opened: Opened) -> None:
    (opened.inbox / "junk\n\x1b[2J").write_bytes(b"")


def _foreign_form(opened: Opened) -> None:
    (opened.inbox / ("0" * 32)).write_bytes(b"junk")


def _stray(opened: Opened) -> None:
    (opened.root / "thesis.txt").write_bytes(b"")


def _link(opened: Opened) -> None:
    (opened.root / "ledger").rmdir()
    (opened.root / "ledger").symlink_to(opened.root / "inbox")


def _gone(opened: Opened) -> None:
    (opened.root / "ledger").rmdir()


def _pipe(opened: Opened) -> None:
    os.mkfifo(opened.root / "private" / "pipe")


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        (_mode, "private", "Its mode is 0755; it should be 0700."),
        (_file_mode, "private/study.json", "Its mode is 0644; it should be 0600."),
        (_sealed_mode, "inbox/", "Its mode is 0666; it should be 0444."),
        (_battery, "public", "not the questions that were frozen"),
        (_private, "private/study.json", "not JSON"),
        (_openings, "private/openings.json", "was changed"),
        (_calendars, "private/calendars.json", "not as careload wrote it"),
        (_start, "private/calendars.json", "not as careload wrote it"),
        (_seats, "private/study.json", "the cohort-seats is not as careload wrote it"),
        (_tickets, "public/tickets", "not as careload wrote it"),
        (_private_tickets, "private/tickets", "not as careload wrote it"),
        (_lost_tickets, "private/tickets", "missing here"),
        (_closing, "public/closing", "begun and not finished"),
        (_junk, "inbox/junk??[2J", "Not a submission"),
        (_foreign_form, "inbox/" + "0" * 32, "Not as careload seals it"),
        (_stray, "thesis.txt", "careload did not put this here"),
        (_link, "ledger", "not a folder"),
        (_gone, "ledger", "missing"),
        (_pipe, "private/pipe", "not a regular file"),
    ],
)
def test_each_fault_is_found_with_its_place_and_what_to_do(
    opened: Opened, change: Callable[[Opened], None], path: str, words: str
) -> None:
    opened.hand_in()
    change(opened)
    findings = check_study(opened.root)
    matching = [one for one in findings if one.path.startswith(path) and words in one.found]
    assert len(matching) == 1, findings
    assert matching[0].todo


def test_a_study_not_yet_opened_is_a_notice(tmp_path: Path) -> None:
    from store.study import Study
    from tests.store.examples import setup_for

    study = Study.create(tmp_path / "study", setup_for(("00" * 32,)))
    (finding,) = check_study(study.root)
    assert (finding.severity, finding.found) == ("notice", "The study has not been opened yet.")
