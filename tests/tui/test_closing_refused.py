"""A closing whose release would give somebody away: nothing is written, and the wave is as open as before."""

from __future__ import annotations

import hashlib
from pathlib import Path
from secrets import token_hex

import msgspec
import pytest

from instruments.records import canonical
from scoring.errors import PrivacyRefused
from scoring.records import Release
from scoring.release import build_release
from scoring.table_records import CountRow
from store.errors import Refused
from store.public import INBOX, PRIVATE
from store.releases import earlier_releases
from store.requests import ask_for_help, new_request
from store.study import RELEASES, Study
from tests import exported
from tests.tui.test_importing import Founded, open_in
from tui.exits import Exit, exit_for
from tui.flows import closing as closing_flow

replace = msgspec.structs.replace


@pytest.fixture
def answered(tmp_path: Path) -> Founded:
    """A live study in which sixty people answered."""
    one = open_in(tmp_path)
    one.sit(one.people)
    return one


def inbox_of(study: Study) -> dict[str, str]:
    """Return what lies in the inbox, by name."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (study.root / INBOX).iterdir()}


def telling(release: Release) -> Release:
    """Return `release` with the first two cells of its first table of tiers changed to tell of one person."""
    place = next(n for n, t in enumerate(release.counts) if t.columns and t.total is not None)
    table = release.counts[place]
    assert table.total is not None
    one, two, *others = table.total.cells
    total: CountRow = replace(table.total, cells=(1, (one or 0) + (two or 0) - 1, *others))
    counts = (*release.counts[:place], replace(table, total=total), *release.counts[place + 1 :])
    return replace(release, counts=counts)


def test_a_telling_release_is_refused_and_the_wave_can_be_closed_again(
    answered: Founded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 5, no release, the inbox untouched, the wave open; mended, the same closing goes through."""
    study, before = answered.study, inbox_of(answered.study)
    with monkeypatch.context() as broken:
        broken.setattr(closing_flow, "build_release", lambda *args: telling(build_release(*args)))
        with pytest.raises(PrivacyRefused) as refused:
            answered.close()
    assert exit_for(refused.value) is Exit.PRIVACY
    assert "Support tiers" in refused.value.message
    assert inbox_of(study) == before
    assert not (study.root / PRIVATE / RELEASES).exists()
    assert not study.is_released("baseline")
    assert not study.public().is_closed
    assert answered.close().header.counted == 60


def test_a_release_that_an_earlier_one_gives_away_is_refused(
    answered: Founded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same wave with one submission less was released before: nothing is written over it."""
    release = answered.close()
    (written,) = earlier_releases(answered.study)
    assert written == canonical(release)
    fewer = replace(release, header=replace(release.header, counted_hashes=release.header.counted_hashes[1:]))
    other = open_in(answered.folder / "other")
    other.sit(other.people)
    monkeypatch.setattr(closing_flow, "earlier_releases", lambda _study: (canonical(fewer),))
    monkeypatch.setattr(closing_flow, "build_release", lambda *_args: release)
    monkeypatch.setattr(closing_flow, "refuse_unsafe", lambda *_args: None)
    with pytest.raises(PrivacyRefused, match="beside an earlier one"):
        other.close()
    assert not other.study.is_released("baseline")


def test_made_up_requests_for_help_do_not_quietly_take_a_wave_away(answered: Founded) -> None:
    """One account without a ticket can write many; closing stops while all can still be mended."""
    study = answered.study
    public = study.public()
    for forged, lost in ((31, "groups"), (15, "results")):
        for _ in range(forged):
            ask_for_help(public, new_request(public, "Somebody", token_hex(4), ("time",)))
        before = inbox_of(study)
        with pytest.raises(Refused, match=f"to show {lost}"):
            answered.close()
        assert inbox_of(study) == before
        assert not public.closed_now()
    closing = closing_flow.close_study(study, answered.keys, "2026-03-02", accepts_few=True)
    assert (closing.requests, closing.release.header.counted, closing.release.counts) == (46, None, ())


@pytest.mark.parametrize(("sitting", "lost"), [(1, "results"), (20, "groups")])
def test_a_few_sittings_do_not_quietly_take_an_imported_wave_away(
    tmp_path: Path, sitting: int, lost: str
) -> None:
    """One ticket is enough to keep everybody's imported answers out; closing stops while there is a way."""
    one = open_in(tmp_path)
    one.sit(one.people[:sitting])
    one.look(exported.plain(one.study.public().battery, one.people)).seal()
    before = inbox_of(one.study)
    with pytest.raises(Refused, match=f"to show {lost}"):
        one.close()
    assert inbox_of(one.study) == before
    assert not one.study.public().closed_now()
    closing = closing_flow.close_study(one.study, one.keys, "2026-03-02", accepts_few=True)
    told = closing.release.header.counted
    assert told == (sitting if sitting >= 15 else None)
