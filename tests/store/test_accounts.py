"""Two accounts of one machine on one shared folder; needs root to change accounts."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from instruments.care_log import CareEntry
from store.checkup import check_study
from store.codes import CodeKey
from store.drafts import Draft
from store.errors import KeyRefused, Unavailable
from store.inbox import collect, count, read_own, submit, withdraw
from store.ledger import append, entries_in, take_back
from store.public import load_public
from store.study import Study
from tests.store.examples import OWN, Opened, cheap_key, open_study, sitting_record, submission_with

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as two other accounts"),
    # Python 3.12 warns of forking beside threads, as pytest-xdist has; the child starts none
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

ANNA, BEN, FACILITATOR = 65501, 65502, 65503


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every account may enter (pytest's own is closed to others)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def shared(place: Path) -> Opened:
    """A study on a shared folder, owned by the facilitator's account."""
    opened = open_study(place / "study", shared=True)
    for path in [opened.root, *opened.root.rglob("*")]:
        os.chown(path, FACILITATOR, FACILITATOR)
    return opened


def as_account(account: int, step: Callable[[], object]) -> None:
    """Run `step` in a child process that has become `account`; its failure fails this test."""
    finished(started(account, step))


def finished(child: int) -> None:
    """Wait for a child process; its failure fails this test."""
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def started(account: int, step: Callable[[], object]) -> int:
    """Start `step` in a child process that has become `account`; returns its number."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(account)
            os.setuid(account)
            step()
            code = 0
        except BaseException:  # noqa: BLE001  (a forked child must never return into pytest)
            traceback.print_exc()
        finally:
            os._exit(code)
    return child


def handing_in(opened: Opened, key: CodeKey, ticket: str, value: int) -> Callable[[], object]:
    def step() -> None:
        public = load_public(opened.root)
        submit(public, submission_with(public, key, value, ticket=ticket), OWN, key)

    return step


def test_each_hands_in_and_withdraws_own_only_and_the_facilitator_closes(shared: Opened) -> None:
    tickets = shared.tickets(2)
    for folder in ("public", "private"):
        os.chown(shared.root / folder / "tickets", FACILITATOR, FACILITATOR)
    anna, ben = cheap_key(shared.public), cheap_key(shared.public)
    as_account(ANNA, handing_in(shared, anna, tickets[0], 10))
    as_account(BEN, handing_in(shared, ben, tickets[1], 20))

    def cannot_withdraw_annas() -> None:
        """Even with Anna's code: the sentence names the reason."""
        with pytest.raises(Unavailable, match="another account"):
            withdraw(load_public(shared.root), anna)

    as_account(BEN, cannot_withdraw_annas)
    as_account(ANNA, lambda: read_own(load_public(shared.root), anna))
    as_account(BEN, lambda: withdraw(load_public(shared.root), ben))

    def closes() -> None:
        study = Study.load(shared.root)
        assert count(study) == 1
        collected = collect(study, shared.privates)
        assert [one.code_public for one in collected.submissions] == [anna.public_hex]

    as_account(FACILITATOR, closes)


def test_respondents_see_neither_the_inbox_nor_the_private_folder(shared: Opened) -> None:
    def looks_around() -> None:
        for name in ("inbox", "ledger", "private", "definitions"):
            with pytest.raises(PermissionError):
                list((shared.root / name).iterdir())
        with pytest.raises(Unavailable):
            Study.load(shared.root)
        with pytest.raises(PermissionError):
            (shared.root / "public" / "policy.json").write_bytes(b"")
        assert any("may not list" in finding.found for finding in check_study(shared.root))

    as_account(ANNA, looks_around)


def test_others_junk_is_reported_and_stays_where_it_is(shared: Opened) -> None:
    """Closing moves only files of the closing account; it deletes none."""
    junk = shared.root / "inbox" / "junk"
    as_account(ANNA, lambda: junk.write_bytes(b"junk"))

    def unreadable() -> None:
        hidden = shared.root / "inbox" / ("0" * 32)
        hidden.write_bytes(b"careload")
        hidden.chmod(0)

    as_account(BEN, unreadable)

    def closes() -> None:
        found = collect(Study.load(shared.root), shared.privates).quarantined
        assert [problem.reason for problem in found] == [
            "cannot be read by this account",
            "not a name that careload gives",
        ]

    as_account(FACILITATOR, closes)
    assert junk.exists()


def test_a_draft_of_one_account_is_out_of_reach_of_the_other(shared: Opened, place: Path) -> None:
    state = place / "anna"
    state.mkdir()
    os.chown(state, ANNA, ANNA)
    key = cheap_key(shared.public)
    as_account(
        ANNA, lambda: Draft.start(state, key, "lighthouse", "baseline").save(sitting_record("private"))
    )

    def cannot_find() -> None:
        with pytest.raises(Unavailable):
            Draft.find(state, key, "lighthouse", "baseline")

    as_account(BEN, cannot_find)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (state / "drafts").iterdir()} == {0o600}


def test_a_study_of_a_single_account_is_closed_to_others(place: Path) -> None:
    opened = open_study(place / "study")
    key = opened.hand_in()

    def cannot_enter() -> None:
        with pytest.raises((Unavailable, KeyRefused)):
            read_own(load_public(opened.root), key)

    as_account(ANNA, cannot_enter)


def test_twenty_supporters_of_two_accounts_log_at_once_and_no_entry_is_lost(shared: Opened) -> None:
    """Each can take back own entries only; the facilitator reads all, and nobody else can list them."""
    study = shared.public.policy.study
    entry = CareEntry(study=study, week="2027-01-11", minutes=30, kind="pair", role="champion")

    def logs(supporter: int) -> Callable[[], object]:
        def step() -> None:
            public = load_public(shared.root)
            for number in range(10):
                append(
                    public, msgspec.structs.replace(entry, minutes=5 * (1 + (supporter * 10 + number) % 120))
                )

        return step

    for child in [started((ANNA, BEN)[number % 2], logs(number)) for number in range(20)]:
        finished(child)

    def reads() -> None:
        entries, problems = entries_in(load_public(shared.root))
        assert sorted(one.minutes for one in entries) == sorted(5 * (1 + n % 120) for n in range(200))
        assert problems == ()

    def takes_annas() -> None:
        public = load_public(shared.root)
        with pytest.raises(Unavailable):
            entries_in(public)
        with pytest.raises(Unavailable):
            take_back(public, annas)

    as_account(FACILITATOR, reads)
    annas = next(path.name for path in (shared.root / "ledger").iterdir() if path.stat().st_uid == ANNA)
    as_account(BEN, takes_annas)
    as_account(ANNA, lambda: take_back(load_public(shared.root), annas))
