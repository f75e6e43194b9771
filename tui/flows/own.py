"""The own result, worked out on the respondent's side from the frozen public folder alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from instruments.answers import Answer
from instruments.records import OwnResult

if TYPE_CHECKING:
    from store.public import PublicStudy


def own_result(public: PublicStudy, answers: Mapping[str, Answer], drawn: tuple[str, ...] = ()) -> OwnResult:
    """Return what the person is told: the scoring path of the release, with the frozen reference.

    `drawn` names the tasks that the person was given.
    """
    from instruments.tasks.marking import marks_of
    from scoring import told
    from scoring.pipeline import build_pipeline, score_answers
    from scoring.reference import decode

    battery, policy = public.battery, public.policy
    pipeline = build_pipeline(battery, decode(public.reference), policy.cut_hours)
    marks = marks_of(battery, drawn, answers, policy.ai_use)
    scored = score_answers(pipeline, battery, [answers], [marks])
    own = told.own_result(scored, battery, policy.wave, policy.cut_hours)
    return msgspec.structs.replace(own, drawn=drawn)
