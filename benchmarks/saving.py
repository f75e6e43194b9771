"""Keeping a growing sitting: one saved draft against appending and syncing the same bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ParamSpec

import msgspec

from benchmarks.figures import Figure, against
from instruments.answers import Answer, Choice
from instruments.sitting import SittingRecord
from store.codes import CodeKey, new_code
from store.cost import Cost
from store.drafts import Draft

P = ParamSpec("P")

QUESTIONS = 32
"""As many as the standard battery asks."""


def records() -> list[SittingRecord]:
    """Return a sitting as it is saved after each of its answers."""
    answers: dict[str, Answer] = {}
    kept = []
    for number in range(QUESTIONS):
        answers[f"instrument/{number}"] = Choice(code=number % 5 + 1)
        kept.append(
            SittingRecord(
                study="bench",
                wave="baseline",
                policy_sha256="0" * 64,
                battery_sha256="0" * 64,
                answers=dict(answers),
                position=f"instrument/{number}",
            )
        )
    return kept


def milliseconds(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> float:
    """Return how long one call takes."""
    before = time.perf_counter()
    work(*args, **kwargs)
    return 1000 * (time.perf_counter() - before)


def append(path: Path, data: bytes) -> None:
    """Append `data` to the file `path`, durable on return."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(path: Path, data: bytes) -> None:
    """Replace the file `path` by `data`, durable on return: the least that a whole new file costs."""
    beside = path.with_name(f".{path.name}.new")
    append(beside, data)
    beside.replace(path)
    handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def run(rounds: int = 10) -> dict[str, Figure]:
    """Save every record of a sitting three ways in turn, `rounds` times."""
    ours: list[float] = []
    appended: list[float] = []
    replaced: list[float] = []
    with TemporaryDirectory(prefix="careload-saving-") as name:
        key = CodeKey.derive(new_code(), os.urandom(16), cost=Cost.CHEAP)
        draft = Draft.start(Path(name) / "state", key, "bench", "baseline")
        draft.save(records()[0])
        for record in records() * rounds:
            data = msgspec.json.encode(record)
            ours.append(milliseconds(draft.save, record))
            appended.append(milliseconds(append, Path(name) / "kept", data))
            replaced.append(milliseconds(replace, Path(name) / "whole", data))
    what = "saving: one answer, durable"
    return {
        "saving_ms": against(what, "ms", ours, appended, compared_with="append and fsync"),
        "saving_replaced_ms": against(what, "ms", ours, replaced, compared_with="new file, fsync, rename"),
    }
