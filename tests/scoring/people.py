"""Made-up scored people for the tests of release and plan: what scoring would hand over, without scoring."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from instruments.records import Policy, ReleaseHeader
from instruments.setup import Attribute, Category, Thresholds
from scoring.hours import DEFAULT_HOURS, deficit_and_slope
from scoring.release import default_release_plan
from scoring.scored import Scored

CUTS = (1.0, 2.0, 4.0)


def scored_people(needs: NDArray[np.float64], enough: NDArray[np.bool_] | None = None) -> Scored:
    """Return people with these needs (n, 4), known without error but for the outcome."""
    people = len(needs)
    d = deficit_and_slope(needs)[0]
    features = np.column_stack([np.ones(people), d, d[:, 0] * d[:, 2], d[:, 1] * d[:, 3]])
    hours = features @ np.array(DEFAULT_HOURS.weights)
    known = np.ones(people, dtype=bool) if enough is None else enough
    tier = np.searchsorted(CUTS, hours, side="right")
    return Scored(
        scales=("made/up",),
        average_features=features.mean(axis=0),
        scale_scores=np.full((people, 1), 3.0),
        scale_errors=np.full((people, 1), 0.3),
        need_mean=needs,
        need_cov=np.tile(np.eye(4) * 0.2, (people, 1, 1)),
        observed=np.ones((people, 4), dtype=bool),
        told=np.ones((people, 4), dtype=bool),
        features=features,
        hours=hours,
        hours_var=(0.7 * hours) ** 2,
        reference_effect=0.1 * hours[:, None],
        tier_probabilities=np.eye(4)[tier],
        enough=known,
        tier=np.where(known, tier, -1),
    )


def random_people(seed: int, people: int) -> Scored:
    """Return people with correlated needs."""
    rng = np.random.default_rng(seed)
    return scored_people(0.6 * rng.standard_normal((people, 1)) + 0.8 * rng.standard_normal((people, 4)))


def attribute(name: str, headcounts: tuple[int, ...]) -> Attribute:
    """Return an attribute with categories A, B, C ... of these headcounts."""
    categories = [Category(code=i + 1, label=chr(65 + i), headcount=n) for i, n in enumerate(headcounts)]
    return Attribute(id=name, title={"en": name.title()}, categories=tuple(categories))


def policy(attributes: tuple[Attribute, ...], headcount: int, thresholds: Thresholds | None = None) -> Policy:
    """Return a policy with the default release plan over three needs."""
    return Policy(
        study="trial",
        organisation="Trial",
        wave="baseline",
        language="en",
        attributes=attributes,
        headcount=headcount,
        key_holders=(),
        battery="standard",
        battery_sha256="b",
        reference_sha256="r",
        reference_status="assumed",
        release_plan=default_release_plan(attributes, ("safety", "agility", "headroom")),
        thresholds=thresholds or Thresholds(),
    )


def header(counted: int, headcount: int, imported: int = 0) -> ReleaseHeader:
    """Return a release header for so many people."""
    return ReleaseHeader(
        study="trial",
        organisation="Trial",
        wave="baseline",
        policy_sha256="p",
        battery_sha256="b",
        reference_sha256="r",
        reference_status="assumed",
        program="careload test",
        rehearsal=True,
        counted=counted,
        headcount=headcount,
        imported=imported,
        held_back=0,
        quarantined=0,
        wordings=(),
    )
