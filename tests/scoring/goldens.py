"""Made-up answers and what R says of them (tests/data/r)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np

from instruments.model import NEEDS
from scoring.blocks import Floats
from scoring.careless_indices import KeyedScale
from scoring.reference import ReferenceRow

DATA = Path(__file__).parent.parent / "data" / "r"
REVERSED = {"safe": (1, 3, 5), "work": tuple(range(1, 9))}


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def goldens() -> dict[str, float]:
    """Return every value that R printed, NaN for its NA."""
    return {row["name"]: float(row["value"].replace("NA", "nan")) for row in rows_of("goldens.csv")}


def departments() -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([int(row["department"]) for row in rows_of("answers.csv")], dtype=np.int64)


def raw(scale: str) -> Floats:
    """Return raw answers (people, items), NaN where there is none."""
    answers = rows_of("answers.csv")
    names = [name for name in answers[0] if name.startswith(f"{scale}_")]
    return np.array([[float(row[name] or "nan") for name in names] for row in answers])


def keyed(scale: str) -> Floats:
    out = raw(scale)
    top = 7 if scale == "safe" else 5
    for number in REVERSED.get(scale, ()):
        out[:, number - 1] = 1 + top - out[:, number - 1]
    return out


def complete() -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return who answered every item of the file."""
    return np.array([all(value for value in row.values()) for row in rows_of("answers.csv")])


def keyed_scales() -> tuple[KeyedScale, ...]:
    """Return the scales of reference.csv; their items stand one after the other."""
    scales, start = [], 0
    for row in rows_of("reference.csv"):
        items = int(row["items"])
        figures = ReferenceRow(
            scale=row["scale"],
            status="assumed",
            wording_sha256="",
            items=items,
            needed=1,
            mean=float(row["mean"]),
            sd=float(row["sd"]),
            alpha=float(row["alpha"]),
            retest=float(row["retest"]),
            validity=float(row["validity"]),
            mean_sd=0.4,
            mark="ours",
            need=NEEDS[int(row["need"]) - 1],
        )
        scales.append(KeyedScale(places=tuple(range(start, start + items)), row=figures))
        start += items
    return tuple(scales)
