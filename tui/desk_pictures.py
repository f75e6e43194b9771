"""Pictures of the desk as files, for the account that took them alone."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

OWN_FILE = 0o600


def write_picture(folder: Path, svg: str) -> str:
    """Write `svg` into `folder` under a name that is not taken, and return it; OSError where it cannot."""
    for number in count(1):
        path = folder / f"careload-desk-{number}.svg"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, OWN_FILE)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(svg)
        return path.name
    raise AssertionError
