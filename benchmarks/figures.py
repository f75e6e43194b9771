"""What a benchmark reports: one measured figure, what it is compared with, and its budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one run.

    With something to compare with, `budget` bounds the ratio; without, it bounds the figure itself.
    """

    what: str
    unit: str
    measured: float
    compared: float | None = None
    compared_with: str = ""
    budget: float | None = None

    @property
    def ratio(self) -> float | None:
        """The measured figure over the compared one."""
        return self.measured / self.compared if self.compared else None

    @property
    def is_within(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        if self.budget is None:
            return None
        return (self.measured if self.ratio is None else self.ratio) <= self.budget

    def line(self) -> str:
        """Return the figure as one line: measured, compared, ratio, budget."""
        compared = ratio = ""
        if self.compared is not None and self.ratio is not None:
            compared, ratio = f"{self.compared:.3g} {self.unit} {self.compared_with}", f"{self.ratio:.2f} x"
        budget = "no budget" if self.budget is None else f"budget {self.budget:g}{' x' if ratio else ''}"
        verdict = {None: "", True: "within", False: "OVER"}[self.is_within]
        measured = f"{self.measured:.3g} {self.unit}"
        return f"{self.what:<52} {measured:>12}  {compared:<38} {ratio:>8}  {budget:<13} {verdict}".rstrip()

    def as_json(self) -> dict[str, object]:
        """Return the figure for `--json`."""
        return {
            "unit": self.unit,
            "measured": round(self.measured, 5),
            "compared": None if self.compared is None else round(self.compared, 5),
            "compared_with": self.compared_with,
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "budget": self.budget,
            "within": self.is_within,
        }


def against(
    what: str,
    unit: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    *,
    compared_with: str,
    budget: float | None = None,
) -> Figure:
    """Return the figure that compares the medians of two interleaved series."""
    return Figure(what, unit, median(ours), median(theirs), compared_with, budget)
