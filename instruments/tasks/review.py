"""Marks a `review`: what was flagged against what was planted, half by half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from instruments.answers import Answer, Marked
from instruments.tasks.calibration import Calibration, calibrate
from instruments.tasks.detection import MINIMUM_OF_A_KIND, Detection, detect
from instruments.tasks.marks import Mark, MarkPart
from instruments.tasks.model import ReviewTask, Statement
from instruments.tasks.review_rules import SOUND

BOTH_HALVES = (1, 2)
TOP = detect(SOUND, SOUND, 0, SOUND).d_prime
"""d' of a half without a mistake, about 2.93: the most that can be earned, with one half or with two."""

_CAUTION = {
    "overconfident": "more sure than right",
    "about right": "about as sure as right",
    "underconfident": "less sure than right",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One statement and how it was marked; `marked` is None where it was not answered."""

    statement: Statement
    marked: Marked | None

    @property
    def is_flawed(self) -> bool:
        """Whether a fault was planted."""
        return self.statement.fault is not None

    @property
    def is_right(self) -> bool:
        """Whether a flawed statement was flagged or a sound one was let pass."""
        return self.marked is not None and self.marked.flagged == self.is_flawed


@dataclass(frozen=True, slots=True)
class HalfCounts:
    """What was answered in one half: flagged and answered, flawed and sound."""

    half: int
    hits: int
    flawed: int
    false_alarms: int
    sound: int

    @property
    def detection(self) -> Detection | None:
        """Sensitivity and criterion; None where too few statements of a kind were answered."""
        if min(self.flawed, self.sound) < MINIMUM_OF_A_KIND:
            return None
        return detect(self.hits, self.flawed, self.false_alarms, self.sound)


def outcomes(
    task: ReviewTask, answers: Mapping[str, Answer], halves: Sequence[int] = BOTH_HALVES
) -> tuple[Outcome, ...]:
    """Return what became of each statement of `halves`; `answers` go by the statement's id.

    A statement that was skipped, or whose answer is no mark, counts as not answered.
    """
    found = []
    for statement in (one for half in halves for one in task.half(half)):
        answer = answers.get(statement.id)
        found.append(Outcome(statement, answer if isinstance(answer, Marked) else None))
    return tuple(found)


def counts_of(found: Sequence[Outcome], half: int) -> HalfCounts:
    """Return the counts of one half."""
    marked = [
        (one.is_flawed, one.marked.flagged) for one in found if one.marked and one.statement.half == half
    ]
    flags_of_flawed = [flagged for is_flawed, flagged in marked if is_flawed]
    flags_of_sound = [flagged for is_flawed, flagged in marked if not is_flawed]
    return HalfCounts(
        half, sum(flags_of_flawed), len(flags_of_flawed), sum(flags_of_sound), len(flags_of_sound)
    )


def calibration_of(found: Sequence[Outcome]) -> Calibration | None:
    """Return how sure against how right, over every statement that was answered."""
    return calibrate([(one.marked.confidence, one.is_right) for one in found if one.marked])


def mark_review(task: ReviewTask, answers: Mapping[str, Answer], halves: Sequence[int] = BOTH_HALVES) -> Mark:
    """Return the mark of the `halves` that were given: points are the mean of their d'.

    Points go from -TOP over 0 (chance) to TOP; the error is the standard error of that mean. A half in
    which fewer than four flawed or four sound statements were answered earns nothing and takes nothing.
    """
    found = outcomes(task, answers, halves)
    counts = [counts_of(found, half) for half in halves]
    known = [one.detection for one in counts if one.detection is not None]
    parts = [part for one in counts for part in _half_parts(one)]
    parts += _calibration_parts(calibration_of(found))
    return Mark(
        task=task.id,
        form=task.form,
        points=sum(one.d_prime for one in known) / len(known) if known else None,
        most=TOP,
        error=sum(one.d_error**2 for one in known) ** 0.5 / len(known) if known else 0.0,
        parts=tuple(parts),
        notes=_notes(found, counts),
    )


def _half_parts(counts: HalfCounts) -> list[MarkPart]:
    head = f"half-{counts.half}"
    detection = counts.detection
    hits = f"{counts.hits} of {counts.flawed} flawed statements were marked as needing review."
    alarms = f"{counts.false_alarms} of {counts.sound} sound statements were marked as needing review."
    return [
        MarkPart(name=f"{head}-hits", value=float(counts.hits), most=float(counts.flawed), why=hits),
        MarkPart(name=f"{head}-false-alarms", value=float(counts.false_alarms), most=None, why=alarms),
        MarkPart(
            name=f"{head}-d-prime",
            value=detection.d_prime if detection else None,
            most=TOP,
            why=_told_apart(detection),
        ),
        MarkPart(
            name=f"{head}-criterion",
            value=detection.criterion if detection else None,
            most=None,
            why=_leaning(detection),
        ),
    ]


def _told_apart(detection: Detection | None) -> str:
    if detection is None:
        return "Too few statements were answered to say how well flawed and sound were told apart."
    steps = detection.d_prime / detection.d_error
    if steps < -1:
        return "Sound statements were marked more than flawed ones."
    if steps <= 1:
        return "Flawed and sound statements were told apart about as well as by chance."
    words = "more than chance would explain" if steps >= 1.96 else "perhaps more than by chance"
    return f"Flawed and sound statements were told apart {words}."


def _leaning(detection: Detection | None) -> str:
    if detection is None:
        return "Too few statements were answered to say which way the marks lean."
    if abs(detection.criterion) <= detection.c_error:
        return "The marks lean neither way."
    if detection.criterion > 0:
        return "The marks lean towards letting statements pass."
    return "The marks lean towards sending statements to review."


def _calibration_parts(calibration: Calibration | None) -> list[MarkPart]:
    if calibration is None:
        why = "Nothing was answered."
        return [MarkPart(name=name, value=None, most=None, why=why) for name in ("calibration", "brier")]
    sure = (
        f"{calibration.band}: {_CAUTION[calibration.band]}, over {calibration.answered} statements answered."
    )
    distance = "Mean squared distance between how sure and how right; 0 is best."
    return [
        MarkPart(name="calibration", value=calibration.gap, most=None, why=sure),
        MarkPart(name="brier", value=calibration.brier, most=None, why=distance),
    ]


def _notes(found: Sequence[Outcome], counts: Sequence[HalfCounts]) -> tuple[str, ...]:
    skipped = sum(one.marked is None for one in found)
    notes = []
    if skipped:
        notes.append(f"{skipped} of {len(found)} statements were not answered; they count neither way.")
    for one in counts:
        if one.detection is None:
            least = f"at least {MINIMUM_OF_A_KIND} flawed and {MINIMUM_OF_A_KIND} sound"
            notes.append(f"Half {one.half} is left out: {least} statements have to be answered.")
    return tuple(notes)
