"""The figures of blind double rating as lines."""

from __future__ import annotations

from scoring.rating_records import Agreed, RatedKind, RatingReport, Severity
from tui.text.cells import pad

NO_FIGURES = "Agreement is told from ten texts of a kind on that have their mark."
_KINDS = {"all": "all texts", "summarise": "summaries", "adapt": "prompts"}


def rating_lines(found: RatingReport, wave_error: float) -> tuple[str, ...]:
    """Return what raters found, in sentences; `wave_error` is the error assumed for automatic marks."""
    summary = found.summary
    open_texts = summary.texts - summary.rated - summary.third_open
    counted = (
        f"Texts that raters may read: {summary.texts}. With their mark: {summary.rated}. Waiting for a third "
        f"look: {summary.third_open}. Not marked by two yet: {open_texts}."
    )
    kinds = [line for one in summary.kinds for line in _kind_lines(one, wave_error)]
    return (counted, *(kinds or [NO_FIGURES]), *_severity_lines(found.severities))


def _kind_lines(one: RatedKind, wave_error: float) -> tuple[str, ...]:
    lowered = (
        f"The error of automatic marks may be lowered in a later wave: from {wave_error:.2f} to "
        f"{one.automatic_error:.2f} points."
        if one.may_lower_error
        else f"The error of automatic marks stays at {wave_error:.2f} points. Lowering it takes a kappa of "
        ".70 for both, over 30 texts or more that all have their mark."
    )
    return (
        "",
        f"{_KINDS.get(one.kind, one.kind).capitalize()} ({one.texts})",
        f"  two raters            kappa {_agreed(one.raters)}",
        f"  automatic and read    kappa {_agreed(one.automatic)}",
        f"  automatic less read   {one.automatic_more:+.2f} points on average, standard error "
        f"{one.automatic_more_error:.2f}",
        f"  {lowered}",
    )


def _agreed(one: Agreed) -> str:
    if one.kappa is None:
        return "cannot be told: the marks do not differ"
    return f"{one.kappa:.2f} (95 % interval {one.low:.2f} to {one.high:.2f})"


def _severity_lines(severities: tuple[Severity, ...]) -> tuple[str, ...]:
    if not severities:
        return ()
    width = max(len(one.rater) for one in severities)
    lines = (
        f"  {pad(one.rater, width)}  {one.severity:+.2f} points, standard error {one.error:.2f} "
        f"({one.texts} texts)"
        for one in severities
    )
    return ("", "Stricter than the raters' mean (below 0: kinder)", *lines)
