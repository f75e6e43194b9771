"""Numbers and reasons in the words that every page uses."""

from __future__ import annotations

from scoring.records import HOURS_ASSUMED, HoursBasis
from tui.text.blocks import HIDDEN
from tui.text.cells import one_line

WHY_HIDDEN = "hidden so that nobody is singled out"
"""Why a number is hidden; the reason is the same everywhere, so that it gives nothing away."""


def tiers_heading(basis: HoursBasis | None) -> str:
    """Return what stands over tiers and hours: tiers are relative, and where the hours come from."""
    return f"Relative need. {basis.heading}" if basis and basis.labels else HOURS_ASSUMED


def hidden_sentence(k: int) -> str:
    """Return the sentence that explains the mark once for a whole text."""
    return (
        f"{HIDDEN} means: {WHY_HIDDEN}. Fewer than {k} people could be told from the number here "
        "or by subtraction."
    )


def answered(respondents: int, headcount: int | None) -> str:
    """Return how many of a group answered."""
    return str(respondents) if headcount is None else f"{respondents} of {headcount}"


def percent(part: int, whole: int) -> str:
    """Return `part` of `whole` in whole per cent, a dash where there is no whole."""
    return f"{round(100 * part / whole)} %" if whole else "-"


def number(hours: float) -> str:
    """Return hours without false precision: one decimal below ten, none above."""
    if hours < 10 and round(hours, 1) != round(hours):
        return f"{hours:.1f}"
    return f"{hours:.0f}"


def interval(low: float | None, high: float | None) -> str:
    """Return a 90 % interval in words."""
    return HIDDEN if low is None or high is None else f"{number(low)}-{number(high)}"


def shares(skill: int | None, conditions: int | None) -> str:
    """Return how much of the need can be met by learning and how much by changing conditions."""
    return HIDDEN if skill is None or conditions is None else f"{skill} : {conditions}"


def plural(count: int, noun: str) -> str:
    """Return `count` with `noun`, an s added but for one."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def weeks_in_words(weeks: tuple[int, ...]) -> str:
    """Return week numbers with runs drawn together: ``weeks 2-5 and 9``."""
    runs: list[list[int]] = []
    for week in sorted(weeks):
        if runs and runs[-1][-1] == week - 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    joined = ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)
    return f"week{'s' if len(weeks) > 1 else ''} {joined}"


def attribute_title(attribute: str) -> str:
    """Return the heading of an attribute's tables."""
    return f"By {one_line(attribute).replace('-', ' ')}" if attribute else "Everybody"
