"""The employee's way to the first screen loads none of the heavier packages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.store.examples import Opened

LATE = ("nacl", "tinydb", "filelock", "mnemonic", "difflib", "numpy", "asyncio", "sqlite3")


def test_reading_the_public_folder_needs_none_of_them(opened: Opened) -> None:
    script = (
        "import sys, pathlib, store.codes, store.drafts, store.tickets\n"
        "from store.public import load_public\n"
        "load_public(pathlib.Path(sys.argv[1]))\n"
        f"print([name for name in sys.modules if name.split('.')[0] in {LATE!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(opened.root)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == "[]\n"
