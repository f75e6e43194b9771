"""A respondent's way to the first screen loads no statistics, and the store's heavy parts only later."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.tui import take_studies as studies

HEAVY = {"numpy", "scipy", "sklearn", "pandas", "polars", "highspy", "nacl", "tinydb", "filelock", "mnemonic"}

PROGRAM = """
import asyncio, sys
from pathlib import Path
from store.public import load_public
from tui.flows.taking import TakingSession
from tui.take_app import make_take_app

async def main():
    app = make_take_app(TakingSession(load_public(Path(sys.argv[1]))))
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.screen.query("#ways"):
            await pilot.pause()
        print(" ".join(sorted({name.split(".")[0] for name in sys.modules})))

asyncio.run(main())
"""


def test_first_screen_loads_neither_statistics_nor_sealing(tmp_path: Path) -> None:
    """Read off `sys.modules` of a process of its own, with the consent page painted."""
    root = tmp_path / "study"
    studies.open_study(root, studies.standard(), pinned=True)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(root)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    loaded = set(done.stdout.split())
    assert "textual" in loaded
    assert not loaded & HEAVY


PLAIN = """
import sys
from tui.cli import run

code = run(["take", sys.argv[1], "--plain"])
sys.stderr.write(" ".join(sorted({name.split(".")[0] for name in sys.modules})))
sys.exit(code)
"""


def test_plain_lines_load_no_screens_and_no_statistics(tmp_path: Path) -> None:
    """Read off `sys.modules` after the first page in plain lines: no Textual, no loop of events."""
    root = tmp_path / "study"
    studies.open_study(root, studies.standard_with_tasks(), pinned=True)
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, str(root)],
        input="4\n3\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    loaded = set(done.stderr.split())
    assert "Nothing was kept" in done.stdout
    assert "tui" in loaded
    assert not loaded & {"textual", "rich", "asyncio", "prompt_toolkit", "questionary", *HEAVY}
