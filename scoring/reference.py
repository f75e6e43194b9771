"""The population a score is read against, with its status and how well it is known."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any, Literal, Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from instruments.errors import BadInput
from instruments.model import NEEDS, Need, Record
from instruments.questions import Battery, Wording
from instruments.reading import read_record
from instruments.records import canonical, sha256_of
from scoring.blocks import Floats
from scoring.errors import BadModel, ReferenceMissing
from scoring.items import ScaleSpec, mark_spec, scored_scales, spec_of
from scoring.marks import TASKS, mark_scales, task_wording

_PUT_BACK = "Put back the file as careload wrote it."
LARGEST = 1e9
"""No mean, SD or doubt is larger, and no SD smaller than its inverse: nothing then overflows."""
Status = Literal["published", "local", "assumed"]
Matrix4 = tuple[tuple[float, ...], ...]


class ReferenceRow(Record, frozen=True):
    """Figures of one scale in one wording; `mean` and `sd` in the scale's own points."""

    scale: str
    status: Status
    wording_sha256: str
    items: int
    needed: int
    mean: float
    sd: float
    alpha: float
    retest: float
    validity: float
    """Correlation of what the scale measures steadily with the need it feeds."""
    mean_sd: float
    """How far `mean` may be off, in SD: the same error for everybody."""
    mark: Literal["seen", "recalled", "ours"]
    """Where alpha comes from."""
    need: Need | None = None
    sign: int = 1
    people: int = 0
    """How many answered the scale in the sample that the figures come from; 0 where there was none."""
    sd_error: float | None = None
    """Standard error of log `sd`: about the share by which `sd` may be off. None where nobody has said."""
    alpha_error: float | None = None
    """Standard error of `alpha`."""
    retest_error: float | None = None
    """Standard error of `retest`."""


class Reference(Record, frozen=True):
    """All rows of a study, and how the four needs go together in the reference population."""

    rows: tuple[ReferenceRow, ...]
    correlations: Matrix4
    """Prior correlation of the needs in the order of NEEDS; their prior SD is 1, their mean 0."""
    correlations_status: Status = "assumed"
    schema: int = 1

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of the canonical form."""
        return sha256_of(self)

    @property
    def status(self) -> Status:
        """The weakest status of a row that feeds a need."""
        return _weakest({row.status for row in self.rows if row.need} | {self.correlations_status})

    @property
    def has_local(self) -> bool:
        """Whether figures of a scale that feeds a need come from a calibration sample."""
        return any(row.need and row.status == "local" for row in self.rows)

    def status_of(self, part: str) -> Status | None:
        """Return the weakest status of the scales of `part` (an instrument, or a task as ``tasks/id``).

        None where none of them feeds a need.
        """
        own = {
            row.status
            for row in self.rows
            if row.need and (row.scale == part or row.scale.startswith(f"{part}/"))
        }
        return _weakest(own) if own else None

    @classmethod
    def from_sample(
        cls,
        battery: Battery,
        items: Floats,
        retest: Floats | None = None,
        teams: NDArray[np.int64] | None = None,
    ) -> Self:
        """Return the local reference of `battery` that a calibration sample tells.

        Parameters
        ----------
        battery : Battery
            With the wording that the sample was asked in.
        items : ndarray (people, columns)
            Raw numbers in the order of `scoring.items.item_columns(battery)`, NaN where there is none.
        retest : ndarray (people, columns), optional
            The same people's second answers about two weeks later, NaN for whoever gave none.
        teams : ndarray (people,) of int, optional
            Codes of teams, below 0 where unknown: means are then known as well as teams allow.

        Raises
        ------
        BadModel
            With fewer than 30 people, a question that all answered alike, or a wrong shape.
        OffScale
            Where a number lies outside its item's bounds.

        Notes
        -----
        `scoring.calibration_sample.calibrate` does it, states the formulas and tells what to know about
        the sample besides.
        """
        from scoring.calibration_sample import calibrate

        found = calibrate(battery, items, retest, teams).reference
        return cls(
            rows=found.rows,
            correlations=found.correlations,
            correlations_status=found.correlations_status,
        )

    def row(self, scale: str) -> ReferenceRow:
        """Return the row of `scale` (``instrument/scale``); ReferenceMissing when there is none."""
        for row in self.rows:
            if row.scale == scale:
                return row
        raise ReferenceMissing(
            f"The scale {scale} has no reference.", "Use the reference that was frozen with the battery."
        )


def _weakest(found: set[Status]) -> Status:
    return "assumed" if "assumed" in found else "local" if "local" in found else "published"


def default_reference(battery: Battery) -> Reference:
    """Return the assumed reference of every scored scale and every task of `battery`."""
    rows = tuple(
        default_row(spec_of(part.instrument, scale), part.wording)
        for part in battery.parts
        for scale in scored_scales(part.instrument)
    )
    marks = tuple(
        default_row(mark_spec(one), task_wording(battery, one.task), f"{TASKS}/{one.kind}")
        for one in mark_scales(battery)
    )
    return Reference(rows=rows + marks, correlations=assumed_correlations())


def default_row(spec: ScaleSpec, wording: Wording, like: str = "") -> ReferenceRow:
    """Return the assumed row of one scale; reliability is lowered where the wording is adapted.

    `like` names the scale whose figures are assumed for one that has none: a task of a study's own is
    taken to be like the shipped one of its kind.
    """
    table = _table()
    figures = table["scales"].get(spec.id) or table["scales"].get(like, table["other"])
    doubt = table["assumed"]
    lower = doubt["lower_reliability"] if wording.status == "adapted" else 0.0
    alpha, retest = round(figures["alpha"] - lower, 4), round(figures["retest"] - lower, 4)
    way = spec.maximum - spec.minimum
    return ReferenceRow(
        scale=spec.id,
        status="assumed",
        wording_sha256=wording.sha256,
        items=spec.items,
        needed=spec.needed,
        mean=spec.minimum + figures["position"] * way,
        sd=figures["spread"] * way,
        alpha=alpha,
        retest=retest,
        validity=figures["validity"],
        mean_sd=doubt["mean_sd"],
        mark=figures["mark"],
        need=spec.need,
        sign=spec.sign,
        sd_error=doubt["sd_log_sd"],
        alpha_error=round(doubt["alpha_log_sd"] * (1 - alpha), 4),
        retest_error=round(doubt["retest_z_sd"] * (1 - retest**2), 4),
    )


def reference_for(battery: Battery, local: Reference | None) -> Reference:
    """Return the reference to freeze with `battery`: the rows of `local` where it has them, else assumed.

    Raises BadInput when a local row was made for another wording, or for other items, than `battery` has.
    """
    assumed = default_reference(battery)
    if local is None:
        return assumed
    known = {row.scale: row for row in local.rows if row.status != "assumed"}
    rows = tuple(known.get(row.scale, row) for row in assumed.rows)
    stale = [row.scale for row, was in zip(rows, assumed.rows, strict=True) if _asked(row) != _asked(was)]
    if stale:
        raise BadInput(
            f"The local reference was made for other questions or another wording than {', '.join(stale)}.",
            "Make it again with `careload reference`, or take it away with --drop.",
        )
    return msgspec.structs.replace(local, rows=rows)


def _asked(row: ReferenceRow) -> tuple[object, ...]:
    return row.wording_sha256, row.items, row.needed, row.need, row.sign


def assumed_doubt() -> dict[str, float]:
    """Return how far assumed figures may be off, as `reference.toml` has it under ``assumed``."""
    return dict(_table()["assumed"])


def encode(reference: Reference) -> bytes:
    """Return the bytes that are frozen with the study; their SHA-256 is `reference.sha256`."""
    return canonical(reference)


def decode(data: bytes) -> Reference:
    """Return the reference in `data`; BadInput when it is not one, or one that no population could have."""
    reference = read_record(data, Reference, "reference.json")
    check_figures(reference.rows, reference.correlations, "reference.json: ")
    return reference


def check_figures(rows: Iterable[ReferenceRow], correlations: Matrix4, source: str = "Reference: ") -> None:
    """Raise BadModel, its message beginning with `source`, at figures that no population could have."""
    for row in rows:
        if not _is_possible(row):
            raise BadModel(f"{source}the figures of {row.scale} do not fit together.", _PUT_BACK)
    if not _are_correlations(correlations):
        raise BadModel(f"{source}the correlations do not fit together.", _PUT_BACK)


def _is_possible(row: ReferenceRow) -> bool:
    shares = (row.alpha, row.retest, row.validity)
    errors = [one for one in (row.sd_error, row.alpha_error, row.retest_error) if one is not None]
    is_finite = all(math.isfinite(figure) for figure in (row.mean, row.sd, row.mean_sd, *errors))
    if not is_finite or row.people < 0 or any(one < 0 for one in errors):
        return False
    is_meant = abs(row.mean) <= LARGEST and 1 / LARGEST <= row.sd <= LARGEST and row.mean_sd <= LARGEST
    is_scale = is_meant and row.mean_sd >= 0 and row.items > 0 and row.needed >= 0 and row.sign in {-1, 1}
    return is_scale and all(0 < share <= 1 for share in shares)


def _are_correlations(given: Matrix4) -> bool:
    size = len(NEEDS)
    if len(given) != size or any(len(line) != size for line in given):
        return False
    table = np.array(given)
    if not np.isfinite(table).all():
        return False
    return bool(
        (table == table.T).all() and (np.diag(table) == 1).all() and np.linalg.eigvalsh(table).min() > 0
    )


def assumed_correlations() -> Matrix4:
    """Return the correlations of the needs in `reference.toml`, 4 x 4 in the order of NEEDS."""
    pairs = _table()["needs"]
    return tuple(
        tuple(1.0 if a == b else pairs["-".join(sorted((a, b), key=NEEDS.index))] for b in NEEDS)
        for a in NEEDS
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("scoring").joinpath("reference.toml").read_text("utf-8"))
