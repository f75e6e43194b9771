"""Anonymised results as files: csv of every release table, and the codebook."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from instruments.errors import BadInput
from scoring.plan_tables import plan_tables
from scoring.records import Plan, Release
from scoring.tables import codebook, release_tables
from store.files import PRIVATE_FILE, write_atomic
from store.public import PublicStudy

Rows = Sequence[Sequence[str | int | float]]


def export_csv(public: PublicStudy, release: Release, folder: Path) -> tuple[Path, ...]:
    """Write every table of `release` and the codebook into `folder`; returns the files written."""
    tables: dict[str, Rows] = dict(release_tables(release))
    tables["codebook"] = codebook(release, public.battery)
    return _write(tables, folder)


def export_plan(plan: Plan, folder: Path) -> tuple[Path, ...]:
    """Write the plan's tables into `folder`; returns the files written."""
    return _write(plan_tables(plan), folder)


def _write(tables: Mapping[str, Rows], folder: Path) -> tuple[Path, ...]:
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder.name}: found a file; expected a folder.", "Choose another --out.")
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, rows in tables.items():
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows(rows)
        path = folder / f"{name}.csv"
        write_atomic(path, buffer.getvalue().encode("utf-8"), PRIVATE_FILE, f"{folder.name}/{path.name}")
        paths.append(path)
    return tuple(paths)
