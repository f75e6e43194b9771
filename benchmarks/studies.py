"""Live studies in a temporary folder, made by the program's own flows with cheap keys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from store.cost import Cost
from store.files import SEALED_FILE
from store.public import INBOX
from tui.flows.founding import found_study
from tui.flows.opening import open_study
from tui.flows.rehearsing import PASSPHRASES, wishes_for

SEALED_BYTES = 32_768
"""About the size of a sealed submission with its own result."""


@dataclass(frozen=True, slots=True)
class Live:
    """An opened study and a folder for the drafts of those who take part in it."""

    root: Path
    state: Path


@contextmanager
def live_study(sealed: int = 0) -> Iterator[Live]:
    """Yield an open study with the standard battery and `sealed` files in its inbox."""
    with TemporaryDirectory(prefix="careload-bench-") as name:
        folder = Path(name)
        wishes = replace(wishes_for(3000), study="bench", rehearsal=False, tickets=False)
        founded = found_study(folder / "bench", wishes, folder / "keys", PASSPHRASES, cost=Cost.CHEAP)
        open_study(founded.study, [sheet.read_text() for sheet in founded.sheets], "benchmarks")
        for _ in range(sealed):
            path = founded.study.root / INBOX / os.urandom(16).hex()
            path.write_bytes(os.urandom(SEALED_BYTES))
            path.chmod(SEALED_FILE)
        yield Live(founded.study.root, folder / "state")
