"""Weights of the hours model re-estimated from the hours of help that people really needed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_ndtr, logit, logsumexp, ndtr

from scoring.blocks import Floats
from scoring.draws import feature_draws
from scoring.errors import BadModel
from scoring.hours import FEATURES, MOST_NONE, HoursModel

SHORTEST = 0.25
"""Hours a month; less is read as "less than that", so that nobody's no help becomes a logarithm of 0."""
STRAY_SHARE = 0.01
"""Share of reports that tell nothing about the needs: a slip of the keys, a year for a month (assumed)."""
STRAY_LOG_SD = 2.4
"""Of a stray: a slipped key is ten times the hours, a year for a month twelve times (log 10 to log 12)."""
MOST_LABELS = 5_000
"""More labels than these are thinned evenly: the weights are then known far better than anything else."""
STEP = 1e-3
NONE_LOGIT_SD = 1.5
"""Doubt about the share of people who need no help at all in a month, SD of its log odds (assumed)."""
_WEIGHTS = len(FEATURES)
_SPREAD, _NONE = _WEIGHTS, _WEIGHTS + 1


@dataclass(frozen=True, slots=True, eq=False)
class TotalSeen:
    """Hours a month that many people together were seen to need, such as a ledger's total."""

    features: Floats
    """(7,) expected features, summed over these people."""
    hours: float
    """Above 0."""
    log_sd: float
    """How far the hours may be off, SD of their logarithm."""


def recalibrate(
    posterior: Floats, needed: Floats, expert: HoursModel, total: TotalSeen | None = None
) -> HoursModel:
    """Return `expert` re-estimated from hours needed; `expert` itself when nothing is known.

    Parameters
    ----------
    posterior
        (n, 14) means and covariances as `NeedsEstimator.transform` gives them.
    needed
        (n,) hours of help needed a month, received plus wanted and not got; NaN where unknown.
    expert
        What is believed before; its weights and their covariance are the prior.
    total
        A sum of hours over many people, if one was seen; it pulls the level.

    Notes
    -----
    Hours are log-normal with the mean ``weights x features`` and the log-SD of the outcome. The likelihood
    of one report is the mean over the 64 points of the person's posterior, so that error of measurement
    does not flatten the weights (Carroll, Ruppert, Stefanski & Crainiceanu 2006, Measurement Error in
    Nonlinear Models, ch. 8). Logarithms of weights have a normal prior, hence no weight below 0. Reports
    under a quarter of an hour are censored there. Some people need nothing in a month whatever their needs;
    their share is estimated too, and the weights of the result are those of the mean over everybody. One
    report in a hundred may be a stray. The result is the mode, with the inverse Hessian as covariance
    (Laplace). Fitted weights follow the noise of the reports, so the mode of the spread, and with it the
    mean, would be too low with few of them: the spread is taken among as many reports fewer as weights were
    learnt (restricted likelihood, Patterson & Thompson 1971, Biometrika 58, 545-554; their effective number
    as in MacKay 1992, Neural Computation 4, 415-447). The order of people does not show in it.

    Raises
    ------
    BadModel
        When an hour is negative or infinite, or when the two arrays tell of different numbers of people.
    """
    needed = np.asarray(needed, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(needed))
    if needed.shape != posterior.shape[:1] or not (np.isfinite(needed[known]) & (needed[known] >= 0)).all():
        raise BadModel("Hours needed are not one number from 0 on for each person.", "Check the hours.")
    if not len(known) and total is None:
        return expert
    known = known[np.lexsort((*posterior[known].T, needed[known]))]
    known = known[:: max(1, -(-len(known) // MOST_LABELS))]
    problem = _Problem.of(posterior[known], needed[known], expert, total)
    first = problem.mode(np.zeros(_WEIGHTS + 2))
    return problem.model_at(problem.mode(first, problem.weights_learnt(first)))


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """Minus the log posterior of ``(7 log weights, log spread, log odds of no need)``, off their priors."""

    expert: HoursModel
    features: Floats
    """(7, 64, k)"""
    log_hours: Floats
    """(k,) logarithm of the hours, of SHORTEST where fewer."""
    is_short: NDArray[np.bool_]
    """(k,) whether the hours are fewer than SHORTEST."""
    precision: Floats
    """(9, 9) of the prior."""
    stray_log: Floats
    """(k,) log likelihood of each report as a stray."""
    total: TotalSeen | None

    @classmethod
    def of(cls, posterior: Floats, needed: Floats, expert: HoursModel, total: TotalSeen | None) -> _Problem:
        features = feature_draws(posterior)
        short = needed < SHORTEST
        log_hours = np.log(np.maximum(needed, SHORTEST))
        precision = np.zeros((_WEIGHTS + 2, _WEIGHTS + 2))
        precision[:_WEIGHTS, :_WEIGHTS] = np.linalg.inv(expert.covariance)
        precision[_SPREAD, _SPREAD] = expert.outcome_doubt**-2
        precision[_NONE, _NONE] = NONE_LOGIT_SD**-2
        t = (log_hours - np.log(np.tensordot(expert.weights, features, axes=1)).mean(axis=0)) / STRAY_LOG_SD
        stray = np.where(short, log_ndtr(t), _log_density(t, STRAY_LOG_SD))
        return cls(expert, features, log_hours, short, precision, stray, total)

    def mode(self, start: Floats, learnt: float = 0.0) -> Floats:
        """Return where the log posterior is highest; the spread is of `learnt` reports fewer."""
        found = minimize(self.value_and_gradient, start, args=(learnt,), jac=True, method="BFGS")
        return cast("Floats", found.x)

    def weights_learnt(self, x: Floats) -> float:
        """Return how many of the 7 weights the reports tell: 0 where all are as doubtful as before."""
        precision, covariance = (
            self.precision[:_WEIGHTS, :_WEIGHTS],
            self._covariance(x)[:_WEIGHTS, :_WEIGHTS],
        )
        return float(np.clip(_WEIGHTS - np.trace(precision @ covariance), 0, _WEIGHTS))

    def value_and_gradient(self, x: Floats, learnt: float = 0.0) -> tuple[float, Floats]:
        """Return minus the log posterior at `x` (9,) and its gradient."""
        weights, sd, none = self._at(x)
        hours = np.tensordot(weights, self.features, axes=1)
        t = (self.log_hours - np.log(hours)) / sd + sd / 2
        each, by_t, by_none = _likelihood(t, sd, none, self.is_short)
        inner = logsumexp(each, axis=0)
        good = np.log1p(-STRAY_SHARE) + inner - np.log(len(each))
        together = np.logaddexp(good, np.log(STRAY_SHARE) + self.stray_log)
        share = np.exp(each - inner + good - together)
        value, slope = self._of_total(weights, none)
        pull = self.precision @ x
        gradient = pull.copy()
        gradient[:_WEIGHTS] += weights * np.einsum("jpk,pk->j", self.features, share * by_t / sd / hours)
        gradient[_SPREAD] -= (share * (by_t * (sd - t) - np.where(self.is_short, 0.0, 1.0))).sum()
        gradient[_NONE] -= _none_by_odds(none) * (share * by_none).sum()
        gradient -= slope
        gradient[_SPREAD] -= learnt
        return float(0.5 * x @ pull - together.sum() - value - learnt * x[_SPREAD]), gradient

    def _at(self, x: Floats) -> tuple[Floats, float, float]:
        """Return weights and spread of the hours of those who need some, and the share who need none."""
        none = MOST_NONE * float(expit(logit(self.expert.none_share / MOST_NONE) + x[_NONE]))
        weights = np.array(self.expert.weights) / (1 - self.expert.none_share) * np.exp(x[:_WEIGHTS])
        return weights, self.expert.spread_of_some * math.exp(x[_SPREAD]), none

    def _of_total(self, weights: Floats, none: float) -> tuple[float, Floats]:
        """Return the log likelihood of the total seen and its gradient (9,)."""
        slope = np.zeros(_WEIGHTS + 2)
        if self.total is None:
            return 0.0, slope
        parts = (1 - none) * weights * self.total.features
        t = (math.log(self.total.hours) - math.log(parts.sum())) / self.total.log_sd
        slope[:_WEIGHTS] = t / self.total.log_sd * parts / parts.sum()
        slope[_NONE] = -t / self.total.log_sd * _none_by_odds(none) / (1 - none)
        return -0.5 * t * t, slope

    def model_at(self, x: Floats) -> HoursModel:
        """Return the model at the mode `x`, with the covariance of the normal approximation there."""
        weights, sd, none = self._at(x)
        covariance = self._covariance(x)
        mean_by_x = np.eye(_WEIGHTS, _WEIGHTS + 2)
        mean_by_x[:, _NONE] = -_none_by_odds(none) / (1 - none)
        of_mean = mean_by_x @ covariance @ mean_by_x.T
        return msgspec.structs.replace(
            self.expert,
            weights=tuple(float(weight) for weight in (1 - none) * weights),
            outcome_log_sd=math.sqrt(sd * sd - math.log1p(-none)),
            outcome_doubt=float(np.sqrt(covariance[_SPREAD, _SPREAD])),
            none_share=none,
            log_covariance=tuple(tuple(float(c) for c in row) for row in (of_mean + of_mean.T) / 2),
            labels=self.expert.labels + len(self.log_hours),
            status="re-estimated",
        )

    def _covariance(self, x: Floats) -> Floats:
        slopes = [
            (self.value_and_gradient(x + step)[1] - self.value_and_gradient(x - step)[1]) / (2 * STEP)
            for step in STEP * np.eye(len(x))
        ]
        values, vectors = np.linalg.eigh((np.array(slopes) + np.array(slopes).T) / 2)
        values = np.maximum(values, np.linalg.eigvalsh(self.precision)[0])
        covariance: Floats = (vectors / values) @ vectors.T
        return covariance


def _none_by_odds(none: float) -> float:
    """Return how the share who need none moves with its log odds, on its way from 0 to MOST_NONE."""
    return none * (1 - none / MOST_NONE)


def _likelihood(t: Floats, sd: float, none: float, short: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """Return log likelihoods (64, k) at `t` SDs off the median, and slopes by `t` and by `none`."""
    below = ndtr(t)
    chance = none + (1 - none) * below
    each = np.where(short, np.log(chance), np.log1p(-none) + _log_density(t, sd))
    by_t = np.where(short, (1 - none) * np.exp(_log_density(t, 1.0)) / chance, -t)
    by_none = np.where(short, (1 - below) / chance, -1 / (1 - none))
    return each, by_t, by_none


def _log_density(t: Floats, sd: float) -> Floats:
    return -0.5 * t * t - math.log(sd) - 0.5 * math.log(2 * math.pi)
