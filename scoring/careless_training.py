"""Training the classifier that tells careless answers, once for a battery and its reference.

It learns from made-up people: attentive ones as the reference describes them, and three kinds of careless
ones. No answer of a study goes into it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from instruments.questions import Battery
from scoring.careless import CarelessModel, Layout, features_of, layout_of, signs
from scoring.careless_people import KINDS, made_up
from scoring.reference import Reference

TRAINED_ON = 4000
"""Made-up attentive people, and as many careless ones."""
DECIMALS = 3
"""Coefficients are rounded, so that every machine has the same."""


def careless_model(battery: Battery, reference: Reference) -> CarelessModel:
    """Return the classifier of `battery` and `reference`; the same arguments give the same numbers."""
    return _trained(layout_of(battery, reference))


@lru_cache(maxsize=8)
def _trained(layout: Layout) -> CarelessModel:
    raw, kind = made_up(layout.items, layout.scales, layout.correlations, TRAINED_ON)
    features = np.stack(features_of(signs(layout, raw)), axis=1)
    attentive = features[kind == 0]
    usual = np.array(
        [column[~np.isnan(column)].mean() if (~np.isnan(column)).any() else 0.0 for column in attentive.T]
    )
    spread = np.maximum(np.nanstd(np.where(np.isnan(attentive), usual, attentive), axis=0), 1e-3)
    filled = np.where(np.isnan(features), usual, features)
    with threadpool_limits(1):  # threads that wait for each other cost more than they give
        fit = LogisticRegression(C=1.0, max_iter=2000).fit((filled - usual) / spread, kind)
    weights = np.round(fit.coef_ / spread, DECIMALS)
    share = np.log(np.bincount(kind, minlength=len(KINDS))[1:].sum() / (kind == 0).sum())
    offsets = fit.intercept_ - (fit.coef_ / spread) @ usual - np.where(np.arange(len(KINDS)) > 0, share, 0.0)
    return CarelessModel(
        layout=layout,
        usual=tuple(float(x) for x in np.round(usual, DECIMALS)),
        weights=tuple(tuple(float(x) for x in line) for line in weights),
        offsets=tuple(float(x) for x in np.round(offsets, DECIMALS)),
    )
