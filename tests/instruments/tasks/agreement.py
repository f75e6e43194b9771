"""Agreement of automatic and read marks, and its table: python -m tests.instruments.tasks.agreement."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.instruments.tasks.writing_examples import FORMS, Example, examples, mark

PAGE = Path(__file__).parents[3] / "docs" / "marking.md"
START, END = "<!-- table: start -->\n", "<!-- table: end -->"
MARKS = 5
DRAWS = 2_000
SEED = 20_261_122


@dataclass(frozen=True)
class Agreement:
    """Quadratic-weighted kappa with its 95 % bootstrap interval over answers."""

    answers: int
    kappa: float
    low: float
    high: float
    exact: float
    mean_difference: float
    """Automatic less read points, before rounding."""


def whole(points: float) -> int:
    """Round to whole points, halves up."""
    return math.floor(points + 0.5)


def kappa_of(pairs: Sequence[tuple[int, int]]) -> float:
    """Quadratic-weighted kappa (Cohen 1968): 1 - observed / expected squares; nan without spread."""
    observed = sum((a - b) ** 2 for a, b in pairs)
    left, right = [0] * MARKS, [0] * MARKS
    for a, b in pairs:
        left[a] += 1
        right[b] += 1
    expected = sum(left[a] * right[b] * (a - b) ** 2 for a in range(MARKS) for b in range(MARKS)) / len(pairs)
    return 1 - observed / expected if expected else math.nan


def automatic(example: Example) -> float:
    """Return the automatic points of one answer, 0 where there are none."""
    return mark(example.task, example.form, example.text).points or 0.0


def read(example: Example) -> int:
    """Return the read mark: the mean of both reads, halves up."""
    return whole(sum(example.reads) / 2)


def agreement_of(chosen: Sequence[Example]) -> Agreement:
    """Return how far automatic and read marks agree on `chosen`; each interval draws from the same seed."""
    points = [automatic(one) for one in chosen]
    pairs = [(whole(value), read(one)) for value, one in zip(points, chosen, strict=True)]
    chance = random.Random(SEED)
    drawn = sorted(
        value for _ in range(DRAWS) if not math.isnan(value := kappa_of(chance.choices(pairs, k=len(pairs))))
    )
    differences = [value - sum(one.reads) / 2 for value, one in zip(points, chosen, strict=True)]
    return Agreement(
        answers=len(pairs),
        kappa=kappa_of(pairs),
        low=drawn[round(0.025 * (len(drawn) - 1))],
        high=drawn[round(0.975 * (len(drawn) - 1))],
        exact=sum(a == b for a, b in pairs) / len(pairs),
        mean_difference=sum(differences) / len(differences),
    )


def half(*, kept_aside: bool) -> tuple[Example, ...]:
    """Return the answers of one half, of all forms."""
    return tuple(one for one in examples() if one.is_kept_aside is kept_aside)


def table() -> str:
    """Return the agreement as a Markdown table."""
    lines = [
        "| answers | number | quadratic-weighted kappa | 95 % interval | same mark | automatic less read |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    groups = [
        ("kept aside, all forms", half(kept_aside=True)),
        ("development, all forms", half(kept_aside=False)),
    ]
    groups += [
        (f"kept aside, `{task}`", tuple(one for one in half(kept_aside=True) if one.task == task))
        for task in sorted({task for task, _ in FORMS})
    ]
    for name, chosen in groups:
        found = agreement_of(chosen)
        lines.append(
            f"| {name} | {found.answers} | {found.kappa:.2f} | {found.low:.2f} to {found.high:.2f} "
            f"| {found.exact:.0%} | {found.mean_difference:+.2f} |"
        )
    return "\n".join(lines) + "\n"


def with_table(page: str) -> str:
    """Return `page` with today's table between its two marks."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return before + START + table() + END + after


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
