"""Reverse and score 1,000,000 x 40 answers with gaps, against plain numpy columns in the same run.

Run it as ``python -m benchmarks.scoring``. Prints one JSON object: a report, never an assertion about speed.
"""

from __future__ import annotations

import argparse
import json
import time
import tracemalloc
from collections.abc import Callable
from statistics import median

import numpy as np

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


def main() -> None:
    """Measure both ways turn by turn and print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    answers, scorer = made_up(given.people), scorer_of()

    def ours() -> Floats:
        return scorer.reported(scorer.transform(answers))

    np.testing.assert_allclose(ours(), plain(answers), rtol=1e-12)
    pairs = [(seconds(ours), seconds(lambda: plain(answers))) for _ in range(given.rounds)]
    mine, theirs = (median(column) for column in zip(*pairs, strict=True))
    report = {
        "what": f"reverse and score {given.people} x {ITEMS} answers with gaps",
        "seconds": round(mine, 3),
        "plain_numpy_seconds": round(theirs, 3),
        "ratio": round(median(a / b for a, b in pairs), 2),
        "memory_over_input_and_output": round(peak_over_size(ours, answers.nbytes), 2),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
