"""The log of openings notices every change."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from instruments.errors import BadInput
from store.openings import Opening, append_opening, read_openings
from store.tiny import TinyStore

ENTRY = Opening(
    number=0,
    wave="baseline",
    roles=("facilitator",),
    day="2026-11-22",
    opened=30,
    counted=10,
    held_back=0,
    quarantined=0,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "private").mkdir()
    for counted in (10, 20, 30):
        append_opening(tmp_path, msgspec.structs.replace(ENTRY, counted=counted))
    return tmp_path


def test_entries_are_numbered_and_chained(root: Path) -> None:
    log = read_openings(root)
    assert [entry.number for entry in log] == [1, 2, 3]
    assert len({entry.previous for entry in log}) == 3


@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize("change", [{"counted": 11}, {"day": "2026-11-21"}, {"roles": []}, {"extra": 1}])
def test_a_changed_entry_is_noticed_and_nothing_is_added(
    root: Path, place: int, change: dict[str, object]
) -> None:
    """The last entry's hash stands in the release, outside of this file."""
    with TinyStore(root / "private" / "openings.json", "it").transaction() as db:
        db.table("openings").update(change, doc_ids=[place])
    with pytest.raises(BadInput, match="was changed"):
        read_openings(root)
    with pytest.raises(BadInput, match="was changed"):
        append_opening(root, ENTRY)


@pytest.mark.parametrize("place", [1, 2])
def test_a_removed_entry_is_noticed(root: Path, place: int) -> None:
    with TinyStore(root / "private" / "openings.json", "it").transaction() as db:
        db.table("openings").remove(doc_ids=[place])
    with pytest.raises(BadInput, match="was changed"):
        read_openings(root)
