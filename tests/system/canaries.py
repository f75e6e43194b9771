"""A word in every text that made-up people type, so that a test can look for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from scoring import rehearsed_tasks


@contextmanager
def typed_with(canary: str) -> Iterator[list[str]]:
    """Put `canary` behind every text typed inside; gives the texts as they were without it."""
    typed: list[str] = []
    written = rehearsed_tasks._written

    def marked(text: str, *rest: object) -> object:
        typed.append(text)
        return written(f"{text} {canary}", *rest)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rehearsed_tasks, "_written", marked)
        yield typed
