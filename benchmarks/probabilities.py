"""From 1,000,000 people's items to their tier probabilities, as one process of its own: time and memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

import numpy as np

from benchmarks.figures import Figure
from instruments.battery import STANDARD, cut
from instruments.catalogue import shipped
from instruments.questions import Battery, Part, Wording
from scoring.blocks import Floats
from scoring.pipeline import TierPipeline, build_pipeline
from scoring.reference import default_reference

PEOPLE = 1_000_000
CUTS = (1.0, 2.0, 4.0)


def pipeline_of_standard() -> TierPipeline:
    """Return the pipeline of the standard battery's questionnaires."""
    wording = Wording(status="adapted", sha256="")
    parts = (Part(instrument=cut(shipped(one.instrument), one.scales), wording=wording) for one in STANDARD)
    battery = Battery(name="custom", language="en", parts=tuple(parts))
    return build_pipeline(battery, default_reference(battery), CUTS)


def made_up(pipeline: TierPipeline, people: int) -> Floats:
    """Return random answers (people, columns), every tenth missing."""
    rng = np.random.default_rng(0)
    columns = pipeline.named_steps["scales"].columns_
    answers = np.empty((people, len(columns)))
    for place, column in enumerate(columns):
        answers[:, place] = rng.integers(int(column.minimum), int(column.maximum) + 1, people)
        answers[rng.random(people) < 0.1, place] = np.nan
    return answers


def measure(people: int) -> dict[str, float]:
    """Return processor seconds of scoring `people`, and this process's peak in GB, input included."""
    pipeline = pipeline_of_standard()
    answers = made_up(pipeline, people)
    before = time.process_time()
    chances = pipeline.predict_proba(answers)
    seconds = time.process_time() - before
    assert chances.shape == (people, 4)
    unit = 1024**3 if sys.platform == "darwin" else 1024**2
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return {"seconds": seconds, "gigabytes": peak}


def run(rounds: int = 1, people: int = PEOPLE) -> dict[str, Figure]:
    """Measure `rounds` fresh processes one after another and report the worst of each figure."""
    command = [sys.executable, "-m", "benchmarks.probabilities", str(people)]
    told = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(rounds)
    ]
    what = f"scoring: {people:,} people, items to probabilities"
    seconds, memory = (max(one[unit] for one in told) for unit in ("seconds", "gigabytes"))
    return {
        "probabilities_seconds": Figure(f"{what}, processor time", "s", seconds, budget=20),
        "probabilities_memory": Figure(f"{what}, peak of the process", "GB", memory, budget=1.5),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
