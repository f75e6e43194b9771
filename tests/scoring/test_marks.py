"""Task marks in the one scoring path: they move capability, by as much as their error allows."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from instruments.model import NEEDS
from instruments.questions import Battery
from instruments.tasks.catalogue import shipped_tasks
from instruments.tasks.marks import Mark
from scoring.blocks import Floats
from scoring.errors import OffScale
from scoring.items import item_columns, matrix
from scoring.marks import MARK_SCALES
from scoring.pipeline import score, score_answers
from scoring.reference import default_reference
from tests.scoring.made import crowd, pipeline_of, standard_like

PLAIN = standard_like()
BATTERY: Battery = msgspec.structs.replace(PLAIN, tasks=shipped_tasks(), task_count=2)
CAPABILITY = NEEDS.index("capability")


def mark(task: str, points: float | None, error: float = 0.7) -> Mark:
    """Return a mark of form A."""
    return Mark(task=task, form="a", points=points, most=4.0, error=error, parts=())


def posterior(*marks: Mark) -> tuple[float, float]:
    """Return mean and variance of capability of somebody with these marks and no answers."""
    scored = score_answers(pipeline_of(BATTERY), BATTERY, [{}], [marks])
    return float(scored.need_mean[0, CAPABILITY]), float(scored.need_cov[0, CAPABILITY, CAPABILITY])


@pytest.mark.parametrize("task", sorted(MARK_SCALES))
def test_a_better_mark_means_more_capability_and_any_mark_means_less_doubt(task: str) -> None:
    scale = MARK_SCALES[task]
    low, doubt = posterior(mark(task, scale.minimum))
    high, _ = posterior(mark(task, scale.maximum))
    assert low < 0 < high
    assert doubt < 1


def test_a_missing_task_is_integrated_out() -> None:
    """Without marks the needs are those of the same battery without tasks, bit by bit."""
    answers = crowd(PLAIN, 40, 1)
    more = np.full((40, 8), np.nan)
    plain = score(pipeline_of(PLAIN), answers)
    with_tasks = score(pipeline_of(BATTERY), np.hstack([answers, more]))
    assert plain.need_mean.tobytes() == with_tasks.need_mean.tobytes()
    assert plain.need_cov.tobytes() == with_tasks.need_cov.tobytes()
    assert not with_tasks.observed[:, CAPABILITY].any()


def test_one_mark_is_enough_to_tell_of_capability() -> None:
    scored = score_answers(pipeline_of(BATTERY), BATTERY, [{}, {}], [[mark("adapt", 3.0)], []])
    assert scored.observed[:, CAPABILITY].tolist() == [True, False]


def test_a_mark_with_a_larger_error_tells_less() -> None:
    sure_mean, sure_doubt = posterior(mark("review", 2.5, 0.7))
    wide_mean, wide_doubt = posterior(mark("review", 2.5, 1.4))
    assert 0 < wide_mean < sure_mean
    assert sure_doubt < wide_doubt < 1


def test_an_error_of_next_to_nothing_gives_no_mark_more_than_its_bound() -> None:
    assert posterior(mark("withhold", 5.0, 0.01)) == posterior(mark("withhold", 5.0, 0.5))
    assert posterior(mark("withhold", 5.0, 0.0)) == posterior(mark("withhold", 5.0, 0.01))


def test_two_halves_of_review_weigh_as_two_usual_marks() -> None:
    usual = MARK_SCALES["review"].usual_error
    numbers = matrix(BATTERY, [{}, {}], [[mark("review", 1.0, usual)], [mark("review", 1.0, usual / 2**0.5)]])
    assert numbers[:, -8].tolist() == [1.0, 1.0]
    assert numbers[:, -7] == pytest.approx([1.0, 2.0])


def test_capability_is_the_closed_form_of_two_marks() -> None:
    """Prior 1, one observation a task: precision 1 + sum of loading^2 / error."""
    rows = {row.scale: row for row in default_reference(BATTERY).rows}
    precision, pull = 1.0, 0.0
    for task, points in (("review", 2.0), ("adapt", 3.0)):
        row, scale = rows[f"tasks/{task}"], MARK_SCALES[task]
        loading = row.validity * row.retest**0.5
        error = (row.alpha - row.retest) + row.retest * (1 - row.validity**2) + row.mean_sd**2
        error += (1 - row.alpha) * (0.8 / scale.usual_error) ** 2
        precision += loading**2 / error
        pull += loading * (points - row.mean) / row.sd / error
    mean, variance = posterior(mark("review", 2.0, 0.8), mark("adapt", 3.0, 0.8))
    assert mean == pytest.approx(pull / precision)
    assert variance == pytest.approx(1 / precision)


def test_a_task_without_points_counts_neither_way() -> None:
    assert posterior(mark("review", None, 0.0), mark("adapt", 3.0)) == posterior(mark("adapt", 3.0))


def many(people: int) -> list[list[Mark]]:
    """Return two random marks for each of `people`."""
    rng = np.random.default_rng(4)
    return [
        [mark(str(task), float(rng.uniform(0, 2.9)), float(rng.uniform(0.5, 1.2))) for task in pair]
        for pair in (rng.choice(sorted(MARK_SCALES), 2, replace=False) for _ in range(people))
    ]


def numbers_of(people: int) -> Floats:
    answers = np.hstack([crowd(PLAIN, people, 2), np.full((people, 8), np.nan)])
    answers[:, -8:] = matrix(BATTERY, [{}] * people, many(people))[:, -8:]
    return answers


def test_nobody_else_s_marks_enter_a_person_s_result() -> None:
    """Alone, and in a crowd in any order, every bit is the same."""
    pipeline, numbers = pipeline_of(BATTERY), numbers_of(60)
    crowd_result = score(pipeline, numbers)
    order = np.random.default_rng(0).permutation(60)
    mixed = score(pipeline, numbers[order])
    for row in range(0, 60, 7):
        alone = score(pipeline, numbers[row : row + 1])
        for name in ("need_mean", "need_cov", "hours", "tier_probabilities"):
            one = getattr(crowd_result, name)[row].tobytes()
            assert getattr(alone, name)[0].tobytes() == one
            assert getattr(mixed, name)[int(np.flatnonzero(order == row)[0])].tobytes() == one


def test_points_outside_their_line_are_refused() -> None:
    with pytest.raises(OffScale, match="adapt"):
        score_answers(pipeline_of(BATTERY), BATTERY, [{}], [[mark("adapt", 4.5)]])


def test_every_task_has_an_assumed_row_with_less_reliability_for_free_text() -> None:
    rows = {row.scale: row for row in default_reference(BATTERY).rows if row.scale.startswith("tasks/")}
    assert set(rows) == {scale.id for scale in MARK_SCALES.values()}
    assert {row.status for row in rows.values()} == {"assumed"}
    assert all(0.35 <= row.alpha <= 0.70 for row in rows.values())
    typed = max(rows["tasks/summarise"].alpha, rows["tasks/adapt"].alpha)
    assert typed < min(rows["tasks/review"].alpha, rows["tasks/withhold"].alpha)
    assert len({row.wording_sha256 for row in rows.values()}) == 4


def test_a_battery_without_tasks_has_no_columns_of_marks() -> None:
    assert len(item_columns(BATTERY)) == len(item_columns(PLAIN)) + 8
    assert not [column for column in item_columns(PLAIN) if column.scale.startswith("tasks/")]
