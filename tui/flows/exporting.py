"""Anonymised results as files: every release table, the codebook, and a manifest that names them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

import msgspec

from instruments.errors import BadInput
from scoring.plan.records import Plan
from scoring.plan.tables import plan_tables
from scoring.record_rows import orders_in
from scoring.records import Release
from scoring.reference import decode
from scoring.rows import Row
from scoring.tables import codebook, release_tables, table_titles
from store.files import PRIVATE_FILE, write_atomic
from store.study import Study
from tui.flows.exporting_counts import check_counts
from tui.flows.exporting_plain import csv_files
from tui.flows.exporting_sheets import Sheet, sheet_of
from tui.flows.planning import release_in

FORMATS = ("csv", "xlsx", "sav", "parquet")
NO_DATE = date(2000, 1, 1)
"""Stands in files where a release does not tell when its wave was closed."""
MANIFEST = "manifest.json"

Files = dict[str, bytes]


def export_release(study: Study, folder: Path, formats: Sequence[str], program: str) -> tuple[Path, ...]:
    """Write every table of the frozen release, the codebook and a manifest, in each of `formats`.

    The same call writes the same bytes. Raises PrivacyRefused, and writes nothing, when a file about to be
    written tells of too few people.
    """
    release, frozen = release_in(study), hashlib.sha256(study.read_release()).hexdigest()
    public = study.public()
    book = codebook(release, public.battery, decode(public.reference))
    return _write(release_files(release, book, formats, frozen, program), folder)


def release_files(
    release: Release, book: Sequence[Row], formats: Sequence[str], frozen: str, program: str
) -> Files:
    """Return the files of an export by name; `book` is the codebook, `frozen` the release file's SHA-256."""
    sheets, closed_on = release_sheets(release, book), release.header.closed_on
    day = date.fromisoformat(closed_on) if closed_on else NO_DATE
    check_counts(csv_files(sheets, day), release.header.thresholds)
    files: Files = {}
    for name in dict.fromkeys(formats):
        files |= _writer(name)(sheets, day)
    return files | {MANIFEST: _manifest(release, frozen, files, program)}


def release_sheets(release: Release, book: Sequence[Row]) -> tuple[Sheet, ...]:
    """Return what is exported of `release`: about, the tables, the codebook."""
    titles, orders = table_titles(release), {table.id: orders_in(table) for table in release.records}
    tables = [
        sheet_of(name, rows, titles.get(name, ("", ""))[0], orders.get(name))
        for name, rows in release_tables(release).items()
    ]
    return (*tables, sheet_of("codebook", book))


def export_plan(plan: Plan, folder: Path, more: Mapping[str, bytes] | None = None) -> tuple[Path, ...]:
    """Write the plan's tables and `more` files into `folder`; returns the files written."""
    sheets = [sheet_of(name, rows) for name, rows in plan_tables(plan).items()]
    return _write(csv_files(sheets, NO_DATE) | dict(more or {}), folder)


def _writer(name: str) -> Callable[[Sequence[Sheet], date], Files]:
    """Return what writes the format `name`; its library is loaded only now."""
    module = "plain" if name in {"csv", "parquet"} else name
    found: Callable[[Sequence[Sheet], date], Files] = getattr(
        import_module(f"tui.flows.exporting_{module}"), f"{name}_files"
    )
    return found


def _manifest(release: Release, sha256: str, files: Mapping[str, bytes], program: str) -> bytes:
    """Return JSON that names every file and what it was made from."""
    header = release.header
    told = {
        "schema": 1,
        "study": header.study,
        "wave": header.wave,
        "closed_on": header.closed_on,
        "release_sha256": sha256,
        "policy_sha256": header.policy_sha256,
        "release_program": header.program,
        "export_program": program,
        "files": [
            {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        ],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def make_folder(folder: Path) -> None:
    """Make the folder that files are written into, unless it is there; BadInput where it is a file."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder.name}: found a file; expected a folder.", "Choose another one.")
    folder.mkdir(parents=True, exist_ok=True)


def _write(files: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    make_folder(folder)
    for name, data in files.items():
        write_atomic(folder / name, data, PRIVATE_FILE, f"{folder.name}/{name}")
    return tuple(folder / name for name in files)
