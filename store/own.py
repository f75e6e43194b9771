"""Definitions that an organisation put into the study's folder by hand: instruments and tasks of its own."""

from __future__ import annotations

from pathlib import Path

from instruments.tasks.asking import Task
from instruments.tasks.catalogue import is_task_file, read_own_task
from store.errors import guarded
from store.files import read_bounded
from store.names import folder_in
from store.public import DEFINITIONS


def own_instruments(root: Path) -> tuple[str, ...]:
    """Return the names of the instruments, sorted; each file is read when it is asked for."""
    return tuple(name for name, data in _by_hand(root).items() if not is_task_file(data))


def own_tasks(root: Path) -> tuple[Task, ...]:
    """Return the tasks, sorted by file; BadInput with every fault of the first file that has one."""
    files = _by_hand(root)
    return tuple(read_own_task(data, name) for name, data in files.items() if is_task_file(data))


def _by_hand(root: Path) -> dict[str, bytes]:
    with guarded("The folder of definitions"):
        paths = sorted(folder_in(root, DEFINITIONS).glob("*.toml"))
        return {path.stem: read_bounded(path) for path in paths}
