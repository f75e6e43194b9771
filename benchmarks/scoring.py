"""Reverse and score 1,000,000 x 40 answers with gaps, against plain numpy columns in the same run."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from benchmarks.figures import Figure, against
from scoring.blocks import Floats
from scoring.items import ItemColumn, ScaleSpec
from scoring.scales import ScaleScorer

ITEMS, SCALES, LOW, HIGH = 40, 5, 1.0, 5.0


def made_up(people: int) -> Floats:
    """Return random answers (people, 40), every tenth missing."""
    rng = np.random.default_rng(0)
    answers = rng.integers(int(LOW), int(HIGH) + 1, (people, ITEMS)).astype(np.float64)
    answers[rng.random(answers.shape) < 0.1] = np.nan
    return answers


def scorer_of() -> ScaleScorer:
    """Return a scorer of five scales of eight items, every other item reversed."""
    columns = tuple(
        ItemColumn(id=f"i{n}", scale=f"s{n % SCALES}", minimum=LOW, maximum=HIGH, reverse=n % 2 == 1)
        for n in range(ITEMS)
    )
    size = ITEMS // SCALES
    scales = tuple(
        ScaleSpec(id=f"s{n}", items=size, needed=7, minimum=LOW, maximum=HIGH) for n in range(SCALES)
    )
    return ScaleScorer(columns, scales).fit(np.full((1, ITEMS), np.nan))


def plain(answers: Floats) -> Floats:
    """Score by whole numpy columns: reverse, leave gaps out, mean, eight of ten answered."""
    out = np.empty((len(answers), SCALES))
    for scale in range(SCALES):
        total, count = np.zeros(len(answers)), np.zeros(len(answers))
        for item in range(scale, ITEMS, SCALES):
            column = LOW + HIGH - answers[:, item] if item % 2 else answers[:, item]
            given = ~np.isnan(column)
            total += np.where(given, column, 0.0)
            count += given
        out[:, scale] = np.where(count >= 7, total / np.maximum(count, 1), np.nan)
    return out


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of one call."""
    before = time.process_time()
    work()
    return time.process_time() - before


def peak_over_size(work: Callable[[], Floats], given: int) -> float:
    """Return the memory at its highest during one call, input included, over input plus output."""
    tracemalloc.start()
    out = work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (given + peak) / (given + out.nbytes)


def run(rounds: int = 5, people: int = 1_000_000) -> dict[str, Figure]:
    """Score `people` both ways in turn, `rounds` times, after a first turn that compares what comes out."""
    answers, scorer = made_up(people), scorer_of()

    def ours() -> Floats:
        return scorer.reported(scorer.transform(answers))

    np.testing.assert_allclose(ours(), plain(answers), rtol=1e-12)
    pairs = [(seconds(ours), seconds(lambda: plain(answers))) for _ in range(rounds)]
    mine, theirs = zip(*pairs, strict=True)
    memory = peak_over_size(ours, answers.nbytes)
    what = f"scoring: {people:,} x {ITEMS} answers"
    return {
        "scoring_seconds": against(
            f"{what}, processor time", "s", mine, theirs, compared_with="plain numpy columns", budget=1.5
        ),
        "scoring_memory": Figure(f"{what}, peak over input and output", "x", memory, budget=2.0),
    }
