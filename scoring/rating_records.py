"""What double rating found, as data: no text and no mark of one text, and no name in what is kept."""

from __future__ import annotations

from instruments.model import Record


class Agreed(Record, frozen=True):
    """A quadratic-weighted kappa with the 95 % interval of its bootstrap; None where marks do not differ."""

    kappa: float | None
    low: float | None
    high: float | None


class Severity(Record, frozen=True):
    """How much stricter than the raters' mean one rater is, in points, with its standard error."""

    rater: str
    texts: int
    severity: float
    error: float


class RatedKind(Record, frozen=True):
    """Figures of the texts of one kind of task that two raters marked."""

    kind: str
    """``summarise``, ``adapt`` or, for both together, ``all``."""
    texts: int
    raters: Agreed
    automatic: Agreed
    """The automatic mark against the mark by reading, both in whole points, halves up."""
    automatic_more: float
    """Automatic less read mark on average, in points."""
    automatic_more_error: float
    """Standard error of it, as far as single texts differ."""
    automatic_error: float
    """Standard error of one automatic mark, in points, without the raters' own error."""
    may_lower_error: bool
    """Whether a later wave may use `automatic_error` in place of the assumed one."""


class RatingSummary(Record, frozen=True):
    """What is known of the marks by reading; of fewer than ten texts of a kind there are no figures."""

    texts: int
    """Texts whose authors let raters read them."""
    rated: int
    """Texts that two raters marked and that need no third look."""
    third_open: int
    """Texts that wait for a third look."""
    kinds: tuple[RatedKind, ...] = ()
    severity_sd: float | None = None
    """SD of the raters' severities, in points."""
    rater_count: int = 0
    schema: int = 1


class RatingReport(Record, frozen=True):
    """The summary with what stands beside a rater's name: printed for who holds the keys, never kept."""

    summary: RatingSummary
    severities: tuple[Severity, ...]
    schema: int = 1
