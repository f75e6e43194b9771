"""Weights of the hours model re-estimated from the hours of help that people really needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_ndtr, logsumexp

from scoring.blocks import Floats
from scoring.draws import feature_draws
from scoring.errors import BadModel
from scoring.hours import FEATURES, HoursModel

SHORTEST = 0.25
"""Hours a month; less is read as "less than that", so that nobody's no help becomes a logarithm of 0."""
STRAY_SHARE = 0.02
"""Share of reports that tell nothing about the needs: a slip of the keys, a year for a month (assumed)."""
STRAY_LOG_SD = 1.5
MOST_LABELS = 5_000
"""More labels than these are thinned evenly: the weights are then known far better than anything else."""
STEP = 1e-3
_WEIGHTS = len(FEATURES)


def recalibrate(posterior: Floats, needed: Floats, expert: HoursModel) -> HoursModel:
    """Return `expert` re-estimated from hours needed; `expert` itself when none are known.

    Parameters
    ----------
    posterior
        (n, 14) means and covariances as `NeedsEstimator.transform` gives them.
    needed
        (n,) hours of help needed a month, received plus wanted and not got; NaN where unknown.
    expert
        What is believed before; its weights and their covariance are the prior.

    Notes
    -----
    Hours are log-normal with the mean ``weights x features`` and the log-SD of the outcome. The likelihood
    of one report is the mean over the 64 points of the person's posterior, so that error of measurement
    does not flatten the weights (Carroll, Ruppert, Stefanski & Crainiceanu 2006, Measurement Error in
    Nonlinear Models, ch. 8). Logarithms of weights have a normal prior, hence no weight below 0. Reports
    under a quarter of an hour are censored there; one report in fifty may be a stray. The result is the
    mode, with the inverse Hessian as covariance (Laplace). Same input, same result.

    Raises
    ------
    BadModel
        When an hour is negative or infinite, or when the two arrays tell of different numbers of people.
    """
    needed = np.asarray(needed, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(needed))
    if needed.shape != posterior.shape[:1] or not (np.isfinite(needed[known]) & (needed[known] >= 0)).all():
        raise BadModel("Hours needed are not one number from 0 on for each person.", "Check the hours.")
    if not len(known):
        return expert
    known = known[:: -(-len(known) // MOST_LABELS)]
    problem = _Problem.of(posterior[known], needed[known], expert)
    found = minimize(problem.value_and_gradient, np.zeros(_WEIGHTS + 1), jac=True, method="BFGS")
    return problem.model_at(cast("Floats", found.x))


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """Minus the log posterior of ``(7 log weights, log outcome SD)``, as differences from `expert`."""

    expert: HoursModel
    features: Floats
    """(7, 64, k)"""
    log_hours: Floats
    """(k,) logarithm of the hours, of SHORTEST where fewer."""
    is_short: NDArray[np.bool_]
    """(k,) whether the hours are fewer than SHORTEST."""
    precision: Floats
    """(8, 8) of the prior."""
    stray_log: Floats
    """(k,) log likelihood of each report as a stray."""

    @classmethod
    def of(cls, posterior: Floats, needed: Floats, expert: HoursModel) -> _Problem:
        features = feature_draws(posterior)
        short = needed < SHORTEST
        log_hours = np.log(np.maximum(needed, SHORTEST))
        usual = float(np.log(np.mean(np.tensordot(expert.weights, features, axes=1))))
        precision = np.zeros((_WEIGHTS + 1, _WEIGHTS + 1))
        precision[:-1, :-1] = np.linalg.inv(expert.covariance)
        precision[-1, -1] = expert.outcome_doubt**-2
        stray = _log_likelihood((log_hours - usual) / STRAY_LOG_SD, STRAY_LOG_SD, short)
        return cls(expert, features, log_hours, short, precision, stray)

    def value_and_gradient(self, x: Floats) -> tuple[float, Floats]:
        """Return minus the log posterior at `x` (8,) and its gradient."""
        weights = np.array(self.expert.weights) * np.exp(x[:-1])
        sd = self.expert.outcome_log_sd * float(np.exp(x[-1]))
        hours = np.tensordot(weights, self.features, axes=1)
        t = (self.log_hours - np.log(hours)) / sd + sd / 2
        short = self.is_short
        each = _log_likelihood(t, sd, short)
        good = np.log1p(-STRAY_SHARE) + logsumexp(each, axis=0) - np.log(len(each))
        together = np.logaddexp(good, np.log(STRAY_SHARE) + self.stray_log)
        share = np.exp(each - logsumexp(each, axis=0) + good - together)
        steep = np.exp(-0.5 * t * t - 0.5 * np.log(2 * np.pi) - log_ndtr(t))
        by_t = np.where(short, steep, -t)
        by_log_hours = share * -by_t / sd / hours
        by_log_sd = share * (by_t * (sd - t) - np.where(short, 0.0, 1.0))
        gradient = np.empty_like(x)
        gradient[:-1] = weights * np.einsum("jpk,pk->j", self.features, by_log_hours)
        gradient[-1] = by_log_sd.sum()
        pull = self.precision @ x
        return float(0.5 * x @ pull - together.sum()), pull - gradient

    def model_at(self, x: Floats) -> HoursModel:
        """Return the model at the mode `x`, with the covariance of the normal approximation there."""
        covariance = self._covariance(x)
        return msgspec.structs.replace(
            self.expert,
            weights=tuple(float(w) for w in np.array(self.expert.weights) * np.exp(x[:-1])),
            outcome_log_sd=self.expert.outcome_log_sd * float(np.exp(x[-1])),
            outcome_doubt=float(np.sqrt(covariance[-1, -1])),
            log_covariance=tuple(tuple(float(c) for c in row) for row in covariance[:-1, :-1]),
            labels=self.expert.labels + len(self.log_hours),
            status="re-estimated",
        )

    def _covariance(self, x: Floats) -> Floats:
        steps = STEP * np.eye(len(x))
        slopes = [
            (self.value_and_gradient(x + step)[1] - self.value_and_gradient(x - step)[1]) / (2 * STEP)
            for step in steps
        ]
        values, vectors = np.linalg.eigh((np.array(slopes) + np.array(slopes).T) / 2)
        values = np.maximum(values, np.linalg.eigvalsh(self.precision)[0])
        covariance: Floats = (vectors / values) @ vectors.T
        return (covariance + covariance.T) / 2


def _log_likelihood(t: Floats, sd: float, short: NDArray[np.bool_]) -> Floats:
    """Log density of a log-normal report at `t` SDs above its median, or of a report below that."""
    likelihood: Floats = np.where(short, log_ndtr(t), -0.5 * t * t - np.log(sd) - 0.5 * np.log(2 * np.pi))
    return likelihood
