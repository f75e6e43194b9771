"""The own result, worked out on the respondent's side from the frozen public folder alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from instruments.answers import Answer
from instruments.records import OwnResult

if TYPE_CHECKING:
    from store.public import PublicStudy


def own_result(
    public: PublicStudy, answers: Mapping[str, Answer], drawn: tuple[str, ...] = (), pace: str = ""
) -> OwnResult:
    """Return what the person is told: the scoring path of the release, with the frozen numbers.

    `drawn` names the tasks that the person was given; `pace` is the bin that is sealed with the answers.
    """
    from instruments.tasks.marking import marks_of
    from scoring import told
    from scoring.items import matrix
    from scoring.reference import decode
    from tui.flows.pinned import scoring_of

    battery, policy = public.battery, public.policy
    reference = decode(public.reference)
    marks = marks_of(battery, drawn, answers, policy.ai_use)
    numbers, pinned = matrix(battery, [answers], [marks]), scoring_of(public)
    scored = pinned.score(numbers, pinned.doubt(numbers, [pace]))
    own = told.own_result(
        scored,
        battery,
        policy.wave,
        policy.cut_hours,
        hours=pinned.hours,
        has_local=reference.has_local,
    )
    return msgspec.structs.replace(own, drawn=drawn)
