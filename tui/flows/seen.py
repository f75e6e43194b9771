"""What an organisation will see: the tables of a study's own release, filled with made-up answers."""

from __future__ import annotations

import random

from instruments.records import Submission
from instruments.tasks.lots import draw
from scoring.records import Release
from scoring.rehearsal import TasksGiven, simulate
from store.closing import Collected
from store.public import PublicStudy
from tui.flows.closing import release_of
from tui.flows.rehearsing import RESPONSE

MOST_PEOPLE = 240
"""More made-up people would show no other tables, and take longer."""
SEED = 1
"""Everybody sees the same made-up figures."""


def made_up_release(public: PublicStudy) -> Release:
    """Return the release that closing would write if the people of a made-up organisation had answered.

    It goes the way of a real one, with the study's own groups, questions and thresholds: what would be
    hidden is hidden. No real answer comes near it. Takes a second or two: call it in a thread.
    """
    chance = random.Random(SEED)  # noqa: S311 - made-up figures protect nobody and have to repeat
    people = max(1, min(MOST_PEOPLE, round(RESPONSE * public.policy.headcount)))
    battery, attributes = public.battery, public.policy.attributes
    drawn = [draw(battery, chance) for _ in range(people)]
    everybody = simulate(battery, attributes, people, SEED, TasksGiven(drawn, public.policy.ai_use))
    submissions = tuple(
        Submission(
            study=public.policy.study,
            wave=public.policy.wave,
            policy_sha256=public.policy_sha256,
            battery_sha256=public.policy.battery_sha256,
            answers=answers,
            origin="rehearsal",
            pace="middle",
            drawn=names,
        )
        for answers, names in zip(everybody, drawn, strict=True)
    )
    collected = Collected(
        submissions=submissions,
        held_back=0,
        identical=0,
        quarantined=(),
        counted_hashes=(),
        openings=(),
    )
    return release_of(public, collected)
