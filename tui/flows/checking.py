"""Everything `doctor` looks at: the store's files, definitions of the study's own, and the release."""

from __future__ import annotations

from pathlib import Path

from instruments.battery import choose_tasks
from instruments.catalogue import load_definition
from instruments.errors import BadInput
from instruments.model import Instrument
from instruments.reading import read_record
from instruments.tasks.catalogue import is_task_file, read_own_task, shipped_tasks
from scoring.records import Release
from store.checkup import Finding, check_study
from store.errors import StoreError, guarded
from store.files import read_bounded
from store.own import own_tasks


def check_all(root: Path) -> tuple[Finding, ...]:
    """Return every finding of the study at `root`; empty when all is well."""
    return (*check_study(root), *_definitions(root), *_tasks(root), *_release(root))


def _definitions(root: Path) -> list[Finding]:
    found = []
    for path in _files_in(root / "definitions"):
        try:
            _check_definition(path)
        except (BadInput, StoreError) as error:
            places = (error.faults if isinstance(error, BadInput) else ()) or (error.message,)
            found += [
                Finding(severity="wrong", path=f"definitions/{path.name}", found=str(place), todo=error.todo)
                for place in places
            ]
    return found


def _tasks(root: Path) -> list[Finding]:
    """Return whether every task that was chosen is there, when its file can be read at all."""
    from store.study import Study

    try:
        setup, own = Study.load(root).setup(), own_tasks(root)
    except (BadInput, StoreError):
        return []
    try:
        choose_tasks(setup.tasks, shipped_tasks(), own)
    except BadInput as error:
        return [Finding(severity="wrong", path="definitions", found=error.message, todo=error.todo)]
    return []


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in {".json", ".toml"})
    except OSError:
        return []


def _check_definition(path: Path) -> None:
    with guarded("The definition"):
        data = read_bounded(path)
    if path.suffix == ".toml" and is_task_file(data):
        read_own_task(data, path.stem)
        return
    if path.suffix == ".toml":
        found = load_definition(data, path.name).id
    else:
        found = read_record(data, Instrument, path.name).id
    if found != path.stem:
        raise BadInput(f"{path.name}: defines {found}.", "Name the file after its instrument.")


def _release(root: Path) -> list[Finding]:
    from store.study import Study

    try:
        data = Study.load(root).read_release()
    except (BadInput, StoreError):
        return []
    try:
        read_record(data, Release, "release")
    except BadInput as error:
        return [Finding(severity="wrong", path="private/releases", found=error.message, todo=error.todo)]
    return []
