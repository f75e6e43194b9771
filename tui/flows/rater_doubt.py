"""What double rating adds to the doubt of a plan; it comes after closing, so no release knows of it."""

from __future__ import annotations

from instruments.questions import Battery
from instruments.reading import read_record
from scoring.rating_records import RatingSummary
from store.ratings import read_summary
from store.study import Study

RATING_SUMMARY = "the summary of ratings"
TYPED = ("summarise", "adapt")
"""Kinds of tasks whose text is marked by patterns, and by raters."""


def rater_doubt(study: Study) -> float:
    """Return the relative SD that errors of raters' marks add to totals, 0 before there are figures."""
    kept = read_summary(study)
    if kept is None:
        return 0.0
    from scoring.ratings import rater_log_sd

    return rater_log_sd(read_record(kept, RatingSummary, RATING_SUMMARY), share_typed(study.public().battery))


def share_typed(battery: Battery) -> float:
    """Return the share of texts among the tasks that can be drawn."""
    kinds = {task.id: task.kind for task in battery.tasks}
    return sum(kind in TYPED for kind in kinds.values()) / max(1, len(kinds))
