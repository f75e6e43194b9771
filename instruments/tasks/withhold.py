"""Marks a `withhold`: each answer against the key that the study's own AI-use policy makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from instruments.answers import Answer, Choice
from instruments.tasks.marks import Mark, MarkPart
from instruments.tasks.model import HANDLINGS, AiUsePolicy, Handling, Vignette, WithholdTask
from instruments.tasks.policy import key_of, rules_on

MOST = 6.0
"""Points for six vignettes answered by the policy; fewer marked vignettes are scaled up to it."""
MINIMUM_MARKED = 3
"""Vignettes that have to be settled by the policy and answered before a mark is given: ours."""
SILENT = "Your policy is silent here."

_AS_KEY = "This is what your organisation's policy says."
_CREDIT: dict[tuple[Handling, Handling], tuple[float, str]] = {
    ("as-is", "review"): (0.75, "A check does no harm, but the policy asks for none here."),
    ("as-is", "de-identified"): (0.25, "The policy asks for nothing to be taken out here."),
    ("as-is", "not"): (
        0.0,
        "The policy allows this as it is: doing without gives up help.",
    ),
    ("review", "as-is"): (0.0, "Somebody will rely on the result, so it needs a check."),
    ("review", "de-identified"): (0.25, "Taking data out does not make the result right: it needs a check."),
    ("review", "not"): (0.25, "It is safe to do without, but the policy allows this after a check."),
    ("de-identified", "as-is"): (0.0, "Data that point to somebody would go into the tool."),
    ("de-identified", "review"): (0.25, "A check comes too late for data that are in the tool already."),
    ("de-identified", "not"): (
        0.5,
        "It is safe to do without, but the policy allows this without the names.",
    ),
    ("not", "as-is"): (0.0, "The policy does not allow this."),
    ("not", "review"): (0.0, "A check does not help here: the policy does not allow this."),
    ("not", "de-identified"): (0.25, "Taking data out lowers the risk, but the policy does not allow this."),
}
"""Partial credit by key and answer, with the reason: ours, an expert guess."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One vignette with its key and its answer; each is None where there is none."""

    vignette: Vignette
    key: Handling | None
    answer: Handling | None

    @property
    def credit(self) -> float | None:
        """From 0 to 1; None where the policy is silent or nothing was answered."""
        if self.key is None or self.answer is None:
            return None
        return 1.0 if self.answer == self.key else _CREDIT[self.key, self.answer][0]

    @property
    def why(self) -> str:
        """The reason for the credit, or for there being none."""
        if self.key is None:
            return SILENT
        if self.answer is None:
            return "Not answered."
        return _AS_KEY if self.answer == self.key else _CREDIT[self.key, self.answer][1]


def judge(task: WithholdTask, answers: Mapping[str, Answer], policy: AiUsePolicy) -> tuple[Judged, ...]:
    """Return each vignette with key and answer; `answers` go by the vignette's id."""
    return tuple(Judged(one, key_of(one, policy), _handling(answers.get(one.id))) for one in task.vignettes)


def mark_withhold(task: WithholdTask, answers: Mapping[str, Answer], policy: AiUsePolicy) -> Mark:
    """Return the mark by `policy`: six times the mean credit over vignettes settled and answered.

    The error is that of a mean of so many yes-or-no marks, with .5 added to the credit and 1 to the
    number, times six: an upper bound, since partial credit varies less.
    """
    judged = judge(task, answers, policy)
    credits_ = [one.credit for one in judged if one.credit is not None]
    is_enough = len(credits_) >= MINIMUM_MARKED
    return Mark(
        task=task.id,
        form=task.form,
        points=MOST * sum(credits_) / len(credits_) if is_enough else None,
        most=MOST,
        error=MOST * _error_of_mean(credits_) if is_enough else 0.0,
        parts=tuple(_part(one, policy) for one in judged),
        notes=_notes(judged),
    )


def _handling(answer: Answer | None) -> Handling | None:
    if isinstance(answer, Choice) and 1 <= answer.code <= len(HANDLINGS):
        return HANDLINGS[answer.code - 1]
    return None


def _error_of_mean(credits_: Sequence[float]) -> float:
    n = len(credits_)
    share = (sum(credits_) + 0.5) / (n + 1)
    return float((share * (1 - share) / n) ** 0.5)


def _part(judged: Judged, policy: AiUsePolicy) -> MarkPart:
    return MarkPart(
        name=judged.vignette.id,
        value=judged.credit,
        most=None if judged.key is None else 1.0,
        why=" ".join((judged.why, *rules_on(judged.vignette, policy))),
    )


def _notes(judged: Sequence[Judged]) -> tuple[str, ...]:
    settled = [one for one in judged if one.key is not None]
    skipped = sum(one.answer is None for one in settled)
    notes = []
    if len(settled) < len(judged):
        open_ = len(judged) - len(settled)
        notes.append(f"Your policy is silent on {open_} of {len(judged)} situations; they are not marked.")
    if skipped:
        notes.append(
            f"{skipped} of {len(settled)} marked situations were not answered; they count neither way."
        )
    if len(settled) - skipped < MINIMUM_MARKED:
        notes.append(f"Fewer than {MINIMUM_MARKED} situations can be marked, so there are no points.")
    if len({one.key for one in settled}) == 1:
        notes.append(
            "Your policy gives the same answer to every marked situation, so this mark tells little."
        )
    return tuple(notes)
