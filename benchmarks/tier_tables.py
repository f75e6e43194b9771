"""The figures of `benchmarks.tiers` as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def report(found: Mapping[str, Any]) -> str:
    """Return the tables of one run, in Markdown."""
    size = f"{found['people']:,} people"
    parts = [
        "All people are simulated; kappa has quadratic weights, percentages are of the oracle's (simulated).",
        "Kappa (simulated), and % of the oracle's",
        _agreement(found["agreement"]),
        "Calibration error of the shipped probabilities (simulated)",
        _calibration(found["agreement"]),
        "With hours of 0, 50 and 200 people known (simulated)",
        _learning(found["learning"]),
        f"Tiers that change when a quarter more colleagues join ({size}, simulated)",
        _table(
            ["scorer", "change"], [[name, f"{100 * share:.1f} %"] for name, share in found["flips"].items()]
        ),
        f"Shipped scorer, {size}: {found['seconds']:.2f} s of processor time, "
        f"{found['megabytes']:.0f} MB over its input at most.",
    ]
    return "\n\n".join(parts)


def _agreement(rows: Sequence[Mapping[str, Any]]) -> str:
    names = list(rows[0]["kappas"])
    body = [
        [row["scenario"], f"{row['people']:,} x {row['populations']}", f"{row['oracle']:.2f}"]
        + [f"{row['kappas'][name]:.2f} ({100 * row['kappas'][name] / row['oracle']:.0f} %)" for name in names]
        for row in rows
    ]
    return _table(["organisation", "people", "oracle", *names], body)


def _calibration(rows: Sequence[Mapping[str, Any]]) -> str:
    names = ("calibration", "chance", "exact", "exact_by_tier", "best")
    titles = ["most probable tier", "by chance", "without chance", "of all tiers", "the oracle's"]
    body = [
        [
            row["scenario"],
            f"{row['people']:,} x {row['populations']}",
            *(f"{row[name]:.3f}" for name in names),
        ]
        for row in rows
    ]
    return _table(["organisation", "people", *titles], body)


def _learning(rows: Sequence[Mapping[str, Any]]) -> str:
    body = [
        [
            row["scenario"],
            f"{row['people']:,} x {row['populations']}",
            str(row["labels"]),
            f"{row['kappa']:.2f} ({100 * row['kappa'] / row['oracle']:.0f} %)",
            f"{100 * row['total_error']:.1f} %",
            f"{100 * row['held']:.0f} %",
            f"{100 * row['width']:.0f} %",
            f"{100 * row['headcount_error']:.1f} %",
            f"{100 * row['headcount_held']:.0f} %",
            _change(row),
            _suppression(row),
        ]
        for row in rows
    ]
    titles = ["kappa", "respondents' total off by", "90 % intervals hold", "half width"]
    titles += ["headcount's total off by", "90 % intervals hold", "least safe fifth: against all (worst)"]
    titles += ["of that by suppressed asking (worst)"]
    return _table(["organisation", "people", "hours known", *titles], body)


def _change(row: Mapping[str, Any]) -> str:
    """Return how the hours told for the least safe changed; open where the true weights are others."""
    if row["weights_off"] or not row["labels"]:
        return "-"
    changes = (row[name] for name in ("least_safe", "least_safe_against_all", "least_safe_worst"))
    mean, against, worst = (f"{100 * change:+.0f} %" for change in changes)
    return f"{mean}: {against} ({worst})"


def _suppression(row: Mapping[str, Any]) -> str:
    """Return what suppressed asking changes of the same hours; open where nothing was suppressed."""
    if row["weights_off"] or not row["labels"]:
        return "-"
    mean, worst = (f"{100 * row[name]:.1f} %" for name in ("suppression", "suppression_worst"))
    return f"{mean} ({worst})"


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *(["--:"] * (len(head) - 1))], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
