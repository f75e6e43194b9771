"""Blocks of people: contiguous, filled up, complete."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.blocks import LANES, blocks, people_last


@pytest.mark.parametrize("people", [1, LANES - 1, LANES, LANES + 1, 100])
def test_blocks_are_contiguous_and_filled_up_with_the_last_person(people: int) -> None:
    rows = np.arange(people * 3, dtype=float).reshape(people, 3)
    block = people_last(rows[:, ::-1])
    assert block.flags.c_contiguous
    assert block.shape[1] % LANES == 0
    np.testing.assert_array_equal(block[:, :people], rows[:, ::-1].T)
    assert (block[:, people:] == block[:, people - 1 : people]).all()


@pytest.mark.parametrize(("people", "size"), [(0, 4), (1, 4), (4, 4), (9, 4)])
def test_blocks_cover_everybody_once(people: int, size: int) -> None:
    seen = [row for part in blocks(people, size) for row in range(people)[part]]
    assert seen == list(range(people))
