"""Exports of a live study at the command line, with rows of people, in every format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import polars
import pytest

from instruments.setup import Thresholds
from scoring.record_rows import ANY, WITHHELD
from tests.system.program import careload, close, open_set_up, set_up
from tests.system.test_whole_way import CANARY, OWN_QUESTION, seal_people
from tui.flows.exporting_counts import record_faults

ALL = "csv,xlsx,sav,parquet"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed study of 90 people that releases rows; everybody typed the same words."""
    folder = tmp_path_factory.mktemp("exports")
    study = set_up(folder, "--record-file")
    (study / "definitions" / "own-words.toml").write_text(OWN_QUESTION)
    open_set_up(folder)
    seal_people(study, 90, 4, CANARY)
    ended = close(folder)
    assert ended.returncode == 0, ended.stderr
    return study


def export(study: Path, out: Path, formats: str = ALL) -> dict[str, bytes]:
    done = careload("export", study.name, "--format", formats, "--out", str(out), cwd=study.parent)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in out.iterdir()}


def read_back(name: str, data: bytes) -> str:
    """Return all that a file says, unpacked."""
    if name.endswith(".parquet"):
        return str(polars.read_parquet(io.BytesIO(data)).rows()) + data.decode(errors="replace")
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(one).decode() for one in archive.namelist())
    return data.decode(errors="replace")


def test_every_person_has_a_row_that_others_share(closed: Path, tmp_path: Path) -> None:
    """Ninety rows; five people at least are alike in each, and two tiers among those with the same bands."""
    files = export(closed, tmp_path / "out", "csv")
    rows = list(csv.DictReader(io.StringIO(files["records.csv"].decode(), newline="")))
    assert len(rows) == 90
    assert record_faults(rows, Thresholds().k) == []
    needs = set(rows[0]) - {"id", "group", "tier"}
    assert all(row["tier"] != WITHHELD or {row[need] for need in needs} <= {ANY} for row in rows)


def test_the_same_export_twice_is_the_same_and_the_manifest_fits(closed: Path, tmp_path: Path) -> None:
    first, second = export(closed, tmp_path / "one"), export(closed, tmp_path / "two")
    assert first == second
    told = json.loads(first["manifest.json"])
    assert {one["name"] for one in told["files"]} == set(first) - {"manifest.json"}
    assert (
        told["policy_sha256"]
        == json.loads(careload("review", closed.name, "--json", cwd=closed.parent).stdout)["header"][
            "policy_sha256"
        ]
    )


def test_typed_words_codes_and_tickets_are_in_no_export(closed: Path, tmp_path: Path) -> None:
    """In no format, packed or not, stands what people typed or what they took part with."""
    files = export(closed, tmp_path / "out")
    whole = "".join(read_back(name, data) for name, data in files.items())
    assert "Support tiers" in whole
    assert CANARY not in whole
    assert str(closed.parent) not in whole


def test_an_unknown_format_is_refused_before_anything_is_written(closed: Path, tmp_path: Path) -> None:
    done = careload(
        "export", closed.name, "--format", "csv,pdf", "--out", str(tmp_path / "out"), cwd=closed.parent
    )
    assert done.returncode == 2
    assert "pdf" in done.stderr
    assert not (tmp_path / "out").exists()
